//! Two `Căn cứ` in one line.

use super::prelude::*;

rule!(
    "can-cu-hai",
    "Hai căn cứ trong một dòng",
    Some("Phụ lục I, phần I, mục II, khoản 6, điểm a"),
    Error,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for text in subject.texts.iter().filter(|t| t.place == Place::Part(Part::CanCu)) {
        let second = text.plain.match_indices("ăn cứ ").map(|(at, _)| at).find(|at| {
            let head = text.plain[..*at].trim_end_matches(['C', 'c']).trim_end();
            *at > 4 && head.ends_with([';', '.'])
        });
        if let Some(at) = second {
            found.tell(
                text,
                at - 1..at + "ăn cứ".len(),
                "Một dòng có hai căn cứ.",
                "Tách thành hai mục của danh sách can_cu.",
            );
        }
    }
}
