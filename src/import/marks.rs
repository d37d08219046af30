//! Letters of a file as text of a plan: emphasis in marks, signs that mean something to a plan kept as they are.

use super::stream::{Par, Run, squeezed};
use crate::markup::marker;

/// Text that a plan prints as it stands.
pub fn escaped(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (i, c) in letters.iter().enumerate() {
        let next = letters.get(i + 1);
        match c {
            '\\' | '*' => out.extend(['\\', *c]),
            '_' if next == Some(&'_') || (i > 0 && letters[i - 1] == '_') => out.extend(['\\', '_']),
            '^' if next == Some(&'[') => out.push_str("\\^"),
            '[' if text[..].contains("](") => out.push_str("\\["),
            '{' if matches!(next, Some('{' | '%' | '#')) => out.push_str("{{ \"{\" }}"),
            c => out.push(*c),
        }
    }
    out
}

/// One line of plain text: a heading, a name.
pub fn plain(par: &Par) -> String {
    escaped(&par.whole())
}

/// Letters of one look.
struct Piece {
    text: String,
    bold: bool,
    italic: bool,
    underline: bool,
    link: Option<String>,
    /// A footnote, or letters after which a new piece begins.
    closed: bool,
}

impl Piece {
    /// The letters between their marks; blanks at the ends stand outside.
    fn marked(self) -> String {
        let bare = self.text.trim();
        if bare.is_empty() || self.closed {
            return self.text;
        }
        let start = self.text.len() - self.text.trim_start().len();
        let (before, after) = (&self.text[..start], &self.text[self.text.trim_end().len()..]);
        let mark = match (self.bold, self.italic) {
            (true, true) => "***",
            (true, false) => "**",
            (false, true) => "*",
            (false, false) => "",
        };
        let line = if self.underline { "__" } else { "" };
        let inner = match &self.link {
            Some(url) => format!("[{bare}]({url})"),
            None => bare.to_owned(),
        };
        format!("{before}{mark}{line}{inner}{line}{mark}{after}")
    }
}

/// Runs of one look together; blanks between take the look of what stands before them.
fn pieces_of(runs: &[Run], usual: (bool, bool)) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for run in runs {
        if let Some(note) = &run.note {
            let inner: String = note.iter().map(|r| r.text.as_str()).collect();
            let text = format!("^[{}]", escaped(&squeezed(&inner)).replace(']', "\\]"));
            out.push(Piece { text, bold: false, italic: false, underline: false, link: None, closed: true });
            continue;
        }
        let text = escaped(&run.text.replace(['\n', '\t'], " "));
        let link = link_of(run);
        let (bold, italic) = (run.bold && !usual.0, run.italic && !usual.1);
        let underline = run.underline && run.link.is_none();
        match out.last_mut() {
            Some(last)
                if !last.closed
                    && (text.trim().is_empty()
                        || (last.bold, last.italic, last.underline) == (bold, italic, underline))
                    && last.link == link =>
            {
                last.text.push_str(&text);
            }
            _ => out.push(Piece { text, bold, italic, underline, link, closed: false }),
        }
    }
    out
}

/// A paragraph with its emphasis, for a place where the program prints upright letters; `usual` says which of bold and
/// italic the place has anyway.
pub fn marked(par: &Par, usual: (bool, bool)) -> String {
    let out: String = pieces_of(&par.runs, usual).into_iter().map(Piece::marked).collect();
    let text = squeezed(&out);
    match &par.marker {
        Some(marker) => format!("{marker} {text}"),
        None => text,
    }
}

/// Addresses become links by themselves; only words that lead elsewhere need the target.
fn link_of(run: &Run) -> Option<String> {
    run.link.clone().filter(|url| {
        let web = url.starts_with("http://") || url.starts_with("https://") || url.starts_with("mailto:");
        web && !url.contains([' ', ')', '(']) && run.text.trim() != url.as_str() && !run.text.trim().is_empty()
    })
}

/// A line of an outline. Titles are bold anyway, and so are the words that open an article.
pub fn outline(par: &Par) -> String {
    let whole = par.whole();
    let found = marker::find(&whole);
    let all_bold = par.is_bold() && par.runs.iter().all(|r| r.bold || !r.text.contains(char::is_alphanumeric));
    let all_italic = par.is_italic() && par.runs.iter().all(|r| r.italic || !r.text.contains(char::is_alphanumeric));
    match found {
        // A marker of the text itself: `*` of a list is no mark of emphasis.
        Some(marker) => {
            let sign = marker.text.to_owned();
            let mut rest = par.clone();
            if rest.marker.take().is_none() {
                cut(&mut rest, sign.chars().filter(|c| !c.is_whitespace()).count());
            }
            let text = marked(&rest, (all_bold, all_italic && all_bold));
            format!("{sign} {text}").trim_end().to_owned()
        }
        None => marked(par, (false, false)),
    }
}

/// Takes the first letters away, blanks not counted.
fn cut(par: &mut Par, mut letters: usize) {
    for run in &mut par.runs {
        while letters > 0 && !run.text.is_empty() {
            if !run.text.remove(0).is_whitespace() {
                letters -= 1;
            }
        }
        if letters == 0 {
            break;
        }
    }
    if let Some(first) = par.runs.iter_mut().find(|r| !r.text.is_empty()) {
        first.text = first.text.trim_start().to_owned();
    }
}
