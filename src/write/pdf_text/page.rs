//! The text of one page, by the ids of its marked content (ISO 32000-1, 9.4 and 14.6).

use super::operators::{Mark, Matrix, Op, Operators, typed};
use super::{Area, SOFT, quick};
use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Name, ObjectIdentifier, Stream};
use hayro_syntax::page::Page;
use rustc_hash::FxHashMap;

/// Text by page and id of marked content.
pub(super) type Chunks = FxHashMap<(usize, i32), String>;

/// The fonts of a file, each read once: pages share them.
#[derive(Default)]
pub(super) struct Fonts {
    all: Vec<Letters>,
    by_id: FxHashMap<ObjectIdentifier, usize>,
}

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

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

/// A page on the way through its operators.
pub(super) struct Content<'p> {
    page: &'p Page<'p>,
    index: usize,
    area: Area,
    chunks: &'p mut Chunks,
    artifacts: &'p mut Vec<(usize, String)>,
    fonts: &'p mut Fonts,
    /// The fonts by the names that this page gives them.
    names: FxHashMap<Vec<u8>, usize>,
    font: Option<usize>,
    ctm: Matrix,
    saved: Vec<Matrix>,
    text: Matrix,
    marks: Vec<Mark>,
    /// Height of the last text of each id.
    baseline: FxHashMap<i32, f64>,
}

impl<'p> Content<'p> {
    pub fn new(
        page: &'p Page<'p>,
        index: usize,
        area: Area,
        fonts: &'p mut Fonts,
        chunks: &'p mut Chunks,
        artifacts: &'p mut Vec<(usize, String)>,
    ) -> Self {
        Content {
            page,
            index,
            area,
            chunks,
            artifacts,
            fonts,
            names: FxHashMap::default(),
            font: None,
            ctm: IDENTITY,
            saved: Vec::new(),
            text: IDENTITY,
            marks: Vec::new(),
            baseline: FxHashMap::default(),
        }
    }

    /// Reads the page. The error says what could not be read, or stands where no text may.
    pub fn read(mut self) -> Result<(), &'static str> {
        let quick = self.page.page_stream().and_then(quick::read);
        let Operators { all, codes } = quick.unwrap_or_else(|| typed(self.page.typed_operations()));
        for op in all {
            match op {
                Op::Save => self.saved.push(self.ctm),
                Op::Restore => self.ctm = self.saved.pop().unwrap_or(IDENTITY),
                Op::Transform(by) => self.ctm = multiply(by, self.ctm),
                Op::BeginText => self.text = IDENTITY,
                Op::TextMatrix(matrix) => self.text = matrix,
                Op::NextLine(x, y) => self.text = multiply([1.0, 0.0, 0.0, 1.0, x, y], self.text),
                Op::Font(name) => self.set_font(&name)?,
                Op::Begin(mark) => self.begin(mark),
                Op::End => drop(self.marks.pop()),
                Op::Show(place) => self.show(codes.get(place).unwrap_or_default())?,
            }
        }
        Ok(())
    }

    fn set_font(&mut self, name: &[u8]) -> Result<(), &'static str> {
        if let Some(known) = self.names.get(name) {
            self.font = Some(*known);
            return Ok(());
        }
        let font = self.page.resources().get_font(&Name::new_unescaped(name)).ok_or("phông chữ không có")?;
        let known = font.obj_id().and_then(|id| self.fonts.by_id.get(&id).copied());
        let index = match known {
            Some(index) => index,
            None => {
                let map = font.get::<Stream<'_>>("ToUnicode");
                let map = map.and_then(|s| CMap::parse(&s.decoded().ok()?, |_| None));
                self.fonts.all.push(Letters::new(map.ok_or("phông chữ không có bảng ToUnicode")?));
                self.fonts.all.len() - 1
            }
        };
        self.fonts.by_id.extend(font.obj_id().map(|id| (id, index)));
        self.names.insert(name.to_vec(), index);
        self.font = Some(index);
        Ok(())
    }

    fn begin(&mut self, mark: Mark) {
        if matches!(mark, Mark::Artifact) {
            self.artifacts.push((self.index + 1, String::new()));
        }
        self.marks.push(mark);
    }

    /// Whether text that begins here is inside the margins; above the top margin stand page numbers.
    fn is_inside(&self, at: Matrix) -> bool {
        let (x, y) = (at[4], at[5]);
        let (width, height) = self.page.render_dimensions();
        let across = x >= self.area.left - 1.0 && x <= f64::from(width) - self.area.right + 1.0;
        across && y >= self.area.bottom - 1.0 && y <= f64::from(height)
    }

    fn show(&mut self, codes: &[u8]) -> Result<(), &'static str> {
        let at = multiply(self.text, self.ctm);
        if !self.is_inside(at) {
            return Err("có chữ nằm ngoài lề trang giấy");
        }
        let letters = self.font.and_then(|f| self.fonts.all.get_mut(f)).ok_or("chữ không có phông")?;
        let text = decode(codes, letters);
        if self.marks.iter().any(|m| matches!(m, Mark::Artifact)) {
            if let Some((_, last)) = self.artifacts.last_mut() {
                last.push_str(&text);
            }
            return Ok(());
        }
        let id = self.marks.iter().rev().find_map(|m| match m {
            Mark::Content(id) => Some(*id),
            _ => None,
        });
        let id = id.ok_or("có chữ không được đánh dấu")?;
        let chunk = self.chunks.entry((self.index, id)).or_default();
        let before = self.baseline.insert(id, at[5]);
        if before.is_none_or(|b| (b - at[5]).abs() > 0.01) {
            chunk.push(SOFT);
        }
        chunk.push_str(&text);
        Ok(())
    }
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
    // Vietnamese has letters of up to three bytes, most of one.
    let mut out = String::with_capacity(bytes.len());
    for code in bytes.chunks(2) {
        let code = code.iter().fold(0u32, |n, b| n << 8 | u32::from(*b));
        out.push_str(map.letter(code));
    }
    out
}
