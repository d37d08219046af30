//! A deputy without KT.

use super::prelude::*;
use crate::check::bodies::{is_deputy, is_of_party, is_outside_state, issuer, signers};
use crate::decree30::kinds::Form;

rule!(
    "ky-thieu-kt",
    "Cấp phó ký mà không có KT.",
    Some("Phụ lục I, phần I, mục II, khoản 7, điểm b"),
    Error,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    let name = issuer(subject.main());
    // Fronts and unions have their own rules, and a delegation of the National Assembly its own.
    if is_outside_state(subject.main()) || name.starts_with("đoàn đại biểu") {
        return;
    }
    for document in subject.documents.iter().filter(|d| !matches!(d.loai.form, Form::BienBan | Form::HopDong)) {
        for signer in signers(document) {
            let Some(post) = signer[Part::ChucVu].first() else { continue };
            let above: Vec<String> =
                signer[Part::QuyenHan].iter().chain(&signer[Part::Vai]).map(|l| l.plain().to_uppercase()).collect();
            // By order, by mandate, in charge; or in another post, which stands above.
            let acts = above.iter().any(|l| is_of_party(l))
                || above.iter().any(|l| !l.starts_with("TM.") && !l.starts_with("T/M"));
            if is_deputy(&post.plain()) && !acts {
                let message = format!("“{}” là cấp phó, ký thay phải có KT.", post.plain());
                found.at(post.span, message, "Thêm dòng KT. và chức vụ của người đứng đầu ở ky.quyen_han.");
            }
        }
    }
}
