//! Lines of the document → runs of the sheet, in the face of their style.

use super::Composer;
use crate::decree30::phrases;
use crate::decree30::style::Component;
use crate::decree30::units::Pt;
use crate::document::{Date, Emphasis, Inline, Line};
use crate::draft::Part;
use crate::sheet::{Chars, Entry, Field, Run};
use crate::source::Span;

/// Room to write by hand: three or four digits of a number, two of a day or month, a year.
fn room(field: Field) -> Pt {
    match field {
        Field::So => Pt(34.0),
        Field::Ngay | Field::Thang => Pt(18.0),
        Field::Nam => Pt(30.0),
    }
}

impl Composer<'_> {
    /// The runs of a line; capitals where the style has them. Bold of the style stays; italic inside italic stands out
    /// upright.
    pub(super) fn runs(&self, line: &Line, style: Component) -> Vec<Run> {
        self.inlines(&line.inlines, style, style.row().upper)
    }

    /// As [`Composer::runs`], with capitals or not.
    pub(super) fn inlines(&self, inlines: &[Inline], style: Component, upper: bool) -> Vec<Run> {
        let row = self.styles.get(style);
        let chars = |text: &str, e: Emphasis| Chars {
            text: if upper { text.to_uppercase() } else { text.to_owned() },
            bold: row.bold || e.bold,
            italic: row.italic != e.italic,
            underline: e.underline,
            added: false,
        };
        inlines
            .iter()
            .map(|inline| match inline {
                Inline::Text(text, e) => Run::Text(chars(text, *e)),
                Inline::Link(text, e, url) => Run::Link(chars(text, *e), url.clone()),
                Inline::Break => Run::Break,
                Inline::Note(inner) => Run::Note(self.inlines(inner, Component::ChuThich, false)),
            })
            .collect()
    }

    /// Text that the program adds, in the face of a style.
    pub(super) fn added(&self, text: &str, style: Component) -> Run {
        let row = self.styles.get(style);
        Run::Text(Chars { text: text.to_owned(), bold: row.bold, italic: row.italic, underline: false, added: true })
    }

    /// `Số: 12/KH-UBND`, with room for the number where there is none (mục II, khoản 3).
    pub(super) fn number_and_symbol(&self, lead: &str, style: Component) -> Vec<Run> {
        let mut out = vec![self.added(lead, style)];
        match self.document.line(Part::So).map(|number| self.runs(number, style)).as_deref() {
            None => out.push(self.entry(Field::So, None, style)),
            Some([Run::Text(chars)]) => {
                let span = self.document.span(Part::So);
                out.push(Run::Entry(Entry { field: Field::So, chars: chars.clone(), room: room(Field::So), span }));
            }
            Some(runs) => out.extend_from_slice(runs),
        }
        out.push(self.added("/", style));
        out.extend(self.document.lines(Part::KyHieu).iter().flat_map(|l| self.runs(l, style)));
        out
    }

    /// `ngày 15 tháng 02 năm 2026`, with room for what is not known (mục II, khoản 4).
    pub(super) fn date(&self, style: Component) -> Vec<Run> {
        let Date { day, month, year } = self.document.ngay;
        vec![
            self.added("ngày ", style),
            self.entry(Field::Ngay, day.map(phrases::day), style),
            self.added(" tháng ", style),
            self.entry(Field::Thang, month.map(phrases::month), style),
            self.added(" năm ", style),
            self.entry(Field::Nam, year.map(|y| y.to_string()), style),
        ]
    }

    fn entry(&self, field: Field, text: Option<String>, style: Component) -> Run {
        let row = self.styles.get(style);
        let text = text.unwrap_or_default();
        let chars = Chars { text, bold: row.bold, italic: row.italic, underline: false, added: true };
        let [day, month, year] = self.document.ngay_spans;
        let span = match field {
            Field::So => Span::default(),
            Field::Ngay => day,
            Field::Thang => month,
            Field::Nam => year,
        };
        Run::Entry(Entry { field, chars, room: room(field), span })
    }

    /// Width of runs on one line.
    pub(super) fn width_of(&self, runs: &[Run], size: Pt) -> Pt {
        Pt(runs
            .iter()
            .map(|run| match run {
                Run::Text(c) | Run::Link(c, _) => self.faces.width(&c.text, c.bold, c.italic, size).0,
                Run::Entry(e) if e.chars.text.is_empty() => e.room.0,
                Run::Entry(e) => self.faces.width(&e.chars.text, e.chars.bold, e.chars.italic, size).0,
                Run::Break => 0.0,
                // The number of a footnote is about as wide as two digits at two thirds of the size.
                Run::Note(_) => size.0 * 0.6,
            })
            .sum())
    }
}

/// Adds the mark that ends a line unless the author ended it: `;` or `.`
pub(super) fn end_with(runs: &mut Vec<Run>, mark: &str) {
    let typed = text_of(runs);
    if !typed.trim_end().ends_with([';', '.', ',', ':', '…', '?', '!']) {
        append(runs, mark);
    }
}

/// Adds text in the face of the last run.
pub(super) fn append(runs: &mut Vec<Run>, text: &str) {
    let face = runs.iter().rev().find_map(|r| match r {
        Run::Text(c) | Run::Link(c, _) => Some((c.bold, c.italic)),
        _ => None,
    });
    let (bold, italic) = face.unwrap_or_default();
    runs.push(Run::Text(Chars { text: text.to_owned(), bold, italic, underline: false, added: true }));
}

/// The text of runs without footnotes.
pub(super) fn text_of(runs: &[Run]) -> String {
    runs.iter()
        .map(|r| match r {
            Run::Text(c) | Run::Link(c, _) | Run::Entry(Entry { chars: c, .. }) => c.text.as_str(),
            Run::Break => " ",
            Run::Note(_) => "",
        })
        .collect()
}

/// Whether the author typed the dash at the start of a line.
pub(super) fn has_dash(line: &Line) -> bool {
    let text = line.plain();
    text.starts_with("- ") || text.starts_with("– ")
}
