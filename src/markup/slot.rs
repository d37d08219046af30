//! Marks that stand for a value until the markup around them has been parsed, so that a value can never become markup
//! or numbering. A mark is private-use characters, which no input may contain.

use crate::document::Inline;

const OPEN: char = '\u{E000}';
const CLOSE: char = '\u{E001}';
const DIGITS: u32 = 0xE010;

/// The mark of the `index`-th value.
pub fn mark(index: usize) -> String {
    format!("{OPEN}{}{CLOSE}", digits(index))
}

/// A number in the digits of marks.
pub fn digits(number: usize) -> String {
    number.to_string().bytes().filter_map(|b| char::from_u32(DIGITS + u32::from(b - b'0'))).collect()
}

/// What a digit of a mark is worth.
pub fn digit(c: char) -> usize {
    (c as u32).wrapping_sub(DIGITS) as usize
}

/// What a character is in a mark.
pub enum Sign {
    /// A mark begins.
    Open,
    /// It ends.
    Close,
    /// A digit of its number.
    Digit(usize),
    /// No part of a mark.
    No,
}

/// What a character is in a mark.
pub fn kind(c: char) -> Sign {
    match c {
        OPEN => Sign::Open,
        CLOSE => Sign::Close,
        _ if is_mark(c) => Sign::Digit(digit(c)),
        _ => Sign::No,
    }
}

/// Whether a character belongs to a mark.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{E019}')
}

/// The text with every mark replaced by its value. Half a mark stays, and is refused with what no page can print.
pub fn fill(text: &str, values: &[String]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, mark)) = rest.split_once(OPEN)
        && let Some((number, behind)) = mark.split_once(CLOSE)
    {
        let index = number.chars().fold(0usize, |sum, c| sum.saturating_mul(10).saturating_add(digit(c)));
        out.push_str(before);
        out.push_str(values.get(index).map_or("", String::as_str));
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Fills the marks of parsed text; a value stays plain text whatever it holds.
pub fn fill_inlines(inlines: &mut [Inline], values: &[String]) {
    for inline in inlines {
        match inline {
            Inline::Text(text, _) => *text = fill(text, values),
            Inline::Link(text, emphasis, address) => {
                *text = fill(text, values);
                *address = fill(address, values);
                if !(address.starts_with("http://") || address.starts_with("https://")) {
                    *inline = Inline::Text(format!("{text} ({address})"), *emphasis);
                }
            }
            Inline::Note(inner) => fill_inlines(inner, values),
            Inline::Break => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_their_values_and_nothing_else_does() {
        let values: Vec<String> = (0..12).map(|n| format!("<{n}{OPEN}>")).collect();
        let text = format!("một {}{} hai {}", mark(0), mark(11), mark(99));
        assert_eq!(fill(&text, &values), format!("một {}{} hai ", values[0], values[11]));
        assert_eq!(fill("không có gì", &values), "không có gì");
    }

    #[test]
    fn half_a_mark_loses_no_letter() {
        for text in [format!("một {OPEN}hai"), format!("một {CLOSE} hai"), OPEN.to_string()] {
            assert_eq!(fill(&text, &["ba".to_owned()]), text);
        }
    }
}
