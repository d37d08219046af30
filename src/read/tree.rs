//! YAML events → a small tree in which every scalar keeps its exact text and its place.

use super::bytes::forbidden;
use super::mend::Mended;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::source::{Span, is_forbidden, nfc};
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use std::collections::HashMap;

/// Deepest nesting accepted: several times what the samples use.
pub const MAX_DEPTH: usize = 40;
/// Most nodes accepted in a plan, aliases counted each time they are used.
pub const MAX_NODES: usize = 200_000;

/// A YAML node with its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Where it stands.
    pub span: Span,
    /// A scalar whose lines YAML folded into one.
    pub folded: bool,
    /// A scalar typed under a bar (`|`).
    pub under_bar: bool,
}

/// The three shapes of YAML.
#[derive(Clone, Debug)]
pub enum NodeKind {
    /// A scalar: exact text, and whether it was written without quotes.
    Scalar(String, bool),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in the order typed.
    Map(Vec<(Node, Node)>),
}

impl Node {
    /// Whether nothing was typed (an empty plain scalar, `~` or `null`).
    pub fn is_null(&self) -> bool {
        matches!(&self.kind, NodeKind::Scalar(text, true) if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar(text, _) => Some(text),
            _ => None,
        }
    }

    /// The value of a mapping's key.
    pub fn entry(&self, key: &str) -> Option<&Node> {
        let NodeKind::Map(entries) = &self.kind else { return None };
        entries.iter().find(|(k, _)| k.text() == Some(key)).map(|(_, value)| value)
    }

    /// Moves its places, so that byte `from` is byte `to`.
    pub fn shift(&mut self, from: usize, to: usize) {
        self.span = Span::new(self.span.start.saturating_sub(from) + to, self.span.end.saturating_sub(from) + to);
        match &mut self.kind {
            NodeKind::Scalar(..) => {}
            NodeKind::List(items) => items.iter_mut().for_each(|n| n.shift(from, to)),
            NodeKind::Map(entries) => {
                for (key, value) in entries {
                    key.shift(from, to);
                    value.shift(from, to);
                }
            }
        }
    }

    /// What it is, in words.
    pub fn shape_name(&self) -> &'static str {
        match self.kind {
            _ if self.is_null() => "chỗ trống",
            NodeKind::Scalar(..) => "một dòng chữ",
            NodeKind::List(_) => "một danh sách",
            NodeKind::Map(_) => "một nhóm khóa",
        }
    }
}

/// What the parser refused: its words, and the byte where it stood.
pub struct Refusal {
    /// The parser's own words, in English.
    pub info: String,
    /// Byte offset.
    pub at: usize,
}

enum Frame {
    List(Vec<Node>, usize, Span),
    Map(Vec<(Node, Node)>, Option<Node>, usize, Span),
}

/// Parses one YAML document. `Err` is a refusal by the grammar; limits and forbidden characters go to `diagnostics`,
/// and `Ok(None)` means that they leave nothing to go on with. At most `max_nodes` nodes are accepted. What was masked in
/// the text and is to be kept comes back as it was typed.
pub fn parse(mended: &Mended, max_nodes: usize, diagnostics: &mut Diagnostics) -> Result<Option<Node>, Refusal> {
    let whole = mended.text.as_str();
    let bytes_of: Vec<usize> = whole.char_indices().map(|(i, _)| i).chain(std::iter::once(whole.len())).collect();
    let byte = |index: usize| bytes_of.get(index).copied().unwrap_or(whole.len());
    let mut builder =
        Builder { mended, max_nodes, diagnostics, stack: Vec::new(), anchors: HashMap::new(), root: None, nodes: 0 };
    for event in Parser::new_from_str(whole) {
        let (event, span) = event.map_err(|e| Refusal { info: e.info().to_owned(), at: byte(e.marker().index()) })?;
        match builder.take(event, Span::new(byte(span.start.index()), byte(span.end.index())))? {
            Step::Next => {}
            Step::Stop => return Ok(None),
        }
    }
    Ok(builder.root)
}

/// Whether there is something to go on with.
enum Step {
    Next,
    Stop,
}

/// The tree as far as it was read.
struct Builder<'p> {
    mended: &'p Mended,
    max_nodes: usize,
    diagnostics: &'p mut Diagnostics,
    /// What is open, outermost first.
    stack: Vec<Frame>,
    /// What aliases may repeat, and its size in nodes.
    anchors: HashMap<usize, (Node, usize)>,
    root: Option<Node>,
    nodes: usize,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<Step, Refusal> {
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(Step::Next),
            Event::DocumentStart(_) => Ok(self.document(span)),
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_tag(tag.as_deref(), span);
                Ok(self.scalar(&text, style, anchor, span))
            }
            Event::SequenceStart(..) | Event::MappingStart(..) if self.stack.len() >= MAX_DEPTH => {
                self.diagnostics.push(
                    Diagnostic::error(&code::YAML_QUA_SAU, span, format!("YAML lồng sâu hơn {MAX_DEPTH} cấp."))
                        .hint("Bớt số cấp lồng nhau; nội dung nhiều cấp nên viết thành chữ: I., 1., a), -."),
                );
                Ok(Step::Stop)
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_tag(tag.as_deref(), span);
                self.stack.push(Frame::List(Vec::new(), anchor, span));
                Ok(Step::Next)
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_tag(tag.as_deref(), span);
                self.stack.push(Frame::Map(Vec::new(), None, anchor, span));
                Ok(Step::Next)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let (kind, anchor, start) = match self.stack.pop() {
                    Some(Frame::List(items, anchor, start)) => (NodeKind::List(items), anchor, start),
                    Some(Frame::Map(entries, _, anchor, start)) => (NodeKind::Map(entries), anchor, start),
                    None => return Ok(Step::Next),
                };
                let span = Span::new(start.start, span.end.max(start.end));
                Ok(self.add(Node { kind, span, folded: false, under_bar: false }, anchor))
            }
            Event::Alias(id) => {
                let Some((node, size)) = self.anchors.get(&id) else {
                    return Err(Refusal { info: "alias of an unfinished anchor".into(), at: span.start });
                };
                let (node, size) = (node.clone(), *size);
                if let Step::Stop = self.count(size, span) {
                    return Ok(Step::Stop);
                }
                Ok(self.add(node, 0))
            }
        }
    }

    fn document(&mut self, span: Span) -> Step {
        if self.root.is_none() {
            return Step::Next;
        }
        let message = "Tệp có hơn một văn bản YAML, ngăn bằng dòng “---”.";
        self.diagnostics.push(
            Diagnostic::error(&code::YAML_NHIEU_VAN_BAN, span, message).hint("Tách mỗi văn bản ra một tệp riêng."),
        );
        Step::Stop
    }

    fn refuse_tag(&mut self, tag: Option<&Tag>, span: Span) {
        if let Some(tag) = tag {
            self.diagnostics.push(tagged(&format!("{}{}", tag.handle, tag.suffix), span));
        }
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, anchor: usize, span: Span) -> Step {
        let whole = self.mended.text.as_str();
        let plain = style == ScalarStyle::Plain;
        let span = typed_span(whole, span);
        if let Some(kept) = self.mended.kept.get(&span.start) {
            swallowed(whole, span, self.diagnostics);
            let kind = NodeKind::Scalar(kept.text.clone(), false);
            return self.add(Node { kind, span: kept.span, folded: false, under_bar: false }, 0);
        }
        let text = nfc(text).into_owned();
        // A character typed as it is has been reported with the text; here are those that an escape made.
        let slice = whole.get(span.range()).unwrap_or("");
        for c in text.chars().filter(|c| !plain && !matches!(c, '\n' | '\t') && is_forbidden(*c)) {
            if !slice.contains(c) {
                self.diagnostics.push(forbidden(c, escape_of(c, slice, span)));
            }
        }
        if plain {
            swallowed(whole, span, self.diagnostics);
        }
        let under_bar = style == ScalarStyle::Literal;
        let folded = !under_bar && slice.trim_end().contains('\n') && !text.trim_end().contains('\n');
        self.add(Node { kind: NodeKind::Scalar(text, plain), span, folded, under_bar }, anchor)
    }

    /// Counts nodes, and stops where there are too many.
    fn count(&mut self, nodes: usize, span: Span) -> Step {
        self.nodes += nodes;
        if self.nodes <= self.max_nodes {
            return Step::Next;
        }
        self.diagnostics.push(too_many(span, self.max_nodes));
        Step::Stop
    }

    fn add(&mut self, node: Node, anchor: usize) -> Step {
        if let Step::Stop = self.count(1, node.span) {
            return Step::Stop;
        }
        if anchor != 0 {
            let size = count(&node);
            self.anchors.insert(anchor, (node.clone(), size));
        }
        place(node, &mut self.stack, &mut self.root);
        Step::Next
    }
}

/// Puts a node where it belongs in what is open.
fn place(node: Node, stack: &mut [Frame], root: &mut Option<Node>) {
    match stack.last_mut() {
        None => *root = Some(node),
        Some(Frame::List(items, ..)) => items.push(node),
        Some(Frame::Map(entries, key, ..)) => match key.take() {
            None => *key = Some(node),
            Some(k) => entries.push((k, node)),
        },
    }
}

/// The place of a scalar without what the parser skipped behind it: blanks, and a comment after a closing quote.
fn typed_span(text: &str, span: Span) -> Span {
    let slice = text.get(span.range()).unwrap_or("");
    let end = match slice.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let mut chars = slice.char_indices().skip(1).peekable();
            let mut end = slice.len();
            while let Some((i, c)) = chars.next() {
                match c {
                    '\\' if quote == '"' => {
                        chars.next();
                    }
                    // Two single quotes are one, and go on.
                    '\'' if quote == '\'' && chars.peek().is_some_and(|(_, n)| *n == '\'') => {
                        chars.next();
                    }
                    c if c == quote => {
                        end = i + 1;
                        break;
                    }
                    _ => {}
                }
            }
            end
        }
        _ => slice.trim_end().len(),
    };
    Span { start: span.start, end: span.start + end }
}

/// Where the escape of a character stands in a quoted scalar.
fn escape_of(c: char, slice: &str, span: Span) -> Span {
    let code = c as u32;
    let forms = [format!("\\u{code:04x}"), format!("\\x{code:02x}"), format!("\\U{code:08x}")];
    let lower = slice.to_lowercase();
    let found = forms.iter().find_map(|f| lower.find(&f.to_lowercase()).map(|i| (i, f.len())));
    let found = found.or_else(|| slice.find('\\').map(|i| (i, 2))).filter(|_| lower.len() == slice.len());
    match found {
        Some((i, length)) => Span { start: span.start + i, end: span.start + i + length },
        None => span,
    }
}

/// Warns where ` #5` behind a value was taken for a comment.
fn swallowed(text: &str, span: Span, diagnostics: &mut Diagnostics) {
    let rest = text.get(span.end..).unwrap_or("");
    let line = rest.split('\n').next().unwrap_or("");
    let sign = line.trim_start();
    let is_comment = sign.starts_with('#') && line.starts_with([' ', '\t']) && span.start < span.end;
    if is_comment && sign[1..].starts_with(|c: char| c.is_alphanumeric()) {
        let at = span.end + line.len() - sign.len();
        let end = span.end + line.trim_end().len();
        diagnostics.push(
            Diagnostic::warning(
                &code::YAML_NUOT_CHU,
                Span::new(at, end),
                "Chữ từ dấu # này bị YAML coi là chú giải nên không được in.",
            )
            .hint(
                "Nếu đây là chữ của văn bản, đặt cả giá trị trong ngoặc kép; nếu là chú giải, thêm dấu cách sau dấu #.",
            ),
        );
    }
}

fn count(node: &Node) -> usize {
    1 + match &node.kind {
        NodeKind::Scalar(..) => 0,
        NodeKind::List(items) => items.iter().map(count).sum(),
        NodeKind::Map(entries) => entries.iter().map(|(k, v)| count(k) + count(v)).sum(),
    }
}

fn tagged(tag: &str, span: Span) -> Diagnostic {
    Diagnostic::error(&code::YAML_NHAN, span, format!("Nhãn kiểu “{tag}” không được dùng trong kế hoạch."))
        .hint("Bỏ nhãn; nếu dấu ! là chữ của văn bản thì đặt cả giá trị trong ngoặc kép.")
}

fn too_many(span: Span, max_nodes: usize) -> Diagnostic {
    Diagnostic::error(
        &code::YAML_QUA_NHIEU,
        span,
        format!("YAML có hơn {max_nodes} phần tử, kể cả phần lặp lại qua bí danh (*tên)."),
    )
    .hint("Bỏ bớt bí danh; đưa bảng lớn ra tệp CSV và dùng khóa tu_tep.")
}
