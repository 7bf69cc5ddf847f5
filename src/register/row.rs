//! From the cells of a row to a mark, or to what is wrong with it.

use std::borrow::Cow;

use jiff::civil::Date;
use xxhash_rust::xxh3::Xxh3;

use super::Fault;
use super::columns::Column;
use super::office::{pdki, tmview};
use crate::mark::{LegalStatus, Mark, MarkKind, MarkType, NiceClass, NiceClasses};

/// Longest id in bytes. Far above any office's number, and below what the index takes as one term.
pub(super) const MAX_ID_BYTES: usize = 1000;

/// The cells of one row by column: `None` where the row has no such cell, empty where it says nothing.
#[derive(Default)]
pub(crate) struct Cells<'a>([Option<Cow<'a, str>>; Column::ALL.len()]);

impl<'a> Cells<'a> {
    /// Fills a cell, white space around its text taken off.
    pub(crate) fn set(&mut self, column: Column, cell: Cow<'a, str>) {
        self.0[column as usize] = Some(match cell {
            Cow::Borrowed(text) => Cow::Borrowed(trimmed(text)),
            Cow::Owned(text) => Cow::Owned(trimmed(&text).to_owned()),
        });
    }

    /// True where the row has such a cell.
    pub(crate) fn has(&self, column: Column) -> bool {
        self.0[column as usize].is_some()
    }

    fn get(&self, column: Column) -> Option<&str> {
        self.0[column as usize].as_deref()
    }

    /// What the cell says; offices write `-` for nothing.
    fn said(&self, column: Column) -> Option<&str> {
        self.get(column).filter(|text| !text.is_empty() && *text != "-")
    }

    fn text(&self, column: Column) -> Option<String> {
        self.said(column).map(str::to_owned)
    }

    fn date(&self, column: Column) -> Result<Option<Date>, Fault> {
        self.said(column).map(|text| date(text).map_err(|reason| Fault::field(column.as_str(), reason))).transpose()
    }

    fn word<T: Copy>(&self, column: Column, words: &[(&str, T)], default: T) -> Result<T, Fault> {
        let Some(text) = self.said(column) else {
            return Ok(default);
        };
        words.iter().find(|(word, _)| word.eq_ignore_ascii_case(text)).map(|&(_, value)| value).ok_or_else(|| {
            let list = words.iter().map(|&(word, _)| word).collect::<Vec<_>>().join(", ");
            Fault::field(column.as_str(), format!("{} is none of {list}", quoted(text)))
        })
    }
}

const STATUSES: [(&str, LegalStatus); 7] = [
    ("registered", LegalStatus::Registered),
    ("pending", LegalStatus::Pending),
    ("expired", LegalStatus::Expired),
    ("refused", LegalStatus::Refused),
    ("withdrawn", LegalStatus::Withdrawn),
    ("removed", LegalStatus::Removed),
    ("unknown", LegalStatus::Unknown),
];

const KINDS: [(&str, MarkKind); 4] =
    [("word", MarkKind::Word), ("figurative", MarkKind::Figurative), ("combined", MarkKind::Combined), ("other", MarkKind::Other)];

const MARK_TYPES: [(&str, MarkType); 3] =
    [("trade", MarkType::Trade), ("service", MarkType::Service), ("collective", MarkType::Collective)];

/// The mark that the cells make.
pub(crate) fn mark(cells: &Cells<'_>) -> Result<Mark, Fault> {
    let name = cells.get(Column::Name).unwrap_or_default();
    if name.is_empty() {
        return Err(Fault::field("name", "is empty; a mark without words has its office's phrase here, such as LOGO"));
    }
    let verbal_element = one_line(name);
    let classes = match cells.said(Column::Classes) {
        Some(text) => classes(text).map_err(|reason| Fault::field("classes", cut(&reason)))?,
        None => NiceClasses::EMPTY,
    };
    let (status, office_status) = status(cells)?;
    let id = match cells.text(Column::Id) {
        Some(id) if id.len() > MAX_ID_BYTES => {
            return Err(Fault::field("id", format!("is longer than {MAX_ID_BYTES} bytes; give the row a short id")));
        }
        Some(id) => id,
        None => content_id(cells, &verbal_element, classes),
    };
    Ok(Mark {
        id,
        verbal_element,
        classes,
        kind: cells.word(Column::Kind, &KINDS, MarkKind::default())?,
        status,
        filed_on: cells.date(Column::FiledOn)?,
        registered_on: cells.date(Column::RegisteredOn)?,
        expires_on: cells.date(Column::ExpiresOn)?,
        office_status,
        owner: cells.text(Column::Owner),
        owner_country: None,
        goods: cells.text(Column::Goods),
        translation: cells.text(Column::Translation),
        mark_type: cells.word(Column::MarkType, &MARK_TYPES, MarkType::default())?,
        group: cells.text(Column::Group),
        source: cells.text(Column::Source),
    })
}

/// The status, and the office's word for it where the row has that instead of ours.
fn status(cells: &Cells<'_>) -> Result<(LegalStatus, Option<String>), Fault> {
    if cells.get(Column::Status).is_none() {
        // The native layout's default: a register lists what is registered.
        return Ok((LegalStatus::Registered, None));
    }
    // The office has the column and is silent: that clears nobody and confirms nobody.
    cells.word(Column::Status, &STATUSES, LegalStatus::Unknown).map(|status| (status, None)).or_else(|fault| {
        let text = cells.said(Column::Status).unwrap_or_default();
        let told = [&pdki::WORDS, &tmview::WORDS].map(|words| words.status(text)).into_iter().find(|&told| told != LegalStatus::Unknown);
        told.map(|status| (status, Some(one_line(text)))).ok_or(fault)
    })
}

fn classes(text: &str) -> Result<NiceClasses, String> {
    // Most rows have one class; cutting a list apart takes as long as the rest of such a row.
    let number = match *text.as_bytes() {
        [ones @ b'1'..=b'9'] => ones - b'0',
        [tens @ b'1'..=b'4', ones @ b'0'..=b'9'] => (tens - b'0') * 10 + (ones - b'0'),
        _ => return text.parse(),
    };
    NiceClass::try_from(number).map(|class| NiceClasses::from_iter([class]))
}

/// Refuses a row with a NUL in it, which no text has: a file that was cut off and filled up, or a binary one.
pub(crate) fn refuse_nul(cells: &Cells<'_>) -> Result<(), Fault> {
    match Column::ALL.into_iter().find(|&column| cells.get(column).is_some_and(|text| text.contains('\0'))) {
        Some(column) => Err(Fault::field(column.as_str(), "holds a NUL byte: the row is damaged; export it anew")),
        None => Ok(()),
    }
}

/// Nearly every cell begins and ends with a letter or digit: two looks spare the search for white space of all scripts.
fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [] => text,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        [only] if only.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// An id for a row without one, from what makes a mark the same mark, so that importing a file
/// twice changes nothing.
fn content_id(cells: &Cells<'_>, verbal_element: &str, classes: NiceClasses) -> String {
    let mut hash = Xxh3::new();
    hash.update(verbal_element.as_bytes());
    hash.update(&[0]);
    hash.update(&classes.bits().to_le_bytes());
    for column in [Column::Owner, Column::FiledOn] {
        hash.update(&[0]);
        hash.update(cells.said(column).unwrap_or_default().as_bytes());
    }
    format!("row-{:016x}", hash.digest())
}

/// Line breaks inside a name are the layout of a label or a cell: each becomes one space.
fn one_line(name: &str) -> String {
    if name.contains(['\n', '\r']) { name.replace("\r\n", " ").replace(['\n', '\r'], " ") } else { name.to_owned() }
}

fn date(text: &str) -> Result<Date, String> {
    iso_date(text).ok_or_else(|| match day_first_date(text) {
        Some(date) => format!("{} is no ISO date; write it as {date}", quoted(text)),
        None => format!("{} is no date; write it as year-month-day, such as 2024-03-31", quoted(text)),
    })
}

/// `2024-03-31` and nothing else: every looser reading guesses somewhere.
fn iso_date(text: &str) -> Option<Date> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
        return None;
    };
    date_of(&[y1, y2, y3, y4], &[m1, m2], &[d1, d2])
}

/// `31/03/2024`, the Indonesian order, for the hint alone: taken as a date it would read an
/// American 03/04/2024 wrongly without a word.
fn day_first_date(text: &str) -> Option<Date> {
    let mut parts = text.split(['/', '-', '.']);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || day.len() > 2 || month.len() > 2 {
        return None;
    }
    date_of(year.as_bytes(), month.as_bytes(), day.as_bytes())
}

fn date_of(year: &[u8], month: &[u8], day: &[u8]) -> Option<Date> {
    let year = digits(year)?;
    let (month, day) = (digits(month)?, digits(day)?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn digits(text: &[u8]) -> Option<i16> {
    text.iter().try_fold(0_i16, |number, byte| byte.is_ascii_digit().then(|| number * 10 + i16::from(byte - b'0')))
}

/// A value in quotes.
fn quoted(text: &str) -> String {
    format!("{:?}", cut(text))
}

/// Text of a row, cut so that a message about it stays one line.
fn cut(text: &str) -> String {
    const MAX_CHARS: usize = 120;
    match text.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
