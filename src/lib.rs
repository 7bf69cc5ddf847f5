//! mirip: which earlier Indonesian marks would an examiner hold against a name, and why.
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

pub use error::{Error, ErrorKind, Result};
