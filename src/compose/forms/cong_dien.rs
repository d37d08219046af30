//! Mẫu 1.6: who telegraphs, to whom.

use super::quyet_dinh::authority_of_decision;
use super::{Arrangement, ten_loai};
use crate::compose::Composer;
use crate::decree30::phrases::DIEN;
use crate::decree30::style::{Component, TITLE_GAP};
use crate::decree30::units::Mm;
use crate::draft::Part;
use crate::sheet::{Item, Par};

pub(super) const FORM: Arrangement = Arrangement { title, ..ten_loai::FORM };

/// Where the receivers begin, as drawn in the form.
const RECEIVERS_INDENT: Mm = Mm(45.0);

fn title(c: &mut Composer<'_>) -> Vec<Item> {
    let mut out = c.type_and_subject("");
    let style = Component::KinhGui;
    let sender = c.document.lines(Part::ThamQuyen);
    let par = if sender.is_empty() {
        // Note 6: the name of the body, or the post of its head.
        let sender = authority_of_decision(c).unwrap_or_else(|| c.body());
        c.announced(&format!("{sender} {DIEN}"))
    } else {
        let mut runs = c.joined(Part::ThamQuyen, style);
        runs.push(c.added(&format!(" {DIEN}"), style));
        Par { runs, span: c.document.span(Part::ThamQuyen), ..c.announced("") }
    };
    out.push(Item::Par(par));
    out.extend(c.listed(Part::NoiNhanDien, RECEIVERS_INDENT.to_pt(), TITLE_GAP));
    out
}
