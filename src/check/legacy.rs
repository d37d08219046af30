//! What TCVN3 and VNI leave in a text.

use super::syllable::{self, Judgement};

/// Signs of TCVN3 that no Vietnamese text in Unicode has inside a word.
const TCVN3: &str = "µ¸¶·¹¨»¾¼½©®ª«¬¡¢£¤¥¦Þ";
/// Signs of VNI behind a vowel.
const VNI: &str = "øùûõïâáåãä";
/// Pairs of letters in which VNI words show.
const VNI_PAIRS: [&str; 16] =
    ["ñö", "öô", "aá", "aà", "aû", "aõ", "aï", "oâ", "eâ", "öù", "öø", "uû", "oä", "eä", "ieä", "uoä"];

/// The code page that a piece of text between blanks is of, where it is surely of one from before Unicode.
pub fn page_of(piece: &str) -> Option<&'static str> {
    if piece.is_ascii() || piece.contains(|c| ('\u{1EA0}'..='\u{1EF9}').contains(&c)) {
        return None;
    }
    let word = piece.trim_matches(|c: char| !c.is_alphanumeric() && !TCVN3.contains(c));
    let (mut tcvn3, mut vni) = (false, false);
    let mut behind_letter = false;
    for c in word.chars() {
        tcvn3 |= behind_letter && !c.is_ascii() && TCVN3.contains(c);
        vni |= behind_letter && !c.is_ascii() && VNI.contains(c);
        behind_letter = c.is_ascii_alphabetic();
    }
    // `m²`, `A®`: a sign behind a word of another tongue.
    if tcvn3 && !word.contains(['²', '³', '©', '®']) {
        return Some("TCVN3 (.VnTime)");
    }
    if !vni {
        return None;
    }
    let low = word.to_lowercase();
    let pair = VNI_PAIRS.iter().any(|pair| low.contains(pair));
    (pair && !matches!(syllable::judge(&low), Judgement::Fine | Judgement::Joined(_))).then_some("VNI")
}
