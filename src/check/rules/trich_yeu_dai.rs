//! More than 500 letters.

use super::prelude::*;

rule!("trich-yeu-dai", "Trích yếu quá dài", Some("Phụ lục VI, phần II"), Warning, None, Document(look));

const MOST: usize = 500;

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for text in subject.part(Part::TrichYeu) {
        let count = text.plain.chars().count();
        if count > MOST {
            let message = format!("Trích yếu dài {count} ký tự, nhiều hơn {MOST}.");
            found.tell(text, 0..text.plain.len(), message, "Rút gọn: trích yếu phản ánh khái quát nội dung chủ yếu.");
        }
    }
}
