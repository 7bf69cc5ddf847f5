//! Offices that send their records to WIPO: the standard's words, those of IPAS, and of the Indonesian office.

use super::OfficeWords;
use crate::mark::LegalStatus::{Expired, Pending, Refused, Registered, Removed, Withdrawn};
use crate::mark::{MarkKind, MarkType};

/// The words of ST.66 and ST.96.
pub(crate) const WORDS: OfficeWords = OfficeWords {
    statuses: &[
        // Asked for, not decided: the registration stands.
        ("cancellation pending", Registered),
        ("expired", Expired),
        ("berakhir", Expired),
        ("kadaluwarsa", Expired),
        ("lapsed", Expired),
        ("ended", Expired),
        ("rejected", Refused),
        ("refused", Refused),
        ("ditolak", Refused),
        ("withdrawn", Withdrawn),
        ("abandoned", Withdrawn),
        ("ditarik", Withdrawn),
        ("cancelled", Removed),
        ("canceled", Removed),
        ("surrendered", Removed),
        ("invalidated", Removed),
        ("revoked", Removed),
        ("removed", Removed),
        ("deleted", Removed),
        ("dihapus", Removed),
        ("dibatalkan", Removed),
        ("registered", Registered),
        ("registration", Registered),
        ("renewed", Registered),
        ("didaftar", Registered),
        ("terdaftar", Registered),
        ("filed", Pending),
        ("filing", Pending),
        ("examin", Pending),
        ("published", Pending),
        ("accepted", Pending),
        ("opposition", Pending),
        ("opposed", Pending),
        ("appeal", Pending),
        ("pending", Pending),
        ("application", Pending),
        ("classification", Pending),
        // Brazil's word for filed.
        ("depositado", Pending),
        ("permohonan", Pending),
        ("pemeriksaan", Pending),
        ("pengumuman", Pending),
    ],
    kinds: &[
        ("kata dan lukisan", MarkKind::Combined),
        ("both name and logo", MarkKind::Combined),
        ("combined", MarkKind::Combined),
        ("mixed", MarkKind::Combined),
        ("tiga dimensi", MarkKind::Other),
        ("suara", MarkKind::Other),
        ("hologram", MarkKind::Other),
        ("3-d", MarkKind::Other),
        ("three", MarkKind::Other),
        ("sound", MarkKind::Other),
        ("colour", MarkKind::Other),
        ("olfactory", MarkKind::Other),
        ("motion", MarkKind::Other),
        ("position", MarkKind::Other),
        ("lukisan", MarkKind::Figurative),
        ("figurative", MarkKind::Figurative),
        ("device", MarkKind::Figurative),
        ("kata", MarkKind::Word),
        ("word", MarkKind::Word),
        ("stylized", MarkKind::Word),
        ("verbal", MarkKind::Word),
    ],
    types: &[
        ("kolektif", MarkType::Collective),
        ("collective", MarkType::Collective),
        // Marks for goods and for services are both: what is used for goods stands first.
        ("dagang", MarkType::Trade),
        ("trade", MarkType::Trade),
        ("goods", MarkType::Trade),
        ("jasa", MarkType::Service),
        ("service", MarkType::Service),
    ],
};

/// The words of the Israeli office.
pub(crate) const ISRAEL: OfficeWords = OfficeWords {
    statuses: &[("active", Registered), ("pending", Pending), ("deleted", Removed)],
    kinds: &[],
    // "Collective/Certification mark" doesn't say which of them it is: both are the marks of a body.
    types: &[("collective", MarkType::Collective), ("trade", MarkType::Trade), ("service", MarkType::Service)],
};
