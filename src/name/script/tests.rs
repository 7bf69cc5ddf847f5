//! Each script by tables of names, and the laws of folding over hard text.

mod laws;

use super::super::fold::fold;
use super::super::{Name, Token};

/// The words of `text`, parted by spaces.
fn folded(text: &str) -> String {
    let name = Name::new(text);
    let words: Vec<&str> = name.tokens().iter().map(Token::text).collect();
    words.join(" ")
}

#[track_caller]
fn check(rows: &[(&str, &str)]) {
    let wrong: Vec<(&str, String, &str)> =
        rows.iter().map(|&(text, expected)| (text, folded(text), expected)).filter(|(_, found, expected)| found != expected).collect();
    assert!(wrong.is_empty(), "(text, found, expected): {wrong:#?}");
}

#[test]
fn javanese() {
    check(&[
        ("ꦲꦤꦕꦫꦏ", "hanacaraka"),
        ("ꦲꦏ꧀ꦱꦫꦗꦮ", "haksarajawa"),
        ("ꦏꦺꦴꦥꦶ", "kopi"),
        ("ꦏꦺꦴꦏꦏꦺꦴꦭ", "kokakola"),
        ("ꦧꦠꦶꦏ꧀", "batik"),
        ("ꦪꦺꦴꦒꦾꦏꦂꦠ", "yogyakarta"),
        ("ꦱꦸꦫꦏꦂꦠ", "surakarta"),
        ("ꦏꦿꦠꦺꦴꦤ꧀", "kraton"),
        ("ꦏꦿꦶꦱ꧀", "kris"),
        ("ꦭꦺꦴꦤ꧀ꦕꦺꦁ", "lonceng"),
        ("ꦒꦗꦃ", "gajah"),
        ("ꦥꦱꦂ", "pasar"),
        ("ꦏꦽꦠ", "kreta"),
        ("ꦉꦗ", "reja"),
        ("ꦥ꦳", "fa"),
        ("ꦒꦸꦝꦼꦒ꧀", "gudheg"),
        ("꧇꧑꧒꧇", "12"),
    ]);
}

#[test]
fn balinese_sundanese_and_their_neighbors() {
    check(&[
        ("ᬩᬮᬶ", "bali"),
        ("ᬅᬓ᭄ᬱᬭ", "aksara"),
        ("ᬤᬾᬦ᭄ᬧᬲᬃ", "denpasar"),
        ("ᬓᭀᬧᬶ", "kopi"),
        ("ᬓᬾ\u{1b35}ᬧᬶ", "kopi"),
        ("ᬧᬸᬭ", "pura"),
        ("ᬅᬕᬸᬂ", "agung"),
        ("ᮞᮥᮔ᮪ᮓ", "sunda"),
        ("ᮘᮔ᮪ᮓᮥᮀ", "bandung"),
        ("ᮠᮤᮏᮧ", "hijo"),
        ("ᮎᮤᮃᮙᮤᮞ᮪", "ciamis"),
        ("ᮕᮢᮘᮥ", "prabu"),
        ("ᮊᮥᮏᮀ", "kujang"),
        ("ᮃᮌᮨᮀ ᮵", "ageng 5"),
        ("ᯅᯖᯂ᯲", "batah"),
        ("ᯀᯔᯰ", "amang"),
        ("ᨅᨔ ᨕᨘᨁᨗ", "basa ugi"),
    ]);
}

#[test]
fn indian_scripts() {
    check(&[
        ("कोका कोला", "koka kola"),
        ("नमस्ते", "namaste"),
        ("धर्म", "dharma"),
        ("योग", "yoga"),
        ("ॐ", "om"),
        ("पतंजलि", "patanjali"),
        ("टाटा", "tata"),
        ("संस्कृत", "sanskrita"),
        ("शक्ति", "sakti"),
        ("गंगा", "gangga"),
        ("बाज़ार", "bazara"),
        ("তাজ মহল", "taja mahala"),
        ("বাংলা", "bangla"),
        ("தமிழ்", "tamil"),
        ("கோகா கோலா", "koka kola"),
        ("சென்னை", "cennai"),
        ("తెలుగు", "telugu"),
        ("ಕನ್ನಡ", "kannada"),
        ("മലയാളം", "malayalam"),
        ("ગાંધી", "gandhi"),
        ("५०", "50"),
    ]);
}

#[test]
fn thai() {
    check(&[
        ("ไทย", "thai"),
        ("ช้าง", "chang"),
        ("สิงห์", "sing"),
        ("เบียร์", "bia"),
        ("มาม่า", "mama"),
        ("กระทิงแดง", "krathingdaeng"),
        ("เถ้าแก่น้อย", "thaokaenoy"),
        ("โค้ก", "khok"),
        ("เปรม", "prem"),
        ("เวลา", "wela"),
        ("น้ำ", "nam"),
        ("ใจ", "chai"),
        ("เอสโซ่", "esso"),
        ("เ", "e"),
        ("๕", "5"),
    ]);
}

#[test]
fn kana() {
    check(&[
        ("コカ・コーラ", "koka kora"),
        ("ｺｶ･ｺｰﾗ", "koka kora"),
        ("トヨタ", "toyota"),
        ("ﾊﾟﾅｿﾆｯｸ", "panasonikku"),
        ("カッパ", "kappa"),
        ("マッチ", "matchi"),
        ("キャノン", "kyanon"),
        ("シャープ", "shapu"),
        ("チョコ", "choko"),
        ("ジャスト", "jasuto"),
        ("ファミリー", "famiri"),
        ("ティファール", "tifaru"),
        ("ウィスキー", "wisuki"),
        ("デュオ", "dyuo"),
        ("ヴァン", "van"),
        ("すし", "sushi"),
        ("きょう", "kyou"),
        ("ッ", ""),
        ("ャ", "ya"),
        ("a ァ", "a a"),
        ("か\u{3099}", "ga"),
    ]);
}

#[test]
fn hangul() {
    check(&[
        ("코카콜라", "kokakolla"),
        ("삼성", "samseong"),
        ("현대", "hyeondae"),
        ("한국어", "hangugeo"),
        ("좋아", "joa"),
        ("값이", "gapsi"),
        ("신라", "silla"),
        ("국민", "gungmin"),
        ("종로", "jongno"),
        ("설날", "seollal"),
        ("롯데", "rotde"),
        ("물", "mul"),
        ("\u{1112}\u{1161}\u{11ab}", "han"),
        ("\u{ffa1}\u{ffc2}", "ga"),
    ]);
}

#[test]
fn scripts_that_are_read_character_by_character() {
    check(&[
        ("可口可乐", "kekoukele"),
        ("北京", "beijing"),
        ("長城 1421", "zhangcheng 1421"),
        ("жшщчхяю", "zhshshchchkhyayu"),
        ("Живой", "zhivoi"),
        ("ΑΘΗΝΑ ψυχή", "athina psychi"),
        ("КОКА-КОЛА", "koka kola"),
        ("ខ្មែរ", "khmaer"),
        ("ລາວ", "lav"),
        ("မြန်မာ", "mrnma"),
        ("שלום", "slvm"),
    ]);
}
