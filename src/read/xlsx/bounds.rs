//! How much of a workbook is unpacked at all: a packed file of a megabyte can hold a cell of more than one thousand.

use std::io::{self, Cursor, Read};
use zip::ZipArchive;

/// Most unpacked bytes of a part. Two million cells, the most that are read, take about 100 MB.
pub const MAX_PART: u64 = 160 << 20;
/// Bytes that one packed byte can become (RFC 1951: 258 for a length and a distance of one bit each).
const MAX_RATIO: u64 = 1032;

/// The name of the first part that unpacks to more than [`MAX_PART`]. What the file says of its sizes is not believed.
pub fn too_large(bytes: &[u8]) -> Option<String> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).ok()?;
    for index in 0..package.len() {
        // A part that cannot be opened is refused by whoever reads it.
        let Ok(part) = package.by_index(index) else { continue };
        let Ok(name) = part.name().map(|n| n.into_owned()) else { continue };
        let text = name.ends_with(".xml") || name.ends_with(".rels");
        if !text || part.compressed_size() <= MAX_PART / MAX_RATIO {
            continue;
        }
        let size = io::copy(&mut part.take(MAX_PART + 1), &mut io::sink()).unwrap_or(0);
        if size > MAX_PART {
            return Some(name);
        }
    }
    None
}
