//! A heading with nothing under it.

use super::prelude::*;
use crate::decree30::outline::Level;

rule!("muc-trong", "Mục không có nội dung", None, Warning, None, Text(look));

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    let empty = match text.next {
        Next::End => true,
        Next::Beside(_) => true,
        Next::Under(_) | Next::Thing => false,
    };
    let heading = matches!(text.place, Place::Body(Level::Muc | Level::Chuong)) && !text.marker.is_empty();
    // A section may say all in its own line.
    if heading && empty && text.is_in_capitals() && !text.plain.is_empty() {
        found.tell(text, 0..text.plain.len(), "Mục này không có nội dung.", "Thêm nội dung, hoặc bỏ mục.");
    }
}
