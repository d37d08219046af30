//! The names that a Word template may use, and what each prints.

use crate::draft::parts::{PARTS, Tag};
use std::sync::LazyLock;

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

/// Names of zones, and of what is no part of a document by itself.
#[rustfmt::skip]
const OWN: [(&str, Kind, &str); 13] = [
    ("dau_van_ban",  Zone,  "phần đầu: quoc_hieu rồi ten_van_ban"),
    ("quoc_hieu",    Zone,  "cơ quan, Quốc hiệu, số và ký hiệu, địa danh và ngày, mức độ khẩn, trích yếu công văn"),
    ("ten_van_ban",  Zone,  "tên loại, trích yếu, Kính gửi, thẩm quyền ban hành, nơi nhận điện"),
    ("noi_dung",     Zone,  "căn cứ, lời mở đầu, nội dung, lời kết"),
    ("cuoi_van_ban", Zone,  "nơi nhận và chữ ký"),
    ("phu_luc",      Zone,  "văn bản kèm theo và các phụ lục, mỗi thứ một phần riêng"),
    ("dau_trang",    Zone,  "dấu chỉ phạm vi lưu hành, trong đầu trang thứ nhất"),
    ("chan_trang",   Zone,  "địa chỉ cơ quan, trong chân trang thứ nhất"),
    ("loai",         Text,  "tên loại, ví dụ Kế hoạch"),
    ("ngay.ngay",    Entry, "ngày"),
    ("ngay.thang",   Entry, "tháng"),
    ("ngay.nam",     Entry, "năm"),
    ("do_khan",      Text,  "mức độ khẩn, bằng chữ in hoa"),
];

/// All names beside the plan's own variables: zones, then the parts of a document in their order.
pub static NAMES: LazyLock<Vec<Name>> = LazyLock::new(|| {
    let own = OWN.iter().map(|(name, kind, what)| Name { name, kind: *kind, what });
    let parts = PARTS.iter().filter_map(|row| {
        let (kind, what) = match row.tag {
            Tag::No => return None,
            Tag::Text(what) => (Text, what),
            Tag::List(what) => (List, what),
            Tag::Entry(what) => (Entry, what),
        };
        Some(Name { name: row.key, kind, what })
    });
    own.chain(parts).collect()
});

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
