//! A document as rules see it: its texts in reading order, its bodies, what it cites.

use super::citation::{self, Citation};
use super::settings::Settings;
use super::text::{Next, Place, Text};
use crate::decree30::outline::Level;
use crate::document::{Appendix, Block, Content, Document, Numbers, Table};
use crate::draft::parts::{Says, as_read};
use crate::draft::{Part, Parts};
use crate::source::Source;

/// Fewer words may be a title.
const SENTENCE: usize = 6;

/// The content of a document or of an appendix.
#[derive(Debug)]
pub struct Body<'d> {
    /// Which document: an index of [`Subject::documents`].
    pub owner: usize,
    /// The appendix that it is of.
    pub appendix: Option<&'d Appendix>,
    /// Its blocks.
    pub blocks: &'d [Block],
}

/// What is checked.
pub struct Subject<'d> {
    /// The plan.
    pub source: &'d Source,
    /// The office's own words.
    pub settings: &'d Settings,
    /// The document, the texts that are issued with it, its copy.
    pub documents: Vec<&'d Document>,
    /// The content of each document and of its appendices, in reading order.
    pub bodies: Vec<Body<'d>>,
    /// All texts, in reading order.
    pub texts: Vec<Text<'d>>,
    /// The documents that are cited, in reading order.
    pub citations: Vec<Citation>,
}

impl<'d> Subject<'d> {
    /// Of a document.
    pub fn of(document: &'d Document, source: &'d Source, settings: &'d Settings) -> Self {
        let mut out = Subject {
            source,
            settings,
            documents: Vec::new(),
            bodies: Vec::new(),
            texts: Vec::new(),
            citations: Vec::new(),
        };
        out.document(document);
        out.texts.iter_mut().filter(|t| !t.is_fact()).for_each(Text::judge);
        out.citations = citation::all(&out.texts);
        out
    }

    /// The document that was written; the others come with it.
    pub fn main(&self) -> &'d Document {
        self.documents[0]
    }

    /// Whether a paragraph goes on with the sentence of the one before: it was broken off in the middle.
    pub fn goes_on(&self, at: usize) -> bool {
        let (Some(before), Some(text)) = (at.checked_sub(1).and_then(|at| self.texts.get(at)), self.texts.get(at))
        else {
            return false;
        };
        text.place == Place::Body(Level::Doan)
            && text.plain.starts_with(char::is_lowercase)
            && matches!(before.place, Place::Body(_))
            && (before.owner, before.body) == (text.owner, text.body)
            && before.words.len() >= SENTENCE
            && !before.is_in_capitals()
            && before.plain.ends_with(|c: char| c.is_alphanumeric() || c == ',')
    }

    /// The texts of a part of the document.
    pub fn part(&self, part: Part) -> impl Iterator<Item = &Text<'d>> {
        self.texts.iter().filter(move |t| t.owner == 0 && t.place == Place::Part(part))
    }

    fn document(&mut self, document: &'d Document) {
        let owner = self.documents.len();
        self.documents.push(document);
        for row in as_read(document.loai.form, !document.cung_ky.is_empty()) {
            match row.says {
                Says::Body => {
                    let body = self.bodies.len();
                    self.bodies.push(Body { owner, appendix: None, blocks: &document.noi_dung });
                    self.blocks(&document.noi_dung, owner, body);
                }
                _ => {
                    for line in &document.lines[row.part] {
                        self.texts.extend(Text::of(line, Place::Part(row.part), owner, None));
                    }
                }
            }
            let more: &'d [Parts<_>] = match row.part {
                Part::BenKhac => &document.cac_ben,
                Part::HoTen => &document.cung_ky,
                _ => continue,
            };
            for parts in more {
                for (row, lines) in parts.rows() {
                    for line in lines {
                        self.texts.extend(Text::of(line, Place::Part(row.part), owner, None));
                    }
                }
            }
        }
        for appendix in &document.phu_luc {
            let body = self.bodies.len();
            self.bodies.push(Body { owner, appendix: Some(appendix), blocks: &appendix.noi_dung });
            for (line, place) in [(&appendix.tieu_de, Place::AppendixTitle), (&appendix.kem_theo, Place::AppendixRef)] {
                for line in line.iter() {
                    self.texts.extend(Text::of(line, place, owner, Some(body)));
                }
            }
            self.blocks(&appendix.noi_dung, owner, body);
        }
        document.kem_theo.iter().for_each(|issued| self.document(issued));
        document.ban_sao.iter().for_each(|copy| self.document(copy));
    }

    fn blocks(&mut self, blocks: &'d [Block], owner: usize, body: usize) {
        let mut flat = Vec::new();
        flatten(blocks, &mut flat);
        for (at, block) in flat.iter().enumerate() {
            match &block.content {
                Content::Text { level, marker, line, .. } => {
                    let mut texts = Text::of(line, Place::Body(*level), owner, Some(body));
                    if let Some(text) = texts.first_mut() {
                        text.marker = marker;
                        text.next = next(*level, flat.get(at + 1));
                    }
                    self.texts.extend(texts);
                }
                Content::Table(table) => self.table(table, owner, body),
                Content::Picture { caption, .. } => {
                    for line in caption.iter() {
                        self.texts.extend(Text::of(line, Place::Caption, owner, Some(body)));
                    }
                }
                Content::PageBreak => {}
            }
        }
    }

    fn table(&mut self, table: &'d Table, owner: usize, body: usize) {
        let mut add = |line, place| self.texts.extend(Text::of(line, place, owner, Some(body)));
        table.caption.iter().chain(&table.unit).for_each(|l| add(l, Place::Caption));
        table.head.iter().flat_map(|r| &r.cells).flat_map(|c| &c.lines).for_each(|l| add(l, Place::Head));
        if let Some(Numbers::Typed(lines)) = &table.numbers {
            lines.iter().for_each(|l| add(l, Place::Head));
        }
        table.rows.iter().flat_map(|r| &r.cells).flat_map(|c| &c.lines).for_each(|l| add(l, Place::Cell));
    }
}

fn flatten<'d>(blocks: &'d [Block], out: &mut Vec<&'d Block>) {
    for block in blocks {
        out.push(block);
        flatten(&block.children, out);
    }
}

fn next(level: Level, block: Option<&&Block>) -> Next {
    match block.map(|b| &b.content) {
        None => Next::End,
        Some(Content::Text { level: other, .. }) if other.rank() > level.rank() => Next::Under(*other),
        Some(Content::Text { level: other, .. }) => Next::Beside(*other),
        Some(_) => Next::Thing,
    }
}

/// Calls `visit` on all tables among some blocks.
pub fn tables<'d>(blocks: &'d [Block], visit: &mut dyn FnMut(&'d Table)) {
    for block in blocks {
        if let Content::Table(table) = &block.content {
            visit(table);
        }
        tables(&block.children, visit);
    }
}
