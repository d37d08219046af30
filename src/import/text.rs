//! Plain text as a stream: each paragraph one, lines that a printer or a portal broke joined again.

use super::stream::{Cell, LeftOut, Par, Piece, Row, Run, Stream, Table};
use crate::chars::in_capitals;
use crate::markup::marker;

/// Reads a text.
pub fn read(text: &str) -> Stream {
    let mut all: Vec<&str> = text.lines().flat_map(without_rule).collect();
    let head = all.len().min(HEAD);
    let apart: Vec<&str> = all.drain(..head).flat_map(parts_of_head).collect();
    all.splice(0..0, apart);
    let (lines, mut left_out) = without_page_numbers(&all);
    let (tags, lines): (Vec<&str>, Vec<&str>) = lines.into_iter().partition(|line| is_tags(line));
    left_out
        .extend(tags.into_iter().map(|line| LeftOut { words: line.trim().to_owned(), reason: "thẻ của trang web" }));
    let filled: Vec<usize> = lines.iter().map(|l| l.trim().chars().count()).filter(|n| *n > 0).collect();
    // Text of a PDF has a blank line behind every line: then blank lines say nothing.
    let blank = lines.len() - filled.len();
    let spaced = blank * 10 >= filled.len() * 8;
    let full = typical(&filled);
    let wrapped = is_wrapped(&lines);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut last: Option<String> = None;
    let mut gap = 0;
    for line in lines {
        let bare = line.trim_end();
        if bare.trim().is_empty() {
            gap += 1;
            continue;
        }
        let apart = if spaced { gap > 2 } else { gap > 0 };
        gap = 0;
        let goes_on = last.as_deref().is_some_and(|b| {
            let subject = matches!(pieces.last(), Some(Piece::Par(par)) if par.text().starts_with("V/v"));
            let least = if wrapped || subject { 1 } else { SENTENCE };
            let joins = continues(b, bare, full) || hangs(b, bare) || subject && is_of_subject(bare);
            !apart && joins || is_broken_off(b, bare, least)
        });
        match (&mut pieces[..], goes_on) {
            ([.., Piece::Par(par)], true) => {
                if let Some(run) = par.runs.last_mut() {
                    run.text.push(' ');
                    run.text.push_str(&kept(bare.trim()));
                }
            }
            _ => {
                if apart && !pieces.is_empty() {
                    pieces.push(Piece::Par(Par::default()));
                }
                pieces.push(Piece::Par(Par::plain(&kept(bare))));
            }
        }
        last = Some(bare.trim().to_owned());
    }
    Stream { pieces, left_out, ..Stream::default() }
}

/// A line in capitals, or the motto, and the rule that was drawn below it, as law libraries put them on one line.
fn without_rule(line: &str) -> impl Iterator<Item = &str> {
    let words = line.trim_end().trim_end_matches('-');
    let rule = &line[words.len()..];
    let drawn = rule.trim_end().chars().count() > 3;
    // Behind a colon it is a place to fill in.
    let capitals = in_capitals(words) && words.chars().any(char::is_alphabetic) && !words.trim_end().ends_with(':');
    let head = capitals || words.trim_end().ends_with("Hạnh phúc");
    let (first, second) = if drawn && head { (words, Some(rule)) } else { (line, None) };
    std::iter::once(first).chain(second)
}

/// Whether a line is tags without a text (`<table id="1"></table>`).
fn is_tags(line: &str) -> bool {
    let mut rest = line.trim();
    let tag =
        |text: &str| text.starts_with('<') && text[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
    let any = tag(rest);
    while tag(rest) {
        let Some(end) = rest.find('>') else { return false };
        rest = rest[end + 1..].trim_start();
    }
    any && rest.is_empty()
}

/// Lines at the start in which a letterhead stands.
const HEAD: usize = 16;

/// A line of a letterhead of which a crawler made one of several: tiêu ngữ behind Quốc hiệu, the subject behind the number,
/// the addressees behind the date.
fn parts_of_head(line: &str) -> Vec<&str> {
    let mut out = vec![line];
    // Cells are parted by bars.
    if line.trim_start().starts_with('|') {
        return out;
    }
    for (before, begins) in [("VIỆT NAM", "Độc lập"), ("Số", "V/v "), ("ngày", "Kính gửi")] {
        let last = out[out.len() - 1];
        let found = last.find(begins).filter(|at| *at > 0 && last[..*at].contains(before));
        // Columns are parted by what parts them.
        let wide = |at: usize| last[..at].ends_with("   ") || last[..at].ends_with('\t');
        if let Some(at) = found.filter(|at| !wide(*at)) {
            let end = out.len() - 1;
            out[end] = last[..at].trim_end();
            out.push(&last[at..]);
        }
    }
    out
}

/// Lines of words between two numbers of pages, at least: numbers that stand nearer are those of rows or members.
const LINES_OF_A_PAGE: usize = 15;

/// The lines without the numbers of pages: lines of a number only that count up through the text from 1 or 2, a page apart.
fn without_page_numbers<'l>(all: &[&'l str]) -> (Vec<&'l str>, Vec<LeftOut>) {
    let number = |line: &str| line.trim().trim_matches(['-', '–', ' ']).parse::<usize>().ok().filter(|n| *n < 1000);
    let filled: Vec<&str> = all.iter().copied().filter(|l| !l.trim().is_empty()).collect();
    let found: Vec<(usize, usize)> = filled.iter().enumerate().filter_map(|(at, l)| Some((at, number(l)?))).collect();
    let first = found.first().is_some_and(|(at, n)| *n <= 2 && *at >= LINES_OF_A_PAGE);
    let apart = |w: &[(usize, usize)]| w[1].1 == w[0].1 + 1 && w[1].0 - w[0].0 > LINES_OF_A_PAGE;
    if !first || !found.windows(2).all(apart) {
        return (all.to_vec(), Vec::new());
    }
    let gone = |(_, n): (usize, usize)| LeftOut { words: n.to_string(), reason: "số trang" };
    (all.iter().copied().filter(|l| number(l).is_none()).collect(), found.into_iter().map(gone).collect())
}

/// Letters that a plan may hold; those of symbol fonts and the like are gone.
fn kept(text: &str) -> String {
    text.chars().filter(|c| matches!(c, '\t' | '\u{1F}') || !crate::source::is_forbidden(*c)).collect()
}

/// The length of a full line: most lines of a broken text have nearly that.
fn typical(lengths: &[usize]) -> usize {
    let mut sorted = lengths.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() * 9 / 10).copied().unwrap_or_default()
}

/// Whether a line goes on with the sentence of the line before.
fn continues(before: &str, raw: &str, full: usize) -> bool {
    let line = raw.trim();
    let small = line.chars().next().is_some_and(char::is_lowercase);
    // `;` ends a member of a list; a small letter goes on behind it.
    let ended = before.ends_with(['.', ':', '!', '?', '/', '|']) || before.ends_with(';') && !small;
    let length = before.chars().count();
    let long = length * 10 >= full * 7 && full > 40 && full < 140;
    // A year or a day at the start of a line is none of an outline.
    let number = line.split(['.', ')']).next().and_then(|n| n.parse::<usize>().ok()).is_some_and(|n| n > 99);
    let begins = marker::find(line).is_some() && !number
        || line.starts_with(['-', '–', '+', '•', '|', '#'])
        || line.starts_with('(') && (in_capitals(before) || line.to_uppercase().contains("KÈM THEO"));
    let folded = line.to_uppercase();
    let label = ["NƠI NHẬN", "KÍNH GỬI", "CĂN CỨ", "V/V", "SỐ:"].iter().any(|w| folded.starts_with(w))
        || before.to_uppercase().starts_with("SỐ:")
        || folded.starts_with("PHỤ LỤC") && (line.chars().count() < 40 || length * 10 < full * 9)
        || folded == line && line.chars().any(char::is_alphabetic) && !in_capitals(before);
    let columns = raw.trim_start().contains("    ") || before.contains("    ");
    long && !ended && !begins && !label && !columns && folded != before.to_uppercase()
}

/// Whether a line below `V/v …` belongs to it: no other part of a letterhead and no label.
fn is_of_subject(raw: &str) -> bool {
    let line = raw.trim();
    let folded = line.to_uppercase();
    let other = ["KÍNH GỬI", "CỘNG H", "ĐỘC LẬP", "SỐ:"].iter().any(|w| folded.starts_with(w));
    let dated = folded.contains("NGÀY") && folded.contains("THÁNG") && line.chars().count() < 60;
    let columns = raw.trim_start().contains("   ") || raw.trim_start().contains('\t') || raw.starts_with("        ");
    !other && !dated && !columns && !in_capitals(line) && marker::find(line).is_none() && line.chars().count() < 60
}

/// Sentences broken in the middle, from which on a text has its lines from a page or from the code of a web page: there a
/// short line may be broken off too.
const WRAPPED: usize = 6;

fn is_wrapped(lines: &[&str]) -> bool {
    lines.windows(2).filter(|w| is_broken_off(w[0].trim(), w[1], SENTENCE)).count() >= WRAPPED
}

/// `kinh tế` and `- xã hội` on two lines.
fn is_half_of_compound(before: &str, line: &str) -> bool {
    ["kinh tế", "chính trị", "văn hóa", "văn hoá"].iter().any(|w| before.to_lowercase().ends_with(w))
        && ["- xã hội", "– xã hội"].iter().any(|w| line.to_lowercase().starts_with(w))
}

/// Words behind which no line ends but in the middle of a sentence.
#[rustfmt::skip]
const HANGING: [&str; 25] = [
    "của", "và", "các", "những", "về", "theo", "tại", "cho", "với", "năm", "tháng", "ngày", "số", "do", "từ", "đến", "là",
    "được", "để", "trong", "trên", "hoặc", "bởi", "này,", "vào",
];

/// Whether the line before cannot end where it does.
fn hangs(before: &str, raw: &str) -> bool {
    let last = before.rsplit(' ').next().unwrap_or_default();
    let word = if in_capitals(before) { last.to_lowercase() } else { last.to_owned() };
    let line = raw.trim();
    HANGING.contains(&word.as_str())
        && line.starts_with(char::is_alphanumeric)
        && (marker::find(line).is_none() || line.starts_with(|c: char| c.is_ascii_digit()))
        && (in_capitals(before) == in_capitals(line) || !line.contains(char::is_alphabetic))
        && !raw.trim_start().contains("    ")
        && !before.contains("    ")
}

/// Letters from which on a line that does not end like a sentence is no title.
const SENTENCE: usize = 45;

/// Whether a line goes on in the middle of a sentence, behind the end of a page too: the line before has no mark at its
/// end, and this one begins with a small letter.
fn is_broken_off(before: &str, raw: &str, least: usize) -> bool {
    let line = raw.trim();
    before.chars().count() >= least
        && !in_capitals(before)
        && before.ends_with(|c: char| c.is_alphanumeric() || c == ',')
        && (line.starts_with(char::is_lowercase) && marker::find(line).is_none() || is_half_of_compound(before, line))
        && !line.contains(" | ")
        && !raw.trim_start().contains("    ")
}

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
pub fn read_markdown(text: &str) -> Stream {
    let (text, mut left_out) = without_head(text);
    let text = unmarked(text, &mut left_out);
    let mut out = Stream { left_out, ..Stream::default() };
    let mut rest = text.as_str();
    loop {
        let (before, table, behind) = at_html_table(rest);
        let read = read(before);
        out.pieces.extend(tables(read.pieces));
        out.left_out.extend(read.left_out);
        if table.is_empty() {
            break;
        }
        let read = super::html::read(table);
        out.pieces.extend(read.pieces);
        out.left_out.extend(read.left_out);
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
        for tag in tags(&line) {
            if tag.starts_with("<img") {
                left_out.push(LeftOut { words: tag.clone(), reason: "hình của tệp Markdown" });
            }
            line = line.replacen(&tag, "", 1);
        }
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

/// The tags of HTML in a line that say nothing but how it looks.
fn tags(line: &str) -> Vec<String> {
    const NAMES: [&str; 12] = ["div", "center", "p", "span", "font", "u", "b", "i", "strong", "em", "img", "hr"];
    let mut out = Vec::new();
    let mut rest = line;
    while let Some(start) = rest.find('<') {
        let Some(length) = rest[start..].find('>').map(|i| i + 1) else { break };
        let tag = &rest[start..start + length];
        let name = tag.trim_start_matches(['<', '/']).split([' ', '/', '>']).next().unwrap_or_default();
        if NAMES.contains(&name.to_ascii_lowercase().as_str()) {
            out.push(tag.to_owned());
        }
        rest = &rest[start + length..];
    }
    out
}

/// A sign that stands for a line break inside a cell until the cells are parted.
const BREAK: &str = "\u{1F}";

fn with_breaks(line: &str, sign: &str) -> String {
    ["<br>", "<br/>", "<br />", "<BR>"].iter().fold(line.to_owned(), |line, tag| line.replace(tag, sign))
}

/// Cells whose lines a converter has put behind each other: rules, and members behind dashes, begin lines.
fn broken(line: &str) -> String {
    let mut out = with_breaks(line, BREAK);
    let dashes = out.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    if dashes {
        return out;
    }
    for drawn in ["-----", "____", "*****"] {
        while let Some(at) = out.find(drawn) {
            let sign = drawn.chars().next().unwrap_or('-');
            let end = at + out[at..].chars().take_while(|c| *c == sign).map(char::len_utf8).sum::<usize>();
            out.replace_range(at..end, BREAK);
        }
    }
    let folded = out.to_uppercase();
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
            ('*', Some(n)) if italic || !n.is_whitespace() => {
                italic = !italic;
                runs.push(Run { bold: bold || title, italic, ..Run::default() });
            }
            ('*', None) if italic => italic = false,
            ('_', _) if underlined(&letters, at) => {
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

/// Whether a `_` opens or closes emphasis: a single one outside of words, with its partner in the paragraph.
fn underlined(letters: &[char], at: usize) -> bool {
    let single = |at: usize| {
        let near = |c: Option<&char>| c.is_some_and(|c| *c == '_');
        letters.get(at) == Some(&'_') && !near(letters.get(at + 1)) && !(at > 0 && near(letters.get(at - 1)))
    };
    let apart = |c: Option<&char>| c.is_none_or(|c| !c.is_alphanumeric());
    let touches = |c: Option<&char>| c.is_some_and(|c| !c.is_whitespace());
    let before = |at: usize| at.checked_sub(1).and_then(|at| letters.get(at));
    let opens = |at: usize| single(at) && apart(before(at)) && touches(letters.get(at + 1));
    let closes = |at: usize| single(at) && touches(before(at)) && apart(letters.get(at + 1));
    opens(at) && (at + 2..letters.len()).any(closes) || closes(at) && (0..at.saturating_sub(1)).any(opens)
}

fn push(runs: &mut [Run], c: char) {
    if let Some(last) = runs.last_mut() {
        last.text.push(c);
    }
}
