//! Appendices (mục III, khoản 1): each on a new page, its pages counted from 1.

use super::head::short_rule;
use super::{Composer, text_width};
use crate::decree30::outline::roman;
use crate::decree30::phrases::PHU_LUC;
use crate::decree30::style::Component;
use crate::decree30::units::{Mm, Pt};
use crate::document::{Appendix, Line};
use crate::draft::Part;
use crate::sheet::{Entry, Item, Par, Run, Section};
use crate::source::Span;

impl Composer<'_> {
    /// One section for each appendix.
    pub(super) fn appendices(&mut self) -> Vec<Section> {
        let all = &self.document.phu_luc;
        let many = all.len() > 1;
        let portrait = self.width;
        let sections = all.iter().enumerate().map(|(i, appendix)| {
            let number = many.then(|| roman(i + 1));
            self.width = text_width(self.margins, appendix.ngang);
            let items = self.appendix(appendix, number);
            self.further_section(items, appendix.ngang)
        });
        let sections = sections.collect();
        self.width = portrait;
        sections
    }

    /// A section behind the first: all of it is content, and nothing stands in its margins.
    pub(super) fn further_section(&self, items: Vec<Item>, landscape: bool) -> Section {
        let (top, foot, content) = (Vec::new(), Vec::new(), 0..items.len());
        Section { landscape, width: self.width, margins: self.margins, top, foot, content, letterhead: 0, items }
    }

    fn appendix(&mut self, appendix: &Appendix, number: Option<String>) -> Vec<Item> {
        let name = number.map_or_else(|| PHU_LUC.to_owned(), |n| format!("{PHU_LUC} {n}"));
        let style = Component::SoPhuLuc;
        let mut head = Par::new(style, vec![self.added(&name, style)], Span::default());
        head.heading = Some(1);
        head.keep_next = true;
        let mut out = vec![Item::Par(head)];
        if let Some(title) = &appendix.tieu_de {
            let par = self.centred(title, self.runs(title, Component::TenPhuLuc), Component::TenPhuLuc).0;
            out.push(Item::Par(par));
        }
        let (runs, span) = match &appendix.kem_theo {
            Some(line) => (self.runs(line, Component::KemTheo), line.span),
            None => (self.attached(), Span::default()),
        };
        let line = Line { span, ..Line::default() };
        let (par, widths) = self.centred(&line, runs, Component::KemTheo);
        out.push(Item::Par(par));
        out.push(short_rule(&widths, Pt(12.0)));
        let mut content = self.blocks(&appendix.noi_dung);
        // The headings of an appendix stand under its name.
        for item in &mut content {
            if let Item::Par(par) = item {
                par.heading = par.heading.map(|h| h.saturating_add(1));
            }
        }
        self.end_mark_of_sentence(&mut content);
        out.extend(content);
        out
    }

    pub(super) fn centred(&mut self, line: &Line, runs: Vec<Run>, style: Component) -> (Par, Vec<Pt>) {
        let limit = self.width - Mm(20.0).to_pt();
        let broken = self.balance(runs, self.styles.get(style).size, limit);
        self.check_words(broken.widest_word, limit, line.span);
        let mut par = Par::new(style, broken.runs, line.span);
        par.keep_next = true;
        (par, broken.widths)
    }

    /// `(Kèm theo Kế hoạch số …/KH-… ngày … của …)`; number and date as in the letterhead.
    pub(super) fn attached(&self) -> Vec<Run> {
        if let Some(with) = &self.with {
            return with.clone();
        }
        let style = Component::KemTheo;
        let name = self.document.loai.name;
        let mut runs = match self.has_number() {
            true => self.number_and_symbol(&format!("(Kèm theo {name} số "), style),
            false => vec![self.added(&format!("(Kèm theo {name}"), style)],
        };
        if self.has_date() {
            runs.push(self.added(" ", style));
            // The date stays on one line.
            runs.extend(self.date(style).into_iter().map(|run| match run {
                Run::Text(mut chars) => {
                    chars.text = chars.text.replace(' ', "\u{A0}");
                    Run::Text(chars)
                }
                other => other,
            }));
        }
        let end = match self.document.plain(Part::CoQuan).as_str() {
            "" => ")".to_owned(),
            bodies => format!(" của {bodies})"),
        };
        runs.push(self.added(&end, style));
        // All of it repeats what the letterhead says: none of it is the author's text here.
        for run in &mut runs {
            if let Run::Text(chars) | Run::Entry(Entry { chars, .. }) = run {
                chars.added = true;
                chars.italic = true;
            }
        }
        runs
    }
}
