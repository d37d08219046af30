//! Raised and lowered letters as the letters of Unicode that look so: a plan has no other way to write them.

use crate::chars::{lowered, raised};

/// Where letters stand against their line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Script {
    /// On it.
    #[default]
    Line,
    /// Above it, as in `m²`.
    Raised,
    /// Below it, as in `CO₂`.
    Lowered,
}

/// `text` in this place. What Unicode has no such letters for comes back as it is, with `false` where its meaning may
/// hang on the place: a word there is ornament, a single letter or number is not.
pub fn placed(text: &str, script: Script) -> (String, bool) {
    let one = |c: char| match script {
        Script::Line => Some(c),
        Script::Raised => raised(c),
        Script::Lowered => lowered(c),
    };
    let bare = text.trim();
    if let Some(made) = bare.chars().map(one).collect::<Option<String>>() {
        return (text.replacen(bare, &made, usize::from(!bare.is_empty())), true);
    }
    let letters = bare.chars().filter(|c| c.is_alphanumeric()).count();
    (text.to_owned(), !(1..=SHORT).contains(&letters))
}

/// Letters of what may be an index or an exponent.
const SHORT: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_raised_and_lowered_and_what_cannot_be_is_said() {
        let placed = |text: &str, script| super::placed(text, script);
        assert_eq!(placed("2", Script::Raised), ("²".to_owned(), true));
        assert_eq!(placed("-12 ", Script::Raised), ("⁻¹² ".to_owned(), true));
        assert_eq!(placed("2", Script::Lowered), ("₂".to_owned(), true));
        assert_eq!(placed("max", Script::Lowered), ("max".to_owned(), false));
        assert_eq!(placed("’", Script::Raised), ("’".to_owned(), true));
        assert_eq!(placed("Nguyễn", Script::Lowered), ("Nguyễn".to_owned(), true));
        assert_eq!(placed(" ", Script::Raised), (" ".to_owned(), true));
        assert_eq!(placed("x", Script::Line), ("x".to_owned(), true));
    }
}
