//! Every key of the plan file: name, shape, whether it must be there, and the text that an editor shows.

use crate::decree30::kinds::Form::{
    self, BienBan, CongDien, CongVan, GiayMoi, GioiThieu, HopDong, NghiPhep, NghiQuyet, QuyetDinh, TenLoai, ThuCong,
};

/// What may stand behind a key.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// One text (or a number, kept as typed).
    Text,
    /// One text or a list of texts.
    Texts,
    /// A list of texts.
    TextList,
    /// The type of the document.
    Kind,
    /// A type of one form.
    KindOf(Form),
    /// One of a few words.
    Words(&'static [&'static str]),
    /// A length with its unit.
    Length,
    /// A width of a column: `fr`, `mm`, `cm` or `%`.
    Width,
    /// A number.
    Number,
    /// A mapping with known keys.
    Map(&'static Keys),
    /// A mapping, or a list of such mappings.
    MapOrMaps(&'static Keys),
    /// A list of mappings.
    Maps(&'static Keys),
    /// Outline text, or a list of blocks.
    Body,
    /// The rows of a table.
    Rows,
    /// `true`, or a list of texts, one a column.
    Marks,
    /// `true` or `false`.
    Flag,
    /// Any value: variables.
    Any,
    /// Headings of a list's columns, each with the variable that it gives.
    Headings,
    /// The empty value.
    Nothing,
    /// The name of a plan in the plan's folder.
    PlanFile,
}

/// One key.
#[derive(Debug)]
pub struct Key {
    /// Name in the file.
    pub name: &'static str,
    /// What may stand there.
    pub shape: Shape,
    /// Must be there.
    pub required: bool,
    /// Hover text.
    pub doc: &'static str,
    /// The forms that have it; empty for all but those that do not.
    pub forms: &'static [Form],
    /// The forms that do not have it.
    pub except: &'static [Form],
    /// The forms in which it may be left out though it is required.
    pub free: &'static [Form],
    /// Stands instead of all other keys of its mapping.
    pub instead: bool,
    /// May stand beside the key that stands instead of the others.
    pub beside: bool,
}

impl Key {
    /// This key, for some forms only.
    const fn only(self, forms: &'static [Form]) -> Key {
        Key { forms, ..self }
    }

    /// This key, for all forms but these.
    const fn but(self, except: &'static [Form]) -> Key {
        Key { except, ..self }
    }

    /// This key, which may be left out in these forms.
    const fn free(self, free: &'static [Form]) -> Key {
        Key { free, ..self }
    }

    /// This key, instead of all others.
    const fn instead(self) -> Key {
        Key { instead: true, ..self }
    }

    const fn beside(self) -> Key {
        Key { beside: true, ..self }
    }

    /// Whether documents of a form have it.
    pub fn is_of(&self, form: Form) -> bool {
        (self.forms.is_empty() || self.forms.contains(&form)) && !self.except.contains(&form)
    }

    /// Whether it must be there in a form.
    pub fn is_required(&self, form: Form) -> bool {
        self.required && self.is_of(form) && !self.free.contains(&form)
    }

    /// Whether forms differ in it.
    pub fn differs(&self) -> bool {
        !(self.forms.is_empty() && self.except.is_empty() && self.free.is_empty())
    }
}

/// The keys of one mapping.
#[derive(Debug)]
pub struct Keys {
    /// What the mapping is, in words.
    pub name: &'static str,
    /// Its keys.
    pub keys: &'static [Key],
}

impl Keys {
    /// The key with this name.
    pub fn get(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|k| k.name == name)
    }
}

const fn must(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key { name, shape, required: true, doc, forms: &[], except: &[], free: &[], instead: false, beside: false }
}

const fn may(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key { name, shape, required: false, doc, forms: &[], except: &[], free: &[], instead: false, beside: false }
}

use Shape::*;

/// Words of `hinh_thuc`, in the order of [`crate::decree30::kinds::COPIES`].
pub const HINH_THUC: &[&str] = &["sao_y", "sao_luc", "trich_sao"];
/// Words of `do_khan`.
pub const DO_KHAN: &[&str] = &["hoa_toc", "thuong_khan", "khan"];
/// Words of `khoan_con`.
pub const KHOAN_CON: &[&str] = &["dam_nghieng", "dam"];
/// Words of `huong`.
pub const HUONG: &[&str] = &["doc", "ngang"];
/// Words of `canh`.
pub const CANH: &[&str] = &["trai", "giua", "phai", "deu"];

/// The plan itself.
#[rustfmt::skip]
pub static PLAN: Keys = Keys { name: "kế hoạch", keys: &[
    must("loai",       Kind,           "Tên loại văn bản theo Điều 7, ví dụ ke_hoach, bao_cao, to_trinh."),
    must("co_quan",    Map(&CO_QUAN),  "Cơ quan chủ quản và cơ quan ban hành.").free(&[HopDong]),
    may ("so",         Text,           "Số văn bản. Bỏ trống để văn thư điền khi phát hành."),
    may ("ky_hieu",    Text,           "Ký hiệu, ví dụ KH-UBND. Bỏ trống thì lập từ tên loại và chữ viết tắt của cơ quan."),
    must("dia_danh",   Text,           "Địa danh trước ngày tháng năm.").but(&[BienBan]).free(&[HopDong]),
    may ("don_vi_soan",Text,           "Chữ viết tắt của đơn vị soạn thảo, cuối ký hiệu của công văn: VP cho SNV-VP.").only(&[CongVan]),
    may ("ngay",       Text,           "Ngày ban hành: 15/02/2026; \"  /02/2026\" để trống ngày; 2026 để trống ngày và tháng.").but(&[BienBan]),
    must("trich_yeu",  Text,           "Trích yếu nội dung, không có dấu chấm cuối.").but(&[GioiThieu, NghiPhep]).free(&[ThuCong]),
    must("kinh_gui",   Texts,          "Nơi được kính gửi: một tên hoặc danh sách tên.").free(&[BienBan, CongDien, GiayMoi, GioiThieu, HopDong, NghiPhep, NghiQuyet, QuyetDinh, TenLoai, ThuCong]),
    may ("tham_quyen", Texts,          "Thẩm quyền ban hành, in hoa trên các căn cứ (công điện: trước chữ “điện:”). Bỏ trống thì lập từ chức vụ người ký và tên cơ quan.").only(&[NghiQuyet, QuyetDinh, CongDien]),
    must("noi_nhan_dien", Texts,       "Nơi nhận điện: một tên hoặc danh sách tên.").only(&[CongDien]),
    must("kinh_moi",   Texts,          "Người hoặc cơ quan được mời; danh sách thì mỗi mục một dòng.").only(&[GiayMoi]),
    must("cuoc_hop",   Map(&CUOC_HOP), "Cuộc họp: giấy mời tới dự gì, khi nào, ở đâu; biên bản ghi từ khi bắt đầu đến khi kết thúc.").only(&[GiayMoi, BienBan]),
    must("gioi_thieu", Map(&GIOI_THIEU), "Các dòng của giấy giới thiệu.").only(&[GioiThieu]),
    must("nghi_phep",  Map(&NGHI_PHEP), "Các dòng của giấy nghỉ phép.").only(&[NghiPhep]),
    may ("can_cu",     TextList,       "Căn cứ ban hành, mỗi căn cứ một dòng; dấu ; và dấu . cuối được thêm nếu thiếu."),
    may ("mo_dau",     Texts,          "Đoạn mở đầu, một đoạn hoặc danh sách đoạn."),
    must("cac_ben",    Maps(&CAC_BEN), "Các bên ký kết, từ hai bên trở lên.").only(&[HopDong]),
    must("noi_dung",   Body,           "Nội dung: chữ viết như trên giấy (I., 1., a), -) hoặc danh sách khối.").free(&[GiayMoi, GioiThieu, NghiPhep]),
    may ("ket",        Texts,          "Đoạn kết; dấu ./. được thêm nếu thiếu."),
    must("noi_nhan",   TextList,       "Nơi nhận, mỗi nơi một dòng; dấu - đầu dòng và dấu ; được thêm nếu thiếu.").free(&[HopDong, ThuCong]),
    must("ky",         MapOrMaps(&KY), "Quyền hạn, chức vụ, họ và tên của người ký; nhiều người ký thì viết danh sách, từ trái sang phải."),
    may ("kem_theo",   Maps(&KEM_THEO),"Văn bản ban hành, phê duyệt kèm theo; mỗi văn bản ở trang mới, có phần đầu và phụ lục riêng.").only(&[NghiQuyet, QuyetDinh]),
    may ("phu_luc",    Maps(&PHU_LUC), "Phụ lục, mỗi phụ lục bắt đầu ở trang mới và đánh số trang riêng."),
    may ("ban_sao",    Map(&BAN_SAO),  "Phần cuối của một bản sao giấy, in ngay sau văn bản: hình thức sao, cơ quan sao, số, ngày, nơi nhận, người ký."),
    may ("do_khan",    Words(DO_KHAN), "Mức độ khẩn: hoa_toc, thuong_khan hoặc khan."),
    may ("luu_hanh",   Text,           "Phạm vi lưu hành, ví dụ LƯU HÀNH NỘI BỘ."),
    may ("nguoi_soan", Text,           "Ký hiệu người soạn thảo và số lượng bản, ví dụ PL.(30)."),
    may ("dia_chi",    Texts,          "Địa chỉ, thư điện tử, điện thoại của cơ quan ở chân trang đầu."),
    may ("trinh_bay",  Map(&TRINH_BAY),"Lựa chọn trình bày trong khoảng mà nghị định cho phép."),
    may ("bien",       Any,            "Biến dùng trong {{ … }}."),
    may ("danh_sach",  Map(&DANH_SACH),"Danh sách đơn vị của cơ quan trông thế nào: cột nào cho biến nào. vanthu bien KẾ-HOẠCH --units TỆP --ghi viết giúp khóa này."),
] };

/// `cuoc_hop`.
#[rustfmt::skip]
pub static CUOC_HOP: Keys = Keys { name: "cuoc_hop", keys: &[
    must("toi_du",     Text,  "Tới dự việc gì, viết tiếp chữ “Tới dự”: Hội nghị tổng kết năm 2026.").only(&[GiayMoi]),
    may ("chu_tri",    Text,  "Người chủ trì."),
    must("thoi_gian",  Text,  "Thời gian họp.").only(&[GiayMoi]),
    must("bat_dau",    Text,  "Thời gian bắt đầu, ví dụ 08 giờ 00, ngày 20 tháng 11 năm 2026.").only(&[BienBan]),
    must("dia_diem",   Text,  "Địa điểm họp."),
    must("thanh_phan", Texts, "Thành phần tham dự; danh sách thì mỗi mục một dòng.").only(&[BienBan]),
    must("thu_ky",     Text,  "Người ghi biên bản.").only(&[BienBan]),
    must("ket_thuc",   Text,  "Giờ, ngày kết thúc, viết tiếp chữ “Cuộc họp kết thúc vào”: 11 giờ 30, ngày 20 tháng 11 năm 2026.").only(&[BienBan]),
] };

/// `gioi_thieu`.
#[rustfmt::skip]
pub static GIOI_THIEU: Keys = Keys { name: "gioi_thieu", keys: &[
    must("ong_ba",      Text, "Họ và tên người được giới thiệu; chữ “Ông (bà)” được thêm nếu chưa có “Ông” hoặc “Bà”."),
    must("chuc_vu",     Text, "Chức vụ, đơn vị công tác."),
    must("cu_den",      Text, "Cơ quan, tổ chức mà người đó được cử đến."),
    must("ve_viec",     Text, "Về việc gì."),
    must("gia_tri_den", Text, "Ngày cuối mà giấy còn giá trị, ví dụ 31 tháng 12 năm 2026."),
] };

/// `nghi_phep`.
#[rustfmt::skip]
pub static NGHI_PHEP: Keys = Keys { name: "nghi_phep", keys: &[
    must("ngay_don",  Text, "Ngày của đơn đề nghị nghỉ phép, ví dụ 02 tháng 11 năm 2026."),
    must("ong_ba",    Text, "Họ và tên người nghỉ phép; chữ “Ông (bà)” được thêm nếu chưa có “Ông” hoặc “Bà”."),
    must("chuc_vu",   Text, "Chức vụ, đơn vị công tác."),
    must("thoi_gian", Text, "Nghỉ bao lâu, ví dụ 05 ngày làm việc."),
    must("tu",        Text, "Ngày đầu, ví dụ 16 tháng 11 năm 2026."),
    must("den",       Text, "Ngày cuối, ví dụ 20 tháng 11 năm 2026."),
    must("tai",       Text, "Nơi nghỉ phép."),
    must("tinh_vao",  Text, "Số ngày nghỉ được tính vào thời gian nào, ví dụ nghỉ hằng năm năm 2026."),
    may ("xac_nhan",  Flag, "true: có phần xác nhận của nơi nghỉ phép ở dưới, bên trái."),
] };

/// A member of `cac_ben`.
#[rustfmt::skip]
pub static CAC_BEN: Keys = Keys { name: "cac_ben", keys: &[
    may ("goi",        Text,  "Tên gọi của bên; bỏ trống là Bên A, Bên B … theo thứ tự. Ví dụ Bên A (bên giao)."),
    must("ten",        Text,  "Tên cơ quan, tổ chức hoặc người là một bên."),
    may ("dia_chi",    Text,  "Địa chỉ."),
    may ("dien_thoai", Text,  "Điện thoại."),
    may ("ma_so_thue", Text,  "Mã số thuế."),
    may ("tai_khoan",  Text,  "Số tài khoản, nơi mở."),
    may ("dai_dien",   Text,  "Người đại diện."),
    may ("chuc_vu",    Text,  "Chức vụ của người đại diện."),
    may ("khac",       Texts, "Các dòng khác, in như đã viết: Giấy ủy quyền số …"),
] };

/// `co_quan`.
#[rustfmt::skip]
pub static CO_QUAN: Keys = Keys { name: "co_quan", keys: &[
    may ("chu_quan", Texts, "Cơ quan chủ quản trực tiếp; bỏ nếu không có. Danh sách thì mỗi mục một dòng."),
    must("ten",      Texts, "Tên cơ quan ban hành, viết thường; chương trình in hoa. Danh sách thì mỗi mục một dòng."),
    may ("viet_tat", Text,  "Chữ viết tắt dùng trong ký hiệu, ví dụ UBND."),
] };

/// `ky`.
#[rustfmt::skip]
pub static KY: Keys = Keys { name: "ky", keys: &[
    may ("vai",       Text,  "Vai của người ký, in hoa trên quyền hạn và chức vụ: Thư ký, Chủ tọa."),
    may ("quyen_han", Texts, "TM., KT., TL., TUQ. hoặc Q. và tên; danh sách thì mỗi mục một dòng."),
    must("chuc_vu",   Text,  "Chức vụ của người ký.").free(&[BienBan, HopDong]),
    may ("ho_ten",    Text,  "Họ và tên của người ký; bỏ trống nếu chưa biết."),
] };

/// A member of `kem_theo`.
#[rustfmt::skip]
pub static KEM_THEO: Keys = Keys { name: "kem_theo", keys: &[
    may ("loai",      KindOf(TenLoai), "Loại của văn bản kèm theo: ke_hoach, quy_che, quy_dinh, de_an, chuong_trinh …"),
    may ("ten_loai",  Text,           "Thay cho loai: tên của văn bản không thuộc 29 loại, ví dụ Điều lệ, Danh mục, Bộ tiêu chí.").beside(),
    must("trich_yeu", Text,           "Trích yếu của văn bản kèm theo."),
    may ("kem_theo",  Text,           "Dòng “(Kèm theo …)”; bỏ trống thì lập từ số, ký hiệu và ngày của quyết định.").beside(),
    may ("can_cu",    TextList,       "Căn cứ, nếu có."),
    may ("mo_dau",    Texts,          "Đoạn mở đầu."),
    must("noi_dung",  Body,           "Nội dung, đánh số lại từ đầu."),
    may ("ket",       Texts,          "Đoạn kết."),
    may ("phu_luc",   Maps(&PHU_LUC), "Phụ lục của văn bản kèm theo."),
    may ("tep",       PlanFile,       "Thay cho các khóa khác: tên một kế hoạch cùng thư mục, lấy loại, trích yếu, căn cứ, nội dung và phụ lục của nó.").instead(),
] };

/// `ban_sao`.
#[rustfmt::skip]
pub static BAN_SAO: Keys = Keys { name: "ban_sao", keys: &[
    must("hinh_thuc", Words(HINH_THUC), "Hình thức sao: sao_y, sao_luc hoặc trich_sao."),
    must("co_quan",   Map(&CO_QUAN_SAO), "Cơ quan sao."),
    may ("so",        Text,           "Số bản sao. Bỏ trống để văn thư điền."),
    may ("ky_hieu",   Text,           "Ký hiệu bản sao, ví dụ SY-UBND. Bỏ trống thì lập từ hình thức sao và chữ viết tắt của cơ quan."),
    must("dia_danh",  Text,           "Địa danh trước ngày tháng năm sao."),
    may ("ngay",      Text,           "Ngày sao, viết như ngày của văn bản."),
    must("noi_nhan",  TextList,       "Nơi nhận bản sao."),
    must("ky",        Map(&KY),       "Người ký bản sao."),
] };

/// `ban_sao.co_quan`: mẫu 3.1 has no superior body.
#[rustfmt::skip]
pub static CO_QUAN_SAO: Keys = Keys { name: "ban_sao.co_quan", keys: &[
    must("ten",      Texts, "Tên cơ quan sao, viết thường, không kèm cơ quan chủ quản (mẫu 3.1); chương trình in hoa. Danh sách thì mỗi mục một dòng."),
    may ("viet_tat", Text,  "Chữ viết tắt dùng trong ký hiệu, ví dụ UBND."),
] };

/// A member of `phu_luc`.
#[rustfmt::skip]
pub static PHU_LUC: Keys = Keys { name: "phu_luc", keys: &[
    may ("tieu_de",  Text,         "Tên phụ lục, in hoa."),
    may ("huong",    Words(HUONG), "Hướng giấy: doc (mặc định) hoặc ngang."),
    may ("kem_theo", Text,         "Dòng “(Kèm theo …)”; bỏ trống thì lập từ số, ký hiệu và ngày của văn bản."),
    must("noi_dung", Body,         "Nội dung của phụ lục."),
] };

/// `trinh_bay`.
#[rustfmt::skip]
pub static TRINH_BAY: Keys = Keys { name: "trinh_bay", keys: &[
    may ("co_chu",    Number,   "Cỡ chữ lời văn: 13 hoặc 14."),
    may ("co_chu_bang", Number, "Cỡ chữ trong bảng: 11 đến 14; mặc định 12."),
    may ("lui_dong",  Length,   "Lùi đầu dòng: 1cm đến 1.27cm."),
    may ("gian_dong", Number,   "Giãn dòng: 1 đến 1.5."),
    may ("gian_doan", Length,   "Khoảng cách giữa các đoạn: từ 6pt."),
    may ("khoan_con", Words(KHOAN_CON), "Kiểu chữ tiêu đề 1.1: dam_nghieng (mặc định) hoặc dam."),
    may ("le",        Map(&LE), "Lề trang."),
] };

/// `trinh_bay.le`.
#[rustfmt::skip]
pub static LE: Keys = Keys { name: "le", keys: &[
    may ("tren", Length, "Lề trên: 20mm đến 25mm."),
    may ("duoi", Length, "Lề dưới: 20mm đến 25mm."),
    may ("trai", Length, "Lề trái: 30mm đến 35mm."),
    may ("phai", Length, "Lề phải: 15mm đến 20mm."),
] };

/// `danh_sach`.
#[rustfmt::skip]
pub static DANH_SACH: Keys = Keys { name: "danh_sach", keys: &[
    may ("trang",        Text,     "Trang tính của tệp Excel; bỏ trống thì lấy trang đầu không bị ẩn."),
    may ("hang_tieu_de", Texts,    "Hàng ghi tiêu đề các cột, theo số hàng mà Excel hiện ở lề trái: 4; tiêu đề hai hàng thì [3, 4]. Bỏ trống thì tìm hàng có đủ các tiêu đề ở cot."),
    must("cot",          Headings, "Tiêu đề cột trong tệp: tên biến, ví dụ \"Tên đơn vị\": don_vi.ten. Cột không có tiêu đề thì viết \"cột B\"."),
    may ("bo_hang",      Texts,    "Hàng không phải đơn vị: số hàng (12), khoảng (12-15) hoặc chữ của một ô trong hàng (Ghi chú)."),
    may ("lay_hang",     Texts,    "Hàng vẫn là đơn vị dù giống hàng tổng cộng, hàng tên nhóm hoặc đang bị ẩn; viết như bo_hang."),
] };

/// Options that any block may have beside its kind.
#[rustfmt::skip]
pub static BLOCK_OPTIONS: Keys = Keys { name: "khối", keys: &[
    may ("so",       Text, "Số hoặc chữ đánh bằng tay, thay cho đánh số tự động."),
    may ("khi",      Text, "Biểu thức: chỉ giữ khối khi đúng."),
    may ("lap",      Text, "Lặp khối: tên in danh_sách."),
    may ("noi_dung", Body, "Các khối con."),
] };

/// Kinds of block: the key, and what stands behind it.
#[rustfmt::skip]
pub static BLOCK_KINDS: Keys = Keys { name: "khối", keys: &[
    may ("phan",       Text,       "Phần I, II…; tên in hoa ở dòng dưới."),
    may ("chuong",     Text,       "Chương I, II…; tên in hoa ở dòng dưới."),
    may ("muc",        Text,       "Mục I. in hoa; trong chương là Mục 1."),
    may ("tieu_muc",   Text,       "Tiểu mục 1."),
    may ("dieu",       Text,       "Điều 1."),
    may ("khoan",      Text,       "Khoản 1.; trong khoản là 1.1."),
    may ("diem",       Text,       "Điểm a)."),
    may ("gach",       Text,       "Gạch đầu dòng -."),
    may ("cong",       Text,       "Dấu cộng đầu dòng +."),
    may ("sao",        Text,       "Dấu sao đầu dòng *."),
    may ("ngoac",      Text,       "Số trong ngoặc (1)."),
    may ("doan",       Text,       "Đoạn văn không có dấu đầu dòng."),
    may ("bang",       Map(&BANG), "Bảng."),
    may ("hinh",       Map(&HINH), "Hình."),
    may ("ngat_trang", Nothing,    "Sang trang mới."),
] };

/// `bang`.
#[rustfmt::skip]
pub static BANG: Keys = Keys { name: "bang", keys: &[
    may ("tieu_de", Text,       "Tên bảng."),
    may ("don_vi_tinh", Text,   "Đơn vị tính chung, in ở bên phải phía trên bảng: triệu đồng, người, ha."),
    must("cot",     Maps(&COT), "Các cột."),
    may ("so_cot",  Marks,      "Hàng số thứ tự cột dưới đầu bảng: true để in (1), (2), (3); hoặc danh sách chữ, mỗi cột một chữ."),
    may ("cao_hang", Length,    "Chiều cao ít nhất của mỗi hàng dưới đầu bảng: 5mm đến 100mm, để điền tay hay cho thoáng."),
    may ("hang",    Rows,       "Các hàng; mỗi hàng là danh sách ô."),
    may ("tu_tep",  Text,       "Tệp CSV hoặc XLSX bên cạnh kế hoạch chứa các hàng; dòng đầu là tên cột."),
] };

/// A member of `cot`.
#[rustfmt::skip]
pub static COT: Keys = Keys { name: "cot", keys: &[
    must("ten",  Text,        "Tên cột, hoặc tên chung của các cột con."),
    may ("cot",  Maps(&COT),  "Các cột con đứng dưới tên chung này."),
    may ("rong", Width,       "Chiều rộng: 12mm, 2cm, 20%, 1fr."),
    may ("canh", Words(CANH), "Căn chữ trong cột: trai, giua, phai, deu."),
] };

/// A cell written as a mapping.
#[rustfmt::skip]
pub static O_BANG: Keys = Keys { name: "ô", keys: &[
    must("noi_dung", Texts,  "Chữ trong ô: một đoạn hoặc danh sách đoạn."),
    may ("cot",      Number, "Số cột mà ô chiếm."),
    may ("hang",     Number, "Số hàng mà ô chiếm."),
    may ("lap_lai",  Flag,   "true: ô chiếm nhiều hàng in lại chữ của nó ở đầu mỗi trang mà nó kéo sang (tệp PDF)."),
] };

/// A row written as a mapping, so that it can be repeated or conditional.
#[rustfmt::skip]
pub static HANG: Keys = Keys { name: "hàng", keys: &[
    must("o",   Rows, "Các ô của hàng."),
    may ("khi", Text, "Biểu thức: chỉ giữ hàng khi đúng."),
    may ("lap", Text, "Lặp hàng: tên in danh_sách."),
] };

/// `hinh`.
#[rustfmt::skip]
pub static HINH: Keys = Keys { name: "hinh", keys: &[
    must("tep",     Text,  "Đường dẫn của hình, trong thư mục của kế hoạch."),
    may ("rong",    Width, "Chiều rộng: 12cm, 80%."),
    may ("tieu_de", Text,  "Tên hình, đồng thời là chữ thay thế cho người đọc bằng máy."),
] };
