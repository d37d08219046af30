//! [`Document`] → [`Sheet`]: where everything stands and how big, from the tables of [`crate::decree30`].
//!
//! `head` sets the letterhead, `title` the type and subject, `body` the outline, `foot` recipients and
//! signature, `appendix` the appendices; `lines` balances centred text over lines,
//! `phrasing` says where it reads well to break.

pub mod apart;
mod appendix;
mod body;
mod breaks;
mod copy;
mod coverage;
mod foot;
mod forms;
mod head;
mod hyphens;
mod issued;
mod lines;
mod phrasing;
mod runs;
mod table;
mod title;
mod widths;

use crate::decree30::DECREE_DATE;
use crate::decree30::page::{DEFAULT_MARGINS, Margins, PAPER};
use crate::decree30::phrases;
use crate::decree30::style::Profile;
use crate::decree30::units::Pt;
use crate::diagnostic::{Diagnostics, Warned};
use crate::document::Document;
use crate::draft::Part;
use crate::face::Faces;
use crate::sheet::{Choices, Item, Meta, Run, Section, Sheet, StyleSheet};
use crate::source::Source;

/// Composes a document. Problems that only the page shows (a letterhead that does not fit, a character that no face
/// has) are errors at their place.
pub fn compose(document: &Document, source: &Source, faces: &Faces) -> Warned<Sheet> {
    let usual = Choices::default();
    let body = if document.trinh_bay.co_chu == Some(13.0) { Profile::Small } else { Profile::Large };
    let choices = |header| Choices {
        header,
        body,
        indent: document.trinh_bay.lui_dong.map_or(usual.indent, |indent| indent.to_pt().on_twip()),
        after: document.trinh_bay.gian_doan.map_or(usual.after, Pt::on_twip),
        spacing: document.trinh_bay.gian_dong.unwrap_or(usual.spacing),
        sub_italic: document.trinh_bay.khoan_con_nghieng.unwrap_or(usual.sub_italic),
        table: document.trinh_bay.co_chu_bang.map_or(usual.table, Pt),
    };
    let margins = document.trinh_bay.le.unwrap_or(DEFAULT_MARGINS);
    let mut composer = Composer {
        document,
        source,
        faces,
        styles: StyleSheet::new(choices(body)),
        margins,
        width: text_width(margins, false),
        with: None,
        diagnostics: Diagnostics::new(),
    };
    let form = forms::of(document.loai.form);
    let head = composer.head(body, choices, form.below_number);
    let mut items = head.items;
    let letterhead = items.len();
    items.extend((form.title)(&mut composer));
    let start = items.len();
    items.extend((form.opening)(&mut composer));
    items.extend(composer.content());
    items.extend((form.closing)(&mut composer));
    composer.end_mark(&mut items[start..]);
    composer.keep_with_signature(&mut items[start..]);
    let content = start..items.len();
    let foot = composer.foot(form.below_recipients);
    composer.keep_end_with(&foot, &mut items[start..]);
    items.extend(foot);
    let mut sections = vec![Section {
        landscape: false,
        width: composer.width,
        margins,
        top: head.top,
        foot: composer.address(),
        items,
        content,
        letterhead,
    }];
    sections.extend(composer.appendices());
    let issued = composer.issued(head.widths);
    sections.extend(issued);
    composer.copied(&mut sections);
    let mut sheet = Sheet { meta: composer.meta(), styles: composer.styles.clone(), sections };
    composer.keep_symbols(&mut sheet);
    composer.check_everywhere(&sheet);
    composer.check_coverage(&sheet);
    Warned { output: sheet, diagnostics: composer.diagnostics }
}

/// Width of the text area, cut to a whole twip so that columns can add up to it exactly.
fn text_width(margins: Margins, landscape: bool) -> Pt {
    let paper = if landscape { PAPER.1 } else { PAPER.0 };
    let width = (paper - margins.left - margins.right).to_pt();
    Pt((width.0 * 20.0).floor() / 20.0)
}

/// What the parts of the composition share.
struct Composer<'d> {
    document: &'d Document,
    source: &'d Source,
    faces: &'d Faces,
    styles: StyleSheet,
    margins: Margins,
    /// Width of the text area of the section being composed.
    width: Pt,
    /// `(Kèm theo Quyết định số …)`, where the text is issued with another.
    with: Option<Vec<Run>>,
    diagnostics: Diagnostics,
}

impl<'d> Composer<'d> {
    /// One for a document that stands with this one, in the same styles.
    fn inner(&self, document: &'d Document, width: Pt, with: Option<Vec<Run>>) -> Composer<'d> {
        Composer {
            document,
            source: self.source,
            faces: self.faces,
            styles: self.styles.clone(),
            margins: self.margins,
            width,
            with,
            diagnostics: Diagnostics::new(),
        }
    }

    /// Height of the text area of the section being composed, in points.
    fn page_height(&self) -> f64 {
        let landscape = self.width.0 > PAPER.0.to_pt().0;
        let paper = if landscape { PAPER.0 } else { PAPER.1 };
        (paper - self.margins.top - self.margins.bottom).to_pt().0
    }

    fn meta(&self) -> Meta {
        let d = self.document;
        let author = match d.plain(Part::CoQuan) {
            // A contract of parties without a letterhead.
            none if none.is_empty() => d.parties().collect::<Vec<_>>().join(", "),
            bodies => bodies,
        };
        let number = d.plain(Part::So);
        let mut keywords = vec![d.loai.name.to_owned(), d.plain(Part::KyHieu), author.clone(), d.plain(Part::DiaDanh)];
        keywords.extend(d.ngay.year.map(|y| y.to_string()));
        keywords.retain(|k| !k.is_empty());
        keywords.dedup();
        Meta {
            title: format!("{} {}", d.loai.name, d.plain(Part::TrichYeu)).trim_end().to_owned(),
            author,
            subject: match number.as_str() {
                "" => format!("{} {}", d.loai.name, d.plain(Part::KyHieu)),
                number => format!("{} số {number}/{}", d.loai.name, d.plain(Part::KyHieu)),
            },
            keywords,
            date: match d.ngay.year {
                Some(year) => (year, d.ngay.month.map_or(1, |m| m as u8), d.ngay.day.map_or(1, |n| n as u8)),
                // A plan without any year takes the day of the decree itself.
                None => DECREE_DATE,
            },
            facts: self.facts(),
        }
    }

    /// Number, symbol, date, body, subject, signer, as Phụ lục VI, phần II.I names them; none where the plan is silent.
    fn facts(&self) -> Vec<(&'static str, String)> {
        let d = self.document;
        let mut powers = d.plain(Part::QuyenHan);
        if !powers.is_empty() {
            powers.push(' ');
        }
        let mut out = vec![
            ("Tên loại văn bản", d.loai.name.to_owned()),
            ("Số của văn bản", d.plain(Part::So)),
            ("Ký hiệu của văn bản", d.plain(Part::KyHieu)),
            ("Ngày, tháng, năm văn bản", phrases::iso_date(d.ngay.year, d.ngay.month, d.ngay.day)),
            ("Tên cơ quan, tổ chức ban hành văn bản", d.plain(Part::CoQuan)),
            ("Trích yếu nội dung", d.plain(Part::TrichYeu)),
            ("Chức vụ người ký", format!("{powers}{}", d.plain(Part::ChucVu))),
            ("Người ký", d.plain(Part::HoTen)),
        ];
        out.retain(|(_, value)| !value.trim().is_empty());
        out
    }
}

/// The letterhead, and what stands above it in the top margin.
struct Head {
    items: Vec<Item>,
    top: Vec<Item>,
    /// Widths of the two columns.
    widths: [Pt; 2],
}
