//! Two functions for the templates that mark the label and the body of a list item in the tagged PDF.
//!
//! Typst tags list items only where it also draws them, with a hanging indent. A paragraph of a văn bản is flush like
//! any other, so the templates draw the item themselves and say with these marks what is what.

use typst::Library;
use typst_library::foundations::{Content, func};
use typst_library::pdf::PdfMarkerTag;

/// Adds the functions to the library.
pub fn define(library: &mut Library) {
    let scope = library.global.scope_mut();
    // Templates can tell whether they are compiled here or by the `typst` program.
    scope.define("vanthu", true);
    scope.define_func::<nhan_muc>();
    scope.define_func::<than_muc>();
}

/// Marks the label of a list item (`Lbl`).
#[func]
fn nhan_muc(
    /// The label.
    body: Content,
) -> Content {
    PdfMarkerTag::ListItemLabel(body)
}

/// Marks the body of a list item (`LBody`).
#[func]
fn than_muc(
    /// The body.
    body: Content,
) -> Content {
    PdfMarkerTag::ListItemBody(body)
}
