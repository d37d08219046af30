//! The proof that no word is lost or changed, in two steps that share nothing with `compose` and the writers: the
//! author's words of the document against the sheet, and all words of the sheet against the written file.

use super::letters::{Capitals, Stream, around, check, different, squeeze};
use super::pdf_text::{self, Area, SOFT};
use crate::decree30::page::DEFAULT_MARGINS;
use crate::diagnostic::{Diagnostic, code};
use crate::document::{Document, Inline, Line, Typed};
use crate::sheet::{Entry, Item, Par, Run, Sheet};
use crate::source::is_forbidden;

/// Compares the author's words with the sheet's, capitals aside: the decree asks for some.
pub fn compare_draft(document: &Document, sheet: &Sheet) -> Result<(), Diagnostic> {
    let mut wanted = Streams::default();
    typed(document, &mut wanted);
    printable(&wanted)?;
    let mut found = Streams::default();
    sheet.visit(&mut |par| {
        found.main.push(SOFT);
        typed_runs(par.marker.iter().flatten().chain(&par.runs), &mut found);
        found.main.push(SOFT);
    });
    check(&wanted.main, &found.main.text, "trang in", Capitals::Aside)?;
    check(&wanted.notes, &found.notes.text, "chú thích", Capitals::Count)
}

/// Refuses characters that have no place on a page, however they came into a document: some make a Word file that is
/// no XML.
fn printable(words: &Streams) -> Result<(), Diagnostic> {
    let forbidden = |c: &char| *c != SOFT && is_forbidden(*c);
    let letters = || words.main.text.chars().chain(words.notes.text.chars());
    if !letters().any(|c| forbidden(&c)) {
        return Ok(());
    }
    let text: Vec<char> = letters().collect();
    let Some(at) = text.iter().position(forbidden) else { return Ok(()) };
    let near = around(&text, at).unwrap_or_default();
    let message = format!("Văn bản có ký tự không in được (U+{:04X}), ở chỗ “{near}”.", text[at] as u32);
    Err(Diagnostic::general(&code::KY_TU_CAM, message).hint("Tìm chỗ đó trong kế hoạch, xóa ký tự rồi gõ lại."))
}

/// Compares all words of the sheet with those of a PDF, and makes sure that nothing else is on its pages.
pub fn compare_pdf(sheet: &Sheet, bytes: &[u8]) -> Result<(), Diagnostic> {
    let margins = sheet.sections.first().map_or(DEFAULT_MARGINS, |s| s.margins);
    let area = Area { left: margins.left.to_pt().0, right: margins.right.to_pt().0, bottom: margins.bottom.to_pt().0 };
    let read = pdf_text::read(bytes, area).map_err(|what| {
        Diagnostic::general(&code::MAT_CHU, format!("Không đối chiếu được chữ của tệp PDF: {what}."))
            .hint("Nếu dùng mẫu riêng (--mau), sửa mẫu; --khong-doi-chieu bỏ qua bước này.")
    })?;
    let mut wanted = Streams::default();
    let mut headers = String::new();
    for section in &sheet.sections {
        for item in section.top.iter().chain(&section.items).chain(&section.foot) {
            header_words(item, &mut headers);
        }
    }
    let mut number = Some(0);
    sheet.visit(&mut |par| all_runs(par, &mut wanted, &mut number));
    check(&wanted.main, &read.main, "tệp PDF", Capitals::Count)?;
    check(&wanted.notes, &read.notes, "chú thích của tệp PDF", Capitals::Count)?;
    let headers = squeeze(&headers);
    for (page, text) in &read.artifacts {
        let text = squeeze(text);
        let is_number = text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
        if !is_number && !headers.contains(&text) {
            return Err(different(format!("Trang {page} của tệp PDF có chữ “{text}” mà bản thảo không có.")));
        }
    }
    Ok(())
}

/// Main text and footnotes.
#[derive(Default)]
pub(super) struct Streams {
    pub(super) main: Stream,
    pub(super) notes: Stream,
}

fn header_words(item: &Item, out: &mut String) {
    if let Item::Table(table) = item {
        let repeated = table.rows.iter().flatten().filter(|c| c.repeated);
        for run in table.header.iter().flatten().chain(repeated).flat_map(|c| &c.pars).flat_map(|p| &p.runs) {
            if let Run::Text(c) | Run::Link(c, _) = run {
                out.push_str(&c.text);
            }
        }
    }
}

/// Every run of a paragraph as it must be in the file; footnotes are numbered through the document, or, in a file that
/// leaves numbers to Word, not at all.
pub(super) fn all_runs(par: &Par, out: &mut Streams, number: &mut Option<usize>) {
    numbered_runs(par, out, number, ("", ""));
}

/// As [`all_runs`], the numbers of footnotes between these.
pub(super) fn numbered_runs(par: &Par, out: &mut Streams, number: &mut Option<usize>, brackets: (&str, &str)) {
    out.main.at(par.span);
    out.main.push(SOFT);
    if let Some(marker) = &par.marker {
        run_texts(marker.iter(), &mut out.main);
        out.main.push(SOFT);
    }
    for run in &par.runs {
        if let Run::Note(inner) = run {
            let mark = number.as_mut().map_or(SOFT.to_string(), |n| {
                *n += 1;
                let (open, close) = brackets;
                format!("{SOFT}{open}{n}{close}{SOFT}")
            });
            out.main.push_str(&mark);
            out.notes.at(par.span);
            out.notes.push_str(&mark);
            run_texts(inner.iter(), &mut out.notes);
            out.notes.push(SOFT);
        } else {
            run_texts(std::iter::once(run), &mut out.main);
        }
    }
    out.main.push(SOFT);
}

fn run_texts<'r>(runs: impl Iterator<Item = &'r Run>, out: &mut Stream) {
    for run in runs {
        match run {
            Run::Text(c) | Run::Link(c, _) => out.push_str(&c.text),
            Run::Entry(e) if !e.chars.text.is_empty() => out.push_str(&e.chars.text),
            Run::Break | Run::Entry(_) => out.push(SOFT),
            Run::Note(_) => {}
        }
    }
}

fn typed_runs<'r>(runs: impl Iterator<Item = &'r Run>, out: &mut Streams) {
    for run in runs {
        match run {
            Run::Text(c) | Run::Link(c, _) | Run::Entry(Entry { chars: c, .. }) if !c.added => {
                out.main.push_str(&c.text)
            }
            Run::Text(_) | Run::Link(..) | Run::Break | Run::Entry(_) => out.main.push(SOFT),
            Run::Note(inner) => {
                out.notes.push(SOFT);
                let mut note = Streams::default();
                typed_runs(inner.iter(), &mut note);
                out.notes.push_str(&note.main.text);
                out.notes.push(SOFT);
            }
        }
    }
}

/// The author's text in reading order: its parts, then the appendices.
pub(super) fn typed(d: &Document, out: &mut Streams) {
    d.each_typed(&mut |typed| match typed {
        Typed::Marker(marker, _) => {
            out.main.push(SOFT);
            out.main.push_str(marker);
        }
        Typed::Line(l) => line(l, out),
    });
}

pub(super) fn line(l: &Line, out: &mut Streams) {
    out.main.at(l.span);
    out.notes.at(l.span);
    out.main.push(SOFT);
    inlines(&l.inlines, out);
    out.main.push(SOFT);
}

fn inlines(all: &[Inline], out: &mut Streams) {
    for inline in all {
        match inline {
            Inline::Text(text, _) | Inline::Link(text, ..) => out.main.push_str(text),
            Inline::Break => out.main.push(SOFT),
            Inline::Note(inner) => {
                let mut note = Streams::default();
                inlines(inner, &mut note);
                out.notes.push(SOFT);
                out.notes.push_str(&note.main.text);
                out.notes.push(SOFT);
                out.main.push(SOFT);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_printed_is_no_proof() {
        let words = |text: &str| {
            let mut out = Streams::default();
            out.main.push_str(&format!("{SOFT}{text}{SOFT}"));
            out
        };
        assert!(printable(&words("một hai\u{A0}ba")).is_ok());
        for c in ['\u{B}', '\u{200B}', '\u{E000}', '\u{FFFE}'] {
            let said = printable(&words(&format!("một {c}hai"))).err().map(|d| d.message);
            assert!(said.is_some_and(|m| m.contains("một") && m.contains(&format!("U+{:04X}", c as u32))));
        }
    }
}
