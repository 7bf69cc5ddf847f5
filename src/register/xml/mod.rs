//! XML of offices, record by record in constant memory.
//!
//! A format is a table of elements and a few lines on what its words mean; reading is the same for all. What
//! can stand in XML and must not harm: entities that a file declares are never put in, nothing is fetched from
//! elsewhere, elements within one another and the size of a record are bounded.

mod declaration;
mod draft;
mod euipo;
mod israel;
mod owners;
mod paths;
mod st66;
mod st96;
mod stream;
#[cfg(test)]
mod tests;
mod texts;
mod uspto;

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader as XmlReader;

use self::draft::{Draft, Meaning};
use self::paths::Table;
use self::stream::RecordReader;
use super::reader::Reader;
use super::{Format, Input};
use crate::{Error, Result};

/// How a format writes marks.
struct Dialect {
    /// Which elements hold what.
    table: Table,
    /// Parts of a record may stand behind it.
    is_open: bool,
    /// The office (ST.3) of records that don't name theirs.
    office: &'static str,
    /// What the words of a record mean.
    meaning: fn(&mut Draft) -> Meaning,
}

/// The format of an XML text, by its root element and its namespace; `None` for XML of another kind.
pub(crate) fn format_of(window: &[u8]) -> Option<Format> {
    match kind_of(window)? {
        Kind::Uspto => Some(Format::Uspto),
        Kind::St96 => Some(Format::St96),
        Kind::St66 | Kind::Israel => Some(Format::St66),
        Kind::Euipo => Some(Format::Euipo),
    }
}

/// Reads a file in one of the XML formats.
///
/// # Errors
/// Where the file is no XML or of another format, or declares an encoding that is not known.
pub(crate) fn open(mut input: Input, format: Format) -> Result<Box<dyn Reader>> {
    let name = input.name().to_owned();
    if input.window().trim_ascii_start().first() != Some(&b'<') {
        return Err(Error::input(format!("{name}: is no XML, which {format} is; leave --format out")));
    }
    let kind = kind_of(input.window());
    if let Some(found) = format_of(input.window()).filter(|&found| found != format) {
        return Err(Error::input(format!("{name}: is {found} and not {format}; leave --format out")));
    }
    let mut warnings = Vec::new();
    declaration::follow(&mut input, &mut warnings)?;
    let dialect = match (kind, format) {
        (Some(Kind::Israel), _) => &israel::DIALECT,
        (_, Format::Uspto) => &uspto::DIALECT,
        (_, Format::St96) => &st96::DIALECT,
        (_, Format::Euipo) => &euipo::DIALECT,
        _ => &st66::DIALECT,
    };
    Ok(Box::new(RecordReader::new(input, dialect, warnings)))
}

#[derive(Clone, Copy)]
enum Kind {
    Uspto,
    St96,
    St66,
    Israel,
    Euipo,
}

/// Namespaces by a part that all their versions share.
const NAMESPACES: [(&str, Kind); 6] = [
    ("euipo.europa.eu/trademark", Kind::Euipo),
    ("oami.europa.eu/trademark", Kind::Euipo),
    ("wipo.int/standards/XMLSchema/ST96/", Kind::St96),
    ("wipo.int/standards/XMLSchema/Trademark/", Kind::St96),
    ("wipo.int/standards/XMLSchema/trademarks", Kind::St66),
    ("wipo.int/standards/XMLSchema/wo-trademarks", Kind::St66),
];

fn kind_of(window: &[u8]) -> Option<Kind> {
    let window = window.strip_prefix(b"\xef\xbb\xbf").unwrap_or(window).trim_ascii_start();
    let mut parser = XmlReader::from_reader(window);
    parser.config_mut().check_end_names = false;
    loop {
        match parser.read_event() {
            Ok(Event::Start(root) | Event::Empty(root)) => {
                let rest = &window[usize::try_from(parser.buffer_position()).unwrap_or(window.len()).min(window.len())..];
                return kind_of_root(&root, rest);
            }
            Ok(Event::Eof | Event::End(_)) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

fn kind_of_root(root: &BytesStart<'_>, rest: &[u8]) -> Option<Kind> {
    let by_namespace = || NAMESPACES.iter().find(|(part, _)| root.attributes_raw().contains(part)).map(|&(_, kind)| kind);
    match root.local_name().as_ref() {
        "trademark-applications-daily" => Some(Kind::Uspto),
        "TMBRAND" | "TMBRANDS" => Some(Kind::Israel),
        // Where the namespace is left out, the element below the root tells: one letter apart.
        "Transaction" | "TrademarkTransaction" => by_namespace().or_else(|| {
            let is_there = |name: &[u8]| rest[..rest.len().min(4096)].windows(name.len()).any(|window| window == name);
            if is_there(b"TrademarkTransactionBody") {
                Some(Kind::St96)
            } else {
                is_there(b"TradeMarkTransactionBody").then_some(Kind::St66)
            }
        }),
        _ => by_namespace(),
    }
}
