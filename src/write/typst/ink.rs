//! A page as SVG that a browser draws at once: one path for each run of text, in the whole numbers of the font.
//!
//! `typst-svg` writes a reference for each letter; a browser takes 70 to 130 ms for such a page of text and 20 for this
//! one (measured, see benches/results.md). All but the text is still drawn by `typst-svg`, and so is the whole page where
//! something is painted over text.

use std::collections::HashMap;
use std::fmt::Write;
use ttf_parser::{GlyphId, OutlineBuilder};
use typst::foundations::Smart;
use typst::layout::{Frame, FrameItem, Transform};
use typst::text::TextItem;
use typst::visualize::{Color, Paint};
use typst_layout::Page;
use typst_svg::SvgOptions;

/// The page, on a transparent ground unless its template colours it.
pub fn svg(page: &Page) -> String {
    let mut ground = page.clone();
    if ground.fill == Smart::Auto {
        ground.fill = Smart::Custom(None);
    }
    let mut text = Text::default();
    let rest = text.take(&page.frame, Transform::identity());
    if text.covered || text.special {
        return typst_svg::svg(&ground, &SvgOptions::default());
    }
    ground.frame = rest;
    let mut out = typst_svg::svg(&ground, &SvgOptions::default());
    match out.rfind("</svg>") {
        Some(end) => out.insert_str(end, &text.paths),
        None => return typst_svg::svg(page, &SvgOptions::default()),
    }
    out
}

/// The text of a page as paths.
#[derive(Default)]
struct Text {
    paths: String,
    /// Something that could hide text stands behind some in the order of painting. An underline in the colour of the text
    /// hides nothing.
    covered: bool,
    /// The colour of the text so far.
    colour: Option<Color>,
    /// Some text is not drawn by filling outlines in one colour.
    special: bool,
    outlines: HashMap<(u128, u16), Outline>,
}

/// The contours of a glyph in font units: where each begins, and the way from there.
#[derive(Default)]
struct Outline {
    contours: Vec<(i32, i32, String)>,
    at: (i32, i32),
}

impl Text {
    /// Takes the text out of a frame; gives what is left.
    fn take(&mut self, frame: &Frame, outer: Transform) -> Frame {
        let mut rest = Frame::new(frame.size(), frame.kind());
        for (at, item) in frame.items() {
            match item {
                FrameItem::Group(group) => {
                    let inner = outer.pre_concat(Transform::translate(at.x, at.y)).pre_concat(group.transform);
                    self.special |= group.clip.is_some();
                    let mut left = group.clone();
                    left.frame = self.take(&group.frame, inner);
                    rest.push(*at, FrameItem::Group(left));
                }
                FrameItem::Text(text) => self.draw(text, outer.pre_concat(Transform::translate(at.x, at.y))),
                FrameItem::Shape(shape, _) => {
                    let stroke = shape.stroke.as_ref().map(|s| &s.paint);
                    let seen = |paint: &Paint| !matches!((paint, &self.colour), (Paint::Solid(a), Some(b)) if a == b);
                    self.covered |= !self.paths.is_empty() && (shape.fill.is_some() || stroke.is_some_and(seen));
                    rest.push(*at, item.clone());
                }
                FrameItem::Image(..) => {
                    self.covered |= !self.paths.is_empty();
                    rest.push(*at, item.clone());
                }
                FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
        rest
    }

    fn draw(&mut self, text: &TextItem, to: Transform) {
        let Paint::Solid(colour) = &text.fill else {
            self.special = true;
            return;
        };
        let font = &text.font;
        // Lines of one colour over text of several are drawn as they come.
        self.special |= self.colour.replace(colour.clone()).is_some_and(|before| before != *colour);
        self.special |= text.stroke.is_some();
        let units = font.units_per_em();
        let key = typst::utils::hash128(font);
        let mut d = String::new();
        let mut cursor = 0.0;
        for glyph in &text.glyphs {
            let outline = self.outlines.entry((key, glyph.id)).or_insert_with(|| {
                let mut outline = Outline::default();
                let _ = font.ttf().outline_glyph(GlyphId(glyph.id), &mut outline);
                outline
            });
            let x = whole((cursor + glyph.x_offset.get()) * units);
            let y = whole(glyph.y_offset.get() * units);
            for (from_x, from_y, way) in &outline.contours {
                let _ = write!(d, "M{} {}{way}z", x + from_x, y + from_y);
            }
            cursor += glyph.x_advance.get();
        }
        if d.is_empty() {
            return;
        }
        let scale = text.size.to_pt() / units;
        let (a, b) = (to.sx.get() * scale, to.ky.get() * scale);
        let (c, e) = (-to.kx.get() * scale, -to.sy.get() * scale);
        let (x, y) = (to.tx.to_pt(), to.ty.to_pt());
        let _ = write!(
            self.paths,
            "<path fill=\"{}\" transform=\"matrix({a:.6} {b:.6} {c:.6} {e:.6} {x:.3} {y:.3})\" d=\"{d}\"/>",
            colour.to_hex()
        );
    }
}

fn whole(value: f64) -> i32 {
    value.round() as i32
}

impl Outline {
    /// Coordinates relative to the last point.
    fn to(&mut self, command: char, points: &[(f32, f32)]) {
        let (from_x, from_y) = self.at;
        let Some((.., way)) = self.contours.last_mut() else { return };
        way.push(command);
        for (i, (x, y)) in points.iter().enumerate() {
            let (x, y) = (x.round() as i32, y.round() as i32);
            let (dx, dy) = (x - from_x, y - from_y);
            let gap = if i > 0 && dx >= 0 { " " } else { "" };
            let _ = write!(way, "{gap}{dx}{}{dy}", if dy >= 0 { " " } else { "" });
            self.at = (x, y);
        }
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at = (x.round() as i32, y.round() as i32);
        self.contours.push((self.at.0, self.at.1, String::new()));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.to('l', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.to('q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.to('c', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {}
}
