//! The rows of a file, with the progress of reading them told.

use super::progress::Progress;
use crate::Result;
use crate::register::{Row, Rows};

/// Telling the time at each of two million rows would take longer than reading some.
const TELL_EVERY: u64 = 1024;

/// Passes every row of a file to `take`; gives how many there were. Of `total` bytes, `bytes_before` were read in
/// other files.
pub(super) fn each_row(
    rows: &mut Rows,
    progress: &Progress,
    bytes_before: u64,
    total: u64,
    mut take: impl FnMut(Row) -> Result<()>,
) -> Result<u64> {
    let mut count = 0_u64;
    while let Some(row) = rows.next() {
        take(row?)?;
        count += 1;
        if count.is_multiple_of(TELL_EVERY) {
            progress.set(bytes_before + rows.bytes_read(), total);
        }
    }
    Ok(count)
}
