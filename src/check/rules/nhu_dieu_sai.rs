//! `Như Điều 4` of a decision of three articles.

use super::prelude::*;
use crate::decree30::outline::Level;

rule!("nhu-dieu-sai", "“Như Điều …” chỉ đến điều không có", Some("Phụ lục III, mẫu 1.2"), Error, None, Document(look));

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    let markers: Vec<&str> = subject
        .texts
        .iter()
        .filter(|t| t.owner == 0 && t.place == Place::Body(Level::Dieu))
        .map(|t| t.marker)
        .collect();
    if markers.is_empty() {
        return;
    }
    for text in subject.part(Part::NoiNhan) {
        let Some(at) = (1..text.words.len()).find(|at| text.low_word(*at) == "điều" && text.low_word(at - 1) == "như")
        else {
            continue;
        };
        let number = text.word(at + 1);
        if number.bytes().all(|b| b.is_ascii_digit())
            && !number.is_empty()
            && !markers.contains(&format!("Điều {number}.").as_str())
        {
            let range = text.words[at].start..text.words[at + 1].end;
            let last = markers.last().map_or("", |m| m.trim_end_matches('.'));
            found.tell(text, range, format!("Quyết định không có Điều {number}."), format!("Điều cuối là {last}."));
        }
    }
}
