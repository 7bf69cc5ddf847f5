//! mirip: which earlier Indonesian marks would an examiner hold against a name, and why.
//!
//! The modules are the stages of the way from a register to an answer, in order; each uses
//! only what stands above it.
//!
//! ```
//! use mirip::index::Index;
//! use mirip::search::{Query, SearchConfig, check};
//!
//! # fn main() -> mirip::Result<()> {
//! let index = Index::starter()?;
//! let query = Query { name: "INDOMART".into(), classes: "35".parse().expect("a class"), ..Query::default() };
//! let answer = check(&index, &query, &SearchConfig::new(jiff::civil::date(2026, 11, 24)))?;
//! assert!(answer.hits[0].mark.verbal_element.eq_ignore_ascii_case("Indomaret"));
//! # Ok(())
//! # }
//! ```

pub mod error;
pub mod mark;
pub mod register;
pub mod name;
pub mod sound;
pub mod meaning;
pub mod index;
pub mod scan;
pub mod score;
pub mod search;
pub mod screen;
pub mod evaluate;
pub mod view;
pub mod serve;
pub mod cli;
pub mod guide;

pub use error::{Error, ErrorKind, Result};
