//! Text that went through a web page: entities and line breaks to plain text on one line.

use std::borrow::Cow;

/// Text escaped more often than this was not escaped by accident.
const MAX_ROUNDS: usize = 3;

/// Longest name of an entity below, in bytes.
const MAX_ENTITY_BYTES: usize = 8;

/// The entities of Latin 1, from U+00A0 on.
const LATIN_1: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf", "laquo", "not", "shy", "reg", "macr",
    "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot", "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34",
    "iquest", "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig", "Ccedil", "Egrave", "Eacute", "Ecirc", "Euml", "Igrave",
    "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute", "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute",
    "Ucirc", "Uuml", "Yacute", "THORN", "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil", "egrave",
    "eacute", "ecirc", "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml",
    "divide", "oslash", "ugrave", "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml",
];

/// Other entities that are met in names and goods.
const OTHERS: [(&str, char); 26] = [
    ("amp", '&'),
    ("AMP", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("QUOT", '"'),
    ("apos", '\''),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("hellip", '…'),
    ("bull", '•'),
    ("trade", '™'),
    ("TRADE", '™'),
    ("euro", '€'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("Yuml", 'Ÿ'),
    ("fnof", 'ƒ'),
];

/// Plain text on one line, white space around it taken off: HTML entities stand for their characters, escaped
/// twice or thrice too; `<br>` and line breaks are one space. Anything else is left as it is, to the byte.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    // Nearly every text: one look at its bytes, and no copy.
    if !text.bytes().any(|byte| matches!(byte, b'&' | b'<' | b'\n' | b'\r')) {
        return Cow::Borrowed(text);
    }
    let mut plain = text.to_owned();
    for _ in 0..MAX_ROUNDS {
        match unescaped(&plain) {
            Some(unescaped) => plain = unescaped,
            None => break,
        }
    }
    let plain = without_breaks(&plain);
    let trimmed = plain.trim();
    Cow::Owned(if trimmed.len() == plain.len() { plain } else { trimmed.to_owned() })
}

/// Entities replaced once; `None` where there is none.
fn unescaped(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    let mut is_changed = false;
    while let Some(start) = rest.find('&') {
        plain.push_str(&rest[..start]);
        rest = &rest[start..];
        match entity(rest) {
            Some((c, len)) => {
                plain.push(c);
                rest = &rest[len..];
                is_changed = true;
            }
            None => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    is_changed.then_some(plain)
}

/// The character of the entity at the beginning of `text`, and the entity's length in bytes.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(MAX_ENTITY_BYTES + 2).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let c = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        None => named(name)?,
    };
    Some((c, end + 1))
}

fn named(name: &str) -> Option<char> {
    if name == "nbsp" {
        return Some(' ');
    }
    let other = OTHERS.iter().find(|(other, _)| *other == name).map(|&(_, c)| c);
    other.or_else(|| {
        let place = LATIN_1.iter().position(|&latin| latin == name)?;
        char::from_u32(0xA0 + u32::try_from(place).ok()?)
    })
}

fn numbered(number: &str) -> Option<char> {
    let number = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    match number {
        0x0A | 0x0D | 0xA0 => Some(' '),
        // No text has them.
        0..0x20 | 0x7F => None,
        // Web pages mean Windows-1252 by these, as HTML says.
        0x80..=0x9F => encoding_rs::WINDOWS_1252.decode(&[u8::try_from(number).ok()?]).0.chars().next(),
        _ => char::from_u32(number),
    }
}

/// `<br>` in any spelling, and line breaks, as one space each, with the white space around them.
fn without_breaks(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['<', '\n', '\r']) {
        line.push_str(&rest[..start]);
        rest = &rest[start..];
        match break_len(rest) {
            Some(len) => {
                line.truncate(line.trim_end().len());
                line.push(' ');
                rest = rest[len..].trim_start();
            }
            None => {
                line.push('<');
                rest = &rest[1..];
            }
        }
    }
    line.push_str(rest);
    line
}

/// Bytes of the break at the beginning of `text`; `None` where none stands there.
fn break_len(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    if bytes[0] != b'<' {
        return Some(1);
    }
    let name = if bytes.get(1) == Some(&b'/') { 2 } else { 1 };
    let is_break = bytes.get(name..name + 2)?.eq_ignore_ascii_case(b"br") && matches!(bytes.get(name + 2)?, b'>' | b'/' | b' ');
    if !is_break {
        return None;
    }
    // Attributes of a line break are short; a `>` far behind belongs to other text.
    let len = bytes.iter().take(40).position(|&byte| byte == b'>')?;
    Some(len + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(one_line(text), expected, "{text:?}");
    }

    #[test]
    fn entities_stand_for_their_characters() {
        check("KOPI &amp; TEH", "KOPI & TEH");
        check("KOPI &amp;amp; TEH", "KOPI & TEH");
        check("KOPI &amp;amp;amp; TEH", "KOPI & TEH");
        check("&lt;3 KOPI&gt;", "<3 KOPI>");
        check("CAF&Eacute; caf&eacute; &yuml;&iexcl;&szlig;", "CAFÉ café ÿ¡ß");
        check("&#39;KOPI&#039; &#x27;T&#X27;", "'KOPI' 'T'");
        check("&#21654;&#21857; &#x1F44D;", "咖啡 👍");
        check("&#147;KOPI&#148; &#150;", "“KOPI” –");
        check("A&nbsp;B &quot;C&quot; &apos;D&apos; KOPI&trade; &reg;", "A B \"C\" 'D' KOPI™ ®");
    }

    #[test]
    fn what_is_no_entity_is_left_as_it_is() {
        for text in [
            "A&B",
            "A & B",
            "AT&T;",
            "&;",
            "&",
            "&#;",
            "&#x;",
            "&#0;",
            "&#xD800;",
            "&#99999999;",
            "&copy",
            "&kopi;",
            "<3",
            "A < B > C",
            "<b>",
            "<brand>",
            "<br",
        ] {
            check(text, text);
        }
        check("\u{a0}é\tx 咖啡 e\u{301}", "é\tx 咖啡 e\u{301}");
    }

    #[test]
    fn breaks_are_one_space() {
        for text in [
            "KOPI<br>TEH",
            "KOPI<BR/>TEH",
            "KOPI <br /> TEH",
            "KOPI</br>TEH",
            "KOPI\r\nTEH",
            "KOPI\n\n TEH",
            "KOPI\rTEH",
            "KOPI&lt;br&gt;TEH",
            "<br>KOPI<br clear=\"all\">TEH<br>",
            "KOPI&#10;TEH",
        ] {
            check(text, "KOPI TEH");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2048))]

        #[test]
        fn no_text_breaks_the_reading(pieces in prop::collection::vec(prop_oneof![
            prop::sample::select(vec!["&", ";", "#", "x", "amp", "<", "br", "/", ">", "\n", "\r", " ", "é", "咖", "&amp;", "\u{301}", "İ", "0", "9"]).prop_map(str::to_owned),
            any::<String>(),
        ], 0..12)) {
            let text = pieces.concat();
            let line = one_line(&text);
            prop_assert!(!line.contains(['\n', '\r']), "{:?} from {:?}", line, text);
            prop_assert_eq!(line.trim(), &*line);
        }
    }
}
