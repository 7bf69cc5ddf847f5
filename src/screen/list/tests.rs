#![allow(clippy::unwrap_used)]

use std::io::Cursor;

use proptest::prelude::*;
use rust_xlsxwriter::{Format as CellFormat, Workbook};

use super::*;

#[track_caller]
fn list(file: &[u8], name: &str) -> List {
    read_list_from(Cursor::new(file.to_vec()), name, None).expect("the list is read")
}

/// In short: `line name` of an entry, `!line field` of a bad one.
fn outline(list: &List) -> Vec<String> {
    list.iter()
        .map(|row| match row {
            Ok(entry) => format!("{} {}", entry.line, entry.name),
            Err(bad) => format!("!{} {}", bad.line, bad.field.as_deref().unwrap_or("-")),
        })
        .collect()
}

#[test]
fn headers_in_every_spelling_find_their_column() {
    /// `expected`: what each cell of the row below the header is taken for.
    #[track_caller]
    fn check(header: &str, expected: &str) {
        let cells: Vec<String> = (0..header.split(';').count()).map(|place| format!("c{place}")).collect();
        // Classes must be classes: their cell is numbered, the others are told by their place.
        let columns = ListColumns::of_header(&header.split(';').collect::<Vec<_>>()).unwrap_or_else(|| panic!("{header}: no name"));
        let found: Vec<&str> = (0..cells.len()).map(|place| columns.column_at(place).map_or("-", ListColumn::as_str)).collect();
        assert_eq!(found.join(";"), expected, "{header}");
    }
    check("name;id;classes;goods;owner;group", "name;id;classes;goods;owner;group");
    check("No;Nama Pemilik;Nama Merek;Kelas;Produk;Kelompok", "-;owner;name;classes;goods;group");
    check("NO.;NIK;NAMA;MEREK", "-;-;owner;name");
    check("NAMA;KELAS", "name;classes");
    check("Nama Produk;Pemilik", "name;owner");
    check("Merek;Nama Produk", "name;goods");
    check("Nama;Nama Produk", "name;goods");
    check("Nama;Nama Produk;Merk", "owner;goods;name");
    check("Nama Merek (Usulan);Jenis Barang;Komunitas", "name;goods;group");
    check("  nama_merek\n dagang ;Pemilik Merek;Kelas Merek", "name;owner;classes");
    // What is about the mark but is not the mark.
    check("Sudah punya merek?;Jenis Merek;Tanggal Sertifikat Merek;Brand", "-;-;-;name");
    // Our own word wins wherever it stands; the first of equals wins.
    check("Merek;name;Brand", "-;name;-");
    check("Merek 1;Merek 2", "name;-");
    check("Alamat;No HP;Merek", "-;-;name");
}

#[test]
fn rows_that_are_no_header_are_none() {
    for row in ["DAFTAR IKM KABUPATEN;;", "No;Alamat;Kelas", "Kopi Kenanga;Budi;30", "", "Jenis Merek;Status"] {
        assert_eq!(ListColumns::of_header(&row.split(';').collect::<Vec<_>>()), None, "{row}");
    }
}

#[test]
fn a_csv_list_with_titles_and_bad_rows_is_read() {
    let file = "DAFTAR IKM;;;\n\"Tahun 2026\nBojonegoro\";;;\n\nNo;Nama Merek;Kelas;Pemilik\n1; KOPI KENANGA ;30 dan 43;Bu Siti\n2;;30;X\n;;;\n3;TEH;99;\n\
                4;\"LEDRE;30;\n5;MADU;-;-\n6;A;30;X;more\n7;\"B\nC\";Kelas 30, 31\n";
    let list = list(file.as_bytes(), "daftar.csv");
    assert_eq!(outline(&list), ["6 KOPI KENANGA", "!7 name", "!9 classes", "!10 -", "11 MADU", "!12 -", "13 B C"]);
    let expected = Entry {
        line: 6,
        name: "KOPI KENANGA".into(),
        classes: "30;43".parse().unwrap(),
        owner: Some("Bu Siti".into()),
        ..Entry::default()
    };
    assert_eq!(list[0], Ok(expected));
    // What is known of a bad row is kept for the output.
    assert_eq!(list[2].as_ref().unwrap_err().name.as_deref(), Some("TEH"));
    assert_eq!(list[4].as_ref().map(|entry| (entry.classes.is_empty(), entry.owner.clone())), Ok((true, None)));
}

#[test]
fn a_row_that_is_no_utf8_is_bad_alone() {
    let list = list(b"merek,kelas\nCAF\xc9,30\nTEH,30\n", "a.csv");
    assert_eq!(outline(&list), ["!2 name", "3 TEH"]);
}

#[test]
fn json_lines_take_the_same_headers() {
    let file = r#"{"id":1,"name":"A","classes":[30],"group":"G"}
{"Nama Merek":"B","Kelas":"30","NIK":1.5}
{"kelas":30}
{"name":"C","classes":{"x":1},"id":"9"}
{"name":null}
nonsense
"#;
    let list = list(file.as_bytes(), "a.jsonl");
    assert_eq!(outline(&list), ["1 A", "2 B", "!3 name", "!4 classes", "!5 name", "!6 -"]);
    let bad = list[3].as_ref().unwrap_err();
    assert_eq!((bad.name.as_deref(), bad.id.as_deref()), (Some("C"), Some("9")));
}

fn workbook(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(&mut workbook);
    workbook.save_to_buffer().expect("a workbook in memory")
}

#[test]
fn the_first_sheet_of_a_workbook_is_read() {
    let file = workbook(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.merge_range(0, 0, 0, 3, "DAFTAR MEREK IKM 2026", &CellFormat::new().set_bold()).unwrap();
        sheet.write_row(2, 0, ["No", "Nama Merek", "KELAS", "Nama Pemilik"]).unwrap();
        sheet.write_number(3, 0, 1).unwrap();
        sheet.write_row(3, 1, ["KOPI 咖啡 👍🏽", "30;43", "Bu Siti"]).unwrap();
        sheet.write_number(4, 1, 555).unwrap();
        sheet.write_number(4, 2, 34).unwrap();
        sheet.write_blank(5, 1, &CellFormat::new().set_bold()).unwrap();
        sheet.write_string(6, 1, "TEH").unwrap();
        sheet.write_number(6, 2, 99).unwrap();
        sheet.write_string(7, 3, "Pak Budi").unwrap();
        sheet.write_string(8, 1, "=1+1").unwrap();
        // A stray cell in the last corner takes no memory and no place.
        sheet.write_string(1_048_575, 16_383, "x").unwrap();
        workbook.add_worksheet().write_string(0, 0, "name").unwrap();
    });
    for name in ["daftar.xlsx", "upload"] {
        let list = list(&file, name);
        assert_eq!(outline(&list), ["4 KOPI 咖啡 👍🏽", "5 555", "!7 classes", "!8 name", "9 =1+1"]);
        assert_eq!(list[1].as_ref().map(|entry| entry.classes.to_string()), Ok("34".into()));
        assert_eq!(list[0].as_ref().map(|entry| entry.owner.as_deref()), Ok(Some("Bu Siti")));
    }
}

#[test]
fn what_is_no_list_is_refused_with_its_mend() {
    #[track_caller]
    fn check(file: &[u8], name: &str, says: &str) {
        let error = read_list_from(Cursor::new(file.to_vec()), name, None).expect_err("refused");
        assert_eq!(error.kind(), crate::ErrorKind::Input);
        assert!(error.to_string().starts_with(name) && error.to_string().contains(says), "{error}");
    }
    check(b"", "a.csv", "is empty");
    check(b"no;alamat\n1;Jl. A\n", "a.csv", "if line 1 is the header");
    check(&b"a\n".repeat(1000), "a.csv", "has no column `name`");
    check(b"Judul\nKOPI RAHASIA;30;Bu Siti\n", "a.csv", "if line 2 is the header");
    check(b"PK\x03\x04 no archive", "a.xlsx", "is damaged");
    check(&workbook(|workbook| drop(workbook.add_worksheet().write_string(0, 0, "alamat"))), "a.xlsx", "has no column `name`");
    check(
        &workbook(|workbook| {
            workbook.add_worksheet();
        }),
        "a.xlsx",
        "has no column `name`",
    );
    check(b"%PDF-1.4", "a.csv", "is a PDF");
    check(b"n\0a\0m\0e\0\n\0A\0", "a.csv", "is UTF-16");
}

#[test]
fn a_list_from_a_path_is_read_and_an_absent_one_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("daftar.tsv");
    std::fs::write(&path, "Merek\tKelas\nA, B\t30\n").unwrap();
    assert_eq!(outline(&read_list(&path).unwrap()), ["2 A, B"]);
    assert!(read_list(&folder.path().join("absent.csv")).unwrap_err().to_string().contains("does not exist"));
}

proptest! {
    #[test]
    fn any_upload_is_read_or_refused(
        pieces in prop::collection::vec(
            prop::sample::select(vec!["name", "merek", "kelas", "\"", ",", ";", "\t", "\n", "\r", "30", "99", "{", "}", ":", "İ", "咖", "PK\u{3}\u{4}", "\0"]),
            0..40,
        ),
        kind in prop::sample::select(vec![None, Some(ListKind::Csv), Some(ListKind::Tsv), Some(ListKind::Jsonl), Some(ListKind::Xlsx)]),
    ) {
        let bytes = pieces.concat().into_bytes();
        if let Ok(list) = read_list_from(Cursor::new(bytes), "upload", kind) {
            prop_assert!(list.iter().all(|row| row.as_ref().map_or_else(|bad| !bad.reason.is_empty(), |entry| !entry.name.trim().is_empty())));
        }
    }

    #[test]
    fn every_row_below_the_header_is_an_entry_or_bad(rows in prop::collection::vec("[a-zİ咖,]{1,12}", 0..30)) {
        let file = format!("judul\nname,kelas,pemilik\n{}", rows.join("\n"));
        let full = rows.iter().filter(|row| row.chars().any(|c| c != ',')).count();
        prop_assert_eq!(list(file.as_bytes(), "a.csv").len(), full);
    }
}
