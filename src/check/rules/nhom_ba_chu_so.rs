//! `1.25.000`: groups that have not three digits.

use super::prelude::*;
use regex::Regex;

rule!("nhom-ba-chu-so", "Số ngăn hàng nghìn không đều", None, Warning, None, Text(look));

static GROUPS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\d{1,3}(?:\.\d+){2,}").ok());

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    if text.between_digits('.') < 2 {
        return;
    }
    for number in GROUPS.iter().flat_map(|g| g.find_iter(&text.plain)) {
        let parts: Vec<&str> = number.as_str().split('.').collect();
        let (before, behind) = (text.plain[..number.start()].trim_end(), &text.plain[number.end()..]);
        // A number of a heading, a date, a version, a telephone.
        let amount = ["đồng", "người", "hộ", "ha", "m2", "m3", "tấn", "lượt", "triệu"];
        let unit = behind.split_whitespace().next().unwrap_or_default().trim_matches([',', '.', ';', ')']);
        let even = parts[1..].iter().all(|p| p.len() == 3);
        if !even && amount.contains(&unit) && !before.is_empty() && parts.iter().any(|p| p.len() == 3) {
            let message = format!("Các nhóm chữ số của “{}” không đều ba chữ số.", number.as_str());
            found.tell(text, number.range(), message, "Xem lại con số.");
        }
    }
}
