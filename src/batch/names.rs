//! Names of the files of a unit: a template over its variables, made safe for every system, never outside the folder.
//!
//! A value may hold anything. In a name it loses what a file system takes for something else (`/ \ : * ? " < > |`,
//! controls, dots and blanks at the ends) and the names of devices; only a `/` that stands in the template itself makes
//! a folder. The rules are Windows' (“Naming Files, Paths, and Namespaces”), which are the strictest in use.

use crate::diagnostic::{Diagnostic, code};
use crate::draft::Value;
use crate::expand::needs::lookup;
use crate::jinja::told::reason;
use crate::jinja::{self, filters, from_entries, printable};
use crate::read::units::Column;
use crate::source::{is_forbidden, nfc};
use minijinja::{Environment, Error, ErrorKind};
use std::collections::HashMap;

/// Longest name of a file or folder, in letters and in bytes: with folder and extension it must stay under the 260 of
/// Windows and the 255 bytes of Linux.
const MAX_LETTERS: usize = 120;
/// See [`MAX_LETTERS`].
const MAX_BYTES: usize = 200;

/// Variables from whose text a name is made when no template is given.
const USUAL: [&str; 2] = ["don_vi.ten", "ten"];

/// How names are made.
pub struct Naming {
    template: Option<(Environment<'static>, String)>,
    /// The variables whose text makes a name where there is no template, the best first.
    usual: Vec<String>,
}

impl Naming {
    /// With a template of the user's, or from the unit's name, for want of one from the first column.
    pub fn new(template: Option<&str>, columns: &[Column]) -> Result<Self, Diagnostic> {
        let Some(template) = template else { return Ok(Naming { template: None, usual: usual(columns) }) };
        let wrong = |what: &str| {
            Diagnostic::general(&code::TEN_TEP_SAI, format!("Mẫu tên tệp “{template}” {what}."))
                .hint("Ví dụ: --name \"{{ stt }}-{{ don_vi.ten | ten_tep }}\"; dấu / tạo thư mục con.")
        };
        let mut env = jinja::environment(jinja::FUEL);
        env.set_formatter(|out, _, value| {
            let text = printable(value)?;
            let safe: String = nfc(&text).chars().map(|c| if is_special(c) { '-' } else { c }).collect();
            out.write_str(&safe).map_err(Error::from)
        });
        if env.template_from_str(template).is_err() || jinja::guard::check(template, 0).is_err() {
            return Err(wrong("viết sai"));
        }
        if template.starts_with('/') || template.contains('\\') || template.split('/').any(|part| part.trim() == "..") {
            return Err(wrong("chỉ ra ngoài thư mục đích"));
        }
        Ok(Naming { template: Some((env, template.to_owned())), usual: Vec::new() })
    }

    /// The variables that names are made from.
    pub fn variables(&self) -> Vec<String> {
        match &self.template {
            Some((env, template)) => env
                .template_from_str(template)
                .map(|t| t.undeclared_variables(true).into_iter().collect())
                .unwrap_or_default(),
            None => self.usual.clone(),
        }
    }

    /// The name for a unit, without extension, `/` between folders.
    pub fn name(&self, variables: &[(String, Value)]) -> Result<String, Diagnostic> {
        let name = match &self.template {
            None => {
                self.usual.iter().filter_map(|n| lookup(variables, n)).find_map(text_of).map(|t| filters::file_name(&t))
            }
            Some((env, template)) => {
                let made = env.template_from_str(template).and_then(|t| t.render(from_entries(variables)));
                Some(made.map_err(|e| cannot(&e))?)
            }
        };
        let parts: Vec<String> = name.as_deref().unwrap_or("").split('/').map(component).collect();
        if parts.iter().any(String::is_empty) {
            return Err(Diagnostic::general(&code::TEN_TEP_SAI, "Không có chữ nào để đặt tên tệp cho đơn vị này.")
                .hint("Điền tên đơn vị, hoặc chọn biến khác cho tên tệp bằng --name."));
        }
        Ok(parts.join("/"))
    }
}

fn cannot(error: &Error) -> Diagnostic {
    let message = match error.kind() {
        ErrorKind::UndefinedError => {
            "Không đặt được tên tệp: một biến của --name không có giá trị ở đơn vị này.".to_owned()
        }
        _ => match reason(error) {
            Some(reason) => format!("Không đặt được tên tệp: {reason}."),
            _ => "Không đặt được tên tệp cho đơn vị này.".to_owned(),
        },
    };
    Diagnostic::general(&code::TEN_TEP_SAI, message).hint("Điền giá trị còn thiếu, hoặc chọn biến khác cho --name.")
}

/// The variables whose text tells a unit from others: its name, or what the first column gives.
pub fn usual(columns: &[Column]) -> Vec<String> {
    let named: Vec<String> =
        USUAL.iter().filter(|u| columns.iter().any(|c| c.name == **u)).map(|u| (*u).to_owned()).collect();
    if named.is_empty() { columns.first().map(|c| c.name.clone()).into_iter().collect() } else { named }
}

/// What a unit is called in reports.
pub fn label(variables: &[(String, Value)], columns: &[Column]) -> String {
    let names = usual(columns);
    let found = names.iter().filter_map(|n| lookup(variables, n)).find_map(text_of);
    let clean: String = found.unwrap_or_default().chars().map(|c| if is_forbidden(c) { ' ' } else { c }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect()
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Integer(n) => Some(n.to_string()),
        Value::Decimal(n) => Some(n.to_string()),
        _ => None,
    }
}

fn is_special(c: char) -> bool {
    matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|') || is_forbidden(c)
}

/// One name of a path as every system takes it; empty where nothing is left.
fn component(text: &str) -> String {
    let safe: String = nfc(text).chars().map(|c| if is_special(c) { '-' } else { c }).collect();
    let mut out = String::new();
    for c in safe.trim_start_matches(['.', ' ']).chars().take(MAX_LETTERS) {
        if out.len() + c.len_utf8() > MAX_BYTES {
            break;
        }
        out.push(c);
    }
    let out = out.trim_end_matches(['.', ' ']);
    let stem = out.split('.').next().unwrap_or("").trim().to_lowercase();
    let numbered = |name: &str| {
        stem.strip_prefix(name).is_some_and(|rest| {
            matches!(rest, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
        })
    };
    let device = matches!(stem.as_str(), "con" | "prn" | "aux" | "nul" | "conin$" | "conout$")
        || numbered("com")
        || numbered("lpt");
    let ours = matches!(stem.as_str(), super::folder::THUMBNAILS | super::folder::REPORT);
    if device || ours { format!("_{out}") } else { out.to_owned() }
}

/// Makes two units that would write the same files failures, each naming the other. Systems that do not tell capitals
/// apart are the measure.
pub fn refuse_clashes(rows: &[usize], names: &mut [Result<String, Diagnostic>]) {
    let mut first: HashMap<String, usize> = HashMap::new();
    let mut clashes: Vec<(usize, usize)> = Vec::new();
    for (i, name) in names.iter().enumerate() {
        let Ok(name) = name else { continue };
        match first.get(&name.to_lowercase()) {
            Some(other) => clashes.push((*other, i)),
            None => {
                first.insert(name.to_lowercase(), i);
            }
        }
    }
    for (a, b) in clashes {
        let name = match (&names[a], &names[b]) {
            (_, Ok(name)) => name.clone(),
            _ => continue,
        };
        for this in [a, b] {
            if names[this].is_ok() {
                let message = format!("Dòng {} và dòng {} của danh sách cùng cho tên tệp “{name}”.", rows[a], rows[b]);
                names[this] = Err(Diagnostic::general(&code::TEN_TEP_TRUNG, message)
                    .hint("Sửa tên một đơn vị, hoặc thêm mã vào tên tệp, ví dụ --name \"{{ stt }}-{{ don_vi.ten | ten_tep }}\"."));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(template: Option<&str>, ten: &str) -> String {
        let variables = vec![("ten".to_owned(), Value::Text(ten.to_owned()))];
        Naming::new(template, &[Column { name: "ten".into(), letters: None }])
            .unwrap()
            .name(&variables)
            .unwrap_or_else(|e| format!("lỗi {}", e.code.name))
    }

    #[test]
    fn values_cannot_leave_the_folder() {
        let own = Some("{{ ten }}");
        let cases = [
            ("../x", "-x"),
            ("/etc/passwd", "-etc-passwd"),
            ("a/b\\c:d", "a-b-c-d"),
            ("CON", "_CON"),
            ("con.pdf", "_con.pdf"),
            ("COM1", "_COM1"),
            ("tên . ", "tên"),
            ("..", "lỗi ten-tep-sai"),
            ("😀", "😀"),
            ("e\u{0302}\u{0301}", "ế"),
            ("tong-quan", "_tong-quan"),
            (".an", "an"),
        ];
        for (value, wanted) in cases {
            assert_eq!(name(own, value), wanted, "{value}");
        }
        assert_eq!(name(Some("{{ ten }}/{{ ten }}"), "a/b"), "a-b/a-b");
        let long = name(own, &"ế".repeat(300));
        assert!(long.len() <= MAX_BYTES && long.chars().all(|c| c == 'ế'));
    }

    #[test]
    fn templates_cannot_leave_the_folder() {
        for template in ["/x", "../x", "a/../b", "a\\b"] {
            assert!(Naming::new(Some(template), &[]).is_err(), "{template}");
        }
    }

    #[test]
    fn clashes_name_both_rows() {
        let mut names = vec![Ok("Xa-A".to_owned()), Ok("b".to_owned()), Ok("xa-a".to_owned())];
        refuse_clashes(&[2, 3, 4], &mut names);
        assert!(names[0].is_err() && names[1].is_ok() && names[2].is_err());
        let message = &names[2].as_ref().unwrap_err().message;
        assert!(message.contains("Dòng 2") && message.contains("dòng 4"), "{message}");
    }
}
