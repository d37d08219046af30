//! A Word file → a template that can be filled: parts with tags become minijinja templates.

use super::names::{self, NAMES};
use super::tags::{Kind, Scope};
use super::{BUILT_END, BUILT_START, DELIMITERS, FIELD, MARK_END, MARK_START, Parts, Place, StyleIds, blocks, fault, lift, prepare};
use crate::diagnostic::{Diagnostic, Severity, code, nearest};
use crate::jinja::{self, filters, printable};
use crate::sheet::StyleSheet;
use crate::write::docx::package::{Package, Refusal, declare, declare_extension, relate, relations_of};
use crate::write::docx::xml::{Element, Node, escape, part};
use crate::write::docx::{MAIN_KIND, R, W, blank};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value as Jinja;
use minijinja::{Environment, Error, ErrorKind};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, Mutex};

/// Steps that the tags of a part may run.
const FUEL: u64 = 2_000_000;

/// A Word file ready to be filled.
pub struct WordTemplate {
    /// The parts that are the same in every document.
    pub(super) package: Package,
    /// Name of the main part.
    pub(super) main: String,
    /// The parts with tags: name, and where the tags stand in its compiled text.
    pub(super) tagged: Vec<(String, Vec<(Range<usize>, usize)>)>,
    pub(super) places: Vec<Place>,
    pub(super) env: Environment<'static>,
    /// The page setup of the last section.
    pub(super) section: Element,
    pub(super) ids: StyleIds,
    /// `word/styles.xml` or what the file calls it.
    pub(super) styles: (String, Element),
    /// Name of the footnotes' part, and its text up to the end of its last footnote.
    pub(super) notes: String,
    pub(super) first_note: usize,
    pub(super) first_id: u32,
    /// Whether a user brought it: then the words around the tags are theirs.
    pub(super) own: bool,
    /// All tags as typed, for the bound on memory.
    pub(super) code: String,
    /// Whether tags repeat something.
    pub(super) repeats: bool,
    /// Packed files without the parts that differ from document to document, by house style.
    pub(super) bases: Mutex<Vec<(StyleSheet, Arc<Vec<u8>>)>>,
}

/// A tag as `check-mau` lists it.
pub struct Listed {
    /// What users call the part.
    pub part: String,
    /// The tag as typed.
    pub tag: String,
    /// The names that it needs.
    pub names: Vec<String>,
}

impl WordTemplate {
    /// Reads and compiles a file. All faults are reported.
    pub fn new(bytes: &[u8], own: bool) -> Result<Self, Vec<Diagnostic>> {
        Self::read(bytes, own).map_err(|refusal| vec![refused(refusal)])?
    }

    /// The template that ships with the program.
    pub fn built_in() -> Result<Self, Vec<Diagnostic>> {
        Self::new(BUILT_IN, false)
    }

    fn read(bytes: &[u8], own: bool) -> Result<Result<Self, Vec<Diagnostic>>, Refusal> {
        let mut package = Package::read(bytes)?;
        let main = package
            .related("", "officeDocument")?
            .ok_or_else(|| Refusal::Broken("tệp không có thân văn bản".into()))?;
        let mut types = package.xml(crate::write::docx::package::TYPES)?;
        check_main_type(&mut types, &main)?;
        let mut names = vec![main.clone()];
        for relation in package.relations(&main)? {
            if matches!(relation.kind.as_str(), "header" | "footer" | "footnotes" | "endnotes") && !relation.external {
                names.push(relation.target);
            }
        }
        names.sort_by_key(|n| *n != main);
        names.dedup();
        let mut places = Vec::new();
        let mut faults = Vec::new();
        let mut trees = Vec::new();
        for name in &names {
            let mut root = package.xml(name)?;
            if package.get(name).is_some_and(has_private) {
                return Err(Refusal::Broken(format!("phần {name} có ký tự không dùng được trong XML")));
            }
            rename_prefixes(&mut root, name)?;
            forbidden_elements(&root, name)?;
            forbidden_fields(&root)?;
            prepare::prepare(&mut root);
            field_tags(&root, name, &mut faults);
            attribute_tags(&root, name, &mut faults);
            let mut parts = Parts { part: name, places: &mut places, faults: &mut faults };
            lift::lift(&mut root, &mut parts);
            let mut report = |place: usize, message: String, hint: &'static str| {
                if let Some(place) = places.get(place) {
                    faults.push(fault(place, &message, hint));
                }
            };
            blocks::check(&root, &places, &mut report);
            trees.push((name.clone(), root));
        }
        if places.is_empty() && faults.is_empty() {
            let fault = Diagnostic::general(&code::THE_WORD_SAI, "Mẫu Word không có thẻ nào, nên mọi kế hoạch sẽ cho cùng một tệp.")
                .hint("Đặt ít nhất các thẻ {{p dau_van_ban }}, {{p noi_dung }}, {{p cuoi_van_ban }}, {{p phu_luc }}, mỗi thẻ một đoạn.");
            faults.push(fault);
        }
        let section = take_section(&mut trees)?;
        let notes = match package.related(&main, "footnotes")? {
            Some(name) => name,
            None => add_notes(&mut package, &main, &mut types, &mut trees)?,
        };
        if package.related(&main, "theme")?.is_none() {
            let name = beside(&main, "vanthu-theme.xml", &package);
            package.set(&name, blank::theme());
            declare(&mut types, &name, blank::THEME_KIND);
            add_relation(&mut package, &main, "theme", &name)?;
        }
        let styles_name = package.related(&main, "styles")?;
        let mut styles = match &styles_name {
            Some(name) => package.xml(name)?,
            None => Element::new("w:styles").with("xmlns:w", crate::write::docx::W),
        };
        let styles_name = match styles_name {
            Some(name) => name,
            None => add_styles(&mut package, &main, &mut types)?,
        };
        let ids = StyleIds::merge(&mut styles, own);
        let first_note = largest(&trees, &notes, "w:id").max(0) as usize + 1;
        let first_id = largest_id(&trees);
        prepare_types(&mut types);
        package.set(crate::write::docx::package::TYPES, part(&types));
        let repeats = places.iter().any(|p| p.tag.word() == "for");
        let mut template = WordTemplate {
            main,
            tagged: Vec::new(),
            env: environment(),
            section,
            ids,
            styles: (styles_name, styles),
            notes,
            first_note,
            first_id,
            own,
            code: places.iter().map(|p: &Place| p.tag.typed.as_str()).collect(),
            repeats,
            bases: Mutex::new(Vec::new()),
            package,
            places,
        };
        template.check_tags(&mut faults);
        let compiled = faults.is_empty();
        for (name, root) in trees {
            template.compile(name, &root, compiled, &mut faults);
        }
        Ok(if faults.is_empty() { Ok(template) } else { Err(faults) })
    }

    /// Name of the main part.
    pub fn main_part(&self) -> &str {
        &self.main
    }

    /// Name of the footnotes' part.
    pub fn notes_part(&self) -> &str {
        &self.notes
    }

    /// Whether a user brought it.
    pub fn is_own(&self) -> bool {
        self.own
    }

    /// Whether a tag prints a zone.
    pub fn prints(&self, zone: &str) -> bool {
        self.places.iter().any(|p| p.tag.kind == Kind::Print && p.tag.expression() == zone)
    }

    /// What a person should look at although nothing is wrong: names like ours, zones that stand twice, parts of a plan
    /// that the template prints nowhere.
    pub fn warnings(&self) -> Vec<Diagnostic> {
        let warn = |message: String, hint: String| {
            let mut out = Diagnostic::general(&code::MAU_WORD_THIEU, message).hint(hint);
            out.severity = Severity::Warning;
            out
        };
        let mut out = Vec::new();
        for name in self.variables() {
            if let Some(near) = nearest(&name, NAMES.iter().map(|n| n.name)) {
                let message = format!("Tên “{name}” trong mẫu Word không phải của vanthu; kế hoạch phải có nó trong bien.");
                out.push(warn(message, format!("Có phải là “{near}” không?")));
            }
        }
        for zone in NAMES.iter().filter(|n| n.kind == names::Kind::Zone) {
            let count = self.places.iter().filter(|p| p.tag.kind == Kind::Print && p.tag.expression() == zone.name).count();
            let branches = self.places.iter().any(|p| matches!(p.tag.word(), "else" | "elif"));
            if count > 1 && !branches {
                out.push(warn(format!("Vùng {} đứng {count} lần trong mẫu Word, chữ sẽ in {count} lần.", zone.name), "Giữ một, xóa các thẻ kia.".into()));
            }
        }
        let used: BTreeSet<String> = self.tags().into_iter().flat_map(|t| t.names).collect();
        let covered = |names: &[&str]| names.iter().any(|n| used.contains(*n));
        for (names, what) in COVER {
            if !covered(names) {
                let tag = names[0];
                out.push(warn(format!("Mẫu Word không in {what} của kế hoạch."), format!("Thêm thẻ {tag}, hoặc một vùng có chứa nó.")));
            }
        }
        out
    }

    /// The tags in the order of the file.
    pub fn tags(&self) -> Vec<Listed> {
        let listed = self.places.iter().filter(|p| p.tag.kind != Kind::Comment).map(|p| {
            let own = |n: &String| names::by_name(n).is_some() || n.split('.').next().is_some_and(names::is_group);
            let mut names: Vec<String> = needed(&p.tag.kind, p.tag.expression());
            names.sort_by_key(|n| !own(n));
            Listed { part: super::part_name(&p.part), tag: p.tag.typed.clone(), names }
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
                if !names::is_group(word) && !INTERNAL.contains(&word) && !GLOBALS.contains(&word) {
                    out.insert(name);
                }
            }
        }
        out
    }

    /// What can be said of a tag before there is data: its syntax, filters, zones.
    fn check_tags(&self, faults: &mut Vec<Diagnostic>) {
        let plain = jinja::environment(FUEL);
        for place in &self.places {
            let tag = &place.tag;
            let expression = tag.expression();
            let mut say = |message: String, hint: String| faults.push(fault(place, &message, &hint));
            if tag.kind == Kind::Comment {
                continue;
            }
            if let Err((refusal, _)) = jinja::guard::check(&format!("{{{{ {expression} }}}}").replace("{{ ", if tag.kind == Kind::Block { "{% " } else { "{{ " }).replace(" }}", if tag.kind == Kind::Block { " %}" } else { " }}" }), 1)
                && refusal == jinja::guard::Refusal::Macro
            {
                say("mẫu Word không dùng được macro, call, include, import, extends và block.".into(), "Dùng {{ … }}, {% if %}, {% for %} và {% set %}.".into());
                continue;
            }
            if tag.kind == Kind::Print && names::is_zone(expression) && tag.scope != Scope::Paragraph {
                say(format!("“{expression}” là một vùng gồm nhiều đoạn."), format!("Viết {{{{p {expression} }}}} một mình trong một đoạn."));
                continue;
            }
            if tag.kind == Kind::Print
                && tag.scope != Scope::Paragraph
                && names::by_name(expression).is_some_and(|n| n.kind == names::Kind::List)
            {
                say(format!("“{expression}” là một danh sách."), format!("In từng phần tử: {{% for x in {expression} %}}{{{{ x }}}}{{% endfor %}}; hoặc mỗi phần tử một đoạn: {{{{p {expression} }}}}."));
                continue;
            }
            if tag.kind == Kind::Block && matches!(tag.scope, Scope::Run) {
                say("thẻ khối không có dạng {%r … %}.".into(), "Viết {% … %}.".into());
                continue;
            }
            let probe = match (tag.kind, tag.word()) {
                (Kind::Print, _) => format!("{{{{ {expression} }}}}"),
                (_, "if") => format!("{{% {expression} %}}{{% endif %}}"),
                (_, "elif") => format!("{{% if x %}}{{% {expression} %}}{{% endif %}}"),
                (_, "for") => format!("{{% {expression} %}}{{% endfor %}}"),
                (_, "set") if expression.contains('=') => format!("{{% {expression} %}}"),
                (_, "set") => format!("{{% {expression} %}}{{% endset %}}"),
                (_, "with") => format!("{{% {expression} %}}{{% endwith %}}"),
                (_, "filter") => format!("{{% {expression} %}}{{% endfilter %}}"),
                (_, "else" | "endif" | "endfor" | "endset" | "endwith" | "endfilter" | "break" | "continue" | "raw" | "endraw") => continue,
                (_, word) => {
                    say(format!("không có thẻ “{word}”."), "Các thẻ dùng được: if, elif, else, endif, for, endfor, set, with, filter.".into());
                    continue;
                }
            };
            if let Err(error) = plain.template_from_str(&probe) {
                let detail = if error.kind() == ErrorKind::SyntaxError { "" } else { error.detail().unwrap_or_default() };
                say(format!("viết sai{}.", if detail.is_empty() { String::new() } else { format!(" ({detail})") }), "Kiểm tra dấu ngoặc, dấu nháy và dấu | trước tên bộ lọc.".into());
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
                    say(format!("không có tên “{name}”."), near.map_or_else(|| "Xem các tên dùng được: vanthu check-mau TỆP.docx".into(), |n| format!("Có phải là “{n}” không?")));
                }
            }
        }
    }

    fn compile(&mut self, name: String, root: &Element, clean: bool, faults: &mut Vec<Diagnostic>) {
        let tree = String::from_utf8(part(root)).unwrap_or_default();
        if !tree.contains(MARK_START) {
            self.package.set(&name, tree.into_bytes());
            if name == self.main || name == self.notes {
                // These are filled even when they hold no tag.
                self.tagged.push((name.clone(), Vec::new()));
                let text = self.package.get(&name).map(|b| String::from_utf8_lossy(b).into_owned()).unwrap_or_default();
                let _ = self.env.add_template_owned(name, text);
            }
            return;
        }
        let mut text = String::with_capacity(tree.len());
        let mut ranges = Vec::new();
        let mut rest = tree.as_str();
        while let Some(at) = rest.find(MARK_START) {
            text.push_str(&rest[..at]);
            rest = &rest[at + MARK_START.len_utf8()..];
            let Some(end) = rest.find(MARK_END) else { break };
            if let Some(place) = rest[..end].parse::<usize>().ok().filter(|i| *i < self.places.len()) {
                let from = text.len();
                text.push_str(&self.tag_code(place));
                ranges.push((from..text.len(), place));
            }
            rest = &rest[end + MARK_END.len_utf8()..];
        }
        text.push_str(rest);
        if clean && let Err(error) = self.env.add_template_owned(name.clone(), text) {
            let place = error.range().and_then(|r| place_of(&ranges, &r)).and_then(|i| self.places.get(i));
            faults.push(match place {
                Some(place) => fault(place, "viết sai.", "Kiểm tra thẻ này và các thẻ quanh nó."),
                None => Diagnostic::general(&code::THE_WORD_SAI, format!("Mẫu Word, {}: các thẻ ghép lại không đọc được.", super::part_name(&name)))
                    .hint("Kiểm tra từng thẻ mở và thẻ đóng."),
            });
        }
        self.package.remove(&name);
        self.tagged.push((name, ranges));
    }

    /// The code of a tag in the compiled template.
    fn tag_code(&self, index: usize) -> String {
        let tag = &self.places[index].tag;
        let [var_open, var_close, block_open, block_close, ..] = DELIMITERS;
        let expression = tag.expression();
        let code = match (tag.kind, tag.scope) {
            (Kind::Comment, _) => return String::new(),
            (Kind::Block, _) => return format!("{block_open}{}{block_close}", tag.inner),
            (Kind::Print, Scope::Paragraph) if names::is_zone(expression) => format!("__vung(\"{expression}\")"),
            (Kind::Print, Scope::Paragraph) => format!("__doan({expression}, {index})"),
            (Kind::Print, Scope::Run) if names::is_entry(expression) => format!("__cho(\"{expression}\", {index})"),
            (Kind::Print, Scope::Run) => format!("__mach({expression}, {index})"),
            (Kind::Print, _) => tag.inner.clone(),
        };
        format!("{var_open} {code} {var_close}")
    }

    /// The place of a run-time error.
    pub(super) fn place_in(&self, part: &str, range: &Range<usize>) -> Option<&Place> {
        let (_, ranges) = self.tagged.iter().find(|(n, _)| n == part)?;
        place_of(ranges, range).and_then(|i| self.places.get(i))
    }
}

/// What every plan has, or may have, and the names that print it.
const COVER: [(&[&str], &str); 8] = [
    (&["co_quan.ten", "quoc_hieu", "dau_van_ban"], "tên cơ quan ban hành"),
    (&["ky_hieu", "quoc_hieu", "dau_van_ban"], "số và ký hiệu"),
    (&["dia_danh", "quoc_hieu", "dau_van_ban"], "địa danh và ngày tháng"),
    (&["trich_yeu", "ten_van_ban", "dau_van_ban"], "trích yếu"),
    (&["noi_dung"], "nội dung"),
    (&["noi_nhan", "cuoi_van_ban"], "nơi nhận"),
    (&["ky.chuc_vu", "cuoi_van_ban"], "chức vụ và họ tên người ký"),
    (&["phu_luc"], "phụ lục"),
];

/// The file that ships with the program.
pub static BUILT_IN: &[u8] = include_bytes!("../../../../templates/docx/van-ban.docx");

/// Names of our own functions.
const INTERNAL: [&str; 4] = ["__vung", "__doan", "__cho", "__mach"];
/// What the language itself knows.
const GLOBALS: [&str; 3] = ["range", "dict", "loop"];

fn place_of(ranges: &[(Range<usize>, usize)], range: &Range<usize>) -> Option<usize> {
    ranges.iter().find(|(r, _)| r.start <= range.start && range.start < r.end).map(|(_, place)| *place)
}

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

/// The environment of the compiled parts.
fn environment() -> Environment<'static> {
    let mut env = jinja::environment(FUEL);
    let [a, b, c, d, e, f] = DELIMITERS;
    if let Ok(syntax) =
        SyntaxConfig::builder().variable_delimiters(a, b).block_delimiters(c, d).comment_delimiters(e, f).build()
    {
        env.set_syntax(syntax);
    }
    env.set_formatter(|out, _, value| {
        if value.is_safe() {
            return out.write_str(&value.to_string()).map_err(Error::from);
        }
        let text = clean(&printable(value)?);
        let mut first = true;
        for line in text.split('\n') {
            if !first {
                out.write_str("</w:t><w:br/><w:t xml:space=\"preserve\">").map_err(Error::from)?;
            }
            first = false;
            out.write_str(&escape(line)).map_err(Error::from)?;
        }
        Ok(())
    });
    let built = |kind: char, fields: &[String]| {
        Jinja::from_safe_string(format!("{BUILT_START}{kind}{}{BUILT_END}", fields.join(&FIELD.to_string())))
    };
    env.add_function("__vung", move |name: String| built('Z', &[name]));
    env.add_function("__cho", move |name: String, place: usize| built('E', &[place.to_string(), name]));
    env.add_function("__mach", move |value: Jinja, place: usize| -> Result<Jinja, Error> {
        Ok(built('R', &[place.to_string(), clean(&printable(&value)?)]))
    });
    env.add_function("__doan", move |value: Jinja, place: usize| -> Result<Jinja, Error> {
        let mut fields = vec![place.to_string()];
        if matches!(value.kind(), minijinja::value::ValueKind::Seq | minijinja::value::ValueKind::Iterable) {
            for item in value.try_iter()? {
                fields.push(clean(&printable(&item)?));
            }
        } else {
            fields.push(clean(&printable(&value)?));
        }
        Ok(built('P', &fields))
    });
    env
}

/// A value without what the marks are made of and what XML does not know.
fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(*c, '\u{FDD0}'..='\u{FDEF}' | '\u{FFFE}' | '\u{FFFF}') && (*c >= ' ' || matches!(*c, '\n' | '\t')))
        .map(|c| if c == '\t' { ' ' } else { c })
        .collect()
}

fn has_private(bytes: &[u8]) -> bool {
    // U+FDD0 to U+FDEF are EF B7 90 to EF B7 AF.
    bytes.windows(3).any(|w| w[0] == 0xEF && w[1] == 0xB7 && (0x90..=0xAF).contains(&w[2]))
}

fn refused(refusal: Refusal) -> Diagnostic {
    match refusal {
        Refusal::Broken(what) => Diagnostic::general(&code::MAU_WORD_HONG, format!("Không dùng được mẫu Word: {what}."))
            .hint("Mở mẫu bằng Word rồi lưu lại thành .docx, hoặc lấy mẫu có sẵn: vanthu new --mau-word TỆP.docx"),
        Refusal::Forbidden(what) => Diagnostic::general(&code::MAU_WORD_CAM, format!("Mẫu Word bị từ chối: {what}."))
            .hint("Bỏ phần đó trong Word rồi lưu lại thành .docx thường."),
    }
}

/// The main part must be a document or a document template without macros; a template becomes a document.
fn check_main_type(types: &mut Element, main: &str) -> Result<(), Refusal> {
    let name = format!("/{main}");
    let Some(entry) = types.elements_mut().find(|e| e.get("PartName") == Some(&name)) else {
        return Err(Refusal::Broken("tệp không nói thân văn bản thuộc loại nào".into()));
    };
    let kind = entry.get("ContentType").unwrap_or_default();
    if kind == MAIN_KIND || kind.ends_with("wordprocessingml.template.main+xml") {
        entry.set("ContentType", MAIN_KIND);
        return Ok(());
    }
    Err(Refusal::Broken("đây không phải là văn bản Word (có thể là bảng tính hoặc bản trình chiếu)".into()))
}

fn forbidden_elements(element: &Element, part: &str) -> Result<(), Refusal> {
    match element.name.as_str() {
        "w:altChunk" => return Err(Refusal::Forbidden(format!("phần {part} chèn nguyên một tệp khác vào (altChunk)"))),
        "w:object" | "o:OLEObject" | "w:control" => {
            return Err(Refusal::Forbidden(format!("phần {part} có đối tượng nhúng (OLE, ActiveX)")));
        }
        _ => element.elements().try_for_each(|e| forbidden_elements(e, part)),
    }
}

/// Files saved by other programs may call the name space of Word by another prefix: ours become the usual ones. Strict
/// Open XML has other name spaces altogether.
fn rename_prefixes(root: &mut Element, part: &str) -> Result<(), Refusal> {
    let mut renames: Vec<(String, &str)> = Vec::new();
    for (name, value) in &root.attributes {
        if value.starts_with("http://purl.oclc.org/ooxml/") {
            return Err(Refusal::Broken("tệp lưu theo kiểu Strict Open XML; lưu lại theo kiểu Word Document (*.docx) thường".into()));
        }
        let usual = match value.as_str() {
            W => "w",
            R => "r",
            _ => continue,
        };
        match name.strip_prefix("xmlns:") {
            Some(prefix) if prefix != usual => renames.push((prefix.to_owned(), usual)),
            Some(_) => {}
            None if name == "xmlns" => renames.push((String::new(), usual)),
            None => {}
        }
    }
    if !root.name.contains(':') && !renames.iter().any(|(p, _)| p.is_empty()) {
        return Err(Refusal::Broken(format!("phần {part} không phải là XML của Word")));
    }
    if renames.is_empty() {
        return Ok(());
    }
    for (prefix, usual) in &renames {
        let old = if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") };
        root.attributes.retain(|(n, _)| *n != old);
        let fresh = format!("xmlns:{usual}");
        if root.get(&fresh).is_none() {
            root.set(&fresh, if *usual == "w" { W } else { R });
        }
    }
    rename(root, &renames);
    Ok(())
}

fn rename(element: &mut Element, renames: &[(String, &str)]) {
    let fresh = |name: &str, attribute: bool| -> Option<String> {
        match name.split_once(':') {
            Some((prefix, local)) => renames.iter().find(|(p, _)| p == prefix).map(|(_, usual)| format!("{usual}:{local}")),
            None if attribute => None,
            None => renames.iter().find(|(p, _)| p.is_empty()).map(|(_, usual)| format!("{usual}:{name}")),
        }
    };
    if let Some(name) = fresh(&element.name, false) {
        element.name = name;
    }
    for (name, _) in &mut element.attributes {
        if let Some(renamed) = fresh(name, true) {
            *name = renamed;
        }
    }
    element.elements_mut().for_each(|e| rename(e, renames));
}

/// Fields that fetch or run something.
const FORBIDDEN_FIELDS: [&str; 8] = ["DDE", "DDEAUTO", "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "IMPORT", "DATABASE", "MACROBUTTON"];

fn forbidden_fields(element: &Element) -> Result<(), Refusal> {
    let instruction = match element.name.as_str() {
        // Word divides an instruction over runs.
        "w:p" => instructions(element),
        "w:fldSimple" => element.get("w:instr").unwrap_or_default().to_owned(),
        _ => String::new(),
    };
    let found = instruction.split(|c: char| !c.is_ascii_alphabetic()).map(str::to_ascii_uppercase).find(|w| FORBIDDEN_FIELDS.contains(&w.as_str()));
    if let Some(field) = found {
        return Err(Refusal::Forbidden(format!("tệp có trường {field}, là trường nạp tệp khác hoặc chạy chương trình")));
    }
    element.elements().try_for_each(forbidden_fields)
}

fn instructions(element: &Element) -> String {
    if element.name == "w:instrText" {
        return element.text();
    }
    element.elements().map(instructions).collect()
}

/// Attributes, such as the words of a picture, are not filled.
fn attribute_tags(element: &Element, part: &str, faults: &mut Vec<Diagnostic>) {
    for (name, value) in &element.attributes {
        if (value.contains("{{") || value.contains("{%")) && name != "w:instr" {
            faults.push(
                Diagnostic::general(&code::THE_WORD_SAI, format!("Mẫu Word, {}: thẻ nằm trong mô tả của hình hoặc trong một thuộc tính: “{value}”.", super::part_name(part)))
                    .hint("Xóa thẻ ở đó; thẻ chỉ được điền trong chữ của văn bản."),
            );
        }
    }
    element.elements().for_each(|e| attribute_tags(e, part, faults));
}

/// Word computes fields itself: a tag in one is never filled.
fn field_tags(element: &Element, part: &str, faults: &mut Vec<Diagnostic>) {
    let instruction = match element.name.as_str() {
        "w:instrText" => Some(element.text()),
        "w:fldSimple" => element.get("w:instr").map(str::to_owned),
        _ => None,
    };
    if let Some(text) = instruction.filter(|t| t.contains("{{") || t.contains("{%")) {
        faults.push(
            Diagnostic::general(&code::THE_WORD_SAI, format!("Mẫu Word, {}: thẻ nằm trong mã trường của Word: “{}”.", super::part_name(part), text.trim()))
                .hint("Đặt thẻ ngoài trường; mã trường không được điền."),
        );
    }
    element.elements().for_each(|e| field_tags(e, part, faults));
}

/// Takes the page setup out of the end of the body; a mark stands in its place.
fn take_section(trees: &mut [(String, Element)]) -> Result<Element, Refusal> {
    let broken = || Refusal::Broken("thân văn bản không có <w:body>".into());
    let (_, root) = trees.first_mut().ok_or_else(broken)?;
    let body = root.child_mut("w:body").ok_or_else(broken)?;
    let section = body.child("w:sectPr").cloned().unwrap_or_else(|| Element::new("w:sectPr"));
    body.remove("w:sectPr");
    body.children.push(Node::Raw(format!("{BUILT_START}S{BUILT_END}")));
    Ok(section)
}

fn add_notes(
    package: &mut Package,
    main: &str,
    types: &mut Element,
    trees: &mut Vec<(String, Element)>,
) -> Result<String, Refusal> {
    let name = beside(main, "footnotes.xml", package);
    let text = format!("<w:footnotes xmlns:w=\"{}\" xmlns:r=\"{}\">{}</w:footnotes>", crate::write::docx::W, crate::write::docx::R, blank::SEPARATORS);
    let root = crate::write::docx::xml::parse(text.as_bytes()).map_err(Refusal::Broken)?;
    trees.push((name.clone(), root));
    declare(types, &name, "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml");
    add_relation(package, main, "footnotes", &name)?;
    Ok(name)
}

fn add_styles(package: &mut Package, main: &str, types: &mut Element) -> Result<String, Refusal> {
    let name = beside(main, "styles.xml", package);
    declare(types, &name, "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml");
    add_relation(package, main, "styles", &name)?;
    Ok(name)
}

/// A name for a new part in the folder of the main one.
fn beside(main: &str, file: &str, package: &Package) -> String {
    let folder = main.rsplit_once('/').map_or(String::new(), |(f, _)| format!("{f}/"));
    let name = format!("{folder}{file}");
    if package.get(&name).is_none() { name } else { format!("{folder}vanthu-{file}") }
}

fn add_relation(package: &mut Package, main: &str, kind: &str, target: &str) -> Result<(), Refusal> {
    let name = relations_of(main);
    let mut rels = match package.get(&name) {
        Some(_) => package.xml(&name)?,
        None => Element::new("Relationships").with("xmlns", crate::write::docx::package::RELATIONS),
    };
    relate(&mut rels, &format!("rIdVt{kind}"), kind, &format!("/{target}"), false);
    package.set(&name, part(&rels));
    Ok(())
}

/// Types of what any document may bring.
fn prepare_types(types: &mut Element) {
    declare_extension(types, "jpeg", "image/jpeg");
    declare_extension(types, "png", "image/png");
    declare_extension(types, "rels", "application/vnd.openxmlformats-package.relationships+xml");
    declare(types, "docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml");
    declare(types, "docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
}

/// The largest value of an attribute in a part.
fn largest(trees: &[(String, Element)], part: &str, attribute: &str) -> i64 {
    trees.iter().find(|(n, _)| n == part).map_or(0, |(_, root)| {
        root.elements().filter_map(|e| e.get(attribute).and_then(|v| v.parse().ok())).max().unwrap_or(0)
    })
}

/// The largest number that identifies a drawing or a control.
fn largest_id(trees: &[(String, Element)]) -> u32 {
    fn one(e: &Element, best: &mut u32) {
        let value = match e.name.as_str() {
            "wp:docPr" => e.get("id"),
            "w:id" => e.get("w:val"),
            _ => None,
        };
        if let Some(n) = value.and_then(|v| v.parse::<u32>().ok()).filter(|n| *n < 1 << 30) {
            *best = (*best).max(n);
        }
        e.elements().for_each(|e| one(e, best));
    }
    let mut best = 0;
    trees.iter().for_each(|(_, root)| one(root, &mut best));
    best
}
