//! `hàng năm` is written, `hằng năm` is meant.

use super::prelude::*;
use crate::check::phrases::like;
use crate::decree30::outline::parse_roman;

rule!("hang-nam", "“Hàng năm” nên viết “hằng năm”", None, Hint, Safe, Text(look));

static PAIRS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(TABLE.iter().map(|(wrong, _)| *wrong)));

/// Wrong and right, in small letters.
#[rustfmt::skip]
const TABLE: &[(&str, &str)] = &[
    ("hàng năm", "hằng năm"),
    ("hàng tháng", "hằng tháng"),
    ("hàng quý", "hằng quý"),
    ("hàng tuần", "hằng tuần"),
    ("hàng ngày", "hằng ngày"),
];

/// Words that end in `hàng`, by what stands before.
const BEFORE: [&str; 16] = [
    "khách", "đơn", "ngân", "cửa", "mặt", "nhà", "bán", "giao", "nhận", "nhập", "xuất", "trả", "mua", "đặt", "kho",
    "gửi",
];
/// Behind it, the year or the day is a certain one.
const BEHIND: [&str; 6] = ["nay", "ngoái", "nào", "sao", "tự", "trước"];

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for (index, range) in PAIRS.find(text) {
        let wrong = &text.plain[range.clone()];
        let behind = text.word_behind(range.end);
        let number = behind.starts_with(|c: char| c.is_ascii_digit()) || parse_roman(&behind.to_uppercase()).is_some();
        if !number && !BEFORE.contains(&text.word_before(range.start)) && !BEHIND.contains(&behind) {
            let right = like(wrong, TABLE[index].1);
            found.replace(text, range.clone(), &right, format!("“{wrong}” nên viết “{right}”."));
        }
    }
}
