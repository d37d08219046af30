//! Comments put into a Word file at their words (ISO/IEC 29500-1, 17.13.4); all else of the file stays as it is.

use super::W;
use super::package::{Package, Refusal, TYPES, declare, pack, relate, relations_of};
use super::xml::{Element, Node, parse};
use crate::chars::{capital, is_letter, on_line};

/// A comment, and the words that it is about.
#[derive(Clone, Debug, Default)]
pub struct Remark {
    /// Some letters before them.
    pub before: String,
    /// The words.
    pub words: String,
    /// Some letters behind them.
    pub after: String,
    /// What is said.
    pub text: String,
}

const COMMENTS: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

/// The file with its comments, and how many of them stand at their words; the others stand at the first paragraph. The
/// remarks come in the order of the text.
pub fn annotate(bytes: &[u8], remarks: &[Remark], author: &str) -> Result<(Vec<u8>, usize), Refusal> {
    let mut package = Package::open(bytes)?;
    let broken = |what: String| Refusal::Broken(what);
    let main = package.related("", "officeDocument")?.ok_or_else(|| broken("tệp không có phần văn bản".to_owned()))?;
    let mut document = package.xml(&main)?;
    let old = package.related(&main, "comments")?;
    let mut comments = match &old {
        Some(part) => package.xml(part)?,
        None => Element::new("w:comments").with("xmlns:w", W),
    };
    let first = comments.elements().filter_map(|e| e.get("w:id")?.parse::<usize>().ok()).max().map_or(0, |n| n + 1);
    let placed = place(&mut document, remarks, first);
    for (index, remark) in remarks.iter().enumerate() {
        let told = if placed[index] { remark.text.clone() } else { format!("“{}”: {}", remark.words, remark.text) };
        comments.children.push(Node::Element(comment(first + index, author, &told)));
    }
    let part = match old {
        Some(part) => part,
        None => {
            let part = match main.rsplit_once('/') {
                Some((folder, _)) => format!("{folder}/comments.xml"),
                None => "comments.xml".to_owned(),
            };
            connect(&mut package, &main, &part)?;
            part
        }
    };
    package.set(&part, part_bytes(&comments));
    package.set(&main, part_bytes(&document));
    let packed = pack(package.parts()).map_err(Refusal::Broken)?;
    Ok((packed, placed.iter().filter(|p| **p).count()))
}

fn part_bytes(root: &Element) -> Vec<u8> {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n{}", root.to_xml()).into_bytes()
}

/// Relationship and type of a new part of comments.
fn connect(package: &mut Package, main: &str, part: &str) -> Result<(), Refusal> {
    let name = relations_of(main);
    let mut relations = match package.get(&name) {
        Some(bytes) => parse(bytes).map_err(Refusal::Broken)?,
        None => Element::new("Relationships").with("xmlns", super::package::RELATIONS),
    };
    let target = part.rsplit('/').next().unwrap_or(part).to_owned();
    relate(&mut relations, "rIdVanthuComments", "comments", &target, false);
    package.set(&name, part_bytes(&relations));
    let mut types = package.xml(TYPES)?;
    declare(&mut types, part, COMMENTS);
    package.set(TYPES, part_bytes(&types));
    Ok(())
}

fn comment(id: usize, author: &str, text: &str) -> Element {
    let mut words = Element::new("w:t").with("xml:space", "preserve");
    words.children.push(Node::Text(text.to_owned()));
    let mut run = Element::new("w:r");
    run.children.push(Node::Element(words));
    let mut par = Element::new("w:p");
    par.children.push(Node::Element(run));
    let mut out =
        Element::new("w:comment").with("w:id", id.to_string()).with("w:author", author).with("w:initials", "vt");
    out.children.push(Node::Element(par));
    out
}

/// Puts the ranges into the document; says of each whether its words were found.
fn place(document: &mut Element, remarks: &[Remark], first: usize) -> Vec<bool> {
    let mut texts = Vec::new();
    paragraphs(document, &mut |par| texts.push(Letters::of(par)));
    // Which comments stand in which paragraph, each with the bytes of its letters.
    let mut ranges: Vec<Vec<(usize, usize, usize)>> = vec![Vec::new(); texts.len()];
    let mut found = vec![false; remarks.len()];
    // Paragraph and letter behind the last words that were found.
    let mut from = (0, 0);
    for (index, remark) in remarks.iter().enumerate() {
        let order = (from.0..texts.len()).map(|at| (at, if at == from.0 { from.1 } else { 0 }));
        let order = order.chain((0..(from.0 + 1).min(texts.len())).map(|at| (at, 0)));
        let hit = |way: Way| {
            order.clone().find_map(|(at, letter)| texts[at].find(remark, way, letter).map(|(a, b)| (at, a, b)))
        };
        let hit = Way::ALL.into_iter().find_map(hit);
        match hit {
            Some((at, start, end)) => {
                ranges[at].push((first + index, start, end));
                found[index] = true;
                from = (at, texts[at].letters_before(start) + 1);
            }
            None => {
                if let Some(all) = ranges.first_mut() {
                    all.push((first + index, 0, 0));
                }
            }
        }
    }
    let mut at = 0;
    paragraphs_mut(document, &mut |par| {
        ranges[at].iter().for_each(|(id, start, end)| mark(par, *id, *start, *end));
        at += 1;
    });
    found
}

/// How much of what stands around the words must be there.
#[derive(Clone, Copy)]
enum Way {
    Both,
    Before,
    After,
    Alone,
}

impl Way {
    const ALL: [Way; 4] = [Way::Both, Way::Before, Way::After, Way::Alone];
}

/// The letters and digits of a paragraph in capitals, each with its place among all characters.
struct Letters {
    all: Vec<char>,
    places: Vec<usize>,
    length: usize,
}

/// Letters and digits in capitals: marks, blanks and spellings of signs do not count.
fn folded(text: &str) -> Vec<char> {
    text.chars().filter(|c| is_letter(*c)).map(plain).collect()
}

/// A letter in capitals; a raised or lowered digit as the file has it, whose runs are raised.
fn plain(c: char) -> char {
    let c = on_line(c).unwrap_or(c);
    capital(c).unwrap_or(c)
}

impl Letters {
    fn of(par: &Element) -> Self {
        let text = par_text(par);
        let mut out = Letters { all: Vec::new(), places: Vec::new(), length: text.chars().count() };
        for (at, c) in text.chars().enumerate().filter(|(_, c)| is_letter(*c)) {
            out.all.push(plain(c));
            out.places.push(at);
        }
        out
    }

    /// How many letters stand before a character.
    fn letters_before(&self, character: usize) -> usize {
        self.places.partition_point(|place| *place < character)
    }

    /// The characters of a remark's words, end excluded; of a sign those between the letters beside it.
    fn find(&self, remark: &Remark, way: Way, from: usize) -> Option<(usize, usize)> {
        let (before, words, after) = (folded(&remark.before), folded(&remark.words), folded(&remark.after));
        let (before, after) = match way {
            Way::Both => (before, after),
            Way::Before => (before, Vec::new()),
            Way::After => (Vec::new(), after),
            Way::Alone => (Vec::new(), Vec::new()),
        };
        let wanted: Vec<char> = before.iter().chain(&words).chain(&after).copied().collect();
        // Few letters stand anywhere.
        if wanted.len() < 3 || words.is_empty() && before.is_empty() {
            return None;
        }
        // The letters before the words may stand before the place where the search goes on.
        let least = from.saturating_sub(before.len()).min(self.all.len());
        let at = least + self.all.get(least..)?.windows(wanted.len()).position(|w| w == wanted)?;
        let start = at + before.len();
        if words.is_empty() {
            let from = *self.places.get(start.checked_sub(1)?)?;
            return Some((from, self.places.get(start).map_or(self.length, |next| *next)));
        }
        Some((*self.places.get(start)?, self.places.get(start + words.len() - 1)? + 1))
    }
}

fn paragraphs(element: &Element, visit: &mut dyn FnMut(&Element)) {
    for child in element.elements() {
        if child.name == "w:p" {
            visit(child);
        }
        paragraphs(child, visit);
    }
}

fn paragraphs_mut(element: &mut Element, visit: &mut dyn FnMut(&mut Element)) {
    for child in element.elements_mut() {
        // Before those inside of it, in the order of `paragraphs`; what is put in holds none.
        if child.name == "w:p" {
            visit(child);
        }
        paragraphs_mut(child, visit);
    }
}

/// The letters of the runs that stand in a paragraph itself, or in its links and insertions.
fn par_text(par: &Element) -> String {
    let mut out = String::new();
    for child in par.elements() {
        out.push_str(&unit_text(child));
    }
    out
}

/// The letters of a child of a paragraph; paragraphs inside of it (text boxes) are their own.
fn unit_text(element: &Element) -> String {
    let mut out = String::new();
    for child in element.elements() {
        match child.name.as_str() {
            "w:t" => out.push_str(&child.text()),
            "w:tab" | "w:br" | "w:cr" => out.push(' '),
            "w:r" | "w:hyperlink" | "w:ins" | "w:smartTag" | "w:sdt" | "w:sdtContent" => {
                out.push_str(&unit_text(child))
            }
            _ => {}
        }
    }
    out
}

/// Puts a comment around some characters of a paragraph; around nothing at its start where there are none.
fn mark(par: &mut Element, id: usize, start: usize, end: usize) {
    let point = |name: &str| Node::Element(Element::new(name).with("w:id", id.to_string()));
    let mut reference = Element::new("w:r");
    reference.children.push(point("w:commentReference"));
    let first = cut(par, start, false);
    par.children.insert(first, point("w:commentRangeStart"));
    let last = if end > start { cut(par, end, true).max(first + 1) } else { first + 1 };
    par.children.insert(last, point("w:commentRangeEnd"));
    par.children.insert(last + 1, Node::Element(reference));
}

/// Parts a paragraph before a character, and gives the index of the child that begins there. A child that cannot be parted
/// is before the place where a range ends, and behind the place where it starts.
fn cut(par: &mut Element, character: usize, end: bool) -> usize {
    let mut left = character;
    for at in 0..par.children.len() {
        let Node::Element(child) = &par.children[at] else { continue };
        if child.name == "w:pPr" {
            continue;
        }
        let length = unit_text(child).chars().count();
        if left < length {
            return at + usize::from(left > 0 && (part(par, at, left) || end));
        }
        left -= length;
    }
    par.children.len()
}

/// Parts a run of letters in two; whether it was one.
fn part(par: &mut Element, at: usize, character: usize) -> bool {
    let Some(Node::Element(run)) = par.children.get(at) else { return false };
    let texts = run.elements().filter(|e| e.name != "w:rPr").count();
    let Some(text) = run.child("w:t").filter(|_| run.name == "w:r" && texts == 1) else { return false };
    let letters = text.text();
    let Some(byte) = letters.char_indices().nth(character).map(|(byte, _)| byte) else { return false };
    let half = |part: &str| {
        let mut words = Element::new("w:t").with("xml:space", "preserve");
        words.children.push(Node::Text(part.to_owned()));
        let mut out = Element { children: Vec::new(), ..run.clone() };
        out.children.extend(run.child("w:rPr").map(|e| Node::Element(e.clone())));
        out.children.push(Node::Element(words));
        Node::Element(out)
    };
    let (first, second) = (half(&letters[..byte]), half(&letters[byte..]));
    par.children[at] = first;
    par.children.insert(at + 1, second);
    true
}
