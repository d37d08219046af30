//! The neutral sheet of every sample as text. `INSTA_UPDATE=always cargo test golden` rewrites them.

use crate::support::{build, report, samples, stem};

fn golden(name: &str, text: String) {
    insta::with_settings!({ snapshot_path => "../golden", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn the_usual_styles() {
    golden("kieu-chu", vanthu::sheet::StyleSheet::default().to_string());
}

#[test]
fn every_sample_gives_its_sheet() {
    for path in samples() {
        let (built, _) = build(&path);
        assert!(built.diagnostics.is_empty(), "{}", report(&built));
        let ready = built.ready.unwrap();
        golden(&stem(&path), ready.sheet.to_string());
    }
}

#[test]
fn every_type_that_is_composed_has_a_sample() {
    let texts: Vec<String> = samples().iter().map(|p| std::fs::read_to_string(p).unwrap()).collect();
    for kind in &vanthu::decree30::kinds::KINDS {
        let line = format!("loai: {}", kind.key);
        let found = texts.iter().any(|t| t.lines().any(|l| l.split('#').next().unwrap().trim_end() == line));
        assert!(found, "no sample of {}", kind.key);
    }
}
