//! What words mean, as far as the embedded lexicons know.
//!
//! Five questions, each about folded words (`a-z0-9`, as [`crate::name::Token::text`] gives
//! them): which concepts do they name ([`concepts_in`]) and near which others do these stand
//! ([`Concept::kin`]), are they weak for given goods
//! ([`weakness`], [`weakness_in`]), do they raise a flag of law or halal practice
//! ([`name_flags`]), do they touch a geographical indication
//! ([`geographical_indications`]), and is the name a household name ([`well_known`]).
//!
//! The lexicons are files under `data/lexicon`, built into the program and read once, on
//! first use (some ten milliseconds). They are the work of the project's authors and know
//! far from everything: a word that is not listed has no concept here, which is no proof
//! that it means nothing.

mod compound;
mod concept;
mod flag;
mod indication;
mod kin;
mod morphology;
mod number;
mod table;
mod weak;
mod well_known;

pub use compound::compound;
pub use concept::{Affinity, Concept, ConceptMatch, Gloss, Languages, Relation, concepts_in, is_address};
pub use flag::{FlagKind, NameFlag, Severity, name_flags};
pub use indication::{Confidence, Gi, geographical_indications};
pub use weak::{WeakContext, WeakKind, Weakness, Weaknesses, weak_phrases, weak_words, weakness, weakness_in, weakness_of_phrases};
pub use well_known::{WellKnown, all_well_known, well_known};

#[cfg(test)]
mod tests;
