//! YAML text → [`Draft`], with every mistake of the file in one run.
//!
//! Bytes become clean text (`bytes`), text becomes a tree with places (`tree`), the tree is matched against the key
//! tables (`decode`). Where YAML refuses a line, the line is explained (`slips`), masked, and reading goes on.

mod blocks;
pub mod bytes;
mod decode;
mod fields;
pub mod grid;
mod lengths;
mod overlay;
pub mod rows;
pub mod schema;
mod slips;
mod tree;
pub mod units;
mod values;
mod xlsx;

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::draft::Draft;
use crate::source::{Source, Span};

pub use bytes::forbidden;
pub use overlay::{Override, over};

/// How many refusals of the parser are worked around before reading gives up.
const MAX_REFUSALS: usize = 50;

/// What reading gives.
pub struct Read {
    /// The draft, whenever the file is a mapping at all, so that later stages can find their mistakes in the same run;
    /// it is complete only when there are no errors.
    pub draft: Option<Draft>,
    /// Values that YAML refused and that stand masked in the draft; what is said about them would speak of the mask.
    pub masked: Vec<Span>,
    /// The mistakes.
    pub diagnostics: Diagnostics,
    /// What the grammar made of the text, for overrides.
    tree: Option<tree::Node>,
    /// The mistakes that were found before keys and values were looked at.
    of_grammar: Diagnostics,
}

impl Read {
    /// Whether a report is about a masked value.
    pub fn hides(&self, d: &Diagnostic) -> bool {
        d.span.is_some_and(|s| self.masked.iter().any(|m| m.start <= s.start && s.start < m.end))
    }
}

/// Reads a plan.
pub fn read(source: &Source) -> Read {
    read_after(source, Diagnostics::new())
}

/// Reads a plan of whose text something was noticed already.
pub fn read_after(source: &Source, mut diagnostics: Diagnostics) -> Read {
    let (tree, masked) = parse(source, tree::MAX_NODES, &mut diagnostics);
    decode(tree, masked, diagnostics)
}

/// Matches a tree against the key tables.
fn decode(tree: Option<tree::Node>, masked: Vec<Span>, of_grammar: Diagnostics) -> Read {
    let mut out = Read { draft: None, masked, diagnostics: of_grammar.clone(), tree, of_grammar };
    if let Some(node) = &out.tree {
        let mut reader = decode::Reader::default();
        let draft = fields::plan(&mut reader, node);
        let visible: Vec<_> = reader.diagnostics.into_iter().filter(|d| !out.hides(d)).collect();
        out.draft = draft;
        out.diagnostics.extend(visible);
    }
    out
}

/// Reads a single value, as the user gave it on the command line.
pub fn value_of(text: &str) -> crate::draft::Value {
    values::scalar(text)
}

/// Parses with masks until the grammar accepts the text, and says which bytes were masked.
fn parse(source: &Source, max_nodes: usize, diagnostics: &mut Diagnostics) -> (Option<tree::Node>, Vec<Span>) {
    let mut text = Source::new(source.name.clone(), source.text.clone());
    let mut masked = Vec::new();
    for slip in slips::always(source) {
        diagnostics.push(slip.diagnostic);
        mask(&mut text, slip.mask, &mut masked);
    }
    let mut explained = false;
    for _ in 0..MAX_REFUSALS {
        let mut found = Diagnostics::new();
        match tree::parse(&text, max_nodes, &mut found) {
            Ok(node) => {
                diagnostics.extend(found);
                return (node, masked);
            }
            Err(refusal) => {
                if !explained {
                    explained = true;
                    let slips = slips::when_refused(&text);
                    let stop = slips.iter().any(|s| s.mask.start == s.mask.end);
                    let any = !slips.is_empty();
                    for slip in slips {
                        diagnostics.push(slip.diagnostic);
                        mask(&mut text, slip.mask, &mut masked);
                    }
                    if stop {
                        return (None, masked);
                    }
                    if any {
                        continue;
                    }
                }
                diagnostics.push(refused(&text, &refusal));
                return (None, masked);
            }
        }
    }
    (None, masked)
}

/// Overwrites a range with as many bytes of a harmless letter, so that all places stay true.
fn mask(text: &mut Source, span: Span, masked: &mut Vec<Span>) {
    if span.start < span.end {
        text.text.replace_range(span.range(), &"x".repeat(span.end - span.start));
        masked.push(span);
    }
}

fn refused(source: &Source, refusal: &tree::Refusal) -> Diagnostic {
    let mut at = refusal.at.min(source.text.len());
    while !source.text.is_char_boundary(at) {
        at -= 1;
    }
    // A refusal at the end of a line or of the file is shown at the last thing typed.
    let seen = source.text[..at].trim_end().len();
    let span = match source.text[at..].chars().next() {
        Some(c) if !c.is_whitespace() => Span::new(at, at + c.len_utf8()),
        _ => {
            let start = source.text[..seen].char_indices().next_back().map_or(0, |(i, _)| i);
            Span::new(start, seen)
        }
    };
    let (message, hint) = explain(&refusal.info);
    Diagnostic::error(&code::YAML_SAI, span, message).hint(hint)
}

/// The parser's words in Vietnamese, with what usually mends it.
fn explain(info: &str) -> (String, &'static str) {
    let (message, hint) = match info {
        i if i.contains("escape") || i.contains("unicode") || i.contains("surrogate") => (
            "Dấu \\ trong ngoặc kép đi với một ký tự mà YAML không biết.",
            "Dùng ngoặc đơn '…' thay cho ngoặc kép, hoặc viết \\\\ để có một dấu \\.",
        ),
        i if i.contains("quoted") || i.contains("end of stream") => (
            "Ngoặc kép hoặc ngoặc vuông mở ra mà chưa khép lại.",
            "Tìm dấu mở ngoặc ở phía trên và khép nó lại, hoặc dùng “ và ” trong câu chữ.",
        ),
        i if i.contains("mapping values") => (
            "Dấu hai chấm ở đây không đúng chỗ.",
            "Nếu dấu hai chấm thuộc câu chữ, đặt cả giá trị trong ngoặc kép; nếu là khóa, thụt lề thẳng với các khóa cùng cấp.",
        ),
        i if i.contains("indent") || i.contains("expected key") || i.contains("block mapping") => (
            "Dòng này thụt lề không khớp với các dòng cùng cấp.",
            "Thụt lề các khóa cùng cấp bằng nhau, mỗi cấp thêm 2 dấu cách.",
        ),
        i if i.contains("simple key") || i.contains("':'") => (
            "Chỗ này cần một khóa theo sau là dấu hai chấm.",
            "Viết dạng “khóa: giá trị”; đoạn chữ nhiều dòng đặt sau dấu | ở cuối dòng khóa.",
        ),
        i if i.contains("anchor") || i.contains("alias") => (
            "Bí danh (*tên) hoặc điểm neo (&tên) dùng sai.",
            "Nếu dấu * hoặc & là chữ của văn bản, đặt cả giá trị trong ngoặc kép.",
        ),
        _ => (
            "YAML viết sai ở chỗ này.",
            "So lại với mẫu: vanthu new ke_hoach. Câu chữ có ký hiệu lạ nên đặt trong ngoặc kép.",
        ),
    };
    (message.to_owned(), hint)
}
