//! An abbreviation that is used three times and never explained.

use super::prelude::*;
use crate::chars::in_capitals;
use crate::decree30::outline::parse_roman;
use rustc_hash::FxHashMap;

rule!("viet-tat-chua-giai", "Chữ viết tắt chưa giải thích", None, Hint, None, Document(look));

/// What every official reads without help.
#[rustfmt::skip]
const KNOWN: [&str; 62] = [
    "UBND", "HĐND", "MTTQ", "UBMTTQ", "MTTQVN", "TTHC", "CCHC", "CNTT", "ATTP", "PCCC", "BHYT", "BHXH", "ANTT", "QPAN", "GPMB", "NTM", "OCOP", "VNPT", "KBNN", "CBCC",
    "CCVC", "NSNN", "TDTT", "VHTT", "VHXH", "GDĐT", "KHCN", "TNMT", "NNMT", "LĐTBXH", "KTXH", "HTX", "TNHH", "MTV", "THCS", "THPT", "THPTQG", "ASEAN", "WTO", "FDI", "ODA",
    "GDP", "GRDP", "WHO", "UNESCO", "UNICEF", "HIV", "AIDS", "ISO", "TCVN", "QCVN", "QR", "AI", "VNEID", "VNeID", "COVID", "USD", "VND", "SMS", "GPS", "BCĐ", "BTV",
];

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    let mut counts: FxHashMap<&str, (usize, usize, Range<usize>, bool)> = FxHashMap::default();
    for (index, text) in subject.texts.iter().enumerate().filter(|(_, t)| t.is_running()) {
        if text.is_in_capitals() {
            continue;
        }
        for (at, range) in text.words.iter().enumerate() {
            let word = text.word(at);
            if !word.starts_with(char::is_uppercase) {
                continue;
            }
            let letters = word.chars().count();
            if !(3..=8).contains(&letters)
                || !in_capitals(word)
                || !word.chars().all(char::is_alphabetic)
                || parse_roman(word).is_some()
            {
                continue;
            }
            let symbol = text.plain[..range.start].ends_with(['-', '/', '.'])
                || text.plain[range.end..].starts_with(['-', '/', '.']);
            // A word of a name in capitals.
            let capitals =
                |word: &str| word.chars().count() > 1 && in_capitals(word) && !word.bytes().all(|b| b.is_ascii_digit());
            // Two side by side may be two abbreviations.
            let name = capitals(text.word(at + 1)) && capitals(text.word(at + 2));
            let neighbours = at > 0 && capitals(text.word(at - 1)) || name;
            if symbol || neighbours {
                continue;
            }
            let called =
                ["gọi tắt là", "viết tắt là", "gọi là"].iter().any(|w| text.low[..range.start].trim_end().ends_with(w));
            let explained =
                called || text.plain[..range.start].ends_with(['(', '“']) || text.plain[range.end..].starts_with(" (");
            let entry = counts.entry(word).or_insert((0, index, range.clone(), false));
            entry.0 += 1;
            entry.3 |= explained;
        }
    }
    let known = |word: &str| KNOWN.contains(&word) || subject.settings.abbreviations.iter().any(|a| a == word);
    let mut all: Vec<_> =
        counts.into_iter().filter(|(word, (n, .., explained))| *n >= 3 && !explained && !known(word)).collect();
    all.sort_by_key(|(_, (_, index, range, _))| (*index, range.start));
    for (word, (_, index, range, _)) in all {
        let message = format!("Chữ viết tắt “{word}” chưa được giải thích.");
        found.tell(
            &subject.texts[index],
            range,
            message,
            format!("Lần đầu viết đầy đủ rồi ghi “({word})”; hoặc thêm vào viet_tat trong vanthu.toml."),
        );
    }
}
