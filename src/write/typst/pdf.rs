//! The laid-out pages as PDF/A-2a and PDF/UA-1 in one file.

use super::{Layout, Press};
use crate::diagnostic::{Diagnostic, code};
use crate::write::{Job, OutputFile};
use typst::foundations::Smart;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// Name and version in the file's properties.
const CREATOR: &str = concat!("vanthu ", env!("CARGO_PKG_VERSION"));

/// Writes the PDF. No clock goes into it: the same plan gives the same bytes.
pub fn write(_: &Press, _: &Job<'_>, layout: &Layout) -> Result<Vec<OutputFile>, Diagnostic> {
    let refused = |what: String| {
        Diagnostic::general(&code::MAU_TYPST_LOI, format!("PDF không đạt chuẩn lưu trữ: {what}."))
            .hint("Nếu dùng mẫu riêng (--mau), sửa mẫu ở chỗ này; nếu không, đây là lỗi của vanthu, hãy báo cho nhóm phát triển.")
    };
    let standards =
        PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).map_err(|e| refused(e.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some(CREATOR.to_owned())),
        timestamp: None,
        page_ranges: None,
        standards,
        tagged: true,
        pretty: false,
    };
    let bytes = typst_pdf::pdf(&layout.document, &options).map_err(|errors| {
        let mut what: Vec<_> = errors.iter().map(|e| e.message.to_string()).collect();
        what.dedup();
        refused(what.join("; "))
    })?;
    Ok(vec![OutputFile { page: None, bytes: super::stream_ends::mend(bytes) }])
}
