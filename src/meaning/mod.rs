//! From words to meanings: concepts across languages, words that are weak for some goods.
//!
//! Here ends what can be known of a name without a register: a [`Sign`] is a name with its
//! spellings, readings and concepts, ready to be compared.

pub mod goods;
pub mod lexicon;
mod sign;

pub use sign::{MAX_FORM, Sign, WHOLE_READINGS, WHOLE_SPELLINGS, WordForms, WordShape, concepts_of, each_whole, log_frequency};
