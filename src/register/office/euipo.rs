//! The EU office: its words.

use super::OfficeWords;
use crate::mark::LegalStatus::{Expired, Pending, Refused, Registered, Removed, Withdrawn};
use crate::mark::{MarkKind, MarkType};

/// The words of the office's bulk files.
pub(crate) const WORDS: OfficeWords = OfficeWords {
    statuses: &[
        // Asked for, not decided: the registration stands.
        ("cancellation pending", Registered),
        ("registration cancelled", Removed),
        ("surrendered", Removed),
        ("removed", Removed),
        ("deleted", Removed),
        ("expired", Expired),
        ("withdrawn", Withdrawn),
        ("refused", Refused),
        ("rejected", Refused),
        ("cancelled", Removed),
        ("registered", Registered),
        ("registration", Registered),
        ("accepted", Pending),
        ("application", Pending),
        ("opposition", Pending),
        ("opposed", Pending),
        ("appeal", Pending),
        ("interruption", Pending),
        ("filed", Pending),
        ("published", Pending),
        ("examination", Pending),
        ("filing", Pending),
    ],
    kinds: &[
        ("figurative", MarkKind::Figurative),
        ("stylized characters", MarkKind::Word),
        ("combined", MarkKind::Combined),
        ("word", MarkKind::Word),
        ("3-d", MarkKind::Other),
        ("three", MarkKind::Other),
        ("shape", MarkKind::Other),
        ("colour", MarkKind::Other),
        ("sound", MarkKind::Other),
        ("hologram", MarkKind::Other),
        ("olfactory", MarkKind::Other),
        ("position", MarkKind::Other),
        ("pattern", MarkKind::Other),
        ("motion", MarkKind::Other),
        ("multimedia", MarkKind::Other),
        ("other", MarkKind::Other),
    ],
    types: &[("collective", MarkType::Collective)],
};
