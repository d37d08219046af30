//! Office Open XML (ISO/IEC 29500): the parts of a Word file and their XML, read with care and written the same way each
//! time. Writing and importing Word files stand on it.

pub mod comments;
pub mod namespaces;
pub mod order;
pub mod package;
pub mod xml;

/// Name space of WordprocessingML.
pub const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Name space of relationships inside parts.
pub const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
