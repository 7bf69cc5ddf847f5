//! Texts of elements, as they stand in XML and in messages.

use std::borrow::Cow;

use jiff::civil::Date;
use quick_xml::events::{BytesRef, BytesStart};

/// `2018-02-19`, `20180219`, each with whatever stands behind it: a time, a time zone.
pub(super) fn date(text: &str) -> Option<Date> {
    let digits = |from: usize, to: usize| text.get(from..to).filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let (year, month, day) = if text.as_bytes().get(4) == Some(&b'-') {
        (digits(0, 4)?, digits(5, 7)?, digits(8, 10).filter(|_| text.as_bytes()[7] == b'-')?)
    } else {
        (digits(0, 4)?, digits(4, 6)?, digits(6, 8)?)
    };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The language of an element's text, empty where it isn't said.
pub(super) fn language<'a>(tag: &'a BytesStart<'_>) -> Cow<'a, str> {
    // Most elements have no attribute at all.
    if tag.attributes_raw().is_empty() {
        return Cow::Borrowed("");
    }
    attribute(tag, "languageCode").or_else(|| attribute(tag, "lang")).unwrap_or_default()
}

/// An attribute by its name without prefix.
pub(super) fn attribute<'a>(tag: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten().find(|attribute| attribute.key.0.rsplit(':').next() == Some(name));
    found.map(|attribute| attribute.value)
}

/// Adds a further text.
pub(super) fn add(text: &mut String, more: &str, between: &str) {
    if !text.is_empty() && !more.is_empty() {
        text.push_str(between);
    }
    text.push_str(more);
}

/// Adds what isn't there yet.
pub(super) fn add_distinct(text: &mut String, more: &str, between: &str) {
    if text.is_empty() || !text.split(between).any(|part| part == more) && text != more {
        add(text, more, between);
    }
}

/// A text, where there is one.
pub(super) fn said(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// Line breaks are the layout of a label or of the file: each becomes one space, with the indentation around it.
pub(super) fn one_line(text: &str) -> String {
    if !text.contains(['\n', '\r']) {
        return text.to_owned();
    }
    text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The beginning of a text, for messages.
pub(super) fn cut(text: &str) -> String {
    text.chars().take(40).collect()
}

/// What `&text;` stands for; none for entities that a file declares on its own.
pub(super) fn resolved<'a>(text: &'a str, reference: &BytesRef<'_>) -> Option<Cow<'a, str>> {
    Some(Cow::Borrowed(match text {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ if text.starts_with('#') => return reference.resolve_char_ref().ok()?.map(|character| Cow::Owned(character.to_string())),
        // No name of an entity: an & and a ; that were not written as they should, and mean themselves.
        _ if text.is_empty() || text.contains(|c: char| c.is_whitespace() || ",/()\"'".contains(c)) => {
            return Some(Cow::Owned(format!("&{text};")));
        }
        _ => return None,
    }))
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

/// Line breaks in a piece of a file.
pub(super) fn newlines(bytes: &[u8]) -> u64 {
    // A sum of bytes over short pieces is what the compiler makes vectors of.
    bytes.chunks(192).map(|piece| u64::from(piece.iter().map(|&byte| u8::from(byte == b'\n')).sum::<u8>())).sum()
}

/// A number with its thousands apart.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;

    use super::*;

    #[test]
    fn dates_of_all_dialects_are_read_and_nothing_else() {
        for text in ["2018-02-19", "20180219", "201802192208", "2018-02-19-05:00", "2018-02-19T23:00:49", "20180219 10:00"] {
            assert_eq!(date(text), Some(day(2018, 2, 19)), "{text}");
        }
        for text in ["", "0", "2018", "20180200", "2018-13-01", "19/02/2018", "2018-02", "２０１８0219", "2018-0219", "+2018021"] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn a_name_on_several_lines_is_one_line_and_its_own_spaces_stay() {
        assert_eq!(one_line("BABY  SARI"), "BABY  SARI");
        assert_eq!(one_line("KOPI\r\n      KENANGA\n"), "KOPI KENANGA");
    }

    #[test]
    fn line_breaks_are_counted_however_many_there_are() {
        for count in [0, 1, 191, 192, 193, 10_000] {
            assert_eq!(newlines(&vec![b'\n'; count]), count as u64);
        }
        assert_eq!(newlines(b"a\r\nb"), 1);
    }

    #[test]
    fn large_numbers_have_their_thousands_apart() {
        assert_eq!([1, 999, 1000, 1_234_567].map(grouped), ["1", "999", "1,000", "1,234,567"]);
    }
}
