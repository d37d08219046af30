//! Levels of the body, their order and their numerals. Source: Phụ lục I, phần I, mục II, khoản 6, điểm c to đ.

/// A level of the outline, or another kind of body block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Phần I.
    Phan,
    /// Chương I.
    Chuong,
    /// `I.`, or `Mục 1` under a chương.
    Muc,
    /// Tiểu mục 1.
    TieuMuc,
    /// Điều 1.
    Dieu,
    /// `1.`
    Khoan,
    /// `1.1.`: a clause inside a clause.
    KhoanCon,
    /// `a)`
    Diem,
    /// `-`
    Gach,
    /// `*`
    Sao,
    /// `+`
    Cong,
    /// `(1)`
    Ngoac,
    /// A paragraph with no marker.
    Doan,
}

impl Level {
    /// Rank in the order of levels: a block belongs to the nearest block above with a smaller rank. Some levels share one.
    pub fn rank(self) -> u8 {
        match self {
            Level::Phan => 0,
            Level::Chuong => 1,
            Level::Muc => 2,
            Level::TieuMuc => 3,
            Level::Dieu => 4,
            Level::Khoan => 5,
            Level::KhoanCon => 6,
            Level::Diem => 7,
            Level::Gach | Level::Sao => 8,
            Level::Cong | Level::Ngoac => 9,
            Level::Doan => 10,
        }
    }
}

/// Letters of điểm, in the order of the Vietnamese alphabet as used (no ă â ê ô ơ ư, no f j w z).
pub const LETTERS: [&str; 22] =
    ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "x"];

/// The `n`-th letter of điểm, from 1. After the alphabet the decree is silent: `y`, then doubled letters.
pub fn letter(n: usize) -> String {
    let all = LETTERS.len() + 1;
    let index = n.saturating_sub(1);
    let one = LETTERS.get(index % all).copied().unwrap_or("y");
    one.repeat(index / all + 1)
}

/// The Roman numeral of `n`, for n from 1 to 3999; other numbers come out in Arabic digits.
pub fn roman(n: usize) -> String {
    if n == 0 || n > 3999 {
        return n.to_string();
    }
    #[rustfmt::skip]
    const PARTS: [(usize, &str); 13] = [
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
        (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ];
    let mut rest = n;
    let mut out = String::new();
    for (value, sign) in PARTS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

/// The value of a Roman numeral in canonical capital form.
pub fn parse_roman(text: &str) -> Option<usize> {
    if text.is_empty() || text.len() > 15 {
        return None;
    }
    let mut total = 0usize;
    let mut before = 0usize;
    for c in text.chars().rev() {
        let value = match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            'D' => 500,
            'M' => 1000,
            _ => return None,
        };
        if value < before {
            total = total.checked_sub(value)?;
        } else {
            total += value;
            before = value;
        }
    }
    (roman(total) == text).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_round_trip() {
        for n in 1..=3999 {
            assert_eq!(parse_roman(&roman(n)), Some(n));
        }
        assert_eq!(parse_roman("IIII"), None);
    }

    #[test]
    fn letters_have_d_bar_and_no_f() {
        let first: String = (1..=8).map(letter).collect();
        assert_eq!(first, "abcdđegh");
        assert_eq!(letter(23), "y");
        assert_eq!(letter(24), "aa");
    }
}
