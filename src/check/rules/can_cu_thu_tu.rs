//! A law below a decree, a decree below a circular.

use super::prelude::*;

rule!("can-cu-thu-tu", "Căn cứ chưa xếp theo hiệu lực pháp lý", None, Hint, None, Document(look));

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    let rank = |low: &str| {
        let low = low.strip_prefix("căn cứ ").unwrap_or(low).trim_start_matches("các ");
        ["hiến pháp", "bộ luật", "luật", "pháp lệnh", "nghị định", "thông tư"]
            .iter()
            .position(|k| low.strip_prefix(*k).is_some_and(|rest| rest.starts_with(' ')))
    };
    for owner in 0..subject.documents.len() {
        let mut lowest: Option<(usize, String)> = None;
        for text in subject.texts.iter().filter(|t| t.owner == owner && t.place == Place::Part(Part::CanCu)) {
            let Some(own) = rank(&text.low).map(|r| r.max(2)) else { continue };
            if let Some((before, name)) = lowest.as_ref().filter(|(before, _)| own < *before) {
                let message = format!("Căn cứ này đứng sau một {name}.");
                found.tell(
                    text,
                    0..text.plain.len(),
                    message,
                    "Xếp luật, pháp lệnh, nghị định, thông tư theo thứ tự đó.",
                );
                let _ = before;
                continue;
            }
            let name = ["luật", "luật", "luật", "pháp lệnh", "nghị định", "thông tư"][own].to_owned();
            lowest = Some((own, name));
        }
    }
}
