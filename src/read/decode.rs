//! Nodes of the tree → typed values, against the key tables. Every mistake becomes a diagnostic; reading goes on.

use super::attached::Attached;
use super::mend::colon_report;
use super::tree::{Node, NodeKind};
use crate::decree30::kinds::Form;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, code, nearest};
use crate::draft::Text;
use crate::draft::keys::{KEM_THEO, Key, Keys, PLAN, Shape};
use crate::source::{Span, Spanned};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Collects the mistakes while values are read.
#[derive(Default)]
pub struct Reader {
    /// What was found wrong.
    pub diagnostics: Diagnostics,
    /// Keys that stand in lines which cannot be read: they are not missing.
    pub meant: BTreeSet<String>,
    /// The form of the document, where it is known: keys differ from form to form.
    pub form: Option<Form>,
    /// The plans that the plan issues with itself.
    pub attached: Arc<Attached>,
}

/// The entries of a mapping, by key; each key is known and stands once.
pub struct Fields<'n> {
    entries: HashMap<&'n str, &'n Node>,
    /// Place of the mapping.
    pub span: Span,
    /// Place of each key.
    places: HashMap<&'n str, Span>,
}

impl<'n> Fields<'n> {
    /// The value of a key, if something was typed there.
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        self.entries.get(key).copied().filter(|n| !n.is_null())
    }

    /// The value of a key, even an empty one.
    pub fn raw(&self, key: &str) -> Option<&'n Node> {
        self.entries.get(key).copied()
    }

    /// Place of a key, or of the whole mapping where the key is not there.
    pub fn place(&self, key: &str) -> Span {
        self.places.get(key).copied().unwrap_or(self.span)
    }
}

impl Reader {
    /// Notes an error.
    pub fn error(&mut self, code: &'static Code, span: Span, message: impl Into<String>, hint: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(code, span, message).hint(hint));
    }

    /// A value of the wrong shape.
    pub fn wrong_shape(&mut self, node: &Node, what: &str, wanted: &str, hint: &str) {
        let message = format!("“{what}” phải là {wanted}, ở đây lại là {}.", node.shape_name());
        self.error(&code::SAI_KIEU, first_line(node), message, hint);
    }

    /// Keys of the plan that were typed inside one of its groups: they are misplaced, not missing.
    pub fn note_misplaced(&mut self, root: &Node) {
        let NodeKind::Map(entries) = &root.kind else { return };
        for (key, value) in entries {
            let (NodeKind::Scalar(group, _), NodeKind::Map(inner)) = (&key.kind, &value.kind) else { continue };
            let Some(Shape::Map(keys) | Shape::MapOrMaps(keys)) = PLAN.get(group).map(|k| k.shape) else { continue };
            for (name, _) in inner {
                if let NodeKind::Scalar(name, _) = &name.kind
                    && keys.get(name).is_none()
                    && PLAN.get(name).is_some()
                {
                    self.meant.insert(name.clone());
                }
            }
        }
    }

    /// The entries of a mapping that must have only these keys. `more` are further keys allowed beside them.
    pub fn fields<'n>(&mut self, node: &'n Node, keys: &Keys, more: &[&'static Keys]) -> Option<Fields<'n>> {
        // Where the type is wrong or missing, most are of this form.
        let form = self.form.unwrap_or(Form::TenLoai);
        self.fields_needing(node, keys, more, &|key| key.is_required(form))
    }

    /// The entries of a mapping that must have those of these keys that are `needed`.
    pub fn fields_needing<'n>(
        &mut self,
        node: &'n Node,
        keys: &Keys,
        more: &[&'static Keys],
        needed: &dyn Fn(&Key) -> bool,
    ) -> Option<Fields<'n>> {
        let NodeKind::Map(entries) = &node.kind else {
            self.wrong_shape(node, keys.name, "một nhóm khóa", "Viết mỗi khóa một dòng, dạng “khóa: giá trị”.");
            return None;
        };
        let mut meant: Vec<&str> = Vec::new();
        let mut fields = Fields { entries: HashMap::new(), span: heading(node), places: HashMap::new() };
        for (key, value) in entries {
            let NodeKind::Scalar(name, _) = &key.kind else {
                self.wrong_shape(key, "Khóa", "một từ", "Nếu đây là câu chữ, đặt cả giá trị trong ngoặc kép.");
                continue;
            };
            let known = keys.get(name).is_some() || more.iter().any(|k| k.get(name).is_some());
            if !known {
                meant.extend(self.unknown_key(key.span, name, value, keys, more));
            } else if fields.places.contains_key(name.as_str()) {
                self.error(
                    &code::YAML_KHOA_TRUNG,
                    key.span,
                    format!("Khóa “{name}” viết hai lần trong cùng một nhóm."),
                    "Giữ một khóa; nếu là hai phần khác nhau, gộp chúng thành một danh sách.",
                );
            } else {
                fields.places.insert(name, key.span);
                fields.entries.insert(name, value);
            }
        }
        if let Some(only) = keys.keys.iter().find(|k| k.instead && fields.raw(k.name).is_some()) {
            self.alone(&fields, only, keys);
            return Some(fields);
        }
        // A misspelt key is one mistake, not two.
        let spoilt = self.meant.clone();
        for key in keys.keys.iter().filter(|k| needed(k) && !meant.contains(&k.name) && !spoilt.contains(k.name)) {
            // A list where a group is wanted has the wrong shape, which is told where it is read.
            let empty_list = !matches!(key.shape, Shape::Map(_))
                && fields.get(key.name).is_some_and(|n| matches!(&n.kind, NodeKind::List(items) if items.is_empty()));
            if fields.get(key.name).is_none() || empty_list {
                let (span, message) = match fields.places.get(key.name) {
                    Some(span) => (*span, format!("Khóa “{}” chưa có giá trị.", key.name)),
                    None => (fields.span, format!("Thiếu khóa “{}”.", key.name)),
                };
                self.error(&code::THIEU_KHOA, span, message, format!("Thêm “{}: …”. {}", key.name, key.doc));
            }
        }
        Some(fields)
    }

    /// Reports the keys beside one that stands instead of all others.
    fn alone(&mut self, fields: &Fields<'_>, only: &Key, keys: &Keys) {
        let key = only.name;
        if fields.get(key).is_none() {
            let message = format!("Khóa “{key}” chưa có giá trị.");
            self.error(&code::THIEU_KHOA, fields.place(key), message, format!("Thêm “{key}: …”. {}", only.doc));
        }
        let mut beside: Vec<_> = fields
            .places
            .iter()
            .filter(|(name, _)| **name != key && !keys.get(name).is_some_and(|k| k.beside))
            .collect();
        beside.sort_by_key(|(_, span)| span.start);
        for (name, span) in beside {
            let message = format!("Đã có “{key}” thì không viết “{name}” ở đây.");
            self.error(&code::KHOA_THUA, *span, message, format!("Bỏ khóa này, hoặc bỏ “{key}”."));
        }
    }

    /// Reports an unknown key; gives the known one that was probably meant.
    fn unknown_key(
        &mut self,
        span: Span,
        name: &str,
        value: &Node,
        keys: &Keys,
        more: &[&'static Keys],
    ) -> Option<&'static str> {
        if self.diagnostics.counts_only(&code::KHOA_LA) {
            self.error(&code::KHOA_LA, span, "", "");
            return None;
        }
        let known = || keys.keys.iter().chain(more.iter().flat_map(|k| k.keys)).map(|k| k.name);
        let near = nearest(name, known());
        let hint = match near {
            Some(near) => format!("Có phải là “{near}” không?"),
            None if PLAN.get(name).is_some() && keys.name != KEM_THEO.name => {
                let value = match &value.kind {
                    NodeKind::Scalar(text, _) if !text.contains('\n') => text,
                    _ => "…",
                };
                format!("“{name}” là khóa của kế hoạch. Đưa dòng này ra sát lề trái, viết: {name}: {value}")
            }
            None => format!("Các khóa dùng được ở đây: {}.", known().collect::<Vec<_>>().join(", ")),
        };
        self.error(&code::KHOA_LA, span, format!("Không có khóa “{name}” trong {}.", keys.name), hint);
        near
    }

    /// One text. `what` names it in the report.
    pub fn text(&mut self, node: &Node, what: &str) -> Option<Text> {
        match &node.kind {
            NodeKind::Scalar(text, _) => Some(Spanned::new(text.clone(), node.span)),
            NodeKind::Map(entries) => {
                self.looks_like_colon(node, entries, what);
                None
            }
            NodeKind::List(items) => {
                let texts: Vec<&str> = items
                    .iter()
                    .filter_map(|n| match &n.kind {
                        NodeKind::Scalar(text, _) => Some(text.as_str()),
                        _ => None,
                    })
                    .collect();
                let hint = format!("Viết trên một dòng, không có dấu “- ”: {what}: {}", texts.join(", "));
                self.wrong_shape(node, what, "một dòng chữ", &hint);
                None
            }
        }
    }

    /// `- Lưu: VT` is a mapping to YAML and a line of text to everybody else.
    fn looks_like_colon(&mut self, node: &Node, entries: &[(Node, Node)], what: &str) {
        if let [(key, value)] = entries
            && let (NodeKind::Scalar(k, true), NodeKind::Scalar(v, true)) = (&key.kind, &value.kind)
        {
            let span = Span::new(key.span.start, value.span.end.max(key.span.end));
            self.diagnostics.push(colon_report(span, format!("{k}: {v}").trim_end()));
        } else {
            self.wrong_shape(node, what, "một dòng chữ", "Nếu chữ có dấu hai chấm, đặt cả giá trị trong ngoặc kép.");
        }
    }

    /// One text or a list of texts; empty members are left out with a report.
    pub fn texts(&mut self, node: &Node, what: &str) -> Vec<Text> {
        match &node.kind {
            NodeKind::List(items) => items
                .iter()
                .filter_map(|item| {
                    if item.is_null() {
                        self.error(
                            &code::SAI_KIEU,
                            item.span,
                            format!("{what} có một mục trống."),
                            "Viết nội dung của mục hoặc bỏ dấu “-”.",
                        );
                        return None;
                    }
                    self.text(item, what)
                })
                .collect(),
            _ => self.text(node, what).into_iter().collect(),
        }
    }

    /// A list of texts, and nothing else.
    pub fn text_list(&mut self, node: &Node, what: &str) -> Vec<Text> {
        if let NodeKind::Scalar(..) = node.kind {
            self.wrong_shape(node, what, "một danh sách", "Viết mỗi mục một dòng, mở đầu bằng “- ”.");
            return Vec::new();
        }
        self.texts(node, what)
    }

    /// One of a few words.
    pub fn word(&mut self, node: &Node, what: &str, words: &'static [&'static str]) -> Option<usize> {
        let text = self.text(node, what)?;
        let found = words.iter().position(|w| *w == text.value);
        if found.is_none() {
            let near = nearest(&text.value, words.iter().copied());
            let hint = match near {
                Some(near) => format!("Có phải là “{near}” không?"),
                None => format!("Dùng một trong các từ: {}.", words.join(", ")),
            };
            self.error(
                &code::GIA_TRI_LA,
                node.span,
                format!("“{}” không phải là giá trị của {what}.", text.value),
                hint,
            );
        }
        found
    }
}

/// The place of a node for a report: its first line only.
fn first_line(node: &Node) -> Span {
    match &node.kind {
        NodeKind::Scalar(..) => node.span,
        _ => heading(node),
    }
}

/// The place of the first key or item: a mapping as a whole would underline the entire file.
fn heading(node: &Node) -> Span {
    match &node.kind {
        NodeKind::Map(entries) => entries.first().map_or(node.span, |(k, _)| k.span),
        NodeKind::List(items) => items.first().map_or(node.span, heading),
        NodeKind::Scalar(..) => node.span,
    }
}
