//! The labels of a detail block, with the INID codes (WIPO ST.60) before them, and the values that stand at them.

use jiff::civil::Date;

use super::lines::Line;

/// What a label of a detail block says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    /// Behind the codes 210 220 320, without a label: dates.
    Header,
    Number,
    Filed,
    Priority,
    Owner,
    /// Of the applicant. Not kept.
    Address,
    /// The representative, by name and address. Not kept.
    Agent,
    Name,
    Kind,
    Translation,
    Color,
    Classes,
    Goods,
    /// The picture, with which a block ends.
    Label,
    /// A label that is not known.
    Other,
}

impl Field {
    /// The codes that may stand beside its rows. Any other number there is of the text: `540 ml`.
    pub(super) fn codes(self) -> &'static [&'static str] {
        match self {
            Self::Header | Self::Number | Self::Filed | Self::Priority => &["210", "220", "320"],
            Self::Owner | Self::Address => &["730"],
            Self::Agent => &["740"],
            Self::Translation => &["566"],
            Self::Color => &["591"],
            Self::Classes => &["511"],
            Self::Goods => &["510"],
            Self::Label => &["540"],
            Self::Name | Self::Kind | Self::Other => &[],
        }
    }
}

/// The labels in small letters, the longer of two that begin alike first.
const LABELS: [(&str, Field); 17] = [
    ("nama referensi label merek", Field::Name),
    ("label merek", Field::Name),
    ("nomor permohonan", Field::Number),
    ("tanggal penerimaan", Field::Filed),
    ("tanggal prioritas", Field::Priority),
    ("data prioritas", Field::Priority),
    ("prioritas", Field::Priority),
    ("nama pemohon", Field::Owner),
    ("alamat pemohon", Field::Address),
    ("nama kuasa", Field::Agent),
    ("alamat kuasa", Field::Agent),
    ("tipe merek", Field::Kind),
    ("arti bahasa", Field::Translation),
    ("uraian warna", Field::Color),
    ("kelas barang/jasa", Field::Classes),
    ("uraian barang/jasa", Field::Goods),
    ("etiket", Field::Label),
];

const CODES: [&str; 10] = ["210", "220", "320", "730", "740", "566", "591", "511", "510", "540"];

/// A label in a line's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label {
    pub field: Field,
    /// Where the codes before it begin, or it itself.
    pub codes_start: usize,
    /// Where its value begins, behind the colon.
    pub value_start: usize,
    /// One of the codes before it is 210: a block begins.
    pub begins_block: bool,
    /// A colon parts it from its value; without one it is told by its place.
    pub has_colon: bool,
}

/// The labels of a line, in order; `text` is the line's.
pub(super) fn labels(line: &Line, text: &str) -> Vec<Label> {
    let small = text.to_ascii_lowercase();
    let mut found: Vec<(usize, usize, Label)> = Vec::new();
    for (word, field) in LABELS {
        for (start, _) in small.match_indices(word) {
            let end = start + word.len();
            let is_taken = found.iter().any(|&(other, other_end, _)| start < other_end && other < end);
            if !is_taken && let Some(label) = label_at(line, text, field, start, end) {
                found.push((start, end, label));
            }
        }
    }
    found.sort_by_key(|&(start, ..)| start);
    found.into_iter().map(|(.., label)| label).collect()
}

/// The label, where that is what stands there: the words also occur in goods and in names.
fn label_at(line: &Line, text: &str, field: Field, start: usize, end: usize) -> Option<Label> {
    let before = &text[..start];
    if before.ends_with(|letter: char| letter.is_alphanumeric()) {
        return None;
    }
    let codes_start = codes_start(before);
    let rest = text[end..].trim_start();
    let is_at_cell = line.starts().any(|(cell, _)| cell == start || cell == codes_start);
    let has_colon = rest.starts_with(':');
    let begins_line = is_at_cell && codes_start == 0;
    let is_whole_cell = begins_line && (end == text.len() || line.starts().any(|(cell, _)| cell == end + 1));
    let is_label = match field {
        Field::Label => before[codes_start..].contains("540") || is_at_cell && starts_with_number(rest.trim_start_matches([':', ' '])),
        // One word alone is as likely a word of goods: `prioritas`.
        Field::Priority => is_at_cell && has_colon,
        // They stand behind another value in one line.
        Field::Address | Field::Agent | Field::Number => has_colon || is_whole_cell,
        _ => is_at_cell && has_colon || is_whole_cell,
    };
    let value = if has_colon { rest[1..].trim_start() } else { rest };
    is_label.then(|| Label {
        field,
        codes_start,
        value_start: text.len() - value.len(),
        begins_block: before[codes_start..].contains("210"),
        has_colon,
    })
}

/// Where the codes at the end of `before` begin.
fn codes_start(before: &str) -> usize {
    let mut start = before.len();
    loop {
        let head = before[..start].trim_end();
        match CODES.iter().find(|code| head.ends_with(*code)) {
            Some(code) if !head[..head.len() - code.len()].ends_with(|letter: char| !letter.is_whitespace()) => {
                start = head.len() - code.len()
            }
            _ => return start,
        }
    }
}

/// The codes with which a text begins, and the rest.
pub(super) fn split_codes(text: &str) -> (&str, &str) {
    let mut rest = text;
    while let Some((word, more)) = rest.split_once(' ').or((!rest.is_empty()).then_some((rest, "")))
        && CODES.contains(&word)
    {
        rest = more;
    }
    (text[..text.len() - rest.len()].trim_end(), rest)
}

fn starts_with_number(text: &str) -> bool {
    application_number(text).is_some_and(|(start, _)| start == 0)
}

/// The first application number of a text: where it begins, and the number without white space
/// (`JID 2026000001` is how some readers give it).
pub(super) fn application_number(text: &str) -> Option<(usize, String)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let letters = run_length(&bytes[at..], |byte| byte.is_ascii_uppercase());
        if letters == 0 {
            at += 1;
            continue;
        }
        let is_word_start = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
        let gap = usize::from(bytes.get(at + letters) == Some(&b' '));
        let digits = run_length(&bytes[at + letters + gap..], |byte| byte.is_ascii_digit());
        let end = at + letters + gap + digits;
        if is_word_start && letters <= 6 && (8..=20).contains(&digits) {
            let suffix = suffix_length(&bytes[end..]);
            return Some((at, text[at..end + suffix].replace(' ', "")));
        }
        at += letters;
    }
    None
}

/// Parts of a Madrid designation have a letter or `-01` behind their number.
fn suffix_length(rest: &[u8]) -> usize {
    let ends = |length: usize| !rest.get(length).is_some_and(u8::is_ascii_alphanumeric);
    match rest {
        [b'-', tail @ ..] => match run_length(tail, |byte| byte.is_ascii_digit()) {
            digits @ 1..=3 if ends(1 + digits) => 1 + digits,
            _ => 0,
        },
        [letter, ..] if letter.is_ascii_uppercase() && ends(1) => 1,
        _ => 0,
    }
}

fn run_length(bytes: &[u8], is_of: impl Fn(&u8) -> bool) -> usize {
    bytes.iter().take_while(|byte| is_of(byte)).count()
}

/// The dates of a text, `10/07/2026` or `10 / 07 / 2026`, and `2026-07-10`.
pub(super) fn dates(text: &str) -> impl Iterator<Item = Date> {
    let tight = text.replace(" / ", "/");
    let words: Vec<String> = tight.split([' ', ',', ';', '(', ')']).map(str::to_owned).collect();
    words.into_iter().filter_map(|word| date(&word))
}

/// `10/07/2026`, as the gazette has it, or `2026-07-10`.
pub(super) fn date(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split(['/', '-']).collect();
    let &[first, month, last] = parts.as_slice() else { return None };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    let is_number = |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || !is_number(year, 4) || !is_number(month, 2) || !is_number(day, 2) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

const MONTHS: [&str; 12] =
    ["JANUARI", "FEBRUARI", "MARET", "APRIL", "MEI", "JUNI", "JULI", "AGUSTUS", "SEPTEMBER", "OKTOBER", "NOVEMBER", "DESEMBER"];

/// The day on which the announcement begins: of `DIUMUMKAN TANGGAL 15 JULI 2026 - 15 SEPTEMBER 2026` the first.
pub(super) fn announced_on(text: &str) -> Option<Date> {
    let capitals = text.to_ascii_uppercase();
    let (_, rest) = capitals.split_once("DIUMUMKAN TANGGAL")?;
    let mut words = rest.split([' ', ':']).filter(|word| !word.is_empty());
    let day = words.next()?.parse().ok()?;
    let name = words.next()?;
    let month = MONTHS.iter().position(|month| *month == name)?;
    // `15 JULI - 15 SEPTEMBER 2026`: the year is said once.
    let year = words.find_map(|word| word.parse::<i16>().ok().filter(|year| (1990..=2100).contains(year)))?;
    Date::new(year, i8::try_from(month).ok()? + 1, day).ok()
}
