//! Phrases looked for in the small letters of a text, at the limits of words.

use super::findings::Findings;
use super::text::{Text, hash_of};
use crate::chars::is_letter;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::ops::Range;
use std::sync::OnceLock;

/// Phrases in small letters.
pub struct Phrases {
    all: Vec<String>,
    /// Two words of each phrase that stand side by side: without such a pair a text has none of the phrases, and most have none.
    pairs: Hashes,
    /// The word of each phrase that has only one.
    words: Hashes,
    automaton: OnceLock<Option<AhoCorasick>>,
}

impl Phrases {
    /// Of a table.
    pub fn new<'p>(all: impl IntoIterator<Item = &'p str>) -> Self {
        let all: Vec<String> = all.into_iter().map(str::to_owned).collect();
        let (mut pairs, mut single) = (Hashes::default(), Hashes::default());
        for phrase in &all {
            let words: Vec<&str> = phrase.split(|c| !is_letter(c)).filter(|w| !w.is_empty()).collect();
            // The longest are the rarest.
            match words.windows(2).max_by_key(|pair| pair[0].len() + pair[1].len()) {
                Some(pair) => pairs.add(of_pair(hash_of(pair[0]), hash_of(pair[1]))),
                None => words.iter().for_each(|word| single.add(hash_of(word))),
            }
        }
        Phrases { all, pairs, words: single, automaton: OnceLock::new() }
    }

    /// Where they stand, each with its index in the table.
    pub fn find<'t>(&'t self, text: &'t Text<'_>) -> impl Iterator<Item = (usize, Range<usize>)> + 't {
        let automaton = self.may_stand_in(&text.hashes).then(|| self.automaton()).flatten();
        let found = automaton.into_iter().flat_map(|a| a.find_iter(&text.low));
        found.filter(|m| stands_alone(&text.low, m.range())).map(|m| (m.pattern().as_usize(), m.range()))
    }

    fn may_stand_in(&self, words: &[u16]) -> bool {
        words.windows(2).any(|pair| self.pairs.has(of_pair(pair[0], pair[1])))
            || self.words.any && words.iter().any(|word| self.words.has(*word))
    }

    fn automaton(&self) -> Option<&AhoCorasick> {
        let build = || {
            AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                // It runs over few texts: what is built soonest wins.
                .kind(Some(AhoCorasickKind::ContiguousNFA))
                // Words of ours begin phrases all the time: looking for their rare bytes first costs more than it saves.
                .prefilter(false)
                .build(&self.all)
                .ok()
        };
        self.automaton.get_or_init(build).as_ref()
    }
}

/// Numbers below 4096.
struct Hashes {
    bits: [u64; 64],
    any: bool,
}

impl Default for Hashes {
    fn default() -> Self {
        Hashes { bits: [0; 64], any: false }
    }
}

impl Hashes {
    fn add(&mut self, hash: u16) {
        self.bits[usize::from(hash >> 6) % 64] |= 1 << (hash % 64);
        self.any = true;
    }

    fn has(&self, hash: u16) -> bool {
        self.bits[usize::from(hash >> 6) % 64] >> (hash % 64) & 1 == 1
    }
}

/// The number of two words side by side.
fn of_pair(first: u16, second: u16) -> u16 {
    (first.rotate_left(3) ^ second) % 4096
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
