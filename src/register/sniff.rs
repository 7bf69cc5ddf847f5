//! What a file is, told by its first bytes: refused with its mend, or given its way of reading.

use super::framing::records_in;
use super::{Format, Input, gazette, pdki, tmview, xml};
use crate::{Error, Result};

/// How far a file is looked into.
const HEAD_BYTES: usize = 8 * 1024;

/// How far a header may reach; a header in quotes may hold line breaks.
const HEADER_BYTES: usize = 64 * 1024;

/// Files that are no text, by how they begin, and what to do with them.
const MAGIC: [(&[u8], &str); 12] = [
    (b"%PDF", "is a PDF; a table in CSV, TSV or JSON Lines, or a workbook, is needed"),
    (b"\x89PNG", "is a PNG picture; a table in CSV, TSV or JSON Lines is needed"),
    (b"\xff\xd8\xff", "is a JPEG picture; a table in CSV, TSV or JSON Lines is needed"),
    (b"GIF8", "is a GIF picture; a table in CSV, TSV or JSON Lines is needed"),
    (b"\x1f\x8b", "is gzipped twice; unpack it once"),
    (b"BZh", "is packed by bzip2; unpack it, or pack it by gzip"),
    (b"\x28\xb5\x2f\xfd", "is packed by zstd; unpack it, or pack it by gzip"),
    (b"\xfd7zXZ", "is packed by xz; unpack it, or pack it by gzip"),
    (b"7z\xbc\xaf", "is a 7z archive; unpack it"),
    (b"Rar!", "is a RAR archive; unpack it"),
    (b"SQLite format 3", "is an SQLite database; export the table as CSV"),
    (b"PAR1", "is a Parquet file; export it as CSV"),
];

/// Files that are not read from their beginning to their end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Container {
    /// A ZIP container: an archive of such files, or a workbook.
    Zip,
    /// An Office file of the old kind: a workbook, or something else.
    OldOffice,
    /// A PDF.
    Pdf,
}

/// Tells containers by the first bytes of a file; `None` for a stream.
pub(crate) fn container(head: &[u8]) -> Option<Container> {
    match head {
        [b'%', b'P', b'D', b'F', ..] => Some(Container::Pdf),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some(Container::OldOffice),
        [b'P', b'K', 3 | 5, 4 | 6, ..] => Some(Container::Zip),
        _ => None,
    }
}

/// How a text file is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    JsonLines,
    /// An office's own format in JSON or XML.
    Office(Format),
    /// `skipped_lines` stand above everything (Excel's `sep=;`).
    Delimited {
        delimiter: u8,
        skipped_lines: u64,
    },
}

/// Looks at the beginning of a file, takes its byte order mark off and says how to read it.
///
/// `header_score` judges records read with a delimiter: whether they hold a header with a column
/// of names, and how many of its columns are known; the best delimiter is taken.
///
/// # Errors
/// Where the file is empty, binary, UTF-16 without its mark, or text of another kind.
pub(crate) fn split_opening(
    input: &mut Input,
    format: Format,
    header_rows: usize,
    header_score: impl Fn(&[Vec<String>]) -> (bool, usize),
) -> Result<Opening> {
    let name = input.name().to_owned();
    refuse_binary(&name, input.window())?;
    if input.window().starts_with(b"\xef\xbb\xbf") {
        input.consume(3);
    }
    let window = &input.window()[..input.window().len().min(HEADER_BYTES)];
    let text = window.trim_ascii_start();
    if text.is_empty() && input.is_at_end() {
        return Err(empty(&name));
    }
    if let Some(office) = office_format(window, format) {
        return Ok(Opening::Office(office));
    }
    let ending = ending(&name);
    let is_json_lines = match format {
        Format::Jsonl => true,
        Format::Auto => matches!(ending.as_str(), "jsonl" | "ndjson") || text.first() == Some(&b'{'),
        _ => false,
    };
    if text.first() == Some(&b'[') && (is_json_lines || text[1..].trim_ascii_start().first() == Some(&b'{')) {
        return Err(Error::input(format!("{name}: is one JSON array; write one object a line (jq -c '.[]' does)")));
    }
    if text.first() == Some(&b'<') {
        return Err(Error::input(format!(
            "{name}: is XML of no known office, or a web page; a table, or XML of USPTO, EUIPO, ST.96 or ST.66 is needed"
        )));
    }
    if text.first() == Some(&b'[') && matches!(text[1..].trim_ascii_start().first(), Some(b'[' | b'"' | b']')) {
        return Err(Error::input(format!("{name}: is JSON of no known office; write one object a line, with a key `name`")));
    }
    if is_json_lines {
        if text.starts_with(b"{") && text.split(|&byte| byte == b'\n').next().is_some_and(|line| line.trim_ascii() == b"{") {
            return Err(Error::input(format!("{name}: is JSON with an object on several lines; write one object a line (jq -c . does)")));
        }
        return Ok(Opening::JsonLines);
    }
    if let Some((delimiter, skipped_lines)) = stated_delimiter(window) {
        return Ok(Opening::Delimited { delimiter, skipped_lines });
    }
    let candidates: &[u8] = match format {
        Format::Tsv => b"\t",
        _ if matches!(ending.as_str(), "tsv" | "tab") => b"\t,;",
        _ => b",;\t|",
    };
    let mut best = (candidates[0], (false, 0, 0));
    for &delimiter in candidates {
        let records = records_in(window, delimiter, header_rows);
        let (has_name, known_count) = header_score(&records);
        let score = (has_name, known_count, records.iter().map(Vec::len).max().unwrap_or(0));
        if score > best.1 {
            best = (delimiter, score);
        }
    }
    Ok(Opening::Delimited { delimiter: best.0, skipped_lines: 0 })
}

/// The office's format in which a text is, or is to be read; `None` for tables and for our own layout.
fn office_format(window: &[u8], format: Format) -> Option<Format> {
    let text = window.trim_ascii_start();
    let is_json = matches!(text.first(), Some(b'{' | b'['));
    match format {
        Format::Auto if text.first() == Some(&b'<') => xml::format_of(text),
        Format::Auto if is_json && pdki::is_like_json(text) => Some(Format::Pdki),
        Format::Auto if is_json && tmview::is_like(text) => Some(Format::Tmview),
        Format::Auto if gazette::is_like_text(text) => Some(Format::Gazette),
        // Tables are told by their headers.
        Format::Pdki | Format::Tmview if !is_json => None,
        Format::Uspto if text.first() != Some(&b'<') => None,
        Format::Pdki | Format::Gazette | Format::Tmview | Format::Uspto | Format::St96 | Format::St66 | Format::Euipo => Some(format),
        _ => None,
    }
}

/// Refuses what is no UTF-8 text, by the file's beginning.
fn refuse_binary(name: &str, window: &[u8]) -> Result<()> {
    let head = &window[..window.len().min(HEAD_BYTES)];
    let refuse = |what: &str| Err(Error::input(format!("{name}: {what}")));
    if head.is_empty() {
        return Err(empty(name));
    }
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return refuse(what);
    }
    // With its mark it came here as UTF-8.
    if looks_like_utf16(head) {
        return refuse("is UTF-16 without a byte order mark; save it as UTF-8 (of a table, as \"CSV UTF-8\")");
    }
    if head.contains(&0) {
        return refuse("is a binary file; a table in CSV, TSV or JSON Lines is needed");
    }
    Ok(())
}

fn empty(name: &str) -> Error {
    Error::input(format!("{name}: is empty; it needs a header with a column `name`, or one JSON object a line"))
}

/// Latin text in UTF-16 without its mark: a NUL on one side of nearly every pair of bytes, none on the other.
fn looks_like_utf16(head: &[u8]) -> bool {
    let pairs = head.chunks_exact(2);
    let pair_count = pairs.len();
    let (high, low) = pairs.fold((0, 0), |(high, low), pair| (high + usize::from(pair[0] == 0), low + usize::from(pair[1] == 0)));
    pair_count >= 4 && high.max(low) * 10 >= pair_count * 7 && high.min(low) == 0
}

/// Excel's own line for the delimiter: `sep=;`.
fn stated_delimiter(window: &[u8]) -> Option<(u8, u64)> {
    let line = window.split(|&byte| byte == b'\n').next()?.trim_ascii_end();
    let stated = window.get(..4).filter(|word| word.eq_ignore_ascii_case(b"sep="))?.len();
    match (window.get(stated), line.len()) {
        // The tab itself is white space, which the trimming took.
        (Some(b'\t'), 4) => Some((b'\t', 1)),
        (Some(&delimiter @ (b',' | b';' | b'|')), 5) => Some((delimiter, 1)),
        _ => None,
    }
}

/// The file's ending in lower case, what it had before it was gzipped.
fn ending(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_owned())
}
