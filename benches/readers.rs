//! Each reader of an office's format, from bytes in memory to marks on one thread; beside it the bare parser that the
//! format needs at the least, over the same bytes.
//!
//! The files are made of the synthetic register, with goods as long as real ones. What a format asks for at most is
//! said in the crate's guide; a ratio to the bare parser of the same run tells more than bytes a second, which are the machine's.

#[allow(dead_code, reason = "each bench uses a part")]
mod support;

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Cursor;
use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use mirip::mark::Mark;
use mirip::register::{Format, Row, read};
use quick_xml::events::Event;
use serde::de::IgnoredAny;

use support::synthetic;

/// Marks of a file: some tens of megabytes in most formats, and the short form.
const MARKS: u32 = 20_000;
const SHORT_MARKS: u32 = 500;

/// A format's file, and the bare parser over it.
struct Case {
    name: &'static str,
    format: Format,
    file: String,
    bare: fn(&[u8]) -> usize,
}

fn cases(count: u32) -> [Case; 9] {
    let marks = synthetic::marks(count);
    let each = |head: &str, between: &str, tail: &str, write: &dyn Fn(&mut String, u32, &Mark)| {
        let mut file = head.to_owned();
        for (number, mark) in (0..).zip(&marks) {
            file.push_str(if number > 0 { between } else { "" });
            write(&mut file, number, mark);
        }
        file + tail
    };
    let case = |name, format, file, bare| Case { name, format, file, bare };
    let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    [
        case("csv", Format::Csv, each("id,name,classes,status,filed_on,owner,goods\n", "\n", "\n", &csv_row), csv_records),
        case("jsonl", Format::Jsonl, each("", "\n", "\n", &json_line), json_values),
        case("pdki_answer", Format::Pdki, each("{\"hits\":{\"total\":1,\"hits\":[", ",", "]}}", &pdki_hit), json_values),
        case(
            "pdki_table",
            Format::Pdki,
            each(
                "nomor_permohonan,nama_merek,kelas,status_permohonan,tanggal_permohonan,nama_pemilik_tm,deskripsi_kelas\n",
                "\n",
                "\n",
                &pdki_row,
            ),
            csv_records,
        ),
        case("tmview", Format::Tmview, each("", "\n", "\n", &tmview_row), json_values),
        case(
            "uspto",
            Format::Uspto,
            each(&format!("{xml}<trademark-applications-daily>"), "\n", "</trademark-applications-daily>", &case_file),
            xml_events,
        ),
        case(
            "st66",
            Format::St66,
            each(
                &format!("{xml}<Transaction xmlns=\"http://www.wipo.int/standards/XMLSchema/trademarks\"><TradeMarkTransactionBody>"),
                "\n",
                "</TradeMarkTransactionBody></Transaction>",
                &st66,
            ),
            xml_events,
        ),
        case(
            "st96",
            Format::St96,
            each(
                &format!(
                    "{xml}<tmk:TrademarkTransaction xmlns:tmk=\"http://www.wipo.int/standards/XMLSchema/ST96/Trademark\" xmlns:com=\"http://www.wipo.int/standards/XMLSchema/ST96/Common\"><tmk:TrademarkTransactionBody>"
                ),
                "\n",
                "</tmk:TrademarkTransactionBody></tmk:TrademarkTransaction>",
                &st96,
            ),
            xml_events,
        ),
        case(
            "euipo",
            Format::Euipo,
            each(
                &format!(
                    "{xml}<Transaction xmlns=\"http://euipo.europa.eu/trademark/data\"><TradeMarkTransactionBody><TransactionContentDetails><TransactionData><TradeMarkDetails>"
                ),
                "\n",
                "</TradeMarkDetails></TransactionData></TransactionContentDetails></TradeMarkTransactionBody></Transaction>",
                &euipo,
            ),
            xml_events,
        ),
    ]
}

/// Goods as long as offices have them on average, some 700 bytes.
fn goods(mark: &Mark) -> String {
    vec![mark.goods.as_deref().unwrap_or("jasa restoran"); 16].join("; ")
}

fn csv_row(file: &mut String, number: u32, mark: &Mark) {
    write!(
        file,
        "M{number},{},{},pending,2024-03-31,\"CV. \"\"{}\"\"\",{}",
        mark.verbal_element,
        mark.classes,
        mark.verbal_element,
        goods(mark)
    )
    .expect("a string");
}

fn json_line(file: &mut String, number: u32, mark: &Mark) {
    let mark = Mark { goods: Some(goods(mark)), ..mark.clone() };
    let mark = Mark { id: format!("M{number}"), ..mark };
    file.push_str(&serde_json::to_string(&mark).expect("a mark is plain data"));
}

fn pdki_hit(file: &mut String, number: u32, mark: &Mark) {
    let name = &mark.verbal_element;
    write!(file, "{{\"_id\":\"{number}\",\"_score\":1.0,\"_source\":{{\"id\":\"{number}\",\"nomor_permohonan\":\"DID2021{number:06}\",\"tanggal_permohonan\":\"2021-08-17\",\"nama_merek\":\"{name}\",\"translasi\":\"-\",\"status_permohonan\":\"(TM) Didaftar\",\"owner\":[{{\"tm_owner_name\":\"CV {name}\",\"tm_owner_address\":\"Jalan Contoh 1\",\"country_name\":\"Indonesia\",\"country_code\":\"ID\"}}],\"consultant\":[],\"t_class\":[{{\"class_no\":\"{}\",\"class_desc\":\"{}\"}}],\"image\":[{{\"image_path\":\"x.jpg\"}}]}}}}", mark.classes, goods(mark)).expect("a string");
}

fn pdki_row(file: &mut String, number: u32, mark: &Mark) {
    write!(
        file,
        "DID2021{number:06},{},\"{}\",(TM) Didaftar,17/08/2021,CV {},{}",
        mark.verbal_element,
        mark.classes,
        mark.verbal_element,
        goods(mark)
    )
    .expect("a string");
}

fn tmview_row(file: &mut String, number: u32, mark: &Mark) {
    let name = &mark.verbal_element;
    write!(file, "{{\"ST13\":\"XX{number:015}\",\"oc\":\"XX\",\"an\":\"{number}\",\"ad\":1120046400000,\"sc\":\"Registered\",\"ty\":\"Word\",\"tm\":\"{name}\",\"nc\":[{}],\"ApplicantName\":[\"{name} Ltd\"],\"goodsAndServices\":\"{}\",\"vc\":[\"27.05.11\"],\"timestamp\":1466814165683}}", mark.classes.to_string().replace(';', ","), goods(mark)).expect("a string");
}

fn case_file(file: &mut String, number: u32, mark: &Mark) {
    write!(file, "<case-file>\n<serial-number>{:08}</serial-number>\n<registration-number>0000000</registration-number>\n<transaction-date>20261122</transaction-date>\n<case-file-header>\n<filing-date>20200131</filing-date>\n<status-code>630</status-code>\n<mark-identification>{}</mark-identification>\n<mark-drawing-code>4000</mark-drawing-code>\n<attorney-name>Nobody</attorney-name>\n<trademark-in>T</trademark-in>\n</case-file-header>\n<case-file-statements>\n<case-file-statement>\n<type-code>GS0301</type-code>\n<text>{}</text>\n</case-file-statement>\n</case-file-statements>\n", 70_000_000 + number, mark.verbal_element, goods(mark)).expect("a string");
    file.push_str("<case-file-event-statements>\n");
    for event in 0..8 {
        write!(file, "<case-file-event-statement>\n<code>NWAP</code>\n<type>I</type>\n<description-text>NEW APPLICATION ENTERED {event}</description-text>\n<date>20200131</date>\n<number>{event}</number>\n</case-file-event-statement>\n").expect("a string");
    }
    file.push_str("</case-file-event-statements>\n<classifications>\n");
    for class in mark.classes.iter() {
        write!(
            file,
            "<classification>\n<international-code>{:03}</international-code>\n<us-code>046</us-code>\n</classification>\n",
            class.number()
        )
        .expect("a string");
    }
    write!(file, "</classifications>\n<case-file-owners>\n<case-file-owner>\n<party-type>10</party-type>\n<nationality><country>ID</country></nationality>\n<party-name>{} Ltd</party-name>\n<address-1>Nowhere 1</address-1>\n<country>ID</country>\n</case-file-owner>\n</case-file-owners>\n</case-file>", mark.verbal_element).expect("a string");
}

/// A mark in the elements of ST.66, as the EU office's files have it too.
fn trade_mark(file: &mut String, number: u32, mark: &Mark, languages: &[&str]) {
    let name = &mark.verbal_element;
    write!(file, "<TradeMark operationCode=\"Insert\"><ApplicationNumber>{number}</ApplicationNumber><ApplicationDate>2020-01-31</ApplicationDate><MarkCurrentStatusCode>Registered</MarkCurrentStatusCode><MarkFeature>Word</MarkFeature><WordMarkSpecification><MarkVerbalElementText>{name}</MarkVerbalElementText></WordMarkSpecification><GoodsServicesDetails><GoodsServices><ClassDescriptionDetails>").expect("a string");
    for class in mark.classes.iter() {
        write!(file, "<ClassDescription><ClassNumber>{}</ClassNumber>", class.number()).expect("a string");
        for language in languages {
            write!(file, "<GoodsServicesDescription languageCode=\"{language}\">{}</GoodsServicesDescription>", goods(mark))
                .expect("a string");
        }
        file.push_str("</ClassDescription>");
    }
    write!(file, "</ClassDescriptionDetails></GoodsServices></GoodsServicesDetails><ApplicantDetails><Applicant><ApplicantAddressBook><FormattedNameAddress><Name><FreeFormatName><FreeFormatNameDetails><FreeFormatNameLine>{name} Ltd</FreeFormatNameLine></FreeFormatNameDetails></FreeFormatName></Name><Address><AddressCountryCode>ID</AddressCountryCode><FreeFormatAddress><FreeFormatAddressLine>Nowhere 1</FreeFormatAddressLine></FreeFormatAddress></Address></FormattedNameAddress></ApplicantAddressBook></Applicant></ApplicantDetails></TradeMark>").expect("a string");
}

fn st66(file: &mut String, number: u32, mark: &Mark) {
    file.push_str("<TransactionContentDetails><TransactionData><TradeMarkDetails>\n");
    trade_mark(file, number, mark, &["id"]);
    file.push_str("</TradeMarkDetails></TransactionData></TransactionContentDetails>");
}

fn euipo(file: &mut String, number: u32, mark: &Mark) {
    trade_mark(file, number, mark, &["bg", "en", "sv"]);
}

fn st96(file: &mut String, number: u32, mark: &Mark) {
    let name = &mark.verbal_element;
    write!(file, "<tmk:Trademark><com:RegistrationOfficeCode>XX</com:RegistrationOfficeCode><com:ApplicationNumber><com:ApplicationNumberText>{number}</com:ApplicationNumberText></com:ApplicationNumber><tmk:ApplicationDate>2020-01-31</tmk:ApplicationDate><tmk:MarkCurrentStatusCode>Registration</tmk:MarkCurrentStatusCode><tmk:MarkRepresentation><tmk:MarkFeatureCategory>Word</tmk:MarkFeatureCategory><tmk:MarkReproduction><tmk:WordMarkSpecification><tmk:MarkVerbalElementText>{name}</tmk:MarkVerbalElementText></tmk:WordMarkSpecification></tmk:MarkReproduction></tmk:MarkRepresentation><tmk:GoodsServicesBag><tmk:GoodsServices><tmk:ClassDescriptionBag>").expect("a string");
    for class in mark.classes.iter() {
        write!(file, "<tmk:ClassDescription><tmk:ClassNumber>{}</tmk:ClassNumber><tmk:GoodsServicesDescriptionText>{}</tmk:GoodsServicesDescriptionText></tmk:ClassDescription>", class.number(), goods(mark)).expect("a string");
    }
    write!(file, "</tmk:ClassDescriptionBag></tmk:GoodsServices></tmk:GoodsServicesBag><tmk:ApplicantBag><tmk:Applicant><com:Contact><com:Name><com:OrganizationName><com:OrganizationStandardName>{name} Ltd</com:OrganizationStandardName></com:OrganizationName></com:Name></com:Contact></tmk:Applicant></tmk:ApplicantBag></tmk:Trademark>").expect("a string");
}

fn csv_records(file: &[u8]) -> usize {
    let mut reader = csv::Reader::from_reader(file);
    let (mut record, mut fields) = (csv::ByteRecord::new(), 0);
    while reader.read_byte_record(&mut record).expect("it is CSV") {
        fields += record.len();
    }
    fields
}

fn json_values(file: &[u8]) -> usize {
    serde_json::Deserializer::from_slice(file).into_iter::<IgnoredAny>().map(|value| value.map(|_| 1).expect("it is JSON")).sum()
}

fn xml_events(file: &[u8]) -> usize {
    let mut reader = quick_xml::Reader::from_reader(file);
    let mut count = 0;
    loop {
        match reader.read_event().expect("it is XML") {
            Event::Eof => return count,
            _ => count += 1,
        }
    }
}

fn mark_count(file: &Arc<[u8]>, format: Format) -> mirip::Result<u32> {
    let rows = read(Cursor::new(Arc::clone(file)), "file", format)?;
    rows.map(|row| row.map(|row| u32::from(!matches!(row, Row::Rejected(_))))).sum()
}

fn readers(criterion: &mut Criterion) {
    let count = if support::is_short() { SHORT_MARKS } else { MARKS };
    let mut group = criterion.benchmark_group("readers");
    group.sample_size(10);
    for Case { name, format, file, bare } in cases(count) {
        let file: Arc<[u8]> = file.into_bytes().into();
        for format in [format, Format::Auto] {
            assert_eq!(mark_count(&file, format).expect("the file can be read"), count, "every record of {name} is a mark");
        }
        group.throughput(Throughput::ElementsAndBytes { elements: u64::from(count), bytes: file.len() as u64 });
        group.bench_function(name, |bencher| bencher.iter(|| mark_count(black_box(&file), format).expect("it was read before")));
        group.bench_function(format!("{name}_bare_parser"), |bencher| bencher.iter(|| bare(black_box(&file))));
    }
    group.finish();
}

criterion_group! { name = benches; config = support::criterion(); targets = readers }
criterion_main!(benches);
