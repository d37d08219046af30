//! `vanthu completions`.

use super::args::{Arguments, Completions};
use super::{Outcome, print_bytes};
use clap::CommandFactory;

/// Runs the command.
pub fn run(args: &Completions) -> Outcome {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut Arguments::command(), "vanthu", &mut out);
    print_bytes(&out)
}
