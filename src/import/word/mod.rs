//! A Word file as a stream (ECMA-376, WordprocessingML): what a reader sees on paper. On quick-xml and zip through
//! [`crate::ooxml`], whose guard for hostile files is proven; the Open XML crates at hand lose runs or panic.

mod alternatives;
mod body;
mod drawings;
mod fields;
mod formula;
mod layout;
mod legacy;
mod numbering;
mod runs;
mod styles;
mod symbols;
mod tables;

use super::signs::Lost;
use super::stream::{LeftOut, Stream, pars_of};
use crate::ooxml::package::{Package, Refusal, relations_of, resolve};
use crate::ooxml::xml::{Element, Unread};
use layout::Counts;
use legacy::Pages;
use numbering::Numbering;
use std::collections::{HashMap, HashSet};
use styles::Styles;

/// Why words of a top margin are not in the text.
pub const HEADER: &str = "đầu trang của tệp Word";
/// Why words of a foot are not in the text.
pub const FOOTER: &str = "chân trang của tệp Word";

/// What tells nothing of the text: half of the elements of a usual file.
const UNREAD: Unread = Unread {
    elements: |name| {
        let Some(name) = name.strip_prefix("w:") else { return false };
        #[rustfmt::skip]
        let unread = matches!(
            name,
            "adjustRightInd" | "autoSpaceDE" | "autoSpaceDN" | "bCs" | "bookmarkEnd" | "bookmarkStart" | "cantSplit"
                | "color" | "contextualSpacing" | "cs" | "highlight" | "iCs" | "ind" | "keepLines" | "keepNext" | "kern"
                | "lang" | "lastRenderedPageBreak" | "latentStyles" | "noProof" | "noWrap" | "proofErr" | "pBdr" | "rtl"
                | "shd" | "snapToGrid" | "suppressAutoHyphens" | "szCs" | "tabs" | "tblCellMar" | "tblInd" | "tblLook"
                | "tcMar" | "textAlignment" | "trHeight" | "widowControl"
        );
        unread
    },
    attributes: |name| name.starts_with("w:rsid") || name.starts_with("w14:"),
};

/// Reads a Word file; the names of its pictures begin with `prefix`.
pub fn read(bytes: &[u8], prefix: &str) -> Result<Stream, Refusal> {
    let package = Package::open(bytes)?;
    let main = main_part(&package)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let relations = relations(&package, &main, folder);
    let part = |kind: &str| {
        let target = relations.values().find(|r| r.kind == kind && !r.external)?;
        package.xml_without(&target.target, UNREAD).ok()
    };
    let root = package.xml_without(&main, UNREAD)?;
    let body = root.child("w:body").ok_or_else(|| Refusal::Broken(format!("phần {main} không có w:body")))?;
    let mut reader = Reader {
        styles: part("styles").map(|e| Styles::read(&e)).unwrap_or_default(),
        pages: Pages::of(body),
        numbering: part("numbering").map(|e| Numbering::read(&e)).unwrap_or_default(),
        notes: HashMap::new(),
        relations: &relations,
        package: &package,
        prefix,
        out: Stream { styled: true, ..Stream::default() },
        lost: Lost::default(),
        counts: Counts::default(),
        last_words: String::new(),
        told: HashSet::new(),
        silent: false,
        joins: false,
        in_cell: false,
        in_rules: false,
        tallest: 0.0,
        depth: 0,
    };
    for (kind, child) in [("footnotes", "w:footnote"), ("endnotes", "w:endnote")] {
        if let Some(e) = part(kind) {
            reader.read_notes(&e, child);
        }
    }
    let pieces = reader.pieces(body);
    reader.out.pieces = pieces;
    reader.out.layout = Some(reader.counts.layout(body.child("w:sectPr")));
    for (kind, reason) in [("header", HEADER), ("footer", FOOTER)] {
        reader.margin_texts(kind, reason);
    }
    if let Some(comments) = part("comments") {
        reader.comments(&comments);
    }
    reader.out.left_out.append(&mut reader.lost.told());
    Ok(reader.out)
}

/// A relationship of the main part.
struct Target {
    kind: String,
    target: String,
    external: bool,
}

/// What is needed while a file is read.
struct Reader<'p> {
    styles: Styles,
    /// Code pages from before Unicode that it uses.
    pages: Pages,
    numbering: Numbering,
    /// Paragraphs of footnotes (`f1`) and endnotes (`e1`).
    notes: HashMap<String, Vec<Element>>,
    relations: &'p HashMap<String, Target>,
    package: &'p Package,
    prefix: &'p str,
    out: Stream,
    /// Signs that no page can show.
    lost: Lost,
    /// How the body is set.
    counts: Counts,
    /// The words of the last paragraph that has some.
    last_words: String,
    /// Charts and diagrams whose words were told.
    told: HashSet<String>,
    /// Whether deleted letters are read, of which nothing more is told.
    silent: bool,
    /// Whether the mark of the last paragraph was deleted.
    joins: bool,
    /// Whether a cell is read: there Word shows the number of an empty paragraph as the number of a row.
    in_cell: bool,
    /// Whether it is a cell of a table that has rules: of data, not of the letterhead.
    in_rules: bool,
    /// The height of one line with the gaps around it, in points, at most in the row that is read.
    tallest: f64,
    /// How deep content controls, text boxes and tables are nested.
    depth: usize,
}

/// Deepest nesting of tables, text boxes and content controls.
const MAX_NESTING: usize = 40;

impl Reader<'_> {
    fn read_notes(&mut self, root: &Element, child: &str) {
        let mark = if child == "w:footnote" { 'f' } else { 'e' };
        for note in root.elements().filter(|e| e.name == child) {
            // The first two are the separators.
            if let (Some(id), None | Some("normal")) = (note.get("w:id"), note.get("w:type")) {
                let pars = note.elements().filter(|e| e.name == "w:p").cloned().collect();
                self.notes.insert(format!("{mark}{id}"), pars);
            }
        }
    }

    /// Words in the margins of pages that are no page numbers.
    fn margin_texts(&mut self, kind: &str, reason: &'static str) {
        let mut parts: Vec<&str> =
            self.relations.values().filter(|r| r.kind == kind && !r.external).map(|r| r.target.as_str()).collect();
        parts.sort_unstable();
        for part in parts {
            let Ok(root) = self.package.xml_without(part, UNREAD) else { continue };
            let pieces = self.pieces(&root);
            for par in pars_of(&pieces) {
                let words = par.whole();
                if words.chars().any(char::is_alphabetic) {
                    self.leave_out(words, reason);
                }
            }
        }
    }

    fn comments(&mut self, root: &Element) {
        for comment in root.elements().filter(|e| e.name == "w:comment") {
            let mut words = Vec::new();
            for par in comment.elements().filter(|e| e.name == "w:p") {
                words.push(self.par(par).1.whole());
            }
            self.leave_out(words.join(" "), "lời bình trong tệp Word");
        }
    }

    fn leave_out(&mut self, words: String, reason: &'static str) {
        if !words.trim().is_empty() {
            self.out.left_out.push(LeftOut { words, reason });
        }
    }
}

fn main_part(package: &Package) -> Result<String, Refusal> {
    let root = package.xml("_rels/.rels")?;
    let found = root.elements().find(|e| e.get("Type").is_some_and(|t| t.ends_with("/officeDocument")));
    let target = found.and_then(|e| e.get("Target")).map(|t| resolve("", t));
    target.ok_or_else(|| Refusal::Broken("tệp không nói phần nào là văn bản chính".to_owned()))
}

fn relations(package: &Package, part: &str, folder: &str) -> HashMap<String, Target> {
    let Ok(root) = package.xml(&relations_of(part)) else { return HashMap::new() };
    let mut out = HashMap::new();
    for e in root.elements() {
        let (Some(id), Some(kind), Some(target)) = (e.get("Id"), e.get("Type"), e.get("Target")) else { continue };
        let external = e.get("TargetMode") == Some("External");
        let target = if external { target.to_owned() } else { resolve(folder, target) };
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        out.insert(id.to_owned(), Target { kind, target, external });
    }
    out
}
