//! Invented marks as the office would announce them, and what a reader is to make of each.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::mark::{LegalStatus, Mark, MarkKind, MarkType, NiceClass, NiceClasses};

/// A mark as it stands in a gazette.
#[derive(Clone, Debug)]
pub(super) struct Specimen {
    pub number: String,
    pub filed_on: Date,
    pub priority_on: Option<Date>,
    /// As the contents table lists them.
    pub classes: Vec<u8>,
    /// As the detail block does.
    pub detail_classes: Vec<u8>,
    pub name: String,
    pub kind: &'static str,
    pub owner: String,
    pub address: String,
    pub agent: String,
    pub translation: String,
    pub goods: Vec<String>,
}

impl Specimen {
    /// The mark that this is, said without any of the reader's code.
    pub(super) fn expected(&self) -> Mark {
        let has_words = !matches!(self.name.as_str(), "" | "-");
        let kind = match self.kind {
            "Merek Lukisan" => MarkKind::Figurative,
            "Merek Kata dan Lukisan" => MarkKind::Combined,
            "Merek Suara" => MarkKind::Other,
            _ if has_words => MarkKind::Word,
            _ => MarkKind::Figurative,
        };
        let classes: NiceClasses = self.classes.iter().chain(&self.detail_classes).filter_map(|&class| NiceClass::new(class)).collect();
        Mark {
            verbal_element: if has_words { self.name.clone() } else { String::new() },
            classes,
            kind,
            status: LegalStatus::Pending,
            filed_on: Some(self.priority_on.map_or(self.filed_on, |priority| priority.min(self.filed_on))),
            office_status: Some("Diumumkan".to_owned()),
            owner: Some(self.owner.clone()),
            goods: Some(self.goods.join("; ")),
            translation: (self.translation != "-").then(|| self.translation.clone()),
            mark_type: if self.number.starts_with('J') { MarkType::Service } else { MarkType::Trade },
            source: Some("brm".to_owned()),
            ..Mark::new(self.number.clone(), "")
        }
    }

    /// The classes of the block and its groups of goods differ in number, or the two lists do.
    pub(super) fn disagrees(&self) -> bool {
        self.classes != self.detail_classes || self.detail_classes.len() != self.goods.len()
    }
}

/// Numbers that are the same every time (xorshift).
pub(super) struct Numbers(u64);

impl Numbers {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

const SYLLABLES: [&str; 24] = [
    "ka", "ri", "no", "ta", "wa", "lu", "ser", "man", "di", "go", "ban", "te", "ra", "su", "mi", "pel", "ja", "ko", "ndu", "ngi", "fa",
    "zo", "ha", "bi",
];

/// Names that are hard on a reader of tables.
const HARD_NAMES: [&str; 16] = [
    "99 SEMBILAN BINTANG",
    "3, 14 LINGKAR",
    "LOGO",
    "-",
    "",
    "CAFÉ ÑANDÚ & Co.® \u{201c}ASLI\u{201d}",
    "A",
    "KOPI: TIPE MEREK BARU",
    "etiket biru",
    "10/07/2026",
    "PEMOHON 540",
    "HALAMAN DEPAN",
    "210 220 320",
    "WARUNG (Tulisan & Lukisan) + lukisan",
    "=== TIGA ===",
    "No. 1 KARINO",
];

const HARD_GOODS: [&str; 10] = [
    "etiket kertas",
    "540 ml botol minum",
    "210 gram kopi bubuk",
    "kopi; teh; kakao",
    "jasa kafe, restoran dan kafetaria",
    "prioritas pengiriman barang",
    "minuman beralkohol (kecuali bir)",
    "alat-alat untuk memotong/mengupas",
    "pakaian, alas kaki, tutup kepala",
    "perangkat lunak komputer: permainan",
];

fn word(numbers: &mut Numbers) -> String {
    (0..2 + numbers.below(3)).map(|_| numbers.pick(&SYLLABLES)).collect()
}

fn words(numbers: &mut Numbers, count: usize) -> String {
    (0..count).map(|_| word(numbers)).collect::<Vec<_>>().join(" ")
}

/// `count` marks; those with the same seed are the same. `names` are mixed in among invented ones.
pub(super) fn specimens(seed: u64, count: usize, names: &[&str]) -> Vec<Specimen> {
    let mut numbers = Numbers::new(seed);
    (0..count).map(|place| specimen(&mut numbers, place, names)).collect()
}

pub(super) fn hard_specimens(seed: u64, count: usize) -> Vec<Specimen> {
    specimens(seed, count, &HARD_NAMES)
}

fn specimen(numbers: &mut Numbers, place: usize, names: &[&str]) -> Specimen {
    let first = 1 + numbers.below(30);
    let class_count = [1, 1, 1, 2, 3, 12][numbers.below(6)];
    let classes: Vec<u8> = (0..class_count).map(|step| (first + step) as u8).collect();
    let mut detail_classes = classes.clone();
    if place % 9 == 4 {
        detail_classes.push(45);
    }
    let group_count = if place % 7 == 3 { 1 } else { detail_classes.len() };
    let filed_on = date(2026, 5, 1).checked_add(i64::from(place as u32 % 60).days()).expect("a date of that year");
    let (name, kind) = match place % 4 {
        0 if !names.is_empty() => (names[place / 4 % names.len()].to_owned(), ["Merek Lukisan", "Merek Kata dan Lukisan"][place / 4 % 2]),
        1 => (words(numbers, 1).to_uppercase(), "Merek Kata"),
        2 => (words(numbers, 2), "Merek Kata dan Lukisan"),
        // Wrapped, over two to four lines.
        _ => (words(numbers, 9 + place % 17).to_uppercase(), "Merek Suara"),
    };
    Specimen {
        number: format!("{}ID2026{:06}", ["D", "J"][place % 2], 10_000 + place),
        filed_on,
        priority_on: (place % 5 == 2).then(|| filed_on.checked_sub(90.days()).expect("a date of that year")),
        classes,
        detail_classes,
        name,
        kind,
        owner: format!("PT {} Tbk", words(numbers, 1 + place % 9)),
        address: format!("Jl. {} No. {}, Kota {}, 0812-0000-{place:04}", words(numbers, 2), place, words(numbers, 2)),
        agent: words(numbers, 3),
        translation: if place.is_multiple_of(3) { "-".to_owned() } else { words(numbers, 1 + place % 12) },
        goods: (0..group_count).map(|group| goods(numbers, place + group)).collect(),
    }
}

fn goods(numbers: &mut Numbers, place: usize) -> String {
    let terms = (0..1 + numbers.below(14)).map(|term| match term % 3 {
        0 => HARD_GOODS[(place + term) % HARD_GOODS.len()].to_owned(),
        _ => words(numbers, 2),
    });
    terms.collect::<Vec<_>>().join("; ")
}
