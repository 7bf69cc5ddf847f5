//! Weak words: those that name, praise or place the goods, and say little about whose they are.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::mark::{NiceClass, NiceClasses};

use super::table;

/// For which goods a word is weak, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weakness {
    /// Weak whatever the goods are.
    pub everywhere: bool,
    /// Classes in which it is weak; with `everywhere`, in which it is weakest.
    pub classes: NiceClasses,
    /// Why it is weak.
    pub kind: WeakKind,
    /// Where in a name it is weak.
    pub context: WeakContext,
}

impl Weakness {
    /// True where the word is weak for goods of any of `classes`; with no class known, where it is weak for any goods.
    pub fn applies_to(&self, classes: NiceClasses) -> bool {
        self.everywhere || classes.is_empty() || self.classes.shares_class(classes)
    }

    /// Whether it holds in a name at the word `at`, from 0, of so many words; `kind_at` says why a word of the name may be
    /// weak. Every form of address is weak before another word alone: where no name follows, it is the name.
    pub fn holds_in(&self, at: usize, words: usize, kind_at: impl Fn(usize) -> Option<WeakKind>) -> bool {
        match self.context {
            _ if self.holds_anywhere() => true,
            WeakContext::Always | WeakContext::BeforeWord => at + 1 < words,
            WeakContext::BesideProduct => {
                let is_product = |near: usize| near < words && kind_at(near) == Some(WeakKind::GenericProduct);
                is_product(at.wrapping_sub(1)) || is_product(at + 1)
            }
        }
    }

    /// True where it holds wherever the word stands.
    pub fn holds_anywhere(&self) -> bool {
        self.context == WeakContext::Always && self.kind != WeakKind::FamilyTitle
    }

    /// True where the word is weak for goods of `class`.
    pub fn applies_to_class(&self, class: NiceClass) -> bool {
        self.everywhere || self.classes.contains(class)
    }
}

/// What makes a word weak where it stands in its name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weaknesses {
    /// What the word itself says.
    pub own: Option<&'static Weakness>,
    /// What the phrase says that it is a part of: all of AIR MINUM ISI ULANG names the goods, and ISI alone does not.
    pub of_phrase: Option<&'static Weakness>,
}

impl Weaknesses {
    /// Those that there are.
    pub fn each(self) -> impl Iterator<Item = &'static Weakness> {
        [self.own, self.of_phrase].into_iter().flatten()
    }
}

/// Why a word is weak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WeakKind {
    /// It names the goods or services.
    GenericProduct,
    /// It names a property of them.
    Quality,
    /// It praises.
    Laudatory,
    /// It names a place or a people.
    Place,
    /// It names a form of business.
    BusinessForm,
    /// It addresses a person: Bu, Pak, Haji. The name after it leads; where none follows, it is a name itself.
    FamilyTitle,
    /// It has a grammatical function, or an office's own.
    Function,
}

impl WeakKind {
    /// The word used in files and explanations.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GenericProduct => "generic_product",
            Self::Quality => "quality",
            Self::Laudatory => "laudatory",
            Self::Place => "place",
            Self::BusinessForm => "business_form",
            Self::FamilyTitle => "family_title",
            Self::Function => "function",
        }
    }

    fn read(text: &str) -> Option<Self> {
        use WeakKind::*;
        [GenericProduct, Quality, Laudatory, Place, BusinessForm, FamilyTitle, Function].into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Where in a name a word is weak. Some have two faces: MAS is a brother before a name, and gold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WeakContext {
    /// Wherever it stands.
    Always,
    /// Where another word follows: CAP in CAP GAJAH, MAS in MAS TINI, but not in TOKO MAS.
    BeforeWord,
    /// Next to the name of goods: RAJA in RAJA KERIPIK, but not in RAJA BATU.
    BesideProduct,
}

/// The longest weak phrase, in words.
const MAX_PHRASE_WORDS: usize = 4;

/// Whether `word` (`a-z0-9`) is listed as weak, in whatever [`WeakContext`]: a caller that knows
/// the whole name asks [`weakness_in`]. Words are known in their old spelling too (DJAJA).
///
/// A phrase of the list is found as one word only where it is written in one (OLEHOLEH). Its
/// words alone are not weak by it: in MINYAK KAYU PUTIH all three are, in PUTIH MELATI the
/// colour is weak by its own row or not at all.
///
/// ```
/// use mirip::meaning::lexicon::weakness;
///
/// let kopi = weakness("kopi").expect("listed");
/// assert!(kopi.applies_to("30".parse()?) && !kopi.applies_to("9".parse()?));
/// assert!(weakness("kenangan").is_none());
/// # Ok::<(), String>(())
/// ```
pub fn weakness(word: &str) -> Option<&'static Weakness> {
    WEAK_WORDS.words.get(word)
}

/// Every weak word that is written in one, in no particular order.
pub fn weak_words() -> impl Iterator<Item = (&'static str, &'static Weakness)> {
    WEAK_WORDS.words.iter().map(|(word, weakness)| (word.as_str(), weakness))
}

/// Every weak phrase, its words parted by a space, in no particular order.
pub fn weak_phrases() -> impl Iterator<Item = (&'static str, &'static Weakness)> {
    WEAK_WORDS.phrases.iter().map(|(phrase, weakness)| (phrase.as_str(), weakness))
}

/// What makes each of `words` weak in their name: phrases of the list count for all their words,
/// and each entry holds in its context alone.
///
/// Cost: at most four look-ups per word.
pub fn weakness_in(words: &[&str]) -> Vec<Weaknesses> {
    let longest = |at: usize| {
        let lengths = (2..=MAX_PHRASE_WORDS.min(words.len() - at)).rev();
        lengths.filter_map(|length| Some((length, WEAK_WORDS.phrases.get(&words[at..at + length].join(" "))?))).next()
    };
    let of_phrases = weakness_of_phrases(words.len(), longest);
    let of_word = |(at, word): (usize, &&str)| {
        let kind_at = |at: usize| weakness(words[at]).map(|weakness| weakness.kind);
        let own = weakness(word).filter(|weakness| weakness.holds_in(at, words.len(), kind_at));
        Weaknesses { own, of_phrase: of_phrases[at] }
    };
    words.iter().enumerate().map(of_word).collect()
}

/// By word, of a name of so many, the weakness of the phrase that it is a part of. `longest` gives the length of the
/// longest phrase that begins with a word, and its weakness; of phrases that overlap the first has the words.
pub fn weakness_of_phrases(words: usize, longest: impl Fn(usize) -> Option<(usize, &'static Weakness)>) -> Vec<Option<&'static Weakness>> {
    let mut found = vec![None; words];
    for at in 0..words {
        if let Some((length, weakness)) = longest(at) {
            found[at..at + length].iter_mut().filter(|place| place.is_none()).for_each(|place| *place = Some(weakness));
        }
    }
    found
}

struct WeakWords {
    words: HashMap<String, Weakness>,
    phrases: HashMap<String, Weakness>,
}

const FILE: &str = "weak_words.tsv";

static WEAK_WORDS: LazyLock<WeakWords> = LazyLock::new(|| {
    parse(include_str!("../../../data/lexicon/weak_words.tsv")).expect("the embedded table parses: `every_row_parses` reads it")
});

fn parse(text: &'static str) -> Result<WeakWords, String> {
    let mut found = WeakWords { words: HashMap::new(), phrases: HashMap::new() };
    let mut joined = Vec::new();
    for [word, _, classes, context, kind, _] in table::rows(FILE, text, ["word", "gloss", "classes", "context", "kind", "provenance"])? {
        let numbered: Vec<&str> = classes.split(';').filter(|class| *class != "*").collect();
        let weakness = Weakness {
            everywhere: classes.split(';').any(|class| class == "*"),
            classes: table::classes(FILE, word, &numbered.join(";"))?,
            kind: WeakKind::read(kind).ok_or_else(|| format!("{FILE}, {word}: no kind {kind:?}"))?,
            context: match context {
                "always" => WeakContext::Always,
                "before_word" => WeakContext::BeforeWord,
                "beside_product" => WeakContext::BesideProduct,
                _ => return Err(format!("{FILE}, {word}: no context {context:?}")),
            },
        };
        if !weakness.everywhere && weakness.classes.is_empty() {
            return Err(format!("{FILE}, {word}: weak for no goods"));
        }
        let words = table::words(word)?;
        let place = match words.len() {
            1 => found.words.insert(words[0].clone(), weakness),
            2..=MAX_PHRASE_WORDS => {
                joined.push((words.concat(), weakness));
                found.phrases.insert(words.join(" "), weakness)
            }
            _ => return Err(format!("{FILE}, {word}: more than {MAX_PHRASE_WORDS} words")),
        };
        if place.is_some() {
            return Err(format!("{FILE}, {word}: comes twice"));
        }
    }
    for (word, weakness) in joined {
        found.words.entry(word).or_insert(weakness);
    }
    let old: Vec<(String, Weakness)> =
        found.words.iter().flat_map(|(word, weakness)| old_spellings(word).map(|old| (old, *weakness))).collect();
    for (word, weakness) in old {
        found.words.entry(word).or_insert(weakness);
    }
    Ok(found)
}

/// A word of today as it was spelled before 1972 and before 1947: JAYA as DJAJA, BUMBU as BOEMBOE.
/// Only spellings that show that they are old: RAJA is no RAYA.
fn old_spellings(word: &str) -> impl Iterator<Item = String> + use<> {
    let is_old = |word: &String| word.as_bytes().windows(2).any(|pair| matches!(pair, b"oe" | b"tj" | b"dj" | b"sj"));
    ["u", "oe"].map(|of_u| old_spelling(word, of_u)).into_iter().filter(is_old)
}

/// The word as it was spelled until 1972, where `u` was written so.
fn old_spelling(word: &str, of_u: &str) -> String {
    let mut old = String::with_capacity(2 * word.len());
    for letter in word.chars() {
        match letter {
            'j' => old.push_str("dj"),
            'c' => old.push_str("tj"),
            'y' => old.push('j'),
            'u' => old.push_str(of_u),
            _ => old.push(letter),
        }
    }
    old
}

/// Reads the embedded table once more, for tests.
#[cfg(test)]
pub(super) fn check_table() -> Result<usize, String> {
    parse(include_str!("../../../data/lexicon/weak_words.tsv")).map(|found| found.words.len())
}
