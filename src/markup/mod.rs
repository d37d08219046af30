//! Text as people type it ↔ inlines and blocks: emphasis inside a paragraph, markers at the start of a line.

pub mod inline;
pub mod marker;
pub mod misplaced;
pub mod near_marker;
pub mod outline;
pub mod slot;
mod tidy;

pub use inline::parse as inlines;
