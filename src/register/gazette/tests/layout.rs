//! A gazette laid out as the office lays it out: cover, contents table, detail blocks, page furniture.

use jiff::civil::Date;

use super::specimen::Specimen;
use super::typeset::{HEIGHT, Make, Sheet, Text, WIDTH, pdf, text_width};

/// How the blocks stand on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blocks {
    /// One below the other, the picture below its text.
    One,
    /// In two columns.
    Two,
    /// One below the other, the picture beside its text.
    Beside,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    pub blocks: Blocks,
    /// Codes, date and number of a block in one line, in that order.
    pub has_short_head: bool,
    pub has_contents: bool,
    pub has_details: bool,
}

pub(super) const ONE: Layout = Layout { blocks: Blocks::One, has_short_head: false, has_contents: true, has_details: true };

const BOTTOM: f32 = 60.0;
const TOP: f32 = HEIGHT - 60.0;
const SIZE: f32 = 8.0;
const LEADING: f32 = 11.0;

/// Sheets of a gazette of these marks.
pub(super) fn sheets(specimens: &[Specimen], layout: Layout) -> Vec<Sheet> {
    let mut pages = Pages { sheets: Vec::new(), y: 0.0, column: 0, columns: 1 };
    pages.cover();
    if layout.has_contents {
        pages.contents(specimens);
    }
    if layout.has_details {
        pages.columns = if layout.blocks == Blocks::Two { 2 } else { 1 };
        pages.turn();
        for specimen in specimens {
            pages.block(specimen, layout);
        }
    }
    pages.number();
    pages.sheets
}

/// The gazette of these marks.
pub(super) fn gazette(specimens: &[Specimen], layout: Layout, make: Make) -> Vec<u8> {
    pdf(&sheets(specimens, layout), "DIREKTORAT JENDERAL KEKAYAAN INTELEKTUAL REPUBLIK CONTOH", make)
}

struct Pages {
    sheets: Vec<Sheet>,
    y: f32,
    column: usize,
    columns: usize,
}

impl Pages {
    fn put(&mut self, x: f32, y: f32, text: &str) {
        if !text.is_empty() {
            self.sheets.last_mut().expect("a page").texts.push(Text { x, y, size: SIZE, text: text.to_owned() });
        }
    }

    fn turn(&mut self) {
        self.sheets.push(Sheet::default());
        (self.y, self.column) = (TOP, 0);
    }

    /// The next column, or the first of the next page.
    fn next_column(&mut self) {
        if self.column + 1 < self.columns {
            (self.y, self.column) = (TOP, self.column + 1);
        } else {
            self.turn();
        }
    }

    fn line(&mut self) {
        self.y -= LEADING;
        if self.y < BOTTOM {
            self.next_column();
        }
    }

    fn left(&self) -> f32 {
        if self.column == 0 { 40.0 } else { 310.0 }
    }

    fn cover(&mut self) {
        self.turn();
        let lines = ["BERITA RESMI MEREK SERI-A", "No. 141/P-M/VII/A/2026", "DIUMUMKAN TANGGAL 15 JULI 2026 - 15 SEPTEMBER 2026"];
        for (place, text) in lines.into_iter().enumerate() {
            self.put(150.0, 500.0 - 30.0 * place as f32, text);
        }
    }

    fn contents(&mut self, specimens: &[Specimen]) {
        const COLUMNS: [f32; 5] = [40.0, 70.0, 170.0, 250.0, 320.0];
        self.turn();
        self.table_head(COLUMNS);
        for (place, specimen) in specimens.iter().enumerate() {
            let classes = wrapped(&list(&specimen.classes), COLUMNS[4] - COLUMNS[3] - 6.0);
            let name = wrapped(&specimen.name, WIDTH - 40.0 - COLUMNS[4]);
            for line in 0..classes.len().max(name.len()).max(1) {
                if self.y - LEADING < BOTTOM {
                    self.turn();
                    self.table_head(COLUMNS);
                }
                self.y -= LEADING;
                if line == 0 {
                    self.put(COLUMNS[0], self.y, &(place + 1).to_string());
                    self.put(COLUMNS[1], self.y, &specimen.number);
                    self.put(COLUMNS[2], self.y, &day(specimen.filed_on));
                }
                self.put(COLUMNS[3], self.y, classes.get(line).map_or("", String::as_str));
                self.put(COLUMNS[4], self.y, name.get(line).map_or("", String::as_str));
            }
            self.y -= 3.0;
        }
    }

    fn table_head(&mut self, columns: [f32; 5]) {
        let words = ["No", "Nomor Permohonan", "Tanggal Penerimaan", "Kelas", "Merek"];
        for (x, word) in columns.into_iter().zip(words) {
            self.put(x, self.y, word);
        }
    }

    fn block(&mut self, specimen: &Specimen, layout: Layout) {
        let is_beside = layout.blocks == Blocks::Beside;
        if is_beside && self.y - 90.0 < BOTTOM {
            self.turn();
        }
        let top = self.y;
        if is_beside {
            self.put(440.0, top, "540");
            self.put(465.0, top, &format!("Etiket {}", specimen.number));
            self.sheets.last_mut().expect("a page").pictures.push((465.0, top - 70.0));
        }
        let received = format!("{} 09:15:02", day(specimen.filed_on));
        let priority = specimen.priority_on.map_or("-".to_owned(), |priority| format!("{} US 98765432", day(priority)));
        // In a narrow column it has no room.
        if layout.has_short_head && layout.blocks != Blocks::Two {
            let left = self.left();
            self.put(left, self.y, "210 220 320");
            self.put(left + 60.0, self.y, &received);
            self.put(left + 150.0, self.y, &format!("Nomor Permohonan : {}", specimen.number));
            self.line();
            if specimen.priority_on.is_some() {
                self.row("", "Prioritas", &priority, layout);
            }
        } else {
            self.row("210", "Nomor Permohonan", &specimen.number, layout);
            self.row("220", "Tanggal Penerimaan", &received, layout);
            self.row("320", "Prioritas", &priority, layout);
        }
        self.row("730", "Nama Pemohon", &specimen.owner, layout);
        self.row("", "Alamat Pemohon", &specimen.address, layout);
        self.row("740", "Nama Kuasa", &specimen.agent, layout);
        self.row("", "Alamat Kuasa", &specimen.address, layout);
        self.row("", "Nama Referensi Label Merek", &specimen.name, layout);
        self.row("", "Tipe Merek", specimen.kind, layout);
        self.row("566", "Arti Bahasa", &specimen.translation, layout);
        self.row("591", "Uraian Warna", "Hitam, putih, merah", layout);
        self.row("511", "Kelas Barang/Jasa", &list(&specimen.detail_classes), layout);
        let goods: Vec<String> = specimen.goods.iter().map(|group| format!("=== {group} ===")).collect();
        self.row("510", "Uraian Barang/Jasa", &goods.join(" "), layout);
        if is_beside {
            // The next block begins below the picture.
            while self.y > top - 80.0 && self.y < top {
                self.line();
            }
        } else {
            self.picture(specimen);
        }
        self.line();
    }

    /// The picture goes to the next page where it has no room, away from its line.
    fn picture(&mut self, specimen: &Specimen) {
        let left = self.left();
        self.put(left, self.y, "540");
        self.put(left + 25.0, self.y, &format!("Etiket{}", specimen.number));
        self.line();
        if self.y - 60.0 < BOTTOM {
            self.next_column();
        }
        let place = (self.left() + 40.0, self.y - 60.0);
        self.sheets.last_mut().expect("a page").pictures.push(place);
        self.y -= 60.0;
        self.line();
    }

    fn row(&mut self, code: &str, label: &str, value: &str, layout: Layout) {
        let (value_x, width) = match layout.blocks {
            Blocks::One => (150.0, 360.0),
            Blocks::Two => (135.0, 105.0),
            Blocks::Beside => (150.0, 220.0),
        };
        let lines = wrapped(value, width);
        for line in 0..lines.len().max(1) {
            let left = self.left();
            if line == 0 {
                self.put(left, self.y, code);
                self.put(left + 25.0, self.y, label);
                self.put(left + value_x - 5.0, self.y, ":");
            }
            self.put(left + value_x, self.y, lines.get(line).map_or("", String::as_str));
            self.line();
        }
    }

    fn number(&mut self) {
        let count = self.sheets.len();
        for (place, sheet) in self.sheets.iter_mut().enumerate().skip(1) {
            let text = format!("Halaman {} dari {count}", place + 1);
            sheet.texts.push(Text { x: 480.0, y: 30.0, size: SIZE, text });
            sheet.texts.push(Text { x: 40.0, y: HEIGHT - 42.0, size: SIZE, text: "BERITA RESMI MEREK SERI-A".to_owned() });
        }
    }
}

fn list(classes: &[u8]) -> String {
    classes.iter().map(|class| format!("{class:02}")).collect::<Vec<_>>().join(", ")
}

fn day(date: Date) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}

/// Lines of at most `width` points; a word is never cut.
fn wrapped(text: &str, width: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if text_width(line, SIZE) + text_width(" ", SIZE) + text_width(word, SIZE) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The same pages as `pdftotext -layout` writes them: a form feed after each, columns kept by spaces.
pub(super) fn as_text(sheets: &[Sheet]) -> String {
    let mut all = String::new();
    for sheet in sheets {
        let mut texts = sheet.texts.clone();
        texts.sort_by(|a, b| b.y.total_cmp(&a.y));
        for row in texts.chunk_by_mut(|a, b| a.y - b.y < 1.0) {
            row.sort_by(|a, b| a.x.total_cmp(&b.x));
            let mut line = String::new();
            for text in row {
                // Three points a letter keep all columns apart.
                let column = (text.x / 3.0) as usize;
                let place = line.chars().count();
                let spaces = if place == 0 { column } else { column.saturating_sub(place).max(2) };
                line.extend(std::iter::repeat_n(' ', spaces));
                line.push_str(&text.text);
            }
            all.push_str(&line);
            all.push('\n');
        }
        all.push('\x0c');
    }
    all
}
