//! Every code, its title, and its page. One line a code; the page `docs/ma/<code>.md` is what `vanthu explain` prints.

/// A stable name for one kind of problem.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The name, in kebab case.
    pub name: &'static str,
    /// The fault in a few words.
    pub title: &'static str,
    /// Where the decree says so; none for slips of a plan file and for what is custom only.
    pub clause: Option<&'static str>,
    /// The page of explanation, Markdown in Vietnamese.
    pub page: &'static str,
}

macro_rules! codes {
    ($($constant:ident $name:literal $title:literal)*) => {
        $(
            #[doc = $title]
            pub static $constant: Code =
                Code { name: $name, title: $title, clause: None, page: include_str!(concat!("../../docs/ma/", $name, ".md")) };
        )*
        /// All codes, in the order in which the stages of the pipeline use them.
        pub static CODES: &[&Code] = &[$(&$constant),*];
    };
}

impl Code {
    /// The code with this name.
    pub fn by_name(name: &str) -> Option<&'static Code> {
        CODES.iter().find(|c| c.name == name).copied()
    }
}

/// The codes themselves, one constant each.
pub mod code {
    pub use super::list::*;
}

mod list {
    use super::Code;
    codes! {
        // Opening a file.
        KHONG_CO_TEP        "khong-co-tep"        "Không có tệp"
        LA_THU_MUC          "la-thu-muc"          "Đường dẫn là một thư mục"
        KHONG_DOC_DUOC      "khong-doc-duoc"      "Không đọc được tệp"
        TEP_RONG            "tep-rong"            "Tệp không có nội dung"
        TEP_QUA_LON         "tep-qua-lon"         "Tệp quá lớn"
        KHONG_PHAI_UTF8     "khong-phai-utf8"     "Tệp không phải là chữ UTF-8"
        KY_TU_CAM           "ky-tu-cam"           "Ký tự không in được"
        CHU_D_LA            "chu-d-la"            "Chữ giống Đ nhưng không phải Đ"
        // YAML.
        YAML_SAI            "yaml-sai"            "YAML viết sai"
        YAML_TAB            "yaml-tab"            "Thụt lề bằng phím Tab"
        YAML_HAI_CHAM       "yaml-hai-cham"       "Dấu hai chấm có thể hiểu hai cách"
        THIEU_DAU_CACH      "thieu-dau-cach"      "Thiếu dấu cách hoặc dấu hai chấm"
        THIEU_GACH_DUNG     "thieu-gach-dung"     "Nhiều dòng chữ mà thiếu gạch đứng"
        THUT_LE_SAI         "thut-le-sai"         "Dòng thụt lề không đúng chỗ"
        NGOAC_HO            "ngoac-ho"            "Dấu ngoặc chưa khép lại"
        NGOAC_CONG          "ngoac-cong"          "Ngoặc kép cong bao giá trị"
        YAML_NUOT_CHU       "yaml-nuot-chu"       "Dấu # biến chữ thành chú giải"
        YAML_KHOA_TRUNG     "yaml-khoa-trung"     "Khóa viết hai lần"
        YAML_QUA_SAU        "yaml-qua-sau"        "YAML lồng quá sâu"
        YAML_QUA_NHIEU      "yaml-qua-nhieu"      "YAML có quá nhiều phần tử"
        YAML_NHAN           "yaml-nhan"           "Nhãn kiểu của YAML"
        YAML_NHIEU_VAN_BAN  "yaml-nhieu-van-ban"  "Một tệp có nhiều văn bản YAML"
        // An office's own rules of checking.
        CAU_HINH_SAI        "cau-hinh-sai"        "Tệp vanthu.toml viết sai"
        // The plan's keys and values.
        KHOA_LA             "khoa-la"             "Khóa không có trong định dạng"
        THIEU_KHOA          "thieu-khoa"          "Thiếu khóa bắt buộc"
        THIEU_NGUOI_KY      "thieu-nguoi-ky"      "Có bên không có người ký"
        SAI_KIEU            "sai-kieu"            "Giá trị sai kiểu"
        GIA_TRI_LA          "gia-tri-la"          "Giá trị không thuộc danh sách"
        LOAI_LA             "loai-la"             "Tên loại không có trong Điều 7"
        KHOA_KHONG_HOP_LOAI "khoa-khong-hop-loai" "Khóa không dùng cho loại này"
        SO_DO_SAI           "so-do-sai"           "Số đo viết sai"
        NGOAI_KHOANG        "ngoai-khoang"        "Số đo ngoài khoảng của nghị định"
        NGAY_SAI            "ngay-sai"            "Ngày viết sai"
        SO_SAI              "so-sai"              "Số văn bản viết sai"
        KHOI_SAI            "khoi-sai"            "Khối viết sai"
        CHUONG_LONG_SAI     "chuong-long-sai"     "Khối nằm sai cấp"
        BANG_LECH           "bang-lech"           "Bảng lệch hàng, cột"
        CHU_THICH_HO        "chu-thich-ho"        "Chú thích không khép lại"
        CHU_THICH_SAI_CHO   "chu-thich-sai-cho"   "Chú thích đặt ở chỗ không in được"
        DAU_NHAN_HO         "dau-nhan-ho"         "Dấu in đậm, nghiêng chưa khép"
        KHOA_THUA           "khoa-thua"           "Khóa không dùng cùng khóa khác"
        // Variables and templates.
        TEN_CHUA_KHAI       "ten-chua-khai"       "Tên chưa được khai báo"
        MAU_SAI             "mau-sai"             "Mẫu viết sai"
        MAU_QUA_NANG        "mau-qua-nang"        "Mẫu tính toán quá nhiều"
        LAP_SAI             "lap-sai"             "Lệnh lặp viết sai"
        // Numbering.
        THU_TU_SAI          "thu-tu-sai"          "Số thứ tự không nối tiếp"
        NOI_DONG            "noi-dong"            "Dòng nối vào đoạn ở trên"
        BANG_DAN            "bang-dan"            "Bảng dán từ Word"
        TIEU_DE_DAI         "tieu-de-dai"         "Khoản dài in đậm như tiêu đề"
        CAN_CU_CUOI         "can-cu-cuoi"         "Căn cứ về đề nghị không đứng cuối"
        DAU_DONG_LA         "dau-dong-la"         "Dấu đầu dòng không thuộc định dạng"
        SAI_CHO             "sai-cho"             "Phần của văn bản đặt trong nội dung"
        CON_NUA             "con-nua"             "Còn nhiều chỗ cùng loại"
        // Files that a plan names.
        TEP_NGOAI           "tep-ngoai"           "Tệp nằm ngoài thư mục của kế hoạch"
        SO_LIEU_SAI         "so-lieu-sai"         "Tệp số liệu không dùng được"
        SO_BI_RUT           "so-bi-rut"           "Excel đã rút gọn số"
        HINH_SAI            "hinh-sai"            "Hình không dùng được"
        KEM_THEO_TEP        "kem-theo-tep"        "Tệp kèm theo không dùng được"
        KEM_THEO_KHAC       "kem-theo-khac"       "Tệp kèm theo khác quyết định"
        // The page.
        QUA_DAI             "qua-dai"             "Đoạn hoặc văn bản quá dài"
        THIEU_CHU           "thieu-chu"           "Phông chữ không có ký tự này"
        TU_QUA_DAI          "tu-qua-dai"          "Từ dài hơn dòng"
        DAU_KHONG_VUA       "dau-khong-vua"       "Phần đầu không vừa khổ giấy"
        CHU_KY_RIENG        "chu-ky-rieng"        "Chữ ký đứng một mình trên trang"
        CHU_THICH_XA        "chu-thich-xa"        "Chú thích ở trang khác với dấu của nó"
        MAU_TYPST_LOI       "mau-typst-loi"       "Mẫu Typst có lỗi"
        MAU_WORD_HONG       "mau-word-hong"       "Mẫu Word không dùng được"
        MAU_WORD_CAM        "mau-word-cam"        "Mẫu Word có phần bị cấm"
        THE_WORD_SAI        "the-word-sai"        "Thẻ trong mẫu Word viết sai"
        MAU_WORD_THIEU      "mau-word-thieu"      "Mẫu Word bỏ sót chữ của kế hoạch"
        NHAP_HONG           "nhap-hong"           "Tệp không nhập được"
        NHAP_MAT_CHU        "nhap-mat-chu"        "Chữ của tệp không vào hết kế hoạch"
        MAT_CHU             "mat-chu"             "Chữ trong tệp khác với bản thảo"
        PHONG_CHU_SAI       "phong-chu-sai"       "Bộ phông chữ không dùng được"
        // Lists of units and batches.
        DANH_SACH_SAI       "danh-sach-sai"       "Danh sách đơn vị không dùng được"
        DANH_SACH_CHUA_KHAI "danh-sach-chua-khai" "Chưa xác nhận cột nào của danh sách cho biến nào"
        HANG_BO_QUA         "hang-bo-qua"         "Hàng hoặc trang tính không phải đơn vị bị bỏ qua"
        HANG_DANG_NGO       "hang-dang-ngo"       "Hàng chỉ có tên đơn vị"
        DON_VI_SAI          "don-vi-sai"          "Dòng của danh sách có lỗi"
        COT_BO_QUA          "cot-bo-qua"          "Cột của danh sách bị bỏ qua"
        O_TRONG             "o-trong"             "Ô trống nên dùng giá trị mặc định"
        BIEN_KHONG_CO       "bien-khong-co"       "Không cột nào cho biến này"
        TEN_TEP_SAI         "ten-tep-sai"         "Không đặt được tên tệp"
        TEN_TEP_TRUNG       "ten-tep-trung"       "Hai đơn vị trùng tên tệp"
        TEP_DA_SUA          "tep-da-sua"          "Tệp của người khác hoặc đã bị sửa"
        DANG_CHAY           "dang-chay"           "Một lần chạy khác đang ghi vào thư mục"
        LOI_BEN_TRONG       "loi-ben-trong"       "Lỗi bên trong chương trình"
        BAO_CAO_SAI         "bao-cao-sai"         "Báo cáo không dùng được"
        // Writing files and the command line.
        DINH_DANG_LA        "dinh-dang-la"        "Không biết ghi định dạng này"
        KHONG_GHI_DUOC      "khong-ghi-duoc"      "Không ghi được tệp"
        THAM_SO_SAI         "tham-so-sai"         "Tham số dòng lệnh sai"
        CONG_BAN            "cong-ban"            "Không mở được cổng cho bản xem trước"
    }
}

pub use list::CODES;
