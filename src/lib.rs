//! vanthu: văn bản hành chính theo Nghị định 30/2020/NĐ-CP, from a YAML plan to a lawful page.
//!
//! The journey of a plan, and the room in which each step happens:
//!
//! 1. [`read`]: the file's bytes become a [`draft`], every leaf with its place, every mistake reported;
//! 2. [`expand`]: variables are filled in and outline text is parsed; the draft becomes a [`document`], a tree of meaning;
//! 3. [`compose`]: the document becomes a [`sheet`]: where everything stands and how big, from the tables of [`decree30`];
//! 4. [`mod@write`]: the sheet becomes PDF, PNG, SVG or Typst source through Typst, or a Word file through a Word
//!    template, and the words of the file are proven to be the plan's.
//!
//! A plan as a PDF and a Word file, whose words are proven to be the plan's:
//!
//! ```
//! use vanthu::pipeline::{self, Folder, Studio};
//! use vanthu::write::by_extension;
//!
//! let plan = std::fs::read("samples/thong-bao.yaml")?;
//! let studio = Studio::new(None, None); // fonts and templates, loaded once
//! let folder = Folder::new("samples"); // pictures and tables that the plan names
//! let built = pipeline::build("thong-bao.yaml", &plan, &folder, &[], studio.faces());
//! print!("{}", vanthu::cli_report(built.source.as_ref(), &built.diagnostics));
//! let ready = built.ready.ok_or("lỗi")?;
//! let formats: Vec<_> = ["pdf", "docx"].into_iter().filter_map(by_extension).collect();
//! let (proof, written) = pipeline::write(&studio, &ready, &folder, &formats, true).map_err(|e| e.message)?;
//! assert_eq!((proof.map(|p| p.pages()), written.len()), (Some(2), 2));
//! assert!(written[0].outputs[0].bytes.starts_with(b"%PDF"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`pipeline`] is the one place where these verbs meet; [`mod@batch`] makes a document for each unit of a list,
//! [`preview`] shows the newest pages in the browser, [`cli`] is the command line.

// Floor 0: facts and places.
pub mod allocator;
pub mod chars;
pub mod decree30;
pub mod guarded;
pub mod source;
// Floor 1: nouns.
pub mod diagnostic;
pub mod document;
pub mod draft;
pub mod sheet;
// Floor 2: text ↔ nouns, the width of text, the template language.
pub mod face;
pub mod jinja;
pub mod letters;
pub mod libreoffice;
pub mod markup;
pub mod ooxml;
// Floor 3: verbs, which never import one another.
pub mod check;
pub mod compose;
pub mod expand;
pub mod import;
pub mod read;
pub mod write;
// Floor 4: where the verbs meet.
pub mod pipeline;
// Floor 5: users of the pipeline.
pub mod batch;
// Floor 6: a document of a batch, live.
pub mod preview;
// Floor 7: the command line.
pub mod cli;

/// Reports as the command line draws them, without colour; for tests and other programs.
pub fn cli_report(source: Option<&source::Source>, diagnostics: &[diagnostic::Diagnostic]) -> String {
    cli::report_text(source, diagnostics)
}
