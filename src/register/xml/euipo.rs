//! The EU office's bulk files (EM-TM-TradeMark, versions 1 to 3).
//!
//! Goods stand in up to 24 languages, of which one is kept. Applicants stand by their number alone, their
//! names in files of their own.

use super::Dialect;
use super::draft::{Draft, Meaning};
use super::paths::Field;
use super::st66::{APPLICANT, HOLDER, PARTY, TRADE_MARK};
use crate::mark::LegalStatus;
use crate::register::office::euipo;

pub(super) const DIALECT: Dialect = Dialect {
    table: &[
        (&["RequestProducerDateTime"], &[("", Field::WrittenOn)]),
        (&["TradeMark"], TRADE_MARK),
        (&["TradeMark"], &[("", Field::Record), ("ApplicantDetails/ApplicantKey/Identifier", Field::OwnerNumber)]),
        (&["TradeMark/ApplicantDetails/Applicant", "TradeMark/HolderDetails/Holder"], PARTY),
        (&["TradeMark/ApplicantDetails/Applicant"], APPLICANT),
        (&["TradeMark/HolderDetails/Holder"], HOLDER),
    ],
    is_open: false,
    office: "EM",
    meaning,
};

fn meaning(draft: &mut Draft) -> Meaning {
    if !draft.value(Field::OwnerNumber).is_empty() && draft.owners.is_empty() {
        draft.warnings.say("owners stand in it by number alone; their names are in other files of the office, and are left out".to_owned());
    }
    let status = draft.value(Field::Status);
    Meaning {
        status: Some(if draft.is_deleted() { LegalStatus::Removed } else { euipo::WORDS.status(status) }),
        office_status: if draft.is_deleted() { Some("Delete".to_owned()) } else { (!status.is_empty()).then(|| status.to_owned()) },
        kind: euipo::WORDS.kind(draft.value(Field::Kind)),
        mark_type: euipo::WORDS.mark_type(draft.value(Field::MarkType)),
    }
}
