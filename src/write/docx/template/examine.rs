//! What can be said of a template before there is data: its tags, the names that they need, faults, warnings.

use super::compile::{FUEL, WordTemplate};
use super::names::{self, NAMES};
use super::tags::{Kind, Scope};
use super::{fault, part_name};
use crate::diagnostic::{Code, Diagnostic, Severity, code, nearest};
use crate::jinja::{self, filters};
use minijinja::ErrorKind;
use std::collections::BTreeSet;

/// A tag as `check-mau` lists it.
pub struct Listed {
    /// What users call the part.
    pub part: String,
    /// The tag as typed.
    pub tag: String,
    /// The names that it needs.
    pub names: Vec<String>,
}

fn warning(code: &'static Code, message: String, hint: String) -> Diagnostic {
    let mut out = Diagnostic::general(code, message).hint(hint);
    out.severity = Severity::Warning;
    out
}

/// What every plan has, or may have, and the names that print it.
const COVER: [(&[&str], &str); 10] = [
    (&["co_quan.ten", "quoc_hieu", "dau_van_ban"], "tên cơ quan ban hành"),
    (&["ky_hieu", "quoc_hieu", "dau_van_ban"], "số và ký hiệu"),
    (&["dia_danh", "quoc_hieu", "dau_van_ban"], "địa danh"),
    (&["ngay", "ngay.ngay", "quoc_hieu", "dau_van_ban"], "ngày, tháng, năm"),
    (&["loai", "ten_van_ban", "dau_van_ban"], "tên loại"),
    (&["trich_yeu", "ten_van_ban", "dau_van_ban"], "trích yếu"),
    (&["noi_dung"], "nội dung"),
    (&["noi_nhan", "cuoi_van_ban"], "nơi nhận"),
    (&["ky.chuc_vu", "cuoi_van_ban"], "chức vụ và họ tên người ký"),
    (&["phu_luc"], "phụ lục"),
];

/// What the language itself knows.
const GLOBALS: [&str; 3] = ["range", "dict", "loop"];

/// Names that an expression needs.
fn needed(kind: &Kind, expression: &str) -> Vec<String> {
    let plain = jinja::environment(FUEL);
    let probe = match kind {
        Kind::Print => format!("{{{{ {expression} }}}}"),
        _ if expression.starts_with("for ") => format!("{{% {expression} %}}{{% endfor %}}"),
        _ if expression.starts_with("if ") => format!("{{% {expression} %}}{{% endif %}}"),
        _ if expression.starts_with("elif ") => format!("{{% if 1 %}}{{% {expression} %}}{{% endif %}}"),
        _ if expression.starts_with("set ") && expression.contains('=') => format!("{{% {expression} %}}"),
        _ => return Vec::new(),
    };
    let mut out: Vec<String> =
        plain.template_from_str(&probe).map(|t| t.undeclared_variables(true).into_iter().collect()).unwrap_or_default();
    out.retain(|n| !GLOBALS.contains(&n.split('.').next().unwrap_or_default()));
    out.sort();
    out
}

/// Names after `|` outside strings.
fn filter_names(expression: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut quote = None;
    let chars: Vec<char> = expression.chars().collect();
    for (i, c) in chars.iter().enumerate() {
        match (quote, c) {
            (Some(q), c) if q == *c => quote = None,
            (None, '"' | '\'') => quote = Some(*c),
            (None, '|') => {
                let rest = chars[i + 1..].iter().skip_while(|c| c.is_whitespace());
                let name: String = rest.take_while(|c| c.is_alphanumeric() || **c == '_').collect();
                if !name.is_empty() {
                    out.push(name);
                }
            }
            _ => {}
        }
    }
    out
}

impl WordTemplate {
    /// What a person should look at: words that come twice, names like ours, parts of a plan that the template prints
    /// nowhere. A template that never prints the content is an error: no plan could ever be printed with it.
    pub fn findings(&self) -> Vec<Diagnostic> {
        let mut out = self.doubles();
        for name in self.variables() {
            if let Some(near) = nearest(&name, NAMES.iter().map(|n| n.name)) {
                let message =
                    format!("Tên “{name}” trong mẫu Word không phải của vanthu; kế hoạch phải có nó trong bien.");
                let hint = format!("Có phải là “{near}” không? Nếu không, khai báo {name} trong bien.");
                out.push(warning(&code::THE_WORD_SAI, message, hint));
            }
        }
        let used: BTreeSet<String> = self.tags().into_iter().flat_map(|t| t.names).collect();
        for (names, what) in COVER.iter().filter(|(names, _)| !names.iter().any(|n| used.contains(*n))) {
            let tag = |name: &str| {
                if names::is_zone(name) { format!("{{{{p {name} }}}}") } else { format!("{{{{ {name} }}}}") }
            };
            let zone = names.last().filter(|n| names.len() > 1 && names::is_zone(n));
            let zone = zone.map_or(String::new(), |z| format!(", hoặc vùng {}", tag(z)));
            let hint = format!("Thêm thẻ {}{zone}.", tag(names[0]));
            let mut finding = warning(&code::MAU_WORD_THIEU, format!("Mẫu Word không in {what} của kế hoạch."), hint);
            if names.contains(&"noi_dung") {
                finding.severity = Severity::Error;
                finding.message.push_str(" Không kế hoạch nào in được với mẫu này.");
            }
            out.push(finding);
        }
        out
    }

    /// Zones that print the same words twice.
    pub fn doubles(&self) -> Vec<Diagnostic> {
        let mut out = Vec::new();
        let branches = self.places.iter().any(|p| matches!(p.tag.word(), "else" | "elif"));
        for zone in NAMES.iter().filter(|n| n.kind == names::Kind::Zone && !branches) {
            let count =
                self.places.iter().filter(|p| p.tag.kind == Kind::Print && p.tag.expression() == zone.name).count();
            if count > 1 {
                let message = format!("Vùng {} đứng {count} lần trong mẫu Word, chữ sẽ in {count} lần.", zone.name);
                out.push(warning(&code::MAU_WORD_THIEU, message, "Giữ một, xóa các thẻ kia.".into()));
            }
        }
        for part in ["quoc_hieu", "ten_van_ban"].iter().filter(|p| self.prints("dau_van_ban") && self.prints(p)) {
            let message = format!("Mẫu Word in cả vùng dau_van_ban lẫn vùng {part} nằm trong đó, chữ sẽ in hai lần.");
            let hint = format!("Bỏ thẻ {{{{p {part} }}}}, hoặc thay {{{{p dau_van_ban }}}} bằng các vùng nhỏ hơn.");
            out.push(warning(&code::MAU_WORD_THIEU, message, hint));
        }
        out
    }

    /// The tags in the order of the file.
    pub fn tags(&self) -> Vec<Listed> {
        let listed = self.places.iter().filter(|p| p.tag.kind != Kind::Comment).map(|p| {
            let own = |n: &String| names::by_name(n).is_some() || n.split('.').next().is_some_and(names::is_group);
            let mut names: Vec<String> = needed(&p.tag.kind, p.tag.expression());
            names.sort_by_key(|n| !own(n));
            Listed { part: part_name(&p.part), tag: p.tag.typed.clone(), names }
        });
        listed.collect()
    }

    /// Names that the plan's `bien` must give.
    pub fn variables(&self) -> BTreeSet<String> {
        let mut out = BTreeSet::new();
        for (name, _) in &self.tagged {
            let Ok(template) = self.env.get_template(name) else { continue };
            for name in template.undeclared_variables(true) {
                let word = name.split('.').next().unwrap_or_default();
                if !names::is_group(word) && !word.starts_with("__") && !GLOBALS.contains(&word) {
                    out.insert(name);
                }
            }
        }
        out
    }

    /// What can be said of a tag before there is data: its syntax, filters, zones.
    pub(super) fn check_tags(&self, faults: &mut Vec<Diagnostic>) {
        let plain = jinja::environment(FUEL);
        for place in &self.places {
            let tag = &place.tag;
            let expression = tag.expression();
            let mut say = |message: String, hint: String| faults.push(fault(place, &message, &hint));
            if tag.kind == Kind::Comment {
                continue;
            }
            if let Err((refusal, _)) = jinja::guard::check(
                &format!("{{{{ {expression} }}}}")
                    .replace("{{ ", if tag.kind == Kind::Block { "{% " } else { "{{ " })
                    .replace(" }}", if tag.kind == Kind::Block { " %}" } else { " }}" }),
                1,
            ) && refusal == jinja::guard::Refusal::Macro
            {
                say(
                    "mẫu Word không dùng được macro, call, include, import, extends và block.".into(),
                    "Dùng {{ … }}, {% if %}, {% for %} và {% set %}.".into(),
                );
                continue;
            }
            if tag.kind == Kind::Print && names::is_zone(expression) && tag.scope != Scope::Paragraph {
                say(
                    format!("“{expression}” là một vùng gồm nhiều đoạn."),
                    format!("Viết {{{{p {expression} }}}} một mình trong một đoạn."),
                );
                continue;
            }
            if tag.kind == Kind::Print
                && tag.scope != Scope::Paragraph
                && names::by_name(expression).is_some_and(|n| n.kind == names::Kind::List)
            {
                say(
                    format!("“{expression}” là một danh sách."),
                    format!(
                        "In từng phần tử: {{% for x in {expression} %}}{{{{ x }}}}{{% endfor %}}; hoặc mỗi phần tử một đoạn: {{{{p {expression} }}}}."
                    ),
                );
                continue;
            }
            if tag.kind == Kind::Block && matches!(tag.scope, Scope::Run) {
                say("thẻ khối không có dạng {%r … %}.".into(), "Viết {% … %}.".into());
                continue;
            }
            if tag.word() == "for" && expression.split_whitespace().last() == Some("recursive") {
                say("vòng lặp recursive không dùng được.".into(), "Viết các vòng lặp {% for %} lồng nhau.".into());
                continue;
            }
            let probe = match (tag.kind, tag.word()) {
                (Kind::Print, _) => format!("{{{{ {expression} }}}}"),
                (_, "if") => format!("{{% {expression} %}}{{% endif %}}"),
                (_, "elif") => format!("{{% if x %}}{{% {expression} %}}{{% endif %}}"),
                (_, "for") => format!("{{% {expression} %}}{{% endfor %}}"),
                (_, "set") if expression.contains('=') => format!("{{% {expression} %}}"),
                (_, "with") => format!("{{% {expression} %}}{{% endwith %}}"),
                (_, "else" | "endif" | "endfor" | "endwith" | "break" | "continue") => continue,
                (_, "set" | "filter" | "endset" | "endfilter") => {
                    say(
                        "khối set và filter không dùng được trong mẫu Word, vì chữ giữa khối là XML của Word.".into(),
                        "Viết {% set tên = giá_trị %} trong một thẻ; thay khối filter bằng bộ lọc trong từng thẻ {{ … | hoa }}.".into(),
                    );
                    continue;
                }
                (_, word) => {
                    say(
                        format!("không có thẻ “{word}”."),
                        "Các thẻ dùng được: if, elif, else, endif, for, endfor, set, with.".into(),
                    );
                    continue;
                }
            };
            if let Err(error) = plain.template_from_str(&probe) {
                let detail =
                    if error.kind() == ErrorKind::SyntaxError { "" } else { error.detail().unwrap_or_default() };
                say(
                    format!("viết sai{}.", if detail.is_empty() { String::new() } else { format!(" ({detail})") }),
                    "Kiểm tra dấu ngoặc, dấu nháy và dấu | trước tên bộ lọc.".into(),
                );
                continue;
            }
            for name in filter_names(expression) {
                let unknown = plain
                    .render_str(&format!("{{{{ ''|{name} }}}}"), ())
                    .is_err_and(|e| e.kind() == ErrorKind::UnknownFilter);
                if unknown {
                    let hint = match nearest(&name, filters::NAMES.iter().copied()) {
                        Some(near) => format!("Có phải là “{near}” không?"),
                        None => format!("Các bộ lọc riêng của vanthu: {}.", filters::NAMES.join(", ")),
                    };
                    say(format!("không có bộ lọc “{name}”."), hint);
                }
            }
            for name in needed(&tag.kind, expression) {
                let word = name.split('.').next().unwrap_or_default();
                let known = NAMES.iter().any(|n| n.name == name || n.name.starts_with(&format!("{name}.")));
                if names::is_group(word) && !known && name.contains('.') {
                    let near = nearest(&name, NAMES.iter().map(|n| n.name));
                    say(
                        format!("không có tên “{name}”."),
                        near.map_or_else(
                            || "Xem các tên dùng được: vanthu check-mau TỆP.docx".into(),
                            |n| format!("Có phải là “{n}” không?"),
                        ),
                    );
                }
            }
        }
    }
}
