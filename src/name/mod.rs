//! From text to words: what of a mark's verbal element is compared.
//!
//! Folding makes text of any script into lower-case ASCII words: compatibility forms
//! (NFKC), case, diacritics, romanization, invisible characters. Scripts whose letters lean
//! on their neighbors are read in context: Arabic, the scripts of Indonesia and India, Thai,
//! kana and Hangul; others character by character. Words know where they
//! stood in the text, in characters, so that an explanation can point at them. Phrases
//! that an office adds to a name ("+ LOGO", "(Tulisan & Lukisan)") are set aside: shown,
//! never compared.
//!
//! The stage refuses nothing: text without a letter or digit becomes a [`Name`] without
//! tokens, which no later stage matches.

mod fold;
pub mod alphabet;
pub mod letter;
mod office_phrase;
mod script;
mod token;

use std::ops::Range;

pub use letter::skeleton;
pub use token::Token;

/// A verbal element, cut into the words that are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    text: String,
    tokens: Vec<Token>,
    set_aside: Vec<Range<usize>>,
}

/// Words beyond this many are not compared. The longest verbal element of the real files
/// read while writing this had 41 words; a guard against text that is no name.
pub const MAX_TOKENS: usize = 64;

impl Name {
    /// Cuts `text` into words. Cost: linear in the length of the text.
    ///
    /// ```
    /// use mirip::name::Name;
    ///
    /// let name = Name::new("Kopi Kenangan® + LOGO");
    /// let words: Vec<&str> = name.tokens().iter().map(|token| token.text()).collect();
    /// assert_eq!(words, ["kopi", "kenangan"]);
    /// assert_eq!(name.compact(), "kopikenangan");
    /// assert!(Name::new("LOGO").tokens().is_empty());
    /// ```
    pub fn new(text: &str) -> Self {
        let folded = fold::fold(text);
        let set_aside = office_phrase::find(&folded);
        let mut tokens = token::cut(&folded, &set_aside);
        tokens.truncate(MAX_TOKENS);
        Self { text: text.to_owned(), tokens, set_aside }
    }

    /// The same name with words taken apart: `cut` says after how many characters, if at all.
    pub fn taken_apart(&self, cut: impl Fn(&str) -> Option<usize>) -> Self {
        let parts = |token: &Token| match cut(token.text()) {
            Some(at) => token.taken_apart(at).to_vec(),
            None => vec![token.clone()],
        };
        let mut tokens: Vec<Token> = self.tokens.iter().flat_map(parts).collect();
        tokens.truncate(MAX_TOKENS);
        Self { text: self.text.clone(), tokens, set_aside: self.set_aside.clone() }
    }

    /// The text as it came.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words, in order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Spans of the office's own phrases, in characters of [`Name::text`].
    pub fn set_aside(&self) -> &[Range<usize>] {
        &self.set_aside
    }

    /// The words without the spaces between them.
    pub fn compact(&self) -> String {
        self.tokens.iter().map(Token::text).collect()
    }

    /// True where there is nothing to compare.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }
}

#[cfg(test)]
mod tests;
