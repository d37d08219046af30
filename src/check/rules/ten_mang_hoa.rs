//! Names of networks and programs.

use super::prelude::*;

rule!("ten-mang-hoa", "Tên mạng xã hội, phần mềm viết hoa chưa đúng", None, Hint, Safe, Text(look));

static NAMES: LazyLock<Names> = LazyLock::new(|| Names::new(TABLE));

/// The names as they are written.
#[rustfmt::skip]
const TABLE: &[&str] = &[
    "TikTok",
    "YouTube",
    "Facebook",
    "Zalo",
    "VNeID",
    "Instagram",
    "Google Meet",
    "Microsoft Teams",
];

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for (right, range) in NAMES.find(text) {
        let typed = &text.plain[range.clone()];
        // An address.
        if text.is_address(range.start)
            || text.plain[range.end..].starts_with(".com")
            || typed.starts_with(char::is_lowercase) && right == "Zalo"
        {
            continue;
        }
        found.replace(text, range, right, format!("“{typed}” viết là “{right}”."));
    }
}
