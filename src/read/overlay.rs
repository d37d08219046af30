//! A unit's own fields over those of the plan (`ghi_de`), as RFC 7396 merges: groups of keys join, everything else is
//! replaced, an empty value takes the field away.

use super::decode::Reader;
use super::tree::{Node, NodeKind};
use super::{Parsed, Read, decode};
use crate::diagnostic::Diagnostics;
use crate::draft::Files;
use crate::source::Source;
use std::fmt::Write;
use std::sync::Arc;

/// The fields that a unit has of its own, with the lines in which they were typed.
#[derive(Clone, Debug)]
pub struct Override {
    /// The file.
    pub name: Arc<str>,
    /// The line of that file with which `text` begins, from 1.
    pub first_line: usize,
    /// Whole lines.
    pub text: Arc<str>,
    pub(super) tree: Arc<Node>,
    /// Byte of the file with which `text` begins: the places in the tree count from the file's start.
    pub(super) offset: usize,
}

impl Override {
    /// Whether it gives a variable of a group of the plan (`bien`), by dotted name.
    pub fn gives(&self, group: &str, name: &str) -> bool {
        let mut path = std::iter::once(group).chain(name.split('.'));
        path.try_fold(self.tree.as_ref(), |at, part| at.entry(part)).is_some_and(|value| !value.is_null())
    }

    /// What it says, without places: two overrides that say the same give the same text.
    pub fn canonical(&self) -> String {
        let mut out = String::new();
        canonical(&self.tree, &mut out);
        out
    }
}

fn canonical(node: &Node, out: &mut String) {
    match &node.kind {
        NodeKind::Scalar(text, plain) => {
            let _ = write!(out, "{}{text:?}", if *plain { '=' } else { ':' });
        }
        NodeKind::List(items) => {
            out.push('[');
            items.iter().for_each(|n| canonical(n, out));
            out.push(']');
        }
        NodeKind::Map(entries) => {
            out.push('{');
            for (key, value) in entries {
                canonical(key, out);
                canonical(value, out);
            }
            out.push('}');
        }
    }
}

/// Reads a plan with a unit's own fields over it. The text of the override is appended to the source, so that every
/// place is that of the line typed.
pub fn over(plan: &Read, source: &mut Source, own: &Override, files: &dyn Files) -> Read {
    let start = source.append(&*own.name, own.first_line, &own.text);
    let tree = plan.tree.as_ref().map(|base| {
        let mut tree = own.tree.as_ref().clone();
        tree.shift(own.offset, start);
        merge(base, &tree)
    });
    let mut diagnostics = Diagnostics::new();
    diagnostics.extend(plan.of_grammar.iter().cloned());
    let mut parsed = Parsed { tree, masked: plan.masked.clone(), meant: plan.meant.clone() };
    let mut attached = plan.attached.as_ref().clone();
    attached.read(&mut parsed, source, files, &mut diagnostics);
    let mut read = decode(parsed, diagnostics, Arc::new(attached));
    if let (Some(draft), Some(bien)) = (&mut read.draft, own.tree.entry("bien")) {
        // What is wrong with them was told of the merged ones.
        draft.given = Reader::default().variables(bien);
    }
    read
}

fn merge(base: &Node, own: &Node) -> Node {
    let (NodeKind::Map(base_entries), NodeKind::Map(own_entries)) = (&base.kind, &own.kind) else {
        return own.clone();
    };
    let mut entries = base_entries.clone();
    for (key, value) in own_entries {
        let NodeKind::Scalar(name, _) = &key.kind else {
            entries.push((key.clone(), value.clone()));
            continue;
        };
        let same = entries.iter().position(|(k, _)| matches!(&k.kind, NodeKind::Scalar(n, _) if n == name));
        match same {
            // An empty value stays: it is read as no value, and what must have one is missed at the override's line.
            Some(index) => {
                let merged = merge(&entries[index].1, value);
                entries[index] = (key.clone(), merged);
            }
            None => entries.push((key.clone(), value.clone())),
        }
    }
    Node { kind: NodeKind::Map(entries), ..base.clone() }
}
