//! A rule is data: what it is called, where the decree says it, how bad a breach is, where it looks.

use super::findings::Findings;
pub use super::findings::FixKind;
use super::pages::Pages;
use super::subject::Subject;
use super::text::Text;
use crate::diagnostic::{Code, Severity};

/// A rule of presentation that a program can judge.
#[derive(Debug)]
pub struct Rule {
    /// Name, title, clause and page.
    pub code: Code,
    /// How bad a breach is: an error contradicts the words of the decree, a warning is a likely slip, a hint is custom.
    pub level: Severity,
    /// Whether it runs unasked; a rule of an office's taste does not.
    pub on: bool,
    /// What its corrections may be trusted with.
    pub fix: FixKind,
    /// Where it looks.
    pub look: Look,
}

/// Where a rule looks.
#[derive(Clone, Copy, Debug)]
pub enum Look {
    /// At each text by itself.
    Text(fn(&Text<'_>, &mut Findings<'_>)),
    /// At the whole document.
    Document(fn(&Subject<'_>, &mut Findings<'_>)),
    /// At the laid-out pages.
    Page(fn(&Pages, &mut Findings<'_>)),
}

impl Look {
    /// The layer in a word.
    pub fn name(self) -> &'static str {
        match self {
            Look::Text(_) => "chữ",
            Look::Document(_) => "văn bản",
            Look::Page(_) => "trang in",
        }
    }
}
