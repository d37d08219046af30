//! What a portal of law puts around a document and a crawler copies with it.

use super::stream::{LeftOut, squeezed};
use crate::chars::is_letter;
use crate::decree30::kinds::KINDS;

/// Why words are not in the plan.
const REASON: &str = "khung của trang web";

/// With these words the part behind a document begins.
const BEHIND: [&str; 4] = [
    "Văn bản này chưa cập nhật nội dung Tiếng Anh",
    "FILE ĐƯỢC ĐÍNH KÈM THEO VĂN BẢN",
    "NỘI DUNG SỬA ĐỔI, HƯỚNG DẪN",
    "Lược đồ văn bản",
];

/// The document without what stands around it; that is told.
pub(super) fn without_frame<'t>(text: &'t str, left_out: &mut Vec<LeftOut>) -> &'t str {
    without_head(without_tail(text, left_out), left_out)
}

/// The document without the table that a portal puts above it, whose last row stands above the letterhead, or above the
/// addressee where the portal lost that.
fn without_head<'t>(text: &'t str, left_out: &mut Vec<LeftOut>) -> &'t str {
    let mut start = 0;
    // The bars that stand alone, up to the one before Quốc hiệu.
    let mut bars: Vec<usize> = Vec::new();
    // Rows of the portal's table.
    const FACTS: [&str; 6] =
        ["Số hiệu:", "Loại văn bản:", "Nơi ban hành:", "Người ký:", "Ngày ban hành:", "Tình trạng:"];
    let mut facts = 0;
    // Behind the first bar below the last words.
    let (mut row_end, mut in_row) = (0, false);
    for line in text.split_inclusive('\n') {
        let bare = bare(line);
        if line.trim() == "|" {
            bars.push(start);
            row_end = if in_row { start + line.len() } else { row_end };
        }
        in_row = line.trim() != "|" && (in_row || !line.trim().is_empty());
        facts += usize::from(FACTS.contains(&bare));
        if bare.starts_with("Kính gửi") && facts > 2 {
            let (gone, kept) = text.split_at(row_end);
            left_out.push(LeftOut { words: squeezed(gone), reason: REASON });
            return kept;
        }
        if bare.starts_with("CỘNG HÒA") || bare.starts_with("CỘNG HOÀ") || bare.starts_with("ĐẢNG CỘNG") {
            let [.., body, _] = bars[..] else { return text };
            let (gone, kept) = text.split_at(body);
            if facts > 2 {
                left_out.push(LeftOut { words: squeezed(gone), reason: REASON });
                return kept;
            }
            return text;
        }
        start += line.len();
    }
    text
}

/// Words of the portal stand behind the recipients or the signature.
fn without_tail<'t>(text: &'t str, left_out: &mut Vec<LeftOut>) -> &'t str {
    let Some(foot) = last_foot(text) else { return text };
    let mut start = foot;
    for line in text[foot..].split_inclusive('\n') {
        let bare = bare(line);
        let related = line.starts_with("## ") && bare == "Văn bản liên quan";
        if related || BEHIND.iter().any(|words| bare.starts_with(words)) {
            // An appendix may speak of such things.
            let appendix = |line: &str| self::bare(line).to_uppercase().starts_with("PHỤ LỤC");
            if text[start..].lines().any(appendix) {
                return text;
            }
            let (kept, gone) = text.split_at(without_title(text, foot, start));
            left_out.push(LeftOut { words: squeezed(gone), reason: REASON });
            return kept;
        }
        start += line.len();
    }
    text
}

fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || "*#_|".contains(c))
}

/// Where the last recipients, or the last signature, begin.
fn last_foot(text: &str) -> Option<usize> {
    let mut start = 0;
    let mut found = None;
    for line in text.split_inclusive('\n') {
        let bare = bare(line);
        let label = bare.trim_end_matches([':', '*', '_']) == "Nơi nhận" || bare.starts_with("Nơi nhận:");
        if label || ["TM.", "KT.", "TL.", "TUQ."].iter().any(|words| bare.starts_with(words)) {
            found = Some(start);
        }
        start += line.len();
    }
    found
}

/// The portal repeats the title of the document, with its number, above its own words.
fn without_title(text: &str, from: usize, mut end: usize) -> usize {
    for line in text[from..end].split_inclusive('\n').collect::<Vec<_>>().into_iter().rev() {
        let bare = bare(line);
        let typed = KINDS.iter().any(|kind| bare.starts_with(kind.name) && bare.len() > kind.name.len());
        let title = typed && bare.split(' ').any(|word| word.contains('/') && word.len() > 4);
        if bare.chars().any(is_letter) && !title {
            break;
        }
        end -= line.len();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::without_tail;

    #[test]
    fn what_stands_behind_a_document_is_told() {
        let document = "Điều 1. Một.\nNơi nhận:\n- Lưu: VT.\n|\nLê A\n|\nDanh sách này có 95 xã, phường, thôn, tổ dân phố của tỉnh./.\n";
        let title = "Quyết định 12/QĐ-UBND phê duyệt kế hoạch của xã A năm 2026";
        let text = format!("{document}|\n** **\n{title}\n## Văn bản liên quan\nBan hành:\n");
        let mut told = Vec::new();
        assert_eq!(without_tail(&text, &mut told), document);
        assert!(told[0].words.contains(title) && told[0].words.ends_with("Ban hành:"), "{told:?}");
    }

    #[test]
    fn a_document_may_speak_of_such_things() {
        let text = "Văn bản liên quan: không có.\nNơi nhận:\n- Lưu: VT.\n";
        let mut told = Vec::new();
        assert_eq!((without_tail(text, &mut told), told.len()), (text, 0));
    }
}
