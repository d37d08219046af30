//! Sums of decimals come out as a person computes them, from the plan to the page, and comparisons agree.

use crate::support::{build_text, complete, report};

#[test]
fn decimals_are_computed_as_on_paper() {
    for (typed, wanted) in [
        ("{{ (465000000 * 1.08) | so_vn }} đồng", "502.200.000 đồng"),
        ("{{ ((\"8,4\" | float) * 3) | so_vn }} ha", "25,2 ha"),
        ("{{ ((\"8,4\" | float) * 3) | so_chu }}", "hai mươi lăm phẩy hai"),
        ("{{ a + b }}", "0.3"),
        ("{{ \"đủ\" if a + b == 0.3 else \"thiếu\" }}", "đủ"),
        ("{{ [0.1, 0.2, 0.3] | sum }}", "0.6"),
        ("{{ 1.1 - 1 }}", "0.1"),
        ("{{ 7 + 5 }} việc", "12 việc"),
    ] {
        let built = build_text(&complete(&format!("bien: {{ a: 0.1, b: 0.2 }}\nmo_dau: '{typed}'\n")));
        let sheet = built.ready.as_ref().map(|r| r.sheet.to_string()).unwrap_or_default();
        assert!(sheet.contains(wanted), "{typed}: {}\n{sheet}", report(&built));
    }
}
