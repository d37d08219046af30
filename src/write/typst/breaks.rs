//! Where a page must begin that Typst would not begin by itself, found on the pages that it laid out.
//!
//! Typst finds the footnotes of a table when the page is full, and takes the room for them from its foot: the row with the
//! mark may then move on while the note stays, or the other way round. And nothing in a table can be kept with what
//! follows it, so that the signature may stand alone. Such pages are rare, so they are looked for, not guarded against.

use super::marks;
use crate::sheet::{Item, Par, Run, Section, Sheet, visit_items};
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
    parted_note(sheet, document, breaks).or_else(|| last_rows(sheet, document, breaks))
}

/// The paragraph of the first mark whose note begins on another page.
fn parted_note(sheet: &Sheet, document: &PagedDocument, breaks: &Breaks) -> Option<usize> {
    let mut noted: Vec<usize> = Vec::new();
    let mut index = 0;
    sheet.visit(&mut |par| {
        let count = par.runs.iter().filter(|r| matches!(r, Run::Note(_))).count();
        noted.extend(std::iter::repeat_n(index, count));
        index += 1;
    });
    if noted.is_empty() {
        return None;
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
    marks
        .zip(noted)
        .filter(|(mark, par)| !breaks.contains(par) && mark.location().is_some_and(parted))
        .map(|(_, par)| par)
        .next()
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
