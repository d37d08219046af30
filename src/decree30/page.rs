//! Paper, margins and paragraph ranges. Source: Phụ lục I, phần I, mục I (page) and mục II, khoản 6, điểm e (paragraphs).

use super::units::{Mm, Pt};
use std::ops::RangeInclusive;

/// Where these ranges stand in the decree.
pub const PAGE_CLAUSE: &str = "Phụ lục I, phần I, mục I, khoản 3";
/// Where the paragraph ranges stand in the decree.
pub const PARAGRAPH_CLAUSE: &str = "Phụ lục I, phần I, mục II, khoản 6, điểm e";

/// A4, the only paper (khoản 1).
pub const PAPER: (Mm, Mm) = (Mm(210.0), Mm(297.0));

/// Lawful top and bottom margins.
pub const TOP_BOTTOM: RangeInclusive<Mm> = Mm(20.0)..=Mm(25.0);
/// Lawful left margin.
pub const LEFT: RangeInclusive<Mm> = Mm(30.0)..=Mm(35.0);
/// Lawful right margin.
pub const RIGHT: RangeInclusive<Mm> = Mm(15.0)..=Mm(20.0);

/// Lawful first-line indent.
pub const FIRST_LINE: RangeInclusive<Mm> = Mm(10.0)..=Mm(12.7);
/// Lawful line spacing, as a multiple of single.
pub const LINE_SPACING: RangeInclusive<f64> = 1.0..=1.5;
/// Smallest gap between paragraphs; the largest is ours (a line of the largest body), to catch a slip of the pen.
pub const PARAGRAPH_GAP: RangeInclusive<Pt> = Pt(6.0)..=Pt(24.0);
/// Lawful sizes of the body.
pub const BODY_SIZES: [f64; 2] = [13.0, 14.0];

/// The four margins of a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Margins {
    /// Top, mm.
    pub top: Mm,
    /// Bottom, mm.
    pub bottom: Mm,
    /// Left, mm.
    pub left: Mm,
    /// Right, mm.
    pub right: Mm,
}

/// What is used where the plan does not choose. Practice in commune files: 20, 20, 30, 15 mm.
pub const DEFAULT_MARGINS: Margins = Margins { top: Mm(20.0), bottom: Mm(20.0), left: Mm(30.0), right: Mm(15.0) };

/// Height of the boxes of urgency and circulation (mục III, khoản 2, điểm b).
pub const MARK_HEIGHT: Mm = Mm(8.0);

/// Centre line of the page number above the text area: the middle of the top margin (mục I, khoản 7).
pub fn page_number_from_top(top: Mm) -> Mm {
    Mm(top.0 / 2.0)
}
