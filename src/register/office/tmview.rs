//! The words of TMview, which brings those of its offices into a few of its own.

use super::OfficeWords;
use crate::mark::{LegalStatus, MarkKind, MarkType};

/// Words of the rows' `sc` and `ty`, and of the fields of later answers.
pub(crate) const WORDS: OfficeWords = OfficeWords {
    statuses: &[
        ("not registered", LegalStatus::Unknown),
        ("unregistered", LegalStatus::Unknown),
        ("registration published", LegalStatus::Registered),
        ("appeal", LegalStatus::Pending),
        ("opposition", LegalStatus::Pending),
        ("opposed", LegalStatus::Pending),
        ("pending", LegalStatus::Pending),
        ("examin", LegalStatus::Pending),
        ("filed", LegalStatus::Pending),
        ("publi", LegalStatus::Pending),
        ("withdrawn", LegalStatus::Withdrawn),
        ("abandon", LegalStatus::Withdrawn),
        ("refus", LegalStatus::Refused),
        ("reject", LegalStatus::Refused),
        ("expired", LegalStatus::Expired),
        ("lapsed", LegalStatus::Expired),
        // TMview's word for a right or an application that is over, whatever ended it.
        ("ended", LegalStatus::Removed),
        ("cancel", LegalStatus::Removed),
        ("surrender", LegalStatus::Removed),
        ("invalid", LegalStatus::Removed),
        ("revo", LegalStatus::Removed),
        ("removed", LegalStatus::Removed),
        ("register", LegalStatus::Registered),
        ("registration", LegalStatus::Registered),
        ("accepted", LegalStatus::Pending),
        ("application", LegalStatus::Pending),
    ],
    kinds: &[
        ("combined", MarkKind::Combined),
        ("with verbal", MarkKind::Combined),
        ("word and", MarkKind::Combined),
        ("figurative", MarkKind::Figurative),
        ("3-d", MarkKind::Other),
        ("3d", MarkKind::Other),
        ("shape", MarkKind::Other),
        ("sound", MarkKind::Other),
        ("colour", MarkKind::Other),
        ("color", MarkKind::Other),
        ("hologram", MarkKind::Other),
        ("olfactory", MarkKind::Other),
        ("position", MarkKind::Other),
        ("pattern", MarkKind::Other),
        ("motion", MarkKind::Other),
        ("multimedia", MarkKind::Other),
        ("other", MarkKind::Other),
        ("stylized", MarkKind::Combined),
        ("word", MarkKind::Word),
    ],
    types: &[("collective", MarkType::Collective), ("certification", MarkType::Collective), ("service", MarkType::Service)],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_mean_what_they_say() {
        use LegalStatus::*;
        for (text, expected) in [
            ("Registered", Registered),
            ("Registration published", Registered),
            ("Expired", Expired),
            ("Filed", Pending),
            ("Ended", Removed),
            ("Application opposed", Pending),
            ("Application under examination", Pending),
            ("Registration cancelled", Removed),
            ("Application refused", Refused),
            ("Application withdrawn", Withdrawn),
            ("Not registered", Unknown),
            ("?", Unknown),
        ] {
            assert_eq!(WORDS.status(text), expected, "{text}");
        }
        for (text, expected) in [
            ("Word", MarkKind::Word),
            ("Combined", MarkKind::Combined),
            ("Figurative", MarkKind::Figurative),
            ("3-D", MarkKind::Other),
            ("Sound", MarkKind::Other),
        ] {
            assert_eq!(WORDS.kind(text), Some(expected), "{text}");
        }
    }
}
