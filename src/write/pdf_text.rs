//! The text of a PDF that we wrote, read back from its bytes in logical order: the structure tree says the order, the
//! content streams hold the glyphs, ToUnicode maps turn them into characters (ISO 32000-1, 9.10 and 14.7).

mod operators;
mod page;
mod quick;
mod strings;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Name, Number, Object, ObjectIdentifier};
use page::{Chunks, Content, Fonts};
use rustc_hash::FxHashMap;

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
    let (mut chunks, mut fonts) = (Chunks::default(), Fonts::default());
    let mut out = PdfText::default();
    let mut pages: FxHashMap<ObjectIdentifier, usize> = FxHashMap::default();
    for (index, page) in pdf.pages().iter().enumerate() {
        if let Some(id) = page.raw().obj_id() {
            pages.insert(id, index);
        }
        Content::new(page, index, area, &mut fonts, &mut chunks, &mut out.artifacts).read()?;
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
    chunks: &'w mut Chunks,
    pages: &'w FxHashMap<ObjectIdentifier, usize>,
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
