//! What the words of an office mean: a small table each.
//!
//! A new office is a table here; a new format is a module beside this one.

pub(crate) mod euipo;
pub(crate) mod pdki;
pub(crate) mod tmview;
pub(crate) mod uspto;
pub(crate) mod wipo;

use crate::mark::{LegalStatus, MarkKind, MarkType};

/// The words of an office, each list in the order in which it is gone through: the first word that is found
/// in the office's text, as a part of it, letters taken without case, decides.
pub(crate) struct OfficeWords {
    /// Legal status.
    pub statuses: &'static [(&'static str, LegalStatus)],
    /// What the sign consists of.
    pub kinds: &'static [(&'static str, MarkKind)],
    /// What the mark is used for.
    pub types: &'static [(&'static str, MarkType)],
}

impl OfficeWords {
    /// The status that the office's text means; unknown where it has none of the words.
    pub(crate) fn status(&self, text: &str) -> LegalStatus {
        found(self.statuses, text).unwrap_or(LegalStatus::Unknown)
    }

    /// What the sign consists of, where the text says it.
    pub(crate) fn kind(&self, text: &str) -> Option<MarkKind> {
        found(self.kinds, text)
    }

    /// What the mark is used for, where the text says it.
    pub(crate) fn mark_type(&self, text: &str) -> Option<MarkType> {
        found(self.types, text)
    }
}

fn found<T: Copy>(words: &[(&str, T)], text: &str) -> Option<T> {
    let text = text.to_lowercase();
    words.iter().find(|(word, _)| text.contains(word)).map(|(_, value)| *value)
}
