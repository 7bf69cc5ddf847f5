//! Drawing instructions of a page to runs of text, each with its place.
//!
//! Only what moves or shows text is followed. Pictures, paths and colors are passed over.

use std::collections::HashMap;
use std::sync::Arc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use hayro_syntax::page::Resources;

use super::font::Font;
use super::pages::{PageError, unpacked};

/// How deep forms may stand in forms.
const MAX_FORM_DEPTH: usize = 8;

/// Runs on one page. A page full of text has some hundreds.
const MAX_RUNS: usize = 200_000;

/// Fonts that are kept between pages. A gazette has a handful; one with its own fonts on every page must not
/// heap them up.
const MAX_FONTS: usize = 64;

/// A move to the right inside a string that is a space, and one that is the next cell of a table; in heights
/// of the font. A space of Helvetica is 0.28 wide.
const SPACE: f64 = 0.2;
const CELL: f64 = 1.0;

/// Text that stands in one line and was drawn without a break.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    /// Where it begins, where it ends, and its baseline, in points from the page's lower left.
    pub x: f32,
    pub end: f32,
    pub y: f32,
    /// Height of the font, in points.
    pub size: f32,
    /// False where the end was reckoned without the font's widths.
    pub is_end_sure: bool,
    pub text: String,
}

/// Fonts by their place in the file.
pub(super) type Fonts = HashMap<(u32, i32), Arc<Font>>;

/// A transform as PDF writes it: `a b c d e f`.
type Matrix = [f64; 6];

/// The runs that `content` shows, and how many letters of them are not told by the file.
///
/// # Errors
/// Where there is more than a page holds; `budget` bounds the bytes of its forms.
pub(super) fn shown(
    content: &[u8],
    resources: &Resources<'_>,
    transform: Matrix,
    fonts: &mut Fonts,
    budget: usize,
) -> Result<(Vec<Run>, usize), PageError> {
    let mut page = Page { fonts, runs: Vec::new(), unknown_letters: 0, budget };
    page.draw(content, resources, State::new(transform), 0)?;
    Ok((page.runs, page.unknown_letters))
}

struct Page<'f> {
    fonts: &'f mut Fonts,
    runs: Vec<Run>,
    unknown_letters: usize,
    budget: usize,
}

/// What `q` saves and `Q` brings back.
#[derive(Clone)]
struct State {
    transform: Matrix,
    font: Option<Arc<Font>>,
    size: f64,
    char_spacing: f64,
    word_spacing: f64,
    /// 1 for letters of usual width.
    stretch: f64,
    leading: f64,
    rise: f64,
}

impl State {
    fn new(transform: Matrix) -> Self {
        Self { transform, font: None, size: 0.0, char_spacing: 0.0, word_spacing: 0.0, stretch: 1.0, leading: 0.0, rise: 0.0 }
    }
}

/// Where the next letter goes, and the run that it may belong to.
struct Pen {
    line: Matrix,
    place: Matrix,
    run: Option<Run>,
}

impl Pen {
    fn set(&mut self, matrix: Matrix) {
        (self.line, self.place) = (matrix, matrix);
    }

    fn move_line(&mut self, x: f64, y: f64) {
        self.set(product([1.0, 0.0, 0.0, 1.0, x, y], self.line));
    }

    fn advance(&mut self, x: f64) {
        self.place = product([1.0, 0.0, 0.0, 1.0, x, 0.0], self.place);
    }
}

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

impl Page<'_> {
    fn draw(&mut self, content: &[u8], resources: &Resources<'_>, state: State, depth: usize) -> Result<(), PageError> {
        let mut state = state;
        let mut saved: Vec<State> = Vec::new();
        let mut pen = Pen { line: IDENTITY, place: IDENTITY, run: None };
        let mut instructions = TypedIter::new(content);
        while let Some(instruction) = instructions.next() {
            if moves(&instruction) {
                self.end_run(&mut pen)?;
            }
            match instruction {
                Op::SaveState(_) if saved.len() < 1024 => saved.push(state.clone()),
                Op::RestoreState(_) => state = saved.pop().unwrap_or(state),
                Op::Transform(op) => state.transform = product(matrix([&op.0, &op.1, &op.2, &op.3, &op.4, &op.5]), state.transform),
                Op::BeginText(_) => pen.set(IDENTITY),
                Op::TextFont(op) => (state.font, state.size) = (self.font(resources, op.0), op.1.as_f64()),
                Op::CharacterSpacing(op) => state.char_spacing = op.0.as_f64(),
                Op::WordSpacing(op) => state.word_spacing = op.0.as_f64(),
                Op::HorizontalScaling(op) => state.stretch = op.0.as_f64() / 100.0,
                Op::TextLeading(op) => state.leading = op.0.as_f64(),
                Op::TextRise(op) => state.rise = op.0.as_f64(),
                Op::NextLine(op) => pen.move_line(op.0.as_f64(), op.1.as_f64()),
                Op::NextLineAndSetLeading(op) => {
                    state.leading = -op.1.as_f64();
                    pen.move_line(op.0.as_f64(), op.1.as_f64());
                }
                Op::SetTextMatrix(op) => pen.set(matrix([&op.0, &op.1, &op.2, &op.3, &op.4, &op.5])),
                Op::NextLineUsingLeading(_) => pen.move_line(0.0, -state.leading),
                Op::ShowText(op) => self.show(op.0, &state, &mut pen),
                Op::ShowTexts(op) => self.show_all(op.0, &state, &mut pen)?,
                Op::NextLineAndShowText(op) => {
                    pen.move_line(0.0, -state.leading);
                    self.show(op.0, &state, &mut pen);
                }
                Op::ShowTextWithParameters(op) => {
                    (state.word_spacing, state.char_spacing) = (op.0.as_f64(), op.1.as_f64());
                    pen.move_line(0.0, -state.leading);
                    self.show(op.2, &state, &mut pen);
                }
                Op::XObject(op) if depth < MAX_FORM_DEPTH => {
                    if let Some(stream) = resources.get_x_object(op.0) {
                        self.draw_form(&stream, resources, &state, depth)?;
                    }
                }
                _ => {}
            }
        }
        self.end_run(&mut pen)
    }

    fn draw_form(&mut self, stream: &Stream<'_>, resources: &Resources<'_>, state: &State, depth: usize) -> Result<(), PageError> {
        let dict = stream.dict();
        if dict.get::<Name<'_>>("Subtype").is_none_or(|subtype| &*subtype != b"Form") {
            return Ok(());
        }
        let content = unpacked(stream, self.budget)?;
        // Empty forms in forms would cost nothing and never end.
        self.budget = self.budget.checked_sub(content.len() + 64).ok_or(PageError::TooLarge)?;
        let mut state = state.clone();
        let numbers: Vec<f64> = dict.get::<Array<'_>>("Matrix").iter().flat_map(|list| list.iter::<Number>()).map(|n| n.as_f64()).collect();
        if let Ok(matrix) = Matrix::try_from(numbers) {
            state.transform = product(matrix, state.transform);
        }
        match dict.get::<Dict<'_>>("Resources") {
            Some(own) => self.draw(&content, &Resources::new(own), state, depth + 1),
            None => self.draw(&content, resources, state, depth + 1),
        }
    }

    fn font(&mut self, resources: &Resources<'_>, name: &Name<'_>) -> Option<Arc<Font>> {
        // A font that stands in the page itself has no place of its own.
        let place = resources.fonts.get_ref(&**name).map(|place| (place.obj_number, place.gen_number));
        if let Some(font) = place.and_then(|place| self.fonts.get(&place)) {
            return Some(Arc::clone(font));
        }
        let font = Arc::new(Font::new(&resources.get_font(name)?));
        if let Some(place) = place {
            if self.fonts.len() >= MAX_FONTS {
                self.fonts.clear();
            }
            self.fonts.insert(place, Arc::clone(&font));
        }
        Some(font)
    }

    fn show_all(&mut self, items: &Array<'_>, state: &State, pen: &mut Pen) -> Result<(), PageError> {
        for item in items.iter::<Object<'_>>() {
            match item {
                Object::String(string) => self.show(&string, state, pen),
                Object::Number(number) => {
                    let to_right = -number.as_f64() / 1000.0;
                    pen.advance(to_right * state.size * state.stretch);
                    if to_right > CELL {
                        self.end_run(pen)?;
                    } else if to_right > SPACE
                        && let Some(run) = &mut pen.run
                        && !run.text.ends_with(' ')
                    {
                        run.text.push(' ');
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn show(&mut self, string: &[u8], state: &State, pen: &mut Pen) {
        let Some(font) = &state.font else { return };
        let on_page = product(pen.place, state.transform);
        let [a, b, c, d, ..] = on_page;
        // Text that runs up the page, or over it askew, is a stamp.
        let is_upright = a > 0.0 && b.abs() < a * 0.2;
        if is_upright && pen.run.is_none() {
            let (x, y) = (on_page[4] + state.rise * c, on_page[5] + state.rise * d);
            let size = (state.size * c.hypot(d)) as f32;
            pen.run = Some(Run { x: x as f32, end: x as f32, y: y as f32, size, is_end_sure: font.has_widths(), text: String::new() });
        }
        let mut width = 0.0;
        for letter in font.letters(string) {
            let spacing = state.char_spacing + if letter.is_space_code { state.word_spacing } else { 0.0 };
            width += (letter.width / 1000.0 * state.size + spacing) * state.stretch;
            if !is_upright {
                continue;
            }
            if letter.text.is_none() {
                self.unknown_letters += 1;
            }
            if let Some(run) = &mut pen.run {
                run.text.push_str(letter.text.as_deref().unwrap_or("\u{fffd}"));
            }
        }
        pen.advance(width);
        if let Some(run) = &mut pen.run {
            run.end = product(pen.place, state.transform)[4] as f32;
            run.is_end_sure &= font.has_widths();
        }
    }

    fn end_run(&mut self, pen: &mut Pen) -> Result<(), PageError> {
        if let Some(run) = pen.run.take()
            && run.text.contains(|letter: char| !letter.is_whitespace() && letter != '\0')
            && [run.x, run.y, run.end, run.size].iter().all(|number| number.is_finite())
        {
            self.runs.push(run);
        }
        if self.runs.len() > MAX_RUNS { Err(PageError::TooLarge) } else { Ok(()) }
    }
}

/// True where the next letter does not go beside the last one.
fn moves(instruction: &Op<'_, '_>) -> bool {
    matches!(
        instruction,
        Op::BeginText(_)
            | Op::EndText(_)
            | Op::NextLine(_)
            | Op::NextLineAndSetLeading(_)
            | Op::SetTextMatrix(_)
            | Op::NextLineUsingLeading(_)
            | Op::NextLineAndShowText(_)
            | Op::ShowTextWithParameters(_)
            | Op::Transform(_)
            | Op::RestoreState(_)
            | Op::XObject(_)
    )
}

fn matrix(numbers: [&Number; 6]) -> Matrix {
    numbers.map(Number::as_f64)
}

/// First `inner`, then `outer`.
fn product(inner: Matrix, outer: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = inner;
    let [oa, ob, oc, od, oe, of] = outer;
    [a * oa + b * oc, a * ob + b * od, c * oa + d * oc, c * ob + d * od, e * oa + f * oc + oe, e * ob + f * od + of]
}
