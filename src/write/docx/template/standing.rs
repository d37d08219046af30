//! Parts that are written for each document and yet are mostly those of the document before: margins, footnotes,
//! relationships. They stay packed as long as they are the same; the bytes of a file do not depend on it.

use crate::ooxml::package::append;
use std::sync::{Arc, Mutex, PoisonError};

/// A part: its name and its bytes.
pub(super) type Part = (String, Vec<u8>);

/// A packed file and what it was packed from.
struct Packed {
    base: Arc<Vec<u8>>,
    parts: Vec<Part>,
    file: Arc<Vec<u8>>,
}

/// The last file that was packed.
#[derive(Default)]
pub(super) struct Standing {
    last: Mutex<Option<Packed>>,
}

impl Standing {
    /// A packed file with some parts added.
    pub(super) fn with(&self, base: &Arc<Vec<u8>>, parts: Vec<Part>) -> Result<Arc<Vec<u8>>, String> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = last.as_ref().filter(|l| Arc::ptr_eq(&l.base, base) && l.parts == parts) {
            return Ok(Arc::clone(&last.file));
        }
        let file = Arc::new(append(base, parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))?);
        *last = Some(Packed { base: Arc::clone(base), parts, file: Arc::clone(&file) });
        Ok(file)
    }
}
