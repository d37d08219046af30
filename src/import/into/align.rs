//! Which unit of one version became which of the other.

use super::units::Unit;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::HashMap;

/// What became of a unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Old and new say the same.
    Same(usize, usize),
    /// Old became new.
    Changed(usize, usize),
    /// Old is gone.
    Gone(usize),
    /// New came, before this old one.
    New(usize, usize),
}

/// Share of common words from which two paragraphs are one.
const ALIKE: f64 = 0.45;
/// Most pairs that are looked at; beyond it units are paired one by one.
const MOST_PAIRS: usize = 250_000;

/// The steps from old to new, in order.
pub fn steps(old: &[Unit], new: &[Unit]) -> Vec<Step> {
    let key = |all: &[Unit]| all.iter().map(|u| u.key.clone()).collect::<Vec<_>>();
    let mut out = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, &key(old), &key(new)) {
        match op {
            DiffOp::Equal { old_index, new_index, len } => {
                out.extend((0..len).map(|i| Step::Same(old_index + i, new_index + i)));
            }
            DiffOp::Delete { old_index, old_len, .. } => out.extend((old_index..old_index + old_len).map(Step::Gone)),
            DiffOp::Insert { old_index, new_index, new_len } => {
                out.extend((new_index..new_index + new_len).map(|n| Step::New(n, old_index)));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                pairs(old, new, (old_index, old_len), (new_index, new_len), &mut out);
            }
        }
    }
    replaced(old, new, out)
}

/// One that is gone where one came, of its kind, became it; unless either was moved.
fn replaced(old: &[Unit], new: &[Unit], steps: Vec<Step>) -> Vec<Step> {
    let mut out: Vec<Step> = Vec::with_capacity(steps.len());
    let gone = |key: &str| steps.iter().any(|s| matches!(s, Step::Gone(i) if old[*i].key == key));
    let came = |key: &str| steps.iter().any(|s| matches!(s, Step::New(j, _) if new[*j].key == key));
    let mut at = 0;
    while at < steps.len() {
        let alone = !matches!(steps.get(at + 2), Some(Step::New(..) | Step::Gone(_)))
            && !matches!(out.last(), Some(Step::New(..) | Step::Gone(_)));
        let pair = match (steps[at], steps.get(at + 1)) {
            (Step::Gone(i), Some(Step::New(j, _))) => Some((i, *j)),
            (Step::New(j, _), Some(Step::Gone(i))) => Some((*i, j)),
            _ => None,
        };
        let pair =
            pair.filter(|(i, j)| alone && old[*i].row == new[*j].row && !gone(&new[*j].key) && !came(&old[*i].key));
        out.push(pair.map_or(steps[at], |(i, j)| Step::Changed(i, j)));
        at += if pair.is_some() { 2 } else { 1 };
    }
    out
}

/// The share of old units that are in the new ones, changed or not.
pub fn kinship(old: &[Unit], new: &[Unit]) -> f64 {
    let kept = steps(old, new).iter().filter(|s| matches!(s, Step::Same(..) | Step::Changed(..))).count();
    kept as f64 / old.len().max(1) as f64
}

/// The best pairs of two stretches, in order.
fn pairs(old: &[Unit], new: &[Unit], o: (usize, usize), n: (usize, usize), out: &mut Vec<Step>) {
    let (rows, columns) = (o.1 + 1, n.1 + 1);
    let like = |i: usize, j: usize| {
        let (a, b) = (&old[o.0 + i], &new[n.0 + j]);
        let share = if a.row == b.row { likeness(a, b) } else { 0.0 };
        if share >= ALIKE { share } else { 0.0 }
    };
    let mut best = vec![0.0_f64; rows * columns];
    if o.1 * n.1 <= MOST_PAIRS {
        for i in (0..o.1).rev() {
            for j in (0..n.1).rev() {
                let skip = best[(i + 1) * columns + j].max(best[i * columns + j + 1]);
                let pair = like(i, j);
                let taken = if pair > 0.0 { pair + best[(i + 1) * columns + j + 1] } else { 0.0 };
                best[i * columns + j] = skip.max(taken);
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < o.1 || j < n.1 {
        let here = best[i * columns + j];
        let pair = if i < o.1 && j < n.1 { like(i, j) } else { 0.0 };
        if pair > 0.0 && (pair + best[(i + 1) * columns + j + 1] - here).abs() < 1e-9 {
            out.push(Step::Changed(o.0 + i, n.0 + j));
            (i, j) = (i + 1, j + 1);
        } else if i < o.1 && (j == n.1 || (best[(i + 1) * columns + j] - here).abs() < 1e-9) {
            out.push(Step::Gone(o.0 + i));
            i += 1;
        } else {
            out.push(Step::New(n.0 + j, o.0 + i));
            j += 1;
        }
    }
}

/// Twice the common words by all words.
fn likeness(a: &Unit, b: &Unit) -> f64 {
    let words = |unit: &Unit| unit.cells.iter().flatten().flat_map(|t| t.tokens()).map(|t| t.text).collect::<Vec<_>>();
    let (a, b) = (words(a), words(b));
    let mut count: HashMap<&str, i64> = HashMap::new();
    a.iter().for_each(|w| *count.entry(w).or_default() += 1);
    let mut common = 0.0;
    for word in &b {
        if let Some(n) = count.get_mut(word.as_str()).filter(|n| **n > 0) {
            *n -= 1;
            common += 1.0;
        }
    }
    2.0 * common / (a.len() + b.len()).max(1) as f64
}

/// How many words and signs stand on one side only, in order.
pub fn distance(old: &[Unit], new: &[Unit]) -> usize {
    let words = |all: &[Unit]| {
        let mut out = Vec::new();
        for unit in all {
            for text in unit.cells.iter().flatten() {
                let mut end = 0;
                for token in text.tokens() {
                    // Blanks count as well.
                    if token.from > end {
                        out.push(" ".to_owned());
                    }
                    end = token.to;
                    out.push(token.text);
                }
                // Where a paragraph ends matters as well.
                out.push("\n".to_owned());
            }
        }
        out
    };
    let (old, new) = (words(old), words(new));
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    ops.iter()
        .filter(|op| !matches!(op, DiffOp::Equal { .. }))
        .map(|op| op.old_range().len() + op.new_range().len())
        .sum()
}
