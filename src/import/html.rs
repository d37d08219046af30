//! A page of a portal as a stream: what a browser shows, block by block.

use super::scripts::{Script, placed};
use super::stream::{Align, Cell, LeftOut, Par, Piece, Row, Run, Stream, Table};
use html5ever::tendril::TendrilSink as _;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use rustc_hash::FxHashMap;

/// Elements that nobody reads.
const UNSEEN: [&str; 7] = ["head", "script", "style", "template", "noscript", "iframe", "object"];
/// Elements that stand in a line with the words around them; all others begin a line.
#[rustfmt::skip]
const INLINE: [&str; 45] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "math", "mi", "mn", "mo", "mrow", "mtext", "nobr", "o:p", "output", "q", "rp", "rt", "ruby", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];
/// Elements deeper than this are their letters only.
const MOST_DEPTH: usize = 200;
/// Most columns of a table, as in Word.
const MOST_COLUMNS: usize = 63;
/// Most rows that a cell covers.
const MOST_ROWS: usize = 1000;

/// Whether a text is a page.
pub fn is_html(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(14).collect::<String>().to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

/// Elements inside of each other at most: the parser's time grows with the square of them, and no page of an office comes
/// near.
const DEEPEST: usize = 3000;
/// Elements that nothing stands inside of, or that end without saying so.
const UNNESTED: [&str; 26] = [
    "area", "base", "br", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option",
    "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];

/// Elements whose text is none of the page's tags.
const RAW: [&str; 6] = ["script", "style", "textarea", "title", "xmp", "iframe"];

/// Elements of emphasis: open ones are opened again in each paragraph below (HTML, 13.2.4.3).
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements of emphasis that are opened again, at most: each takes memory.
const MOST_REOPENED: usize = 200_000;

/// Whether elements stand deeper inside of each other than is read, or emphasis that is never closed would be opened again
/// without end. Comments, scripts and values of attributes open nothing, nor does a drawing's element that closes itself.
pub fn is_too_deep(text: &str) -> bool {
    let mut rest = text;
    let mut open: FxHashMap<String, usize> = FxHashMap::default();
    let (mut depth, mut emphasis, mut reopened) = (0_usize, 0_usize, 0_usize);
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            // `<!-->` is a whole comment.
            let short = [">", "->"].iter().find_map(|end| comment.strip_prefix(end));
            rest = short.unwrap_or_else(|| comment.find("-->").map_or("", |end| &comment[end + 3..]));
            continue;
        }
        let (closes, tag) = rest.strip_prefix('/').map_or((false, rest), |tag| (true, tag));
        if !tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let name = tag[..tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len())].to_ascii_lowercase();
        let (end, alone) = end_of_tag(&tag[name.len()..]);
        rest = &tag[name.len() + end..];
        let drawing = ["svg", "math"].iter().any(|root| open.get(*root).is_some_and(|n| *n > 0));
        if UNNESTED.contains(&name.as_str()) && !drawing {
            reopened += if closes { 0 } else { emphasis };
        } else if !closes && RAW.contains(&name.as_str()) && !drawing {
            rest = behind_raw(rest, &name);
        } else if closes {
            // What was not opened closes nothing.
            if let Some(count) = open.get_mut(&name).filter(|count| **count > 0) {
                *count -= 1;
                depth -= 1;
                emphasis -= usize::from(FORMATTING.contains(&name.as_str()));
            }
        } else if !(alone && (drawing || DRAWN.contains(&name.as_str()))) {
            depth += 1;
            let formats = FORMATTING.contains(&name.as_str());
            reopened += if formats { 0 } else { emphasis };
            emphasis += usize::from(formats);
            *open.entry(name).or_default() += 1;
        }
        if depth > DEEPEST || reopened > MOST_REOPENED {
            return true;
        }
    }
    false
}

/// Roots of drawings, which may close themselves.
const DRAWN: [&str; 2] = ["svg", "math"];

/// Behind the `>` of a tag whose name ends here, and whether it closes itself (HTML, 13.2.5.32 to 13.2.5.40).
fn end_of_tag(tag: &str) -> (usize, bool) {
    /// What is being read of an attribute.
    #[derive(PartialEq)]
    enum At {
        Blank,
        Name,
        BeforeValue,
        Value,
        Quoted(char),
    }
    let (mut state, mut last) = (At::Blank, ' ');
    for (at, c) in tag.char_indices() {
        state = match (state, c) {
            (At::Quoted(open), _) if c == open => At::Blank,
            (At::Quoted(open), _) => At::Quoted(open),
            (At::BeforeValue, '"' | '\'') => At::Quoted(c),
            (_, '>') => return (at + 1, last == '/'),
            (At::BeforeValue, c) if c.is_whitespace() => At::BeforeValue,
            (At::BeforeValue | At::Value, c) if !c.is_whitespace() => At::Value,
            (At::Name, '=') => At::BeforeValue,
            (At::Name, c) if c.is_whitespace() => At::Name,
            (_, c) if c.is_whitespace() || c == '/' => At::Blank,
            _ => At::Name,
        };
        last = c;
    }
    (tag.len(), false)
}

/// What stands behind the end tag of an element without tags in it.
fn behind_raw<'t>(text: &'t str, name: &str) -> &'t str {
    let mut rest = text;
    while let Some(at) = rest.find("</") {
        rest = &rest[at + 2..];
        if rest.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name)) {
            return rest;
        }
    }
    ""
}

/// Reads a page.
pub fn read(text: &str) -> Stream {
    let dom = html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(text);
    let mut reader = Reader::default();
    reader.children(&dom.document, &Look::default(), 0);
    reader.end_par();
    let styled = super::stream::pars_of(&reader.pieces).iter().any(|p| p.align != Align::Left || p.is_bold());
    let Reader { pieces, left_out, unsure, .. } = reader;
    Stream { pieces, left_out, unsure, styled, ..Stream::default() }
}

#[derive(Clone, Default)]
struct Look {
    bold: bool,
    italic: bool,
    underline: bool,
    pre: bool,
    script: Script,
    struck: bool,
    link: Option<String>,
    align: Align,
}

#[derive(Default)]
struct Reader {
    pieces: Vec<Piece>,
    left_out: Vec<LeftOut>,
    unsure: Vec<String>,
    open: Par,
}

impl Reader {
    fn children(&mut self, node: &Handle, look: &Look, depth: usize) {
        for child in node.children.borrow().iter() {
            self.node(child, look, depth);
        }
    }

    fn node(&mut self, node: &Handle, look: &Look, depth: usize) {
        match &node.data {
            NodeData::Text { contents } => self.text(&contents.borrow(), look),
            NodeData::Element { name, .. } if depth > MOST_DEPTH && !UNSEEN.contains(&&*name.local) => {
                self.text(&letters(node), look);
            }
            NodeData::Element { name, .. } => self.element(node, &name.local, look, depth),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, look: &Look) {
        let kept: String = text
            .chars()
            // A line of the page's source is none of the page.
            .map(|c| if matches!(c, '\n' | '\r' | '\t') && !look.pre { ' ' } else { c })
            .collect();
        if kept.is_empty() {
            return;
        }
        let (kept, whole) = placed(&kept, look.script);
        let mut told = |what: &str| self.unsure.push(format!("“{}” {what}", super::stream::squeezed(&kept)));
        if !whole {
            told("đứng cao hơn hay thấp hơn dòng ở trang web");
        }
        if look.struck && kept.chars().any(char::is_alphanumeric) {
            told("bị gạch ngang ở trang web; xóa nếu nó đã bị bỏ");
        }
        if self.open.runs.is_empty() {
            self.open.align = look.align;
        }
        let Look { bold, italic, underline, ref link, .. } = *look;
        self.open.runs.push(Run { text: kept, bold, italic, underline, link: link.clone(), note: None });
    }

    fn element(&mut self, node: &Handle, name: &str, look: &Look, depth: usize) {
        let style = attribute(node, "style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
        if UNSEEN.contains(&name) {
            return;
        }
        if style.contains("display:none") || attribute(node, "hidden").is_some() {
            let words = letters(node);
            if words.chars().any(char::is_alphanumeric) {
                self.left_out.push(LeftOut { words: super::stream::squeezed(&words), reason: "chữ ẩn" });
            }
            return;
        }
        match name {
            "br" => return self.text_of_break(look),
            "img" => {
                let words = attribute(node, "alt").or_else(|| attribute(node, "src")).unwrap_or_default();
                self.left_out.push(LeftOut { words, reason: "hình của trang web" });
                return;
            }
            "hr" => return self.end_par(),
            // What stands in a field of a form is told, and is no text of the page.
            "input" | "textarea" | "select" => {
                let hidden = attribute(node, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("hidden"));
                let words = if name == "input" { attribute(node, "value").unwrap_or_default() } else { letters(node) };
                if !hidden && words.chars().any(char::is_alphanumeric) {
                    self.left_out
                        .push(LeftOut { words: super::stream::squeezed(&words), reason: "ô nhập của trang web" });
                }
                return;
            }
            _ => {}
        }
        let look = self.look(node, name, &style, look);
        match name {
            "table" => {
                self.end_par();
                // What stands in a table and in no cell: its caption.
                for part in
                    node.children.borrow().iter().filter(|c| !matches!(local(c), "tr" | "thead" | "tbody" | "tfoot"))
                {
                    self.node(part, &look, depth + 1);
                }
                self.end_par();
                let table = self.table(node, &style, &look, depth + 1);
                self.pieces.extend(table.map(Piece::Table));
            }
            "ol" | "ul" | "menu" => self.list(node, name, &look, depth + 1),
            _ if INLINE.contains(&name) => self.children(node, &look, depth + 1),
            _ => {
                self.end_par();
                let before = self.pieces.len();
                self.children(node, &look, depth + 1);
                self.end_par();
                // A paragraph without words parts what stands around it.
                if name == "p" && self.pieces.len() == before {
                    self.pieces.push(Piece::Par(Par::default()));
                }
            }
        }
    }

    fn text_of_break(&mut self, look: &Look) {
        self.text("\n", &Look { pre: true, ..look.clone() });
    }

    fn look(&self, node: &Handle, name: &str, style: &str, before: &Look) -> Look {
        let mut look = before.clone();
        match name {
            "b" | "strong" | "th" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => look.bold = true,
            "i" | "em" | "cite" | "dfn" => look.italic = true,
            "u" | "ins" => look.underline = true,
            "center" => look.align = Align::Center,
            "pre" => look.pre = true,
            "sup" => look.script = Script::Raised,
            "sub" => look.script = Script::Lowered,
            "s" | "del" | "strike" => look.struck = true,
            "a" => look.link = attribute(node, "href"),
            _ => {}
        }
        let said = |key: &str| {
            let mut pairs = style.split(';').filter_map(|p| p.split_once(':'));
            pairs.find(|(k, _)| *k == key).map(|(_, v)| v.to_owned())
        };
        if let Some(weight) = said("font-weight") {
            look.bold = weight == "bold" || weight == "bolder" || weight.parse::<u32>().is_ok_and(|w| w >= 600);
        }
        if let Some(slope) = said("font-style") {
            look.italic = slope == "italic" || slope == "oblique";
        }
        let line = said("text-decoration").or_else(|| said("text-decoration-line")).unwrap_or_default();
        look.underline |= line.contains("underline");
        look.struck |= line.contains("line-through");
        match said("vertical-align").as_deref() {
            Some("super") => look.script = Script::Raised,
            Some("sub") => look.script = Script::Lowered,
            _ => {}
        }
        match said("text-align").or_else(|| attribute(node, "align")).unwrap_or_default().to_ascii_lowercase().as_str()
        {
            "center" => look.align = Align::Center,
            "right" => look.align = Align::Right,
            "justify" => look.align = Align::Justify,
            "left" => look.align = Align::Left,
            _ => {}
        }
        look
    }

    /// The numbers and signs that a browser puts before the members.
    fn list(&mut self, node: &Handle, name: &str, look: &Look, depth: usize) {
        self.end_par();
        let form = attribute(node, "type").unwrap_or_default();
        let mut number = attribute(node, "start").and_then(|s| s.parse::<usize>().ok()).unwrap_or(1);
        for child in node.children.borrow().iter() {
            if local(child) != "li" {
                self.node(child, look, depth);
                continue;
            }
            self.end_par();
            number = attribute(child, "value").and_then(|s| s.parse().ok()).unwrap_or(number);
            self.open.marker = Some(match (name, form.as_str()) {
                ("ol", "a") => format!("{})", nth_letter(number)),
                ("ol", "A") => format!("{}.", nth_letter(number).to_uppercase()),
                ("ol", "I" | "i") => format!("{}.", crate::decree30::outline::roman(number.min(3999))),
                ("ol", _) => format!("{number}."),
                _ => "-".to_owned(),
            });
            number = number.saturating_add(1);
            self.children(child, look, depth);
            self.end_par();
            self.open.marker = None;
        }
    }

    fn end_par(&mut self) {
        if self.open.runs.iter().all(|r| r.text.trim().is_empty()) {
            self.open.runs.clear();
            return;
        }
        let par = std::mem::take(&mut self.open);
        self.pieces.push(Piece::Par(par));
    }

    fn table(&mut self, node: &Handle, style: &str, look: &Look, depth: usize) -> Option<Table> {
        let mut rows = Vec::new();
        rows_of(node, &mut rows);
        let mut out = Table::default();
        // For how many rows each column is still covered.
        let mut covered = vec![0_usize; MOST_COLUMNS];
        for row in rows {
            let mut made = Row::default();
            let mut column = 0;
            for cell in row.children.borrow().iter().filter(|c| matches!(local(c), "td" | "th")) {
                while covered.get(column).is_some_and(|n| *n > 0) {
                    column += 1;
                }
                if column >= MOST_COLUMNS {
                    let words = super::stream::squeezed(&letters(cell));
                    self.left_out.push(LeftOut { words, reason: "ô ở sau cột thứ 63 của bảng" });
                    continue;
                }
                let span = |name: &str| attribute(cell, name).and_then(|v| v.trim().parse::<usize>().ok()).unwrap_or(1);
                let columns = span("colspan").clamp(1, MOST_COLUMNS - column);
                let rows = span("rowspan").clamp(1, MOST_ROWS);
                let mut inner = Reader::default();
                inner.node(cell, look, depth);
                inner.end_par();
                self.left_out.append(&mut inner.left_out);
                self.unsure.append(&mut inner.unsure);
                covered.iter_mut().skip(column).take(columns).for_each(|n| *n = rows);
                made.cells.push(Cell { column, columns, rows, pieces: inner.pieces });
                column += columns;
            }
            covered.iter_mut().for_each(|n| *n = n.saturating_sub(1));
            let cells = row.children.borrow();
            made.header = !made.cells.is_empty() && cells.iter().all(|c| local(c) != "td");
            out.rows.push(made);
        }
        let count = out.rows.len();
        for (at, row) in out.rows.iter_mut().enumerate() {
            row.cells.iter_mut().for_each(|c| c.rows = c.rows.min(count - at));
        }
        let border = attribute(node, "border");
        out.ruled = match border.as_deref() {
            Some(width) => width.trim() != "0",
            None if style.contains("border:none") || style.contains("border:0") => false,
            None => style.contains("border:") || count > 2,
        };
        Some(out).filter(|t| t.rows.iter().any(|r| !r.cells.is_empty()))
    }
}

/// The rows of a table, those of tables in its cells not.
fn rows_of(node: &Handle, out: &mut Vec<Handle>) {
    for child in node.children.borrow().iter() {
        match local(child) {
            "tr" => out.push(child.clone()),
            "thead" | "tbody" | "tfoot" => {
                out.extend(child.children.borrow().iter().filter(|c| local(c) == "tr").cloned());
            }
            _ => {}
        }
    }
}

fn local(node: &Handle) -> &str {
    match &node.data {
        NodeData::Element { name, .. } => &name.local,
        _ => "",
    }
}

fn attribute(node: &Handle, name: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else { return None };
    attrs.borrow().iter().find(|a| &*a.name.local == name).map(|a| a.value.to_string())
}

/// All letters below a node, however deep.
fn letters(node: &Handle) -> String {
    let mut out = String::new();
    let mut open = vec![node.clone()];
    while let Some(node) = open.pop() {
        if let NodeData::Text { contents } = &node.data {
            out.push_str(&contents.borrow());
            out.push(' ');
        }
        if !UNSEEN.contains(&local(&node)) {
            open.extend(node.children.borrow().iter().rev().cloned());
        }
    }
    out
}

/// `a` to `z`, then `aa`.
fn nth_letter(number: usize) -> String {
    let mut rest = number.clamp(1, 10_000);
    let mut out = Vec::new();
    while rest > 0 {
        rest -= 1;
        out.push(char::from(b'a' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    out.iter().rev().collect()
}
