//! The tables under `data/script`: tab-separated, one header row, no quoting.

/// Rows of `text` as cells. A cell `-` is empty.
///
/// # Panics
/// Where a row has not `N` cells. The tables are part of the program, and a test reads each.
pub(super) fn rows<const N: usize>(text: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    text.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split('\t').map(|cell| if cell == "-" { "" } else { cell }).collect();
        <[&str; N]>::try_from(cells).unwrap_or_else(|cells| panic!("data/script: {} cells, not {N}, in {line:?}", cells.len()))
    })
}

/// The one or two characters of a cell; the second is `\0` where there is one.
///
/// # Panics
/// Where there are none or more.
pub(super) fn key(cell: &str) -> [char; 2] {
    let mut characters = cell.chars();
    let key = [characters.next().unwrap_or('\0'), characters.next().unwrap_or('\0')];
    assert!(key[0] != '\0' && characters.next().is_none(), "data/script: {cell:?} is not one or two characters");
    key
}
