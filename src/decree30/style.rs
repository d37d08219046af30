//! How each component is set: one row a component. Source: Phụ lục I, phần I, mục II and III, and table V.
//!
//! The footnote to table V lets sizes go up or down only together, so a size here is a pair: small profile (Quốc hiệu
//! 12, Tiêu ngữ 13, date 13) and large profile (13, 14, 14).

use super::units::Pt;
use serde::Serialize;
use std::ops::RangeInclusive;

/// Which of the two size columns is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Profile {
    /// Quốc hiệu 12, Tiêu ngữ 13.
    Small,
    /// Quốc hiệu 13, Tiêu ngữ 14.
    Large,
}

/// Alignment of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    /// Flush left.
    Left,
    /// Centred.
    Center,
    /// Flush right.
    Right,
    /// Both edges.
    Justify,
}

/// Every named style of a document. The order is the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[rustfmt::skip]
#[allow(missing_docs, reason = "the table below names each in words")]
pub enum Component {
    LuuHanh, ChuQuan, CoQuan, QuocHieu, TieuNgu, SoKyHieu, DiaDanhNgay, VeViec, DauKhan,
    TenLoai, TrichYeu, KinhGui, ThamQuyen, CanCu, LoiVan, Lenh,
    PhanChuong, MucTieuMuc, Dieu, MucLaMa, KhoanTieuDe, Khoan, KhoanConTieuDe, KhoanCon, Diem, Gach,
    Cong, TenBang, DauCot, OBang, TenHinh,
    NoiNhanNhan, NoiNhan, QuyenHan, HoTen,
    SoPhuLuc, TenPhuLuc, KemTheo, ChuThich, DiaChi, SoTrang, HinhThucSao,
}

/// Which choices a component follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// Sizes go with Quốc hiệu and Tiêu ngữ.
    Head,
    /// A paragraph of the body: first-line indent, gap behind it, line spacing.
    Flow,
    /// The gap behind it only.
    Spaced,
    /// None.
    Plain,
}

/// How one component is set.
#[derive(Debug)]
pub struct Row {
    /// The component.
    pub component: Component,
    /// Its name in files: the id of the style in Word, the key in Typst templates. Agencies' templates hold it, so it is
    /// written down here and stays whatever the component is called in the code.
    pub id: &'static str,
    /// Its Vietnamese name; also the name of the style in Word.
    pub name: &'static str,
    /// Size in points: small profile, large profile.
    pub size: [f64; 2],
    /// Lawful sizes in points, both ends included.
    pub range: [f64; 2],
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Printed in capitals.
    pub upper: bool,
    /// Alignment.
    pub align: Align,
    /// Which of the choices of `trinh_bay` it follows.
    pub set: Set,
    /// Level in the outline of a document, from 1; 0 is no title. Practice.
    pub level: u8,
    /// The style of the paragraph behind it; it stays on the page of that one. None for what is no title.
    pub next: Option<Component>,
    /// Where the decree says so; for what it does not regulate, the practice that was followed.
    pub clause: &'static str,
}

/// Sizes that the letters in tables may have, in points: the range of their rows below. Practice.
pub const TABLE_SIZES: RangeInclusive<f64> = 11.0..=14.0;

const B: bool = true;
const I: bool = true;
const U: bool = true;
const NO: bool = false;

#[rustfmt::skip]
#[allow(clippy::too_many_arguments, reason = "a row of the table below")]
const fn row(
    component: Component, id: &'static str, name: &'static str, size: [f64; 2], range: [f64; 2],
    bold: bool, italic: bool, upper: bool, align: Align, set: Set, level: u8, next: Option<Component>, clause: &'static str,
) -> Row {
    Row { component, id, name, size, range, bold, italic, upper, align, set, level, next, clause }
}

use Align::{Center, Justify, Left};
use Component as C;

/// The table. Columns: component, id, name, size (small, large), range, bold, italic, capitals, alignment, choices, level,
/// next, clause.
#[rustfmt::skip]
pub const TABLE: [Row; 42] = [
    row(C::LuuHanh,        "LuuHanh",        "Phạm vi lưu hành",      [13., 13.], [13., 14.], B,  NO, U,  Center,  Set::Head,   0, None,                 "PL I, mục III, khoản 2, điểm c"),
    row(C::ChuQuan,        "ChuQuan",        "Cơ quan chủ quản",      [12., 13.], [12., 13.], NO, NO, U,  Center,  Set::Head,   0, None,                 "PL I, mục II, khoản 2, điểm b"),
    row(C::CoQuan,         "CoQuan",         "Cơ quan ban hành",      [12., 13.], [12., 13.], B,  NO, U,  Center,  Set::Head,   0, None,                 "PL I, mục II, khoản 2, điểm b"),
    row(C::QuocHieu,       "QuocHieu",       "Quốc hiệu",             [12., 13.], [12., 13.], B,  NO, U,  Center,  Set::Head,   0, None,                 "PL I, mục II, khoản 1, điểm a"),
    row(C::TieuNgu,        "TieuNgu",        "Tiêu ngữ",              [13., 14.], [13., 14.], B,  NO, NO, Center,  Set::Head,   0, None,                 "PL I, mục II, khoản 1, điểm b"),
    row(C::SoKyHieu,       "SoKyHieu",       "Số và ký hiệu",         [13., 13.], [13., 13.], NO, NO, NO, Center,  Set::Head,   0, None,                 "PL I, mục II, khoản 3, điểm c"),
    row(C::DiaDanhNgay,    "DiaDanhNgay",    "Địa danh và ngày tháng",[13., 14.], [13., 14.], NO, I,  NO, Center,  Set::Head,   0, None,                 "PL I, mục II, khoản 4, điểm c"),
    row(C::VeViec,         "VeViec",         "Trích yếu công văn",    [12., 13.], [12., 13.], NO, NO, NO, Center,  Set::Head,   0, None,                 "PL I, mục II, khoản 5, điểm b"),
    row(C::DauKhan,        "DauKhan",        "Mức độ khẩn",           [13., 13.], [13., 14.], B,  NO, U,  Center,  Set::Head,   0, None,                 "PL I, mục III, khoản 2, điểm b"),
    row(C::TenLoai,        "TenLoai",        "Tên loại",              [13., 14.], [13., 14.], B,  NO, U,  Center,  Set::Plain,  0, Some(C::TrichYeu),    "PL I, mục II, khoản 5, điểm b"),
    row(C::TrichYeu,       "TrichYeu",       "Trích yếu",             [13., 14.], [13., 14.], B,  NO, NO, Center,  Set::Plain,  0, Some(C::LoiVan),      "PL I, mục II, khoản 5, điểm b"),
    row(C::KinhGui,        "KinhGui",        "Kính gửi",              [13., 14.], [13., 14.], NO, NO, NO, Left,    Set::Spaced, 0, None,                 "PL I, mục II, khoản 9, điểm d"),
    row(C::ThamQuyen,      "ThamQuyen",      "Thẩm quyền ban hành",   [13., 14.], [13., 14.], B,  NO, U,  Center,  Set::Spaced, 0, Some(C::CanCu),       "PL III, mẫu 1.1, 1.2, 1.3"),
    row(C::CanCu,          "CanCu",          "Căn cứ",                [13., 14.], [13., 14.], NO, I,  NO, Justify, Set::Flow,   0, None,                 "PL I, mục II, khoản 6, điểm a"),
    row(C::LoiVan,         "LoiVan",         "Lời văn",               [13., 14.], [13., 14.], NO, NO, NO, Justify, Set::Flow,   0, None,                 "PL I, mục II, khoản 6, điểm e"),
    row(C::Lenh,           "Lenh",           "Lời quyết định",        [13., 14.], [13., 14.], B,  NO, NO, Center,  Set::Spaced, 0, Some(C::LoiVan),      "PL III, mẫu 1.1, 1.2, 1.3"),
    row(C::PhanChuong,     "PhanChuong",     "Phần và Chương",        [13., 14.], [13., 14.], B,  NO, NO, Center,  Set::Spaced, 1, Some(C::PhanChuong),  "PL I, mục II, khoản 6, điểm e"),
    row(C::MucTieuMuc,     "MucTieuMuc",     "Mục và Tiểu mục",       [13., 14.], [13., 14.], B,  NO, NO, Center,  Set::Spaced, 2, Some(C::MucTieuMuc),  "PL I, mục II, khoản 6, điểm e"),
    row(C::Dieu,           "Dieu",           "Điều",                  [13., 14.], [13., 14.], B,  NO, NO, Justify, Set::Flow,   0, None,                 "PL I, mục II, khoản 6, điểm e"),
    row(C::MucLaMa,        "MucLaMa",        "Mục I",                 [13., 14.], [13., 14.], B,  NO, U,  Justify, Set::Flow,   1, Some(C::LoiVan),      "PL I, mục II, khoản 6, điểm e"),
    row(C::KhoanTieuDe,    "KhoanTieuDe",    "Khoản 1 có tiêu đề",    [13., 14.], [13., 14.], B,  NO, NO, Justify, Set::Flow,   2, Some(C::LoiVan),      "PL I, mục II, khoản 6, điểm e"),
    row(C::Khoan,          "Khoan",          "Khoản 1",               [13., 14.], [13., 14.], NO, NO, NO, Justify, Set::Flow,   0, None,                 "PL I, mục II, khoản 6, điểm e"),
    row(C::KhoanConTieuDe, "KhoanConTieuDe", "Khoản 1.1 có tiêu đề",  [13., 14.], [13., 14.], B,  I,  NO, Justify, Set::Flow,   3, Some(C::LoiVan),      "thực tiễn: nghị định không quy định cấp 1.1"),
    row(C::KhoanCon,       "KhoanCon",       "Khoản 1.1",             [13., 14.], [13., 14.], NO, NO, NO, Justify, Set::Flow,   0, None,                 "thực tiễn: nghị định không quy định cấp 1.1"),
    row(C::Diem,           "Diem",           "Điểm a",                [13., 14.], [13., 14.], NO, NO, NO, Justify, Set::Flow,   0, None,                 "PL I, mục II, khoản 6, điểm e"),
    row(C::Gach,           "Gach",           "Gạch đầu dòng",         [13., 14.], [13., 14.], NO, NO, NO, Justify, Set::Flow,   0, None,                 "thực tiễn: nghị định không quy định gạch đầu dòng"),
    row(C::Cong,           "Cong",           "Dấu cộng",              [13., 14.], [13., 14.], NO, NO, NO, Justify, Set::Flow,   0, None,                 "thực tiễn: nghị định không quy định dấu cộng"),
    row(C::TenBang,        "TenBang",        "Tên bảng",              [13., 13.], [11., 14.], B,  NO, NO, Center,  Set::Plain,  0, Some(C::LoiVan),      "thực tiễn: nghị định không quy định tên bảng"),
    row(C::DauCot,         "DauCot",         "Đầu cột",               [12., 12.], [11., 14.], B,  NO, NO, Center,  Set::Plain,  0, None,                 "thực tiễn: nghị định không quy định chữ trong bảng"),
    row(C::OBang,          "OBang",          "Ô bảng",                [12., 12.], [11., 14.], NO, NO, NO, Left,    Set::Plain,  0, None,                 "thực tiễn: nghị định không quy định chữ trong bảng"),
    row(C::TenHinh,        "TenHinh",        "Tên hình",              [13., 13.], [11., 14.], NO, I,  NO, Center,  Set::Plain,  0, None,                 "thực tiễn: nghị định không quy định tên hình"),
    row(C::NoiNhanNhan,    "NoiNhanNhan",    "Nhãn nơi nhận",         [12., 12.], [12., 12.], B,  I,  NO, Left,    Set::Plain,  0, None,                 "PL I, mục II, khoản 9, điểm d"),
    row(C::NoiNhan,        "NoiNhan",        "Nơi nhận",              [11., 11.], [11., 11.], NO, NO, NO, Left,    Set::Plain,  0, None,                 "PL I, mục II, khoản 9, điểm d"),
    row(C::QuyenHan,       "QuyenHan",       "Quyền hạn và chức vụ",  [13., 14.], [13., 14.], B,  NO, U,  Center,  Set::Plain,  0, None,                 "PL I, mục II, khoản 7, điểm d"),
    row(C::HoTen,          "HoTen",          "Họ và tên",             [13., 14.], [13., 14.], B,  NO, NO, Center,  Set::Plain,  0, None,                 "PL I, mục II, khoản 7, điểm d"),
    row(C::SoPhuLuc,       "SoPhuLuc",       "Phụ lục",               [14., 14.], [14., 14.], B,  NO, NO, Center,  Set::Plain,  1, Some(C::SoPhuLuc),    "PL I, mục III, khoản 1, điểm b"),
    row(C::TenPhuLuc,      "TenPhuLuc",      "Tên phụ lục",           [13., 14.], [13., 14.], B,  NO, U,  Center,  Set::Plain,  0, Some(C::TenPhuLuc),   "PL I, mục III, khoản 1, điểm b"),
    row(C::KemTheo,        "KemTheo",        "Kèm theo",              [13., 14.], [13., 14.], NO, I,  NO, Center,  Set::Plain,  0, Some(C::LoiVan),      "PL I, mục III, khoản 1, điểm c"),
    row(C::ChuThich,       "ChuThich",       "Chú thích",             [10., 10.], [9., 12.],  NO, NO, NO, Justify, Set::Plain,  0, None,                 "thực tiễn: nghị định không quy định chú thích"),
    row(C::DiaChi,         "DiaChi",         "Địa chỉ cơ quan",       [11., 11.], [11., 12.], NO, NO, NO, Center,  Set::Plain,  0, None,                 "PL I, mục III, khoản 4"),
    row(C::SoTrang,        "SoTrang",        "Số trang",              [13., 14.], [13., 14.], NO, NO, NO, Center,  Set::Plain,  0, None,                 "PL I, mục I, khoản 7"),
    row(C::HinhThucSao,    "HinhThucSao",    "Hình thức sao",         [13., 14.], [13., 14.], B,  NO, U,  Center,  Set::Plain,  0, None,                 "PL I, phần II, mục II, khoản 2, điểm b"),
];

impl Component {
    /// The row of this component.
    pub fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }

    /// Its name in files.
    pub fn id(self) -> &'static str {
        self.row().id
    }

    /// Whether paragraphs of this style stay with what follows: titles.
    pub fn keeps_next(self) -> bool {
        self.row().next.is_some()
    }

    /// Level in the outline, from 1, of titles of this style.
    pub fn heading(self) -> Option<u8> {
        Some(self.row().level).filter(|l| *l > 0)
    }

    /// Size in a profile.
    pub fn size(self, profile: Profile) -> Pt {
        Pt(self.row().size[profile as usize])
    }
}

/// Lawful length of the rules under the issuing body and under the trích yếu, as parts of the text line above
/// (mục II, khoản 2, điểm b and khoản 5, điểm b).
pub const SHORT_RULE: [f64; 2] = [1.0 / 3.0, 1.0 / 2.0];
/// Thickness of drawn rules; the decree says only "nét liền". Practice: 0.5 to 0.75 pt.
pub const RULE_THICKNESS: Pt = Pt(0.5);
/// Gap between a text line and the rule under it; practice.
pub const RULE_GAP: Pt = Pt(2.5);
/// Air below the rule of the title; practice.
pub const TITLE_GAP: Pt = Pt(14.0);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_the_components_and_inside_their_ranges() {
        for (i, row) in TABLE.iter().enumerate() {
            assert_eq!(row.component as usize, i, "{}", row.name);
            assert!(TABLE.iter().filter(|r| r.id == row.id).count() == 1 && row.id.is_ascii(), "{}", row.id);
            for size in row.size {
                assert!(size >= row.range[0] && size <= row.range[1], "{}", row.name);
            }
        }
        for cell in [C::DauCot, C::OBang] {
            assert_eq!(cell.row().range, [*TABLE_SIZES.start(), *TABLE_SIZES.end()]);
        }
    }

    #[test]
    fn sizes_move_together() {
        let sizes = |p| [C::QuocHieu, C::TieuNgu, C::DiaDanhNgay].map(|c| c.size(p).0);
        assert_eq!(sizes(Profile::Small), [12.0, 13.0, 13.0]);
        assert_eq!(sizes(Profile::Large), [13.0, 14.0, 14.0]);
    }
}
