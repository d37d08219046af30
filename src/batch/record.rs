//! What became of a unit, as the report keeps it.

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Source;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What became of a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Not yet looked at.
    #[default]
    Pending,
    /// Files written.
    Written,
    /// Files of an earlier run, still right.
    Unchanged,
    /// Errors; nothing written.
    Failed,
}

impl Status {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Status::Pending => "chưa làm",
            Status::Written => "đã ghi",
            Status::Unchanged => "giữ nguyên",
            Status::Failed => "có lỗi",
        }
    }
}

/// A file of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Path from the output folder, `/` between names.
    pub path: String,
    /// Extension of its format.
    pub format: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

/// A warning or an error of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// The stable code.
    pub code: String,
    /// One sentence.
    pub message: String,
    /// What to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The file at fault: the plan, an override, the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Line in that file, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Column of that line in characters, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// Where it ends: line and column; not kept in reports.
    #[serde(skip)]
    pub end: Option<(usize, usize)>,
    /// Columns of the list whose values stand at that place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unit_columns: Vec<String>,
    /// The first of them as a cell of a spreadsheet, `C17`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
}

impl Trouble {
    /// A diagnostic with its place spelt out.
    pub fn new(source: Option<&Source>, diagnostic: &Diagnostic) -> Self {
        let place = source.zip(diagnostic.span).map(|(s, span)| (s.name_at(span.start), s.line_col(span.start)));
        Trouble {
            code: diagnostic.code.name.to_owned(),
            message: diagnostic.message.clone(),
            hint: diagnostic.hint.clone(),
            file: place.map(|(name, _)| name.to_owned()),
            line: place.map(|(_, at)| at.line),
            column: place.map(|(_, at)| at.column),
            end: source.zip(diagnostic.span).map(|(s, span)| s.line_col(span.end)).map(|at| (at.line, at.column)),
            unit_columns: Vec::new(),
            cell: None,
        }
    }

    /// The place as an editor takes it.
    pub fn place(&self) -> String {
        match (&self.file, self.line, self.column) {
            (Some(file), Some(line), Some(column)) => format!("{file}:{line}:{column}"),
            (Some(file), Some(line), None) => format!("{file}:{line}"),
            (Some(file), None, _) => file.clone(),
            _ => String::new(),
        }
    }
}

/// What the documents of a unit were made from, each part as a digest; a change of one is a reason to make them anew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// The program's version and the form of its records.
    pub program: String,
    /// The plan's text.
    pub plan: String,
    /// The unit's row and what `--dat` sets.
    pub row: String,
    /// The unit's own fields.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub own: String,
    /// Typst and Word templates.
    pub templates: String,
    /// The fonts.
    pub fonts: String,
    /// Options that change what is written or judged.
    pub options: String,
    /// The files that the plan named, by path.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, String>,
}

/// What became of a unit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Line or row of the list, from 1.
    pub row: usize,
    /// What the unit is called.
    pub unit: String,
    /// Name of its files without extension, from the output folder; empty where none could be made.
    pub name: String,
    /// What became of it.
    pub status: Status,
    /// Its files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileRecord>,
    /// Files of earlier runs that this run did not write: formats that were not asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier_files: Vec<FileRecord>,
    /// Pages; none where no format that has pages was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<usize>,
    /// Words on its pages.
    #[serde(default)]
    pub words: usize,
    /// Warnings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Trouble>,
    /// Errors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Trouble>,
    /// Time that it took, in milliseconds.
    #[serde(default)]
    pub milliseconds: u64,
    /// Thumbnail of its first page, from the output folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumbnail: Option<String>,
    /// What its files were made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<Fingerprint>,
}

impl Record {
    /// Adds what was noticed, with its place; gives whether there was an error.
    pub fn note(&mut self, source: Option<&Source>, diagnostics: &[Diagnostic]) -> bool {
        for diagnostic in diagnostics {
            let trouble = Trouble::new(source, diagnostic);
            match diagnostic.severity {
                Severity::Error => self.errors.push(trouble),
                Severity::Hint => {}
                Severity::Warning => self.warnings.push(trouble),
            }
        }
        !self.errors.is_empty()
    }
}

/// A digest in hexadecimal.
pub fn hex(digest: &[u8]) -> String {
    use std::fmt::Write;
    digest.iter().fold(String::with_capacity(digest.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
