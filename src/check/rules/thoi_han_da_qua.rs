//! A deadline before the document's own date.

use super::prelude::*;
use crate::document::Document;

rule!("thoi-han-da-qua", "Thời hạn trước ngày ban hành", None, Warning, None, Text(look));

/// Before the date of a deadline.
const LEADS: [&str; 4] = ["trước", "chậm nhất", "muộn nhất", "chậm nhất là"];
/// What is to be done by then.
const TASKS: [&str; 8] = ["hoàn thành", "gửi", "báo cáo", "nộp", "xong", "đăng ký", "trình", "đề nghị"];

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    let Some(issued) = issued(found.subject.documents[text.owner]) else { return };
    // A report looks back.
    if found.subject.main().loai.key == "bao_cao" || !text.is_running() && text.place != Place::Cell {
        return;
    }
    for date in text.dates() {
        let Some(key) = date.key().filter(|key| *key < issued && date.exists()) else { continue };
        let before = text.low[..date.range.start].trim_end();
        let before = before.strip_suffix("ngày").unwrap_or(before).trim_end();
        // Behind a citation the date is that of what is cited.
        let sentence = before.rsplit(['.', ';']).next().unwrap_or_default();
        let task = TASKS.iter().any(|t| {
            sentence.match_indices(t).any(|(at, _)| {
                let word = sentence[..at].trim_end().rsplit(' ').next().unwrap_or_default();
                !(*t == "trình" && matches!(word, "công" | "chương" | "quá" | "quy" | "giáo")) && word != "tiền"
            })
        });
        let past = ["đã ", "chưa gửi", "được giải quyết", "hồ sơ nộp", "hồ sơ đăng ký"]
            .iter()
            .any(|w| sentence.contains(w) || text.low[date.range.end..].contains(w));
        let old = key.0 + 1 < issued.0;
        if task && !past && !old && LEADS.iter().any(|lead| before.ends_with(lead)) && key.0 > 1990 {
            let typed = text.plain[date.range.clone()].to_owned();
            let hint = "Xem lại thời hạn, hoặc ngày ở khóa ngay.";
            found.tell(text, date.range.clone(), format!("Thời hạn “{typed}” trước ngày ban hành."), hint);
        }
    }
}

/// Year, month, day of the document; the first of the month where the day is open.
fn issued(document: &Document) -> Option<(u32, u32, u32)> {
    let date = document.ngay;
    Some((u32::try_from(date.year?).ok()?, date.month?, date.day.unwrap_or(1)))
}
