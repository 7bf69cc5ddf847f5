//! ST.96 of any office, in the versions whose namespaces end in `/Trademark/1` and in `ST96/Trademark`.

use super::Dialect;
use super::paths::Field;
use super::st66::meaning_of_words;

pub(super) const DIALECT: Dialect = Dialect {
    table: &[
        (&["RequestProducerDateTime"], &[("", Field::WrittenOn)]),
        (
            &["Trademark"],
            &[
                ("", Field::Record),
                ("RegistrationOfficeCode", Field::Office),
                ("ApplicationNumber", Field::Number),
                ("ApplicationNumber/IPOfficeCode", Field::Office),
                ("ApplicationNumber/ApplicationNumberText", Field::Number),
                ("RegistrationNumber", Field::RegistrationNumber),
                ("ApplicationDate", Field::FiledOn),
                ("RegistrationDate", Field::RegisteredOn),
                ("ExpiryDate", Field::ExpiresOn),
                ("MarkCurrentStatusCode", Field::Status),
                ("NationalTrademarkInformation/MarkCurrentStatusExternalDescriptionText", Field::StatusText),
                ("MarkCategory", Field::MarkType),
                ("MarkRepresentation/MarkFeatureCategory", Field::Kind),
                ("MarkRepresentation/**/MarkFeatureCode", Field::DrawingCode),
                ("MarkRepresentation/**/MarkVerbalElementText", Field::Name),
                ("MarkRepresentation/**/MarkTranslationText", Field::Translation),
                ("GoodsServicesBag/**/GoodsServicesClassification", Field::Class),
                ("GoodsServicesBag/**/GoodsServicesClassification/ClassificationKindCode", Field::ClassKind),
                ("GoodsServicesBag/**/GoodsServicesClassification/ClassNumber", Field::ClassNumber),
                ("GoodsServicesBag/**/ClassDescription", Field::Class),
                ("GoodsServicesBag/**/ClassDescription/ClassNumber", Field::ClassNumber),
                ("GoodsServicesBag/**/ClassDescription/GoodsServicesDescriptionText", Field::Goods),
                ("HolderBag/Holder", Field::Holder),
            ],
        ),
        (
            &["Trademark/ApplicantBag/Applicant", "Trademark/HolderBag/Holder"],
            &[
                ("**/OrganizationStandardName", Field::OwnerName),
                ("**/EntityName", Field::OwnerName),
                ("**/PersonFullName", Field::OwnerName),
                ("**/FirstName", Field::OwnerFirstName),
                ("**/LastName", Field::OwnerLastName),
                ("**/CountryCode", Field::OwnerCountry),
                ("NationalityCode", Field::OwnerNationality),
                ("IncorporationCountryCode", Field::OwnerNationality),
            ],
        ),
        (&["Trademark/ApplicantBag/Applicant"], &[("", Field::Applicant)]),
    ],
    is_open: false,
    office: "WO",
    meaning: meaning_of_words,
};
