//! Names in capitals as they stand in a sentence: as the file itself writes them elsewhere, else by the rules of Phụ lục II.

use crate::import::stream::{Piece, Stream};

/// The words of a file in which names are looked for.
pub struct Words {
    lower: Vec<char>,
    typed: Vec<char>,
}

impl Words {
    /// Of a file.
    pub fn of(stream: &Stream) -> Self {
        let mut text = String::new();
        collect(&stream.pieces, &mut text);
        let typed: Vec<char> = text.chars().collect();
        Words { lower: typed.iter().map(|c| lower(*c)).collect(), typed }
    }

    /// A name in capitals as a sentence writes it.
    pub fn in_sentence(&self, name: &str) -> String {
        if !name.chars().any(char::is_alphabetic) || name.to_uppercase() != name {
            return name.to_owned();
        }
        self.elsewhere(name).unwrap_or_else(|| by_rule(name))
    }

    /// A title in capitals as the text itself writes it, if it does.
    pub fn as_elsewhere(&self, name: &str) -> String {
        if name.to_uppercase() != name {
            return name.to_owned();
        }
        self.elsewhere(name).unwrap_or_else(|| name.to_owned())
    }

    /// The first place where the name does not stand in capitals.
    fn elsewhere(&self, name: &str) -> Option<String> {
        let wanted: Vec<char> = name.chars().map(lower).collect();
        if wanted.len() < 6 {
            return None;
        }
        for (start, window) in self.lower.windows(wanted.len()).enumerate() {
            if window[0] != wanted[0] || window != wanted {
                continue;
            }
            let free = |at: Option<&char>| at.is_none_or(|c| !c.is_alphanumeric());
            let before = start.checked_sub(1).and_then(|at| self.lower.get(at));
            if !free(before) || !free(self.lower.get(start + wanted.len())) {
                continue;
            }
            let found: String = self.typed[start..start + wanted.len()].iter().collect();
            // Half in capitals (`UBND tỉnh`) is a sentence too; all in capitals is another letterhead.
            if found.to_uppercase() != found {
                let mut letters = found.chars();
                let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
                return Some(first + letters.as_str());
            }
        }
        None
    }
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

fn collect(pieces: &[Piece], out: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Par(par) => {
                out.push_str(&par.whole());
                out.push('\n');
            }
            Piece::Table(table) => {
                for par in table.pars() {
                    out.push_str(&par.whole());
                    out.push('\n');
                }
            }
            _ => {}
        }
    }
}

/// Words of posts and bodies that a sentence writes small.
const SMALL: [&str; 36] = [
    "nhân",
    "dân",
    "tỉnh",
    "xã",
    "phường",
    "thành",
    "phố",
    "huyện",
    "quận",
    "đặc",
    "khu",
    "và",
    "của",
    "các",
    "về",
    "chỉ",
    "đạo",
    "tịch",
    "đốc",
    "phòng",
    "trưởng",
    "ban",
    "ủy",
    "uỷ",
    "hội",
    "đồng",
    "tâm",
    "cục",
    "chi",
    "văn",
    "thị",
    "trấn",
    "trung",
    "ương",
    "viện",
    "tổ",
];

/// Words after which a name of its own begins.
const BEFORE_A_NAME: [&str; 13] =
    ["tỉnh", "xã", "phường", "phố", "huyện", "quận", "khu", "trấn", "sở", "bộ", "phó", "chánh", "thôn"];

fn by_rule(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    let mut out: Vec<String> = Vec::new();
    let mut own = false;
    for (i, word) in words.iter().enumerate() {
        let after = i.checked_sub(1).and_then(|b| words.get(b)).map(String::as_str);
        // Letters without a vowel are no syllable.
        let plain = crate::diagnostic::folded(word);
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let unspoken = letters > 1 && !plain.contains(['a', 'e', 'i', 'o', 'u', 'y']);
        let abbreviation = unspoken
            || matches!(word.as_str(), "ubnd" | "hđnd" | "tm." | "kt." | "tl." | "tuq." | "q." | "mttq" | "cchc");
        let begins = i == 0 || after.is_some_and(|w| BEFORE_A_NAME.contains(&w) || w.ends_with('.') || w == "-");
        own = if begins
            && i > 0
            && after.is_some_and(|w| ["tỉnh", "xã", "phường", "phố", "huyện", "quận", "khu", "trấn"].contains(&w))
        {
            true
        } else {
            own && !["tỉnh", "thành", "huyện"].contains(&word.as_str())
        };
        out.push(match word.as_str() {
            _ if abbreviation => word.to_uppercase(),
            w if begins || (own && w != "và" && w != "-") || !SMALL.contains(&w) && i == 0 => capital(w),
            w => w.to_owned(),
        });
    }
    out.join(" ")
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|c| c.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}
