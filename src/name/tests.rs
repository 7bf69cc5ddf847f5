use proptest::prelude::*;

use super::*;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let name = Name::new(text);
    let words: Vec<&str> = name.tokens().iter().map(Token::text).collect();
    assert_eq!(words, expected, "{text:?}");
}

#[test]
fn words_are_folded() {
    check("Kopi  KENANGAN", &["kopi", "kenangan"]);
    check("KAFÉ", &["kafe"]);
    check("Cafe\u{301}", &["cafe"]);
    check("ＡＱＵＡ", &["aqua"]);
    check("İSTANBUL ıŞIK", &["istanbul", "isik"]);
    check("Straße", &["strasse"]);
    check("ﬁne", &["fine"]);
    check("ΣΟΦΟΣ σοφος", &["sofos", "sofos"]);
    check("МОСКВА", &["moskva"]);
    check("コカ・コーラ", &["koka", "kora"]);
    check("zero\u{200b}width", &["zerowidth"]);
    check("\u{202e}abc\u{202c}", &["abc"]);
    check("BRAND™ ®", &["brand"]);
    check("☕☕", &[]);
    check("", &[]);
    check("   ", &[]);
    check("LE\0LE", &["le", "le"]);
}

#[test]
fn words_are_cut_where_a_reader_cuts_them() {
    check("K-24", &["k", "24"]);
    check("K24", &["k", "24"]);
    check("KONA81", &["kona", "81"]);
    check("4MONSTER", &["4", "monster"]);
    check("S3GAR", &["s3gar"]);
    check("OLEH2", &["oleh", "oleh"]);
    check("GADO2 ENAK", &["gado", "gado", "enak"]);
    check("K2", &["k", "2"]);
    check("GR8 W8", &["gr8", "w8"]);
    check("V8 TV8 GR-8 8GR GR88", &["v", "8", "tv", "8", "gr", "8", "8", "gr", "gr", "88"]);
    check("KID'S", &["kids"]);
    check("LAU’S", &["laus"]);
    check("l t j", &["ltj"]);
    check("C.E.C.", &["cec"]);
    check("O + RION", &["o", "rion"]);
    check("IS.ME", &["is", "me"]);
    check("RASA & RASA", &["rasa", "rasa"]);
}

#[test]
fn office_phrases_are_set_aside() {
    check("natucoco + lukisan /", &["natucoco"]);
    check("voila brow dan logo vb", &["voila", "brow"]);
    check("declip dan logo", &["declip"]);
    check("SECRET (Tulisan & Lukisan)", &["secret"]);
    check("SECRET (TULISAN DAN LUKISAN)", &["secret"]);
    check("itronics logo", &["itronics"]);
    check("LOGO BURUNG", &["burung"]);
    check("LOGO", &[]);
    check("+ LOGO", &[]);
    check("LUKISAN", &[]);
    check("KOPI TULISAN", &["kopi", "tulisan"]);
    check("LOGOS", &["logos"]);
    check("MEGALOGO", &["megalogo"]);
    check("KATA KITA", &["kata", "kita"]);
}

#[test]
fn spans_point_into_the_text_as_it_came() {
    let name = Name::new("Ça ☕ va + LOGO");
    let spans: Vec<_> = name.tokens().iter().map(Token::span_chars).collect();
    assert_eq!(spans, [0..2, 5..7]);
    assert_eq!(name.set_aside().to_vec(), vec![Range { start: 7, end: 14 }]);
}

#[test]
fn long_text_is_bounded() {
    let name = Name::new(&"kata ".repeat(10_000));
    assert_eq!(name.tokens().len(), MAX_TOKENS);
}

proptest! {
    /// Any text folds to words of `a-z0-9` whose spans lie in the text, in order.
    #[test]
    fn any_text_folds(text in any::<String>()) {
        let name = Name::new(&text);
        let chars = text.chars().count();
        let mut last = 0;
        for token in name.tokens() {
            prop_assert!(!token.text().is_empty());
            prop_assert!(token.text().bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()));
            let span = token.span_chars();
            prop_assert!(span.start >= last && span.end <= chars && span.start < span.end);
            last = span.start;
        }
    }

    /// Folding the folded words again gives the same words.
    #[test]
    fn folding_is_idempotent(words in proptest::collection::vec("[a-z]{4,9}", 0..5)) {
        let text = words.join(" ");
        let once: Vec<String> = Name::new(&text).tokens().iter().map(|token| token.text().to_owned()).collect();
        let twice: Vec<String> = Name::new(&once.join(" ")).tokens().iter().map(|token| token.text().to_owned()).collect();
        prop_assert_eq!(once, twice);
    }
}
