//! The things of a sheet as WordprocessingML: paragraphs, rules, boxes, pictures, in the order of the page.

use super::builder::{Builder, RELATION, bare};
use super::gaps::{Flow, Piece};
use super::mend::{self, WORDS};
use super::signs;
use super::styles::{FIGURE, RULE, SPACER, alignment, border, twips};
use super::tables::is_kept;
use crate::decree30::lengths::{MARK_RULE, PICTURE_GAPS};
use crate::decree30::style::RULE_THICKNESS;
use crate::decree30::units::Pt;
use crate::ooxml::xml::{self, Node};
use crate::sheet::{Boxed, Chars, Item, Par, Picture, Rule, Run};
use docx_rs::{
    BuildXML, LineSpacing, LineSpacingType, Paragraph, ParagraphBorderPosition, ParagraphBorders, Pic,
    SpecialIndentType,
};

/// EMU in a point.
const EMU: f64 = 12_700.0;
impl<'s> Builder<'s> {
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

    /// The bytes of a picture.
    pub fn picture_bytes(&self, path: &str) -> Option<&'s [u8]> {
        self.pictures.get(path).map(|b| b.as_slice())
    }

    pub(super) fn text_of(&mut self, written: &[u8]) -> String {
        xml::text_of(&self.mended(written))
    }

    /// What docx-rs wrote, mended, with the ids that the document gives.
    pub(super) fn mended(&mut self, written: &[u8]) -> Vec<Node> {
        let mut nodes = mend::mend(written);
        signs::as_word_has_them(&mut nodes);
        for node in &mut nodes {
            let Node::Element(element) = node else { continue };
            element.visit_mut(&mut |e| match e.name.as_str() {
                "w:sdtPr" => mend::control(e, &mut self.next_control),
                "w:drawing" => {
                    self.next_picture += 1;
                    mend::picture(e, self.next_picture);
                }
                _ => {}
            });
        }
        nodes
    }

    fn finish(&mut self, pieces: Vec<Piece>) -> String {
        let mut out = String::new();
        let mut waiting: Vec<u8> = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Par(par) => waiting.extend(par.build()),
                Piece::Table { table, headers, .. } => {
                    out.push_str(&self.text_of(&waiting));
                    waiting.clear();
                    let mut nodes = self.mended(&table.build());
                    if let Some(Node::Element(table)) = nodes.first_mut() {
                        mend::header_rows(table, headers);
                    }
                    out.push_str(&xml::text_of(&nodes));
                }
            }
        }
        out.push_str(&self.text_of(&waiting));
        out
    }

    pub(super) fn width(&self, width: Pt) -> usize {
        usize::try_from((width * self.scale).twips()).unwrap_or(0)
    }

    /// `in_cell`: a cell must end with a paragraph, as the body must.
    pub(super) fn pieces(&mut self, items: &[Item], width: Pt, below: Pt, in_cell: bool) -> Vec<Piece> {
        let mut flow = Flow::new(self.ids.helper(SPACER));
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
                    flow.table(made, 0, false, columns.above, columns.below);
                }
                Item::Table(table) => {
                    let made = self.table(table);
                    let kept = table.rows.last().is_some_and(|r| is_kept(r));
                    flow.table(made, table.header.len(), kept, Pt(0.0), Pt(0.0));
                }
            }
        }
        flow.gap = flow.gap + below;
        flow.end(in_cell)
    }

    pub(super) fn paragraph(&mut self, par: &Par) -> Paragraph {
        let style = self.styles.get(par.style);
        let mut out = bare().style(self.ids.component(par.style));
        if let Some(align) = par.align.filter(|a| *a != style.align) {
            out = out.align(alignment(align));
        }
        if let Some(indent) = par.indent {
            let first = (style.indent.0 > 0.0).then_some(SpecialIndentType::FirstLine(0));
            out = out.indent(Some(twips(indent * self.scale)), first, None, None);
        }
        if par.keep_next && !par.style.keeps_next() {
            out = out.keep_next(true).keep_lines(true);
        }
        if par.heading != par.style.heading() {
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
        if rule.keep_next {
            out = out.keep_next(true);
        }
        if rule.thickness != RULE_THICKNESS {
            let line = border(ParagraphBorderPosition::Top, rule.thickness, 0);
            out.property = out.property.set_borders(ParagraphBorders::with_empty().set(line));
        }
        out
    }

    /// Text in a box: the four borders of its paragraph.
    fn boxed(&mut self, boxed: &Boxed, width: Pt) -> Paragraph {
        let mut out = self.paragraph(&boxed.par);
        let whole = self.width(width) as i32;
        let length = twips(boxed.width).min(whole);
        let left = (whole - length) / 2;
        let air = ((boxed.height.0 - self.styles.get(boxed.par.style).pitch.0) / 2.0).round().clamp(0.0, 31.0) as usize;
        let thickness = MARK_RULE;
        // Air is in whole points; the line makes up the height to the twip.
        let line = boxed.height - thickness - Pt(air as f64 * 2.0);
        out = out
            .indent(Some(left), None, Some(whole - length - left), None)
            .line_spacing(LineSpacing::new().line(twips(line)).line_rule(LineSpacingType::Exact));
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
        let natural = bytes.and_then(|b| crate::write::image_size(b)).unwrap_or((Pt(100.0), Pt(100.0)));
        let (wide, tall) = picture.size(natural, width * self.scale);
        let index = self.images.iter().position(|p| *p == picture.path).unwrap_or_else(|| {
            self.images.push(picture.path.clone());
            self.images.len() - 1
        });
        let mut pic = Pic::new_with_dimensions(Vec::new(), 1, 1);
        pic.id = format!("{RELATION}I{}{WORDS}{}", index + 1, xml::escape_attribute(&picture.alt));
        pic.size = ((wide.0 * EMU).round() as u32, (tall.0 * EMU).round() as u32);
        let mut out = bare().style(self.ids.helper(FIGURE)).add_run(docx_rs::Run::new().add_image(pic));
        if picture.keep_next {
            out = out.keep_next(true);
        }
        out
    }
}
