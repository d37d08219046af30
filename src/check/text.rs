//! A text of a document as rules see it: its letters, each with its place in the plan, and its words.

use super::dates::{self, Mention};
use super::syllable::{self, Judgement};
use crate::chars::{is_letter, is_white};
use crate::decree30::outline::Level;
use crate::document::{Inline, Line, NOWHERE};
use crate::draft::Part;
use crate::source::Span;
use std::cell::OnceCell;
use std::ops::Range;

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A part with a key of its own.
    Part(Part),
    /// The text of a block of the body; its level.
    Body(Level),
    /// A cell of a table.
    Cell,
    /// A heading of a column.
    Head,
    /// A caption, or the unit of a table.
    Caption,
    /// The title of an appendix.
    AppendixTitle,
    /// The line in brackets under it.
    AppendixRef,
    /// A footnote.
    Note,
}

/// What stands behind a text of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing more in this body.
    End,
    /// A block on the level below it, or deeper: what it is.
    Under(Level),
    /// A block of its own level or of a higher one.
    Beside(Level),
    /// A table or a picture.
    Thing,
}

/// A text.
#[derive(Debug)]
pub struct Text<'d> {
    /// What it is.
    pub place: Place,
    /// Which document it is of: an index of `Subject::documents`.
    pub owner: usize,
    /// Which body it is of: an index of `Subject::bodies`; none outside of bodies.
    pub body: Option<usize>,
    /// The marker before it.
    pub marker: &'d str,
    /// What stands behind it.
    pub next: Next,
    /// Its letters, without emphasis and footnotes; a line break is a blank.
    pub plain: String,
    /// The same in small letters, byte for byte.
    pub low: String,
    /// Its words: letters and digits.
    pub words: Vec<Range<usize>>,
    /// A number below 4096 for each of the words, in small letters: words with different numbers are different.
    pub hashes: Vec<u16>,
    /// Its signs with their bytes: neither letters and digits nor blanks.
    pub marks: Vec<(usize, char)>,
    /// Those of the words that are no syllables, or not spelt as such.
    pub odd: Vec<(usize, Judgement)>,
    /// Where it was typed.
    pub span: Span,
    /// For each byte of `plain` the byte of the source; [`NOWHERE`] at blanks and for what nobody typed.
    places: Vec<u32>,
    dates: OnceCell<Vec<Mention>>,
}

impl<'d> Text<'d> {
    /// The text of a line, and those of its footnotes behind it.
    pub fn of(line: &'d Line, place: Place, owner: usize, body: Option<usize>) -> Vec<Text<'d>> {
        let mut origin = line.origin.iter().copied();
        let mut notes = Vec::new();
        let fallback = u32::try_from(line.span.start).unwrap_or(NOWHERE);
        let mut letters = Letters::default();
        letters.add(&line.inlines, &mut || origin.next().unwrap_or(fallback), &mut notes);
        let of = |letters: Letters, place| {
            let Scanned { low, words, hashes, marks } = scanned(&letters.plain);
            Text {
                place,
                owner,
                body,
                marker: "",
                next: Next::End,
                low,
                words,
                hashes,
                marks,
                odd: Vec::new(),
                plain: letters.plain,
                span: line.span,
                places: letters.places,
                dates: OnceCell::new(),
            }
        };
        let mut out = vec![of(letters, place)];
        out.extend(notes.into_iter().map(|note| of(note, Place::Note)));
        out
    }

    /// Judges its words.
    pub fn judge(&mut self) {
        for (index, range) in self.words.iter().enumerate() {
            let word = &self.low[range.clone()];
            if !word.is_ascii() {
                self.odd.extend(syllable::judge_again(word).map(|judged| (index, judged)));
            }
        }
    }

    /// Its dates, in their order.
    pub fn dates(&self) -> &[Mention] {
        self.dates.get_or_init(|| dates::all(&self.plain, &self.low, &self.words))
    }

    /// How often a sign stands between two digits.
    pub fn between_digits(&self, sign: char) -> usize {
        let digit = |at: usize| self.plain.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
        let between = |at: usize| at > 0 && digit(at - 1) && digit(at + sign.len_utf8());
        self.marks.iter().filter(|(at, c)| *c == sign && between(*at)).count()
    }

    /// A word as typed.
    pub fn word(&self, index: usize) -> &str {
        self.words.get(index).map_or("", |range| &self.plain[range.clone()])
    }

    /// A word in small letters.
    pub fn low_word(&self, index: usize) -> &str {
        self.words.get(index).map_or("", |range| &self.low[range.clone()])
    }

    /// The word before some bytes, in small letters; none where a mark stands between.
    pub fn word_before(&self, at: usize) -> &str {
        let before = self.low[..at].trim_end();
        let start = before
            .rfind(|c: char| !is_letter(c))
            .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
        &before[start..]
    }

    /// The word behind some bytes, in small letters; none where a mark stands between.
    pub fn word_behind(&self, at: usize) -> &str {
        let behind = self.low[at..].trim_start();
        &behind[..behind.find(|c: char| !is_letter(c)).unwrap_or(behind.len())]
    }

    /// The letters between blanks around a byte, not more than some two hundred.
    pub fn piece_at(&self, at: usize) -> &str {
        const FAR: usize = 100;
        let letter = |mut byte: usize| {
            while !self.plain.is_char_boundary(byte) {
                byte -= 1;
            }
            byte
        };
        let (from, to) = (letter(at.saturating_sub(FAR)), letter((at + FAR).min(self.plain.len())));
        let blank = self.plain[from..at].char_indices().rev().find(|(_, c)| c.is_whitespace());
        let start = blank.map_or(from, |(i, c)| from + i + c.len_utf8());
        let end = self.plain[at..to.max(at)].find(char::is_whitespace).map_or(to.max(at), |i| at + i);
        self.plain.get(start..end).unwrap_or_default()
    }

    /// Whether a piece is an address of the web or of mail, or a name of a file.
    pub fn is_address(&self, at: usize) -> bool {
        let piece = self.piece_at(at);
        let dotted = piece.char_indices().any(|(i, c)| {
            c == '.'
                && piece[i + 1..].starts_with(|c: char| c.is_ascii_lowercase())
                && piece[..i].ends_with(|c: char| c.is_ascii_alphanumeric())
        });
        piece.contains('@') || piece.contains("//") || piece.contains("www.") || piece.is_ascii() && dotted
    }

    /// Whether the text is a heading by its level.
    pub fn is_title(&self) -> bool {
        matches!(self.place, Place::Body(Level::Phan | Level::Chuong | Level::Muc | Level::TieuMuc))
    }

    /// Whether it is running text: of the body, its opening or closing, a footnote.
    pub fn is_running(&self) -> bool {
        match self.place {
            Place::Body(_) => !self.is_title(),
            Place::Part(Part::MoDau | Part::Ket) | Place::Note => true,
            _ => false,
        }
    }

    /// Whether it is a number, a symbol or another text that follows a rule of its own.
    pub fn is_fact(&self) -> bool {
        matches!(
            self.place,
            Place::Part(Part::So | Part::KyHieu | Part::VietTat | Part::DonViSoan | Part::Ngay | Part::NguoiSoan)
        )
    }

    /// Whether it is a legal basis, the name of a person or of a place: no correction of it is safe.
    pub fn is_protected(&self) -> bool {
        matches!(self.place, Place::Part(Part::CanCu | Part::HoTen | Part::DiaDanh))
    }

    /// Whether it has no small letter.
    pub fn is_in_capitals(&self) -> bool {
        crate::chars::in_capitals(&self.plain)
    }

    /// Whether a sentence begins with this byte.
    pub fn begins_sentence(&self, at: usize) -> bool {
        let before = self.plain[..at].trim_end_matches(|c: char| c.is_whitespace() || "“\"'(-–*+".contains(c));
        before.is_empty() || before.ends_with(['.', '!', '?', ':', '…', ';'])
    }

    /// The place in the plan of some bytes of the text; that of the whole text where they come from nowhere.
    pub fn place_of(&self, range: &Range<usize>) -> Span {
        self.typed(range).unwrap_or(self.span)
    }

    /// Where the letters of a range were typed; blanks at its ends reach to the letters beside them.
    pub fn typed(&self, range: &Range<usize>) -> Option<Span> {
        let at = |byte: usize| self.places.get(byte).copied().filter(|p| *p != NOWHERE).map(|p| p as usize);
        let letter_before = |end: usize| {
            let (byte, c) = self.plain.get(..end)?.char_indices().rev().find(|(_, c)| !c.is_whitespace())?;
            Some((at(byte)?, c.len_utf8()))
        };
        let starts_blank = self.plain.get(range.start..)?.starts_with(char::is_whitespace) || range.is_empty();
        let start = match at(range.start).filter(|_| !starts_blank) {
            Some(start) => start,
            None => letter_before(range.start).map(|(at, len)| at + len)?,
        };
        if range.is_empty() {
            return Some(Span::new(start, start));
        }
        let ends_blank = self.plain.get(..range.end)?.ends_with(char::is_whitespace);
        let end = match ends_blank {
            true => at(range.end)?,
            false => letter_before(range.end).map(|(at, len)| at + len)?,
        };
        (start <= end).then(|| Span::new(start, end))
    }
}

/// Letters with their places.
#[derive(Default)]
struct Letters {
    plain: String,
    places: Vec<u32>,
}

impl Letters {
    fn add(&mut self, inlines: &[Inline], next: &mut impl FnMut() -> u32, notes: &mut Vec<Letters>) {
        for inline in inlines {
            match inline {
                Inline::Text(text, _) | Inline::Link(text, ..) => {
                    let from = self.plain.len();
                    self.plain.push_str(text);
                    self.places.resize(self.plain.len(), NOWHERE);
                    for (at, c) in text.char_indices().filter(|(_, c)| !is_white(*c)) {
                        self.places[from + at..][..c.len_utf8()].fill(next());
                    }
                }
                Inline::Break => {
                    self.plain.push(' ');
                    self.places.push(NOWHERE);
                }
                Inline::Note(inner) => {
                    let mut note = Letters::default();
                    let mut within = Vec::new();
                    note.add(inner, next, &mut within);
                    notes.push(note);
                    notes.append(&mut within);
                }
            }
        }
    }
}

/// The text in small letters where these have as many bytes.
pub fn small(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| out.push(small_letter(c)));
    out
}

fn small_letter(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '\0'..='\x7F' => c,
        '\u{1EA0}'..='\u{1EF9}' => char::from_u32(u32::from(c) | 1).unwrap_or(c),
        'à'..='ö' | 'ø'..='ÿ' | 'đ' | 'ă' | 'ơ' | 'ư' | 'ĩ' | 'ũ' => c,
        _ => {
            let mut low = c.to_lowercase();
            match (low.next(), low.next()) {
                (Some(one), None) if one.len_utf8() == c.len_utf8() => one,
                _ => c,
            }
        }
    }
}

/// The number of a word in small letters; see [`Text::hashes`].
pub fn hash_of(word: &str) -> u16 {
    shortened(word.chars().fold(0, hashed))
}

fn hashed(hash: u32, c: char) -> u32 {
    (hash.rotate_left(5) ^ u32::from(c)).wrapping_mul(0x9E37_79B9)
}

/// Twelve bits of it.
fn shortened(hash: u32) -> u16 {
    u16::try_from(hash >> 20).unwrap_or_default()
}

/// What one pass over a text gives: its small letters, where its words stand, its signs.
struct Scanned {
    low: String,
    words: Vec<Range<usize>>,
    hashes: Vec<u16>,
    marks: Vec<(usize, char)>,
}

fn scanned(text: &str) -> Scanned {
    let mut out = Scanned {
        low: String::with_capacity(text.len()),
        words: Vec::with_capacity(text.len() / 5),
        hashes: Vec::with_capacity(text.len() / 5),
        marks: Vec::with_capacity(text.len() / 32),
    };
    let mut start = None;
    let mut hash = 0;
    for (at, c) in text.char_indices() {
        let small = small_letter(c);
        out.low.push(small);
        let letter = is_letter(c);
        if !letter && !is_white(c) {
            out.marks.push((at, c));
        }
        if letter {
            hash = hashed(if start.is_none() { 0 } else { hash }, small);
            start = start.or(Some(at));
        } else if let Some(from) = start.take() {
            out.words.push(from..at);
            out.hashes.push(shortened(hash));
        }
    }
    if let Some(from) = start {
        out.words.push(from..text.len());
        out.hashes.push(shortened(hash));
    }
    out
}
