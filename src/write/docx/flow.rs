//! The things of a sheet as WordprocessingML. Gaps between neighbours become the space before or after a paragraph,
//! never both, since Word and LibreOffice differ on whether the two add up.

use super::entry;
use super::mend::{self, mend};
use super::template::{Format, StyleIds};
use super::styles::{self, COLUMNS, FIGURE, NOTE_MARK, PLACEHOLDER, RULE, SPACER, TABLE, alignment, twips};
use crate::decree30::style::Component;
use crate::decree30::units::Pt;
use crate::document::{Emphasis, Inline};
use crate::sheet::{Boxed, Cell, Chars, Columns, Item, Par, Picture, Rule, Run, StyleSheet, Table};
use docx_rs::{
    BorderType, BreakType, BuildXML, FootnoteReference, Hyperlink, HyperlinkData, LineSpacing, LineSpacingType, Paragraph,
    ParagraphBorder, ParagraphBorderPosition, ParagraphBorders, ParagraphChild, Pic, RunChild, SpecialIndentType,
    TableAlignmentType, TableCell, TableLayoutType, TableProperty, TableRow, VAlignType, VMergeType, WidthType,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// EMU in a point.
const EMU: f64 = 12_700.0;
/// Air above a picture and between it and its caption, as on the PDF page.
const PICTURE_GAPS: (Pt, Pt) = (Pt(6.0), Pt(4.0));
/// Relationship ids that the program adds start with this, so that they meet none of the template's.
pub const RELATION: &str = "rIdVt";

/// Builds the fragments of one document and remembers what they need from the rest of the package.
pub struct Builder<'s> {
    styles: &'s StyleSheet,
    ids: StyleIds,
    pictures: &'s BTreeMap<String, Arc<Vec<u8>>>,
    /// What widths are multiplied by: the template's text width over the sheet's.
    pub scale: f64,
    /// Footnotes as XML, in order.
    pub notes: Vec<String>,
    /// Id of the first footnote.
    pub first_note: usize,
    /// Addresses of links, in order; the place is the number of the relationship.
    pub links: Vec<String>,
    /// Addresses of links in footnotes, which are a part of their own.
    pub note_links: Vec<String>,
    /// Whether the part being built can hold links.
    pub can_link: bool,
    /// Paths of pictures, in order.
    pub images: Vec<String>,
    next_control: u32,
    next_picture: u32,
}

/// A piece of the flow.
enum Piece {
    Par(Paragraph),
    /// A table and how many of its rows are repeated.
    Table(docx_rs::Table, usize),
}

impl<'s> Builder<'s> {
    /// A builder for a sheet. Ids of footnotes, controls and pictures start after those of the template.
    pub fn new(
        styles: &'s StyleSheet,
        ids: StyleIds,
        pictures: &'s BTreeMap<String, Arc<Vec<u8>>>,
        first_note: usize,
        first_id: u32,
    ) -> Self {
        Builder {
            styles,
            ids,
            pictures,
            scale: 1.0,
            notes: Vec::new(),
            first_note,
            links: Vec::new(),
            note_links: Vec::new(),
            can_link: true,
            images: Vec::new(),
            next_control: first_id,
            next_picture: first_id,
        }
    }

    /// Items that flow over pages, and the gap to what comes behind them. A table at the end gets the paragraph that Word
    /// wants behind it.
    pub fn items(&mut self, items: &[Item], width: Pt, below: Pt) -> String {
        let pieces = self.pieces(items, width, below, false);
        self.finish(pieces)
    }

    /// A line of one point.
    pub fn thin_line(&mut self) -> String {
        let par = bare().style(self.ids.helper(SPACER));
        self.text_of(&par.build())
    }

    /// The relationship of a link in the part being built; none where it can hold none.
    fn link(&mut self, url: &str) -> Option<String> {
        self.can_link.then(|| {
            self.links.push(url.to_owned());
            format!("{RELATION}L{}", self.links.len())
        })
    }

    /// The bytes of a picture.
    pub fn picture_bytes(&self, path: &str) -> Option<&'s [u8]> {
        self.pictures.get(path).map(|b| b.as_slice())
    }

    /// Text in the run properties of a tag.
    pub fn plain(&mut self, text: &str, format: &Format) -> String {
        let chars = Chars { text: text.to_owned(), bold: false, italic: false, underline: false, added: false };
        self.formatted(&[Run::Text(chars)], format)
    }

    /// A line of the plan in the run properties of a tag, its emphasis on top.
    pub fn inlines(&mut self, inlines: &[Inline], format: &Format) -> String {
        let runs: Vec<Run> = inlines.iter().map(plain_run).collect();
        self.formatted(&runs, format)
    }

    /// Runs in the run properties of a tag, their own faces on top.
    pub fn formatted(&mut self, runs: &[Run], format: &Format) -> String {
        let mut out = String::new();
        for run in runs {
            match run {
                Run::Text(chars) => out.push_str(&one_run(&chars.text, chars, format)),
                Run::Break => out.push_str("<w:r><w:br/></w:r>"),
                Run::Link(chars, url) => match self.link(url) {
                    Some(rid) => {
                        let run = one_run(&chars.text, chars, format);
                        out.push_str(&format!("<w:hyperlink r:id=\"{rid}\" w:history=\"1\">{run}</w:hyperlink>"));
                    }
                    None => out.push_str(&one_run(&chars.text, chars, format)),
                },
                Run::Entry(e) => {
                    let size = self.styles.get(Component::LoiVan).size;
                    let run = one_run(&entry::shown(e, size), &e.chars, format);
                    let control = entry::control(e, docx_rs::Run::new());
                    let mut xml = self.text_of(&control.build());
                    // docx-rs has built the shell; the run has properties that it does not know.
                    for empty in ["<w:r></w:r>", "<w:r/>"] {
                        xml = xml.replace(empty, &run);
                    }
                    out.push_str(&xml);
                }
                Run::Note(_) => {
                    let mut par = bare();
                    self.add_runs(&mut par, std::slice::from_ref(run), Component::LoiVan);
                    let xml = self.text_of(&par.build());
                    let from = xml.find("<w:r>").unwrap_or(0);
                    let to = xml.rfind("</w:p>").unwrap_or(xml.len());
                    out.push_str(xml.get(from..to).unwrap_or_default());
                }
            }
        }
        out
    }

    fn text_of(&mut self, fragment: &[u8]) -> String {
        let mut xml = mend(fragment);
        mend::control(&mut xml, &mut self.next_control);
        xml
    }

    fn finish(&mut self, pieces: Vec<Piece>) -> String {
        let mut out = String::new();
        let mut waiting: Vec<u8> = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Par(par) => waiting.extend(par.build()),
                Piece::Table(table, headers) => {
                    out.push_str(&self.text_of(&waiting));
                    waiting.clear();
                    let mut xml = self.text_of(&table.build());
                    mend::header_rows(&mut xml, headers);
                    out.push_str(&xml);
                }
            }
        }
        out.push_str(&self.text_of(&waiting));
        self.describe_pictures(&mut out);
        out
    }

    fn describe_pictures(&mut self, xml: &mut String) {
        let mut from = 0;
        while let Some(at) = xml[from..].find("<w:drawing>").map(|i| from + i) {
            let end = xml[at..].find("</w:drawing>").map_or(xml.len(), |i| at + i);
            let mut one = xml[at..end].to_owned();
            // The words stand in the name that docx-rs was given as the relationship.
            let number = one.split("r:embed=\"").nth(1).and_then(|s| s.split('"').next()).unwrap_or_default().to_owned();
            let alt = number.split_once('|').map_or("", |(_, alt)| alt).to_owned();
            if let Some((id, _)) = number.split_once('|') {
                one = one.replace(&format!("r:embed=\"{number}\""), &format!("r:embed=\"{id}\""));
            }
            self.next_picture += 1;
            let alt = unescape(&alt);
            mend::Picture { id: self.next_picture, alt: &alt }.describe(&mut one);
            xml.replace_range(at..end, &one);
            from = at + one.len();
        }
    }

    fn width(&self, width: Pt) -> usize {
        usize::try_from((width * self.scale).twips()).unwrap_or(0)
    }

    /// `in_cell`: a cell must end with a paragraph, as the body must.
    fn pieces(&mut self, items: &[Item], width: Pt, below: Pt, in_cell: bool) -> Vec<Piece> {
        let mut flow = Flow { spacer: self.ids.helper(SPACER).to_owned(), ..Flow::default() };
        for item in items {
            match item {
                Item::Space(height) => flow.gap = flow.gap + *height,
                Item::PageBreak => flow.page_break = true,
                Item::Par(par) => {
                    let style = self.styles.get(par.style);
                    let (before, after) = (style.before, par.after.unwrap_or(style.after));
                    let made = self.paragraph(par);
                    flow.par(made, before, after, (style.before, style.after));
                }
                Item::Rule(rule) => {
                    let made = self.rule(rule, width);
                    flow.par(made, rule.above, Pt(0.0), (Pt(0.0), Pt(0.0)));
                }
                Item::Boxed(boxed) => {
                    let made = self.boxed(boxed, width);
                    flow.par(made, boxed.above, Pt(0.0), (Pt(0.0), Pt(0.0)));
                }
                Item::Picture(picture) => {
                    let made = self.picture(picture, width);
                    flow.par(made, PICTURE_GAPS.0, PICTURE_GAPS.1, (Pt(0.0), Pt(0.0)));
                }
                Item::Columns(columns) => {
                    let made = self.columns(columns);
                    flow.table(made, 0, columns.above, columns.below);
                }
                Item::Table(table) => {
                    let made = self.table(table);
                    flow.table(made, 1, Pt(0.0), Pt(0.0));
                }
            }
        }
        flow.gap = flow.gap + below;
        flow.end(in_cell)
    }

    fn paragraph(&mut self, par: &Par) -> Paragraph {
        let style = self.styles.get(par.style);
        let mut out = bare().style(self.ids.component(par.style));
        if let Some(align) = par.align.filter(|a| *a != style.align) {
            out = out.align(alignment(align));
        }
        if let Some(indent) = par.indent {
            let first = (style.indent.0 > 0.0).then_some(SpecialIndentType::FirstLine(0));
            out = out.indent(Some(twips(indent * self.scale)), first, None, None);
        }
        if par.keep_next && !styles::keeps_next(par.style) {
            out = out.keep_next(true).keep_lines(true);
        }
        if par.heading != styles::heading(par.style) {
            // 9 is body text: not in the Navigation pane.
            out = out.outline_lvl(par.heading.map_or(9, |h| usize::from(h.clamp(1, 9)) - 1));
        }
        if let Some(marker) = &par.marker {
            self.add_runs(&mut out, marker, par.style);
            let face = marker.iter().rev().find_map(Run::chars);
            let blank = Chars {
                text: " ".into(),
                bold: face.is_some_and(|c| c.bold),
                italic: face.is_some_and(|c| c.italic),
                underline: false,
                added: true,
            };
            self.add_runs(&mut out, &[Run::Text(blank)], par.style);
        }
        self.add_runs(&mut out, &par.runs, par.style);
        out
    }

    /// Adds runs; neighbours of one face become one.
    fn add_runs(&mut self, par: &mut Paragraph, runs: &[Run], style: Component) {
        for run in runs {
            match run {
                Run::Text(chars) => {
                    let made = self.face(chars, style);
                    match par.children.last_mut() {
                        Some(ParagraphChild::Run(last))
                            if last.run_property == made.run_property
                                && matches!(last.children.last(), Some(RunChild::Text(_))) =>
                        {
                            if let Some(RunChild::Text(text)) = last.children.last_mut() {
                                text.text.push_str(&super::xml::escape(&chars.text));
                            }
                        }
                        _ => par.children.push(ParagraphChild::Run(Box::new(made.add_text(chars.text.as_str())))),
                    }
                }
                Run::Break => match par.children.last_mut() {
                    Some(ParagraphChild::Run(last)) => last.children.push(RunChild::Break(docx_rs::Break::new(BreakType::TextWrapping))),
                    _ => par.children.push(ParagraphChild::Run(Box::new(docx_rs::Run::new().add_break(BreakType::TextWrapping)))),
                },
                Run::Entry(e) => {
                    let mut made = self.face(&e.chars, style);
                    if e.chars.text.is_empty() {
                        made.run_property = made.run_property.style(self.ids.helper(PLACEHOLDER));
                    }
                    let made = made.add_text(entry::shown(e, self.styles.get(style).size));
                    par.children.push(ParagraphChild::StructuredDataTag(Box::new(entry::control(e, made))));
                }
                Run::Link(chars, url) => {
                    let Some(rid) = self.link(url) else {
                        self.add_runs(par, &[Run::Text(chars.clone())], style);
                        continue;
                    };
                    let run = self.face(chars, style).add_text(chars.text.as_str());
                    par.children.push(ParagraphChild::Hyperlink(Hyperlink {
                        link: HyperlinkData::External { rid, path: String::new() },
                        history: Some(1),
                        children: vec![ParagraphChild::Run(Box::new(run))],
                    }));
                }
                Run::Note(inner) => {
                    let id = self.first_note + self.notes.len();
                    // Its place is taken before it is built: a note has no note in it.
                    self.notes.push(String::new());
                    let note = self.note(id, inner);
                    let place = id - self.first_note;
                    self.notes[place] = note;
                    let mut run = docx_rs::Run::new().style(self.ids.helper(NOTE_MARK));
                    run.children.push(RunChild::FootnoteReference(FootnoteReference::new(id)));
                    par.children.push(ParagraphChild::Run(Box::new(run)));
                }
            }
        }
    }

    /// A footnote with its number in front, which docx-rs does not write.
    fn note(&mut self, id: usize, runs: &[Run]) -> String {
        let style = Component::ChuThich;
        let mut par = bare().style(self.ids.component(style));
        let blank = Chars { text: " ".into(), bold: false, italic: false, underline: false, added: true };
        self.add_runs(&mut par, &[Run::Text(blank)], style);
        std::mem::swap(&mut self.links, &mut self.note_links);
        let could = std::mem::replace(&mut self.can_link, true);
        self.add_runs(&mut par, runs, style);
        self.can_link = could;
        std::mem::swap(&mut self.links, &mut self.note_links);
        let note = docx_rs::Footnote { id, content: vec![par] };
        let mut xml = self.text_of(&note.build());
        let number = format!("<w:r><w:rPr><w:rStyle w:val=\"{}\"/></w:rPr><w:footnoteRef/></w:r>", self.ids.helper(NOTE_MARK));
        if let Some(at) = xml.find("</w:pPr>") {
            xml.insert_str(at + "</w:pPr>".len(), &number);
        }
        xml
    }

    /// A run with what differs from its style.
    fn face(&self, chars: &Chars, style: Component) -> docx_rs::Run {
        let own = self.styles.get(style);
        let mut run = docx_rs::Run::new();
        if chars.bold != own.bold {
            run = if chars.bold { run.bold() } else { run.disable_bold() };
        }
        if chars.italic != own.italic {
            run = if chars.italic { run.italic() } else { run.disable_italic() };
        }
        if chars.underline {
            run = run.underline("single");
        }
        run
    }

    /// A rule is the upper border of an empty line, indented on both sides to the lawful length.
    fn rule(&self, rule: &Rule, width: Pt) -> Paragraph {
        let whole = self.width(width) as i32;
        let length = twips(rule.length).min(whole);
        let left = (whole - length) / 2;
        let right = whole - length - left;
        let below = (rule.below - rule.thickness).max(Pt(1.0));
        let mut out = bare()
            .style(self.ids.helper(RULE))
            .indent((left > 0).then_some(left), None, (right > 0).then_some(right), None)
            .line_spacing(LineSpacing::new().line(twips(below)).line_rule(LineSpacingType::Exact));
        out.property = out.property.set_borders(
            ParagraphBorders::with_empty().set(border(ParagraphBorderPosition::Top, rule.thickness, 0)),
        );
        out
    }

    /// Text in a box: the four borders of its paragraph.
    fn boxed(&mut self, boxed: &Boxed, width: Pt) -> Paragraph {
        let mut out = self.paragraph(&boxed.par);
        let whole = self.width(width) as i32;
        let length = twips(boxed.width).min(whole);
        let left = (whole - length) / 2;
        let air = ((boxed.height.0 - self.styles.get(boxed.par.style).pitch.0) / 2.0).round().clamp(0.0, 31.0) as usize;
        let thickness = Pt(0.75);
        out = out.indent(Some(left), None, Some(whole - length - left), None);
        let mut borders = ParagraphBorders::with_empty();
        for (position, space) in [
            (ParagraphBorderPosition::Top, air),
            (ParagraphBorderPosition::Left, 0),
            (ParagraphBorderPosition::Bottom, air),
            (ParagraphBorderPosition::Right, 0),
        ] {
            borders = borders.set(border(position, thickness, space));
        }
        out.property = out.property.set_borders(borders);
        out
    }

    fn picture(&mut self, picture: &Picture, width: Pt) -> Paragraph {
        let bytes = self.pictures.get(&picture.path);
        let natural = bytes.and_then(|b| super::image_size(b)).unwrap_or((Pt(100.0), Pt(100.0)));
        let wide = picture.width.unwrap_or(natural.0).min(width * self.scale);
        let tall = natural.1 * (wide.0 / natural.0.0);
        let index = self.images.iter().position(|p| *p == picture.path).unwrap_or_else(|| {
            self.images.push(picture.path.clone());
            self.images.len() - 1
        });
        let mut pic = Pic::new_with_dimensions(Vec::new(), 1, 1);
        pic.id = format!("{RELATION}I{}|{}", index + 1, super::xml::escape_attribute(&picture.alt));
        pic.size = ((wide.0 * EMU).round() as u32, (tall.0 * EMU).round() as u32);
        let mut out = bare().style(self.ids.helper(FIGURE)).add_run(docx_rs::Run::new().add_image(pic));
        if picture.keep_next {
            out = out.keep_next(true);
        }
        out
    }

    fn columns(&mut self, columns: &Columns) -> docx_rs::Table {
        let mut rows = Vec::new();
        for row in &columns.rows {
            let mut cells = Vec::new();
            for (items, width) in row.iter().zip(&columns.widths) {
                let pieces = self.pieces(items, *width, Pt(0.0), true);
                let mut cell = TableCell::new().width(self.width(*width), WidthType::Dxa);
                for piece in pieces {
                    cell = match piece {
                        Piece::Par(par) => cell.add_paragraph(par),
                        Piece::Table(table, _) => cell.add_table(table),
                    };
                }
                cells.push(cell);
            }
            let row = TableRow::new(cells);
            rows.push(if columns.breakable { row } else { row.cant_split() });
        }
        self.frame(rows, &columns.widths, COLUMNS, TableAlignmentType::Left)
    }

    fn table(&mut self, table: &Table) -> docx_rs::Table {
        let count = table.widths.len();
        let mut rows = Vec::new();
        // Rows still to be covered by a cell above, by column: how many, and how many columns it spans.
        let mut covered: Vec<(usize, usize)> = vec![(0, 1); count];
        for (index, row) in std::iter::once(&table.header).chain(&table.rows).enumerate() {
            let mut cells = Vec::new();
            let mut column = 0;
            while column < count {
                let here = row.iter().find(|c| c.column == column);
                let (cell, span) = match here {
                    Some(cell) => {
                        let span = cell.colspan.clamp(1, count - column);
                        if cell.rowspan > 1 {
                            covered[column] = (cell.rowspan - 1, span);
                        }
                        (self.cell(cell), span)
                    }
                    None => {
                        let (left, span) = covered[column];
                        let span = if left > 0 { span } else { 1 };
                        let mut cell = TableCell::new().add_paragraph(bare().style(self.ids.component(Component::OBang)));
                        if left > 0 {
                            covered[column].0 -= 1;
                            cell = cell.vertical_merge(VMergeType::Continue);
                        }
                        (cell, span)
                    }
                };
                let width = table.widths[column..(column + span).min(count)].iter().map(|w| self.width(*w)).sum();
                let mut cell = cell.width(width, WidthType::Dxa).vertical_align(VAlignType::Center);
                if span > 1 {
                    cell = cell.grid_span(span);
                }
                cells.push(cell);
                column += span;
            }
            let breakable = row.iter().any(|c| c.breakable && c.rowspan == 1);
            let made = TableRow::new(cells);
            rows.push(if breakable && index > 0 { made } else { made.cant_split() });
        }
        self.frame(rows, &table.widths, TABLE, TableAlignmentType::Center)
    }

    fn cell(&mut self, cell: &Cell) -> TableCell {
        let mut out = TableCell::new();
        for par in &cell.pars {
            let made = self.paragraph(par);
            out = out.add_paragraph(made);
        }
        if cell.pars.is_empty() {
            out = out.add_paragraph(bare().style(self.ids.component(Component::OBang)));
        }
        if cell.rowspan > 1 {
            out = out.vertical_merge(VMergeType::Restart);
        }
        out
    }

    fn frame(&self, rows: Vec<TableRow>, widths: &[Pt], style: &str, align: TableAlignmentType) -> docx_rs::Table {
        let grid: Vec<usize> = widths.iter().map(|w| self.width(*w)).collect();
        let whole = grid.iter().sum();
        let mut table = docx_rs::Table::without_borders(rows).set_grid(grid);
        table.property = TableProperty::without_borders()
            .style(self.ids.helper(style))
            .width(whole, WidthType::Dxa)
            .align(align)
            .layout(TableLayoutType::Fixed);
        table
    }
}

/// A paragraph without the id that docx-rs counts up.
fn bare() -> Paragraph {
    Paragraph { id: String::new(), children: Vec::new(), property: docx_rs::ParagraphProperty::new(), has_numbering: false }
}

fn border(position: ParagraphBorderPosition, thickness: Pt, space: usize) -> ParagraphBorder {
    // Eighths of a point.
    let size = (thickness.0 * 8.0).round().max(2.0) as usize;
    ParagraphBorder::new(position).val(BorderType::Single).size(size).space(space).color("auto")
}

/// A stretch of the plan without the face of a component.
fn plain_run(inline: &Inline) -> Run {
    let chars = |text: &str, e: &Emphasis| Chars {
        text: text.to_owned(),
        bold: e.bold,
        italic: e.italic,
        underline: e.underline,
        added: false,
    };
    match inline {
        Inline::Text(text, e) => Run::Text(chars(text, e)),
        Inline::Link(text, e, url) => Run::Link(chars(text, e), url.clone()),
        Inline::Break => Run::Break,
        Inline::Note(inner) => Run::Note(inner.iter().map(plain_run).collect()),
    }
}

fn one_run(text: &str, chars: &Chars, format: &Format) -> String {
    let properties = format.run_with(chars.bold, chars.italic, chars.underline);
    format!("<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>", super::xml::escape(text))
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Pieces with the gaps between them.
#[derive(Default)]
struct Flow {
    /// Each with the gap that its style or item gives before and after, and what its style says already.
    pieces: Vec<Placed>,
    gap: Pt,
    page_break: bool,
    /// Id of the style of spacers.
    spacer: String,
}

struct Placed {
    piece: Piece,
    before: Pt,
    after: Pt,
    /// Before and after of its style.
    styled: (Pt, Pt),
    /// An exact line, whose height can grow instead of a gap after it.
    page_break: bool,
}

impl Flow {
    fn par(&mut self, par: Paragraph, before: Pt, after: Pt, styled: (Pt, Pt)) {
        let gap = std::mem::take(&mut self.gap);
        let page_break = std::mem::take(&mut self.page_break);
        let mut before = before + gap;
        // One of two neighbours carries the whole gap.
        if before.0 > 0.0
            && let Some(Placed { piece: Piece::Par(_), after, .. }) = self.pieces.last_mut()
            && after.0 > 0.0
        {
            *after = *after + before;
            before = Pt(0.0);
        }
        self.pieces.push(Placed { piece: Piece::Par(par), before, after, styled, page_break });
    }

    fn table(&mut self, table: docx_rs::Table, headers: usize, above: Pt, below: Pt) {
        let gap = std::mem::take(&mut self.gap) + above;
        let page_break = std::mem::take(&mut self.page_break);
        match self.pieces.last_mut() {
            Some(Placed { piece: Piece::Par(_), after, .. }) if !page_break => *after = *after + gap,
            None if !page_break => {}
            // Two tables without a paragraph between would become one.
            _ => self.spacer(gap, page_break),
        }
        let zero = (Pt(0.0), Pt(0.0));
        self.pieces.push(Placed { piece: Piece::Table(table, headers), before: Pt(0.0), after: Pt(0.0), styled: zero, page_break: false });
        self.gap = below;
    }

    fn spacer(&mut self, height: Pt, page_break: bool) {
        let mut par = bare().style(&self.spacer);
        if height.0 > 1.0 {
            par = par.line_spacing(LineSpacing::new().line(twips(height)).line_rule(LineSpacingType::Exact));
        }
        if page_break {
            par = par.page_break_before(true);
        }
        let zero = (Pt(0.0), Pt(0.0));
        self.pieces.push(Placed { piece: Piece::Par(par), before: Pt(0.0), after: Pt(0.0), styled: zero, page_break: false });
    }

    fn end(mut self, in_cell: bool) -> Vec<Piece> {
        let gap = std::mem::take(&mut self.gap);
        match self.pieces.last_mut() {
            Some(Placed { piece: Piece::Par(_), after, .. }) => *after = *after + gap,
            Some(_) => self.spacer(gap, false),
            None if in_cell => self.pieces.push(Placed {
                piece: Piece::Par(bare().style(&self.spacer)),
                before: gap,
                after: Pt(0.0),
                styled: (Pt(0.0), Pt(0.0)),
                page_break: false,
            }),
            None => {}
        }
        self.pieces.into_iter().map(Placed::into_piece).collect()
    }
}

impl Placed {
    /// The space that the style does not give already is written at the paragraph.
    fn into_piece(self) -> Piece {
        let Piece::Par(mut par) = self.piece else { return self.piece };
        let (before, after) = (self.before.twips(), self.after.twips());
        let differs = (before != self.styled.0.twips(), after != self.styled.1.twips());
        if differs.0 || differs.1 {
            let mut spacing = par.property.line_spacing.take().unwrap_or_default();
            if differs.0 {
                spacing = spacing.before(u32::try_from(before).unwrap_or(0));
            }
            if differs.1 {
                spacing = spacing.after(u32::try_from(after).unwrap_or(0));
            }
            par.property.line_spacing = Some(spacing);
        }
        if self.page_break {
            par = par.page_break_before(true);
        }
        Piece::Par(par)
    }
}
