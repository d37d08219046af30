//! Columns of a list and variables of a plan by their dotted names.

/// Whether a column gives a variable, or a part of it.
pub fn gives(given: &str, wanted: &str) -> bool {
    let under = |a: &str, b: &str| a.strip_prefix(b).is_some_and(|rest| rest.starts_with('.'));
    given == wanted || under(given, wanted)
}
