//! Small files of every format, made by hand, and the marks that they make.

use jiff::civil::date;

use super::*;
use crate::mark::{LegalStatus, MarkKind, MarkType};

#[test]
fn a_case_file_of_the_us_office_keeps_what_a_mark_has() {
    let file = uspto(
        "<case-file>\n<serial-number>77000001</serial-number>\n<registration-number>0000000</registration-number>\n\
         <transaction-date>20261122</transaction-date>\n\
         <case-file-header><filing-date>20200131</filing-date><registration-date>20210802</registration-date><status-code>702</status-code>\
         <mark-identification>KOPI &amp; TEH &#x26; &quot;KENANGA&quot;</mark-identification><mark-drawing-code>3000</mark-drawing-code>\
         <attorney-name>Nobody At All</attorney-name><trademark-in>F</trademark-in><service-mark-in>T</service-mark-in></case-file-header>\n\
         <case-file-statements>\
         <case-file-statement><type-code>GS0301</type-code><text>Coffee</text></case-file-statement>\
         <case-file-statement><type-code>DM0000</type-code><text>The mark consists of a cup.</text></case-file-statement>\
         <case-file-statement><type-code>GS0431</type-code><text>Cafés</text></case-file-statement>\
         <case-file-statement><type-code>TR0000</type-code><text>The English translation is COFFEE.</text></case-file-statement>\
         </case-file-statements>\n\
         <classifications><classification><international-code>030</international-code><us-code>046</us-code><status-code>6</status-code></classification>\
         <classification><international-code>043</international-code></classification>\
         <classification><international-code>200</international-code></classification></classifications>\n\
         <correspondent><address-1>Nobody At All</address-1></correspondent>\
         <case-file-owners>\
         <case-file-owner><party-type>10</party-type><party-name>Former Owner Ltd</party-name><country>GB</country></case-file-owner>\
         <case-file-owner><party-type>30</party-type><nationality><state>CA</state></nationality><party-name>CV. Kenanga</party-name>\
         <address-1>Jalan Rahasia 1</address-1><state>CA</state></case-file-owner>\
         <case-file-owner><party-type>30</party-type><party-name>PT Sari</party-name></case-file-owner></case-file-owners>\n</case-file>\n",
    );
    let expected = Mark {
        classes: "30;43".parse().unwrap(),
        kind: MarkKind::Combined,
        status: LegalStatus::Registered,
        office_status: Some("702 SECTION 8 & 15-ACCEPTED AND ACKNOWLEDGED".into()),
        filed_on: Some(date(2020, 1, 31)),
        registered_on: Some(date(2021, 8, 2)),
        owner: Some("CV. Kenanga; PT Sari".into()),
        owner_country: Some("US".into()),
        goods: Some("Coffee; Cafés".into()),
        translation: Some("The English translation is COFFEE.".into()),
        mark_type: MarkType::Service,
        source: Some("uspto".into()),
        ..Mark::new("US-77000001", "KOPI & TEH & \"KENANGA\"")
    };
    let mut read = open(&file);
    assert_eq!(read.by_ref().collect::<Result<Vec<_>>>().unwrap(), [Row::Mark(expected)]);
    assert_eq!(read.decided_format(), Format::Uspto);
    assert_eq!(read.data_date(), Some(date(2026, 11, 23)));
    assert_eq!(read.warnings(), ["international-code \"200\" is no Nice class and is left out of its marks"]);
    assert!(read.mapping().iter().any(|field| field.field == "case-file/serial-number" && field.column == Some("id")));
}

fn st66(before: &str, mark: &str, behind: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Transaction xmlns=\"http://www.wipo.int/standards/XMLSchema/trademarks\" \
         xmlns:wo=\"http://www.wipo.int/standards/XMLSchema/wo-trademarks\"><TradeMarkTransactionBody><TransactionContentDetails>{before}\
         <TransactionData><TradeMarkDetails><TradeMark>{mark}</TradeMark></TradeMarkDetails>{behind}</TransactionData>\
         </TransactionContentDetails></TradeMarkTransactionBody></Transaction>"
    )
}

fn applicant(name: &str, country: &str, rank: &str) -> String {
    format!(
        "<ApplicantDetails><Applicant><ApplicantAddressBook><FormattedNameAddress><Name><FreeFormatName><FreeFormatNameDetails>\
         <FreeFormatNameLine languageCode=\"id\">{name}</FreeFormatNameLine><FreeFormatNameLine languageCode=\"en\">{name} (EN)</FreeFormatNameLine>\
         </FreeFormatNameDetails></FreeFormatName></Name><Address><AddressCountryCode>{country}</AddressCountryCode><FreeFormatAddress>\
         <FreeFormatAddressLine>Jalan Rahasia 1</FreeFormatAddressLine></FreeFormatAddress></Address></FormattedNameAddress>\
         <ContactInformationDetails><Phone>081</Phone><Email>a@b.example</Email></ContactInformationDetails></ApplicantAddressBook>\
         <ApplicantExt><PartyTypeCode>{rank}</PartyTypeCode></ApplicantExt></Applicant></ApplicantDetails>"
    )
}

#[test]
fn an_indonesian_record_has_a_bare_number_and_indonesian_words() {
    #[track_caller]
    fn check(code: &str, feature: &str, status: &str, expected: (MarkType, MarkKind, LegalStatus)) {
        let mark = format!(
            "<RegistrationOfficeCode>ID</RegistrationOfficeCode><ApplicationNumber>DID2026000001</ApplicationNumber>\
             <ApplicationDate>2026-01-31</ApplicationDate><ExpiryDate>2036-01-31</ExpiryDate><MarkFeature>{feature}</MarkFeature>\
             <GoodsServicesDetails><GoodsServices><ClassDescriptionDetails><ClassDescription><ClassNumber>30</ClassNumber>\
             <GoodsServicesDescription languageCode=\"en\">coffee</GoodsServicesDescription>\
             <GoodsServicesDescription languageCode=\"id\">kopi</GoodsServicesDescription></ClassDescription></ClassDescriptionDetails></GoodsServices>\
             </GoodsServicesDetails>{}<wo:WordMarkSpecification><wo:MarkVerbalElementText>咖啡 KENANGA</wo:MarkVerbalElementText>\
             <wo:MarkTranslation>kopi</wo:MarkTranslation></wo:WordMarkSpecification>\
             <wo:MarkCurrentStatusCode>{status}</wo:MarkCurrentStatusCode>",
            applicant("CV. Kenanga", "ID", "")
        );
        let read = marks(st66(&format!("<TransactionCode>{code}</TransactionCode>"), &mark, ""));
        let mark = Mark {
            classes: "30".parse().unwrap(),
            mark_type: expected.0,
            kind: expected.1,
            status: expected.2,
            office_status: Some(status.to_owned()),
            filed_on: Some(date(2026, 1, 31)),
            expires_on: Some(date(2036, 1, 31)),
            owner: Some("CV. Kenanga".into()),
            owner_country: Some("ID".into()),
            goods: Some("kopi".into()),
            translation: Some("kopi".into()),
            source: Some("wipo-id".into()),
            ..Mark::new("DID2026000001", "咖啡 KENANGA")
        };
        assert_eq!(read, [mark]);
    }
    check("Merek Dagang", "Merek Kata", "Rejected", (MarkType::Trade, MarkKind::Word, LegalStatus::Refused));
    check("Merek Jasa", "Merek Lukisan", "Registered", (MarkType::Service, MarkKind::Combined, LegalStatus::Registered));
    check("Merek Dagang &amp; Jasa", "Merek Kata dan Lukisan", "Filed", (MarkType::Trade, MarkKind::Combined, LegalStatus::Pending));
    check("Merek Kolektif", "Merek Tiga Dimensi", "Expired", (MarkType::Collective, MarkKind::Other, LegalStatus::Expired));
    check("Trademark - Madrid (DCP)", "Merek Suara", "Withdrawn", (MarkType::Trade, MarkKind::Other, LegalStatus::Withdrawn));
}

#[test]
fn a_us_case_in_st66_has_its_applicants_behind_the_mark_and_the_latest_stands() {
    let mark = "<RegistrationOfficeCode>US</RegistrationOfficeCode><ApplicationNumber>77000001</ApplicationNumber>\
                <ApplicationDate>2020-01-31-05:00</ApplicationDate><MarkCurrentStatusCode>900</MarkCurrentStatusCode>\
                <KindMark>Trademark, Service Mark</KindMark><MarkFeature>STANDARD CHARACTER MARK</MarkFeature>\
                <WordMarkSpecification><MarkVerbalElementText>KENANGA</MarkVerbalElementText></WordMarkSpecification>";
    let behind = format!("{}{}", applicant("New Owner", "US", "30"), applicant("Old Owner", "GB", "10"));
    let expected = Mark {
        status: LegalStatus::Expired,
        office_status: Some("900 EXPIRED".into()),
        filed_on: Some(date(2020, 1, 31)),
        owner: Some("New Owner".into()),
        owner_country: Some("US".into()),
        source: Some("uspto".into()),
        ..Mark::new("US-77000001", "KENANGA")
    };
    assert_eq!(marks(st66("", mark, &behind)), std::slice::from_ref(&expected));
    // Several marks of one unit are each whole, and without the unit's frame the last one is too.
    let two = st66("", &format!("{mark}</TradeMark><TradeMark>{}", mark.replace("77000001", "77000002")), "");
    let ids: Vec<String> = marks(two).into_iter().map(|mark| mark.id).collect();
    assert_eq!(ids, ["US-77000001", "US-77000002"]);
    let bare = format!("<TradeMark xmlns=\"http://www.wipo.int/standards/XMLSchema/trademarks\">{mark}</TradeMark>");
    assert_eq!(marks(bare), [Mark { owner: None, owner_country: None, ..expected }]);
}

#[test]
fn an_st96_record_of_any_office_is_read_in_both_namespaces() {
    let mark = "<t:Trademark><c:RegistrationOfficeCode>CA</c:RegistrationOfficeCode><c:ApplicationNumber><c:IPOfficeCode>CA</c:IPOfficeCode>\
                <c:ApplicationNumberText>1234567</c:ApplicationNumberText></c:ApplicationNumber><t:ApplicationDate>2020-01-31-05:00</t:ApplicationDate>\
                <t:MarkCurrentStatusCode>Registered</t:MarkCurrentStatusCode><t:MarkCategory>Service mark</t:MarkCategory>\
                <t:MarkRepresentation><t:MarkFeatureCategory>Combined</t:MarkFeatureCategory><t:MarkReproduction><t:WordMarkSpecification>\
                <t:MarkVerbalElementText>قهوة</t:MarkVerbalElementText><t:MarkTranslationText>coffee</t:MarkTranslationText>\
                </t:WordMarkSpecification></t:MarkReproduction></t:MarkRepresentation>\
                <t:GoodsServicesBag><t:GoodsServices><t:GoodsServicesClassificationBag><t:GoodsServicesClassification>\
                <t:ClassificationKindCode>Nice</t:ClassificationKindCode><t:ClassNumber>043</t:ClassNumber></t:GoodsServicesClassification>\
                <t:GoodsServicesClassification><t:ClassificationKindCode>Domestic</t:ClassificationKindCode><t:ClassNumber>021</t:ClassNumber>\
                </t:GoodsServicesClassification></t:GoodsServicesClassificationBag><t:ClassDescriptionBag><t:ClassDescription>\
                <t:ClassNumber>43</t:ClassNumber><t:GoodsServicesDescriptionText>cafés</t:GoodsServicesDescriptionText>\
                </t:ClassDescription></t:ClassDescriptionBag></t:GoodsServices></t:GoodsServicesBag>\
                <t:ApplicantBag><t:Applicant><c:Contact><c:Name><c:PersonName><c:FirstName>Sari</c:FirstName><c:LastName>Kenanga</c:LastName></c:PersonName>\
                </c:Name><c:PostalAddressBag><c:PostalAddress><c:PostalStructuredAddress><c:AddressLineText>Jalan Rahasia 1</c:AddressLineText>\
                <c:CountryCode>ID</c:CountryCode></c:PostalStructuredAddress></c:PostalAddress></c:PostalAddressBag></c:Contact></t:Applicant>\
                <t:Applicant><c:Contact><c:Name><c:EntityName>PT Sari</c:EntityName></c:Name></c:Contact></t:Applicant></t:ApplicantBag></t:Trademark>";
    let expected = Mark {
        classes: "43".parse().unwrap(),
        kind: MarkKind::Combined,
        status: LegalStatus::Registered,
        office_status: Some("Registered".into()),
        filed_on: Some(date(2020, 1, 31)),
        owner: Some("Sari Kenanga; PT Sari".into()),
        owner_country: Some("ID".into()),
        goods: Some("cafés".into()),
        translation: Some("coffee".into()),
        mark_type: MarkType::Service,
        source: Some("wipo-ca".into()),
        ..Mark::new("CA-1234567", "قهوة")
    };
    for (common, trademark) in [("Common/1", "Trademark/1"), ("ST96/Common", "ST96/Trademark")] {
        let space = "http://www.wipo.int/standards/XMLSchema";
        let file = format!(
            "<t:TrademarkApplication xmlns:c=\"{space}/{common}\" xmlns:t=\"{space}/{trademark}\"><t:TrademarkBag>{mark}</t:TrademarkBag></t:TrademarkApplication>"
        );
        let read = open(&file);
        assert_eq!(read.decided_format(), Format::St96);
        assert_eq!(marks(&file), std::slice::from_ref(&expected));
    }
}

fn euipo(operation: &str, rest: &str) -> String {
    format!(
        "\u{feff}<?xml version=\"1.0\"?><Transaction xmlns=\"http://euipo.europa.eu/trademark/data\"><TransactionHeader><SenderDetails>\
         <RequestProducerDateTime>2026-09-01T23:00:49</RequestProducerDateTime></SenderDetails></TransactionHeader>\
         <TradeMarkTransactionBody><TransactionContentDetails><TransactionData><TradeMarkDetails><TradeMark operationCode=\"{operation}\">\
         <RegistrationOfficeCode>EM</RegistrationOfficeCode><ApplicationNumber>018000001</ApplicationNumber>{rest}</TradeMark></TradeMarkDetails>\
         </TransactionData></TransactionContentDetails></TradeMarkTransactionBody></Transaction>"
    )
}

#[test]
fn an_eu_record_keeps_one_language_of_its_goods() {
    let goods = |pairs: &[(&str, &str)]| {
        let texts: String = pairs
            .iter()
            .map(|(language, text)| format!("<GoodsServicesDescription languageCode=\"{language}\">{text}</GoodsServicesDescription>"))
            .collect();
        format!(
            "<MarkCurrentStatusCode milestone=\"23\" status=\"5\">Application opposed</MarkCurrentStatusCode><MarkFeature>Figurative</MarkFeature>\
             <GoodsServicesDetails><GoodsServices><ClassDescriptionDetails><ClassDescription><ClassNumber>30</ClassNumber>{texts}</ClassDescription>\
             </ClassDescriptionDetails></GoodsServices></GoodsServicesDetails><ApplicantDetails><ApplicantKey><Identifier>1</Identifier></ApplicantKey>\
             </ApplicantDetails>"
        )
    };
    let file = euipo("Insert", &goods(&[("bg", "кафе"), ("en", "coffee"), ("sv", "kaffe")]));
    let mut read = open(&file);
    let expected = Mark {
        classes: "30".parse().unwrap(),
        kind: MarkKind::Figurative,
        status: LegalStatus::Pending,
        office_status: Some("Application opposed".into()),
        goods: Some("coffee".into()),
        source: Some("euipo".into()),
        ..Mark::new("EM-018000001", "")
    };
    assert_eq!(read.by_ref().collect::<Result<Vec<_>>>().unwrap(), [Row::Mark(expected)]);
    assert_eq!((read.decided_format(), read.data_date()), (Format::Euipo, Some(date(2026, 9, 1))));
    assert!(read.warnings()[0].contains("owners stand in it by number alone"), "{:?}", read.warnings());
    assert_eq!(marks(euipo("Insert", &goods(&[("pt", "café"), ("sv", "kaffe")])))[0].goods.as_deref(), Some("café"));
    assert_eq!(marks(euipo("Delete", &goods(&[])))[0].status, LegalStatus::Removed);
}

#[test]
fn an_israeli_record_has_its_name_in_both_scripts() {
    let file = "<TMBRAND><DETAILS><OFFICENUMBER>1</OFFICENUMBER><FILINGDATE>20020101</FILINGDATE><EXPIRATIONDATE/>\
                <BRANDTYPE>Collective/Certification mark</BRANDTYPE><STATUS>deleted</STATUS><BRAND><NAME lang=\"he\">קפה</NAME><NAME lang=\"en\">CAFE</NAME></BRAND></DETAILS>\
                <APPLICANTS><APPLICANT number=\"1\"><NAMES><NAME lang=\"he\"/><NAME lang=\"en\" main=\"1\">Kenanga Ltd</NAME></NAMES>\
                <ADDRESSES><ADDRESS lang=\"en\">Rahasia 1</ADDRESS></ADDRESSES></APPLICANT></APPLICANTS>\
                <NICEGROUP><NICECLASS><TYPE>30</TYPE><LIST lang=\"he\">קפה</LIST><LIST lang=\"en\">Coffee</LIST></NICECLASS></NICEGROUP></TMBRAND>";
    let expected = Mark {
        classes: "30".parse().unwrap(),
        status: LegalStatus::Removed,
        office_status: Some("deleted".into()),
        filed_on: Some(date(2002, 1, 1)),
        owner: Some("Kenanga Ltd".into()),
        goods: Some("Coffee".into()),
        mark_type: MarkType::Collective,
        source: Some("wipo-il".into()),
        ..Mark::new("IL-1", "קפה CAFE")
    };
    assert_eq!(marks(file), [expected]);
}
