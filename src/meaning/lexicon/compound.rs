//! Compounds: coined words that are two words written in one.
//!
//! NLSPORT is seen and said as NL SPORT, and who owns NL will say so. A word is taken apart
//! where the lexicons know both parts, or one part of some length: the rest may be anything.

use super::{concept, weak};

/// Shorter words are no compounds that anybody would see.
const MIN_WORD_LEN: usize = 5;
/// Where both parts are known: shorter words stand in nearly every word by chance.
const MIN_KNOWN_LEN: usize = 3;
/// Where the other part is not known.
const MIN_LONE_LEN: usize = 4;
/// What is left over must be a name: of one letter it is none.
const MIN_REST_LEN: usize = 2;

/// Where `word` (`a-z0-9`) falls into two words, in bytes: by the longest known parts, at the
/// first such place. `None` for a word that is known itself, and where nothing is known of it.
///
/// ```
/// use mirip::meaning::lexicon::compound;
///
/// assert_eq!(compound("kopiku"), Some(4));
/// assert_eq!(compound("indofood"), Some(4));
/// assert_eq!(compound("kopi"), None);
/// assert_eq!(compound("xyzzyq"), None);
/// ```
pub fn compound(word: &str) -> Option<usize> {
    let is_plain = word.len() >= MIN_WORD_LEN && word.bytes().all(|byte| byte.is_ascii_lowercase());
    if !is_plain || is_known(word) {
        return None;
    }
    let known_letters = |part: &str, least: usize| if part.len() >= least && is_known(part) { part.len() } else { 0 };
    let mut best: Option<(usize, usize)> = None;
    for at in MIN_REST_LEN..=word.len() - MIN_REST_LEN {
        let (head, tail) = word.split_at(at);
        let both = (known_letters(head, MIN_KNOWN_LEN), known_letters(tail, MIN_KNOWN_LEN));
        let known = match both {
            (0, 0) => 0,
            (0, _) => known_letters(tail, MIN_LONE_LEN),
            (_, 0) => known_letters(head, MIN_LONE_LEN),
            (head, tail) => head + tail,
        };
        if known > best.map_or(0, |(known, _)| known) {
            best = Some((known, at));
        }
    }
    best.map(|(_, at)| at)
}

fn is_known(word: &str) -> bool {
    weak::weakness(word).is_some() || concept::is_word(word)
}
