//! `1,000,000`, `12.5%`.

use super::prelude::*;
use crate::chars::is_letter;
use regex::Regex;

rule!("so-kieu-anh", "Số viết theo kiểu tiếng Anh", None, Warning, Unsafe, Text(look));

static ENGLISH: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\d{1,3}(?:,\d{3}){2,}|\d+\.\d{1,2}\s?%").ok());

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    let percent = || text.marks.iter().any(|(_, c)| *c == '%') && text.between_digits('.') > 0;
    if text.between_digits(',') < 2 && !percent() {
        return;
    }
    for number in ENGLISH.iter().flat_map(|e| e.find_iter(&text.plain)) {
        let before = text.plain[..number.start()].chars().next_back();
        if before.is_some_and(|c| is_letter(c) || "/-.,".contains(c)) {
            continue;
        }
        let right: String = number
            .as_str()
            .chars()
            .map(|c| {
                if c == ',' {
                    '.'
                } else if c == '.' {
                    ','
                } else {
                    c
                }
            })
            .collect();
        let message = format!("“{}” viết theo kiểu tiếng Anh.", number.as_str());
        found.replace(text, number.range(), &right, message);
    }
}
