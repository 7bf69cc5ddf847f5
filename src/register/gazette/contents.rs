//! The contents table: `No | Nomor Permohonan | Tanggal Penerimaan | Kelas | Merek`, one row a mark.

use jiff::civil::Date;

use super::labels::{application_number, date};
use super::lines::{Cell, Line};
use super::marks::Classes;

/// How far apart, in heights of the font, the lines of one row stand at most.
const SAME_ROW: f32 = 2.0;

/// How far left of its column a cell may begin, in points.
const SLACK: f32 = 3.0;

/// A row of the table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ContentsRow {
    /// The row's own number, from 1.
    pub place: u32,
    pub number: String,
    pub filed_on: Option<Date>,
    pub classes: Classes,
    pub name: String,
}

/// The table, as far as it was read.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub rows: Vec<ContentsRow>,
    /// Where the columns begin, told by the rows before.
    classes_x: Option<f32>,
    name_x: Option<f32>,
    /// Where the last line of the last row stands; none at the top of a page.
    last: Option<(f32, f32)>,
    is_open: bool,
}

impl Contents {
    /// Goes on to the next page: the last row may do so too.
    pub(super) fn turn_page(&mut self) {
        self.last = None;
    }

    /// Ends the last row.
    pub(super) fn close(&mut self) {
        self.is_open = false;
    }

    /// Takes a line that begins a row; false for any other.
    pub(super) fn take_row(&mut self, line: &Line) -> bool {
        let text = line.text();
        let Some((place, rest)) = text.split_once(' ') else { return false };
        let Some(place) = place.trim_end_matches('.').parse().ok().filter(|&place| place < 1_000_000) else { return false };
        let Some((0, number)) = application_number(rest) else { return false };
        // With white space in it, the number is longer in the text.
        let Some(number_end) =
            rest.find(|letter: char| letter.is_ascii_digit()).and_then(|digit| rest[digit..].find(' ').map(|end| digit + end))
        else {
            return false;
        };
        let Some((day, rest)) = split_date(rest[number_end..].trim_start()) else { return false };
        let classes_start = text.len() - rest.len();
        let rest_cells: Vec<Cell> = cells_from(line, classes_start);
        let (classes, name) = split_classes(&rest_cells, line.size);
        self.classes_x = rest_cells.first().map(|cell| cell.x).or(self.classes_x);
        self.name_x = name.iter().find(|cell| rest_cells.contains(cell)).map(|cell| cell.x).or(self.name_x);
        let name = name.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" ");
        self.rows.push(ContentsRow { place, number, filed_on: date(&day), classes: Classes::read(&classes), name });
        self.is_open = true;
        self.last = Some((line.y, line.size));
        true
    }

    /// Takes a further line of the last row, more of its name or of its classes; false for any other.
    pub(super) fn take_rest(&mut self, line: &Line) -> bool {
        if !self.is_open || self.last.is_some_and(|(y, size)| y - line.y > SAME_ROW * size.max(line.size)) {
            return false;
        }
        let (Some(row), Some(classes_x)) = (self.rows.last_mut(), self.classes_x) else { return false };
        if line.cells.first().is_none_or(|cell| cell.x < classes_x - SLACK) {
            return false;
        }
        for cell in &line.cells {
            if self.name_x.is_some_and(|name_x| cell.x < name_x - SLACK) && is_class_list(&cell.text) {
                row.classes.add(&cell.text);
            } else {
                if !row.name.is_empty() {
                    row.name.push(' ');
                }
                row.name.push_str(&cell.text);
            }
        }
        self.last = Some((line.y, line.size));
        true
    }
}

/// True for the line that names the columns.
pub(super) fn is_header(text: &str) -> bool {
    let small = text.to_ascii_lowercase();
    small.starts_with("no") && small.contains("nomor permohonan") && small.contains("kelas") && small.contains("merek")
}

/// `10/07/2026 rest` or `10 / 07 / 2026 rest`.
fn split_date(text: &str) -> Option<(String, &str)> {
    let end = text.find(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '/' | ' '))).unwrap_or(text.len());
    for (space, _) in text[..end].match_indices(' ').chain([(end, "")]) {
        let day = text[..space].replace(' ', "");
        if date(&day).is_some() {
            return Some((day, text[space..].trim_start()));
        }
    }
    None
}

/// The cells from a place in the line's text on, the first of them cut there.
fn cells_from(line: &Line, from: usize) -> Vec<Cell> {
    line.starts()
        .filter(|(start, cell)| start + cell.text.len() > from)
        .map(|(start, cell)| match from.checked_sub(start) {
            Some(cut @ 1..) => Cell { x: cell.x, end: cell.end, text: cell.text[cut..].to_owned() },
            _ => cell.clone(),
        })
        .collect()
}

/// The class list, and the cells of the name. A name may begin with a number, and the list may end with a comma
/// because it goes on in the next line: whole cells decide before commas do.
fn split_classes(cells: &[Cell], size: f32) -> (String, Vec<Cell>) {
    let Some((first, rest)) = cells.split_first() else { return Default::default() };
    if !is_class_list(&first.text) {
        let end = list_end(&first.text);
        let mut name = cells.to_vec();
        name[0].text.drain(..end);
        name[0].text = name[0].text.trim_start().to_owned();
        return (first.text[..end].to_owned(), name);
    }
    let mut classes = first.text.clone();
    let mut before = first;
    let mut name = rest;
    while let Some((cell, more)) = name.split_first()
        && classes.ends_with(',')
        && is_class_list(&cell.text)
        && cell.x - before.end < size * 1.5
    {
        classes.push_str(&cell.text);
        (before, name) = (cell, more);
    }
    (classes, name.to_vec())
}

fn is_class_list(text: &str) -> bool {
    !text.is_empty() && list_end(text) == text.len()
}

/// Where the list of numbers with which a text begins ends.
fn list_end(text: &str) -> usize {
    let mut end = 0;
    loop {
        let rest = &text[end..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=2).contains(&digits) || rest[digits..].starts_with(|letter: char| letter != ',' && letter != ' ') {
            return if end == 0 { 0 } else { text[..end].trim_end().len() };
        }
        let behind = rest[digits..].trim_start();
        let Some(next) = behind.strip_prefix(',') else { return end + digits };
        end = text.len() - next.trim_start().len();
        if end == text.len() {
            return end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_classes_ends_where_the_name_begins() {
        for (text, list) in [
            ("35, 43 WARUNG", "35, 43"),
            ("30", "30"),
            ("30 99 SEMBILAN", "30"),
            ("9,35,42 3M", "9,35,42"),
            ("35, 36,", "35, 36,"),
            ("35, WARUNG", "35,"),
            ("3M", ""),
            ("KOPI", ""),
            ("", ""),
        ] {
            assert_eq!(&text[..list_end(text)], list, "{text}");
        }
    }
}
