//! Number and date as content controls that records work fills in.

use crate::decree30::units::Pt;
use crate::sheet::{Entry, Field};
use docx_rs::{Run, StructuredDataTag};

/// Width of a blank in em: 0.25 in Times New Roman and every face of its metrics.
const BLANK_WIDTH: f64 = 0.25;

/// The tag of a control.
pub fn tag(field: Field) -> &'static str {
    match field {
        Field::So => "so",
        Field::Ngay => "ngay",
        Field::Thang => "thang",
        Field::Nam => "nam",
    }
}

/// What Word shows above the control, by its tag.
pub fn label(tag: &str) -> &'static str {
    match tag {
        "so" => "Số",
        "ngay" => "Ngày",
        "thang" => "Tháng",
        _ => "Năm",
    }
}

/// What stands in the control: its text, or no-break blanks as wide as the room to write in.
pub fn shown(entry: &Entry, size: Pt) -> String {
    if !entry.chars.text.is_empty() {
        return entry.chars.text.clone();
    }
    let count = (entry.room.0 / (size.0 * BLANK_WIDTH)).round().max(1.0) as usize;
    "\u{A0}".repeat(count)
}

/// The control with its run; [`super::mend::control`] completes it.
pub fn control(entry: &Entry, run: Run) -> StructuredDataTag {
    let empty = if entry.chars.text.is_empty() { "…" } else { "" };
    StructuredDataTag::new().alias(format!("{}{empty}", tag(entry.field))).add_run(run)
}
