//! The rules: one file, one page in `docs/ma/`, one line here.

mod prelude;

use super::rule::Rule;

macro_rules! rules {
    ($($file:ident)*) => {
        $(mod $file;)*
        /// All rules, in the order in which they are listed.
        pub static RULES: &[&Rule] = &[$(&$file::RULE),*];
    };
}

#[rustfmt::skip]
rules! {
    // Spelling.
    am_tiet_sai
    dau_thanh_sai_cho
    dau_thanh_lan
    chu_dinh
    lap_tu
    chinh_ta
    hang_nam
    dam_bao
    cap_tu_co_quan
    chu_giong
    bang_ma_cu
    // Signs.
    cach_truoc_dau
    thieu_cach_sau_dau
    thieu_cach_sau_cham
    cach_trong_ngoac
    thieu_cach_truoc_ngoac
    dau_lap
    gach_noi_lech
    ngoac_kep_thang
    ngoac_lech
    gach_nam
    gach_nam_lan
    // Dates and numbers.
    ngay_khong_co
    ngay_them_khong
    thang_them_khong
    nam_xa
    ngay_ban_hanh_xa
    thoi_han_da_qua
    phut_giay
    so_kieu_anh
    nhom_ba_chu_so
    // Capitals.
    hoa_dau_cau
    cau_bi_ngat
    hoa_dau_doan
    co_quan_hoa
    dang_hoa
    thanh_pho_ho_chi_minh
    vung_mien_hoa
    ngay_le_hoa
    tet_hoa
    thu_thang_chu_hoa
    to_chuc_quoc_te_hoa
    nhan_dan_hoa
    nha_nuoc_hoa
    don_vi_so_hoa
    ten_mang_hoa
    loai_van_ban_hoa
    vien_dan_hoa_thuong
    vien_dan_muc_hoa
    ten_rieng_hoa
    // Letterhead.
    co_quan_tat
    co_quan_dau_cuoi
    co_quan_lap
    cap_huyen
    co_quan_da_giai_the
    dia_danh_tat
    dia_danh_hoa
    dia_danh_cap
    dia_danh_thieu_cap
    // Number and symbol.
    ky_hieu_thuong
    ky_hieu_nam
    ky_hieu_loai
    cong_van_cv
    ky_hieu_dau
    so_thua_khong
    so_ngay_lech
    // Subject, marks, blanks.
    trich_yeu_dau_cuoi
    trich_yeu_in_hoa
    trich_yeu_ve_viec
    trich_yeu_lap_loai
    trich_yeu_dai
    truong_dai
    do_mat
    luu_hanh_la
    con_cho_mau
    // Legal basis.
    can_cu_dau_cuoi
    can_cu_hai
    can_cu_thieu
    can_cu_trung
    can_cu_thu_tu
    can_cu_het_hieu_luc
    // Citations.
    vien_dan_hai_ngay
    vien_dan_hai_ten
    vien_dan_nam_lech
    vien_dan_loai_lech
    vien_dan_ky_hieu_sai
    vien_dan_lan_dau
    vien_dan_lai_du
    vien_dan_nguoc
    vien_dan_dieu_khong_co
    vien_dan_muc_khong_co
    // Appendices.
    phu_luc_khong_nhac
    phu_luc_khong_co
    phu_luc_thieu_ten
    // Structure.
    muc_thieu_ten
    tieu_de_dau_cuoi
    muc_trong
    cap_nhay
    muc_con_don
    thieu_cham_cuoi
    hai_cham_truoc_liet_ke
    het_van_ban
    bang_stt
    tong_lech
    // Recipients.
    noi_nhan_luu
    noi_nhan_luu_vt
    noi_nhan_luu_dau
    noi_nhan_luu_don_vi
    noi_nhan_dau_cuoi
    nhu_tren
    nhu_dieu
    nhu_dieu_sai
    noi_nhan_viet_tat
    noi_nhan_trung
    noi_nhan_thieu
    // Signature.
    ky_tien_to
    ky_thieu_kt
    ky_kt_khong_pho
    ky_thieu_tm
    ky_thua_tm
    ky_chu_tich_tm
    ky_thu_tu
    ky_lech_co_quan
    ky_hoc_vi
    ky_ten_hoa
    ky_dau_cuoi
    // Words and pages.
    ubnd_tat
    viet_tat_chua_giai
    trang_cuoi_it
    chu_ky_it_dong
    de_muc_cuoi_trang
    dong_le
}

/// The rule of a name.
pub fn by_name(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code.name == name).copied()
}

/// The names of all rules.
pub fn names() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.code.name)
}
