//! The starter register is made here, and checked against what is committed.
//!
//! `MIRIP_BLESS=1 cargo test --test it starter` rewrites `data/starter/register.tsv.gz` from
//! `data/starter/categories.tsv`, `data/starter/left_out.tsv`, `data/lexicon/wellknown.tsv` and
//! the name-suggestion-index package as a table, which is looked for at
//! `../shared/data/names/known_brands.csv` or where `MIRIP_KNOWN_BRANDS` says.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use mirip::mark::NiceClasses;
use mirip::meaning::lexicon::all_well_known;
use mirip::name::Name;
use xxhash_rust::xxh3::xxh3_64;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn committed() -> PathBuf {
    root().join("data/starter/register.tsv.gz")
}

/// One mark of the register in the making. Columns that no source fills are left out here.
#[derive(Default)]
struct Row {
    name: String,
    classes: NiceClasses,
    owner: String,
    is_household_name: bool,
    /// Trees and categories of the known brands.
    categories: BTreeSet<String>,
    /// Known in Indonesia by the countries of its source.
    is_indonesian: bool,
    /// Names under which the brand itself stands in the register, where this is another of its names.
    other_name_of: BTreeSet<String>,
}

/// Rows of a tab-separated file as cells by column name.
fn table(path: &Path) -> Vec<HashMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).from_path(path).expect("a committed table");
    reader.deserialize().map(|row| row.expect("a row with every column")).collect()
}

/// Nice classes of each category; `None` where its names are left out.
struct Categories(HashMap<(String, String), Option<NiceClasses>>);

impl Categories {
    fn read() -> Self {
        let rows = table(&root().join("data/starter/categories.tsv"));
        let count = rows.len();
        let map: HashMap<_, _> = rows
            .into_iter()
            .map(|row| {
                assert!(!row["note"].is_empty(), "{}: no note", row["category"]);
                let classes: NiceClasses = row["classes"].parse().expect("classes");
                ((row["tree"].clone(), row["category"].clone()), Some(classes).filter(|classes| !classes.is_empty()))
            })
            .collect();
        assert_eq!(map.len(), count, "a category comes twice");
        Self(map)
    }

    /// Classes by the category, or the part before its slash, or the tree.
    fn classes(&self, tree: &str, category: &str) -> Option<NiceClasses> {
        let group = category.split('/').next().unwrap_or_default();
        let row = [category, group, ""].into_iter().find_map(|key| self.0.get(&(tree.to_owned(), key.to_owned())));
        *row.unwrap_or_else(|| panic!("{tree}/{category} has no row in categories.tsv"))
    }
}

/// Folded words of a name, parted by spaces: two spellings with the same words are one name.
fn folded(name: &str) -> String {
    let name = Name::new(name);
    name.tokens().iter().map(|token| token.text()).collect::<Vec<&str>>().join(" ")
}

/// Names more alike than this are spellings of one: a search finds either.
const SAME_NAME: f64 = 0.6;

/// True where `other` names the brand in words of its own: KENTUCKY FRIED CHICKEN for KFC, and
/// not ASDA PETROL STATION for ASDA.
fn is_another_name(other: &str, name: &str) -> bool {
    let words = |key: &str| -> BTreeSet<String> { key.split(' ').map(str::to_owned).collect() };
    let (own, others) = (words(name), words(other));
    let joined = |key: &str| key.replace(' ', "");
    let holds_name = joined(other).contains(&joined(name)) || joined(name).contains(&joined(other));
    !holds_name
        && !others.is_superset(&own)
        && !own.is_superset(&others)
        && strsim::normalized_levenshtein(&joined(other), &joined(name)) < SAME_NAME
}

/// Every name of the known brands that is a brand to the public, by its folded words; and their
/// other names.
fn known_brands(path: &Path) -> BTreeMap<String, Row> {
    let categories = Categories::read();
    let left_out = table(&root().join("data/starter/left_out.tsv"));
    let of_scope =
        |scope: &str| -> HashSet<String> { left_out.iter().filter(|row| row["scope"] == scope).map(|row| folded(&row["text"])).collect() };
    let (names, operator_words) = (of_scope("name"), of_scope("operator_word"));
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    let mut other_names: BTreeMap<String, Row> = BTreeMap::new();
    for record in csv::Reader::from_path(path).expect("the known brands").deserialize::<HashMap<String, String>>() {
        let record = record.expect("a row with every column");
        let (tree, category, name) = (&record["tree"], &record["category"], record["name"].trim());
        let Some(classes) = categories.classes(tree, category) else { continue };
        let key = folded(name);
        let is_authority = || key.split(' ').any(|word| operator_words.contains(word));
        if key.is_empty() || names.contains(&key) || (tree == "operators" && is_authority()) {
            continue;
        }
        let row = rows.entry(key).or_default();
        if row.name.is_empty() {
            row.name = name.to_owned();
        }
        row.classes = row.classes.union(classes);
        row.is_indonesian |= record["countries"].split('|').any(|country| country == "id");
        row.categories.insert(format!("{tree}/{category}"));
        // What an operator is called otherwise are mostly its departments.
        for other in record["match_names"].split('|').filter(|_| tree == "brands") {
            let other_key = folded(other);
            if other_key.len() > 2 && !names.contains(&other_key) && is_another_name(&other_key, &folded(name)) {
                let row = other_names.entry(other_key).or_default();
                // The source writes other names in small letters.
                row.name = other.trim().to_uppercase();
                row.classes = row.classes.union(classes);
                row.categories.insert(format!("{tree}/{category}"));
                row.other_name_of.insert(name.to_owned());
            }
        }
    }
    for (key, row) in other_names {
        rows.entry(key).or_insert(row);
    }
    rows
}

/// The register as text: header, then rows by name and id.
fn make(path: &Path) -> Vec<u8> {
    let mut brands = known_brands(path);
    let mut rows: Vec<(String, Row)> = Vec::new();
    for known in all_well_known() {
        let mut row = Row {
            name: known.mark.to_owned(),
            classes: known.classes,
            owner: known.owner.unwrap_or_default().to_owned(),
            is_household_name: true,
            ..Row::default()
        };
        let key = folded(known.mark);
        // The same name for other goods is as likely another's.
        if brands.get(&key).is_some_and(|brand| brand.classes.shares_class(known.classes))
            && let Some(brand) = brands.remove(&key)
        {
            row.classes = row.classes.union(brand.classes);
            row.is_indonesian = brand.is_indonesian;
            row.categories = brand.categories;
        }
        rows.push((format!("WK-{}", Name::new(known.mark).compact().to_ascii_uppercase()), row));
    }
    rows.extend(brands.into_iter().map(|(key, row)| {
        let hash = xxh3_64(key.as_bytes());
        (format!("NSI-{:08x}", hash >> 32), row)
    }));
    rows.sort_by(|(id, row), (other_id, other)| (folded(&row.name), id).cmp(&(folded(&other.name), other_id)));
    let ids: HashSet<&String> = rows.iter().map(|(id, _)| id).collect();
    assert_eq!(ids.len(), rows.len(), "two names have one id: widen the hash");

    let mut text = Vec::new();
    let mut writer = csv::WriterBuilder::new().delimiter(b'\t').quote_style(csv::QuoteStyle::Never).from_writer(&mut text);
    writer.write_record(["id", "name", "classes", "owner", "goods", "source"]).expect("a vector takes bytes");
    for (id, row) in &rows {
        let cells = [id.as_str(), &row.name, &row.classes.to_string(), &row.owner, "", &source(row)];
        assert!(cells.iter().all(|cell| !cell.contains(['\t', '\n', '\r'])), "{cells:?}");
        writer.write_record(cells).expect("a vector takes bytes");
    }
    drop(writer);
    text
}

/// Where a row is from, such as `name-suggestion-index:brands/amenity/cafe country:id`.
fn source(row: &Row) -> String {
    let categories: Vec<&str> = row.categories.iter().map(String::as_str).collect();
    let parts = [
        row.is_household_name.then(|| "household-name".to_owned()),
        (!categories.is_empty()).then(|| format!("name-suggestion-index:{}", categories.join(","))),
        row.is_indonesian.then(|| "country:id".to_owned()),
        (!row.other_name_of.is_empty()).then(|| format!("other-name-of:{}", Vec::from_iter(row.other_name_of.iter().cloned()).join("|"))),
    ];
    parts.into_iter().flatten().collect::<Vec<String>>().join(" ")
}

/// Compressed without a time or a file name, so that the same text gives the same bytes.
fn compress(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).expect("a vector takes bytes");
    encoder.finish().expect("a vector takes bytes")
}

fn decompress(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut text).expect("whole gzip data");
    text
}

#[test]
fn the_starter_register_is_what_its_sources_make() {
    let beside = || root().join("../shared/data/names/known_brands.csv");
    let brands = std::env::var_os("MIRIP_KNOWN_BRANDS").map_or_else(beside, PathBuf::from);
    if !brands.exists() {
        println!("passed over: the known brands are not beside the crate");
        return;
    }
    let made = compress(&make(&brands));
    if std::env::var_os("MIRIP_BLESS").is_some_and(|value| value == "1") {
        fs::write(committed(), &made).expect("the register can be written");
    }
    let found = fs::read(committed()).expect("the committed register");
    assert!(decompress(&found) == decompress(&made), "data/starter/register.tsv.gz is not what its sources make; run with MIRIP_BLESS=1");
    assert!(found == made, "data/starter/register.tsv.gz has the right rows in other bytes; run with MIRIP_BLESS=1");
    assert!(made.len() < 1_200_000, "the register has {} bytes", made.len());
}

#[test]
fn the_committed_register_is_well_formed() {
    let text = String::from_utf8(decompress(&fs::read(committed()).expect("the committed register"))).expect("UTF-8");
    let mut ids = HashSet::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), 6, "{line}");
        assert!(ids.insert(cells[0].to_owned()), "{line}");
        assert!(!Name::new(cells[1]).is_empty(), "{line}");
        assert!(!cells[2].parse::<NiceClasses>().expect("classes").is_empty(), "{line}");
        assert!(!cells[5].is_empty(), "{line}");
    }
    assert!(ids.len() > 20_000, "{}", ids.len());
}
