//! From words to sounds: how a word is read aloud in Indonesian, and in English where the spelling suggests it.

mod phoneme;

pub use phoneme::Phoneme;
