//! `hàng năm` is written, `hằng năm` is meant.

use super::prelude::*;

rule!("hang-nam", "“Hàng năm” nên viết “hằng năm”", None, Hint, Safe, Text(look));

static PAIRS: LazyLock<Pairs> = LazyLock::new(|| Pairs::new(TABLE));

/// Wrong and right, in small letters.
#[rustfmt::skip]
const TABLE: &[(&str, &str)] = &[
    ("hàng năm", "hằng năm"),
    ("hàng tháng", "hằng tháng"),
    ("hàng quý", "hằng quý"),
    ("hàng tuần", "hằng tuần"),
    ("hàng ngày", "hằng ngày"),
];

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    PAIRS.tell(text, found, |wrong, right| format!("“{wrong}” nên viết “{right}”."));
}
