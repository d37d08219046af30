//! Straight quotation marks.

use super::prelude::*;

rule!("ngoac-kep-thang", "Ngoặc kép thẳng", None, Hint, Safe, Text(look));

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    let places: Vec<usize> = text.plain.match_indices('"').map(|(at, _)| at).collect();
    // Only pairs are surely quotation marks.
    // Inches and seconds.
    if places.iter().any(|at| text.plain[..*at].ends_with(|c: char| c.is_ascii_digit() || c == '\'')) {
        return;
    }
    if places.is_empty() || places.len() % 2 == 1 {
        return;
    }
    for (index, at) in places.iter().enumerate() {
        let right = if index % 2 == 0 { "“" } else { "”" };
        found.replace(text, *at..at + 1, right, "Ngoặc kép thẳng; văn bản hành chính dùng “ ”.");
    }
}
