//! The `mirip` command.

use std::process::ExitCode;

/// Imports and answers allocate many short strings on several threads, where the
/// system's allocator takes its locks.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    mirip::cli::main()
}
