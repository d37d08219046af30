//! Names in capitals as they stand in a sentence: as the file itself writes them elsewhere, else by the rules of Phụ lục II.

use crate::chars::in_capitals;
use crate::decree30::outline::parse_roman;
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
        if !name.chars().any(char::is_alphabetic) || !in_capitals(name) {
            return name.to_owned();
        }
        self.elsewhere(name).unwrap_or_else(|| by_rule(name))
    }

    /// A title in capitals as the text itself writes it, if it does.
    pub fn as_elsewhere(&self, name: &str) -> String {
        if !in_capitals(name) {
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
            if !in_capitals(&found) {
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

/// Parts of names as a sentence writes them (Phụ lục II, mục III); the longest that fits is taken.
#[rustfmt::skip]
const PHRASES: &[&str] = &[
    "Ủy ban nhân dân", "Hội đồng nhân dân", "Hội đồng", "Ủy ban", "Chính phủ", "Thủ tướng", "Phó Thủ tướng", "Bộ trưởng",
    "Thứ trưởng", "Chủ tịch", "Phó Chủ tịch", "Chủ nhiệm", "Phó Chủ nhiệm", "Giám đốc", "Phó Giám đốc", "Tổng Giám đốc",
    "Phó Tổng Giám đốc", "Hiệu trưởng", "Phó Hiệu trưởng", "Trưởng ban", "Phó Trưởng ban", "Trưởng phòng",
    "Phó Trưởng phòng", "Trưởng đoàn", "Phó Trưởng đoàn", "Tổ trưởng", "Cục trưởng", "Phó Cục trưởng", "Chi cục trưởng",
    "Phó Chi cục trưởng", "Tổng cục trưởng", "Phó Tổng cục trưởng", "Vụ trưởng", "Phó Vụ trưởng", "Viện trưởng",
    "Phó Viện trưởng", "Trưởng khoa", "Chánh Văn phòng", "Phó Chánh Văn phòng", "Chánh Thanh tra", "Phó Chánh Thanh tra",
    "Bí thư", "Phó Bí thư", "Thường trực", "Ban Thường trực", "Ban Thường vụ", "Ban Chỉ đạo", "Ban Chấp hành",
    "Ban Quản lý", "Ban Giám hiệu", "Mặt trận Tổ quốc Việt Nam", "Việt Nam", "Văn phòng", "Thanh tra", "Chi cục",
    "Tổng cục", "Trung tâm", "Đề án", "Ủy viên", "Đảng ủy", "Tỉnh ủy", "Thành ủy", "xã hội", "khu vực", "nhân dân",
    "Thành phố Hồ Chí Minh", "Đoàn đại biểu Quốc hội", "Quốc hội", "Ban Chấp hành Trung ương",
];
/// Fields and schools: the name of a place, or of a person, stands behind them.
#[rustfmt::skip]
const FIELDS: &[&str] = &[
    "Nông nghiệp và Môi trường", "Nông nghiệp và Phát triển nông thôn", "Giáo dục và Đào tạo", "Khoa học và Công nghệ",
    "Lao động - Thương binh và Xã hội", "Văn hóa, Thể thao và Du lịch", "Tài nguyên và Môi trường",
    "Kế hoạch và Đầu tư", "Thông tin và Truyền thông", "Dân tộc và Tôn giáo", "Công Thương", "Nội vụ", "Tài chính",
    "Y tế", "Xây dựng", "Tư pháp", "Ngoại vụ", "Công an", "Quân sự", "Đại học", "Cao đẳng", "Trung học phổ thông",
    "Trung học cơ sở", "Tiểu học", "Mầm non", "Đoàn Thanh niên", "Hội Nông dân", "Hội Cựu chiến binh",
    "Hội Liên hiệp Phụ nữ", "Hội Chữ thập đỏ", "Liên đoàn Lao động", "Kiểm lâm", "Thuế", "Hải quan",
];
/// Bodies inside a name: they and the word behind them begin with a capital.
const BODIES: [&str; 15] =
    ["sở", "bộ", "phòng", "ban", "vụ", "cục", "trường", "viện", "hội", "quỹ", "đoàn", "khoa", "hạt", "đội", "kho"];
/// Places: the word is small, the name behind it has capitals.
const PLACES: [&str; 10] = ["tỉnh", "xã", "phường", "phố", "huyện", "quận", "khu", "trấn", "thôn", "bản"];
/// Words that are small wherever they stand.
const SMALL: [&str; 8] = ["và", "của", "các", "về", "cho", "thành", "thị", "đặc"];

/// A name by the rules: known parts as they are written, names of places with capitals, else small letters.
fn by_rule(name: &str) -> String {
    let words = parted(name);
    let mut out: Vec<String> = Vec::new();
    // Whether the next word begins something, and whether it belongs to the name of a place.
    let (mut begins, mut place) = (true, false);
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if let Some((phrase, field)) = phrase_at(&words[at..]) {
            for (word, model) in words[at..].iter().zip(&phrase) {
                out.push(if model.starts_with(char::is_uppercase) { capital(word) } else { word.clone() });
            }
            at += phrase.len();
            let last = words[at - 1].as_str();
            begins = matches!(last, "cục" | "tâm" | "phòng" | "đoàn");
            place = field;
            continue;
        }
        // `khóa XIX` behind the name of a council.
        let term = words.get(at + 1).is_some_and(|next| is_numeral(next, word));
        let small = (SMALL.contains(&word.as_str()) || term) && !(begins && at == 0);
        let is_place = PLACES.contains(&word.as_str());
        let body = BODIES.contains(&word.as_str()) && !place;
        out.push(if is_abbreviation(word) || at > 0 && is_numeral(word, &words[at - 1]) {
            word.to_uppercase()
        } else if !small && !is_place && (begins || place || body) || at == 0 {
            capital(word)
        } else {
            word.clone()
        });
        let school = is_abbreviation(word) && !word.ends_with('.') && at > 0;
        place = is_place || school || place && !small && !word.ends_with(',');
        begins = body || word.ends_with(['.', '-', '–']) || is_abbreviation(word) && word.ends_with('.');
        at += 1;
    }
    out.join(" ")
}

/// The words in small letters; `TL.CHỦ` is two.
fn parted(name: &str) -> Vec<String> {
    let mut out = Vec::new();
    for word in name.split_whitespace() {
        let word = word.to_lowercase();
        match ["tm.", "kt.", "tl.", "tuq.", "q."].iter().find(|p| word.len() > p.len() && word.starts_with(**p)) {
            Some(power) => out.extend([(*power).to_owned(), word[power.len()..].to_owned()]),
            None => out.push(word),
        }
    }
    out
}

/// The longest known part with which some words begin, and whether the name of a place stands behind it.
fn phrase_at(words: &[String]) -> Option<(Vec<&'static str>, bool)> {
    let same = |model: &str, word: &str| super::words::fold(model) == super::words::fold(word);
    let fits = |(phrase, _): &(&str, bool)| {
        let count = phrase.split(' ').count();
        count <= words.len()
            && phrase.split(' ').zip(words).enumerate().all(|(i, (m, w))| {
                // A comma behind the last word is none of it.
                same(m, if i + 1 == count { w.trim_end_matches([',', ';']) } else { w })
            })
    };
    let known = PHRASES.iter().map(|p| (*p, false)).chain(FIELDS.iter().map(|p| (*p, true)));
    let (found, field) = known.filter(fits).max_by_key(|(p, _)| p.split(' ').count())?;
    Some((found.split(' ').collect(), field))
}

/// Letters without a vowel are no syllable.
fn is_abbreviation(word: &str) -> bool {
    let plain = crate::diagnostic::folded(word);
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let unspoken = letters > 1 && !plain.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    unspoken || matches!(word, "ubnd" | "hđnd" | "tm." | "kt." | "tl." | "tuq." | "q." | "mttq" | "cchc" | "ubmttq")
}

/// `khóa IX`, `quân khu V`: the words before a Roman number.
fn is_numeral(word: &str, before: &str) -> bool {
    matches!(before, "khóa" | "khoá" | "kỳ" | "lần" | "khu" | "vùng" | "quý" | "thứ")
        && word.trim_end_matches(',').bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
        && parse_roman(&word.trim_end_matches(',').to_uppercase()).is_some()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|c| c.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::by_rule;

    #[test]
    fn names_in_capitals_are_written_by_the_rules() {
        for name in [
            "Ủy ban nhân dân tỉnh Lâm Đồng",
            "Chủ tịch Ủy ban nhân dân thành phố Cần Thơ",
            "Sở Giáo dục và Đào tạo",
            "Bộ Lao động - Thương binh và Xã hội",
            "Sở Nông nghiệp và Môi trường",
            "Sở Công Thương Lạng Sơn",
            "Thủ tướng Chính phủ",
            "Văn phòng Chính phủ",
            "KT. Bộ trưởng, Chủ nhiệm",
            "TL. Bộ trưởng",
            "TM. Ban Thường trực",
            "Phó Giám đốc",
            "Giám đốc Sở Y tế",
            "Hiệu trưởng Trường Đại học Sơn Nam",
            "Ban Chỉ đạo",
            "Trường THCS Vân Hồ",
            "Phòng Cảnh sát quản lý hành chính về trật tự xã hội",
            "Tòa án nhân dân khu vực 5",
            "Hội đồng nhân dân xã Mường Chanh",
            "Trung tâm Lưu trữ lịch sử tỉnh",
            "Chi cục Kiểm lâm",
            "Vụ trưởng Vụ Giáo dục chuyên nghiệp",
            "Phó Chủ tịch Thường trực",
            "Hội đồng nhân dân tỉnh Phú Thọ khóa XIX",
            "Ủy ban nhân dân Thành phố Hồ Chí Minh",
            "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh Lâm Đồng",
            "Ban Chấp hành Trung ương",
        ] {
            assert_eq!(by_rule(&name.to_uppercase()), name);
        }
        assert_eq!(by_rule("TL.CHỦ TỊCH"), "TL. Chủ tịch");
    }
}
