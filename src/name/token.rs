//! Words: runs of letters or digits, with the place they stood in.

use std::ops::Range;

use super::fold::Folded;

/// A word of a name: letters and digits, folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    text: String,
    span_chars: Range<usize>,
    /// Characters of the compound that it is a part of.
    compound_chars: Option<usize>,
}

impl Token {
    /// `a-z0-9`, at least one character.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the word stands in the name as it came, in characters.
    pub fn span_chars(&self) -> Range<usize> {
        self.span_chars.clone()
    }

    /// The word as two, the first of `at` characters. Where letters don't stand one by one for
    /// what was written, each part points at the whole.
    pub(super) fn taken_apart(&self, at: usize) -> [Self; 2] {
        let (head, tail) = self.text.split_at(at);
        let Range { start, end } = self.span_chars;
        let spans = if end - start == self.text.len() { [start..start + at, start + at..end] } else { [start..end, start..end] };
        let [of_head, of_tail] = spans;
        let part = |text: &str, span_chars| Self { text: text.to_owned(), span_chars, compound_chars: Some(self.text.len()) };
        [part(head, of_head), part(tail, of_tail)]
    }

    /// How much of the word that it was taken from the part is, by its characters; 1 for a word of its own.
    pub fn share_of_compound(&self) -> f32 {
        self.compound_chars.map_or(1.0, |chars| self.text.len() as f32 / chars as f32)
    }

    /// True where every character is a digit.
    pub fn is_number(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// Cuts folded text into words and leaves out the spans in `set_aside`.
pub(super) fn cut(folded: &[Folded], set_aside: &[Range<usize>]) -> Vec<Token> {
    let mut runs: Vec<Vec<Folded>> = Vec::new();
    let mut run: Vec<Folded> = Vec::new();
    let mut close = |run: &mut Vec<Folded>| {
        if !run.is_empty() {
            runs.push(std::mem::take(run));
        }
    };
    for (place, letter) in folded.iter().enumerate() {
        if set_aside.iter().any(|span| span.contains(&letter.at_chars)) {
            close(&mut run);
        } else if letter.symbol.is_ascii_alphanumeric() {
            run.push(*letter);
        } else if !is_inside_word(folded, place) {
            close(&mut run);
        }
    }
    close(&mut run);
    join_initials(runs).into_iter().flat_map(|run| cut_at_digits(&run)).collect()
}

/// An apostrophe between letters or before a lone final s does not end a word: KID'S, LAU`S, D'COST.
fn is_inside_word(folded: &[Folded], place: usize) -> bool {
    let is_letter = |at: Option<usize>| at.and_then(|at| folded.get(at)).is_some_and(|letter| letter.symbol.is_ascii_alphabetic());
    matches!(folded[place].symbol, '\'' | '`') && is_letter(place.checked_sub(1)) && is_letter(place.checked_add(1))
}

/// Three or more single letters in a row are one word: "L T J", "C.E.C.".
///
/// Two are left apart: "O + RION" must not grow words that nobody wrote.
fn join_initials(runs: Vec<Vec<Folded>>) -> Vec<Vec<Folded>> {
    let is_initial = |run: &[Folded]| run.len() == 1 && run[0].symbol.is_ascii_alphabetic();
    let mut joined: Vec<Vec<Folded>> = Vec::with_capacity(runs.len());
    let mut at = 0;
    while at < runs.len() {
        let count = runs[at..].iter().take_while(|run| is_initial(run)).count();
        if count >= 3 {
            joined.push(runs[at..at + count].concat());
            at += count;
        } else {
            joined.push(runs[at].clone());
            at += 1;
        }
    }
    joined
}

/// Openings that an 8 makes an English word of: GR8, SK8, W8.
const OPENINGS_OF_EIGHT: [&str; 19] =
    ["b", "cr", "d", "f", "fr", "g", "gr", "h", "k", "l", "m", "pl", "r", "sk", "sl", "st", "str", "tr", "w"];

/// Digits at the start or end of a word stand alone (KONA81, 4MONSTER, K-24); digits between
/// letters stay, since they stand for a letter (S3GAR, K0PI), and so does an 8 that makes a word of
/// consonants (GR8). A 2 after a word of three letters or more doubles it (OLEH2).
fn cut_at_digits(run: &[Folded]) -> Vec<Token> {
    let is_digit = |letter: &Folded| letter.symbol.is_ascii_digit();
    let head = run.iter().take_while(|letter| is_digit(letter)).count();
    let tail = run.iter().rev().take_while(|letter| is_digit(letter)).count();
    if head == run.len() || (head == 0 && tail == 0) {
        return vec![token(run)];
    }
    let body = &run[head..run.len() - tail];
    let lone_digit = if head == 0 && tail == 1 { run.last().map(|letter| letter.symbol) } else { None };
    if lone_digit == Some('8') && OPENINGS_OF_EIGHT.contains(&token(body).text()) {
        return vec![token(run)];
    }
    let mut tokens = Vec::with_capacity(3);
    if head > 0 {
        tokens.push(token(&run[..head]));
    }
    tokens.push(token(body));
    if lone_digit == Some('2') && body.len() >= 3 {
        tokens.push(Token {
            text: tokens[tokens.len() - 1].text.clone(),
            span_chars: token(&run[run.len() - 1..]).span_chars,
            compound_chars: None,
        });
    } else if tail > 0 {
        tokens.push(token(&run[run.len() - tail..]));
    }
    tokens
}

fn token(run: &[Folded]) -> Token {
    let text = run.iter().map(|letter| letter.symbol).collect();
    Token { text, span_chars: run[0].at_chars..run[run.len() - 1].at_chars + 1, compound_chars: None }
}
