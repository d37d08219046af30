//! Tên loại and trích yếu (ô 5a), Kính gửi (ô 9a), căn cứ and the opening.

use super::Composer;
use super::body::LONGEST_LEAD_IN;
use super::head::short_rule;
use super::runs::{end_with, has_dash, text_of};
use crate::decree30::phrases::KINH_GUI;
use crate::decree30::style::{Component, TITLE_GAP};
use crate::decree30::units::{Mm, Pt};
use crate::draft::Part;
use crate::sheet::{Item, Par, Run};
use crate::source::Span;

impl Composer<'_> {
    /// Khoản 5, điểm b: the type in capitals, the subject under it behind `lead`, a short rule.
    pub(super) fn type_and_subject(&mut self, lead: &str) -> Vec<Item> {
        let style = Component::TenLoai;
        let mut kind = match self.document.line(Part::TenLoai).cloned() {
            Some(name) => self.centred(&name, self.runs(&name, style), style).0,
            None => Par::new(style, vec![self.added(&self.document.loai.name.to_uppercase(), style)], Span::default()),
        };
        kind.keep_next = true;
        let Some(subject) = self.document.line(Part::TrichYeu).cloned() else {
            let widths = [self.width_of(&kind.runs, self.styles.get(style).size)];
            return vec![Item::Par(kind), short_rule(&widths, TITLE_GAP)];
        };
        let subject = &subject;
        let style = Component::TrichYeu;
        let mut runs = self.runs(subject, style);
        if !lead.is_empty() {
            runs.insert(0, self.added(lead, style));
        } else if let Some(Run::Text(first)) = runs.first_mut() {
            // Phụ lục II, mục I: a new line begins with a capital.
            first.text = capital(&first.text);
        }
        let limit = self.width - Mm(10.0).to_pt();
        let broken = self.balance(runs, self.styles.get(style).size, limit);
        self.check_words(broken.widest_word, limit, subject.span);
        let mut par = Par::new(style, broken.runs, subject.span);
        par.keep_next = true;
        vec![Item::Par(kind), Item::Par(par), short_rule(&broken.widths, TITLE_GAP)]
    }

    /// Căn cứ, mở đầu.
    pub(super) fn opening(&mut self) -> Vec<Item> {
        let mut out = Vec::new();
        let last = self.document.lines(Part::CanCu).len().saturating_sub(1);
        for (i, line) in self.document.lines(Part::CanCu).iter().enumerate() {
            let mut runs = self.runs(line, Component::CanCu);
            end_with(&mut runs, if i == last { "." } else { ";" });
            out.push(Item::Par(self.flow(Component::CanCu, runs, line.span)));
        }
        for line in self.document.lines(Part::MoDau) {
            let runs = self.runs(line, Component::LoiVan);
            let mut par = self.flow(Component::LoiVan, runs, line.span);
            par.keep_next = text_of(&par.runs).ends_with(':') && self.line_count(&par) <= LONGEST_LEAD_IN;
            out.push(Item::Par(par));
        }
        out
    }

    /// Khoản 9, điểm d: one addressee on the line of the label, several below it, their hyphens below the colon.
    pub(super) fn kinh_gui(&self) -> Vec<Item> {
        let style = Component::KinhGui;
        let lines = self.document.lines(Part::KinhGui);
        let label = |tail: &str| self.added(&format!("{KINH_GUI}{tail}"), style);
        match lines {
            [] => Vec::new(),
            [only] => {
                let labelled = only.plain().to_lowercase().starts_with("kính gửi");
                let mut runs = if labelled { Vec::new() } else { vec![label(" ")] };
                runs.extend(self.runs(only, style));
                let broken = self.balance(runs, self.styles.get(style).size, self.width - Mm(20.0).to_pt());
                let mut par = Par::new(style, broken.runs, only.span);
                par.align = Some(crate::decree30::style::Align::Center);
                par.after = Some(TITLE_GAP);
                vec![Item::Par(par)]
            }
            _ => {
                let mut head = Par::new(style, vec![label("")], Span::default());
                head.indent = Some(KINH_GUI_INDENT.to_pt().on_twip());
                head.keep_next = true;
                let before_colon = self.width_of(&[label("")], self.styles.get(style).size)
                    - self.width_of(&[self.added(":", style)], self.styles.get(style).size);
                let mut out = vec![Item::Par(head)];
                out.extend(self.listed(Part::KinhGui, KINH_GUI_INDENT.to_pt() + before_colon, TITLE_GAP));
                out
            }
        }
    }

    /// The lines of a part with hyphens below each other, `;` behind each and a full stop behind the last.
    pub(super) fn listed(&self, part: Part, indent: Pt, below: Pt) -> Vec<Item> {
        let style = Component::KinhGui;
        let lines = self.document.lines(part);
        let item = |(i, line): (usize, &crate::document::Line)| {
            let last = i + 1 == lines.len();
            let mut runs = Vec::new();
            if !has_dash(line) {
                runs.push(self.added("- ", style));
            }
            runs.extend(self.runs(line, style));
            end_with(&mut runs, if last { "." } else { ";" });
            let mut par = Par::new(style, runs, line.span);
            par.indent = Some(indent.on_twip());
            if last {
                par.after = Some(below);
            }
            Item::Par(par)
        };
        lines.iter().enumerate().map(item).collect()
    }
}

/// Where “Kính gửi:” begins (mẫu 1.5).
const KINH_GUI_INDENT: Mm = Mm(35.0);

fn capital(text: &str) -> String {
    // Quotes and brackets may stand before the first letter.
    let at = text.find(char::is_alphanumeric).unwrap_or(0);
    let mut chars = text[at..].chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{}{first}{}", &text[..at], chars.as_str())
}
