//! The runs of a paragraph: faces, links, footnotes, entries.

use super::builder::{Builder, RELATION, bare};
use super::entry;
use super::styles::{NOTE_MARK, PLACEHOLDER};
use super::template::Format;
use crate::decree30::style::Component;
use crate::document::{Emphasis, Inline};
use crate::face::{is_symbol, symbol_size};
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
                    let mut xml = self.text_of(&control.build());
                    // docx-rs has built the shell; the run has properties that it does not know.
                    for empty in ["<w:r></w:r>", "<w:r/>"] {
                        xml = xml.replace(empty, &run);
                    }
                    out.push_str(&xml);
                }
                Run::Note(_) => {
                    let mut par = bare();
                    self.add_runs(&mut par, std::slice::from_ref(run), Component::LoiVan);
                    let xml = self.text_of(&par.build());
                    let from = xml.find("<w:r>").unwrap_or(0);
                    let to = xml.rfind("</w:p>").unwrap_or(xml.len());
                    out.push_str(xml.get(from..to).unwrap_or_default());
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
                                    text.text.push_str(&super::xml::escape(piece));
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
        let mut xml = self.text_of(&note.build());
        let number =
            format!("<w:r><w:rPr><w:rStyle w:val=\"{}\"/></w:rPr><w:footnoteRef/></w:r>", self.ids.helper(NOTE_MARK));
        if let Some(at) = xml.find("</w:pPr>") {
            xml.insert_str(at + "</w:pPr>".len(), &number);
        }
        xml
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

fn one_run(text: &str, chars: &Chars, format: &Format) -> String {
    let properties = format.run_with(chars.bold, chars.italic, chars.underline);
    let mut out = String::new();
    for (piece, symbols) in stretches(text) {
        let piece = super::xml::escape(piece);
        let mut properties = properties.clone();
        if symbols {
            properties = format.run_with(false, false, chars.underline);
            let fonts = format!(
                "<w:rFonts w:ascii=\"{SYMBOL_FAMILY}\" w:hAnsi=\"{SYMBOL_FAMILY}\" w:eastAsia=\"{SYMBOL_FAMILY}\" w:cs=\"{SYMBOL_FAMILY}\"/>"
            );
            properties = with_fonts(&properties, &fonts);
        }
        out.push_str(&format!("<w:r>{properties}<w:t xml:space=\"preserve\">{piece}</w:t></w:r>"));
    }
    no_break_hyphens(&mut out);
    out
}

/// Run properties with other fonts: `rFonts` stands behind `rStyle` only.
fn with_fonts(properties: &str, fonts: &str) -> String {
    let mut kept = properties.to_owned();
    if let Some(at) = kept.find("<w:rFonts")
        && let Some(end) = kept[at..].find("/>")
    {
        kept.replace_range(at..at + end + 2, "");
    }
    let place = match kept.find("<w:rStyle") {
        Some(style) => kept[style..].find("/>").map(|end| style + end + 2),
        None => kept.find("<w:rPr>").map(|at| at + "<w:rPr>".len()),
    };
    match place {
        Some(at) => kept.insert_str(at, fonts),
        None => kept = format!("<w:rPr>{fonts}</w:rPr>"),
    }
    kept
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

/// Word's own element for a hyphen at which no line breaks. U+2011 in a text would be taken from another face, since
/// the document's has no such letter.
pub(super) fn no_break_hyphens(xml: &mut String) {
    open_fills_only(xml);
    const HYPHEN: &str = "</w:t><w:noBreakHyphen/><w:t xml:space=\"preserve\">";
    let mut from = 0;
    while let Some(at) = xml[from..].find('\u{2011}').map(|i| from + i) {
        let end = at + '\u{2011}'.len_utf8();
        // In an attribute (the words of a picture) it stays a letter.
        if xml[..at].rfind('>') > xml[..at].rfind('<') {
            xml.replace_range(at..end, HYPHEN);
            from = at + HYPHEN.len();
        } else {
            from = end;
        }
    }
}

/// Long words break in Word only inside lines to fill in (U+200B, Word's own sign for it); an address that is copied out
/// of Word must be whole, and Word breaks it by itself.
fn open_fills_only(xml: &mut String) {
    const OPEN: char = '\u{200B}';
    if !xml.contains(OPEN) {
        return;
    }
    let fills = |c: Option<char>| c.is_some_and(|c| matches!(c, '.' | '…' | '_' | '-'));
    let mut out = String::with_capacity(xml.len());
    let mut before = None;
    let mut rest = xml.chars().peekable();
    while let Some(c) = rest.next() {
        let begins = before.is_none_or(|b| fills(Some(b)) || matches!(b, ' ' | '>'));
        if c != OPEN || (fills(rest.peek().copied()) && begins) {
            out.push(c);
        }
        before = Some(c).filter(|c| *c != OPEN).or(before);
    }
    *xml = out;
}
