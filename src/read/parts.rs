//! What a plan and the texts that are issued with it have in common: type, parts, appendices.

use super::decode::{Fields, Reader};
use super::tree::{Node, NodeKind};
use crate::decree30::kinds::{Form, KINDS, Kind};
use crate::diagnostic::{code, nearest};
use crate::draft::keys::{self, Shape};
use crate::draft::parts::PARTS;
use crate::draft::{Draft, Part, Parts, PhuLuc, Text};
use crate::source::Spanned;

/// Keys that documents of this type do not have.
pub(super) fn of_other_forms(r: &mut Reader, f: &Fields<'_>, kind: &Kind) {
    if !kind.kinh_gui && f.get("kinh_gui").is_some() {
        r.error(
            &code::KHOA_KHONG_HOP_LOAI,
            f.place("kinh_gui"),
            format!("{} không có phần Kính gửi (Phụ lục I, phần I, mục II, khoản 9).", kind.name),
            "Bỏ khóa kinh_gui; nơi nhận ghi ở khóa noi_nhan. Kính gửi dùng cho công văn, thư công, tờ trình và báo cáo gửi cấp trên.",
        );
    }
    let others = keys::PLAN.keys.iter().filter(|k| !k.is_of(kind.form));
    for key in others.filter(|k| f.get(k.name).is_some()) {
        let hint = match key.forms {
            [] => "Bỏ khóa này.".to_owned(),
            forms => format!("Bỏ khóa này. Loại văn bản có khóa này: {}.", Kind::names_of(forms)),
        };
        let message = format!("{} không có khóa “{}”.", kind.name, key.name);
        r.error(&code::KHOA_KHONG_HOP_LOAI, f.place(key.name), message, hint);
    }
}

fn one(r: &mut Reader, f: &Fields<'_>, key: &str) -> Option<Text> {
    f.get(key).and_then(|n| r.text(n, key))
}

/// Reads the parts of a mapping.
pub(super) fn parts(r: &mut Reader, f: &Fields<'_>, group: Option<&str>, out: &mut Parts<Text>) {
    for row in PARTS.iter().filter(|row| row.path().0 == group) {
        let (name, Some(key)) = (row.path().1, row.typed()) else { continue };
        let Some(node) = f.get(name) else { continue };
        out[row.part] = match key.shape {
            Shape::Text => r.text(node, name).into_iter().collect(),
            Shape::TextList => r.text_list(node, name),
            Shape::Texts => r.texts(node, name),
            _ => continue,
        };
    }
}

pub(super) fn kind(r: &mut Reader, node: &Node) -> Option<Spanned<&'static Kind>> {
    let text = r.text(node, "loai")?;
    let Some(kind) = Kind::by_key(&text.value) else {
        let hint = match nearest(&text.value, KINDS.iter().map(|k| k.key)) {
            Some(near) => format!("Có phải là “{near}” không?"),
            None => format!("Viết không dấu, ví dụ ke_hoach. Các loại: {}.", KINDS.map(|k| k.key).join(", ")),
        };
        r.error(
            &code::LOAI_LA,
            node.span,
            format!("“{}” không có trong 29 loại văn bản hành chính của Điều 7.", text.value),
            hint,
        );
        return None;
    };
    Some(Spanned::new(kind, node.span))
}

/// Sees that there is something to make the symbol of.
pub(super) fn symbol(r: &mut Reader, f: &Fields<'_>, draft: &Draft) {
    let spoilt = r.meant.contains("viet_tat") || r.meant.contains("ky_hieu");
    // A number that is typed wants its symbol in every form.
    let free = r.form.is_some_and(Form::may_lack_number);
    let wanted = if free { f.get("so").is_some() } else { f.get("co_quan").is_some() };
    if !spoilt && wanted && draft.text(Part::VietTat).is_none() && draft.text(Part::KyHieu).is_none() {
        r.error(
            &code::THIEU_KHOA,
            f.place(if free { "so" } else { "co_quan" }),
            "Chưa có gì để lập ký hiệu: thiếu cả “co_quan.viet_tat” và “ky_hieu”.",
            match f.get("co_quan") {
                None if free => "Viết đủ ky_hieu, ví dụ HĐ-UBND.",
                _ => "Thêm viet_tat (chữ viết tắt của cơ quan, ví dụ UBND) vào co_quan, hoặc viết đủ ky_hieu.",
            },
        );
    }
}

pub(super) fn phu_luc(r: &mut Reader, node: &Node) -> Vec<PhuLuc> {
    let NodeKind::List(items) = &node.kind else {
        r.wrong_shape(node, "phu_luc", "một danh sách", "Viết mỗi phụ lục mở đầu bằng “- ”.");
        return Vec::new();
    };
    let mut out = Vec::new();
    for item in items {
        let Some(f) = r.fields(item, &keys::PHU_LUC, &[]) else { continue };
        out.push(PhuLuc {
            tieu_de: one(r, &f, "tieu_de"),
            ngang: f.get("huong").and_then(|n| r.word(n, "huong", keys::HUONG)) == Some(1),
            kem_theo: one(r, &f, "kem_theo"),
            noi_dung: f.get("noi_dung").map(|n| r.body(n)).unwrap_or_default(),
            span: f.span,
        });
    }
    out
}
