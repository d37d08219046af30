//! `kem_theo`: texts that are issued with a decision, typed in its plan or standing in a plan of their own.

use super::decode::{Fields, Reader};
use super::parts::{kind, of_other_forms, parts, phu_luc};
use super::tree::{Node, NodeKind};
use crate::decree30::kinds::{Form, KINDS, Kind};
use crate::diagnostic::{Diagnostic, code, nearest};
use crate::draft::keys::{KEM_THEO, PLAN};
use crate::draft::parts::PARTS;
use crate::draft::{Draft, Parts, Text};
use std::sync::Arc;

/// Reads the members of `kem_theo`; `bodies` are those of the decision.
pub(super) fn kem_theo(r: &mut Reader, node: &Node, bodies: &[Text]) -> Vec<Draft> {
    let NodeKind::List(items) = &node.kind else {
        r.wrong_shape(node, "kem_theo", "một danh sách", "Viết mỗi văn bản kèm theo mở đầu bằng “- ”.");
        return Vec::new();
    };
    let mut out = Vec::new();
    for item in items {
        if let NodeKind::Scalar(text, _) = &item.kind {
            let hint = format!("Viết các khóa loai, trich_yeu, noi_dung; hoặc tên một tệp: “- tep: {}”.", text.trim());
            r.wrong_shape(item, "Mỗi mục của kem_theo", "một nhóm khóa", &hint);
            continue;
        }
        let Some(f) = r.fields(item, &KEM_THEO, &[]) else { continue };
        match f.raw("tep") {
            Some(tep) if tep.text().is_some_and(|name| name.trim().is_empty()) && !tep.is_null() => {
                let hint = "Ghi tên một kế hoạch cùng thư mục, ví dụ tep: quy-che.yaml.";
                r.error(&code::THIEU_KHOA, tep.span, "Khóa “tep” chưa có giá trị.", hint);
            }
            Some(tep) => {
                let named = f.get("ten_loai").is_some();
                let draft = of_file(r, tep, bodies, named);
                out.extend(draft.map(|mut draft| {
                    parts(r, &f, Some("kem_theo"), &mut draft.texts);
                    draft
                }));
            }
            None => out.push(typed(r, &f)),
        }
    }
    out
}

/// A text typed in the decision's plan. It may be none of the 29 types: a charter (điều lệ), a list.
fn typed(r: &mut Reader, f: &Fields<'_>) -> Draft {
    let mut draft = text(r, f);
    parts(r, f, Some("kem_theo"), &mut draft.texts);
    match (f.get("loai"), f.get("ten_loai")) {
        (Some(_), Some(_)) => {
            let message = "Đã có “ten_loai” thì không viết “loai” ở đây.";
            r.error(&code::KHOA_THUA, f.place("loai"), message, "Bỏ khóa này, hoặc bỏ “ten_loai”.");
        }
        (None, None) if !r.meant.contains("loai") => {
            let hint = "Thêm “loai: …”, hoặc “ten_loai: …” nếu văn bản không thuộc 29 loại (ví dụ Điều lệ).";
            r.error(&code::THIEU_KHOA, f.span, "Thiếu khóa “loai”.", hint);
        }
        _ => {}
    }
    draft
}

/// The parts that such a text has: no letterhead, no recipients and no signature.
fn text(r: &mut Reader, f: &Fields<'_>) -> Draft {
    let loai = f.get("loai").and_then(|n| match n.text().is_some_and(|text| Kind::by_key(text).is_none()) {
        true => {
            let message = format!("“{}” không phải là loại ban hành kèm theo được.", n.text().unwrap_or_default());
            let usual = KINDS.iter().filter(|k| k.form == Form::TenLoai).map(|k| k.key);
            let hint = match nearest(n.text().unwrap_or_default(), usual) {
                Some(near) => format!("Có phải là “{near}” không?"),
                None => format!("{} Văn bản khác, ví dụ Điều lệ: thay loai bằng ten_loai: Điều lệ.", kinds()),
            };
            r.error(&code::LOAI_LA, n.span, message, hint);
            None
        }
        false => kind(r, n),
    });
    if let Some(kind) = loai.as_ref().filter(|k| k.value.form != Form::TenLoai) {
        r.error(
            &code::KHOA_KHONG_HOP_LOAI,
            kind.span,
            format!("{} không ban hành kèm theo văn bản khác được.", kind.value.name),
            format!("{} Văn bản khác thì thay loai bằng ten_loai: …", kinds()),
        );
    }
    let mut texts = Parts::default();
    parts(r, f, None, &mut texts);
    for row in PARTS.iter().filter(|row| KEM_THEO.get(row.key).is_none()) {
        texts[row.part].clear();
    }
    Draft {
        loai,
        texts,
        noi_dung: f.get("noi_dung").map(|n| r.body(n)).unwrap_or_default(),
        phu_luc: f.get("phu_luc").map(|n| phu_luc(r, n)).unwrap_or_default(),
        ..Draft::default()
    }
}

/// The types that such a text may have, in a sentence.
fn kinds() -> String {
    let keys: Vec<_> = KINDS.iter().filter(|k| k.form == Form::TenLoai).map(|k| k.key).collect();
    format!("Các loại dùng được: {}.", keys.join(", "))
}

/// A plan of its own, as far as it is issued with this one; a file that could not be read was told.
/// `named`: its name is typed beside it, so that it need not be one of the 29 types.
fn of_file(r: &mut Reader, tep: &Node, bodies: &[Text], named: bool) -> Option<Draft> {
    let path = r.text(tep, "tep")?;
    let attached = Arc::clone(&r.attached);
    let (tree, meant) = attached.get(&path.value)?;
    let outside = std::mem::replace(&mut r.meant, meant.clone());
    r.note_misplaced(tree);
    let draft = whole_plan(r, tree, bodies, named).map(|d| Draft { of_file: Some(tep.span), ..d });
    r.meant = outside;
    draft
}

fn whole_plan(r: &mut Reader, tree: &Node, bodies: &[Text], named: bool) -> Option<Draft> {
    let needed = |key: &str| key == "loai" && !named || KEM_THEO.get(key).is_some_and(|k| k.required);
    let f = r.fields_needing(tree, &PLAN, &[], &|key| needed(key.name))?;
    let mut draft = text(r, &f);
    draft.bien = f.get("bien").map(|n| r.variables(n)).unwrap_or_default();
    if let Some(kind) = draft.loai.as_ref().filter(|k| k.value.form == Form::TenLoai) {
        of_other_forms(r, &f, kind.value);
    }
    other_body(r, &f, bodies);
    if let Some(node) = f.get("kinh_gui").filter(|_| draft.loai.as_ref().is_some_and(|k| k.value.kinh_gui)) {
        let message = "Văn bản ban hành kèm theo không có phần Kính gửi; phần này của tệp không in.";
        r.diagnostics.push(
            Diagnostic::warning(&code::KEM_THEO_KHAC, node.span, message)
                .hint("Nơi cần gửi ghi ở noi_nhan của quyết định; bỏ kinh_gui ở tệp này nếu không in riêng."),
        );
    }
    Some(draft)
}

/// The letterhead of such a text is the decision's; another body in its file is told.
fn other_body(r: &mut Reader, f: &Fields<'_>, bodies: &[Text]) {
    let Some(ten) = f.get("co_quan").and_then(|n| n.entry("ten")) else { return };
    let own = match &ten.kind {
        NodeKind::Scalar(text, _) => vec![text.as_str()],
        NodeKind::List(items) => items.iter().filter_map(Node::text).collect(),
        NodeKind::Map(_) => return,
    };
    let same = |a: &str, b: &str| a.split_whitespace().eq(b.split_whitespace());
    let (own, theirs) =
        (own.join(", ").to_lowercase(), bodies.iter().map(|t| t.value.as_str()).collect::<Vec<_>>().join(", "));
    // What a variable will say is not known here.
    let open = own.contains("{{") || theirs.contains("{{");
    if open || own.trim().is_empty() || theirs.trim().is_empty() || same(&own, &theirs.to_lowercase()) {
        return;
    }
    let message = format!("Tệp này ghi cơ quan khác; văn bản kèm theo in cơ quan của quyết định: {theirs}.");
    r.diagnostics.push(
        Diagnostic::warning(&code::KEM_THEO_KHAC, ten.span, message)
            .hint("Ghi cùng một cơ quan ở hai tệp; hoặc kiểm tra có đúng là tệp cần kèm theo không."),
    );
}
