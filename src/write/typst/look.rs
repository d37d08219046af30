//! What a laid-out page looks like and says, for those who show it on a screen: its text with places, a number that
//! tells pages apart, the page as SVG.

use super::{Layout, marks};
use crate::decree30::units::Pt;
use std::hash::{Hash, Hasher};
use typst::layout::{Frame, FrameItem, Point, Transform};
use typst::text::{FontStyle, FontWeight, TextItem};

/// A page and its text.
#[derive(Clone, Debug)]
pub struct PageText {
    /// Width of the paper.
    pub width: Pt,
    /// Height of the paper.
    pub height: Pt,
    /// Two pages with the same number look the same; which paragraph of the sheet a text is of does not count.
    pub look: u128,
    /// Its text, in the order in which it was laid out.
    pub pieces: Vec<Piece>,
}

/// Text in one face on one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// The paragraph that it is of, in the order of `Sheet::visit`; none for page numbers, the marks of footnotes, and for
    /// templates that do not say it.
    pub par: Option<usize>,
    /// Left end, from the left edge of the paper.
    pub x: Pt,
    /// Baseline, from the top edge of the paper.
    pub y: Pt,
    /// Type size.
    pub size: Pt,
    /// Width, the blanks of justified lines stretched.
    pub width: Pt,
    /// The text.
    pub text: String,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
}

/// Ends of pieces that are this near in points touch each other.
const TOUCH: f64 = 0.02;

/// The pages of a proof.
pub fn pages(layout: &Layout) -> Vec<PageText> {
    let pages = layout.document.pages().iter();
    pages
        .map(|page| {
            let mut pieces = Vec::new();
            read(&page.frame, Transform::identity(), &mut pieces);
            PageText {
                width: Pt(page.frame.width().to_pt()),
                height: Pt(page.frame.height().to_pt()),
                look: typst::utils::hash128(&(&page.fill, Look(&page.frame))),
                pieces,
            }
        })
        .collect()
}

/// A page as SVG on a transparent ground, text as shapes; `index` from 0.
pub fn svg(layout: &Layout, index: usize) -> Option<Vec<u8>> {
    Some(super::ink::svg(layout.document.pages().get(index)?).into_bytes())
}

fn read(frame: &Frame, outer: Transform, out: &mut Vec<Piece>) {
    for (at, item) in frame.items() {
        match item {
            FrameItem::Group(group) => {
                let inner = outer.pre_concat(Transform::translate(at.x, at.y)).pre_concat(group.transform);
                read(&group.frame, inner, out);
            }
            FrameItem::Text(text) => add(text, at.transform(outer), out),
            FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}

fn add(item: &TextItem, at: Point, out: &mut Vec<Piece>) {
    let variant = item.font.info().variant;
    let piece = Piece {
        par: item.glyphs.iter().find_map(|g| marks::par_of(g.span.0)),
        x: Pt(at.x.to_pt()),
        y: Pt(at.y.to_pt()),
        size: Pt(item.size.to_pt()),
        width: Pt(item.width().to_pt()),
        text: item.text.to_string(),
        bold: variant.weight >= FontWeight::BOLD,
        italic: variant.style != FontStyle::Normal,
    };
    // Boxes around words with a slash part a text that reads as one.
    if let Some(last) = out.last_mut()
        && last.par == piece.par
        && (last.bold, last.italic, last.size.0) == (piece.bold, piece.italic, piece.size.0)
        && (last.y.0 - piece.y.0).abs() < TOUCH
        && (last.x.0 + last.width.0 - piece.x.0).abs() < TOUCH
    {
        last.width = last.width + piece.width;
        last.text.push_str(&piece.text);
        return;
    }
    out.push(piece);
}

/// All of a frame that is seen, for hashing: not the places of its text in a source, nor its tags.
struct Look<'f>(&'f Frame);

impl Hash for Look<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.size().hash(state);
        for (at, item) in self.0.items() {
            match item {
                FrameItem::Group(group) => {
                    (0_u8, at, group.transform, &group.clip).hash(state);
                    Look(&group.frame).hash(state);
                }
                FrameItem::Text(text) => {
                    (1_u8, at, &text.font, text.size, &text.fill, &text.stroke, &text.text).hash(state);
                    for g in &text.glyphs {
                        (g.id, g.x_advance, g.x_offset, g.y_advance, g.y_offset).hash(state);
                    }
                }
                FrameItem::Shape(shape, _) => (2_u8, at, shape).hash(state),
                FrameItem::Image(image, size, _) => (3_u8, at, image, size).hash(state),
                FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }
}
