//! Paragraphs and rows that came, went or moved: whole lines of the plan.

use super::edits::without_added;
use super::units::{Text, Unit};
use super::{Comparison, ELSEWHERE, NO_PLACE, Proposal, SHARED, What};
use crate::import::yaml;
use std::ops::Range;

/// How a line of the plan holds what it prints.
enum Holds {
    /// A line of outline text, with the blanks before it.
    Outline(String),
    /// A member of a list: what stands before its value.
    Member(String),
    /// A row between bars.
    Bars(String),
    /// A row between brackets.
    Brackets(String),
    /// A row whose cells are members of a list.
    Cells(String),
}

impl Comparison<'_> {
    pub(super) fn added(&self, new: usize, near: (Option<usize>, usize), out: &mut Proposal) {
        let change = self.change(What::Added, None, Some(new));
        match self.place(new, near) {
            Some((at, line, model)) => {
                let Some(text) = self.written(&self.file.units[new], &line, model) else {
                    return self.refuse(out, NO_PLACE, change);
                };
                let change = super::Change { line: Some(self.source.line_col(at).line), ..change };
                self.insert(out, at, text, change, &self.file.units[new]);
            }
            None => self.refuse(out, NO_PLACE, change),
        }
    }

    /// A line behind another place; two at one place keep their order, as the edits do.
    fn insert(&self, out: &mut Proposal, at: usize, text: String, change: super::Change, unit: &Unit) {
        let before = &self.source.text[..at];
        let line = if before.is_empty() || before.ends_with('\n') { format!("{text}\n") } else { format!("\n{text}") };
        self.accept(out, vec![(at..at, line)], change, Some(unit));
    }

    /// Units that are gone, all or none of them: rows of a table without their heading would be another table.
    pub(super) fn removed(&self, run: &[usize], out: &mut Proposal) {
        let lines: Vec<_> = run.iter().map(|i| self.lines_of(*i)).collect();
        let refused = lines.iter().find_map(|l| l.as_ref().err().copied());
        for (old, line) in run.iter().zip(lines) {
            let change = self.change(What::Removed, Some(*old), None);
            match (refused, line) {
                (None, Ok(range)) => self.accept(out, vec![(range, String::new())], change, Some(&self.old[*old])),
                (why, _) => self.refuse(out, why.unwrap_or(NO_PLACE), change),
            }
        }
    }

    pub(super) fn moved(&self, old: usize, new: usize, near: (Option<usize>, usize), out: &mut Proposal) {
        let change = self.change(What::Moved, Some(old), Some(new));
        let Ok(range) = self.lines_of(old) else { return self.refuse(out, NO_PLACE, change) };
        // The line of a key has its place.
        if is_key(&self.source.text[range.clone()]) && !self.old[old].row {
            return self.refuse(out, NO_PLACE, change);
        }
        let Some((at, holds, _)) = self.place(new, near) else { return self.refuse(out, NO_PLACE, change) };
        let text = self.source.text[range.clone()].trim_end_matches('\n');
        let text = match (&holds, self.holds(old)) {
            (Holds::Outline(to), Some(Holds::Outline(from))) => {
                let line = |l: &str| format!("{to}{}", l.strip_prefix(from.as_str()).unwrap_or(l.trim_start()));
                text.lines().map(line).collect::<Vec<_>>().join("\n")
            }
            _ => text.to_owned(),
        };
        let line = if self.source.text[..at].ends_with('\n') { format!("{text}\n") } else { format!("\n{text}") };
        self.accept(out, vec![(range, String::new()), (at..at, line)], change, None);
    }

    /// Whole lines that print a unit and nothing else, with their line end.
    fn lines_of(&self, old: usize) -> Result<Range<usize>, &'static str> {
        let places: Vec<usize> = self.old[old].typed().collect();
        let (Some(first), Some(last)) = (places.iter().min(), places.iter().max()) else { return Err(super::PROGRAM) };
        if self.source.file_at(*last) > 0 {
            return Err(ELSEWHERE);
        }
        let text = &self.source.text;
        let start = text[..*first].rfind('\n').map_or(0, |at| at + 1);
        let mut end = text[*last..].find('\n').map_or(text.len(), |at| last + at + 1);
        let member = text[start..].trim_start_matches(' ').starts_with("- ");
        if member && self.old[old].cells.iter().flatten().any(|t| t.chars.first().is_some_and(|c| c.1 != Some(start))) {
            end = self.member_end(start, end);
        }
        let shared = |start: usize, end: usize| {
            self.old.iter().enumerate().any(|(i, unit)| i != old && unit.typed().any(|at| (start..end).contains(&at)))
        };
        if shared(start, end) {
            return Err(SHARED);
        }
        // `- khoan: >-` with the text below it: the line of the sign goes with it.
        if let Some(head) = self.head_of_text(start)
            && !shared(head, self.member_end(head, end))
        {
            return Ok(head..self.member_end(head, end));
        }
        // The line of dashes below the heading of a table of bars.
        let ruled = text[end..].lines().next().is_some_and(|l| {
            l.trim().starts_with('|') && l.contains("--") && l.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
        });
        if ruled && self.old[old].row {
            end = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
        }
        let lead = text[start..*first].trim();
        let alone = lead.chars().all(|c| matches!(c, '-' | '"' | '\'' | '*' | '_' | '|' | '[' | ' '));
        let key =
            lead.ends_with(':') || lead.rsplit_once(':').is_some_and(|(_, v)| v.trim().trim_matches('"').is_empty());
        if alone || key || self.old[old].row && member { Ok(start..end) } else { Err(NO_PLACE) }
    }

    /// The line before, where it is a key whose text stands below it.
    fn head_of_text(&self, start: usize) -> Option<usize> {
        let before = self.source.text[..start].strip_suffix('\n')?;
        let head = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before[head..].trim_end();
        let sign = [">-", "|-", ">", "|"].iter().any(|sign| line.ends_with(&format!(": {sign}")));
        (sign && line.trim_start().starts_with("- ")).then_some(head)
    }

    /// Where the member of a list ends that begins at a line: lines that stand deeper are its own.
    fn member_end(&self, start: usize, from: usize) -> usize {
        let depth = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let own = depth(&self.source.text[start..]);
        let mut end = from;
        for line in self.source.text[from..].split_inclusive('\n') {
            if line.trim().is_empty() || depth(line) <= own || line.trim_start().starts_with('#') {
                break;
            }
            end += line.len();
        }
        end
    }

    /// Where a new unit goes: behind the unit before it, or before the one behind it; with how the line there is made.
    fn place(&self, new: usize, (last, next): (Option<usize>, usize)) -> Option<(usize, Holds, &Unit)> {
        let unit = &self.file.units[new];
        let fits = |i: &usize| self.old.get(*i).is_some_and(|u| u.row == unit.row);
        let begins = |i: usize| self.old[i].key.chars().next() == unit.key.chars().next();
        let before = last.filter(fits).and_then(|i| self.behind(i).map(|p| (i, p)));
        let after = Some(next).filter(fits).and_then(|i| self.ahead(i).map(|p| (i, p)));
        let chosen = match (before, after) {
            (Some(b), Some(a)) if !begins(b.0) && begins(a.0) => Some(a),
            (Some(b), _) => Some(b),
            (None, a) => a,
        };
        chosen.map(|(i, (at, holds))| (at, holds, &self.old[i]))
    }

    /// Behind the last line of a unit.
    fn behind(&self, i: usize) -> Option<(usize, Holds)> {
        let at = self.old[i].typed().max().filter(|at| self.source.file_at(*at) == 0)?;
        let end = self.source.text[at..].find('\n').map_or(self.source.text.len(), |n| at + n);
        let whole = self.lines_of(i).map(|range| range.end).unwrap_or_default();
        let end = if whole > end && self.source.text[..whole].ends_with('\n') { whole - 1 } else { end };
        Some((end, self.holds(i)?))
    }

    /// Before the first line of a unit.
    fn ahead(&self, i: usize) -> Option<(usize, Holds)> {
        let at = self.old[i].typed().min().filter(|at| self.source.file_at(*at) == 0)?;
        Some((self.source.text[..at].rfind('\n').map_or(0, |n| n + 1), self.holds(i)?))
    }

    fn holds(&self, i: usize) -> Option<Holds> {
        let first = self.old[i].typed().min()?;
        let text = &self.source.text;
        let start = text[..first].rfind('\n').map_or(0, |at| at + 1);
        let line = text[start..].lines().next().unwrap_or_default();
        let lead = &text[start..first];
        let indent: String = line.chars().take_while(|c| *c == ' ').collect();
        let inner = lead.trim();
        if self.old[i].row {
            return if line.trim_start().starts_with('|') {
                Some(Holds::Bars(indent))
            } else if inner.starts_with("- [") {
                Some(Holds::Brackets(format!("{indent}- ")))
            } else if inner.starts_with("- -") {
                Some(Holds::Cells(indent))
            } else {
                None
            };
        }
        match inner.trim_end_matches(['*', '_', '"', '\'']) {
            "" => Some(Holds::Outline(indent)),
            "-" => Some(Holds::Member(format!("{indent}- "))),
            // `- diem: …`: the program prints the number.
            key if key.starts_with("- ") && key.ends_with(':') && !key.contains(['{', '[', '"']) => {
                Some(Holds::Member(format!("{indent}{key} ")))
            }
            _ => None,
        }
    }

    /// A unit of the file as lines of the plan.
    fn written(&self, unit: &Unit, holds: &Holds, model: &Unit) -> Option<String> {
        let cell = |texts: &Vec<Text>| texts.iter().filter_map(|t| self.in_marks(t, true)).collect::<Vec<_>>();
        match holds {
            Holds::Outline(indent) => Some(format!("{indent}{}", self.in_marks(unit.cells.first()?.first()?, false)?)),
            Holds::Member(lead) => {
                let text = self.in_marks(unit.cells.first()?.first()?, true)?;
                let like = model.cells.first().and_then(|c| c.first())?;
                Some(format!("{lead}{}", yaml::scalar(&without_added(&text, like))))
            }
            Holds::Bars(indent) => {
                let cells: Vec<String> = unit.cells.iter().map(|c| cell(c).join(" ").replace('|', "\\|")).collect();
                Some(format!("{indent}| {} |", cells.join(" | ")))
            }
            Holds::Brackets(lead) => {
                let cells: Vec<String> = unit.cells.iter().map(|c| yaml::cell(&cell(c))).collect();
                Some(format!("{lead}[{}]", cells.join(", ")))
            }
            Holds::Cells(indent) => {
                let cells: Vec<String> = unit.cells.iter().map(|c| yaml::cell(&cell(c))).collect();
                Some(format!("{indent}- - {}", cells.join(&format!("\n{indent}  - "))))
            }
        }
    }

    /// A row on a line of its own written anew: a cell got its first words, or lost its last.
    pub(super) fn row_again(&self, old: &Unit, new: &Unit) -> Option<(Range<usize>, String)> {
        let i = self.old.iter().position(|u| std::ptr::eq(u, old)).filter(|_| old.row)?;
        if old.cells.len() != new.cells.len() {
            return None;
        }
        let range = self.lines_of(i).ok()?;
        // Values and cells that cover others would be lost.
        let line = &self.source.text[range.clone()];
        if line.contains(['{', '#']) || line.trim_end().contains('\n') {
            return None;
        }
        let text = self.written(new, &self.holds(i)?, old)?;
        Some((range, format!("{text}\n")))
    }
}

/// `ket: …`: the line of a key, not a member of a list and not text.
fn is_key(line: &str) -> bool {
    let name = line.split(':').next().unwrap_or_default();
    line.contains(':') && !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}
