//! Where a centred text breaks well: before the little words that begin a group, never inside a name.

use std::collections::HashSet;
use std::sync::LazyLock;

/// How a break between two words reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    /// A group of words begins here, or a comma stands before.
    Good,
    /// Perhaps inside a word of two syllables, perhaps not.
    Plain,
    /// A word is torn from what it belongs to: `của / tỉnh`, `năm / 2026`, `xã / Đơn Dương`.
    Poor,
    /// Inside a word of two syllables: `thủ / tục`.
    Torn,
    /// Inside a name: `Cộng / hòa`.
    Never,
}

/// Words before which a group begins. `năm` is among them only before figures: it also means five.
const OPENERS: [&str; 9] = ["và", "của", "trên", "tại", "về", "cho", "theo", "đến", "thuộc"];

/// Names of several syllables of which only the first has a capital.
const NAMES: [&str; 12] = [
    "cộng hòa xã hội chủ nghĩa việt nam",
    "hội đồng nhân dân",
    "ủy ban nhân dân",
    "uỷ ban nhân dân",
    "mặt trận tổ quốc việt nam",
    "hội liên hiệp phụ nữ việt nam",
    "tòa án nhân dân",
    "viện kiểm sát nhân dân",
    "công an nhân dân",
    "quân đội nhân dân",
    "ban chấp hành trung ương",
    "thủ tướng chính phủ",
];

/// Words of two syllables of which subjects and names of offices are made, one a line; Vietnamese writes the syllables
/// apart.
static COMPOUNDS: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("compounds.txt").lines().collect());

/// Whether two words are one of two syllables.
fn is_compound(left: &str, right: &str) -> bool {
    COMPOUNDS.contains(format!("{left} {right}").as_str())
}

/// How each break reads, behind the first word, the second and so on.
pub(super) fn breaks(words: &[&str]) -> Vec<Break> {
    // In a text all in capitals they tell nothing about names.
    let capitals = !words.iter().any(|w| w.chars().any(char::is_lowercase));
    let bare: Vec<String> =
        words.iter().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()).collect();
    let mut out: Vec<Break> = (1..words.len()).map(|at| between(words, &bare, at, capitals)).collect();
    for name in NAMES {
        let name: Vec<&str> = name.split(' ').collect();
        for start in 0..(bare.len() + 1).saturating_sub(name.len()) {
            if bare[start..start + name.len()].iter().eq(&name) {
                out[start..start + name.len() - 1].fill(Break::Never);
            }
        }
    }
    if capitals {
        hold_place(&bare, words, &mut out);
    }
    out
}

/// The name of the place at the end of an office's name, of which capitals tell nothing: `PHƯỜNG XUÂN TRƯỜNG - ĐÀ LẠT`.
fn hold_place(bare: &[String], words: &[&str], out: &mut [Break]) {
    const UNITS: [&str; 7] = ["xã", "phường", "tỉnh", "huyện", "phố", "khu", "trấn"];
    const LONGEST: usize = 4;
    let Some(unit) = bare.iter().rposition(|w| UNITS.contains(&w.as_str())) else { return };
    // `VÀ XÃ HỘI`
    if bare.get(unit + 1).is_some_and(|next| is_compound(&bare[unit], next)) {
        return;
    }
    let is_dash = |word: &&str| matches!(*word, "-" | "–");
    let parts: Vec<&[&str]> = words[unit + 1..].split(is_dash).collect();
    if parts.iter().any(|p| p.is_empty() || p.len() > LONGEST) {
        return;
    }
    let mut at = unit + 1;
    for part in parts {
        // A break stands behind the first word of each two.
        let end = at + part.len();
        out[at..end - 1].fill(Break::Never);
        // Behind a dash, never before it.
        if let Some([before, behind]) = out.get_mut(end - 1..=end) {
            (*before, *behind) = (Break::Never, Break::Plain);
        }
        at = end + 1;
    }
    if let Some(before) = out.get_mut(unit) {
        *before = Break::Poor;
    }
}

/// How the break before word `at` reads.
fn between(words: &[&str], bare: &[String], at: usize, capitals: bool) -> Break {
    let (left, right) = (words[at - 1], words[at]);
    let figures = |index: usize| bare.get(index).is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()));
    if left.ends_with([',', ';', ':', '.']) || right.starts_with(['(', '“', '–']) && right.chars().count() > 1 {
        return Break::Good;
    }
    let named = |index: usize| !capitals && bare.get(index).is_some_and(|_| begins_upper(words[index]));
    // `ngày 05 tháng 3 năm 2020`
    let date = matches!(bare[at].as_str(), "tháng" | "năm") && figures(at + 1) && figures(at - 1);
    if date && at > 1 && matches!(bare[at - 2].as_str(), "ngày" | "tháng") {
        return Break::Never;
    }
    if figures(at) || opens(bare, at - 1, &figures) || left.ends_with(['-', '–']) || matches!(right, "-" | "–") {
        return Break::Poor;
    }
    // `làm theo` does not break before `theo`.
    if opens(bare, at, &figures) && is_compound(&bare[at - 1], &bare[at]) {
        return Break::Torn;
    }
    if opens(bare, at, &figures) {
        // `Giáo dục và Đào tạo`: one name.
        return if bare[at] == "và" && named(at + 1) { Break::Poor } else { Break::Good };
    }
    match (named(at - 1), named(at)) {
        (true, true) => Break::Never,
        // `Cộng hòa`; behind two capitals (`Đà Lạt`) a name has mostly ended.
        (true, false) if at == 1 || !named(at - 2) => Break::Never,
        (false, true) => Break::Poor,
        _ if is_compound(&bare[at - 1], &bare[at]) => Break::Torn,
        _ => Break::Plain,
    }
}

/// Whether a group begins with this word.
fn opens(bare: &[String], at: usize, figures: &impl Fn(usize) -> bool) -> bool {
    match bare.get(at).map(String::as_str) {
        Some("năm") => figures(at + 1),
        Some("giai") => bare.get(at + 1).is_some_and(|w| w == "đoạn"),
        Some(word) => OPENERS.contains(&word),
        None => false,
    }
}

fn begins_upper(word: &str) -> bool {
    word.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::Break::{Good, Never, Plain, Poor, Torn};
    use super::*;

    fn told(text: &str) -> Vec<Break> {
        breaks(&text.split(' ').collect::<Vec<_>>())
    }

    #[test]
    fn groups_begin_at_little_words_and_names_hold_together() {
        assert_eq!(told("chất lượng của xã"), [Torn, Good, Poor]);
        assert_eq!(told("Cộng hòa"), [Never]);
        assert_eq!(told("kỳ họp Hội đồng nhân dân xã"), [Plain, Poor, Never, Never, Never, Plain]);
        assert_eq!(told("tỉnh Lâm Đồng năm 2026"), [Poor, Never, Good, Poor]);
        assert_eq!(told("Sở Giáo dục và Đào tạo"), [Never, Torn, Poor, Poor, Never]);
        assert_eq!(told("năm xã giai đoạn 2026-2030"), [Plain, Good, Poor, Poor]);
        assert_eq!(told("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"), [Plain, Torn, Good, Poor, Torn]);
        assert_eq!(told("ngày 05 tháng 3 năm 2020"), [Poor, Never, Poor, Never, Poor]);
        assert_eq!(told("PHƯỜNG XUÂN TRƯỜNG - ĐÀ LẠT"), [Poor, Never, Never, Plain, Never]);
        assert_eq!(told("TẠI THÀNH PHỐ HỒ CHÍ MINH"), [Poor, Torn, Poor, Never, Never]);
        assert_eq!(told("VĂN HÓA VÀ XÃ HỘI"), [Torn, Good, Poor, Torn]);
        assert_eq!(told("học tập và làm theo gương"), [Torn, Good, Poor, Torn, Poor]);
        assert_eq!(told("y tế, văn hóa"), [Torn, Good, Torn]);
    }
}
