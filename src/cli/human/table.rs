//! Tables that fit a screen: each row one line, long cells cut with `…`.

use comfy_table::{Cell, CellAlignment, LineStyle, Table, TableStyle};

use super::text::{cut, width};

/// One column of a table.
pub(super) struct Column {
    title: &'static str,
    alignment: CellAlignment,
    /// The column gives up space while it is wider than this.
    least: usize,
}

impl Column {
    /// A column that keeps its width as long as others can give way.
    pub fn new(title: &'static str) -> Self {
        Self { title, alignment: CellAlignment::Left, least: usize::MAX }
    }

    /// The same, its cells set to the right.
    pub fn right(title: &'static str) -> Self {
        Self { alignment: CellAlignment::Right, ..Self::new(title) }
    }

    /// A column that is cut where space is short, down to `least` columns of the screen.
    pub fn flexible(title: &'static str, least: usize) -> Self {
        Self { least, ..Self::new(title) }
    }
}

/// Between two columns.
const GAP: usize = 2;

/// Draws `rows` under the titles of `columns`, no line wider than `screen`.
///
/// Cells must be escaped already. Narrower than about three letters a column, titles
/// and cells come down to `…`.
pub(super) fn table(columns: &[Column], rows: &[Vec<String>], screen: usize) -> String {
    let widths = fit(columns, rows, screen);
    let mut table = Table::new();
    table.load_style(TableStyle::new().header_separator(LineStyle::none().fill('─')));
    let cells = |texts: Vec<&str>| -> Vec<Cell> {
        let cells = texts.into_iter().zip(columns).zip(&widths);
        cells.map(|((text, column), &width)| Cell::new(cut(text, width)).set_alignment(column.alignment)).collect()
    };
    table.set_header(cells(columns.iter().map(|column| column.title).collect()));
    for row in rows {
        table.add_row(cells(row.iter().map(String::as_str).collect()));
    }
    let last = columns.len().saturating_sub(1);
    for (place, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, if place == last { 0 } else { GAP as u16 }));
    }
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// How wide each column is to be, so that all fit `screen`.
fn fit(columns: &[Column], rows: &[Vec<String>], screen: usize) -> Vec<usize> {
    let natural = |(place, column): (usize, &Column)| {
        let cells = rows.iter().map(|row| width(&row[place]));
        cells.chain([width(column.title)]).max().unwrap_or(0)
    };
    let mut widths: Vec<usize> = columns.iter().enumerate().map(natural).collect();
    let space = screen.saturating_sub(GAP * columns.len().saturating_sub(1));
    while widths.iter().sum::<usize>() > space {
        // The widest that may give way; where none may, the widest of all.
        let widest = |may: &dyn Fn(usize) -> bool| (0..columns.len()).filter(|&place| may(place)).max_by_key(|&place| widths[place]);
        let gives = widest(&|place| widths[place] > columns[place].least).or_else(|| widest(&|place| widths[place] > 1));
        let Some(place) = gives else { break };
        widths[place] -= 1;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Vec<String>> {
        vec![vec!["1".into(), "コカ・コーラ".into(), "0.93".into()], vec!["12".into(), "N".repeat(1000), "0.5".into()]]
    }

    #[test]
    fn long_cells_give_way_and_columns_stay_in_line() {
        let columns = [Column::right("#"), Column::flexible("Merek", 5), Column::right("Nilai")];
        assert_eq!(
            table(&columns, &rows(), 26),
            " #  Merek            Nilai\n\
             ──────────────────────────\n \
              1  コカ・コーラ      0.93\n\
             12  NNNNNNNNNNNNNN…    0.5\n"
        );
    }

    #[test]
    fn every_line_fits_every_screen() {
        let columns = [Column::right("#"), Column::flexible("Merek", 5), Column::right("Nilai")];
        for screen in 7..120 {
            for line in table(&columns, &rows(), screen).lines() {
                assert!(width(line) <= screen, "{screen}: {line}");
            }
        }
    }
}
