//! Documents that are cited: `Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư`.
//! Khoản 6, điểm b of mục II asks for type, number, date, body and subject at the first citation.

use super::dates::Mention;
use super::text::{Place, Text};
use crate::draft::Part;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A document that is cited.
#[derive(Clone, Debug)]
pub struct Citation {
    /// The text that it stands in: an index of `Subject::texts`.
    pub text: usize,
    /// Its type as typed, where it stands before the number.
    pub kind: Option<Range<usize>>,
    /// Its number and symbol.
    pub number: Range<usize>,
    /// The same in capitals.
    pub key: String,
    /// Its date.
    pub date: Option<Mention>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// What it is about, as far as the sentence tells it.
    pub subject: Option<String>,
    /// Whether it stands in the legal basis.
    pub is_basis: bool,
}

impl Citation {
    /// From its type, or its number, to the end of the number.
    pub fn range(&self) -> Range<usize> {
        self.kind.as_ref().map_or(self.number.start, |k| k.start)..self.number.end
    }

    /// Whether the number and the date of another document stand before it in its part of the text: it is named in the
    /// subject of that one (`Thông tư số 89 TC/TCT ngày … hướng dẫn thi hành Nghị định số …`).
    pub fn is_inner(&self, text: &Text<'_>) -> bool {
        let part = text.low[..self.range().start].rsplit(';').next().unwrap_or_default();
        let number = part.split(" số ").skip(1).find(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        number.is_some_and(|rest| rest.contains(" ngày "))
    }

    /// The year inside the number.
    pub fn year(&self) -> Option<u32> {
        self.key.split('/').nth(1).filter(|y| y.len() == 4)?.parse().ok()
    }

    /// Whether it is of a province or a commune: two of them may have the same number.
    pub fn is_local(&self) -> bool {
        self.symbol().contains("UBND") || self.symbol().contains("HĐND")
    }

    /// What stands behind the last slash: `NĐ-CP`, `QĐ-UBND`.
    pub fn symbol(&self) -> &str {
        self.key.rsplit('/').next().unwrap_or_default()
    }
}

/// Types that are cited by number, in small letters, longest first.
pub const KINDS: [&str; 29] = [
    "thông tư liên tịch",
    "nghị quyết liên tịch",
    "hợp nhất văn bản",
    "văn bản hợp nhất",
    "bộ luật",
    "pháp lệnh",
    "nghị định",
    "nghị quyết",
    "quyết định",
    "thông tư",
    "chỉ thị",
    "kế hoạch",
    "công văn",
    "báo cáo",
    "thông báo",
    "hướng dẫn",
    "tờ trình",
    "chương trình",
    "công điện",
    "kết luận",
    "văn bản",
    "quy định",
    "quy chế",
    "đề án",
    "lệnh",
    "luật",
    "sắc lệnh",
    "hiến pháp",
    "phương án",
];

/// Number, perhaps with the year, and symbol. From À to ỹ are all letters of Vietnamese: a range, where the class of all
/// letters is hundreds of them and takes as long to compile as a document takes to check.
const PATTERN: &str =
    r"[0-9]+[a-z]?/(?:[0-9]{4}/)?[A-Za-zÀ-ỹ][A-Za-zÀ-ỹ0-9]*(?:\.[0-9]+)?(?:[-–][ \t\n\x{A0}]?[A-Za-zÀ-ỹ0-9.&]+)*";
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(PATTERN).ok());

/// Words with which the subject of a document begins.
const VERBS: [&str; 33] = [
    "chấp", "thu", "cấp", "cho", "hỗ", "miễn", "giải", "đổi", "bổ", "về", "quy", "ban", "phê", "hướng", "sửa", "triển",
    "thực", "thông", "công", "kiện", "thành", "giao", "tổ", "bãi", "điều", "phân", "tăng", "đẩy", "xây", "phát", "ủy",
    "hợp", "quyết",
];

/// The documents that the texts cite, in reading order.
pub fn all(texts: &[Text<'_>]) -> Vec<Citation> {
    let mut out = Vec::new();
    let Some(number) = NUMBER.as_ref() else { return out };
    for (index, text) in texts.iter().enumerate() {
        if text.is_fact() || !text.plain.contains('/') {
            continue;
        }
        let found: Vec<Range<usize>> = number
            .find_iter(&text.plain)
            .map(|m| m.start()..m.start() + m.as_str().trim_end_matches(['.', '-', '&']).len())
            .filter(|r| is_number(text, r))
            .collect();
        if found.is_empty() {
            continue;
        }
        let dates = text.dates();
        for (at, range) in found.iter().enumerate() {
            let end = found
                .get(at + 1)
                .map_or(text.plain.len(), |next| kind_before(text, next).map_or(next.start, |k| k.start));
            out.push(read(text, index, range.clone(), end, dates));
        }
    }
    out
}

/// Whether it is a number of a document: no word goes on before it, and its symbol has a capital.
fn is_number(text: &Text<'_>, range: &Range<usize>) -> bool {
    let before = text.plain[..range.start].chars().next_back();
    let symbol = text.plain[range.clone()].rsplit('/').next().unwrap_or_default();
    let letters = symbol.chars().filter(|c| c.is_alphabetic()).count();
    before.is_none_or(|c| c.is_whitespace() || "(“:,;".contains(c))
        && letters > 1
        && (symbol.contains(char::is_uppercase) || kind_before(text, range).is_some())
        // `5/ngày`, `02/người`: an amount.
        && (symbol.contains('-') || symbol.chars().next().is_some_and(char::is_uppercase))
}

fn kind_before(text: &Text<'_>, number: &Range<usize>) -> Option<Range<usize>> {
    let before = text.low[..number.start].trim_end();
    let before = before.strip_suffix("số:").or_else(|| before.strip_suffix("số")).unwrap_or(before).trim_end();
    let kind = KINDS.iter().find(|k| before.ends_with(**k))?;
    let start = before.len() - kind.len();
    let head = &before[..start];
    let free = head.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
    let other = ["kỷ ", "mệnh ", "pháp "].iter().any(|w| head.ends_with(w));
    (free && !other).then_some(start..before.len())
}

fn read(text: &Text<'_>, index: usize, number: Range<usize>, end: usize, dates: &[Mention]) -> Citation {
    let key = text.plain[number.clone()].replace('–', "-").replace(' ', "").to_uppercase();
    let gap = |m: &&Mention| {
        m.range.start >= number.end
            && m.range.start <= end
            && text.plain[number.end..m.range.start].trim().trim_matches([',', ' ', '(']).len() <= "ngày".len()
    };
    let date = dates.iter().find(gap).cloned();
    let from = date.as_ref().map_or(number.end, |d| d.range.end).min(end);
    let rest = &text.plain[from..end];
    let stop = rest.find([';', '.', ')', '(']).unwrap_or(rest.len());
    let rest = rest[..stop].trim_start_matches([',', ' ']).trim_end();
    let (issuer, subject) = match rest.strip_prefix("của ") {
        Some(behind) => issuer_and_subject(behind),
        None => (None, rest),
    };
    let says = subject.split_whitespace().next().is_some_and(|w| VERBS.contains(&w.to_lowercase().as_str()));
    Citation {
        text: index,
        kind: kind_before(text, &number),
        key,
        number,
        date,
        issuer,
        subject: Some(subject.to_owned()).filter(|s| says && !s.is_empty()),
        is_basis: text.place == Place::Part(Part::CanCu),
    }
}

/// The name of a body, and what follows it.
fn issuer_and_subject(behind: &str) -> (Option<String>, &str) {
    let mut at = 0;
    for word in behind.split(' ') {
        // `… của Chính phủ được sửa đổi bởi …`, `… và tình hình của địa phương`: the sentence goes on.
        let next = behind[at..].split(' ').nth(1).unwrap_or_default();
        if at > 0 && (word == "được" || word == "và" && next.starts_with(char::is_lowercase)) {
            let name = behind[..at].trim_end_matches([',', ' ']);
            return (Some(name.to_owned()).filter(|n| !n.is_empty()), "");
        }
        let ended = at > 0 && behind[..at].trim_end().ends_with(',');
        let inside = behind[..at].trim_end().ends_with(" và");
        if at > 0 && (ended || !inside && VERBS.contains(&word)) {
            break;
        }
        at += word.len() + 1;
    }
    let at = at.min(behind.len());
    let name = behind[..at].trim_end_matches([',', ' ']);
    (Some(name.to_owned()).filter(|n| !n.is_empty()), behind[at..].trim_start())
}
