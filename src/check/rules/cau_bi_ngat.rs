//! A sentence that a line break parted: its second half is a paragraph of its own.

use super::prelude::*;

rule!("cau-bi-ngat", "Một câu bị ngắt thành hai đoạn", None, Warning, None, Document(look));

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for (at, text) in subject.texts.iter().enumerate() {
        let Some(first) = text.words.first().filter(|_| subject.goes_on(at) && !begins_otherwise(text)) else {
            continue;
        };
        found.tell(
            text,
            first.clone(),
            "Câu ở đoạn trên bị ngắt, phần sau thành một đoạn riêng.",
            "Nối dòng này vào cuối dòng trên; nếu là hai đoạn thì thêm dấu câu ở đoạn trên và viết hoa đoạn này.",
        );
    }
}

/// Whether the address of a page begins a text, which is written as it is, or `a.`, which is a number.
fn begins_otherwise(text: &Text<'_>) -> bool {
    let number = text.words.first().is_some_and(|w| w.len() == 1 && text.plain[w.end..].starts_with(['.', ')']));
    number || ["http:", "https:", "www."].iter().any(|w| text.low.starts_with(w))
}
