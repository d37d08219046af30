//! The Word file as LibreOffice shows it, beside the PDF.

mod compare;
mod reading;

pub use crate::libreoffice::{Office, find};
pub use compare::{Difference, Word, compare};
pub use reading::{Drawn, OfficePage, read};
