//! What a mark is: identity, words, legal facts. No input or output.
//!
//! A [`Mark`] is a right or an application on a register, as the office wrote it. What the
//! later stages derive from it (tokens, readings, concepts) is never stored here.

mod classes;
mod status;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use classes::{NiceClass, NiceClasses};
pub use status::{Bar, LegalStatus, NoBar};

/// A trade mark on a register: one application or registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Unique within a register; the same id replaces.
    pub id: String,
    /// The words of the mark as filed. May be empty or hold nothing but an office phrase.
    #[serde(rename = "name")]
    pub verbal_element: String,
    /// Nice classes; empty where the register does not say.
    #[serde(default, skip_serializing_if = "NiceClasses::is_empty")]
    pub classes: NiceClasses,
    /// What the sign consists of.
    #[serde(default, skip_serializing_if = "is_default")]
    pub kind: MarkKind,
    /// Where the right stands.
    #[serde(default, skip_serializing_if = "is_default")]
    pub status: LegalStatus,
    /// Filing (or priority) date, which decides who was first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filed_on: Option<Date>,
    /// Date of registration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registered_on: Option<Date>,
    /// End of protection; renewal stays open for six months after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<Date>,
    /// The office's own words for the status, where [`Mark::status`] was told from them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office_status: Option<String>,
    /// Proprietor or applicant, by name alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Where the owner is from: a country code of two letters (ST.3) or a country's name, as the office has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_country: Option<String>,
    /// Goods and services in the register's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goods: Option<String>,
    /// Meaning of the words as the applicant stated it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translation: Option<String>,
    /// Trade, service or collective mark.
    #[serde(default, skip_serializing_if = "is_default")]
    pub mark_type: MarkType,
    /// Community or body that the mark belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Where the row came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl Mark {
    /// A registered word mark of which nothing else is known.
    pub fn new(id: impl Into<String>, verbal_element: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            verbal_element: verbal_element.into(),
            classes: NiceClasses::default(),
            kind: MarkKind::default(),
            status: LegalStatus::default(),
            filed_on: None,
            registered_on: None,
            expires_on: None,
            office_status: None,
            owner: None,
            owner_country: None,
            goods: None,
            translation: None,
            mark_type: MarkType::default(),
            group: None,
            source: None,
        }
    }
}

/// What a sign consists of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// Words, letters or numbers alone.
    #[default]
    Word,
    /// A picture without words.
    Figurative,
    /// Words and a picture.
    Combined,
    /// Anything else: three-dimensional, sound, hologram.
    Other,
}

/// What a mark is used for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkType {
    /// On goods (merek dagang).
    #[default]
    Trade,
    /// On services (merek jasa).
    Service,
    /// By the members of a body (merek kolektif).
    Collective,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
