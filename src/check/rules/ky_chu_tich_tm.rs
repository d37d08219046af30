//! `CHỦ TỊCH ỦY BAN NHÂN DÂN` as the issuer, with TM.

use super::prelude::*;
use crate::check::bodies::issuer;

rule!(
    "ky-chu-tich-tm",
    "Văn bản của Chủ tịch mà ký TM.",
    Some("Phụ lục I, phần I, mục II, khoản 7, điểm b"),
    Error,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    let document = subject.main();
    if !issuer(document).starts_with("chủ tịch") {
        return;
    }
    if let Some(line) = document.lines[Part::QuyenHan].iter().find(|l| l.plain().to_uppercase().starts_with("TM.")) {
        let message = "Văn bản do Chủ tịch ban hành thì không ký TM.";
        found.at(line.span, message, "Bỏ dòng TM.; hoặc ghi tên cơ quan là Ủy ban nhân dân.");
    }
}
