//! A PDF of LibreOffice's: its pages as SVG, and its words with their places.

use super::compare::Word;
use crate::guarded::guarded;
use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, TransformExt, interpret_page,
};
use hayro_svg::{RenderCache, SvgRenderSettings};
use hayro_syntax::Pdf;
use kurbo::{Affine, BezPath, Rect};
use std::sync::Arc;

/// A page.
pub struct OfficePage {
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
    /// As SVG.
    pub svg: Arc<Vec<u8>>,
}

/// All pages, and their words in the order in which they were drawn.
pub struct Drawn {
    /// The pages.
    pub pages: Vec<OfficePage>,
    /// The words.
    pub words: Vec<Word>,
}

/// A gap of this many em between two letters parts words.
const GAP: f64 = 0.2;
/// How wide the last letter of a word is taken to be, in em.
const LAST: f64 = 0.5;

/// Reads a PDF; none where it cannot be read.
pub fn read(bytes: Vec<u8>) -> Option<Drawn> {
    guarded(move || drawn(bytes)).flatten()
}

fn drawn(bytes: Vec<u8>) -> Option<Drawn> {
    let pdf = Pdf::new(bytes).ok()?;
    let mut out = Drawn { pages: Vec::new(), words: Vec::new() };
    let settings = InterpreterSettings::default();
    let (cache, words) = (RenderCache::new(), InterpreterCache::new());
    for (number, page) in pdf.pages().iter().enumerate() {
        let (width, height) = (f64::from(page.render_dimensions().0), f64::from(page.render_dimensions().1));
        let svg = hayro_svg::convert(page, &cache, &settings, &SvgRenderSettings::default());
        let area = Rect::new(0.0, 0.0, width, height);
        let start = page.initial_transform(true).to_kurbo();
        let mut state = Context::new(start, area, &words, page.xref(), settings.clone());
        let mut letters = Letters { page: number, words: &mut out.words, open: None };
        interpret_page(page, &mut state, &mut letters);
        letters.close();
        out.pages.push(OfficePage { width, height, svg: Arc::new(svg.into_bytes()) });
    }
    Some(out)
}

/// Collects the letters of a page into words.
struct Letters<'w> {
    page: usize,
    words: &'w mut Vec<Word>,
    /// The word that is being drawn, with the place of its last letter.
    open: Option<(Word, f64)>,
}

impl Letters<'_> {
    fn close(&mut self) {
        if let Some((word, _)) = self.open.take() {
            self.words.extend(word.cut());
        }
    }

    fn letter(&mut self, text: &str, x: f64, y: f64, size: f64) {
        if text.trim().is_empty() {
            // The blank begins where the last letter ends.
            if let Some((word, last)) = &mut self.open
                && x > *last
                && x - *last < 2.0 * size
            {
                word.width = x - word.x;
            }
            return self.close();
        }
        let goes_on = self.open.as_ref().is_some_and(|(word, last)| {
            (word.y - y).abs() < 0.1 * size && x >= *last - 0.1 && x - *last < (1.0 + GAP) * size
        });
        if !goes_on {
            self.close();
        }
        let (word, last) = self.open.get_or_insert_with(|| {
            let word = Word { text: String::new(), page: self.page, x, y, width: 0.0, size };
            (word, x)
        });
        word.text.push_str(text);
        word.width = x + LAST * size - word.x;
        *last = x;
    }
}

impl<'a> Device<'a> for Letters<'_> {
    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(s)) => s,
            None => return,
        };
        let [_, _, c, d, x, y] = (transform * glyph_transform).as_coeffs();
        // Glyphs are drawn in thousandths of the type size.
        self.letter(&text, x, y, c.hypot(d) * 1000.0);
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
