//! Pages that once went wrong: each case is named for what was seen.

use crate::pdf;
use crate::support::{build_text, complete, pdf_of, report};
use vanthu::sheet::{Item, Run};

fn made(fragment: &str) -> Vec<u8> {
    let plan = complete(fragment);
    pdf_of(&plan).unwrap_or_else(|problems| panic!("{plan}\n{problems:?}"))
}

/// The text of every paragraph of the body with its marker.
fn paragraphs(fragment: &str) -> Vec<String> {
    let built = build_text(&complete(fragment));
    let sheet = built.ready.as_ref().unwrap_or_else(|| panic!("{}", report(&built))).sheet.clone();
    let mut out = Vec::new();
    for item in &sheet.sections[0].items {
        let Item::Par(par) = item else { continue };
        let text =
            |runs: &[Run]| -> String { runs.iter().map(|r| r.chars().map_or(" ", |c| c.text.as_str())).collect() };
        let marker = par.marker.as_ref().map(|m| text(m) + " ").unwrap_or_default();
        out.push(marker + &text(&par.runs));
    }
    out
}

#[test]
fn a_page_break_changes_neither_nesting_nor_numbers() {
    let all = paragraphs(
        "noi_dung:\n  - muc: Một\n  - khoan: Việc một.\n  - ngat_trang:\n  - khoan: Việc hai.\n  - muc: Hai\n  - doan: Hết.\n",
    );
    for wanted in ["I. MỘT", "1. Việc một.", "2. Việc hai.", "II. HAI"] {
        assert!(all.iter().any(|p| p == wanted), "{wanted}: {all:?}");
    }
}

#[test]
fn eighty_recipients_flow_over_pages() {
    let list: String = (0..80).map(|i| format!("  - Ủy ban nhân dân xã thứ {i}\n")).collect();
    let facts = pdf::read(&made(&format!("noi_nhan:\n{list}  - \"Lưu: VT\"\n")));
    assert!(facts.sizes.len() >= 2);
    // No line is printed on another.
    let mut lines: Vec<(usize, i64)> = facts
        .glyphs
        .iter()
        .filter(|g| g.size == 11.0 && g.c == '-' && g.x0 < 90.0)
        .map(|g| (g.page, (g.y * 10.0) as i64))
        .collect();
    let count = lines.len();
    lines.dedup();
    assert!(count == 81 && lines.len() == 81, "{count} dashes, {} places", lines.len());
}

#[test]
fn rows_taller_than_a_page_break() {
    let words: String = (0..900).map(|i| format!("từ{i} ")).collect();
    made(&format!("noi_dung:\n  - bang:\n      cot: [STT, Nội dung]\n      hang: [[1, \"{words}\"], [2, ngắn]]\n"));
    let lines: String = (0..70).map(|i| format!("dòng {i}\\\\\\n")).collect();
    made(&format!("noi_dung:\n  - bang:\n      cot: [A, B]\n      hang: [[1, \"{lines}hết\"]]\n"));
}

#[test]
fn a_footnote_stands_on_the_page_of_its_mark() {
    for lines in 18..34 {
        let body: String = (0..lines).map(|i| format!("  - Gạch số {i}.\n")).collect();
        let facts = pdf::read(&made(&format!("noi_dung: |\n{body}  - Cuối^[Chú thích].\n")));
        let page = |size: &dyn Fn(f64) -> bool, c: char| {
            facts.glyphs.iter().find(|g| size(g.size) && g.c == c).map(|g| g.page)
        };
        let note = page(&|s| s == 10.0, 'C');
        let word =
            facts.glyphs.windows(4).find(|w| w.iter().map(|g| g.c).collect::<String>() == "Cuối").map(|w| w[0].page);
        assert_eq!(note, word, "{lines} lines");
    }
}

#[test]
fn the_signature_is_never_alone_on_a_page() {
    for lines in 20..40 {
        let body: String = (0..lines).map(|i| format!("  - Gạch số {i}.\n")).collect();
        let facts = pdf::read(&made(&format!("noi_dung: |\n{body}")));
        let signer =
            facts.glyphs.windows(4).rfind(|w| w.iter().map(|g| g.c).collect::<String>() == "GIÁM").unwrap()[0].page;
        let with_it = facts
            .glyphs
            .windows(4)
            .filter(|w| w[0].page == signer && w.iter().map(|g| g.c).collect::<String>() == "Gạch");
        assert!(with_it.count() >= 2, "{lines} lines");
    }
}

#[test]
fn odd_markers_are_reported_without_a_panic() {
    for fragment in [
        "noi_dung:\n  - dieu: Một\n    so: \"18446744073709551615\"\n  - dieu: Hai\n  - dieu: Ba\n",
        "noi_dung:\n  - khoan: Việc một\n    so: \"đ\"\n",
        "noi_dung:\n  - diem: Điểm.\n    so: \"a, b\"\n",
        "bien: { x: Ủy ban }\nnoi_dung: |\n  1. Việc một.\n  3. Ủy ban nhân dân {{ x }} làm việc.\n",
    ] {
        let built = build_text(&complete(fragment));
        assert!(report(&built).contains("thu-tu-sai"), "{fragment}");
        made(fragment);
    }
}

/// A list inside of a list is told once, where it begins; behind it the outer one goes on.
#[test]
fn a_sequence_that_begins_anew_is_told_once() {
    let of = |lines: &str| {
        let lines: String = lines.lines().map(|line| format!("  {line}\n")).collect();
        report(&build_text(&complete(&format!("noi_dung: |\n{lines}")))).matches("[thu-tu-sai]").count()
    };
    assert_eq!(of("1. Một.\n2. Hai:\n- Cách làm:\n1. Trước.\n2. Sau.\n3. Cuối.\n4. Hết.\n3. Ba."), 1);
    assert_eq!(of("1. Một.\n1.1. Việc.\n1.2. Việc khác.\n1.2.1. Nhỏ.\n1.2.2. Nhỏ nữa.\n1.3. Tiếp.\n2. Hai."), 0);
    assert_eq!(of("1. Một.\n1.1. Việc.\n1.1.2. Nhỏ."), 1);
    // Numbers of what is quoted are those of the quoted document.
    for (open, close) in [("“", "”"), ("\"", "\""), ("\"", "”")] {
        let quoted = format!("- Luật quy định: {open}Điều 7. Kết quả\n3. Ba.\n5. Năm.{close}\n1. Một.\n2. Hai.");
        assert_eq!(of(&quoted), 0, "{quoted}");
        let open = format!("- Luật quy định: {open}Điều 7. Kết quả\n3. Ba.\n5. Năm.\n1. Một.\n2. Hai.");
        assert!(of(&open) > 0, "{open}");
    }
    assert_eq!(of("1. Khẩu hiệu: \"Xanh\" và \"Sạch\".\n3. Ba."), 1);
}

#[test]
fn lines_of_templates_keep_their_ends() {
    let all = paragraphs(
        "bien: { a: true, ds: [x, y] }\nnoi_dung: |\n  - Một{% if a %} thêm{% endif %}\n  - Hai.\n  {% for d in ds %}\n  - Mục {{ d }};\n  {% endfor %}\n  - Cuối.\n",
    );
    assert!(
        ["- Một thêm", "- Hai.", "- Mục x;", "- Mục y;", "- Cuối./."].iter().all(|w| all.iter().any(|p| p == w)),
        "{all:?}"
    );
}

#[test]
fn a_link_may_get_its_address_from_a_value_but_nothing_else() {
    let all = paragraphs(
        "bien: { u: \"https://a.vn/b\", v: \"javascript:alert(1)\" }\nmo_dau: Xem [cổng]({{ u }}) và [khác]({{ v }})\n",
    );
    assert!(all.iter().any(|p| p == "Xem cổng và khác (javascript:alert(1))"), "{all:?}");
}

#[test]
fn the_end_mark_closes_paragraphs_only() {
    for (fragment, wanted) in [
        ("noi_dung: |\n  Một đoạn văn.\n", "Một đoạn văn./."),
        ("noi_dung: |\n  Một đoạn văn\n", "Một đoạn văn./."),
        ("noi_dung: |\n  Một đoạn văn./.\n", "Một đoạn văn./."),
        ("noi_dung: |\n  a) Một;\n", "a) Một;"),
    ] {
        let all = paragraphs(fragment);
        assert!(all.iter().any(|p| p == wanted), "{wanted}: {all:?}");
    }
}

/// The baselines of the lines of each page, with their text.
fn lines(bytes: &[u8]) -> Vec<Vec<(f64, String)>> {
    let facts = pdf::read(bytes);
    let mut pages: Vec<Vec<(f64, String)>> = vec![Vec::new(); facts.sizes.len()];
    for g in facts.glyphs.iter().filter(|g| g.y > 57.0) {
        match pages[g.page].last_mut() {
            Some((y, text)) if (*y - g.y).abs() < 0.1 => text.push(g.c),
            _ => pages[g.page].push((g.y, g.c.to_string())),
        }
    }
    pages
}

#[test]
fn no_heading_stands_at_the_foot_of_a_page() {
    for before in 15..45 {
        let body: String = (0..before).map(|i| format!("  - Gạch số {i}.\n")).collect();
        let plan =
            format!("noi_dung: |\n{body}  II. TIÊU ĐỀ LỚN\n  1. Tiêu đề nhỏ\n  a) Nội dung của điểm.\n  b) Hết.\n");
        for page in lines(&made(&plan)) {
            let last = page.last().map(|(_, t)| t.trim().to_owned()).unwrap_or_default();
            assert!(!last.contains("TIÊU ĐỀ") && !last.contains("Tiêu đề nhỏ"), "{before} lines: {last}");
        }
    }
}

#[test]
fn no_line_of_a_paragraph_is_left_alone() {
    let words = "chữ ".repeat(90);
    // Items of two lines move the paragraph by one line at a time, so that it meets the foot at every height.
    let long = format!("  - {}.\n", "dài ".repeat(20).trim());
    for before in 14..27 {
        for two_lines in 0..6 {
            let items: String = (0..before).map(|i| format!("  - Gạch số {i}.\n")).collect();
            let body = long.repeat(two_lines) + &items;
            let pages = lines(&made(&format!("noi_dung: |\n{body}\n  {words}\n\n  Hết đoạn.\n\n  Hết văn bản.\n")));
            let counts: Vec<usize> =
                pages.iter().map(|p| p.iter().filter(|(_, t)| t.contains("chữ chữ")).count()).collect();
            assert!(
                counts.iter().sum::<usize>() >= 4 && !counts.contains(&1),
                "{before} lines, {two_lines} of two: {counts:?}"
            );
        }
    }
}
