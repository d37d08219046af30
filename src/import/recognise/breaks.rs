//! Page breaks of the file inside of a body: those that its author put there, by a break or by a section.

use super::Recogniser;
use crate::decree30::outline::Level;
use crate::import::found::Block;
use crate::import::stream::{Piece, Start};
use crate::markup::marker;

impl Recogniser<'_> {
    /// Whether what follows a piece begins a page: a section says at its own end how it begins.
    pub(super) fn breaks(&self, at: usize) -> bool {
        match self.pieces.get(at) {
            Some(Piece::PageBreak) => true,
            Some(Piece::Section { .. }) => {
                let next = self.pieces[at + 1..].iter().find_map(|piece| match piece {
                    Piece::Section { start, .. } => Some(*start),
                    _ => None,
                });
                next != Some(Start::SamePage)
            }
            _ => false,
        }
    }

    /// Leaves page breaks where text stands on both sides of them, and says which stand in the middle of a text: these
    /// were right for the lines of the file and may not be for those of the plan.
    pub(super) fn settle_breaks(&mut self, blocks: &mut Vec<Block>) {
        let from = blocks.iter().position(|b| *b != Block::PageBreak).unwrap_or(blocks.len());
        blocks.drain(..from);
        while blocks.last() == Some(&Block::PageBreak) {
            blocks.pop();
        }
        blocks.dedup_by(|b, a| *a == Block::PageBreak && *b == Block::PageBreak);
        for pair in blocks.windows(2) {
            let [Block::PageBreak, Block::Line(line)] = pair else { continue };
            if begins_part(line) {
                continue;
            }
            let words = line.split_whitespace().take(6).collect::<Vec<_>>().join(" ").replace('*', "");
            let why = format!("tệp Word sang trang trước “{words} …”; bỏ ngat_trang nếu không cần");
            self.unsure("noi_dung", why);
        }
    }
}

/// Whether a line begins a part of a text that may well have a page of its own.
fn begins_part(line: &str) -> bool {
    match marker::find(line) {
        Some(found) => matches!(found.level, Level::Phan | Level::Chuong | Level::Muc | Level::TieuMuc | Level::Dieu),
        None => line.starts_with("**") && line.ends_with("**"),
    }
}
