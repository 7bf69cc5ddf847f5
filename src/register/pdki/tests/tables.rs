//! Tables in the office's words.

use std::path::Path;

use super::*;
use crate::register::{Parts, open};

fn header(text: &str) -> Vec<String> {
    text.split(',').map(str::to_owned).collect()
}

#[test]
fn headers_in_the_offices_words_are_told_from_our_own() {
    for (text, expected) in [
        ("nomor_permohonan,nama_merek_lowercased,pemilik,tahun,kelas_visible,status", true),
        ("Brand,Nama Pemilik,Nomor Permohonan,Tahun Permohonan,Status,Kode Kelas,Deskripsi Kelas,Logo File", true),
        ("id_permohonan,nomor_permohonan,nama_merek,status_permohonan", true),
        ("id,name,nomor_permohonan,merek", false),
        ("nomor_permohonan,name", false),
        ("nama_merek,kelas", false),
        ("id,name", false),
        ("", false),
    ] {
        assert_eq!(is_like_header(&header(text)), expected, "{text}");
    }
    let native = read(Cursor::new("nama_merek,kelas\nA,30\n"), "a.csv", Format::Auto).unwrap();
    assert_eq!(native.decided_format(), Format::Csv);
}

#[track_caller]
fn parts(file: &str, name: &str) -> Vec<Mark> {
    let mut parts = Parts::new();
    for row in rows_and_warnings(file.as_bytes(), name).0 {
        match row {
            Row::Part(mark) => assert_eq!(parts.add(mark, date(2026, 11, 24)), None),
            other => panic!("{other:?}"),
        }
    }
    parts.finish().map(|(mark, _)| mark).collect()
}

#[test]
fn a_dashboards_table_is_read_without_its_addresses() {
    let file = "id_permohonan,nomor_permohonan,tanggal_permohonan,tanggal_dimulai_perlindungan,tanggal_berakhir_perlindungan,nomor_pendaftaran,\
                tanggal_pendaftaran,translasi,nama_merek,status_permohonan,nama_pemilik_tm,alamat_pemilik_tm,negara_asal,kode_negara,nama_konsultan,deskripsi_kelas\n\
                1,DID2030000184,2030-01-04,2030-01-04,2040-01-04,IDM000999184,4 Maret 2031,-,KENANGA + LOGO,(TM) Didaftar,PT Kenanga,\"Jl. Rahasia 1\nBandung\",Indonesia,ID,-,kopi; teh\n";
    let expected = Mark {
        filed_on: Some(date(2030, 1, 4)),
        registered_on: Some(date(2031, 3, 4)),
        expires_on: Some(date(2040, 1, 4)),
        office_status: Some("(TM) Didaftar".into()),
        owner: Some("PT Kenanga".into()),
        owner_country: Some("ID".into()),
        goods: Some("kopi; teh".into()),
        source: Some("pdki".into()),
        ..Mark::new("DID2030000184", "KENANGA + LOGO")
    };
    assert_eq!(parts(file, "jabar.csv"), std::slice::from_ref(&expected));
    assert_eq!(parts(&file.replace(',', "\t"), "jabar.tsv"), [expected]);
}

#[test]
fn rows_of_one_application_make_one_mark() {
    let file = "Brand;Nama Pemilik;Nomor Permohonan;Tahun Permohonan;Status;Kode Kelas;Deskripsi Kelas;Logo File\n\
                KENANGA;PT Kenanga;DID2030000184;2030;Didaftar;Kode kelas: 9,35;kabel;a.jpg\n\
                MELATI;CV Melati;JID2030000185;2030;Ditolak;99;;b.jpg\n\
                KENANGA;PT Kenanga;DID2030000184;2030;Didaftar;30;kopi;a.jpg\n";
    let kenanga = Mark {
        classes: "9;30;35".parse().unwrap(),
        office_status: Some("Didaftar".into()),
        owner: Some("PT Kenanga".into()),
        goods: Some("kabel; kopi".into()),
        source: Some("pdki".into()),
        ..Mark::new("DID2030000184", "KENANGA")
    };
    let melati = Mark {
        status: LegalStatus::Refused,
        office_status: Some("Ditolak".into()),
        owner: Some("CV Melati".into()),
        mark_type: MarkType::Service,
        source: Some("pdki".into()),
        ..Mark::new("JID2030000185", "MELATI")
    };
    assert_eq!(parts(file, "web.csv"), [kenanga, melati]);
    let (_, warnings) = rows_and_warnings(file.as_bytes(), "web.csv");
    assert_eq!(
        warnings,
        [
            "web.csv: column \"Tahun Permohonan\" is not known and is left out",
            "web.csv: column \"Logo File\" is not known and is left out",
            "web.csv: class_no \"99\" is not altogether Nice classes, which run from 1 to 45; that and the like are left out",
        ]
    );
}

#[test]
fn rejected_rows_show_no_address() {
    let head = "nomor_permohonan,nama_merek,alamat_pemilik_tm\n";
    for (row, field, raw) in [
        (&b"-,KENANGA,Rahasia"[..], Some("nomor_permohonan"), "KENANGA"),
        (b"DID2030000184,KEN\0ANGA,Rahasia", Some("nama_merek"), "DID2030000184 KEN\0ANGA"),
        (b"DID2030000184,KENANGA,Rahasia\xff", Some("alamat_pemilik_tm"), ""),
        (b"DID2030000184,KENANGA,Rahasia,Rahasia", None, "DID2030000184"),
        (b"DID2030000184,KENANGA,\"Rahasia", None, "DID2030000184"),
    ] {
        // What stands in the head of a file with a NUL in it is refused as a whole.
        let padding = "D1,A,\n".repeat(2000);
        let (rows, _) = rows_and_warnings(&[head.as_bytes(), padding.as_bytes(), row, b"\n"].concat(), "a.csv");
        let Some(Row::Rejected(rejection)) = rows.last() else { panic!("{:?}", rows.last()) };
        assert_eq!((rejection.line, rejection.field.as_deref(), rejection.raw.as_str()), (2002, field, raw));
    }
}

#[test]
fn a_table_without_numbers_is_refused_where_it_is_said_to_be_the_registers() {
    let error = read(Cursor::new("nama_merek,kelas\nA,30\n"), "a.csv", Format::Pdki).err().unwrap().to_string();
    assert_eq!(error, "a.csv: has no column `nomor_permohonan`; its columns are \"nama_merek\", \"kelas\"");
}

#[test]
fn real_records_are_all_marks() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/registers/pdki/real_records_15.csv");
    if !path.exists() {
        eprintln!("passed over: {} is absent", path.display());
        return;
    }
    let mut rows = open(&path, Format::Auto).unwrap();
    assert_eq!(rows.decided_format(), Format::Pdki);
    let marks: Vec<Mark> = rows
        .by_ref()
        .map(|row| match row.unwrap() {
            Row::Part(mark) => mark,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(marks.len(), 15);
    let count = |is: &dyn Fn(&Mark) -> bool| marks.iter().filter(|mark| is(mark)).count();
    assert_eq!(count(&|mark| mark.status == LegalStatus::Registered), 10);
    assert_eq!(count(&|mark| mark.status == LegalStatus::Refused), 5);
    assert_eq!(count(&|mark| mark.mark_type == MarkType::Service), 5);
    assert_eq!(count(&|mark| mark.classes.count() == 1), 6);
    assert_eq!(count(&|mark| mark.filed_on.is_some()), 0, "a year is no date");
    assert_eq!(rows.warnings().len(), 1, "the year: {:?}", rows.warnings());
}

#[test]
fn the_illustration_of_an_answer_is_one_mark() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/registers/pdki/pdki_shape_ILLUSTRATIVE.json");
    if !path.exists() {
        eprintln!("passed over: {} is absent", path.display());
        return;
    }
    let rows: Vec<Row> = open(&path, Format::Auto).unwrap().collect::<Result<_>>().unwrap();
    let [Row::Part(mark)] = &rows[..] else { panic!("{rows:?}") };
    assert_eq!((mark.id.as_str(), mark.classes.to_string().as_str(), mark.filed_on), ("DID2017000184", "9", Some(date(2017, 1, 4))));
    assert_eq!((mark.owner_country.as_deref(), &mark.translation, mark.registered_on), (Some("CN"), &None, None));
}
