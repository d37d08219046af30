//! Mẫu 1.4: a type with its name, its subject under it, a rule.

use super::Arrangement;
use crate::compose::Composer;
use crate::sheet::Item;

pub(super) const FORM: Arrangement = Arrangement {
    below_number: |_, _| Vec::new(),
    title,
    opening: |c| c.opening(),
    closing: |_| Vec::new(),
    below_recipients: |_, _| Vec::new(),
};

fn title(c: &mut Composer<'_>) -> Vec<Item> {
    let mut out = c.type_and_subject("");
    out.extend(c.kinh_gui());
    out
}
