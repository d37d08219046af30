//! A sheet as a native Word file, through a Word template (ECMA-376, WordprocessingML).
//!
//! `flow` builds paragraphs with docx-rs (`runs`, `tables`, `gaps` are its parts), `mend` and `signs` put right what it writes, `styles` makes the named
//! styles, `template` reads Word files with tags and fills them, `blank` makes the template that ships with the
//! program, `package`, `xml` and `namespaces` read and write the parts, `text` reads a written file back for the proof.

pub mod blank;
mod builder;
mod entry;
mod flow;
mod gaps;
mod mend;
mod namespaces;
mod order;
pub mod package;
pub mod proof;
mod properties;
mod runs;
mod signs;
mod styles;
mod tables;
pub mod template;
pub mod text;
mod xml;

use super::{Job, OutputFile};
use crate::diagnostic::Diagnostic;
use template::WordTemplate;

/// Name space of WordprocessingML.
pub const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Name space of relationships inside parts.
pub const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Type of the main part.
pub const MAIN_KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
/// Type of a header.
pub const HEADER_KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml";

/// Writes a job as a Word file.
pub fn write(template: &WordTemplate, job: &Job<'_>) -> Result<Vec<OutputFile>, Diagnostic> {
    Ok(vec![OutputFile { page: None, bytes: template.fill(job)? }])
}
