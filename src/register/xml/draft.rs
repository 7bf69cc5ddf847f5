//! What a record has said so far, and the mark that it makes.

use jiff::civil::Date;
use quick_xml::events::BytesStart;

use super::Dialect;
use super::owners::Owners;
use super::paths::{Field, Tree};
use super::texts::{add, add_distinct, attribute, cut, date, language, one_line, said};
use crate::mark::{LegalStatus, Mark, MarkKind, MarkType, NiceClass, NiceClasses};
use crate::register::Fault;
use crate::register::row::MAX_ID_BYTES;

/// What the words of a record mean, for its dialect to say.
#[derive(Default)]
pub(super) struct Meaning {
    pub(super) status: Option<LegalStatus>,
    pub(super) office_status: Option<String>,
    pub(super) kind: Option<MarkKind>,
    pub(super) mark_type: Option<MarkType>,
}

/// What a record has said so far. Its buffers serve record after record.
#[derive(Default)]
pub(super) struct Draft {
    is_open: bool,
    line: u64,
    fault: Option<Fault>,
    /// What comes once, by [`Field`].
    values: Vec<String>,
    name: String,
    translation: String,
    classes: NiceClasses,
    /// Classes of another classification than that of Nice stand in the element that is read.
    is_national_class: bool,
    goods: String,
    class_goods: ClassGoods,
    pub(super) owners: Owners,
    statement_code: String,
    is_deleted: bool,
    unit_type: String,
    written_on: Option<Date>,
    changed_on: Option<Date>,
    pub(super) warnings: Warnings,
}

/// The goods of one class, of which some offices give the texts of many languages: the one that
/// is most likely to be understood by our users is kept.
#[derive(Default)]
struct ClassGoods {
    text: String,
    language: String,
    rank: u8,
}

/// Indonesian before English before the language that comes first.
fn language_rank(language: &str) -> u8 {
    match language {
        "id" => 3,
        "en" => 2,
        _ => 1,
    }
}

impl Draft {
    pub(super) fn new(warnings: Vec<String>) -> Self {
        Self { values: vec![String::new(); Field::COUNT], warnings: Warnings(warnings), ..Self::default() }
    }

    /// A record begins in `line`.
    pub(super) fn begin(&mut self, line: u64) {
        (self.is_open, self.line, self.fault) = (true, line, None);
        self.values.iter_mut().for_each(String::clear);
        for text in [&mut self.name, &mut self.translation, &mut self.goods, &mut self.class_goods.text, &mut self.statement_code] {
            text.clear();
        }
        (self.classes, self.is_national_class, self.is_deleted) = (NiceClasses::EMPTY, false, false);
        self.owners.clear();
    }

    /// True from the beginning of a record until it is finished.
    pub(super) fn is_open(&self) -> bool {
        self.is_open
    }

    /// Where the record begins.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// The record can't be read; the first reason stands.
    pub(super) fn spoil(&mut self, fault: Fault) {
        if self.is_open && self.fault.is_none() {
            self.fault = Some(fault);
        }
    }

    /// An element begins; true where its text is wanted.
    pub(super) fn open(&mut self, field: Field, tag: &BytesStart<'_>) -> bool {
        match field {
            Field::Unit => {
                self.unit_type.clear();
                false
            }
            Field::UnitType | Field::WrittenOn => true,
            Field::Record | Field::OpenRecord => {
                self.is_deleted = attribute(tag, "operationCode").is_some_and(|operation| operation.eq_ignore_ascii_case("delete"));
                false
            }
            _ if !self.is_open || self.fault.is_some() && field != Field::Number && field != Field::Name => false,
            Field::Class => {
                self.is_national_class = false;
                false
            }
            Field::Applicant | Field::Holder => {
                let is_ranked = self.value(Field::Office) == "US" && field == Field::Applicant;
                // The US office numbers its applicants by what they are, the latest owner highest.
                let stated = if is_ranked { attribute(tag, "sequenceNumber").and_then(|rank| rank.parse().ok()) } else { None };
                self.owners.open(if field == Field::Holder { u16::MAX } else { stated.unwrap_or(0) });
                false
            }
            Field::Statement => {
                self.statement_code.clear();
                false
            }
            Field::StatementText => self.statement_code.starts_with("GS") || self.statement_code.starts_with("TR"),
            Field::Goods => self.wants_goods(&language(tag)),
            Field::OwnerName | Field::OwnerNameLine => self.owners.wants_name(field, &language(tag)),
            _ => true,
        }
    }

    fn wants_goods(&mut self, language: &str) -> bool {
        let goods = &mut self.class_goods;
        let rank = language_rank(language);
        if !goods.text.is_empty() && (rank < goods.rank || rank == goods.rank && goods.language != language) {
            return false;
        }
        if goods.language != language || goods.text.is_empty() {
            goods.text.clear();
            goods.language.clear();
            goods.language.push_str(language);
            goods.rank = rank;
        }
        true
    }

    /// The text of an element, without white space around it.
    pub(super) fn take(&mut self, field: Field, text: &str, tree: &Tree) {
        // Offices write a dash for nothing.
        if text.is_empty() || text == "-" {
            return;
        }
        if text.contains('\0') {
            self.spoil(Fault::field(tree.name_of(field), "holds a NUL character: the record is damaged; have it exported anew"));
            return;
        }
        match field {
            Field::UnitType => self.unit_type.push_str(text),
            Field::WrittenOn => self.written_on = self.written_on.max(date(text)),
            Field::ChangedOn => self.changed_on = self.changed_on.max(date(text)),
            Field::Name => add_distinct(&mut self.name, text, " "),
            Field::Translation => add_distinct(&mut self.translation, text, "; "),
            Field::ClassKind => self.is_national_class = ["national", "domestic"].iter().any(|kind| text.eq_ignore_ascii_case(kind)),
            Field::ClassNumber if self.is_national_class => {}
            Field::ClassNumber => self.take_class(text, tree),
            Field::Goods => add(&mut self.class_goods.text, text, "; "),
            Field::StatementCode => self.statement_code.push_str(text),
            Field::StatementText if self.statement_code.starts_with("GS") => add(&mut self.goods, text, "; "),
            Field::StatementText => add_distinct(&mut self.translation, text, "; "),
            _ if self.owners.take(field, text) => {}
            _ => {
                let value = &mut self.values[field as usize];
                if value.is_empty() {
                    value.push_str(text);
                }
            }
        }
    }

    fn take_class(&mut self, text: &str, tree: &Tree) {
        let number = text.trim_start_matches('0').parse::<u8>().ok();
        match number.and_then(|number| NiceClass::try_from(number).ok()) {
            Some(class) => self.classes.insert(class),
            None => {
                let element = tree.name_of(Field::ClassNumber);
                self.warnings.say(format!("{element} {:?} is no Nice class and is left out of its marks", cut(text)));
            }
        }
    }

    /// An element ends.
    pub(super) fn close(&mut self, field: Field) {
        match field {
            Field::Class => {
                add(&mut self.goods, &self.class_goods.text, "; ");
                self.class_goods.text.clear();
            }
            Field::Applicant | Field::Holder => self.owners.close(),
            _ => {}
        }
    }

    /// What came for `field`, empty where nothing did.
    pub(super) fn value(&self, field: Field) -> &str {
        &self.values[field as usize]
    }

    /// What the element around the record says of it.
    pub(super) fn unit_type(&self) -> &str {
        &self.unit_type
    }

    /// True where the office takes the record back.
    pub(super) fn is_deleted(&self) -> bool {
        self.is_deleted
    }

    /// The day on which the file was written, or its records were last changed.
    pub(super) fn data_date(&self) -> Option<Date> {
        self.written_on.or(self.changed_on)
    }

    /// A rejected record in short: its number and its name, and nothing of persons.
    pub(super) fn outline(&self) -> String {
        format!("{} {}", self.value(Field::Number), self.name).trim().to_owned()
    }

    /// The mark that the record makes.
    pub(super) fn finish(&mut self, dialect: &Dialect, tree: &Tree) -> Result<Mark, Fault> {
        self.is_open = false;
        if let Some(fault) = self.fault.take() {
            return Err(fault);
        }
        if self.value(Field::Office).is_empty() {
            self.values[Field::Office as usize].push_str(dialect.office);
        }
        let meaning = (dialect.meaning)(self);
        let name = one_line(&self.name);
        let office = self.value(Field::Office);
        let mut mark = Mark {
            classes: self.classes,
            kind: kind(meaning.kind, !name.is_empty()).map_err(|reason| Fault::field(tree.name_of(Field::Name), reason))?,
            status: meaning.status.unwrap_or(LegalStatus::Unknown),
            office_status: meaning.office_status,
            mark_type: meaning.mark_type.unwrap_or_default(),
            goods: said(&self.goods),
            translation: said(&self.translation),
            source: Some(source(office)),
            ..Mark::new(self.id(office, tree)?, name)
        };
        (mark.owner, mark.owner_country) = self.owners.finish(office == "US");
        mark.filed_on = self.date(Field::FiledOn, tree);
        mark.registered_on = self.date(Field::RegisteredOn, tree);
        mark.expires_on = self.date(Field::ExpiresOn, tree);
        Ok(mark)
    }

    /// Numbers of several offices may clash, so they stand behind their office; the Indonesian ones stand bare,
    /// as they do in every source of that office.
    fn id(&self, office: &str, tree: &Tree) -> Result<String, Fault> {
        let (number, registration) = (self.value(Field::Number), self.value(Field::RegistrationNumber));
        let id = match (office, number.is_empty(), registration.trim_matches('0').is_empty()) {
            ("ID", false, _) => number.to_owned(),
            (_, false, _) => format!("{office}-{number}"),
            (_, true, false) => format!("{office}-R{registration}"),
            (_, true, true) => {
                return Err(Fault::field(
                    tree.name_of(Field::Number),
                    "is empty; without a number a mark can't be told from others of its name",
                ));
            }
        };
        if id.len() > MAX_ID_BYTES {
            return Err(Fault::field(tree.name_of(Field::Number), format!("is longer than {MAX_ID_BYTES} bytes, as no number is")));
        }
        Ok(id)
    }

    fn date(&mut self, field: Field, tree: &Tree) -> Option<Date> {
        let text = self.value(field);
        // So offices write that there is none.
        if text.trim_matches('0').is_empty() {
            return None;
        }
        let date = date(text);
        if date.is_none() {
            // Without its date a mark still stands in the way of others; left out as a whole it would not.
            let warning = format!("{} {:?} is no date and is left out of its mark", tree.name_of(field), cut(text));
            self.warnings.say(warning);
        }
        date
    }
}

/// What the sign consists of; a mark of words without words is refused.
fn kind(stated: Option<MarkKind>, has_words: bool) -> Result<MarkKind, &'static str> {
    match (stated, has_words) {
        (Some(MarkKind::Word), false) => Err("is empty though the mark is one of words; have its words exported too"),
        // Some offices call every mark with a picture figurative, whatever words are in it.
        (Some(MarkKind::Figurative), true) => Ok(MarkKind::Combined),
        (Some(MarkKind::Combined) | None, false) => Ok(MarkKind::Figurative),
        (None, true) => Ok(MarkKind::Word),
        (Some(kind), _) => Ok(kind),
    }
}

/// The short word for whose data it is.
fn source(office: &str) -> String {
    match office {
        "US" => "uspto".to_owned(),
        "EM" => "euipo".to_owned(),
        office => format!("wipo-{}", office.to_ascii_lowercase()),
    }
}

/// What there is to say of a file, each once.
#[derive(Default)]
pub(super) struct Warnings(Vec<String>);

impl Warnings {
    /// Beyond it the warnings of one file tell nothing new.
    const MAX_COUNT: usize = 20;

    pub(super) fn say(&mut self, warning: String) {
        if self.0.len() < Self::MAX_COUNT && !self.0.contains(&warning) {
            self.0.push(warning);
        }
    }

    pub(super) fn all(&self) -> &[String] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_without_words_is_figurative_unless_it_is_said_to_be_of_words() {
        use MarkKind::*;
        assert_eq!(kind(None, false), Ok(Figurative));
        assert_eq!(kind(None, true), Ok(Word));
        assert_eq!(kind(Some(Combined), false), Ok(Figurative));
        assert_eq!(kind(Some(Figurative), true), Ok(Combined));
        assert_eq!(kind(Some(Other), false), Ok(Other));
        assert!(kind(Some(Word), false).is_err());
    }
}
