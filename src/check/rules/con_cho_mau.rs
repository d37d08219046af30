//! A blank of a sample that nobody filled in.

use super::prelude::*;

rule!("con-cho-mau", "Chỗ mẫu chưa điền", None, Error, None, Text(look));

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(BLANKS));

/// Words of blanks and samples, in small letters.
#[rustfmt::skip]
const BLANKS: [&str; 20] = [
    "(chữ ký, dấu)", "(ký tên, đóng dấu)", "(chữ ký của người có thẩm quyền, dấu/chữ ký số của cơ quan, tổ chức)", "họ và tên người ký",
    "họ tên người ký", "nêu mục đích thứ nhất", "nêu mục đích thứ hai", "nêu yêu cầu thứ nhất", "nêu nội dung thứ nhất", "tên cơ quan ban hành",
    "tên cơ quan chủ quản", "trích yếu nội dung", "tên cơ quan, tổ chức", "nội dung cần điền", "điền vào đây", "[tên cơ quan]", "[họ tên]", "[ngày]",
    "xxx", "lorem ipsum",
];

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    let whole = text.low.trim_matches(['.', ' ', ':', ';']);
    let name =
        text.place == Place::Part(Part::HoTen) && (whole.starts_with("họ và tên") || whole.starts_with("họ tên"));
    if name
        || matches!(whole, "chức vụ của người ký" | "tên địa danh" | "địa danh") && matches!(text.place, Place::Part(_))
    {
        found.tell(text, 0..text.plain.len(), format!("“{}” là chữ mẫu chưa điền.", text.plain), HINT);
        return;
    }
    for (_, range) in PHRASES.find(text) {
        // Texts about records work name the parts of a document.
        let bracketed =
            text.plain[range.clone()].starts_with(['(', '[']) || text.plain[..range.start].ends_with(['[', '(', '<']);
        let begun = text.low[range.clone()].starts_with("nêu ") || text.low[range.clone()].starts_with("lorem");
        let whole = whole.len() == range.len();
        let small = &text.plain[range.clone()] == "xxx";
        if !(bracketed || begun || whole || small) || &text.plain[range.clone()] == "XXX" {
            continue;
        }
        let typed = text.plain[range.clone()].to_owned();
        found.tell(text, range, format!("“{typed}” là chữ mẫu chưa điền."), HINT);
    }
}

const HINT: &str = "Điền nội dung thật, hoặc bỏ đi.";
