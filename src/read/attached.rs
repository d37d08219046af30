//! Plans that a plan issues with itself (`kem_theo`, `tep`): their texts stand behind its own in the source, their trees
//! under their names.

use super::mend::Want;
use super::tree::{self, Node, NodeKind};
use super::{Parsed, bytes, parse};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::draft::Files;
use crate::draft::keys::PLAN;
use crate::source::{Source, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The plans that were read, by the names under which they were asked for.
#[derive(Clone, Debug, Default)]
pub struct Attached {
    /// The tree, with the keys that stand in what a slip spoils; none where the file could not be read.
    plans: BTreeMap<String, Option<(Node, BTreeSet<String>)>>,
    /// Bytes of all of them.
    bytes: usize,
}

impl Attached {
    /// The plan of a name.
    pub fn get(&self, name: &str) -> Option<&(Node, BTreeSet<String>)> {
        self.plans.get(name)?.as_ref()
    }

    /// Reads the plans that a tree names, but for those that were read before. Places in them count from where their texts
    /// stand in the source.
    pub(super) fn read(
        &mut self,
        parsed: &mut Parsed,
        source: &mut Source,
        files: &dyn Files,
        diagnostics: &mut Diagnostics,
    ) {
        let named = parsed.tree.as_ref().map(named).unwrap_or_default();
        for (name, at) in named {
            if self.plans.contains_key(&name) {
                continue;
            }
            let plan = match self.bytes_of(&name, at, files) {
                Ok(bytes) => one(&name, &bytes, at, source, diagnostics).map(|read| {
                    parsed.masked.extend(read.masked);
                    read.tree.map(|tree| (tree, read.meant))
                }),
                Err(problem) => {
                    diagnostics.push(problem);
                    None
                }
            };
            self.plans.insert(name, plan.flatten());
        }
    }

    fn bytes_of(&mut self, name: &str, at: Span, files: &dyn Files) -> Result<Vec<u8>, Diagnostic> {
        let refused = |message: &str, hint: &str| Err(Diagnostic::error(&code::KEM_THEO_TEP, at, message).hint(hint));
        if name.contains("{{") || name.contains("{%") {
            return refused("Tên tệp kèm theo không dùng biến được.", "Ghi tên một tệp, ví dụ tep: ke-hoach.yaml");
        }
        if name.contains(['/', '\\']) {
            return refused(
                "Tệp kèm theo phải nằm cùng thư mục với kế hoạch.",
                "Chép tệp, cùng hình và số liệu của nó, vào cạnh kế hoạch này rồi chỉ ghi tên tệp.",
            );
        }
        let bytes = files.plan(name, at)?;
        self.bytes += bytes.len();
        if self.bytes > bytes::MAX_BYTES {
            return refused("Các tệp kèm theo lớn quá 16 MB.", "Đưa bảng số liệu lớn ra tệp CSV riêng.");
        }
        Ok(bytes)
    }
}

/// Reads one plan; what is wrong in it is told where it stands, or where it is named.
fn one(name: &str, bytes: &[u8], at: Span, source: &mut Source, diagnostics: &mut Diagnostics) -> Option<Parsed> {
    let shown = Path::new(&source.name).with_file_name(name).display().to_string();
    let mut own = Diagnostics::new();
    let Some(text) = bytes::decode(&shown, bytes, &mut own) else {
        diagnostics.extend(own.into_iter().map(|d| Diagnostic { span: Some(at), ..d }));
        return None;
    };
    let mut parsed = parse(&text, Some(Want::Map(&PLAN)), tree::MAX_NODES, &mut own);
    let start = source.append(shown, 1, &text.text);
    let placed = |d: Diagnostic| Diagnostic { span: Some(d.span.map_or(at, |s| s.shifted(start))), ..d };
    diagnostics.extend(own.into_iter().map(placed));
    parsed.masked.iter_mut().for_each(|span| *span = span.shifted(start));
    if let Some(tree) = &mut parsed.tree {
        tree.shift(0, start);
    }
    Some(parsed)
}

/// The names in `kem_theo`, with their places.
fn named(root: &Node) -> Vec<(String, Span)> {
    let Some(NodeKind::List(items)) = root.entry("kem_theo").map(|n| &n.kind) else { return Vec::new() };
    let names = items
        .iter()
        .filter_map(|item| item.entry("tep"))
        .filter(|n| !n.is_null() && n.text().is_some_and(|t| !t.trim().is_empty()));
    names.filter_map(|n| Some((n.text()?.to_owned(), n.span))).collect()
}
