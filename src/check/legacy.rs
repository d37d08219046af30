//! What TCVN3 and VNI leave in a text.

use super::syllable::{self, Judgement};
use super::text::{Text, small};
use crate::chars::is_letter;

/// Signs of TCVN3 that no Vietnamese text in Unicode has inside a word.
fn is_of_tcvn3(c: char) -> bool {
    matches!(
        c,
        'µ' | '¸' | '¶' | '·' | '¹' | '¨' | '»' | '¾' | '¼' | '½' | '©' | '®' | 'ª' | '«' | '¬' | '¡'..='¦' | 'Þ'
    )
}

/// Signs of VNI behind a vowel.
fn is_behind_vowel(c: char) -> bool {
    matches!(c, 'ø' | 'ù' | 'û' | 'õ' | 'ï' | 'â' | 'á' | 'å' | 'ã' | 'ä')
}

/// Whether VNI words show in two letters, small ones.
fn is_of_vni(before: char, c: char) -> bool {
    match before {
        'a' => matches!(c, 'á' | 'à' | 'û' | 'õ' | 'ï'),
        'e' | 'o' => matches!(c, 'â' | 'ä'),
        'u' => c == 'û',
        'ñ' => c == 'ö',
        'ö' => matches!(c, 'ô' | 'ù' | 'ø'),
        _ => false,
    }
}

/// Whether a text can have such pieces at all: signs of TCVN3, or words that are no syllables, as those of VNI are none.
pub fn may_be_in(text: &Text<'_>) -> bool {
    !text.odd.is_empty()
        || text.marks.iter().any(|(_, c)| is_of_tcvn3(*c))
        || text.plain.contains(['µ', 'ª', 'Þ', '¹', '¼', '½', '¾'])
}

/// The code page that a piece of text between blanks is of, where it is surely of one from before Unicode.
pub fn page_of(piece: &str) -> Option<&'static str> {
    if piece.is_ascii() || piece.contains(|c| ('\u{1EA0}'..='\u{1EF9}').contains(&c)) {
        return None;
    }
    let word = piece.trim_matches(|c: char| !is_letter(c) && !is_of_tcvn3(c));
    let (mut tcvn3, mut vni) = (false, false);
    let mut behind_letter = false;
    for c in word.chars() {
        tcvn3 |= behind_letter && is_of_tcvn3(c);
        vni |= behind_letter && is_behind_vowel(c);
        behind_letter = c.is_ascii_alphabetic();
    }
    // `m²`, `A®`: a sign behind a word of another tongue.
    if tcvn3 && !word.contains(['²', '³', '©', '®']) {
        return Some("TCVN3 (.VnTime)");
    }
    if !vni {
        return None;
    }
    let low = small(word);
    let pair = low.chars().zip(low.chars().skip(1)).any(|(before, c)| is_of_vni(before, c));
    (pair && !matches!(syllable::judge(&low), Judgement::Fine | Judgement::Joined(_))).then_some("VNI")
}
