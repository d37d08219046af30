//! Tags in the text of a paragraph, in docxtpl's language: where they are, what they lift, what is wrong with them.

/// What a tag stands in for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Itself only.
    Text,
    /// Text with its own faces: `{{r x }}`; its run is divided.
    Run,
    /// Its paragraph: `{%p … %}`, `{{p x }}`.
    Paragraph,
    /// Its table row: `{%tr … %}`.
    Row,
    /// Its table cell: `{%tc … %}`.
    Cell,
}

/// What a tag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `{{ … }}`
    Print,
    /// `{% … %}`
    Block,
    /// `{# … #}`
    Comment,
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// What it is.
    pub kind: Kind,
    /// What it stands in for.
    pub scope: Scope,
    /// What stands between its brackets, without the scope's letter, quotation marks straightened.
    pub inner: String,
    /// The tag as typed.
    pub typed: String,
}

/// A tag with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// First byte.
    pub start: usize,
    /// Byte behind the last.
    pub end: usize,
    /// The tag; none where it has no end.
    pub tag: Option<Tag>,
}

/// Finds the tags of a text.
pub fn find(text: &str) -> Vec<Found> {
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(start) = next_opening(text, from) {
        let (kind, close) = match text.as_bytes().get(start + 1) {
            Some(b'{') => (Kind::Print, "}}"),
            Some(b'%') => (Kind::Block, "%}"),
            _ => (Kind::Comment, "#}"),
        };
        let Some(end) = closing(text, start + 2, close, kind) else {
            out.push(Found { start, end: text.len(), tag: None });
            break;
        };
        let typed = &text[start..end];
        let (scope, inner) = scope(&text[start + 2..end - 2], kind);
        out.push(Found {
            start,
            end,
            tag: Some(Tag { kind, scope, inner: straighten(inner), typed: typed.to_owned() }),
        });
        from = end;
    }
    out
}

fn next_opening(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    (from..bytes.len().saturating_sub(1)).find(|i| bytes[*i] == b'{' && matches!(bytes[i + 1], b'{' | b'%' | b'#'))
}

/// Bytes of the longest tag.
const LONGEST_TAG: usize = 4000;

/// Byte behind the end of a tag. Signs inside quotation marks do not end it.
fn closing(text: &str, from: usize, close: &str, kind: Kind) -> Option<usize> {
    let mut quote: Option<char> = None;
    // A longer tag is no tag but a bracket that somebody forgot to close.
    let mut limit = (from + LONGEST_TAG).min(text.len());
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let text = &text[..limit];
    for (i, c) in text[from..].char_indices() {
        let at = from + i;
        if kind != Kind::Comment {
            if let Some(open) = quote {
                if matches(open, c) {
                    quote = None;
                }
                continue;
            }
            if matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’') {
                // A string, if its partner comes and the tag ends behind it; else a mark that somebody left alone.
                let rest = &text[at + c.len_utf8()..];
                let after = rest.char_indices().find(|(_, d)| matches(c, *d)).map(|(i, d)| &rest[i + d.len_utf8()..]);
                let closes = after.is_some_and(|after| {
                    let end = after.find(close).unwrap_or(usize::MAX);
                    end < after.find("{{").unwrap_or(usize::MAX).min(after.find("{%").unwrap_or(usize::MAX))
                });
                if closes {
                    quote = Some(c);
                    continue;
                }
            }
        }
        if text[at..].starts_with(close) {
            return Some(at + close.len());
        }
        // A new tag before the end of this one: this one has no end.
        if kind != Kind::Comment && (text[at..].starts_with("{{") || text[at..].starts_with("{%")) {
            return None;
        }
    }
    None
}

/// Whether a character ends a string that another began; Word's quotation marks come in pairs, or mixed.
fn matches(open: char, c: char) -> bool {
    match open {
        '"' | '“' | '”' => matches!(c, '"' | '“' | '”'),
        _ => matches!(c, '\'' | '‘' | '’'),
    }
}

/// Divides `p x` into its scope and the rest.
fn scope(inner: &str, kind: Kind) -> (Scope, &str) {
    if kind == Kind::Comment {
        return (Scope::Text, inner);
    }
    for (letters, scope) in [("tr", Scope::Row), ("tc", Scope::Cell), ("p", Scope::Paragraph), ("r", Scope::Run)] {
        if let Some(rest) = inner.strip_prefix(letters)
            && rest.starts_with(|c: char| c.is_whitespace())
        {
            return (scope, rest);
        }
    }
    (Scope::Text, inner)
}

/// Word's quotation marks and blanks as the language knows them.
pub(super) fn straighten(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '“' | '”' | '„' | '″' => '"',
            '‘' | '’' | '′' => '\'',
            '\u{A0}' | '\u{202F}' | '\u{2009}' => ' ',
            '–' | '—' => '-',
            c => c,
        })
        .collect()
}

impl Tag {
    /// First word of a block tag: `if`, `for`, `endfor` …
    pub fn word(&self) -> &str {
        let inner = self.inner.trim_start_matches(['-', '+']).trim_start();
        let end = inner.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(inner.len());
        &inner[..end]
    }

    /// What stands in the tag without the signs for blanks.
    pub fn expression(&self) -> &str {
        self.inner.trim_start_matches(['-', '+']).trim_end_matches(['-', '+']).trim()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Tag {
        let mut found = find(text);
        assert_eq!(found.len(), 1, "{text}");
        found.remove(0).tag.unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn tags_and_their_scopes() {
        assert_eq!(one("Số: {{ so }}/").expression(), "so");
        assert_eq!(one("{{p noi_dung }}").scope, Scope::Paragraph);
        assert_eq!(one("{%tr for x in y %}").scope, Scope::Row);
        assert_eq!(one("{% trang %}").scope, Scope::Text);
        assert_eq!(one("{{ p }}").scope, Scope::Text);
        assert_eq!(one("{%p endif %}").word(), "endif");
        assert_eq!(one("{{ x | default(“a}}b”) }}").inner, " x | default(\"a}}b\") ");
    }

    #[test]
    fn a_tag_without_an_end_is_told() {
        assert_eq!(find("a {{ so"), [Found { start: 2, end: 7, tag: None }]);
        assert!(find("{ so } {so}").is_empty());
    }
}
