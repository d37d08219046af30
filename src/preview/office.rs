//! The Word file as LibreOffice shows it, beside the PDF.

mod compare;
mod convert;
mod reading;

pub use compare::{Difference, Word, compare};
pub use convert::{Office, find};
pub use reading::{Drawn, OfficePage, read};
