//! The words of the Indonesian office (DJKI), in its register and in the tables made from it.

use super::OfficeWords;
use crate::mark::{LegalStatus, MarkKind, MarkType};

/// Words of the register. A proposed refusal, an appeal and an opposition decide nothing yet; a suit or a
/// renewal is about a mark in force.
pub(crate) const WORDS: OfficeWords = OfficeWords {
    statuses: &[
        // What is decided although the word of a pending step is in it.
        ("banding ditolak", LegalStatus::Refused),
        ("menolak banding", LegalStatus::Refused),
        ("tidak diperpanjang", LegalStatus::Expired),
        ("perpanjangan ditolak", LegalStatus::Expired),
        // Steps that bear the word of the outcome that may follow.
        ("usul", LegalStatus::Pending),
        ("tanggapan", LegalStatus::Pending),
        ("banding", LegalStatus::Pending),
        ("keberatan", LegalStatus::Pending),
        ("sanggahan", LegalStatus::Pending),
        ("menunggu", LegalStatus::Pending),
        ("masa pengumuman", LegalStatus::Pending),
        ("proses pendaftaran", LegalStatus::Pending),
        ("gugatan", LegalStatus::Registered),
        ("permohonan penghapusan", LegalStatus::Registered),
        ("proses penghapusan", LegalStatus::Registered),
        ("perpanjangan", LegalStatus::Registered),
        ("diperpanjang", LegalStatus::Registered),
        // Outcomes.
        ("ditarik", LegalStatus::Withdrawn),
        ("tarik kembali", LegalStatus::Withdrawn),
        ("penarikan", LegalStatus::Withdrawn),
        ("withdrawn", LegalStatus::Withdrawn),
        ("abandoned", LegalStatus::Withdrawn),
        ("dihapus", LegalStatus::Removed),
        ("hapus", LegalStatus::Removed),
        ("dibatalkan", LegalStatus::Removed),
        ("batal", LegalStatus::Removed),
        ("dicoret", LegalStatus::Removed),
        ("dicabut", LegalStatus::Removed),
        ("removed", LegalStatus::Removed),
        ("deleted", LegalStatus::Removed),
        ("cancel", LegalStatus::Removed),
        ("berakhir", LegalStatus::Expired),
        ("kadaluarsa", LegalStatus::Expired),
        ("kadaluwarsa", LegalStatus::Expired),
        ("kedaluwarsa", LegalStatus::Expired),
        ("lewat waktu", LegalStatus::Expired),
        ("expired", LegalStatus::Expired),
        ("tidak dapat didaftar", LegalStatus::Refused),
        ("tidak didaftar", LegalStatus::Refused),
        ("tolak", LegalStatus::Refused),
        ("nolak", LegalStatus::Refused),
        ("refused", LegalStatus::Refused),
        ("rejected", LegalStatus::Refused),
        // Steps.
        ("proses", LegalStatus::Pending),
        ("eriksa", LegalStatus::Pending),
        ("pengumuman", LegalStatus::Pending),
        ("diumumkan", LegalStatus::Pending),
        ("publikasi", LegalStatus::Pending),
        ("pelayanan teknis", LegalStatus::Pending),
        ("formalitas", LegalStatus::Pending),
        ("kelengkapan", LegalStatus::Pending),
        ("pengajuan", LegalStatus::Pending),
        ("diajukan", LegalStatus::Pending),
        ("draft", LegalStatus::Pending),
        ("unregistered", LegalStatus::Unknown),
        ("didaftar", LegalStatus::Registered),
        ("terdaftar", LegalStatus::Registered),
        ("sertifikat", LegalStatus::Registered),
        ("registered", LegalStatus::Registered),
        // Last: a word of many statuses.
        ("permohonan", LegalStatus::Pending),
        ("pending", LegalStatus::Pending),
        ("published", LegalStatus::Pending),
        ("publication", LegalStatus::Pending),
        ("examination", LegalStatus::Pending),
        ("opposition", LegalStatus::Pending),
        ("filed", LegalStatus::Pending),
    ],
    // Joined by " dan " before they are looked for, however the office joins them.
    kinds: &[
        ("kata dan lukisan", MarkKind::Combined),
        ("lukisan dan kata", MarkKind::Combined),
        ("tulisan dan lukisan", MarkKind::Combined),
        ("lukisan dan tulisan", MarkKind::Combined),
        ("huruf dan lukisan", MarkKind::Combined),
        ("angka dan lukisan", MarkKind::Combined),
        ("kata dan logo", MarkKind::Combined),
        ("logo dan kata", MarkKind::Combined),
        ("kata dan gambar", MarkKind::Combined),
        ("gambar dan kata", MarkKind::Combined),
        ("kombinasi", MarkKind::Combined),
        ("combined", MarkKind::Combined),
        ("dimensi", MarkKind::Other),
        ("suara", MarkKind::Other),
        ("hologram", MarkKind::Other),
        ("lukisan", MarkKind::Figurative),
        ("logo", MarkKind::Figurative),
        ("gambar", MarkKind::Figurative),
        ("figurative", MarkKind::Figurative),
        ("kata", MarkKind::Word),
        ("tulisan", MarkKind::Word),
        ("huruf", MarkKind::Word),
        ("angka", MarkKind::Word),
        ("word", MarkKind::Word),
    ],
    types: &[
        ("kolektif", MarkType::Collective),
        ("collective", MarkType::Collective),
        // "Merek Dagang & Jasa" is both: goods are the wider of the two words.
        ("dagang", MarkType::Trade),
        ("jasa", MarkType::Service),
        ("service", MarkType::Service),
        ("trade", MarkType::Trade),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_told_by_their_words() {
        use LegalStatus::*;
        for (text, expected) in [
            ("(TM) Didaftar", Registered),
            ("Didaftar", Registered),
            ("TERDAFTAR", Registered),
            ("(TM) Didaftar - Perpanjangan", Registered),
            ("Diperpanjang", Registered),
            ("Gugatan Pembatalan", Registered),
            ("Permohonan Penghapusan Pihak Ketiga", Registered),
            ("(TM) Ditolak", Refused),
            ("Penolakan Tetap", Refused),
            ("Banding Ditolak", Refused),
            ("Tidak Dapat Didaftar", Refused),
            ("(TM) Ditarik kembali", Withdrawn),
            ("Dianggap ditarik kembali", Withdrawn),
            ("Penarikan Kembali", Withdrawn),
            ("Dihapus", Removed),
            ("Penghapusan", Removed),
            ("Dibatalkan", Removed),
            ("Batal demi hukum", Removed),
            ("Berakhir", Expired),
            ("(TM) Masa Perlindungan Berakhir", Expired),
            ("Tidak diperpanjang", Expired),
            ("Kadaluarsa", Expired),
            ("EXPIRED", Expired),
            ("Dalam Proses", Pending),
            ("(TM) Masa Pengumuman", Pending),
            ("Selesai Masa Pengumuman", Pending),
            ("Masa Pengumuman Berakhir", Pending),
            ("Pengumuman", Pending),
            ("Pelayanan Teknis", Pending),
            ("Pemeriksa Substantif", Pending),
            ("Pemeriksaan Formalitas", Pending),
            ("Menunggu Pemeriksaan Substantif", Pending),
            ("Usulan Penolakan", Pending),
            ("Usul Tolak", Pending),
            ("Tanggapan atas Usul Penolakan", Pending),
            ("Ditolak, dalam proses banding", Pending),
            ("Dalam Proses Pendaftaran", Pending),
            ("Menunggu Sertifikat", Pending),
            ("TM PERMOHONAN BARU", Pending),
            ("TM PUBLIKASI", Pending),
            ("IPT DRAFT", Pending),
            ("IPT PENGAJUAN PERMOHONAN", Pending),
            ("unregistered", Unknown),
            ("lain-lain", Unknown),
            ("", Unknown),
        ] {
            assert_eq!(WORDS.status(text), expected, "{text}");
        }
    }

    #[test]
    fn kinds_and_types_are_told_by_their_words() {
        use MarkKind::*;
        for (text, kind, mark_type) in [
            ("Merek Kata", Some(Word), None),
            ("Merek Lukisan", Some(Figurative), None),
            ("Merek Kata dan Lukisan", Some(Combined), None),
            ("Merek Tiga Dimensi", Some(Other), None),
            ("Merek Suara", Some(Other), None),
            ("Merek Hologram", Some(Other), None),
            ("Merek Dagang", None, Some(MarkType::Trade)),
            ("Merek Jasa", None, Some(MarkType::Service)),
            ("Merek Dagang dan Jasa", None, Some(MarkType::Trade)),
            ("Merek Kolektif Dagang", None, Some(MarkType::Collective)),
            ("UMKM", None, None),
        ] {
            assert_eq!((WORDS.kind(text), WORDS.mark_type(text)), (kind, mark_type), "{text}");
        }
    }
}
