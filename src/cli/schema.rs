//! `vanthu schema`.

use super::args::Schema;
use super::terminal::Report;
use super::{Outcome, print};
use crate::read::schema::json_schema;
use crate::write::replace;

/// Runs the command.
pub fn run(args: &Schema) -> Outcome {
    let text = json_schema();
    match &args.output {
        None => print(&text),
        Some(path) => match replace(path, text.as_bytes()) {
            Ok(()) => Outcome::Clean,
            Err(problem) => {
                Report::plain().show(None, &[problem]);
                Outcome::Failed
            }
        },
    }
}
