//! Laws and decrees that others have replaced, by the day of the document.

use super::prelude::*;
use crate::check::bodies::is_since;

rule!("can-cu-het-hieu-luc", "Căn cứ đã bị thay thế", None, Warning, None, Document(look));

/// Words by which the old one is known, in small letters; since when the new one is in force; what the new one is.
#[rustfmt::skip]
const REPLACED: [(&str, (i32, u32, u32), &str); 14] = [
    ("77/2015/qh13", (2025, 3, 1), "Luật Tổ chức chính quyền địa phương số 72/2025/QH15"),
    ("65/2025/qh15", (2025, 6, 16), "Luật Tổ chức chính quyền địa phương số 72/2025/QH15"),
    ("110/2004/nđ-cp", (2020, 3, 5), "Nghị định số 30/2020/NĐ-CP"),
    ("01/2011/tt-bnv", (2020, 3, 5), "Nghị định số 30/2020/NĐ-CP"),
    ("luật đất đai ngày 29 tháng 11 năm 2013", (2024, 8, 1), "Luật Đất đai số 31/2024/QH15"),
    ("45/2013/qh13", (2024, 8, 1), "Luật Đất đai số 31/2024/QH15"),
    ("43/2013/qh13", (2024, 1, 1), "Luật Đấu thầu số 22/2023/QH15"),
    ("40/2009/qh12", (2024, 1, 1), "Luật Khám bệnh, chữa bệnh số 15/2023/QH15"),
    ("51/2005/qh11", (2024, 7, 1), "Luật Giao dịch điện tử số 20/2023/QH15"),
    ("55/2014/qh13", (2022, 1, 1), "Luật Bảo vệ môi trường số 72/2020/QH14"),
    ("15/2003/qh11", (2024, 1, 1), "Luật Thi đua, khen thưởng số 06/2022/QH15"),
    ("01/2011/qh13", (2025, 7, 1), "Luật Lưu trữ số 33/2024/QH15"),
    ("luật lưu trữ ngày 11 tháng 11 năm 2011", (2025, 7, 1), "Luật Lưu trữ số 33/2024/QH15"),
    ("luật tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015", (2025, 3, 1), "Luật Tổ chức chính quyền địa phương số 72/2025/QH15"),
];
static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(REPLACED.iter().map(|(old, ..)| *old)));

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for text in subject.texts.iter().filter(|t| t.place == Place::Part(Part::CanCu)) {
        // The law that amends it names it too.
        if text.low.contains("sửa đổi") {
            continue;
        }
        for (index, range) in PHRASES.find(text) {
            let (_, since, now) = REPLACED[index];
            if is_since(subject.main(), since) {
                let typed = text.plain[range.clone()].to_owned();
                found.tell(
                    text,
                    range,
                    format!("Căn cứ “{typed}” đã bị thay thế."),
                    format!("Nay là {now}; kiểm tra lại trước khi sửa."),
                );
            }
        }
    }
}
