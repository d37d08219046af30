//! What builds the fragments of a document: what it was given, and what it remembers for the rest of the package.

use super::template::StyleIds;
use crate::sheet::StyleSheet;
use docx_rs::Paragraph;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Relationship ids that the program adds start with this, so that they meet none of the template's.
pub const RELATION: &str = "rIdVt";

/// Builds the fragments of one document and remembers what they need from the rest of the package.
pub struct Builder<'s> {
    pub(super) styles: &'s StyleSheet,
    pub(super) ids: StyleIds,
    pub(super) pictures: &'s BTreeMap<String, Arc<Vec<u8>>>,
    /// What widths are multiplied by: the template's text width over the sheet's.
    pub scale: f64,
    /// Footnotes as XML, in order.
    pub notes: Vec<String>,
    /// Id of the first footnote.
    pub first_note: usize,
    /// Addresses of links, in order; the place is the number of the relationship.
    pub links: Vec<String>,
    /// Addresses of links in footnotes, which are a part of their own.
    pub note_links: Vec<String>,
    /// Paths of pictures, in order.
    pub images: Vec<String>,
    pub(super) next_control: u32,
    pub(super) next_picture: u32,
}

impl<'s> Builder<'s> {
    /// A builder for a sheet. Ids of footnotes, controls and pictures start after those of the template.
    pub fn new(
        styles: &'s StyleSheet,
        ids: StyleIds,
        pictures: &'s BTreeMap<String, Arc<Vec<u8>>>,
        first_note: usize,
        first_id: u32,
    ) -> Self {
        Builder {
            styles,
            ids,
            pictures,
            scale: 1.0,
            notes: Vec::new(),
            first_note,
            links: Vec::new(),
            note_links: Vec::new(),
            images: Vec::new(),
            next_control: first_id,
            next_picture: first_id,
        }
    }
}

/// A paragraph without the id that docx-rs counts up.
pub(super) fn bare() -> Paragraph {
    Paragraph {
        id: String::new(),
        children: Vec::new(),
        property: docx_rs::ParagraphProperty::new(),
        has_numbering: false,
    }
}
