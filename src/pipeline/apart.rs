//! A document and the texts that are issued with it as files of their own.

use super::{Folder, Layout, Ready, SealedFile, Studio, Written, write};
use crate::compose;
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::write::{Writer, compare_draft};

impl Ready {
    /// The document without the texts that are issued with it, then each of those alone, as the decree draws it for
    /// electronic documents that are not in the same file (mẫu 1.3): no number and no date to fill in, and nothing in the
    /// top right corner, where the office's signature goes (Phụ lục I, mục II, khoản 8, điểm b).
    pub fn apart(self, studio: &Studio, source: &Source) -> Result<Vec<Ready>, Diagnostic> {
        let faces = studio.faces();
        let mut out = Vec::new();
        for index in 0..self.document.kem_theo.len() {
            let (document, sheet) = compose::apart::issued(&self.document, index, &self.sheet.meta, source, faces);
            compare_draft(&document, &sheet)?;
            out.push(Ready { document, sheet, variables: self.variables.clone(), issued: true });
        }
        let (document, sheet) = compose::apart::main(self.document, source, faces);
        compare_draft(&document, &sheet)?;
        out.insert(0, Ready { document, sheet, variables: self.variables, issued: false });
        Ok(out)
    }
}

/// Writes documents that belong together, the first of them the main one; see [`write()`].
pub fn write_all(
    studio: &Studio,
    all: &[Ready],
    folder: &Folder,
    writers: &[&'static Writer],
    prove: bool,
) -> Result<(Vec<Layout>, Vec<Written>), Diagnostic> {
    let (mut layouts, mut files) = (Vec::new(), Vec::new());
    for (index, ready) in all.iter().enumerate() {
        let (layout, written) = write(studio, ready, folder, writers, prove)?;
        layouts.extend(layout);
        let part = Some(index).filter(|i| *i > 0);
        files.extend(written.into_iter().map(|w| Written { part, ..w }));
    }
    Ok((layouts, files))
}

impl Written {
    /// The name of one of its files: `qd.pdf`, `qd-2.png` for a page, `qd-kem-theo-1.pdf` for a text that is issued with it.
    pub fn name(&self, stem: &str, output: &SealedFile) -> String {
        let part = self.part.map_or(String::new(), |n| format!("-kem-theo-{n}"));
        let page = output.page.map_or(String::new(), |n| format!("-{n}"));
        format!("{stem}{part}{page}.{}", self.writer.extension)
    }
}
