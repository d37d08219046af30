//! A stream → the parts of a document. One reader for Word and for text: what a paragraph is shows in its words; alignment
//! and bold letters help where the file has them.

mod after;
mod body;
mod breaks;
mod columns;
mod copy;
mod foot;
mod forms;
mod letterhead;
mod names;
mod signers;
mod title;
mod widths;
mod words;

use super::choices::Choices;
use super::found::Found;
use super::stream::{LeftOut, Par, Piece, Stream, Table};
use super::{marks, word};
use crate::chars::is_letter;
pub use names::Words;
pub use words::{fold, is_rule};

/// Why words are not taken over that the program prints by itself: they must stand on its page.
pub const OWN: &str = "chương trình tự in";

/// What was understood, and what is not taken over.
pub struct Recognised {
    /// The document.
    pub found: Found,
    /// Words of the file that stand in no plan, with the reason.
    pub left_out: Vec<LeftOut>,
}

/// Understands a file.
pub fn recognise(stream: &Stream) -> Recognised {
    let words = Words::of(stream);
    let choices = stream.layout.as_ref().map(Choices::of).unwrap_or_default();
    let mut r = Recogniser {
        pieces: unframed(&stream.pieces),
        at: 0,
        styled: stream.styled,
        inside: false,
        lying: false,
        addressing: false,
        words: &words,
        found: Found { choices, ..Found::default() },
        left_out: Vec::new(),
    };
    r.document();
    r.margins(&stream.left_out);
    r.doubts(stream);
    let Recogniser { found, left_out, .. } = r;
    Recognised { found, left_out }
}

/// Tables of one column arrange, as a frame does: their paragraphs stand for them.
fn unframed(pieces: &[Piece]) -> Vec<Piece> {
    let mut out = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Table(t) if is_frame(t) => {
                t.rows.iter().flat_map(|r| &r.cells).for_each(|c| out.extend(unframed(&c.pieces)));
            }
            other => out.push(other.clone()),
        }
    }
    out
}

fn is_frame(table: &Table) -> bool {
    let narrow = table.rows.iter().all(|r| r.cells.len() <= 1 && r.cells.iter().all(|c| c.column == 0));
    narrow && !Recogniser::is_letterhead(table)
}

/// What is needed while a file is understood.
struct Recogniser<'w> {
    pieces: Vec<Piece>,
    /// The piece that is looked at.
    at: usize,
    styled: bool,
    /// Whether what is read stands in an appendix that is called so: forms in it are its own.
    inside: bool,
    /// Whether the pages of what is read lie.
    lying: bool,
    /// Whether the label of the addressees was read.
    addressing: bool,
    words: &'w Words,
    found: Found,
    left_out: Vec<LeftOut>,
}

impl Recogniser<'_> {
    fn document(&mut self) {
        if !self.letterhead() {
            self.unsure("co_quan", "không thấy phần đầu văn bản (tên cơ quan, Quốc hiệu)");
            self.below_letterhead();
        }
        self.title();
        let foot = self.foot_at();
        let end = foot.map_or(self.pieces.len(), |f| f.start);
        self.fixed_lines(end);
        self.opening(end);
        self.found.noi_dung = self.blocks(end);
        self.without_end_mark();
        self.fixed_end();
        match foot {
            Some(foot) => self.foot(foot),
            None => self.unsure("noi_nhan", "không thấy nơi nhận và chữ ký"),
        }
        self.after();
    }

    /// Where the document may go, in the top margin; the body's address at the foot of page 1.
    fn margins(&mut self, texts: &[LeftOut]) {
        for text in texts {
            let folded = words::fold(&text.words);
            if text.reason == word::HEADER && folded.starts_with("LƯU HÀNH") {
                self.found.luu_hanh = Some(marks::escaped(&text.words));
            }
            let address = ["ĐỊA CHỈ", "ĐIỆN THOẠI", "THƯ ĐIỆN TỬ", "TRANG THÔNG TIN", "EMAIL", "WEBSITE"];
            let begun = !self.found.dia_chi.is_empty();
            if text.reason == word::FOOTER
                && (begun || address.iter().any(|w| folded.contains(w)) || folded.starts_with("SỐ "))
            {
                self.found.dia_chi.push(marks::escaped(&text.words));
            }
        }
    }

    /// What the reader took over otherwise than it is seen; so many that a person reads them. What is missing is told whole.
    fn doubts(&mut self, stream: &Stream) {
        const MOST: usize = 20;
        stream.missing.iter().for_each(|why| self.unsure("noi_dung", why));
        let mut known = rustc_hash::FxHashSet::default();
        let all: Vec<&String> = stream.unsure.iter().filter(|why| known.insert(why.as_str())).collect();
        all.iter().take(MOST).for_each(|why| self.unsure("noi_dung", why.as_str()));
        if all.len() > MOST {
            self.unsure("noi_dung", format!("còn {} chỗ như trên nữa trong tệp", all.len() - MOST));
        }
    }

    fn par(&self) -> Option<&Par> {
        match self.pieces.get(self.at) {
            Some(Piece::Par(par)) => Some(par),
            _ => None,
        }
    }

    /// Past empty lines, rules and page breaks.
    fn skip_empty(&mut self) {
        while let Some(piece) = self.pieces.get(self.at) {
            match piece {
                Piece::Par(par) if is_rule(&par.whole()) => {}
                Piece::PageBreak | Piece::Section { .. } => {}
                _ => return,
            }
            self.at += 1;
        }
    }

    fn leave_out(&mut self, words: &str, reason: &'static str) {
        if words.chars().any(is_letter) {
            self.left_out.push(LeftOut { words: words.to_owned(), reason });
        }
    }

    /// Words that the program prints by itself.
    fn own(&mut self, words: &str) {
        self.leave_out(words, OWN);
    }

    fn unsure(&mut self, key: &'static str, why: impl Into<String>) {
        let note = (key, why.into());
        if !self.found.unsure.contains(&note) {
            self.found.unsure.push(note);
        }
    }

    /// Lines of a list without the marks that the program puts at their ends.
    fn without_ends(&self, lines: Vec<String>) -> Vec<String> {
        let last = lines.len().saturating_sub(1);
        let bare = |(i, line): (usize, String)| {
            let end = if i == last { '.' } else { ';' };
            match line.strip_suffix(end) {
                // Dots that belong to an abbreviation or a gap stay.
                Some(bare) if !bare.ends_with('.') => bare.trim_end().to_owned(),
                _ => line,
            }
        };
        lines.into_iter().enumerate().map(bare).collect()
    }
}
