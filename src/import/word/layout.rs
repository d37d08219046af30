//! How the body of a file is set: what most of its letters and long paragraphs have.

use super::styles::Spacing;
use crate::import::stream::Layout;
use crate::ooxml::xml::Element;
use std::collections::BTreeMap;

/// Letters from which on a paragraph is text, not a title.
const TEXT: usize = 80;

/// Size of letters that nothing is said of, in half-points (17.3.2.38).
pub const UNSAID_SIZE: u32 = 20;
/// A single line of Times New Roman is so many times its size.
const SINGLE: f64 = 1.15;

/// The height of a paragraph of one line with the gaps before and after it, in points; letters in half-points.
pub fn line_height(spacing: Spacing, size: u32) -> f64 {
    let points = |twips: Option<u32>| f64::from(twips.unwrap_or(0)) / 20.0;
    let line = match spacing.line.unwrap_or((240, false)) {
        (length, true) => f64::from(length) / 20.0,
        (part, false) => f64::from(part) / 240.0 * SINGLE * f64::from(size) / 2.0,
    };
    points(spacing.before) + line + points(spacing.after)
}

/// What was counted.
#[derive(Debug, Default)]
pub struct Counts {
    /// Letters of each size, in half-points.
    sizes: BTreeMap<u32, usize>,
    /// The same in tables that have rules.
    cells: BTreeMap<u32, usize>,
    /// Paragraphs of each spacing: from line to line and whether that is a length; the gap in twentieths of a point.
    lines: BTreeMap<(u32, bool), usize>,
    gaps: BTreeMap<u32, usize>,
}

impl Counts {
    /// A run of the body.
    pub fn run(&mut self, size: Option<u32>, letters: usize) {
        *self.sizes.entry(size.unwrap_or(UNSAID_SIZE)).or_default() += letters;
    }

    /// A run in a table that has rules.
    pub fn cell(&mut self, size: Option<u32>, letters: usize) {
        *self.cells.entry(size.unwrap_or(UNSAID_SIZE)).or_default() += letters;
    }

    /// A paragraph of the body.
    pub fn paragraph(&mut self, spacing: Spacing, letters: usize) {
        if letters >= TEXT {
            *self.lines.entry(spacing.line.unwrap_or((240, false))).or_default() += 1;
            let gap = spacing.before.unwrap_or(0).max(spacing.after.unwrap_or(0));
            *self.gaps.entry(gap).or_default() += 1;
        }
    }

    /// What most of it has, with the margins of a section.
    pub fn layout(&self, section: Option<&Element>) -> Layout {
        let size = most(&self.sizes).map(|half| f64::from(half) / 2.0);
        let line = most(&self.lines).map(|(line, length)| {
            if length { f64::from(line) / 20.0 / (size.unwrap_or(14.0) * SINGLE) } else { f64::from(line) / 240.0 }
        });
        let margin = |name: &str| -> Option<f64> {
            let twips: f64 = section?.child("w:pgMar")?.get(name)?.parse().ok()?;
            Some(twips * 25.4 / 1440.0)
        };
        Layout {
            size,
            table: most(&self.cells).map(|half| f64::from(half) / 2.0),
            line,
            gap: most(&self.gaps).map(|twips| f64::from(twips) / 20.0),
            margins: [margin("w:top"), margin("w:bottom"), margin("w:left"), margin("w:right")],
        }
    }
}

/// What was counted most often.
fn most<K: Copy + Ord>(counts: &BTreeMap<K, usize>) -> Option<K> {
    counts.iter().max_by_key(|(_, n)| **n).map(|(key, _)| *key)
}
