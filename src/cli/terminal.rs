//! Draws diagnostics: with the line and a caret, one line each, or as JSON.

use super::args::Format;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Source;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use std::io::IsTerminal;
use std::io::Write;

/// Columns of a report where the terminal does not say.
const WIDTH: usize = 120;

/// Where and how reports are shown.
pub struct Screen {
    format: Format,
    /// The document itself goes to the standard output, so reports must not.
    beside: bool,
}

impl Screen {
    /// Reports in a format.
    pub fn new(format: Format) -> Self {
        Screen { format, beside: false }
    }

    /// Keeps reports off the standard output when the document goes there.
    #[must_use]
    pub fn beside(mut self, document: bool) -> Self {
        self.beside = document;
        self
    }

    /// Reports as people read them.
    pub fn plain() -> Self {
        Screen::new(Format::Full)
    }

    /// Shows problems of a source. Text goes to the standard error, JSON to the standard output.
    pub fn show(&self, source: Option<&Source>, diagnostics: &[Diagnostic]) {
        match self.format {
            Format::Full => {
                let colour =
                    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
                let text = full(source, diagnostics, colour);
                let _ = anstream::stderr().write_all(text.as_bytes());
            }
            Format::Concise => {
                let text: String = diagnostics.iter().map(|d| concise(source, d) + "\n").collect();
                let _ = std::io::stderr().write_all(text.as_bytes());
            }
            Format::Json => {
                let all: Vec<_> = diagnostics.iter().map(|d| json(source, d)).collect();
                let text = serde_json::to_string_pretty(&all).unwrap_or_default();
                let _ = if self.beside {
                    writeln!(std::io::stderr(), "{text}")
                } else {
                    writeln!(std::io::stdout(), "{text}")
                };
            }
        }
    }
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "lỗi",
        Severity::Warning => "cảnh báo",
        Severity::Hint => "gợi ý",
    }
}

/// A text of the user's as a terminal may show it: no control characters, and not without end.
pub fn shown(text: &str) -> String {
    const LONGEST: usize = 400;
    let clean: String = text
        .chars()
        .take(LONGEST)
        .map(|c| {
            if c == '\t' {
                ' '
            } else if c.is_control() {
                '\u{FFFD}'
            } else {
                c
            }
        })
        .collect();
    if text.chars().count() > LONGEST { clean + "…" } else { clean }
}

/// Reports with the line and a caret.
pub fn full(source: Option<&Source>, diagnostics: &[Diagnostic], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(WIDTH);
    let mut out = String::new();
    for d in diagnostics {
        let level = match d.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Hint => Level::NOTE,
        };
        let mut group = level
            .with_name(word(d.severity))
            .primary_title(shown(&d.message))
            .id(d.code.name)
            .elements([] as [Snippet<'_, annotate_snippets::Annotation<'_>>; 0]);
        if let (Some(source), Some(span)) = (source, d.span) {
            // Only the lines concerned, so that a long plan is not scanned for each report.
            let line = source.line_col(span.start).line;
            let start = source.text[..span.start.min(source.text.len())].rfind('\n').map_or(0, |i| i + 1);
            let stop = source.text[span.start.min(source.text.len())..]
                .find('\n')
                .map_or(source.text.len(), |i| i + span.start);
            let on_letter = |mut at: usize| {
                while !source.text.is_char_boundary(at) {
                    at -= 1;
                }
                at
            };
            let span =
                crate::source::Span { start: on_letter(span.start.min(stop)), end: on_letter(span.end.min(stop)) };
            let from = span.start - start;
            let to = span.end.min(stop).max(span.start) - start;
            let slice = &source.text[start..stop];
            let snippet = Snippet::source(slice)
                .path(source.name_at(span.start))
                .line_start(line)
                .annotation(AnnotationKind::Primary.span(from.min(slice.len())..to.min(slice.len())));
            group = group.element(snippet);
        }
        let placed = source.is_some() && d.span.is_some();
        if let Some(hint) = d.hint.as_ref().filter(|_| placed) {
            group = group.element(Level::HELP.with_name("cách sửa").message(shown(hint)));
        }
        out.push_str(&renderer.render(&[group]));
        // Without a line to point at, the gutter would hang in the air.
        if let Some(hint) = d.hint.as_ref().filter(|_| !placed) {
            out.push_str("\n = cách sửa: ");
            out.push_str(&shown(hint));
        }
        out.push_str("\n\n");
    }
    out
}

/// `tệp:dòng:cột: lỗi[mã]: câu. Cách sửa`
pub fn concise(source: Option<&Source>, d: &Diagnostic) -> String {
    let place = match (source, d.span) {
        (Some(source), Some(span)) => {
            let at = source.line_col(span.start);
            format!("{}:{}:{}: ", source.name_at(span.start), at.line, at.column)
        }
        (Some(source), None) => format!("{}: ", source.name),
        _ => String::new(),
    };
    let hint = d.hint.as_ref().map(|h| format!(" {}", shown(h))).unwrap_or_default();
    format!("{place}{}[{}]: {}{hint}", word(d.severity), d.code.name, shown(&d.message))
}

fn json(source: Option<&Source>, d: &Diagnostic) -> serde_json::Value {
    let place = match (source, d.span) {
        (Some(source), Some(span)) => {
            let (start, end) = (source.line_col(span.start), source.line_col(span.end));
            serde_json::json!({
                "line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column,
            })
        }
        _ => serde_json::Value::Null,
    };
    serde_json::json!({
        "code": d.code.name,
        "severity": severity(d.severity),
        "file": source.map(|s| d.span.map_or(s.name.as_str(), |span| s.name_at(span.start))),
        "place": place,
        "message": d.message,
        "hint": d.hint,
    })
}

/// A severity in the words of machine-readable reports.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    }
}
