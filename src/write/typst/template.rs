//! The Typst template: minijinja over `templates/typst/van-ban.typ`, or over the folder that an agency brings.

use super::literal;
use crate::decree30::lengths::{CELL_INSET, MARK_RULE, TABLE_RULE};
use crate::decree30::page::{PAPER, page_number_from_top};
use crate::decree30::style::Align;
use crate::diagnostic::{Diagnostic, code};
use crate::face::SYMBOL_FAMILY;
use crate::sheet::Sheet;
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior, Value};
use serde_json::{Map, json};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// Name of the template.
pub const MAIN_FILE: &str = "van-ban.typ";
/// The Typst expression that reads the sheet's data in process.
const DATA_FILE: &str = "json(\"data.json\")";

/// The line of a template above which nothing needs the data: that part is then evaluated once, not for each document.
const FOR_EACH: &str = "// === Từng văn bản ===";

/// A rendered template.
pub(super) struct Rendered {
    /// What is compiled for each document.
    pub main: String,
    /// What it imports, where the template tells the two apart.
    pub module: Option<String>,
}

/// Which meaning the data have that a template reads (`data::thing`). A template says for which it was written.
///
/// 1: until November 2026, keys of one letter. 2: words.
pub const DATA_VERSION: u32 = 2;

/// The templates that ship with the program: name and text.
pub static TEMPLATES: &[(&str, &str)] = &[(MAIN_FILE, include_str!("../../../templates/typst/van-ban.typ"))];

/// A set of templates: the main one, and files that it may import or show.
pub struct Templates {
    main: String,
    /// Other files by path inside the folder, `/` between names.
    pub(super) files: BTreeMap<String, Vec<u8>>,
}

impl Default for Templates {
    fn default() -> Self {
        Templates { main: TEMPLATES[0].1.to_owned(), files: BTreeMap::new() }
    }
}

impl Templates {
    /// Templates from the files of a folder. `van-ban.typ` must be among them.
    pub fn from_files(mut files: BTreeMap<String, Vec<u8>>) -> Result<Self, Diagnostic> {
        let wrong = |message: &str| {
            Diagnostic::general(&code::MAU_TYPST_LOI, message).hint("Lấy mẫu có sẵn để sửa: vanthu new --mau THƯ_MỤC")
        };
        let main = files.remove(MAIN_FILE).ok_or_else(|| wrong("Thư mục mẫu không có tệp van-ban.typ."))?;
        let main = String::from_utf8(main).map_err(|_| wrong("Tệp van-ban.typ không phải là chữ UTF-8."))?;
        match version(&main) {
            Some(DATA_VERSION) => Ok(Templates { main, files }),
            other => Err(other_version(other)),
        }
    }

    /// Whether these are the templates that ship with the program.
    pub(super) fn is_own(&self) -> bool {
        self.main == TEMPLATES[0].1 && self.files.is_empty()
    }

    /// SHA-256 of all files.
    pub fn digest(&self) -> [u8; 32] {
        let mut sum = Sha256::new_with_prefix(&self.main);
        for (name, bytes) in &self.files {
            sum.update((name.len() as u64).to_le_bytes());
            sum.update(name);
            sum.update(Sha256::digest(bytes));
        }
        sum.finalize().into()
    }

    /// Renders the main template for many documents.
    pub(super) fn for_documents(&self, styles: &serde_json::Value) -> Result<Rendered, Diagnostic> {
        let text = self.render(styles, DATA_FILE)?;
        let Some(at) = text.lines().position(|line| line == FOR_EACH) else {
            return Ok(Rendered { main: text, module: None });
        };
        let lines: Vec<&str> = text.lines().collect();
        let (once, each) = lines.split_at(at);
        // Lines keep their numbers, for reports of faults.
        let import = format!("#import \"{MAIN_FILE}\": *{}", "\n".repeat(at));
        Ok(Rendered { main: format!("{import}{}\n", each.join("\n")), module: Some(format!("{}\n", once.join("\n"))) })
    }

    /// Renders the main template. Every printed value becomes a Typst literal; `data` is Typst code of ours.
    pub(super) fn render(&self, styles: &serde_json::Value, data: &str) -> Result<String, Diagnostic> {
        let mut env = Environment::new();
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        env.set_fuel(Some(1_000_000));
        env.set_auto_escape_callback(|_| AutoEscape::None);
        env.set_formatter(|out, _, value| {
            let text = if value.is_safe() { value.to_string() } else { literal::literal(value) };
            out.write_str(&text).map_err(minijinja::Error::from)
        });
        let context = minijinja::context! {
            ..Value::from(minijinja::value::Serde(styles)),
            ..minijinja::context! { du_lieu => Value::from_safe_string(data.to_owned()) },
        };
        env.render_named_str(MAIN_FILE, &self.main, context).map_err(|error| {
            let line = error.line().map_or(String::new(), |l| format!(", dòng {l}"));
            let what = match error.kind() {
                ErrorKind::UndefinedError => "dùng một tên không có".to_owned(),
                ErrorKind::UnknownFilter | ErrorKind::UnknownTest | ErrorKind::UnknownFunction => {
                    format!("dùng một bộ lọc hay hàm không có ({})", error.detail().unwrap_or_default())
                }
                ErrorKind::SyntaxError => format!("viết sai ({})", error.detail().unwrap_or_default()),
                _ => format!("không tính được ({})", error.detail().unwrap_or_default()),
            };
            Diagnostic::general(&code::MAU_TYPST_LOI, format!("Mẫu {MAIN_FILE}{line} có thẻ {{{{ … }}}} {what}."))
                .hint("Các tên dùng được: du_lieu, kieu, le, giay, so_trang, khoang, ho_chu. Lấy mẫu có sẵn để so sánh: vanthu new --mau THƯ_MỤC")
        })
    }
}

/// The line in which a template says for which meaning of the data it was written.
const VERSION_MARK: &str = "#let phien-ban-du-lieu =";

/// For which meaning of the data a template was written; none where its line holds no number. Version 1 had no line.
fn version(template: &str) -> Option<u32> {
    let line = template.lines().find_map(|line| line.trim_start().strip_prefix(VERSION_MARK));
    line.map_or(Some(1), |number| number.trim().parse().ok())
}

fn other_version(version: Option<u32>) -> Diagnostic {
    let ours = DATA_VERSION;
    let written = match version {
        Some(number) => format!("viết cho dữ liệu phiên bản {number}"),
        None => format!("không ghi số sau “{VERSION_MARK}”"),
    };
    let message = format!("Mẫu {MAIN_FILE} {written}; chương trình này dùng dữ liệu phiên bản {ours}.");
    Diagnostic::general(&code::MAU_TYPST_LOI, message).hint(format!(
        "Chép mẫu mới (vanthu new --mau THƯ_MỤC) rồi ghi lại vào đó những chỗ cơ quan đã sửa; tên các khóa dữ liệu ở mục 17 \
         của docs/huong-dan.md. Mẫu đã dùng các tên ấy thì chỉ cần có dòng: {VERSION_MARK} {ours}"
    ))
}

/// What the template may name: the style table (lengths in points), paper, margins, page number.
pub fn style_values(sheet: &Sheet, family: &str) -> serde_json::Value {
    let styles: Map<String, serde_json::Value> = sheet
        .styles
        .iter()
        .map(|(component, s)| {
            let align = match s.align {
                Align::Left => "left",
                Align::Center => "center",
                Align::Right => "right",
                Align::Justify => "justify",
            };
            let value = json!({
                "ten": s.name, "co": s.size.0, "dam": s.bold, "nghieng": s.italic, "canh": align,
                "lui": s.indent.0, "dong": s.pitch.0,
            });
            (component.id().to_owned(), value)
        })
        .collect();
    let margins = sheet.sections.first().map(|s| s.margins);
    let top = margins.map_or(0.0, |m| page_number_from_top(m.top).to_pt().0);
    json!({
        "kieu": styles,
        "giay": { "ngan": PAPER.0.to_pt().0, "dai": PAPER.1.to_pt().0 },
        "le": margins.map(|m| json!({
            "tren": m.top.to_pt().0, "duoi": m.bottom.to_pt().0, "trai": m.left.to_pt().0, "phai": m.right.to_pt().0,
        })),
        "so_trang": top,
        "khoang": {
            "o_ngang": CELL_INSET.0.0, "o_doc": CELL_INSET.1.0, "net_bang": TABLE_RULE.0, "net_khung": MARK_RULE.0,
        },
        "ho_chu": [family, SYMBOL_FAMILY],
    })
}
