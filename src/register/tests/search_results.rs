//! Tables of the offices' search pages.

use super::*;

#[track_caller]
fn table(file: &str, expected: Format) -> (Vec<Row>, Vec<String>) {
    let mut read = read(io::Cursor::new(file.to_owned()), "results.csv", Format::Auto).unwrap();
    assert_eq!(read.decided_format(), expected);
    (read.by_ref().collect::<Result<_>>().unwrap(), read.warnings())
}

#[test]
fn results_of_the_us_office_have_the_ids_of_its_daily_files() {
    let file = "serial,wordmark,status,classes,goods_truncated,owner,filing_date,query\n\
                77000001,KOPI &amp; TEH,Live Registered,\"030, 043\",IC 030: Coffee.; IC 043: Cafés,\"Kenanga Co., Ltd. (limited company (ltd.); CHINA)\",03/04/2020,x\n\
                77/000,002,,Dead Abandoned,,IC 025: SHOES,\"A (CORPORATION; OREGON, USA)\"\n\
                \"77/000,003\",,Dead Cancelled,,IC 025: SHOES,,\n\
                7700000,SHORT,Live Pending,,,,\n";
    let (rows, warnings) = table(file, Format::Uspto);
    assert_eq!(outline(&rows), ["KOPI & TEH", "!3 serial", "", "!5 serial"]);
    let kopi = Mark {
        classes: "30;43".parse().unwrap(),
        office_status: Some("Live Registered".into()),
        filed_on: Some(date(2020, 3, 4)),
        owner: Some("Kenanga Co., Ltd.".into()),
        goods: Some("Coffee.; Cafés".into()),
        source: Some("uspto".into()),
        ..Mark::new("US-77000001", "KOPI & TEH")
    };
    assert_eq!(rows[0], Row::Mark(kopi));
    let Row::Mark(picture) = &rows[2] else { unreachable!("outlined above") };
    assert_eq!((picture.id.as_str(), picture.kind, picture.status), ("US-77000003", MarkKind::Figurative, LegalStatus::Removed));
    assert_eq!(picture.classes.to_string(), "25");
    assert_eq!(warnings, ["results.csv: column \"query\" is not known and is left out"]);
}

#[test]
fn a_list_with_serial_numbers_of_its_own_is_none_of_the_us_office() {
    let (rows, _) = table("serial,mark\n1,KOPI\n", Format::Csv);
    assert_eq!(outline(&rows), ["KOPI"]);
    let refused = read(io::Cursor::new("name\nA\n"), "a.csv", Format::Uspto).err().unwrap().to_string();
    assert!(refused.contains("is no XML, which uspto is"), "{refused}");
}

#[test]
fn results_of_tmview_are_marks_of_their_offices() {
    let file = "Trade mark name;Trade mark office;Application number;Trade mark status;Nice class;Applicant name;Application date;Trade mark type\n\
                КОФЕ;ID;DID2021024604;Registered;9, 35;PT Kenanga;04/01/2017;Word\n\
                ;EM;018000001;Ended;30;;2017-01-04;Figurative\n\
                ;EM;018000002;Filed;30;;;Word\n\
                TEH;EM;;Filed;30;;;Word\n";
    let (rows, _) = table(file, Format::Tmview);
    assert_eq!(outline(&rows), ["КОФЕ", "", "!4 name", "!5 ST13"]);
    let kofe = Mark {
        classes: "9;35".parse().unwrap(),
        office_status: Some("Registered".into()),
        filed_on: Some(date(2017, 1, 4)),
        owner: Some("PT Kenanga".into()),
        source: Some("tmview-id".into()),
        ..Mark::new("ID-DID2021024604", "КОФЕ")
    };
    assert_eq!(rows[0], Row::Mark(kofe));
    assert!(matches!(&rows[1], Row::Mark(mark) if mark.status == LegalStatus::Removed && mark.kind == MarkKind::Figurative));
}

#[test]
fn real_results_of_the_us_office_are_all_marks() {
    for (file, count, without_words) in [("uspto_recent_95.csv", 90, 0), ("uspto_search_nike_nvidia.csv", 365, 75)] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/registers/uspto").join(file);
        if !path.exists() {
            eprintln!("passed over: {} is absent", path.display());
            continue;
        }
        let rows: Vec<Row> = open(&path, Format::Auto).unwrap().collect::<Result<_>>().unwrap();
        let marks: Vec<&Mark> = rows.iter().filter_map(|row| if let Row::Mark(mark) = row { Some(mark) } else { None }).collect();
        assert_eq!((rows.len(), marks.len()), (count, count), "{file}");
        assert!(marks.iter().all(|mark| mark.id.starts_with("US-") && mark.source.as_deref() == Some("uspto")));
        assert_eq!(marks.iter().filter(|mark| mark.verbal_element.is_empty()).count(), without_words, "{file}");
        assert!(marks.iter().all(|mark| mark.owner.as_ref().is_none_or(|owner| !owner.contains("USA)"))));
    }
}
