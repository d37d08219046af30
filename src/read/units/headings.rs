//! The headings of a list: where they stand, and which variable of the plan each one means.

use super::book::Page;
use super::{OWN, is_name};
use crate::jinja::filters::without_accents;
use crate::read::grid;

/// Rows among which headings are looked for.
const LOOK: usize = 40;
/// Most rows that merged cells make one heading.
const MAX_BLOCK: usize = 5;

/// Rows of headings, each column's text with what stands above it in front.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// First and last row.
    pub rows: (usize, usize),
    /// The text of each column; empty where there is none.
    pub columns: Vec<String>,
}

/// A text for comparing: letters and digits of words, without accents, case, line breaks and signs.
pub fn fold(text: &str) -> String {
    let plain = without_accents(text).to_lowercase();
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// A text on one line.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The block that some rows make.
pub fn block(page: &Page, first: usize, last: usize) -> Block {
    let rows = page.rows.iter().filter(|(n, _)| (first..=last).contains(n));
    let width = rows.map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let columns = (0..width).map(|column| {
        let mut parts: Vec<String> = Vec::new();
        for number in first..=last {
            let merge = page
                .shape
                .merged
                .iter()
                .find(|m| (m.rows.0..=m.rows.1).contains(&number) && (m.columns.0..=m.columns.1).contains(&column));
            let text = match merge {
                Some(m) => page.cell(m.rows.0, m.columns.0),
                None if number < last
                    && page.cell(number, column).is_empty()
                    && !page.cell(last, column).is_empty() =>
                {
                    // Without merged cells: the text to the left stands over this column as well.
                    let left = (0..column).rev().map(|c| page.cell(number, c)).find(|t| !t.is_empty());
                    left.filter(|_| page.shape.merged.is_empty()).unwrap_or("")
                }
                None => page.cell(number, column),
            };
            let text = one_line(text);
            if !text.is_empty() && parts.last() != Some(&text) {
                parts.push(text);
            }
        }
        parts.join(" / ")
    });
    Block { rows: (first, last), columns: columns.collect() }
}

/// The blocks that may be the headings, in the order of the file: a row, with the rows that its merged cells take in.
pub fn candidates(page: &Page) -> Vec<Block> {
    let mut out = Vec::new();
    for (number, cells) in page.rows.iter().take(LOOK) {
        let starting = || page.shape.merged.iter().filter(|m| m.rows.0 == *number);
        let filled = cells.iter().filter(|c| !c.trim().is_empty()).count();
        let mut last = starting().map(|m| m.rows.1).max().unwrap_or(*number).min(number + MAX_BLOCK - 1);
        // A cell over several columns has its parts below it.
        let over = |m: &&crate::read::sheet_shape::Merge| {
            m.columns.1 > m.columns.0
                && (m.columns.0..=m.columns.1).filter(|c| !page.cell(number + 1, *c).is_empty()).count() > 1
        };
        if filled > 1 && last == *number && starting().any(|m| over(&m)) {
            last += 1;
        }
        // One cell is a title, however many rows it takes.
        let titled = filled == 1 && starting().count() > 0;
        out.push(block(page, *number, if titled { *number } else { last }));
    }
    out
}

/// The block that looks like headings, whatever they say: the fullest among the first rows.
pub fn likely(blocks: &[Block]) -> Option<&Block> {
    let words = |b: &&Block| b.columns.iter().filter(|c| c.chars().any(char::is_alphabetic)).count();
    let best = blocks.iter().take(15).map(|b| words(&b)).max()?;
    blocks.iter().find(|b| words(b) == best && best > 0)
}

/// How surely a heading means a variable; less is surer. From [`DOUBTFUL`] on it is a mere resemblance.
type Tier = u8;
/// See [`Tier`].
const DOUBTFUL: Tier = 5;

/// A variable, and the forms in which people write its name.
pub struct Wanted<'v> {
    name: &'v String,
    /// The sure ones.
    sure: Vec<String>,
    /// Those that leave something out.
    short: Vec<String>,
}

/// The variables that a plan uses, each with its forms.
pub fn wanted(variables: &[String]) -> Vec<Wanted<'_>> {
    variables.iter().map(|name| forms(name, variables)).collect()
}

fn forms<'v>(variable: &'v String, wanted: &[String]) -> Wanted<'v> {
    let parts: Vec<String> = variable.split('.').map(fold).collect();
    let sure = vec![parts.join(" "), parts.iter().rev().cloned().collect::<Vec<_>>().join(" ")];
    let mut short = Vec::new();
    let last = variable.rsplit('.').next().unwrap_or(variable);
    if wanted.iter().filter(|w| w.rsplit('.').next() == Some(last)).count() == 1 {
        short.push(fold(last));
    }
    match last {
        "ten" if parts.len() > 1 => short.push(parts.iter().rev().skip(1).rev().cloned().collect::<Vec<_>>().join(" ")),
        "ten" => short.extend(["ten don vi".into(), "don vi".into()]),
        "stt" => short.extend(["tt".into(), "so tt".into(), "so thu tu".into()]),
        _ => {}
    }
    Wanted { name: variable, sure, short }
}

/// A heading for comparing: as typed, whole, and the parts between its signs.
struct Heading<'h> {
    typed: &'h str,
    whole: String,
    parts: Vec<String>,
}

impl<'h> Heading<'h> {
    fn of(typed: &'h str) -> Self {
        let parts = typed.split(['/', '(', ')', ',', ';', ':']).map(fold).filter(|p| !p.is_empty()).collect();
        Heading { typed: typed.trim(), whole: fold(typed), parts }
    }
}

fn tier(heading: &Heading<'_>, variable: &Wanted<'_>) -> Option<Tier> {
    let Wanted { name, sure, short } = variable;
    let Heading { typed, whole, parts } = heading;
    if typed == name {
        return Some(0);
    }
    if whole.is_empty() {
        return None;
    }
    if sure.contains(whole) {
        Some(1)
    } else if short.contains(whole) {
        Some(2)
    } else if parts.iter().any(|p| sure.contains(p)) {
        Some(3)
    } else if parts.iter().any(|p| short.contains(p)) {
        Some(4)
    } else {
        let alike = |form: &String| {
            whole.strip_prefix(form.as_str()).is_some_and(|rest| rest.starts_with(' '))
                || form.strip_prefix(whole.as_str()).is_some_and(|rest| rest.starts_with(' '))
        };
        sure.iter().chain(short).any(alike).then_some(DOUBTFUL)
    }
}

/// What the columns of a block mean.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meaning {
    /// Column and variable, where that is sure; in the order of the columns.
    pub sure: Vec<(usize, String)>,
    /// Column and variable that resemble each other only.
    pub doubtful: Vec<(usize, String)>,
    /// All that is sure is written as the variable itself.
    pub exact: bool,
    /// There is a column with overrides.
    pub own: bool,
}

/// Matches the headings of a block with the variables that a plan uses.
pub fn meaning(block: &Block, wanted: &[Wanted<'_>]) -> Meaning {
    let mut found: Vec<(Tier, usize, &String)> = Vec::new();
    for (index, heading) in block.columns.iter().enumerate().filter(|(_, h)| !h.is_empty()) {
        let heading = Heading::of(heading);
        found.extend(wanted.iter().filter_map(|v| Some((tier(&heading, v)?, index, v.name))));
    }
    let mut out = Meaning { exact: true, own: block.columns.iter().any(|c| c == OWN), ..Meaning::default() };
    let mut dropped: Vec<&String> = Vec::new();
    for level in 0..=DOUBTFUL {
        let free = |out: &Meaning, dropped: &[&String], c: usize, v: &String| {
            !out.sure.iter().any(|(column, name)| *column == c || name == v) && !dropped.contains(&v)
        };
        let open: Vec<(usize, &String)> = found
            .iter()
            .filter(|(t, c, v)| *t == level && free(&out, &dropped, *c, v))
            .map(|(_, c, v)| (*c, *v))
            .collect();
        for (column, variable) in &open {
            let once = open.iter().filter(|(c, v)| c == column || v == variable).count() == 1;
            if once && level < DOUBTFUL {
                out.sure.push((*column, (*variable).clone()));
                out.exact &= level == 0;
            } else {
                out.doubtful.push((*column, (*variable).clone()));
                dropped.push(variable);
            }
        }
    }
    out.sure.sort();
    out.doubtful.sort();
    out
}

/// The columns that a heading of `danh_sach` names: the whole text, else the last part of a heading of several rows, else
/// the column itself (`cột B`).
pub fn named(block: &Block, heading: &str) -> Vec<usize> {
    let wanted = fold(heading);
    let with = |text: fn(&str) -> String| -> Vec<usize> {
        (0..block.columns.len()).filter(|i| block.columns.get(*i).is_some_and(|c| text(c) == wanted)).collect()
    };
    let whole = with(fold);
    let last = if whole.is_empty() { with(|c| fold(c.rsplit(" / ").next().unwrap_or(c))) } else { whole };
    if !last.is_empty() || wanted.is_empty() {
        return last;
    }
    let letters = wanted.strip_prefix("cot ").unwrap_or("").to_uppercase();
    (0..block.columns.len().max(1000)).filter(|i| grid::letters(*i) == letters).take(1).collect()
}

/// Whether a row only numbers the columns: `(1) (2) (3)`, `A B 1 2`, `1 2 3=1+2`.
pub fn numbers_columns(cells: &[String]) -> bool {
    let marks: Vec<&str> = cells.iter().map(|c| c.trim()).filter(|c| !c.is_empty()).collect();
    let bare = |c: &str| c.trim_matches(['(', ')', '[', ']']).split('=').next().unwrap_or("").trim().to_owned();
    let marks: Vec<String> = marks.into_iter().map(bare).collect();
    let letter = |m: &String| m.len() == 1 && m.starts_with(|c: char| c.is_ascii_uppercase());
    let letters = marks.iter().take_while(|m| letter(m)).count();
    let numbers: Vec<usize> = marks.iter().skip(letters).map_while(|m| m.parse().ok()).collect();
    let first = numbers.first().copied().unwrap_or(1);
    let in_order = numbers.iter().enumerate().all(|(i, n)| *n == first + i);
    marks.len() > 2 && letters + numbers.len() == marks.len() && in_order && first <= letters + 1
}

/// Whether some heading can be a variable's name.
pub fn has_names(block: &Block) -> bool {
    block.columns.iter().any(|c| is_name(c.trim()))
}
