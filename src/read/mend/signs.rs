//! Signs at the beginning of a line of YAML.

/// Whether a line is a member of a list.
pub(super) fn is_dash(body: &str) -> bool {
    body == "-" || body.starts_with("- ")
}

/// Whether a line where members of a list are expected begins with a dash without its blank, or with another list sign.
pub(super) fn dash_like(body: &str) -> bool {
    let mut letters = body.chars();
    match letters.next() {
        Some('-') => !body.starts_with("--") && body.len() > 1,
        Some('–' | '—' | '•' | '+' | '*' | '·' | '▪') => letters.next().is_some_and(char::is_whitespace),
        _ => false,
    }
}
