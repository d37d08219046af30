//! The table of named styles of one document: the decree's rows with the plan's choices applied.

use crate::decree30::page::MARK_HEIGHT;
use crate::decree30::style::{Align, Component, Profile, Set, TABLE};
use crate::decree30::units::{Mm, Pt, line_pitch};
use serde::Serialize;

/// One named style.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Style {
    /// Vietnamese name.
    pub name: &'static str,
    /// Size.
    pub size: Pt,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Alignment.
    pub align: Align,
    /// First-line indent.
    pub indent: Pt,
    /// Gap before the paragraph.
    pub before: Pt,
    /// Gap after the paragraph.
    pub after: Pt,
    /// Distance from line to line.
    pub pitch: Pt,
    /// Line spacing as a multiple of single.
    pub spacing: f64,
}

/// All styles, in the order of [`Component`].
#[derive(Clone, Debug, PartialEq)]
pub struct StyleSheet {
    styles: Vec<Style>,
}

/// Air above the title; practice.
const TITLE_GAP: Pt = Pt(14.0);
/// Room for the signature and the seal above the name; the samples leave four to six lines.
pub const SIGNATURE_ROOM: Pt = Pt(72.0);

fn gap_before(component: Component, pitch: Pt) -> Pt {
    match component {
        // In the top margin the number is level with the middle of a circulation mark in its box.
        Component::SoTrang => MARK_HEIGHT.to_pt() * 0.5 - pitch * 0.5,
        Component::TenLoai => TITLE_GAP,
        Component::HoTen => SIGNATURE_ROOM,
        _ => Pt(0.0),
    }
}

/// The choices that make a style sheet out of the decree's table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choices {
    /// Size column of Quốc hiệu, Tiêu ngữ, date and bodies.
    pub header: Profile,
    /// Size column of everything else.
    pub body: Profile,
    /// First-line indent of body paragraphs.
    pub indent: Pt,
    /// Gap after body paragraphs.
    pub after: Pt,
    /// Line spacing of body paragraphs, multiple of single.
    pub spacing: f64,
    /// Titles of 1.1 are italic as well as bold.
    pub sub_italic: bool,
    /// Size of the letters in tables.
    pub table: Pt,
}

impl Default for Choices {
    /// Those of a plan that chooses nothing: the larger sizes, 1.27 cm, 6 pt, single-spaced lines.
    fn default() -> Self {
        Choices {
            header: Profile::Large,
            body: Profile::Large,
            indent: Mm(12.7).to_pt().on_twip(),
            after: Pt(6.0),
            spacing: 1.0,
            sub_italic: true,
            table: Component::OBang.size(Profile::Large),
        }
    }
}

impl Default for StyleSheet {
    fn default() -> Self {
        StyleSheet::new(Choices::default())
    }
}

impl StyleSheet {
    /// Builds the table.
    pub fn new(choices: Choices) -> Self {
        let styles = TABLE.iter().map(|row| {
            let size = match row.component {
                Component::OBang | Component::DauCot => choices.table,
                component => component.size(if row.set == Set::Head { choices.header } else { choices.body }),
            };
            let flows = row.set == Set::Flow;
            Style {
                name: row.name,
                size,
                bold: row.bold,
                italic: if row.component == Component::KhoanConTieuDe { choices.sub_italic } else { row.italic },
                align: row.align,
                indent: if flows { choices.indent } else { Pt(0.0) },
                before: gap_before(row.component, line_pitch(size, 1.0)),
                after: if flows || row.set == Set::Spaced { choices.after } else { Pt(0.0) },
                pitch: line_pitch(size, if flows { choices.spacing } else { 1.0 }),
                spacing: if flows { choices.spacing } else { 1.0 },
            }
        });
        StyleSheet { styles: styles.collect() }
    }

    /// The style of a component.
    pub fn get(&self, component: Component) -> &Style {
        &self.styles[component as usize]
    }

    /// All styles in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = (Component, &Style)> {
        TABLE.iter().map(|r| r.component).zip(&self.styles)
    }
}
