//! The page setup of a document's sections, made from that of the template.

use super::fill::Filler;
use crate::decree30::page::DEFAULT_MARGINS;
use crate::decree30::units::{Mm, Pt};
use crate::ooxml::order::rank;
use crate::ooxml::xml::{Element, Node};
use crate::sheet::Section;
use crate::write::docx::blank::{page_margin, page_size};
use crate::write::docx::builder::RELATION;
use crate::write::docx::styles::{self, element};
use docx_rs::{BuildXML, PageNumType};

impl Filler<'_, '_> {
    /// Writes the appendices behind what is there; a section ends with the paragraph that holds its setup.
    pub(super) fn all_appendices(&mut self, out: &mut String) {
        let Some((main, appendices)) = self.sheet.sections.split_first() else { return };
        if appendices.is_empty() {
            return;
        }
        self.appendices = true;
        self.end_section(&self.main_section(main), out);
        for (index, section) in appendices.iter().enumerate() {
            self.builder.scale = self.scale(section);
            out.push_str(&self.builder.items(&section.items, section.width, Pt(0.0)));
            if index + 1 < appendices.len() {
                self.end_section(&self.appendix_section(section), out);
            }
        }
    }

    /// Puts a section's setup into the thin line behind a table, where there is one, else into one of its own.
    fn end_section(&self, section: &Element, out: &mut String) {
        let spacer = self.template.ids.helper(styles::SPACER);
        let thin = format!("<w:p><w:pPr><w:pStyle w:val=\"{spacer}\"/></w:pPr></w:p>");
        if out.ends_with(&thin) {
            out.truncate(out.len() - thin.len());
        }
        out.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{spacer}\"/>{}</w:pPr></w:p>", section.to_xml()));
    }

    pub(super) fn last_section(&mut self) -> String {
        let section = match (self.sheet.sections.first(), self.sheet.sections.last()) {
            (Some(_), Some(last)) if self.appendices => self.appendix_section(last),
            (Some(main), _) => self.main_section(main),
            _ => self.template.section.clone(),
        };
        section.to_xml()
    }

    /// Whether the template's page setup is the one we hand out, so that the plan's margins apply.
    pub(super) fn follows_plan(&self) -> bool {
        if !self.template.own {
            return true;
        }
        let default = element(&page_margin(DEFAULT_MARGINS).build());
        let here = self.template.section.child("w:pgMar");
        let equal = |name: &str| {
            let number = |e: Option<&Element>| e.and_then(|e| e.get(name)).and_then(|v| v.parse::<i64>().ok());
            matches!((number(here), number(Some(&default))), (Some(a), Some(b)) if (a - b).abs() <= 1)
        };
        here.is_none() || ["w:top", "w:bottom", "w:left", "w:right"].iter().all(|n| equal(n))
    }

    pub(super) fn main_section(&self, section: &Section) -> Element {
        let mut out = self.template.section.clone();
        if out.child("w:pgSz").is_none() {
            out.put(element(&page_size(false).build()));
        }
        if self.follows_plan() {
            let foot = !section.foot.is_empty();
            self.set_margins(&mut out, section, foot);
        }
        out
    }

    pub(super) fn set_margins(&self, out: &mut Element, section: &Section, foot: bool) {
        let mut margins = page_margin(section.margins);
        if !foot {
            margins.footer = styles::twips(Mm(10.0).to_pt());
        }
        let mut fresh = element(&margins.build());
        // A template of the agency's own keeps the places of its header and footer.
        if self.template.own
            && let Some(old) = self.template.section.child("w:pgMar")
        {
            for name in ["w:header", "w:footer"] {
                if let Some(value) = old.get(name).filter(|_| !(foot && name == "w:footer")) {
                    fresh.set(name, value);
                }
            }
        }
        out.put(fresh);
    }

    /// Whether the first pages of appendices need a header and a footer that show nothing, because those of the document
    /// show a mark or an address.
    pub(super) fn needs_empty_margins(&self) -> bool {
        let printed = |zone: &str| self.template.prints(zone);
        let marked = self.sheet.sections.first().is_some_and(|m| {
            (!m.top.is_empty() && printed("dau_trang")) || (!m.foot.is_empty() && printed("chan_trang"))
        });
        marked && self.sheet.sections.len() > 1
    }

    /// The section of an appendix: on a new page, its pages counted from 1, none on the first.
    pub(super) fn appendix_section(&self, section: &Section) -> Element {
        let mut out = self.template.section.clone();
        out.remove("w:type");
        if !self.needs_empty_margins() {
            // Headers and footers are inherited from the section before.
            out.remove("w:headerReference");
            out.remove("w:footerReference");
        } else {
            // The marks on the first page of the document do not stand on those of its appendices.
            out.children.retain(
                |n| !matches!(n, Node::Element(e) if e.name.ends_with("Reference") && e.get("w:type") == Some("first")),
            );
            for (name, id) in [("w:footerReference", "Chan"), ("w:headerReference", "Dau")] {
                let empty = Element::new(name).with("w:type", "first").with("r:id", format!("{RELATION}{id}"));
                out.children.insert(0, Node::Element(empty));
            }
            out.children.sort_by_key(|n| match n {
                Node::Element(e) => rank(&["w:headerReference", "w:footerReference"], &e.name),
                _ => 2,
            });
        }
        let mut size = out.child("w:pgSz").cloned().unwrap_or_else(|| element(&page_size(false).build()));
        let number = |name: &str| size.get(name).and_then(|v| v.parse::<i64>().ok()).unwrap_or(0);
        let (w, h) = (number("w:w"), number("w:h"));
        let (short, long) = (w.min(h), w.max(h));
        if section.landscape {
            size.set("w:w", long.to_string());
            size.set("w:h", short.to_string());
            size.set("w:orient", "landscape");
        } else {
            size.set("w:w", short.to_string());
            size.set("w:h", long.to_string());
            size.attributes.retain(|(n, _)| n != "w:orient");
        }
        out.put(size);
        if self.follows_plan() {
            self.set_margins(&mut out, section, false);
        }
        out.put(element(&PageNumType::new().start(1).build()));
        out.put(Element::new("w:titlePg"));
        out
    }

    /// The template's text width over the sheet's.
    pub(super) fn scale(&self, section: &Section) -> f64 {
        if self.follows_plan() {
            return 1.0;
        }
        let number = |child: &str, name: &str| {
            self.template.section.child(child).and_then(|e| e.get(name)).and_then(|v| v.parse::<f64>().ok())
        };
        let (Some(w), Some(h)) = (number("w:pgSz", "w:w"), number("w:pgSz", "w:h")) else { return 1.0 };
        let wide = if section.landscape { w.max(h) } else { w.min(h) };
        let margins = number("w:pgMar", "w:left").unwrap_or(0.0) + number("w:pgMar", "w:right").unwrap_or(0.0);
        let ratio = (wide - margins) / 20.0 / section.width.0;
        if ratio.is_finite() && ratio > 0.1 { ratio } else { 1.0 }
    }
}
