//! Words of a signature: powers, posts, names, the marks that stand for it.

use super::words::fold;
use crate::chars::in_capitals;
use crate::decree30::phrases::POWERS;
use crate::import::stream::Par;

/// Whether a text in capitals begins with a power, or with a post of those who sign, and is no member of a list.
pub(super) fn begins_post(text: &str) -> bool {
    #[rustfmt::skip]
    const POSTS: [&str; 14] = [
        "CHỦ TỊCH", "PHÓ CHỦ TỊCH", "GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "TỔNG GIÁM ĐỐC", "PHÓ TỔNG", "HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG",
        "BỘ TRƯỞNG", "THỨ TRƯỞNG", "THỦ TƯỚNG", "PHÓ THỦ TƯỚNG", "CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG",
    ];
    let folded = fold(text);
    let leads = |suffix: &str| {
        folded.split(' ').take(3).any(|w| w == suffix)
            && ["CỤC", "CHI", "TỔNG", "VỤ", "VIỆN", "PHÓ"].iter().any(|w| folded.starts_with(w))
    };
    let post = POSTS.iter().any(|p| folded.starts_with(p)) || leads("TRƯỞNG");
    in_capitals(text) && text.contains(' ') && !text.ends_with([';', '.', ',']) && (is_power(text) || post)
}

/// `TM.`, and how it was written before: `T/M`.
pub(super) fn is_power_word(word: &str) -> bool {
    POWERS.contains(&word) || ["T/M", "K/T", "T/L", "T/M.", "K/T.", "T/L."].contains(&word)
}

/// `TM. ỦY BAN NHÂN DÂN`: a line in capitals that begins with a power.
pub(super) fn is_power(text: &str) -> bool {
    in_capitals(text) && text.split(' ').next().is_some_and(is_power_word)
}

/// A mark that stands for the signature, with the name before it on the line if there is one.
pub(super) fn is_signed(text: &str) -> Option<String> {
    let folded = fold(text);
    const MARKS: [&str; 9] = ["[SIGNATURE", "[CHỮ KÝ", "(CHỮ KÝ", "(KÝ", "(ĐÃ KÝ", "[ĐÃ KÝ", "[CHỜ KÝ", "[KÝ", "ĐÃ KÝ"];
    let at = MARKS.iter().filter_map(|m| folded.find(m)).min()?;
    // Folding keeps the number of letters.
    let letters = folded[..at].chars().count();
    Some(text.chars().take(letters).collect::<String>().trim().to_owned())
}

/// Powers, posts and a name on one line, as converters of tables leave them: `KT. CHỦ TỊCH PHÓ CHỦ TỊCH Hoàng Việt
/// Phương`.
pub(super) fn apart(par: &Par) -> Vec<Par> {
    let text = par.whole();
    let words: Vec<&str> = text.split(' ').collect();
    let capital = |w: &&&str| w.to_uppercase() == **w && w.chars().any(char::is_alphabetic);
    let posts = words.iter().take_while(|w| capital(w)).count();
    let name = words[posts..].join(" ");
    let whole = is_name(&name) || name.is_empty() && is_power_word(words[0]);
    if posts < 2 || !whole || !names_a_post(&words[..posts].join(" ")) {
        return vec![par.clone()];
    }
    // The second post begins with one of these, behind the power and the first.
    const BEGINS: [&str; 3] = ["PHÓ", "THỨ", "CHÁNH"];
    let mut lines = vec![vec![words[0]]];
    let mut second = false;
    for at in 1..posts {
        let line = &lines[lines.len() - 1];
        let power = is_power_word(words[at]);
        let head = matches!(line[0], "TM." | "T/M" | "T/M.") && words[at..posts].starts_with(&["CHỦ", "TỊCH"]);
        let post = !second && line.len() > 1 && (BEGINS.contains(&words[at]) || head);
        if power || post {
            lines.push(Vec::new());
            second = post;
        }
        lines.last_mut().into_iter().for_each(|line| line.push(words[at]));
    }
    let lines = lines.iter().map(|line| line.join(" "));
    lines.chain(Some(name).filter(|n| !n.is_empty())).map(|line| Par::plain(&line)).collect()
}

#[rustfmt::skip]
const POSTS: [&str; 14] = [
    "CHỦ TỊCH", "GIÁM ĐỐC", "TRƯỞNG", "ĐẠI DIỆN", "THƯ KÝ", "CHỦ TỌA", "BÍ THƯ", "CHÁNH", "CHỦ NHIỆM", "TM.", "KT.", "TL.",
    "THỦ TƯỚNG", "NGƯỜI LẬP",
];

pub(super) fn names_a_post(text: &str) -> bool {
    let folded = fold(text);
    POSTS.iter().any(|w| folded.contains(w))
}

/// Ranks and degrees before a name.
#[rustfmt::skip]
const RANKS: [&str; 22] = [
    "Đại tướng", "Thượng tướng", "Trung tướng", "Thiếu tướng", "Đại tá", "Thượng tá", "Trung tá", "Thiếu tá", "Đại úy",
    "Thượng úy", "Trung úy", "Thiếu úy", "Bác sĩ", "Bác sỹ", "Kỹ sư", "Tiến sĩ", "Thạc sĩ", "Giáo sư", "Phó Giáo sư",
    "Phó giáo sư", "Luật sư", "Dược sĩ",
];

/// `NGUYỄN VĂN AN`: begins with a family name that most people have, in capitals.
pub(super) fn is_name_in_capitals(text: &str) -> bool {
    #[rustfmt::skip]
    const FAMILIES: [&str; 26] = [
        "NGUYỄN", "TRẦN", "LÊ", "PHẠM", "HOÀNG", "HUỲNH", "PHAN", "VŨ", "VÕ", "ĐẶNG", "BÙI", "ĐỖ", "HỒ", "NGÔ", "DƯƠNG",
        "LÝ", "ĐINH", "TRƯƠNG", "LƯƠNG", "MAI", "TRỊNH", "ĐÀO", "CAO", "HÀ", "LÂM", "TÔ",
    ];
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=5).contains(&words.len()) && FAMILIES.contains(&words[0]) && !names_a_post(text)
}

/// Two to six words, each with a capital first, no digits; a rank or a degree may stand before them.
pub(super) fn is_name(text: &str) -> bool {
    let bare = text.trim();
    let bare = RANKS.iter().find_map(|r| bare.strip_prefix(r)).map_or(bare, |rest| rest.trim_start_matches([',', ' ']));
    let words: Vec<&str> = bare.split_whitespace().collect();
    let titled = |w: &&str| w.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_alphabetic()) || w.contains('.');
    (1..=7).contains(&words.len())
        && bare.chars().count() < 50
        && words.iter().all(titled)
        && !bare.chars().any(|c| c.is_ascii_digit() || matches!(c, ':' | ';'))
        && !in_capitals(bare)
}
