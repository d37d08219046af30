//! A `Lưu` line without records work.

use super::prelude::*;
use crate::check::bodies::{is_outside_state, is_party_document};

rule!(
    "noi-nhan-luu-vt",
    "Dòng Lưu không có VT",
    Some("Phụ lục I, phần I, mục II, khoản 9, điểm d"),
    Warning,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    if is_outside_state(subject.main()) || is_party_document(subject.main()) {
        return;
    }
    for text in subject.texts.iter().filter(|t| t.place == Place::Part(Part::NoiNhan)) {
        let files = text.low_word(0) == "lưu";
        if files && !(1..text.words.len()).any(|at| text.word(at).starts_with("VT") || text.low_word(at) == "văn") {
            found.tell(text, 0..text.plain.len(), "Dòng Lưu không có “VT” (văn thư).", "Ghi “Lưu: VT, …”.");
        }
    }
}
