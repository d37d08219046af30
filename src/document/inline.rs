//! Text inside a paragraph.

use crate::source::Span;

/// Emphasis of a stretch of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Emphasis {
    /// `**đậm**`
    pub bold: bool,
    /// `*nghiêng*`
    pub italic: bool,
    /// `__gạch chân__`
    pub underline: bool,
}

/// A stretch of a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Text with its emphasis.
    Text(String, Emphasis),
    /// A link: shown text, emphasis, address.
    Link(String, Emphasis, String),
    /// A footnote.
    Note(Vec<Inline>),
    /// A hard line break.
    Break,
}

/// The origin of a letter that nobody typed.
pub const NOWHERE: u32 = u32::MAX;

/// A paragraph's text and where it was typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Its stretches.
    pub inlines: Vec<Inline>,
    /// Its place in the plan.
    pub span: Span,
    /// The byte of the source at which each of its letters was typed, blanks left out, those of a footnote at its mark;
    /// [`NOWHERE`] for what nobody typed. Empty where nobody asked for places.
    pub origin: Vec<u32>,
}

impl Line {
    /// A line of plain text.
    pub fn text(text: impl Into<String>, span: Span) -> Self {
        let text = text.into();
        let inlines = if text.is_empty() { Vec::new() } else { vec![Inline::Text(text, Emphasis::default())] };
        Line { inlines, span, origin: Vec::new() }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.inlines.is_empty()
    }

    /// Its text without emphasis and footnotes.
    pub fn plain(&self) -> String {
        plain(&self.inlines)
    }
}

/// The text of inlines without emphasis and footnotes; a line break is a blank.
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(text, _) | Inline::Link(text, ..) => out.push_str(text),
            Inline::Break => out.push(' '),
            Inline::Note(_) => {}
        }
    }
    out
}
