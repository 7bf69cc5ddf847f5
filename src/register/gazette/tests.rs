#![allow(clippy::unwrap_used)]

mod bad_files;
mod layout;
mod specimen;
mod typeset;

use std::io::Cursor;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::mark::{Mark, MarkKind};
use crate::register::{Format, ReadConfig, Rows, read};

use layout::{Blocks, Layout, ONE, as_text, gazette, sheets};
use specimen::{Specimen, hard_specimens, specimens};
use typeset::{Letters, Make, NAMED, PLAIN, Widths};

fn open_bytes(file: Vec<u8>, name: &str) -> Result<Rows> {
    read(Cursor::new(file), name, ReadConfig::default())
}

/// Marks, warnings and date of a file that can be read to its end.
#[track_caller]
fn read_all(file: Vec<u8>, name: &str) -> (Vec<Mark>, Vec<String>, Option<Date>) {
    let mut rows = open_bytes(file, name).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(rows.decided_format(), Format::Gazette);
    let marks = rows.by_ref().map(|row| match row.unwrap_or_else(|error| panic!("{error}")) {
        Row::Mark(mark) => mark,
        row => panic!("{row:?}"),
    });
    let marks = marks.collect();
    (marks, rows.warnings(), rows.data_date())
}

/// Every mark is read back, in order, exactly.
#[track_caller]
fn check_marks(read: &[Mark], specimens: &[Specimen]) {
    for (mark, specimen) in read.iter().zip(specimens) {
        let expected = specimen.expected();
        let (goods, expected_goods) = (mark.goods.as_deref().unwrap_or_default(), expected.goods.as_deref().unwrap_or_default());
        // Goods are long: where they part is what tells.
        let part = goods.bytes().zip(expected_goods.bytes()).take_while(|(a, b)| a == b).count();
        let around = |text: &str| text.get(part.saturating_sub(40)..).unwrap_or_default().chars().take(120).collect::<String>();
        assert!(goods == expected_goods, "{}: {:?}, not {:?}", mark.id, around(goods), around(expected_goods));
        assert_eq!(*mark, expected);
    }
    assert_eq!(read.len(), specimens.len());
}

#[track_caller]
fn check(specimens: &[Specimen], layout: Layout, make: Make) {
    let (marks, warnings, data_date) = read_all(gazette(specimens, layout, make), "brm.pdf");
    check_marks(&marks, specimens);
    assert_eq!(data_date, Some(date(2026, 7, 15)));
    let disagreeing = specimens.iter().filter(|specimen| specimen.disagrees()).count();
    let expected: Vec<String> = (disagreeing > 0)
        .then(|| {
            format!(
                "brm.pdf: {disagreeing} marks: the class lists and the groups of goods do not agree; every class that is named anywhere is taken"
            )
        })
        .into_iter()
        .collect();
    assert_eq!(warnings, expected);
}

#[test]
fn hundreds_of_marks_are_read_back_exactly() {
    check(&hard_specimens(1, 400), ONE, PLAIN);
}

#[test]
fn blocks_in_two_columns_are_read_one_column_after_the_other() {
    check(&hard_specimens(2, 200), Layout { blocks: Blocks::Two, ..ONE }, PLAIN);
}

#[test]
fn pictures_beside_the_text_do_not_end_a_block() {
    check(&hard_specimens(3, 120), Layout { blocks: Blocks::Beside, ..ONE }, PLAIN);
}

#[test]
fn codes_date_and_number_may_stand_in_one_line() {
    check(&hard_specimens(4, 120), Layout { has_short_head: true, ..ONE }, PLAIN);
}

#[test]
fn malformed_widths_of_fonts_do_not_move_text() {
    for widths in [Widths::Zero, Widths::Thousand] {
        for blocks in [Blocks::One, Blocks::Two] {
            check(&hard_specimens(5, 90), Layout { blocks, ..ONE }, Make { widths, ..PLAIN });
        }
    }
}

#[test]
fn the_order_of_drawing_does_not_matter() {
    check(&hard_specimens(6, 60), ONE, Make { is_reversed: true, is_packed: false, ..PLAIN });
}

#[test]
fn letters_of_a_subset_are_told_by_its_table() {
    let names = ["株式会社テスト", "КОФЕ «ЗАРЯ»", "قهوة", "ʻŌKINA", "☕ KOPI 🙂", "ΚΑΦΕΣ"];
    let make = Make { letters: Letters::Glyphs, ..PLAIN };
    check(&specimens(7, 80, &names), ONE, make);
    check(&specimens(8, 80, &names), Layout { blocks: Blocks::Two, ..ONE }, Make { widths: Widths::Zero, ..make });
}

#[test]
fn letters_are_told_by_the_names_of_their_glyphs() {
    let name: String = NAMED.iter().map(|&(letter, _)| letter).collect();
    check(&specimens(9, 40, &[&name]), ONE, Make { letters: Letters::Named, ..PLAIN });
}

#[test]
fn compressed_tables_and_encryption_without_a_password_are_read() {
    let specimens = hard_specimens(10, 60);
    let plain = gazette(&specimens, ONE, PLAIN);
    let mut document = lopdf::Document::load_mem(&plain).unwrap();
    let mut modern = Vec::new();
    document.save_modern(&mut modern).unwrap();
    assert!(modern.windows(7).any(|bytes| bytes == b"/ObjStm"));
    check_marks(&read_all(modern, "brm.pdf").0, &specimens);

    check_marks(&read_all(encrypted(&plain, ""), "brm.pdf").0, &specimens);
    let error = open_bytes(encrypted(&plain, "rahasia"), "brm.pdf").err().unwrap().to_string();
    assert_eq!(error, "brm.pdf: the PDF is locked by a password; open it with the password and save it without one");
}

fn encrypted(plain: &[u8], user_password: &str) -> Vec<u8> {
    let mut document = lopdf::Document::load_mem(plain).unwrap();
    let id = || lopdf::Object::string_literal("0123456789abcdef");
    document.trailer.set("ID", vec![id(), id()]);
    let version = lopdf::EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password,
        key_length: 128,
        permissions: lopdf::Permissions::all(),
    };
    let state = lopdf::EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn a_mark_of_one_part_alone_is_a_mark() {
    let specimens = hard_specimens(11, 30);
    let (marks, warnings, _) = read_all(gazette(&specimens, Layout { has_contents: false, ..ONE }, PLAIN), "brm.pdf");
    assert_eq!(marks.len(), 30);
    for (mark, specimen) in marks.iter().zip(&specimens) {
        assert_eq!((&mark.verbal_element, mark.filed_on), (&specimen.expected().verbal_element, specimen.expected().filed_on));
    }
    assert_eq!(warnings.len(), 1);

    let (marks, warnings, _) = read_all(gazette(&specimens, Layout { has_details: false, ..ONE }, PLAIN), "brm.pdf");
    assert_eq!(warnings, Vec::<String>::new());
    for (mark, specimen) in marks.iter().zip(&specimens) {
        assert_eq!((&mark.verbal_element, mark.filed_on), (&specimen.expected().verbal_element, Some(specimen.filed_on)));
        assert_eq!((mark.owner.as_ref(), mark.goods.as_ref()), (None, None));
        // A mark without words, of which nothing else is said, is a picture.
        assert_eq!(mark.kind == MarkKind::Figurative, mark.verbal_element.is_empty());
    }
    assert_eq!(marks.len(), 30);
}

#[test]
fn no_address_and_no_telephone_number_is_kept() {
    let specimens = hard_specimens(12, 60);
    for blocks in [Blocks::One, Blocks::Two, Blocks::Beside] {
        let (marks, ..) = read_all(gazette(&specimens, Layout { blocks, ..ONE }, PLAIN), "brm.pdf");
        let kept = format!("{marks:?}");
        for specimen in &specimens {
            assert!(!kept.contains(&specimen.address) && !kept.contains(&specimen.agent));
        }
        assert!(!kept.contains("0812") && !kept.contains("Jl."));
    }
}

#[test]
fn a_text_made_of_the_pdf_is_read_too() {
    for layout in [ONE, Layout { blocks: Blocks::Two, ..ONE }, Layout { has_short_head: true, ..ONE }] {
        let specimens = hard_specimens(13, 90);
        let text = as_text(&sheets(&specimens, layout));
        let (marks, _, data_date) = read_all(text.into_bytes(), "brm.txt");
        check_marks(&marks, &specimens);
        assert_eq!(data_date, Some(date(2026, 7, 15)));
    }
}

#[test]
fn a_gazette_in_an_archive_is_read() {
    let specimens = hard_specimens(15, 12);
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer
        .start_file("berita/brm.pdf", zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored))
        .unwrap();
    std::io::Write::write_all(&mut writer, &gazette(&specimens, ONE, PLAIN)).unwrap();
    let archive = writer.finish().unwrap().into_inner();
    check_marks(&read_all(archive, "brm.zip").0, &specimens);
}

#[test]
fn the_illustrated_lines_are_read() {
    let text = "BERITA RESMI MEREK SERI-A\nNo. 7/P-M/I/A/2026\nDIUMUMKAN TANGGAL 2 JANUARI 2026 - 2 MARET 2026\nHalaman 2 dari 4\n\
        No Nomor Permohonan Tanggal Penerimaan Kelas Merek\n1 DID2026000001 30/12/2025 30 KOPI MANDURI\n\
        2 JID2026000002 31/12/2025 35, 43 WARUNG RINTARA\n\
        210 220 320  31/12/2025 09:15:02   Nomor Permohonan : JID2026000002\n730 Nama Pemohon : CV Rintara\n    Alamat Pemohon : Jl. Nol\n\
        740 Nama Kuasa : Bima   Alamat Kuasa : Jl. Satu\nNama Referensi Label Merek : WARUNG RINTARA\nTipe Merek : Merek Kata dan Lukisan\n\
        566 Arti Bahasa : -\n591 Uraian Warna : Hitam\n511 Kelas Barang/Jasa : 35, 43\n510 Uraian Barang/Jasa : === jasa ritel === === jasa kafe ===\n\
        540 Etiket JID2026000002   [image]\n";
    let (marks, warnings, data_date) = read_all(text.as_bytes().to_vec(), "brm.txt");
    assert_eq!(data_date, Some(date(2026, 1, 2)));
    assert_eq!(marks.iter().map(|mark| mark.verbal_element.as_str()).collect::<Vec<_>>(), ["KOPI MANDURI", "WARUNG RINTARA"]);
    assert_eq!((marks[1].owner.as_deref(), marks[1].goods.as_deref()), (Some("CV Rintara"), Some("jasa ritel; jasa kafe")));
    assert_eq!(
        warnings,
        [
            "brm.txt: 1 marks stand in the contents table alone, without owner and goods",
            "brm.txt: has 1 pages and tells of 4; is a part missing?"
        ]
    );
}

#[test]
fn pictures_are_left_out_of_memory_and_the_rest_is_not() {
    let specimens = hard_specimens(14, 24);
    for picture_bytes in [600, 40 << 10] {
        let file = gazette(&specimens, ONE, Make { picture_bytes, ..PLAIN });
        let kept = source::without_pictures(Box::new(Cursor::new(file.clone()))).unwrap();
        assert_eq!(kept.len(), file.len());
        assert!(file.iter().zip(&kept).all(|(byte, kept)| kept == byte || *kept == 0));
        let left_out = file.iter().zip(&kept).filter(|(byte, kept)| byte != kept).count();
        let pictures = specimens.len() * picture_bytes;
        // Small ones are in the buffer already; of large ones some bytes are zeros, and the first come with their frame.
        assert!(left_out <= pictures && (picture_bytes < 4096 || left_out * 100 > pictures * 95), "{left_out} of {pictures}");
    }
}

/// Pictures whose length stands elsewhere in the file, or is wrong, are found by their end.
#[test]
fn pictures_end_where_their_word_stands() {
    for length in ["7 0 R", "99", "5", "90000"] {
        let picture = "x".repeat(20_000);
        let file = format!(
            "%PDF-1.4\n1 0 obj\n<</Subtype/Image/Length {length}>>\nstream\r\n{picture}\nendstream\nendobj\n2 0 obj\n(kept)\nendobj\n%%EOF\n"
        );
        let kept = source::without_pictures(Box::new(Cursor::new(file.clone().into_bytes()))).unwrap();
        let kept = String::from_utf8(kept).unwrap();
        assert_eq!(kept.len(), file.len());
        let (head, tail) = kept.split_at(file.find("endstream").unwrap());
        assert_eq!(tail, &file[file.find("endstream").unwrap()..], "{length}");
        assert!(head.starts_with(&file[..file.find("xxx").unwrap()]), "{length}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_gazette_is_read_back(seed in any::<u64>(), count in 1_usize..25, blocks in 0..3_usize, widths in 0..3_usize, has_short_head: bool, is_reversed: bool) {
        // Where nothing begins in the second column of any page, there is nothing to tell it by.
        let specimens = hard_specimens(seed, if blocks == 1 { count + 10 } else { count });
        let layout = Layout { blocks: [Blocks::One, Blocks::Two, Blocks::Beside][blocks], has_short_head, ..ONE };
        let make = Make { widths: [Widths::True, Widths::Zero, Widths::Thousand][widths], is_reversed, ..PLAIN };
        let (marks, ..) = read_all(gazette(&specimens, layout, make), "brm.pdf");
        check_marks(&marks, &specimens);
    }
}
