//! The names that a Word template may use, and what each prints.

/// A name.
pub struct Name {
    /// As it is written in a tag.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
    /// What it prints, for lists and the guide.
    pub what: &'static str,
}

/// What a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Whole paragraphs in the document's own styles: `{{p … }}` only.
    Zone,
    /// Text.
    Text,
    /// A list of texts.
    List,
    /// Text that records work may fill in: becomes a content control.
    Entry,
}

use Kind::{Entry, List, Text, Zone};

/// All names beside the plan's own variables.
#[rustfmt::skip]
pub static NAMES: &[Name] = &[
    Name { name: "dau_van_ban",      kind: Zone,  what: "phần đầu: quoc_hieu rồi ten_van_ban" },
    Name { name: "quoc_hieu",        kind: Zone,  what: "cơ quan, Quốc hiệu, số và ký hiệu, địa danh và ngày, mức độ khẩn" },
    Name { name: "ten_van_ban",      kind: Zone,  what: "tên loại, trích yếu, Kính gửi" },
    Name { name: "noi_dung",         kind: Zone,  what: "căn cứ, lời mở đầu, nội dung, lời kết" },
    Name { name: "cuoi_van_ban",     kind: Zone,  what: "nơi nhận và chữ ký" },
    Name { name: "phu_luc",          kind: Zone,  what: "các phụ lục, mỗi phụ lục một phần riêng" },
    Name { name: "dau_trang",        kind: Zone,  what: "dấu chỉ phạm vi lưu hành, trong đầu trang thứ nhất" },
    Name { name: "chan_trang",       kind: Zone,  what: "địa chỉ cơ quan, trong chân trang thứ nhất" },
    Name { name: "loai",             kind: Text,  what: "tên loại, ví dụ Kế hoạch" },
    Name { name: "co_quan.chu_quan", kind: Text,  what: "cơ quan chủ quản" },
    Name { name: "co_quan.ten",      kind: Text,  what: "cơ quan ban hành" },
    Name { name: "so",               kind: Entry, what: "số văn bản, hoặc chỗ trống để điền" },
    Name { name: "ky_hieu",          kind: Text,  what: "ký hiệu sau dấu gạch chéo" },
    Name { name: "dia_danh",         kind: Text,  what: "địa danh" },
    Name { name: "ngay",             kind: Entry, what: "ngày … tháng … năm …, có chỗ trống để điền" },
    Name { name: "ngay.ngay",        kind: Entry, what: "ngày" },
    Name { name: "ngay.thang",       kind: Entry, what: "tháng" },
    Name { name: "ngay.nam",         kind: Entry, what: "năm" },
    Name { name: "trich_yeu",        kind: Text,  what: "trích yếu" },
    Name { name: "kinh_gui",         kind: List,  what: "nơi được kính gửi" },
    Name { name: "can_cu",           kind: List,  what: "căn cứ" },
    Name { name: "mo_dau",           kind: List,  what: "các đoạn mở đầu" },
    Name { name: "ket",              kind: List,  what: "các đoạn kết" },
    Name { name: "noi_nhan",         kind: List,  what: "nơi nhận" },
    Name { name: "ky.quyen_han",     kind: List,  what: "các dòng quyền hạn: TM., KT. …" },
    Name { name: "ky.chuc_vu",       kind: Text,  what: "chức vụ người ký" },
    Name { name: "ky.ho_ten",        kind: Text,  what: "họ tên người ký" },
    Name { name: "do_khan",          kind: Text,  what: "mức độ khẩn, bằng chữ in hoa" },
    Name { name: "luu_hanh",         kind: Text,  what: "phạm vi lưu hành" },
    Name { name: "nguoi_soan",       kind: Text,  what: "ký hiệu người soạn thảo và số bản" },
    Name { name: "dia_chi",          kind: List,  what: "các dòng địa chỉ" },
];

/// The name, if it is one of ours.
pub fn by_name(name: &str) -> Option<&'static Name> {
    NAMES.iter().find(|n| n.name == name)
}

/// Whether an expression is a zone and nothing else.
pub fn is_zone(expression: &str) -> bool {
    by_name(expression).is_some_and(|n| n.kind == Zone)
}

/// Whether an expression is a place to fill in and nothing else.
pub fn is_entry(expression: &str) -> bool {
    by_name(expression).is_some_and(|n| n.kind == Entry)
}

/// Whether our names begin with this word: `co_quan` of `co_quan.ten`.
pub fn is_group(word: &str) -> bool {
    NAMES.iter().any(|n| n.name.split('.').next() == Some(word))
}
