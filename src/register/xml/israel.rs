//! The Israeli office's own records, which stand among those that WIPO gathers.

use super::Dialect;
use super::draft::{Draft, Meaning};
use super::paths::Field;
use crate::register::office::wipo;

pub(super) const DIALECT: Dialect = Dialect {
    table: &[(
        &["TMBRAND"],
        &[
            ("", Field::Record),
            ("DETAILS/OFFICENUMBER", Field::Number),
            ("DETAILS/FILINGDATE", Field::FiledOn),
            ("DETAILS/REGISTRATIONDATE", Field::RegisteredOn),
            ("DETAILS/EXPIRATIONDATE", Field::ExpiresOn),
            ("DETAILS/BRANDTYPE", Field::MarkType),
            ("DETAILS/STATUS", Field::Status),
            ("DETAILS/BRAND/NAME", Field::Name),
            ("APPLICANTS/APPLICANT", Field::Applicant),
            ("APPLICANTS/APPLICANT/NAMES/NAME", Field::OwnerNameLine),
            ("NICEGROUP/NICECLASS", Field::Class),
            ("NICEGROUP/NICECLASS/TYPE", Field::ClassNumber),
            ("NICEGROUP/NICECLASS/LIST", Field::Goods),
        ],
    )],
    is_open: false,
    office: "IL",
    meaning,
};

fn meaning(draft: &mut Draft) -> Meaning {
    let status = draft.value(Field::Status);
    Meaning {
        status: Some(wipo::ISRAEL.status(status)),
        office_status: (!status.is_empty()).then(|| status.to_owned()),
        kind: None,
        mark_type: wipo::ISRAEL.mark_type(draft.value(Field::MarkType)),
    }
}
