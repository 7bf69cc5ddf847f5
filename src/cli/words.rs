//! What the command line says to a person, in each language.
//!
//! Explanations come from the engine in the language asked for; here are the words around
//! them. Layouts for pipes keep the words of the files (`registered`, `high`) in every
//! language, because scripts read them.

use std::time::Duration;

use crate::mark::{LegalStatus, MarkKind};
use crate::score::Language;
use crate::view::Band;

/// The words of one language.
pub(super) struct Words {
    language: Language,
    /// Titles of columns.
    pub titles: Titles,
    /// The four aspects, in the order visual, aural, conceptual, goods.
    pub aspects: [&'static str; 4],
    /// Stands where nothing is known.
    pub unknown: &'static str,
    /// "compared with 34,210 marks": what stands before and after the number.
    pub compared: [&'static str; 2],
    /// Before the register's name.
    pub register: &'static str,
    /// Before the date of the data.
    pub data_as_of: &'static str,
    /// Before the way a name is read aloud.
    pub read_as: &'static str,
    /// Before a class number.
    pub class: &'static str,
    /// Before a filing date.
    pub filed_on: &'static str,
    /// Before a date of registration.
    pub registered_on: &'static str,
    /// Before the end of protection.
    pub expires_on: &'static str,
    /// Over the reasons.
    pub why: &'static str,
    /// Over marks that are no bar.
    pub evidence: &'static str,
    /// Over remarks on the name.
    pub flags: &'static str,
    /// Over several names.
    pub ranking: &'static str,
    /// "20 shown; there are more": the words after the number.
    pub shown: &'static str,
    /// How to see the reasons for every hit.
    pub explain_hint: &'static str,
    /// The later sign of a pair.
    pub query: &'static str,
    /// The earlier sign of a pair.
    pub earlier: &'static str,
    /// The similarity of a pair.
    pub similarity: &'static str,
    /// Titles of the tables of a register: by status, kind, class, source.
    pub by: [&'static str; 4],
    /// Marks of a register.
    pub marks: &'static str,
    /// Marks with nothing to compare.
    pub without_words: &'static str,
    /// Size on disk.
    pub size: &'static str,
    /// Stands for the size of the register that is built into the program.
    pub built_in: &'static str,
    /// Fingerprint of the content.
    pub digest: &'static str,
    /// What an import did: rows read, kept, replaced, rejected, file of the rejected.
    pub imported: [&'static str; 5],
    /// What is in a file.
    pub inspected: Inspected,
    /// What a screening found: rows, rows that resemble others of the list, rows that can't be read.
    pub screened: [&'static str; 3],
    /// How long it took.
    pub time: &'static str,
}

/// Titles of columns.
pub(super) struct Titles {
    pub name: &'static str,
    pub classes: &'static str,
    pub status: &'static str,
    pub score: &'static str,
    pub band: &'static str,
    pub why: &'static str,
    pub verdict: &'static str,
    pub top: &'static str,
}

impl Words {
    /// The words of `language`.
    pub const fn of(language: Language) -> &'static Self {
        match language {
            Language::Id => &INDONESIAN,
            Language::En => &ENGLISH,
        }
    }

    /// A band in one word.
    pub fn band(&self, band: Band) -> &'static str {
        match (self.language, band) {
            (Language::Id, Band::Identical) => "sama",
            (Language::Id, Band::High) => "tinggi",
            (Language::Id, Band::Medium) => "sedang",
            (Language::Id, Band::Low) => "rendah",
            (Language::Id, Band::Clear) => "nihil",
            (Language::En, band) => band.as_str(),
        }
    }

    /// What a band means for the one who asked. Grade and evidence, never a promise.
    pub fn verdict(&self, band: Band) -> &'static str {
        match (self.language, band) {
            (Language::Id, Band::Identical) => "Sama: tanda yang sama sudah ada.",
            (Language::Id, Band::High) => "Kemiripan tinggi: besar kemungkinan pemeriksa mempersoalkannya.",
            (Language::Id, Band::Medium) => "Kemiripan sedang: perlu dilihat satu per satu.",
            (Language::Id, Band::Low) => "Kemiripan rendah: jarang dipersoalkan.",
            (Language::Id, Band::Clear) => "Tidak ditemukan yang mirip dalam register ini; ini bukan jaminan.",
            (Language::En, Band::Identical) => "Identical: the same sign is there already.",
            (Language::En, Band::High) => "High similarity: an examiner would most likely hold it against the name.",
            (Language::En, Band::Medium) => "Medium similarity: worth a look, one by one.",
            (Language::En, Band::Low) => "Low similarity: rarely held against a name.",
            (Language::En, Band::Clear) => "Nothing similar was found in this register; that is no guarantee.",
        }
    }

    /// A legal status.
    pub fn status(&self, status: LegalStatus) -> &'static str {
        if self.language == Language::En {
            return status.as_str();
        }
        match status {
            LegalStatus::Registered => "terdaftar",
            LegalStatus::Pending => "dalam proses",
            LegalStatus::Expired => "kedaluwarsa",
            LegalStatus::Refused => "ditolak",
            LegalStatus::Withdrawn => "ditarik",
            LegalStatus::Removed => "dihapus",
            LegalStatus::Unknown => "tak diketahui",
        }
    }

    /// What a sign consists of.
    pub fn kind(&self, kind: MarkKind) -> &'static str {
        match (self.language, kind) {
            (Language::Id, MarkKind::Word) => "kata",
            (Language::Id, MarkKind::Figurative) => "gambar",
            (Language::Id, MarkKind::Combined) => "kata dan gambar",
            (Language::Id, MarkKind::Other) => "lain",
            (Language::En, MarkKind::Word) => "word",
            (Language::En, MarkKind::Figurative) => "figurative",
            (Language::En, MarkKind::Combined) => "combined",
            (Language::En, MarkKind::Other) => "other",
        }
    }

    /// A number with its thousands apart: `34.210` in Indonesian, `34,210` in English.
    pub fn number(&self, number: u64) -> String {
        let separator = if self.language == Language::Id { '.' } else { ',' };
        let digits = number.to_string();
        let mut text = String::with_capacity(digits.len() * 4 / 3);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push(separator);
            }
            text.push(digit);
        }
        text
    }

    /// A stretch of time: `0,8 s` in Indonesian, `0.8 s` in English, `3 min 20 s` in both.
    pub fn duration(&self, duration: Duration) -> String {
        let seconds = duration.as_secs();
        if seconds >= 60 {
            return format!("{} min {} s", self.number(seconds / 60), seconds % 60);
        }
        let text = format!("{:.1} s", duration.as_secs_f64());
        if self.language == Language::Id { text.replace('.', ",") } else { text }
    }

    /// A size in the unit that a person would use: `12,3 MB` in Indonesian, `12.3 MB` in English.
    pub fn size(&self, bytes: u64) -> String {
        const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
        if bytes < 1000 {
            return format!("{bytes} B");
        }
        let mut size = bytes as f64 / 1000.0;
        let mut unit = 0;
        // 999.95 would show as 1000.0 of the smaller unit.
        while size >= 999.95 && unit + 1 < UNITS.len() {
            size /= 1000.0;
            unit += 1;
        }
        let text = format!("{size:.1} {}", UNITS[unit]);
        if self.language == Language::Id { text.replace('.', ",") } else { text }
    }
}

/// Words for what is in a file.
#[derive(Clone, Copy)]
pub(super) struct Inspected {
    /// File, format, date of the data, rows, marks, rows that can't be read.
    pub facts: [&'static str; 6],
    /// A field of the file, what it becomes, and what is said where it becomes nothing.
    pub field: &'static str,
    pub becomes: &'static str,
    pub left_out: &'static str,
    /// Number, name, classes, status, filing date, owner.
    pub mark: [&'static str; 6],
    /// Line, field, reason.
    pub problem: [&'static str; 3],
}

const INDONESIAN: Words = Words {
    language: Language::Id,
    titles: Titles {
        name: "Merek",
        classes: "Kelas",
        status: "Status",
        score: "Nilai",
        band: "Tingkat",
        why: "Alasan",
        verdict: "Hasil",
        top: "Paling mirip",
    },
    aspects: ["Tulisan", "Bunyi", "Arti", "Barang/jasa"],
    unknown: "–",
    compared: ["Dibandingkan dengan", "merek"],
    register: "register",
    data_as_of: "data per",
    read_as: "Dibaca:",
    class: "kelas",
    filed_on: "diajukan",
    registered_on: "didaftar",
    expires_on: "berlaku sampai",
    why: "Alasan",
    evidence: "Bukan penghalang, tetapi patut dibaca",
    flags: "Catatan tentang nama ini",
    ranking: "Urutan nama, yang paling aman dahulu",
    shown: "ditampilkan; masih ada merek mirip lainnya",
    explain_hint: "Alasan lengkap untuk setiap merek: --explain",
    query: "Tanda kemudian",
    earlier: "Merek terdahulu",
    similarity: "Kemiripan",
    by: ["Status", "Jenis", "Kelas", "Sumber"],
    marks: "Merek",
    without_words: "Tanpa kata",
    size: "Ukuran",
    built_in: "di dalam program",
    digest: "Sidik isi",
    imported: ["Dibaca", "Disimpan", "Diganti", "Ditolak", "Baris yang ditolak"],
    inspected: Inspected {
        facts: ["Berkas", "Format", "Tanggal data", "Baris", "Merek", "Ditolak"],
        field: "Kolom berkas",
        becomes: "Menjadi",
        left_out: "(tidak dipakai)",
        mark: ["Nomor", "Merek", "Kelas", "Status", "Diajukan", "Pemilik"],
        problem: ["Baris", "Kolom", "Masalah"],
    },
    screened: ["Baris", "Mirip dengan baris lain", "Tak terbaca"],
    time: "Waktu",
};

const ENGLISH: Words = Words {
    language: Language::En,
    titles: Titles {
        name: "Mark",
        classes: "Classes",
        status: "Status",
        score: "Score",
        band: "Band",
        why: "Why",
        verdict: "Verdict",
        top: "Most similar",
    },
    aspects: ["Writing", "Sound", "Meaning", "Goods"],
    unknown: "–",
    compared: ["Compared with", "marks"],
    register: "register",
    data_as_of: "data of",
    read_as: "Read as:",
    class: "class",
    filed_on: "filed",
    registered_on: "registered",
    expires_on: "protected until",
    why: "Why",
    evidence: "No bar, but worth reading",
    flags: "Remarks on this name",
    ranking: "Names, the safest first",
    shown: "shown; there are more similar marks",
    explain_hint: "Full reasons for every mark: --explain",
    query: "Later sign",
    earlier: "Earlier mark",
    similarity: "Similarity",
    by: ["Status", "Kind", "Class", "Source"],
    marks: "Marks",
    without_words: "Without words",
    size: "Size",
    built_in: "inside the program",
    digest: "Digest",
    imported: ["Read", "Kept", "Replaced", "Rejected", "Rejected rows"],
    inspected: Inspected {
        facts: ["File", "Format", "Data date", "Rows", "Marks", "Rejected"],
        field: "Field of the file",
        becomes: "Becomes",
        left_out: "(left out)",
        mark: ["Number", "Mark", "Classes", "Status", "Filed", "Owner"],
        problem: ["Line", "Field", "Problem"],
    },
    screened: ["Rows", "Alike within the list", "Unreadable"],
    time: "Time",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_number(number: u64, indonesian: &str, english: &str) {
        assert_eq!(INDONESIAN.number(number), indonesian);
        assert_eq!(ENGLISH.number(number), english);
    }

    #[test]
    fn thousands_stand_apart_as_each_language_writes_them() {
        check_number(0, "0", "0");
        check_number(999, "999", "999");
        check_number(1000, "1.000", "1,000");
        check_number(34_210, "34.210", "34,210");
        check_number(u64::MAX, "18.446.744.073.709.551.615", "18,446,744,073,709,551,615");
    }

    #[test]
    fn times_are_told_as_people_tell_them() {
        assert_eq!(INDONESIAN.duration(Duration::from_millis(840)), "0,8 s");
        assert_eq!(ENGLISH.duration(Duration::from_millis(840)), "0.8 s");
        assert_eq!(ENGLISH.duration(Duration::from_secs(200)), "3 min 20 s");
    }

    #[track_caller]
    fn check_size(bytes: u64, indonesian: &str, english: &str) {
        assert_eq!(INDONESIAN.size(bytes), indonesian);
        assert_eq!(ENGLISH.size(bytes), english);
    }

    #[test]
    fn sizes_take_the_unit_that_fits() {
        check_size(999, "999 B", "999 B");
        check_size(1000, "1,0 kB", "1.0 kB");
        check_size(999_949, "999,9 kB", "999.9 kB");
        check_size(999_950, "1,0 MB", "1.0 MB");
        check_size(12_345_678, "12,3 MB", "12.3 MB");
        check_size(u64::MAX, "18446744,1 TB", "18446744.1 TB");
    }
}
