//! Numbers in Vietnamese words: 1.234.567 → “một triệu hai trăm ba mươi bốn nghìn năm trăm sáu mươi bảy”.

const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
const GROUPS: [&str; 3] = ["", "nghìn", "triệu"];

/// The words of a whole number.
pub fn words(number: u64) -> String {
    if number == 0 {
        return DIGITS[0].into();
    }
    let mut out: Vec<&str> = Vec::new();
    billions(number, false, &mut out);
    out.join(" ")
}

/// Above a thousand million, the words for the thousand millions are said first, then “tỷ”.
fn billions(number: u64, padded: bool, out: &mut Vec<&'static str>) {
    let (high, low) = (number / 1_000_000_000, number % 1_000_000_000);
    if high > 0 {
        billions(high, padded, out);
        out.push("tỷ");
    }
    let mut said = high > 0 || padded;
    for group in (0..3).rev() {
        let three = (low / 1000u64.pow(group as u32) % 1000) as usize;
        if three == 0 {
            continue;
        }
        hundreds(three, said, out);
        if !GROUPS[group].is_empty() {
            out.push(GROUPS[group]);
        }
        said = true;
    }
}

fn hundreds(three: usize, padded: bool, out: &mut Vec<&'static str>) {
    let (h, t, u) = (three / 100, three / 10 % 10, three % 10);
    if h > 0 || padded {
        out.push(DIGITS[h]);
        out.push("trăm");
    }
    match (t, u) {
        (0, 0) => {}
        (0, u) => {
            if h > 0 || padded {
                out.push("linh");
            }
            out.push(DIGITS[u]);
        }
        (t, u) => {
            if t == 1 {
                out.push("mười");
            } else {
                out.push(DIGITS[t]);
                out.push("mươi");
            }
            match u {
                0 => {}
                1 if t > 1 => out.push("mốt"),
                5 => out.push("lăm"),
                u => out.push(DIGITS[u]),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn spoken_as_in_documents() {
        let cases = [
            (0, "không"),
            (5, "năm"),
            (10, "mười"),
            (15, "mười lăm"),
            (21, "hai mươi mốt"),
            (101, "một trăm linh một"),
            (1_005, "một nghìn không trăm linh năm"),
            (1_234_567, "một triệu hai trăm ba mươi bốn nghìn năm trăm sáu mươi bảy"),
            (2_000_000_000, "hai tỷ"),
            (1_000_000_001, "một tỷ không trăm linh một"),
        ];
        for (number, text) in cases {
            assert_eq!(words(number), text);
        }
    }
}
