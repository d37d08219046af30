//! The words that the decree itself fixes.

/// Quốc hiệu (Phụ lục I, phần I, mục II, khoản 1).
pub const QUOC_HIEU: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
/// Tiêu ngữ (same place): hyphens with blanks on both sides.
pub const TIEU_NGU: &str = "Độc lập - Tự do - Hạnh phúc";
/// Label of the recipients (khoản 9).
pub const NOI_NHAN: &str = "Nơi nhận:";
/// Label of the addressees (khoản 9).
pub const KINH_GUI: &str = "Kính gửi:";
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
