//! `KT. CHỦ TỊCH` above `CHỦ TỊCH`.

use super::prelude::*;
use crate::check::bodies::signers;

rule!(
    "ky-kt-khong-pho",
    "Có KT. nhưng người ký không phải cấp phó",
    Some("Phụ lục I, phần I, mục II, khoản 7, điểm b"),
    Error,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for signer in subject.documents.iter().flat_map(|d| signers(d)) {
        let Some(post) = signer[Part::ChucVu].first() else { continue };
        let for_whom = signer[Part::QuyenHan].last().map(|l| l.plain().to_lowercase());
        let Some(head) = for_whom.as_deref().and_then(|l| l.strip_prefix("kt.")).map(str::trim) else { continue };
        let own = post.plain().to_lowercase();
        // A member of a council may stand for its head (`KT. TRƯỞNG BAN` / `ỦY VIÊN`).
        if own == head {
            let message = format!("Có “KT.” nhưng chức vụ người ký vẫn là “{}”.", post.plain());
            found.at(post.span, message, "Ghi chức vụ cấp phó; hoặc bỏ KT. nếu người đứng đầu ký.");
        }
    }
}
