//! The same number with two subjects.

use super::prelude::*;
use crate::check::citation::Citation;
use rustc_hash::FxHashMap;

rule!(
    "vien-dan-hai-ten",
    "Một văn bản được viện dẫn với hai trích yếu khác nhau",
    Some("Phụ lục I, phần I, mục II, khoản 6, điểm b"),
    Warning,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    let mut seen: FxHashMap<&str, &Citation> = FxHashMap::default();
    for citation in subject.citations.iter().filter(|c| c.year().is_some() && !c.is_local() && c.date.is_some()) {
        let Some(own) = &citation.subject else { continue };
        match seen.get(citation.key.as_str()) {
            Some(first) => {
                let other = first.subject.clone().unwrap_or_default();
                if !alike(own, &other) {
                    let text = &subject.texts[citation.text];
                    let number = &text.plain[citation.number.clone()];
                    let message = format!("Văn bản số {number} ở chỗ khác ghi trích yếu “{other}”.");
                    found.tell(text, citation.range(), message, "Xem lại số hoặc trích yếu.");
                }
            }
            None => drop(seen.insert(&citation.key, citation)),
        }
    }
}

/// Whether two subjects share most words of the shorter.
fn alike(a: &str, b: &str) -> bool {
    let words = |t: &str| {
        t.to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let (a, b) = (words(a), words(b));
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let shared = short.iter().filter(|w| long.contains(w)).count();
    short.len() < 5 || shared * 3 >= short.len()
}
