//! A tone on the wrong letter: `gía`, `khỏan`.

use super::prelude::*;
use crate::check::phrases::like;
use crate::check::syllable::Judgement;

rule!("dau-thanh-sai-cho", "Dấu thanh đặt sai chữ", None, Warning, Safe, Text(look));

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for (index, judged) in &text.odd {
        if let Judgement::Misplaced(right) = judged {
            let range = &text.words[*index];
            let word = &text.plain[range.clone()];
            let right = like(word, right);
            found.replace(text, range.clone(), &right, format!("Dấu thanh của “{word}” đặt sai chữ."));
        }
    }
}
