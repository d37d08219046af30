//! The plan's mappings, key by key.

use super::copied::ban_sao;
use super::decode::{Fields, Reader};
use super::issued::kem_theo;
use super::lengths::vietnamese;
use super::parts::{kind, of_other_forms, parts, phu_luc, symbol};
use super::tree::{Node, NodeKind};
use crate::decree30::kinds::{Form, Kind};
use crate::decree30::page::{self, DEFAULT_MARGINS, Margins, PAGE_CLAUSE, PARAGRAPH_CLAUSE};
use crate::decree30::style::TABLE_SIZES;
use crate::decree30::units::Mm;
use crate::diagnostic::{Diagnostic, code};
use crate::draft::keys;
use crate::draft::parts::{GROUPS, keys_of};
use crate::draft::{Draft, MOST_SIGNERS, Part, Parts, TrinhBay, Urgency};
use crate::source::Spanned;
use std::ops::RangeInclusive;

/// The whole plan; `None` where the file is not a mapping.
pub fn plan(r: &mut Reader, node: &Node) -> Option<Draft> {
    r.form = form_of(node);
    let f = r.fields(node, &keys::PLAN, &[])?;
    let loai = f.get("loai").and_then(|n| kind(r, n));
    let mut texts = Parts::default();
    parts(r, &f, None, &mut texts);
    let (mut bodies_read, mut xac_nhan, mut cung_ky, mut cac_ben) = (true, false, Vec::new(), Vec::new());
    for group in GROUPS.into_iter().flatten() {
        let before = r.diagnostics.len();
        let Some(node) = f.get(group) else { continue };
        // A group that the form does not have is told as a whole.
        if r.form.is_some_and(|form| keys::PLAN.get(group).is_some_and(|k| !k.is_of(form))) {
            continue;
        }
        for (index, node) in members(r, node, group).iter().enumerate() {
            let Some(f) = member(r, node, group) else { continue };
            if index == 0 {
                parts(r, &f, Some(group), &mut texts);
            } else {
                let mut another = Parts::default();
                parts(r, &f, Some(group), &mut another);
                if group == "ky" { &mut cung_ky } else { &mut cac_ben }.push(another);
            }
            if group == "ky" && ["vai", "chuc_vu", "ho_ten"].iter().all(|key| f.get(key).is_none()) {
                unsigned(r, &f);
            }
            xac_nhan |= f.get("xac_nhan").is_some_and(|n| r.flag(n, "xac_nhan"));
            if let Some(form) = r.form {
                of_other_groups(r, &f, group, form);
            }
        }
        bodies_read &= group != "co_quan" || r.diagnostics.len() == before;
    }
    let kem_theo = f.get("kem_theo").map(|n| kem_theo(r, n, &texts[Part::CoQuan])).unwrap_or_default();
    let draft = Draft {
        loai,
        texts,
        cung_ky,
        cac_ben,
        noi_dung: f.get("noi_dung").map(|n| r.body(n)).unwrap_or_default(),
        kem_theo,
        of_file: None,
        given: Vec::new(),
        phu_luc: f.get("phu_luc").map(|n| phu_luc(r, n)).unwrap_or_default(),
        ban_sao: f.get("ban_sao").and_then(|n| ban_sao(r, n)).map(Box::new),
        do_khan: f.get("do_khan").and_then(|n| urgency(r, n)),
        xac_nhan,
        trinh_bay: f.get("trinh_bay").map(|n| trinh_bay(r, n)).unwrap_or_default(),
        bien: f.get("bien").map(|n| r.variables(n)).unwrap_or_default(),
        danh_sach: f.get("danh_sach").and_then(|n| r.danh_sach(n)),
    };
    if let Some(kind) = &draft.loai {
        of_other_forms(r, &f, kind.value);
    }
    if bodies_read {
        symbol(r, &f, &draft);
    }
    fewer_signers(r, &f, &draft);
    Some(draft)
}

/// The mappings of a group: signers and parties may be several.
fn members<'n>(r: &mut Reader, node: &'n Node, group: &str) -> &'n [Node] {
    match (&node.kind, group) {
        (NodeKind::List(items), "ky") => at_most(r, items, "người ký"),
        (NodeKind::List(items), "cac_ben") => parties(r, items),
        (_, "cac_ben") => {
            r.wrong_shape(node, group, "một danh sách", "Viết mỗi bên mở đầu bằng “- ”.");
            &[]
        }
        _ => std::slice::from_ref(node),
    }
}

/// The keys of a group or of one of its members.
fn member<'n>(r: &mut Reader, node: &'n Node, group: &str) -> Option<Fields<'n>> {
    if let (NodeKind::Scalar(text, _), "cac_ben") = (&node.kind, group) {
        let hint = format!("Viết “- ten: {}”, các khóa khác thẳng dưới ten.", text.trim());
        r.wrong_shape(node, "Mỗi bên", "một nhóm khóa", &hint);
        return None;
    }
    r.fields(node, keys_of(Some(group)), &[])
}

/// A party for which nobody signs is told.
fn fewer_signers(r: &mut Reader, f: &Fields<'_>, draft: &Draft) {
    let (parties, signers) = (draft.cac_ben.len() + 1, draft.cung_ky.len() + 1);
    if parties > signers && f.get("ky").is_some() && !draft.cac_ben.is_empty() {
        let message = format!("Có {parties} bên mà chỉ có {signers} người ký.");
        let hint = "Thêm người ký của bên còn thiếu vào ky, mỗi bên một mục “- ”.";
        r.diagnostics.push(Diagnostic::warning(&code::THIEU_NGUOI_KY, f.place("ky"), message).hint(hint));
    }
}

/// Somebody signs, with a role, a post or a name; a missing post is told where a form asks for it.
fn unsigned(r: &mut Reader, f: &Fields<'_>) {
    if matches!(r.form, Some(Form::BienBan | Form::HopDong)) {
        let message = "Người ký này không có vai, chức vụ hay họ tên.";
        r.error(&code::THIEU_KHOA, f.span, message, "Thêm vai, chuc_vu hoặc ho_ten; không có người ký thì bỏ mục này.");
    }
}

/// The signers or parties of a list, as many as a document may have.
fn at_most<'n>(r: &mut Reader, items: &'n [Node], what: &str) -> &'n [Node] {
    if items.len() > MOST_SIGNERS {
        let message = format!("Văn bản có {} {what}; nhiều nhất là {MOST_SIGNERS}.", items.len());
        let hint = format!("Tách thành nhiều văn bản, hoặc bớt {what}.");
        r.error(&code::NGOAI_KHOANG, items[MOST_SIGNERS].span, message, hint);
    }
    &items[..items.len().min(MOST_SIGNERS)]
}

fn parties<'n>(r: &mut Reader, items: &'n [Node]) -> &'n [Node] {
    if let [only] = items {
        r.error(&code::NGOAI_KHOANG, only.span, "Chỉ có một bên.", "Ghi đủ các bên ký kết, từ hai bên trở lên.");
    }
    at_most(r, items, "bên")
}

/// Keys of a group that documents of this form do not have there.
fn of_other_groups(r: &mut Reader, f: &Fields<'_>, group: &str, form: Form) {
    let others = keys_of(Some(group)).keys.iter().filter(|k| !k.is_of(form));
    for key in others.filter(|k| f.get(k.name).is_some()) {
        let message = format!("Loại văn bản này không có khóa “{}” trong {group}.", key.name);
        let hint = format!("Bỏ khóa này. Loại văn bản có khóa này: {}.", Kind::names_of(key.forms));
        r.error(&code::KHOA_KHONG_HOP_LOAI, f.place(key.name), message, hint);
    }
}

/// The form that the file says, whatever else is wrong with it.
fn form_of(node: &Node) -> Option<Form> {
    Kind::by_key(node.entry("loai")?.text()?.trim()).map(|kind| kind.form)
}

fn urgency(r: &mut Reader, node: &Node) -> Option<Spanned<Urgency>> {
    let all = [Urgency::HoaToc, Urgency::ThuongKhan, Urgency::Khan];
    let index = r.word(node, "do_khan", keys::DO_KHAN)?;
    Some(Spanned::new(all[index], node.span))
}

fn trinh_bay(r: &mut Reader, node: &Node) -> TrinhBay {
    let Some(f) = r.fields(node, &keys::TRINH_BAY, &[]) else { return TrinhBay::default() };
    let co_chu = f.get("co_chu").and_then(|n| {
        let size = r.number(n, "co_chu")?;
        if page::BODY_SIZES.contains(&size) {
            return Some(size);
        }
        let message = format!(
            "Cỡ chữ lời văn là {}, ngoài khoảng 13–14 mà nghị định cho phép ({PARAGRAPH_CLAUSE}).",
            vietnamese(size)
        );
        r.error(&code::NGOAI_KHOANG, n.span, message, "Chọn 13 hoặc 14.");
        None
    });
    let gian_dong = f.get("gian_dong").and_then(|n| {
        let lines = r.number(n, "gian_dong")?;
        if page::LINE_SPACING.contains(&lines) {
            return Some(lines);
        }
        let message = format!(
            "Giãn dòng là {}, ngoài khoảng 1–1,5 dòng mà nghị định cho phép ({PARAGRAPH_CLAUSE}).",
            vietnamese(lines)
        );
        r.error(&code::NGOAI_KHOANG, n.span, message, "Chọn một số từ 1 đến 1.5.");
        None
    });
    TrinhBay {
        co_chu,
        co_chu_bang: f.get("co_chu_bang").and_then(|n| table_size(r, n)),
        lui_dong: f.get("lui_dong").and_then(|n| r.length(n, "Lùi đầu dòng", page::FIRST_LINE, PARAGRAPH_CLAUSE)),
        gian_dong,
        gian_doan: f
            .get("gian_doan")
            .and_then(|n| r.points(n, "Khoảng cách đoạn", page::PARAGRAPH_GAP, PARAGRAPH_CLAUSE)),
        khoan_con_nghieng: f
            .get("khoan_con")
            .and_then(|n| r.word(n, "khoan_con", keys::KHOAN_CON))
            .map(|index| index == 0),
        le: f.get("le").and_then(|n| margins(r, n)),
    }
}

fn table_size(r: &mut Reader, node: &Node) -> Option<f64> {
    let size = r.number(node, "co_chu_bang")?;
    if TABLE_SIZES.contains(&size) && (size * 2.0).fract() == 0.0 {
        return Some(size);
    }
    let message = format!("Cỡ chữ trong bảng là {}, không dùng được.", vietnamese(size));
    r.error(&code::NGOAI_KHOANG, node.span, message, "Chọn một cỡ từ 11 đến 14, chẵn hoặc rưỡi (12.5); mặc định 12.");
    None
}

fn margins(r: &mut Reader, node: &Node) -> Option<Margins> {
    let f = r.fields(node, &keys::LE, &[])?;
    let mut side = |key: &str, name: &str, range: RangeInclusive<Mm>, default: Mm| {
        f.get(key).and_then(|n| r.length(n, name, range, PAGE_CLAUSE)).unwrap_or(default)
    };
    Some(Margins {
        top: side("tren", "Lề trên", page::TOP_BOTTOM, DEFAULT_MARGINS.top),
        bottom: side("duoi", "Lề dưới", page::TOP_BOTTOM, DEFAULT_MARGINS.bottom),
        left: side("trai", "Lề trái", page::LEFT, DEFAULT_MARGINS.left),
        right: side("phai", "Lề phải", page::RIGHT, DEFAULT_MARGINS.right),
    })
}
