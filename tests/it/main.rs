//! Tests through the crate's edges.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod architecture;
mod bad_input;
mod cli;
mod quality;
mod serve;
mod starter;
