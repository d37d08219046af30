//! Comparisons of a name with a number, as they are typed: the language compares a text with a number by their kinds,
//! not by what they say, and nobody would notice.

use super::guard;

/// The signs of comparison, the longer ones first.
const SIGNS: [&str; 6] = ["<=", ">=", "==", "!=", "<", ">"];

/// Where a dotted name stands as a whole in a text.
pub fn occurrences<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = usize> + 't {
    let part = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    text.match_indices(name).map(|(i, _)| i).filter(move |i| {
        !text[..*i].ends_with(part) && !text[i + name.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
    })
}

/// Whether a text may compare anything with a number; cheap.
pub fn may_compare(text: &str) -> bool {
    text.contains(['<', '>']) || text.contains("==") || text.contains("!=")
}

/// Where a name stands inside the tags of a template: the words around them only look like names.
pub fn in_tags<'t>(template: &'t str, name: &'t str) -> impl Iterator<Item = usize> + 't {
    tags(template).flat_map(move |(at, tag)| occurrences(tag, name).map(move |i| at + i))
}

/// Where a tag of a template compares a name, as it is, with a number.
pub fn compared_in_tags(template: &str, name: &str) -> Option<usize> {
    tags(template).find_map(|(at, tag)| compared(tag, name).map(|i| at + i))
}

fn tags(template: &str) -> impl Iterator<Item = (usize, &str)> {
    guard::tags(template).map(move |tag| ((tag.as_ptr() as usize).saturating_sub(template.as_ptr() as usize), tag))
}

/// Where an expression compares a name, as it is, with a number.
pub fn compared(text: &str, name: &str) -> Option<usize> {
    let ends = |rest: &str| {
        let rest = rest.trim_start();
        let sign = SIGNS.iter().find_map(|sign| rest.strip_prefix(sign));
        sign.is_some_and(|number| number.trim_start().trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit()))
    };
    let begins = |rest: &str| {
        let sign = SIGNS.iter().find_map(|sign| rest.trim_end().strip_suffix(sign));
        sign.is_some_and(|number| number.trim_end().ends_with(|c: char| c.is_ascii_digit()))
    };
    let filtered = |rest: &str| rest.trim_start().starts_with('|');
    occurrences(text, name).find(|i| {
        let rest = &text[i + name.len()..];
        ends(rest) || (begins(&text[..*i]) && !filtered(rest))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons_are_found() {
        for (text, found) in [
            ("if so > 10", true),
            ("so<=10", true),
            ("10 < so", true),
            ("so == -1", true),
            ("so | int > 10", false),
            ("10 < so | int", false),
            ("a.so > 10", false),
            ("so_ho > 10", false),
            ("so > han", false),
            ("so == \"10\"", false),
        ] {
            assert_eq!(compared(text, "so").is_some(), found, "{text}");
        }
    }

    #[test]
    fn words_around_tags_are_words() {
        assert_eq!(compared_in_tags("Khi so > 10: {{ so }} > 10, 10 < {{ so }}", "so"), None);
        assert_eq!(compared_in_tags("so > 1 {% if so > 10 %}", "so"), Some(13));
        assert_eq!(in_tags("so {{ so }} so {% if a.so and so %}", "so").collect::<Vec<_>>(), [6, 30]);
    }
}
