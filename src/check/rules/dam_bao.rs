//! House style: `bảo đảm`.

use super::prelude::*;

rule!("dam-bao", "“Đảm bảo” và “bảo đảm”", None, Hint, Safe, Text(look), off);

static PAIRS: LazyLock<Pairs> = LazyLock::new(|| Pairs::new(TABLE));

/// Wrong and right, in small letters.
#[rustfmt::skip]
const TABLE: &[(&str, &str)] = &[
    ("đảm bảo", "bảo đảm"),
];

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    PAIRS.tell(text, found, |wrong, right| format!("“{wrong}” theo lối viết đã chọn là “{right}”."));
}
