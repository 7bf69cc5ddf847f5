//! Berita Resmi Merek, the Indonesian office's weekly gazette: pending marks, from its PDF or from a text made of it.
//!
//! A gazette has two parts, both of which are read: a contents table, one line a mark, and detail blocks with
//! INID codes. A mark of either part is a mark; its number joins the two. Addresses, representatives and
//! pictures are left out. Refused: PDFs that are no gazette, pictures of pages, and files with a part missing.

mod contents;
mod detail;
mod font;
mod furniture;
mod glyph_names;
mod labels;
mod lines;
mod marks;
mod pages;
mod show;
mod source;
#[cfg(test)]
mod tests;

use std::io::{BufRead, Read};

use jiff::civil::Date;

use super::archive::Seekable;
use super::reader::{Mapped, Reader};
use super::{Fault, Input, Rejection, Row};
use crate::{Error, Result};

use contents::Contents;
use detail::Details;
use furniture::{Furniture, SAMPLED_PAGES};
use lines::{Columns, Line, runs_of_text};
use marks::{Discrepancies, joined};
use pages::Document;

/// Pages in which a gazette must show that it is one. Its cover is the first.
const PROBED_PAGES: usize = 30;

/// Longest text of a gazette, in bytes. 900 pages take some 10 MB.
const MAX_TEXT_BYTES: u64 = 512 << 20;

/// How far a text is looked into for the gazette's title.
const TITLE_BYTES: usize = 4 * 1024;

/// The fields of a gazette, and what becomes of them.
const FIELDS: [(&str, Option<&str>); 13] = [
    ("Nomor Permohonan", Some("id")),
    ("Tanggal Penerimaan", Some("filed_on")),
    ("Prioritas", Some("filed_on")),
    ("Merek", Some("name")),
    ("Nama Referensi Label Merek", Some("name")),
    ("Tipe Merek", Some("kind")),
    ("Kelas Barang/Jasa", Some("classes")),
    ("Uraian Barang/Jasa", Some("goods")),
    ("Nama Pemohon", Some("owner")),
    ("Arti Bahasa", Some("translation")),
    ("Alamat Pemohon", None),
    ("Nama Kuasa", None),
    ("Uraian Warna", None),
];

/// Reads a gazette's PDF.
///
/// # Errors
/// Where it is damaged, locked, no gazette, or holds pictures of pages instead of their text.
///
/// # Cost
/// At most as much memory as the file is long, and that of its marks; its pictures are passed over.
pub(crate) fn open(file: Seekable, name: &str) -> Result<Box<dyn Reader>> {
    let document = Document::open(file, name)?;
    let mut gazette = Gazette::new(name, Pages::Pdf(document));
    gazette.refuse_other()?;
    Ok(Box::new(gazette))
}

/// Reads a text that was made of a gazette's PDF, its columns kept (`pdftotext -layout`).
///
/// # Errors
/// Where it is no UTF-8, or no gazette.
pub(crate) fn open_text(input: Input) -> Result<Box<dyn Reader>> {
    let name = input.name().to_owned();
    let refuse = |what: &str| Error::input(format!("{name}: {what}"));
    let mut pages = Vec::new();
    let mut input = input.take(MAX_TEXT_BYTES);
    loop {
        let mut page = Vec::new();
        input.read_until(b'\x0c', &mut page).map_err(|error| refuse("can't be read on").caused_by(error))?;
        if page.is_empty() {
            break;
        }
        pages.push(String::from_utf8(page).map_err(|_| refuse("is no UTF-8; make the text again with `pdftotext -layout -enc UTF-8`"))?);
    }
    if input.limit() == 0 {
        return Err(refuse("is longer than any gazette; give the text of one gazette a file"));
    }
    let mut gazette = Gazette::new(&name, Pages::Text(pages));
    gazette.refuse_other()?;
    Ok(Box::new(gazette))
}

/// True for a text that begins as gazettes do.
pub(crate) fn is_like_text(window: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&window[..window.len().min(TITLE_BYTES)]).to_uppercase();
    // A table may have the words in a cell.
    head.lines().any(|line| line.trim().starts_with("BERITA RESMI MEREK") && !line.contains([';', '\t', '{', '"']))
}

/// Pages in either form.
enum Pages {
    Pdf(Document),
    Text(Vec<String>),
}

struct Gazette {
    name: String,
    pages: Pages,
    columns: Columns,
    unknown_letters: usize,
    data_date: Option<Date>,
    warnings: Vec<String>,
    /// None until the first row is asked for.
    rows: Option<std::vec::IntoIter<Row>>,
}

impl Reader for Gazette {
    fn next_row(&mut self) -> Result<Option<Row>> {
        if self.rows.is_none() {
            // The two parts stand apart: no mark is whole before the last page.
            self.rows = Some(self.read()?.into_iter());
        }
        Ok(self.rows.as_mut().and_then(Iterator::next))
    }

    fn warnings(&self) -> &[String] {
        &self.warnings
    }

    fn mapping(&self) -> Vec<Mapped> {
        FIELDS.iter().map(|&(field, column)| Mapped::new(field, column)).collect()
    }

    fn data_date(&self) -> Option<Date> {
        self.data_date
    }
}

impl Gazette {
    fn new(name: &str, pages: Pages) -> Self {
        let columns = Columns::default();
        Self { name: name.to_owned(), pages, columns, unknown_letters: 0, data_date: None, warnings: Vec::new(), rows: None }
    }

    fn page_count(&self) -> usize {
        match &self.pages {
            Pages::Pdf(document) => document.page_count(),
            Pages::Text(pages) => pages.len(),
        }
    }

    /// The lines of a page; `index` counts from 0.
    fn lines(&mut self, index: usize) -> Result<Vec<Line>> {
        match &mut self.pages {
            Pages::Pdf(document) => {
                let page = document.page(index)?;
                self.unknown_letters += page.unknown_letters;
                Ok(self.columns.read(page.runs, page.width))
            }
            Pages::Text(pages) => {
                let (runs, width) = runs_of_text(&pages[index]);
                Ok(self.columns.read(runs, width))
            }
        }
    }

    /// Refuses what is no gazette, by its first pages.
    fn refuse_other(&mut self) -> Result<()> {
        let probed = self.page_count().min(PROBED_PAGES);
        let mut letters = 0;
        for index in 0..probed {
            for line in self.lines(index)? {
                let text = line.text();
                if furniture::is_title(&text) || contents::is_header(&text) || Contents::default().take_row(&line) {
                    return Ok(());
                }
                letters += text.chars().filter(|letter| letter.is_alphanumeric()).count();
            }
        }
        let what = if letters == 0 && self.unknown_letters == 0 {
            "holds pictures of pages and no text; take the gazette from the office's site, or run text recognition over it (`ocrmypdf`)"
        } else if letters < self.unknown_letters {
            "does not say which letters its fonts show; take the gazette from the office's site as it is"
        } else {
            "is no Berita Resmi Merek: its first pages have neither that title nor a table of Nomor Permohonan, Tanggal Penerimaan, \
             Kelas and Merek; of another document, save the table as CSV"
        };
        Err(Error::input(format!("{}: {what}", self.name)))
    }

    fn read(&mut self) -> Result<Vec<Row>> {
        let furniture = self.survey()?;
        self.unknown_letters = 0;
        let (mut contents, mut details) = (Contents::default(), Details::default());
        let mut told_pages = 0;
        for index in 0..self.page_count() {
            let mut lines = self.lines(index)?;
            for line in &lines {
                told_pages = furniture::page_number(line).map_or(told_pages, |(_, pages)| pages.max(told_pages));
                self.data_date = self.data_date.or_else(|| labels::announced_on(&line.text()));
            }
            furniture.clear(&mut lines);
            contents.turn_page();
            for line in &lines {
                take(&mut contents, &mut details, line, index + 1);
            }
        }
        details.finish();
        self.rows_of(contents, details, told_pages)
    }

    /// Looks through some pages for lines that recur, and for how the details stand.
    fn survey(&mut self) -> Result<Furniture> {
        let mut furniture = Furniture::default();
        let pages = self.page_count();
        for index in (0..pages).step_by(pages.div_ceil(SAMPLED_PAGES).max(1)) {
            furniture.sample(&self.lines(index)?);
        }
        Ok(furniture)
    }

    fn rows_of(&mut self, contents: Contents, details: Details, told_pages: usize) -> Result<Vec<Row>> {
        let lost_rows = lost_rows(&contents);
        let without_number = details.without_number;
        let (marks, discrepancies) = joined(contents.rows, details.blocks);
        if marks.is_empty() {
            return Err(Error::input(format!(
                "{}: is a Berita Resmi Merek without a mark in it: neither a contents table nor a detail block can be found in its {} pages",
                self.name,
                self.page_count()
            )));
        }
        self.warn(&discrepancies, lost_rows, told_pages);
        let rejected = without_number.into_iter().map(|page| {
            let fault =
                Fault::field("Nomor Permohonan", format!("a block that begins on page {page} has no application number; look it up there"));
            Row::Rejected(Rejection::new(page as u64, fault, b""))
        });
        Ok(marks.into_iter().map(Row::Mark).chain(rejected).collect())
    }

    fn warn(&mut self, discrepancies: &Discrepancies, lost_rows: usize, told_pages: usize) {
        let pages = self.page_count();
        let counted = [
            (
                discrepancies.classes,
                "marks: the class lists and the groups of goods do not agree; every class that is named anywhere is taken",
            ),
            (discrepancies.without_details, "marks stand in the contents table alone, without owner and goods"),
            (discrepancies.without_contents, "marks stand in the details alone"),
            (discrepancies.unknown_classes, "class numbers beyond 45 are left out"),
            (lost_rows, "rows of the contents table can't be found: numbers are missing in its first column"),
            (self.unknown_letters, "letters can't be told, because their font does not say what they are; they stand as \u{fffd}"),
        ];
        let said = counted.into_iter().filter(|&(count, _)| count > 0).map(|(count, what)| format!("{}: {count} {what}", self.name));
        self.warnings.extend(said);
        if told_pages > pages {
            self.warnings.push(format!("{}: has {pages} pages and tells of {told_pages}; is a part missing?", self.name));
        }
    }
}

/// Gives a line to the part that it belongs to.
fn take(contents: &mut Contents, details: &mut Details, line: &Line, page: usize) {
    let text = line.text();
    if contents::is_header(&text) || contents.take_row(line) {
        return;
    }
    if !labels::labels(line, &text).is_empty() {
        contents.close();
    }
    if !contents.take_rest(line) {
        details.take(line, page);
    }
}

/// How many numbers the table's first column lacks.
fn lost_rows(contents: &Contents) -> usize {
    let mut places: Vec<u32> = contents.rows.iter().map(|row| row.place).collect();
    places.sort_unstable();
    places.dedup();
    places.windows(2).map(|pair| (pair[1] - pair[0] - 1) as usize).sum()
}
