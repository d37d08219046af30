//! `Phụ lục III` of a document with two.

use super::prelude::*;
use crate::check::citation::KINDS;
use crate::decree30::outline::parse_roman;
use regex::Regex;

rule!(
    "phu-luc-khong-co",
    "Nhắc đến phụ lục không có",
    Some("Phụ lục I, phần I, mục III, khoản 1, điểm a"),
    Error,
    None,
    Document(look)
);

static NUMBERED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"Phụ lục (?:số )?([IVX]{1,5}|\d{1,2})\b").ok());

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    // What amends another document speaks of its appendices.
    if subject.part(Part::TrichYeu).any(|t| t.low.contains("sửa đổi")) {
        return;
    }
    let running = || subject.texts.iter().filter(|t| t.is_running() && t.plain.contains("Phụ lục"));
    let at_start =
        running().filter_map(|t| NUMBERED.as_ref().and_then(|n| n.find(&t.plain)).filter(|m| m.start() == 0));
    let headings: Vec<&str> = at_start.map(|m| m.as_str()).collect();
    for text in running() {
        let count = subject.documents[text.owner].phu_luc.len().max(subject.main().phu_luc.len());
        for caught in NUMBERED.iter().flat_map(|n| n.captures_iter(&text.plain)) {
            let (Some(whole), Some(number)) = (caught.get(0), caught.get(1)) else { continue };
            let value = parse_roman(number.as_str()).or_else(|| number.as_str().parse().ok()).unwrap_or(0);
            // Of another document: `Phụ lục I Nghị định …`, `ban hành kèm theo Thông tư số …`.
            let behind: String = text.plain[whole.end()..].chars().take(90).collect();
            let other = KINDS.iter().any(|k| behind.to_lowercase().contains(k)) && !behind.contains(" này")
                || behind.contains('/')
                || ["công ước", "hiệp định", "hợp đồng", "điều lệ", "nghị định thư"]
                    .iter()
                    .any(|k| behind.to_lowercase().contains(k));
            let before: String = text.plain[..whole.start()].chars().rev().take(60).collect();
            let cited = before.chars().rev().collect::<String>().contains('/');
            // Set as a heading in the text, as where another document's appendices are replaced.
            let heading = headings.contains(&whole.as_str());
            // A document whose appendices are another file has none here.
            if !heading && count > 0 && value > count && !other && !cited {
                let message = format!("Văn bản không có {}.", whole.as_str());
                found.tell(text, whole.range(), message, format!("Văn bản có {count} phụ lục; xem lại số."));
            }
        }
    }
}
