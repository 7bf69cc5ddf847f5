//! One table per mechanism: words that are spoken alike, written in two ways.

use super::{readings_of_name, spoken};
use crate::sound::{ReadingKind, readings};

/// Both spellings share a reading.
#[track_caller]
fn same(pairs: &[(&str, &str)]) {
    for (query, earlier) in pairs {
        let found = readings_of_name(earlier);
        let shared = readings_of_name(query).iter().any(|reading| found.iter().any(|other| other.as_codes() == reading.as_codes()));
        assert!(shared, "{query} {:?} / {earlier} {:?}", readings_of_name(query), readings_of_name(earlier));
    }
}

/// No reading is shared.
#[track_caller]
fn apart(pairs: &[(&str, &str)]) {
    for (query, earlier) in pairs {
        let found = readings_of_name(earlier);
        let shared = readings_of_name(query).iter().any(|reading| found.iter().any(|other| other.as_codes() == reading.as_codes()));
        assert!(!shared, "{query} / {earlier}");
    }
}

#[test]
fn old_spelling_sounds_as_new() {
    same(&[
        ("SOERABAJA", "SURABAYA"),
        ("BANDJARMASIN", "BANJARMASIN"),
        ("TJAHAJA", "CAHAYA"),
        ("NJONJA", "NYONYA"),
        ("SJARIAH", "SYARIAH"),
    ]);
    same(&[("RADJA KAJOE", "RAJA KAYU"), ("TJOKRO", "COKRO"), ("KETJAP", "KECAP"), ("DJOJOBOJO", "JOYOBOYO"), ("CHASIAT", "KHASIAT")]);
    same(&[("SOETEDJO", "SUTEJO"), ("DJAROEM", "JARUM"), ("MASJOEM", "MASYUM"), ("ACHMAD SOEBARDJO", "AKHMAD SUBARJO")]);
    // Without old evidence a j is a j.
    apart(&[("JAJA", "YAYA"), ("BAJU", "BAYU"), ("PANJANG", "PANYANG")]);
}

#[test]
fn letters_that_sound_the_same_are_one() {
    same(&[
        ("NOVALLOY", "NOFALLOY"),
        ("EXTRA", "EKSTRA"),
        ("QITA", "KITA"),
        ("MAXI", "MAKSI"),
        ("BLACK", "BLAK"),
        ("KWALITAS", "KUALITAS"),
    ]);
    same(&[
        ("QUALITAS", "KUALITAS"),
        ("PHINISI", "FINISI"),
        ("SHOLEH", "SYOLEH"),
        ("XENIA", "SENIA"),
        ("XTRA", "EKSTRA"),
        ("X-TRA", "EXTRA"),
    ]);
    same(&[
        ("CHANTIKA", "CANTIKA"),
        ("AROMATIC", "AROMATIK"),
        ("CRAFT", "KRAFT"),
        ("BROCCOLI", "BROKOLI"),
        ("BATIQ", "BATIK"),
        ("BATICK", "BATIK"),
    ]);
    apart(&[("CINTA", "KINTA"), ("CANTIK", "KANTIK"), ("CUCI", "KUKI"), ("SARI", "SYARI")]);
}

#[test]
fn vowels_written_in_many_ways_are_one() {
    same(&[
        ("LESTARIE", "LESTARI"),
        ("ANGGY", "ANGGI"),
        ("BEERU", "BIRU"),
        ("YOONA", "YUNA"),
        ("SIIP", "SIP"),
        ("TOUR", "TUR"),
        ("WIE", "WI"),
    ]);
    apart(&[("LELE", "LELI"), ("RAMAI", "RAMA")]);
}

#[test]
fn what_is_silent_or_doubled_is_not_heard() {
    same(&[
        ("BHAKTI", "BAKTI"),
        ("DHARMA", "DARMA"),
        ("THIO", "TIO"),
        ("RHOMA", "ROMA"),
        ("GHANI", "GANI"),
        ("BAROKKAH", "BAROKAH"),
        ("KRESS", "KRES"),
    ]);
    same(&[("MUHAMMAD", "MUHAMAD"), ("BELLA", "BELA"), ("TUWA", "TUA"), ("DIYANA", "DIANA"), ("SURYA", "SURIA"), ("WHITA", "WITA")]);
    // A final h is heard, and so is one between vowels.
    apart(&[("TAHU", "TAU"), ("BERKAH", "BERKA")]);
}

#[test]
fn a_neutral_e_is_lost_before_a_liquid() {
    same(&[
        ("KERIPIK", "KRIPIK"),
        ("BELIMBING", "BLIMBING"),
        ("TERASI", "TRASI"),
        ("KELAPA", "KLAPA"),
        ("BERAS", "BRAS"),
        ("SELAMAT", "SLAMAT"),
    ]);
    same(&[("GERABAH", "GRABAH"), ("PERAHU", "PRAHU"), ("SERABI", "SRABI"), ("KELLAPA", "KLAPA")]);
    // Not before a closed syllable, and not later in the word.
    apart(&[("TERBANG", "TRBANG"), ("MATERI", "MATRI"), ("MERAH", "MRAH")]);
}

#[test]
fn the_end_of_a_word_is_voiceless() {
    same(&[("NASIB", "NASIP"), ("ABAD", "ABAT"), ("BEDUG", "BEDUK"), ("HIJABB", "HIJAP")]);
    apart(&[("BABI", "PAPI"), ("DADA", "TATA")]);
}

#[test]
fn arabic_and_chinese_spellings_sound_as_indonesian() {
    same(&[("DZIKRA", "ZIKRA"), ("RAMADHAN", "RAMADAN"), ("THAYYIBAH", "TAYIBAH"), ("ASY-SYIFA", "ASYSYIFA"), ("ASY-SYIFA", "ASYIFA")]);
    same(&[
        ("AN-NUR", "ANNUR"),
        ("AL-LATHIF", "ALLATIF"),
        ("SYUKUR", "SHUKUR"),
        ("MASYHUR", "MASHUR"),
        ("UTSMAN", "USMAN"),
        ("TSURAYA", "SURAYA"),
    ]);
    same(&[
        ("TJIA", "CIA"),
        ("LIEM", "LIM"),
        ("KWEE", "KUI"),
        ("SIEN", "SIN"),
        ("OEI", "UI"),
        ("THIO", "TIO"),
        ("TJOA", "COA"),
        ("GOUW", "GU"),
    ]);
    same(&[("PEUYEUM", "PEUYEUM")]);
}

#[test]
fn numbers_and_letters_are_read_out() {
    same(&[("13", "TIGA BELAS"), ("K-24", "KA DUA EMPAT"), ("212", "DUA SATU DUA"), ("88", "DELAPAN DELAPAN"), ("B3", "BETIGA")]);
    same(&[
        ("24", "DUA PULUH EMPAT"),
        ("100", "SERATUS"),
        ("1000", "SERIBU"),
        ("2500", "DUA RIBU LIMA RATUS"),
        ("11", "SEBELAS"),
        ("10", "SEPULUH"),
    ]);
    same(&[("115", "SERATUS LIMA BELAS"), ("21000", "DUA PULUH SATU RIBU"), ("007", "NOL NOL TUJUH"), ("7 ELEVEN", "SEFEN ELEFEN")]);
    same(&[("NKRI", "ENKAERI"), ("ABC", "ABECE"), ("BMW", "BE EM WE"), ("KFC", "KA EF CE"), ("L T J", "ELTEJE"), ("BNI", "BE EN I")]);
    assert_eq!(spoken("bri"), ["bri"]);
    assert_eq!(spoken("999999999"), ["sembilan".repeat(9), "nain".repeat(9)].map(|text| text.replace("nn", "n")));
}

#[test]
fn digits_stand_for_letters_inside_words() {
    same(&[("K0PI", "KOPI"), ("S3GAR", "SEGAR"), ("B4TIK", "BATIK"), ("4YAM", "AYAM"), ("BAK50", "BAKSO"), ("4EVER", "FOREVER")]);
    same(&[("KU1IT", "KULIT"), ("B1RU", "BIRU"), ("PEDA5ANI", "PEDASANI"), ("CH1CKEN", "CHICKEN"), ("SA7E", "SATE"), ("M8E", "MBE")]);
}

#[test]
fn numbers_are_said_within_words() {
    same(&[("GR8", "GREAT"), ("SK8", "SKATE"), ("STR8", "STRAIGHT"), ("W8", "WAIT"), ("L8", "LATE"), ("FR8", "FREIGHT")]);
    same(&[("GR8FUL", "GRATEFUL"), ("SK8ER", "SKEITER"), ("FACE2FACE", "FACE TU FACE"), ("B2B", "BI TU BI"), ("ONE4ALL", "ONE FOR ALL")]);
    // An Indonesian says the number.
    same(&[("GR8", "GR DELAPAN"), ("W8", "WE DELAPAN"), ("SK8", "ES KA DELAPAN")]);
    assert_eq!(spoken("gr8"), ["grdlapan", "greit", "gerdlapan"]);
    assert_eq!(spoken("w8"), ["wedlapan", "weit"]);
    assert_eq!(spoken("sam8al"), ["sambal", "sameital"]);
    assert_eq!(spoken("kopi8um"), ["kopibum", "kopieitum"]);
    // Two numbers, or an a where one is wanted, are letters.
    assert_eq!(spoken("b4t1k"), ["batik"]);
    assert_eq!(spoken("w4rung"), ["waruN"]);
}

#[test]
fn english_words_are_read_as_indonesians_say_them() {
    same(&[
        ("COFFEE", "KOFI"),
        ("LAUNDRY", "LONDRI"),
        ("BAKERY", "BEKERI"),
        ("CHEESE", "CIS"),
        ("JUICE", "JUS"),
        ("SNACK", "SNEK"),
        ("CAKE", "KEIK"),
    ]);
    same(&[("STEAK", "STEK"), ("CHICKEN", "CIKEN"), ("HAPPY", "HEPI"), ("BEAUTY", "BYUTI"), ("KITCHEN", "KICEN"), ("CHOCOLATE", "COKLAT")]);
    same(&[
        ("FASHION", "FESYEN"),
        ("STYLE", "STAIL"),
        ("NIGHT", "NITE"),
        ("LIGHT", "LITE"),
        ("QUICK", "KWIK"),
        ("PHONE", "FON"),
        ("BLUE", "BLU"),
    ]);
    same(&[
        ("STATION", "STASYEN"),
        ("CORNER", "KORNER"),
        ("CANDY", "KENDI"),
        ("LUCKY", "LAKI"),
        ("HOUSE", "HAUS"),
        ("LOVE", "LAF"),
        ("ONE", "WAN"),
    ]);
    same(&[
        ("FLOWER", "FLAUER"),
        ("COOKIES", "KUKIS"),
        ("DREAM", "DRIM"),
        ("GREEN", "GRIN"),
        ("SMILE", "SMAIL"),
        ("STORE", "STOR"),
        ("CRUNCHY", "KRANCI"),
    ]);
    same(&[
        ("NATURE", "NEICER"),
        ("VILLAGE", "FILEJ"),
        ("BRIDGE", "BRIJ"),
        ("CASTLE", "KASEL"),
        ("DELICIOUS", "DELISIUS"),
        ("SERVICE", "SERFIS"),
    ]);
}

#[test]
fn native_words_have_no_english_reading() {
    for word in [
        "sate", "tape", "cabe", "kue", "lele", "cantik", "kacang", "cucu", "duit", "bakso", "warung", "sholihah", "ramadhan", "kopi",
        "sayang",
    ] {
        let kinds: Vec<ReadingKind> = readings(word).iter().map(|reading| reading.kind()).collect();
        assert_eq!(kinds, [ReadingKind::Indonesian], "{word}");
    }
}

#[test]
fn a_few_words_in_full() {
    let table: &[(&str, &[&str])] = &[
        ("roemah", &["rumah"]),
        ("tjahaja", &["cahaja", "cahaya"]),
        ("chantika", &["cantika", "Xantika"]),
        ("k", &["ka", "kei", "k"]),
        ("8", &["dlapan", "eit", "b"]),
        ("13", &["tigablas", "satutiga", "t@rtin"]),
        ("50", &["limanol", "limapuluh", "so"]),
        ("nkri", &["Nkri", "eNkaeri"]),
        ("khasiat", &["Xasiat"]),
        ("bunga", &["buNa"]),
        ("", &[]),
    ];
    for (word, expected) in table {
        assert_eq!(spoken(word), *expected, "{word}");
    }
}
