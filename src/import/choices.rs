//! How the body of a file is set, as far as the decree leaves the choice (Phụ lục I, phần I, mục I and II).

use super::stream::Layout;
use crate::decree30::page::{
    BODY_SIZES, DEFAULT_MARGINS, LEFT, LINE_SPACING, Margins, PAPER, PARAGRAPH_GAP, RIGHT, TOP_BOTTOM,
};
use crate::decree30::style::{Component, Profile, TABLE_SIZES};
use crate::decree30::units::{Mm, Pt};
use std::ops::RangeInclusive;

/// What a plan would choose; none where it is the usual, or where the file has what the decree does not allow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choices {
    /// Size of the body in points.
    pub size: Option<f64>,
    /// Size of the letters in tables, in points.
    pub table: Option<f64>,
    /// From line to line, in single lines.
    pub line: Option<f64>,
    /// Between paragraphs.
    pub gap: Option<Pt>,
    /// The margins.
    pub margins: Margins,
}

impl Default for Choices {
    fn default() -> Self {
        Choices { size: None, table: None, line: None, gap: None, margins: DEFAULT_MARGINS }
    }
}

impl Choices {
    /// Those of a file.
    pub fn of(layout: &Layout) -> Self {
        let [top, bottom, left, right] = layout.margins;
        let margin = |value: Option<f64>, range: RangeInclusive<Mm>, usual: Mm| {
            value.map(|mm| Mm(mm.round())).filter(|mm| range.contains(mm)).unwrap_or(usual)
        };
        let usual = DEFAULT_MARGINS;
        let line = layout.line.map(|l| (l * 100.0).round() / 100.0);
        let gap = layout.gap.map(|gap| Pt(gap.round()));
        Choices {
            // The last size is the usual one.
            size: layout.size.filter(|s| BODY_SIZES.contains(s) && BODY_SIZES.last() != Some(s)),
            table: layout.table.filter(|s| TABLE_SIZES.contains(s) && Pt(*s) != Component::OBang.size(Profile::Large)),
            line: line.filter(|l| LINE_SPACING.contains(l) && l > LINE_SPACING.start()),
            gap: gap.filter(|gap| PARAGRAPH_GAP.contains(gap) && gap > PARAGRAPH_GAP.start()),
            margins: Margins {
                top: margin(top, TOP_BOTTOM, usual.top),
                bottom: margin(bottom, TOP_BOTTOM, usual.bottom),
                left: margin(left, LEFT, usual.left),
                right: margin(right, RIGHT, usual.right),
            },
        }
    }

    /// The size of the letters in tables in points.
    pub fn table_size(&self) -> f64 {
        self.table.unwrap_or(Component::OBang.size(Profile::Large).0)
    }

    /// The width of the text in millimetres, on an upright page or on one that lies.
    pub fn text_width(&self, lying: bool) -> f64 {
        let paper = if lying { PAPER.1 } else { PAPER.0 };
        paper.0 - self.margins.left.0 - self.margins.right.0
    }
}
