//! The US office's daily application files, by its DTD 2.0.
//!
//! They have no end of protection, so marks from them have none: what follows from the date of a renewal
//! would clear marks that were renewed since.

use super::Dialect;
use super::draft::{Draft, Meaning};
use super::paths::Field;
use crate::mark::MarkType;
use crate::register::office::uspto;

pub(super) const DIALECT: Dialect = Dialect {
    table: &[
        (&["creation-datetime"], &[("", Field::WrittenOn)]),
        (
            &["case-file"],
            &[
                ("", Field::Record),
                ("serial-number", Field::Number),
                ("registration-number", Field::RegistrationNumber),
                ("transaction-date", Field::ChangedOn),
                ("case-file-header/filing-date", Field::FiledOn),
                ("case-file-header/registration-date", Field::RegisteredOn),
                ("case-file-header/status-code", Field::Status),
                ("case-file-header/mark-identification", Field::Name),
                ("case-file-header/mark-drawing-code", Field::DrawingCode),
                ("case-file-header/trademark-in", Field::TradeFlag),
                ("case-file-header/service-mark-in", Field::ServiceFlag),
                ("case-file-header/collective-trademark-in", Field::CollectiveFlag),
                ("case-file-header/collective-service-mark-in", Field::CollectiveFlag),
                ("case-file-header/collective-membership-mark-in", Field::CollectiveFlag),
                ("case-file-statements/case-file-statement", Field::Statement),
                ("case-file-statements/case-file-statement/type-code", Field::StatementCode),
                ("case-file-statements/case-file-statement/text", Field::StatementText),
                ("classifications/classification", Field::Class),
                ("classifications/classification/international-code", Field::ClassNumber),
                ("case-file-owners/case-file-owner", Field::Applicant),
                ("case-file-owners/case-file-owner/party-type", Field::OwnerRank),
                ("case-file-owners/case-file-owner/party-name", Field::OwnerName),
                ("case-file-owners/case-file-owner/country", Field::OwnerCountry),
                ("case-file-owners/case-file-owner/state", Field::OwnerState),
                ("case-file-owners/case-file-owner/nationality/country", Field::OwnerNationality),
                ("case-file-owners/case-file-owner/nationality/state", Field::OwnerNationalState),
            ],
        ),
    ],
    is_open: false,
    office: "US",
    meaning,
};

fn meaning(draft: &mut Draft) -> Meaning {
    let (status, office_status) = uspto::status(draft.value(Field::Status));
    let is_set = |field| draft.value(field) == "T";
    let mark_type = if is_set(Field::CollectiveFlag) {
        Some(MarkType::Collective)
    } else {
        (is_set(Field::ServiceFlag) && !is_set(Field::TradeFlag)).then_some(MarkType::Service)
    };
    Meaning { status, office_status, kind: uspto::kind(draft.value(Field::DrawingCode)), mark_type }
}
