//! Letters, blanks and capitals as Unicode has them, told fast for the letters of our texts.

/// Whether a character is white: as Unicode says, told fast for the letters of our texts.
pub fn is_white(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_whitespace() || c == '\x0B',
        '\u{A1}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => false,
        c => c.is_whitespace(),
    }
}

/// Whether a letter belongs to a word: as Unicode says, told fast for the letters of our texts.
pub fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_alphanumeric(),
        '\u{C0}'..='\u{24F}' => !matches!(c, '×' | '÷'),
        '\u{1E00}'..='\u{1EFF}' => true,
        '\u{2000}'..='\u{206F}' => false,
        c => c.is_alphanumeric(),
    }
}

/// Whether a character is a letter and no figure: as Unicode says, told fast for the letters of our texts.
pub fn is_alphabetic(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_alphabetic(),
        '\u{C0}'..='\u{24F}' => !matches!(c, '×' | '÷'),
        '\u{1E00}'..='\u{1EFF}' => true,
        c => c.is_alphabetic(),
    }
}

/// The capital of a letter, and one blank for all; none where the capital may be several letters.
pub fn capital(c: char) -> Option<char> {
    match c {
        '\0'..='\x7F' if c.is_ascii_whitespace() => Some(' '),
        '\0'..='\x7F' => Some(c.to_ascii_uppercase()),
        // The capital stands before its small letter.
        '\u{1EA0}'..='\u{1EF9}' => char::from_u32(u32::from(c) & !1),
        'à'..='ö' | 'ø'..='þ' => char::from_u32(u32::from(c) - 0x20),
        'À'..='Þ' => Some(c),
        'đ' | 'Đ' => Some('Đ'),
        'ơ' | 'Ơ' => Some('Ơ'),
        'ư' | 'Ư' => Some('Ư'),
        'ă' | 'Ă' => Some('Ă'),
        'ĩ' | 'Ĩ' => Some('Ĩ'),
        'ũ' | 'Ũ' => Some('Ũ'),
        c if c.is_whitespace() => Some(' '),
        _ => None,
    }
}

/// Whether a text has no small letters.
pub fn in_capitals(text: &str) -> bool {
    text.chars().all(|c| match capital(c) {
        Some(' ') => true,
        Some(capital) => capital == c,
        None => c.to_uppercase().eq([c]),
    })
}

/// Letters on the line and raised, those that our faces have.
#[rustfmt::skip]
const RAISED: [(char, char); 15] = [
    ('0', '⁰'), ('1', '¹'), ('2', '²'), ('3', '³'), ('4', '⁴'), ('5', '⁵'), ('6', '⁶'), ('7', '⁷'), ('8', '⁸'), ('9', '⁹'),
    ('+', '⁺'), ('-', '⁻'), ('−', '⁻'), ('n', 'ⁿ'), ('o', 'º'),
];
/// Letters on the line and lowered.
#[rustfmt::skip]
const LOWERED: [(char, char); 13] = [
    ('0', '₀'), ('1', '₁'), ('2', '₂'), ('3', '₃'), ('4', '₄'), ('5', '₅'), ('6', '₆'), ('7', '₇'), ('8', '₈'), ('9', '₉'),
    ('+', '₊'), ('-', '₋'), ('−', '₋'),
];

/// A letter raised above its line, where Unicode has it so.
pub fn raised(c: char) -> Option<char> {
    RAISED.iter().find(|(plain, _)| *plain == c).map(|(_, raised)| *raised)
}

/// A letter lowered below its line, where Unicode has it so.
pub fn lowered(c: char) -> Option<char> {
    LOWERED.iter().find(|(plain, _)| *plain == c).map(|(_, lowered)| *lowered)
}

/// The letter that a raised or lowered one is.
pub fn on_line(c: char) -> Option<char> {
    if c.is_ascii() || ('À'..='ỹ').contains(&c) {
        return None;
    }
    RAISED.iter().chain(&LOWERED).find(|(_, placed)| *placed == c).map(|(plain, _)| *plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_unicode() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_white(c), c.is_whitespace(), "{c:?}");
            assert_eq!(in_capitals(c.encode_utf8(&mut [0; 4])), c.is_whitespace() || c.to_uppercase().eq([c]), "{c:?}");
            match capital(c) {
                Some(' ') if c.is_whitespace() => {}
                Some(capital) => assert!(c.to_uppercase().eq([capital]), "{c:?} {capital:?}"),
                None => assert!(!c.is_ascii() && !c.is_whitespace(), "{c:?}"),
            }
        }
    }

    #[test]
    fn letters_come_back_to_their_line() {
        for (plain, placed) in RAISED.iter().chain(&LOWERED).filter(|(plain, _)| *plain != '−') {
            assert_eq!(on_line(*placed), Some(*plain));
        }
        for c in ('\0'..='\u{2FFF}').filter(|c| !RAISED.iter().chain(&LOWERED).any(|(_, placed)| placed == c)) {
            assert_eq!(on_line(c), None, "{c}");
        }
    }
}
