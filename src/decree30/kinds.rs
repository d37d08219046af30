//! The 29 types of Article 7, their abbreviations (Phụ lục III, phần I) and the sample form of each.

/// The sample form (mẫu) that a type follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Mẫu 1.4: a type with its name.
    Named,
    /// Another form, by its number; not composed yet.
    Other(&'static str),
    /// The decree gives no form.
    None,
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

use Form::{Named, Other};

/// All types, in the order of Article 7.
#[rustfmt::skip]
pub const KINDS: [Kind; 29] = [
    kind("nghi_quyet",     "Nghị quyết",     "NQ",  Other("1.1"),  false),
    kind("quyet_dinh",     "Quyết định",     "QĐ",  Other("1.2"),  false),
    kind("chi_thi",        "Chỉ thị",        "CT",  Named,         false),
    kind("quy_che",        "Quy chế",        "QC",  Named,         false),
    kind("quy_dinh",       "Quy định",       "QyĐ", Named,         false),
    kind("thong_cao",      "Thông cáo",      "TC",  Named,         false),
    kind("thong_bao",      "Thông báo",      "TB",  Named,         false),
    kind("huong_dan",      "Hướng dẫn",      "HD",  Named,         false),
    kind("chuong_trinh",   "Chương trình",   "CTr", Named,         false),
    kind("ke_hoach",       "Kế hoạch",       "KH",  Named,         false),
    kind("phuong_an",      "Phương án",      "PA",  Named,         false),
    kind("de_an",          "Đề án",          "ĐA",  Named,         false),
    kind("du_an",          "Dự án",          "DA",  Named,         false),
    kind("bao_cao",        "Báo cáo",        "BC",  Named,         true),
    kind("bien_ban",       "Biên bản",       "BB",  Other("1.9"),  false),
    kind("to_trinh",       "Tờ trình",       "TTr", Named,         true),
    kind("hop_dong",       "Hợp đồng",       "HĐ",  Form::None,    false),
    kind("cong_van",       "Công văn",       "",    Other("1.5"),  true),
    kind("cong_dien",      "Công điện",      "CĐ",  Other("1.6"),  false),
    kind("ban_ghi_nho",    "Bản ghi nhớ",    "BGN", Form::None,    false),
    kind("ban_thoa_thuan", "Bản thỏa thuận", "BTT", Form::None,    false),
    kind("giay_uy_quyen",  "Giấy ủy quyền",  "GUQ", Named,         false),
    kind("giay_moi",       "Giấy mời",       "GM",  Other("1.7"),  false),
    kind("giay_gioi_thieu","Giấy giới thiệu","GGT", Other("1.8"),  false),
    kind("giay_nghi_phep", "Giấy nghỉ phép", "GNP", Other("1.10"), false),
    kind("phieu_gui",      "Phiếu gửi",      "PG",  Named,         false),
    kind("phieu_chuyen",   "Phiếu chuyển",   "PC",  Named,         false),
    kind("phieu_bao",      "Phiếu báo",      "PB",  Named,         false),
    kind("thu_cong",       "Thư công",       "",    Form::None,    false),
];

impl Kind {
    /// The type with this YAML name.
    pub fn by_key(key: &str) -> Option<&'static Kind> {
        KINDS.iter().find(|k| k.key == key)
    }

    /// The types that the program composes today.
    pub fn supported() -> impl Iterator<Item = &'static Kind> {
        KINDS.iter().filter(|k| k.form == Named)
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
        assert_eq!(Kind::supported().count(), 17);
    }
}
