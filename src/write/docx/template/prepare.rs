//! A part of a template made ready for tags: what Word leaves behind while people type is taken out, tracked changes
//! are accepted.

use crate::ooxml::xml::{Element, Node};

/// Elements that say nothing about the document: spelling marks, page breaks of the last print, deleted text, histories
/// of formatting, comments.
const DROPPED: [&str; 21] = [
    "w:commentRangeStart",
    "w:commentRangeEnd",
    "w:commentReference",
    "w:annotationRef",
    "w:proofErr",
    "w:lastRenderedPageBreak",
    "w:del",
    "w:moveFrom",
    "w:rPrChange",
    "w:pPrChange",
    "w:tblPrChange",
    "w:trPrChange",
    "w:tcPrChange",
    "w:sectPrChange",
    "w:tblGridChange",
    "w:tblPrExChange",
    "w:numberingChange",
    "w:moveFromRangeStart",
    "w:moveFromRangeEnd",
    "w:moveToRangeStart",
    "w:moveToRangeEnd",
];
/// Elements whose content is kept: accepted insertions, and smart tags, which Word itself no longer writes.
const OPENED: [&str; 3] = ["w:ins", "w:moveTo", "w:smartTag"];

/// Prepares an element and all in it.
pub fn prepare(element: &mut Element) {
    element
        .attributes
        .retain(|(name, _)| !(name.starts_with("w:rsid") || name == "w14:paraId" || name == "w14:textId"));
    let mut children = Vec::with_capacity(element.children.len());
    for node in std::mem::take(&mut element.children) {
        let Node::Element(mut child) = node else {
            children.push(node);
            continue;
        };
        if DROPPED.contains(&child.name.as_str()) || is_cursor(&child) {
            continue;
        }
        // In a paragraph's properties these mark the paragraph's end; they hold nothing.
        let in_properties = matches!(element.name.as_str(), "w:rPr" | "w:trPr" | "w:tcPr");
        if in_properties && OPENED.contains(&child.name.as_str()) {
            continue;
        }
        prepare(&mut child);
        if child.name == "w:sdt" {
            release(&mut child);
        }
        if OPENED.contains(&child.name.as_str()) {
            children.extend(child.children.into_iter().filter(|n| !is_properties(n)));
        } else {
            children.push(Node::Element(child));
        }
    }
    element.children = children;
}

/// A control with a tag in it shows what is filled in, neither a prompt nor a value stored elsewhere in the file.
fn release(control: &mut Element) {
    let text = control.text();
    if !(text.contains("{{") || text.contains("{%")) {
        return;
    }
    if let Some(properties) = control.child_mut("w:sdtPr") {
        for name in ["w:showingPlcHdr", "w:dataBinding", "w15:dataBinding", "w:placeholder"] {
            properties.remove(name);
        }
    }
}

/// The place of the cursor when the file was saved.
fn is_cursor(element: &Element) -> bool {
    element.name == "w:bookmarkStart" && element.get("w:name") == Some("_GoBack")
}

fn is_properties(node: &Node) -> bool {
    matches!(node, Node::Element(e) if e.name == "w:smartTagPr")
}
