//! The program: all work is in the library.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: vanthu::allocator::Allocator = vanthu::allocator::Allocator;

fn main() -> ExitCode {
    vanthu::cli::main()
}
