//! KT. above TM.

use super::prelude::*;
use crate::check::bodies::signers;
use crate::document::Line;

rule!(
    "ky-thu-tu",
    "TM., KT. xếp sai thứ tự",
    Some("Phụ lục I, phần I, mục II, khoản 7, điểm b"),
    Error,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for signer in subject.documents.iter().flat_map(|d| signers(d)) {
        let rank = |line: &Line| {
            let up = line.plain().to_uppercase();
            ["TM.", "TL.", "TUQ.", "KT."].iter().position(|p| up.starts_with(p))
        };
        let lines = &signer[Part::QuyenHan];
        for pair in lines.windows(2) {
            if let (Some(above), Some(below)) = (rank(&pair[0]), rank(&pair[1]))
                && below < above
            {
                found.at(
                    pair[1].span,
                    format!("“{}” phải đứng trên “{}”.", pair[1].plain(), pair[0].plain()),
                    "Đổi chỗ hai dòng.",
                );
            }
        }
    }
}
