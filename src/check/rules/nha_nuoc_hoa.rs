//! `nhà nước`, standing beside the Party.

use super::prelude::*;

rule!("nha-nuoc-hoa", "“Nhà nước” viết thường", Some("Phụ lục II, mục V, khoản 1"), Warning, Safe, Text(look));

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(TABLE.iter().map(|(wrong, _)| *wrong)));

/// Wrong and right, in small letters.
#[rustfmt::skip]
const TABLE: &[(&str, &str)] = &[
    ("đảng và nhà nước", "Đảng và Nhà nước"),
    ("đảng, nhà nước", "Đảng, Nhà nước"),
    ("pháp luật của nhà nước", "pháp luật của Nhà nước"),
    ("đảng và của nhà nước", "Đảng và của Nhà nước"),
];

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for (index, range) in PHRASES.find(text) {
        let (typed, right) = (&text.plain[range.clone()], TABLE[index].1);
        let other =
            matches!(text.word_behind(range.end), "sở" | "nước" | "bạn") || text.word_before(range.start) == "các";
        if !other && typed != right && typed.contains("nhà nước") {
            found.replace(text, range.clone(), right, format!("“{typed}” viết là “{right}”."));
        }
    }
}
