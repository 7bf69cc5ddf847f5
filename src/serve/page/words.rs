//! The page's own words, in Indonesian and in English.

use jiff::civil::Date;

use crate::mark::{LegalStatus, MarkKind};
use crate::score::Language;
use crate::serve::problem::Code;
use crate::view::Band;

/// Every sentence of the page that is no answer of the engine.
pub(super) struct Words {
    pub lang: &'static str,
    pub language: Language,
    pub other_lang: &'static str,
    pub other_language: &'static str,
    pub title: &'static str,
    pub lead: &'static str,
    pub form: &'static str,
    pub names: &'static str,
    pub names_hint: &'static str,
    pub name: &'static str,
    pub classes: &'static str,
    pub classes_hint: &'static str,
    pub class: &'static str,
    pub more_classes: &'static str,
    pub goods: &'static str,
    pub goods_hint: &'static str,
    pub submit: &'static str,
    pub busy: &'static str,
    pub secret: &'static str,
    pub results: &'static str,
    pub safest_first: &'static str,
    pub hits: &'static str,
    pub no_hits: &'static str,
    pub more_hits: &'static str,
    pub evidence: &'static str,
    pub evidence_hint: &'static str,
    pub reasons: &'static str,
    pub number: &'static str,
    pub owner: &'static str,
    pub goods_of: &'static str,
    pub kind: &'static str,
    pub status: &'static str,
    pub filed_on: &'static str,
    pub registered_on: &'static str,
    pub expires_on: &'static str,
    pub source: &'static str,
    pub unknown: &'static str,
    pub score: &'static str,
    pub visual: &'static str,
    pub aural: &'static str,
    pub conceptual: &'static str,
    pub goods_aspect: &'static str,
    pub compared: &'static str,
    pub data_as_of: &'static str,
    pub starter: &'static str,
    pub print: &'static str,
    pub share: &'static str,
    pub again: &'static str,
    pub skip: &'static str,
}

static ID: Words = Words {
    lang: "id",
    language: Language::Id,
    other_lang: "en",
    other_language: "English",
    title: "Cek nama merek",
    lead: "Ketik sampai lima calon nama. Anda melihat nama mana yang paling aman, dan merek mana yang menghalangi nama lainnya.",
    form: "Calon nama",
    names: "Calon nama merek",
    names_hint: "Paling sedikit satu, paling banyak lima.",
    name: "Nama",
    classes: "Jenis barang atau jasa",
    classes_hint: "Pilih kelas yang cocok. Boleh lebih dari satu, boleh dikosongkan.",
    class: "kelas",
    more_classes: "Kelas lainnya",
    goods: "Produk Anda",
    goods_hint: "Misalnya: keripik singkong pedas. Boleh dikosongkan.",
    submit: "Periksa nama",
    busy: "Sedang memeriksa …",
    secret: "Nama yang Anda ketik tidak disimpan dan tidak dicatat.",
    results: "Hasil",
    safest_first: "Nama yang paling aman ada di atas.",
    hits: "Merek yang mirip",
    no_hits: "Tidak ada merek yang mirip di antara merek yang dibandingkan.",
    more_hits: "Masih ada merek mirip lainnya yang tidak ditampilkan.",
    evidence: "Bukan penghalang, tetapi baik diketahui",
    evidence_hint: "Merek ini ditolak, ditarik, sudah lama berakhir, milik Anda sendiri, atau diajukan sesudah Anda.",
    reasons: "Mengapa mirip",
    number: "nomor",
    owner: "pemilik",
    goods_of: "barang/jasa",
    kind: "bentuk",
    status: "status",
    filed_on: "diajukan",
    registered_on: "terdaftar sejak",
    expires_on: "dilindungi sampai",
    source: "sumber",
    unknown: "tidak diketahui",
    score: "nilai kemiripan",
    visual: "tulisan",
    aural: "bunyi",
    conceptual: "makna",
    goods_aspect: "barang",
    compared: "merek dibandingkan",
    data_as_of: "data per",
    starter: "Daftar contoh: berisi merek terkenal saja, bukan daftar resmi DJKI. Nama yang tampak aman di sini belum tentu aman.",
    print: "Cetak",
    share: "Bagikan",
    again: "Periksa nama lain",
    skip: "Langsung ke isian",
};

static EN: Words = Words {
    lang: "en",
    language: Language::En,
    other_lang: "id",
    other_language: "Bahasa Indonesia",
    title: "Check a brand name",
    lead: "Type up to five names. You see which is the safest, and which marks stand in the way of the others.",
    form: "Names",
    names: "Names to check",
    names_hint: "At least one, at most five.",
    name: "Name",
    classes: "Kind of goods or services",
    classes_hint: "Choose the classes that fit. More than one is fine, none is fine.",
    class: "class",
    more_classes: "More classes",
    goods: "Your product",
    goods_hint: "For example: spicy cassava crisps. May be left empty.",
    submit: "Check the names",
    busy: "Checking …",
    secret: "The names that you type are not stored and not logged.",
    results: "Result",
    safest_first: "The safest name comes first.",
    hits: "Similar marks",
    no_hits: "No similar mark among those compared.",
    more_hits: "More similar marks are not shown.",
    evidence: "No bar, but good to know",
    evidence_hint: "These marks were refused or withdrawn, ended long ago, are your own, or were filed after yours.",
    reasons: "Why it is similar",
    number: "number",
    owner: "owner",
    goods_of: "goods/services",
    kind: "form",
    status: "status",
    filed_on: "filed",
    registered_on: "registered",
    expires_on: "protected until",
    source: "source",
    unknown: "unknown",
    score: "similarity",
    visual: "writing",
    aural: "sound",
    conceptual: "meaning",
    goods_aspect: "goods",
    compared: "marks compared",
    data_as_of: "data of",
    starter: "Sample list: well-known marks only, no official register of DJKI. A name that looks safe here may not be safe.",
    print: "Print",
    share: "Share",
    again: "Check other names",
    skip: "Skip to the form",
};

impl Words {
    /// The words of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::Id => &ID,
            Language::En => &EN,
        }
    }

    fn pick(&self, id: &'static str, en: &'static str) -> &'static str {
        match self.language {
            Language::Id => id,
            Language::En => en,
        }
    }

    /// The verdict on a name, for people.
    pub(super) fn verdict(&self, band: Band) -> &'static str {
        match band {
            Band::Identical | Band::High => self.pick("berisiko", "risky"),
            Band::Medium => self.pick("perlu dilihat", "worth a look"),
            Band::Low | Band::Clear => self.pick("aman ditelusuri", "safe to pursue"),
        }
    }

    /// How alike a hit is.
    pub(super) fn band(&self, band: Band) -> &'static str {
        match band {
            Band::Identical => self.pick("sama", "the same"),
            Band::High => self.pick("sangat mirip", "very similar"),
            Band::Medium => self.pick("cukup mirip", "rather similar"),
            Band::Low => self.pick("sedikit mirip", "slightly similar"),
            Band::Clear => self.pick("tidak mirip", "not similar"),
        }
    }

    /// Where a right stands.
    pub(super) fn legal_status(&self, status: LegalStatus) -> &'static str {
        match status {
            LegalStatus::Registered => self.pick("terdaftar", "registered"),
            LegalStatus::Pending => self.pick("sedang diproses", "being examined"),
            LegalStatus::Expired => self.pick("masa perlindungan berakhir", "protection has ended"),
            LegalStatus::Refused => self.pick("ditolak", "refused"),
            LegalStatus::Withdrawn => self.pick("ditarik kembali", "withdrawn"),
            LegalStatus::Removed => self.pick("dihapus", "taken off the register"),
            LegalStatus::Unknown => self.pick("status tidak diketahui, dianggap masih berlaku", "status unknown, taken as live"),
        }
    }

    /// What a sign consists of.
    pub(super) fn mark_kind(&self, kind: MarkKind) -> &'static str {
        match kind {
            MarkKind::Word => self.pick("kata", "words"),
            MarkKind::Figurative => self.pick("gambar", "picture"),
            MarkKind::Combined => self.pick("kata dan gambar", "words and picture"),
            MarkKind::Other => self.pick("lainnya", "other"),
        }
    }

    /// A date as people write it.
    pub(super) fn date(&self, date: Date) -> String {
        let months = match self.language {
            Language::Id => {
                ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"]
            }
            Language::En => {
                ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
            }
        };
        let month = usize::try_from(date.month()).expect("months run from 1 to 12") - 1;
        format!("{} {} {}", date.day(), months[month], date.year())
    }

    /// A whole number with its thousands set apart.
    pub(super) fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let mut text = String::with_capacity(digits.len() + digits.len() / 3);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push_str(self.pick(".", ","));
            }
            text.push(digit);
        }
        text
    }

    /// What to tell where the form can't be answered as it stands.
    pub(super) fn trouble(&self, trouble: &Trouble) -> String {
        match trouble {
            Trouble::NoName => self.pick("Ketik paling sedikit satu nama.", "Type at least one name.").to_owned(),
            Trouble::NoLetters(name) => match self.language {
                Language::Id => {
                    format!("“{name}” tidak berisi huruf atau angka yang bisa dibandingkan. Ketik nama dengan huruf atau angka.")
                }
                Language::En => format!("“{name}” holds no letter or digit to compare. Type a name with letters or digits."),
            },
            Trouble::TooLong => {
                self.pick("Nama terlalu panjang. Ketik namanya saja.", "A name is too long. Type the name alone.").to_owned()
            }
            Trouble::Failed(code) => match code {
                Code::Busy | Code::NotReady => {
                    self.pick("Sedang banyak yang memeriksa. Coba lagi sebentar lagi.", "Many are asking at once. Try again in a moment.")
                }
                Code::Timeout => self.pick("Pemeriksaan terlalu lama. Coba lagi.", "The check took too long. Try again."),
                Code::BadInput | Code::BadRequest => self.pick(
                    "Isian tidak bisa dibaca. Periksa lagi nama dan pilihannya.",
                    "The form can't be read. Look at the names and choices again.",
                ),
                _ => self.pick(
                    "Maaf, pemeriksaan gagal. Coba lagi, atau hubungi petugas.",
                    "Sorry, the check failed. Try again, or tell the staff.",
                ),
            }
            .to_owned(),
        }
    }
}

/// Why a form can't be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// No name was typed.
    NoName,
    /// A name without anything to compare.
    NoLetters(String),
    /// A name beyond what is read.
    TooLong,
    /// The service could not do it.
    Failed(Code),
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn numbers_and_dates_are_written_as_people_write_them() {
        let (id, en) = (Words::of(Language::Id), Words::of(Language::En));
        for (number, expected) in [(0, "0"), (999, "999"), (1000, "1.000"), (34_210, "34.210"), (2_000_000, "2.000.000")] {
            assert_eq!(id.number(number), expected);
        }
        assert_eq!(en.number(34_210), "34,210");
        assert_eq!(id.date(date(2017, 1, 4)), "4 Januari 2017");
        assert_eq!(en.date(date(2026, 12, 31)), "31 December 2026");
    }

    #[test]
    fn verdicts_are_plain() {
        let id = Words::of(Language::Id);
        assert_eq!(id.verdict(Band::Identical), "berisiko");
        assert_eq!(id.verdict(Band::Medium), "perlu dilihat");
        assert_eq!(id.verdict(Band::Clear), "aman ditelusuri");
    }
}
