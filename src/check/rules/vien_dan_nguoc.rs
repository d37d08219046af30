//! `Điều 5 khoản 2`.

use super::prelude::*;

rule!("vien-dan-nguoc", "Điều, khoản, điểm viện dẫn ngược thứ tự", None, Hint, None, Text(look));

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for at in 0..text.words.len().saturating_sub(3) {
        let digits = |at: usize| text.word(at).bytes().all(|b| b.is_ascii_digit());
        if text.word(at) == "Điều" && digits(at + 1) && text.low_word(at + 2) == "khoản" && digits(at + 3) {
            let between = &text.plain[text.words[at + 1].end..text.words[at + 2].start];
            if text.word(at + 4) != "Điều" && matches!(between, " " | ", ") {
                let range = text.words[at].start..text.words[at + 3].end;
                let right = format!("khoản {} Điều {}", text.word(at + 3), text.word(at + 1));
                found.tell(text, range, "Viện dẫn ngược thứ tự.", format!("Viết từ nhỏ đến lớn: “{right}”."));
            }
        }
    }
}
