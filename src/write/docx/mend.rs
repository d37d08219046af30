//! What docx-rs 0.4.22 writes, put right. Each mend names what was seen, so that it can go when the crate is mended:
//!
//! - children of property elements stand in no order: sorted by the sequences of ECMA-376, part 1, 17;
//! - `w14:paraId` counts through the process: taken out, so that the same plan gives the same bytes;
//! - empty property elements, `<w:rPr />` after each run: taken out;
//! - `w:gridCol` carries `w:type`, which the schema does not know: taken out;
//! - a content control without an id and a tag: added ([`control`]);
//! - no `w:tblHeader`: added to the first rows ([`header_rows`]);
//! - every picture is `id="1" name="Figure"` without words: numbered and described ([`Picture`]).

use super::order::{rank, sequence};
use quick_xml::Reader;
use quick_xml::events::Event;

/// Elements that the schema asks for even when they are empty.
const KEPT_EMPTY: [&str; 1] = ["w:tblPr"];
/// Attributes that are never right.
const DROPPED: [&str; 2] = ["w14:paraId", "w14:textId"];

/// An open element whose children are being sorted.
struct Frame {
    name: String,
    start: String,
    /// Rank of each child and its XML.
    children: Vec<(usize, String)>,
}

/// Mends a fragment. What cannot be read, which docx-rs does not write, comes back as it is.
pub fn mend(fragment: &[u8]) -> String {
    let Ok(text) = std::str::from_utf8(fragment) else { return String::from_utf8_lossy(fragment).into_owned() };
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut out = String::with_capacity(text.len());
    let mut frames: Vec<Frame> = Vec::new();
    // Depth inside the child of the innermost frame.
    let mut depths: Vec<usize> = Vec::new();
    loop {
        let before = reader.buffer_position() as usize;
        let Ok(event) = reader.read_event() else { return text.to_owned() };
        let raw = &text[before..reader.buffer_position() as usize];
        match event {
            Event::Eof => return out,
            Event::Start(e) => {
                let name = e.name().0;
                begin_child(&mut frames, &mut depths, name);
                if sequence(name).is_some() {
                    frames.push(Frame { name: name.to_owned(), start: clean(raw), children: Vec::new() });
                    depths.push(0);
                } else {
                    sink(&mut out, &mut frames).push_str(&clean(raw));
                    if let Some(depth) = depths.last_mut() {
                        *depth += 1;
                    }
                }
            }
            Event::Empty(e) => {
                let name = e.name().0;
                if sequence(name).is_some() && !KEPT_EMPTY.contains(&name) {
                    continue;
                }
                begin_child(&mut frames, &mut depths, name);
                sink(&mut out, &mut frames).push_str(&clean(raw));
            }
            Event::End(e) => {
                let ends_frame = depths.last() == Some(&0) && frames.last().is_some_and(|f| f.name == e.name().0);
                if let (true, Some(frame)) = (ends_frame, ends_frame.then(|| frames.pop()).flatten()) {
                    depths.pop();
                    close(frame, &mut out, &mut frames);
                } else {
                    sink(&mut out, &mut frames).push_str(raw);
                    if let Some(depth) = depths.last_mut() {
                        *depth = depth.saturating_sub(1);
                    }
                }
            }
            _ => sink(&mut out, &mut frames).push_str(raw),
        }
    }
}

/// Where text goes: the child being read of the innermost sorted element, or the output.
fn sink<'s>(out: &'s mut String, frames: &'s mut [Frame]) -> &'s mut String {
    match frames.last_mut() {
        Some(frame) => {
            if frame.children.is_empty() {
                frame.children.push((0, String::new()));
            }
            let last = frame.children.len() - 1;
            &mut frame.children[last].1
        }
        None => out,
    }
}

/// A new child of the innermost sorted element begins here, unless we are inside one.
fn begin_child(frames: &mut [Frame], depths: &mut [usize], name: &str) {
    if let (Some(frame), Some(0)) = (frames.last_mut(), depths.last()) {
        let order = sequence(&frame.name).unwrap_or_default();
        frame.children.push((rank(order, name), String::new()));
    }
}

fn close(mut frame: Frame, out: &mut String, frames: &mut [Frame]) {
    frame.children.retain(|(_, xml)| !xml.is_empty());
    let target = sink(out, frames);
    if frame.children.is_empty() && !KEPT_EMPTY.contains(&frame.name.as_str()) {
        return;
    }
    frame.children.sort_by_key(|(rank, _)| *rank);
    target.push_str(&frame.start);
    frame.children.iter().for_each(|(_, xml)| target.push_str(xml));
    target.push_str("</");
    target.push_str(&frame.name);
    target.push('>');
}

/// A start tag without what is never right, and without the blank before its end.
fn clean(tag: &str) -> String {
    let mut out = tag.replace(" />", "/>");
    for name in DROPPED {
        drop_attribute(&mut out, name);
    }
    if out.starts_with("<w:gridCol") {
        drop_attribute(&mut out, "w:type");
    }
    out
}

fn drop_attribute(tag: &mut String, name: &str) {
    let Some(start) = tag.find(&format!(" {name}=\"")) else { return };
    let value = start + name.len() + 3;
    if let Some(length) = tag[value..].find('"') {
        tag.replace_range(start..value + length + 1, "");
    }
}

/// Marks the first rows of a table as repeated on every page.
pub fn header_rows(table: &mut String, rows: usize) {
    let mut from = 0;
    for _ in 0..rows {
        let Some(at) = table[from..].find("<w:tr>").map(|i| from + i + "<w:tr>".len()) else { return };
        let (place, xml) = match table[at..].strip_prefix("<w:trPr>") {
            Some(_) => {
                // cantSplit comes first.
                let end = table[at..].find("</w:trPr>").map_or(at, |i| at + i);
                (end, "<w:tblHeader/>")
            }
            None => (at, "<w:trPr><w:tblHeader/></w:trPr>"),
        };
        table.insert_str(place, xml);
        from = place;
    }
}

/// Gives the content controls of a fragment, which have an alias only, their id and tag. They hold rich text: LibreOffice drops
/// the face of plain-text controls. An alias that ends in
/// `…` has nothing in it yet.
pub fn control(fragment: &mut String, next_id: &mut u32) {
    let mut from = 0;
    while let Some(at) = fragment[from..].find("<w:sdtPr>").map(|i| from + i) {
        let Some(end) = fragment[at..].find("</w:sdtPr>").map(|i| at + i) else { return };
        let inner = &fragment[at + "<w:sdtPr>".len()..end];
        let alias = inner.split("w:alias w:val=\"").nth(1).and_then(|s| s.split('"').next()).unwrap_or_default();
        let (tag, empty) = alias.strip_suffix('…').map_or((alias, false), |a| (a, true));
        let shown = super::entry::label(tag);
        let placeholder = if empty { "<w:showingPlcHdr/>" } else { "" };
        *next_id += 1;
        let xml = format!(
            "<w:sdtPr><w:alias w:val=\"{shown}\"/><w:tag w:val=\"{tag}\"/><w:id w:val=\"{next_id}\"/>{placeholder}"
        );
        fragment.replace_range(at..end, &xml);
        from = at + xml.len();
    }
}

/// Name space of drawings in a text.
const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";

/// What a picture shows and which one it is.
pub struct Picture<'p> {
    /// From 1, each once in a document.
    pub id: u32,
    /// Words for readers by ear.
    pub alt: &'p str,
}

impl Picture<'_> {
    /// Puts number and words into a fragment with one picture.
    pub fn describe(&self, fragment: &mut String) {
        let Picture { id, .. } = self;
        // docx-rs declares this name space at the root of its own documents only.
        *fragment = fragment.replacen("<wp:inline ", &format!("<wp:inline xmlns:wp=\"{DRAWING}\" "), 1);
        let alt = super::xml::escape_attribute(self.alt);
        if let Some(at) = fragment.find("<wp:docPr ")
            && let Some(end) = fragment[at..].find("/>").map(|i| at + i + 2)
        {
            fragment.replace_range(at..end, &format!("<wp:docPr id=\"{id}\" name=\"Hình {id}\" descr=\"{alt}\"/>"));
        }
        if let Some(at) = fragment.find("<pic:cNvPr ")
            && let Some(end) = fragment[at..].find("/>").map(|i| at + i + 2)
        {
            fragment.replace_range(at..end, &format!("<pic:cNvPr id=\"{id}\" name=\"Hình {id}\"/>"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_are_sorted_and_empty_properties_dropped() {
        let xml = r#"<w:p w14:paraId="12345678"><w:pPr><w:rPr /><w:jc w:val="left" /><w:pStyle w:val="A" /></w:pPr><w:r><w:rPr /><w:t xml:space="preserve">a &lt; b</w:t></w:r></w:p>"#;
        let wanted = r#"<w:p><w:pPr><w:pStyle w:val="A"/><w:jc w:val="left"/></w:pPr><w:r><w:t xml:space="preserve">a &lt; b</w:t></w:r></w:p>"#;
        assert_eq!(mend(xml.as_bytes()), wanted);
    }

    #[test]
    fn nested_properties_keep_their_place() {
        let xml = "<w:pPr><w:sectPr><w:cols /><w:pgSz /></w:sectPr><w:rPr><w:sz /><w:b /></w:rPr></w:pPr>";
        assert_eq!(
            mend(xml.as_bytes()),
            "<w:pPr><w:rPr><w:b/><w:sz/></w:rPr><w:sectPr><w:pgSz/><w:cols/></w:sectPr></w:pPr>"
        );
    }
}
