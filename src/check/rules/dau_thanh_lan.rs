//! Both `hòa` and `hoà` in one document.

use super::prelude::*;
use crate::check::syllable::{marked, untoned};

rule!("dau-thanh-lan", "Hai cách đặt dấu thanh trong một văn bản", None, Warning, Safe, Document(look));

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    // `hòa` beside `uỷ` is less of a slip than `hòa` beside `hoà`: words in `a` and `e` apart from those in `y`.
    let (mut old, mut new) = ([const { Vec::new() }; 2], [const { Vec::new() }; 2]);
    for text in subject.texts.iter().filter(|t| !t.is_fact()) {
        for (index, range) in text.words.iter().enumerate() {
            let word = text.low_word(index);
            let Some(style) = style(word) else { continue };
            // Names are written as their bearers write them.
            let next = |at: usize| text.word(at).starts_with(char::is_uppercase);
            let named = next(index) && !text.is_in_capitals() && (next(index + 1) || index > 0 && next(index - 1));
            if named || matches!(text.place, Place::Part(Part::HoTen)) {
                continue;
            }
            let kind = usize::from(word.chars().next_back().is_some_and(|c| untoned(c).0 == 'y'));
            match style {
                Style::Old => old[kind].push((text, range.clone())),
                Style::New => new[kind].push((text, range.clone())),
            }
        }
    }
    old.iter().zip(&new).for_each(|(old, new)| tell(old, new, found));
}

/// Words of one kind in the one style and in the other.
fn tell(old: &[Standing<'_>], new: &[Standing<'_>], found: &mut Findings<'_>) {
    // The rarer of the two is put right; of as many the newer.
    let few = if old.len() < new.len() { old } else { new };
    if old.is_empty() || new.is_empty() {
        return;
    }
    let other = if old.len() < new.len() { new } else { old };
    let example = other.first().map(|(text, range)| text.plain[range.clone()].to_owned()).unwrap_or_default();
    for (text, range) in few {
        let word = &text.plain[range.clone()];
        let right = moved(word);
        let message = format!("“{word}” đặt dấu khác với “{example}” trong cùng văn bản.");
        found.replace(text, range.clone(), &right, message);
    }
}

/// A word: its text, and where it stands there.
type Standing<'s> = (&'s Text<'s>, Range<usize>);

#[derive(PartialEq)]
enum Style {
    /// `hòa`, `thủy`
    Old,
    /// `hoà`, `thuỷ`
    New,
}

/// The last two letters of a word that may be written both ways.
fn style(word: &str) -> Option<Style> {
    let mut letters = word.chars().rev();
    let ((last, second), (first, mark)) = (untoned(letters.next()?), untoned(letters.next()?));
    let before = letters.next();
    if !matches!((first, last), ('o', 'a' | 'e') | ('u', 'y'))
        || before == Some('q')
        || before.is_none() && first == 'o'
    {
        return None;
    }
    match (mark, second) {
        (0, 0) => None,
        (_, 0) => Some(Style::Old),
        (0, _) => Some(Style::New),
        _ => None,
    }
}

/// The word with its tone on the other of the last two letters.
fn moved(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = letters.len().saturating_sub(2);
    let small = |c: char| c.to_lowercase().next().unwrap_or(c);
    if let [first, last] = &mut letters[at..] {
        let ((a, one), (b, two)) = (untoned(small(*first)), untoned(small(*last)));
        let keep = |c: char, typed: char| if typed.is_uppercase() { c.to_uppercase().next().unwrap_or(c) } else { c };
        (*first, *last) = (keep(marked(a, two), *first), keep(marked(b, one), *last));
    }
    letters.into_iter().collect()
}
