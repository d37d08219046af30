//! The JSON Schema accepts every sample and refuses every wrong input that a schema can see.

use crate::support::{files, plans, root};

fn instance(text: &str) -> Option<serde_json::Value> {
    serde_yaml::from_str(text.trim_start_matches('\u{FEFF}')).ok()
}

/// The schema, compiled.
struct Validator {
    schemas: boon::Schemas,
    index: boon::SchemaIndex,
}

impl Validator {
    fn new() -> Self {
        let schema = serde_json::from_str(&vanthu::read::schema::json_schema()).unwrap();
        let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
        compiler.add_resource("vanthu.schema.json", schema).unwrap();
        let index = compiler.compile("vanthu.schema.json", &mut schemas).unwrap();
        Validator { schemas, index }
    }

    /// What the schema has against a value.
    fn check(&self, value: &serde_json::Value) -> Result<(), String> {
        self.schemas.validate(value, self.index).map_err(|e| e.to_string())
    }
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
    let validator = Validator::new();
    for path in plans() {
        let value = instance(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let checked = validator.check(&value);
        assert!(checked.is_ok(), "{}: {}", path.display(), checked.unwrap_err());
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
    const UNSEEN_FILES: &[&str] = &[
        "gia-tri-mau-rong",
        "noi-dung-thieu-gach-dung",
        "tham-quyen-chua-ro",
        "tham-quyen-hai-co-quan",
        "bien-ban-khong-ai-ky",
        "kem-theo-tep-loi",
    ];
    let validator = Validator::new();
    let mut seen = 0;
    let mut accepted = Vec::new();
    for path in files("tests/wrong", "yaml") {
        let (built, _) = crate::support::build(&path);
        let visible = built.diagnostics.iter().any(|d| d.is_error() && !UNSEEN.contains(&d.code.name));
        let Some(value) = std::fs::read_to_string(&path).ok().as_deref().and_then(instance) else { continue };
        if visible && !UNSEEN_FILES.contains(&crate::support::stem(&path).as_str()) {
            seen += 1;
            if validator.check(&value).is_ok() {
                accepted.push(crate::support::stem(&path));
            }
        }
    }
    assert!(accepted.is_empty(), "accepted by the schema: {accepted:?}");
    assert!(seen >= 20, "only {seen} wrong inputs are visible to the schema");
}
