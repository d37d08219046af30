//! A document without the texts that are issued with it, and each of those on a sheet of its own.

use super::compose;
use crate::document::{Date, Document};
use crate::draft::Part;
use crate::face::Faces;
use crate::sheet::{Meta, Sheet};
use crate::source::Source;

/// The document alone.
pub fn main(document: Document, source: &Source, faces: &Faces) -> (Document, Sheet) {
    let alone = Document { kem_theo: Vec::new(), ..document };
    let sheet = compose(&alone, source, faces).output;
    (alone, sheet)
}

/// One of the texts that are issued with it, its appendices behind it; `meta` is the document's. Number and date stay
/// open: in electronic documents they are not filled in (Phụ lục III, mẫu 1.3, note 2).
pub fn issued(document: &Document, index: usize, meta: &Meta, source: &Source, faces: &Faces) -> (Document, Sheet) {
    let text = document.kem_theo[index].clone();
    let mut frame = Document {
        kem_theo: vec![text.clone()],
        noi_dung: Vec::new(),
        phu_luc: Vec::new(),
        ban_sao: None,
        ngay: Date::default(),
        ..document.clone()
    };
    frame.lines[Part::So].clear();
    let mut sheet = compose(&frame, source, faces).output;
    sheet.sections.remove(0);
    sheet.meta = meta_of(&text, document, meta);
    (text, sheet)
}

fn meta_of(text: &Document, document: &Document, meta: &Meta) -> Meta {
    let subject = text.plain(Part::TrichYeu);
    let mut keywords = vec![text.name(), meta.author.clone(), document.plain(Part::DiaDanh)];
    keywords.retain(|k| !k.is_empty());
    Meta {
        title: format!("{} {subject}", text.name()),
        author: meta.author.clone(),
        subject: format!("Kèm theo {} {}", document.loai.name, document.plain(Part::KyHieu)),
        keywords,
        date: meta.date,
        facts: vec![
            ("Tên loại văn bản", text.name()),
            ("Tên cơ quan, tổ chức ban hành văn bản", meta.author.clone()),
            ("Trích yếu nội dung", subject),
        ],
    }
}
