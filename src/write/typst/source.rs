//! The Typst source of a document, in one file that the `typst` program compiles too.

use super::{Layout, Press};
use crate::diagnostic::Diagnostic;
use crate::write::{Job, OutputFile};

/// What vanthu's own functions are to a Typst that does not know them.
const STAND_INS: &str = "#let vanthu = false\n#let nhan-muc(x) = x\n#let than-muc(x) = x\n#let cho(v, x) = x\n";

/// Writes the template with the data inside it.
pub fn write(press: &Press, job: &Job<'_>, layout: &Layout) -> Result<Vec<OutputFile>, Diagnostic> {
    let text = format!("{STAND_INS}{}", press.source_text(job, layout)?);
    Ok(vec![OutputFile { page: None, bytes: text.into_bytes() }])
}
