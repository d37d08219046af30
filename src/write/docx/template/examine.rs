//! What can be said of a template before there is data: its tags, the names that they need, faults, warnings.

use super::compile::{FUEL, WordTemplate};
use super::names::{self, NAMES};
use super::tags::{Kind, Scope, Tag};
use super::{fault, part_name};
use crate::diagnostic::{Code, Diagnostic, Severity, code, nearest};
use crate::jinja::{self, filters};
use minijinja::{Environment, ErrorKind};
use std::collections::BTreeSet;

/// A tag as `check-mau` lists it.
pub struct ListedTag {
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
    pub fn tags(&self) -> Vec<ListedTag> {
        let listed = self.places.iter().filter(|p| p.tag.kind != Kind::Comment).map(|p| {
            let own = |n: &String| names::by_name(n).is_some() || n.split('.').next().is_some_and(names::is_group);
            let mut names: Vec<String> = needed(&p.tag.kind, p.tag.expression());
            names.sort_by_key(|n| !own(n));
            ListedTag { part: part_name(&p.part), tag: p.tag.typed.clone(), names }
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
        for place in self.places.iter().filter(|place| place.tag.kind != Kind::Comment) {
            let tag = &place.tag;
            let wrong = forbidden_tag(tag).or_else(|| misplaced(tag)).map_or_else(|| syntax(tag, &plain), Err);
            let said = match wrong {
                Ok(()) => unknown_filters(tag, &plain).into_iter().chain(unknown_names(tag)).collect(),
                Err(said) => vec![said],
            };
            faults.extend(said.into_iter().map(|(message, hint)| fault(place, &message, &hint)));
        }
    }
}

/// What is wrong with a tag, and what to do.
type Said = (String, String);

/// What no tag may hold.
fn forbidden_tag(tag: &Tag) -> Option<Said> {
    let expression = tag.expression();
    let code = match tag.kind {
        Kind::Block => format!("{{% {expression} %}}"),
        _ => format!("{{{{ {expression} }}}}"),
    };
    let refused = jinja::guard::check(&code, 1).err().map(|(refusal, _)| refusal);
    if refused == Some(jinja::guard::Refusal::Macro) {
        return Some((
            "mẫu Word không dùng được macro, call, include, import, extends và block.".into(),
            "Dùng {{ … }}, {% if %}, {% for %} và {% set %}.".into(),
        ));
    }
    if tag.kind == Kind::Block && matches!(tag.scope, Scope::Run) {
        return Some(("thẻ khối không có dạng {%r … %}.".into(), "Viết {% … %}.".into()));
    }
    (tag.word() == "for" && expression.split_whitespace().last() == Some("recursive"))
        .then(|| ("vòng lặp recursive không dùng được.".into(), "Viết các vòng lặp {% for %} lồng nhau.".into()))
}

/// A zone or a list where only text can stand.
fn misplaced(tag: &Tag) -> Option<Said> {
    let expression = tag.expression();
    if tag.kind != Kind::Print || tag.scope == Scope::Paragraph {
        return None;
    }
    if names::is_zone(expression) {
        return Some((
            format!("“{expression}” là một vùng gồm nhiều đoạn."),
            format!("Viết {{{{p {expression} }}}} một mình trong một đoạn."),
        ));
    }
    names::by_name(expression).filter(|n| n.kind == names::Kind::List).map(|_| {
        let hint = format!(
            "In từng phần tử: {{% for x in {expression} %}}{{{{ x }}}}{{% endfor %}}; hoặc mỗi phần tử một đoạn: {{{{p {expression} }}}}."
        );
        (format!("“{expression}” là một danh sách."), hint)
    })
}

/// Whether the language takes the tag, a block with its end.
fn syntax(tag: &Tag, plain: &Environment<'_>) -> Result<(), Said> {
    let expression = tag.expression();
    let probe = match (tag.kind, tag.word()) {
        (Kind::Print, _) => format!("{{{{ {expression} }}}}"),
        (_, "if") => format!("{{% {expression} %}}{{% endif %}}"),
        (_, "elif") => format!("{{% if x %}}{{% {expression} %}}{{% endif %}}"),
        (_, "for") => format!("{{% {expression} %}}{{% endfor %}}"),
        (_, "set") if expression.contains('=') => format!("{{% {expression} %}}"),
        (_, "with") => format!("{{% {expression} %}}{{% endwith %}}"),
        (_, "else" | "endif" | "endfor" | "endwith" | "break" | "continue") => return Ok(()),
        (_, "set" | "filter" | "endset" | "endfilter") => {
            return Err((
                "khối set và filter không dùng được trong mẫu Word, vì chữ giữa khối là XML của Word.".into(),
                "Viết {% set tên = giá_trị %} trong một thẻ; thay khối filter bằng bộ lọc trong từng thẻ {{ … | hoa }}.".into(),
            ));
        }
        (_, word) => {
            return Err((
                format!("không có thẻ “{word}”."),
                "Các thẻ dùng được: if, elif, else, endif, for, endfor, set, with.".into(),
            ));
        }
    };
    let Err(error) = plain.template_from_str(&probe) else { return Ok(()) };
    let detail = error.detail().filter(|d| error.kind() != ErrorKind::SyntaxError && !d.is_empty());
    let detail = detail.map_or(String::new(), |detail| format!(" ({detail})"));
    Err((format!("viết sai{detail}."), "Kiểm tra dấu ngoặc, dấu nháy và dấu | trước tên bộ lọc.".into()))
}

fn unknown_filters(tag: &Tag, plain: &Environment<'_>) -> Vec<Said> {
    let is_unknown = |name: &String| {
        let probe = plain.render_str(&format!("{{{{ ''|{name} }}}}"), ());
        probe.is_err_and(|e| e.kind() == ErrorKind::UnknownFilter)
    };
    let say = |name: String| {
        let hint = match nearest(&name, filters::NAMES.iter().copied()) {
            Some(near) => format!("Có phải là “{near}” không?"),
            None => format!("Các bộ lọc riêng của vanthu: {}.", filters::NAMES.join(", ")),
        };
        (format!("không có bộ lọc “{name}”."), hint)
    };
    filter_names(tag.expression()).into_iter().filter(is_unknown).map(say).collect()
}

/// Names of the document's own groups that they do not have.
fn unknown_names(tag: &Tag) -> Vec<Said> {
    let is_unknown = |name: &String| {
        let word = name.split('.').next().unwrap_or_default();
        let known = NAMES.iter().any(|n| n.name == name || n.name.starts_with(&format!("{name}.")));
        names::is_group(word) && !known && name.contains('.')
    };
    let say = |name: String| {
        let near = nearest(&name, NAMES.iter().map(|n| n.name));
        let hint = near.map_or_else(
            || "Xem các tên dùng được: vanthu check-mau TỆP.docx".into(),
            |near| format!("Có phải là “{near}” không?"),
        );
        (format!("không có tên “{name}”."), hint)
    };
    needed(&tag.kind, tag.expression()).into_iter().filter(is_unknown).map(say).collect()
}
