//! The operators of a page that bear on its text (ISO 32000-1, 7.8.2 and 9.4). Pages as we write them are read in one go
//! (`quick.rs`); what is in any way unlike them is left to a reader of all objects.

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Number, Object};
use std::borrow::Cow;
use std::ops::Range;

/// A transformation matrix, as PDF writes it.
pub(super) type Matrix = [f64; 6];

/// Where a stretch of content belongs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Mark {
    /// Marked content with an id.
    Content(i32),
    /// An artifact.
    Artifact,
    /// Another mark, which changes nothing.
    Other,
}

impl Mark {
    pub fn of(tag: &[u8], id: Option<i64>) -> Mark {
        match id {
            _ if tag == b"Artifact" => Mark::Artifact,
            Some(id) => Mark::Content(i32::try_from(id).unwrap_or(-1)),
            None => Mark::Other,
        }
    }
}

/// An operator.
#[derive(Debug, PartialEq)]
pub(super) enum Op<'a> {
    /// `q`
    Save,
    /// `Q`
    Restore,
    /// `cm`
    Transform(Matrix),
    /// `BT`
    BeginText,
    /// `Tm`
    TextMatrix(Matrix),
    /// `Td`
    NextLine(f64, f64),
    /// `Tf`: the name of the font.
    Font(Cow<'a, [u8]>),
    /// `BMC`, `BDC`
    Begin(Mark),
    /// `EMC`
    End,
    /// `Tj`, `TJ`: where its codes are in [`Operators::codes`].
    Show(Range<usize>),
}

/// The operators of a page.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Operators<'a> {
    /// In their order.
    pub all: Vec<Op<'a>>,
    /// The codes of all shown strings.
    pub codes: Vec<u8>,
}

/// By the reader of all objects.
pub(super) fn typed(mut instructions: TypedIter<'_>) -> Operators<'static> {
    use TypedInstruction as Read;
    let mut out = Operators::default();
    let matrix = |numbers: [Number; 6]| numbers.map(|n| n.as_f64());
    while let Some(instruction) = instructions.next() {
        let op = match instruction {
            Read::SaveState(_) => Op::Save,
            Read::RestoreState(_) => Op::Restore,
            Read::Transform(m) => Op::Transform(matrix([m.0, m.1, m.2, m.3, m.4, m.5])),
            Read::BeginText(_) => Op::BeginText,
            Read::SetTextMatrix(m) => Op::TextMatrix(matrix([m.0, m.1, m.2, m.3, m.4, m.5])),
            Read::NextLine(by) => Op::NextLine(by.0.as_f64(), by.1.as_f64()),
            Read::TextFont(set) => Op::Font(Cow::Owned(set.0.to_vec())),
            Read::BeginMarkedContent(mark) => Op::Begin(Mark::of(mark.0.as_ref(), None)),
            Read::BeginMarkedContentWithProperties(mark) => {
                let id = match &mark.1 {
                    Object::Dict(dict) => dict.get::<Number>("MCID").map(|n| n.as_i64()),
                    _ => None,
                };
                Op::Begin(Mark::of(mark.0.as_ref(), id))
            }
            Read::EndMarkedContent(_) => Op::End,
            Read::ShowText(show) => out.shown(show.0.as_bytes()),
            Read::ShowTexts(show) => {
                // Whether text may stand here is asked even where it is none; a code stands in one string, even half a one.
                let op = out.shown(&[]);
                out.all.push(op);
                for string in show.0.iter::<Object<'_>>() {
                    if let Object::String(string) = string {
                        let op = out.shown(string.as_bytes());
                        out.all.push(op);
                    }
                }
                continue;
            }
            _ => continue,
        };
        out.all.push(op);
    }
    out
}

impl Operators<'_> {
    fn shown(&mut self, codes: &[u8]) -> Op<'static> {
        let start = self.codes.len();
        self.codes.extend_from_slice(codes);
        Op::Show(start..self.codes.len())
    }
}
