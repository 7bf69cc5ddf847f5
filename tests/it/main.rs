//! Tests through the crate's edges.

mod serve;
