//! A mark behind the name of a body.

use super::prelude::*;

rule!(
    "co-quan-dau-cuoi",
    "Tên cơ quan có dấu câu ở cuối",
    Some("Phụ lục I, phần I, mục II, khoản 2"),
    Error,
    Safe,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for text in subject.part(Part::CoQuan).chain(subject.part(Part::ChuQuan)) {
        let bare = text.plain.trim_end_matches([',', '.', ';', ':']);
        if bare.len() < text.plain.len() {
            let message = "Tên cơ quan không có dấu câu ở cuối.";
            found.replace_with_hint(text, bare.len()..text.plain.len(), "", message, "Bỏ dấu câu.");
        }
    }
}
