//! The same number with two dates.

use super::prelude::*;
use crate::check::citation::Citation;
use crate::check::dates::Mention;
use rustc_hash::FxHashMap;

rule!(
    "vien-dan-hai-ngay",
    "Một văn bản được viện dẫn với hai ngày khác nhau",
    Some("Phụ lục I, phần I, mục II, khoản 6, điểm b"),
    Error,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    let mut seen: FxHashMap<&str, &Citation> = FxHashMap::default();
    for citation in &subject.citations {
        let Some(date) = citation.date.as_ref().and_then(Mention::key) else { continue };
        // Without the year in it a number comes back each year, and at each body.
        if citation.year().is_none() || citation.is_local() {
            continue;
        }
        match seen.get(citation.key.as_str()) {
            Some(first) if first.date.as_ref().and_then(Mention::key) != Some(date) => {
                let text = &subject.texts[citation.text];
                let (other, range) = (first.date.as_ref(), citation.date.as_ref().map(|d| d.range.clone()));
                let other =
                    other.map(|d| subject.texts[first.text].plain[d.range.clone()].to_owned()).unwrap_or_default();
                let number = &text.plain[citation.number.clone()];
                let message = format!("Văn bản số {number} ở chỗ khác ghi ngày “{other}”.");
                found.tell(text, range.unwrap_or(citation.range()), message, "Xem lại ngày nào đúng.");
            }
            Some(_) => {}
            None => drop(seen.insert(&citation.key, citation)),
        }
    }
}
