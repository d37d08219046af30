//! Words of documents, whatever their spelling.

/// Capitals, blanks made one, the marks of tones where the new spelling puts them.
pub fn fold(text: &str) -> String {
    let upper: String = text.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase();
    const TONES: [(&str, &str); 15] = [
        ("OÀ", "ÒA"),
        ("OÁ", "ÓA"),
        ("OẢ", "ỎA"),
        ("OÃ", "ÕA"),
        ("OẠ", "ỌA"),
        ("OÈ", "ÒE"),
        ("OÉ", "ÓE"),
        ("OẺ", "ỎE"),
        ("OẼ", "ÕE"),
        ("OẸ", "ỌE"),
        ("UỲ", "ÙY"),
        ("UÝ", "ÚY"),
        ("UỶ", "ỦY"),
        ("UỸ", "ŨY"),
        ("UỴ", "ỤY"),
    ];
    let mut out = upper;
    for (old, new) in TONES {
        let mut from = 0;
        while let Some(at) = out[from..].find(old).map(|at| from + at) {
            from = at + old.len();
            // Behind `Q` the vowel is not the tone's (QUỲ); before a last consonant both spellings agree (KHOẢN).
            let ends = out[from..].chars().next().is_none_or(|c| !c.is_alphabetic());
            if ends && !out[..at].ends_with('Q') {
                out.replace_range(at..from, new);
                from = at + new.len();
            }
        }
    }
    out
}

/// How a text begins, folded: enough to know a label by.
pub(super) fn fold_start(text: &str) -> String {
    let end = text.char_indices().nth(64).map_or(text.len(), |(at, _)| at);
    fold(&text[..end])
}

/// A line that only draws: `_____`, `-----`, `***`.
pub fn is_rule(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
        // `---o0o---`
        || text.len() > 4 && text.starts_with(['-', '*', '_', '=', '–']) && text.chars().all(|c| "-–*_=oO0 .".contains(c))
}

/// What stands behind a label of eight letters and blanks: `Kính gửi`, `Nơi nhận`.
pub(super) fn behind_label(text: &str) -> String {
    let rest: String = text.chars().skip(8).collect();
    rest.trim_start_matches([':', ' ']).trim_end().to_owned()
}
