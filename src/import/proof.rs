//! Whether every word of the file is in what was understood of it, and no other.

use super::found::{Appendix, Block, Column, Found, Signer, Table};
use super::recognise::{OWN, Recognised, fold, is_rule};
use super::stream::{Piece, Run, Stream, is_letter, word, words};
use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::HashMap;
use std::fmt;

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
    numbers: HashMap<String, u32>,
    /// The words with their signs.
    signed: Vec<Signed>,
}

impl FileWords {
    /// Of what was read.
    pub fn of(stream: &Stream) -> Self {
        let mut file = String::new();
        pieces(&stream.pieces, &mut file);
        let mut out = FileWords { order: Vec::new(), numbers: HashMap::new(), signed: signed(&file, false) };
        let all: Vec<String> = out.signed.iter().map(|s| word(&s.typed)).collect();
        out.order = all.into_iter().map(|w| out.number(w)).collect();
        out
    }

    /// The number of a word; a new one for a word that the file does not have.
    fn number(&mut self, word: String) -> u32 {
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        *self.numbers.entry(word).or_insert(next)
    }

    /// The number of each word of another text; all that the file does not have are one.
    fn numbers_of(&self, all: &[Signed]) -> Vec<u32> {
        all.iter().map(|s| self.numbers.get(&word(&s.typed)).copied().unwrap_or(u32::MAX)).collect()
    }

    /// How often each word is in the file, by its number.
    fn counts(&self) -> Vec<i64> {
        let mut out = vec![0; self.numbers.len()];
        self.order.iter().for_each(|n| out[*n as usize] += 1);
        out
    }

    fn add(&mut self, counts: &mut Vec<i64>, text: &str, by: i64) {
        for word in words(text) {
            let number = self.number(word) as usize;
            if number >= counts.len() {
                counts.resize(number + 1, 0);
            }
            counts[number] += by;
        }
    }

    /// The words of which a number is not nought, in the order of the alphabet.
    fn left(&self, counts: &[i64]) -> Vec<(String, i64)> {
        let count = |number: u32| counts.get(number as usize).copied().unwrap_or_default();
        let mut out: Vec<(String, i64)> =
            self.numbers.iter().map(|(w, n)| (w.clone(), count(*n))).filter(|(_, n)| *n != 0).collect();
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
            match file.order[from..].windows(wanted.len()).position(|w| w == wanted) {
                Some(at) => from += at + wanted.len(),
                None => out.push(line.clone()),
            }
        }
    }
    out.extend(issued);
    out
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
            let printed = fold(&left.words);
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
    typed: String,
    after: String,
}

/// Where the page has other signs at a word than the file: a `;` that the program sets, a dash that it draws.
pub fn signs(page: &str, words: &FileWords) -> Vec<Sign> {
    let (file, page) = (&words.signed, signed(page, true));
    let new = words.numbers_of(&page);
    let mut out: Vec<Sign> = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, &words.order, &new) {
        let DiffOp::Equal { old_index, new_index, len } = op else { continue };
        for (i, j) in (old_index..old_index + len).zip(new_index..) {
            for (a, b, before) in [(&file[i].before, &page[j].before, true), (&file[i].after, &page[j].after, false)] {
                if a == b {
                    continue;
                }
                match out.iter_mut().find(|s| s.file == *a && s.page == *b && s.before == before) {
                    Some(sign) => sign.times += 1,
                    None => {
                        let near =
                            if before { &file[i..(i + 4).min(file.len())] } else { &file[i.saturating_sub(3)..=i] };
                        let at = near.iter().map(|s| s.typed.as_str()).collect::<Vec<_>>().join(" ");
                        out.push(Sign { file: a.clone(), page: b.clone(), times: 1, at, before });
                    }
                }
            }
        }
    }
    out
}

/// Words of the page that the file does not have, or not as often: what the program prints by itself.
pub fn added_on(page: &str, words: &FileWords) -> Vec<String> {
    let page = signed(page, true);
    let new: Vec<u32> = words.numbers_of(&page);
    let mut over: HashMap<u32, i64> = HashMap::new();
    new.iter().for_each(|n| *over.entry(*n).or_default() += 1);
    words.order.iter().for_each(|n| *over.entry(*n).or_default() -= 1);
    let mut out: Vec<String> = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, &words.order, &new) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let mut open = false;
        for at in op.new_range() {
            let added = over.get_mut(&new[at]).filter(|n| **n > 0);
            let is_added = added.is_some();
            if let Some(count) = added {
                *count -= 1;
            }
            match out.last_mut().filter(|_| open && is_added) {
                Some(last) => *last = format!("{last} {}", page[at].typed),
                None if is_added => out.push(page[at].typed.clone()),
                None => {}
            }
            open = is_added;
        }
    }
    // A word of the program's own in another spelling than the file's (`HÒA` for `HOÀ`) is none.
    out.retain(|text| text.contains(' ') || !words.numbers.keys().any(|w| fold(w) == word(text) && *w != word(text)));
    out
}

/// The words of a text with their signs. Drawn lines and gaps are none; with `notes` the marks of footnotes are none either.
fn signed(text: &str, notes: bool) -> Vec<Signed> {
    let mut out: Vec<Signed> = Vec::new();
    for line in text.lines() {
        let mut before = String::new();
        let mut word = false;
        let mut touching = false;
        let (mut first, mut rest) = (true, line);
        while let Some(c) = rest.chars().next() {
            let note =
                rest.strip_prefix('[').filter(|_| notes).map(|r| r.trim_start_matches(|c: char| c.is_ascii_digit()));
            if let Some(behind) = note.and_then(|r| r.strip_prefix(']')) {
                rest = behind;
                continue;
            }
            rest = &rest[c.len_utf8()..];
            if is_letter(c) {
                if !word {
                    out.push(Signed { before: std::mem::take(&mut before), ..Signed::default() });
                    first = false;
                }
                if let Some(last) = out.last_mut() {
                    last.typed.push(c);
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
    out
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
            Block::Picture(_) => {}
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
