//! The Indonesian register (Pangkalan Data Kekayaan Intelektual): its search answers as a user saves them,
//! and tables that others made from them.
//!
//! One application may stand on several rows, once a class, or on several pages: each is a part of its mark.
//! Whether an answer's dates are ISO, and what it writes for nothing, is not documented: all of it is read
//! leniently. Addresses and consultants are never kept.

mod answers;
mod facts;
mod fields;
mod number;
mod table;
#[cfg(test)]
mod tests;

use super::Input;
use super::json::{self, JsonReader};
use super::reader::Reader;
use crate::Result;

use fields::Field;

/// True where the beginning of a JSON text is that of the register's answers, in whatever envelope.
///
/// Told by its keys: objects in our own layout that only call the name `nama_merek` are none.
pub(crate) fn is_like_json(window: &[u8]) -> bool {
    /// Keys that say it, or not, stand near the beginning.
    const HEAD_BYTES: usize = 8 * 1024;
    let (mut has_number, mut has_name, mut has_own_name, mut has_source, mut hits_count, mut office_words) =
        (false, false, false, false, 0, 0);
    for key in json::keys(&window[..window.len().min(HEAD_BYTES)]) {
        match key {
            b"name" => has_own_name = true,
            b"hits" => hits_count += 1,
            b"_source" => has_source = true,
            b"t_class" | b"status_permohonan" | b"tm_owner_name" | b"nomor_pendaftaran" => office_words += 1,
            _ => match Field::of_key(key) {
                Some(Field::Number) => has_number = true,
                Some(Field::Name) => has_name = true,
                _ => {}
            },
        }
    }
    hits_count > 0 && has_source || hits_count > 1 || has_number && (has_name || !has_own_name) || has_name && office_words > 0
}

/// True where a header is that of a table made from the register's answers: it has the application's number
/// and the mark's name in the office's words, and is not our own.
pub(crate) fn is_like_header(header: &[String]) -> bool {
    let has = |field| header.iter().any(|cell| Field::of_header(cell) == Some(field));
    let has_own = |name: &str| header.iter().any(|cell| super::normalize_header(cell) == name);
    has(Field::Number) && has(Field::Name) && !(has_own("id") && has_own("name"))
}

/// How many columns of a header are read.
pub(crate) fn known_columns(header: &[String]) -> usize {
    header.iter().filter(|cell| Field::of_header(cell).is_some()).count()
}

/// Reads answers: one, an array of them, or JSON Lines of answers, hits or their `_source`.
pub(crate) fn open_json(input: Input) -> Result<Box<dyn Reader>> {
    Ok(Box::new(JsonReader::new(input, &answers::ANSWERS)))
}

/// Reads a table.
pub(crate) fn open_table(input: Input, delimiter: u8, skipped_lines: u64) -> Result<Box<dyn Reader>> {
    Ok(Box::new(table::TableReader::new(input, delimiter, skipped_lines)?))
}
