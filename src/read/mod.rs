//! YAML text → [`Draft`], with every mistake of the file in one run.
//!
//! Bytes become clean text (`bytes`), text becomes a tree with places (`tree`), the tree is matched against the key
//! tables (`decode`). Where YAML refuses a line, the line is explained (`slips`), masked, and reading goes on.

mod attached;
mod blocks;
pub mod bytes;
mod copied;
mod danh_sach;
mod decode;
mod fields;
pub mod grid;
mod issued;
mod lengths;
mod mend;
mod overlay;
mod parts;
pub mod rows;
pub mod schema;
mod sheet_shape;
mod tree;
pub mod units;
mod values;
mod xls;
mod xlsx;

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::draft::keys::PLAN;
use crate::draft::{Draft, Files};
use crate::source::{Source, Span};
use std::collections::BTreeSet;
use std::sync::Arc;

use attached::Attached;
pub use bytes::forbidden;
use mend::{Mended, Want};
pub use overlay::{Override, over};

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
    /// Keys that stand in what a slip spoils.
    meant: BTreeSet<String>,
    /// The mistakes that were found before keys and values were looked at.
    of_grammar: Diagnostics,
    /// The plans that it issues with itself.
    attached: Arc<Attached>,
}

impl Read {
    /// Whether a report is about a masked value.
    pub fn hides(&self, d: &Diagnostic) -> bool {
        d.span.is_some_and(|s| self.masked.iter().any(|m| m.start <= s.start && s.start < m.end))
    }
}

/// Reads a plan, of whose text something may have been noticed already; `files` is the door to the plans that it issues
/// with itself, whose texts are appended to the source.
pub fn read(source: &mut Source, files: &dyn Files, mut diagnostics: Diagnostics) -> Read {
    let mut parsed = parse(source, Some(Want::Map(&PLAN)), tree::MAX_NODES, &mut diagnostics);
    let mut attached = Attached::default();
    attached.read(&mut parsed, source, files, &mut diagnostics);
    decode(parsed, diagnostics, Arc::new(attached))
}

/// Matches a tree against the key tables.
fn decode(parsed: Parsed, of_grammar: Diagnostics, attached: Arc<Attached>) -> Read {
    let Parsed { tree, masked, meant } = parsed;
    let mut out = Read { draft: None, masked, diagnostics: of_grammar.clone(), tree, meant, of_grammar, attached };
    if let Some(node) = &out.tree {
        let attached = Arc::clone(&out.attached);
        let mut reader = decode::Reader { meant: out.meant.clone(), attached, ..decode::Reader::default() };
        reader.note_misplaced(node);
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

/// Parses a text whose root is `want`, masked where YAML would not take it as the drafter means it.
fn parse(source: &Source, want: Option<Want>, max_nodes: usize, diagnostics: &mut Diagnostics) -> Parsed {
    let mended = match want {
        Some(want) => mend::mend(source, want, diagnostics),
        None => Mended::untouched(source),
    };
    let mut out = Parsed { tree: None, masked: Vec::new(), meant: BTreeSet::new() };
    if !mended.stop {
        match tree::parse(&mended, max_nodes, diagnostics) {
            Ok(tree) => out.tree = tree,
            // What is behind a slip that was told is often refused because of it.
            Err(_) if diagnostics.has_errors() => {}
            Err(refusal) => diagnostics.push(refused(source, &refusal)),
        }
    }
    Parsed { masked: mended.masked, meant: mended.meant, ..out }
}

/// What the grammar made of a text.
struct Parsed {
    tree: Option<tree::Node>,
    /// What a slip spoils.
    masked: Vec<Span>,
    /// Keys that stand there.
    meant: BTreeSet<String>,
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
