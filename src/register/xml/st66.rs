//! ST.66 in the dialects of WIPO's IPAS, which many offices use, the Indonesian one among them, and of the
//! US office, which writes the applicants behind the mark.

use super::Dialect;
use super::draft::{Draft, Meaning};
use super::paths::Field;
use crate::register::office::{uspto, wipo};

pub(super) const DIALECT: Dialect = Dialect {
    table: &[
        (&["RequestProducerDateTime"], &[("", Field::WrittenOn)]),
        (&["TransactionContentDetails"], &[("", Field::Unit), ("**/TransactionCode", Field::UnitType)]),
        (TRADE_MARKS, TRADE_MARK),
        (
            TRADE_MARKS,
            &[
                ("", Field::OpenRecord),
                ("TradeMarkExt/MarkCurrentStatusExternalDescriptionText", Field::StatusText),
                ("TradeMarkExt/MarkFeatureCode", Field::DrawingCode),
            ],
        ),
        (APPLICANTS, PARTY),
        (APPLICANTS, APPLICANT),
        (HOLDERS, PARTY),
        (HOLDERS, HOLDER),
    ],
    is_open: true,
    office: "WO",
    meaning: meaning_of_words,
};

const TRADE_MARKS: &[&str] = &["TransactionContentDetails/**/TradeMark", "TradeMark"];

/// What is read of a mark, its parties apart, in every dialect and in the formats that were made from it.
pub(super) const TRADE_MARK: &[(&str, Field)] = &[
    ("RegistrationOfficeCode", Field::Office),
    ("ApplicationNumber", Field::Number),
    ("RegistrationNumber", Field::RegistrationNumber),
    ("ApplicationDate", Field::FiledOn),
    ("RegistrationDate", Field::RegisteredOn),
    ("ExpiryDate", Field::ExpiresOn),
    ("MarkCurrentStatusCode", Field::Status),
    ("KindMark", Field::MarkType),
    ("MarkFeature", Field::Kind),
    ("WordMarkSpecification/MarkVerbalElementText", Field::Name),
    ("WordMarkSpecification/MarkTranslation", Field::Translation),
    ("GoodsServicesDetails/**/ClassDescription", Field::Class),
    ("GoodsServicesDetails/**/ClassDescription/ClassNumber", Field::ClassNumber),
    ("GoodsServicesDetails/**/ClassDescription/GoodsServicesDescription", Field::Goods),
];

/// Where applicants stand: in their mark, or behind it.
const APPLICANTS: &[&str] = &[
    "TransactionContentDetails/**/TradeMark/ApplicantDetails/Applicant",
    "TransactionContentDetails/**/ApplicantDetails/Applicant",
    "TradeMark/ApplicantDetails/Applicant",
];

/// As [`APPLICANTS`].
const HOLDERS: &[&str] = &[
    "TransactionContentDetails/**/TradeMark/HolderDetails/Holder",
    "TransactionContentDetails/**/HolderDetails/Holder",
    "TradeMark/HolderDetails/Holder",
];

/// What is read of an applicant or a holder: nothing that leads to a person's door.
pub(super) const PARTY: &[(&str, Field)] = &[
    ("**/FreeFormatNameLine", Field::OwnerNameLine),
    ("**/OrganizationName", Field::OwnerName),
    ("**/FirstName", Field::OwnerFirstName),
    ("**/LastName", Field::OwnerLastName),
    ("**/AddressCountryCode", Field::OwnerCountry),
    ("**/FormattedAddressCountryCode", Field::OwnerCountry),
];

/// What is read of an applicant beside [`PARTY`].
pub(super) const APPLICANT: &[(&str, Field)] = &[
    ("", Field::Applicant),
    ("ApplicantNationalityCode", Field::OwnerNationality),
    ("ApplicantIncorporationCountryCode", Field::OwnerNationality),
    ("ApplicantExt/PartyTypeCode", Field::OwnerRank),
];

/// What is read of a holder beside [`PARTY`].
pub(super) const HOLDER: &[(&str, Field)] =
    &[("", Field::Holder), ("HolderNationalityCode", Field::OwnerNationality), ("HolderIncorporationCountryCode", Field::OwnerNationality)];

/// What the words of ST.66 and ST.96 mean: those of the US office by its codes, those of others by WIPO's words.
pub(super) fn meaning_of_words(draft: &mut Draft) -> Meaning {
    let (status, type_words, kind_words) = (draft.value(Field::Status), draft.value(Field::MarkType), draft.value(Field::Kind));
    let mark_type = wipo::WORDS.mark_type(draft.unit_type()).or_else(|| wipo::WORDS.mark_type(type_words));
    if draft.value(Field::Office) == "US" {
        let (status, office_status) = uspto::status(status);
        let kind = uspto::kind(draft.value(Field::DrawingCode)).or_else(|| uspto::WORDS.kind(kind_words));
        return Meaning { status, office_status, kind, mark_type: uspto::WORDS.mark_type(type_words) };
    }
    // A number of the office's own says nothing; where there is a text to it, the text does.
    let told = [status, draft.value(Field::StatusText)].into_iter().find(|text| text.chars().any(char::is_alphabetic)).unwrap_or(status);
    Meaning {
        status: Some(wipo::WORDS.status(told)),
        office_status: (!told.is_empty()).then(|| told.to_owned()),
        kind: wipo::WORDS.kind(kind_words),
        mark_type,
    }
}
