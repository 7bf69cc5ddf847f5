//! Tests through the crate's edges.

mod cli;
mod serve;
