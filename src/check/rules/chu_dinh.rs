//! Two words without a blank between them: `ĐứcMạnh`, `thựchiện`.

use super::prelude::*;
use crate::check::syllable::{self, Judgement, is_vietnamese, untoned};

rule!("chu-dinh", "Hai từ viết dính nhau", None, Warning, Unsafe, Text(look));

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for (index, range) in text.words.iter().enumerate() {
        let word = &text.plain[range.clone()];
        let small = text.low_word(index);
        let first = word.chars().next().map_or(0, char::len_utf8);
        let inside = if word[first..] == small[first..] { None } else { capital_inside(word) };
        let Some(at) = inside.or_else(|| two_tones(text, index)) else { continue };
        if found.subject.settings.abbreviations.iter().any(|a| a == word) {
            continue;
        }
        let right = format!("{} {}", &word[..at], &word[at..]);
        found.replace(text, range.clone(), &right, format!("“{word}” thiếu dấu cách."));
    }
}

/// The byte of a capital behind a small letter, where both sides are syllables with letters of Vietnamese.
fn capital_inside(word: &str) -> Option<usize> {
    let mut before = ' ';
    let mut place = None;
    for (at, c) in word.char_indices() {
        if before.is_lowercase() && c.is_uppercase() {
            if place.is_some() {
                return None;
            }
            place = Some(at);
        }
        before = c;
    }
    let at = place?;
    let sound = |part: &str| {
        let small = part.to_lowercase();
        small.chars().any(is_vietnamese) && small.chars().count() > 1 && syllable::judge(&small) == Judgement::Fine
    };
    (sound(&word[..at]) && sound(&word[at..])).then_some(at)
}

/// Two syllables with a tone each.
fn two_tones(text: &Text<'_>, index: usize) -> Option<usize> {
    let at = text.odd.iter().find_map(|(odd, judged)| match judged {
        Judgement::Joined(at) if *odd == index => Some(*at),
        _ => None,
    })?;
    let word = text.low_word(index);
    let toned = |part: &str| part.chars().any(|c| untoned(c).1 > 0);
    (toned(&word[..at]) && toned(&word[at..]) && word.chars().filter(|c| untoned(*c).1 > 0).count() == 2).then_some(at)
}
