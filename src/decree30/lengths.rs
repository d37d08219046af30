//! Lengths that the decree leaves open. Every format takes them from here, so that a page is the same in each; practice.

use super::units::{Mm, Pt};
use std::ops::RangeInclusive;

/// Air between the text of a cell and its rules: at the sides, above and below. Word's own at the sides.
pub const CELL_INSET: (Pt, Pt) = (Pt(5.4), Pt(2.0));
/// Least height of the rows of a table, where a plan asks for one: from a line of text to a place for a photograph.
pub const ROW_HEIGHT: RangeInclusive<Mm> = Mm(5.0)..=Mm(100.0);
/// Air above a picture, and between it and its caption or what follows.
pub const PICTURE_GAPS: (Pt, Pt) = (Pt(6.0), Pt(4.0));
/// Thickness of the rules of tables.
pub const TABLE_RULE: Pt = Pt(0.5);
/// Thickness of the box around a mark (mục III, khoản 2, điểm b: “khung hình chữ nhật viền đơn”).
pub const MARK_RULE: Pt = Pt(0.75);
