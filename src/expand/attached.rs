//! Texts that are issued with a decision: those in files of their own have variables of their own.

use super::needs::lookup;
use super::{Engine, Expander, set_all, variables};
use crate::diagnostic::{Diagnostic, code};
use crate::document::Document;
use crate::draft::{Draft, Value};
use crate::source::Span;

/// What texts in files of their own get on top of their own variables: those that a unit's own fields give, then those of
/// the list.
pub fn on_top(draft: &Draft, variables: &[(String, Value)]) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    set_all(&mut all, leaves(&draft.given));
    set_all(&mut all, variables.iter().cloned());
    leaves(&all)
}

/// The values in groups of groups, by dotted names.
fn leaves(values: &[(String, Value)]) -> Vec<(String, Value)> {
    let mut out = Vec::new();
    for (name, value) in values {
        match value {
            Value::Map(inner) if !inner.is_empty() => {
                out.extend(leaves(inner).into_iter().map(|(tail, value)| (format!("{name}.{tail}"), value)));
            }
            value => out.push((name.clone(), value.clone())),
        }
    }
    out
}

/// Whether two values print alike: `2026` and `"2026"` do.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Text(text), number) | (number, Value::Text(text)) if !matches!(number, Value::Text(_)) => {
            *text == number.in_short()
        }
        _ => a == b,
    }
}

impl Expander<'_> {
    pub(super) fn attached(&mut self, decision: &Draft, attached: &Draft) -> Option<Document> {
        // A text of its own: where it begins, nothing is astray yet.
        self.astray = None;
        let Some(tep) = attached.of_file else { return self.document(attached) };
        let own = variables(attached, &self.on_top);
        self.differing(decision, &own, tep);
        let outer = std::mem::replace(&mut self.engine, Engine::new(&own, self.traced));
        let document = self.document(attached);
        self.engine = outer;
        document
    }

    /// A name that means one thing in the decision and another in the file: both are printed, which may be a slip.
    fn differing(&mut self, decision: &Draft, own: &[(String, Value)], tep: Span) {
        for (name, value) in leaves(&variables(decision, &self.on_top)) {
            let Some(other) = lookup(own, &name).filter(|other| !same(other, &value)) else { continue };
            let message = format!(
                "Biến “{name}” là “{}” ở kế hoạch này, là “{}” ở tệp kèm theo.",
                value.in_short(),
                other.in_short()
            );
            self.diagnostics.push(Diagnostic::warning(&code::KEM_THEO_KHAC, tep, message).hint(
                "Mỗi tệp in giá trị ở khóa bien của mình. Ghi cùng một giá trị; hai chuyện khác nhau thì đặt hai tên.",
            ));
        }
    }
}
