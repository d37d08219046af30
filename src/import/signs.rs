//! Signs of a file that a page cannot show: marks without their letter, signs of fonts that only draw, broken bytes. What a
//! reader sees of them is told; what nobody sees (controls, joiners, soft hyphens) goes without a word.

use super::stream::{LeftOut, Piece, Run, Stream};
use crate::source::{is_composed, is_forbidden};
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory as Category, UnicodeGeneralCategory};

/// Why words are not in the plan as they stand.
const REASON: &str = "ký tự không in được";

/// The text with each mark in its letter (Unicode TR15, form C).
pub fn composed(text: &str) -> Cow<'_, str> {
    if is_composed(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// Characters that end a line or a page, whatever the system that wrote them.
fn ends_line(c: char) -> bool {
    matches!(c, '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Characters that part words without being seen.
fn parts_words(c: char) -> bool {
    matches!(c, '\0' | '\u{8}' | '\u{1C}'..='\u{1F}')
}

/// The text with line feeds where lines or pages end.
pub fn with_line_feeds(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains(|c| ends_line(c) || parts_words(c)) {
        return text;
    }
    let text = text.replace("\r\n", "\n");
    let line = |c: char| {
        if ends_line(c) {
            '\n'
        } else if parts_words(c) {
            ' '
        } else {
            c
        }
    };
    Cow::Owned(text.chars().map(line).collect())
}

/// Words with signs that were taken out, each told once.
#[derive(Default)]
pub struct Lost {
    words: Vec<LeftOut>,
    known: FxHashSet<String>,
}

impl Lost {
    /// What is to be told.
    pub fn told(self) -> Vec<LeftOut> {
        self.words
    }

    fn add(&mut self, word: &str) {
        if self.known.insert(word.to_owned()) {
            self.words.push(LeftOut { words: word.to_owned(), reason: REASON });
        }
    }
}

/// Takes what no page can show out of all letters.
pub fn settle(stream: &mut Stream) {
    let mut lost = Lost::default();
    pieces(&mut stream.pieces, &mut lost);
    stream.left_out.append(&mut lost.told());
}

fn pieces(all: &mut [Piece], lost: &mut Lost) {
    for piece in all {
        match piece {
            Piece::Par(par) => runs(&mut par.runs, lost),
            Piece::Table(table) => {
                table.rows.iter_mut().flat_map(|r| &mut r.cells).for_each(|cell| pieces(&mut cell.pieces, lost));
            }
            _ => {}
        }
    }
}

/// As [`settle`], of the letters of a paragraph. Marks stand behind their letter, also where a new run begins between them.
pub fn runs(all: &mut [Run], lost: &mut Lost) {
    // The last run with letters.
    let mut lettered = 0;
    for at in 1..all.len() {
        let (before, after) = all.split_at_mut(at);
        let (Some(last), Some(run)) = (before.get_mut(lettered), after.first_mut()) else { continue };
        let end = run.text.find(|c| !is_mark(c)).unwrap_or(run.text.len());
        last.text.extend(run.text.drain(..end));
        if !run.text.is_empty() {
            lettered = at;
        }
    }
    for run in all {
        if let Some(note) = &mut run.note {
            runs(note, lost);
        }
        let forbidden = |c: char| !matches!(c, '\t' | '\n') && is_forbidden(c);
        if !is_composed(&run.text) {
            run.text = run.text.nfc().collect();
        }
        if !run.text.contains(forbidden) {
            continue;
        }
        run.text = with_line_feeds(Cow::Borrowed(&run.text)).into_owned();
        run.text.split_whitespace().filter(|word| word.contains(is_seen)).for_each(|word| lost.add(word));
        run.text.retain(|c| !forbidden(c));
    }
}

/// A mark that joins the letter before it.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}')
}

/// Whether a character that no page can show is one that people see.
fn is_seen(c: char) -> bool {
    let unseen = matches!(
        c.general_category(),
        Category::Control | Category::Format | Category::LineSeparator | Category::ParagraphSeparator
    ) || matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{3164}');
    is_forbidden(c) && !unseen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::stream::Par;

    fn settled(text: &str) -> (String, Vec<String>) {
        let mut stream = Stream { pieces: vec![Piece::Par(Par::plain(text))], ..Stream::default() };
        settle(&mut stream);
        let Piece::Par(par) = &stream.pieces[0] else { panic!("a paragraph") };
        (par.runs[0].text.clone(), stream.left_out.into_iter().map(|l| l.words).collect())
    }

    #[test]
    fn marks_join_their_letters() {
        assert_eq!(settled("Danh mu\u{323}c thu\u{309} tu\u{323}c"), ("Danh mục thủ tục".to_owned(), Vec::new()));
    }

    #[test]
    fn what_a_reader_sees_is_told() {
        let (text, lost) = settled("a\u{AD}b q\u{323}u\u{323} \u{F0B7} c\u{200B} \u{FFFD}d");
        assert_eq!(text, "ab qụ  c d");
        assert_eq!(lost, ["q\u{323}ụ", "\u{F0B7}", "\u{FFFD}d"]);
    }

    #[test]
    fn words_beside_an_unseen_end_of_a_line_stay_apart() {
        for c in ['\r', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'] {
            assert_eq!(settled(&format!("bốn{c}năm")).0, "bốn\nnăm");
            assert_eq!(with_line_feeds(Cow::Owned(format!("bốn{c}năm"))), "bốn\nnăm");
        }
        assert_eq!(settled("bốn\0năm\u{1F}sáu\u{200B}bảy").0, "bốn năm sáubảy");
        assert_eq!(with_line_feeds(Cow::Borrowed("a\r\nb\rc")), "a\nb\nc");
    }
}
