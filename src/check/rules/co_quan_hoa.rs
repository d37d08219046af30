//! Names of bodies with other capitals than at the words for kind, function and field.

use super::prelude::*;

rule!(
    "co-quan-hoa",
    "Tên cơ quan viết hoa chưa đúng",
    Some("Phụ lục II, mục IV, khoản 1, điểm a"),
    Warning,
    Safe,
    Text(look)
);

static NAMES: LazyLock<Names> = LazyLock::new(|| Names::new(TABLE));

/// The names as they are written.
#[rustfmt::skip]
const TABLE: &[&str] = &[
    "Ủy ban nhân dân",
    "Uỷ ban nhân dân",
    "Hội đồng nhân dân",
    "Mặt trận Tổ quốc",
    "Sở Tài chính",
    "Sở Nội vụ",
    "Sở Y tế",
    "Sở Xây dựng",
    "Sở Tư pháp",
    "Sở Công Thương",
    "Sở Giáo dục và Đào tạo",
    "Sở Nông nghiệp và Môi trường",
    "Sở Khoa học và Công nghệ",
    "Sở Kế hoạch và Đầu tư",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Sở Tài nguyên và Môi trường",
    "Sở Thông tin và Truyền thông",
    "Sở Nông nghiệp và Phát triển nông thôn",
    "Sở Lao động - Thương binh và Xã hội",
    "Sở Dân tộc và Tôn giáo",
    "Bộ Nội vụ",
    "Bộ Tài chính",
    "Bộ Y tế",
    "Bộ Xây dựng",
    "Bộ Tư pháp",
    "Bộ Quốc phòng",
    "Bộ Công an",
    "Bộ Ngoại giao",
    "Bộ Công Thương",
    "Bộ Giáo dục và Đào tạo",
    "Bộ Khoa học và Công nghệ",
    "Bộ Nông nghiệp và Môi trường",
    "Bộ Dân tộc và Tôn giáo",
    "Bộ Văn hóa, Thể thao và Du lịch",
    "Thanh tra Chính phủ",
    "Văn phòng Chính phủ",
    "Thủ tướng Chính phủ",
    "Ngân hàng Nhà nước",
    "Kho bạc Nhà nước",
    "Tòa án nhân dân",
    "Hội Liên hiệp Phụ nữ",
    "Hội Nông dân",
    "Hội Cựu chiến binh",
    "Liên đoàn Lao động",
    "Đoàn Thanh niên Cộng sản Hồ Chí Minh",
    "Công an nhân dân",
    "Quân đội nhân dân",
];

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for (right, range) in NAMES.find(text) {
        let typed = &text.plain[range.clone()];
        // In small letters throughout it may be part of other words (`cán bộ y tế`).
        if !typed.starts_with(char::is_uppercase) {
            continue;
        }
        // Bodies of other countries, names of newspapers.
        let behind = text.word_behind(range.end);
        if matches!(behind, "lào" | "trung" | "cách" | "campuchia") || text.word_before(range.start) == "báo" {
            continue;
        }
        // `Sở xây dựng kế hoạch`: a verb.
        if right.ends_with("Xây dựng") && !typed.chars().skip(1).any(char::is_uppercase) {
            continue;
        }
        found.replace(text, range, right, format!("Tên cơ quan “{typed}” viết hoa chưa đúng."));
    }
}
