//! Codes of a PDF's font to letters, and how wide they are.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};
use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use super::glyph_names;
use super::pages::unpacked;

/// Largest table from codes to letters. A font of all of Unicode's basic plane needs 2 MB.
const MAX_TABLE_BYTES: usize = 8 << 20;

/// What a letter is taken to be as wide as where the font does not say, in thousandths of its height.
const MEAN_WIDTH: f64 = 556.0;

/// A font as the text needs it.
pub(super) struct Font {
    to_unicode: Option<CMap>,
    codes: Codes,
    widths: Widths,
}

/// How a string is cut into codes.
enum Codes {
    /// One byte each, with the letter of each.
    Simple(Box<[Option<String>; 256]>),
    /// Two bytes each, the glyph's number in the font.
    Wide,
    /// Two bytes each, UTF-16.
    Utf16,
}

enum Widths {
    Simple {
        first: usize,
        widths: Vec<f64>,
    },
    Wide {
        default: f64,
        widths: Vec<(u32, f64)>,
    },
    /// The file's own widths are no widths, as in gazettes of the office: all of them nothing, or all one.
    Unknown,
}

/// One letter, as shown.
pub(super) struct Letter {
    /// The text; none where the font does not say it.
    pub text: Option<String>,
    /// In thousandths of the font's size.
    pub width: f64,
    /// The code is the one byte 32, at which word spacing applies.
    pub is_space_code: bool,
}

impl Font {
    /// Reads a font's dictionary. What is missing or damaged there is left open, never a failure.
    pub(super) fn new(dict: &Dict<'_>) -> Self {
        let to_unicode = dict
            .get::<Stream<'_>>("ToUnicode")
            .and_then(|stream| unpacked(&stream, MAX_TABLE_BYTES).ok())
            .and_then(|table| CMap::parse(&table, |_| None));
        if let Some(descendant) = dict.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next()) {
            let encoding = dict.get::<Name<'_>>("Encoding");
            let is_utf16 =
                encoding.is_some_and(|name| [&b"UCS2"[..], b"UTF16"].iter().any(|word| memchr::memmem::find(&name, word).is_some()));
            let codes = if is_utf16 { Codes::Utf16 } else { Codes::Wide };
            return Self { to_unicode, codes, widths: wide_widths(&descendant) };
        }
        Self { to_unicode, codes: Codes::Simple(simple_letters(dict)), widths: simple_widths(dict) }
    }

    /// True where the font's widths are to be trusted.
    pub(super) fn has_widths(&self) -> bool {
        !matches!(self.widths, Widths::Unknown)
    }

    /// The letters of a string that is shown.
    pub(super) fn letters<'a>(&'a self, string: &'a [u8]) -> impl Iterator<Item = Letter> + 'a {
        let size = if matches!(self.codes, Codes::Simple(_)) { 1 } else { 2 };
        string.chunks(size).map(move |bytes| {
            let code = bytes.iter().fold(0, |code, &byte| code << 8 | u32::from(byte));
            let text = self.text(code);
            let width = self.width(code, text.as_deref());
            Letter { text, width, is_space_code: bytes == b" " }
        })
    }

    fn text(&self, code: u32) -> Option<String> {
        let said = self.to_unicode.as_ref().and_then(|table| table.lookup_bf_string(code)).map(|letter| match letter {
            BfString::Char(letter) => letter.to_string(),
            BfString::String(letters) => letters,
        });
        said.filter(|text| text != "\0").or_else(|| match &self.codes {
            Codes::Simple(letters) => letters.get(code as usize)?.clone(),
            Codes::Utf16 => char::from_u32(code).map(String::from),
            Codes::Wide => None,
        })
    }

    fn width(&self, code: u32, text: Option<&str>) -> f64 {
        let told = match &self.widths {
            Widths::Simple { first, widths } => (code as usize).checked_sub(*first).and_then(|place| widths.get(place)).copied(),
            Widths::Wide { default, widths } => {
                Some(widths.binary_search_by_key(&code, |&(code, _)| code).map_or(*default, |place| widths[place].1))
            }
            Widths::Unknown => None,
        };
        told.unwrap_or_else(|| text.map_or(MEAN_WIDTH, |text| text.chars().map(usual_width).sum()))
    }
}

fn simple_letters(dict: &Dict<'_>) -> Box<[Option<String>; 256]> {
    let encoding = dict.get::<Object<'_>>("Encoding");
    let (base, differences) = match &encoding {
        Some(Object::Name(name)) => (Some(name.clone()), None),
        Some(Object::Dict(dict)) => (dict.get::<Name<'_>>("BaseEncoding"), dict.get::<Array<'_>>("Differences")),
        _ => (None, None),
    };
    let table: &'static Encoding = if base.is_some_and(|name| &*name == b"MacRomanEncoding") { MACINTOSH } else { WINDOWS_1252 };
    let mut letters = Box::new(std::array::from_fn(|code| {
        let code = u8::try_from(code).ok().filter(|&code| code >= b' ')?;
        table.decode_without_bom_handling_and_without_replacement(&[code]).map(|text| text.into_owned())
    }));
    let mut code = 0_usize;
    for item in differences.iter().flat_map(|differences| differences.iter::<Object<'_>>()) {
        match item {
            Object::Number(number) => code = usize::try_from(number.as_i64()).unwrap_or(usize::MAX),
            Object::Name(name) => {
                if let Some(letter) = letters.get_mut(code) {
                    *letter = glyph_names::letter(name.as_str()).or(letter.take());
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    letters
}

fn simple_widths(dict: &Dict<'_>) -> Widths {
    let Some(widths) = dict.get::<Array<'_>>("Widths") else {
        return Widths::Unknown;
    };
    let widths: Vec<f64> = widths.iter::<Object<'_>>().take(256).map(number).collect();
    let first = dict.get::<i32>("FirstChar").and_then(|first| usize::try_from(first).ok()).unwrap_or(0);
    if are_sound(widths.iter().copied()) { Widths::Simple { first, widths } } else { Widths::Unknown }
}

/// `[code [width width …] first last width …]`
fn wide_widths(descendant: &Dict<'_>) -> Widths {
    let default = descendant.get::<Object<'_>>("DW").map_or(1000.0, number);
    let mut widths: Vec<(u32, f64)> = Vec::new();
    let items = descendant.get::<Array<'_>>("W");
    let mut items = items.iter().flat_map(|items| items.iter::<Object<'_>>());
    while let (Some(first), Some(next)) = (items.next(), items.next()) {
        let Object::Number(first) = first else { break };
        let first = u32::try_from(first.as_i64()).unwrap_or(u32::MAX);
        match next {
            Object::Array(list) => widths.extend((first..).zip(list.iter::<Object<'_>>().map(number)).take(65_536)),
            Object::Number(last) => {
                let (Ok(last), Some(width)) = (u32::try_from(last.as_i64()), items.next()) else { break };
                let width = number(width);
                widths.extend((first..=last).take(65_536).map(|code| (code, width)));
            }
            _ => break,
        }
        if widths.len() > 1 << 20 {
            return Widths::Unknown;
        }
    }
    widths.sort_by_key(|&(code, _)| code);
    if are_sound(widths.iter().map(|&(_, width)| width)) { Widths::Wide { default, widths } } else { Widths::Unknown }
}

fn number(object: Object<'_>) -> f64 {
    object.into_number().map_or(0.0, |number| number.as_f64())
}

/// Widths of a font in which an `i` is narrower than an `m`: the letters of names are never all of one width but
/// in typewriter fonts, for which the usual widths do as well.
fn are_sound(widths: impl Iterator<Item = f64>) -> bool {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for width in widths.filter(|&width| width != 0.0) {
        (low, high) = (low.min(width), high.max(width));
    }
    low > 0.0 && high < 3000.0 && high > low
}

/// Widths of Helvetica by sort of letter.
fn usual_width(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '\'' => 222.0,
        ' ' | '.' | ',' | ':' | ';' | '!' | '/' | '|' | 'I' | 'f' | 't' | '[' | ']' => 278.0,
        '(' | ')' | '-' | 'r' | '"' | '`' => 333.0,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 500.0,
        '=' | '+' | '<' | '>' => 584.0,
        'F' | 'L' | 'T' | 'Z' => 611.0,
        'A' | 'B' | 'E' | 'K' | 'P' | 'S' | 'V' | 'X' | 'Y' | '&' => 667.0,
        'C' | 'D' | 'H' | 'N' | 'R' | 'U' | 'w' => 722.0,
        'G' | 'O' | 'Q' => 778.0,
        'm' | 'M' | '%' => 833.0,
        'W' => 944.0,
        letter if letter >= '\u{2e80}' => 1000.0,
        _ => MEAN_WIDTH,
    }
}
