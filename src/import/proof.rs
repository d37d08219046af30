//! Whether every word of the file is in what was understood of it, and no other.

use super::found::{Appendix, Block, Column, Found, Signer, Table};
use super::recognise::{OWN, Recognised, fold, is_rule};
use super::stream::{Piece, Run, Stream, as_compared, glued, typed_words, word, words};
use crate::chars::is_letter;
use crate::decree30::phrases::{QUOC_HIEU, TIEU_NGU};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::fmt;
use std::ops::Range;

/// Words that are there on one side only.
#[derive(Debug, Default, PartialEq)]
pub struct Difference {
    /// In the file, not in the plan.
    pub lost: Vec<String>,
    /// In the plan, not in the file.
    pub added: Vec<String>,
    /// Lines of a body that do not stand in the file in this order, or not as they are.
    pub moved: Vec<String>,
}

/// The words of a file, read once for all comparisons.
pub struct FileWords {
    /// Each word by its number, in the order of the file.
    order: Vec<u32>,
    /// Number of each word.
    numbers: FxHashMap<String, u32>,
    /// What was read.
    text: String,
    /// The words of it with their signs.
    signed: Vec<Signed>,
}

impl FileWords {
    /// Of what was read.
    pub fn of(stream: &Stream) -> Self {
        let mut text = String::new();
        pieces(&stream.pieces, &mut text);
        let signed = signed(&text, false);
        let mut out =
            FileWords { order: Vec::with_capacity(signed.len()), numbers: FxHashMap::default(), text, signed };
        let mut word = String::new();
        for at in 0..out.signed.len() {
            word.clear();
            as_compared(&out.text[out.signed[at].typed.clone()], &mut word);
            let number = out.number(&word);
            out.order.push(number);
        }
        out
    }

    /// The number of a word; a new one for a word that the file does not have.
    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.numbers.insert(word.to_owned(), next);
        next
    }

    /// How often each word is in the file, by its number.
    fn counts(&self) -> Vec<i64> {
        let mut out = vec![0; self.numbers.len()];
        self.order.iter().for_each(|n| out[*n as usize] += 1);
        out
    }

    fn add(&mut self, counts: &mut Vec<i64>, text: &str, by: i64) {
        let mut word = String::new();
        for typed in typed_words(text) {
            word.clear();
            as_compared(typed, &mut word);
            let number = self.number(&word) as usize;
            if number >= counts.len() {
                counts.resize(number + 1, 0);
            }
            counts[number] += by;
        }
    }

    /// The words of which a number is not nought, in the order of the alphabet.
    fn left(&self, counts: &[i64]) -> Vec<(String, i64)> {
        let count = |number: u32| counts.get(number as usize).copied().unwrap_or_default();
        let mut out: Vec<(String, i64)> = self
            .numbers
            .iter()
            .filter(|(_, number)| count(**number) != 0)
            .map(|(word, number)| (word.clone(), count(*number)))
            .collect();
        out.sort_unstable();
        out
    }
}

/// Compares the words of a file with those of the plan and of what was left out.
pub fn compare(file: &mut FileWords, recognised: &Recognised) -> Difference {
    let mut counts = file.counts();
    let mut plan = String::new();
    found(&recognised.found, &mut plan);
    recognised.left_out.iter().for_each(|l| add(&mut plan, &l.words));
    file.add(&mut counts, &plan, -1);
    let mut out = Difference::default();
    for (word, n) in file.left(&counts) {
        let times = usize::try_from(n.unsigned_abs()).unwrap_or_default().min(20);
        let side = if n > 0 { &mut out.lost } else { &mut out.added };
        side.extend(std::iter::repeat_n(word, times));
    }
    out.moved = moved(&recognised.found, file);
    out
}

/// Lines that the file does not have behind the line before.
fn moved(f: &Found, file: &FileWords) -> Vec<String> {
    let bodies = [&f.noi_dung].into_iter().chain(f.phu_luc.iter().map(|a| &a.noi_dung));
    let issued = f.van_ban_kem_theo.iter().flat_map(|text| moved(text, file));
    let mut out = Vec::new();
    for body in bodies {
        let mut from = 0;
        for line in body.iter().filter_map(|b| if let Block::Line(line) = b { Some(line) } else { None }) {
            let wanted: Vec<Option<u32>> = words(&bare(line)).map(|w| file.numbers.get(&w).copied()).collect();
            let Some(wanted) = wanted.into_iter().collect::<Option<Vec<u32>>>() else {
                out.push(line.clone());
                continue;
            };
            if wanted.is_empty() {
                continue;
            }
            // Most lines follow at once.
            let starts = |at: &usize| file.order[*at] == wanted[0] && file.order[*at..].starts_with(&wanted);
            match (from..file.order.len()).find(starts).map(|at| at - from) {
                Some(at) => from += at + wanted.len(),
                None => out.push(line.clone()),
            }
        }
    }
    out.extend(issued);
    out
}

/// The program's own words as it prints them: in the spelling and with the blanks of the decree.
fn as_printed(own: &str) -> String {
    let folded = fold(own);
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let wanted = letters(&folded);
    [QUOC_HIEU, TIEU_NGU].into_iter().map(fold).find(|phrase| letters(phrase) == wanted).unwrap_or(folded)
}

/// Words of the file that a page of the plan does not have. What was left out is not looked for, but for the words that
/// the program prints by itself.
pub fn lost_on(page: &str, file: &mut FileWords, recognised: &Recognised) -> Vec<String> {
    let mut counts = file.counts();
    file.add(&mut counts, page, -1);
    for left in &recognised.left_out {
        if left.reason != OWN {
            file.add(&mut counts, &left.words, -1);
        } else {
            // The program prints its own words in the spelling of the decree (`HÒA` for `HOÀ`).
            let printed = as_printed(&left.words);
            if !words(&printed).eq(words(&left.words)) {
                file.add(&mut counts, &left.words, -1);
                file.add(&mut counts, &printed, 1);
            }
        }
    }
    file.left(&counts).into_iter().filter(|(_, n)| *n > 0).map(|(word, _)| word).collect()
}

/// Signs that the page has otherwise than the file at some of its words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sign {
    /// In the file; empty where there is none.
    pub file: String,
    /// On the page; empty where there is none.
    pub page: String,
    /// How many words.
    pub times: usize,
    /// The first of them, with those before it.
    pub at: String,
    /// Whether they stand before the words.
    pub before: bool,
}

impl fmt::Display for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Sign { file, page, times, at, before } = self;
        match (file.is_empty(), page.is_empty()) {
            (true, _) => write!(f, "trang in thêm dấu “{page}”")?,
            (_, true) => write!(f, "trang in bỏ dấu “{file}”")?,
            _ => write!(f, "trang in dấu “{page}” thay cho “{file}”")?,
        }
        let side = if *before { "trước" } else { "sau" };
        match times {
            1 => write!(f, " {side} “{at}”"),
            _ => write!(f, " ở {times} chỗ, đầu tiên {side} “{at}”"),
        }
    }
}

/// A word with the signs that touch it, and those that open its line.
#[derive(Default)]
struct Signed {
    before: String,
    /// Its place in the text.
    typed: Range<usize>,
    after: String,
}

/// A page beside the file.
pub struct Page<'p> {
    text: &'p str,
    signed: Vec<Signed>,
    /// Each word by its number in the file; all that the file does not have are one.
    order: Vec<u32>,
    /// How the words of the file become those of the page.
    ops: Vec<DiffOp>,
}

impl<'p> Page<'p> {
    /// Puts the words of a page beside those of a file.
    pub fn beside(text: &'p str, file: &FileWords) -> Self {
        let signed = signed(text, true);
        let mut word = String::new();
        let mut number = |s: &Signed| {
            word.clear();
            as_compared(&text[s.typed.clone()], &mut word);
            file.numbers.get(word.as_str()).copied().unwrap_or(u32::MAX)
        };
        let order: Vec<u32> = signed.iter().map(&mut number).collect();
        let ops = capture_diff_slices(Algorithm::Patience, &file.order, &order);
        Page { text, signed, order, ops }
    }

    /// Where the page has other signs at a word than the file: a `;` that the program sets, a dash that it draws.
    pub fn signs(&self, file: &FileWords) -> Vec<Sign> {
        let mut out: Vec<Sign> = Vec::new();
        for op in &self.ops {
            let DiffOp::Equal { old_index, new_index, len } = *op else { continue };
            for (i, j) in (old_index..old_index + len).zip(new_index..) {
                let (old, new) = (&file.signed[i], &self.signed[j]);
                for (a, b, before) in [(&old.before, &new.before, true), (&old.after, &new.after, false)] {
                    // Most have none.
                    if a.is_empty() && b.is_empty() || a == b {
                        continue;
                    }
                    match out.iter_mut().find(|s| s.file == *a && s.page == *b && s.before == before) {
                        Some(sign) => sign.times += 1,
                        None => {
                            let near =
                                if before { i..(i + 4).min(file.signed.len()) } else { i.saturating_sub(3)..i + 1 };
                            let typed = |s: &Signed| &file.text[s.typed.clone()];
                            let at = file.signed[near].iter().map(typed).collect::<Vec<_>>().join(" ");
                            out.push(Sign { file: a.clone(), page: b.clone(), times: 1, at, before });
                        }
                    }
                }
            }
        }
        out
    }

    /// Words of the page that the file does not have, or not as often: what the program prints by itself.
    pub fn added(&self, file: &FileWords) -> Vec<String> {
        let mut over: FxHashMap<u32, i64> = FxHashMap::default();
        self.order.iter().for_each(|n| *over.entry(*n).or_default() += 1);
        file.order.iter().for_each(|n| *over.entry(*n).or_default() -= 1);
        let mut out: Vec<String> = Vec::new();
        for op in self.ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. })) {
            let mut open = false;
            for at in op.new_range() {
                let added = over.get_mut(&self.order[at]).filter(|n| **n > 0);
                let is_added = added.is_some();
                if let Some(count) = added {
                    *count -= 1;
                }
                let typed = &self.text[self.signed[at].typed.clone()];
                match out.last_mut().filter(|_| open && is_added) {
                    Some(last) => *last = format!("{last} {typed}"),
                    None if is_added => out.push(typed.to_owned()),
                    None => {}
                }
                open = is_added;
            }
        }
        // A word of the program's own in another spelling than the file's (`HÒA` for `HOÀ`) is none.
        if out.iter().any(|text| !text.contains(' ')) {
            let respelt: FxHashSet<String> =
                file.numbers.keys().map(|w| (w, fold(w))).filter(|(w, f)| *w != f).map(|(_, f)| f).collect();
            out.retain(|text| text.contains(' ') || !respelt.contains(&word(text)));
        }
        out
    }
}

/// The words of a text with their signs. Drawn lines and gaps are none; with `notes` the marks of footnotes are none either.
fn signed(text: &str, notes: bool) -> Vec<Signed> {
    let mut out: Vec<Signed> = Vec::with_capacity(text.len() / 5);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        signed_line(line, start, notes, &mut out);
        start += line.len();
    }
    parted(text, out)
}

/// Parts words in which a blank is missing, as [`typed_words`] does.
fn parted(text: &str, all: Vec<Signed>) -> Vec<Signed> {
    let at = |word: &Signed| glued(&text[word.typed.clone()]);
    if !all.iter().any(|word| at(word).is_some()) {
        return all;
    }
    let mut out = Vec::with_capacity(all.len() + 8);
    for mut word in all {
        let Some(length) = at(&word) else {
            out.push(word);
            continue;
        };
        let (start, end) = (word.typed.start, word.typed.end);
        let after = std::mem::take(&mut word.after);
        out.push(Signed { typed: start..start + length, ..word });
        out.push(Signed { typed: start + length..end, after, ..Signed::default() });
    }
    out
}

/// The words of a line that starts at a byte of its text.
fn signed_line(line: &str, start: usize, notes: bool, out: &mut Vec<Signed>) {
    let mut before = String::new();
    let (mut word, mut touching, mut first) = (false, false, true);
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let note = rest.strip_prefix('[').filter(|_| notes).map(|r| r.trim_start_matches(|c: char| c.is_ascii_digit()));
        if let Some(behind) = note.and_then(|r| r.strip_prefix(']')) {
            rest = behind;
            continue;
        }
        let at = start + line.len() - rest.len();
        rest = &rest[c.len_utf8()..];
        if is_letter(c) {
            match out.last_mut().filter(|_| word) {
                // A mark of a note parts words.
                Some(last) if last.typed.end == at => last.typed.end = at + c.len_utf8(),
                _ => {
                    out.push(Signed {
                        before: std::mem::take(&mut before),
                        typed: at..at + c.len_utf8(),
                        ..Signed::default()
                    });
                    first = false;
                }
            }
            (word, touching) = (true, true);
            continue;
        }
        word = false;
        match out.last_mut() {
            _ if matches!(c, '_' | '…' | '\u{200B}' | '—') => {}
            _ if c.is_whitespace() => touching = false,
            // Between letters it joins them.
            Some(last) if touching && !rest.starts_with(is_letter) => last.after.push(c),
            _ if first && matches!(c, '-' | '–' | '+' | '•' | '*') => before.push(c),
            _ => {}
        }
    }
}

fn add(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn pieces(all: &[Piece], out: &mut String) {
    for piece in all {
        match piece {
            Piece::Par(par) => {
                // A rule that was drawn with signs has no words.
                if !par.runs.iter().any(|r| r.text.contains('\n')) {
                    if par.runs.iter().any(|r| r.note.is_some()) || !is_rule(&par.whole()) {
                        add(out, par.marker.as_deref().unwrap_or_default());
                        runs(&par.runs, out);
                        out.push('\n');
                    }
                    continue;
                }
                for line in
                    par.lines().iter().filter(|l| !is_rule(&l.whole()) || l.runs.iter().any(|r| r.note.is_some()))
                {
                    add(out, line.marker.as_deref().unwrap_or_default());
                    runs(&line.runs, out);
                    out.push('\n');
                }
            }
            Piece::Table(table) => table.rows.iter().flat_map(|r| &r.cells).for_each(|c| pieces(&c.pieces, out)),
            _ => {}
        }
    }
}

fn runs(all: &[Run], out: &mut String) {
    for run in all {
        out.push_str(&run.text);
        if let Some(note) = &run.note {
            out.push(' ');
            runs(note, out);
            out.push(' ');
        }
    }
}

fn found(f: &Found, out: &mut String) {
    // What stands in the margins of the pages is no word of the text.
    let one = [&f.nguoi_soan, &f.ten_loai, &f.so, &f.ky_hieu, &f.dia_danh, &f.ngay, &f.trich_yeu, &f.kem_theo];
    one.into_iter().flatten().for_each(|t| add(out, &bare(t)));
    for list in [&f.chu_quan, &f.co_quan, &f.kinh_gui, &f.tham_quyen, &f.can_cu, &f.mo_dau, &f.noi_nhan] {
        list.iter().for_each(|t| add(out, &bare(t)));
    }
    // A flag is no word.
    f.rieng.iter().filter(|own| own.key != "xac_nhan").flat_map(|own| &own.values).for_each(|t| add(out, &bare(t)));
    blocks(&f.noi_dung, out);
    f.ky.iter().for_each(|s| signer(s, out));
    f.phu_luc.iter().for_each(|a| appendix(a, out));
    f.cac_ben.iter().flatten().for_each(|(_, t)| add(out, &bare(t)));
    f.ban_sao.iter().for_each(|copy| found(copy, out));
    f.van_ban_kem_theo.iter().for_each(|text| found(text, out));
}

fn signer(s: &Signer, out: &mut String) {
    [&s.vai, &s.chuc_vu, &s.ho_ten].into_iter().flatten().chain(&s.quyen_han).for_each(|t| add(out, &bare(t)));
}

fn appendix(a: &Appendix, out: &mut String) {
    [&a.tieu_de, &a.kem_theo].into_iter().flatten().for_each(|t| add(out, &bare(t)));
    blocks(&a.noi_dung, out);
}

fn blocks(all: &[Block], out: &mut String) {
    for block in all {
        match block {
            Block::Line(line) => add(out, &bare(line)),
            Block::Table(table) => self::table(table, out),
            Block::Picture(_) | Block::PageBreak => {}
        }
    }
}

fn table(t: &Table, out: &mut String) {
    fn columns(all: &[Column], out: &mut String) {
        for column in all {
            add(out, &bare(&column.ten));
            columns(&column.cot, out);
        }
    }
    columns(&t.cot, out);
    t.hang.iter().flatten().flat_map(|c| &c.noi_dung).for_each(|text| add(out, &bare(text)));
}

/// Whether a `]` with an address behind it closes the bracket that was opened before these letters.
fn is_link(letters: impl Iterator<Item = char>) -> bool {
    let mut before = ' ';
    for c in letters {
        match (before, c) {
            (']', c) => return c == '(',
            (_, '[') => return false,
            (_, c) => before = c,
        }
    }
    false
}

/// A text of a plan without its marks: emphasis may stand inside a word, targets of links are no words.
fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let (mut open, mut in_link) = (false, false);
    while let Some(c) = letters.next() {
        match c {
            '\\' => out.extend(letters.next()),
            '*' => {}
            '_' if letters.peek() == Some(&'_') => drop(letters.next()),
            ')' if in_link => in_link = false,
            _ if in_link => {}
            // Brackets of no link are signs.
            '[' if !open && is_link(letters.clone()) => open = true,
            ']' if open => (open, in_link) = (false, letters.peek() == Some(&'(')),
            '^' if letters.peek() == Some(&'[') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
