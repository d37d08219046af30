//! The JSON Schema accepts every sample and refuses every wrong input that a schema can see.

use crate::support::{files, plans, root};

fn instance(text: &str) -> Option<serde_json::Value> {
    serde_yaml::from_str(text.trim_start_matches('\u{FEFF}')).ok()
}

fn validator() -> jsonschema::Validator {
    let schema: serde_json::Value = serde_json::from_str(&vanthu::read::schema::json_schema()).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

#[test]
fn the_file_in_docs_is_up_to_date() {
    let path = root().join("docs/schema.json");
    let now = vanthu::read::schema::json_schema();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    let stored = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(stored == now, "docs/schema.json is stale; rewrite it with: vanthu schema > docs/schema.json");
}

#[test]
fn samples_and_plans_are_accepted() {
    let validator = validator();
    for path in plans() {
        let value = instance(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{}: {}", path.display(), errors.join("\n"));
    }
}

#[test]
fn wrong_inputs_that_a_schema_can_see_are_refused() {
    // What a schema cannot see: calendars, templates, markup, files, glyphs, widths, spans, the order of levels, and
    // ranges of lengths in inches.
    const UNSEEN: &[&str] = &[
        "ky-tu-cam",
        "yaml-khoa-trung",
        "yaml-qua-sau",
        "yaml-qua-nhieu",
        "yaml-nhan",
        "yaml-nhieu-van-ban",
        "yaml-sai",
        "yaml-tab",
        "yaml-hai-cham",
        "yaml-thieu-ngoac",
        "ngay-sai",
        "so-sai",
        "chuong-long-sai",
        "bang-lech",
        "chu-thich-ho",
        "ten-chua-khai",
        "mau-sai",
        "mau-qua-nang",
        "lap-sai",
        "tep-ngoai",
        "so-lieu-sai",
        "hinh-sai",
        "thieu-chu",
        "tu-qua-dai",
        "dau-khong-vua",
    ];
    // A value that is empty only when rendered; a text whose lines YAML has folded.
    const UNSEEN_FILES: &[&str] = &["gia-tri-mau-rong", "noi-dung-thieu-gach-dung"];
    let validator = validator();
    let mut seen = 0;
    let mut accepted = Vec::new();
    for path in files("tests/wrong", "yaml") {
        let (built, _) = crate::support::build(&path);
        let visible = built.diagnostics.iter().any(|d| d.is_error() && !UNSEEN.contains(&d.code.name));
        let Some(value) = std::fs::read_to_string(&path).ok().as_deref().and_then(instance) else { continue };
        if visible && !UNSEEN_FILES.contains(&crate::support::stem(&path).as_str()) {
            seen += 1;
            if validator.is_valid(&value) {
                accepted.push(crate::support::stem(&path));
            }
        }
    }
    assert!(accepted.is_empty(), "accepted by the schema: {accepted:?}");
    assert!(seen >= 20, "only {seen} wrong inputs are visible to the schema");
}
