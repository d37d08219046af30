//! What TCVN3 and VNI leave in a text.

use super::prelude::*;
use crate::check::syllable::{self, Judgement};

rule!("bang-ma-cu", "Chữ còn sót của bảng mã cũ", Some("Phụ lục I, phần I, mục I, khoản 4"), Error, None, Text(look));

/// Signs of TCVN3 that no Vietnamese text in Unicode has inside a word.
const TCVN3: &str = "µ¸¶·¹¨»¾¼½©®ª«¬¡¢£¤¥¦Þßåæçøû";
/// Signs of VNI behind a vowel.
const VNI: &str = "øùûõïâáåãä";

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    if text.plain.is_ascii() {
        return;
    }
    for piece in text.plain.split_whitespace() {
        let start = piece.as_ptr() as usize - text.plain.as_ptr() as usize;
        let word = piece.trim_matches(|c: char| !c.is_alphanumeric() && !TCVN3.contains(c));
        let letters: Vec<char> = word.chars().collect();
        let inside = |signs: &str| letters.windows(2).any(|w| w[0].is_ascii_alphabetic() && signs.contains(w[1]));
        let tcvn3 = letters.iter().filter(|c| TCVN3.contains(**c)).count() > 0
            && letters.iter().any(char::is_ascii_alphabetic)
            && letters.len() > 1
            && inside(TCVN3)
            // `km²`, `m®`: a sign at the end of an English word.
            && !letters.iter().any(|c| ('\u{1EA0}'..='\u{1EF9}').contains(c));
        let vni = ["ñö", "öô", "aá", "aà", "aû", "aõ", "aï", "oâ", "eâ", "öù", "öø", "uû", "oä", "eä", "ieä", "uoä"]
            .iter()
            .filter(|pair| word.to_lowercase().contains(**pair))
            .count()
            > 0
            && inside(VNI)
            && !letters.iter().any(|c| ('\u{1EA0}'..='\u{1EF9}').contains(c))
            && syllable::judge(&word.to_lowercase()) != Judgement::Fine;
        if tcvn3 || vni {
            let page = if tcvn3 { "TCVN3 (.VnTime)" } else { "VNI" };
            let hint = "Đổi tệp gốc sang Unicode rồi chép lại, hoặc gõ lại chữ này.";
            found.tell(text, start..start + piece.len(), format!("“{piece}” là chữ của bảng mã {page}."), hint);
        }
    }
}
