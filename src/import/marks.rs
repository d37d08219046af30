//! Letters of a file as text of a plan: emphasis in marks, signs that mean something to a plan kept as they are.

use super::stream::{Par, Run, squeezed};
use crate::chars::is_letter;
use crate::decree30::outline::Level;
use crate::markup::outline::ends_like_a_sentence;
use crate::markup::{inline, marker};

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
    /// The letters between their marks; what stands at the ends and is no letter to `outside` stands outside.
    fn marked(&self, outside: fn(char) -> bool) -> String {
        let bare = self.text.trim_matches(outside);
        if self.closed || !bare.chars().any(is_letter) {
            return self.text.clone();
        }
        let start = self.text.len() - self.text.trim_start_matches(outside).len();
        let (before, after) = (&self.text[..start], &self.text[self.text.trim_end_matches(outside).len()..]);
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
///
/// Marks that a plan would print as they stand are not set: emphasis then ends at letters, or is left out.
pub fn marked(par: &Par, usual: (bool, bool)) -> String {
    let pieces = pieces_of(&par.runs, usual);
    let plain: String = pieces.iter().map(|p| p.text.as_str()).collect();
    let emphasised = pieces.iter().any(|p| p.bold || p.italic || p.underline || p.link.is_some());
    let mut text = squeezed(&plain);
    if emphasised {
        let ways: [fn(char) -> bool; 2] = [char::is_whitespace, |c| !is_letter(c)];
        let made = ways.map(|way| squeezed(&pieces.iter().map(|p| p.marked(way)).collect::<String>()));
        if let Some(good) = made.into_iter().find(|made| says_the_same(made, &text)) {
            text = good;
        }
    }
    match &par.marker {
        Some(marker) => format!("{marker} {text}"),
        None => text,
    }
}

/// Whether two texts of a plan print the same letters.
fn says_the_same(a: &str, b: &str) -> bool {
    let letters = |text: &str| {
        let (_, letters) = inline::parse_traced(text, true).ok()?;
        Some(letters.into_iter().map(|(c, _)| c).filter(|c| !c.is_whitespace()).collect::<String>())
    };
    letters(a).is_some_and(|said| letters(b) == Some(said))
}

/// Addresses become links by themselves; only words that lead elsewhere need the target.
fn link_of(run: &Run) -> Option<String> {
    run.link.clone().filter(|url| {
        let web = url.starts_with("http://") || url.starts_with("https://");
        web && !url.contains([' ', ')', '(']) && run.text.trim() != url.as_str() && !run.text.trim().is_empty()
    })
}

/// A line of an outline. Titles of parts, chapters, sections and articles are bold anyway; those of clauses are where
/// others stand below them, which [`outline`] cannot see.
pub fn outline(par: &Par) -> String {
    let whole = par.whole();
    let all_bold = par.is_bold() && par.runs.iter().all(|r| r.bold || !r.text.contains(is_letter));
    let all_italic = par.is_italic() && par.runs.iter().all(|r| r.italic || !r.text.contains(is_letter));
    match marker::find(&whole) {
        // A marker of the text itself: `*` of a list is no mark of emphasis.
        Some(marker) => {
            let sign = marker.text.to_owned();
            let bold = match marker.level {
                Level::Phan | Level::Chuong | Level::Muc | Level::TieuMuc => true,
                Level::Dieu => !ends_like_a_sentence(marker.rest),
                _ => false,
            };
            let mut rest = par.clone();
            if rest.marker.take().is_none() {
                cut(&mut rest, sign.chars().filter(|c| !c.is_whitespace()).count());
            }
            let text = marked(&rest, (all_bold && bold, all_italic && all_bold && bold));
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
