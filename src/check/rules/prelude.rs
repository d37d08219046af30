//! What a rule needs.

pub(super) use crate::check::findings::Findings;
pub(super) use crate::check::pages::Pages;
pub(super) use crate::check::phrases::{Names, Pairs, Phrases};
pub(super) use crate::check::rule::{FixKind, Look, Rule};
pub(super) use crate::check::subject::Subject;
pub(super) use crate::check::text::{Next, Place, Text};
pub(super) use crate::diagnostic::{Code, Severity};
pub(super) use crate::draft::Part;
pub(super) use std::ops::Range;
pub(super) use std::sync::LazyLock;

/// Declares the rule of a file: name, title, clause, level, what its corrections may be trusted with, where it looks; `off`
/// where it runs only if asked for.
macro_rules! rule {
    ($name:literal, $title:literal, $clause:expr, $level:ident, $fix:ident, $layer:ident($look:expr)) => {
        rule!(@ $name, $title, $clause, $level, $fix, $layer($look), true);
    };
    ($name:literal, $title:literal, $clause:expr, $level:ident, $fix:ident, $layer:ident($look:expr), off) => {
        rule!(@ $name, $title, $clause, $level, $fix, $layer($look), false);
    };
    (@ $name:literal, $title:literal, $clause:expr, $level:ident, $fix:ident, $layer:ident($look:expr), $on:literal) => {
        pub static RULE: Rule = Rule {
            code: Code {
                name: $name,
                title: $title,
                clause: $clause,
                page: include_str!(concat!("../../../docs/ma/", $name, ".md")),
            },
            level: Severity::$level,
            on: $on,
            fix: FixKind::$fix,
            look: Look::$layer($look),
        };
    };
}
pub(super) use rule;
