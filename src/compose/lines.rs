//! Centred text over as few lines as it needs, the lines as even as words and sense allow.

use super::Composer;
use super::phrasing::{Break, breaks};
use crate::decree30::units::Pt;
use crate::sheet::{Chars, Run};

/// Text broken into lines.
pub(super) struct Broken {
    /// The runs with their breaks.
    pub runs: Vec<Run>,
    /// Width of each line.
    pub widths: Vec<Pt>,
    /// The widest single word, which no break can help.
    pub widest_word: Pt,
}

impl Composer<'_> {
    /// Breaks runs at blanks so that no line is wider than `limit` and the lines are even, a little less so where a
    /// break then reads better. Breaks that the author made stay.
    pub(super) fn balance(&self, runs: Vec<Run>, size: Pt, limit: Pt) -> Broken {
        let words = self.words(&runs, size);
        let widest_word = words.iter().flatten().map(|w| w.width).fold(Pt(0.0), Pt::max);
        let mut widths = Vec::new();
        let mut cuts = Vec::new();
        for part in &words {
            for line in even(part, limit) {
                let (first, last) = (&part[line.start], &part[line.end - 1]);
                widths.push(last.end - first.start);
                if line.end < part.len()
                    && let Some(cut) = last.blank
                {
                    cuts.push(cut);
                }
            }
        }
        Broken { runs: cut_runs(runs, &cuts), widths, widest_word }
    }

    /// Words between blanks, in parts between the author's breaks, with their places on an endless line.
    fn words(&self, runs: &[Run], size: Pt) -> Vec<Vec<Word>> {
        let mut parts = vec![Vec::new()];
        let mut x = Pt(0.0);
        let mut start: Option<Pt> = None;
        let mut text = String::new();
        let close = |parts: &mut Vec<Vec<Word>>, text: &mut String, start: &mut Option<Pt>, end: Pt, blank| {
            if let (Some(from), Some(part)) = (start.take(), parts.last_mut()) {
                part.push(Word { text: std::mem::take(text), start: from, end, width: end - from, blank });
            }
        };
        for (index, run) in runs.iter().enumerate() {
            match run {
                Run::Text(c) | Run::Link(c, _) => {
                    for (at, ch) in c.text.char_indices() {
                        let width = self.faces.width(ch.encode_utf8(&mut [0; 4]), c.bold, c.italic, size);
                        if ch == ' ' {
                            close(&mut parts, &mut text, &mut start, x, Some((index, at)));
                        } else {
                            start.get_or_insert(x);
                            text.push(ch);
                        }
                        x = x + width;
                    }
                }
                Run::Break => {
                    close(&mut parts, &mut text, &mut start, x, None);
                    parts.push(Vec::new());
                }
                Run::Entry(_) | Run::Note(_) => {
                    start.get_or_insert(x);
                    x = x + self.width_of(std::slice::from_ref(run), size);
                }
            }
        }
        close(&mut parts, &mut text, &mut start, x, None);
        parts.retain(|p| !p.is_empty());
        parts
    }
}

struct Word {
    text: String,
    start: Pt,
    end: Pt,
    width: Pt,
    /// Run and byte of the blank behind it.
    blank: Option<(usize, usize)>,
}

/// What a break costs beside evenness, as a part of the limit: two lines may differ from their mean by that much for a
/// better break.
const WORTH: f64 = 0.2;

/// A break inside a name or a word costs more than any unevenness.
const NEVER: f64 = 1e9;
/// See [`NEVER`]; rather inside a word of two syllables than inside a name.
const TORN: f64 = 1e8;

/// Ranges of words, one a line: the fewest lines within the limit (one more where a name or a word would break), then the smallest
/// sum of squared widths and costs of breaks.
fn even(words: &[Word], limit: Pt) -> Vec<std::ops::Range<usize>> {
    // Hostile input has no title of a thousand words; for such a text, first fit is enough.
    if words.len() > 400 {
        return greedy(words, limit);
    }
    let count = greedy(words, limit).len();
    if count < 2 {
        return (0..count).map(|_| 0..words.len()).collect();
    }
    let texts: Vec<&str> = words.iter().map(|w| w.text.as_str()).collect();
    let unit = 2.0 * (WORTH * limit.0).powi(2);
    let costs: Vec<f64> = breaks(&texts)
        .into_iter()
        .map(|b| match b {
            Break::Good => 0.0,
            Break::Plain => unit,
            Break::Poor => 3.0 * unit,
            Break::Torn => TORN,
            Break::Never => NEVER,
        })
        .collect();
    let (cost, lines) = over(words, &costs, limit, count);
    if cost < TORN {
        return lines;
    }
    let (more, taller) = over(words, &costs, limit, count + 1);
    if more < TORN || (more < NEVER && cost >= NEVER) { taller } else { lines }
}

/// The cheapest way over `count` lines, and its cost.
fn over(words: &[Word], costs: &[f64], limit: Pt, count: usize) -> (f64, Vec<std::ops::Range<usize>>) {
    let width = |i: usize, j: usize| (words[j - 1].end - words[i].start).0;
    let n = words.len();
    let count = count.min(n);
    // best[k][j]: smallest cost of the first j words over k lines, and where the last line starts.
    let mut best = vec![vec![(f64::INFINITY, 0usize); n + 1]; count + 1];
    best[0][0] = (0.0, 0);
    for k in 1..=count {
        for j in k..=n {
            for i in (k - 1..j).rev() {
                let w = width(i, j);
                if w > limit.0 && j - i > 1 {
                    break;
                }
                let before = if i == 0 { 0.0 } else { costs[i - 1] };
                let cost = best[k - 1][i].0 + before + w * w;
                if cost < best[k][j].0 {
                    best[k][j] = (cost, i);
                }
            }
        }
    }
    let mut lines = Vec::new();
    let mut j = n;
    for k in (1..=count).rev() {
        let i = best[k][j].1;
        lines.push(i..j);
        j = i;
    }
    lines.reverse();
    (best[count][n].0, lines)
}

fn greedy(words: &[Word], limit: Pt) -> Vec<std::ops::Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for j in 1..words.len() {
        if (words[j].end - words[start].start).0 > limit.0 {
            lines.push(start..j);
            start = j;
        }
    }
    if start < words.len() {
        lines.push(start..words.len());
    }
    lines
}

/// Puts a break in place of each blank named by run and byte.
fn cut_runs(runs: Vec<Run>, cuts: &[(usize, usize)]) -> Vec<Run> {
    let mut out = Vec::new();
    for (index, run) in runs.into_iter().enumerate() {
        let here: Vec<usize> = cuts.iter().filter(|c| c.0 == index).map(|c| c.1).collect();
        let (chars, url) = match run {
            Run::Text(chars) if !here.is_empty() => (chars, None),
            Run::Link(chars, url) if !here.is_empty() => (chars, Some(url)),
            other => {
                out.push(other);
                continue;
            }
        };
        let mut from = 0;
        for to in here.into_iter().chain([chars.text.len()]) {
            let text = chars.text[from..to].to_owned();
            if !text.is_empty() {
                let piece = Chars { text, ..chars.clone() };
                out.push(match &url {
                    Some(url) => Run::Link(piece, url.clone()),
                    None => Run::Text(piece),
                });
            }
            if to < chars.text.len() {
                out.push(Run::Break);
            }
            from = to + 1;
        }
    }
    out
}
