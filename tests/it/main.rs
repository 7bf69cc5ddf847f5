//! Tests through the crate's edges.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod architecture;
mod bad_input;
mod cli;
mod golden;
mod quality;
mod samples;
mod serve;
mod starter;
