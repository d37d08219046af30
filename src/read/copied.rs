//! `ban_sao`: what stands on a copy of the document (mẫu 3.1).

use super::decode::Reader;
use super::parts::{parts, symbol};
use super::tree::Node;
use crate::decree30::kinds::{COPIES, Form};
use crate::draft::keys::{BAN_SAO, CO_QUAN_SAO, HINH_THUC, KY};
use crate::draft::{Draft, Parts};
use crate::source::Spanned;

/// Reads the group; the form of the copy stands for the type.
pub(super) fn ban_sao(r: &mut Reader, node: &Node) -> Option<Draft> {
    // Whatever the document is, its copy has place, date and a post.
    let form = r.form.replace(Form::TenLoai);
    let draft = copy(r, node);
    r.form = form;
    draft
}

fn copy(r: &mut Reader, node: &Node) -> Option<Draft> {
    let f = r.fields(node, &BAN_SAO, &[])?;
    let mut texts = Parts::default();
    parts(r, &f, None, &mut texts);
    let before = r.diagnostics.len();
    for (group, keys) in [("co_quan", &CO_QUAN_SAO), ("ky", &KY)] {
        if let Some(group_fields) = f.get(group).and_then(|n| r.fields(n, keys, &[])) {
            parts(r, &group_fields, Some(group), &mut texts);
        }
    }
    let kind = f.get("hinh_thuc").and_then(|n| Some(Spanned::new(&COPIES[r.word(n, "hinh_thuc", HINH_THUC)?], n.span)));
    let draft = Draft { loai: kind, texts, ..Draft::default() };
    if r.diagnostics.len() == before {
        symbol(r, &f, &draft);
    }
    Some(draft)
}
