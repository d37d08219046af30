//! `vanthu schema`.

use super::args::Schema;
use super::terminal::Screen;
use super::{Outcome, print, write_files};
use crate::diagnostic::Diagnostic;
use crate::read::schema::json_schema;
use crate::write::files::{PLACEHOLDER, Seal};

/// Runs the command.
pub fn run(args: &Schema) -> Outcome {
    let Some(path) = &args.output else { return print(&json_schema()) };
    let bytes = sealed().map_err(|problem| vec![problem]);
    let done = bytes.and_then(|bytes| write_files(&[(path.clone(), &bytes)], args.force));
    done.map(|()| Outcome::Clean).unwrap_or_else(|problems| {
        Screen::plain().show(None, &problems);
        Outcome::Failed
    })
}

/// The schema as a file: with its digest in a comment, as JSON Schema has them (draft 7, 9).
pub fn sealed() -> Result<Vec<u8>, Diagnostic> {
    let schema = json_schema();
    let end = schema.trim_end().trim_end_matches('}').trim_end();
    Seal::Inside.put(format!("{end},\n  \"$comment\": \"{PLACEHOLDER}\"\n}}\n").into_bytes())
}
