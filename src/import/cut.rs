//! Lines that were cut inside of a name or behind words that want more: `báo cáo của Bộ` above `Tư pháp …`.

use super::line::{SENTENCE, SHORT_SENTENCE, bare, begins_line, is_label};
use crate::chars::in_capitals;
use crate::markup::marker;

/// A line that was cut between capitals: no marker or label begins this one, nor the same word both.
pub(super) fn is_cut(before: &str, raw: &str, full: usize) -> bool {
    let (before, line) = (bare(before), bare(raw));
    let first = |text: &str| text.split(' ').next().unwrap_or_default().to_owned();
    (is_cut_name(before, line, full) || is_cut_text(before, line, full) || is_cut_body(before, line))
        && !is_label(before)
        && !begins_line(line)
        && !in_capitals(before)
        && !in_capitals(line)
        && first(before) != first(line)
        && !raw.trim_start().contains("    ")
}

/// `báo cáo của Bộ` above `Tư pháp …`, `Ủy ban nhân dân` above `Thành phố …`, `thành phố Hải` above `Phòng …`: a name whose
/// rest stands on this line, however short the one before is.
fn is_cut_body(before: &str, line: &str) -> bool {
    #[rustfmt::skip]
    const FIELDS: [&str; 22] = [
        "Nội vụ", "Tư pháp", "Tài chính", "Công Thương", "Công thương", "Y tế", "Giáo dục", "Nông nghiệp", "Xây dựng", "Khoa học",
        "Văn hóa", "Văn hoá", "Dân tộc", "Ngoại giao", "Ngoại vụ", "Quốc phòng", "Công an", "Thông tin", "Giao thông", "Tài nguyên",
        "Kế hoạch", "Lao động",
    ];
    #[rustfmt::skip]
    const PROVINCES: [(&str, &str); 34] = [
        ("Hà", "Nội"), ("phố", "Hồ Chí Minh"), ("Hải", "Phòng"), ("Đà", "Nẵng"), ("Cần", "Thơ"), ("Hồ", "Chí Minh"), ("Tuyên", "Quang"), ("Lào", "Cai"),
        ("Thái", "Nguyên"), ("Phú", "Thọ"), ("Bắc", "Ninh"), ("Hưng", "Yên"), ("Ninh", "Bình"), ("Quảng", "Trị"),
        ("Quảng", "Ngãi"), ("Gia", "Lai"), ("Khánh", "Hòa"), ("Lâm", "Đồng"), ("Đắk", "Lắk"), ("Đồng", "Nai"), ("Tây", "Ninh"),
        ("Vĩnh", "Long"), ("Đồng", "Tháp"), ("Cà", "Mau"), ("An", "Giang"), ("Cao", "Bằng"), ("Lai", "Châu"), ("Điện", "Biên"),
        ("Sơn", "La"), ("Lạng", "Sơn"), ("Quảng", "Ninh"), ("Thanh", "Hóa"), ("Nghệ", "An"), ("Hà", "Tĩnh"),
    ];
    let plain = before.replace('*', "");
    let ends = |words: &str| plain.strip_suffix(words).is_some_and(|head| head.is_empty() || head.ends_with(' '));
    let begins = |words: &str| line.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    (ends("Sở") || ends("Bộ")) && FIELDS.iter().any(|field| begins(field))
        || plain.ends_with(": Các") && ["Sở", "Bộ", "Ban"].iter().any(|body| begins(body))
        || ends("Ủy ban nhân dân") && ["Thành phố", "Tỉnh", "thành phố", "tỉnh"].iter().any(|level| begins(level))
        || PROVINCES.iter().any(|(first, rest)| ends(first) && begins(rest))
}

/// `các tỉnh: Đắk Lắk, Gia` above `Lai và Lâm Đồng …`: one word behind the last comma of a long line, and a line that is
/// no name.
fn is_cut_name(before: &str, line: &str, full: usize) -> bool {
    let Some((_, word)) = before.rsplit_once(", ") else { return false };
    word.chars().all(char::is_alphabetic)
        && (before.chars().count() * 2 >= full || matches!(word, "Sở" | "Bộ" | "Ban" | "Cục" | "Vụ"))
        && word.starts_with(char::is_uppercase)
        && word.chars().count() <= LONGEST_SYLLABLE
        && !in_capitals(word)
        && !before.contains("Lưu:")
        && line.starts_with(char::is_uppercase)
        && line.split(' ').skip(1).any(|w| w.starts_with(char::is_lowercase))
}

/// Letters of the longest syllable: `nghiêng`.
const LONGEST_SYLLABLE: usize = 7;

/// `1. Về thủ tục: đề nghị` above `Công ty nghiên cứu …`: behind its colon a line ends with a verb that asks for who is to
/// act.
pub(super) fn is_cut_clause(before: &str, line: &str) -> bool {
    const ASKING: [&str; 7] = ["đề nghị", "yêu cầu", "giao", "kính đề nghị", "đồng ý", "cho phép", "thống nhất giao"];
    let Some((_, clause)) = before.rsplit_once(": ") else { return false };
    ASKING.contains(&clause)
        && line.starts_with(char::is_uppercase)
        && line.chars().count() >= SENTENCE
        && !line.chars().take(SENTENCE).any(|c| c == ':')
}

/// `Ngày 18 tháng 11 năm 2025, Phó Thủ tướng Chính phủ` above `Bùi Thanh Sơn đã chủ trì …`: long text without a marker that
/// does not end, above more of a sentence; `Điều 2. Sở` above `Công Thương có trách nhiệm …`.
fn is_cut_text(before: &str, line: &str, full: usize) -> bool {
    const DECIDES: [&str; 5] = ["Ban hành kèm theo ", "Phê duyệt ", "Công bố ", "Thành lập ", "Quyết định này "];
    const NAMED: [&str; 4] = [" Công ty", " Tập đoàn", " Ngân hàng", " Trường"];
    const BODIES: [&str; 9] = ["Sở", "Bộ", "Ban", "Cục", "Vụ", "Ủy ban", "Hội đồng", "Chủ tịch", "Các"];
    let marked = marker::find(before).map(|m| m.rest).or(before.strip_prefix(['-', '+', '–'])).map(str::trim);
    let words = |text: &str| text.split(' ').count();
    let long = before.chars().count() * 10 >= full * 6;
    let named = marked.is_none() && long && !before.contains(": ") && NAMED.iter().any(|body| before.ends_with(body));
    let open = match marked {
        Some(rest) => {
            let rest = rest.trim_start_matches(['*', ' ']);
            let decides = DECIDES.iter().any(|verb| rest.starts_with(verb)) && rest.ends_with(char::is_alphabetic);
            BODIES.contains(&rest) || decides
        }
        None => named || long && before.ends_with(char::is_alphanumeric) && words(before) >= 6,
    };
    let sentence = line.chars().count() >= SENTENCE || words(line) > 1 && line.ends_with(['.', ';']);
    // `(mã số: 0110905160)` is no label.
    let label = line.split_once(':').is_some_and(|(head, _)| head.chars().count() < SENTENCE && !head.contains('('));
    open && sentence
        && line.starts_with(char::is_uppercase)
        && line.split(' ').skip(1).any(|w| w.starts_with(char::is_lowercase))
        && !label
}

/// `Dự án đường bộ cao tốc Ninh Bình` above `- Hải Phòng, đoạn qua …`: a full line in the middle of a sentence that ends in
/// a name, above what no list has.
pub(super) fn is_cut_range(before: &str, raw: &str, full: usize) -> bool {
    let (before, line) = (bare(before), bare(raw));
    before.starts_with(char::is_lowercase)
        && before.ends_with(char::is_alphanumeric)
        && before.rsplit(' ').next().is_some_and(|word| word.starts_with(char::is_uppercase))
        && before.chars().count() * 20 >= full * 17
        && !line.ends_with(';')
        && line.strip_prefix("- ").is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

/// `Quốc hội khóa` above `XV.`: a numeral alone behind words that need one.
pub(super) fn is_cut_numeral(before: &str, raw: &str) -> bool {
    const NEEDING: [&str; 6] = ["khóa", "khoá", "thứ", "lần", "quý", "Quý"];
    let (before, line) = (bare(before), bare(raw));
    let first = line.split(' ').next().unwrap_or_default().trim_end_matches(['.', ',', ';']);
    NEEDING.contains(&before.rsplit(' ').next().unwrap_or_default())
        && before.chars().count() >= SHORT_SENTENCE
        && !first.is_empty()
        && first.bytes().all(|b| b"IVX".contains(&b))
}

/// `“Điều 11.` above the title of the article, `Điều` above its number.
pub(super) fn is_number_of_article(before: &str, raw: &str) -> bool {
    let before = bare(before).trim_start_matches(['“', '"']);
    if before == "Điều" {
        return bare(raw).starts_with(|c: char| c.is_ascii_digit());
    }
    // `[1] Lâm` above `Đồng, Bắc Ninh`: a note of the page that was cut behind its first word.
    if let Some((number, words)) = before.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
        let first = words.split(' ').count() <= 2 && words.ends_with(char::is_alphabetic);
        let counted = number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit() || b"ivx".contains(&b));
        return first && counted && number != "x" && !bare(raw).starts_with('[') && !begins_line(bare(raw));
    }
    let number = before.strip_prefix("Điều ").and_then(|n| n.strip_suffix('.'));
    number.is_some_and(|n| n.len() <= 4 && n.starts_with(|c: char| c.is_ascii_digit()))
        && bare(raw).starts_with(char::is_uppercase)
        && marker::find(bare(raw)).is_none()
}
