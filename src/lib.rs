//! mirip: which earlier Indonesian marks would an examiner hold against a name, and why.
pub mod cli;
pub mod error;
pub mod evaluate;
pub mod index;
pub mod mark;
pub mod meaning;
pub mod name;
pub mod register;
pub mod scan;
pub mod score;
pub mod screen;
pub mod search;
pub mod serve;
pub mod sound;
pub mod view;

pub use error::{Error, ErrorKind, Result};
