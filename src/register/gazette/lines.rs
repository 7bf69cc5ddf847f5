//! Text with its places to lines, and lines to columns.

use super::contents::{Contents, is_header};
use super::labels::{Field, announced_on, labels};
use super::show::Run;

/// Gaps between two runs of one line, in heights of the font: below the first they are one word, beyond the
/// second two cells of a table.
const WORD_GAP: f32 = 0.12;
const CELL_GAP: f32 = 1.0;

/// Baselines of one line may differ by this much of the font's height.
const SAME_LINE: f32 = 0.35;

/// Letters of a run beyond which its end, where the font's widths are no help, says nothing.
const MAX_UNSURE_CHARS: usize = 3;

/// One line of a page, or of one column of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    /// Baseline, in points from the page's bottom.
    pub y: f32,
    /// Height of its largest font, in points.
    pub size: f32,
    /// 1 for what stands beside the text, in a column of its own; 0 for all else.
    pub column: usize,
    pub cells: Vec<Cell>,
}

/// Text of a line that stands together.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cell {
    pub x: f32,
    pub end: f32,
    /// White space is one space, and none at the ends.
    pub text: String,
}

impl Line {
    /// The cells, parted by spaces.
    pub(super) fn text(&self) -> String {
        self.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Where in [`Line::text`] each cell begins.
    pub(super) fn starts(&self) -> impl Iterator<Item = (usize, &Cell)> {
        self.cells.iter().scan(0, |start, cell| {
            let here = *start;
            *start += cell.text.len() + 1;
            Some((here, cell))
        })
    }
}

/// Lines from runs in any order, from the top of the page to its bottom.
pub(super) fn lines(mut runs: Vec<Run>) -> Vec<Line> {
    runs.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    let mut rows: Vec<Vec<Run>> = Vec::new();
    for run in runs {
        match rows.last_mut() {
            Some(row) if row[0].y - run.y <= SAME_LINE * run.size.min(row[0].size) => row.push(run),
            _ => rows.push(vec![run]),
        }
    }
    rows.into_iter().map(line).filter(|line| !line.cells.is_empty()).collect()
}

fn line(mut row: Vec<Run>) -> Line {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut line = Line { y: row[0].y, ..Line::default() };
    let mut before: Option<Run> = None;
    for run in row {
        line.size = line.size.max(run.size);
        if before.as_ref().is_some_and(|before| is_drawn_twice(before, &run)) {
            continue;
        }
        match (line.cells.last_mut(), before.as_ref().map(|before| gap(before, &run))) {
            (Some(cell), Some(Gap::None)) => join(cell, &run, ""),
            (Some(cell), Some(Gap::Space)) => join(cell, &run, " "),
            _ => line.cells.push(Cell { x: run.x, end: run.end, text: run.text.clone() }),
        }
        before = Some(run);
    }
    for cell in &mut line.cells {
        cell.text = one_spaced(&cell.text);
    }
    line.cells.retain(|cell| !cell.text.is_empty());
    line
}

fn join(cell: &mut Cell, run: &Run, by: &str) {
    cell.text.push_str(by);
    cell.text.push_str(&run.text);
    cell.end = cell.end.max(run.end);
}

enum Gap {
    None,
    Space,
    Cell,
}

fn gap(before: &Run, run: &Run) -> Gap {
    if !before.is_end_sure && before.text.chars().count() > MAX_UNSURE_CHARS {
        return Gap::Cell;
    }
    let gap = (run.x - before.end) / run.size.max(before.size).max(1.0);
    if gap < WORD_GAP {
        Gap::None
    } else if gap < CELL_GAP {
        Gap::Space
    } else {
        Gap::Cell
    }
}

/// Bold letters are often the same letters twice, a little apart.
fn is_drawn_twice(before: &Run, run: &Run) -> bool {
    before.text == run.text && (run.x - before.x).abs() < 0.1 * run.size
}

/// `text` with its white space and control characters as single spaces, and none at the ends.
pub(super) fn one_spaced(text: &str) -> String {
    let words = text.split(|letter: char| letter.is_whitespace() || letter.is_control() || letter == '\u{ad}');
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The cells of a text in which columns are kept by spaces, as `pdftotext -layout` writes it, as runs of a page,
/// and the page's width.
pub(super) fn runs_of_text(page: &str) -> (Vec<Run>, f32) {
    /// Of a letter and of a line, in points. Two spaces are wider than [`CELL_GAP`].
    const WIDTH: f32 = 7.0;
    const LEADING: f32 = 12.0;
    let mut runs: Vec<Run> = Vec::new();
    for (number, text) in page.lines().enumerate() {
        let y = -(number as f32) * LEADING;
        let mut spaces = 2;
        for (place, letter) in text.chars().enumerate() {
            if letter.is_whitespace() || letter.is_control() {
                spaces += 1;
                continue;
            }
            let x = place as f32 * WIDTH;
            match runs.last_mut() {
                Some(run) if spaces < 2 => {
                    run.text.extend((spaces == 1).then_some(' ').into_iter().chain([letter]));
                    run.end = x + WIDTH;
                }
                _ => runs.push(Run { x, end: x + WIDTH, y, size: LEADING, is_end_sure: true, text: letter.to_string() }),
            }
            spaces = 0;
        }
    }
    let width = runs.iter().map(|run| run.end).fold(0.0, f32::max);
    (runs, width)
}

/// How the pages that show details are parted into columns; kept from page to page, because the last page of a
/// gazette may have too little on it to tell.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Columns {
    /// Where the first and where the second of two columns of details begin.
    starts: Option<(f32, f32)>,
}

impl Columns {
    /// The lines of a page in the order of reading.
    pub(super) fn read(&mut self, runs: Vec<Run>, width: f32) -> Vec<Line> {
        let whole = lines(runs.clone());
        let hits = hits(&whole);
        // What begins beyond this stands in the right half.
        let half = width * 0.42;
        let is_main = |&&(x, field): &&(f32, Field)| {
            x > half && matches!(field, Field::Owner | Field::Name | Field::Kind | Field::Classes | Field::Goods)
        };
        let mut right: Vec<Field> = hits.iter().filter(is_main).map(|&(_, field)| field).collect();
        right.sort();
        right.dedup();
        let start = |from: f32, to: f32| column_start(hits.iter().map(|&(x, _)| x).filter(|&x| x > from && x <= to));
        if let (true, Some(left), Some(gutter)) = (right.len() >= 2, start(f32::MIN, half), start(half, f32::MAX)) {
            // Lines that have no code begin further right.
            let (known_left, known_gutter) = self.starts.unwrap_or((left, gutter));
            self.starts = Some((left.min(known_left), gutter.min(known_gutter)));
        }
        let has_details = hits.iter().any(|&(_, field)| field >= Field::Owner);
        let is_front = whole.iter().any(|line| is_of_table(line) || !has_details && announced_on(&line.text()).is_some());
        if let Some((left, gutter)) = self.starts.filter(|&(_, gutter)| !is_front && is_free(&runs, gutter)) {
            return side_by_side(runs, left, gutter);
        }
        let label = hits.iter().find(|&&(x, field)| x > half && field == Field::Label).map(|&(x, _)| x);
        match label {
            Some(x) if hits.iter().any(|&(other, _)| other < half) => beside(runs, x),
            _ => whole,
        }
    }
}

/// The first place at which two labels or more begin. One alone may be a number of the goods of the other column,
/// taken for the code of a label beside it.
fn column_start(places: impl Iterator<Item = f32>) -> Option<f32> {
    let mut places: Vec<f32> = places.collect();
    places.sort_by(f32::total_cmp);
    places.windows(2).find(|pair| pair[1] - pair[0] < 2.0).map(|pair| pair[0]).or(places.first().copied())
}

/// Labels of the lines, each with the place at which its line, or the codes before it, begin.
fn hits(lines: &[Line]) -> Vec<(f32, Field)> {
    let mut hits = Vec::new();
    for line in lines {
        let text = line.text();
        for label in labels(line, &text) {
            let place = line.starts().take_while(|&(start, _)| start <= label.codes_start).last();
            hits.extend(place.map(|(_, cell)| (cell.x, label.field)));
        }
    }
    hits
}

/// True for lines of the contents table, which is in one column.
fn is_of_table(line: &Line) -> bool {
    is_header(&line.text()) || Contents::default().take_row(line)
}

/// True where no text that is known to reach over `x` does so.
fn is_free(runs: &[Run], x: f32) -> bool {
    !runs.iter().any(|run| run.is_end_sure && run.x < x - 1.0 && run.end > x + 1.0)
}

fn parted(runs: Vec<Run>, x: f32) -> (Vec<Line>, Vec<Line>) {
    let (right, left) = runs.into_iter().partition(|run| run.x >= x - 1.0);
    (lines(left), lines(right))
}

/// The left column, then the right one, moved to where the left one stands: a block may begin in one and end in
/// the other.
fn side_by_side(runs: Vec<Run>, left: f32, gutter: f32) -> Vec<Line> {
    let (mut all, mut right) = parted(runs, gutter);
    for cell in right.iter_mut().flat_map(|line| &mut line.cells) {
        cell.x -= gutter - left;
        cell.end -= gutter - left;
    }
    all.append(&mut right);
    all
}

/// From top to bottom; what stands right of `x` in a column of its own.
fn beside(runs: Vec<Run>, x: f32) -> Vec<Line> {
    let (mut all, right) = parted(runs, x);
    all.extend(right.into_iter().map(|line| Line { column: 1, ..line }));
    all.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.column.cmp(&b.column)));
    all
}
