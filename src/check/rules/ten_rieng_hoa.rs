//! Names of the office's own (`ten_rieng` in `vanthu.toml`).

use super::prelude::*;
use crate::chars::in_capitals;
use crate::check::phrases::stands_alone;
use crate::check::text::small;

rule!("ten-rieng-hoa", "Tên riêng viết hoa khác với vanthu.toml", None, Warning, Safe, Text(look));

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    if text.is_in_capitals() {
        return;
    }
    for name in &found.subject.settings.names {
        let small = small(name);
        for (at, _) in text.low.match_indices(small.as_str()) {
            let range = at..at + small.len();
            let typed = &text.plain[range.clone()];
            if typed != name && stands_alone(&text.low, range.clone()) && !in_capitals(typed) {
                found.replace(text, range, name, format!("“{typed}” là tên riêng, viết “{name}”."));
            }
        }
    }
}
