//! TMview's rows: JSON, one object a row, of many offices.
//!
//! Rows of its search index (`tm`, `an`, `oc`, …) and those of its later answers (`tmName`,
//! `applicationNumber`, `tmOffice`, …) are read alike.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::json::{self, JsonFormat, JsonReader, Node, Role};
use super::notes::Notes;
use super::office::tmview::WORDS;
use super::reader::{Reader, row};
use super::{Fault, Input, lenient};
use crate::Result;
use crate::mark::{LegalStatus, Mark, MarkKind, NiceClasses};

/// Its dates are midnight or noon of Alicante: two hours on, both are still that day, in summer and winter.
const ALICANTE: i8 = 2;

/// A field that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    /// ST.13's number, unique over all offices.
    St13,
    Office,
    Number,
    Name,
    /// The words once more, for rows without a name.
    OtherName,
    Status,
    Kind,
    FiledOn,
    RegisteredOn,
    ExpiresOn,
    Owner,
    OwnerCountry,
    Classes,
    Goods,
    /// When the row was brought in.
    Timestamp,
}

impl Field {
    fn of_key(key: &[u8]) -> Option<Self> {
        Some(match key {
            b"ST13" | b"st13" => Self::St13,
            b"oc" | b"tmOffice" => Self::Office,
            b"an" | b"applicationNumber" => Self::Number,
            b"tm" | b"tmName" => Self::Name,
            b"MarkVerbalElementText" => Self::OtherName,
            b"sc" | b"tradeMarkStatus" => Self::Status,
            b"ty" | b"tradeMarkType" | b"tmType" => Self::Kind,
            b"ad" | b"applicationDate" => Self::FiledOn,
            b"RegistrationDate" | b"registrationDate" => Self::RegisteredOn,
            b"ExpiryDate" | b"expiryDate" => Self::ExpiresOn,
            b"ApplicantName" | b"applicantName" => Self::Owner,
            b"applicantCountry" => Self::OwnerCountry,
            b"nc" | b"niceClass" => Self::Classes,
            b"goodsAndServices" => Self::Goods,
            b"timestamp" => Self::Timestamp,
            _ => return None,
        })
    }

    fn column(self) -> Option<&'static str> {
        match self {
            Self::St13 | Self::Office | Self::Number => Some("id"),
            Self::Name | Self::OtherName => Some("name"),
            Self::Status => Some("status"),
            Self::Kind => Some("kind"),
            Self::FiledOn => Some("filed_on"),
            Self::RegisteredOn => Some("registered_on"),
            Self::ExpiresOn => Some("expires_on"),
            Self::Owner => Some("owner"),
            Self::OwnerCountry => Some("owner_country"),
            Self::Classes => Some("classes"),
            Self::Goods => Some("goods"),
            Self::Timestamp => None,
        }
    }
}

fn role(key: &[u8]) -> Role {
    match key {
        b"tradeMarks" | b"trademarks" | b"results" | b"result" | b"data" | b"response" | b"docs" | b"rows" | b"items" | b"records" => {
            Role::Envelope
        }
        b"ST13" | b"st13" | b"tm" | b"tmName" | b"an" | b"MarkVerbalElementText" => Role::Record,
        _ => Role::Other,
    }
}

/// True where the beginning of a JSON text is that of TMview's rows.
pub(crate) fn is_like(window: &[u8]) -> bool {
    /// Keys that say it stand near the beginning.
    const HEAD_BYTES: usize = 8 * 1024;
    let keys: Vec<&[u8]> = json::keys(&window[..window.len().min(HEAD_BYTES)]).collect();
    let has = |any: &[&str]| any.iter().any(|key| keys.contains(&key.as_bytes()));
    has(&["ST13", "st13"]) && has(&["tm", "tmName", "an", "applicationNumber", "oc", "tmOffice"])
        || has(&["tm"]) && has(&["an"]) && has(&["oc"])
        || has(&["tmName"]) && has(&["tmOffice", "applicationNumber"])
        || has(&["tradeMarks"]) && !has(&["name"])
}

/// Reads rows: JSON Lines, an array of them, or an answer.
pub(crate) fn open(input: Input) -> Result<Box<dyn Reader>> {
    Ok(Box::new(JsonReader::new(input, &ROWS)))
}

/// How TMview writes rows.
const ROWS: JsonFormat = JsonFormat {
    role,
    keeps: |key| Field::of_key(key.as_bytes()).is_some(),
    column: |key| Field::of_key(key).and_then(Field::column),
    row: |line, node, notes| {
        let cells = Cells::of(node);
        let data_date = cells.first(Field::Timestamp).and_then(|text| lenient::date_at(text, ALICANTE));
        (row(line, cells.mark(notes), cells.raw().as_bytes()), data_date)
    },
};

/// The texts of one row, in their order.
struct Cells<'a>(Vec<(Field, Cow<'a, str>)>);

impl<'a> Cells<'a> {
    fn of(node: Node<'a>) -> Self {
        let mut cells = Vec::new();
        if let Node::Object(pairs) = node {
            for (key, node) in pairs {
                if let Some(field) = Field::of_key(key.as_bytes()) {
                    node.each_text(&mut |text| cells.push((field, text)));
                }
            }
        }
        Self(cells)
    }

    /// The texts of a field that say something.
    fn all(&self, field: Field) -> impl Iterator<Item = &str> {
        let said = move |text| if matches!(field, Field::Name | Field::OtherName) { lenient::said_name(text) } else { lenient::said(text) };
        self.0.iter().filter(move |&&(known, _)| known == field).filter_map(move |(_, text)| said(text))
    }

    fn first(&self, field: Field) -> Option<&str> {
        self.all(field).next()
    }

    fn text(&self, field: Field) -> Option<String> {
        self.first(field).map(|text| lenient::one_line(text).into_owned())
    }

    /// Texts joined by `; `, each once.
    fn joined(&self, field: Field) -> Option<String> {
        let mut texts: Vec<String> = Vec::new();
        for text in self.all(field) {
            let text = lenient::one_line(text).into_owned();
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        (!texts.is_empty()).then(|| texts.join("; "))
    }

    fn mark(&self, notes: &mut Notes) -> Result<Mark, Fault> {
        let office = self.first(Field::Office);
        let id = match (self.first(Field::St13), office, self.first(Field::Number)) {
            (Some(st13), ..) => st13.to_owned(),
            (None, Some(office), Some(number)) => format!("{office}-{number}"),
            _ => return Err(Fault::field("ST13", "is missing, and so is the office or the application's number; add one of them")),
        };
        let verbal_element = self.text(Field::Name).or_else(|| self.text(Field::OtherName)).unwrap_or_default();
        let kind_words = self.first(Field::Kind);
        let kind = match kind_words.and_then(|text| WORDS.kind(text)) {
            Some(MarkKind::Word) if verbal_element.is_empty() => {
                return Err(Fault::field("tm", "is empty, although the mark is one of words; look it up and add them"));
            }
            Some(MarkKind::Combined) | None if verbal_element.is_empty() => MarkKind::Figurative,
            kind => kind.unwrap_or_default(),
        };
        let mut date = |field, name| self.first(field).and_then(|text| notes.date(name, text, ALICANTE));
        let (filed_on, registered_on, expires_on) =
            (date(Field::FiledOn, "ad"), date(Field::RegisteredOn, "RegistrationDate"), date(Field::ExpiresOn, "ExpiryDate"));
        let mark = Mark {
            verbal_element,
            classes: self.all(Field::Classes).fold(NiceClasses::EMPTY, |all, text| all.union(notes.classes("nc", text))),
            kind,
            status: self.first(Field::Status).map_or(LegalStatus::Unknown, |text| WORDS.status(text)),
            filed_on,
            registered_on,
            expires_on,
            office_status: self.text(Field::Status),
            owner: self.joined(Field::Owner),
            owner_country: self.text(Field::OwnerCountry),
            goods: self.joined(Field::Goods),
            mark_type: kind_words.and_then(|text| WORDS.mark_type(text)).unwrap_or_default(),
            source: Some(office.map_or_else(|| "tmview".to_owned(), |office| format!("tmview-{}", office.to_lowercase()))),
            ..Mark::new(id, "")
        };
        let has_nul = [&mark.id, &mark.verbal_element].into_iter().chain(&mark.owner).any(|text| text.contains('\0'));
        if has_nul { Err(Fault::row("holds a NUL byte: the row is damaged; export it anew")) } else { Ok(mark) }
    }

    /// What is kept of a row that was rejected.
    fn raw(&self) -> String {
        let number = self.first(Field::St13).or_else(|| self.first(Field::Number));
        json::raw(number.unwrap_or_default(), self.first(Field::Name).unwrap_or_default())
    }
}
