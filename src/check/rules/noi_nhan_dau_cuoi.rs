//! A recipient that ends with a comma or a full stop.

use super::prelude::*;
use crate::check::bodies::is_party_document;

rule!(
    "noi-nhan-dau-cuoi",
    "Dòng nơi nhận kết thúc bằng dấu câu sai",
    Some("Phụ lục I, phần I, mục II, khoản 9, điểm d"),
    Error,
    Safe,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    if is_party_document(subject.main()) {
        return;
    }
    for part in [Part::NoiNhan, Part::KinhGui] {
        let all: Vec<&Text<'_>> = subject.part(part).collect();
        for (at, text) in all.iter().enumerate() {
            let last = at + 1 == all.len();
            let Some(end) = text.plain.chars().next_back() else { continue };
            let right = match end {
                // One addressee alone has no mark.
                _ if part == Part::KinhGui && all.len() == 1 => continue,
                ',' => {
                    if last {
                        "."
                    } else {
                        ";"
                    }
                }
                '.' if !last && part == Part::NoiNhan && !text.low.ends_with("v.v.") => ";",
                ';' if last => ".",
                _ => continue,
            };
            let range = text.plain.len() - end.len_utf8()..text.plain.len();
            let message = if last {
                "Dòng cuối kết thúc bằng dấu chấm."
            } else {
                "Mỗi dòng kết thúc bằng dấu chấm phẩy."
            };
            found.replace(text, range, right, message);
        }
    }
}
