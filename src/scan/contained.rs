//! The scan for forms so much longer or shorter than the query that nothing but a common
//! beginning or end can make the two alike.

use crate::index::column::LANES;

/// For blocks of forms with `length` symbols each, calls `found(place, common)` for every form
/// that begins or ends with the query, or with which the query begins or ends; `common` is the
/// length of the shorter.
///
/// Cost: most blocks end after two or three rows from either end.
pub(super) fn scan(blocks: &[u8], length: usize, query: &[u8], found: &mut impl FnMut(usize, u8)) {
    let shorter = length.min(query.len());
    if shorter == 0 {
        return;
    }
    let (beginning, end) = (&query[..shorter], &query[query.len() - shorter..]);
    for (block, symbols) in blocks.chunks_exact(length * LANES).enumerate() {
        let rows = symbols.as_chunks::<LANES>().0;
        let begins = equal_lanes(&rows[..shorter], beginning);
        let ends = equal_lanes(&rows[length - shorter..], end);
        if begins.is_some() || ends.is_some() {
            let (begins, ends) = (begins.unwrap_or_default(), ends.unwrap_or_default());
            for lane in (0..LANES).filter(|&lane| begins[lane] || ends[lane]) {
                found(block * LANES + lane, shorter as u8);
            }
        }
    }
}

/// Which lanes hold the query's symbols in every row; `None` where no lane does.
fn equal_lanes(rows: &[[u8; LANES]], query: &[u8]) -> Option<[bool; LANES]> {
    let mut equal = [true; LANES];
    for (row, &symbol) in rows.iter().zip(query) {
        // Two plain loops over whole arrays, which the compiler turns into vector code.
        for (equal, &other) in equal.iter_mut().zip(row) {
            *equal &= other == symbol;
        }
        if !equal.iter().fold(false, |any, &equal| any | equal) {
            return None;
        }
    }
    Some(equal)
}
