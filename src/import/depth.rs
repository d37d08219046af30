//! How deep the elements of a page stand inside of each other, before a tree is made of it: the parser's time grows with
//! the square of the depth, and with emphasis that is opened again in each paragraph. No page of an office comes near.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{RawKind, Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use html5ever::{LocalName, local_name};
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// Elements inside of each other at most.
const DEEPEST: usize = 3000;
/// Elements that nothing stands inside of, or that end without saying so.
const UNNESTED: [&str; 26] = [
    "area", "base", "br", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option",
    "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];
/// Elements of emphasis: open ones are opened again in each paragraph below (HTML, 13.2.4.3).
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements of emphasis that are opened again, at most: each takes memory.
const MOST_REOPENED: usize = 200_000;
/// Roots of drawings, whose elements may close themselves.
const DRAWN: [LocalName; 2] = [local_name!("svg"), local_name!("math")];

/// Whether elements stand deeper inside of each other than is read, or emphasis that is never closed would be opened again
/// without end.
pub fn is_too_deep(text: &str) -> bool {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(text));
    let tokens = Tokenizer::new(Counter::default(), Default::default());
    // The counter stops it where the page is too deep.
    let _ = tokens.feed(&input);
    tokens.sink.0.borrow().is_too_deep()
}

/// Counts what is open.
#[derive(Default)]
struct Counter(RefCell<Open>);

impl TokenSink for Counter {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let Token::TagToken(tag) = token else { return TokenSinkResult::Continue };
        let mut open = self.0.borrow_mut();
        match raw(&tag.name).filter(|_| tag.kind == TagKind::StartTag && !open.is_drawing()) {
            Some(kind) => TokenSinkResult::RawData(kind),
            None => {
                open.take(tag);
                if open.is_too_deep() { TokenSinkResult::Script(()) } else { TokenSinkResult::Continue }
            }
        }
    }
}

/// How the text of an element is read that has no tags in it (HTML, 13.2.6.4.4 and 13.2.6.4.7).
fn raw(name: &str) -> Option<RawKind> {
    match name {
        "textarea" | "title" => Some(Rcdata),
        "style" | "xmp" | "iframe" => Some(Rawtext),
        "script" => Some(ScriptData),
        _ => None,
    }
}

#[derive(Default)]
struct Open {
    names: FxHashMap<LocalName, usize>,
    depth: usize,
    emphasis: usize,
    reopened: usize,
}

impl Open {
    fn is_too_deep(&self) -> bool {
        self.depth > DEEPEST || self.reopened > MOST_REOPENED
    }

    fn is_drawing(&self) -> bool {
        DRAWN.iter().any(|root| self.names.get(root).is_some_and(|count| *count > 0))
    }

    fn take(&mut self, tag: Tag) {
        let (opens, drawing) = (tag.kind == TagKind::StartTag, self.is_drawing());
        let formats = FORMATTING.contains(&&*tag.name);
        if UNNESTED.contains(&&*tag.name) && !drawing {
            self.reopened += if opens { self.emphasis } else { 0 };
        } else if !opens {
            // What was not opened closes nothing.
            if let Some(count) = self.names.get_mut(&tag.name).filter(|count| **count > 0) {
                *count -= 1;
                self.depth -= 1;
                self.emphasis -= usize::from(formats);
            }
        } else if !(tag.self_closing && (drawing || DRAWN.contains(&tag.name))) {
            self.depth += 1;
            self.reopened += if formats { 0 } else { self.emphasis };
            self.emphasis += usize::from(formats);
            *self.names.entry(tag.name).or_default() += 1;
        }
    }
}
