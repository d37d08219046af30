//! Phrases looked for in the small letters of a text, at the limits of words.

use super::findings::Findings;
use super::text::Text;
use crate::chars::is_letter;
use aho_corasick::{AhoCorasick, MatchKind};
use std::ops::Range;

/// Phrases in small letters.
pub struct Phrases {
    automaton: Option<AhoCorasick>,
}

impl Phrases {
    /// Of a table.
    pub fn new<'p>(all: impl IntoIterator<Item = &'p str>) -> Self {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            // Words of ours begin phrases all the time: looking for their rare bytes first costs more than it saves.
            .prefilter(false)
            .build(all)
            .ok();
        Phrases { automaton }
    }

    /// Where they stand, each with its index in the table.
    pub fn find<'t>(&'t self, text: &'t Text<'_>) -> impl Iterator<Item = (usize, Range<usize>)> + 't {
        let found = self.automaton.iter().flat_map(|a| a.find_iter(&text.low));
        found.filter(|m| stands_alone(&text.low, m.range())).map(|m| (m.pattern().as_usize(), m.range()))
    }
}

/// Whether no word reaches over the ends of a range.
pub fn stands_alone(text: &str, range: Range<usize>) -> bool {
    let free = |c: Option<char>| c.is_none_or(|c| !is_letter(c));
    let inner = |c: Option<char>| c.is_some_and(|c| !is_letter(c));
    let (start, end) = (text[range.clone()].chars().next(), text[range.clone()].chars().next_back());
    (free(text[..range.start].chars().next_back()) || inner(start))
        && (free(text[range.end..].chars().next()) || inner(end))
}

/// Wrong phrases with the right ones, both in small letters.
pub struct Pairs {
    table: &'static [(&'static str, &'static str)],
    phrases: Phrases,
}

impl Pairs {
    /// Of a table.
    pub fn new(table: &'static [(&'static str, &'static str)]) -> Self {
        Pairs { table, phrases: Phrases::new(table.iter().map(|(wrong, _)| *wrong)) }
    }

    /// Tells each wrong phrase; the right one keeps the capitals of the wrong.
    pub fn tell(&self, text: &Text<'_>, found: &mut Findings<'_>, say: impl Fn(&str, &str) -> String) {
        for (index, range) in self.phrases.find(text) {
            let wrong = &text.plain[range.clone()];
            let right = like(wrong, self.table[index].1);
            found.replace(text, range.clone(), &right, say(wrong, &right));
        }
    }
}

/// A phrase with the capitals of another: all, the first letter of each word, the first letter, or none.
pub fn like(model: &str, phrase: &str) -> String {
    if crate::chars::in_capitals(model) && model.chars().filter(|c| c.is_alphabetic()).count() > 1 {
        return phrase.to_uppercase();
    }
    if model.chars().next().is_some_and(char::is_uppercase) {
        let mut letters = phrase.chars();
        return letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default();
    }
    phrase.to_owned()
}

/// Names with their capitals.
pub struct Names {
    table: &'static [&'static str],
    phrases: Phrases,
}

impl Names {
    /// Of a table.
    pub fn new(table: &'static [&'static str]) -> Self {
        let small: Vec<String> = table.iter().map(|name| super::text::small(name)).collect();
        Names { table, phrases: Phrases::new(small.iter().map(String::as_str)) }
    }

    /// Names in a text that have other capitals than in the table, each with the right ones; not those that are all in
    /// capitals.
    pub fn find<'t>(&'t self, text: &'t Text<'_>) -> impl Iterator<Item = (&'static str, Range<usize>)> + 't {
        self.phrases.find(text).map(|(index, range)| (self.table[index], range)).filter(|(right, range)| {
            let typed = &text.plain[range.clone()];
            typed != *right && !crate::chars::in_capitals(typed)
        })
    }
}
