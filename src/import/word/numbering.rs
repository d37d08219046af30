//! Automatic numbers made letters, as Word shows them (ECMA-376, part 1, 17.9).

use crate::decree30::outline::roman;
use crate::ooxml::xml::Element;
use std::collections::HashMap;

#[derive(Clone, Debug, Default)]
struct Level {
    start: u32,
    format: String,
    text: String,
    restart: Option<usize>,
    legal: bool,
}

#[derive(Clone, Debug, Default)]
struct List {
    base: String,
    levels: Vec<Level>,
    starts: HashMap<usize, u32>,
}

/// The lists of a file, with where each of them is.
#[derive(Clone, Debug, Default)]
pub struct Numbering {
    lists: HashMap<String, List>,
    counts: HashMap<String, Vec<Option<u32>>>,
    begun: HashMap<String, bool>,
}

/// Levels of a list.
const LEVELS: usize = 9;

impl Numbering {
    /// Reads the part of the lists.
    pub fn read(root: &Element) -> Self {
        let value = |e: &Element, name: &str| e.child(name).and_then(|c| c.get("w:val")).map(str::to_owned);
        let mut bases: HashMap<String, Vec<Level>> = HashMap::new();
        for base in root.elements().filter(|e| e.name == "w:abstractNum") {
            let Some(id) = base.get("w:abstractNumId") else { continue };
            let mut levels = vec![Level::default(); LEVELS];
            for level in base.elements().filter(|e| e.name == "w:lvl") {
                set_level(&mut levels, level);
            }
            bases.insert(id.to_owned(), levels);
        }
        let mut lists = HashMap::new();
        for list in root.elements().filter(|e| e.name == "w:num") {
            let (Some(id), Some(base)) = (list.get("w:numId"), value(list, "w:abstractNumId")) else { continue };
            let mut levels = bases.get(&base).cloned().unwrap_or_default();
            let mut starts = HashMap::new();
            for change in list.elements().filter(|e| e.name == "w:lvlOverride") {
                let Some(at) = change.get("w:ilvl").and_then(|v| v.parse::<usize>().ok()) else { continue };
                if let Some(level) = change.child("w:lvl") {
                    set_level(&mut levels, level);
                }
                if let Some(start) = value(change, "w:startOverride").and_then(|v| v.parse().ok()) {
                    starts.insert(at, start);
                }
            }
            lists.insert(id.to_owned(), List { base, levels, starts });
        }
        Numbering { lists, ..Numbering::default() }
    }

    /// The number of the next paragraph of a list, none for what shows nothing.
    pub fn next(&mut self, list: &str, level: usize) -> Option<String> {
        let List { base, levels, starts } = self.lists.get(list)?;
        let own = levels.get(level)?;
        // Lists of one base count on, unless one says where it starts.
        let counts = self.counts.entry(base.clone()).or_insert_with(|| vec![None; LEVELS]);
        if !self.begun.contains_key(list) {
            self.begun.insert(list.to_owned(), true);
            for at in starts.keys().filter(|at| **at < LEVELS) {
                counts[*at..].iter_mut().for_each(|c| *c = None);
            }
        }
        let start_of = |at: usize| starts.get(&at).copied().unwrap_or(levels[at].start);
        counts[level] = Some(counts[level].map_or_else(|| start_of(level), |n| n.saturating_add(1)));
        for deeper in level + 1..levels.len().min(LEVELS) {
            let restarts = match levels[deeper].restart {
                Some(0) => false,
                Some(after) => level < after,
                None => true,
            };
            if restarts {
                counts[deeper] = None;
            }
        }
        for (at, count) in counts.iter_mut().enumerate().take(level) {
            count.get_or_insert_with(|| start_of(at));
        }
        if own.format == "none" && !own.text.contains('%') {
            return Some(own.text.clone()).filter(|t| !t.trim().is_empty());
        }
        if own.format == "bullet" {
            return Some(bullet(&own.text));
        }
        let mut out = String::new();
        let mut letters = own.text.chars().peekable();
        while let Some(c) = letters.next() {
            match (c, letters.peek().and_then(|d| d.to_digit(10))) {
                ('%', Some(digit)) if digit > 0 => {
                    letters.next();
                    let at = digit as usize - 1;
                    let format = levels.get(at).map_or("decimal", |l| l.format.as_str());
                    let format = if own.legal { "decimal" } else { format };
                    out.push_str(&number(counts.get(at).copied().flatten().unwrap_or(1), format));
                }
                _ => out.push(c),
            }
        }
        Some(out.trim().to_owned()).filter(|t| !t.is_empty())
    }
}

fn set_level(levels: &mut [Level], e: &Element) {
    let value = |name: &str| e.child(name).and_then(|c| c.get("w:val"));
    let Some(level) = e.get("w:ilvl").and_then(|v| v.parse::<usize>().ok()).and_then(|at| levels.get_mut(at)) else {
        return;
    };
    *level = Level {
        start: value("w:start").and_then(|v| v.parse().ok()).unwrap_or(1),
        format: value("w:numFmt").unwrap_or("decimal").to_owned(),
        text: value("w:lvlText").unwrap_or_default().to_owned(),
        restart: value("w:lvlRestart").and_then(|v| v.parse().ok()),
        legal: e.child("w:isLgl").is_some(),
    };
}

/// Signs of symbol fonts stand for dashes and plusses.
fn bullet(text: &str) -> String {
    match text.chars().next() {
        Some('+') => "+".to_owned(),
        Some('*') => "*".to_owned(),
        _ => "-".to_owned(),
    }
}

fn number(n: u32, format: &str) -> String {
    match format {
        "decimalZero" => format!("{n:02}"),
        "lowerLetter" => letters(n).to_lowercase(),
        "upperLetter" => letters(n),
        "lowerRoman" => roman(n as usize).to_lowercase(),
        "upperRoman" => roman(n as usize),
        "none" => String::new(),
        _ => n.to_string(),
    }
}

/// A, B … Z, AA, BB: as Word counts.
fn letters(n: u32) -> String {
    let n = n.clamp(1, 780) - 1;
    let letter = char::from(b'A' + (n % 26) as u8);
    std::iter::repeat_n(letter, (n / 26 + 1) as usize).collect()
}
