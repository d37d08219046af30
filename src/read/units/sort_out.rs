//! Which rows of a list are units: totals, names of groups, hidden rows are not, and each is told.

use super::book::Page;
use super::headings::numbers_columns;
use crate::diagnostic::{Diagnostic, Severity, code};
use crate::draft::Pick;
use crate::read::grid::Row;
use std::collections::BTreeSet;

/// Most rows that one note names.
const MAX_NAMED: usize = 12;

/// What is left out, by its reason.
#[derive(Default)]
struct Left {
    above: Vec<usize>,
    numbers: Vec<usize>,
    totals: Vec<usize>,
    groups: Vec<usize>,
    hidden: Vec<usize>,
    unused: Vec<usize>,
}

/// What the columns are for.
pub struct Columns<'c> {
    /// Those that give a variable or an override.
    pub used: &'c [usize],
    /// Those of them that the plan cannot do without, the unit's name first.
    pub needed: &'c [usize],
    /// The plan itself says which row has the headings.
    pub said: bool,
}

/// The rows that are units, and what is said of the others.
pub fn units(
    page: &mut Page,
    (first, last): (usize, usize),
    columns: &Columns<'_>,
    leave: &[Pick],
    keep: &[Pick],
) -> (Vec<Row>, Vec<Diagnostic>) {
    let mut left = Left::default();
    let numbered = numbered_column(page, last);
    let lonely = lonely(page, last);
    let spread = page.spread(last);
    let mut out = Vec::new();
    let mut suspicious = Vec::new();
    for (number, cells) in std::mem::take(&mut page.rows) {
        let picked = |picks: &[Pick]| picks.iter().any(|p| matches_row(p, number, &cells));
        if number > last && picked(leave) {
            continue;
        }
        let has = |c: &usize| cells.get(*c).is_some_and(|t| !t.trim().is_empty());
        let left_out = if number <= last {
            Some(&mut left.above)
        } else if picked(keep) {
            None
        } else if page.shape.hidden.contains(&number) {
            Some(&mut left.hidden)
        } else if out.is_empty() && left.numbers.is_empty() && numbers_columns(&cells) {
            Some(&mut left.numbers)
        } else if is_total(&cells) {
            Some(&mut left.totals)
        } else if lonely.contains(&number) || numbered.is_some_and(|c| is_group_mark(cells.get(c))) {
            Some(&mut left.groups)
        } else if !columns.used.iter().any(has) {
            // More cells than headings is a fault of the row, told with it.
            Some(&mut left.unused)
        } else {
            if let [name, rest @ ..] = columns.needed
                && !rest.is_empty()
                && has(name)
                && !rest.iter().any(has)
            {
                suspicious.push(number);
            }
            None
        };
        match left_out {
            Some(rows) => rows.push(number),
            None => out.push((number, cells)),
        }
    }
    // The headings themselves are no loss, nor is what the plan says stands above them.
    left.above.retain(|n| *n < first && !columns.said);
    let mut notes = left.notes();
    if spread.is_none() {
        notes.push(note(
            "Có quá nhiều ô gộp, nên ô gộp chỉ có giá trị ở hàng đầu của nó.".into(),
            "Bỏ gộp ô trong tệp.",
        ));
    }
    notes.extend(Some(suspicious).filter(|s| !s.is_empty()).map(|s| told(&s)));
    (out, notes)
}

/// Rows below `last` with one cell of their own, where others have more: names of groups. Counted before merged cells are
/// spread.
fn lonely(page: &Page, last: usize) -> BTreeSet<usize> {
    let filled: Vec<(usize, usize)> =
        page.rows.iter().map(|(n, c)| (*n, count(c))).filter(|(n, _)| *n > last).collect();
    let mut usual: Vec<usize> = filled.iter().map(|(_, c)| *c).collect();
    usual.sort_unstable();
    // Names of groups may be many: what fuller rows have is the measure.
    let usual = usual.get(usual.len() * 3 / 4).copied().unwrap_or(0);
    filled.iter().filter(|(_, c)| *c == 1 && usual > 2).map(|(n, _)| *n).collect()
}

/// Rows that have the name of a unit and nothing else that the plan needs.
fn told(suspicious: &[usize]) -> Diagnostic {
    let message = format!("{} có tên đơn vị mà các ô khác kế hoạch cần đều trống.", rows(suspicious, true));
    let warning = Diagnostic { severity: Severity::Warning, ..Diagnostic::general(&code::HANG_DANG_NGO, message) };
    warning.hint("Điền các ô còn thiếu; hàng không phải đơn vị thì ghi số hàng vào danh_sach.bo_hang của kế hoạch.")
}

impl Left {
    fn notes(self) -> Vec<Diagnostic> {
        let keep = "Hàng nào vẫn là đơn vị thì ghi số hàng vào danh_sach.lay_hang của kế hoạch.";
        let said = [
            (
                &self.above,
                "đứng trên hàng tiêu đề của các cột",
                "Hàng tiêu đề khác thì ghi số hàng vào danh_sach.hang_tieu_de của kế hoạch.",
            ),
            (&self.numbers, "chỉ đánh số các cột", keep),
            (&self.totals, "là hàng tổng cộng", keep),
            (&self.groups, "là tên nhóm hoặc dòng ghi chú, không phải đơn vị", keep),
            (
                &self.hidden,
                "đang bị ẩn trong bảng tính",
                "Bỏ ẩn hàng trong Excel nếu cần làm, hoặc ghi số hàng vào danh_sach.lay_hang.",
            ),
            (&self.unused, "không có ô nào ở các cột được dùng", keep),
        ];
        let notes = said.into_iter().filter(|(which, ..)| !which.is_empty());
        notes.map(|(which, why, hint)| note(format!("Bỏ qua {}: {why}.", rows(which, false)), hint)).collect()
    }
}

fn note(message: String, hint: &str) -> Diagnostic {
    Diagnostic { severity: Severity::Warning, ..Diagnostic::general(&code::HANG_BO_QUA, message) }.hint(hint)
}

/// `hàng 3, 5 và 9`; of many the first ones and their number.
fn rows(numbers: &[usize], capital: bool) -> String {
    let named: Vec<String> = numbers.iter().take(MAX_NAMED).map(ToString::to_string).collect();
    let word = if capital { "Hàng" } else { "hàng" };
    match numbers.len() {
        n if n > MAX_NAMED => format!("{n} {} ({}…)", word.to_lowercase(), named.join(", ")),
        _ => format!("{word} {}", named.join(", ")),
    }
}

fn count(cells: &[String]) -> usize {
    cells.iter().filter(|c| !c.trim().is_empty()).count()
}

fn matches_row(pick: &Pick, number: usize, cells: &[String]) -> bool {
    match pick {
        Pick::Rows(first, last) => (*first..=*last).contains(&number),
        Pick::Text(text) => {
            let wanted = super::headings::one_line(text).to_lowercase();
            cells.iter().any(|c| super::headings::one_line(c).to_lowercase() == wanted)
        }
    }
}

/// Whether a row sums up others: its first cell with letters says so. A row with a number of its own in front is a unit
/// (`Tổng cục …` is none of these words anyhow).
fn is_total(cells: &[String]) -> bool {
    let Some(first) = cells.iter().map(|c| c.trim()).find(|c| !c.is_empty()) else { return false };
    let text = first.to_lowercase();
    ["tổng cộng", "tổng số", "cộng", "tổng"].iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| {
            let rest = rest.trim_start();
            let whole = rest.is_empty() || rest.starts_with([':', '.', '(', '-', '–', ';']);
            // `Tổng cộng toàn tỉnh`, but not `Cộng Hòa` or `Tổng cục`.
            whole || matches!(*word, "tổng cộng" | "tổng số")
        })
    })
}

/// The first column whose cells are mostly whole numbers: `STT`.
fn numbered_column(page: &Page, last: usize) -> Option<usize> {
    let rows = || page.rows.iter().filter(|(n, _)| *n > last);
    (0..3).find(|column| {
        let cells = || rows().filter_map(|(_, cells)| cells.get(*column)).filter(|c| !c.trim().is_empty());
        let whole = cells().filter(|c| c.trim().trim_end_matches('.').parse::<u32>().is_ok()).count();
        whole > 1 && whole * 2 > cells().count()
    })
}

/// `I`, `IV.`, `A`: marks of groups where units have numbers.
fn is_group_mark(cell: Option<&String>) -> bool {
    let mark = cell.map_or("", |c| c.trim().trim_end_matches(['.', ')']));
    let roman = mark.len() <= 6 && mark.bytes().all(|b| b"IVXLC".contains(&b));
    !mark.is_empty() && (roman || (mark.len() == 1 && mark.bytes().all(|b| b.is_ascii_uppercase())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(row: &[&str]) -> Vec<String> {
        row.iter().map(|c| (*c).to_owned()).collect()
    }

    #[test]
    fn totals_are_told_from_names() {
        for row in
            [&["", "Tổng cộng"][..], &["TỔNG CỘNG:", "5"], &["Cộng"], &["Tổng số: 12 đơn vị"], &["Tổng", "", "9"]]
        {
            assert!(is_total(&cells(row)), "{row:?}");
        }
        for row in [
            &["Tổng công ty Cấp nước"][..],
            &["Phường Cộng Hòa"],
            &["Cộng Hòa"],
            &["3", "Tổng cộng"],
            &["Tổng cục Thuế"],
        ] {
            assert!(!is_total(&cells(row)), "{row:?}");
        }
    }

    #[test]
    fn rows_that_number_columns() {
        for row in [&["(1)", "(2)", "(3)"][..], &["A", "B", "1", "2"], &["1", "2", "3=1+2"]] {
            assert!(numbers_columns(&cells(row)), "{row:?}");
        }
        for row in [&["1", "Xã A", "3"][..], &["1", "2"], &["4", "2", "3"], &["1", "1200", "3"]] {
            assert!(!numbers_columns(&cells(row)), "{row:?}");
        }
    }
}
