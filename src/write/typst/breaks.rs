//! Where a page must begin that Typst would not begin by itself, found on the pages that it laid out.
//!
//! Typst finds the footnotes of a table when the page is full, and takes the room for them from its foot: the row with the
//! mark may then move on while the note stays, or the other way round. And nothing in a table can be kept with what
//! follows it, so that the signature may stand alone. Such pages are rare, so they are looked for, not guarded against.

use super::marks;
use crate::diagnostic::{Diagnostic, Severity, code};
use crate::sheet::{Item, Par, Run, Section, Sheet, visit_items};
use crate::source::Span;
use std::collections::{BTreeSet, HashMap};
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;
use typst_library::foundations::NativeElement;
use typst_library::introspection::{Introspector, Location};
use typst_library::model::{FootnoteElem, FootnoteEntry};

/// Paragraphs, in the order of `Sheet::visit`, before which a page begins; in a table, before whose row.
pub type Breaks = BTreeSet<usize>;

/// How often a document is laid out again, at most.
pub const MOST: usize = 12;

/// The next paragraph that should begin a page and does not yet.
pub fn wanted(sheet: &Sheet, document: &PagedDocument, breaks: &Breaks) -> Option<usize> {
    let parted = parted_notes(sheet, document).into_iter().find(|par| !breaks.contains(par));
    parted.or_else(|| last_rows(sheet, document, breaks))
}

/// What stayed as it should not, though the document was laid out again: warnings at their paragraphs.
pub fn told(sheet: &Sheet, document: &PagedDocument) -> Vec<Diagnostic> {
    let mut spans = Vec::new();
    sheet.visit(&mut |par| spans.push(par.span));
    let place = |par: usize| spans.get(par).copied().filter(|s| *s != Span::default());
    let mut out: Vec<Diagnostic> = Vec::new();
    let mut tell = |code, par, message: &str, hint: &str| {
        let general = Diagnostic::general(code, message).hint(hint);
        let told = Diagnostic { severity: Severity::Warning, span: place(par), ..general };
        if !out.contains(&told) {
            out.push(told);
        }
    };
    for par in parted_notes(sheet, document) {
        let message = "Chú thích của đoạn này bắt đầu ở trang khác với chỗ đánh dấu.";
        tell(
            &code::CHU_THICH_XA,
            par,
            message,
            "Rút ngắn chú thích, hoặc chuyển dấu chú thích sang chỗ khác của đoạn.",
        );
    }
    if let Some(par) = alone(sheet, document) {
        let message = "Sau đoạn này, chữ ký và nơi nhận đứng một mình trên một trang mới.";
        tell(
            &code::CHU_KY_RIENG,
            par,
            message,
            "Thêm bớt vài dòng, thu nhỏ hình cuối văn bản, hoặc gộp bớt nơi nhận để chữ ký đi cùng nội dung.",
        );
    }
    out
}

/// The last paragraph of the text, where the signature stands alone on the page behind it.
fn alone(sheet: &Sheet, document: &PagedDocument) -> Option<usize> {
    let section = sheet.sections.first()?;
    let end = before(section) + count(section.items.get(section.content.clone())?);
    let all = count(&section.top) + count(&section.foot) + count(&section.items);
    let (at, page) =
        document.pages().iter().enumerate().find(|(_, p)| seen(&p.frame).range(end..all).next().is_some())?;
    let text = seen(&page.frame).range(before(section)..end).next().is_some();
    (at > 0 && !text && !has_picture(&page.frame)).then(|| end.saturating_sub(1))
}

fn has_picture(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => has_picture(&group.frame),
        FrameItem::Image(..) => true,
        _ => false,
    })
}

/// The paragraphs of the marks whose notes begin on another page.
fn parted_notes(sheet: &Sheet, document: &PagedDocument) -> Vec<usize> {
    let mut noted: Vec<usize> = Vec::new();
    let mut index = 0;
    sheet.visit(&mut |par| {
        let count = par.runs.iter().filter(|r| matches!(r, Run::Note(_))).count();
        noted.extend(std::iter::repeat_n(index, count));
        index += 1;
    });
    if noted.is_empty() {
        return Vec::new();
    }
    let known = document.introspector();
    let entries: HashMap<_, _> = known
        .query(&FootnoteEntry::ELEM.select())
        .iter()
        .filter_map(|entry| {
            let mark = entry.to_packed::<FootnoteEntry>()?.note.location()?;
            Some((mark, known.page(entry.location()?)?))
        })
        .collect();
    let marks = known.query(&FootnoteElem::ELEM.select());
    let marks = marks.iter().filter_map(|m| m.to_packed::<FootnoteElem>()).filter(|m| !m.is_ref());
    let parted = |mark: Location| entries.get(&mark).is_some_and(|page| known.page(mark).is_some_and(|p| p != *page));
    marks.zip(noted).filter(|(mark, _)| mark.location().is_some_and(parted)).map(|(_, par)| par).collect()
}

/// The paragraph with which the last two rows begin, where the text ends in a table and the signature stands alone.
fn last_rows(sheet: &Sheet, document: &PagedDocument, breaks: &Breaks) -> Option<usize> {
    let section = sheet.sections.first()?;
    let content = section.items.get(section.content.clone())?;
    let at = content.iter().rposition(|i| !matches!(i, Item::Space(_)))?;
    let Item::Table(table) = &content[at] else { return None };
    let end = before(section) + count(content);
    // A table of a row or two goes along with its heading.
    let whole = if table.rows.len() <= 2 { table.header.as_slice() } else { &[] };
    let rows = whole.iter().chain(table.rows.get(table.rows.len().saturating_sub(2)..)?);
    let pars: Vec<&Par> = rows.flatten().flat_map(|c| &c.pars).collect();
    let written =
        pars.iter().position(|p| p.runs.iter().any(|r| r.chars().is_some_and(|c| !c.text.trim().is_empty())))?;
    let first = end.checked_sub(pars.len())? + written;
    if breaks.contains(&first) {
        return None;
    }
    let pages: Vec<BTreeSet<usize>> = document.pages().iter().map(|p| seen(&p.frame)).collect();
    let page = pages.iter().find(|pars| pars.range(end..).next().is_some())?;
    (!page.contains(&first)).then_some(first)
}

/// How many paragraphs stand before the content of the first section.
fn before(section: &Section) -> usize {
    let head = section.items.get(..section.content.start).unwrap_or_default();
    count(&section.top) + count(&section.foot) + count(head)
}

fn count(items: &[Item]) -> usize {
    let mut count = 0;
    visit_items(items, &mut |_| count += 1);
    count
}

/// The paragraphs with text on a page.
fn seen(frame: &Frame) -> BTreeSet<usize> {
    fn walk(frame: &Frame, out: &mut BTreeSet<usize>) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => walk(&group.frame, out),
                FrameItem::Text(text) => out.extend(text.glyphs.iter().find_map(|g| marks::par_of(g.span.0))),
                _ => {}
            }
        }
    }
    let mut out = BTreeSet::new();
    walk(frame, &mut out);
    out
}
