//! The words that the decree itself fixes.

use super::units::Pt;

/// Quốc hiệu (Phụ lục I, phần I, mục II, khoản 1).
pub const QUOC_HIEU: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
/// Tiêu ngữ (same place): hyphens with blanks on both sides.
pub const TIEU_NGU: &str = "Độc lập - Tự do - Hạnh phúc";
/// Label of the recipients (khoản 9).
pub const NOI_NHAN: &str = "Nơi nhận:";
/// Label of the addressees (khoản 9).
pub const KINH_GUI: &str = "Kính gửi:";
/// Before the subject of a công văn (mẫu 1.5).
pub const VE_VIEC: &str = "V/v ";
/// Before the subject of a quyết định that decides directly (mẫu 1.2).
pub const VE_VIEC_DAI: &str = "Về việc ";
/// What a quyết định says before its articles (mẫu 1.2, 1.3).
pub const QUYET_DINH: &str = "QUYẾT ĐỊNH:";
/// What a nghị quyết says before its text (mẫu 1.1).
pub const QUYET_NGHI: &str = "QUYẾT NGHỊ:";
/// Gap between the number and the subject of a công văn (mục II, khoản 5, điểm b).
pub const VE_VIEC_GAP: Pt = Pt(6.0);
/// Behind the sender of a công điện (mẫu 1.6).
pub const DIEN: &str = "điện:";
/// Behind the host of a giấy mời (mẫu 1.7).
pub const KINH_MOI: &str = "trân trọng kính mời:";
/// Behind the body that issues a giấy giới thiệu (mẫu 1.8).
pub const GIOI_THIEU: &str = "trân trọng giới thiệu:";
/// What a giấy giới thiệu asks for (mẫu 1.8).
pub const DE_NGHI: &str = "Đề nghị Quý cơ quan tạo điều kiện để ông (bà) có tên ở trên hoàn thành nhiệm vụ.";
/// Before a person's name (mẫu 1.8, 1.10).
pub const ONG_BA: &str = "Ông (bà)";
/// Above the room for the place of leave to confirm it (mẫu 1.10).
pub const XAC_NHAN: &str = "Xác nhận của cơ quan (tổ chức) hoặc chính quyền địa phương nơi nghỉ phép";
/// Mark at the end of the content (Mẫu 1.1 to 2.2).
pub const END_MARK: &str = "./.";
/// Word above an appendix (mục III, khoản 1).
pub const PHU_LUC: &str = "Phụ lục";

/// `ngày 05 tháng 01 năm 2026`: a day under 10 and the months 1 and 2 take a zero (khoản 4, điểm b).
pub fn day(day: u32) -> String {
    format!("{day:02}")
}

/// See [`day`].
pub fn month(month: u32) -> String {
    if month <= 2 { format!("{month:02}") } else { month.to_string() }
}

/// `2026-02-15`, or as much of it as is known; empty without a year.
pub fn iso_date(year: Option<i32>, month: Option<u32>, day: Option<u32>) -> String {
    match (year, month, day) {
        (Some(y), Some(m), Some(d)) => format!("{y:04}-{m:02}-{d:02}"),
        (Some(y), Some(m), None) => format!("{y:04}-{m:02}"),
        (Some(y), ..) => format!("{y:04}"),
        _ => String::new(),
    }
}

/// Signing for a collective, for the head, by order, by mandate (Phụ lục I, phần I, mục II, khoản 7, điểm b).
pub const POWERS: [&str; 4] = ["TM.", "KT.", "TL.", "TUQ."];
