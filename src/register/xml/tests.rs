#![allow(clippy::unwrap_used, clippy::print_stderr)]
