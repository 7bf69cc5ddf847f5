//! The plain tables that the lexicons are kept in: tab-separated, one header row, no quoting.

use crate::mark::NiceClasses;

/// Rows of `text` as cells, in the order of `columns`.
///
/// # Errors
/// A sentence that names the file and the line, where the header or a row has another shape.
pub(super) fn rows<const N: usize>(file: &str, text: &'static str, columns: [&str; N]) -> Result<Vec<[&'static str; N]>, String> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    if header != columns {
        return Err(format!("{file}: columns {header:?} where {columns:?} belong"));
    }
    lines
        .enumerate()
        .map(|(at, line)| {
            let cells: Vec<&'static str> = line.split('\t').collect();
            <[&'static str; N]>::try_from(cells).map_err(|cells| format!("{file}, line {}: {} cells, not {N}", at + 2, cells.len()))
        })
        .collect()
}

/// Nice classes of a cell such as `30;43`.
pub(super) fn classes(file: &str, row: &str, cell: &str) -> Result<NiceClasses, String> {
    cell.parse().map_err(|reason| format!("{file}, {row}: {reason}"))
}

/// Words of a term, folded as a name is: lower-case ASCII, an apostrophe inside a word goes,
/// every other sign parts two words.
///
/// Not [`crate::name::Name`], which sets an office's own phrases aside: `gambar` is a word here.
///
/// # Errors
/// A sentence, where the term has letters outside ASCII (the files are kept romanized) or none.
pub(super) fn words(term: &str) -> Result<Vec<String>, String> {
    if !term.is_ascii() {
        return Err(format!("term {term:?} is not romanized"));
    }
    let folded = term.to_ascii_lowercase().replace('\'', "");
    let words: Vec<String> =
        folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    if words.is_empty() { Err(format!("term {term:?} has no letter")) } else { Ok(words) }
}
