//! [`Sheet`] → files. One row a format in [`WRITERS`]; everything of Typst stays in [`typst`].

mod atomic;
mod pdf_text;
pub mod typst;
mod words;

pub use atomic::replace;
pub use words::{compare_draft, compare_pdf};

use crate::diagnostic::Diagnostic;
use crate::sheet::Sheet;
use std::collections::BTreeMap;
use std::sync::Arc;
use typst::{Press, Proof};

/// A sheet with what the writers need beside it.
pub struct Job<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// Bytes of the pictures, by the path in the sheet.
    pub pictures: &'a BTreeMap<String, Arc<Vec<u8>>>,
}

/// One file of the output: what is added to the name before the extension (a page number), and the bytes.
pub struct Output {
    /// `None` for the only file, else the page from 1.
    pub page: Option<usize>,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A format.
pub struct Writer {
    /// Extension of its files, without the dot.
    pub extension: &'static str,
    /// What it is, for help texts.
    pub name: &'static str,
    /// Writes a job. The compiled pages are shared by all formats of a run.
    pub write: fn(&Press, &Job<'_>, &Proof) -> Result<Vec<Output>, Diagnostic>,
    /// Whether the words of the file can be read back and compared.
    pub proven: bool,
}

/// Every format that can be written.
pub static WRITERS: &[Writer] = &[
    Writer { extension: "pdf", name: "PDF/A-2a và PDF/UA-1", write: typst::pdf::write, proven: true },
    Writer { extension: "png", name: "ảnh từng trang", write: typst::raster::png, proven: false },
    Writer { extension: "svg", name: "hình vectơ từng trang", write: typst::raster::svg, proven: false },
    Writer { extension: "typ", name: "mã nguồn Typst", write: typst::source::write, proven: false },
];

/// The writer for a file extension.
pub fn by_extension(extension: &str) -> Option<&'static Writer> {
    WRITERS.iter().find(|w| w.extension.eq_ignore_ascii_case(extension))
}
