//! Phrases that an office writes into a name to say what the label shows.
//!
//! Seen in real Indonesian rows: "natucoco + lukisan /", "voila brow dan logo vb",
//! "declip dan logo", "SECRET (Tulisan & Lukisan)", "itronics logo", "LOGO BURUNG".

use std::ops::Range;

use super::fold::Folded;

/// Words for the picture on a label.
const PICTURE_WORDS: &[&str] = &["logo", "logonya", "lukisan", "gambar", "etiket", "device", "figure", "lukisannya"];
/// Words for the written part; they belong to a phrase only beside a picture word or in brackets.
const WRITING_WORDS: &[&str] = &["tulisan", "kata", "huruf", "word", "words"];
/// Words that join the parts of such a phrase.
const JOINING_WORDS: &[&str] = &["dan", "and", "dengan", "with", "beserta", "serta", "n"];

/// Spans, in characters, of the phrases to set aside; ascending, not overlapping.
pub(super) fn find(folded: &[Folded]) -> Vec<Range<usize>> {
    let words = words(folded);
    let mut found = Vec::new();
    let mut end = words.len();
    // From the end: "+ LOGO", "DAN LOGO", "(TULISAN & LUKISAN)", "LOGO".
    while let Some(start) = phrase_before(&words[..end]) {
        let from = opening(folded, &words[start]);
        let to = closing(folded, &words[end - 1]);
        found.push(folded[from].at_chars..folded[to - 1].at_chars + 1);
        end = start;
    }
    // "DAN LOGO VB": a picture of letters follows a joined picture word.
    if found.is_empty()
        && let Some(start) = (1..words.len())
            .rev()
            .find(|&at| words[at].is_one_of(PICTURE_WORDS) && words[at - 1].is_one_of(JOINING_WORDS) && at - 1 > 0 && words.len() - at <= 2)
    {
        let from = opening(folded, &words[start - 1]);
        let to = closing(folded, &words[words.len() - 1]);
        found.push(folded[from].at_chars..folded[to - 1].at_chars + 1);
        end = start - 1;
    }
    // From the start: "LOGO BURUNG", "LUKISAN KEPALA SINGA": what follows names the picture.
    if end > 1 && words[0].is_one_of(PICTURE_WORDS) {
        found.push(folded[words[0].range.start].at_chars..folded[words[0].range.end - 1].at_chars + 1);
    }
    found.reverse();
    found.sort_by_key(|span| span.start);
    found
}

struct Word {
    text: String,
    range: Range<usize>,
    in_brackets: bool,
    after_plus: bool,
}

impl Word {
    fn is_one_of(&self, list: &[&str]) -> bool {
        list.contains(&self.text.as_str())
    }
}

fn words(folded: &[Folded]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut depth = 0_u32;
    let mut after_plus = false;
    let mut at = 0;
    while at < folded.len() {
        let symbol = folded[at].symbol;
        if symbol.is_ascii_alphanumeric() {
            let start = at;
            while at < folded.len() && folded[at].symbol.is_ascii_alphanumeric() {
                at += 1;
            }
            let text = folded[start..at].iter().map(|letter| letter.symbol).collect();
            words.push(Word { text, range: start..at, in_brackets: depth > 0, after_plus });
            after_plus = false;
            continue;
        }
        match symbol {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '+' | '&' => after_plus = true,
            _ => {}
        }
        at += 1;
    }
    words
}

/// Where the phrase that ends `words` begins; `None` where they end in no such phrase.
fn phrase_before(words: &[Word]) -> Option<usize> {
    let last = words.last()?;
    let ends_a_phrase = last.is_one_of(PICTURE_WORDS) || (last.in_brackets && last.is_one_of(WRITING_WORDS));
    if !ends_a_phrase {
        return None;
    }
    let mut start = words.len() - 1;
    // The written part and the joints before the picture word: "TULISAN DAN LUKISAN", "DAN LOGO".
    while start > 0 {
        let before = &words[start - 1];
        let joins = before.is_one_of(JOINING_WORDS);
        let same_phrase = before.in_brackets == words[start].in_brackets
            && (before.is_one_of(WRITING_WORDS)
                && (before.in_brackets || words[start].after_plus || words[start].is_one_of(JOINING_WORDS)));
        if joins || same_phrase {
            start -= 1;
        } else {
            break;
        }
    }
    Some(start)
}

/// First position of the signs that open the phrase: "+", "&", "(", "/".
fn opening(folded: &[Folded], word: &Word) -> usize {
    let mut from = word.range.start;
    while from > 0 && matches!(folded[from - 1].symbol, ' ' | '+' | '&' | '(' | '[' | '/' | '-' | ',') {
        from -= 1;
    }
    from
}

/// End of the signs that close the phrase.
fn closing(folded: &[Folded], word: &Word) -> usize {
    let mut to = word.range.end;
    while to < folded.len() && matches!(folded[to].symbol, ' ' | ')' | ']' | '/' | '.' | ',') {
        to += 1;
    }
    to
}
