//! How each component is set: one row a component. Source: Phụ lục I, phần I, mục II and III, and table V.
//!
//! The footnote to table V lets sizes go up or down only together, so a size here is a pair: small profile (Quốc hiệu
//! 12, Tiêu ngữ 13, date 13) and large profile (13, 14, 14).

use super::units::Pt;
use serde::Serialize;

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
    LuuHanh, ChuQuan, CoQuan, QuocHieu, TieuNgu, SoKyHieu, DiaDanhNgay, DauKhan,
    TenLoai, TrichYeu, KinhGui, CanCu, LoiVan,
    PhanChuong, MucTieuMuc, Dieu, MucLaMa, KhoanTieuDe, Khoan, KhoanConTieuDe, KhoanCon, Diem, Gach,
    Cong, TenBang, DauCot, OBang, TenHinh,
    NoiNhanNhan, NoiNhan, QuyenHan, HoTen,
    SoPhuLuc, TenPhuLuc, KemTheo, ChuThich, DiaChi, SoTrang,
}

/// How one component is set.
#[derive(Debug)]
pub struct Row {
    /// The component.
    pub component: Component,
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
    /// Where the decree says so; for what it does not regulate, the practice that was followed.
    pub clause: &'static str,
}

const B: bool = true;
const I: bool = true;
const U: bool = true;
const NO: bool = false;

#[rustfmt::skip]
#[allow(clippy::too_many_arguments, reason = "a row of the table below")]
const fn row(
    component: Component, name: &'static str, size: [f64; 2], range: [f64; 2],
    bold: bool, italic: bool, upper: bool, align: Align, clause: &'static str,
) -> Row {
    Row { component, name, size, range, bold, italic, upper, align, clause }
}

use Align::{Center, Justify, Left};
use Component as C;

/// The table. Columns: component, name, size (small, large), range, bold, italic, capitals, alignment, clause.
#[rustfmt::skip]
pub const TABLE: [Row; 38] = [
    row(C::LuuHanh,        "Phạm vi lưu hành",     [13., 13.], [13., 14.], B,  NO, U,  Center,  "PL I, mục III, khoản 2, điểm c"),
    row(C::ChuQuan,        "Cơ quan chủ quản",     [12., 13.], [12., 13.], NO, NO, U,  Center,  "PL I, mục II, khoản 2, điểm b"),
    row(C::CoQuan,         "Cơ quan ban hành",     [12., 13.], [12., 13.], B,  NO, U,  Center,  "PL I, mục II, khoản 2, điểm b"),
    row(C::QuocHieu,       "Quốc hiệu",            [12., 13.], [12., 13.], B,  NO, U,  Center,  "PL I, mục II, khoản 1, điểm a"),
    row(C::TieuNgu,        "Tiêu ngữ",             [13., 14.], [13., 14.], B,  NO, NO, Center,  "PL I, mục II, khoản 1, điểm b"),
    row(C::SoKyHieu,       "Số và ký hiệu",          [13., 13.], [13., 13.], NO, NO, NO, Center,  "PL I, mục II, khoản 3, điểm c"),
    row(C::DiaDanhNgay,    "Địa danh và ngày tháng", [13., 14.], [13., 14.], NO, I,  NO, Center,  "PL I, mục II, khoản 4, điểm c"),
    row(C::DauKhan,        "Mức độ khẩn",          [13., 13.], [13., 14.], B,  NO, U,  Center,  "PL I, mục III, khoản 2, điểm b"),
    row(C::TenLoai,        "Tên loại",             [13., 14.], [13., 14.], B,  NO, U,  Center,  "PL I, mục II, khoản 5, điểm b"),
    row(C::TrichYeu,       "Trích yếu",            [13., 14.], [13., 14.], B,  NO, NO, Center,  "PL I, mục II, khoản 5, điểm b"),
    row(C::KinhGui,        "Kính gửi",             [13., 14.], [13., 14.], NO, NO, NO, Left,    "PL I, mục II, khoản 9, điểm d"),
    row(C::CanCu,          "Căn cứ",               [13., 14.], [13., 14.], NO, I,  NO, Justify, "PL I, mục II, khoản 6, điểm a"),
    row(C::LoiVan,         "Lời văn",              [13., 14.], [13., 14.], NO, NO, NO, Justify, "PL I, mục II, khoản 6, điểm e"),
    row(C::PhanChuong,     "Phần và Chương",         [13., 14.], [13., 14.], B,  NO, NO, Center,  "PL I, mục II, khoản 6, điểm e"),
    row(C::MucTieuMuc,     "Mục và Tiểu mục",        [13., 14.], [13., 14.], B,  NO, NO, Center,  "PL I, mục II, khoản 6, điểm e"),
    row(C::Dieu,           "Điều",                 [13., 14.], [13., 14.], B,  NO, NO, Justify, "PL I, mục II, khoản 6, điểm e"),
    row(C::MucLaMa,        "Mục I",                [13., 14.], [13., 14.], B,  NO, U,  Justify, "PL I, mục II, khoản 6, điểm e"),
    row(C::KhoanTieuDe,    "Khoản 1 có tiêu đề",   [13., 14.], [13., 14.], B,  NO, NO, Justify, "PL I, mục II, khoản 6, điểm e"),
    row(C::Khoan,          "Khoản 1",              [13., 14.], [13., 14.], NO, NO, NO, Justify, "PL I, mục II, khoản 6, điểm e"),
    row(C::KhoanConTieuDe, "Khoản 1.1 có tiêu đề", [13., 14.], [13., 14.], B,  I,  NO, Justify, "thực tiễn: nghị định không quy định cấp 1.1"),
    row(C::KhoanCon,       "Khoản 1.1",            [13., 14.], [13., 14.], NO, NO, NO, Justify, "thực tiễn: nghị định không quy định cấp 1.1"),
    row(C::Diem,           "Điểm a",               [13., 14.], [13., 14.], NO, NO, NO, Justify, "PL I, mục II, khoản 6, điểm e"),
    row(C::Gach,           "Gạch đầu dòng",        [13., 14.], [13., 14.], NO, NO, NO, Justify, "thực tiễn: nghị định không quy định gạch đầu dòng"),
    row(C::Cong,           "Dấu cộng",             [13., 14.], [13., 14.], NO, NO, NO, Justify, "thực tiễn: nghị định không quy định dấu cộng"),
    row(C::TenBang,        "Tên bảng",             [13., 13.], [11., 14.], B,  NO, NO, Center,  "thực tiễn: nghị định không quy định tên bảng"),
    row(C::DauCot,         "Đầu cột",              [12., 12.], [11., 14.], B,  NO, NO, Center,  "thực tiễn: nghị định không quy định chữ trong bảng"),
    row(C::OBang,          "Ô bảng",               [12., 12.], [11., 14.], NO, NO, NO, Left,    "thực tiễn: nghị định không quy định chữ trong bảng"),
    row(C::TenHinh,        "Tên hình",             [13., 13.], [11., 14.], NO, I,  NO, Center,  "thực tiễn: nghị định không quy định tên hình"),
    row(C::NoiNhanNhan,    "Nhãn nơi nhận",       [12., 12.], [12., 12.], B,  I,  NO, Left,    "PL I, mục II, khoản 9, điểm d"),
    row(C::NoiNhan,        "Nơi nhận",             [11., 11.], [11., 11.], NO, NO, NO, Left,    "PL I, mục II, khoản 9, điểm d"),
    row(C::QuyenHan,       "Quyền hạn và chức vụ",   [13., 14.], [13., 14.], B,  NO, U,  Center,  "PL I, mục II, khoản 7, điểm d"),
    row(C::HoTen,          "Họ và tên",            [13., 14.], [13., 14.], B,  NO, NO, Center,  "PL I, mục II, khoản 7, điểm d"),
    row(C::SoPhuLuc,       "Phụ lục",              [14., 14.], [14., 14.], B,  NO, NO, Center,  "PL I, mục III, khoản 1, điểm b"),
    row(C::TenPhuLuc,      "Tên phụ lục",          [13., 14.], [13., 14.], B,  NO, U,  Center,  "PL I, mục III, khoản 1, điểm b"),
    row(C::KemTheo,        "Kèm theo",             [13., 14.], [13., 14.], NO, I,  NO, Center,  "PL I, mục III, khoản 1, điểm c"),
    row(C::ChuThich,       "Chú thích",            [10., 10.], [9., 12.],  NO, NO, NO, Justify, "thực tiễn: nghị định không quy định chú thích"),
    row(C::DiaChi,         "Địa chỉ cơ quan",      [11., 11.], [11., 12.], NO, NO, NO, Center,  "PL I, mục III, khoản 4"),
    row(C::SoTrang,        "Số trang",             [13., 14.], [13., 14.], NO, NO, NO, Center,  "PL I, mục I, khoản 7"),
];

impl Component {
    /// The row of this component.
    pub fn row(self) -> &'static Row {
        &TABLE[self as usize]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_the_components_and_inside_their_ranges() {
        for (i, row) in TABLE.iter().enumerate() {
            assert_eq!(row.component as usize, i, "{}", row.name);
            for size in row.size {
                assert!(size >= row.range[0] && size <= row.range[1], "{}", row.name);
            }
        }
    }

    #[test]
    fn sizes_move_together() {
        let sizes = |p| [C::QuocHieu, C::TieuNgu, C::DiaDanhNgay].map(|c| c.size(p).0);
        assert_eq!(sizes(Profile::Small), [12.0, 13.0, 13.0]);
        assert_eq!(sizes(Profile::Large), [13.0, 14.0, 14.0]);
    }
}
