//! Markdown as a stream, as portals and converters write it; texts that have it under another name.

use super::broken::Shape;
use super::scripts::{Script, placed};
use super::stream::{Cell, LeftOut, Par, Piece, Row, Run, Stream, Table};
use super::{bars, frame, spans, text};
use crate::markup::marker;
use regex::{Captures, Regex};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// Whether a text has the marks of Markdown: at least two pairs of stars that touch what they mark, two titles, or the
/// line of dashes below the headings of a table.
pub fn has_marks(text: &str) -> bool {
    let title = |line: &&str| line.trim_start_matches('#').starts_with(' ') && line.starts_with('#');
    text.lines().any(is_below_headings)
        || text.lines().filter(title).count() > 1
        || text.lines().map(marked).sum::<usize>() > 1
}

/// How many pairs of stars a line has that touch what they mark, and nothing else.
fn marked(line: &str) -> usize {
    let mut count = 0;
    let mut open: Option<usize> = None;
    let mut at = 0;
    while let Some(found) = line[at..].find('*').map(|i| at + i) {
        let stars = line[found..].bytes().take_while(|b| *b == b'*').count();
        let (before, behind) = (line[..found].chars().next_back(), line[found + stars..].chars().next());
        let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        let touches = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        match open {
            Some(length) if length == stars && touches(before) && apart(behind) => {
                count += 1;
                open = None;
            }
            _ => open = (touches(behind) && apart(before)).then_some(stars),
        }
        at = found + stars;
    }
    count
}

/// `|---|:--:|`
fn is_below_headings(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('|') && line.contains("--") && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// Reads Markdown, as portals and converters write it: `#` titles, `**bold**`, `*italic*`, tables of bars.
pub fn read(text: &str) -> Stream {
    let (text, mut left_out) = without_head(text);
    let shape = Shape::of(text);
    let text = spans::joined(text);
    let text = bars::rows(frame::without_frame(&text, &mut left_out), BREAK);
    let text = unmarked(&text, &mut left_out);
    let mut unsure = Vec::new();
    let text = unstruck(&text, &mut unsure);
    let mut out = Stream { left_out, unsure, ..Stream::default() };
    let mut rest = text.as_str();
    loop {
        let (before, table, behind) = at_html_table(rest);
        let read = text::read_of(before, &shape);
        out.pieces.extend(tables(read.pieces));
        out.left_out.extend(read.left_out);
        if table.is_empty() {
            break;
        }
        let read = super::html::read(table);
        out.pieces.extend(read.pieces);
        out.left_out.extend(read.left_out);
        out.unsure.extend(read.unsure);
        rest = behind;
    }
    for piece in &mut out.pieces {
        match piece {
            Piece::Par(par) => emphasised(par),
            Piece::Table(table) => {
                for cell in table.rows.iter_mut().flat_map(|r| &mut r.cells) {
                    for piece in &mut cell.pieces {
                        if let Piece::Par(par) = piece {
                            emphasised(par);
                        }
                    }
                }
            }
            _ => {}
        }
    }
    out
}

/// What stands before the first table that is written in HTML, the table, and what stands behind it.
fn at_html_table(text: &str) -> (&str, &str, &str) {
    let Some(start) = text.find("<table") else { return (text, "", "") };
    let Some(end) = text[start..].find("</table>").map(|at| start + at + "</table>".len()) else {
        return (text, "", "");
    };
    if super::depth::is_too_deep(&text[start..end]) {
        return (text, "", "");
    }
    (&text[..start], &text[start..end], &text[end..])
}

/// Without the declarations at the start.
fn without_head(text: &str) -> (&str, Vec<LeftOut>) {
    let inner = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    match inner {
        Some((head, rest)) if head.lines().all(|l| l.contains(':') || l.starts_with([' ', '-', '#'])) => {
            let words = super::stream::squeezed(head);
            (rest, vec![LeftOut { words, reason: "phần khai báo của tệp Markdown" }])
        }
        _ => (text, Vec::new()),
    }
}

/// Marks of HTML inside Markdown as what they show; pictures and comments are told.
fn unmarked(text: &str, left_out: &mut Vec<LeftOut>) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let mut line = line.replace("&nbsp;", " ").replace("&amp;", "&");
        for (open, close, reason) in [("<!--", "-->", "lời chú của tệp Markdown"), ("![", ")", "hình của tệp Markdown")]
        {
            while let Some(at) = line.find(open) {
                let Some(end) = line[at..].find(close).map(|end| at + end + close.len()) else { break };
                left_out.push(LeftOut { words: line[at..end].to_owned(), reason });
                line.replace_range(at..end, "");
            }
        }
        line = without_tags(&with_scripts(line), left_out);
        // The sign of a list before another marker is the converter's.
        let inner = line.trim_start().strip_prefix("- ").map(str::trim_start);
        if let Some(inner) = inner.filter(|i| marker::find(i.trim_start_matches('*')).is_some()) {
            line = inner.to_owned();
        }
        let cells = line.trim_start().starts_with('|');
        out.push_str(&if cells { broken(&line) } else { with_breaks(&line, "\n") });
        out.push('\n');
    }
    out
}

/// Without the marks of letters struck through (`~~bỏ~~`), which are told.
fn unstruck(text: &str, unsure: &mut Vec<String>) -> String {
    let Some(struck) = STRUCK.as_ref() else { return text.to_owned() };
    let shown = struck.replace_all(text, |found: &Captures<'_>| {
        let part = |at: usize| found.get(at).map_or("", |m| m.as_str());
        let inner = part(2);
        unsure.push(format!("“{}” bị gạch ngang trong tệp; xóa nếu nó đã bị bỏ", super::stream::squeezed(inner)));
        // It goes on over the end of a line: these lines are one.
        format!("{}{}{}", part(1), inner.replace('\n', " "), part(3))
    });
    shown.into_owned()
}

/// Letters between two tildes on each side.
static STRUCK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?m)(^|[\s(“"*])~~([^~\s|](?:[^~\n|]|\n[^~\n|*+#\d–-]){0,600}?)~~($|[\s.,;:!?)”"*])"#).ok()
});

/// `m<sup>2</sup>` as `m²`; what has no such letters keeps its tags, which a reader sees.
fn with_scripts(mut line: String) -> String {
    for (open, close, script) in [("<sup>", "</sup>", Script::Raised), ("<sub>", "</sub>", Script::Lowered)] {
        let mut from = 0;
        while let Some(at) = line[from..].find(open).map(|at| from + at) {
            let inner = at + open.len();
            let Some(end) = line[inner..].find(close).map(|end| inner + end) else { break };
            let (made, _) = placed(&line[inner..end], script);
            let changed = made != line[inner..end];
            if changed {
                line.replace_range(at..end + close.len(), &made);
            }
            from = if changed { at + made.len() } else { end };
        }
    }
    line
}

/// A tag of HTML that says nothing but how a text looks, with attributes in quotes: `a < b` and `<b và c>` are none.
static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let names = "div|center|p|span|font|u|b|i|strong|em|img|hr";
    Regex::new(&format!(r#"(?i)</?({names})(?:\s+[a-z-]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>"#)).ok()
});

/// A line without such tags; pictures are told. Those that begin a block leave a blank.
fn without_tags(line: &str, left_out: &mut Vec<LeftOut>) -> String {
    let Some(tag) = TAG.as_ref().filter(|_| line.contains('<')) else { return line.to_owned() };
    let shown = tag.replace_all(line, |caught: &Captures<'_>| {
        let name = caught.get(1).map_or(String::new(), |m| m.as_str().to_ascii_lowercase());
        if name == "img" {
            let words = caught.get(0).map_or("", |m| m.as_str()).to_owned();
            left_out.push(LeftOut { words, reason: "hình của tệp Markdown" });
        }
        if matches!(name.as_str(), "div" | "center" | "p" | "hr" | "img") { " " } else { "" }
    });
    shown.into_owned()
}

/// A sign that stands for a line break inside a cell until the cells are parted.
const BREAK: &str = "\u{1F}";

fn with_breaks(line: &str, sign: &str) -> String {
    ["<br>", "<br/>", "<br />", "<BR>"].iter().fold(line.to_owned(), |line, tag| line.replace(tag, sign))
}

/// Cells whose lines a converter has put behind each other: rules of the letterhead, and members behind dashes, begin
/// lines.
fn broken(line: &str) -> String {
    let mut out = with_breaks(line, BREAK);
    let dashes = out.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    if dashes {
        return out;
    }
    let folded = out.to_uppercase();
    // Elsewhere a line of such signs is a place to write on.
    if folded.contains("HẠNH PHÚC") {
        for drawn in ["-----", "____", "*****"] {
            while let Some(at) = out.find(drawn) {
                let sign = drawn.chars().next().unwrap_or('-');
                let end = at + out[at..].chars().take_while(|c| *c == sign).map(char::len_utf8).sum::<usize>();
                out.replace_range(at..end, BREAK);
            }
        }
    }
    if folded.contains("NƠI NHẬN") || folded.contains("KÍNH GỬI") {
        for (together, apart) in
            [("; - ", ";\u{1F}- "), (": - ", ":\u{1F}- "), (") - ", ")\u{1F}- "), (";- ", ";\u{1F}- ")]
        {
            out = out.replace(together, apart);
        }
    }
    out
}

/// Lines of bars as tables; the line of dashes below the headings is none.
fn tables(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        let line = match &piece {
            Piece::Par(par) => par.text(),
            _ => String::new(),
        };
        let barred = line.len() > 2 && line.starts_with('|') && (line.ends_with('|') || line.matches('|').count() > 2);
        if !barred {
            // An empty line between rows was put there by the converter.
            if !(line.is_empty() && matches!(out.last(), Some(Piece::Table(_)))) {
                out.push(piece);
            }
            continue;
        }
        if is_below_headings(&line) {
            // The row above is the heading of a table of its own.
            if let Some(Piece::Table(table)) =
                out.last_mut().filter(|p| matches!(p, Piece::Table(t) if t.rows.len() > 1))
            {
                let heading: Vec<Row> = table.rows.pop().into_iter().collect();
                out.push(Piece::Table(Table { rows: heading, widths: Vec::new(), ruled: true }));
            }
            continue;
        }
        let cell = |(column, text): (usize, &str)| Cell {
            column,
            columns: 1,
            rows: 1,
            pieces: text.split(BREAK).map(str::trim).map(|line| Piece::Par(Par::plain(line))).collect(),
        };
        let row = Row { cells: line.trim_matches('|').split('|').enumerate().map(cell).collect(), ..Row::default() };
        match out.last_mut() {
            Some(Piece::Table(table)) => table.rows.push(row),
            _ => out.push(Piece::Table(Table { rows: vec![row], widths: Vec::new(), ruled: true })),
        }
    }
    out
}

/// Marks of emphasis as emphasis.
fn emphasised(par: &mut Par) {
    let text: String = par.runs.iter().map(|r| r.text.as_str()).collect();
    let bare = text.trim_start_matches('#');
    let title = bare.len() < text.len() && bare.starts_with(' ');
    let letters: Vec<char> = if title { bare.trim() } else { &text }.chars().collect();
    let (mut bold, mut italic) = (title, false);
    let (marks, strong) = (underlined(&letters), doubled(&letters));
    let mut runs = vec![Run { bold, ..Run::default() }];
    let mut at = 0;
    while let Some(c) = letters.get(at) {
        let next = letters.get(at + 1);
        match (c, next) {
            ('\\', Some(sign)) if sign.is_ascii_punctuation() => {
                push(&mut runs, *sign);
                at += 1;
            }
            ('*', Some('*')) => {
                bold = !bold;
                runs.push(Run { bold: bold || title, italic, ..Run::default() });
                at += 1;
            }
            // A star with a blank behind it at the start is a sign of a list, between blanks a letter.
            // A lone one that opens a line, or stands in brackets or between figures, is a sign.
            ('*', Some(n)) if italic || !n.is_whitespace() && opens(&letters, at) => {
                italic = !italic;
                runs.push(Run { bold: bold || title, italic, ..Run::default() });
            }
            ('*', None) if italic => italic = false,
            ('_', _) if strong.contains(&at) => {
                bold = !bold;
                runs.push(Run { bold: bold || title, italic, ..Run::default() });
                at += 1;
            }
            ('_', _) if marks.contains(&at) => {
                italic = !italic;
                runs.push(Run { bold: bold || title, italic, ..Run::default() });
            }
            _ => push(&mut runs, *c),
        }
        at += 1;
    }
    runs.retain(|r| !r.text.is_empty());
    par.runs = runs;
}

/// Whether a star may open emphasis.
fn opens(letters: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| letters.get(i));
    let letter = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric());
    let inside = letter(before) && letter(letters.get(at + 1));
    !inside && (letters[at + 1..].contains(&'*') || !matches!(before, None | Some('(')))
}

/// The places of `_` that open and close emphasis: single ones outside of words and addresses, each with the next as its
/// partner.
fn underlined(letters: &[char]) -> FxHashSet<usize> {
    let at = |i: Option<usize>| i.and_then(|i| letters.get(i));
    let apart = |c: Option<&char>| c.is_none_or(|c| c.is_whitespace() || "()[]“”‘’\"'.,;:!?*".contains(*c));
    let touches = |c: Option<&char>| c.is_some_and(|c| !c.is_whitespace() && *c != '_');
    let mut out = FxHashSet::default();
    let mut open: Option<usize> = None;
    for (i, c) in letters.iter().enumerate() {
        if *c != '_' {
            continue;
        }
        let (before, behind) = (at(i.checked_sub(1)), at(Some(i + 1)));
        match open {
            Some(from) if touches(before) && apart(behind) && i > from + 1 => {
                out.extend([from, i]);
                open = None;
            }
            _ => open = (apart(before) && touches(behind)).then_some(i),
        }
    }
    out
}

/// The places of `__` that open and close strong letters: two and no more, each with the next as its partner.
fn doubled(letters: &[char]) -> FxHashSet<usize> {
    let is_line = |i: usize| letters.get(i) == Some(&'_');
    let pair = |i: &usize| is_line(*i) && is_line(i + 1) && !is_line(i + 2) && (*i == 0 || !is_line(i - 1));
    let places: Vec<usize> = (0..letters.len()).filter(pair).collect();
    // Room to write on has blanks beside it.
    let touches = |i: usize| letters.get(i).is_some_and(|c| c.is_alphanumeric() || c.is_ascii_punctuation());
    // Inside of a word they are letters of it: an address, the name of a file.
    let letter = |i: Option<usize>| i.and_then(|i| letters.get(i)).is_some_and(|c| c.is_alphanumeric());
    let apart = |two: &[usize]| !letter(two[0].checked_sub(1)) && !letter(Some(two[1] + 2));
    let says = |two: &[usize]| touches(two[0] + 2) && touches(two[1] - 1) && apart(two);
    places.chunks_exact(2).filter(|two| says(two)).flatten().copied().collect()
}

fn push(runs: &mut [Run], c: char) {
    if let Some(last) = runs.last_mut() {
        last.text.push(c);
    }
}
