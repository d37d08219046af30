//! Values from a user's file are data: they come out letter for letter, or are refused at their line.

use crate::support::{build_text, complete, pdf_of};
use vanthu::decree30::style::Component;
use vanthu::sheet::{Run, Sheet};

/// Values that would be code or markup somewhere.
const VALUES: &[&str] = &[
    "#read(\"bi-mat.txt\")",
    "#{",
    "#{1+1}",
    "$x$",
    "*đậm*",
    "**đậm**",
    "= h",
    "- x",
    "1. x",
    "I. X",
    "a) x",
    "(1) x",
    "<b>",
    "</w:t>",
    "&amp;",
    "]]>",
    "{{ x }}",
    "{% raw %}",
    "\\",
    "\\*",
    "\"",
    "'",
    "//",
    "/* x */",
    "@ref",
    "`a`",
    "~",
    "__x__",
    "^[chú thích]",
    "[a](https://a.vn)",
    "https://a.vn",
    "| a | b |",
    "Điều 1. x",
    "<!-- x -->",
    "${HOME}",
    "$(ls)",
    "%s",
    "\\u{41}",
    "../../x",
    "#import \"x\"",
    "#set page(width: 1pt)",
    "a\\\nb",
    "C:\\x",
    "$ 5 $",
    "#",
    "a_b_c",
    "+ x",
    "* x",
];

fn yaml_string(value: &str) -> String {
    serde_json::to_string(value).unwrap()
}

fn body_text(sheet: &Sheet) -> Vec<(Component, String, bool, usize)> {
    let mut out = Vec::new();
    sheet.visit(&mut |par| {
        let text: String = par
            .runs
            .iter()
            .map(|r| match r {
                Run::Text(c) | Run::Link(c, _) | Run::Entry(vanthu::sheet::Entry { chars: c, .. }) => c.text.clone(),
                _ => String::new(),
            })
            .collect();
        let plain = par.runs.iter().all(|r| matches!(r, Run::Text(c) if !c.bold && !c.italic && !c.underline));
        out.push((par.style, text, plain && par.marker.is_none(), par.runs.len()));
    });
    out
}

#[test]
fn values_come_out_letter_for_letter() {
    for value in VALUES {
        let plan = complete(&format!(
            "bien:\n  x: {}\nnoi_dung: |\n  {{{{ x }}}}\n\n  I. MỤC\n\n  Trước {{{{ x }}}} sau.\n",
            yaml_string(value)
        ));
        let built = build_text(&plan);
        assert!(built.diagnostics.is_empty(), "{value}: {:?}", built.diagnostics);
        let texts = body_text(&built.ready.unwrap().sheet);
        let shown = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let alone = texts.iter().find(|(_, t, ..)| t.split_whitespace().collect::<Vec<_>>().join(" ") == shown);
        assert!(alone.is_some_and(|(style, _, plain, _)| *style == Component::LoiVan && *plain), "{value}: {texts:?}");
        let inside = format!("Trước {shown} sau./.");
        assert!(
            texts.iter().any(|(_, t, plain, _)| t.split_whitespace().collect::<Vec<_>>().join(" ") == inside && *plain),
            "{value}: {texts:?}"
        );
        pdf_of(&plan).unwrap_or_else(|e| panic!("{value}: {e:?}"));
    }
}

#[test]
fn literal_text_that_is_code_elsewhere_is_only_text() {
    let all: Vec<String> =
        ["#read(\"bi-mat.txt\")", "$x$", "= h", "<b>&amp;</b>", "]]>", "@ref", "//", "`a`", "{ x }", "\\#"]
            .iter()
            .map(|v| format!("  Câu có {v} ở giữa.\n\n"))
            .collect();
    let plan = complete(&format!("noi_dung: |\n{}", all.concat()));
    pdf_of(&plan).unwrap_or_else(|e| panic!("{e:?}"));
}

#[test]
fn characters_that_cannot_be_printed_are_refused_at_their_line() {
    for (value, code) in [
        ("a\\u202Eb", "ky-tu-cam"),
        ("a\\u200Bb", "ky-tu-cam"),
        ("a\\0b", "ky-tu-cam"),
        ("a\\uE000b", "ky-tu-cam"),
        ("a\\uFFFEb", "ky-tu-cam"),
        ("a\\x07b", "ky-tu-cam"),
        ("a\\ud800b", "yaml-sai"),
        ("🙂", "thieu-chu"),
        ("漢", "thieu-chu"),
    ] {
        let plan = complete(&format!("bien:\n  x: \"{value}\"\nmo_dau: Câu {{{{ x }}}}\n"));
        let built = build_text(&plan);
        let found: Vec<_> = built.diagnostics.iter().map(|d| d.code.name).collect();
        assert!(found.contains(&code), "{value}: {found:?}");
        let source = built.source.unwrap();
        let line =
            built.diagnostics.iter().filter_map(|d| d.span).map(|s| source.line_col(s.start).line).min().unwrap();
        assert!(line == 2 || (code == "thieu-chu" && line == 3), "{value} at line {line}");
    }
}

#[test]
fn a_megabyte_of_text_comes_out_whole() {
    let words = "một hai ba bốn năm ".repeat(50_000);
    let plan = complete(&format!("bien:\n  x: {}\nmo_dau: Câu {{{{ x }}}}\n", yaml_string(&words)));
    let built = build_text(&plan);
    assert!(built.diagnostics.is_empty(), "{:?}", built.diagnostics);
    let long = "x".repeat(1 << 20);
    let plan = complete(&format!("bien:\n  x: {}\nmo_dau: Câu {{{{ x }}}}\n", yaml_string(&long)));
    assert_eq!(build_text(&plan).diagnostics[0].code.name, "tu-qua-dai");
}

#[test]
fn a_document_without_end_is_one_error_at_its_line() {
    let line = format!("  {}\n", "một hai ba bốn năm ".repeat(40_000));
    let plan = complete(&format!("noi_dung: |\n{}", line.repeat(6)));
    let built = build_text(&plan);
    let source = built.source.unwrap();
    let found: Vec<_> =
        built.diagnostics.iter().map(|d| (d.code.name, d.span.map(|s| source.line_col(s.start).line))).collect();
    // The fifth line takes it over 4 MB.
    assert_eq!(found, [("qua-dai", Some(6))]);
}

#[test]
fn paths_never_leave_the_folder() {
    for path in ["../x.csv", "/etc/passwd", "a/../../x.csv", "..\\\\x.csv", "C:/x.csv", "~/x.csv/../../../y.csv", ""] {
        let plan = complete(&format!("noi_dung:\n  - bang:\n      cot: [A]\n      tu_tep: \"{path}\"\n"));
        let found: Vec<_> = build_text(&plan).diagnostics.iter().map(|d| d.code.name).collect();
        assert_eq!(found, ["tep-ngoai"], "{path}");
    }
}

#[test]
#[cfg(unix)]
fn links_do_not_lead_out_of_the_folder() {
    let outside = tempfile::tempdir().unwrap();
    let inside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("a.csv"), "A\n1\n").unwrap();
    std::os::unix::fs::symlink(outside.path().join("a.csv"), inside.path().join("a.csv")).unwrap();
    let plan = complete("noi_dung:\n  - bang:\n      cot: [A]\n      tu_tep: a.csv\n");
    let folder = vanthu::pipeline::Folder::new(inside.path());
    let d = vanthu::pipeline::build("a.yaml", plan.as_bytes(), &folder, &[], crate::support::studio().faces());
    assert_eq!(d.diagnostics[0].code.name, "tep-ngoai");
}
