//! Lines that a printer, a portal or the code of a page broke: which of them are one.

use super::cut::{is_cut, is_cut_clause, is_cut_numeral, is_cut_range, is_number_of_article};
use super::line::{SENTENCE, SHORT_SENTENCE, bare, begins_line, is_bold_whole, is_label};
use crate::chars::in_capitals;
use crate::decree30::kinds::KINDS;
use crate::markup::marker;

/// How the lines of a text were made.
pub(super) struct Shape {
    /// Letters of a full line.
    full: usize,
    /// Whether sentences are broken anywhere: then a short line may be, too.
    wrapped: bool,
    /// Whether blank lines stand between paragraphs, whose lines were broken.
    blocks: bool,
}

/// Sentences broken in the middle, from which on a text has its lines from a page or from the code of a web page.
const WRAPPED: usize = 6;

/// Where two lines stand.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Below the letterhead.
    pub running: bool,
    /// Right below the name of a type: lines in capitals are its subject.
    pub titled: bool,
}

impl Shape {
    /// Of a text with its lines as they are.
    pub fn of(text: &str) -> Self {
        let lines: Vec<&str> = text.lines().collect();
        let filled: Vec<usize> = lines.iter().map(|l| l.trim().chars().count()).filter(|n| *n > 0).collect();
        let broken = lines.windows(2).filter(|w| is_broken_off(w[0], w[1], SENTENCE)).count();
        // Paragraphs of more lines than one, of which the first does not end like a sentence.
        let paragraphs: Vec<&[&str]> = lines.split(|line| line.trim().is_empty()).filter(|p| !p.is_empty()).collect();
        let several = paragraphs.iter().filter(|p| p.len() > 1 && bare(p[0]).ends_with(char::is_alphanumeric)).count();
        let blocks = paragraphs.len() >= WRAPPED && several * 3 >= paragraphs.len();
        // Bars on lines of their own are of the code of a page.
        let least = if lines.iter().filter(|line| line.trim() == "|").count() > 2 { WRAPPED / 3 } else { WRAPPED };
        Shape { full: typical(&filled), wrapped: broken >= least, blocks: broken >= least && blocks }
    }

    /// Whether a line goes on with the line before.
    pub fn joins(&self, before: &str, raw: &str, place: Place) -> bool {
        // What is bold from its start to its end is a title.
        if is_bold_whole(before) && !begins_shortly(before, raw) && !is_addressee(before, raw)
            || is_bold_whole(raw.trim())
        {
            return false;
        }
        let broken = hangs(before, raw)
            || is_broken_off(before, raw, SHORT_SENTENCE)
            || place.running && is_open(before, raw)
            || place.running && is_cut(before, raw, self.full)
            || place.titled && is_of_title(before, raw)
            || begins_shortly(before, raw);
        continues(before, raw, self.full)
            || is_addressee(before, raw)
            || is_half_of_compound(before, raw)
            || self.wrapped
                && (broken
                    || is_cut_range(before, raw, self.full)
                    || is_cut_numeral(before, raw)
                    || is_number_of_article(before, raw))
            || place.running && self.blocks && self.is_of_block(before, raw)
    }

    /// Whether two lines between which is no blank one are of one paragraph: this one begins with a small letter, or one of them
    /// is long.
    fn is_of_block(&self, before: &str, raw: &str) -> bool {
        let (before, line) = (bare(before), bare(raw));
        let ended = before.ends_with(['.', ';', ':', '!', '?', '/', '|', ')']);
        let small = line.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        // First lines are short where tags stood before them; the next is not.
        let long = before.chars().count() * 10 >= self.full * 7 || line.chars().count() * 2 >= self.full;
        !before.is_empty()
            && (small || long && !ended)
            && !begins_line(line)
            && !in_capitals(before)
            && !in_capitals(line)
    }
}

/// Whether the line before has no end, whatever this one begins with: `**Điều 2.** Bãi bỏ toàn bộ`, `Theo đề nghị của Giám
/// đốc Sở`, a comma.
fn is_open(before: &str, raw: &str) -> bool {
    let (typed, before, line) = (before, bare(before), bare(raw));
    let stars = typed.trim_start_matches('*');
    let behind = stars.split_once('*').filter(|_| stars.len() < typed.len()).map_or("", |(_, behind)| bare(behind));
    let behind_marker = behind.ends_with(char::is_alphanumeric) && behind.contains(' ');
    let basis = ["Căn cứ ", "Theo đề nghị ", "Thực hiện ", "Xét "].iter().any(|words| before.starts_with(words))
        && before.ends_with(char::is_alphanumeric);
    // Two short lines with commas are members of a list.
    let long = before.chars().count() >= SHORT_SENTENCE * 2 || line.chars().count() >= SENTENCE;
    let comma = before.ends_with(',') && long;
    (behind_marker || basis || comma || is_cut_clause(before, line))
        && !is_label(before)
        && !begins_line(line)
        && !in_capitals(before)
        && !in_capitals(line)
        && !raw.trim_start().contains("    ")
}

/// The name below `Kính gửi:`, or behind its first word (`Kính gửi: Các`).
fn is_addressee(before: &str, raw: &str) -> bool {
    let (before, line) = (before.replace('*', ""), bare(raw));
    let Some(name) = before.trim().strip_prefix("Kính gửi:") else { return false };
    let begun = matches!(name.trim(), "" | "Các" | "Ông" | "Bà" | "Quý");
    let text =
        line.ends_with('.') && line.chars().count() > 80 || ["Thực hiện", "Theo "].iter().any(|w| line.starts_with(w));
    begun && !text && line.starts_with(char::is_uppercase) && !begins_line(line)
}

/// `Căn` above `cứ Luật …`; `Điều 3.` above its text.
fn begins_shortly(before: &str, raw: &str) -> bool {
    let (typed, line) = (before.replace('*', ""), bare(raw));
    let typed = typed.trim();
    // Behind a marker or a dash a word or two say nothing by themselves.
    let item = marker::find(typed).map(|m| m.rest).or(typed.strip_prefix(['-', '+', '–'])).map(str::trim);
    let start = item.unwrap_or(typed);
    let words = start.split(' ').count() <= 2 && start.chars().all(|c| c.is_alphabetic() || c == ' ');
    let first = words
        && start.starts_with(char::is_uppercase)
        && !in_capitals(start)
        && line.starts_with(char::is_lowercase)
        // Two short lines are a list, or two columns.
        && line.chars().count() > if item.is_some() { SHORT_SENTENCE } else { SHORT_SENTENCE * 2 };
    let article = typed.strip_prefix("Điều ").is_some_and(|rest| {
        rest.ends_with('.') && rest.len() > 1 && rest.trim_end_matches('.').bytes().all(|b| b.is_ascii_digit())
    });
    first || article && !begins_line(line) && !in_capitals(line)
}

/// Whether a line is the name of a type.
pub(super) fn is_type(line: &str) -> bool {
    let line = bare(line).trim_end_matches(':');
    in_capitals(line) && KINDS.iter().any(|kind| kind.name.to_uppercase() == line)
}

/// Whether two lines in capitals are of one subject: this one names no authority.
fn is_of_title(before: &str, raw: &str) -> bool {
    #[rustfmt::skip]
    const AUTHORITIES: [&str; 14] = [
        "ỦY BAN", "UỶ BAN", "HỘI ĐỒNG", "CHỦ TỊCH", "BỘ TRƯỞNG", "GIÁM ĐỐC", "TỔNG GIÁM ĐỐC", "THỦ TƯỚNG", "CHÍNH PHỦ",
        "CHÁNH ", "HIỆU TRƯỞNG", "CỤC TRƯỞNG", "TRƯỞNG ", "BỘ ",
    ];
    let (before, line) = (bare(before), bare(raw));
    let letters = |line: &str| line.chars().any(char::is_alphabetic) && in_capitals(line);
    letters(before)
        && letters(line)
        && !before.ends_with(['.', ':', ';', '/'])
        && !is_type(before)
        && !AUTHORITIES.iter().any(|words| line.starts_with(words))
        && !begins_line(line)
        // `… NGHỊ QUYẾT SỐ` above `30/2013/NQ-HĐND NGÀY …`.
        && (raw.trim().starts_with(char::is_alphabetic) || before.ends_with(" SỐ"))
}

/// The length of a full line: most lines of a broken text have nearly that.
fn typical(lengths: &[usize]) -> usize {
    let mut sorted = lengths.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() * 9 / 10).copied().unwrap_or_default()
}

/// Whether a line goes on with the sentence of the line before.
fn continues(before: &str, raw: &str, full: usize) -> bool {
    let (before, line) = (bare(before), bare(raw));
    let small = line.chars().next().is_some_and(char::is_lowercase);
    // `;` ends a member of a list; a small letter goes on behind it.
    let ended = before.ends_with(['.', ':', '!', '?', '/', '|']) || before.ends_with(';') && !small;
    let length = before.chars().count();
    let long = length * 10 >= full * 7 && full > 40 && full < 140;
    // A year or a day at the start of a line is none of an outline.
    let number = line.split(['.', ')']).next().and_then(|n| n.parse::<usize>().ok()).is_some_and(|n| n > 99);
    let begins = marker::find(line).is_some() && !number
        || line.starts_with(['-', '–', '+', '•', '|', '#'])
        || line.starts_with('(') && (in_capitals(before) || line.to_uppercase().contains("KÈM THEO"));
    let folded = line.to_uppercase();
    let label = is_label(line)
        || before.to_uppercase().starts_with("SỐ:")
        || folded.starts_with("PHỤ LỤC") && (line.chars().count() < 40 || length * 10 < full * 9)
        || folded == line && line.chars().any(char::is_alphabetic) && !in_capitals(before);
    let columns = raw.trim_start().contains("    ") || before.contains("    ");
    long && !ended && !begins && !label && !columns && folded != before.to_uppercase()
}

/// Whether a line below `V/v …` belongs to it: no other part of a letterhead and no label.
pub(super) fn is_of_subject(raw: &str) -> bool {
    let line = raw.trim();
    let folded = line.to_uppercase();
    let other =
        ["CỘNG H", "ĐỘC LẬP", "HỎA TỐC", "HOẢ TỐC", "THƯỢNG KHẨN", "KHẨN"].iter().any(|w| folded.starts_with(w));
    let dated = folded.contains(", NGÀY");
    let columns = raw.trim_start().contains("   ") || raw.trim_start().contains('\t') || raw.starts_with("        ");
    !other
        && !is_label(line)
        && !dated
        && !columns
        && !in_capitals(line)
        && marker::find(line).is_none()
        && line.chars().count() < 60
}

/// `kinh tế` and `- xã hội` on two lines.
fn is_half_of_compound(before: &str, raw: &str) -> bool {
    let before = bare(before);
    before.chars().count() >= SENTENCE
        && ["kinh tế", "chính trị", "văn hóa", "văn hoá"].iter().any(|w| before.ends_with(w))
        && bare(raw).starts_with("- xã hội")
}

/// Words behind which no line ends but in the middle of a sentence.
#[rustfmt::skip]
const HANGING: [&str; 17] = [
    "của", "và", "những", "về", "theo", "với", "hoặc", "bởi", "từ", "đến", "để", "tại", "cho", "trong", "các", "nếu", "mà",
];

/// Whether the line before cannot end where it does: behind a word that joins, in a day or a year.
fn hangs(before: &str, raw: &str) -> bool {
    let (before, line) = (bare(before), bare(raw));
    if matches!(before, "VỀ" | "VỀ VIỆC") {
        return in_capitals(line) && !is_label(line);
    }
    let last = before.rsplit(' ').next().unwrap_or_default();
    let first = line.split(' ').next().unwrap_or_default();
    let figures = first.trim_end_matches([',', ';', '.', ')']);
    let is_number = |most: usize| (1..=most).contains(&figures.len()) && figures.bytes().all(|b| b.is_ascii_digit());
    let word = HANGING.contains(&last) && line.starts_with(char::is_alphabetic) && !in_capitals(line);
    let year = last == "năm" && figures.len() == 4 && is_number(4);
    let dated = figures.contains('/') && figures.bytes().all(|b| b.is_ascii_digit() || b == b'/');
    let day = last == "ngày" && (is_number(2) && line.split(' ').nth(1) == Some("tháng") || dated);
    let law = last == "Luật" && line.starts_with(char::is_uppercase) && !in_capitals(line);
    // `Kế hoạch số` and `283/KH-UBND`; `02` and `(hai)`.
    let symbol = last == "số" && first.contains(['/', '-']) && first.contains(|c: char| c.is_ascii_digit());
    // `khoản` and `1 Điều 4`.
    let article =
        matches!(last, "Điều" | "khoản" | "Khoản" | "điểm" | "Mục") && first.starts_with(|c: char| c.is_ascii_digit());
    let words = last.bytes().all(|b| b.is_ascii_digit())
        && line.strip_prefix('(').is_some_and(|l| l.starts_with(char::is_lowercase));
    let length = before.chars().count();
    (word && length >= SHORT_SENTENCE + 4
        || (year || day || symbol || article || words || law) && length >= SHORT_SENTENCE)
        && marker::find(line).is_none()
        && !is_label(line)
        && !raw.trim_start().contains("    ")
        && !before.contains("    ")
}

/// Lines of a subject, at most.
pub(super) const LINES_OF_SUBJECT: usize = 8;

/// The last words of a title that was broken.
fn is_last_word(line: &str) -> bool {
    let line = line.trim_end_matches(['.', ';', '/']);
    line.split(' ').count() <= 3 && line.chars().all(|c| c.is_lowercase() || c == ' ')
}

/// Whether a line goes on in the middle of a sentence, behind the end of a page too: the line before has no mark at its
/// end, and this one begins with a small letter.
pub(super) fn is_broken_off(before: &str, raw: &str, least: usize) -> bool {
    let (before, line) = (bare(before), bare(raw));
    before.chars().count() >= least
        && !in_capitals(before)
        && before.ends_with(|c: char| c.is_alphanumeric() || c == ',' || c == ')' && least < SENTENCE)
        && line.starts_with(char::is_lowercase)
        && marker::find(line).is_none()
        && (least >= SENTENCE
            || before.split(' ').count() > 2
                && (line.chars().count() >= least || is_last_word(line) && before.split(' ').count() > 4))
        && !line.contains(" | ")
        && !raw.trim_start().contains("    ")
}
