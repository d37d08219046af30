//! A sheet as JSON for the template: what it draws is [`thing`]. The gaps between neighbours are settled here, so that the
//! template only draws.

mod table;
mod text;
mod thing;

use super::breaks::Breaks;
use super::world::picture_path;
use crate::decree30::lengths::PICTURE_GAPS;
use crate::decree30::units::Pt;
use crate::sheet::{self, Item, StyleSheet};
use crate::write::{Job, image_size};
use std::cell::Cell as Counter;
use std::collections::BTreeMap;
use std::sync::Arc;
use text::{Room, WIDE_LETTER, runs};
use thing::{Most, Par, Section, Sections, Thing};

/// Height of a line of text from ascender to descender, in em: what the faces say.
const TEXT_HEIGHT: f64 = 1.10742;

/// The JSON text of a sheet. Pages begin before the paragraphs in `breaks`, and before the rows that they stand in.
pub fn json(job: &Job<'_>, breaks: &Breaks) -> String {
    let sheet = job.sheet;
    let mut pictures: Vec<&str> = Vec::new();
    for section in &sheet.sections {
        for item in &section.items {
            if let Item::Picture(p) = item {
                pictures.push(&p.path);
            }
        }
    }
    // The order of the bytes given to the world: by path, each once.
    pictures.sort_unstable();
    pictures.dedup();
    let data = Data {
        styles: &sheet.styles,
        pictures,
        bytes: job.pictures,
        breaks,
        pars: Counter::new(0),
        notes: Counter::new(0),
        repeated: Counter::new(0),
    };
    let sections = Sections { sections: sheet.sections.iter().map(|s| data.section(s)).collect() };
    serde_json::to_string(&sections).unwrap_or_default()
}

struct Data<'s> {
    styles: &'s StyleSheet,
    pictures: Vec<&'s str>,
    /// Their bytes by path.
    bytes: &'s BTreeMap<String, Arc<Vec<u8>>>,
    /// Paragraphs that begin a page.
    breaks: &'s Breaks,
    /// How many paragraphs were met: things are made in the order of `Sheet::visit`.
    pars: Counter<usize>,
    /// How many footnotes of cells that span rows were met.
    notes: Counter<usize>,
    /// How many cells were met whose text is printed again on every page.
    repeated: Counter<usize>,
}

impl Data<'_> {
    fn section(&self, section: &sheet::Section) -> Section {
        Section {
            landscape: section.landscape,
            top: self.things(&section.top, section.width),
            foot: self.things(&section.foot, section.width),
            things: self.things(&section.items, section.width),
        }
    }

    /// Items with their gaps, lists nested.
    fn things(&self, items: &[Item], width: Pt) -> Vec<Thing> {
        let mut flat: Vec<(Option<u8>, Thing)> = Vec::new();
        let mut gap = Pt(0.0);
        // Typst drops a gap at the start of a column.
        match items.first() {
            Some(Item::Boxed(boxed)) => {
                flat.push((None, Thing::Space { height: boxed.above }));
                gap = Pt(0.0) - boxed.above;
            }
            Some(Item::Space(height)) => {
                flat.push((None, Thing::Space { height: *height }));
                gap = Pt(0.0) - *height;
            }
            _ => {}
        }
        for item in items {
            let first = self.pars.get();
            let list = match item {
                Item::Par(par) => par.list,
                _ => None,
            };
            if let Item::Par(par) = item {
                gap = gap + self.styles.get(par.style).before;
            }
            let Some((thing, after)) = self.thing(item, &mut gap, width) else { continue };
            gap = after;
            // A table whose heading and first row begin a page has its break before it; other rows see to theirs.
            let whole = match item {
                Item::Table(t) => {
                    first + t.header.iter().chain(t.rows.first()).flatten().map(|c| c.pars.len()).sum::<usize>()
                }
                _ => self.pars.get(),
            };
            if self.breaks.range(first..whole).next().is_some() {
                // What is kept with it goes along.
                let at = flat.iter().rposition(|(_, t)| !t.keeps_next()).map_or(0, |i| i + 1);
                if at > 0 {
                    flat.insert(at, (None, Thing::PageBreak));
                }
            }
            flat.push((list, thing));
        }
        // At the end of a column nothing follows that could keep the gap.
        if matches!(items.last(), Some(Item::Space(_) | Item::Rule(_))) {
            flat.push((None, Thing::Space { height: gap }));
        }
        nest(keep_notes(flat))
    }

    /// A thing below `gap`, and the gap that it wants below. None for mere height, which `gap` takes in.
    fn thing(&self, item: &Item, gap: &mut Pt, width: Pt) -> Option<(Thing, Pt)> {
        let above = *gap;
        Some(match item {
            Item::Par(par) => {
                (Thing::Par(self.par(par, above, width)), par.after.unwrap_or(self.styles.get(par.style).after))
            }
            Item::Rule(r) => {
                (Thing::Rule { above: above + r.above, length: r.length, thickness: r.thickness }, r.below)
            }
            Item::Columns(c) => {
                let rows =
                    c.rows.iter().map(|row| row.iter().zip(&c.widths).map(|(cell, w)| self.things(cell, *w)).collect());
                let rows = rows.collect();
                let (above, widths) = (above + c.above, c.widths.clone());
                (Thing::Columns { above, widths, breakable: c.breakable, rows }, c.below)
            }
            Item::Table(t) => {
                let header = t.header.iter().map(|r| self.cells(r, &t.widths)).collect();
                (Thing::Table { above, widths: t.widths.clone(), header, rows: self.rows(t) }, Pt(0.0))
            }
            Item::Picture(p) => (self.picture(p, above, width), PICTURE_GAPS.1),
            Item::Boxed(b) => {
                let par = self.par(&b.par, Pt(0.0), b.width);
                (Thing::Boxed { above: above + b.above, par, width: b.width, height: b.height }, Pt(0.0))
            }
            Item::PageBreak => (Thing::PageBreak, Pt(0.0)),
            Item::Space(height) => {
                *gap = above + *height;
                return None;
            }
        })
    }

    fn picture(&self, picture: &sheet::Picture, above: Pt, width: Pt) -> Thing {
        let index = self.pictures.binary_search(&picture.path.as_str()).unwrap_or(0);
        let natural = self.bytes.get(&picture.path).and_then(|b| image_size(b));
        // Only a picture that would be too tall has to be measured.
        let too_tall = natural.is_some_and(|n| picture.size(n, width).1.0 > picture.most.0 - 0.01);
        Thing::Picture {
            above: above + PICTURE_GAPS.0,
            file: picture_path(index),
            width: picture.width.map(|w| w.min(width)),
            most: too_tall.then_some(Most { height: picture.most, column: width }),
            alt: picture.alt.clone(),
            keep_next: picture.keep_next,
        }
    }

    fn par(&self, par: &sheet::Par, gap: Pt, width: Pt) -> Par {
        let style = self.styles.get(par.style);
        let width = width - par.indent.unwrap_or(style.indent);
        let letters: usize =
            par.marker.iter().flatten().chain(&par.runs).filter_map(|r| r.chars()).map(|c| c.text.len()).sum();
        let one_line = letters as f64 * style.size.0 * WIDE_LETTER <= width.0;
        let room = Room { styles: self.styles, size: style.size, width, one_line };
        let above = style.pitch.0 - TEXT_HEIGHT * style.size.0 + gap.0;
        Par {
            index: self.pars.replace(self.pars.get() + 1),
            style: par.style.id(),
            above: Pt((above * 1000.0).round() / 1000.0),
            keep_next: par.keep_next,
            heading: par.heading,
            align: par.align,
            indent: par.indent,
            marker: par.marker.as_ref().map(|marker| runs(marker, par.style, room)),
            runs: runs(&par.runs, par.style, room),
        }
    }
}

/// Most letters of a block which cannot break: about half a page of text.
const MAX_KEPT: usize = 1600;

/// A paragraph with a footnote that is kept with the next one: Typst would leave the footnote behind when it moves the
/// paragraph, so both go into one block that does not break, or, where that would be tall, are not kept together.
fn keep_notes(things: Vec<(Option<u8>, Thing)>) -> Vec<(Option<u8>, Thing)> {
    let noted = |thing: &Thing| matches!(thing, Thing::Par(par) if par.has_note());
    let mut out: Vec<(Option<u8>, Thing)> = Vec::new();
    let mut waiting = things.into_iter().peekable();
    while let Some(thing) = waiting.next() {
        if !(thing.1.keeps_next() && noted(&thing.1)) {
            out.push(thing);
            continue;
        }
        let above = thing.1.above();
        let mut group = vec![thing];
        while group.last().is_some_and(|(_, t)| t.keeps_next())
            && let Some(next) = waiting.next_if(|(_, t)| !matches!(t, Thing::PageBreak))
        {
            group.push(next);
        }
        if group.iter().map(|(_, t)| t.letters()).sum::<usize>() <= MAX_KEPT {
            out.push((None, Thing::Whole { above, things: nest(group) }));
            continue;
        }
        for (_, thing) in &mut group {
            if let Thing::Par(par) = thing
                && par.has_note()
            {
                par.keep_next = false;
            }
        }
        out.extend(group);
    }
    out
}

/// Neighbouring list paragraphs become lists; a deeper one belongs to the item above it.
fn nest(flat: Vec<(Option<u8>, Thing)>) -> Vec<Thing> {
    let mut out = Vec::new();
    // Open lists, outermost first: depth and items.
    let mut open: Vec<(u8, Vec<Vec<Thing>>)> = Vec::new();
    fn close(open: &mut Vec<(u8, Vec<Vec<Thing>>)>, out: &mut Vec<Thing>) {
        if let Some((_, items)) = open.pop() {
            let list = Thing::List { items };
            match open.last_mut().and_then(|(_, items)| items.last_mut()) {
                Some(item) => item.push(list),
                None => out.push(list),
            }
        }
    }
    for (depth, thing) in flat {
        let Some(depth) = depth else {
            while !open.is_empty() {
                close(&mut open, &mut out);
            }
            out.push(thing);
            continue;
        };
        while open.last().is_some_and(|(d, _)| *d > depth) {
            close(&mut open, &mut out);
        }
        match open.last_mut() {
            Some((d, items)) if *d == depth => items.push(vec![thing]),
            _ => open.push((depth, vec![vec![thing]])),
        }
    }
    while !open.is_empty() {
        close(&mut open, &mut out);
    }
    out
}
