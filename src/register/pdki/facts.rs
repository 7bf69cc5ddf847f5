//! What a record of the register says, from whatever shape it came, and the mark that it makes.

use std::borrow::Cow;

use jiff::civil::Date;

use super::fields::Field;
use super::number::{self, Right};
use crate::mark::{LegalStatus, Mark, MarkKind, MarkType, NiceClasses};
use crate::register::notes::Notes;
use crate::register::office::pdki::WORDS;
use crate::register::row::MAX_ID_BYTES;
use crate::register::{Fault, Row, json, lenient};

/// The office's clock, in hours ahead of UTC.
const JAKARTA: i8 = 7;

/// The texts of one record; of a field that stands twice, the first that says something.
#[derive(Default)]
pub(super) struct Facts<'a> {
    number: Option<Cow<'a, str>>,
    registration_number: Option<Cow<'a, str>>,
    id: Option<Cow<'a, str>>,
    name: Option<Cow<'a, str>>,
    status: Option<Cow<'a, str>>,
    status_group: Option<Cow<'a, str>>,
    filed_on: Option<Cow<'a, str>>,
    protected_from: Option<Cow<'a, str>>,
    registered_on: Option<Cow<'a, str>>,
    expires_on: Option<Cow<'a, str>>,
    country: Option<Cow<'a, str>>,
    country_code: Option<Cow<'a, str>>,
    translation: Option<Cow<'a, str>>,
    types: Vec<Cow<'a, str>>,
    priorities: Vec<Cow<'a, str>>,
    owners: Vec<Cow<'a, str>>,
    classes: Vec<Cow<'a, str>>,
    goods: Vec<Cow<'a, str>>,
}

impl<'a> Facts<'a> {
    /// Takes what one cell says.
    pub(super) fn set(&mut self, field: Field, text: Cow<'a, str>) {
        // Words that elsewhere mean nothing may be a name.
        let is_said = if field == Field::Name { lenient::said_name(&text) } else { lenient::said(&text) }.is_some();
        if !is_said {
            return;
        }
        let cell = match field {
            Field::Number => &mut self.number,
            Field::RegistrationNumber => &mut self.registration_number,
            Field::Id => &mut self.id,
            Field::Name => &mut self.name,
            Field::Status => &mut self.status,
            Field::StatusGroup => &mut self.status_group,
            Field::FiledOn => &mut self.filed_on,
            Field::ProtectedFrom => &mut self.protected_from,
            Field::RegisteredOn => &mut self.registered_on,
            Field::ExpiresOn => &mut self.expires_on,
            Field::Country => &mut self.country,
            Field::CountryCode => &mut self.country_code,
            Field::Translation => &mut self.translation,
            Field::Type => return self.types.push(text),
            Field::PriorityOn => return self.priorities.push(text),
            Field::Owner => return self.owners.push(text),
            Field::Classes => return self.classes.push(text),
            Field::Goods => return self.goods.push(text),
            Field::Source => return,
        };
        cell.get_or_insert(text);
    }

    /// The row that a record in this line makes.
    pub(super) fn row(&self, line: u64, notes: &mut Notes) -> Row {
        match self.mark(notes) {
            Ok(mark) => Row::Part(mark),
            Err(fault) => {
                let (number, name) = self.number_and_name();
                Row::rejected(line, fault, json::raw(number, name).as_bytes())
            }
        }
    }

    /// Number and name, for showing a record that was rejected.
    fn number_and_name(&self) -> (&str, &str) {
        let number = self.number.as_ref().or(self.id.as_ref()).or(self.registration_number.as_ref());
        (number.map_or("", |text| text.trim()), self.name.as_ref().map_or("", |text| text.trim()))
    }

    /// The mark, or what is wrong with the record.
    fn mark(&self, notes: &mut Notes) -> Result<Mark, Fault> {
        let id = self.application_number()?;
        let types = self.types_joined();
        let verbal_element = self.name.as_deref().map(lenient::one_line).unwrap_or_default();
        let kind = match WORDS.kind(&types) {
            Some(MarkKind::Word | MarkKind::Combined) if verbal_element.is_empty() => {
                return Err(Fault::field("nama_merek", "is empty, although the mark is said to have words; look it up and add them"));
            }
            // Nothing but a picture: offices list such marks without a name.
            None if verbal_element.is_empty() => MarkKind::Figurative,
            kind => kind.unwrap_or_default(),
        };
        let right = number::right(&id);
        let (status, office_status) = self.status();
        let mark = Mark {
            verbal_element: verbal_element.into_owned(),
            classes: self.classes(notes),
            kind,
            status,
            filed_on: self.filed_on(notes),
            registered_on: self.registered_on.as_ref().and_then(|text| notes.date("tanggal_pendaftaran", text, JAKARTA)),
            expires_on: self.expires_on.as_ref().and_then(|text| notes.date("tanggal_berakhir_perlindungan", text, JAKARTA)),
            office_status,
            owner: joined(&self.owners),
            owner_country: self.country_code.as_ref().or(self.country.as_ref()).map(|text| lenient::one_line(text).into_owned()),
            goods: joined(&self.goods),
            translation: self.translation.as_ref().map(|text| lenient::one_line(text).into_owned()),
            mark_type: WORDS.mark_type(&types).unwrap_or(if right == Right::Services { MarkType::Service } else { MarkType::Trade }),
            source: Some(if right == Right::Madrid { "pdki-madrid" } else { "pdki" }.to_owned()),
            ..Mark::new(id, "")
        };
        refuse_nul(&mark)?;
        Ok(mark)
    }

    fn application_number(&self) -> Result<String, Fault> {
        let number = self.number.as_ref().map(|text| number::canonical(text.trim()));
        let id = || self.id.as_ref().map(|text| number::canonical(text.trim())).filter(|text| number::is_number(text));
        let registration = || self.registration_number.as_ref().map(|text| text.trim().into());
        match number.or_else(id).or_else(registration) {
            None => Err(Fault::field("nomor_permohonan", "is missing; without its number a mark can't be told from others: add it")),
            Some(number) if number.len() > MAX_ID_BYTES => {
                Err(Fault::field("nomor_permohonan", format!("is longer than {MAX_ID_BYTES} bytes, which no number is")))
            }
            Some(number) => Ok(number.into_owned()),
        }
    }

    /// The words on kind and type as the office's table has them: joined by `dan`, however they are joined.
    fn types_joined(&self) -> String {
        let mut joined = String::new();
        for text in &self.types {
            let text = lenient::one_line(text).replace(['&', '+', '/', ','], " dan ");
            text.split_whitespace().for_each(|word| {
                joined.push_str(word);
                joined.push(' ');
            });
            joined.push_str("; ");
        }
        joined
    }

    /// The group of statuses decides where the status itself has none of the known words.
    fn status(&self) -> (LegalStatus, Option<String>) {
        let texts = [&self.status, &self.status_group].into_iter().flatten();
        let told = texts.clone().map(|text| WORDS.status(&text.replace('_', " "))).find(|&status| status != LegalStatus::Unknown);
        let words = texts.map(|text| lenient::one_line(text).into_owned()).next();
        (told.unwrap_or(LegalStatus::Unknown), words)
    }

    fn classes(&self, notes: &mut Notes) -> NiceClasses {
        self.classes.iter().fold(NiceClasses::EMPTY, |all, text| all.union(notes.classes("class_no", text)))
    }

    /// The earliest of filing and priority; protection runs from the filing where that is not said.
    fn filed_on(&self, notes: &mut Notes) -> Option<Date> {
        let filed_on = self.filed_on.as_ref().and_then(|text| notes.date("tanggal_permohonan", text, JAKARTA));
        // What stands beside a priority's date (its number, its country) is none.
        let priority_on = self.priorities.iter().filter_map(|text| lenient::date_at(text, JAKARTA)).min();
        let protected_from = || self.protected_from.as_ref().and_then(|text| notes.date("tanggal_dimulai_perlindungan", text, JAKARTA));
        let filed_on = filed_on.or_else(protected_from);
        filed_on.into_iter().chain(priority_on).min()
    }
}

/// Texts joined by `; `, each once.
fn joined(texts: &[Cow<'_, str>]) -> Option<String> {
    let (first, rest) = texts.split_first()?;
    let mut joined = lenient::one_line(first).into_owned();
    for (place, text) in rest.iter().enumerate() {
        if texts[..=place].contains(text) {
            continue;
        }
        joined.push_str("; ");
        joined.push_str(&lenient::one_line(text));
    }
    Some(joined)
}

/// Refuses a record with a NUL in it, which no text has: it is damaged.
fn refuse_nul(mark: &Mark) -> Result<(), Fault> {
    let texts = [
        ("nomor_permohonan", Some(&mark.id)),
        ("nama_merek", Some(&mark.verbal_element)),
        ("owner", mark.owner.as_ref()),
        ("class_desc", mark.goods.as_ref()),
        ("translasi", mark.translation.as_ref()),
        ("status_permohonan", mark.office_status.as_ref()),
        ("country_name", mark.owner_country.as_ref()),
    ];
    match texts.into_iter().find(|(_, text)| text.is_some_and(|text| text.contains('\0'))) {
        Some((field, _)) => Err(Fault::field(field, "holds a NUL byte: the record is damaged; export it anew")),
        None => Ok(()),
    }
}
