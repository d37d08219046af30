//! Marks inside a string: `**đậm**`, `*nghiêng*`, `__gạch chân__`, `^[chú thích]`, `[chữ](https://…)`, bare addresses,
//! `\` before a mark. Everything else is literal.

use super::near_marker::escape;
use super::slot;
use super::tidy::tidy;
use crate::chars::is_white;
use crate::document::{Emphasis, Inline};
use linkify::{LinkFinder, LinkKind};

/// The marks that `\` makes literal: those of this file, and the signs that open a line of outline text.
const ESCAPED: &str = "\\*_[]^|-+";

/// A footnote that is opened and never closed, at this byte of the text.
#[derive(Debug, PartialEq, Eq)]
pub struct OpenNote(pub usize);

/// A mark that is printed as it stands and was perhaps meant as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// An emphasis that is opened (this sign, at this byte) and never closed.
    Unclosed(&'static str, usize),
    /// A footnote inside a footnote, at this byte.
    NoteInNote(usize),
    /// A footnote inside the words of a link, at this byte.
    NoteInLink(usize),
}

/// What a paragraph says.
#[derive(Debug, Default, PartialEq)]
pub struct Parsed {
    /// The pieces.
    pub inlines: Vec<Inline>,
    /// What may have been meant otherwise, in order.
    pub doubts: Vec<Doubt>,
}

/// Parses a paragraph. Blanks are collapsed to one and cut at both ends; a no-break space stays.
///
/// A mark of emphasis opens before a letter, a digit, an opening quote or bracket or a value, and after nothing, a
/// blank or an opening quote or bracket; it closes the mirror way. So `2*3`, `(*)` and `a_b` are what they are.
pub fn parse(text: &str) -> Result<Parsed, OpenNote> {
    read(text, None).map(|(parsed, _)| parsed)
}

/// The letters of what is said, each with its byte in the text; those of a footnote stand at its mark.
pub type Letters = Vec<(char, usize)>;

/// As [`parse`], with the letters if they are asked for.
pub fn parse_traced(text: &str, traced: bool) -> Result<(Parsed, Letters), OpenNote> {
    read(text, traced.then(|| Letters::with_capacity(text.len())))
}

fn read(text: &str, letters: Option<Letters>) -> Result<(Parsed, Letters), OpenNote> {
    let (pieces, doubts) = (Vec::new(), Vec::new());
    let mut parser = Parser { text, head: escape(text), pieces, pending: String::new(), error: None, doubts, letters };
    parser.run(0, text.len(), Emphasis::default(), true);
    parser.flush(Emphasis::default());
    match parser.error {
        Some(at) => Err(OpenNote(at)),
        None => {
            let parsed = Parsed { inlines: tidy(parser.pieces), doubts: parser.doubts };
            Ok((parsed, parser.letters.unwrap_or_default()))
        }
    }
}

struct Parser<'t> {
    text: &'t str,
    /// The `\` before the sign that would make the paragraph one with a marker.
    head: Option<usize>,
    pieces: Vec<Inline>,
    pending: String,
    error: Option<usize>,
    doubts: Vec<Doubt>,
    /// The letters so far, where they are asked for.
    letters: Option<Letters>,
}

/// A part of the text in one emphasis.
struct Stretch {
    end: usize,
    emphasis: Emphasis,
    /// Footnotes may stand here.
    notes: bool,
    /// Once a mark has no partner, no later one of the same length has.
    hopeless: [bool; 5],
    hopeless_bracket: bool,
}

impl Parser<'_> {
    /// Notes a letter that is said, and its byte.
    fn note(&mut self, c: char, at: usize) {
        if let Some(letters) = self.letters.as_mut().filter(|_| !c.is_whitespace()) {
            letters.push((c, at));
        }
    }

    /// Letters of the text without a mark among them, as many as stand here; gives where the text goes on.
    fn keep_plain(&mut self, at: usize, end: usize) -> usize {
        let rest = &self.text[at..end];
        let marks = |b: &u8| matches!(b, b'\\' | b'*' | b'_' | b'^' | b'[');
        let first = |text: &str| text.bytes().position(|b| marks(&b)).unwrap_or(text.len());
        let stretch = &rest[..first(rest)];
        let stretch = &stretch[..stretch.find("http").unwrap_or(stretch.len())];
        self.pending.push_str(stretch);
        if let Some(letters) = self.letters.as_mut() {
            letters.extend(stretch.char_indices().filter(|(_, c)| !is_white(*c)).map(|(i, c)| (c, at + i)));
        }
        at + stretch.len()
    }

    /// A letter of the text at hand.
    fn keep(&mut self, c: char, at: usize) {
        self.pending.push(c);
        self.note(c, at);
    }

    fn flush(&mut self, emphasis: Emphasis) {
        if !self.pending.is_empty() {
            let text = std::mem::take(&mut self.pending);
            self.pieces.push(Inline::Text(text, emphasis));
        }
    }

    fn run(&mut self, start: usize, end: usize, emphasis: Emphasis, notes: bool) {
        let mut stretch = Stretch { end, emphasis, notes, hopeless: [false; 5], hopeless_bracket: false };
        let mut at = start;
        while at < end {
            at = self.keep_plain(at, end);
            let rest = &self.text[at..end];
            let Some(c) = rest.chars().next() else { break };
            at = match c {
                '\\' => self.backslash(at, &stretch),
                '*' | '_' => self.mark(at, c, &mut stretch),
                '^' if rest.starts_with("^[") => self.footnote(at, &stretch),
                '[' if !stretch.hopeless_bracket => self.link(at, &mut stretch),
                'h' if rest.starts_with("http://") || rest.starts_with("https://") => self.address(at, &stretch),
                c => self.letter(c, at),
            };
        }
    }

    /// Each of these reads what begins at `at`, and gives where the text goes on.
    fn letter(&mut self, c: char, at: usize) -> usize {
        self.keep(c, at);
        at + c.len_utf8()
    }

    fn backslash(&mut self, at: usize, stretch: &Stretch) -> usize {
        match self.text[at + 1..stretch.end].chars().next() {
            Some('\n') => {
                self.flush(stretch.emphasis);
                self.pieces.push(Inline::Break);
                at + 2
            }
            Some(mark) if ESCAPED.contains(mark) => self.letter(mark, at + 1),
            _ if self.head == Some(at) => at + 1,
            _ => self.letter('\\', at),
        }
    }

    /// A run of `*` or `_`: emphasis where it has a partner.
    fn mark(&mut self, at: usize, c: char, stretch: &mut Stretch) -> usize {
        let length = self.text.as_bytes()[at..stretch.end].iter().take_while(|b| **b == c as u8).count();
        let slot = if c == '*' { length.min(4) } else { 0 };
        let usable = if c == '*' { length <= 3 } else { length == 2 };
        let hopeless = stretch.hopeless[slot];
        let close = (usable && !hopeless).then(|| self.partner(at, stretch.end, c, length)).flatten();
        if let Some(close) = close.filter(|_| adds(stretch.emphasis, c, length)) {
            self.flush(stretch.emphasis);
            let inner = with(stretch.emphasis, c, length);
            self.run(at + length, close, inner, stretch.notes);
            self.flush(inner);
            return close + length;
        }
        if usable && close.is_none() && opens(self.text, at, length, stretch.end) {
            if !hopeless {
                let sign = match (c, length) {
                    ('_', _) => "__",
                    (_, 1) => "*",
                    (_, 2) => "**",
                    _ => "***",
                };
                self.doubts.push(Doubt::Unclosed(sign, at));
            }
            stretch.hopeless[slot] = true;
        }
        (at..at + length).for_each(|i| self.keep(c, i));
        at + length
    }

    fn footnote(&mut self, at: usize, stretch: &Stretch) -> usize {
        if !stretch.notes {
            self.doubts.push(Doubt::NoteInNote(at));
            return self.letter('^', at);
        }
        let Some(close) = bracket(self.text, at + 1, stretch.end) else {
            self.error.get_or_insert(at);
            let bracket = self.letter('^', at);
            return self.letter('[', bracket);
        };
        self.flush(stretch.emphasis);
        let outer = std::mem::take(&mut self.pieces);
        self.run(at + 2, close, Emphasis::default(), false);
        self.flush(Emphasis::default());
        let inner = std::mem::replace(&mut self.pieces, outer);
        // The mark stands right behind the word, whatever blank was typed between.
        self.pieces.push(Inline::Note(tidy(inner)));
        close + 1
    }

    fn link(&mut self, at: usize, stretch: &mut Stretch) -> usize {
        let Some(close) = bracket(self.text, at, stretch.end) else {
            stretch.hopeless_bracket = true;
            return self.letter('[', at);
        };
        let address = address(&self.text[close + 1..stretch.end]);
        let Some(length) = address.filter(|_| close > at + 1) else { return self.letter('[', at) };
        self.flush(stretch.emphasis);
        if let Some(note) = self.text[at + 1..close].find("^[") {
            self.doubts.push(Doubt::NoteInLink(at + 1 + note));
        }
        let mut shown = String::new();
        for (i, c) in unescaped(&self.text[at + 1..close]) {
            shown.push(c);
            self.note(c, at + 1 + i);
        }
        let url = self.text[close + 2..close + length].to_owned();
        self.pieces.push(Inline::Link(shown, stretch.emphasis, url));
        close + 1 + length
    }

    /// An address without brackets.
    fn address(&mut self, at: usize, stretch: &Stretch) -> usize {
        let rest = &self.text[at..stretch.end];
        let word = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
        let Some(length) = bare_address(word) else { return self.letter('h', at) };
        self.flush(stretch.emphasis);
        rest[..length].char_indices().for_each(|(i, c)| self.note(c, at + i));
        let url = rest[..length].to_owned();
        self.pieces.push(Inline::Link(url.clone(), stretch.emphasis, url));
        at + length
    }

    /// Where the mark that closes the one at `at` stands: a run of the same length behind a non-blank and before no
    /// word, not escaped.
    fn partner(&self, at: usize, end: usize, c: char, length: usize) -> Option<usize> {
        if !opens(self.text, at, length, end) {
            return None;
        }
        let bytes = self.text.as_bytes();
        let mut i = at + length;
        while i < end {
            match bytes[i] {
                b'\\' => i += 2,
                b'^' if bytes.get(i + 1) == Some(&b'[') => i = bracket(self.text, i + 1, end)? + 1,
                b if b == c as u8 => {
                    let run = bytes[i..end].iter().take_while(|b| **b == c as u8).count();
                    if run == length && i > at + length && closes(self.text, i, run, end) {
                        return Some(i);
                    }
                    i += run;
                }
                _ => i += 1,
            }
        }
        None
    }
}

/// Opening quotes and brackets, and other marks.
fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '“' | '‘' | '«' | '"' | '\'' | '*' | '_')
}

/// Arrows, boxes, shapes and ticks (blocks 2190, 2500 to 27BF, 2B00 of Unicode), which forms have in the place of words.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{21FF}' | '\u{2500}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}')
}

/// Whether a mark may open emphasis.
fn opens(text: &str, at: usize, length: usize, end: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + length..end].chars().next();
    let edge = before.is_none_or(|c| c.is_whitespace() || is_opening(c) || matches!(c, '/' | '-' | '–' | '—'));
    edge && after.is_some_and(|c| c.is_alphanumeric() || is_opening(c) || is_sign(c) || slot::is_mark(c) || c == '\\')
}

/// Whether a mark may close emphasis.
fn closes(text: &str, at: usize, length: usize, end: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + length..end].chars().next();
    before.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !c.is_alphanumeric() && !slot::is_mark(c))
}

/// Whether the mark would change anything; a mark inside its own kind is literal, which also bounds the nesting.
fn adds(e: Emphasis, c: char, length: usize) -> bool {
    match (c, length) {
        ('_', _) => !e.underline,
        (_, 1) => !e.italic,
        (_, 2) => !e.bold,
        _ => !e.bold && !e.italic,
    }
}

fn with(e: Emphasis, c: char, length: usize) -> Emphasis {
    match (c, length) {
        ('_', _) => Emphasis { underline: true, ..e },
        (_, 1) => Emphasis { italic: true, ..e },
        (_, 2) => Emphasis { bold: true, ..e },
        _ => Emphasis { bold: true, italic: true, ..e },
    }
}

/// The `]` that closes the `[` at `open`; brackets nest, `\` escapes.
fn bracket(text: &str, open: usize, end: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0usize;
    let mut i = open;
    while i < end {
        match bytes[i] {
            b'\\' => i += 1,
            b'[' => depth += 1,
            b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(i);
                }
            }
            _ => {}
        }
        i += 1;
    }
    None
}

/// Length of `(https://…)` at the start of the text, brackets included.
fn address(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('(')?;
    // A value may be the address; whether it is one is seen when it is filled in.
    if !(inside.starts_with("http://") || inside.starts_with("https://") || inside.starts_with(slot::is_mark)) {
        return None;
    }
    let close = inside.find([')', ' ', '\n'])?;
    inside[close..].starts_with(')').then_some(close + 2)
}

fn bare_address(word: &str) -> Option<usize> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let link = finder.links(word).next()?;
    (link.start() == 0 && link.end() > "https://".len()).then(|| link.end())
}

/// The letters of a text with `\` before marks taken away, and their bytes.
fn unescaped(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (at, c) = chars.next()?;
        let escaped = if c == '\\' { chars.next_if(|(_, n)| ESCAPED.contains(*n)) } else { None };
        Some(escaped.unwrap_or((at, c)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Inlines as text: `<b i u>` tags, `{note}`, `<url|shown>`, `⏎`.
    fn show(text: &str) -> String {
        fn one(inlines: &[Inline]) -> String {
            inlines
                .iter()
                .map(|i| match i {
                    Inline::Text(t, e) if *e == Emphasis::default() => t.clone(),
                    Inline::Text(t, e) => {
                        let tag: String = [(e.bold, 'b'), (e.italic, 'i'), (e.underline, 'u')]
                            .iter()
                            .filter(|p| p.0)
                            .map(|p| p.1)
                            .collect();
                        format!("<{tag}:{t}>")
                    }
                    Inline::Link(t, _, u) => format!("<{u}|{t}>"),
                    Inline::Note(n) => format!("{{{}}}", one(n)),
                    Inline::Break => "⏎".into(),
                })
                .collect()
        }
        match parse(text) {
            Ok(parsed) => one(&parsed.inlines),
            Err(OpenNote(at)) => format!("open {at}"),
        }
    }

    #[test]
    fn emphasis() {
        assert_eq!(show("a **b** *c* ***d*** __e__"), "a <b:b> <i:c> <bi:d> <u:e>");
        assert_eq!(show("**a *b* c**"), "<b:a ><bi:b><b: c>");
        assert_eq!(show("*Đối với cấp tỉnh:* Lãnh đạo"), "<i:Đối với cấp tỉnh:> Lãnh đạo");
    }

    #[test]
    fn marks_without_a_partner_are_literal() {
        for text in
            ["5 * 3 * 2", "(*)", "**", "a_b_c", "____", "snake__case__x", "*a", "** a **", "[a", "^ [", "****x****"]
        {
            assert_eq!(show(text), text);
        }
    }

    #[test]
    fn stars_and_lines_that_people_type_stay() {
        for text in [
            "Tổ trưởng (*), Ủy viên (*)",
            "Khung 60*80*5cm, diện tích 20*30 m và 5*6 m",
            "0912***345 và 0913***678",
            "Ghi chú: (*) là chỉ tiêu ước; (**) là chỉ tiêu mới",
            "Họ tên*, ngày sinh*, nơi ở*",
            "so_lieu_2026 và so_lieu_2027",
            "mức 2*3 và 4*5 (*)",
            "Điểm A* và điểm B*",
            "[1] và [2]; điều [3]",
            "a__b__c",
            "2^[",
        ] {
            if !text.ends_with('[') {
                assert_eq!(show(text), text);
                assert_eq!(parse(text).map(|p| p.doubts), Ok(Vec::new()), "{text}");
            }
        }
        assert_eq!(show("(*Ghi chú*) “**Bình dân**”"), "(<i:Ghi chú>) “<b:Bình dân>”");
        assert_eq!(show("**“Ba sẵn sàng”** và __(gạch)__, *x*;"), "<b:“Ba sẵn sàng”> và <u:(gạch)>, <i:x>;");
    }

    #[test]
    fn what_may_have_been_meant_is_told() {
        let doubts = |text| parse(text).map(|p| p.doubts).unwrap_or_default();
        assert_eq!(doubts("A **đậm chưa đóng."), [Doubt::Unclosed("**", 2)]);
        assert_eq!(doubts("A^[x^[y]]"), [Doubt::NoteInNote(4)]);
        assert_eq!(doubts("[B^[z]](https://a.vn)"), [Doubt::NoteInLink(2)]);
        assert_eq!(doubts("*x* **y** __z__ 5 * 6"), []);
    }

    #[test]
    fn escapes_and_breaks() {
        assert_eq!(show(r"\*a\* \\ \[ C:\x"), r"*a* \ [ C:\x");
        assert_eq!(show("**☑ Đồng ý** *→ x* **✓**"), "<b:☑ Đồng ý> <i:→ x> <b:✓>");
        assert_eq!(show(r"V\. Lênin, \- x, 1\. x"), r"V. Lênin, - x, 1\. x");
        assert_eq!(show("một \\\nhai"), "một⏎hai");
        assert_eq!(show("một\nhai  ba\t bốn "), "một hai ba bốn");
    }

    #[test]
    fn notes_and_links() {
        assert_eq!(show("vị ^[Theo *Luật* [1].]."), "vị{Theo <i:Luật> [1].}.");
        assert_eq!(show("a ^[b"), "open 2");
        assert_eq!(show("xem [Cổng](https://a.vn/b) nhé"), "xem <https://a.vn/b|Cổng> nhé");
        assert_eq!(
            show("(https://a.gov.vn), và http://b.vn."),
            "(<https://a.gov.vn|https://a.gov.vn>), và <http://b.vn|http://b.vn>."
        );
    }

    #[test]
    fn typst_signs_mean_nothing() {
        for text in ["#read(\"bi-mat.txt\")", "$x$", "= h", "<b>", "&amp;", "]]>", "@ref", "//", "`a`", "~", "#{"] {
            assert_eq!(show(text), text);
        }
    }
}
