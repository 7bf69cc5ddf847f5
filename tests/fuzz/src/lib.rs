//! What every target does: any bytes are read to their end in one format, which gives rows, rejections or an
//! error, and never a panic or a hang.

use std::io::Cursor;

use mirip::register::{Format, Row, read};

/// Reads a file to its end.
pub fn read_to_end(file: &[u8], format: Format) {
    let Ok(rows) = read(Cursor::new(file.to_vec()), "file", format) else { return };
    for row in rows {
        match row {
            Ok(Row::Mark(mark) | Row::Part(mark)) => assert!(!mark.id.is_empty(), "a mark without an id: {mark:?}"),
            Ok(Row::Rejected(rejection)) => assert!(!rejection.reason.is_empty()),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}
