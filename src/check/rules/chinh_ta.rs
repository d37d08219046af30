//! Pairs of words that are surely slips.

use super::prelude::*;
use crate::chars::in_capitals;
use crate::check::phrases::like;

rule!("chinh-ta", "Cặp từ hay viết sai chính tả", None, Warning, Safe, Text(look));

static PAIRS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(TABLE.iter().map(|(wrong, _)| *wrong)));

/// Wrong and right, in small letters.
#[rustfmt::skip]
const TABLE: &[(&str, &str)] = &[
    ("bổ xung", "bổ sung"),
    ("năng xuất lao động", "năng suất lao động"),
    ("tăng năng xuất", "tăng năng suất"),
    ("việc sát nhập", "việc sáp nhập"),
    ("sau sát nhập", "sau sáp nhập"),
    ("sau khi sát nhập", "sau khi sáp nhập"),
    ("xáp nhập", "sáp nhập"),
    ("sử lý", "xử lý"),
    ("chia sẽ kinh nghiệm", "chia sẻ kinh nghiệm"),
    ("sắp sếp", "sắp xếp"),
    ("sắp xệp", "sắp xếp"),
    ("xắp xếp", "sắp xếp"),
    ("đề suất", "đề xuất"),
    ("xuất sứ", "xuất xứ"),
    ("suất sắc", "xuất sắc"),
    ("suất xắc", "xuất sắc"),
    ("tổng thế", "tổng thể"),
    ("khuôn khố", "khuôn khổ"),
    ("thẩm quyên", "thẩm quyền"),
    ("giải ngấn", "giải ngân"),
    ("kiếm soát", "kiểm soát"),
    ("triển khái", "triển khai"),
    ("trển khai", "triển khai"),
    ("hưóng dẫn", "hướng dẫn"),
    ("đôn đóc", "đôn đốc"),
    ("giám sat", "giám sát"),
    ("trách nhiêm", "trách nhiệm"),
    ("nghiêm chỉnh chấp hàng", "nghiêm chỉnh chấp hành"),
    ("quyết đinh", "quyết định"),
    ("quy đinh", "quy định"),
    ("kế hoach", "kế hoạch"),
    ("báo cao kết quả", "báo cáo kết quả"),
    ("tuyên truỳên", "tuyên truyền"),
    ("cải cách hành chánh", "cải cách hành chính"),
    ("dứt diểm", "dứt điểm"),
    ("kịp thơì", "kịp thời"),
    ("đồng thơì", "đồng thời"),
    ("thòi gian", "thời gian"),
    ("giao nhiện vụ", "giao nhiệm vụ"),
    ("nhiện vụ", "nhiệm vụ"),
    ("trao dồi", "trau dồi"),
    ("trao chuốt", "trau chuốt"),
    ("rà xoát", "rà soát"),
    ("vô hình chung", "vô hình trung"),
    ("thăm quan", "tham quan"),
    ("cọ sát thực tế", "cọ xát thực tế"),
    ("lãng mạng", "lãng mạn"),
    ("chú trong đến", "chú trọng đến"),
    ("dành thắng lợi", "giành thắng lợi"),
    ("dử liệu", "dữ liệu"),
    ("dữ liêu", "dữ liệu"),
    ("cở sở", "cơ sở"),
    ("cơ sỡ", "cơ sở"),
    ("đội ngủ", "đội ngũ"),
    ("xã hôi", "xã hội"),
    ("chĩ đạo", "chỉ đạo"),
    ("lảnh đạo", "lãnh đạo"),
    ("sữa đổi", "sửa đổi"),
    ("sữa chữa", "sửa chữa"),
    ("sửa chửa", "sửa chữa"),
    ("hổ trợ", "hỗ trợ"),
    ("hỗ chợ", "hỗ trợ"),
    ("vửng chắc", "vững chắc"),
    ("giử gìn", "giữ gìn"),
    ("bảo vễ", "bảo vệ"),
    ("môi truờng", "môi trường"),
    ("truờng hợp", "trường hợp"),
    ("đảng viến", "đảng viên"),
    ("nguôn lực", "nguồn lực"),
    ("phôi hợp", "phối hợp"),
    ("phối hơp", "phối hợp"),
    ("tăng cương", "tăng cường"),
];

/// Pairs whose syllables may belong to the words beside them, with those words.
const GUARDS: &[(&str, &[&str], &[&str])] = &[
    ("bổ xung", &["phân"], &["quanh", "kích", "đột"]),
    ("sử lý", &["lịch", "tiểu"], &["luận", "thuyết"]),
    ("tổng thế", &[], &["năng", "hệ", "kỷ"]),
    ("triển khái", &["phát"], &["niệm", "quát"]),
    ("đề suất", &["vấn", "chuyên", "chủ", "tiêu"], &["ăn", "học"]),
    ("xuất sứ", &["sản", "đề"], &["mạng", "mệnh", "giả"]),
    ("thăm quan", &["chuyến"], &["trọng", "hệ", "chức"]),
];

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for (index, range) in PAIRS.find(text) {
        let wrong = &text.plain[range.clone()];
        let (low, right) = TABLE[index];
        let guarded = GUARDS.iter().find(|(pair, ..)| *pair == low).is_some_and(|(_, before, after)| {
            before.contains(&text.word_before(range.start)) || after.contains(&text.word_behind(range.end))
        });
        // `nghị Đinh`: a name begins inside.
        let name = !in_capitals(wrong) && wrong.chars().skip(1).any(char::is_uppercase);
        if !guarded && !name {
            let right = like(wrong, right);
            found.replace(text, range.clone(), &right, format!("“{wrong}” viết sai chính tả, đúng là “{right}”."));
        }
    }
}
