//! The 29 types of Article 7, their abbreviations (Phụ lục III, phần I) and the sample form of each.

/// The sample form (mẫu) that a type follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Mẫu 1.1: nghị quyết.
    NghiQuyet,
    /// Mẫu 1.2 and 1.3: quyết định.
    QuyetDinh,
    /// Mẫu 1.4: a type with its name.
    TenLoai,
    /// Mẫu 1.5: công văn.
    CongVan,
    /// Mẫu 1.6: công điện.
    CongDien,
    /// Mẫu 1.7: giấy mời.
    GiayMoi,
    /// Mẫu 1.8: giấy giới thiệu.
    GioiThieu,
    /// Mẫu 1.9: biên bản.
    BienBan,
    /// Mẫu 1.10: giấy nghỉ phép.
    NghiPhep,
    /// Contracts, memoranda, agreements: the decree has no sample, practice does.
    HopDong,
    /// Thư công: the decree has no sample.
    ThuCong,
}

impl Form {
    /// Whether place and date stand in the letterhead.
    pub fn has_place_and_date(self) -> bool {
        self != Form::BienBan
    }

    /// Whether the name of the type stands above the text.
    pub fn has_title(self) -> bool {
        !matches!(self, Form::CongVan | Form::ThuCong)
    }

    /// Whether the text ends with `./.` (the sample forms; contracts and letters have none by practice).
    pub fn has_end_mark(self) -> bool {
        !matches!(self, Form::HopDong | Form::ThuCong)
    }

    /// Whether the form may do without number and symbol (practice).
    pub fn may_lack_number(self) -> bool {
        matches!(self, Form::HopDong | Form::ThuCong)
    }

    /// Whether the number stands below the title instead of in the letterhead.
    pub fn has_number_below_title(self) -> bool {
        self == Form::HopDong
    }
}

/// One type of administrative document.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Name in YAML.
    pub key: &'static str,
    /// Name in words, as in a sentence.
    pub name: &'static str,
    /// Abbreviation used in the ký hiệu; empty where there is none.
    pub abbreviation: &'static str,
    /// Sample form.
    pub form: Form,
    /// Whether a Kính gửi line may stand under the title.
    pub kinh_gui: bool,
}

const fn kind(key: &'static str, name: &'static str, abbreviation: &'static str, form: Form, kinh_gui: bool) -> Kind {
    Kind { key, name, abbreviation, form, kinh_gui }
}

use Form::TenLoai;

/// All types, in the order of Article 7.
#[rustfmt::skip]
pub const KINDS: [Kind; 29] = [
    kind("nghi_quyet",     "Nghị quyết",     "NQ",  Form::NghiQuyet, false),
    kind("quyet_dinh",     "Quyết định",     "QĐ",  Form::QuyetDinh, false),
    kind("chi_thi",        "Chỉ thị",        "CT",  TenLoai,       false),
    kind("quy_che",        "Quy chế",        "QC",  TenLoai,       false),
    kind("quy_dinh",       "Quy định",       "QyĐ", TenLoai,       false),
    kind("thong_cao",      "Thông cáo",      "TC",  TenLoai,       false),
    kind("thong_bao",      "Thông báo",      "TB",  TenLoai,       false),
    kind("huong_dan",      "Hướng dẫn",      "HD",  TenLoai,       false),
    kind("chuong_trinh",   "Chương trình",   "CTr", TenLoai,       false),
    kind("ke_hoach",       "Kế hoạch",       "KH",  TenLoai,       false),
    kind("phuong_an",      "Phương án",      "PA",  TenLoai,       false),
    kind("de_an",          "Đề án",          "ĐA",  TenLoai,       false),
    kind("du_an",          "Dự án",          "DA",  TenLoai,       false),
    kind("bao_cao",        "Báo cáo",        "BC",  TenLoai,       true),
    kind("bien_ban",       "Biên bản",       "BB",  Form::BienBan, false),
    kind("to_trinh",       "Tờ trình",       "TTr", TenLoai,       true),
    kind("hop_dong",       "Hợp đồng",       "HĐ",  Form::HopDong,   false),
    kind("cong_van",       "Công văn",       "",    Form::CongVan, true),
    kind("cong_dien",      "Công điện",      "CĐ",  Form::CongDien, false),
    kind("ban_ghi_nho",    "Bản ghi nhớ",    "BGN", Form::HopDong,   false),
    kind("ban_thoa_thuan", "Bản thỏa thuận", "BTT", Form::HopDong,   false),
    kind("giay_uy_quyen",  "Giấy ủy quyền",  "GUQ", TenLoai,       false),
    kind("giay_moi",       "Giấy mời",       "GM",  Form::GiayMoi, false),
    kind("giay_gioi_thieu","Giấy giới thiệu","GGT", Form::GioiThieu, false),
    kind("giay_nghi_phep", "Giấy nghỉ phép", "GNP", Form::NghiPhep, false),
    kind("phieu_gui",      "Phiếu gửi",      "PG",  TenLoai,       false),
    kind("phieu_chuyen",   "Phiếu chuyển",   "PC",  TenLoai,       false),
    kind("phieu_bao",      "Phiếu báo",      "PB",  TenLoai,       false),
    kind("thu_cong",       "Thư công",       "",    Form::ThuCong, true),
];

/// The forms of a copy, in the order of Article 25: not types of the 29, each with an abbreviation of its own.
#[rustfmt::skip]
pub const COPIES: [Kind; 3] = [
    kind("sao_y",     "Sao y",     "SY",  TenLoai, false),
    kind("sao_luc",   "Sao lục",   "SL",  TenLoai, false),
    kind("trich_sao", "Trích sao", "TrS", TenLoai, false),
];

/// The form that copies only a part of the content: Article 25, clause 3.
pub const EXTRACT: &Kind = &COPIES[2];

impl Kind {
    /// What a document of an unknown type is taken for while its other mistakes are looked for: kế hoạch.
    pub const USUAL: &'static Kind = &KINDS[9];

    /// The type with this YAML name.
    pub fn by_key(key: &str) -> Option<&'static Kind> {
        KINDS.iter().find(|k| k.key == key)
    }

    /// The types of some forms, in words, for a sentence.
    pub fn names_of(forms: &[Form]) -> String {
        KINDS.iter().filter(|k| forms.contains(&k.form)).map(|k| k.name).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_abbreviations_are_unique() {
        for (i, a) in KINDS.iter().enumerate() {
            for b in &KINDS[i + 1..] {
                assert_ne!(a.key, b.key);
                assert!(a.abbreviation.is_empty() || a.abbreviation != b.abbreviation, "{}", a.key);
            }
        }
        assert_eq!(Kind::USUAL.key, "ke_hoach");
    }
}
