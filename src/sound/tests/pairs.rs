//! The pairs of `gold/language_pairs.tsv`: what should sound the same, and what near.

use std::collections::BTreeMap;
use std::path::Path;

use super::readings_of_name;
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
