//! A digest inside the file: SHA-256 of all its bytes but the digest's own (and the checksums over it).
//!
//! It stands in the file and not beside it, so that a copied, renamed or mailed file still tells whether it is what
//! vanthu wrote. A mark in plain bytes comes before the 64 digits; it is looked for from the end, where every format
//! has it, so that the same words in a document's text mean nothing.

use crate::diagnostic::{Diagnostic, code};
use sha2::{Digest as _, Sha256};
use std::io::{Cursor, Read};
use std::ops::Range;

/// What comes before the digits.
const MARK: &str = "vanthu-sha256:";
/// Digits of a digest.
const DIGITS: usize = 64;
/// Mark and digits before the digest is known; what writes a file of its own form puts this into it.
pub const PLACEHOLDER: &str = "vanthu-sha256:0000000000000000000000000000000000000000000000000000000000000000";

/// The part of an Office file that holds its custom properties.
const CUSTOM: &[u8] = b"docProps/custom.xml";
/// Most bytes of that part in a file of somebody else's.
const MAX_CUSTOM: u64 = 1 << 20;
/// How a PNG begins.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Where a format has its digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seal {
    /// A comment before the cross-reference table of a PDF: no object moves, and PDF/A allows it (ISO 19005-2, 6.1).
    Pdf,
    /// A `tEXt` chunk of a PNG.
    Png,
    /// A comment on a line of its own at the end, between these two.
    Comment(&'static str, &'static str),
    /// The writer has put [`PLACEHOLDER`] into the file: a custom property of an Office file, a text of a JSON file.
    Inside,
}

/// A file with its digest inside.
pub struct Sealed {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// SHA-256 of all its bytes: what stands before the digest inside is summed once for both.
    pub sha256: [u8; 32],
}

impl Seal {
    /// The file with its digest.
    pub fn put(self, bytes: Vec<u8>) -> Result<Vec<u8>, Diagnostic> {
        self.put_and_sum(bytes).map(|sealed| sealed.bytes)
    }

    /// The file with its digest, and the digest of that.
    pub fn put_and_sum(self, bytes: Vec<u8>) -> Result<Sealed, Diagnostic> {
        let placed = match self {
            Seal::Pdf => before_table(&bytes),
            Seal::Png => before_end(&bytes),
            Seal::Comment(open, close) => {
                Some([&bytes, open.as_bytes(), PLACEHOLDER.as_bytes(), close.as_bytes(), b"\n"].concat())
            }
            Seal::Inside => Some(bytes),
        };
        placed.and_then(fill).ok_or_else(|| {
            Diagnostic::general(&code::LOI_BEN_TRONG, "Tệp vừa lập không có chỗ cho dấu nhận biết của vanthu.")
                .hint("Báo cho nhóm phát triển vanthu, kèm kế hoạch và lệnh đã chạy.")
        })
    }
}

/// Whether a file has a digest, and whether it is right; `None` without one.
pub fn verdict(bytes: &[u8]) -> Option<bool> {
    match find(bytes) {
        Some(at) => {
            let now = Sum::of(bytes, at)?.digits;
            Some(bytes.get(at..at + DIGITS)? == now.as_bytes())
        }
        // Word and LibreOffice keep the property when they save, but pack it.
        None => packed_mark(bytes).then_some(false),
    }
}

/// Where the digits stand.
fn find(bytes: &[u8]) -> Option<usize> {
    let hex = |b: &u8| b.is_ascii_digit() || (b'a'..=b'f').contains(b);
    let mut end = bytes.len();
    // A mark without digits is some text about marks.
    loop {
        let at = last(bytes.get(..end)?, MARK.as_bytes())?;
        let digits = at + MARK.len();
        if bytes.get(digits..digits + DIGITS).is_some_and(|d| d.iter().all(hex)) {
            return Some(digits);
        }
        end = at;
    }
}

fn last(bytes: &[u8], what: &[u8]) -> Option<usize> {
    let (first, rest) = what.split_first()?;
    let mut end = bytes.len();
    loop {
        let at = bytes.get(..end)?.iter().rposition(|b| b == first)?;
        if bytes[at + 1..].starts_with(rest) {
            return Some(at);
        }
        end = at;
    }
}

/// Writes the digest over the placeholder, and the checksums that cover it.
fn fill(mut bytes: Vec<u8>) -> Option<Sealed> {
    let at = find(&bytes)?;
    let Sum { digits, before, until } = Sum::of(&bytes, at)?;
    bytes.get_mut(at..at + DIGITS)?.copy_from_slice(digits.as_bytes());
    for sum in checksums(&bytes, at)? {
        let value = crc32fast::hash(bytes.get(sum.covered)?);
        let value = if sum.big { value.to_be_bytes() } else { value.to_le_bytes() };
        bytes.get_mut(sum.at..sum.at + 4)?.copy_from_slice(&value);
    }
    let sha256 = before.chain_update(bytes.get(until..)?).finalize().into();
    Some(Sealed { bytes, sha256 })
}

/// The digest of a file.
struct Sum {
    digits: String,
    /// The sum of what stands before the first byte that does not count, and where that is.
    before: Sha256,
    until: usize,
}

impl Sum {
    /// Of a file whose digits stand at `at`.
    fn of(bytes: &[u8], at: usize) -> Option<Self> {
        let sums = checksums(bytes, at)?.into_iter().map(|sum| sum.at..sum.at + 4);
        let mut left_out: Vec<Range<usize>> = sums.chain(std::iter::once(at..at + DIGITS)).collect();
        left_out.sort_by_key(|range| range.start);
        let until = left_out.first()?.start;
        let before = Sha256::new_with_prefix(bytes.get(..until)?);
        let mut sum = before.clone();
        let mut from = until;
        for range in left_out {
            sum.update(bytes.get(from..range.start)?);
            from = range.end;
        }
        sum.update(bytes.get(from..)?);
        let digits = sum.finalize().iter().map(|b| format!("{b:02x}")).collect();
        Some(Sum { digits, before, until })
    }
}

/// A CRC-32 over bytes with the digits among them.
struct Checksum {
    at: usize,
    covered: Range<usize>,
    big: bool,
}

/// The checksums over the digits; `None` where the file is not of the form that we write.
fn checksums(bytes: &[u8], at: usize) -> Option<Vec<Checksum>> {
    if bytes.starts_with(PNG) {
        // Length, type, data, CRC of type and data; the data ends with the digits.
        let start = last(bytes.get(..at)?, b"tEXt")?;
        return Some(vec![Checksum { at: at + DIGITS, covered: start..at + DIGITS, big: true }]);
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Some(Vec::new());
    }
    // The part stands unpacked and last, so the next sign of the directory ends it.
    let name = last(bytes.get(..at)?, CUSTOM)?;
    let header = name.checked_sub(30)?;
    let number = |from: usize, length: usize| {
        let digits = bytes.get(from..from + length)?;
        Some(digits.iter().rev().fold(0usize, |sum, b| (sum << 8) | usize::from(*b)))
    };
    let listed = last(bytes, CUSTOM).filter(|listed| *listed > at)?.checked_sub(46)?;
    let stored = bytes.get(header..)?.starts_with(b"PK\x03\x04") && number(header + 8, 2)? == 0;
    if !stored || !bytes.get(listed..)?.starts_with(b"PK\x01\x02") {
        return None;
    }
    let start = name + CUSTOM.len() + number(header + 28, 2)?;
    let covered = start..start + number(header + 18, 4)?;
    let holds = covered.start <= at && at + DIGITS <= covered.end;
    let sum = |at| Checksum { at, covered: covered.clone(), big: false };
    holds.then(|| vec![sum(header + 14), sum(listed + 16)])
}

/// A PDF with the placeholder in a comment before its cross-reference table.
fn before_table(bytes: &[u8]) -> Option<Vec<u8>> {
    let tail = last(bytes, b"startxref\n")?;
    let digits = bytes.get(tail + 10..)?.split(|b| *b == b'\n').next()?;
    let table: usize = std::str::from_utf8(digits).ok()?.trim().parse().ok()?;
    if !bytes.get(table..)?.starts_with(b"xref\n") {
        return None;
    }
    let comment = format!("% {PLACEHOLDER}\n");
    let end = format!("startxref\n{}\n%%EOF", table + comment.len());
    Some([bytes.get(..table)?, comment.as_bytes(), bytes.get(table..tail)?, end.as_bytes()].concat())
}

/// A PNG with the placeholder in a text chunk before its end.
fn before_end(bytes: &[u8]) -> Option<Vec<u8>> {
    let end = bytes.len().checked_sub(12)?;
    if !bytes.starts_with(PNG) || bytes.get(end + 4..end + 8)? != b"IEND" {
        return None;
    }
    let data = format!("vanthu\0{PLACEHOLDER}");
    let length = u32::try_from(data.len()).ok()?.to_be_bytes();
    Some([bytes.get(..end)?, &length, b"tEXt", data.as_bytes(), &[0; 4], bytes.get(end..)?].concat())
}

/// Whether an Office file that another program saved has our property.
fn packed_mark(bytes: &[u8]) -> bool {
    let read = || {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
        let part = archive.by_name("docProps/custom.xml").ok()?;
        let mut text = Vec::new();
        part.take(MAX_CUSTOM).read_to_end(&mut text).ok()?;
        last(&text, MARK.as_bytes())
    };
    bytes.starts_with(b"PK\x03\x04") && read().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_placeholder_is_a_mark_with_digits() {
        assert_eq!(find(PLACEHOLDER.as_bytes()), Some(MARK.len()));
        assert_eq!(PLACEHOLDER.len(), MARK.len() + DIGITS);
    }

    #[test]
    fn any_changed_byte_is_seen() {
        let sealed = Seal::Comment("// ", "").put(b"vanthu-sha256: is text here\n".to_vec()).unwrap();
        assert_eq!(verdict(&sealed), Some(true));
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_ne!(verdict(&changed), Some(true), "byte {at}");
        }
        assert_eq!(verdict(&[&sealed, &b"\n"[..]].concat()), Some(false));
        assert_eq!(verdict(b"vanthu-sha256: without digits"), None);
        assert_eq!(verdict(b"some file"), None);
    }

    #[test]
    fn the_sum_of_the_whole_is_that_of_its_bytes() {
        let png = [PNG, b"\0\0\0\0IEND\xAEB\x60\x82"].concat();
        let pdf = b"%PDF-1.7\nxref\n0 1\nstartxref\n9\n%%EOF".to_vec();
        for (seal, bytes) in [(Seal::Comment("// ", ""), b"text\n".to_vec()), (Seal::Png, png), (Seal::Pdf, pdf)] {
            let Sealed { bytes, sha256 } = seal.put_and_sum(bytes).unwrap();
            assert_eq!(Sha256::digest(&bytes)[..], sha256, "{seal:?}");
            assert_eq!(verdict(&bytes), Some(true), "{seal:?}");
        }
    }

    #[test]
    fn what_has_no_place_for_it_is_told() {
        assert!(Seal::Pdf.put(b"%PDF-1.7".to_vec()).is_err());
        assert!(Seal::Png.put(b"no picture".to_vec()).is_err());
        assert!(Seal::Inside.put(b"nothing inside".to_vec()).is_err());
    }
}
