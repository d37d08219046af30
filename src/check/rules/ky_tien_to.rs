//! `T/M`, `KT` without a full stop, `K/T`.

use super::prelude::*;
use crate::check::bodies::{is_of_party, is_party_document, signers};
use crate::decree30::phrases::POWERS;

rule!(
    "ky-tien-to",
    "Chữ viết tắt quyền hạn ký viết sai",
    Some("Phụ lục I, phần I, mục II, khoản 7, điểm b"),
    Error,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    if is_party_document(subject.main()) {
        return;
    }
    for signer in subject.documents.iter().flat_map(|d| signers(d)) {
        for line in signer[Part::QuyenHan].iter().chain(&signer[Part::ChucVu]) {
            let text = line.plain();
            let first = text.split_whitespace().next().unwrap_or_default().to_uppercase();
            let joined = POWERS.iter().find(|p| first.starts_with(**p) && first.len() > p.len());
            let right = match first.as_str() {
                "T/M" | "T/M." | "TM" | "T.M" | "T.M." => "TM.",
                "K/T" | "K/T." | "KT" | "K.T" | "K.T." => "KT.",
                "T/L" | "T/L." | "TL" | "T.L" | "T.L." => "TL.",
                "TUQ" | "T/U/Q" | "T/UQ" | "T.U.Q" => "TUQ.",
                _ => match joined {
                    Some(prefix) => prefix,
                    None => continue,
                },
            };
            if right == "TM." && is_of_party(&text) {
                continue;
            }
            let message = format!("Quyền hạn ký “{text}” viết sai chữ viết tắt.");
            found.at(line.span, message, format!("Viết “{right}”, sau đó là một dấu cách."));
        }
    }
}
