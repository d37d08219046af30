//! `NĐ- CP`, `ND-CP`, `QD-UBND`.

use super::prelude::*;

rule!(
    "vien-dan-ky-hieu-sai",
    "Ký hiệu văn bản viện dẫn viết sai",
    Some("Phụ lục I, phần I, mục II, khoản 3, điểm c"),
    Warning,
    Unsafe,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for citation in &subject.citations {
        let text = &subject.texts[citation.text];
        let typed = &text.plain[citation.number.clone()];
        let mut right = typed.replace('–', "-").replace("- ", "-");
        for (wrong, letter) in [("/ND-", "/NĐ-"), ("/QD-", "/QĐ-"), ("/NÐ-", "/NĐ-"), ("/CD-TTg", "/CĐ-TTg")] {
            right = right.replace(wrong, letter);
        }
        if right != typed {
            found.replace(text, citation.number.clone(), &right, format!("Ký hiệu “{typed}” viết sai."));
        }
    }
}
