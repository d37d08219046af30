//! Mẫu 1.5: no type; the subject stands under the number.

use super::{Arrangement, begins_with, ten_loai};
use crate::compose::Composer;
use crate::decree30::phrases::{VE_VIEC, VE_VIEC_DAI, VE_VIEC_GAP};
use crate::decree30::style::{Component, TITLE_GAP};
use crate::decree30::units::Pt;
use crate::draft::Part;
use crate::sheet::{Item, Par};

pub(super) const FORM: Arrangement = Arrangement { below_number: subject, title: addressees, ..ten_loai::FORM };

/// A công văn has no rule between the letterhead and the addressees.
fn addressees(c: &mut Composer<'_>) -> Vec<Item> {
    let mut out = vec![Item::Space(TITLE_GAP)];
    out.extend(c.kinh_gui());
    out
}

/// Khoản 5, điểm b: upright, centred, 6 pt below the number.
fn subject(c: &mut Composer<'_>, width: Pt) -> Vec<Item> {
    let style = Component::VeViec;
    let Some(line) = c.document.line(Part::TrichYeu) else { return Vec::new() };
    let mut runs = Vec::new();
    if !begins_with(&line.plain(), &["v/v", VE_VIEC_DAI]) {
        runs.push(c.added(VE_VIEC, style));
    }
    runs.extend(c.runs(line, style));
    let broken = c.balance(runs, c.styles.get(style).size, width);
    let (widest, span) = (broken.widest_word, line.span);
    c.check_words(widest, width, span);
    vec![Item::Space(VE_VIEC_GAP), Item::Par(Par::new(style, broken.runs, span))]
}
