//! Workbooks: titles above the header, dates and numbers as sheets have them, several sheets.

use rust_xlsxwriter::{ExcelDateTime, Format as CellFormat, Workbook};

use super::*;

fn saved(workbook: &mut Workbook) -> Vec<u8> {
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_sheet_is_read_below_its_titles_with_its_dates_and_numbers() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.merge_range(0, 0, 0, 5, "Daftar merek Kabupaten Rimba", &CellFormat::new()).unwrap();
    sheet.write(1, 0, "per 24 November 2026").unwrap();
    for (place, header) in ["ID", "Nama Merek", "Kelas", "Tanggal Permohonan", "Pemilik", "Catatan"].into_iter().enumerate() {
        sheet.write(3, place as u16, header).unwrap();
    }
    let day = ExcelDateTime::from_ymd(2024, 3, 31).unwrap();
    sheet.write(4, 0, 10_001).unwrap();
    sheet.write(4, 1, "KOPI \"RIMBA\",\njaya").unwrap();
    sheet.write(4, 2, 30).unwrap();
    sheet.write_datetime_with_format(4, 3, &day, &CellFormat::new().set_num_format("dd/mm/yyyy")).unwrap();
    sheet.write(4, 4, "CV. Rimba").unwrap();
    // A serial number without a format, and a class list as text.
    sheet.write(6, 0, "B-2").unwrap();
    sheet.write(6, 1, "香茶 RIMBA").unwrap();
    sheet.write(6, 2, "30;43").unwrap();
    sheet.write(6, 3, 45_382).unwrap();
    // A date as people type it, day first; then a row whose class is none.
    sheet.write(7, 1, "TEH RIMBA").unwrap();
    sheet.write(7, 3, "31/03/2024").unwrap();
    sheet.write(8, 1, "SALAH").unwrap();
    sheet.write(8, 2, 99).unwrap();
    let file = saved(&mut workbook);
    let mut read = read(io::Cursor::new(file.clone()), "merek.xlsx", Format::Auto).unwrap();
    let rows: Vec<Row> = read.by_ref().collect::<Result<_>>().unwrap();
    assert_eq!(read.decided_format(), Format::Workbook);
    assert_eq!(outline(&rows), ["KOPI \"RIMBA\", jaya", "香茶 RIMBA", "TEH RIMBA", "!9 classes"]);
    let Row::Mark(first) = &rows[0] else { unreachable!("outlined above") };
    let filed_on = Some(date(2024, 3, 31));
    let expected =
        Mark { classes: "30".parse().unwrap(), filed_on, owner: Some("CV. Rimba".into()), ..Mark::new("10001", "KOPI \"RIMBA\", jaya") };
    assert_eq!(*first, expected);
    assert!(rows[..3].iter().all(|row| matches!(row, Row::Mark(mark) if mark.filed_on == filed_on)), "{rows:?}");
    assert_eq!(read.mapping().last().unwrap(), &Mapped::new("Catatan", None));
    assert!(read.warnings().iter().any(|warning| warning.contains("Catatan")));
}

#[test]
fn the_sheet_with_a_table_is_found_or_named() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Sampul").unwrap().write(0, 0, "Laporan").unwrap();
    for (name, mark) in [("Jan", "SATU"), ("Feb", "DUA")] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        sheet.write(0, 0, "name").unwrap();
        sheet.write(1, 0, mark).unwrap();
    }
    let file = saved(&mut workbook);
    let read_sheet = |sheet: Option<&str>| {
        let config = ReadConfig { format: Format::Auto, sheet: sheet.map(str::to_owned) };
        read(io::Cursor::new(file.clone()), "a.xlsx", config).map(|rows| outline(&rows.collect::<Result<Vec<Row>>>().unwrap()))
    };
    assert_eq!(read_sheet(None).unwrap(), ["SATU"]);
    assert_eq!(read_sheet(Some("Feb")).unwrap(), ["DUA"]);
    let says = |sheet: &str| read_sheet(Some(sheet)).unwrap_err().to_string();
    assert!(says("Mar").contains("has no sheet \"Mar\"; its sheets are \"Sampul\", \"Jan\", \"Feb\""), "{}", says("Mar"));
    assert!(says("Sampul").contains("has no column `name`"), "{}", says("Sampul"));
}

#[test]
fn a_long_sheet_comes_whole_and_a_reader_that_stops_leaves_nothing_hanging() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "name").unwrap();
    for row in 1..5000 {
        sheet.write(row, 0, format!("MARK {row}")).unwrap();
    }
    let file = saved(&mut workbook);
    let rows = rows_of(&file, "a.xlsx", Format::Auto);
    assert_eq!(rows.len(), 4999);
    assert!(matches!(&rows[4998], Row::Mark(mark) if mark.verbal_element == "MARK 4999"));
    let mut read = read(io::Cursor::new(file), "a.xlsx", Format::Auto).unwrap();
    assert!(read.next().is_some());
}

#[test]
fn damaged_workbooks_are_refused() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().write(0, 0, "name").unwrap();
    let file = saved(&mut workbook);
    // What is refused, wherever it breaks: never a panic, never a part.
    for cut in [10, file.len() / 3, file.len() / 2, file.len() - 10] {
        assert!(refusal(&file[..cut], "a.xlsx").contains("damaged"));
    }
    for place in (40..file.len() - 40).step_by(97) {
        let mut file = file.clone();
        file[place] ^= 0x55;
        // Some bytes say nothing that matters here.
        let _ = read(io::Cursor::new(file), "a.xlsx", Format::Auto).map(|rows| rows.count());
    }
}

/// The header of a container of the old Office whose folder begins in sector 1, and its table in sector 0.
fn old_container(table: [u32; 3]) -> Vec<u8> {
    let mut file = vec![0; 512];
    file[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    (file[26], file[30], file[32], file[48]) = (3, 9, 6, 1);
    file[68..72].copy_from_slice(&0xffff_fffe_u32.to_le_bytes());
    file[80..].fill(0xff);
    file.extend(table.iter().flat_map(|word| word.to_le_bytes()));
    file.resize(1024, 0xff);
    file.resize(4 * 512, 0);
    file
}

#[test]
fn chains_of_sectors_that_go_in_a_circle_fill_no_memory() {
    for table in [[0xffff_fffd, 1, 0xffff_fffe], [0xffff_fffd, 2, 1]] {
        assert!(refusal(&old_container(table), "a.xls").contains("a.xls: is damaged"));
    }
    // The same without a circle holds no workbook, which its reader says.
    assert!(refusal(&old_container([0xffff_fffd, 2, 0xffff_fffe]), "a.xls").contains("a.xls: is damaged"));
}

#[test]
fn a_part_of_a_workbook_that_grows_beyond_what_it_tells_is_refused() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().write(0, 0, "name").unwrap();
    let told = saved(&mut workbook);
    // In the directory the strings' part tells of one byte less.
    let path = b"xl/sharedStrings.xml";
    let place = told.windows(path.len()).rposition(|window| window == path).unwrap();
    let size_at = place - 46 + 24;
    let size = u32::from_le_bytes(told[size_at..size_at + 4].try_into().unwrap());
    let mut file = told.clone();
    file[size_at..size_at + 4].copy_from_slice(&(size - 1).to_le_bytes());
    assert!(refusal(&file, "a.xlsx").contains("damaged"));
    assert_eq!(rows(&told), []);
}
