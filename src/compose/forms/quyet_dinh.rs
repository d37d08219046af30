//! Mẫu 1.1, 1.2 and 1.3: who decides, on what basis, the word of command, the articles.

use super::{Arrangement, begins_with, ten_loai};
use crate::compose::Composer;
use crate::decree30::phrases::{QUYET_DINH as DECIDES, QUYET_NGHI as RESOLVES, VE_VIEC_DAI};
use crate::decree30::style::Component;
use crate::decree30::units::{Mm, Pt};
use crate::diagnostic::{Diagnostic, code};
use crate::document::Line;
use crate::draft::Part;
use crate::sheet::{Item, Par, Run};
use crate::source::Span;

pub(super) const QUYET_DINH: Arrangement = Arrangement {
    title: |c| {
        // Mẫu 1.3 and all that begins like a sentence of its own is kept as typed.
        let subject = c.document.plain(Part::TrichYeu);
        let small = subject.chars().find(|ch| ch.is_alphabetic()).is_some_and(char::is_lowercase);
        let lead = if small && !begins_with(&subject, &["về ", "v/v"]) { VE_VIEC_DAI } else { "" };
        let mut out = c.type_and_subject(lead);
        out.extend(authority(c, authority_of_decision));
        out
    },
    opening: |c| opening(c, DECIDES),
    ..ten_loai::FORM
};

pub(super) const NGHI_QUYET: Arrangement = Arrangement {
    title: |c| {
        let mut out = c.type_and_subject("");
        out.extend(authority(c, |c| Some(c.body())));
        out
    },
    opening: |c| opening(c, RESOLVES),
    ..ten_loai::FORM
};

/// Căn cứ and opening, then the word of command.
fn opening(c: &mut Composer<'_>, command: &str) -> Vec<Item> {
    check_proposal(c);
    let mut out = c.opening();
    let style = Component::Lenh;
    let mut par = Par::new(style, vec![c.added(command, style)], Span::default());
    par.keep_next = true;
    out.push(Item::Par(par));
    out
}

/// Mẫu 1.2 and 1.3: “Theo đề nghị của …” is the last of the legal basis.
fn check_proposal(c: &mut Composer<'_>) {
    let basis = c.document.lines(Part::CanCu);
    let proposes = |line: &&Line| begins_with(&line.plain(), &["theo đề nghị", "xét đề nghị"]);
    let before = basis.len().saturating_sub(1);
    let told: Vec<Span> = basis[..before].iter().filter(proposes).map(|l| l.span).collect();
    // Several proposals may stand together at the end; how the members of a collective voted stands behind them.
    let last = |line: &&Line| proposes(line) || begins_with(&line.plain(), &["trên cơ sở"]);
    let last_is_proposal = basis.last().is_some_and(|l| last(&l));
    for span in told.into_iter().filter(|_| !last_is_proposal) {
        c.diagnostics.push(
            Diagnostic::warning(&code::CAN_CU_CUOI, span, "Dòng về đề nghị đứng trước một căn cứ khác.")
                .hint("Chuyển dòng này xuống cuối danh sách can_cu."),
        );
    }
}

/// The line of authority: as typed, or as `usual` has it.
fn authority(c: &mut Composer<'_>, usual: fn(&Composer<'_>) -> Option<String>) -> Vec<Item> {
    let style = Component::ThamQuyen;
    let mut lines: Vec<(Vec<Run>, Span)> =
        c.document.lines(Part::ThamQuyen).iter().map(|l| (c.runs(l, style), l.span)).collect();
    if lines.is_empty() {
        match usual(c) {
            Some(text) => lines.push((vec![c.added(&text.to_uppercase(), style)], c.document.span(Part::CoQuan))),
            // Without a post, that is what is missing.
            None if c.document.line(Part::ChucVu).is_none() => return Vec::new(),
            None => {
                c.diagnostics.push(
                    Diagnostic::error(
                        &code::THIEU_KHOA,
                        c.document.span(Part::ChucVu),
                        "Chưa rõ thẩm quyền ban hành, là dòng in hoa trên các căn cứ (mẫu 1.2).",
                    )
                    .hint("Thêm khóa tham_quyen, ví dụ: tham_quyen: Giám đốc Sở Nội vụ tỉnh Lâm Đồng."),
                );
                return Vec::new();
            }
        }
    }
    let limit = c.width - Mm(10.0).to_pt();
    let last = lines.len() - 1;
    let mut out = Vec::new();
    for (i, (runs, span)) in lines.into_iter().enumerate() {
        let broken = c.balance(runs, c.styles.get(style).size, limit);
        c.check_words(broken.widest_word, limit, span);
        let mut par = Par::new(style, broken.runs, span);
        par.keep_next = true;
        if i < last {
            par.after = Some(Pt(0.0));
        }
        out.push(Item::Par(par));
    }
    out
}

/// Heads of bodies whose post is named before the body's own name.
const HEADS: [&str; 16] = [
    "chủ tịch",
    "giám đốc",
    "tổng giám đốc",
    "trưởng ban",
    "cục trưởng",
    "chi cục trưởng",
    "tổng cục trưởng",
    "viện trưởng",
    "hiệu trưởng",
    "bộ trưởng",
    "chánh văn phòng",
    "chánh thanh tra",
    "trưởng phòng",
    "tổng biên tập",
    "bí thư",
    "vụ trưởng",
];

/// Mẫu 1.2, note 6: the post of the head who decides, or the name of the body that does. None where the signature does
/// not tell.
pub(super) fn authority_of_decision(c: &Composer<'_>) -> Option<String> {
    let body = c.body();
    let powers = c.document.lines(Part::QuyenHan).first().map(Line::plain);
    let post = match powers.as_deref().map(|p| p.split_once(' ').unwrap_or((p, ""))) {
        Some(("TM.", _)) => return Some(body),
        Some(("KT." | "TL." | "TUQ.", post)) => post.trim().to_owned(),
        Some(_) => return None,
        None => c.document.plain(Part::ChucVu),
    };
    let post_words = post.to_lowercase();
    let known = HEADS.contains(&post_words.as_str());
    // “Trưởng ban Ban Quản lý”, “Chánh Văn phòng Văn phòng” are said otherwise.
    let words: Vec<String> = body.split_whitespace().take(3).map(str::to_lowercase).collect();
    let doubled = (1..=words.len()).any(|count| post_words.ends_with(&words[..count].join(" ")));
    let several = c.document.lines(Part::CoQuan).len() > 1;
    (known && !doubled && !several).then(|| format!("{post} {body}"))
}
