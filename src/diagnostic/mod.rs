//! A problem is data: a code, a severity, a place, one sentence, and what to do about it.

mod codes;

pub use codes::{CODES, Code, code};

use crate::source::Span;
use std::collections::{HashMap, HashSet};

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Better otherwise, by custom or by taste.
    Hint,
    /// Worth a look; the document is made.
    Warning,
    /// The document is not made.
    Error,
}

/// One problem of the user's input.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// The stable code, with its page of explanation.
    pub code: &'static Code,
    /// How bad it is.
    pub severity: Severity,
    /// Where it is; `None` where there is no text to point at (a file that does not exist).
    pub span: Option<Span>,
    /// One sentence in Vietnamese: what is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
    /// What the program can do.
    pub fix: Option<Box<Fix>>,
}

/// A correction that the program can make by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// Places of the source and what is to stand there, from the front; none touches another.
    pub edits: Vec<(Span, String)>,
    /// Whether it changes no number, date, name or legal basis and is right wherever the problem is told.
    pub safe: bool,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: &'static Code, span: Span, message: impl Into<String>) -> Self {
        Diagnostic { code, severity: Severity::Error, span: Some(span), message: message.into(), hint: None, fix: None }
    }

    /// An error without a place.
    pub fn general(code: &'static Code, message: impl Into<String>) -> Self {
        Diagnostic { code, severity: Severity::Error, span: None, message: message.into(), hint: None, fix: None }
    }

    /// A warning at a place.
    pub fn warning(code: &'static Code, span: Span, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, span, message) }
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Whether the document can still be made.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// All problems of one run, in the order found.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    all: Vec<Diagnostic>,
    /// What was said already: the same fault found by two stages is one report.
    seen: HashSet<(&'static str, Option<Span>, String)>,
    /// How many there are of each code; for those above the bound, where the report that counts them stands.
    counts: HashMap<&'static str, (usize, Option<usize>)>,
}

/// How many problems of a code are shown; the rest is counted.
pub const MOST_OF_A_KIND: usize = 200;

impl Diagnostics {
    /// No problems yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let (count, counted) = self.counts.entry(diagnostic.code.name).or_default();
        if *count >= MOST_OF_A_KIND {
            *count += 1;
            let more = *count - MOST_OF_A_KIND;
            let message = format!("Còn {more} chỗ nữa có mã {}, không nêu từng chỗ.", diagnostic.code.name);
            match counted.and_then(|at| self.all.get_mut(at)) {
                Some(report) => {
                    report.message = message;
                    report.severity = report.severity.max(diagnostic.severity);
                }
                None => {
                    *counted = Some(self.all.len());
                    let report =
                        Diagnostic { severity: diagnostic.severity, ..Diagnostic::general(&code::CON_NUA, message) };
                    self.all.push(report.hint("Sửa các chỗ đã nêu rồi chạy lại."));
                }
            }
            return;
        }
        if self.seen.insert((diagnostic.code.name, diagnostic.span, diagnostic.message.clone())) {
            *count += 1;
            self.all.push(diagnostic);
        }
    }

    /// Whether further problems of a code are only counted, so that they need no hint.
    pub fn counts_only(&self, code: &Code) -> bool {
        self.counts.get(code.name).is_some_and(|(count, _)| *count >= MOST_OF_A_KIND)
    }

    /// Adds many.
    pub fn extend(&mut self, more: impl IntoIterator<Item = Diagnostic>) {
        for diagnostic in more {
            self.push(diagnostic);
        }
    }

    /// Whether any of them stops the document.
    pub fn has_errors(&self) -> bool {
        self.all.iter().any(Diagnostic::is_error)
    }

    /// In the order of their places, those without a place first, what is only counted last.
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        self.all.sort_by_key(|d| (d.code == &code::CON_NUA, d.span.map(|s| s.start)));
        self.all
    }

    /// As found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.all.iter()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.into_iter()
    }
}

/// A result together with what was noticed on the way.
#[derive(Clone, Debug)]
pub struct Warned<T> {
    /// The result.
    pub output: T,
    /// What was noticed.
    pub diagnostics: Diagnostics,
}

/// Why the system refused a file, as the end of a sentence.
pub fn io_reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "không có tệp hoặc thư mục này".to_owned(),
        ErrorKind::PermissionDenied => "không có quyền".to_owned(),
        ErrorKind::StorageFull => "ổ đĩa đã đầy".to_owned(),
        ErrorKind::IsADirectory => "đây là một thư mục".to_owned(),
        ErrorKind::NotADirectory => "đường dẫn đi qua một tệp, không phải thư mục".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "ổ đĩa chỉ cho đọc".to_owned(),
        ErrorKind::InvalidFilename => "tên tệp không hợp lệ".to_owned(),
        // Said by ourselves, not by the system.
        ErrorKind::InvalidInput if error.raw_os_error().is_none() && error.get_ref().is_some() => error.to_string(),
        // ELOOP of Linux; std has no stable name for it.
        _ if cfg!(target_os = "linux") && error.raw_os_error() == Some(40) => "các liên kết trỏ vòng".to_owned(),
        _ => format!("hệ thống báo: {error}"),
    }
}

/// The candidate nearest to a word that is not known, if any is near enough to be meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = folded(word);
    let length = folded.chars().count();
    candidates
        .into_iter()
        .map(|c| (c, c.chars().count()))
        .map(|(c, count)| (c, count, (count / 3).clamp(1, 3)))
        // Each letter more or less is one step.
        .filter(|(_, count, most)| count.abs_diff(length) <= *most)
        .map(|(c, _, most)| (strsim::damerau_levenshtein(&folded, c), c, most))
        .filter(|(distance, _, most)| distance <= most)
        .map(|(distance, c, _)| (distance, c))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, c)| c)
}

/// A word as a key would be written: small letters without marks, `_` for blanks and hyphens.
pub fn folded(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;
    let plain: String = word.to_lowercase().nfd().filter(|c| !is_combining_mark(*c)).collect();
    plain.replace('đ', "d").replace(['-', ' '], "_")
}
