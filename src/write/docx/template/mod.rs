//! A Word file with tags as a template: read and checked once, filled for each document.
//!
//! `scan` goes through the parts: `prepare` takes out what Word leaves behind, `lift` puts tags where they act, `blocks` sees that every block is
//! whole XML, `compile` makes minijinja templates of the parts. `fill` prints a document through them: what a zone
//! or a text with faces becomes is marked first and built in the order of the page, so that footnotes count right.

mod blocks;
mod compile;
mod complete;
mod examine;
mod fields;
pub mod fill;
mod lift;
mod merge;
pub mod names;
mod prepare;
mod refuse;
mod scan;
mod sections;
mod standing;
mod styles_of;
mod tags;
mod tidy;
mod unreached;
mod values;

pub use compile::{BUILT_IN, WordTemplate};
pub use examine::ListedTag;
pub use styles_of::StyleIds;

use crate::diagnostic::{Diagnostic, code};
use crate::ooxml::xml::Element;
use std::sync::Arc;
use tags::Tag;

/// Around the number of a tag in a tree.
const MARK_START: char = '\u{FDD0}';
/// See [`MARK_START`].
const MARK_END: char = '\u{FDD1}';
/// Delimiters of the compiled templates: no XML text that was typed can be taken for a tag.
const DELIMITERS: [&str; 6] = ["\u{FDD2}", "\u{FDD3}", "\u{FDD4}", "\u{FDD5}", "\u{FDD6}", "\u{FDD7}"];
/// Around what is built after printing: kind, number of the place, text.
const BUILT_START: char = '\u{FDD8}';
/// See [`BUILT_START`].
const BUILT_END: char = '\u{FDD9}';
/// Between the fields of what is built.
const FIELD: char = '\u{FDDA}';

/// Properties around a tag, for what it brings.
#[derive(Clone, Debug, Default)]
pub struct Format {
    /// `w:pPr` of its paragraph.
    pub paragraph: Option<Arc<Element>>,
    /// `w:rPr` of its run.
    pub run: Option<Arc<Element>>,
}

/// A tag in its place.
#[derive(Clone, Debug)]
pub struct Place {
    /// The part.
    pub part: String,
    /// Text of its paragraph.
    pub paragraph: Arc<str>,
    /// Number of its paragraph in the part, from 1.
    pub number: usize,
    /// The tag.
    pub tag: Tag,
    /// Properties around it.
    pub format: Format,
}

/// The tags and faults of one part while it is worked through.
pub struct Parts<'t> {
    part: &'t str,
    places: &'t mut Vec<Place>,
    faults: &'t mut Vec<Diagnostic>,
    /// Paragraphs so far.
    paragraphs: usize,
}

impl Parts<'_> {
    fn place(&mut self, (paragraph, number): (&Arc<str>, usize), tag: Tag, format: Format) -> usize {
        let paragraph = Arc::clone(paragraph);
        self.places.push(Place { part: self.part.to_owned(), paragraph, number, tag, format });
        self.places.len() - 1
    }

    fn fault(&mut self, place: usize, message: String, hint: &str) {
        if let Some(place) = self.places.get(place) {
            self.faults.push(fault(place, &message, hint));
        }
    }
}

/// A fault of a tag, with the part, the paragraph and the tag.
fn fault(place: &Place, message: &str, hint: &str) -> Diagnostic {
    let (part, shown, tag) =
        (part_name(&place.part), place.shown(), cut(&place.tag.typed.replace(['\u{FFFC}', '\u{FFF9}'], " "), 60));
    let number = place.number;
    let message = format!("Mẫu Word, {part}, đoạn {number} “{shown}”, thẻ {tag}: {}", lower_first(message));
    Diagnostic::general(&code::THE_WORD_SAI, message).hint(hint)
}

/// A text cut to some letters.
fn cut(text: &str, letters: usize) -> String {
    let short: String = text.chars().take(letters).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// What users call a part.
fn part_name(part: &str) -> String {
    let file = part.rsplit('/').next().unwrap_or(part);
    let what = match file.trim_end_matches(|c: char| !c.is_alphabetic()).trim_end_matches(".xml") {
        f if f.starts_with("header") => "đầu trang",
        f if f.starts_with("footer") => "chân trang",
        f if f.starts_with("footnotes") => "chú thích",
        f if f.starts_with("endnotes") => "chú thích cuối",
        _ => "thân văn bản",
    };
    format!("{what} ({file})")
}
