//! The parts of a document that are text under a key of their own, in the order in which they are read on paper. Whoever
//! goes through a draft's or a document's texts goes through [`PARTS`].

use super::keys::{CAC_BEN, CO_QUAN, CUOC_HOP, GIOI_THIEU, KEM_THEO, KY, Key, Keys, NGHI_PHEP, PLAN, Shape};
use crate::decree30::kinds::Form;
use std::ops::{Index, IndexMut};

/// A part of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Circulation mark.
    LuuHanh,
    /// Address of the issuing body.
    DiaChi,
    /// Parent body.
    ChuQuan,
    /// Issuing body.
    CoQuan,
    /// Its abbreviation.
    VietTat,
    /// Number.
    So,
    /// Symbol.
    KyHieu,
    /// Abbreviation of the drafting unit.
    DonViSoan,
    /// Place name.
    DiaDanh,
    /// Date.
    Ngay,
    /// Name of a text that is issued with a decision and is none of the 29 types.
    TenLoai,
    /// Subject.
    TrichYeu,
    /// The line in brackets under the subject of a text that is issued, where it is typed.
    KemTheo,
    /// Addressees.
    KinhGui,
    /// Authority.
    ThamQuyen,
    /// Receivers of a công điện.
    NoiNhanDien,
    /// Legal basis.
    CanCu,
    /// Opening.
    MoDau,
    /// What a party is called.
    BenGoi,
    /// Name of a party.
    BenTen,
    /// Its address.
    BenDiaChi,
    /// Its telephone.
    BenDienThoai,
    /// Its tax number.
    BenMaSoThue,
    /// Its account.
    BenTaiKhoan,
    /// Who acts for it.
    BenDaiDien,
    /// Post of the person.
    BenChucVu,
    /// Further lines of it.
    BenKhac,
    /// Who is invited.
    KinhMoi,
    /// To what.
    ToiDu,
    /// Who presides.
    ChuTri,
    /// When.
    ThoiGian,
    /// When it began.
    BatDau,
    /// Where.
    DiaDiem,
    /// Who took part.
    ThanhPhan,
    /// Who wrote it down.
    ThuKy,
    /// Who is introduced.
    GioiThieuOngBa,
    /// Post of the person.
    GioiThieuChucVu,
    /// To whom the person is sent.
    GioiThieuCuDen,
    /// What for.
    GioiThieuVeViec,
    /// Until when the paper is valid.
    GioiThieuDen,
    /// Date of the request for leave.
    NghiPhepNgayDon,
    /// Who goes on leave.
    NghiPhepOngBa,
    /// Post of the person.
    NghiPhepChucVu,
    /// For how long.
    NghiPhepThoiGian,
    /// From which day.
    NghiPhepTu,
    /// To which day.
    NghiPhepDen,
    /// Where the leave is spent.
    NghiPhepTai,
    /// What the days are counted as.
    NghiPhepTinhVao,
    /// Body: blocks, not lines.
    NoiDung,
    /// Closing.
    Ket,
    /// When the meeting ended.
    KetThuc,
    /// Recipients.
    NoiNhan,
    /// Drafter's initials and copies.
    NguoiSoan,
    /// Role of the signer.
    Vai,
    /// Powers of the signer.
    QuyenHan,
    /// Post of the signer.
    ChucVu,
    /// Name of the signer.
    HoTen,
}

/// Where a part is printed: the zones of Word templates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// Top margin of the first page.
    DauTrang,
    /// Foot of the first page.
    ChanTrang,
    /// Letterhead.
    QuocHieu,
    /// Type, subject, addressees.
    TenVanBan,
    /// Legal basis, opening, body, closing.
    NoiDung,
    /// Recipients and signature.
    CuoiVanBan,
}

impl Zone {
    /// Its name in a Word template.
    pub fn name(self) -> &'static str {
        match self {
            Zone::DauTrang => "dau_trang",
            Zone::ChanTrang => "chan_trang",
            Zone::QuocHieu => "quoc_hieu",
            Zone::TenVanBan => "ten_van_ban",
            Zone::NoiDung => "noi_dung",
            Zone::CuoiVanBan => "cuoi_van_ban",
        }
    }
}

/// How a part's texts become lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// Each text is one line; further lines typed under a bar are broken lines of it.
    Line,
    /// Each line of each text stands for itself.
    Lines,
    /// By a rule of its own: number, symbol, date. No marks.
    Fact,
    /// Blocks.
    Body,
}

/// A row of [`PARTS`].
#[derive(Debug)]
pub struct Row {
    /// The part.
    pub part: Part,
    /// Its key from the top of the plan, `co_quan.ten`; also its name in a Word template.
    pub key: &'static str,
    /// Where it is printed.
    pub zone: Zone,
    /// How its texts become lines.
    pub says: Says,
    /// The tag of its name in a Word template.
    pub tag: Tag,
}

/// What a tag of a Word template prints, and what is said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// There is none.
    No,
    /// Text; several lines stand one under the other.
    Text(&'static str),
    /// A list of texts.
    List(&'static str),
    /// Text that records work may fill in.
    Entry(&'static str),
}

impl Row {
    /// The mapping that its key is in, and its name there.
    pub fn path(&self) -> (Option<&'static str>, &'static str) {
        match self.key.split_once('.') {
            Some((group, name)) => (Some(group), name),
            None => (None, self.key),
        }
    }

    /// Where it is printed in a form.
    pub fn zone_in(&self, form: Form) -> Zone {
        match self.part {
            // The subject of a công văn stands under the number.
            Part::TrichYeu if form == Form::CongVan => Zone::QuocHieu,
            Part::So | Part::KyHieu if form.has_number_below_title() => Zone::TenVanBan,
            _ => self.zone,
        }
    }

    /// Its key in the table of keys.
    pub fn typed(&self) -> Option<&'static Key> {
        let (group, name) = self.path();
        keys_of(group).get(name)
    }
}

/// The mappings that parts are in; none is the plan itself.
pub const GROUPS: [Option<&str>; 7] =
    [None, Some("co_quan"), Some("cac_ben"), Some("cuoc_hop"), Some("gioi_thieu"), Some("nghi_phep"), Some("ky")];

/// The keys of a mapping that parts are in.
pub fn keys_of(group: Option<&str>) -> &'static Keys {
    match group {
        Some("co_quan") => &CO_QUAN,
        Some("cac_ben") => &CAC_BEN,
        Some("cuoc_hop") => &CUOC_HOP,
        Some("gioi_thieu") => &GIOI_THIEU,
        Some("nghi_phep") => &NGHI_PHEP,
        Some("kem_theo") => &KEM_THEO,
        Some(_) => &KY,
        None => &PLAN,
    }
}

const fn row(part: Part, key: &'static str, zone: Zone, says: Says, tag: Tag) -> Row {
    Row { part, key, zone, says, tag }
}

/// All parts, in reading order. The appendices follow.
#[rustfmt::skip]
pub static PARTS: [Row; Part::HoTen as usize + 1] = [
    row(Part::LuuHanh,   "luu_hanh",         Zone::DauTrang,   Says::Line,  Tag::Text("phạm vi lưu hành")),
    row(Part::DiaChi,    "dia_chi",          Zone::ChanTrang,  Says::Lines, Tag::List("các dòng địa chỉ")),
    row(Part::ChuQuan,   "co_quan.chu_quan", Zone::QuocHieu,   Says::Lines, Tag::Text("cơ quan chủ quản")),
    row(Part::CoQuan,    "co_quan.ten",      Zone::QuocHieu,   Says::Lines, Tag::Text("cơ quan ban hành")),
    row(Part::VietTat,   "co_quan.viet_tat", Zone::QuocHieu,   Says::Fact,  Tag::No),
    row(Part::So,        "so",               Zone::QuocHieu,   Says::Fact,  Tag::Entry("số văn bản, hoặc chỗ trống để điền")),
    row(Part::KyHieu,    "ky_hieu",          Zone::QuocHieu,   Says::Fact,  Tag::Text("ký hiệu sau dấu gạch chéo")),
    row(Part::DonViSoan, "don_vi_soan",      Zone::QuocHieu,   Says::Fact,  Tag::No),
    row(Part::DiaDanh,   "dia_danh",         Zone::QuocHieu,   Says::Line,  Tag::Text("địa danh")),
    row(Part::Ngay,      "ngay",             Zone::QuocHieu,   Says::Fact,  Tag::Entry("ngày … tháng … năm …, có chỗ trống để điền")),
    row(Part::TenLoai,   "kem_theo.ten_loai", Zone::TenVanBan, Says::Line,  Tag::No),
    row(Part::TrichYeu,  "trich_yeu",        Zone::TenVanBan,  Says::Line,  Tag::Text("trích yếu")),
    row(Part::KemTheo,   "kem_theo.kem_theo", Zone::TenVanBan, Says::Line,  Tag::No),
    row(Part::KinhGui,   "kinh_gui",         Zone::TenVanBan,  Says::Lines, Tag::List("nơi được kính gửi")),
    row(Part::ThamQuyen, "tham_quyen",       Zone::TenVanBan,  Says::Lines, Tag::List("các dòng thẩm quyền ban hành")),
    row(Part::NoiNhanDien, "noi_nhan_dien",  Zone::TenVanBan,  Says::Lines, Tag::List("nơi nhận điện")),
    row(Part::CanCu,     "can_cu",           Zone::NoiDung,    Says::Lines, Tag::List("căn cứ")),
    row(Part::MoDau,     "mo_dau",           Zone::NoiDung,    Says::Lines, Tag::List("các đoạn mở đầu")),
    row(Part::BenGoi,       "cac_ben.goi",        Zone::NoiDung, Says::Line,  Tag::No),
    row(Part::BenTen,       "cac_ben.ten",        Zone::NoiDung, Says::Line,  Tag::No),
    row(Part::BenDiaChi,    "cac_ben.dia_chi",    Zone::NoiDung, Says::Line,  Tag::No),
    row(Part::BenDienThoai, "cac_ben.dien_thoai", Zone::NoiDung, Says::Line,  Tag::No),
    row(Part::BenMaSoThue,  "cac_ben.ma_so_thue", Zone::NoiDung, Says::Line,  Tag::No),
    row(Part::BenTaiKhoan,  "cac_ben.tai_khoan",  Zone::NoiDung, Says::Line,  Tag::No),
    row(Part::BenDaiDien,   "cac_ben.dai_dien",   Zone::NoiDung, Says::Line,  Tag::No),
    row(Part::BenChucVu,    "cac_ben.chuc_vu",    Zone::NoiDung, Says::Line,  Tag::No),
    row(Part::BenKhac,      "cac_ben.khac",       Zone::NoiDung, Says::Lines, Tag::No),
    row(Part::KinhMoi,   "kinh_moi",         Zone::NoiDung,    Says::Lines, Tag::List("người được mời")),
    row(Part::ToiDu,     "cuoc_hop.toi_du",           Zone::NoiDung,    Says::Line,  Tag::Text("tới dự việc gì")),
    row(Part::ChuTri,    "cuoc_hop.chu_tri",          Zone::NoiDung,    Says::Line,  Tag::Text("người chủ trì")),
    row(Part::ThoiGian,  "cuoc_hop.thoi_gian",        Zone::NoiDung,    Says::Line,  Tag::Text("thời gian họp")),
    row(Part::BatDau,    "cuoc_hop.bat_dau",    Zone::NoiDung, Says::Line,  Tag::Text("thời gian bắt đầu họp")),
    row(Part::DiaDiem,   "cuoc_hop.dia_diem",         Zone::NoiDung,    Says::Line,  Tag::Text("địa điểm họp")),
    row(Part::ThanhPhan, "cuoc_hop.thanh_phan", Zone::NoiDung, Says::Lines, Tag::List("thành phần tham dự")),
    row(Part::ThuKy,     "cuoc_hop.thu_ky",     Zone::NoiDung, Says::Line,  Tag::Text("người ghi biên bản")),
    row(Part::GioiThieuOngBa,   "gioi_thieu.ong_ba",      Zone::NoiDung, Says::Line, Tag::Text("người được giới thiệu")),
    row(Part::GioiThieuChucVu,  "gioi_thieu.chuc_vu",     Zone::NoiDung, Says::Line, Tag::Text("chức vụ người được giới thiệu")),
    row(Part::GioiThieuCuDen,   "gioi_thieu.cu_den",      Zone::NoiDung, Says::Line, Tag::Text("nơi được cử đến")),
    row(Part::GioiThieuVeViec,  "gioi_thieu.ve_viec",     Zone::NoiDung, Says::Line, Tag::Text("việc được giới thiệu")),
    row(Part::GioiThieuDen,     "gioi_thieu.gia_tri_den", Zone::NoiDung, Says::Line, Tag::Text("ngày cuối giấy giới thiệu còn giá trị")),
    row(Part::NghiPhepNgayDon,  "nghi_phep.ngay_don",     Zone::NoiDung, Says::Line, Tag::Text("ngày của đơn đề nghị nghỉ phép")),
    row(Part::NghiPhepOngBa,    "nghi_phep.ong_ba",       Zone::NoiDung, Says::Line, Tag::Text("người nghỉ phép")),
    row(Part::NghiPhepChucVu,   "nghi_phep.chuc_vu",      Zone::NoiDung, Says::Line, Tag::Text("chức vụ người nghỉ phép")),
    row(Part::NghiPhepThoiGian, "nghi_phep.thoi_gian",    Zone::NoiDung, Says::Line, Tag::Text("nghỉ bao lâu")),
    row(Part::NghiPhepTu,       "nghi_phep.tu",           Zone::NoiDung, Says::Line, Tag::Text("ngày đầu nghỉ phép")),
    row(Part::NghiPhepDen,      "nghi_phep.den",          Zone::NoiDung, Says::Line, Tag::Text("ngày cuối nghỉ phép")),
    row(Part::NghiPhepTai,      "nghi_phep.tai",          Zone::NoiDung, Says::Line, Tag::Text("nơi nghỉ phép")),
    row(Part::NghiPhepTinhVao,  "nghi_phep.tinh_vao",     Zone::NoiDung, Says::Line, Tag::Text("ngày nghỉ tính vào thời gian nào")),
    row(Part::NoiDung,   "noi_dung",         Zone::NoiDung,    Says::Body,  Tag::No),
    row(Part::Ket,       "ket",              Zone::NoiDung,    Says::Lines, Tag::List("các đoạn kết")),
    row(Part::KetThuc,   "cuoc_hop.ket_thuc",   Zone::NoiDung, Says::Line,  Tag::Text("thời gian kết thúc họp")),
    row(Part::NoiNhan,   "noi_nhan",         Zone::CuoiVanBan, Says::Lines, Tag::List("nơi nhận")),
    row(Part::NguoiSoan, "nguoi_soan",       Zone::CuoiVanBan, Says::Line,  Tag::Text("ký hiệu người soạn thảo và số bản")),
    row(Part::Vai,       "ky.vai",           Zone::CuoiVanBan, Says::Line,  Tag::Text("vai của người ký: Thư ký, Chủ tọa")),
    row(Part::QuyenHan,  "ky.quyen_han",     Zone::CuoiVanBan, Says::Lines, Tag::List("các dòng quyền hạn: TM., KT. …")),
    row(Part::ChucVu,    "ky.chuc_vu",       Zone::CuoiVanBan, Says::Line,  Tag::Text("chức vụ người ký")),
    row(Part::HoTen,     "ky.ho_ten",        Zone::CuoiVanBan, Says::Line,  Tag::Text("họ tên người ký")),
];

/// All parts in the order in which they are read in a form; several signers stand above the recipients.
pub fn as_read(form: Form, several_signers: bool) -> Vec<&'static Row> {
    let after = |part: Part| part as usize * 2 + 1;
    let place = |row: &&Row| match row.part {
        // Under the number.
        Part::TrichYeu if form == Form::CongVan => after(Part::DonViSoan),
        Part::So | Part::KyHieu if form.has_number_below_title() => after(Part::TrichYeu),
        Part::ChuTri if form == Form::BienBan => after(Part::ThanhPhan),
        Part::NoiNhan | Part::NguoiSoan if several_signers => after(Part::HoTen),
        part => part as usize * 2,
    };
    let mut rows: Vec<&Row> = PARTS.iter().collect();
    rows.sort_by_key(place);
    rows
}

/// Something for each part: its texts in a draft, its lines in a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts<T> {
    all: [Vec<T>; PARTS.len()],
}

impl<T> Default for Parts<T> {
    fn default() -> Self {
        Parts { all: std::array::from_fn(|_| Vec::new()) }
    }
}

impl<T> Index<Part> for Parts<T> {
    type Output = Vec<T>;

    fn index(&self, part: Part) -> &Vec<T> {
        &self.all[part as usize]
    }
}

impl<T> IndexMut<Part> for Parts<T> {
    fn index_mut(&mut self, part: Part) -> &mut Vec<T> {
        &mut self.all[part as usize]
    }
}

impl<T> Parts<T> {
    /// What each part has, in reading order.
    pub fn rows(&self) -> impl Iterator<Item = (&'static Row, &Vec<T>)> {
        PARTS.iter().map(|row| (row, &self[row.part]))
    }

    /// All of it, in reading order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.rows().flat_map(|(_, all)| all)
    }
}

/// Whether a value behind a key of this shape is text that is printed.
pub fn is_text(shape: &Shape) -> bool {
    matches!(shape, Shape::Text | Shape::Texts | Shape::TextList | Shape::Body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_that_holds_text_is_a_part() {
        for (index, row) in PARTS.iter().enumerate() {
            assert_eq!(row.part as usize, index, "{}", row.key);
            assert!(row.typed().is_some_and(|k| is_text(&k.shape)), "{}", row.key);
        }
        for group in GROUPS {
            for key in keys_of(group).keys.iter().filter(|k| is_text(&k.shape)) {
                assert!(PARTS.iter().any(|r| r.path() == (group, key.name)), "{} is no part", key.name);
            }
        }
    }
}
