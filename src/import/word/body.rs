//! Paragraphs, tables, sections, content controls and text boxes in the order of the page.

use super::alternatives::chosen;
use super::layout::line_height;
use super::runs::{Letters, in_short};
use super::{MAX_NESTING, Reader};
use crate::import::signs;
use crate::import::stream::{Align, Par, Picture, Piece, Run, Start, pars_of};
use crate::ooxml::xml::Element;

impl Reader<'_> {
    /// What stands in a body, a cell or a text box.
    pub(super) fn pieces(&mut self, parent: &Element) -> Vec<Piece> {
        let mut out = Vec::new();
        if self.depth >= MAX_NESTING {
            return out;
        }
        self.depth += 1;
        for e in parent.elements() {
            match e.name.as_str() {
                "w:p" => self.paragraph(e, &mut out),
                "w:tbl" => {
                    if let Some(table) = self.table(e) {
                        out.push(Piece::Table(table));
                    }
                }
                "w:sdt" if is_contents(e) => self.leave_out(e.text(), CONTENTS),
                "w:sdt" => {
                    if let Some(content) = e.child("w:sdtContent") {
                        out.extend(self.pieces(content));
                    }
                }
                "w:ins" | "w:moveTo" | "w:customXml" | "w:smartTag" => out.extend(self.pieces(e)),
                "mc:AlternateContent" => {
                    if let Some(content) = chosen(e) {
                        out.extend(self.pieces(content));
                    }
                }
                "m:oMath" | "m:oMathPara" => {
                    let formula = self.formula(e);
                    out.push(Piece::Par(Par { runs: vec![formula], align: Align::Center, ..Par::default() }));
                }
                "w:altChunk" => self.embedded(e),
                "w:sectPr" => out.push(section(e)),
                _ => {}
            }
        }
        self.depth -= 1;
        out
    }

    fn paragraph(&mut self, e: &Element, out: &mut Vec<Piece>) {
        let properties = e.child("w:pPr");
        let style = properties.and_then(|p| p.child("w:pStyle")).and_then(|s| s.get("w:val")).unwrap_or_default();
        // Lines of a table of contents have page numbers of another page.
        if style.strip_prefix("TOC").is_some_and(|level| level.parse::<u8>().is_ok()) {
            return self.leave_out(e.text(), CONTENTS);
        }
        // A paragraph whose mark was deleted with its text is not there any more.
        let deleted = properties.and_then(|p| p.child("w:rPr")).is_some_and(|r| r.child("w:del").is_some());
        let (page_break, par, letters) = self.par_with(e);
        let Letters { boxes, pictures, cuts, begins, .. } = letters;
        if page_break || begins {
            out.push(Piece::PageBreak);
        }
        if self.in_cell && (page_break || begins || !cuts.is_empty()) {
            let words = par.whole();
            let (at, words) =
                if words.is_empty() { ("sau", self.last_words.as_str()) } else { ("ở", words.as_str()) };
            // Before all words only an empty page ends.
            if !words.is_empty() {
                let told = format!("tệp Word sang trang trong bảng, {at} “{}”; bản in thì không", in_short(words));
                self.out.unsure.push(told);
            }
        }
        let (par, more) = cut(par, &cuts);
        let words = par.whole();
        let empty = words.is_empty() && par.runs.iter().all(|r| r.note.is_none());
        if self.in_cell && !words.is_empty() {
            // A number alone names no row.
            let from = self.last_words.len().saturating_sub(LAST_WORDS);
            let from = self.last_words.ceil_char_boundary(from);
            self.last_words = format!("{} {words}", self.last_words[from..].trim_start());
        } else if !words.is_empty() {
            self.last_words = words;
        }
        let (around, below): (Vec<Picture>, Vec<Picture>) = pictures.into_iter().partition(|p| p.floats && !empty);
        // Text flows around it where its anchor is: the page of a plan has it above that text.
        out.extend(around.into_iter().map(Piece::Picture));
        // The mark of the paragraph before was deleted: its text goes on here.
        let joins = std::mem::replace(&mut self.joins, deleted && !empty);
        match out.last_mut() {
            Some(Piece::Par(last)) if joins => last.runs.extend(par.runs),
            _ if empty && (deleted || !below.is_empty()) => {}
            _ => out.push(Piece::Par(par)),
        }
        for part in more {
            let words = !part.whole().is_empty();
            // A note without words hangs on those before it.
            match out.last_mut() {
                Some(Piece::Par(last)) if !words => last.runs.extend(part.runs),
                _ if words => out.extend([Piece::PageBreak, Piece::Par(part)]),
                _ => {}
            }
            if !words {
                out.push(Piece::PageBreak);
            }
        }
        out.extend(below.into_iter().map(Piece::Picture));
        out.extend(boxes);
        if let Some(e) = properties.and_then(|p| p.child("w:sectPr")) {
            out.push(section(e));
        }
    }

    /// A paragraph by itself; whether it begins a page.
    pub(super) fn par(&mut self, e: &Element) -> (bool, Par) {
        let (page_break, mut par, letters) = self.par_with(e);
        // No page begins in a note; its words stay apart.
        for at in letters.cuts.into_iter().rev() {
            par.runs.insert(at.min(par.runs.len()), Run { text: " ".to_owned(), ..Run::default() });
        }
        for words in pars_of(&letters.boxes).iter().map(|par| par.whole()) {
            self.leave_out(words, "chữ trong khung ở chú thích");
        }
        (page_break, par)
    }

    fn par_with(&mut self, e: &Element) -> (bool, Par, Letters) {
        let properties = e.child("w:pPr");
        let (par, look) = self.styles.paragraph(properties);
        let mut letters = Letters::default();
        self.letters(e, &look, &mut letters);
        let marker = match &par.list {
            (Some(list), level) if list != "0" && (letters.has_text() || self.in_cell) => {
                self.numbering.next(list, level.unwrap_or(0))
            }
            _ => None,
        };
        let mut runs = std::mem::take(&mut letters.runs);
        signs::runs(&mut runs, &mut self.lost);
        if letters.size > 0 {
            self.tallest = self.tallest.max(line_height(par.spacing, letters.size));
        }
        if !self.in_cell {
            self.counts.paragraph(par.spacing, runs.iter().map(|r| r.text.chars().count()).sum());
        }
        let made = Par { marker, runs, align: par.align.unwrap_or_default() };
        (par.page_break == Some(true), made, letters)
    }
}

/// Bytes that are kept of the words of earlier cells.
const LAST_WORDS: usize = 100;

/// A paragraph in parts, before each of which a page begins: the first, and the others.
fn cut(mut par: Par, cuts: &[usize]) -> (Par, Vec<Par>) {
    let mut more = Vec::new();
    for at in cuts.iter().rev() {
        let runs = par.runs.split_off((*at).min(par.runs.len()));
        more.push(Par { runs, align: par.align, marker: None });
    }
    more.reverse();
    (par, more)
}

/// Why a table of contents is not taken over.
const CONTENTS: &str = "mục lục tự động của Word";

fn is_contents(e: &Element) -> bool {
    let gallery = e.child("w:sdtPr").and_then(|p| p.child("w:docPartObj")).and_then(|p| p.child("w:docPartGallery"));
    gallery.and_then(|g| g.get("w:val")) == Some("Table of Contents")
}

fn section(e: &Element) -> Piece {
    let turned = e.child("w:pgSz").is_some_and(|size| {
        let of = |name: &str| size.get(name).and_then(|v| v.parse::<f64>().ok()).unwrap_or_default();
        size.get("w:orient") == Some("landscape") || of("w:w") > of("w:h")
    });
    let kind = e.child("w:type").and_then(|t| t.get("w:val"));
    let start = if matches!(kind, Some("continuous" | "nextColumn")) { Start::SamePage } else { Start::NewPage };
    Piece::Section { landscape: turned, start }
}
