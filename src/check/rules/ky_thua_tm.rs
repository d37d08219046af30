//! `TM. Sở Nội vụ`.

use super::prelude::*;
use crate::check::bodies::{has_head, signers};

rule!(
    "ky-thua-tm",
    "TM. trước cơ quan theo chế độ thủ trưởng",
    Some("Phụ lục I, phần I, mục II, khoản 7, điểm b"),
    Error,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for signer in subject.documents.iter().flat_map(|d| signers(d)) {
        for line in &signer[Part::QuyenHan] {
            let low = line.plain().to_lowercase();
            let Some(body) = low.strip_prefix("tm.").map(str::trim) else { continue };
            if has_head(body) || matches!(body, "giám đốc" | "chủ tịch" | "bộ trưởng" | "thủ trưởng")
            {
                let message = format!("“{}”: cơ quan này làm việc theo chế độ thủ trưởng.", line.plain());
                found.at(line.span, message, "Bỏ dòng này; người đứng đầu ký trực tiếp, cấp phó ký KT.");
            }
        }
    }
}
