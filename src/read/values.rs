//! Variables: YAML values whose text is kept exactly.

use super::decode::Reader;
use super::tree::{Node, NodeKind};
use crate::diagnostic::code;
use crate::draft::Value;
use std::collections::HashSet;

/// A plain scalar. It is a number only when the number prints as it was typed, so that `07`, `1e3` and `1.50` stay text.
pub fn scalar(text: &str) -> Value {
    match text {
        "" | "~" | "null" => Value::Empty,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => {
            if let Ok(n) = text.parse::<i64>()
                && n.to_string() == text
            {
                return Value::Integer(n);
            }
            if let Ok(n) = text.parse::<f64>()
                && text.contains('.')
                && n.is_finite()
                && n.to_string() == text
            {
                return Value::Decimal(n);
            }
            Value::Text(text.to_owned())
        }
    }
}

impl Reader {
    /// A variable's value.
    pub fn value(&mut self, node: &Node) -> Value {
        match &node.kind {
            NodeKind::Scalar(text, true) => scalar(text),
            NodeKind::Scalar(text, false) => Value::Text(text.clone()),
            NodeKind::List(items) => Value::List(items.iter().map(|n| self.value(n)).collect()),
            NodeKind::Map(_) => Value::Map(self.variables(node)),
        }
    }

    /// A mapping of variables; names are words, so that `{{ ten }}` can name them.
    pub fn variables(&mut self, node: &Node) -> Vec<(String, Value)> {
        let NodeKind::Map(entries) = &node.kind else {
            self.wrong_shape(node, "bien", "một nhóm khóa", "Viết mỗi biến một dòng, dạng “tên: giá trị”.");
            return Vec::new();
        };
        let mut out: Vec<(String, Value)> = Vec::new();
        let mut seen: HashSet<&str> = HashSet::new();
        for (key, value) in entries {
            let NodeKind::Scalar(name, _) = &key.kind else {
                self.wrong_shape(key, "Tên biến", "một từ", "Đặt tên biến bằng chữ không dấu, ví dụ don_vi.");
                continue;
            };
            let word = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
                && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
            if !word {
                self.error(
                    &code::KHOA_LA,
                    key.span,
                    format!("“{name}” không dùng làm tên biến được."),
                    "Tên biến gồm chữ không dấu, chữ số và dấu gạch dưới, mở đầu bằng chữ, ví dụ chi_tieu_2026.",
                );
                continue;
            }
            if !seen.insert(name) {
                self.error(
                    &code::YAML_KHOA_TRUNG,
                    key.span,
                    format!("Khóa “{name}” viết hai lần trong cùng một nhóm."),
                    "Giữ một khóa; nếu là hai phần khác nhau, gộp chúng thành một danh sách.",
                );
                continue;
            }
            let value = self.value(value);
            out.push((name.clone(), value));
        }
        out
    }
}
