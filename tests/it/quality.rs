//! The judgement of decided pairs and of spelling pairs, frozen pair by pair: whoever changes a
//! rule reads in the diff of `data/gold/baseline.tsv` what it did.

use std::fmt::Write as _;
use std::path::Path;

use mirip::index::Index;
use mirip::score::Band;
use mirip::search::{Comparison, Query, SearchConfig, compare};

/// A pair of a gold file with its judgement.
struct Judged {
    line: String,
    group: String,
    found: Comparison,
}

fn judged(index: &Index, file: &str, columns: [&str; 2], group: impl Fn(&dyn Fn(&str) -> String) -> String) -> Vec<Judged> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/gold").join(file);
    let text = std::fs::read_to_string(path).expect("the gold files stand in the repository");
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().expect("a header").split('\t').collect();
    let config = SearchConfig::new(jiff::civil::date(2026, 11, 24));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let cell = |name: &str| -> String {
                let at = header.iter().position(|column| *column == name);
                at.and_then(|at| cells.get(at)).map_or(String::new(), |cell| (*cell).to_owned())
            };
            let side = |name: &str, classes: &str| Query {
                name: cell(name),
                classes: cell(classes).replace(',', ";").parse().expect("classes"),
                ..Query::default()
            };
            let [later, earlier] = columns;
            let classes = |column: &str| column.replace("mark", "classes");
            let found = compare(index, &side(later, &classes(later)), &side(earlier, &classes(earlier)), &config).expect("two names");
            let line = format!("{}\t{}", cell(later), cell(earlier));
            Judged { line, group: group(&cell), found }
        })
        .collect()
}

fn decided(index: &Index) -> Vec<Judged> {
    judged(index, "decided.tsv", ["mark_b", "mark_a"], |cell| {
        let basis = if cell("basis") == "signs" { "" } else { ", on all circumstances" };
        format!("{}{basis}", cell("outcome"))
    })
}

fn spelled(index: &Index) -> Vec<Judged> {
    judged(index, "language_pairs.tsv", ["mark_a", "mark_b"], |cell| cell("expected"))
}

#[test]
fn every_pair_is_judged_as_it_was() {
    let index = Index::starter().expect("the starter register is built in");
    let mut text = String::from("later\tearlier\tgroup\toverall\tvisual\taural\tconceptual\n");
    for Judged { line, group, found } in decided(&index).iter().chain(&spelled(&index)) {
        let assessment = &found.assessment;
        let conceptual = assessment.conceptual.map_or("-".to_owned(), |found| format!("{found:.3}"));
        writeln!(text, "{line}\t{group}\t{:.3}\t{:.3}\t{:.3}\t{conceptual}", assessment.overall, assessment.visual, assessment.aural)
            .expect("text grows");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/gold/baseline.tsv");
    if std::env::var("MIRIP_GOLDEN").is_ok_and(|mode| mode == "write") {
        std::fs::write(&path, &text).expect("the baseline can be written");
    }
    let frozen = std::fs::read_to_string(&path).unwrap_or_default();
    let changed: Vec<String> = text.lines().filter(|line| !frozen.lines().any(|known| known == *line)).map(str::to_owned).collect();
    assert!(
        text == frozen,
        "{} pairs are judged otherwise than data/gold/baseline.tsv has it; after reading the change: MIRIP_GOLDEN=write\n{}",
        changed.len(),
        changed.join("\n")
    );
}

/// Shares that were passed when this was last looked at; none may fall below them.
#[test]
fn no_group_falls_below_its_floor() {
    let index = Index::starter().expect("the starter register is built in");
    let (decided, spelled) = (decided(&index), spelled(&index));
    let share = |pairs: &[Judged], group: &str, holds: fn(Band) -> bool| {
        let of_group: Vec<&Judged> = pairs.iter().filter(|pair| pair.group == group).collect();
        of_group.iter().filter(|pair| holds(pair.found.band)).count() as f64 / of_group.len() as f64
    };
    for (pairs, group, holds, floor) in [
        (&spelled, "same", (|band| band >= Band::High) as fn(Band) -> bool, 0.95),
        (&spelled, "similar", |band| band >= Band::Medium, 0.85),
        (&spelled, "concept", |band| band >= Band::Medium, 0.80),
        (&spelled, "not_similar", |band| band < Band::Medium, 0.95),
        (&decided, "similar", |band| band >= Band::Medium, 0.80),
        (&decided, "similar", |band| band >= Band::High, 0.70),
    ] {
        let found = share(pairs, group, holds);
        assert!(found >= floor, "{group}: {found:.3} is below the floor of {floor}");
    }
}

/// Names that share the words of their trade alone are told apart, as far as the lexicon has the words: single ones,
/// phrases of words that say nothing alone, places beside them.
#[test]
fn names_of_one_trade_are_told_apart() {
    let trades = "AIR MINUM ISI ULANG, AYAM GEPREK, BAKPIA PATHOK, BARBERSHOP, BENGKEL LAS, BIBIT TANAMAN, BIMBEL, BUNGA PAPAN, \
        CATERING, CUCI MOTOR, DODOL GARUT, ES KELAPA MUDA, FROZEN FOOD, GAMIS ANAK, GERABAH, GULA AREN, HOMESTAY, \
        JAMU GENDONG, KERIPIK BAYAM, KLINIK GIGI, KONVEKSI SERAGAM, KOPI TORAJA, KURSUS MENJAHIT, LAUNDRY KILOAN, \
        MADU HUTAN, MEBEL ROTAN, MINYAK KAYU PUTIH, NASI KOTAK, PAKAN BURUNG, PERCETAKAN, PET SHOP, PUPUK ORGANIK, \
        RENTAL MOBIL, RIAS PENGANTIN, SABUN HERBAL, SALON MUSLIMAH, SOTO BETAWI, STUDIO FOTO, TAS RAJUT, TELUR ASIN, \
        TENUN TROSO, TOKO BANGUNAN, TRAVEL UMROH, WARUNG MAKAN";
    let makers = [["ANGGREK", "RAJAWALI"], ["PINISI", "KRESNA"], ["AMELIA", "YOLANDA"], ["BU YANTI", "BU RINA"], ["SURYO", "KUTILANG"]];
    let index = Index::starter().expect("the starter register is built in");
    let config = SearchConfig::new(jiff::civil::date(2026, 11, 24));
    let (mut pairs, mut conflicts) = (0, Vec::new());
    for trade in trades.split(", ") {
        for [later, earlier] in makers.map(|makers| makers.map(|maker| format!("{trade} {maker}"))) {
            let [query, other] = [&later, &earlier].map(|name| Query { name: name.clone(), ..Query::default() });
            let band = compare(&index, &query, &other, &config).expect("two names").band;
            pairs += 1;
            if band >= Band::Medium {
                conflicts.push(format!("{later} / {earlier}"));
            }
        }
    }
    assert!(conflicts.len() * 20 <= pairs, "{} of {pairs}: {conflicts:#?}", conflicts.len());
}
