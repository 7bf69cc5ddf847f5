//! The rows of a file, with the progress of reading them told.

use jiff::civil::Date;

use super::progress::Progress;
use crate::register::{Row, Rows};
use crate::{Error, Result};

/// Telling the time at each of two million rows would take longer than reading some.
const TELL_EVERY: u64 = 1024;

/// Passes every row of a file to `take`, with the date that its file (of an archive, its member) says it is of; gives
/// how many there were. Of `total` bytes, `bytes_before` were read in other files.
///
/// What can't be read on goes to `fail`: where that returns, the next member of an archive is read.
pub(super) fn each_row(
    rows: &mut Rows,
    progress: &Progress,
    bytes_before: u64,
    total: u64,
    mut take: impl FnMut(Row, Option<Date>) -> Result<()>,
    mut fail: impl FnMut(Error) -> Result<()>,
) -> Result<u64> {
    let mut count = 0_u64;
    loop {
        match rows.next() {
            None => break,
            Some(Ok(row)) => take(row, rows.current_date())?,
            Some(Err(error)) => {
                fail(error)?;
                if rows.pass_over_failure() {
                    continue;
                }
                break;
            }
        }
        count += 1;
        if count.is_multiple_of(TELL_EVERY) {
            progress.set(bytes_before + rows.bytes_read(), total);
        }
    }
    Ok(count)
}
