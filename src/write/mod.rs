//! [`Sheet`] → files. One row a format in [`WRITERS`]; everything of Typst stays in [`typst`].

pub mod docx;
pub mod files;
mod letters;
mod pdf_text;
pub mod plain;
pub mod typst;
mod words;

pub use docx::proof::compare_docx;
pub use words::{compare_draft, compare_pdf};

use crate::decree30::units::Pt;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::draft::Value;
use crate::sheet::Sheet;
use docx::template::WordTemplate;
use files::Seal;
use std::collections::BTreeMap;
use std::sync::Arc;
use typst::{Layout, Press};

/// A sheet with what the writers need beside it.
pub struct Job<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// The document that it was composed from, for templates that name its parts.
    pub document: &'a Document,
    /// The plan's variables, for templates that name them.
    pub variables: &'a [(String, Value)],
    /// Bytes of the pictures, by the path in the sheet.
    pub pictures: &'a BTreeMap<String, Arc<Vec<u8>>>,
}

/// One file of the output: what is added to the name before the extension (a page number), and the bytes.
pub struct OutputFile {
    /// `None` for the only file, else the page from 1.
    pub page: Option<usize>,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Compares the words of a written file with the job's; the Word template is there once a Word file was written.
pub type Prove = fn(&Job<'_>, Option<&WordTemplate>, &[u8]) -> Result<(), Diagnostic>;

/// How a format is written.
pub enum Write {
    /// From the pages that Typst laid out; they are shared by all such formats of a run.
    Pages(fn(&Press, &Job<'_>, &Layout) -> Result<Vec<OutputFile>, Diagnostic>),
    /// From the sheet itself, through the Word template.
    Word(fn(&WordTemplate, &Job<'_>) -> Result<Vec<OutputFile>, Diagnostic>),
    /// From the sheet alone.
    Sheet(fn(&Job<'_>) -> Result<Vec<OutputFile>, Diagnostic>),
}

/// A format.
pub struct Writer {
    /// Extension of its files, without the dot.
    pub extension: &'static str,
    /// What it is, for help texts.
    pub name: &'static str,
    /// Writes a job.
    pub write: Write,
    /// Where its files have the digest by which they are known again.
    pub seal: Seal,
    /// Compares the words of a written file with the sheet's, where they can be read back.
    pub prove: Option<Prove>,
}

/// Every format that can be written.
pub static WRITERS: &[Writer] = &[
    Writer {
        extension: "pdf",
        name: "PDF/A-2a và PDF/UA-1",
        write: Write::Pages(typst::pdf::write),
        seal: Seal::Pdf,
        prove: Some(|job, _, bytes| compare_pdf(job.sheet, bytes)),
    },
    Writer {
        extension: "docx",
        name: "tệp Word",
        write: Write::Word(docx::write),
        seal: Seal::Inside,
        prove: Some(|job, word, bytes| word.map_or(Ok(()), |word| compare_docx(word, job, bytes))),
    },
    Writer {
        extension: "png",
        name: "ảnh từng trang",
        write: Write::Pages(typst::raster::png),
        seal: Seal::Png,
        prove: None,
    },
    Writer {
        extension: "svg",
        name: "hình vectơ từng trang",
        write: Write::Pages(typst::raster::svg),
        seal: Seal::Comment("<!-- ", " -->"),
        prove: None,
    },
    Writer {
        extension: "typ",
        name: "mã nguồn Typst",
        write: Write::Pages(typst::source::write),
        seal: Seal::Comment("// ", ""),
        prove: None,
    },
    Writer {
        extension: "txt",
        name: "chữ không định dạng",
        write: Write::Sheet(plain::write),
        // Mail programs take what follows two hyphens for no part of the text (RFC 3676, 4.3).
        seal: Seal::Comment("-- ", ""),
        prove: Some(|job, _, bytes| plain::compare(job.sheet, bytes)),
    },
];

/// The extensions of all formats, `.pdf .docx …` or as told.
pub fn extensions(before: &str, between: &str) -> String {
    WRITERS.iter().map(|w| format!("{before}{}", w.extension)).collect::<Vec<_>>().join(between)
}

/// The writer for a file extension.
pub fn by_extension(extension: &str) -> Option<&'static Writer> {
    WRITERS.iter().find(|w| w.extension.eq_ignore_ascii_case(extension))
}

/// The size of a picture as it wants to be printed; 72 dots to the inch, as Typst takes a picture that does not say.
pub(crate) fn image_size(bytes: &[u8]) -> Option<(Pt, Pt)> {
    let reader = image::ImageReader::new(std::io::Cursor::new(bytes)).with_guessed_format().ok()?;
    let (width, height) = reader.into_dimensions().ok()?;
    (width > 0 && height > 0).then(|| (Pt(f64::from(width)), Pt(f64::from(height))))
}
