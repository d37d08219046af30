//! The gaps between neighbours become the space before or after a paragraph, never both, since Word and LibreOffice
//! differ on whether the two add up.

use super::builder::bare;
use super::styles::twips;
use crate::decree30::units::Pt;
use docx_rs::{LineSpacing, LineSpacingType, Paragraph};

/// A piece of the flow.
pub(super) enum Piece {
    Par(Box<Paragraph>),
    /// A table, how many of its rows are repeated, and whether the last stays with what follows.
    Table {
        table: Box<docx_rs::Table>,
        headers: usize,
        kept: bool,
    },
}

/// Pieces with the gaps between them.
#[derive(Default)]
pub(super) struct Flow {
    /// Each with the gap that its style or item gives before and after, and what its style says already.
    pieces: Vec<Placed>,
    pub(super) gap: Pt,
    pub(super) page_break: bool,
    /// Id of the style of spacers.
    pub(super) spacer: String,
}

pub(super) struct Placed {
    piece: Piece,
    before: Pt,
    after: Pt,
    /// Before and after of its style.
    styled: (Pt, Pt),
    /// Begins a page.
    page_break: bool,
}
impl Flow {
    /// An empty flow, with the id of the style of spacers.
    pub(super) fn new(spacer: &str) -> Self {
        Flow { spacer: spacer.to_owned(), ..Flow::default() }
    }

    pub(super) fn par(&mut self, par: Paragraph, before: Pt, after: Pt, styled: (Pt, Pt)) {
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
        self.pieces.push(Placed { piece: Piece::Par(Box::new(par)), before, after, styled, page_break });
    }

    pub(super) fn table(&mut self, table: docx_rs::Table, headers: usize, kept: bool, above: Pt, below: Pt) {
        let gap = std::mem::take(&mut self.gap) + above;
        let page_break = std::mem::take(&mut self.page_break);
        match self.pieces.last_mut() {
            Some(Placed { piece: Piece::Par(_), after, .. }) if !page_break => *after = *after + gap,
            None if !page_break => {}
            // Two tables without a paragraph between would become one.
            _ => self.spacer(gap, page_break),
        }
        let zero = (Pt(0.0), Pt(0.0));
        self.pieces.push(Placed {
            piece: Piece::Table { table: Box::new(table), headers, kept },
            before: Pt(0.0),
            after: Pt(0.0),
            styled: zero,
            page_break: false,
        });
        self.gap = below;
    }

    pub(super) fn spacer(&mut self, height: Pt, page_break: bool) {
        let mut par = bare().style(&self.spacer);
        if matches!(self.pieces.last(), Some(Placed { piece: Piece::Table { kept: true, .. }, .. })) {
            par = par.keep_next(true);
        }
        if height.0 > 1.0 {
            par = par.line_spacing(LineSpacing::new().line(twips(height)).line_rule(LineSpacingType::Exact));
        }
        if page_break {
            par = par.page_break_before(true);
        }
        let zero = (Pt(0.0), Pt(0.0));
        self.pieces.push(Placed {
            piece: Piece::Par(Box::new(par)),
            before: Pt(0.0),
            after: Pt(0.0),
            styled: zero,
            page_break: false,
        });
    }

    pub(super) fn end(mut self, in_cell: bool) -> Vec<Piece> {
        let gap = std::mem::take(&mut self.gap);
        match self.pieces.last_mut() {
            Some(Placed { piece: Piece::Par(_), after, .. }) => *after = *after + gap,
            Some(_) => self.spacer(gap, false),
            None if in_cell => self.pieces.push(Placed {
                piece: Piece::Par(Box::new(bare().style(&self.spacer))),
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
    pub(super) fn into_piece(self) -> Piece {
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
            *par = par.page_break_before(true);
        }
        Piece::Par(par)
    }
}
