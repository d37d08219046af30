//! Pairs of words of the office's own (`cap_tu` in `vanthu.toml`).

use super::prelude::*;
use crate::check::phrases::{like, stands_alone};
use crate::check::text::small;

rule!("cap-tu-co-quan", "Từ mà cơ quan viết cách khác", None, Warning, Safe, Text(look));

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    let settings = found.subject.settings;
    for (wrong, right) in &settings.pairs {
        let small = small(wrong);
        for (at, _) in
            text.low.match_indices(small.as_str()).filter(|(at, _)| stands_alone(&text.low, *at..at + small.len()))
        {
            let range = at..at + small.len();
            let typed = &text.plain[range.clone()];
            let right = if *wrong == small { like(typed, right) } else { right.clone() };
            // The right words may hold the wrong ones.
            let low = crate::check::text::small(&right);
            let there = low.match_indices(small.as_str()).any(|(inner, _)| {
                at.checked_sub(inner).and_then(|start| text.low.get(start..start + low.len())).is_some_and(|t| t == low)
            });
            if !there && typed != right && (*wrong == small || typed == wrong) {
                let message = format!("“{typed}”: cơ quan viết “{right}”.");
                found.replace(text, range, &right, message);
            }
        }
    }
}
