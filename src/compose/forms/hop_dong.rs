//! Hợp đồng, bản ghi nhớ, bản thỏa thuận: the number under the subject, the parties before the articles, no recipients
//! unless they are typed (practice; the decree has no sample).

use super::{Arrangement, begins_with, ten_loai};
use crate::compose::Composer;
use crate::decree30::style::{Component, TITLE_GAP};
use crate::document::Line;
use crate::draft::{Part, Parts};
use crate::sheet::{Item, Par, Run};

pub(super) const FORM: Arrangement = Arrangement { title, opening, ..ten_loai::FORM };

/// What stands before each line of a party, in the order of the lines.
const LABELS: [(Part, &str); 6] = [
    (Part::BenDiaChi, "Địa chỉ: "),
    (Part::BenDienThoai, "Điện thoại: "),
    (Part::BenMaSoThue, "Mã số thuế: "),
    (Part::BenTaiKhoan, "Tài khoản: "),
    (Part::BenDaiDien, "Đại diện: "),
    (Part::BenChucVu, "Chức vụ: "),
];

fn title(c: &mut Composer<'_>) -> Vec<Item> {
    let mut out = c.type_and_subject("");
    if c.has_number() {
        let mut number = c.number_line();
        number.after = Some(TITLE_GAP);
        number.keep_next = true;
        out.push(Item::Par(number));
    }
    out
}

fn opening(c: &mut Composer<'_>) -> Vec<Item> {
    let mut out = c.opening();
    let document = c.document;
    for (index, party) in std::iter::once(&document.lines).chain(&document.cac_ben).enumerate() {
        out.extend(self::party(c, party, index));
    }
    out
}

/// `Bên A: Sở Nội vụ` in bold, its particulars below.
fn party(c: &mut Composer<'_>, lines: &Parts<Line>, index: usize) -> Vec<Item> {
    let style = Component::LoiVan;
    let mut out = Vec::new();
    if let Some(name) = lines[Part::BenTen].first() {
        let mut runs: Vec<Run> = match lines[Part::BenGoi].first() {
            Some(called) => c.runs(called, style),
            None => vec![c.added(&format!("Bên {}", letter(index)), style)],
        };
        let colon = if lines[Part::BenGoi].first().is_some_and(|l| l.plain().ends_with(':')) { " " } else { ": " };
        runs.push(c.added(colon, style));
        runs.extend(c.runs(name, style));
        out.push(bold(c.flow(style, runs, name.span)));
    }
    for (part, label) in LABELS {
        let Some(line) = lines[part].first() else { continue };
        let mut runs = c.runs(line, style);
        if !begins_with(&line.plain(), &[label.trim_end()]) {
            runs.insert(0, c.added(label, style));
        }
        out.push(c.flow(style, runs, line.span));
    }
    for line in &lines[Part::BenKhac] {
        let runs = c.runs(line, style);
        out.push(c.flow(style, runs, line.span));
    }
    // The first two lines of a party stay together.
    if let [first, _, ..] = out.as_mut_slice() {
        first.keep_next = true;
    }
    out.into_iter().map(Item::Par).collect()
}

fn bold(mut par: Par) -> Par {
    for run in &mut par.runs {
        if let Run::Text(chars) | Run::Link(chars, _) = run {
            chars.bold = true;
        }
    }
    par
}

fn letter(index: usize) -> char {
    char::from(b'A' + u8::try_from(index).unwrap_or_default())
}
