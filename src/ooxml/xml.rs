//! XML as a small tree: the parts of a Word template. Names and prefixes stay as they were written; DOCTYPE, deep
//! nesting and odd encodings are refused.

use ecow::EcoString;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// Deepest nesting accepted: real files have some 40 levels, text boxes in tables about 60.
const MAX_DEPTH: usize = 200;

/// An element or text.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Text, with its entities resolved.
    Text(String),
    /// XML that stands as it is.
    Raw(String),
}

/// An element.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Element {
    /// Name with its prefix.
    pub name: EcoString,
    /// Attributes in their order, values with their entities resolved.
    pub attributes: Vec<(EcoString, EcoString)>,
    /// What stands in it.
    pub children: Vec<Node>,
}

impl Element {
    /// An empty element.
    pub fn new(name: &str) -> Self {
        Element { name: name.into(), ..Element::default() }
    }

    /// With an attribute.
    pub fn with(mut self, name: &str, value: impl Into<EcoString>) -> Self {
        self.attributes.push((name.into(), value.into()));
        self
    }

    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// Sets an attribute.
    pub fn set(&mut self, name: &str, value: impl Into<EcoString>) {
        let value = value.into();
        match self.attributes.iter_mut().find(|(n, _)| n == name) {
            Some((_, old)) => *old = value,
            None => self.attributes.push((name.into(), value)),
        }
    }

    /// The elements in it.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|n| if let Node::Element(e) = n { Some(e) } else { None })
    }

    /// The elements in it, to change.
    pub fn elements_mut(&mut self) -> impl Iterator<Item = &mut Element> {
        self.children.iter_mut().filter_map(|n| if let Node::Element(e) = n { Some(e) } else { None })
    }

    /// The first child of a name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|e| e.name == name)
    }

    /// The first child of a name, to change.
    pub fn child_mut(&mut self, name: &str) -> Option<&mut Element> {
        self.elements_mut().find(|e| e.name == name)
    }

    /// Calls `visit` on the element and on all that stand in it, outermost first.
    pub fn visit_mut(&mut self, visit: &mut dyn FnMut(&mut Element)) {
        visit(self);
        self.elements_mut().for_each(|e| e.visit_mut(visit));
    }

    /// Takes an attribute away.
    pub fn unset(&mut self, name: &str) {
        self.attributes.retain(|(n, _)| n != name);
    }

    /// Takes the children of a name out.
    pub fn remove(&mut self, name: &str) {
        self.children.retain(|n| !matches!(n, Node::Element(e) if e.name == name));
    }

    /// Puts a child where the schema wants it, in place of one of the same name.
    pub fn put(&mut self, child: Element) {
        self.remove(&child.name);
        let order = super::order::sequence(&self.name).unwrap_or_default();
        let rank = super::order::rank(order, &child.name);
        let at = self
            .children
            .iter()
            .position(|n| matches!(n, Node::Element(e) if super::order::rank(order, &e.name) > rank))
            .unwrap_or(self.children.len());
        self.children.insert(at, Node::Element(child));
    }

    /// All text in it.
    pub fn text(&self) -> String {
        let mut out = String::new();
        collect_text(self, &mut out);
        out
    }

    /// The element as XML.
    pub fn to_xml(&self) -> String {
        let mut out = String::new();
        write(self, &mut out);
        out
    }
}

fn collect_text(element: &Element, out: &mut String) {
    for node in &element.children {
        match node {
            Node::Element(e) => collect_text(e, out),
            Node::Text(t) => out.push_str(t),
            Node::Raw(_) => {}
        }
    }
}

/// Reads a part. The error says what is wrong with it.
pub fn parse(bytes: &[u8]) -> Result<Element, String> {
    only(fragment(bytes)?)
}

fn only(nodes: Vec<Node>) -> Result<Element, String> {
    let mut elements = nodes.into_iter().filter_map(|n| if let Node::Element(e) = n { Some(e) } else { None });
    match (elements.next(), elements.next()) {
        (Some(only), None) => Ok(only),
        _ => Err("XML không có đúng một phần tử gốc".to_owned()),
    }
}

/// What a reader of a part has no use for: not put into the tree.
#[derive(Clone, Copy)]
pub struct Unread {
    /// Elements, with all that stands in them.
    pub elements: fn(&str) -> bool,
    /// Attributes.
    pub attributes: fn(&str) -> bool,
}

impl Unread {
    /// All is read.
    const NOTHING: Unread = Unread { elements: |_| false, attributes: |_| false };
}

/// As [`parse`], without what is not read.
pub fn parse_without(bytes: &[u8], unread: Unread) -> Result<Element, String> {
    only(nodes_of(bytes, unread)?)
}

/// Reads elements and text that stand side by side.
pub fn fragment(bytes: &[u8]) -> Result<Vec<Node>, String> {
    nodes_of(bytes, Unread::NOTHING)
}

fn nodes_of(bytes: &[u8], unread: Unread) -> Result<Vec<Node>, String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| "không phải là chữ UTF-8".to_owned())?;
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = vec![Element::default()];
    // How deep inside of an element that is not read.
    let mut skipped = 0_usize;
    loop {
        let event = reader.read_event().map_err(|_| format!("XML hỏng ở byte {}", reader.error_position()))?;
        match event {
            Event::Eof => break,
            Event::Start(start) => {
                if open.len() + skipped > MAX_DEPTH {
                    return Err(format!("XML lồng nhau quá {MAX_DEPTH} cấp"));
                }
                if skipped > 0 || (unread.elements)(start.name().0) {
                    skipped += 1;
                } else {
                    open.push(element(&start, unread)?);
                }
            }
            Event::End(_) if skipped > 0 => skipped -= 1,
            Event::Empty(start) if skipped > 0 || (unread.elements)(start.name().0) => {}
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) if skipped > 0 => {}
            Event::Empty(start) => push(&mut open, Node::Element(element(&start, unread)?)),
            Event::End(_) => {
                if let Some(done) = open.pop() {
                    push(&mut open, Node::Element(done));
                }
            }
            Event::Text(t) => {
                if let Some(c) = t.chars().find(|c| !is_allowed(*c)) {
                    return Err(format!("XML có ký tự không dùng được (U+{:04X})", c as u32));
                }
                push_text(&mut open, &t);
            }
            Event::CData(t) => {
                push_text(&mut open, &t);
            }
            Event::GeneralRef(r) => {
                let text = resolve(&r).ok_or_else(|| format!("XML có thực thể &{};, không dùng được", &*r))?;
                push_text(&mut open, &text);
            }
            Event::DocType(_) => return Err("XML có DOCTYPE, là chỗ để giấu bom dữ liệu".to_owned()),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
    Ok(open.into_iter().next().unwrap_or_default().children)
}

fn element(start: &BytesStart<'_>, unread: Unread) -> Result<Element, String> {
    let name = EcoString::from(start.name().0);
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|e| format!("XML có thuộc tính hỏng ở <{name}>: {e}"))?;
        if !(unread.attributes)(attribute.key.0) {
            attributes.push((attribute.key.0.into(), unescape(&attribute.value)?));
        }
    }
    Ok(Element { name, attributes, children: Vec::new() })
}

/// Resolves the entities of an attribute's value.
fn unescape(raw: &str) -> Result<EcoString, String> {
    if !raw.contains('&') {
        return Ok(raw.into());
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let Some(end) = rest[at..].find(';').map(|i| at + i) else {
            return Err("XML có dấu & đứng một mình".to_owned());
        };
        let name = &rest[at + 1..end];
        out.push_str(&resolve(name).ok_or_else(|| format!("XML có thực thể &{name}; không dùng được"))?);
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    Ok(out.into())
}

/// The characters of XML 1.0.
fn is_character(c: char) -> bool {
    !matches!(c, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}')
}

/// The first character of a text that XML 1.0 forbids. Few texts have a byte with which one could begin.
pub fn forbidden(text: &str) -> Option<char> {
    let could = |b: u8| (b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r')) || b == 0xEF;
    let any = text.bytes().fold(false, |any, b| any | could(b));
    any.then(|| text.chars().find(|c| !is_character(*c))).flatten()
}

/// The characters of XML 1.0 but those with which templates mark places.
fn is_allowed(c: char) -> bool {
    is_character(c) && !matches!(c, '\u{FDD0}'..='\u{FDEF}')
}

fn resolve(name: &str) -> Option<String> {
    let code = match name.strip_prefix("#x").or_else(|| name.strip_prefix("#X")) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => name.strip_prefix('#').and_then(|n| n.parse().ok()),
    };
    if let Some(code) = code {
        return char::from_u32(code).filter(|c| is_allowed(*c)).map(String::from);
    }
    Some(
        match name {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "apos" => "'",
            _ => return None,
        }
        .to_owned(),
    )
}

fn push(open: &mut [Element], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

fn push_text(open: &mut [Element], text: &str) {
    let Some(parent) = open.last_mut() else { return };
    match parent.children.last_mut() {
        Some(Node::Text(old)) => old.push_str(text),
        _ => parent.children.push(Node::Text(text.to_owned())),
    }
}

/// Elements and text as XML.
pub fn text_of(nodes: &[Node]) -> String {
    let mut out = String::new();
    nodes.iter().for_each(|node| write_node(node, &mut out));
    out
}

fn write_node(node: &Node, out: &mut String) {
    match node {
        Node::Element(e) => write(e, out),
        Node::Text(t) => out.push_str(&escape(t)),
        Node::Raw(r) => out.push_str(r),
    }
}

/// Writes an element.
pub fn write(element: &Element, out: &mut String) {
    out.push('<');
    out.push_str(&element.name);
    for (name, value) in &element.attributes {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        out.push_str(&escape_attribute(value));
        out.push('"');
    }
    if element.children.is_empty() {
        out.push_str("/>");
        return;
    }
    out.push('>');
    element.children.iter().for_each(|node| write_node(node, out));
    out.push_str("</");
    out.push_str(&element.name);
    out.push('>');
}

/// What every part starts with.
pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// A whole part.
pub fn part(root: &Element) -> Vec<u8> {
    let mut out = DECLARATION.to_owned();
    write(root, &mut out);
    out.into_bytes()
}

/// Text between tags.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '\r']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\r', "&#xD;"))
}

/// Text between quotation marks.
pub fn escape_attribute(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\n', '\t', '\r']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(escape(text).replace('"', "&quot;").replace('\n', "&#xA;").replace('\t', "&#x9;"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_comes_back_as_it_was() {
        let xml = r#"<w:p a="1 &lt; 2"><w:r><w:t xml:space="preserve"> a &amp; b </w:t></w:r><w:x/></w:p>"#;
        assert_eq!(parse(xml.as_bytes()).map(|e| e.to_xml()), Ok(xml.to_owned()));
    }

    #[test]
    fn bombs_are_refused() {
        assert!(parse(b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>").is_err());
        assert!(parse(b"<a>&x;</a>").is_err());
        assert!(parse("<a>".repeat(100_000).as_bytes()).is_err());
        assert!(parse(b"<a></b>").is_err());
        assert!(parse(b"<a").is_err());
        assert!(parse(b"").is_err());
    }
}
