//! The runs of a paragraph: faces, links, footnotes, entries.

use super::builder::{Builder, RELATION, bare};
use super::entry;
use super::signs;
use super::styles::{NOTE_MARK, PLACEHOLDER};
use super::template::Format;
use crate::decree30::style::Component;
use crate::document::{Emphasis, Inline};
use crate::face::{is_symbol, symbol_size};
use crate::ooxml::xml::{self, Element, Node};
use crate::sheet::{Chars, Run};
use docx_rs::{
    BreakType, BuildXML, FootnoteReference, Hyperlink, HyperlinkData, Paragraph, ParagraphChild, RunChild, RunFonts,
};

/// The face of symbols in Word: on every machine that has Word.
const SYMBOL_FAMILY: &str = "Segoe UI Symbol";

impl Builder<'_> {
    /// The relationship of a link in the part being built.
    pub(super) fn link(&mut self, url: &str) -> String {
        self.links.push(url.to_owned());
        format!("{RELATION}L{}", self.links.len())
    }

    /// Text in the run properties of a tag.
    pub fn plain(&mut self, text: &str, format: &Format) -> String {
        let chars = Chars { text: text.to_owned(), bold: false, italic: false, underline: false, added: false };
        self.formatted(&[Run::Text(chars)], format)
    }

    /// A line of the plan in the run properties of a tag, its emphasis on top.
    pub fn inlines(&mut self, inlines: &[Inline], format: &Format) -> String {
        let runs: Vec<Run> = inlines.iter().map(plain_run).collect();
        self.formatted(&runs, format)
    }

    /// Runs in the run properties of a tag, their own faces on top.
    pub fn formatted(&mut self, runs: &[Run], format: &Format) -> String {
        let mut out = String::new();
        for run in runs {
            match run {
                Run::Text(chars) => out.push_str(&one_run(&chars.text, chars, format)),
                Run::Break => out.push_str("<w:r><w:br/></w:r>"),
                Run::Link(chars, url) => {
                    let rid = self.link(url);
                    let run = one_run(&chars.text, chars, format);
                    out.push_str(&format!("<w:hyperlink r:id=\"{rid}\" w:history=\"1\">{run}</w:hyperlink>"));
                }
                Run::Entry(e) => {
                    let size = self.styles.get(Component::LoiVan).size;
                    let run = one_run(&entry::shown(e, size), &e.chars, format);
                    let control = entry::control(e, docx_rs::Run::new());
                    // docx-rs builds the shell; the run has properties that it does not know.
                    let mut nodes = self.mended(&control.build());
                    put_run(&mut nodes, &run);
                    out.push_str(&xml::text_of(&nodes));
                }
                Run::Note(_) => {
                    let mut par = bare();
                    self.add_runs(&mut par, std::slice::from_ref(run), Component::LoiVan);
                    let nodes = self.mended(&par.build());
                    for node in &nodes {
                        let Node::Element(par) = node else { continue };
                        par.elements().filter(|e| e.name != "w:pPr").for_each(|e| xml::write(e, &mut out));
                    }
                }
            }
        }
        out
    }

    /// Adds runs; neighbours of one face become one.
    pub(super) fn add_runs(&mut self, par: &mut Paragraph, runs: &[Run], style: Component) {
        for run in runs {
            match run {
                Run::Text(chars) => {
                    for (piece, symbols) in stretches(&chars.text) {
                        let made = self.face_of(chars, style, symbols);
                        match par.children.last_mut() {
                            Some(ParagraphChild::Run(last))
                                if last.run_property == made.run_property
                                    && matches!(last.children.last(), Some(RunChild::Text(_))) =>
                            {
                                if let Some(RunChild::Text(text)) = last.children.last_mut() {
                                    text.text.push_str(&xml::escape(piece));
                                }
                            }
                            _ => par.children.push(ParagraphChild::Run(Box::new(made.add_text(piece)))),
                        }
                    }
                }
                Run::Break => match par.children.last_mut() {
                    Some(ParagraphChild::Run(last)) => {
                        last.children.push(RunChild::Break(docx_rs::Break::new(BreakType::TextWrapping)))
                    }
                    _ => par
                        .children
                        .push(ParagraphChild::Run(Box::new(docx_rs::Run::new().add_break(BreakType::TextWrapping)))),
                },
                Run::Entry(e) => {
                    let mut made = self.face(&e.chars, style);
                    if e.chars.text.is_empty() {
                        made.run_property = made.run_property.style(self.ids.helper(PLACEHOLDER));
                    }
                    let made = made.add_text(entry::shown(e, self.styles.get(style).size));
                    par.children.push(ParagraphChild::StructuredDataTag(Box::new(entry::control(e, made))));
                }
                Run::Link(chars, url) => {
                    let rid = self.link(url);
                    let runs = stretches(&chars.text).into_iter().map(|(piece, symbols)| {
                        ParagraphChild::Run(Box::new(self.face_of(chars, style, symbols).add_text(piece)))
                    });
                    let children = runs.collect();
                    par.children.push(ParagraphChild::Hyperlink(Hyperlink {
                        link: HyperlinkData::External { rid, path: String::new() },
                        history: Some(1),
                        children,
                    }));
                }
                Run::Note(inner) => {
                    let id = self.first_note + self.notes.len();
                    // Its place is taken before it is built: a note has no note in it.
                    self.notes.push(String::new());
                    let note = self.note(id, inner);
                    let place = id - self.first_note;
                    self.notes[place] = note;
                    let mut run = docx_rs::Run::new().style(self.ids.helper(NOTE_MARK));
                    run.children.push(RunChild::FootnoteReference(FootnoteReference::new(id)));
                    par.children.push(ParagraphChild::Run(Box::new(run)));
                }
            }
        }
    }

    /// A footnote with its number in front, which docx-rs does not write.
    pub(super) fn note(&mut self, id: usize, runs: &[Run]) -> String {
        let style = Component::ChuThich;
        let mut par = bare().style(self.ids.component(style));
        let blank = Chars { text: " ".into(), bold: false, italic: false, underline: false, added: true };
        self.add_runs(&mut par, &[Run::Text(blank)], style);
        std::mem::swap(&mut self.links, &mut self.note_links);
        self.add_runs(&mut par, runs, style);
        std::mem::swap(&mut self.links, &mut self.note_links);
        let note = docx_rs::Footnote { id, content: vec![par] };
        let mut nodes = self.mended(&note.build());
        let mut number = Element::new("w:r");
        let mut property = Element::new("w:rPr");
        property.put(Element::new("w:rStyle").with("w:val", self.ids.helper(NOTE_MARK)));
        number.children = vec![Node::Element(property), Node::Element(Element::new("w:footnoteRef"))];
        if let Some(Node::Element(note)) = nodes.first_mut()
            && let Some(par) = note.child_mut("w:p")
        {
            let at = usize::from(par.child("w:pPr").is_some());
            par.children.insert(at, Node::Element(number));
        }
        xml::text_of(&nodes)
    }

    /// As [`Builder::face`], in the symbol face or not.
    fn face_of(&self, chars: &Chars, style: Component, symbols: bool) -> docx_rs::Run {
        // Neither symbol face has a bold or an italic.
        let upright = Chars { bold: false, italic: false, ..chars.clone() };
        let mut run = self.face(if symbols { &upright } else { chars }, style);
        if symbols {
            let family = SYMBOL_FAMILY;
            let fonts = RunFonts::new().ascii(family).hi_ansi(family).east_asia(family).cs(family);
            let half = super::styles::half_points(symbol_size(self.styles.get(style).size));
            run = run.fonts(fonts).size(half);
        }
        run
    }

    /// A run with what differs from its style.
    pub(super) fn face(&self, chars: &Chars, style: Component) -> docx_rs::Run {
        let own = self.styles.get(style);
        let mut run = docx_rs::Run::new();
        if chars.bold != own.bold {
            run = if chars.bold { run.bold() } else { run.disable_bold() };
        }
        if chars.italic != own.italic {
            run = if chars.italic { run.italic() } else { run.disable_italic() };
        }
        if chars.underline {
            run = run.underline("single");
        }
        run
    }
}

/// A stretch of the plan without the face of a component.
fn plain_run(inline: &Inline) -> Run {
    let chars = |text: &str, e: &Emphasis| Chars {
        text: text.to_owned(),
        bold: e.bold,
        italic: e.italic,
        underline: e.underline,
        added: false,
    };
    match inline {
        Inline::Text(text, e) => Run::Text(chars(text, e)),
        Inline::Link(text, e, url) => Run::Link(chars(text, e), url.clone()),
        Inline::Break => Run::Break,
        Inline::Note(inner) => Run::Note(inner.iter().map(plain_run).collect()),
    }
}

/// Puts a run in place of the empty one.
fn put_run(nodes: &mut [Node], run: &str) {
    for node in nodes {
        match node {
            Node::Element(e) if e.name == "w:r" && e.children.is_empty() => *node = Node::Raw(run.to_owned()),
            Node::Element(e) => put_run(&mut e.children, run),
            _ => {}
        }
    }
}

fn one_run(text: &str, chars: &Chars, format: &Format) -> String {
    let mut runs = Vec::new();
    for (piece, symbols) in stretches(text) {
        let upright = !symbols;
        let mut properties = format.run_with(chars.bold && upright, chars.italic && upright, chars.underline);
        if symbols {
            let fonts = ["w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"];
            let fonts = fonts.into_iter().fold(Element::new("w:rFonts"), |e, which| e.with(which, SYMBOL_FAMILY));
            properties.get_or_insert_with(|| Element::new("w:rPr")).put(fonts);
        }
        let mut text = Element::new("w:t").with("xml:space", "preserve");
        text.children.push(Node::Text(piece.to_owned()));
        let mut run = Element::new("w:r");
        run.children.extend(properties.map(Node::Element));
        run.children.push(Node::Element(text));
        runs.push(Node::Element(run));
    }
    signs::as_word_has_them(&mut runs);
    xml::text_of(&runs)
}

/// Stretches of text that are in the symbol face, and those that are not.
fn stretches(text: &str) -> Vec<(&str, bool)> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let symbols = is_symbol(first);
        let end = rest.find(|c| is_symbol(c) != symbols).unwrap_or(rest.len());
        out.push((&rest[..end], symbols));
        rest = &rest[end..];
    }
    if out.is_empty() {
        out.push((text, false));
    }
    out
}
