//! `KT. CHỦ TỊCH` in a department.

use super::prelude::*;
use crate::check::bodies::{HEADS, issuer};

rule!("ky-lech-co-quan", "Chức vụ người đứng đầu không hợp với cơ quan", None, Warning, None, Document(look));

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    let document = subject.main();
    let name = issuer(document);
    let ordered = document.lines[Part::QuyenHan].iter().any(|l| l.plain().to_uppercase().starts_with("T"));
    if ordered || !document.cung_ky.is_empty() || document.lines[Part::CoQuan].len() > 2 {
        return;
    }
    let Some((_, heads)) = HEADS.iter().find(|(body, _)| name.starts_with(body)) else { return };
    let lines = &document.lines;
    // The line with KT., or the post of one who signs without it.
    let (line, head) = match lines[Part::QuyenHan]
        .iter()
        .find_map(|l| l.plain().to_lowercase().strip_prefix("kt.").map(|h| (l, h.trim().to_owned())))
    {
        Some(found) => found,
        None => return,
    };
    let known = HEADS.iter().any(|(_, all)| all.iter().any(|h| head == *h));
    if known && !heads.contains(&head.as_str()) {
        let message = format!("“{}” không phải người đứng đầu của cơ quan ban hành.", line.plain());
        found.at(line.span, message, format!("Người đứng đầu thường là {}.", heads[0]));
    }
}
