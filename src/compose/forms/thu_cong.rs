//! Thư công: a letter with a letterhead; a heading only where the author has one, a number only where one is typed
//! (practice; the decree has no sample).

use super::{Arrangement, ten_loai};
use crate::compose::Composer;
use crate::decree30::style::{Component, TITLE_GAP};
use crate::draft::Part;
use crate::sheet::{Item, Par};

pub(super) const FORM: Arrangement = Arrangement { title, ..ten_loai::FORM };

fn title(c: &mut Composer<'_>) -> Vec<Item> {
    let mut out = vec![Item::Space(TITLE_GAP)];
    if let Some(heading) = c.document.line(Part::TrichYeu) {
        let style = Component::TenLoai;
        let broken = c.balance(c.runs(heading, style), c.styles.get(style).size, c.width);
        let (widest, span) = (broken.widest_word, heading.span);
        c.check_words(widest, c.width, span);
        let mut par = Par::new(style, broken.runs, span);
        par.keep_next = true;
        par.after = Some(TITLE_GAP);
        out.push(Item::Par(par));
    }
    out.extend(c.kinh_gui());
    out
}
