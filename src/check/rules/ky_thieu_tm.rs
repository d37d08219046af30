//! A document of a collective without TM.

use super::prelude::*;
use crate::check::bodies::{is_collective, issuer};
use crate::decree30::kinds::Form;

rule!(
    "ky-thieu-tm",
    "Ký cho cơ quan làm việc theo chế độ tập thể mà không có TM.",
    Some("Phụ lục I, phần I, mục II, khoản 7, điểm b"),
    Hint,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    let document = subject.main();
    if !is_collective(&issuer(document))
        || matches!(document.loai.form, Form::BienBan | Form::HopDong | Form::GioiThieu | Form::NghiPhep)
    {
        return;
    }
    // The head decides in his own right; a council's resolutions are signed by its head.
    let authority = document.plain(Part::ThamQuyen).to_lowercase();
    let own = authority.starts_with("chủ tịch") || authority.is_empty() && document.loai.form == Form::QuyetDinh;
    let council = issuer(document).starts_with("hội đồng nhân dân");
    if own || council || matches!(document.loai.form, Form::CongDien | Form::ThuCong) {
        return;
    }
    let Some(post) = document.lines[Part::ChucVu].first().filter(|_| document.cung_ky.is_empty()) else { return };
    let above: Vec<String> = document.lines[Part::QuyenHan].iter().map(|l| l.plain().to_uppercase()).collect();
    let head = ["chủ tịch", "phó chủ tịch", "trưởng ban"].contains(&post.plain().to_lowercase().as_str());
    if head
        && !above
            .iter()
            .any(|l| l.starts_with("TM.") || l.starts_with("T/M") || l.starts_with("TL.") || l.starts_with("TUQ."))
    {
        let message = "Văn bản của cơ quan làm việc theo chế độ tập thể, ký phải có TM.";
        found.at(post.span, message, "Thêm “TM. …” và tên cơ quan ở dòng đầu của ky.quyen_han.");
    }
}
