//! Ministries and departments that ended, as recipients or as doers.

use super::prelude::*;
use crate::check::bodies::{ENDED, is_since};

rule!(
    "co-quan-da-giai-the",
    "Cơ quan đã hợp nhất hoặc giải thể",
    Some("Nghị quyết số 176/2025/QH15"),
    Warning,
    None,
    Document(look)
);

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(ENDED.iter().map(|(old, _)| *old)));

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    if !is_since(subject.main(), (2025, 3, 1)) {
        return;
    }
    for text in &subject.texts {
        let addressed = matches!(text.place, Place::Part(Part::KinhGui | Part::NoiNhan | Part::CoQuan | Part::ChuQuan));
        let body = text.is_running();
        if !addressed && !body {
            continue;
        }
        for (index, range) in PHRASES.find(text) {
            let (before, behind) = (text.low[..range.start].trim_end(), text.low[range.end..].trim_start());
            // In citations, and where the text itself says that it is the old name.
            let council = ENDED[index].0 == "ban dân tộc"
                && (behind.starts_with("hđnd")
                    || behind.contains("hội đồng nhân dân")
                    || subject.main().plain(Part::ChuQuan).to_lowercase().contains("hội đồng"));
            let merged =
                ["được hợp nhất", "trước khi", "đã hợp nhất", "sáp nhập"].iter().any(|w| behind.starts_with(w));
            if council || merged {
                continue;
            }
            let old = behind.starts_with("(cũ")
                || behind.starts_with("(nay")
                || behind.starts_with("trước đây")
                || behind.starts_with("cũ");
            let cited =
                !addressed && (before.ends_with("của") || before.ends_with("trưởng") || before.ends_with("giữa"));
            let doer = addressed
                || before.is_empty()
                || before.ends_with(['-', '.', ')'])
                || before.ends_with("giao")
                || before.ends_with("đề nghị");
            if !old && !cited && doer {
                let (_, now) = ENDED[index];
                let typed = text.plain[range.clone()].to_owned();
                let message = format!("“{typed}” không còn từ ngày 01/3/2025.");
                found.tell(text, range, message, format!("Nhiệm vụ đã chuyển, phần nhiều về {now}."));
            }
        }
    }
}
