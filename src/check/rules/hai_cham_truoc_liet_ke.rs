//! `… như sau.` before a list.

use super::prelude::*;
use crate::decree30::outline::Level;

rule!("hai-cham-truoc-liet-ke", "Thiếu dấu hai chấm trước phần liệt kê", None, Warning, Safe, Text(look));

const LEADS: [&str; 6] =
    ["như sau", "sau đây", "các nội dung sau", "cụ thể như sau", "gồm các nội dung sau", "các nhiệm vụ sau"];

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    let opening = text.place == Place::Part(Part::MoDau);
    let list =
        matches!(text.next, Next::Under(_) | Next::Beside(Level::Gach | Level::Diem | Level::Khoan | Level::Cong));
    let body = matches!(text.place, Place::Body(_)) && list;
    let bare = text.plain.trim_end_matches(['.', ';', ',']);
    if (opening || body) && !bare.ends_with(':') && LEADS.iter().any(|lead| text.low[..bare.len()].ends_with(lead)) {
        let range = bare.len()..text.plain.len();
        found.replace_with_hint(
            text,
            range,
            ":",
            "Trước phần liệt kê dùng dấu hai chấm.",
            "Kết thúc bằng dấu hai chấm.",
        );
    }
}
