//! A page as a small grey picture. At this size a letter is five pixels high: each is drawn once in sixteen places of a
//! pixel and then only copied, where Typst draws each letter of each page anew.

use rustc_hash::FxHashMap;
use std::cell::RefCell;
use typst::utils::Scalar;
use typst_layout::Page;
use typst_library::foundations::{Content, Smart};
use typst_library::layout::{Abs, Frame, FrameItem, FrameKind, Point, Sides, Size, Transform};
use typst_library::text::{FontInstance, TextItem};
use typst_library::visualize::{Color, Geometry, Paint, Shape};
use typst_render::RenderOptions;

/// In how many places of a pixel, across and down, a letter is drawn.
const PLACES: f64 = 4.0;
/// Most letters that are kept; a document uses some hundred.
const MOST_KEPT: usize = 20_000;

/// Most faces that are kept.
const MOST_FONTS: usize = 100;

/// A picture in greys, row by row; 255 is white.
pub struct Grey {
    /// Pixels in a row.
    pub width: usize,
    /// The pixels.
    pub pixels: Vec<u8>,
}

/// Draws a page. `None` where something on it is neither black text nor a straight black line.
pub fn draw(page: &Page, scale: f64) -> Option<Grey> {
    let side = |length: Abs| (length.to_pt() * scale).round().max(1.0) as usize;
    let (width, height) = (side(page.frame.width()), side(page.frame.height()));
    let mut grey = Grey { width, pixels: vec![255; width * height] };
    KEPT.with_borrow_mut(|kept| {
        if kept.sprites.len() > MOST_KEPT || kept.fonts.len() > MOST_FONTS {
            *kept = Kept::default();
        }
        Painter { grey: &mut grey, height, scale, kept }.frame(&page.frame, Point::zero())
    })?;
    Some(grey)
}

thread_local! {
    static KEPT: RefCell<Kept> = RefCell::default();
}

/// Letters that were drawn.
#[derive(Default)]
struct Kept {
    fonts: Vec<FontInstance>,
    /// By face (12 bits), glyph (16), size in pixels (32) and place in the pixel (2 and 2).
    sprites: FxHashMap<u64, Sprite>,
}

impl Kept {
    fn font(&mut self, font: &FontInstance) -> usize {
        self.fonts.iter().position(|f| f == font).unwrap_or_else(|| {
            self.fonts.push(font.clone());
            self.fonts.len() - 1
        })
    }
}

/// How dark a letter makes the pixels around the point where it stands.
struct Sprite {
    left: i64,
    top: i64,
    width: usize,
    dark: Vec<u8>,
}

struct Painter<'p> {
    grey: &'p mut Grey,
    height: usize,
    scale: f64,
    kept: &'p mut Kept,
}

fn is_black(paint: &Paint) -> bool {
    *paint == Paint::Solid(Color::BLACK)
}

impl Painter<'_> {
    fn frame(&mut self, frame: &Frame, at: Point) -> Option<()> {
        for (place, item) in frame.items() {
            let at = at + *place;
            match item {
                FrameItem::Group(group) => {
                    let moved = group.transform;
                    let plain = Transform::translate(moved.tx, moved.ty) == moved && group.clip.is_none();
                    self.frame(plain.then_some(&group.frame)?, at + Point::new(moved.tx, moved.ty))?;
                }
                FrameItem::Text(text) => self.text(text, at)?,
                FrameItem::Shape(shape, _) => self.shape(shape, at)?,
                FrameItem::Image(..) => return None,
                FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
        Some(())
    }

    fn text(&mut self, text: &TextItem, at: Point) -> Option<()> {
        if !is_black(&text.fill) || text.stroke.is_some() {
            return None;
        }
        let mut pen = at;
        let size = (text.size.to_pt() * self.scale) as f32;
        let text_key = (self.kept.font(&text.font) as u64) << 52 | u64::from(size.to_bits()) << 4;
        for glyph in &text.glyphs {
            let x = (pen.x + glyph.x_offset.at(text.size)).to_pt() * self.scale;
            let y = (pen.y - glyph.y_offset.at(text.size)).to_pt() * self.scale;
            pen.x += glyph.x_advance.at(text.size);
            pen.y += glyph.y_advance.at(text.size);
            let steps = |length: f64| (length * PLACES).round() as i64;
            let (x, y, places) = (steps(x), steps(y), PLACES as i64);
            let (across, down) = (x.rem_euclid(places) as u8, y.rem_euclid(places) as u8);
            let key = text_key | u64::from(glyph.id) << 36 | u64::from(across << 2 | down);
            let drawn = || sprite(text, glyph, f64::from(size), across, down);
            let sprite = self.kept.sprites.entry(key).or_insert_with(drawn);
            stamp(self.grey, self.height, sprite, x.div_euclid(places), y.div_euclid(places));
        }
        Some(())
    }

    fn shape(&mut self, shape: &Shape, at: Point) -> Option<()> {
        let scale = self.scale;
        let pixels = |length: Abs| length.to_pt() * scale;
        let (x, y) = (pixels(at.x), pixels(at.y));
        if let Some(fill) = &shape.fill {
            let Geometry::Rect(size) = shape.geometry else { return None };
            let (width, height) = (pixels(size.x), pixels(size.y));
            is_black(fill).then(|| self.bar(x, y, x + width, y + height))?;
        }
        let Some(stroke) = &shape.stroke else { return Some(()) };
        if !is_black(&stroke.paint) || stroke.dash.is_some() {
            return None;
        }
        let half = pixels(stroke.thickness) / 2.0;
        let mut line = |x0: f64, y0: f64, x1: f64, y1: f64| {
            let (left, right, top, bottom) = (x0.min(x1), x0.max(x1), y0.min(y1), y0.max(y1));
            match (right - left < 1e-6, bottom - top < 1e-6) {
                (_, true) => self.bar(left, top - half, right, top + half),
                (true, _) => self.bar(left - half, top, left + half, bottom),
                _ => return None,
            }
            Some(())
        };
        match &shape.geometry {
            Geometry::Line(to) => line(x, y, x + pixels(to.x), y + pixels(to.y)),
            Geometry::Rect(size) => {
                let (right, bottom) = (x + pixels(size.x), y + pixels(size.y));
                [(x, y, right, y), (x, bottom, right, bottom), (x, y, x, bottom), (right, y, right, bottom)]
                    .into_iter()
                    .try_for_each(|(x0, y0, x1, y1)| line(x0, y0, x1, y1))
            }
            Geometry::Curve(_) => None,
        }
    }

    /// A black bar; a pixel that it covers in part is as dark as that part.
    fn bar(&mut self, left: f64, top: f64, right: f64, bottom: f64) {
        let part = |at: usize, from: f64, to: f64| (to.min(at as f64 + 1.0) - from.max(at as f64)).clamp(0.0, 1.0);
        let range =
            |from: f64, to: f64, end: usize| from.floor().max(0.0) as usize..(to.ceil().max(0.0) as usize).min(end);
        for y in range(top, bottom, self.height) {
            for x in range(left, right, self.grey.width) {
                let dark = part(y, top, bottom) * part(x, left, right) * 255.0;
                darken(&mut self.grey.pixels[y * self.grey.width + x], dark.round() as u8);
            }
        }
    }
}

fn darken(pixel: &mut u8, by: u8) {
    *pixel = (u16::from(*pixel) * u16::from(255 - by) / 255) as u8;
}

/// Draws one glyph `across` and `down` steps behind the corner of a pixel.
fn sprite(text: &TextItem, glyph: &typst_library::text::Glyph, size: f64, across: u8, down: u8) -> Sprite {
    // No glyph of the faces is wider or higher than this around its point.
    let around = (size * 1.5).ceil() + 1.0;
    let side = Abs::pt(around * 2.0);
    let mut frame = Frame::new(Size::splat(side), FrameKind::Hard);
    let mut glyph = glyph.clone();
    let length = glyph.range.len() as u16;
    (glyph.range, glyph.x_offset, glyph.y_offset) = (0..length, Default::default(), Default::default());
    let item = TextItem { size: Abs::pt(size), glyphs: vec![glyph], ..text.clone() };
    let place = |steps: u8| Abs::pt(around + f64::from(steps) / PLACES);
    frame.push(Point::new(place(across), place(down)), FrameItem::Text(item));
    let page = Page {
        frame,
        bleed: Sides::default(),
        fill: Smart::Auto,
        numbering: None,
        supplement: Content::empty(),
        number: 1,
    };
    let one_a_point = RenderOptions { pixel_per_pt: Scalar::new(1.0), ..RenderOptions::default() };
    let pixmap = typst_render::render(&page, &one_a_point);
    let dark: Vec<u8> = pixmap.data().chunks_exact(4).map(|p| 255 - p[0]).collect();
    trimmed(&dark, pixmap.width() as usize, around as i64)
}

/// Without the rows and columns around it that stay white.
fn trimmed(dark: &[u8], width: usize, around: i64) -> Sprite {
    let inked = || dark.iter().enumerate().filter(|(_, d)| **d > 0).map(|(at, _)| (at % width, at / width));
    let (left, right) = (inked().map(|p| p.0).min().unwrap_or(0), inked().map(|p| p.0 + 1).max().unwrap_or(0));
    let (top, bottom) = (inked().map(|p| p.1).min().unwrap_or(0), inked().map(|p| p.1 + 1).max().unwrap_or(0));
    let rows = dark.chunks_exact(width).take(bottom).skip(top);
    Sprite {
        left: left as i64 - around,
        top: top as i64 - around,
        width: right - left,
        dark: rows.flat_map(|row| row[left..right].iter().copied()).collect(),
    }
}

fn stamp(grey: &mut Grey, height: usize, sprite: &Sprite, x: i64, y: i64) {
    if sprite.width == 0 {
        return;
    }
    let (left, top) = (x + sprite.left, y + sprite.top);
    // Letters that reach over an edge lose what is outside.
    let skipped = usize::try_from(-left).unwrap_or(0).min(sprite.width);
    let start = usize::try_from(left).unwrap_or(0);
    for (down, row) in sprite.dark.chunks_exact(sprite.width).enumerate() {
        let Some(y) = usize::try_from(top + down as i64).ok().filter(|y| *y < height) else { continue };
        let line = &mut grey.pixels[y * grey.width..(y + 1) * grey.width];
        let Some(line) = line.get_mut(start..) else { continue };
        for (pixel, dark) in line.iter_mut().zip(&row[skipped..]) {
            darken(pixel, *dark);
        }
    }
}
