//! What docx-rs 0.4.22 writes, read as a tree and put right. Each mend names what was seen, so that it can go when the crate is mended:
//!
//! - children of property elements stand in no order: sorted by the sequences of ECMA-376, part 1, 17;
//! - `w14:paraId` counts through the process: taken out, so that the same plan gives the same bytes;
//! - empty property elements, `<w:rPr />` after each run: taken out;
//! - `w:gridCol` carries `w:type`, which the schema does not know: taken out;
//! - a content control without an id and a tag: added ([`control`]);
//! - no `w:tblHeader`: added to the first rows ([`header_rows`]);
//! - every picture is `id="1" name="Figure"` without words: numbered and described ([`picture`]).

use crate::ooxml::order::{rank, sequence};
use crate::ooxml::xml::{Element, Node, fragment};

/// Elements that the schema asks for even when they are empty.
const KEPT_EMPTY: [&str; 1] = ["w:tblPr"];
/// Attributes that are never right.
const DROPPED: [&str; 2] = ["w14:paraId", "w14:textId"];

/// What docx-rs wrote, mended. It writes XML that can be read; anything else would come back empty, and the proof of the
/// file would say so.
pub fn mend(written: &[u8]) -> Vec<Node> {
    let mut nodes = fragment(written).unwrap_or_default();
    nodes.retain_mut(|node| match node {
        Node::Element(element) => mended(element),
        _ => true,
    });
    nodes
}

/// Mends an element and what is in it; false where nothing of it is to stay.
fn mended(element: &mut Element) -> bool {
    element.attributes.retain(|(name, _)| !DROPPED.contains(&name.as_str()));
    if element.name == "w:gridCol" {
        element.unset("w:type");
    }
    element.children.retain_mut(|node| match node {
        Node::Element(child) => mended(child),
        _ => true,
    });
    let Some(order) = sequence(&element.name) else { return true };
    element.children.sort_by_key(|node| match node {
        Node::Element(child) => rank(order, &child.name),
        _ => 0,
    });
    !element.children.is_empty() || KEPT_EMPTY.contains(&element.name.as_str())
}

/// Marks the first rows of a table as repeated on every page.
pub fn header_rows(table: &mut Element, rows: usize) {
    for row in table.elements_mut().filter(|e| e.name == "w:tr").take(rows) {
        if row.child("w:trPr").is_none() {
            row.children.insert(0, Node::Element(Element::new("w:trPr")));
        }
        if let Some(property) = row.child_mut("w:trPr") {
            // cantSplit comes first.
            property.children.push(Node::Element(Element::new("w:tblHeader")));
        }
    }
}

/// Gives a content control, which has an alias only, its id and tag. It holds rich text: LibreOffice drops the face of
/// plain-text controls. An alias that ends in `…` has nothing in it yet.
pub fn control(property: &mut Element, next_id: &mut u32) {
    let alias = property.child("w:alias").and_then(|a| a.get("w:val")).unwrap_or_default();
    let (tag, empty) = alias.strip_suffix('…').map_or((alias, false), |a| (a, true));
    *next_id += 1;
    let value = |name: &str, value: &str| Node::Element(Element::new(name).with("w:val", value));
    let mut children =
        vec![value("w:alias", super::entry::label(tag)), value("w:tag", tag), value("w:id", &next_id.to_string())];
    children.extend(empty.then(|| Node::Element(Element::new("w:showingPlcHdr"))));
    property.children = children;
}

/// Name space of drawings in a text.
const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";

/// Stands between the relationship of a picture and its words, where docx-rs is given the relationship.
pub const WORDS: char = '|';

/// Gives a drawing with one picture its number and words, for readers by ear; docx-rs has the words in the name of the
/// relationship.
pub fn picture(drawing: &mut Element, id: u32) {
    let mut alt = String::new();
    drawing.visit_mut(&mut |e| {
        if let Some((number, words)) = e.get("r:embed").and_then(|embed| embed.split_once(WORDS)) {
            alt = words.to_owned();
            let number = number.to_owned();
            e.set("r:embed", number);
        }
    });
    let (number, name) = (id.to_string(), format!("Hình {id}"));
    drawing.visit_mut(&mut |e| match e.name.as_str() {
        // docx-rs declares this name space at the root of its own documents only.
        "wp:inline" => e.attributes.insert(0, ("xmlns:wp".into(), DRAWING.into())),
        "wp:docPr" => *e = Element::new("wp:docPr").with("id", &*number).with("name", &*name).with("descr", &*alt),
        "pic:cNvPr" => *e = Element::new("pic:cNvPr").with("id", &*number).with("name", &*name),
        _ => {}
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ooxml::xml::text_of;

    #[test]
    fn children_are_sorted_and_empty_properties_dropped() {
        let xml = r#"<w:p w14:paraId="12345678"><w:pPr><w:rPr /><w:jc w:val="left" /><w:pStyle w:val="A" /></w:pPr><w:r><w:rPr /><w:t xml:space="preserve">a &lt; b</w:t></w:r></w:p>"#;
        let wanted = r#"<w:p><w:pPr><w:pStyle w:val="A"/><w:jc w:val="left"/></w:pPr><w:r><w:t xml:space="preserve">a &lt; b</w:t></w:r></w:p>"#;
        assert_eq!(text_of(&mend(xml.as_bytes())), wanted);
    }

    #[test]
    fn nested_properties_keep_their_place() {
        let xml = "<w:pPr><w:sectPr><w:cols /><w:pgSz /></w:sectPr><w:rPr><w:sz /><w:b /></w:rPr></w:pPr>";
        assert_eq!(
            text_of(&mend(xml.as_bytes())),
            "<w:pPr><w:rPr><w:b/><w:sz/></w:rPr><w:sectPr><w:pgSz/><w:cols/></w:sectPr></w:pPr>"
        );
    }
}
