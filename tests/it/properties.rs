//! What must always hold: no panic on any input, every word of a generated plan on the page.

use crate::support::{build_text, complete, pdf_of, samples};
use proptest::prelude::*;

/// Text that people type, with the signs that mean something somewhere.
fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => "[a-zđăâêôơưáàảãạ]{1,7}",
        1 => prop_oneof![
            Just("**đậm**".to_owned()), Just("*nghiêng*".to_owned()), Just("__gạch__".to_owned()), Just("^[chú thích]".to_owned()),
            Just("https://a.vn".to_owned()), Just("5*3".to_owned()), Just("(*)".to_owned()), Just("#x".to_owned()),
            Just("$a$".to_owned()), Just("<b>".to_owned()), Just("\\*".to_owned()), Just("a_b".to_owned()), Just("“x”".to_owned()),
        ],
    ];
    proptest::collection::vec(word, 1..25).prop_map(|w| w.join(" "))
}

fn outline() -> impl Strategy<Value = String> {
    let marker = prop_oneof![
        Just("I. "),
        Just("II. "),
        Just("1. "),
        Just("2. "),
        Just("1.1. "),
        Just("a) "),
        Just("đ) "),
        Just("- "),
        Just("+ "),
        Just("* "),
        Just("(1) "),
        Just("Điều 1. "),
        Just(""),
    ];
    let line =
        (marker, words(), any::<bool>()).prop_map(|(m, w, gap)| format!("  {m}{w}\n{}", if gap { "\n" } else { "" }));
    proptest::collection::vec(line, 1..12).prop_map(|l| l.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// The proof of words runs inside: a lost word is an error here.
    #[test]
    fn words_of_generated_plans_are_kept(body in outline(), opening in words(), notes in proptest::collection::vec(words(), 1..4)) {
        let list: String = notes.iter().map(|n| format!("  - {}\n", serde_json::to_string(n).unwrap())).collect();
        let plan = complete(&format!("mo_dau: {}\ncan_cu:\n{list}noi_dung: |\n{body}", serde_json::to_string(&opening).unwrap()));
        if let Err(problems) = pdf_of(&plan) {
            prop_assert!(problems.iter().all(|p| !p.is_error()), "{plan}\n{problems:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any bytes: a report, never a panic.
    #[test]
    fn any_text_is_read_without_panic(text in "(?s).{0,300}") {
        let _ = build_text(&text);
    }

    /// Plans with a few bytes changed come closer to the interesting places.
    #[test]
    fn changed_plans_are_read_without_panic(which in 0usize..20, changes in proptest::collection::vec((any::<prop::sample::Index>(), prop_oneof![
        Just("\t"), Just(": "), Just("{{"), Just("}}"), Just("{% for x in y %}"), Just("["), Just("]"), Just("'"), Just("\""), Just("- "),
        Just("*"), Just("&a "), Just("!x "), Just("|\n"), Just("^["), Just("\u{202E}"), Just("\u{0}"), Just("ế"), Just("\n"), Just("  "), Just("#"),
    ]), 1..5)) {
        let all = samples();
        let mut text = std::fs::read_to_string(&all[which % all.len()]).unwrap();
        for (at, piece) in changes {
            let mut index = at.index(text.len());
            while !text.is_char_boundary(index) {
                index -= 1;
            }
            text.insert_str(index, piece);
        }
        let built = build_text(&text);
        let _ = crate::support::report(&built);
        // Every place can be shown.
        if let Some(source) = &built.source {
            for span in built.diagnostics.iter().filter_map(|d| d.span) {
                prop_assert!(source.text.get(span.range()).is_some(), "{span:?}");
            }
        }
    }
}

/// Lines as they come out of Word: words, perhaps a marker, perhaps indented, perhaps blank lines between.
fn pasted() -> impl Strategy<Value = Vec<(usize, String)>> {
    let marker = prop_oneof![4 => Just(""), 1 => Just("1. "), 1 => Just("- "), 1 => Just("a) "), 1 => Just("Điều 1. "), 1 => Just("I. ")];
    let line = (0usize..4, marker, "[a-zđăâêôơưáàảãạ]{2,7}( [a-zđăâêôơưáàảãạ,.;]{1,7}){0,8}", 0usize..3);
    let made = line.prop_map(|(indent, marker, words, blank)| {
        (indent, format!("{}{marker}{words}{}", " ".repeat(indent), "\n".repeat(blank + 1)))
    });
    proptest::collection::vec(made, 1..20)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// The words of pasted lines are the words of the paragraphs, in order, and a line is a paragraph unless it is
    /// indented deeper than the one that it continues.
    #[test]
    fn pasted_lines_are_paragraphs(lines in pasted()) {
        use vanthu::markup::{marker, outline};
        let text: String = lines.iter().map(|(_, l)| l.as_str()).collect();
        let mut wanted: Vec<String> = Vec::new();
        let mut above: Option<usize> = None;
        for (indent, line) in &lines {
            let line = line.trim();
            match wanted.last_mut() {
                Some(last) if marker::find(line).is_none() && above.is_some_and(|a| *indent > a) => {
                    last.push(' ');
                    last.push_str(line);
                }
                _ => {
                    wanted.push(line.to_owned());
                    above = Some(*indent);
                }
            }
        }
        let squeeze = |t: &str| t.split_whitespace().collect::<Vec<_>>().join(" ");
        let found: Vec<String> = outline::parse(&text)
            .into_iter()
            .map(|piece| match piece {
                outline::Piece::Paragraph { marker, text, .. } => squeeze(&format!("{marker} {text}")),
                outline::Piece::Table { .. } => "bảng".to_owned(),
            })
            .collect();
        prop_assert_eq!(found, wanted.iter().map(|w| squeeze(w)).collect::<Vec<_>>());
    }
}
