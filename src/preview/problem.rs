//! A problem as the page shows it: with its place in the texts of the source pane, where it has one.

use crate::batch::Trouble;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Source;
use serde::Serialize;

/// A problem.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Problem {
    /// `error` or `warning`.
    pub severity: &'static str,
    /// The stable code.
    pub code: String,
    /// The file at fault.
    pub file: Option<String>,
    /// Which text of the source pane it is in, from 0.
    pub source: Option<usize>,
    /// Line, from 1.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
    /// Line of its end.
    pub end_line: Option<usize>,
    /// Column of its end, excluded.
    pub end_column: Option<usize>,
    /// Cell of a spreadsheet.
    pub cell: Option<String>,
    /// One sentence.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

impl Problem {
    /// A diagnostic in some texts.
    pub fn new(source: Option<&Source>, diagnostic: &Diagnostic) -> Self {
        Problem::of(&Trouble::new(source, diagnostic), diagnostic.severity, source)
    }

    /// What a batch would report, beside the texts that are shown.
    pub fn of(trouble: &Trouble, severity: Severity, source: Option<&Source>) -> Self {
        let shown = source.zip(trouble.file.as_deref().zip(trouble.line)).and_then(|(source, (file, line))| {
            let holds = |(name, first, text): &(&str, usize, &str)| {
                *name == file && (*first..=*first + text.matches('\n').count()).contains(&line)
            };
            source.files().iter().position(holds)
        });
        Problem {
            severity: if severity == Severity::Error { "error" } else { "warning" },
            code: trouble.code.clone(),
            file: trouble.file.clone(),
            source: shown,
            line: trouble.line,
            column: trouble.column,
            end_line: trouble.end.map(|e| e.0),
            end_column: trouble.end.map(|e| e.1),
            cell: trouble.cell.clone(),
            message: trouble.message.clone(),
            hint: trouble.hint.clone(),
        }
    }

    /// Whether it stops the document.
    pub fn is_error(&self) -> bool {
        self.severity == "error"
    }

    /// In one line, for a terminal.
    pub fn line(&self) -> String {
        let place = match (&self.file, self.line, self.column) {
            (Some(file), Some(line), Some(column)) => format!("{file}:{line}:{column}: "),
            (Some(file), Some(line), None) => format!("{file}:{line}: "),
            (Some(file), None, _) => format!("{file}: "),
            _ => String::new(),
        };
        let word = if self.is_error() { "lỗi" } else { "cảnh báo" };
        let hint = self.hint.as_ref().map(|h| format!(" {h}")).unwrap_or_default();
        format!("{place}{word}[{}]: {}{hint}", self.code, self.message)
    }
}
