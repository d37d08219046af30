//! Units as entries of a YAML or JSON list, each a group of variables; places are kept.

use super::{Column, Fault, Listed, OWN, Own, Unit, Units, group_clash, is_name, unusable};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::draft::Value;
use crate::draft::keys::PLAN;
use crate::read::mend::Want;
use crate::read::tree::{Node, NodeKind};
use crate::read::{Override, bytes, decode::Reader, grid};
use crate::source::{Source, Span};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

/// Most nodes of a list: 10,000 units with a hundred values each.
const MAX_NODES: usize = 2_000_000;

/// Reads the entries. JSON is read as the YAML that it is, so that places are known.
pub fn read(name: &str, bytes: &[u8]) -> Listed {
    let mut found = Diagnostics::new();
    let Some(source) = decoded(name, bytes, &mut found) else {
        return Listed { diagnostics: found.sorted(), ..Listed::default() };
    };
    let want = (!is_json(name)).then_some(Want::Any);
    let tree = crate::read::parse(&source, want, MAX_NODES, &mut found).tree;
    let (Some(tree), false) = (tree, found.has_errors()) else {
        return Listed { source: Some(source), diagnostics: found.sorted(), ..Listed::default() };
    };
    let NodeKind::List(items) = &tree.kind else {
        let hint = "Mỗi đơn vị là một mục mở đầu bằng “- ” (YAML), hoặc một đối tượng trong […] (JSON).";
        return Listed {
            source: Some(source),
            ..unusable(
                format!("Danh sách {name} phải là một danh sách các đơn vị, ở đây lại là {}.", tree.shape_name()),
                hint,
            )
        };
    };
    let mut reader = Entries {
        source: &source,
        name: name.into(),
        columns: Vec::new(),
        seen: HashSet::new(),
        last: None,
        names: HashSet::new(),
        at: (0, 1),
    };
    let units: Vec<Unit> = items.iter().map(|item| reader.unit(item)).collect();
    let columns = reader.columns;
    let units = Units { name: name.to_owned(), columns, units };
    Listed { source: Some(source), units: Some(units), diagnostics: found.sorted(), ..Listed::default() }
}

/// An override that stands in a file of its own.
pub fn own_file(name: &str, bytes: &[u8]) -> (Option<Source>, Result<Override, Vec<Diagnostic>>) {
    let mut found = Diagnostics::new();
    let Some(source) = decoded(name, bytes, &mut found) else { return (None, Err(found.sorted())) };
    let want = (!is_json(name)).then_some(Want::Map(&PLAN));
    let tree = crate::read::parse(&source, want, crate::read::tree::MAX_NODES, &mut found).tree;
    match tree {
        Some(tree) if !found.has_errors() => {
            if !matches!(tree.kind, NodeKind::Map(_)) {
                let message =
                    format!("Tệp ghi đè {name} phải là các khóa của kế hoạch, ở đây lại là {}.", tree.shape_name());
                let problem = Diagnostic::general(&code::DON_VI_SAI, message)
                    .hint("Viết các khóa cần thay như trong kế hoạch, ví dụ dia_danh: Đà Lạt.");
                return (Some(source), Err(vec![problem]));
            }
            let text = Arc::from(source.text.as_str());
            let own = Override { name: name.into(), first_line: 1, text, tree: Arc::new(tree), offset: 0 };
            (Some(source), Ok(own))
        }
        _ => (Some(source), Err(found.sorted())),
    }
}

fn is_json(name: &str) -> bool {
    name.to_lowercase().ends_with(".json")
}

fn decoded(name: &str, bytes: &[u8], found: &mut Diagnostics) -> Option<Source> {
    let mut source = bytes::decode_up_to(grid::MAX_BYTES, name, bytes, found)?;
    // JSON may be indented with tabs, which YAML refuses; inside its strings there are none.
    if is_json(name) {
        source.text = joined_surrogates(&source.text.replace('\t', " "));
    }
    Some(source)
}

/// JSON writes a character beyond the first plane as two escapes (RFC 8259, section 7), YAML as one: such pairs become
/// the character itself. Lines stay the same.
fn joined_surrogates(text: &str) -> String {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('\\')).map(|i| at + i) {
        let pair = unit(found).zip(unit(found + 6)).and_then(|(a, b)| char::decode_utf16([a, b]).next()?.ok());
        at = match pair.filter(|c| *c > '\u{FFFF}') {
            Some(c) => {
                out.push_str(&text[copied..found]);
                out.push(c);
                copied = found + 12;
                copied
            }
            // An escape is a backslash and what follows it.
            None => found + 1 + text[found + 1..].chars().next().map_or(0, char::len_utf8),
        };
    }
    out.push_str(&text[copied..]);
    out
}

struct Entries<'s> {
    source: &'s Source,
    name: Arc<str>,
    columns: Vec<Column>,
    seen: HashSet<String>,
    /// The lines cut out last: in a file of one line all units share them.
    last: Option<(Range<usize>, Arc<str>)>,
    /// Names of the unit at hand.
    names: HashSet<String>,
    /// A byte and its line, from which the next line is counted.
    at: (usize, usize),
}

impl Entries<'_> {
    /// The line of a byte; asked in the order of the file, it costs what lies between.
    fn line(&mut self, byte: usize) -> usize {
        let (from, line) = if byte >= self.at.0 { self.at } else { (0, 1) };
        let between = self.source.text.get(from..byte).unwrap_or("");
        self.at = (byte, line + between.matches('\n').count());
        self.at.1
    }

    fn unit(&mut self, item: &Node) -> Unit {
        let line = self.line(item.span.start);
        let mut unit = Unit { line, variables: Vec::new(), own: Own::Nothing, faults: Vec::new() };
        let NodeKind::Map(entries) = &item.kind else {
            unit.fault(
                item.span,
                "Mỗi đơn vị phải là một nhóm khóa, dạng “tên: giá trị”.",
                "Viết mỗi biến một dòng dưới dấu “- ”.",
            );
            return unit;
        };
        for (key, value) in entries {
            match &key.kind {
                NodeKind::Scalar(name, _) if name == OWN => self.own(value, &mut unit),
                NodeKind::Scalar(name, _) => self.variable(name, key.span, value, &mut unit),
                _ => unit.fault(key.span, "Tên biến phải là một từ.", "Ví dụ don_vi.ten."),
            }
        }
        self.names.clear();
        let names: Vec<&str> = unit.variables.iter().map(|(name, _)| name.as_str()).collect();
        if let Some((name, inner)) = group_clash(&names) {
            let message = format!("“{name}” vừa là một giá trị vừa là một nhóm (có “{inner}”).");
            unit.fault(item.span, message, "Đổi tên một trong hai biến.");
        }
        unit
    }

    fn variable(&mut self, name: &str, place: Span, value: &Node, unit: &mut Unit) {
        if !is_name(name) {
            let shown: String = name.chars().take(60).collect();
            unit.fault(
                place,
                format!("“{shown}” không dùng làm tên biến được."),
                "Tên biến gồm chữ không dấu, chữ số, dấu gạch dưới; dấu chấm ngăn các cấp.",
            );
            return;
        }
        if let NodeKind::Map(inner) = &value.kind {
            for (key, value) in inner {
                match &key.kind {
                    NodeKind::Scalar(part, _) => self.variable(&format!("{name}.{part}"), key.span, value, unit),
                    _ => unit.fault(key.span, "Tên biến phải là một từ.", "Ví dụ don_vi.ten."),
                }
            }
            return;
        }
        if !self.names.insert(name.to_owned()) {
            unit.fault(place, format!("Biến “{name}” viết hai lần trong một đơn vị."), "Giữ một lần.");
            return;
        }
        let mut reader = Reader::default();
        let value = reader.value(value);
        for diagnostic in reader.diagnostics {
            unit.faults.push(Fault { column: None, diagnostic });
        }
        if self.seen.insert(name.to_owned()) {
            self.columns.push(Column { name: name.to_owned(), letters: None, title: None });
        }
        if !matches!(&value, Value::Empty) && !matches!(&value, Value::Text(t) if t.trim().is_empty()) {
            unit.variables.push((name.to_owned(), value));
        }
    }

    fn own(&mut self, value: &Node, unit: &mut Unit) {
        match &value.kind {
            _ if value.is_null() => {}
            NodeKind::Scalar(path, _) => unit.own = Own::File(path.replace('\\', "/")),
            NodeKind::Map(_) => {
                let text = &self.source.text;
                let start = text[..value.span.start].rfind('\n').map_or(0, |i| i + 1);
                let stop = value.span.end.max(value.span.start);
                let end = text[stop..].find('\n').map_or(text.len(), |i| stop + i + 1);
                let lines = match &self.last {
                    Some((range, lines)) if *range == (start..end) => Arc::clone(lines),
                    _ => {
                        let lines: Arc<str> = text[start..end].into();
                        self.last = Some((start..end, Arc::clone(&lines)));
                        lines
                    }
                };
                let first_line = self.line(start);
                unit.own = Own::Typed(Override {
                    name: Arc::clone(&self.name),
                    first_line,
                    text: lines,
                    tree: Arc::new(value.clone()),
                    offset: start,
                });
            }
            NodeKind::List(_) => unit.fault(
                value.span,
                "“ghi_de” phải là các khóa của kế hoạch hoặc tên một tệp.",
                "Viết các khóa cần thay như trong kế hoạch, ví dụ ghi_de: { dia_danh: Đà Lạt }.",
            ),
        }
    }
}

impl Unit {
    fn fault(&mut self, place: Span, message: impl Into<String>, hint: &str) {
        let diagnostic = Diagnostic::error(&code::DON_VI_SAI, place, message).hint(hint);
        self.faults.push(Fault { column: None, diagnostic });
    }
}
