//! Texts that are issued with a decision (mẫu 1.3): each on new pages, its pages counted from 1, with a letterhead that has
//! no number and no date, and `(Kèm theo Quyết định số …)` under its subject.

use super::Composer;
use super::head::short_rule;
use crate::decree30::style::{Component, TITLE_GAP};
use crate::decree30::units::Pt;
use crate::document::Line;
use crate::draft::Part;
use crate::sheet::{Columns, Item, Run, Section};
use crate::source::Span;

impl Composer<'_> {
    /// The sections of all such texts, their appendices behind each. `widths` are those of the letterhead.
    pub(super) fn issued(&mut self, widths: [Pt; 2]) -> Vec<Section> {
        let mut out = Vec::new();
        for document in &self.document.kem_theo {
            let letterhead = self.letterhead_again(widths);
            let mut inner = self.inner(document, self.width, Some(self.attached()));
            out.push(inner.issued_text(letterhead));
            out.extend(inner.appendices());
            self.diagnostics.extend(inner.diagnostics);
        }
        out
    }

    fn issued_text(&mut self, letterhead: Item) -> Section {
        let mut items = vec![letterhead];
        let mut title = self.type_and_subject("");
        // The rule stands under the last of the title's lines.
        title.pop();
        items.extend(title);
        let (line, runs) = match self.document.line(Part::KemTheo).cloned() {
            Some(line) => (line.clone(), self.runs(&line, Component::KemTheo)),
            None => (Line { span: Span::default(), ..Line::default() }, self.attached()),
        };
        let (par, widths) = self.centred(&line, runs, Component::KemTheo);
        items.push(Item::Par(par));
        items.push(short_rule(&widths, TITLE_GAP));
        let start = items.len();
        items.extend(self.opening());
        items.extend(self.content());
        self.end_mark_of_sentence(&mut items[start..]);
        self.further_section(items, false)
    }

    /// Bodies and Quốc hiệu once more: none of it is the author's text here.
    fn letterhead_again(&self, [left, right]: [Pt; 2]) -> Item {
        let mut bodies = self.bodies(left);
        for item in &mut bodies {
            let Item::Par(par) = item else { continue };
            for run in &mut par.runs {
                if let Run::Text(chars) | Run::Link(chars, _) = run {
                    chars.added = true;
                }
            }
        }
        let rows = vec![vec![bodies, self.nation()]];
        Item::Columns(Columns { widths: vec![left, right], rows, breakable: false, above: Pt(0.0), below: Pt(0.0) })
    }
}
