//! Bodies and posts by their names: who heads what, who acts for a collective, what was merged away.

use crate::document::{Document, Line};
use crate::draft::{Part, Parts};

/// The lines of all signers of a document.
pub fn signers(document: &Document) -> impl Iterator<Item = &Parts<Line>> {
    std::iter::once(&document.lines).chain(&document.cung_ky)
}

/// The name of the body that issues a document, in small letters.
pub fn issuer(document: &Document) -> String {
    document.plain(Part::CoQuan).to_lowercase()
}

/// Whether a body decides by vote, so that who signs does so on its behalf (khoản 7, điểm b).
pub fn is_collective(name: &str) -> bool {
    let name = name.to_lowercase();
    ["ủy ban", "uỷ ban", "hội đồng", "ban chỉ đạo", "ban chấp hành", "ban thường", "hđnd", "ubnd", "đoàn chủ tịch"]
        .iter()
        .any(|w| name.starts_with(w))
}

/// Whether a power is that of an organ of the Party, which signs by rules of its own (`T/M Ban Thường vụ`).
pub fn is_of_party(power: &str) -> bool {
    const ORGANS: [&str; 8] =
        ["ban thường vụ", "ban chấp hành", "đảng ủy", "đảng bộ", "chi bộ", "chi ủy", "tỉnh ủy", "thành ủy"];
    let low = power.to_lowercase().replace("uỷ", "ủy");
    ORGANS.iter().any(|organ| low.contains(organ))
}

/// Whether a document is the Party's: it has rules of its own (Hướng dẫn 36-HD/VPTW), with commas behind recipients and
/// `K/T`. One that does not say whose it is may be.
pub fn is_party_document(document: &Document) -> bool {
    let bodies = [Part::ChuQuan, Part::CoQuan].map(|part| document.plain(part));
    let symbol = document.plain(Part::KyHieu);
    let power = || signers(document).flat_map(|s| &s[Part::QuyenHan]).any(|line| is_of_party(&line.plain()));
    bodies.iter().all(String::is_empty)
        || bodies.iter().any(|name| is_of_party(name))
        || ["TW", "/TU", "/ĐU"].iter().any(|end| symbol.ends_with(end))
        || power()
}

/// Whether a year stands in the number: that of a normative document (`52/2025/QĐ-UBND`).
pub fn has_year(document: &Document) -> bool {
    let year = |part: &str| part.len() == 4 && part.starts_with("20") && part.bytes().all(|b| b.is_ascii_digit());
    [Part::So, Part::KyHieu].iter().any(|part| document.plain(*part).split('/').any(year))
}

/// Whether the body that issues a document, or its parent, is none of the State's: the decree is no law for it.
pub fn is_outside_state(document: &Document) -> bool {
    let name = format!("{} {}", document.plain(Part::ChuQuan).to_lowercase(), issuer(document));
    ["mặt trận", "mttq", "đảng", "đoàn ", "hội ", "liên đoàn", "liên hiệp", "công ty", "công đoàn"]
        .iter()
        .any(|w| name.contains(w))
}

/// Whether a name is one of a body with a head who decides alone.
pub fn has_head(name: &str) -> bool {
    let name = name.to_lowercase();
    [
        "sở ",
        "phòng ",
        "cục ",
        "chi cục ",
        "vụ ",
        "trường ",
        "trung tâm ",
        "văn phòng ",
        "thanh tra ",
        "bệnh viện ",
        "bộ ",
    ]
    .iter()
    .any(|w| name.starts_with(w))
}

/// Whether a post is that of a deputy.
pub fn is_deputy(post: &str) -> bool {
    let post = post.to_lowercase();
    post.starts_with("phó ") || post.starts_with("thứ trưởng")
}

/// What the head of a body is called, by the words that its name begins with; both in small letters.
pub const HEADS: [(&str, &[&str]); 14] = [
    ("văn phòng đăng ký", &["giám đốc"]),
    ("phòng khám", &["giám đốc", "trưởng phòng khám"]),
    ("sở ", &["giám đốc"]),
    ("ủy ban nhân dân", &["chủ tịch"]),
    ("uỷ ban nhân dân", &["chủ tịch"]),
    ("hội đồng nhân dân", &["chủ tịch"]),
    ("bộ ", &["bộ trưởng"]),
    ("cục ", &["cục trưởng"]),
    ("chi cục ", &["chi cục trưởng", "trưởng chi cục"]),
    ("phòng ", &["trưởng phòng"]),
    ("vụ ", &["vụ trưởng"]),
    ("trường ", &["hiệu trưởng"]),
    ("trung tâm ", &["giám đốc"]),
    ("văn phòng ", &["chánh văn phòng"]),
];

/// Ministries and departments that ended when the government was arranged anew on 1 March 2025 (Nghị quyết 176/2025/QH15),
/// in small letters, with what came after them.
pub const ENDED: [(&str, &str); 14] = [
    ("bộ kế hoạch và đầu tư", "Bộ Tài chính"),
    ("bộ giao thông vận tải", "Bộ Xây dựng"),
    ("bộ thông tin và truyền thông", "Bộ Khoa học và Công nghệ"),
    ("bộ tài nguyên và môi trường", "Bộ Nông nghiệp và Môi trường"),
    ("bộ nông nghiệp và phát triển nông thôn", "Bộ Nông nghiệp và Môi trường"),
    ("bộ lao động - thương binh và xã hội", "Bộ Nội vụ"),
    ("ủy ban dân tộc", "Bộ Dân tộc và Tôn giáo"),
    ("sở kế hoạch và đầu tư", "Sở Tài chính"),
    ("sở giao thông vận tải", "Sở Xây dựng"),
    ("sở thông tin và truyền thông", "Sở Khoa học và Công nghệ"),
    ("sở tài nguyên và môi trường", "Sở Nông nghiệp và Môi trường"),
    ("sở nông nghiệp và phát triển nông thôn", "Sở Nông nghiệp và Môi trường"),
    ("sở lao động - thương binh và xã hội", "Sở Nội vụ"),
    ("ban dân tộc", "Sở Dân tộc và Tôn giáo"),
];

/// Whether a document is of a day, or later; unknown days count as the first of their month or year.
pub fn is_since(document: &Document, since: (i32, u32, u32)) -> bool {
    let date = document.ngay;
    date.year.is_some_and(|year| (year, date.month.unwrap_or(1), date.day.unwrap_or(1)) >= since)
}
