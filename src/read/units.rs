//! A list of units, one document each: rows of a CSV or XLSX file, or entries of a YAML or JSON file.

mod book;
mod entries;
mod headings;
mod layout;
mod propose;
mod sort_out;
mod table;

pub use headings::fold;
pub use propose::Proposal;

use super::Override;
use crate::diagnostic::{Diagnostic, code};
use crate::draft::{DanhSach, Value};
use crate::source::Source;

/// Largest list accepted, in bytes.
pub const MAX_LIST: u64 = 64 << 20;

/// The column or key that overrides fields of the plan.
pub const OWN: &str = "ghi_de";

/// A list of units.
#[derive(Debug, Default)]
pub struct Units {
    /// Name of the file, as the user gave it.
    pub name: String,
    /// What the units give, in the order of the file.
    pub columns: Vec<Column>,
    /// The units, in the order of the file.
    pub units: Vec<Unit>,
}

/// A variable that the list gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its dotted name.
    pub name: String,
    /// The column's letters in a spreadsheet; a YAML or JSON list has none.
    pub letters: Option<String>,
    /// The heading in the file, where it is not the name itself.
    pub title: Option<String>,
}

/// What a list is read for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// The sheet of a workbook, from the command line; it goes before the plan's.
    pub sheet: Option<&'a str>,
    /// The plan's `danh_sach`.
    pub layout: Option<&'a DanhSach>,
    /// The variables that the plan uses, and whether it can do without each.
    pub wanted: &'a [(String, bool)],
    /// The plan's text, for what is wrong with its `danh_sach`.
    pub plan: Option<&'a Source>,
}

impl Asked<'_> {
    /// Whether the plan uses a variable, or the group that it is in.
    pub fn uses(&self, name: &str) -> bool {
        let under = |a: &str, b: &str| a.strip_prefix(b).is_some_and(|rest| rest.starts_with('.'));
        self.wanted.iter().any(|(wanted, _)| wanted == name || under(name, wanted) || under(wanted, name))
    }
}

/// A unit.
#[derive(Debug)]
pub struct Unit {
    /// The line or row of the file, from 1.
    pub line: usize,
    /// What it gives, by dotted name; what is empty is not there.
    pub variables: Vec<(String, Value)>,
    /// Fields of the plan that it has of its own.
    pub own: Own,
    /// What is wrong with the row itself.
    pub faults: Vec<Fault>,
}

/// A unit's own fields of the plan.
#[derive(Debug)]
pub enum Own {
    /// None.
    Nothing,
    /// Typed in the list.
    Typed(Override),
    /// In a file, beside the list.
    File(String),
}

/// Something wrong in one row.
#[derive(Clone, Debug)]
pub struct Fault {
    /// The column, where it is in one.
    pub column: Option<Column>,
    /// What is wrong.
    pub diagnostic: Diagnostic,
}

/// What reading a list gives.
#[derive(Default)]
pub struct Listed {
    /// The text, for reports; only YAML and JSON lists have one.
    pub source: Option<Source>,
    /// The list; none where it cannot be used at all.
    pub units: Option<Units>,
    /// What is wrong with the list as a whole, and warnings.
    pub diagnostics: Vec<Diagnostic>,
    /// What was left out, and what else is good to know: never a reason to stop.
    pub notes: Vec<Diagnostic>,
    /// The units were read by a guess at the headings, which the user has to confirm.
    pub proposal: Option<Proposal>,
}

/// Reads a list; its kind is known by the extension of `name`.
pub fn read(name: &str, bytes: &[u8], asked: &Asked<'_>) -> Listed {
    let lower = name.to_lowercase();
    let listed = if [".csv", ".xlsx", ".xls"].iter().any(|end| lower.ends_with(end)) {
        table::read(name, bytes, asked)
    } else if lower.ends_with(".yaml") || lower.ends_with(".yml") || lower.ends_with(".json") {
        entries::read(name, bytes)
    } else {
        unusable(
            format!("Danh sách đơn vị {name} không phải là tệp .csv, .xlsx, .xls, .yaml hay .json."),
            "Lưu danh sách thành một trong các loại tệp này.",
        )
    };
    match listed.units {
        Some(units) if units.units.is_empty() => {
            let empty =
                unusable(format!("Danh sách {name} không có đơn vị nào."), "Mỗi đơn vị là một dòng dưới dòng tên cột.");
            Listed { notes: listed.notes, ..empty }
        }
        units => Listed { units, ..listed },
    }
}

/// An override in a file of its own, which a list names.
pub fn read_override(name: &str, bytes: &[u8]) -> (Option<Source>, Result<Override, Vec<Diagnostic>>) {
    entries::own_file(name, bytes)
}

fn unusable(message: String, hint: &str) -> Listed {
    let problem = Diagnostic::general(&code::DANH_SACH_SAI, message).hint(hint);
    Listed { diagnostics: vec![problem], ..Listed::default() }
}

/// Most parts of a dotted name, and most letters.
const MAX_NAME: (usize, usize) = (16, 200);

/// Whether a dotted name can be used in `{{ … }}`.
pub fn is_name(name: &str) -> bool {
    let word = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    name.len() <= MAX_NAME.1 && name.split('.').count() <= MAX_NAME.0 && name.split('.').all(word)
}

/// A name that is also a group of names: `don_vi` beside `don_vi.ten`.
fn group_clash(names: &[&str]) -> Option<(String, String)> {
    let mut sorted = names.to_vec();
    // No sign of a name sorts before the dot, so what is in a group stands right behind the group's name.
    sorted.sort_unstable();
    let inside = |pair: &&[&str]| pair[1].strip_prefix(pair[0]).is_some_and(|rest| rest.starts_with('.'));
    sorted.windows(2).find(inside).map(|pair| (pair[0].to_owned(), pair[1].to_owned()))
}

/// The value of a cell as shown. It is a number only when it prints as shown and cannot be a number with dots between
/// its thousands (`1.234`).
fn cell_value(text: &str) -> Value {
    let thousands = text.split_once('.').is_some_and(|(_, rest)| rest.len() == 3);
    match super::values::scalar(text) {
        Value::Decimal(_) if thousands => Value::Text(text.to_owned()),
        // `true` and `null` in a cell are words.
        Value::Bool(_) | Value::Empty => Value::Text(text.to_owned()),
        value => value,
    }
}
