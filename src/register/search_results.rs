//! Tables in which search pages of offices give their results: those of the US office, and of TMview.
//!
//! One row is one mark. The offices change the look of these tables as they like, so their headers are known in
//! several spellings, and rows are read leniently, as the offices' other files are.

use std::borrow::Cow;

use jiff::civil::Date;

use super::columns::{headers, listed};
use super::framing::Record;
use super::notes::Notes;
use super::office::{OfficeWords, tmview, uspto};
use super::reader::{Mapped, Reader};
use super::row::MAX_ID_BYTES;
use super::{Fault, Format, Framed, Framing, Input, Records, Row, lenient, normalize_header};
use crate::mark::{LegalStatus, Mark, MarkKind, NiceClass, NiceClasses};
use crate::{Error, Result};

/// A field that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    /// ST.13's number, unique over all offices.
    St13,
    Office,
    Number,
    Name,
    Status,
    Kind,
    FiledOn,
    RegisteredOn,
    ExpiresOn,
    Owner,
    Classes,
    Goods,
}

impl Field {
    const COUNT: usize = Self::Goods as usize + 1;

    fn column(self) -> &'static str {
        match self {
            Self::St13 | Self::Office | Self::Number => "id",
            Self::Name => "name",
            Self::Status => "status",
            Self::Kind => "kind",
            Self::FiledOn => "filed_on",
            Self::RegisteredOn => "registered_on",
            Self::ExpiresOn => "expires_on",
            Self::Owner => "owner",
            Self::Classes => "classes",
            Self::Goods => "goods",
        }
    }
}

/// How an office gives its results.
pub(crate) struct Office {
    pub format: Format,
    /// Headers in lower case, words joined by `_`.
    names: &'static [(&'static str, Field)],
    /// Fields of which a header has one each.
    needs: &'static [&'static [Field]],
    words: &'static OfficeWords,
    /// Dates in numbers have the month first.
    is_month_first: bool,
    /// Id and source of a row.
    id: fn(&Cells<'_>) -> Result<(String, String), Fault>,
}

/// Every office whose results are known.
pub(crate) static OFFICES: [&Office; 2] = [&USPTO, &TMVIEW];

static USPTO: Office = Office {
    format: Format::Uspto,
    names: &[
        ("serial", Field::Number),
        ("serial_number", Field::Number),
        ("serial_no", Field::Number),
        ("wordmark", Field::Name),
        ("word_mark", Field::Name),
        ("mark", Field::Name),
        ("mark_identification", Field::Name),
        ("status", Field::Status),
        ("live_dead", Field::Status),
        ("filing_date", Field::FiledOn),
        ("filed", Field::FiledOn),
        ("registration_date", Field::RegisteredOn),
        ("owner", Field::Owner),
        ("owner_name", Field::Owner),
        ("owners", Field::Owner),
        ("class", Field::Classes),
        ("classes", Field::Classes),
        ("international_class", Field::Classes),
        ("international_classes", Field::Classes),
        ("goods", Field::Goods),
        ("goods_truncated", Field::Goods),
        ("goods_services", Field::Goods),
        ("goods_and_services", Field::Goods),
    ],
    needs: &[&[Field::Number], &[Field::Name]],
    words: &uspto::WORDS,
    is_month_first: true,
    id: |cells| {
        let number = cells.said(Field::Number).map(|text| text.replace([',', '/', ' '], "")).unwrap_or_default();
        if is_serial_number(&number) {
            return Ok((format!("US-{number}"), "uspto".to_owned()));
        }
        Err(Fault::field("serial", "is no serial number of the US office, which has eight digits; look it up and add it"))
    },
};

static TMVIEW: Office = Office {
    format: Format::Tmview,
    names: &[
        ("st13", Field::St13),
        ("st_13", Field::St13),
        ("trade_mark_office", Field::Office),
        ("trademark_office", Field::Office),
        ("tm_office", Field::Office),
        ("office", Field::Office),
        ("application_number", Field::Number),
        ("trade_mark_name", Field::Name),
        ("trademark_name", Field::Name),
        ("tm_name", Field::Name),
        ("tmname", Field::Name),
        ("trade_mark_status", Field::Status),
        ("trademark_status", Field::Status),
        ("tm_status", Field::Status),
        ("status", Field::Status),
        ("trade_mark_type", Field::Kind),
        ("trademark_type", Field::Kind),
        ("tm_type", Field::Kind),
        ("type", Field::Kind),
        ("application_date", Field::FiledOn),
        ("filing_date", Field::FiledOn),
        ("registration_date", Field::RegisteredOn),
        ("expiry_date", Field::ExpiresOn),
        ("expiration_date", Field::ExpiresOn),
        ("applicant_name", Field::Owner),
        ("applicant", Field::Owner),
        ("applicants", Field::Owner),
        ("nice_class", Field::Classes),
        ("nice_classes", Field::Classes),
        ("nice_classification", Field::Classes),
        ("goods_and_services", Field::Goods),
    ],
    needs: &[&[Field::Name], &[Field::St13, Field::Office], &[Field::St13, Field::Number]],
    words: &tmview::WORDS,
    is_month_first: false,
    id: |cells| {
        let office = cells.said(Field::Office).map(|office| office.to_uppercase());
        let id = match (cells.said(Field::St13), &office, cells.said(Field::Number)) {
            (Some(st13), ..) => st13.to_owned(),
            (None, Some(office), Some(number)) => format!("{office}-{number}"),
            _ => return Err(Fault::field("ST13", "is missing, and so is the office or the application's number; add one of them")),
        };
        Ok((id, office.map_or_else(|| "tmview".to_owned(), |office| format!("tmview-{}", office.to_lowercase()))))
    },
};

fn is_serial_number(text: &str) -> bool {
    text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl Office {
    fn field(&self, header: &str) -> Option<Field> {
        let header = normalize_header(header);
        self.names.iter().find(|(name, _)| *name == header).map(|&(_, field)| field)
    }

    /// True for the header of the office's results.
    pub(crate) fn is_header(&self, header: &[String]) -> bool {
        let has = |field: &Field| header.iter().any(|cell| self.field(cell) == Some(*field));
        // A table with a column `id` is somebody's own.
        self.needs.iter().all(|any| any.iter().any(has)) && !header.iter().any(|cell| normalize_header(cell) == "id")
    }

    /// False where the record below the header shows that it is another's: many lists number their rows in a column
    /// `serial`.
    pub(crate) fn is_record(&self, header: &[String], record: Option<&[String]>) -> bool {
        let Some(record) = record.filter(|_| self.format == Format::Uspto) else { return true };
        let place = header.iter().position(|cell| self.field(cell) == Some(Field::Number));
        let number = place.and_then(|place| record.get(place)).map(|text| text.replace([',', '/', ' ', '"'], ""));
        number.is_some_and(|number| is_serial_number(&number))
    }

    /// How many of the columns are read.
    pub(crate) fn known_columns(&self, header: &[String]) -> usize {
        header.iter().filter(|cell| self.field(cell).is_some()).count()
    }

    /// A date; of numbers, in the office's order.
    fn date(&self, field: Field, text: &str, notes: &mut Notes) -> Option<Date> {
        let text = lenient::said(text)?;
        let turned = if self.is_month_first { month_first(text) } else { None };
        notes.date(field.column(), turned.as_deref().unwrap_or(text), 0)
    }
}

/// `12/31/2024` with the day first.
fn month_first(text: &str) -> Option<String> {
    let mut parts = text.split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    (parts.next().is_none() && year.len() == 4 && month.len() <= 2).then(|| format!("{day}/{month}/{year}"))
}

/// Opens the reader of an office's results, whose header stands behind `skipped_lines`.
///
/// # Errors
/// Where the header can't be read.
pub(crate) fn open(office: &'static Office, input: Input, delimiter: u8, skipped_lines: u64) -> Result<Box<dyn Reader>> {
    let name = input.name().to_owned();
    let mut records = Records::new(input, Framing::Delimited(delimiter));
    records.skip_lines(skipped_lines)?;
    let headers = headers(&mut records, &name, "a column of names")?;
    if !office.is_header(&headers) {
        return Err(Error::input(format!("{name}: is no table of {}'s results; its columns are {}", office.format, listed(&headers))));
    }
    records.set_max_fields(headers.len());
    let mut places = [None; Field::COUNT];
    for (place, header) in headers.iter().enumerate() {
        if let Some(field) = office.field(header) {
            places[field as usize].get_or_insert(place);
        }
    }
    let mut notes = Notes::new(&name);
    for (place, header) in headers.iter().enumerate() {
        if !header.is_empty() && !places.contains(&Some(place)) {
            notes.say(&format!("column {header:?} is not known and is left out"));
        }
    }
    Ok(Box::new(ResultsReader { office, records, headers, places, delimiter, notes }))
}

struct ResultsReader {
    office: &'static Office,
    records: Records,
    headers: Vec<String>,
    /// Where each field stands in a record.
    places: [Option<usize>; Field::COUNT],
    delimiter: u8,
    notes: Notes,
}

impl Reader for ResultsReader {
    fn next_row(&mut self) -> Result<Option<Row>> {
        let Some(framed) = self.records.next_record()? else {
            return Ok(None);
        };
        Ok(Some(match framed {
            // Where its fields end is not known: only the first is shown.
            Framed::Broken { line, fault, raw } => {
                Row::rejected(line, fault, raw.split(|&byte| byte == self.delimiter).next().unwrap_or_default())
            }
            Framed::Record(record) => match record.text() {
                Err(place) => {
                    let field = self.headers.get(place).map_or("", String::as_str);
                    Row::rejected(record.line, Fault::field(field, "holds bytes that are no UTF-8; save the file as \"CSV UTF-8\""), b"")
                }
                Ok(text) => {
                    let cells = Cells::of(&record, text, &self.places);
                    match cells.mark(self.office, &mut self.notes) {
                        Ok(mark) => Row::Mark(mark),
                        Err(fault) => Row::rejected(record.line, fault, cells.raw().as_bytes()),
                    }
                }
            },
        }))
    }

    fn warnings(&self) -> &[String] {
        self.notes.warnings()
    }

    fn mapping(&self) -> Vec<Mapped> {
        let read_as = |place: usize, header: &str| self.office.field(header).filter(|&field| self.places[field as usize] == Some(place));
        self.headers.iter().enumerate().map(|(place, header)| Mapped::new(header, read_as(place, header).map(Field::column))).collect()
    }
}

/// The texts of one row, by field.
struct Cells<'a>([Cow<'a, str>; Field::COUNT]);

impl<'a> Cells<'a> {
    fn of(record: &Record<'a>, text: &'a str, places: &[Option<usize>; Field::COUNT]) -> Self {
        Self(places.map(|place| place.map_or(Cow::Borrowed(""), |place| record.field(text, place))))
    }

    fn said(&self, field: Field) -> Option<&str> {
        lenient::said(&self.0[field as usize])
    }

    fn mark(&self, office: &Office, notes: &mut Notes) -> Result<Mark, Fault> {
        let (id, source) = (office.id)(self)?;
        if id.len() > MAX_ID_BYTES {
            return Err(Fault::field("id", format!("is longer than {MAX_ID_BYTES} bytes, as no number is")));
        }
        let name = lenient::said_name(&self.0[Field::Name as usize]).map(lenient::one_line).unwrap_or_default();
        let kind = match self.said(Field::Kind).and_then(|text| office.words.kind(text)) {
            // Marks without words stand there with an empty name.
            None | Some(MarkKind::Combined) if name.is_empty() => MarkKind::Figurative,
            Some(MarkKind::Word) if name.is_empty() => {
                return Err(Fault::field("name", "is empty, although the mark is one of words; look it up and add them"));
            }
            kind => kind.unwrap_or_default(),
        };
        let goods = self.said(Field::Goods).map(goods).unwrap_or_default();
        let mut classes = self.said(Field::Classes).map_or(NiceClasses::EMPTY, |text| notes.classes("classes", text));
        if classes.is_empty() {
            classes = goods.classes;
        }
        let status = self.said(Field::Status);
        let mark = Mark {
            verbal_element: name.into_owned(),
            classes,
            kind,
            status: status.map_or(LegalStatus::Unknown, |text| office.words.status(text)),
            office_status: status.map(|text| lenient::one_line(text).into_owned()),
            filed_on: office.date(Field::FiledOn, &self.0[Field::FiledOn as usize], notes),
            registered_on: office.date(Field::RegisteredOn, &self.0[Field::RegisteredOn as usize], notes),
            expires_on: office.date(Field::ExpiresOn, &self.0[Field::ExpiresOn as usize], notes),
            owner: self.said(Field::Owner).map(|text| owner(&lenient::one_line(text)).to_owned()),
            goods: Some(goods.text).filter(|text| !text.is_empty()),
            source: Some(source),
            ..Mark::new(id, "")
        };
        let texts = [Some(&mark.id), Some(&mark.verbal_element), mark.owner.as_ref(), mark.goods.as_ref()];
        let has_nul = texts.into_iter().flatten().any(|text| text.contains('\0'));
        if has_nul { Err(Fault::row("holds a NUL byte: the row is damaged; export it anew")) } else { Ok(mark) }
    }

    /// What is kept of a row that was rejected.
    fn raw(&self) -> String {
        let number = self.said(Field::St13).or_else(|| self.said(Field::Number));
        super::json::raw(number.unwrap_or_default(), self.0[Field::Name as usize].trim())
    }
}

/// An owner's name, without what the US office puts in brackets behind it: `(CORPORATION; OREGON, USA)`.
fn owner(text: &str) -> &str {
    // The legal form has brackets of its own: `(limited company (ltd.); CHINA)`.
    let mut depth = 0;
    for (place, letter) in text.char_indices().rev() {
        match letter {
            ')' => depth += 1,
            '(' if depth == 1 => {
                let (name, behind) = (text[..place].trim_end(), &text[place..]);
                return if behind.contains(';') && !name.is_empty() { name } else { text };
            }
            '(' => depth -= 1,
            _ if depth == 0 => return text,
            _ => {}
        }
    }
    text
}

/// Goods, and the classes that stand in them.
#[derive(Default)]
struct Goods {
    text: String,
    classes: NiceClasses,
}

/// Reads `IC 009. Coffee; IC 035: Retail`: the classes apart from the goods.
fn goods(text: &str) -> Goods {
    let mut classes = NiceClasses::EMPTY;
    let mut groups = vec![String::new()];
    // Some programs write a line break as the two letters that stand for it.
    for (place, part) in text.replace("\\n", "\n").split("IC ").enumerate() {
        let class = part.get(..3).and_then(|number| number.parse().ok()).and_then(NiceClass::new);
        match (class, part.get(3..).and_then(|behind| behind.strip_prefix(['.', ':']))) {
            (Some(class), Some(behind)) if place > 0 => {
                classes.insert(class);
                groups.push(behind.to_owned());
            }
            // The end of another word.
            _ => {
                let group = groups.last_mut().expect("there is always one");
                group.push_str(if place > 0 { "IC " } else { "" });
                group.push_str(part);
            }
        }
    }
    let groups = groups.iter().map(|group| lenient::one_line(group.trim().trim_end_matches(';')));
    Goods { text: groups.filter(|group| !group.is_empty()).collect::<Vec<_>>().join("; "), classes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_stands_without_its_legal_form_and_its_place() {
        for (text, expected) in [
            ("NIKE, INC. (CORPORATION; OREGON, USA)", "NIKE, INC."),
            ("Kenanga Co., Ltd. (limited company (ltd.); CHINA)", "Kenanga Co., Ltd."),
            ("Kenanga (Guangzhou) Co. (limited company; China)", "Kenanga (Guangzhou) Co."),
            ("Kenanga (Guangzhou)", "Kenanga (Guangzhou)"),
            ("(CORPORATION; OREGON, USA)", "(CORPORATION; OREGON, USA)"),
            ("Kenanga)", "Kenanga)"),
            (")(", ")("),
            ("", ""),
        ] {
            assert_eq!(owner(text), expected);
        }
    }

    #[test]
    fn classes_are_taken_out_of_goods() {
        for (text, classes, expected) in [
            ("IC 018: BAGS [ WAISTPACKS ].; IC 025: SHOES", "18;25", "BAGS [ WAISTPACKS ].; SHOES"),
            ("IC 009. Wires\\nIC 042. Design\\n", "9;42", "Wires; Design"),
            ("Coffee; BASIC 9 sets", "", "Coffee; BASIC 9 sets"),
            ("IC 099: x", "", "IC 099: x"),
            ("", "", ""),
        ] {
            let goods = goods(text);
            assert_eq!((goods.classes.to_string().as_str(), goods.text.as_str()), (classes, expected), "{text}");
        }
    }
}
