//! Errors whose words are ours: a report shows them, and never a library's English.

use minijinja::{Error, ErrorKind};
use std::error::Error as _;

/// Marks an error as one that says in Vietnamese what is wrong.
#[derive(Debug)]
struct Told {
    /// The character that may not be printed, where that is what is wrong.
    character: Option<char>,
}

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("vanthu")
    }
}

impl std::error::Error for Told {}

/// An error with a reason for the user: the end of a sentence, without a full stop.
pub fn told(kind: ErrorKind, reason: impl Into<String>) -> Error {
    Error::new(kind, reason.into()).with_source(Told { character: None })
}

/// An error for a character that has no place on a page.
pub fn forbidden(c: char) -> Error {
    let reason = format!("chữ này có ký tự không in được (U+{:04X})", c as u32);
    Error::new(ErrorKind::InvalidOperation, reason).with_source(Told { character: Some(c) })
}

/// The reason, where the words are ours.
pub fn reason(error: &Error) -> Option<&str> {
    find(error).and_then(|(error, _)| error.detail())
}

/// The character that may not be printed, where that is what is wrong.
pub fn forbidden_character(error: &Error) -> Option<char> {
    find(error).and_then(|(_, told)| told.character)
}

fn find(error: &Error) -> Option<(&Error, &Told)> {
    let source = error.source()?;
    match source.downcast_ref::<Told>() {
        Some(told) => Some((error, told)),
        // The language wraps an error of a filter that another filter called.
        None => find(source.downcast_ref::<Error>()?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_words_are_a_reason() {
        let env = crate::jinja::environment(1000);
        let reason_of = |template: &str| {
            let error = env.render_str(template, ()).expect_err(template);
            reason(&error).map(str::to_owned)
        };
        assert_eq!(reason_of("{{ [1] | hoa }}").as_deref(), Some("bộ lọc này chỉ dùng cho chữ và số"));
        assert_eq!(reason_of("{{ [[1]] | map('hoa') | list }}").as_deref(), Some("bộ lọc này chỉ dùng cho chữ và số"));
        assert_eq!(reason_of("{{ 'a' + 1 }}"), None);
        assert_eq!(reason_of("{{ 'đ' - 'đ' }}"), None);
    }
}
