//! The encoding that the first line of an XML file declares, held against what the file shows.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::register::Input;
use crate::{Error, Result};

/// How far into a file its declaration may reach.
const DECLARATION_BYTES: usize = 1024;

/// Reads `input` in the encoding that it declares, unless it shows that it is another.
///
/// # Errors
/// Where the encoding is not known.
pub(super) fn follow(input: &mut Input, warnings: &mut Vec<String>) -> Result<()> {
    let Some(label) = declared(input.window()) else {
        return Ok(());
    };
    let name = input.name();
    let Some(encoding) = Encoding::for_label_no_replacement(label.as_bytes()) else {
        return Err(Error::input(format!("{name}: declares the encoding {label:?}, which is not known; save it as UTF-8")));
    };
    // The byte order mark of UTF-16 is the better witness.
    if encoding == UTF_8 || input.is_transcoded() {
        return Ok(());
    }
    if encoding == UTF_16LE || encoding == UTF_16BE {
        warnings.push(format!("it declares {label} but is written byte by byte: it is read as UTF-8"));
        return Ok(());
    }
    if is_utf8_beyond_ascii(input.window()) {
        warnings.push(format!("it declares {label} but is UTF-8, and is read so"));
        return Ok(());
    }
    input.transcode(encoding)
}

/// True for text that no other encoding would give by chance: all of it UTF-8, and some of it no ASCII.
fn is_utf8_beyond_ascii(window: &[u8]) -> bool {
    !window.is_ascii()
        && match std::str::from_utf8(window) {
            Ok(_) => true,
            // The window may end in the middle of a character.
            Err(error) => error.error_len().is_none() && !window[..error.valid_up_to()].is_ascii(),
        }
}

/// The label in `<?xml version="1.0" encoding="label"?>`.
fn declared(window: &[u8]) -> Option<String> {
    let head = window[..window.len().min(DECLARATION_BYTES)].trim_ascii_start();
    let head = String::from_utf8_lossy(head);
    let declaration = head.strip_prefix("<?xml")?.split_once("?>")?.0;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    Some(value[1..].split_once(quote)?.0.trim().chars().take(40).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declared_encoding_is_found() {
        assert_eq!(declared(b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>").as_deref(), Some("ISO-8859-1"));
        assert_eq!(declared(b"<?xml version='1.0' encoding = 'utf-16' standalone='yes'?>").as_deref(), Some("utf-16"));
        assert_eq!(declared(b"<?xml version=\"1.0\"?><a encoding=\"x\"/>"), None);
        assert_eq!(declared(b"<a encoding=\"x\"/>"), None);
        assert_eq!(declared(b"<?xml encoding=\""), None);
    }
}
