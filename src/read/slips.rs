//! The slips that YAML refuses or misunderstands, found line by line, so that each is explained in the drafter's terms
//! and the rest of the file can still be read: the value at fault is masked with as many bytes of harmless text.

use crate::diagnostic::{Diagnostic, code};
use crate::source::{Source, Span};

/// A slip: its report and the bytes to mask.
pub struct Slip {
    /// What to tell the user.
    pub diagnostic: Diagnostic,
    /// The value at fault; empty where nothing can be masked.
    pub mask: Span,
}

/// A line of YAML outside block scalars and quoted scalars, as far as a line alone can tell.
struct Entry<'a> {
    /// Byte offset of the value.
    at: usize,
    value: &'a str,
}

/// Slips that YAML does not refuse but never means: a value that begins with `{{` or `{%`.
pub fn always(source: &Source) -> Vec<Slip> {
    // An anchor or alias has a plain name; `&Căn cứ` is text.
    let strange = |v: &str| v.starts_with(['&', '*']) && !v.split_whitespace().next().unwrap_or("").is_ascii();
    entries(source)
        .into_iter()
        .filter(|e| e.value.starts_with("{{") || e.value.starts_with("{%") || strange(e.value))
        .map(unquoted)
        .collect()
}

/// Slips that explain why the parser refused the text.
pub fn when_refused(source: &Source) -> Vec<Slip> {
    let mut slips = Vec::new();
    let mut offset = 0;
    // Indentation of the line that opened a block scalar: what is indented by blanks below it is text, tabs and all.
    let mut block: Option<usize> = None;
    for line in source.text.split_inclusive('\n') {
        let spaces = line.len() - line.trim_start_matches(' ').len();
        if block.is_some_and(|outer| spaces > outer || line.trim().is_empty()) {
            offset += line.len();
            continue;
        }
        let opens = line.trim_end().ends_with(['|', '>'])
            || [": |-", ": >-", ": |+"].iter().any(|e| line.trim_end().ends_with(e));
        block = opens.then_some(spaces);
        let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..blank].find('\t')
            && !line.trim().is_empty()
        {
            let at = offset + tab;
            let diagnostic =
                Diagnostic::error(&code::YAML_TAB, Span::new(at, at + 1), "Dòng này thụt lề bằng phím Tab.")
                    .hint("Thay phím Tab bằng dấu cách (mỗi cấp 2 dấu cách); YAML không nhận Tab để thụt lề.");
            slips.push(Slip { diagnostic, mask: Span::new(at, at) });
        }
        offset += line.len();
    }
    if !slips.is_empty() {
        return slips;
    }
    for entry in entries(source) {
        let first = entry.value.chars().next().unwrap_or(' ');
        let closed = |open: char, close: char| first == open && entry.value.trim_end().ends_with(close);
        if matches!(first, '@' | '%' | '`' | '!' | '&' | '*')
            || (matches!(first, '[' | '{')
                && !closed('[', ']')
                && !closed('{', '}')
                && !entry.value.trim_end().ends_with([',', '[', '{']))
        {
            slips.push(unquoted(entry));
        } else if !matches!(first, '"' | '\'' | '[' | '{' | '|' | '>') && colon(entry.value).is_some() {
            slips.push(colon_slip(entry));
        } else if matches!(first, '"' | '\'') && quote_closes_early(entry.value, first) {
            let end = entry.at + entry.value.trim_end().len();
            let diagnostic = Diagnostic::error(
                &code::YAML_THIEU_NGOAC,
                Span::new(entry.at, end),
                "Giá trị mở đầu bằng ngoặc kép nhưng ngoặc kép khép lại trước khi hết dòng.",
            )
            .hint("Dùng “ và ” trong câu chữ; hoặc đặt cả giá trị trong ngoặc đơn: '…'.");
            slips.push(Slip { diagnostic, mask: Span::new(entry.at, end) });
        }
    }
    slips
}

/// A quoted value with text after its closing quote.
fn quote_closes_early(value: &str, quote: char) -> bool {
    let mut escaped = false;
    for (i, c) in value.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            '\'' if quote == '\'' && value[i + 1..].starts_with('\'') => escaped = true,
            c if c == quote => {
                let rest = value[i + 1..].trim();
                return !rest.is_empty() && !rest.starts_with(['#', ',', ']', '}', ':']);
            }
            _ => {}
        }
    }
    false
}

/// Where a plain value holds `: `, or ends in `:`.
fn colon(value: &str) -> Option<usize> {
    let value = value.trim_end();
    value.find(": ").or_else(|| value.ends_with(':').then(|| value.len() - 1))
}

/// The report for a plain value with `: ` in it; also used where YAML read such a value as a mapping.
pub fn colon_report(span: Span, text: &str) -> Diagnostic {
    Diagnostic::error(
        &code::YAML_HAI_CHAM,
        span,
        "Giá trị có dấu hai chấm và dấu cách “: ” nhưng chưa đặt trong ngoặc kép.",
    )
    .hint(format!("Viết: {}", quoted(text)))
}

fn colon_slip(entry: Entry<'_>) -> Slip {
    let text = entry.value.trim_end();
    let span = Span::new(entry.at, entry.at + text.len());
    let mut diagnostic = colon_report(span, text);
    if let Some(i) = colon(text) {
        diagnostic.span = Some(Span::new(entry.at + i, entry.at + i + 1));
    }
    Slip { diagnostic, mask: span }
}

fn unquoted(entry: Entry<'_>) -> Slip {
    let text = entry.value.trim_end();
    let span = Span::new(entry.at, entry.at + text.len());
    let sign: String = if text.starts_with("{{") || text.starts_with("{%") {
        text.chars().take(2).collect()
    } else {
        text.chars().take(1).collect()
    };
    let diagnostic = Diagnostic::error(
        &code::YAML_THIEU_NGOAC,
        Span::new(entry.at, entry.at + sign.len()),
        format!("Giá trị mở đầu bằng “{sign}”, là ký hiệu riêng của YAML, nên phải đặt trong ngoặc kép."),
    )
    .hint(format!("Viết: {}", quoted(text)));
    Slip { diagnostic, mask: span }
}

/// The text as a YAML scalar in quotes, cut short for a hint.
fn quoted(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    let short = if short.len() < text.len() { short + "…" } else { short };
    // Double quotes are what people know; a text that has some itself, or backslashes, is quoted as YAML needs.
    if !short.contains(['"', '\\']) {
        return format!("\"{short}\"");
    }
    let written = serde_yaml::to_string(&short).unwrap_or_default();
    let written = written.trim_end();
    if written.starts_with(['"', '\'']) { written.to_owned() } else { format!("'{}'", short.replace('\'', "''")) }
}

/// The `key: value` and `- value` lines outside block scalars. A heuristic, used only to explain.
fn entries(source: &Source) -> Vec<Entry<'_>> {
    let mut found = Vec::new();
    let mut offset = 0;
    // Indentation of the line that opened a block scalar, while inside one.
    let mut block: Option<usize> = None;
    for line in source.text.split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let body = line.trim_end_matches('\n');
        let indent = body.len() - body.trim_start_matches(' ').len();
        if body.trim().is_empty() {
            continue;
        }
        if let Some(outer) = block {
            if indent > outer {
                continue;
            }
            block = None;
        }
        let mut at = indent;
        let mut opened = indent;
        while body[at..].starts_with("- ") {
            opened = at;
            at += 2;
            at += body[at..].len() - body[at..].trim_start_matches(' ').len();
        }
        let is_item = at > indent;
        if body[at..].starts_with('#') {
            continue;
        }
        if let Some(length) = key_length(&body[at..]) {
            if is_item {
                opened = at;
            }
            at += length;
            at += body[at..].len() - body[at..].trim_start_matches(' ').len();
        } else if !is_item {
            continue;
        }
        let value = &body[at..];
        if value.starts_with(['|', '>']) {
            block = Some(opened);
        } else if !value.is_empty() && !value.starts_with('#') {
            found.push(Entry { at: start + at, value });
        }
    }
    found
}

/// Length of a leading `key:` in bytes. Keys are ASCII words, perhaps dotted.
fn key_length(text: &str) -> Option<usize> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'))?;
    let rest = &text[end..];
    (end > 0 && (rest == ":" || rest.starts_with(": "))).then_some(end + 1)
}
