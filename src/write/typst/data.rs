//! A sheet as JSON for the template. The gaps between neighbours are settled here, so that the template only draws.
//!
//! | key | thing | fields |
//! |---|---|---|
//! | `p` | paragraph | `s` style, `a` gap above, `n` keep with next, `h` heading level, `c` alignment, `i` left indent, `m` marker, `r` runs, `v` which paragraph of the sheet it is |
//! | `l` | list | `x` items, each an array of things |
//! | `r` | rule | `d` length, `t` thickness, `a` gap above |
//! | `c` | columns | `w` widths, `n` may break over pages, `a` gap above, `x` rows of cells of things |
//! | `t` | table | `w` widths, `a` gap above, `d` rows of the header, `x` rows |
//! | `i` | picture | `f` file, `w` width, `h` height at most with `c` the width of its column, `m` words, `a` gap above |
//! | `b` | box | `p` paragraph, `w` width, `d` height, `a` gap above |
//! | `u` | things on one page | `a` gap above, `x` things |
//! | `v` | empty height | `a` height |
//! | `g` | page break | |
//!
//! A run is a string in the face of its style, `{x}` text that does not break, `{x, y}` symbols and their size, or `{t, b, i, u}` such text in another
//! face, with `l` a link, `{w}` room to
//! write in, `{n}` a footnote, `{n, l, v}` one that is not seen here but where `{f}` has its number, `"\n"` a line break. Lengths are points.

mod table;

use super::breaks::Breaks;
use super::world::picture_path;
use crate::decree30::lengths::PICTURE_GAPS;
use crate::decree30::style::{Align, Component};
use crate::decree30::units::Pt;
use crate::face::{is_symbol, symbol_size};
use crate::sheet::{Chars, Item, Par, Run, Section, StyleSheet};
use crate::write::{Job, image_size};
use serde_json::{Map, Value, json};
use std::cell::Cell as Counter;
use std::collections::BTreeMap;
use std::sync::Arc;

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
    let sections: Vec<Value> = sheet.sections.iter().map(|s| data.section(s)).collect();
    json!({ "phan": sections }).to_string()
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
    fn section(&self, section: &Section) -> Value {
        json!({
            "ngang": section.landscape,
            "dau": self.things(&section.top, section.width),
            "chan": self.things(&section.foot, section.width),
            "x": self.things(&section.items, section.width),
        })
    }

    /// Items with their gaps, lists nested.
    fn things(&self, items: &[Item], width: Pt) -> Value {
        let mut flat: Vec<(Option<u8>, Value)> = Vec::new();
        let mut gap = Pt(0.0);
        // Typst drops a gap at the start of a column.
        if let Some(Item::Boxed(boxed)) = items.first() {
            flat.push((None, json!({ "k": "v", "a": boxed.above })));
            gap = Pt(0.0) - boxed.above;
        }
        for item in items {
            let first = self.pars.get();
            let list = match item {
                Item::Par(par) => par.list,
                _ => None,
            };
            if let Item::Space(height) = item {
                gap = gap + *height;
                continue;
            }
            if let Item::Par(par) = item {
                gap = gap + self.styles.get(par.style).before;
            }
            let (value, after) = self.thing(item, gap, width);
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
                let at = flat.iter().rposition(|(_, v)| v["n"] != true).map_or(0, |i| i + 1);
                if at > 0 {
                    flat.insert(at, (None, json!({ "k": "g" })));
                }
            }
            flat.push((list, value));
        }
        // At the end of a column nothing follows that could keep the gap.
        if matches!(items.last(), Some(Item::Space(_) | Item::Rule(_))) {
            flat.push((None, json!({ "k": "v", "a": gap })));
        }
        Value::Array(nest(keep_notes(flat)))
    }

    /// A thing and the gap that it wants below.
    fn thing(&self, item: &Item, gap: Pt, width: Pt) -> (Value, Pt) {
        match item {
            Item::Par(par) => (self.par(par, gap, width), par.after.unwrap_or(self.styles.get(par.style).after)),
            Item::Rule(r) => (json!({ "k": "r", "d": r.length, "t": r.thickness, "a": (gap + r.above) }), r.below),
            Item::Columns(c) => {
                let rows: Vec<Vec<Value>> = c
                    .rows
                    .iter()
                    .map(|row| row.iter().zip(&c.widths).map(|(cell, w)| self.things(cell, *w)).collect())
                    .collect();
                (json!({ "k": "c", "w": c.widths, "n": c.breakable, "a": (gap + c.above), "x": rows }), c.below)
            }
            Item::Table(t) => {
                let header: Vec<Value> = t.header.iter().map(|r| self.cells(r, &t.widths)).collect();
                let rows = self.rows(t);
                (json!({ "k": "t", "w": t.widths, "a": gap, "d": header, "x": rows }), Pt(0.0))
            }
            Item::Picture(p) => {
                let index = self.pictures.binary_search(&p.path.as_str()).unwrap_or(0);
                let file = picture_path(index);
                let mut value = json!({ "k": "i", "f": file, "w": p.width.map(|w| w.min(width)), "m": p.alt, "a": (gap + PICTURE_GAPS.0) });
                if p.keep_next {
                    value["n"] = true.into();
                }
                // Only a picture that would be too tall has to be measured.
                let natural = self.bytes.get(&p.path).and_then(|b| image_size(b));
                if natural.is_some_and(|n| p.size(n, width).1.0 > p.most.0 - 0.01) {
                    value["h"] = json!(p.most);
                    value["c"] = json!(width);
                }
                (value, PICTURE_GAPS.1)
            }
            Item::Boxed(b) => {
                let par = self.par(&b.par, Pt(0.0), b.width);
                (json!({ "k": "b", "p": par, "w": b.width, "d": b.height, "a": (gap + b.above) }), Pt(0.0))
            }
            Item::PageBreak => (json!({ "k": "g" }), Pt(0.0)),
            Item::Space(height) => (json!({ "k": "v", "a": height }), Pt(0.0)),
        }
    }

    fn par(&self, par: &Par, gap: Pt, width: Pt) -> Value {
        let style = self.styles.get(par.style);
        let width = width - par.indent.unwrap_or(style.indent);
        let letters: usize =
            par.marker.iter().flatten().chain(&par.runs).filter_map(|r| r.chars()).map(|c| c.text.len()).sum();
        let one_line = letters as f64 * style.size.0 * WIDE_LETTER <= width.0;
        let room = Room { styles: self.styles, size: style.size, width, one_line };
        let above = style.pitch.0 - TEXT_HEIGHT * style.size.0 + gap.0;
        let mut out = Map::new();
        out.insert("k".into(), "p".into());
        out.insert("v".into(), self.pars.replace(self.pars.get() + 1).into());
        out.insert("s".into(), par.style.id().into());
        out.insert("a".into(), json!((above * 1000.0).round() / 1000.0));
        if par.keep_next {
            out.insert("n".into(), true.into());
        }
        if let Some(level) = par.heading {
            out.insert("h".into(), level.into());
        }
        if let Some(align) = par.align {
            let align = match align {
                Align::Left => "left",
                Align::Center => "center",
                Align::Right => "right",
                Align::Justify => "justify",
            };
            out.insert("c".into(), align.into());
        }
        if let Some(indent) = par.indent {
            out.insert("i".into(), json!(indent));
        }
        if let Some(marker) = &par.marker {
            out.insert("m".into(), runs(marker, par.style, room));
        }
        out.insert("r".into(), runs(&par.runs, par.style, room));
        Value::Object(out)
    }
}

/// Size of the text and width of its column.
#[derive(Clone, Copy)]
struct Room<'s> {
    styles: &'s StyleSheet,
    size: Pt,
    width: Pt,
    /// Surely on one line: nothing can break.
    one_line: bool,
}

fn runs(all: &[Run], style: Component, room: Room<'_>) -> Value {
    let mut out = Vec::new();
    for run in all {
        match run {
            Run::Text(c) => text(c, None, style, room, &mut out),
            Run::Link(c, url) => text(c, Some(url), style, room, &mut out),
            Run::Break => out.push("\n".into()),
            Run::Entry(e) if e.chars.text.is_empty() => out.push(json!({ "w": e.room })),
            Run::Entry(e) => text(&e.chars, None, style, room, &mut out),
            Run::Note(inner) => {
                let style = Component::ChuThich;
                let room = Room { size: room.styles.get(style).size, one_line: false, ..room };
                out.push(json!({ "n": runs(inner, style, room) }));
            }
        }
    }
    Value::Array(out)
}

fn text(c: &Chars, url: Option<&String>, style: Component, room: Room<'_>, out: &mut Vec<Value>) {
    let row = room.styles.get(style);
    let plain = c.bold == row.bold && c.italic == row.italic && !c.underline;
    let breaks = !room.one_line && c.text.contains(['/', '\u{2011}', '\u{200B}']);
    let text = c.text.as_str();
    let pieces = if breaks { pieces(text, room.size, room.width) } else { vec![Piece::Plain(text.to_owned())] };
    let mut pieces: Vec<Value> = pieces.into_iter().flat_map(|piece| values(piece, room.size)).collect();
    if plain && url.is_none() {
        out.append(&mut pieces);
        return;
    }
    let text = if pieces.len() == 1 { pieces.remove(0) } else { Value::Array(pieces) };
    match url {
        None => out.push(json!({ "t": text, "b": c.bold, "i": c.italic, "u": c.underline })),
        Some(url) => out.push(json!({ "t": text, "b": c.bold, "i": c.italic, "u": c.underline, "l": url })),
    }
}

/// Word breaks no line after a slash (`412/TTr-SKHCN`), Typst does: a piece with a slash goes into a box, unless it
/// might be wider than its column. Pieces end at blanks, behind hyphens and where long words are open (U+200B).
fn pieces(text: &str, size: Pt, width: Pt) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut plain = String::new();
    let whole = |out: &mut Vec<Piece>, plain: &mut String, text: &str| {
        if !plain.is_empty() {
            out.push(Piece::Plain(std::mem::take(plain)));
        }
        out.push(Piece::Whole(text.to_owned()));
    };
    for token in text.split_inclusive(' ') {
        let (word, blank) = token.strip_suffix(' ').map_or((token, ""), |w| (w, " "));
        if word.contains('\u{200B}') {
            // Between two boxes Typst may break.
            word.split('\u{200B}').filter(|part| !part.is_empty()).for_each(|part| whole(&mut out, &mut plain, part));
        } else {
            for piece in word.split_inclusive(['-', '–', '—']) {
                let fits = piece.chars().count() as f64 * size.0 * WIDE_LETTER <= width.0;
                if (divides(piece) && fits) || piece.contains('\u{2011}') {
                    whole(&mut out, &mut plain, piece);
                } else {
                    plain.push_str(piece);
                }
            }
        }
        plain.push_str(blank);
    }
    if !plain.is_empty() {
        out.push(Piece::Plain(plain));
    }
    out
}

/// A part of a text.
enum Piece {
    /// Breaks where Typst breaks it.
    Plain(String),
    /// Does not break.
    Whole(String),
}

/// Pieces as data: symbols apart, each with its size; a hyphen that does not break is a hyphen.
fn values(piece: Piece, size: Pt) -> Vec<Value> {
    let shown = |text: &str| text.replace('\u{2011}', "-").replace('\u{200B}', "");
    match piece {
        Piece::Whole(text) => vec![json!({ "x": shown(&text) })],
        Piece::Plain(text) if !text.contains(is_symbol) => vec![shown(&text).into()],
        Piece::Plain(text) => {
            let mut out: Vec<Value> = Vec::new();
            let mut rest = text.as_str();
            while let Some(first) = rest.chars().next() {
                let symbols = is_symbol(first);
                let (stretch, behind) = rest.split_at(rest.find(|c| is_symbol(c) != symbols).unwrap_or(rest.len()));
                out.push(if symbols { json!({ "x": stretch, "y": symbol_size(size) }) } else { shown(stretch).into() });
                rest = behind;
            }
            out
        }
    }
}

/// Whether Typst could break behind a slash of this: between letters or digits and a letter. `15/02/2026` and `./.` do
/// not break anyway.
fn divides(word: &str) -> bool {
    let after = |i: usize| word[i + 1..].chars().next().is_some_and(|c| c.is_alphabetic() || c == '/');
    word.match_indices('/').any(|(i, _)| word[..i].contains(char::is_alphanumeric) && after(i))
}

/// No letter of a text is on average wider than this, in em.
const WIDE_LETTER: f64 = 0.75;

/// Most bytes of JSON that a block which cannot break may hold: about a third of a page of text.
const MAX_KEPT: usize = 2500;

/// A paragraph with a footnote that is kept with the next one: Typst would leave the footnote behind when it moves the
/// paragraph, so both go into one block that does not break, or, where that would be tall, are not kept together.
fn keep_notes(things: Vec<(Option<u8>, Value)>) -> Vec<(Option<u8>, Value)> {
    let kept = |v: &Value| v["n"] == true;
    let noted =
        |v: &Value| v["k"] == "p" && v["r"].as_array().is_some_and(|r| r.iter().any(|run| run.get("n").is_some()));
    let mut out: Vec<(Option<u8>, Value)> = Vec::new();
    let mut waiting = things.into_iter().peekable();
    while let Some(thing) = waiting.next() {
        if !(kept(&thing.1) && noted(&thing.1)) {
            out.push(thing);
            continue;
        }
        let mut group = vec![thing];
        while group.last().is_some_and(|(_, v)| kept(v))
            && let Some(next) = waiting.next_if(|(_, v)| v["k"] != "g")
        {
            group.push(next);
        }
        let size: usize = group.iter().map(|(_, v)| v.to_string().len()).sum();
        if size <= MAX_KEPT {
            let above = group[0].1["a"].clone();
            out.push((None, json!({ "k": "u", "a": above, "x": nest(group) })));
        } else {
            for (_, value) in &mut group {
                if noted(value)
                    && let Value::Object(map) = value
                {
                    map.remove("n");
                }
            }
            out.extend(group);
        }
    }
    out
}

/// Neighbouring list paragraphs become lists; a deeper one belongs to the item above it.
fn nest(flat: Vec<(Option<u8>, Value)>) -> Vec<Value> {
    let mut out = Vec::new();
    // Open lists, outermost first: depth and items.
    let mut open: Vec<(u8, Vec<Vec<Value>>)> = Vec::new();
    fn close(open: &mut Vec<(u8, Vec<Vec<Value>>)>, out: &mut Vec<Value>) {
        if let Some((_, items)) = open.pop() {
            let list = json!({ "k": "l", "x": items });
            match open.last_mut().and_then(|(_, items)| items.last_mut()) {
                Some(item) => item.push(list),
                None => out.push(list),
            }
        }
    }
    for (depth, value) in flat {
        let Some(depth) = depth else {
            while !open.is_empty() {
                close(&mut open, &mut out);
            }
            out.push(value);
            continue;
        };
        while open.last().is_some_and(|(d, _)| *d > depth) {
            close(&mut open, &mut out);
        }
        match open.last_mut() {
            Some((d, items)) if *d == depth => items.push(vec![value]),
            _ => open.push((depth, vec![vec![value]])),
        }
    }
    while !open.is_empty() {
        close(&mut open, &mut out);
    }
    out
}
