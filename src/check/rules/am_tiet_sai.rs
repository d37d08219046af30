//! A word that no rule of spelling allows: `nghành`, `viêt`, `thựcc`.

use super::prelude::*;
use crate::check::legacy::page_of;
use crate::check::syllable::{self, Judgement};
use unicode_normalization::UnicodeNormalization as _;

rule!("am-tiet-sai", "Âm tiết không có trong tiếng Việt", None, Warning, None, Text(look));

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    let impossible = || text.odd.iter().filter(|(_, judged)| *judged == Judgement::Impossible);
    // Of a text in an old code page another rule speaks.
    if impossible().next().is_none() || text.plain.split(char::is_whitespace).any(|piece| page_of(piece).is_some()) {
        return;
    }
    for (index, _) in impossible() {
        let (index, range) = (*index, &text.words[*index]);
        let word = &text.plain[range.clone()];
        // `đ.`, a marker.
        if word.chars().count() < 2 {
            continue;
        }
        // Names of people and places may be of other tongues; a capital at the start of a sentence is none of a name.
        let named = word.chars().next().is_some_and(char::is_uppercase);
        let goes_on = text.word(index + 1).starts_with(char::is_uppercase);
        let all = word.chars().nth(1).is_some_and(char::is_uppercase);
        if named && (all || goes_on || !text.begins_sentence(range.start) || !matches!(text.place, Place::Body(_))) {
            continue;
        }
        // A word with an onset or a tail that Vietnamese has not, in a name, or of three syllables and more (`kilôgam`).
        let low = text.low_word(index);
        let apart = named || low.chars().count() > 7 || syllable::is_chain(low);
        if apart || text.plain[..range.start].ends_with(['\'', '’']) {
            continue;
        }
        if in_foreign_word(text, range) || !has_tone(low) && FOREIGN.iter().any(|cluster| low.contains(cluster)) {
            continue;
        }
        let message = format!("“{word}” không phải là một âm tiết của tiếng Việt.");
        found.tell(text, range.clone(), message, "Xem lại chính tả của từ này.");
    }
}

/// Consonants side by side only in words from abroad: `vectơ`, `prôtêin`, `clorua`.
const FOREIGN: [&str; 14] = ["bl", "br", "cl", "cr", "ct", "dr", "fl", "fr", "gl", "gr", "pl", "pr", "ps", "str"];

/// Whether a word has one of the five marks of tone: words from abroad have none.
fn has_tone(word: &str) -> bool {
    word.nfd().any(|c| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'))
}

/// Whether a hyphen joins the word to another without blanks: `Mát-xcơ-va`.
fn in_foreign_word(text: &Text<'_>, range: &Range<usize>) -> bool {
    text.plain[..range.start].ends_with(['-', '.', '@', '/', '_'])
        || text.plain[range.end..].starts_with(['-', '@', '/', '_'])
}
