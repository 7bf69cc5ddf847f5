//! Dates as offices write them.
//!
//! Two-digit years and American orders are refused: read as day-first, half of them would be other days
//! without a word.

use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

/// The years in which registers have dates; outside them stand the placeholders of databases (0001, 9999).
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2199;

/// Months by their Indonesian and English names and short forms, in lower case.
const MONTHS: [&[&str]; 12] = [
    &["januari", "january", "jan"],
    &["februari", "february", "pebruari", "feb", "peb"],
    &["maret", "march", "mar", "mrt"],
    &["april", "apr"],
    &["mei", "may"],
    &["juni", "june", "jun"],
    &["juli", "july", "jul"],
    &["agustus", "august", "agt", "agu", "ags", "aug"],
    &["september", "sept", "sep"],
    &["oktober", "october", "okt", "oct"],
    &["november", "nopember", "nov", "nop"],
    &["desember", "december", "des", "dec"],
];

/// Words that stand before a date, in lower case.
const BEFORE: [&str; 27] = [
    "tanggal",
    "tgl",
    "date",
    "senin",
    "selasa",
    "rabu",
    "kamis",
    "jumat",
    "jum",
    "at",
    "sabtu",
    "minggu",
    "ahad",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Words that stand in a time behind a date, in lower case.
const IN_TIME: [&str; 10] = ["wib", "wita", "wit", "am", "pm", "utc", "gmt", "z", "pukul", "jam"];

/// A date in any of the ways of offices; `None` for anything else.
///
/// Reads ISO dates with or without a time, `dd/mm/yyyy` (with `-` and `.` too), days with the Indonesian or
/// English name of the month, `yyyymmdd`, and milliseconds or seconds since 1970. What might be read
/// in two ways is day first; a date that does not exist is none.
pub(crate) fn date(text: &str) -> Option<Date> {
    date_at(text, 0)
}

/// As [`date`], where the office's clock is `hours` ahead of UTC: instants (a time with `Z`, seconds since
/// 1970) are days there. Databases give midnight in Jakarta as 17:00 UTC of the day before.
pub(crate) fn date_at(text: &str, hours: i8) -> Option<Date> {
    let text = text.trim();
    // Anything longer is prose.
    if !text.is_ascii() || text.len() > 64 {
        return None;
    }
    let found = match text.strip_prefix('-').unwrap_or(text) {
        digits if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => of_number(text, hours),
        _ => year_first(text, hours).or_else(|| in_words(text)),
    };
    found.filter(|date| YEARS.contains(&date.year()))
}

/// `yyyymmdd`, or an instant in seconds (nine or ten digits) or milliseconds (eleven to fourteen).
fn of_number(text: &str, hours: i8) -> Option<Date> {
    let number: i64 = text.parse().ok()?;
    let instant = match text.trim_start_matches('-').len() {
        8 if number > 0 => {
            let part = |of: i64, by: i64| i16::try_from(of % by).ok();
            return Date::new(
                part(number / 10_000, 10_000)?,
                part(number / 100, 100)?.try_into().ok()?,
                part(number, 100)?.try_into().ok()?,
            )
            .ok();
        }
        9 | 10 => Timestamp::from_second(number),
        11..=14 => Timestamp::from_millisecond(number),
        _ => return None,
    };
    Some(Offset::constant(hours).to_datetime(instant.ok()?).date())
}

/// `2017-01-04`, `2017/1/4`, `2017-01-04T00:00:00.000Z`, `2017-01-04 00:00:00`, `2017-01-04+07:00`.
fn year_first(text: &str, hours: i8) -> Option<Date> {
    let (year, rest) = text.split_at_checked(4)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (month, rest) = rest[1..].split_once(separator)?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (day, time) = rest.split_at(end);
    let date = of_parts(day, number_of_month(month)?, year)?;
    if !matches!(time.as_bytes().first(), None | Some(b'T' | b't' | b' ' | b'Z' | b'z' | b'+' | b'-')) {
        return None;
    }
    let is_instant = time.len() > 1 && time.ends_with(['Z', 'z']);
    match time.get(1..9).and_then(|clock| clock.parse::<Time>().ok()).filter(|_| is_instant) {
        Some(clock) => Some(DateTime::from_parts(date, clock).checked_add(i64::from(hours).hours()).ok()?.date()),
        None => Some(date),
    }
}

/// `04/01/2017`, `4 Januari 2017`, `04-Jan-2017`, `January 4, 2017`, with a weekday before and a time behind.
fn in_words(text: &str) -> Option<Date> {
    let mut parts = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let mut parts = parts.by_ref().skip_while(|part| is_one_of(&BEFORE, part));
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let date = match named_month(first) {
        Some(month) => of_parts(without_ending(second), month, year)?,
        None => of_parts(without_ending(first), named_month(second).or_else(|| number_of_month(second))?, year)?,
    };
    parts.all(is_in_time).then_some(date)
}

fn is_in_time(part: &str) -> bool {
    part.len() <= 9 && part.bytes().all(|byte| byte.is_ascii_digit()) && part.len() != 4 || is_one_of(&IN_TIME, part)
}

fn is_one_of(words: &[&str], part: &str) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(part))
}

/// The day of an English ordinal (`4th`).
fn without_ending(day: &str) -> &str {
    ["st", "nd", "rd", "th"].iter().find_map(|ending| day.strip_suffix(ending)).unwrap_or(day)
}

fn named_month(name: &str) -> Option<i8> {
    let place = MONTHS.iter().position(|names| is_one_of(names, name))?;
    i8::try_from(place + 1).ok()
}

fn number_of_month(text: &str) -> Option<i8> {
    if text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn of_parts(day: &str, month: i8, year: &str) -> Option<Date> {
    if day.len() > 2 || year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil;
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(i16, i8, i8)>) {
        assert_eq!(date(text), expected.map(|(year, month, day)| civil::date(year, month, day)), "{text:?}");
    }

    #[test]
    fn dates_are_read_in_the_ways_of_offices() {
        let fourth = Some((2017, 1, 4));
        for text in [
            "2017-01-04",
            " 2017-01-04 ",
            "2017-1-4",
            "2017/01/04",
            "2017-01-04T00:00:00",
            "2017-01-04T17:00:00.000Z",
            "2017-01-04T23:59:59+07:00",
            "2017-01-04 00:00:00",
            "2017-01-04 00:00:00.0",
            "2017-01-04+07:00",
            "2017-01-04Z",
            "04/01/2017",
            "4/1/2017",
            "04-01-2017",
            "04.01.2017",
            "04/01/2017 00:00:00",
            "04/01/2017 10:30 WIB",
            "4 Januari 2017",
            "04 JANUARI 2017",
            "4 Jan 2017",
            "4 Jan. 2017",
            "04-Jan-2017",
            "Rabu, 4 Januari 2017",
            "Jum'at, 4 Januari 2017",
            "January 4, 2017",
            "Jan 4th, 2017",
            "4th January 2017",
            "20170104",
            "1483488000000",
            "1483488000",
            "1483574399999",
        ] {
            check(text, fourth);
        }
        check("15 Agt 2026", Some((2026, 8, 15)));
        check("15 Agustus 2026", Some((2026, 8, 15)));
        check("1 Nopember 2003", Some((2003, 11, 1)));
        check("1 Pebruari 2003", Some((2003, 2, 1)));
        check("31 Des 1999", Some((1999, 12, 31)));
        check("17 Mei 2020", Some((2020, 5, 17)));
        check("1 May 2020", Some((2020, 5, 1)));
        check("-86400000000", Some((1967, 4, 7)));
        check("29/02/2024", Some((2024, 2, 29)));
        check("05/03/2024", Some((2024, 3, 5)));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "-",
            "--",
            "besok",
            "2017",
            "2017-01",
            "2017-02-30",
            "29/02/2023",
            "31/04/2024",
            "01/31/2017",
            "04/01/17",
            "32 Januari 2017",
            "0 Januari 2017",
            "4 Januar 2017",
            "4 Januari 2017 - 4 Maret 2017",
            "04/01/2017, 05/01/2017",
            "2017-01-04x",
            "0000-00-00",
            "0001-01-01",
            "9999-12-31",
            "0001-01-01T00:00:00",
            "00000000",
            "20171304",
            "0",
            "1",
            "99999999999999999999",
            "１２/０１/2017",
            "4\u{301} Januari 2017",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn an_instant_is_a_day_where_the_office_stands() {
        let fourth = Some(civil::date(2017, 1, 4));
        for text in ["2017-01-03T17:00:00.000Z", "2017-01-04T00:00:00Z", "2017-01-04T16:59:59Z", "1483462800000", "1483462800"] {
            assert_eq!(date_at(text, 7), fourth, "{text}");
        }
        assert_eq!(date_at("2017-01-04T23:00:00", 7), fourth);
        assert_eq!(date_at("2017-01-04T23:00:00+07:00", 7), fourth);
        assert_eq!(date("2017-01-03T17:00:00Z"), Some(civil::date(2017, 1, 3)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2048))]

        #[test]
        fn every_date_is_read_in_every_way(year in 1971_i16..2200, month in 1_i8..=12, day in 1_i8..=31) {
            let expected = Date::new(year, month, day).ok();
            let months = MONTHS[month as usize - 1];
            let mut texts = vec![
                format!("{year}-{month:02}-{day:02}"),
                format!("{year}{month:02}{day:02}"),
                format!("{day:02}/{month:02}/{year}"),
                format!("{day}.{month}.{year}"),
                format!("{day:02}-{month:02}-{year} 12:00:00"),
            ];
            texts.extend(months.iter().map(|name| format!("{day} {name} {year}")));
            for text in texts {
                prop_assert_eq!(date(&text), expected, "{}", text);
            }
        }

        #[test]
        fn no_text_breaks_the_reading(text in prop_oneof![
            any::<String>(),
            "[-0-9TZ:/. ]{0,20}",
            "[0-9]{1,2}[ /.-](jan|Mei|1|13|é)[ /.-][0-9]{2,5}.{0,3}",
            "-?[0-9]{1,22}",
        ], hours in -12_i8..=14) {
            if let Some(date) = date_at(&text, hours) {
                prop_assert!(YEARS.contains(&date.year()));
            }
        }
    }
}
