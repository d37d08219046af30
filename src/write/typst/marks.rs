//! Functions for the templates: two mark the label and the body of a list item in the tagged PDF, one says which
//! paragraph of the sheet a text belongs to.
//!
//! Typst tags list items only where it also draws them, with a hanging indent. A paragraph of a văn bản is flush like
//! any other, so the templates draw the item themselves and say with these marks what is what.

use super::world::place_id;
use std::num::NonZeroU64;
use typst::Library;
use typst::syntax::Span;
use typst_library::foundations::{Content, func};
use typst_library::pdf::PdfMarkerTag;

/// Adds the functions to the library.
pub fn define(library: &mut Library) {
    let scope = library.global.scope_mut();
    // Templates can tell whether they are compiled here or by the `typst` program.
    scope.define("vanthu", true);
    scope.define_func::<nhan_muc>();
    scope.define_func::<than_muc>();
    scope.define_func::<cho>();
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

/// Says that a text is of the sheet's paragraph `doan`, counted from 0 in the order of `Sheet::visit`.
#[func]
fn cho(
    /// The paragraph.
    doan: i64,
    /// The text.
    body: Content,
) -> Content {
    body.spanned(span(doan))
}

/// Bits of a span below the number of its file, and the numbers that a place in a file may have (`typst_syntax::Span`).
const FILE_SHIFT: u32 = 48;
/// See [`FILE_SHIFT`].
const FIRST: u64 = 2;
/// See [`FILE_SHIFT`].
const LAST: u64 = (1 << 47) - 1;

/// The span that stands for a paragraph: a place in a file that no template has.
fn span(par: i64) -> Span {
    let number = u64::try_from(par).unwrap_or(0).saturating_add(FIRST).min(LAST);
    let bits = (u64::from(place_id().into_raw().get()) << FILE_SHIFT) | number;
    NonZeroU64::new(bits).map_or(Span::detached(), Span::from_raw)
}

/// The paragraph that a span stands for; none for any other span.
pub fn par_of(span: Span) -> Option<usize> {
    if span.id() != Some(place_id()) {
        return None;
    }
    let number = span.into_raw().get() & ((1 << FILE_SHIFT) - 1);
    usize::try_from(number.checked_sub(FIRST)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_tells_its_paragraph() {
        for par in [0, 1, 77, 1 << 40] {
            assert_eq!(par_of(span(par)), usize::try_from(par).ok());
        }
        assert_eq!(par_of(Span::detached()), None);
    }
}
