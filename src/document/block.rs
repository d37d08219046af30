//! Blocks of the body.

use super::inline::Line;
use crate::decree30::outline::Level;
use crate::decree30::style::Align;
use crate::decree30::units::Mm;
use crate::draft::ColumnWidth;
use crate::source::Span;

/// A block: a level of the outline with its children, or a thing that has none.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it holds.
    pub content: Content,
    /// Blocks under it.
    pub children: Vec<Block>,
    /// Its place in the plan.
    pub span: Span,
}

/// Something that the author wrote.
#[derive(Clone, Copy, Debug)]
pub enum Typed<'d> {
    /// A marker, and its place.
    Marker(&'d str, Span),
    /// A line.
    Line(&'d Line),
}

impl Block {
    /// Calls `visit` on what the author wrote of it and of the blocks under it, in reading order.
    pub fn each_typed<'d>(&'d self, visit: &mut dyn FnMut(Typed<'d>)) {
        let mut line = |l: &'d Line| visit(Typed::Line(l));
        match &self.content {
            Content::Text { marker, typed: true, line, .. } => {
                visit(Typed::Marker(marker, self.span));
                visit(Typed::Line(line));
            }
            Content::Text { line: text, .. } => line(text),
            Content::Table(table) => {
                table.caption.iter().chain(&table.unit).for_each(&mut line);
                table.head.iter().flat_map(|r| &r.cells).flat_map(|c| &c.lines).for_each(&mut line);
                if let Some(Numbers::Typed(lines)) = &table.numbers {
                    lines.iter().for_each(&mut line);
                }
                table.rows.iter().flat_map(|r| &r.cells).flat_map(|c| &c.lines).for_each(&mut line);
            }
            Content::Picture { caption, .. } => caption.iter().for_each(&mut line),
            Content::PageBreak => {}
        }
        self.children.iter().for_each(|b| b.each_typed(visit));
    }
}

/// What a block holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// Text at a level.
    Text {
        /// The level.
        level: Level,
        /// Its marker as printed (`I.`, `a)`, `Điều 1.`, `Chương I`); empty for a paragraph.
        marker: String,
        /// Whether the author typed the marker.
        typed: bool,
        /// The text.
        line: Line,
    },
    /// A table.
    Table(Table),
    /// A picture.
    Picture {
        /// Path as written, inside the plan's folder.
        path: String,
        /// Width, if chosen.
        width: Option<ColumnWidth>,
        /// Caption.
        caption: Option<Line>,
    },
    /// A page break.
    PageBreak,
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Caption.
    pub caption: Option<Line>,
    /// Unit of all figures.
    pub unit: Option<Line>,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows of the heading, with the names of columns and of groups of columns.
    pub head: Vec<Row>,
    /// The row of column numbers under the heading.
    pub numbers: Option<Numbers>,
    /// Least height of the rows below the header.
    pub row_height: Option<Mm>,
    /// Rows below the header.
    pub rows: Vec<Row>,
}

/// A row of column numbers.
#[derive(Clone, Debug)]
pub enum Numbers {
    /// (1), (2), (3) …
    Counted,
    /// As typed, one a column.
    Typed(Vec<Line>),
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its own name.
    pub name: Line,
    /// With the names of the groups above it: `Dự toán - Đầu năm`.
    pub full_name: String,
    /// Width.
    pub width: ColumnWidth,
    /// Alignment of the cells.
    pub align: Option<Align>,
}

/// A row: its cells, each at its column.
#[derive(Clone, Debug)]
pub struct Row {
    /// Cells from left to right.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Clone, Debug)]
pub struct Cell {
    /// First column that it stands in, from 0.
    pub column: usize,
    /// Columns that it spans.
    pub colspan: usize,
    /// Rows that it spans.
    pub rowspan: usize,
    /// Its text is printed again on every page that it reaches.
    pub repeated: bool,
    /// Paragraphs.
    pub lines: Vec<Line>,
}
