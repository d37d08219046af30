//! Tags of a tree put where they act: a tag split over runs is gathered, `{%p %}`, `{%tr %}` and `{%tc %}` take the place
//! of their paragraph, row or cell, `{{r }}` divides its run.

use super::tags::{self, Kind, Scope, Tag};
use super::{Format, MARK_END, MARK_START, Parts, Place};
use crate::ooxml::xml::{Element, Node};
use std::sync::Arc;

/// Tags that take the place of something further out.
#[derive(Default)]
struct Lifted {
    row: Vec<usize>,
    cell: Vec<usize>,
}

/// Works through a part. What is wrong is reported with the number of its place.
pub fn lift(root: &mut Element, parts: &mut Parts<'_>) {
    let lifted = children(root, parts);
    lost(lifted.row, "%tr", parts);
    lost(lifted.cell, "%tc", parts);
}

fn lost(tags: Vec<usize>, letters: &str, parts: &mut Parts<'_>) {
    for tag in tags {
        let message = format!("Thẻ {{{letters} … %}} không nằm trong bảng nào.");
        parts.fault(tag, message, "Đặt thẻ vào một ô của bảng, hoặc dùng {%p … %}.");
    }
}

fn children(parent: &mut Element, parts: &mut Parts<'_>) -> Lifted {
    let mut out = Lifted::default();
    let mut done = Vec::with_capacity(parent.children.len());
    for node in std::mem::take(&mut parent.children) {
        let Node::Element(mut child) = node else {
            done.push(node);
            continue;
        };
        if child.name == "w:p" {
            let inner = paragraph(&mut child, parts);
            out.row.extend(inner.lifted.row);
            out.cell.extend(inner.lifted.cell);
            match inner.own {
                Some(tags) => done.push(Node::Raw(marks(&tags))),
                None => done.push(Node::Element(child)),
            }
            continue;
        }
        let inner = children(&mut child, parts);
        match child.name.as_str() {
            "w:tc" if !inner.cell.is_empty() => {
                alone(&child, &inner.cell, "ô", parts);
                done.push(Node::Raw(marks(&inner.cell)));
                out.row.extend(inner.row);
            }
            "w:tr" if !inner.row.is_empty() => {
                alone(&child, &inner.row, "hàng", parts);
                done.push(Node::Raw(marks(&inner.row)));
                out.cell.extend(inner.cell);
            }
            _ => {
                out.row.extend(inner.row);
                out.cell.extend(inner.cell);
                done.push(Node::Element(child));
            }
        }
    }
    parent.children = done;
    out
}

/// What stands beside a tag that takes the place of all of it would be lost.
fn alone(element: &Element, tags: &[usize], what: &str, parts: &mut Parts<'_>) {
    if (!element.text().trim().is_empty() || holds_marks(element) || holds_pictures(element))
        && let Some(first) = tags.first()
    {
        let message = format!("Cả {what} này sẽ bị thay bằng thẻ, chữ khác trong {what} sẽ mất.");
        parts.fault(*first, message, "Để thẻ một mình; chuyển chữ khác sang chỗ khác.");
    }
}

/// Whether a picture or a drawing stands in it.
fn holds_pictures(element: &Element) -> bool {
    element.elements().any(|e| matches!(e.name.as_str(), "w:drawing" | "w:pict") || holds_pictures(e))
}

/// Whether other tags stand in it.
fn holds_marks(element: &Element) -> bool {
    element.children.iter().any(|n| match n {
        Node::Element(e) => holds_marks(e),
        Node::Raw(raw) => raw.contains(MARK_START),
        Node::Text(_) => false,
    })
}

struct Paragraph {
    /// Tags that take the paragraph's place.
    own: Option<Vec<usize>>,
    lifted: Lifted,
}

fn paragraph(p: &mut Element, parts: &mut Parts<'_>) -> Paragraph {
    parts.paragraphs += 1;
    let number = parts.paragraphs;
    let mut lifted = Lifted::default();
    // Text boxes stand inside runs: their paragraphs come first.
    nested(p, parts, &mut lifted);
    let mut leaves = Vec::new();
    collect(p, &mut leaves);
    let text: Arc<str> = leaves.iter().map(|l| l.text.as_str()).collect::<String>().into();
    if !(text.contains("{{") || text.contains("{%") || text.contains("{#")) {
        return Paragraph { own: None, lifted };
    }
    let properties = p.child("w:pPr").map(|e| Arc::new(e.clone()));
    let mut own = Vec::new();
    let mut cuts: Vec<Cut> = Vec::new();
    for found in &tags::find(&text) {
        let Some((place, tag)) = note(found, (&text, number), &leaves, properties.as_ref(), parts) else { continue };
        match tag.scope {
            Scope::Paragraph => own.push(place),
            Scope::Row => lifted.row.push(place),
            Scope::Cell => lifted.cell.push(place),
            Scope::Text | Scope::Run => {}
        }
        let here = matches!(tag.scope, Scope::Text | Scope::Run) && tag.kind != Kind::Comment;
        let stands = if here { mark(place) } else { String::new() };
        cuts.push((found.start, found.end, stands, tag.scope == Scope::Run));
    }
    if own.is_empty() {
        let (mut leaf, mut offset) = (0, 0);
        rewrite(p, &leaves, &cuts, &mut leaf, &mut offset);
        return Paragraph { own: None, lifted };
    }
    let mut bare = text.to_string();
    for (start, end, ..) in cuts.iter().rev() {
        bare.replace_range(*start..*end, "");
    }
    lost_with(p, &bare, own[0], parts);
    Paragraph { own: Some(own), lifted }
}

/// Where a tag starts and ends in the text of its paragraph, what stands there from now on, and whether that is runs.
type Cut = (usize, usize, String, bool);

/// Gives a tag its place; none, and a fault, where it cannot be one.
fn note(
    found: &tags::Found,
    (text, number): (&Arc<str>, usize),
    leaves: &[Leaf],
    properties: Option<&Arc<Element>>,
    parts: &mut Parts<'_>,
) -> Option<(usize, Tag)> {
    let Some(tag) = &found.tag else {
        let (inner, typed) = (String::new(), text[found.start..].to_owned());
        let tag = Tag { kind: Kind::Comment, scope: Scope::Text, inner, typed };
        let place = parts.place((text, number), tag, Format::default());
        parts.fault(
            place,
            "Thẻ không có dấu đóng trong đoạn này.".into(),
            "Viết cả thẻ trong một đoạn, mở bằng {{ hoặc {%, đóng bằng }} hoặc %}.",
        );
        return None;
    };
    let mut tag = tag.clone();
    if tag.kind == Kind::Print && tag.scope == Scope::Text && super::names::is_entry(tag.expression()) {
        tag.scope = Scope::Run;
    }
    let run = leaf_at(leaves, found.start).and_then(|l| l.run_properties.clone());
    let format = Format { paragraph: properties.cloned(), run };
    if text[found.start..found.end].contains([BARRIER, TAB]) {
        tag.kind = Kind::Comment;
        let place = parts.place((text, number), tag, format);
        parts.fault(place, "Trong thẻ có dấu Tab, dấu xuống dòng hoặc hình.".into(), "Gõ lại thẻ liền một mạch.");
        return None;
    }
    let place = parts.place((text, number), tag.clone(), format);
    Some((place, tag))
}

/// Tells what would be lost with a paragraph whose place a tag takes. `bare` is its text without the tags.
fn lost_with(p: &Element, bare: &str, place: usize, parts: &mut Parts<'_>) {
    if p.child("w:pPr").is_some_and(|e| e.child("w:sectPr").is_some()) {
        let message = "Đoạn chứa thẻ này cũng là chỗ ngắt phần của Word, ngắt phần sẽ mất.";
        parts.fault(place, message.into(), "Gõ Enter trước thẻ để thẻ đứng ở một đoạn khác.");
    }
    if bare.contains(BARRIER) {
        let message = "Đoạn chứa thẻ này có hình, khung, trường hay dấu ngắt; chúng sẽ mất cùng với đoạn.";
        parts.fault(place, message.into(), "Chuyển hình, khung hoặc dấu ngắt sang một đoạn khác, để thẻ một mình.");
    }
    if !bare.replace([BARRIER, TAB], " ").trim().is_empty() {
        let message = "Cả đoạn này sẽ bị thay bằng thẻ, chữ khác trong đoạn sẽ mất.";
        parts.fault(place, message.into(), "Để thẻ một mình trong đoạn.");
    }
}

/// Stands for what is in a run beside text; no tag can go over it.
const BARRIER: char = '\u{FFFC}';
/// Stands for a tab: nothing is lost with it.
const TAB: char = '\u{FFF9}';

/// A `w:t`, or something else in a run, in the order of the paragraph.
struct Leaf {
    text: String,
    is_text: bool,
    run_properties: Option<Arc<Element>>,
}

fn collect(element: &Element, out: &mut Vec<Leaf>) {
    for child in element.elements() {
        match child.name.as_str() {
            "w:p" => {}
            "w:r" => {
                let properties = child.child("w:rPr").map(|e| Arc::new(e.clone()));
                for part in child.elements() {
                    match part.name.as_str() {
                        "w:t" => {
                            out.push(Leaf { text: part.text(), is_text: true, run_properties: properties.clone() })
                        }
                        "w:rPr" | "w:softHyphen" => {}
                        // The place of a comment: nothing to read.
                        "w:commentReference" | "w:annotationRef" => {
                            out.push(Leaf { text: String::new(), is_text: false, run_properties: None });
                        }
                        "w:tab" | "w:ptab" => {
                            out.push(Leaf { text: TAB.to_string(), is_text: false, run_properties: None });
                        }
                        _ => out.push(Leaf { text: BARRIER.to_string(), is_text: false, run_properties: None }),
                    }
                }
            }
            "w:pPr" => {}
            _ => collect(child, out),
        }
    }
}

fn leaf_at(leaves: &[Leaf], at: usize) -> Option<&Leaf> {
    let mut from = 0;
    leaves.iter().find(|l| {
        from += l.text.len();
        at < from
    })
}

/// Paragraphs inside the runs of a paragraph.
fn nested(element: &mut Element, parts: &mut Parts<'_>, lifted: &mut Lifted) {
    for child in element.elements_mut() {
        if child.elements().any(|e| e.name == "w:p") {
            let inner = children(child, parts);
            lifted.row.extend(inner.row);
            lifted.cell.extend(inner.cell);
        } else {
            nested(child, parts, lifted);
        }
    }
}

/// Writes the texts back without the tags, and the marks of the tags where they begin.
fn rewrite(
    element: &mut Element,
    leaves: &[Leaf],
    cuts: &[(usize, usize, String, bool)],
    leaf: &mut usize,
    offset: &mut usize,
) {
    let mut done = Vec::with_capacity(element.children.len());
    for node in std::mem::take(&mut element.children) {
        let Node::Element(mut child) = node else {
            done.push(node);
            continue;
        };
        match child.name.as_str() {
            "w:p" | "w:pPr" => done.push(Node::Element(child)),
            "w:r" => done.extend(run(child, leaves, cuts, leaf, offset)),
            _ => {
                rewrite(&mut child, leaves, cuts, leaf, offset);
                done.push(Node::Element(child));
            }
        }
    }
    element.children = done;
}

/// A run with its tags; divided where a tag brings runs of its own.
fn run(
    run: Element,
    leaves: &[Leaf],
    cuts: &[(usize, usize, String, bool)],
    leaf: &mut usize,
    offset: &mut usize,
) -> Vec<Node> {
    let shell = |children: Vec<Node>| -> Option<Node> {
        let empty = children.iter().all(|n| matches!(n, Node::Element(e) if e.name == "w:rPr"));
        (!empty)
            .then(|| Node::Element(Element { name: run.name.clone(), attributes: run.attributes.clone(), children }))
    };
    let properties: Vec<Node> =
        run.children.iter().filter(|n| matches!(n, Node::Element(e) if e.name == "w:rPr")).cloned().collect();
    let mut out = Vec::new();
    let mut now = properties.clone();
    for node in &run.children {
        let Node::Element(part) = node else { continue };
        if part.name == "w:rPr" || part.name == "w:softHyphen" {
            continue;
        }
        let Some(this) = leaves.get(*leaf) else { break };
        *leaf += 1;
        let (start, end) = (*offset, *offset + this.text.len());
        *offset = end;
        if !this.is_text {
            now.push(Node::Element(part.clone()));
            continue;
        }
        let mut at = start;
        let mut text: Vec<Node> = Vec::new();
        let first = cuts.partition_point(|(_, to, ..)| *to <= start);
        for (from, to, mark, divides) in cuts[first..].iter().take_while(|(from, ..)| *from < end) {
            if *from > at {
                text.push(Node::Text(this.text[at - start..*from - start].to_owned()));
            }
            if *from >= start && !mark.is_empty() {
                if *divides {
                    now.extend(text_element(std::mem::take(&mut text)));
                    out.extend(shell(std::mem::replace(&mut now, properties.clone())));
                    out.push(Node::Raw(mark.clone()));
                } else {
                    text.push(Node::Raw(mark.clone()));
                }
            }
            at = (*to).min(end);
        }
        if at < end {
            text.push(Node::Text(this.text[at - start..].to_owned()));
        }
        now.extend(text_element(text));
    }
    out.extend(shell(now));
    out
}

fn text_element(children: Vec<Node>) -> Option<Node> {
    let mut e = Element::new("w:t").with("xml:space", "preserve");
    let empty = children.is_empty();
    e.children = children;
    (!empty).then_some(Node::Element(e))
}

fn marks(tags: &[usize]) -> String {
    tags.iter().map(|t| mark(*t)).collect()
}

fn mark(tag: usize) -> String {
    format!("{MARK_START}{tag}{MARK_END}")
}

impl Format {
    /// The properties of a run of this format with bold, italic and underline on top.
    pub fn run_with(&self, bold: bool, italic: bool, underline: bool) -> Option<Element> {
        if self.run.is_none() && !bold && !italic && !underline {
            return None;
        }
        let mut out = self.run.as_deref().cloned().unwrap_or_else(|| Element::new("w:rPr"));
        for (on, name) in [(bold, "w:b"), (italic, "w:i")] {
            if on {
                out.put(Element::new(name));
            }
        }
        if underline {
            out.put(Element::new("w:u").with("w:val", "single"));
        }
        Some(out)
    }
}

/// A tag and the paragraph in which it stands.
impl Place {
    /// The paragraph's text, cut for a message.
    pub fn shown(&self) -> String {
        let text = self.paragraph.replace([BARRIER, TAB], " ");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        super::cut(&text, 80)
    }
}
