//! What is on the paper and in what style. Knows no law and no file format: all arrangement has been decided, so that
//! two formats cannot disagree.

mod print;
mod style;

pub use style::{Choices, SIGNATURE_ROOM, Style, StyleSheet};

use crate::decree30::page::Margins;
use crate::decree30::style::{Align, Component};
use crate::decree30::units::Pt;
use crate::source::Span;
use std::ops::Range;

/// A whole document on paper.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Facts about the document for its file's properties.
    pub meta: Meta,
    /// Named styles.
    pub styles: StyleSheet,
    /// Parts with their own page setup and page numbers.
    pub sections: Vec<Section>,
}

/// Properties of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meta {
    /// Title: type and subject.
    pub title: String,
    /// Issuing body.
    pub author: String,
    /// Number and symbol.
    pub subject: String,
    /// Keywords.
    pub keywords: Vec<String>,
    /// Date of the document: year, month, day. An archive file must have one; no clock is asked.
    pub date: (i32, u8, u8),
    /// The decree's metadata by name (Phụ lục VI): only what the plan says.
    pub facts: Vec<(&'static str, String)>,
}

/// A part that starts on a new page and counts its pages from 1; the first page shows no number.
#[derive(Clone, Debug)]
pub struct Section {
    /// Landscape.
    pub landscape: bool,
    /// Width of the text area.
    pub width: Pt,
    /// Margins as they lie on the paper.
    pub margins: Margins,
    /// What stands in the top margin of the first page.
    pub top: Vec<Item>,
    /// What stands at the foot of the first page, inside the text area.
    pub foot: Vec<Item>,
    /// What flows over the pages.
    pub items: Vec<Item>,
    /// Which of the items are the content; before them stand letterhead and title, after them the signature.
    pub content: Range<usize>,
    /// How many items at the start are the letterhead.
    pub letterhead: usize,
}

/// A thing on the paper.
#[derive(Clone, Debug)]
pub enum Item {
    /// A paragraph.
    Par(Par),
    /// A drawn rule.
    Rule(Rule),
    /// Invisible columns side by side, kept on one page.
    Columns(Columns),
    /// A table with lines.
    Table(Table),
    /// A picture.
    Picture(Picture),
    /// Text in a drawn box.
    Boxed(Boxed),
    /// Empty height.
    Space(Pt),
    /// A page break.
    PageBreak,
}

/// A paragraph.
#[derive(Clone, Debug)]
pub struct Par {
    /// Its style.
    pub style: Component,
    /// Marker of a list item; printed in front of the text with a blank between.
    pub marker: Option<Vec<Run>>,
    /// Its text.
    pub runs: Vec<Run>,
    /// Stays on the page of what follows.
    pub keep_next: bool,
    /// Level in the outline of the document, from 1.
    pub heading: Option<u8>,
    /// Depth as a member of a list, from 1.
    pub list: Option<u8>,
    /// Alignment where it differs from the style's.
    pub align: Option<Align>,
    /// Left indent of the whole paragraph, in place of the style's first-line indent.
    pub indent: Option<Pt>,
    /// Gap after, where it differs from the style's.
    pub after: Option<Pt>,
    /// Place in the plan.
    pub span: Span,
}

/// A stretch of a paragraph in one face.
#[derive(Clone, Debug, PartialEq)]
pub enum Run {
    /// Text.
    Text(Chars),
    /// A link.
    Link(Chars, String),
    /// A line break inside the paragraph.
    Break,
    /// A place that records work fills in.
    Entry(Entry),
    /// A footnote; its number is printed here.
    Note(Vec<Run>),
}

/// The number or a part of the date: its text, or room to write it in by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What it is.
    pub field: Field,
    /// Its text in its face; empty where it is not known yet.
    pub chars: Chars,
    /// Width of the room where there is no text.
    pub room: Pt,
    /// Where it was typed.
    pub span: Span,
}

/// What records work fills in (mục II, khoản 3 and 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Number.
    So,
    /// Day.
    Ngay,
    /// Month.
    Thang,
    /// Year.
    Nam,
}

/// Text in one face.
#[derive(Clone, Debug, PartialEq)]
pub struct Chars {
    /// The text, as printed.
    pub text: String,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Put there by the program because the decree wants it, not by the author.
    pub added: bool,
}

/// A solid horizontal rule, centred in its column.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Length.
    pub length: Pt,
    /// Thickness.
    pub thickness: Pt,
    /// Gap above.
    pub above: Pt,
    /// Gap below.
    pub below: Pt,
    /// Stays with what follows, where it stands in columns that must not break.
    pub keep_next: bool,
}

/// Columns side by side without lines; rows are level with each other and stay on one page.
#[derive(Clone, Debug)]
pub struct Columns {
    /// Widths.
    pub widths: Vec<Pt>,
    /// Rows of cells, each a stack of items.
    pub rows: Vec<Vec<Vec<Item>>>,
    /// May break over pages: only where it is too tall for one.
    pub breakable: bool,
    /// Gap above the whole.
    pub above: Pt,
    /// Gap below the whole.
    pub below: Pt,
}

/// A table with lines. The rows of the header repeat on every page; others do not split unless taller than a page.
#[derive(Clone, Debug)]
pub struct Table {
    /// Widths, in whole twips.
    pub widths: Vec<Pt>,
    /// Rows of header cells.
    pub header: Vec<Vec<Cell>>,
    /// Least height of the rows below it, with the air above and below their text.
    pub row_height: Option<Pt>,
    /// Rows of cells.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Clone, Debug)]
pub struct Cell {
    /// First column, from 0.
    pub column: usize,
    /// Columns spanned.
    pub colspan: usize,
    /// Rows spanned.
    pub rowspan: usize,
    /// Its text is printed again on every page that it reaches, where the format can do that and there is room.
    pub repeated: bool,
    /// May break over pages: only where it would be taller than a page, or spans rows.
    pub breakable: bool,
    /// Its text begins at its top, not in its middle.
    pub top: bool,
    /// Paragraphs.
    pub pars: Vec<Par>,
}

/// A picture, centred.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Path as in the plan.
    pub path: String,
    /// Width; none is the picture's own, at most the text width.
    pub width: Option<Pt>,
    /// Words for readers by ear.
    pub alt: String,
    /// Stays on the page of what follows: its caption, the signature.
    pub keep_next: bool,
    /// Height at most, so that what must stand on its page has room.
    pub most: Pt,
}

impl Picture {
    /// Width and height in a column, from the size that the picture wants to have.
    pub fn size(&self, natural: (Pt, Pt), column: Pt) -> (Pt, Pt) {
        let ratio = natural.1.0 / natural.0.0.max(0.01);
        let wide = self.width.unwrap_or(natural.0).min(column);
        let tall = Pt(wide.0 * ratio);
        if tall.0 > self.most.0 { (Pt(self.most.0 / ratio.max(0.0001)), self.most) } else { (wide, tall) }
    }
}

/// A paragraph centred in a drawn box.
#[derive(Clone, Debug)]
pub struct Boxed {
    /// The paragraph.
    pub par: Par,
    /// Width of the box.
    pub width: Pt,
    /// Height of the box.
    pub height: Pt,
    /// Gap above.
    pub above: Pt,
}

impl Run {
    /// The text that it shows on its line, with its face; none for a break, a note or an empty entry.
    pub fn chars(&self) -> Option<&Chars> {
        match self {
            Run::Text(c) | Run::Link(c, _) => Some(c),
            Run::Entry(e) if !e.chars.text.is_empty() => Some(&e.chars),
            Run::Entry(_) | Run::Break | Run::Note(_) => None,
        }
    }
}

impl Par {
    /// Whether it has a footnote.
    pub fn has_note(&self) -> bool {
        self.runs.iter().any(|r| matches!(r, Run::Note(_)))
    }

    /// A paragraph in a style, with nothing special about it.
    pub fn new(style: Component, runs: Vec<Run>, span: Span) -> Self {
        Par {
            style,
            marker: None,
            runs,
            keep_next: false,
            heading: None,
            list: None,
            align: None,
            indent: None,
            after: None,
            span,
        }
    }
}

impl Sheet {
    /// Calls `visit` on every paragraph, in reading order: what stands in the margins of the first page comes first.
    pub fn visit<'s>(&'s self, visit: &mut dyn FnMut(&'s Par)) {
        self.sections.iter().for_each(|s| s.visit(visit));
    }
}

impl Section {
    /// Calls `visit` on every paragraph of the section, in reading order.
    pub fn visit<'s>(&'s self, visit: &mut dyn FnMut(&'s Par)) {
        for item in self.top.iter().chain(&self.foot).chain(&self.items) {
            visit_item(item, visit);
        }
    }
}

/// Calls `visit` on every paragraph of some items, in reading order.
pub fn visit_items<'s>(items: &'s [Item], visit: &mut dyn FnMut(&'s Par)) {
    items.iter().for_each(|i| visit_item(i, visit));
}

fn visit_item<'s>(item: &'s Item, visit: &mut dyn FnMut(&'s Par)) {
    match item {
        Item::Par(par) => visit(par),
        Item::Boxed(boxed) => visit(&boxed.par),
        Item::Columns(columns) => columns.rows.iter().flatten().flatten().for_each(|i| visit_item(i, visit)),
        Item::Table(table) => {
            table.header.iter().chain(&table.rows).flatten().flat_map(|c| &c.pars).for_each(visit);
        }
        Item::Rule(_) | Item::Picture(_) | Item::Space(_) | Item::PageBreak => {}
    }
}
