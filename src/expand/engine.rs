//! minijinja over the plan's strings: strict, with fuel, without files; a printed value leaves a slot mark.

use super::trace;
use crate::diagnostic::{Diagnostic, Diagnostics, code, nearest};
use crate::draft::{Text, Value};
use crate::jinja::compare;
use crate::jinja::exact;
use crate::jinja::guard::{self, Refusal};
use crate::jinja::told::{forbidden_character, reason, told};
use crate::jinja::{self, Bounded, MAX_TEXT, bytes_of, filters, from_entries, printable};
use crate::markup::slot;
use crate::source::{Source, Span};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Value as Jinja, merge_maps};
use minijinja::{Environment, Error, ErrorKind};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The environment of one document.
pub struct Engine {
    env: Environment<'static>,
    /// What `{{ … }}` printed, in the order of the slot marks.
    printed: Arc<Mutex<Vec<String>>>,
    values: Vec<String>,
    root: Jinja,
    /// Bytes of all variables.
    size: usize,
    scopes: Vec<(String, Jinja)>,
    /// Whether to find out where rendered text was typed.
    traced: bool,
    /// Of the last rendered template, the byte of it that each byte of the text comes from.
    places: Option<Vec<usize>>,
}

impl Engine {
    /// An engine that knows these variables; with `traced` it tells where what it renders was typed.
    pub fn new(variables: &[(String, Value)], traced: bool) -> Self {
        let mut env = jinja::environment(jinja::FUEL);
        if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
            env.set_syntax(syntax);
        }
        let printed = Arc::new(Mutex::new(Vec::new()));
        let printed_bytes = AtomicUsize::new(0);
        let slots = Arc::clone(&printed);
        env.set_formatter(move |out, _, value| {
            let mut slots = slots.lock().unwrap_or_else(PoisonError::into_inner);
            // Nothing printed is ever a value again (the guard refuses what captures), so no mark comes here.
            let text = printable(value)?.replace(['\n', '\r', '\t'], " ");
            // The count starts anew with the first value of a text.
            let before = if slots.is_empty() { 0 } else { printed_bytes.load(Ordering::Relaxed) };
            printed_bytes.store(before + text.len(), Ordering::Relaxed);
            if before + text.len() > MAX_TEXT {
                return Err(told(ErrorKind::OutOfFuel, "giá trị in ra quá dài"));
            }
            slots.push(text);
            out.write_str(&slot::mark(slots.len() - 1)).map_err(Error::from)
        });
        Engine {
            env,
            printed,
            values: Vec::new(),
            root: from_entries(variables),
            size: bytes_of(variables),
            scopes: Vec::new(),
            traced,
            places: None,
        }
    }

    /// Of the last rendered template, the byte of it that each byte of the text comes from; none without a template.
    pub fn places(&self) -> Option<&[usize]> {
        self.places.as_deref()
    }

    /// Renders a template with marks of its places.
    fn trace(&self, template: &str) -> Option<(String, Vec<usize>)> {
        let marked = trace::marked(template);
        let (template, _) = keep_line_ends(&marked);
        let (exact, _) = exact::template(&template);
        let mut out = Bounded::new(MAX_TEXT * 4);
        self.env
            .template_from_str(&exact)
            .and_then(|t| t.render_captured_to(self.context(), &mut out).map(drop))
            .ok()?;
        Some(trace::unmarked(&out.into_text()))
    }

    /// Renders a text. Without template signs it comes back as it is. `None` means that an error was reported.
    pub fn render(&mut self, text: &Text, source: &Source, diagnostics: &mut Diagnostics) -> Option<String> {
        if !(text.value.contains("{{") || text.value.contains("{%") || text.value.contains("{#")) {
            self.values.clear();
            self.places = None;
            return Some(text.value.clone());
        }
        if let Err((refusal, at)) = guard::check(&text.value, self.size) {
            diagnostics.push(refused(&refusal, source.place_in_scalar(text.span, &text.value, at)));
            return None;
        }
        self.printed.lock().unwrap_or_else(PoisonError::into_inner).clear();
        let traced = if self.traced { self.trace(&text.value) } else { None };
        self.printed.lock().unwrap_or_else(PoisonError::into_inner).clear();
        let (template, added) = keep_line_ends(&text.value);
        let context = self.context();
        if compare::may_compare(&text.value) {
            let names = self.env.template_from_str(&template).map(|t| t.undeclared_variables(true));
            if let Some(problem) =
                self.compared(names.unwrap_or_default(), compare::compared_in_tags, &text.value, text, source)
            {
                diagnostics.push(problem);
                return None;
            }
        }
        let (exact, more) = exact::template(&template);
        let added = joined(&added, &more);
        let mut out = Bounded::new(MAX_TEXT);
        let result = self.env.template_from_str(&exact).and_then(|t| t.render_captured_to(context, &mut out).map(drop));
        self.values = self.printed.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match result {
            Ok(()) => {
                let rendered = out.into_text();
                self.places = traced.filter(|(text, _)| *text == rendered).map(|(_, places)| places);
                Some(rendered)
            }
            Err(_) if out.is_full() => {
                let loops = guard::tags(&text.value).find(|tag| tag.starts_with("for ")).unwrap_or(&text.value);
                let at = (loops.as_ptr() as usize).saturating_sub(text.value.as_ptr() as usize);
                diagnostics.push(too_long(source.place_in_scalar(text.span, &text.value, at)));
                None
            }
            Err(error) => {
                diagnostics.push(self.report(&error, text, source, &added));
                None
            }
        }
    }

    /// The values of the last rendered text.
    pub fn values(&self) -> &[String] {
        &self.values
    }

    /// The value of an expression (`khi`).
    pub fn eval(&self, text: &Text, expression: &str, source: &Source, diagnostics: &mut Diagnostics) -> Option<Jinja> {
        if let Err((refusal, _)) = guard::check(&format!("{{{{{expression}}}}}"), self.size) {
            diagnostics.push(refused(&refusal, text.span));
            return None;
        }
        let (exact, added) = exact::expression(expression);
        let compiled = self.env.compile_expression_owned(exact);
        if compare::may_compare(expression)
            && let Ok(compiled) = &compiled
            && let Some(problem) = self.compared(
                own_names(compiled.undeclared_variables(true)),
                compare::compared,
                expression,
                text,
                source,
            )
        {
            diagnostics.push(problem);
            return None;
        }
        let result = compiled.and_then(|e| e.eval(self.context()));
        match result {
            Ok(value) if value.is_undefined() => {
                diagnostics.push(self.undefined_in(expression, text, source));
                None
            }
            Ok(value) => Some(value),
            Err(error) => {
                let problem = match error.kind() {
                    ErrorKind::UndefinedError => self.undefined_in(expression, text, source),
                    _ => self.report(&error, text, source, &added),
                };
                diagnostics.push(problem);
                None
            }
        }
    }

    /// A name that is compared with a number though its value is a text (`16.800`, `82,5`).
    fn compared(
        &self,
        names: impl IntoIterator<Item = String>,
        find: fn(&str, &str) -> Option<usize>,
        code: &str,
        text: &Text,
        source: &Source,
    ) -> Option<Diagnostic> {
        let mut found: Vec<(usize, String, String)> = Vec::new();
        for name in names {
            let Some(at) = find(code, &name) else { continue };
            let value = self.env.compile_expression_owned(name.clone()).and_then(|e| e.eval(self.context()));
            if let Some(shown) = value.ok().as_ref().and_then(|v| v.as_str()) {
                found.push((at, name, shown.chars().take(40).collect()));
            }
        }
        let (at, name, shown) = found.into_iter().min()?;
        let at = at + text.value.find(code).unwrap_or(0);
        let start = source.place_in_scalar(text.span, &text.value, at).start;
        let end = source.place_in_scalar(text.span, &text.value, at + name.len() - 1).end;
        let message = format!("“{name}” có giá trị “{shown}” là chữ, nên không so sánh được với một số.");
        let hint = format!("Viết {name} | int (số nguyên) hoặc {name} | float (số thập phân) trong phép so sánh.");
        Some(Diagnostic::error(&code::MAU_SAI, Span::new(start, end), message).hint(hint))
    }

    /// The name in an expression that is not known.
    fn undefined_in(&self, expression: &str, text: &Text, source: &Source) -> Diagnostic {
        let known = |name: &str| {
            let value = self.env.compile_expression_owned(name.to_owned()).and_then(|e| e.eval(self.context()));
            value.is_ok_and(|v| !v.is_undefined())
        };
        let names = self.env.compile_expression_owned(expression.to_owned()).map(|e| e.undeclared_variables(true));
        let mut names: Vec<String> = names.unwrap_or_default().into_iter().filter(|n| !known(n)).collect();
        names.sort_by_key(|n| text.value.find(n.as_str()));
        match names.first() {
            Some(name) => {
                let at = text.value.find(name.as_str()).unwrap_or(0);
                let start = source.place_in_scalar(text.span, &text.value, at);
                let end = source.place_in_scalar(text.span, &text.value, at + name.len() - 1);
                self.undefined(name, Span { start: start.start, end: end.end.max(start.end) })
            }
            None => self.undefined(expression.trim(), text.span),
        }
    }

    /// Makes a name known until [`Engine::leave`].
    pub fn enter(&mut self, name: String, value: Jinja) {
        self.scopes.push((name, value));
    }

    /// Forgets the name made known last.
    pub fn leave(&mut self) {
        self.scopes.pop();
    }

    fn context(&self) -> Jinja {
        if self.scopes.is_empty() {
            return self.root.clone();
        }
        let locals: BTreeMap<String, Jinja> = self.scopes.iter().cloned().collect();
        merge_maps([Jinja::from(locals), self.root.clone()])
    }

    /// `added` are the places where [`keep_line_ends`] put a byte into the template.
    fn report(&self, error: &Error, text: &Text, source: &Source, added: &[usize]) -> Diagnostic {
        let (what, span) = place_of(error, text, source, added);
        let detail = error.detail().unwrap_or_default();
        if let Some(c) = forbidden_character(error) {
            return Diagnostic::error(
                &code::KY_TU_CAM,
                span,
                format!("Thẻ này in ra ký tự không in được (U+{:04X}).", c as u32),
            )
            .hint("Xóa ký tự đó, hoặc cách viết \\u…, trong thẻ.");
        }
        match error.kind() {
            ErrorKind::UndefinedError if what.as_deref().is_some_and(|w| w.contains(['+', '-', '*', '/', '%'])) => {
                self.undefined_in(what.as_deref().unwrap_or_default(), text, source)
            }
            ErrorKind::UndefinedError => self.undefined(what.as_deref().unwrap_or(text.value.trim()), span),
            ErrorKind::OutOfFuel if reason(error).is_some() => too_long(span),
            ErrorKind::OutOfFuel => too_heavy(span),
            ErrorKind::UnknownFilter
            | ErrorKind::UnknownTest
            | ErrorKind::UnknownFunction
            | ErrorKind::UnknownMethod => {
                let name =
                    detail.split(' ').find(|w| !matches!(*w, "filter" | "test" | "function" | "method")).unwrap_or("?");
                let near = nearest(name, filters::NAMES.iter().copied());
                let hint = match near {
                    Some(near) => format!("Có phải là “{near}” không?"),
                    None => format!("Các bộ lọc riêng của vanthu: {}.", filters::NAMES.join(", ")),
                };
                Diagnostic::error(&code::MAU_SAI, span, format!("Mẫu dùng “{name}”, là tên không có.")).hint(hint)
            }
            ErrorKind::SyntaxError => {
                Diagnostic::error(&code::MAU_SAI, span, "Mẫu {{ … }} hoặc {% … %} viết sai ở chỗ này.")
                    .hint("Kiểm tra dấu ngoặc; mỗi {% if %} cần một {% endif %}, mỗi {% for %} cần một {% endfor %}.")
            }
            ErrorKind::NonPrimitive => {
                let reason = reason(error).map(|r| format!(": {r}")).unwrap_or_default();
                Diagnostic::error(&code::MAU_SAI, span, format!("Không in được giá trị ở đây{reason}."))
                    .hint("In từng phần tử, ví dụ {{ don_vi.ten }} hoặc {% for x in danh_sach %}…{% endfor %}.")
            }
            ErrorKind::TemplateNotFound | ErrorKind::BadInclude => {
                Diagnostic::error(&code::MAU_SAI, span, "Mẫu trong kế hoạch không nạp được tệp khác.")
                    .hint("Chép nội dung vào kế hoạch; bảng số liệu dùng khóa tu_tep.")
            }
            _ => {
                // Our own filters say what is wrong; the language's words are English.
                match reason(error) {
                    Some(reason) => {
                        Diagnostic::error(&code::MAU_SAI, span, format!("Không tính được giá trị ở đây: {reason}."))
                            .hint("Sửa giá trị, hoặc chọn bộ lọc hợp với giá trị đó.")
                    }
                    None => Diagnostic::error(&code::MAU_SAI, span, "Không tính được giá trị ở đây.")
                        .hint("Kiểm tra kiểu của biến: phép tính cần số, vòng lặp cần danh sách."),
                }
            }
        }
    }

    fn undefined(&self, what: &str, span: Span) -> Diagnostic {
        let mut names: Vec<String> = self.scopes.iter().map(|(n, _)| n.clone()).collect();
        collect_names(&self.root, "", 0, &mut names);
        let bare = what.trim_start_matches('{').trim_end_matches('}').trim();
        let hint = match nearest(bare, names.iter().map(String::as_str)) {
            Some(near) => format!("Có phải là “{near}” không?"),
            None => "Khai báo tên này trong khóa bien, hoặc đưa vào bằng --dat TÊN=GIÁ_TRỊ.".to_owned(),
        };
        Diagnostic::error(&code::TEN_CHUA_KHAI, span, format!("“{bare}” chưa được khai báo.")).hint(hint)
    }
}

/// What of a text an error is about, and where that stands.
fn place_of(error: &Error, text: &Text, source: &Source, added: &[usize]) -> (Option<String>, Span) {
    let typed = |at: usize| at - added.iter().filter(|a| **a < at).count();
    let range = error
        .range()
        .map(|r| typed(r.start)..typed(r.end))
        .filter(|r| text.value.get(r.clone()).is_some_and(|s| !s.is_empty()));
    let what = range.clone().map(|r| text.value[r].trim().to_owned());
    let span = range.map_or(text.span, |r| {
        let start = source.place_in_scalar(text.span, &text.value, r.start);
        let end = source.place_in_scalar(text.span, &text.value, r.end.saturating_sub(1));
        Span { start: start.start, end: end.end.max(start.end) }
    });
    (what, span)
}

/// A line that holds tags only vanishes with its end (`trim_blocks`); a line of text that ends in a tag must keep its
/// end, or the next line would join it. Such a tag gets the sign `+` that says so. Gives the places of the signs.
fn keep_line_ends(template: &str) -> (Cow<'_, str>, Vec<usize>) {
    let mut out = String::new();
    let mut added = Vec::new();
    for line in template.split_inclusive('\n') {
        let body = line.trim_end_matches('\n');
        let mut rest = body.trim();
        while let Some(end) = rest.starts_with("{%").then(|| rest.find("%}")).flatten() {
            rest = rest[end + 2..].trim_start();
        }
        let signed = body.ends_with("-%}") || body.ends_with("+%}");
        if body.ends_with("%}") && !rest.is_empty() && !signed {
            out.push_str(&body[..body.len() - 2]);
            added.push(out.len());
            out.push_str("+%}");
            out.push_str(&line[body.len()..]);
        } else {
            out.push_str(line);
        }
    }
    if added.is_empty() { (Cow::Borrowed(template), added) } else { (Cow::Owned(out), added) }
}

/// Names but those of our own functions.
fn own_names(names: impl IntoIterator<Item = String>) -> impl Iterator<Item = String> {
    names.into_iter().filter(|name| !name.starts_with("__"))
}

/// The places of all bytes that were added, where more were added to a text that had some.
fn joined(before: &[usize], more: &[usize]) -> Vec<usize> {
    let mut out = more.to_vec();
    for place in before {
        // Where the byte stands now: the bytes added in front of it move it on.
        let mut at = *place;
        for added in more {
            if *added <= at {
                at += 1;
            }
        }
        out.push(at);
    }
    out
}

fn refused(refusal: &Refusal, span: Span) -> Diagnostic {
    match refusal {
        Refusal::TooLarge => too_heavy(span),
        Refusal::Macro => Diagnostic::error(
            &code::MAU_SAI,
            span,
            "Mẫu trong kế hoạch không dùng được macro, call, include, import, extends và block.",
        )
        .hint("Dùng {{ … }}, {% if %}, {% for %} và {% set %}."),
        Refusal::Captured => Diagnostic::error(
            &code::MAU_SAI,
            span,
            "Không dùng được khối {% set %}…{% endset %}, khối {% filter %} và vòng lặp recursive.",
        )
        .hint("Đặt giá trị trong một thẻ, ví dụ {% set x = loai ~ \" nông thôn\" if loai == \"xã\" else \"\" %}; bộ lọc đặt trong từng thẻ: {{ x | hoa }}."),
    }
}

fn too_long(span: Span) -> Diagnostic {
    let limit = MAX_TEXT >> 20;
    Diagnostic::error(&code::MAU_QUA_NANG, span, format!("Mẫu ở chỗ này làm ra quá {limit} MB chữ nên đã dừng."))
        .hint("Bớt số lần lặp và phép nối chữ; danh sách dài nên đưa ra tệp và dùng khóa tu_tep.")
}

fn too_heavy(span: Span) -> Diagnostic {
    Diagnostic::error(&code::MAU_QUA_NANG, span, "Mẫu ở chỗ này tính toán quá nhiều bước nên đã dừng.")
        .hint("Bớt số lần lặp; danh sách dài nên đưa ra tệp và dùng khóa tu_tep.")
}

fn collect_names(value: &Jinja, prefix: &str, depth: usize, out: &mut Vec<String>) {
    if depth > 4 || value.kind() != minijinja::value::ValueKind::Map {
        return;
    }
    for key in value.try_iter().into_iter().flatten().take(200) {
        let name = format!("{prefix}{key}");
        if let Ok(inner) = value.get_item(&key) {
            collect_names(&inner, &format!("{name}."), depth + 1, out);
        }
        out.push(name);
    }
}
