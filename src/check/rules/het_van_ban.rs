//! `./.` that is not at the end.

use super::prelude::*;

rule!(
    "het-van-ban",
    "Dấu kết thúc “./.” nằm giữa văn bản",
    Some("Phụ lục III, các mẫu 1.1 đến 2.2"),
    Warning,
    Safe,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for (at, text) in subject.texts.iter().enumerate() {
        if !matches!(text.place, Place::Body(_) | Place::Part(Part::MoDau | Part::Ket)) {
            continue;
        }
        let slashes = text.marks.iter().filter(|(_, c)| *c == '/').filter_map(|(at, _)| at.checked_sub(1));
        let Some(place) = slashes.into_iter().find(|at| text.plain.as_bytes()[*at..].starts_with(b"./.")) else {
            continue;
        };
        let more = |t: &Text<'_>| {
            let same = t.owner == text.owner && t.body == text.body
                || text.body.is_some()
                    && t.place == Place::Part(Part::Ket)
                    && t.owner == text.owner
                    && in_text(subject, text);
            same && matches!(t.place, Place::Body(_) | Place::Part(Part::Ket) | Place::Cell) && !t.plain.is_empty()
        };
        if subject.texts[at + 1..].iter().any(more) || !text.plain.trim_end_matches('.').ends_with("./") {
            let hint = "Bỏ “/.”; chương trình tự in dấu này ở cuối văn bản.";
            found.replace_with_hint(text, place + 1..place + 3, "", "Dấu “./.” không ở cuối văn bản.", hint);
        }
    }
}

/// Whether a text stands in the body of the document, not in an appendix.
fn in_text(subject: &Subject<'_>, text: &Text<'_>) -> bool {
    text.body.is_none_or(|b| subject.bodies[b].appendix.is_none())
}
