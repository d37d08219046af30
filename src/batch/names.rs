//! Names of the files of a unit: a template over its variables, made safe for every system, never outside the folder.
//!
//! A value may hold anything. In a name it loses what a file system takes for something else (`/ \ : * ? " < > |`,
//! controls, dots and blanks at the ends) and the names of devices; only a `/` that stands in the template itself makes
//! a folder. The rules are Windows' (“Naming Files, Paths, and Namespaces”), which are the strictest in use.

use super::columns::gives;
use crate::diagnostic::{Diagnostic, code};
use crate::draft::Value;
use crate::expand::needs::{Need, lookup};
use crate::jinja::told::reason;
use crate::jinja::{self, filters, from_entries, printable};
use crate::read::units::{Column, Unit, Units};
use crate::source::{is_forbidden, nfc};
use minijinja::{Environment, Error, ErrorKind};
use std::collections::{HashMap, HashSet};

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
    /// With a template of the user's, or from the variables that tell a unit from others.
    pub fn new(template: Option<&str>, usual: &[String]) -> Result<Self, Diagnostic> {
        let Some(template) = template else { return Ok(Naming { template: None, usual: usual.to_vec() }) };
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

/// The variables whose text tells a unit from others: its name; or what the plan prints of it and differs most; or what
/// the first column gives.
pub fn usual(units: &Units, needs: &[Need]) -> Vec<String> {
    let several = units.units.len() > 1;
    // As typed: two names that differ in their accents only are two names, which clash.
    let value = |unit: &Unit, name: &str| lookup_flat(&unit.variables, name).and_then(text_of);
    let differs = |name: &str| {
        let first = units.units.first().map(|u| value(u, name));
        !several || units.units.iter().any(|u| Some(value(u, name)) != first)
    };
    let has = |name: &&&str| units.columns.iter().any(|c| c.name == ***name) && differs(name);
    let named: Vec<String> = USUAL.iter().filter(has).map(|u| (*u).to_owned()).collect();
    if !named.is_empty() {
        return named;
    }
    let used = |c: &&Column| needs.iter().any(|n| gives(&c.name, &n.name));
    let best = best(units, units.columns.iter().filter(used)).or_else(|| units.columns.first());
    best.map(|c| c.name.clone()).into_iter().collect()
}

/// Of some columns the one that names units best: words, not too long, that differ; else the one that differs most.
fn best<'c>(units: &Units, columns: impl Iterator<Item = &'c Column>) -> Option<&'c Column> {
    let score = |column: &Column| {
        let texts: Vec<String> =
            units.units.iter().filter_map(|u| lookup_flat(&u.variables, &column.name)).filter_map(text_of).collect();
        let different = distinct(units, &[&column.name]);
        let words =
            texts.iter().filter(|t| t.chars().filter(|c| c.is_alphabetic()).count() > 2).count() * 2 > texts.len();
        let letters: usize = texts.iter().map(|t| t.chars().count()).sum();
        let short = letters <= 40 * texts.len();
        let name = column.name.ends_with(".ten");
        (name, words && short && different * 3 >= units.units.len(), different)
    };
    let scored: Vec<_> =
        columns.map(|c| (score(c), c)).filter(|((.., different), _)| *different > 1 || units.units.len() < 2).collect();
    // The first of equals.
    scored.into_iter().rev().max_by_key(|(score, _)| *score).map(|(_, c)| c)
}

/// A unit's value, which has the dotted name itself.
fn lookup_flat<'v>(variables: &'v [(String, Value)], name: &str) -> Option<&'v Value> {
    variables.iter().find(|(n, _)| n == name).map(|(_, value)| value)
}

/// How many file names some variables give together.
fn distinct(units: &Units, names: &[&str]) -> usize {
    let name = |variables: &[(String, Value)]| -> Vec<String> {
        let texts = names.iter().map(|n| lookup_flat(variables, n).and_then(text_of));
        texts.map(|t| t.map(|t| filters::file_name(&t)).unwrap_or_default()).collect()
    };
    units.units.iter().map(|u| name(&u.variables)).collect::<HashSet<_>>().len()
}

/// A `--name` under which no two units clash: what names them now, with another column in front.
pub fn proposal(units: &Units, usual: &[String], needs: &[Need]) -> Option<String> {
    let main = usual.first()?;
    let used = |c: &&Column| needs.iter().any(|n| gives(&c.name, &n.name));
    let filled =
        |c: &&Column| units.units.iter().all(|u| lookup_flat(&u.variables, &c.name).and_then(text_of).is_some());
    let others = || units.columns.iter().filter(|c| c.name != *main).filter(filled);
    // What the plan uses first; a number of the row is better than a sentence.
    let mut candidates: Vec<&Column> = others().filter(|c| !used(c)).collect();
    candidates.extend(others().filter(used));
    candidates.sort_by_key(|c| !used(c));
    let tells = |c: &&&Column| distinct(units, &[&c.name, main]) == units.units.len();
    let other = candidates.iter().find(tells)?;
    let plain = units.units.iter().filter_map(|u| lookup_flat(&u.variables, &other.name).and_then(text_of));
    let short = plain.into_iter().all(|t| t.len() <= 12 && t.bytes().all(|b| b.is_ascii_alphanumeric()));
    let filter = if short { "" } else { " | ten_tep" };
    Some(format!("{{{{ {}{filter} }}}}-{{{{ {main} | ten_tep }}}}", other.name))
}

/// What a unit is called in reports.
pub fn label(variables: &[(String, Value)], names: &[String]) -> String {
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
    let ours = matches!(stem.as_str(), super::paths::THUMBNAILS | super::paths::REPORT);
    if device || ours { format!("_{out}") } else { out.to_owned() }
}

/// Most clashing units that are told pair by pair.
const FEW: usize = 3;

/// Makes units that would write the same files failures, each naming the others; of many with one sentence for all.
/// Systems that do not tell capitals apart are the measure. `better` is a `--name` without clashes.
pub fn refuse_clashes(
    rows: &[usize],
    names: &mut [Result<String, Diagnostic>],
    apart: bool,
    better: impl FnOnce() -> Option<String>,
) {
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (i, name) in names.iter().enumerate() {
        let Ok(name) = name else { continue };
        let group = *known.entry(name.to_lowercase()).or_insert_with(|| {
            groups.push((name.clone(), Vec::new()));
            groups.len() - 1
        });
        groups[group].1.push(i);
    }
    // The texts that are issued with one may have the name of another.
    for (i, name) in names.iter().enumerate().filter(|_| apart) {
        let Ok(name) = name.as_ref().map(|n| n.to_lowercase()) else { continue };
        let main = name.rsplit_once("-kem-theo-").filter(|(_, n)| n.bytes().all(|b| b.is_ascii_digit()));
        if let Some(group) = main.and_then(|(main, _)| known.get(main)) {
            groups[*group].1.push(i);
        }
    }
    groups.retain(|(_, units)| units.len() > 1);
    let count: usize = groups.iter().map(|(_, units)| units.len()).sum();
    let Some((first, units)) = groups.first() else { return };
    let hint = match better() {
        Some(template) => format!("Sửa tên đơn vị bị trùng, hoặc đặt tên tệp bằng --name \"{template}\"."),
        None => "Sửa tên đơn vị bị trùng, hoặc thêm một cột mã vào danh sách rồi dùng cột đó ở --name.".to_owned(),
    };
    let lines = |units: &[usize]| {
        let shown: Vec<String> = units.iter().filter_map(|u| rows.get(*u)).take(5).map(ToString::to_string).collect();
        shown.join(", ") + if units.len() > 5 { "…" } else { "" }
    };
    let many = format!(
        "{count} đơn vị của danh sách chỉ có {} tên tệp, ví dụ “{first}” ở các dòng {}.",
        groups.len(),
        lines(units)
    );
    for (name, units) in &groups {
        let message = match units.as_slice() {
            _ if count > FEW => many.clone(),
            [a, b] => format!("Dòng {} và dòng {} của danh sách cùng cho tên tệp “{name}”.", rows[*a], rows[*b]),
            all => format!("Các dòng {} của danh sách cùng cho tên tệp “{name}”.", lines(all)),
        };
        for unit in units {
            names[*unit] = Err(Diagnostic::general(&code::TEN_TEP_TRUNG, message.clone()).hint(hint.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(template: Option<&str>, ten: &str) -> String {
        let variables = vec![("ten".to_owned(), Value::Text(ten.to_owned()))];
        Naming::new(template, &["ten".to_owned()])
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
        refuse_clashes(&[2, 3, 4], &mut names, false, || None);
        assert!(names[0].is_err() && names[1].is_ok() && names[2].is_err());
        let message = &names[2].as_ref().unwrap_err().message;
        assert!(message.contains("Dòng 2") && message.contains("dòng 4"), "{message}");
    }
}
