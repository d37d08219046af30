//! The lines of a plan as a drafter means them, before YAML sees them.
//!
//! Where the format wants a text, what stands in the file is the text: `Lưu: VT`, `[x]`, `… như sau:`. YAML takes such
//! signs for its own, so the value is masked with as many bytes of a harmless letter, and put back when the tree is
//! built: all places stay true. A slip of the structure (indentation lost, a bar forgotten, a bracket left open) is told
//! once, at its own line, in the drafter's terms; what it spoils is masked, and reading goes on.
//!
//! The lines are walked by indentation beside the key tables. This is no YAML parser: what it does not understand is left
//! as it stands for the one that is.

mod blocks;
mod faults;
mod flow;
mod signs;
mod values;
mod want;

pub use faults::colon_report;
pub use want::Want;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::draft::keys::Keys;
use crate::source::{Source, Span};
use std::collections::{BTreeMap, BTreeSet};

/// A value that is the text as typed.
#[derive(Clone, Debug)]
pub struct AsTyped {
    /// Where it stands, perhaps over several lines.
    pub span: Span,
    /// The text; lines are joined by a blank, as YAML folds them.
    pub text: String,
}

/// A text that YAML accepts more often than the one typed, of the same length.
pub struct Mended {
    /// The text for the parser.
    pub text: String,
    /// Values to put back, by their first byte.
    pub kept: BTreeMap<usize, AsTyped>,
    /// What a slip spoils: its bytes say nothing.
    pub masked: Vec<Span>,
    /// Keys that stand in what a slip spoils: they are not missing.
    pub meant: BTreeSet<String>,
    /// Whether nothing can be read behind a slip.
    pub stop: bool,
}

impl Mended {
    /// A text that YAML is to read as it stands.
    pub fn untouched(source: &Source) -> Self {
        Mended {
            text: source.text.clone(),
            kept: BTreeMap::new(),
            masked: Vec::new(),
            meant: BTreeSet::new(),
            stop: false,
        }
    }
}

/// Walks the lines of a source whose root is `want`.
pub fn mend(source: &Source, want: Want, diagnostics: &mut Diagnostics) -> Mended {
    let mut mender = Mender::new(&source.text);
    mender.root(want);
    for problem in mender.found {
        diagnostics.push(problem);
    }
    Mended {
        // Only whole characters were replaced, by ASCII.
        text: String::from_utf8(mender.out).unwrap_or_else(|_| source.text.clone()),
        kept: mender.kept,
        masked: mender.masked,
        meant: mender.meant,
        stop: mender.stop,
    }
}

/// A line without its end.
#[derive(Clone, Copy, Debug)]
struct Line {
    /// Column at which its content stands; for a member of a list that begins with a key, that key's column.
    indent: usize,
    /// First byte of the content.
    at: usize,
    /// Byte behind the last one that is not blank.
    end: usize,
    /// First byte of the line.
    start: usize,
}

impl Line {
    fn blank(&self) -> bool {
        self.at >= self.end
    }
}

/// A level of the file that is open: lines at its indent continue it.
#[derive(Clone)]
enum Level {
    /// A mapping with these keys; any keys where there are none.
    Map(Vec<&'static Keys>),
    /// A list.
    List,
}

struct Mender<'s> {
    text: &'s str,
    out: Vec<u8>,
    lines: Vec<Line>,
    levels: Vec<(usize, Level)>,
    kept: BTreeMap<usize, AsTyped>,
    masked: Vec<Span>,
    meant: BTreeSet<String>,
    found: Vec<Diagnostic>,
    stop: bool,
    /// Names of anchors that an alias uses.
    anchors: BTreeSet<&'s str>,
    /// The report of a dash without a blank, and how many more lines have one.
    dashes: Option<(usize, usize)>,
}

impl<'s> Mender<'s> {
    fn new(text: &'s str) -> Self {
        let mut lines = Vec::new();
        let mut start = 0;
        for raw in text.split_inclusive('\n') {
            let body = raw.strip_suffix('\n').unwrap_or(raw);
            let indent = body.len() - body.trim_start_matches(' ').len();
            let end = start + body.trim_end_matches([' ', '\t']).len();
            lines.push(Line { indent, at: (start + indent).min(end), end, start });
            start += raw.len();
        }
        Mender {
            text,
            out: text.as_bytes().to_vec(),
            lines,
            levels: Vec::new(),
            kept: BTreeMap::new(),
            masked: Vec::new(),
            meant: BTreeSet::new(),
            found: Vec::new(),
            stop: false,
            anchors: anchors(text),
            dashes: None,
        }
    }

    fn root(&mut self, want: Want) {
        if let Some(tabs) = self.tabs() {
            self.found.push(tabs);
            self.stop = true;
            return;
        }
        let mut at = self.next_line(0);
        // The mark at the start of a YAML document.
        if at < self.lines.len() && self.body(at) == "---" {
            at = self.next_line(at + 1);
        }
        if at < self.lines.len() {
            let indent = self.lines[at].indent;
            self.nested(at, indent, want, None);
        }
        if let Some((report, more)) = self.dashes
            && more > 0
            && let Some(problem) = self.found.get_mut(report)
        {
            problem.message = format!("{} {more} dòng sau cũng vậy.", problem.message);
        }
    }

    /// What a line says, without blanks at both ends.
    fn body(&self, line: usize) -> &'s str {
        let l = &self.lines[line];
        self.text.get(l.at..l.end.max(l.at)).unwrap_or("")
    }

    /// The first line from `from` on that is neither blank nor a comment.
    fn next_line(&self, from: usize) -> usize {
        (from..self.lines.len())
            .find(|i| !self.lines[*i].blank() && !self.body(*i).starts_with('#'))
            .unwrap_or(self.lines.len())
    }

    /// Fills a range with a harmless letter, so that YAML sees one plain value; further lines become blank.
    fn fill(&mut self, span: Span) {
        let mut first = true;
        for at in span.start..span.end.min(self.out.len()) {
            if self.out[at] == b'\n' {
                first = false;
            } else {
                self.out[at] = if first { b'x' } else { b' ' };
            }
        }
    }

    fn clear(&mut self, span: Span) {
        for at in span.start..span.end.min(self.out.len()) {
            if self.out[at] != b'\n' {
                self.out[at] = b' ';
            }
        }
    }

    /// Masks a value that is the text as it stands.
    fn keep(&mut self, span: Span, text: String) {
        self.fill(span);
        self.kept.insert(span.start, AsTyped { span, text });
    }

    /// Masks what a slip spoils: its first line stands for a value, the rest is blank.
    fn spoil(&mut self, span: Span) {
        self.fill(span);
        self.masked.push(span);
        for line in self.text.get(span.range()).unwrap_or("").lines() {
            let name = line.trim_start_matches(['-', ' ']);
            let end = name.find(|c: char| !(c.is_ascii_lowercase() || c == '_')).unwrap_or(name.len());
            if end > 0 {
                self.meant.insert(name[..end].to_owned());
            }
        }
    }

    /// Makes lines the value of a key with nothing behind it.
    fn spoil_lines(&mut self, from: usize, to: usize, key_indent: usize) {
        let Some(last) = to.checked_sub(1).filter(|last| *last >= from) else { return };
        let span = Span::new(self.lines[from].start, self.lines[last].end);
        self.spoil(span);
        let first = self.lines[from];
        let indent = Span::new(first.start, (first.start + key_indent + 1).min(first.end.saturating_sub(1)));
        self.clear(indent);
    }

    /// Whether a line continues a level that is open.
    fn fits(&self, line: usize) -> bool {
        let (indent, body) = (self.lines[line].indent, self.body(line));
        if body == "---" || body == "..." {
            return true;
        }
        self.levels.iter().any(|(at, level)| {
            *at == indent
                && match level {
                    Level::List => signs::is_dash(body),
                    Level::Map(keys) => blocks::is_key(body, keys),
                }
        })
    }

    /// The first line from `from` on that continues a level that is open.
    fn next_fit(&self, from: usize) -> usize {
        (from..self.lines.len()).find(|i| !self.lines[*i].blank() && self.fits(*i)).unwrap_or(self.lines.len())
    }

    /// A tab in the indentation outside text: its level cannot be guessed.
    fn tabs(&self) -> Option<Diagnostic> {
        let mut found: Option<usize> = None;
        let mut more = 0;
        let mut block: Option<usize> = None;
        for line in &self.lines {
            let body = self.text.get(line.at..line.end.max(line.at)).unwrap_or("");
            if block.is_some_and(|outer| line.indent > outer || line.blank()) {
                continue;
            }
            block = values::opens_block(body).then_some(line.indent);
            if body.starts_with('\t') {
                match found {
                    None => found = Some(line.at),
                    Some(_) => more += 1,
                }
            }
        }
        found.map(|at| {
            let rest = self.text.get(at..).and_then(|t| t.lines().next()).unwrap_or("");
            faults::tab(at, more, rest)
        })
    }
}

/// Names that stand as an anchor (`&ten`) and as an alias (`*ten`).
fn anchors(text: &str) -> BTreeSet<&str> {
    if !text.contains('&') || !text.contains('*') {
        return BTreeSet::new();
    }
    let names = |sign: char| -> BTreeSet<&str> {
        text.split(sign)
            .skip(1)
            .map(|rest| &rest[..rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len())])
            .filter(|name| !name.is_empty())
            .collect()
    };
    names('&').intersection(&names('*')).copied().collect()
}
