//! Signs of the sheet that Word has elements of its own for, or knows otherwise.

use crate::ooxml::xml::{Element, Node};

/// A hyphen at which no line breaks.
const NO_BREAK: char = '\u{2011}';
/// Where a long word is open.
const OPEN: char = '\u{200B}';

/// Makes the texts of some elements Word's.
pub fn as_word_has_them(nodes: &mut Vec<Node>) {
    let mut at = 0;
    while at < nodes.len() {
        match &mut nodes[at] {
            Node::Element(e) if e.name == "w:t" => {
                let parts = parts(e);
                if let Some(parts) = parts {
                    let count = parts.len();
                    nodes.splice(at..=at, parts);
                    at += count;
                    continue;
                }
            }
            Node::Element(e) => as_word_has_them(&mut e.children),
            _ => {}
        }
        at += 1;
    }
}

/// What stands in place of a text with such a hyphen: Word's own element for it. U+2011 in a text would be taken from
/// another face, since the document's has no such letter.
fn parts(text: &mut Element) -> Option<Vec<Node>> {
    for node in &mut text.children {
        if let Node::Text(t) = node {
            open_fills_only(t);
        }
    }
    let [Node::Text(whole)] = text.children.as_slice() else { return None };
    if !whole.contains(NO_BREAK) {
        return None;
    }
    let mut out = Vec::new();
    for (i, part) in whole.split(NO_BREAK).enumerate() {
        if i > 0 {
            out.push(Node::Element(Element::new("w:noBreakHyphen")));
        }
        let children = vec![Node::Text(part.to_owned())];
        out.push(Node::Element(Element { name: text.name.clone(), attributes: text.attributes.clone(), children }));
    }
    Some(out)
}

/// Long words break in Word only inside lines to fill in (U+200B, Word's own sign for it); an address that is copied out
/// of Word must be whole, and Word breaks it by itself.
fn open_fills_only(text: &mut String) {
    if !text.contains(OPEN) {
        return;
    }
    let fills = |c: char| matches!(c, '.' | '…' | '_' | '-');
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let begins = before.is_none_or(|b| fills(b) || b == ' ');
        if c != OPEN || (rest.peek().is_some_and(|n| fills(*n)) && begins) {
            out.push(c);
        }
        before = Some(c).filter(|c| *c != OPEN).or(before);
    }
    *text = out;
}
