//! The text of a PDF that we wrote, read back from its bytes in logical order: the structure tree says the order, the
//! content streams hold the glyphs, ToUnicode maps turn them into characters (ISO 32000-1, 9.10 and 14.7).

use hayro_cmap::{BfString, CMap};
use hayro_syntax::Pdf;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::Page;
use std::collections::HashMap;

/// Stands for a place where a line or a block ends: a word may or may not end there.
pub const SOFT: char = '\u{1}';

/// What a PDF says.
#[derive(Debug, Default)]
pub struct PdfText {
    /// Everything in reading order except footnotes.
    pub main: String,
    /// Footnotes in order.
    pub notes: String,
    /// Text outside the logical order (page numbers, repeated table headers): page from 1, text.
    pub artifacts: Vec<(usize, String)>,
}

/// The margins inside which text must begin, in points. Above the top margin stand page numbers and marks.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    /// Left margin.
    pub left: f64,
    /// Right margin.
    pub right: f64,
    /// Bottom margin.
    pub bottom: f64,
}

/// Deepest structure tree read; ours has about ten levels.
const MAX_DEPTH: usize = 64;

/// Reads the text back. The error says what could not be read.
pub fn read(bytes: &[u8], area: Area) -> Result<PdfText, &'static str> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|_| "tệp không đọc lại được")?;
    let mut chunks: HashMap<(usize, i32), String> = HashMap::new();
    let mut out = PdfText::default();
    let mut pages: HashMap<ObjectIdentifier, usize> = HashMap::new();
    for (index, page) in pdf.pages().iter().enumerate() {
        if let Some(id) = page.raw().obj_id() {
            pages.insert(id, index);
        }
        page_text(page, index, area, &mut chunks, &mut out.artifacts)?;
    }
    let xref = pdf.xref();
    let root: Dict<'_> = xref.get(xref.root_id()).ok_or("không có danh mục gốc")?;
    let tree: Dict<'_> = root.get("StructTreeRoot").ok_or("không có cây cấu trúc")?;
    let mut walk = Walk { chunks: &mut chunks, pages: &pages, out: &mut out };
    if let Some(kids) = tree.get::<Object<'_>>("K") {
        walk.kids(&kids, None, false, 0);
    }
    if chunks.values().any(|c| c.chars().any(|c| c != SOFT && !c.is_whitespace())) {
        return Err("có chữ nằm ngoài cây cấu trúc");
    }
    Ok(out)
}

struct Walk<'w> {
    chunks: &'w mut HashMap<(usize, i32), String>,
    pages: &'w HashMap<ObjectIdentifier, usize>,
    out: &'w mut PdfText,
}

impl Walk<'_> {
    fn kids(&mut self, kids: &Object<'_>, page: Option<usize>, note: bool, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        match kids {
            Object::Array(array) => {
                for kid in array.iter::<Object<'_>>() {
                    self.kid(&kid, page, note, depth);
                }
            }
            other => self.kid(other, page, note, depth),
        }
    }

    fn kid(&mut self, kid: &Object<'_>, page: Option<usize>, note: bool, depth: usize) {
        match kid {
            Object::Number(mcid) => self.take(page, mcid.as_i64(), note),
            Object::Dict(dict) => {
                let page = self.page(dict).or(page);
                if let Some(mcid) = dict.get::<Number>("MCID") {
                    self.take(page, mcid.as_i64(), note);
                    return;
                }
                let name: Option<Name<'_>> = dict.get("S");
                let name = name.as_ref().map_or("", |n| n.as_str());
                let note = note || matches!(name, "Note" | "FENote");
                let inline = matches!(name, "Span" | "Link" | "Em" | "Strong" | "Reference" | "Sub" | "Quote");
                if !inline {
                    self.push(note, SOFT);
                }
                if let Some(kids) = dict.get::<Object<'_>>("K") {
                    self.kids(&kids, page, note, depth + 1);
                }
                if !inline {
                    self.push(note, SOFT);
                }
            }
            _ => {}
        }
    }

    fn page(&self, dict: &Dict<'_>) -> Option<usize> {
        let reference = dict.get_ref("Pg")?;
        self.pages.get(&reference.into()).copied()
    }

    fn push(&mut self, note: bool, c: char) {
        let text = if note { &mut self.out.notes } else { &mut self.out.main };
        text.push(c);
    }

    fn take(&mut self, page: Option<usize>, mcid: i64, note: bool) {
        let Some(page) = page else { return };
        let Ok(mcid) = i32::try_from(mcid) else { return };
        if let Some(chunk) = self.chunks.remove(&(page, mcid)) {
            let text = if note { &mut self.out.notes } else { &mut self.out.main };
            text.push_str(&chunk);
        }
    }
}

/// A transformation matrix, as PDF writes it.
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

/// Where a stretch of content belongs.
#[derive(Clone, Copy)]
enum Mark {
    /// Marked content with an id.
    Content(i32),
    /// An artifact.
    Artifact,
    /// Another mark, which changes nothing.
    Other,
}

fn page_text(
    page: &Page<'_>,
    index: usize,
    area: Area,
    chunks: &mut HashMap<(usize, i32), String>,
    artifacts: &mut Vec<(usize, String)>,
) -> Result<(), &'static str> {
    const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
    let mut fonts: HashMap<Vec<u8>, Letters> = HashMap::new();
    let mut font: Option<Vec<u8>> = None;
    let mut ctm = IDENTITY;
    let mut saved: Vec<Matrix> = Vec::new();
    let mut text_matrix = IDENTITY;
    let mut marks: Vec<Mark> = Vec::new();
    let mut baseline: HashMap<i32, f64> = HashMap::new();
    let (width, height) = page.render_dimensions();
    let inside = |m: Matrix| {
        let (x, y) = (m[4], m[5]);
        let across = x >= area.left - 1.0 && x <= f64::from(width) - area.right + 1.0;
        across && y >= area.bottom - 1.0 && y <= f64::from(height)
    };
    let mut ops = page.typed_operations();
    while let Some(op) = ops.next() {
        match op {
            Op::SaveState(_) => saved.push(ctm),
            Op::RestoreState(_) => ctm = saved.pop().unwrap_or(IDENTITY),
            Op::Transform(m) => {
                ctm =
                    multiply([m.0.as_f64(), m.1.as_f64(), m.2.as_f64(), m.3.as_f64(), m.4.as_f64(), m.5.as_f64()], ctm);
            }
            Op::BeginText(_) => text_matrix = IDENTITY,
            Op::SetTextMatrix(m) => {
                text_matrix = [m.0.as_f64(), m.1.as_f64(), m.2.as_f64(), m.3.as_f64(), m.4.as_f64(), m.5.as_f64()];
            }
            Op::NextLine(by) => text_matrix = multiply([1.0, 0.0, 0.0, 1.0, by.0.as_f64(), by.1.as_f64()], text_matrix),
            Op::TextFont(set) => {
                let name = set.0.as_ref().to_vec();
                if !fonts.contains_key(&name) {
                    let map = page.resources().get_font(set.0).and_then(|f| f.get::<Stream<'_>>("ToUnicode"));
                    let map = map.and_then(|s| CMap::parse(&s.decoded().ok()?, |_| None));
                    fonts.insert(name.clone(), Letters::new(map.ok_or("phông chữ không có bảng ToUnicode")?));
                }
                font = Some(name);
            }
            Op::BeginMarkedContent(mark) => {
                marks.push(if mark.0.as_str() == "Artifact" { Mark::Artifact } else { Mark::Other });
                if matches!(marks.last(), Some(Mark::Artifact)) {
                    artifacts.push((index + 1, String::new()));
                }
            }
            Op::BeginMarkedContentWithProperties(mark) => {
                let id = match mark.1 {
                    Object::Dict(dict) => dict.get::<Number>("MCID").map(|n| n.as_i64()),
                    _ => None,
                };
                marks.push(match id {
                    _ if mark.0.as_str() == "Artifact" => {
                        artifacts.push((index + 1, String::new()));
                        Mark::Artifact
                    }
                    Some(id) => Mark::Content(i32::try_from(id).unwrap_or(-1)),
                    None => Mark::Other,
                });
            }
            Op::EndMarkedContent(_) => {
                marks.pop();
            }
            Op::ShowText(_) | Op::ShowTexts(_) if !inside(multiply(text_matrix, ctm)) => {
                return Err("có chữ nằm ngoài lề trang giấy");
            }
            Op::ShowText(show) => {
                let map = font.as_ref().and_then(|f| fonts.get_mut(f)).ok_or("chữ không có phông")?;
                put(
                    &decode(show.0.as_bytes(), map),
                    &marks,
                    index,
                    multiply(text_matrix, ctm)[5],
                    chunks,
                    &mut baseline,
                    artifacts,
                )?;
            }
            Op::ShowTexts(show) => {
                let map = font.as_ref().and_then(|f| fonts.get_mut(f)).ok_or("chữ không có phông")?;
                let text = strings(show.0, map);
                put(&text, &marks, index, multiply(text_matrix, ctm)[5], chunks, &mut baseline, artifacts)?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn strings(array: &Array<'_>, map: &mut Letters) -> String {
    array
        .iter::<Object<'_>>()
        .filter_map(|o| match o {
            Object::String(s) => Some(decode(s.as_bytes(), map)),
            _ => None,
        })
        .collect()
}

/// The characters of a font by code, looked up once each.
struct Letters {
    map: CMap,
    seen: Vec<Option<Box<str>>>,
}

impl Letters {
    fn new(map: CMap) -> Self {
        Letters { map, seen: Vec::new() }
    }

    fn letter(&mut self, code: u32) -> &str {
        let index = code as usize & 0xFFFF;
        if index >= self.seen.len() {
            self.seen.resize(index + 1, None);
        }
        let map = &self.map;
        self.seen[index].get_or_insert_with(|| match map.lookup_bf_string(code) {
            Some(BfString::Char(c)) => c.to_string().into(),
            Some(BfString::String(s)) => s.into(),
            None => char::REPLACEMENT_CHARACTER.to_string().into(),
        })
    }
}

/// Two-byte codes (Identity-H) through the ToUnicode map; a code that is not in it becomes a replacement character.
fn decode(bytes: &[u8], map: &mut Letters) -> String {
    let mut out = String::new();
    for code in bytes.chunks(2) {
        let code = code.iter().fold(0u32, |n, b| n << 8 | u32::from(*b));
        out.push_str(map.letter(code));
    }
    out
}

fn put(
    text: &str,
    marks: &[Mark],
    page: usize,
    y: f64,
    chunks: &mut HashMap<(usize, i32), String>,
    baseline: &mut HashMap<i32, f64>,
    artifacts: &mut [(usize, String)],
) -> Result<(), &'static str> {
    if marks.iter().any(|m| matches!(m, Mark::Artifact)) {
        if let Some((_, last)) = artifacts.last_mut() {
            last.push_str(text);
        }
        return Ok(());
    }
    let id = marks.iter().rev().find_map(|m| match m {
        Mark::Content(id) => Some(*id),
        _ => None,
    });
    let id = id.ok_or("có chữ không được đánh dấu")?;
    let chunk = chunks.entry((page, id)).or_default();
    let before = baseline.insert(id, y);
    if before.is_none_or(|b| (b - y).abs() > 0.01) {
        chunk.push(SOFT);
    }
    chunk.push_str(text);
    Ok(())
}
