//! What stands on a copy on paper (mẫu 3.1): under a rule over the whole width, behind the end of the text, the copying
//! body with number, the form of the copy with place and date, recipients and signature; no Quốc hiệu; never split.

use super::Composer;
use crate::decree30::style::{Component, RULE_THICKNESS, TITLE_GAP};
use crate::decree30::units::Pt;
use crate::document::Document;
use crate::draft::Part;
use crate::sheet::{Columns, Item, Par, Rule, Section};

/// Gap between the end of the text and the rule; practice.
const ABOVE: Pt = Pt(18.0);
/// Air below the rule; practice.
const BELOW_RULE: Pt = Pt(8.0);
/// Air below the form of the copy, so that the date stands under it; practice.
const BELOW_FORM: Pt = Pt(6.0);
/// A block taller than this part of a page may break.
const MOST_OF_A_PAGE: f64 = 0.9;
/// Air beside the line of place and date.
const DATE_AIR: Pt = Pt(12.0);

impl Composer<'_> {
    /// Puts it behind the last section.
    pub(super) fn copied(&mut self, sections: &mut [Section]) {
        let Some(document) = self.document.ban_sao.as_deref() else { return };
        let Some(last) = sections.last_mut() else { return };
        let mut inner = self.inner(document, last.width, None);
        last.items.push(inner.copy_block(document));
        self.diagnostics.extend(inner.diagnostics);
    }

    fn copy_block(&mut self, document: &Document) -> Item {
        let date = self.date_line();
        let half = Pt(self.width.0 / 2.0).on_twip();
        let wanted = date
            .as_ref()
            .map_or(Pt(0.0), |par| self.width_of(&par.runs, self.styles.get(Component::DiaDanhNgay).size) + DATE_AIR);
        // The date stays on one line.
        let right = half.max(wanted).min(self.width * 0.7).on_twip();
        let left = self.width - right;
        let rule = |width: Pt| {
            vec![Item::Rule(Rule {
                length: width,
                thickness: RULE_THICKNESS,
                above: Pt(0.0),
                below: BELOW_RULE,
                keep_next: false,
            })]
        };
        let style = Component::HinhThucSao;
        let words = self.added(&document.loai.name.to_uppercase(), style);
        let mut form = Par::new(style, vec![words], document.span(Part::CoQuan));
        form.after = Some(BELOW_FORM);
        let (mut bodies, mut forms) = (rule(left), rule(right));
        bodies.extend(self.bodies(left));
        forms.push(Item::Par(form));
        let mut rows = vec![
            vec![bodies, forms],
            vec![vec![Item::Par(self.number_line())], date.map(Item::Par).into_iter().collect()],
        ];
        let (mut recipients, mut signature) = (vec![Item::Space(TITLE_GAP)], vec![Item::Space(TITLE_GAP)]);
        recipients.extend(self.recipients(left));
        signature.extend(self.signature(&document.lines, right));
        rows.push(vec![recipients, signature]);
        // Word breaks a table between its rows.
        let last = rows.len() - 1;
        for item in rows[..last].iter_mut().flatten().flatten() {
            match item {
                Item::Par(par) => par.keep_next = true,
                Item::Rule(rule) => rule.keep_next = true,
                _ => {}
            }
        }
        let mut block = Columns { widths: vec![left, right], rows, breakable: false, above: ABOVE, below: Pt(0.0) };
        // Only a list of recipients that no page holds flows on.
        let tall = self.stack_height(&[Item::Columns(block.clone())], self.width);
        block.breakable = tall > self.page_height() * MOST_OF_A_PAGE;
        Item::Columns(block)
    }
}
