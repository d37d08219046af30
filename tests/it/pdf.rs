//! What a PDF of ours really shows: every character with its face, size and place, every drawn rule.

use hayro_cmap::{BfString, CMap};
use hayro_syntax::Pdf;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use std::collections::HashMap;

/// A character on a page; lengths in points from the top left corner.
#[derive(Clone, Debug)]
pub struct Glyph {
    pub page: usize,
    pub c: char,
    pub x0: f64,
    pub x1: f64,
    pub y: f64,
    pub size: f64,
    pub bold: bool,
    pub italic: bool,
    pub font: String,
}

/// A horizontal rule.
#[derive(Clone, Debug)]
pub struct Rule {
    pub page: usize,
    pub x0: f64,
    pub x1: f64,
    pub y: f64,
    pub thickness: f64,
}

/// All pages.
#[derive(Default)]
pub struct Facts {
    pub sizes: Vec<(f64, f64)>,
    pub glyphs: Vec<Glyph>,
    pub rules: Vec<Rule>,
}

struct Font {
    name: String,
    map: CMap,
    widths: HashMap<u32, f64>,
    default: f64,
}

type Matrix = [f64; 6];

fn multiply(m: Matrix, n: Matrix) -> Matrix {
    [
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    ]
}

fn font(dict: &Dict<'_>) -> Option<Font> {
    let map = CMap::parse(&dict.get::<Stream<'_>>("ToUnicode")?.decoded().ok()?, |_| None)?;
    let name = dict.get::<Name<'_>>("BaseFont")?.as_str().to_owned();
    let descendants: Array<'_> = dict.get("DescendantFonts")?;
    let cid: Dict<'_> = descendants.iter::<Dict<'_>>().next()?;
    let default = cid.get::<Number>("DW").map_or(1000.0, |n| n.as_f64());
    let mut widths = HashMap::new();
    if let Some(w) = cid.get::<Array<'_>>("W") {
        let all: Vec<Object<'_>> = w.iter::<Object<'_>>().collect();
        let mut i = 0;
        while i + 1 < all.len() {
            let (Object::Number(first), next) = (&all[i], &all[i + 1]) else { break };
            let first = first.as_i64() as u32;
            match next {
                Object::Array(list) => {
                    for (k, n) in list.iter::<Number>().enumerate() {
                        widths.insert(first + k as u32, n.as_f64());
                    }
                    i += 2;
                }
                Object::Number(last) => {
                    let Some(Object::Number(width)) = all.get(i + 2) else { break };
                    for code in first..=last.as_i64() as u32 {
                        widths.insert(code, width.as_f64());
                    }
                    i += 3;
                }
                _ => break,
            }
        }
    }
    Some(Font { name, map, widths, default })
}

/// Reads a PDF.
pub fn read(bytes: &[u8]) -> Facts {
    let pdf = Pdf::new(bytes.to_vec()).expect("a PDF");
    let mut facts = Facts::default();
    for (index, page) in pdf.pages().iter().enumerate() {
        let (_, height) = page.render_dimensions();
        let (width, height) = (f64::from(page.render_dimensions().0), f64::from(height));
        facts.sizes.push((width, height));
        let mut fonts: HashMap<Vec<u8>, Font> = HashMap::new();
        let mut current: Option<(Vec<u8>, f64)> = None;
        let identity = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
        let (mut ctm, mut text) = (identity, identity);
        let mut saved = Vec::new();
        let mut thickness = 1.0;
        let mut path: Vec<(f64, f64)> = Vec::new();
        let mut ops = page.typed_operations();
        while let Some(op) = ops.next() {
            match op {
                Op::SaveState(_) => saved.push((ctm, thickness)),
                Op::RestoreState(_) => (ctm, thickness) = saved.pop().unwrap(),
                Op::Transform(m) => {
                    ctm = multiply(
                        [m.0.as_f64(), m.1.as_f64(), m.2.as_f64(), m.3.as_f64(), m.4.as_f64(), m.5.as_f64()],
                        ctm,
                    );
                }
                Op::LineWidth(w) => thickness = w.0.as_f64(),
                Op::MoveTo(p) => path = vec![(p.0.as_f64(), p.1.as_f64())],
                Op::LineTo(p) => path.push((p.0.as_f64(), p.1.as_f64())),
                Op::StrokePath(_) => {
                    for pair in path.windows(2) {
                        let at = |p: (f64, f64)| {
                            let m = multiply([1.0, 0.0, 0.0, 1.0, p.0, p.1], ctm);
                            (m[4], height - m[5])
                        };
                        let (a, b) = (at(pair[0]), at(pair[1]));
                        if (a.1 - b.1).abs() < 0.1 && (a.0 - b.0).abs() > 5.0 {
                            facts.rules.push(Rule {
                                page: index,
                                x0: a.0.min(b.0),
                                x1: a.0.max(b.0),
                                y: a.1,
                                thickness,
                            });
                        }
                    }
                    path.clear();
                }
                Op::BeginText(_) => text = identity,
                Op::SetTextMatrix(m) => {
                    text = [m.0.as_f64(), m.1.as_f64(), m.2.as_f64(), m.3.as_f64(), m.4.as_f64(), m.5.as_f64()];
                }
                Op::NextLine(by) => text = multiply([1.0, 0.0, 0.0, 1.0, by.0.as_f64(), by.1.as_f64()], text),
                Op::TextFont(set) => {
                    let name = set.0.as_ref().to_vec();
                    if !fonts.contains_key(&name) {
                        let dict = page.resources().get_font(set.0).expect("a font");
                        fonts.insert(name.clone(), font(&dict).expect("a Type 0 font"));
                    }
                    current = Some((name, set.1.as_f64()));
                }
                Op::ShowText(show) => {
                    let (name, size) = current.as_ref().unwrap();
                    glyphs(show.0.as_bytes(), &fonts[name], *size, &mut text, ctm, index, height, &mut facts.glyphs);
                }
                Op::ShowTexts(show) => {
                    let (name, size) = current.as_ref().unwrap();
                    for part in show.0.iter::<Object<'_>>() {
                        match part {
                            Object::String(s) => glyphs(
                                s.as_bytes(),
                                &fonts[name],
                                *size,
                                &mut text,
                                ctm,
                                index,
                                height,
                                &mut facts.glyphs,
                            ),
                            Object::Number(n) => {
                                text = multiply([1.0, 0.0, 0.0, 1.0, -n.as_f64() / 1000.0 * size, 0.0], text)
                            }
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
    }
    facts
}

#[expect(clippy::too_many_arguments, reason = "the state of a text object")]
fn glyphs(
    bytes: &[u8],
    font: &Font,
    size: f64,
    text: &mut Matrix,
    ctm: Matrix,
    page: usize,
    height: f64,
    out: &mut Vec<Glyph>,
) {
    for code in bytes.chunks(2) {
        let code = code.iter().fold(0u32, |n, b| n << 8 | u32::from(*b));
        let width = font.widths.get(&code).copied().unwrap_or(font.default) / 1000.0 * size;
        let m = multiply(*text, ctm);
        let end = multiply(multiply([1.0, 0.0, 0.0, 1.0, width, 0.0], *text), ctm);
        let scale = (m[2] * m[2] + m[3] * m[3]).sqrt();
        let chars: Vec<char> = match font.map.lookup_bf_string(code) {
            Some(BfString::Char(c)) => vec![c],
            Some(BfString::String(s)) => s.chars().collect(),
            None => vec!['\u{FFFD}'],
        };
        let name = font.name.split('+').next_back().unwrap().to_owned();
        for c in chars {
            out.push(Glyph {
                page,
                c,
                x0: m[4],
                x1: end[4],
                y: height - m[5],
                size: (size * scale * 100.0).round() / 100.0,
                bold: name.contains("Bold"),
                italic: name.contains("Italic"),
                font: name.clone(),
            });
        }
        *text = multiply([1.0, 0.0, 0.0, 1.0, width, 0.0], *text);
    }
}
