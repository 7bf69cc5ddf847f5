//! Pages of placed text to a PDF, by a library that is not the one that reads it (pdf-writer).

use std::collections::HashMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str};

pub(super) const WIDTH: f32 = 595.0;
pub(super) const HEIGHT: f32 = 842.0;

/// A piece of text and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub x: f32,
    pub y: f32,
    pub size: f32,
    pub text: String,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub texts: Vec<Text>,
    /// Places of pictures.
    pub pictures: Vec<(f32, f32)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Letters {
    /// One byte each, WinAnsiEncoding.
    WinAnsi,
    /// Two bytes each, numbers of glyphs in a subset, told by ToUnicode alone.
    Glyphs,
    /// One byte each, told by the names of the glyphs.
    Named,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Widths {
    True,
    Zero,
    Thousand,
}

/// How a PDF is made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Make {
    pub letters: Letters,
    pub widths: Widths,
    pub is_packed: bool,
    pub picture_bytes: usize,
    /// The text is drawn from the bottom of the page up.
    pub is_reversed: bool,
}

pub(super) const PLAIN: Make =
    Make { letters: Letters::WinAnsi, widths: Widths::True, is_packed: true, picture_bytes: 600, is_reversed: false };

/// Widths of Helvetica from the space to the tilde, in thousandths.
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278,
    278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722,
    667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556,
    556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

fn letter_width(letter: char) -> f32 {
    let place = (letter as usize).checked_sub(32);
    f32::from(place.and_then(|place| HELVETICA.get(place)).copied().unwrap_or(if letter > '\u{2e80}' { 1000 } else { 556 }))
}

/// How wide a text is, in points.
pub(super) fn text_width(text: &str, size: f32) -> f32 {
    text.chars().map(letter_width).sum::<f32>() * size / 1000.0
}

/// Glyph numbers, given in the order of use, far from the letters' own.
#[derive(Default)]
struct Glyphs {
    numbers: HashMap<char, u16>,
}

impl Glyphs {
    fn number(&mut self, letter: char) -> u16 {
        let next = 3 + 7 * self.numbers.len() as u16;
        *self.numbers.entry(letter).or_insert(next)
    }
}

const CATALOG: Ref = Ref::new(1);
const TREE: Ref = Ref::new(2);
const FONT: Ref = Ref::new(3);
const CID_FONT: Ref = Ref::new(4);
const TO_UNICODE: Ref = Ref::new(5);
const DESCRIPTOR: Ref = Ref::new(6);
const TITLE: Ref = Ref::new(7);
const FIRST_FREE: i32 = 10;

/// A PDF of these pages; `title` stands on each, as a form of its own, drawn at the top.
pub(super) fn pdf(sheets: &[Sheet], title: &str, make: Make) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let mut glyphs = Glyphs::default();
    let mut free = FIRST_FREE;
    let mut next = || {
        free += 1;
        Ref::new(free)
    };
    pdf.catalog(CATALOG).pages(TREE);
    let mut kids = Vec::new();
    for (number, sheet) in sheets.iter().enumerate() {
        let (page_id, content_id) = (next(), next());
        kids.push(page_id);
        let pictures: Vec<Ref> = sheet.pictures.iter().map(|_| next()).collect();
        let content = content(sheet, number, &mut glyphs, make);
        let mut page = pdf.page(page_id);
        page.media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT)).parent(TREE).contents(content_id);
        let mut resources = page.resources();
        resources.fonts().pair(Name(b"F1"), FONT);
        let mut objects = resources.x_objects();
        objects.pair(Name(b"Title"), TITLE);
        for (place, &picture) in pictures.iter().enumerate() {
            objects.pair(Name(format!("Im{place}").as_bytes()), picture);
        }
        objects.finish();
        resources.finish();
        page.finish();
        write_stream(&mut pdf, content_id, &content, make.is_packed);
        for (place, picture) in pictures.into_iter().enumerate() {
            // Not packed, and not to be: as JPEG pictures are.
            let samples: Vec<u8> = (0..make.picture_bytes).map(|byte| (byte * 31 + place * 17 + number * 7) as u8).collect();
            let mut image = pdf.image_xobject(picture, &samples);
            image.width(make.picture_bytes as i32).height(1).bits_per_component(8);
            image.color_space().device_gray();
        }
    }
    pdf.pages(TREE).kids(kids.iter().copied()).count(kids.len() as i32);
    write_title(&mut pdf, title, &mut glyphs, make);
    write_font(&mut pdf, &glyphs, make);
    pdf.finish()
}

fn content(sheet: &Sheet, number: usize, glyphs: &mut Glyphs, make: Make) -> Vec<u8> {
    let mut content = Content::new();
    content.x_object(Name(b"Title"));
    for (place, &(x, y)) in sheet.pictures.iter().enumerate() {
        content.save_state().transform([80.0, 0.0, 0.0, 60.0, x, y]).x_object(Name(format!("Im{place}").as_bytes())).restore_state();
    }
    let mut texts: Vec<&Text> = sheet.texts.iter().collect();
    if make.is_reversed {
        texts.reverse();
    }
    for (place, text) in texts.into_iter().enumerate() {
        draw(&mut content, text, place + number, glyphs, make);
    }
    content.finish().to_vec()
}

/// Draws a text in one of the ways in which programs do; `way` chooses.
fn draw(content: &mut Content, text: &Text, way: usize, glyphs: &mut Glyphs, make: Make) {
    let Text { x, y, size, text } = text;
    let mut coded = |text: &str| coded(text, glyphs, make);
    // Without widths a cursor after a string is nowhere: programs that write such files place every string.
    let way = if make.widths == Widths::True { way % 5 } else { way % 4 };
    match way {
        0 => {
            content.begin_text().set_font(Name(b"F1"), *size).set_text_matrix([1.0, 0.0, 0.0, 1.0, *x, *y]);
            content.show(Str(&coded(text))).end_text();
        }
        1 => {
            // The size lies in the matrix.
            content.save_state().transform([*size, 0.0, 0.0, *size, *x, *y]);
            content.begin_text().set_font(Name(b"F1"), 1.0).show(Str(&coded(text))).end_text().restore_state();
        }
        2 => {
            // Kerned, and a space is a move.
            content.begin_text().set_font(Name(b"F1"), *size).next_line(*x, *y);
            let mut shown = content.show_positioned();
            let mut items = shown.items();
            for (place, word) in text.split(' ').enumerate() {
                if place > 0 {
                    items.adjust(-278.0);
                }
                let middle = word.char_indices().nth(word.chars().count() / 2).map_or(0, |(middle, _)| middle);
                items.show(Str(&coded(&word[..middle]))).adjust(15.0).show(Str(&coded(&word[middle..])));
            }
            items.finish();
            shown.finish();
            content.end_text();
        }
        3 => {
            // Each word on its own; the spaces are not drawn.
            content.begin_text().set_font(Name(b"F1"), *size).set_leading(0.0);
            let (mut at, mut shift) = (*x, *x);
            for (place, word) in text.split(' ').enumerate() {
                content.next_line(shift, if place == 0 { *y } else { 0.0 }).show(Str(&coded(word)));
                let advance = text_width(word, *size) + text_width(" ", *size);
                (at, shift) = (at + advance, advance);
            }
            let _ = at;
            content.end_text();
        }
        _ => {
            // Two strings, the second where the first ends; the line is reached by its leading.
            let (head, tail) = text.split_at(text.char_indices().nth(text.chars().count() / 2).map_or(0, |(middle, _)| middle));
            content.begin_text().set_font(Name(b"F1"), *size).set_text_matrix([1.0, 0.0, 0.0, 1.0, *x, *y + 11.0]).set_leading(11.0);
            content.next_line_show(Str(&coded(head))).show(Str(&coded(tail))).end_text();
        }
    }
}

fn coded(text: &str, glyphs: &mut Glyphs, make: Make) -> Vec<u8> {
    match make.letters {
        Letters::Glyphs => text.chars().flat_map(|letter| glyphs.number(letter).to_be_bytes()).collect(),
        Letters::WinAnsi => {
            let (bytes, _, has_others) = encoding_rs::WINDOWS_1252.encode(text);
            assert!(!has_others, "{text} is of other letters");
            bytes.into_owned()
        }
        Letters::Named => text
            .chars()
            .map(|letter| NAMED.iter().position(|&(named, _)| named == letter).map_or(letter as u8, |place| 1 + place as u8))
            .collect(),
    }
}

/// Letters that a font with names has at the codes from 1 on.
pub(super) const NAMED: [(char, &str); 8] = [
    ('É', "Eacute"),
    ('Ñ', "Ntilde"),
    ('Ú', "uni00DA"),
    ('®', "registered"),
    ('\u{201c}', "quotedblleft"),
    ('\u{201d}', "quotedblright"),
    ('&', "ampersand"),
    ('A', "A.alt"),
];

fn write_stream(pdf: &mut Pdf, id: Ref, data: &[u8], is_packed: bool) {
    if is_packed {
        pdf.stream(id, &packed(data)).filter(Filter::FlateDecode);
    } else {
        pdf.stream(id, data);
    }
}

pub(super) fn packed(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(data).expect("a vector takes all");
    encoder.finish().expect("a vector takes all")
}

fn write_title(pdf: &mut Pdf, title: &str, glyphs: &mut Glyphs, make: Make) {
    let mut content = Content::new();
    let text = Text { x: 0.0, y: 0.0, size: 7.0, text: title.to_owned() };
    draw(&mut content, &text, 0, glyphs, make);
    let content = content.finish().to_vec();
    let mut form = pdf.form_xobject(TITLE, &content);
    form.bbox(Rect::new(0.0, 0.0, WIDTH, 20.0)).matrix([1.0, 0.0, 0.0, 1.0, 40.0, HEIGHT - 30.0]);
    form.resources().fonts().pair(Name(b"F1"), FONT);
}

fn stated(width: f32, make: Make) -> f32 {
    match make.widths {
        Widths::True => width,
        Widths::Zero => 0.0,
        Widths::Thousand => 1000.0,
    }
}

fn write_font(pdf: &mut Pdf, glyphs: &Glyphs, make: Make) {
    if make.letters == Letters::Glyphs {
        return write_glyph_font(pdf, glyphs, make);
    }
    let mut font = pdf.type1_font(FONT);
    font.base_font(Name(b"Helvetica")).first_char(0).last_char(255);
    let letter = |code: u8| match (make.letters, code) {
        (Letters::Named, 1..=8) => NAMED[usize::from(code) - 1].0,
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[code]).0.chars().next().unwrap_or(' '),
    };
    font.widths((0..=255).map(|code| stated(letter_width(letter(code)), make)));
    if make.letters == Letters::Named {
        let mut encoding = font.encoding_custom();
        encoding.base_encoding(Name(b"WinAnsiEncoding"));
        encoding.differences().consecutive(1, NAMED.map(|(_, name)| Name(name.as_bytes())));
    } else {
        font.encoding_predefined(Name(b"WinAnsiEncoding"));
    }
}

const INFO: SystemInfo<'static> = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

fn write_glyph_font(pdf: &mut Pdf, glyphs: &Glyphs, make: Make) {
    let mut numbers: Vec<(char, u16)> = glyphs.numbers.iter().map(|(&letter, &number)| (letter, number)).collect();
    numbers.sort_by_key(|&(_, number)| number);
    pdf.type0_font(FONT)
        .base_font(Name(b"ABCDEF+Invented"))
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(CID_FONT)
        .to_unicode(TO_UNICODE);
    let mut font = pdf.cid_font(CID_FONT);
    font.subtype(CidFontType::Type2).base_font(Name(b"ABCDEF+Invented")).system_info(INFO).font_descriptor(DESCRIPTOR);
    font.default_width(stated(556.0, make)).cid_to_gid_map_predefined(Name(b"Identity"));
    let mut widths = font.widths();
    for &(letter, number) in &numbers {
        widths.consecutive(number, [stated(letter_width(letter), make)]);
    }
    widths.finish();
    font.finish();
    pdf.font_descriptor(DESCRIPTOR).name(Name(b"ABCDEF+Invented")).flags(FontFlags::SYMBOLIC).bbox(Rect::new(0.0, 0.0, 1000.0, 1000.0));
    let mut table = UnicodeCmap::new(Name(b"Custom"), INFO);
    for &(letter, number) in &numbers {
        table.pair(number, letter);
    }
    let table = packed(&table.finish());
    pdf.cmap(TO_UNICODE, &table).name(Name(b"Custom")).system_info(INFO).filter(Filter::FlateDecode);
}
