//! A sheet as a native Word file, through a Word template (ECMA-376, WordprocessingML).
//!
//! `flow` builds paragraphs with docx-rs (`runs`, `tables`, `gaps` are its parts), `mend` and `signs` put right what it writes, `styles` makes the named
//! styles, `template` reads Word files with tags and fills them, `blank` makes the template that ships with the
//! program, `text` reads a written file back for the proof. The parts themselves are [`crate::ooxml`]'s.

pub mod blank;
mod builder;
mod entry;
mod flow;
mod gaps;
mod mend;
pub mod proof;
mod properties;
mod runs;
mod signs;
mod styles;
mod tables;
pub mod template;
pub mod text;

use super::{Job, OutputFile};
use crate::diagnostic::Diagnostic;
use template::WordTemplate;

/// Type of the main part.
pub const MAIN_KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
/// Type of a header.
pub const HEADER_KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml";

/// Writes a job as a Word file.
pub fn write(template: &WordTemplate, job: &Job<'_>) -> Result<Vec<OutputFile>, Diagnostic> {
    Ok(vec![OutputFile { page: None, bytes: template.fill(job)? }])
}
