//! The issuing body's name is abbreviated.

use super::prelude::*;

rule!(
    "co-quan-tat",
    "Tên cơ quan ban hành viết tắt",
    Some("Phụ lục I, phần I, mục II, khoản 2"),
    Error,
    None,
    Document(look)
);

const SHORT: [&str; 8] = ["UBND", "HĐND", "UBMTTQ", "BQL", "TTr", "VP", "PGD", "GDĐT"];

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    // The parent body may be abbreviated.
    for text in subject.part(Part::CoQuan) {
        if let Some(index) = (0..text.words.len()).find(|at| SHORT.contains(&text.word(*at))) {
            let message = format!("Tên cơ quan ban hành có chữ viết tắt “{}”.", text.word(index));
            let hint = "Ghi đầy đủ tên cơ quan ban hành; chỉ tên cơ quan chủ quản được viết tắt cụm từ thông dụng.";
            found.tell(text, text.words[index].clone(), message, hint);
        }
    }
}
