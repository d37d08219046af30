//! A `danh_sach` for a plan that has none, from what the headings of a list mean.

use super::headings::{Block, Meaning};
use crate::read::grid;
use std::fmt::Write;

/// Most pairs of a sentence.
const MAX_SAID: usize = 8;

/// A guess at how a list looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The sheet, where the workbook has several.
    pub sheet: Option<String>,
    /// First and last row of the headings.
    pub rows: (usize, usize),
    /// Heading and variable.
    pub columns: Vec<(String, String)>,
    /// Heading and variable that resemble each other, no more.
    pub doubtful: Vec<(String, String)>,
}

impl Proposal {
    /// What was found in a block.
    pub fn new(sheet: Option<String>, block: &Block, meaning: &Meaning) -> Self {
        let heading = |column: usize| {
            let text = block.columns.get(column).cloned().unwrap_or_default();
            // Two columns of one heading are told by their letters.
            let once = super::headings::named(block, &text) == [column];
            if once { text } else { format!("cột {}", grid::letters(column)) }
        };
        let pairs = |list: &[(usize, String)]| list.iter().map(|(c, v)| (heading(*c), v.clone())).collect();
        Proposal { sheet, rows: block.rows, columns: pairs(&meaning.sure), doubtful: pairs(&meaning.doubtful) }
    }

    /// The key as it is written in a plan, with a line end after each line.
    pub fn yaml(&self, list: &str) -> String {
        let mut out =
            format!("# Cột nào của danh sách {} cho biến nào.\ndanh_sach:\n", super::headings::one_line(list));
        if let Some(sheet) = &self.sheet {
            let _ = writeln!(out, "  trang: {}", quoted(sheet));
        }
        let _ = match self.rows {
            (first, last) if first == last => writeln!(out, "  hang_tieu_de: {first}"),
            (first, last) => writeln!(out, "  hang_tieu_de: [{first}, {last}]"),
        };
        out.push_str("  cot:\n");
        for (heading, variable) in &self.columns {
            let _ = writeln!(out, "    {}: {variable}", quoted(heading));
        }
        if !self.doubtful.is_empty() {
            out.push_str("    # Chưa chắc; đúng thì bỏ dấu # ở đầu dòng:\n");
            for (heading, variable) in &self.doubtful {
                let _ = writeln!(out, "    # {}: {variable}", quoted(heading));
            }
        }
        out
    }

    /// Whether every heading is the variable itself: then only the sheet was guessed.
    pub fn is_exact(&self) -> bool {
        self.columns.iter().all(|(heading, variable)| heading == variable)
    }

    /// The mapping in a sentence.
    pub fn in_words(&self) -> String {
        let pair = |(heading, variable): &(String, String)| {
            if heading == variable { variable.clone() } else { format!("“{heading}” → {variable}") }
        };
        let more = if self.columns.len() > MAX_SAID { "…" } else { "" };
        self.columns.iter().take(MAX_SAID).map(pair).collect::<Vec<_>>().join(", ") + more
    }
}

/// A text in the quotes of JSON, which YAML reads alike.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
