//! A register that is the same on every machine: names built of syllables and of everyday words.
//!
//! Nothing in it comes from a register of an office. What it copies is the shape: a few words
//! stand in a great many names, most words in one; one name in sixteen is another one, spelled
//! otherwise. A mark is made from its number alone, so that a larger register begins with the
//! smaller one, and the queries are the same at every size.

use jiff::civil::Date;
use mirip::mark::{LegalStatus, Mark, NiceClass, NiceClasses};

/// Words that many names share, the commonest first.
const EVERYDAY: [&str; 64] = [
    "kopi",
    "sari",
    "jaya",
    "rasa",
    "ibu",
    "batik",
    "dapur",
    "warung",
    "indah",
    "mandiri",
    "teh",
    "makmur",
    "nusantara",
    "berkah",
    "toko",
    "rumah",
    "baru",
    "mulia",
    "roti",
    "abadi",
    "sehat",
    "keripik",
    "bunga",
    "raja",
    "mas",
    "sejahtera",
    "alam",
    "putra",
    "sambal",
    "lestari",
    "bakso",
    "madu",
    "kita",
    "desa",
    "tani",
    "cahaya",
    "mama",
    "segar",
    "bintang",
    "coklat",
    "karya",
    "utama",
    "gula",
    "laut",
    "kelapa",
    "pasar",
    "anugerah",
    "asli",
    "tempe",
    "harum",
    "sumber",
    "manis",
    "emas",
    "gunung",
    "surya",
    "kue",
    "nikmat",
    "dua",
    "mie",
    "murni",
    "padi",
    "prima",
    "susu",
    "hijau",
];

/// Words are drawn from ranks of up to this many bits. Ranks behind the everyday words are coined.
const RANK_BITS: u64 = 22;

/// How syllables begin; the commonest stand more than once.
const ONSETS: [&str; 32] = [
    "k", "s", "m", "r", "l", "t", "n", "b", "p", "d", "k", "s", "m", "r", "l", "t", "g", "j", "w", "h", "c", "y", "ng", "ny", "f", "z",
    "b", "d", "pr", "kr", "tr", "",
];

/// Their vowels.
const VOWELS: [&str; 8] = ["a", "i", "u", "e", "o", "a", "a", "i"];

/// How they end, most of them open.
const CODAS: [&str; 16] = ["", "", "", "", "", "", "", "", "", "n", "r", "s", "ng", "t", "l", "k"];

/// Other spellings of the same sound, the usual one first.
const SPELLINGS: [(&str, &str); 8] = [("u", "oe"), ("k", "c"), ("j", "dj"), ("i", "y"), ("s", "z"), ("f", "v"), ("a", "ah"), ("o", "oo")];

/// Nice classes, the commonest first.
const CLASSES: [u8; 16] = [30, 25, 43, 29, 35, 3, 5, 32, 9, 41, 18, 11, 20, 31, 16, 44];

/// Goods as an applicant writes them.
const GOODS: [&str; 8] = [
    "kopi; teh; gula; minuman berbahan dasar kopi",
    "pakaian jadi; sepatu; topi; kerudung",
    "jasa restoran; warung makan; kafe",
    "keripik singkong; abon; daging olahan",
    "jasa toko; penjualan eceran",
    "sabun; kosmetik; minyak wangi",
    "jamu; suplemen makanan; obat-obatan",
    "air mineral; sari buah; sirup",
];

/// Which place of a mark a draw is for: draws for different places don't depend on each other.
#[derive(Clone, Copy)]
enum Draw {
    Shape = 1,
    Origin,
    Classes,
    Status,
    Date,
    Owner,
    Goods,
    Spelling,
    Word,
}

/// The first `count` marks.
pub fn marks(count: u32) -> Vec<Mark> {
    (0..count).map(mark).collect()
}

/// The names of the first `count` marks.
pub fn names(count: u32) -> Vec<String> {
    (0..count).map(name).collect()
}

/// The first `count` marks as an office's file.
pub fn csv(count: u32) -> Vec<u8> {
    let mut file = csv::Writer::from_writer(Vec::new());
    file.write_record(["id", "name", "classes", "status", "filed_on", "owner", "goods"]).expect("memory takes every write");
    for mark in (0..count).map(mark) {
        let classes: Vec<String> = mark.classes.iter().map(|class| class.to_string()).collect();
        let filed_on = mark.filed_on.map(|date| date.to_string()).unwrap_or_default();
        let (owner, goods) = (mark.owner.unwrap_or_default(), mark.goods.unwrap_or_default());
        file.write_record([&mark.id, &mark.verbal_element, &classes.join(";"), mark.status.as_str(), &filed_on, &owner, &goods])
            .expect("memory takes every write");
    }
    file.into_inner().expect("memory takes every write")
}

/// A name to ask for.
pub struct AskedName {
    /// What it is called in reports.
    pub kind: &'static str,
    /// The name.
    pub name: String,
    /// Its classes.
    pub classes: NiceClasses,
    /// Id of the mark of which it is a spelling: what a search must find.
    pub follows: String,
}

/// Names to ask for, each another way of being costly.
pub fn queries() -> [AskedName; 3] {
    let asked = |kind: &'static str, word_count: usize, is_everyday: bool| {
        let fits = |mark: &Mark| {
            let is_known = |word: &str| EVERYDAY.contains(&word.to_lowercase().as_str());
            let name = &mark.verbal_element;
            let is_of_kind = name.split(' ').count() == word_count && name.split(' ').any(is_known) == is_everyday;
            is_of_kind && mark.status == LegalStatus::Registered
        };
        let (number, mark) = (0..).map(|number| (number, mark(number))).find(|(_, mark)| fits(mark)).expect("every kind of name is drawn");
        AskedName { kind, name: respelled_name(number), classes: mark.classes, follows: mark.id }
    };
    [asked("coined_word", 1, false), asked("everyday_words", 2, true), asked("four_words", 4, true)]
}

/// Mark `number`.
pub fn mark(number: u32) -> Mark {
    let mut mark = Mark::new(format!("SYN{number:08}"), name(number));
    let draw = random(number, Draw::Classes);
    let class_count = if draw & 7 == 0 { 2 } else { 1 };
    let class = |place: u64| CLASSES[(log_uniform(draw >> (16 * place + 3), 4) - 1) as usize];
    mark.classes = (0..class_count).filter_map(|place| NiceClass::new(class(place))).collect::<NiceClasses>();
    mark.status = match random(number, Draw::Status) % 16 {
        0 => LegalStatus::Expired,
        1 => LegalStatus::Refused,
        2 | 3 => LegalStatus::Pending,
        _ => LegalStatus::Registered,
    };
    let day = random(number, Draw::Date);
    mark.filed_on = Date::new(2000 + (day % 26) as i16, 1 + (day >> 8) as i8 % 12, 1).ok();
    let owner = random(number, Draw::Owner);
    mark.owner = (!owner.is_multiple_of(4)).then(|| format!("PT {} {}", word(log_uniform(owner, RANK_BITS)), word(1 + (owner >> 40) % 64)));
    let goods = random(number, Draw::Goods);
    mark.goods = goods.is_multiple_of(2).then(|| GOODS[(goods >> 8) as usize % GOODS.len()].to_owned());
    mark
}

/// The name of mark `number`.
pub fn name(number: u32) -> String {
    let origin = random(number, Draw::Origin);
    if number > 0 && origin.is_multiple_of(16) {
        // Some names follow an earlier one. It may follow another: numbers fall, so that ends.
        return respelled(&name((origin >> 8) as u32 % number), random(number, Draw::Spelling));
    }
    let word_count = match random(number, Draw::Shape) % 16 {
        0..=5 => 1,
        6..=11 => 2,
        12..=14 => 3,
        _ => 4,
    };
    let words: Vec<String> = (0..word_count)
        .map(|place| {
            let rank = log_uniform(mixed(random(number, Draw::Word) ^ place), RANK_BITS);
            // No one registers an everyday word alone.
            word(if word_count == 1 { rank + EVERYDAY.len() as u64 } else { rank }).to_uppercase()
        })
        .collect();
    words.join(" ")
}

/// The name of mark `number`, spelled otherwise.
pub fn respelled_name(number: u32) -> String {
    respelled(&name(number), random(number, Draw::Spelling))
}

/// The word of a rank, from 1.
fn word(rank: u64) -> String {
    if let Some(word) = EVERYDAY.get(rank as usize - 1) {
        return (*word).to_owned();
    }
    let mut draw = mixed(rank);
    let mut take = |count: usize| {
        let taken = draw as usize % count;
        draw >>= 6;
        taken
    };
    let syllables = [2, 2, 3, 3, 3, 4, 2, 3][take(8)];
    (0..syllables).map(|_| [ONSETS[take(ONSETS.len())], VOWELS[take(VOWELS.len())], CODAS[take(CODAS.len())]].concat()).collect()
}

/// The name with one sound spelled otherwise; where there is none to be, with a letter more.
fn respelled(name: &str, draw: u64) -> String {
    let name = name.to_lowercase();
    let first = draw as usize % SPELLINGS.len();
    let (before, after) = SPELLINGS.split_at(first);
    let other = after.iter().chain(before).find(|(usual, _)| name.contains(usual));
    let name = other.map_or_else(|| format!("{name}s"), |(usual, other)| name.replacen(usual, other, 1));
    name.to_uppercase()
}

/// A rank from 1 below `2^bits`, every doubling as likely as the next: Zipf's law in whole
/// numbers, which are the same on every machine, as powers of floats are not.
fn log_uniform(draw: u64, bits: u64) -> u64 {
    let bit = draw % bits;
    (1 << bit) | ((draw >> 8) & ((1 << bit) - 1))
}

/// A draw for one place of one mark.
fn random(number: u32, draw: Draw) -> u64 {
    mixed((u64::from(number) << 8) | draw as u64)
}

/// Mixes all bits into all bits (the output function of SplitMix64).
fn mixed(value: u64) -> u64 {
    let value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}
