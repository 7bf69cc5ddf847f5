//! The pairs of `gold/language_pairs.tsv`: what should sound the same, and what near.

use std::collections::BTreeMap;
use std::path::Path;

use super::readings_of_name;
use crate::sound::rules;
use crate::sound::tables::{ENGLISH, INDONESIAN, OLD, OTHER, SOUNDS, Tables};
use crate::sound::{Reading, likeness};

/// Share of `same` pairs that must have a reading in common, ampersands aside. All 86 when written.
const SAME_FLOOR: f64 = 0.97;
/// Mean of the best alignment over `similar` pairs. 0.935 when written.
const SIMILAR_FLOOR: f64 = 0.92;

/// Twice the weight of the best alignment over the summed lengths: 0 to 1.
fn alignment_similarity(query: &Reading, earlier: &Reading) -> f64 {
    let mut row = vec![0.0_f64; earlier.len() + 1];
    for sound in query.phonemes() {
        let mut diagonal = 0.0;
        for (place, other) in earlier.phonemes().enumerate() {
            let above = row[place + 1];
            row[place + 1] = above.max(row[place]).max(diagonal + f64::from(likeness(sound, other)));
            diagonal = above;
        }
    }
    2.0 * row[earlier.len()] / (query.len() + earlier.len()).max(1) as f64
}

fn best(query: &str, earlier: &str) -> f64 {
    let earlier = readings_of_name(earlier);
    let pairs = readings_of_name(query).into_iter().flat_map(|query| {
        let similarities: Vec<f64> = earlier.iter().map(|earlier| alignment_similarity(&query, earlier)).collect();
        similarities
    });
    pairs.fold(0.0, f64::max)
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures per mechanism are what one reads this test for")]
fn pairs_that_sound_the_same_share_a_reading() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let places = [root.join("data/gold/language_pairs.tsv"), root.join("../shared/data/gold/language_pairs.tsv")];
    let Some(table) = places.iter().find_map(|place| std::fs::read_to_string(place).ok()) else {
        println!("passed over: gold/language_pairs.tsv is not there");
        return;
    };
    let mut same: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    let mut similar: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for row in crate::sound::rules::rows(&table) {
        let [mark_a, mark_b, expected, mechanism] = row[..] else { panic!("{row:?}: four columns") };
        let similarity = best(mark_a, mark_b);
        match expected {
            // An ampersand is a matter of cutting words, not of sound.
            "same" if !mechanism.starts_with("ampersand") => {
                let (found, all) = same.entry(mechanism).or_default();
                *all += 1;
                if similarity >= 1.0 {
                    *found += 1;
                } else {
                    println!("not the same: {mark_a} / {mark_b}: {similarity:.2}");
                }
            }
            "similar" => {
                if similarity < 0.75 {
                    println!("far: {mark_a} / {mark_b}: {similarity:.2}");
                }
                similar.entry(mechanism).or_default().push(similarity);
            }
            _ => {}
        }
    }
    for (mechanism, (found, all)) in &same {
        println!("same     {found:>2} of {all:>2}  {mechanism}");
    }
    for (mechanism, values) in &similar {
        println!("similar  {:.2} of {:>2}  {mechanism}", mean(values), values.len());
    }
    let (found, all) = same.values().fold((0, 0), |(found, all), (more, of)| (found + more, all + of));
    let share = f64::from(found) / f64::from(all);
    let all_similar: Vec<f64> = similar.into_values().flatten().collect();
    println!("same {found} of {all}: {share:.3}; similar: mean {:.3}", mean(&all_similar));
    assert!(share >= SAME_FLOOR, "{share:.3}");
    assert!(mean(&all_similar) >= SIMILAR_FLOOR, "{:.3}", mean(&all_similar));
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Rules that are the alphabet itself.
const ALPHABET: &str = "letter";

/// The rows of a table whose mechanism, the last column, is not this one.
fn without(table: &str, mechanism: &str) -> String {
    let mut lines = table.lines();
    let heading = lines.next().unwrap_or_default();
    let kept = lines.filter(|line| line.rsplit('\t').next() != Some(mechanism));
    std::iter::once(heading).chain(kept).collect::<Vec<_>>().join("\n") + "\n"
}

/// What falls when the rules of a mechanism are taken out, as the guide has it: how many of the
/// pairs that sound the same or alike are less alike then.
#[test]
fn the_guide_says_what_each_mechanism_is_worth() {
    let table = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/gold/language_pairs.tsv")).expect("the pairs");
    let pairs: Vec<[&str; 2]> =
        rules::rows(&table).filter(|row| matches!(row[2], "same" | "similar")).map(|row| [row[0], row[1]]).collect();
    let similarities = || pairs.iter().map(|[query, earlier]| best(query, earlier)).collect::<Vec<f64>>();
    let whole = similarities();
    let fallen = |tables: Tables| {
        OTHER.set(Some(Box::leak(Box::new(tables))));
        let found = similarities();
        OTHER.set(None);
        let fallen = whole.iter().zip(&found).filter(|(whole, found)| *whole - *found > 1e-9).count();
        (fallen, mean(&whole) - mean(&found))
    };
    let mechanisms_of = |table: &'static str| rules::rows(table).map(|row| row[row.len() - 1]).filter(|mechanism| *mechanism != ALPHABET);
    let mut mechanisms: Vec<&str> = mechanisms_of(INDONESIAN).chain(mechanisms_of(OLD)).chain(mechanisms_of(SOUNDS)).collect();
    mechanisms.sort_unstable();
    mechanisms.dedup();
    let mut rows: Vec<(String, usize, f64)> = mechanisms
        .into_iter()
        .map(|mechanism| {
            let [indonesian, old, sounds] = [INDONESIAN, OLD, SOUNDS].map(|table| without(table, mechanism));
            let (pairs, mean) = fallen(Tables::new(&indonesian, &old, ENGLISH, &sounds));
            (mechanism.to_owned(), pairs, mean)
        })
        .collect();
    let (count, fall) = fallen(Tables::new(INDONESIAN, OLD, ENGLISH.lines().next().expect("a heading"), SOUNDS));
    rows.push(("the English reading".to_owned(), count, fall));
    rows.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| b.2.total_cmp(&a.2)).then_with(|| a.0.cmp(&b.0)));
    let mut text = format!("{:24} {:>6} {:>6}   of {} pairs, {:.3}\n", "without", "pairs", "mean", pairs.len(), mean(&whole));
    for (mechanism, pairs, mean) in rows {
        text += &format!("{mechanism:24} {pairs:>6} {:>6.3}\n", -mean);
    }
    let guide = include_str!("../../guide/sound.md");
    assert!(guide.contains(&text), "src/guide/sound.md has another table than this:\n{text}");
}
