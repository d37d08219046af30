//! What blocks that were left out or repeated may leave behind, put right in one pass: cells and notes without a
//! paragraph, rows without a cell, tables without a row, numbers and names that stand twice.

use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::HashSet;
use std::ops::Range;

/// Elements that must hold a paragraph, and end with one.
const CONTAINERS: [&str; 6] = ["w:tc", "w:txbxContent", "w:hdr", "w:ftr", "w:footnote", "w:endnote"];

/// An open element.
struct Open {
    name: String,
    /// Where it begins in the output.
    start: usize,
    /// Whether it has a row (of a table) or a cell (of a row).
    full: bool,
    /// Whether its last child is a paragraph, or a control, which holds one.
    ends_well: bool,
}

/// Tidies the XML of a filled part; with `repeats`, numbers again what a loop may have doubled. A text that is no XML
/// comes back as it is: the proof refuses it.
pub fn tidy(xml: &mut String, repeats: bool) {
    let mut reader = Reader::from_str(xml);
    let mut out = String::with_capacity(xml.len());
    let mut open: Vec<Open> = Vec::new();
    let mut numbers = Numbers::default();
    loop {
        let from = reader.buffer_position() as usize;
        let Ok(event) = reader.read_event() else { return };
        let Some(raw) = xml.get(from..reader.buffer_position() as usize) else { return };
        match event {
            Event::Eof => break,
            Event::Start(e) => {
                open.push(Open { name: e.name().0.to_owned(), start: out.len(), full: false, ends_well: false });
                push(&mut out, raw, repeats, &mut numbers);
            }
            Event::Empty(e) => {
                let name = e.name().0;
                if CONTAINERS.contains(&name) {
                    let start = raw.trim_end_matches("/>");
                    out.push_str(&format!("{start}><w:p/></{name}>"));
                } else if !matches!(name, "w:tr" | "w:tbl") {
                    push(&mut out, raw, repeats, &mut numbers);
                }
                if let Some(parent) = open.last_mut().filter(|_| !matches!(name, "w:tr" | "w:tbl")) {
                    child(parent, name);
                }
            }
            Event::End(_) => {
                let Some(done) = open.pop() else { return };
                if matches!(done.name.as_str(), "w:tbl" | "w:tr") && !done.full {
                    out.truncate(done.start);
                    continue;
                }
                if CONTAINERS.contains(&done.name.as_str()) && !done.ends_well {
                    out.push_str("<w:p/>");
                }
                out.push_str(raw);
                if let Some(parent) = open.last_mut() {
                    child(parent, &done.name);
                    // Rows and cells may stand inside controls.
                    parent.full |= done.full && matches!(done.name.as_str(), "w:sdt" | "w:sdtContent" | "w:customXml");
                }
            }
            _ => out.push_str(raw),
        }
    }
    *xml = out;
}

/// What a parent knows of its newest child.
fn child(parent: &mut Open, name: &str) {
    match name {
        "w:tr" if parent.name != "w:tr" => parent.full = true,
        "w:tc" => parent.full = true,
        _ => {}
    }
    // Properties come first and end nothing; bookmarks may stand behind a paragraph.
    if !matches!(name, "w:bookmarkStart" | "w:bookmarkEnd") {
        parent.ends_well = matches!(name, "w:p" | "w:sdt");
    }
}

/// Numbers and names given so far.
#[derive(Default)]
struct Numbers {
    drawings: HashSet<String>,
    controls: HashSet<String>,
    names: HashSet<String>,
    next: u32,
    starts: u32,
    ends: u32,
}

fn push(out: &mut String, raw: &str, repeats: bool, numbers: &mut Numbers) {
    if !repeats {
        out.push_str(raw);
        return;
    }
    let fresh = if raw.starts_with("<wp:docPr ") {
        unique(raw, " id=\"", &mut numbers.drawings, &mut numbers.next)
    } else if raw.starts_with("<w:id ") {
        unique(raw, " w:val=\"", &mut numbers.controls, &mut numbers.next)
    } else if raw.starts_with("<w:bookmarkStart ") {
        numbers.starts += 1;
        let named = unique_name(raw, &mut numbers.names);
        replaced(&named, " w:id=\"", &(5_000_000 + numbers.starts).to_string())
    } else if raw.starts_with("<w:bookmarkEnd ") {
        // Start and end belong together: both are counted in their order.
        numbers.ends += 1;
        replaced(raw, " w:id=\"", &(5_000_000 + numbers.ends).to_string())
    } else {
        out.push_str(raw);
        return;
    };
    out.push_str(&fresh);
}

/// The tag with its number, or another one where the number is taken.
fn unique(raw: &str, attribute: &str, taken: &mut HashSet<String>, next: &mut u32) -> String {
    let Some(place) = value(raw, attribute) else { return raw.to_owned() };
    if taken.insert(raw[place].to_owned()) {
        return raw.to_owned();
    }
    loop {
        *next += 1;
        let fresh = (1_000_000 + *next).to_string();
        if taken.insert(fresh.clone()) {
            return replaced(raw, attribute, &fresh);
        }
    }
}

fn unique_name(raw: &str, taken: &mut HashSet<String>) -> String {
    let Some(place) = value(raw, " w:name=\"") else { return raw.to_owned() };
    let name = raw[place].to_owned();
    let mut fresh = name.clone();
    let mut copy = 1;
    while !taken.insert(fresh.clone()) {
        copy += 1;
        fresh = format!("{name}_{copy}");
        // A bookmark in a long loop: its copies are counted from the number of names.
        if copy == 3 {
            copy = taken.len() + 3;
        }
    }
    replaced(raw, " w:name=\"", &fresh)
}

/// Where the value of an attribute stands in a tag.
fn value(raw: &str, attribute: &str) -> Option<Range<usize>> {
    let start = raw.find(attribute)? + attribute.len();
    let end = start + raw[start..].find('"')?;
    Some(start..end)
}

fn replaced(raw: &str, attribute: &str, fresh: &str) -> String {
    match value(raw, attribute) {
        Some(place) => format!("{}{fresh}{}", &raw[..place.start], &raw[place.end..]),
        None => raw.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tidied(xml: &str) -> String {
        let mut out = xml.to_owned();
        tidy(&mut out, true);
        out
    }

    #[test]
    fn what_is_left_behind_is_mended() {
        assert_eq!(tidied("<w:tc><w:tcPr/></w:tc>"), "<w:tc><w:tcPr/><w:p/></w:tc>");
        assert_eq!(tidied("<w:tc/>"), "<w:tc><w:p/></w:tc>");
        assert_eq!(tidied("<a><w:tbl><w:tblPr/><w:tblGrid/></w:tbl><w:p/></a>"), "<a><w:p/></a>");
        assert_eq!(
            tidied("<w:tbl><w:tr><w:trPr/></w:tr><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"),
            "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
        );
        assert_eq!(tidied("<w:hdr a=\"b\"></w:hdr>"), "<w:hdr a=\"b\"><w:p/></w:hdr>");
        let nested = "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>";
        assert_eq!(tidied(nested), nested);
        let controls = "<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc><w:p/></w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>";
        assert_eq!(tidied(controls), controls);
    }

    #[test]
    fn what_stands_twice_is_numbered_again() {
        assert!(tidied("<a><wp:docPr id=\"1\"/><wp:docPr id=\"1\"/></a>").contains("id=\"1000001\""));
        let mark = "<w:bookmarkStart w:id=\"3\" w:name=\"x\"/><w:bookmarkEnd w:id=\"3\"/>";
        let twice = tidied(&format!("<a>{mark}{mark}</a>"));
        assert!(twice.contains("w:id=\"5000002\" w:name=\"x_2\"/><w:bookmarkEnd w:id=\"5000002\""), "{twice}");
    }
}
