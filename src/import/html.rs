//! A page of a portal as a stream: what a browser shows, block by block.

use super::scripts::{Script, placed};
use super::stream::{Align, Cell, LeftOut, Par, Piece, Row, Run, Stream, Table};
use html5ever::tendril::TendrilSink as _;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

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
