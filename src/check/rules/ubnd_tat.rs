//! `UBND` in the running text of a decision.

use super::prelude::*;
use crate::decree30::kinds::Form;

rule!(
    "ubnd-tat",
    "“UBND” trong quyết định, nghị quyết",
    Some("Phụ lục I, phần I, mục II, khoản 2"),
    Hint,
    None,
    Text(look)
);

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    let decides = matches!(found.subject.documents[text.owner].loai.form, Form::QuyetDinh | Form::NghiQuyet);
    let formal =
        text.place == Place::Part(Part::ThamQuyen) || decides && matches!(text.place, Place::Part(Part::CanCu));
    if !formal {
        return;
    }
    for at in 0..text.words.len() {
        // As part of a symbol it is one.
        let symbol = text.plain[..text.words[at].start].ends_with(['-', '/']);
        if matches!(text.word(at), "UBND" | "HĐND") && !symbol {
            let full = if text.word(at) == "UBND" { "Ủy ban nhân dân" } else { "Hội đồng nhân dân" };
            found.tell(
                text,
                text.words[at].clone(),
                format!("“{}” nên ghi đầy đủ.", text.word(at)),
                format!("Ghi “{full}”."),
            );
        }
    }
}
