//! A mend of what krilla 0.8.2 writes, for PDF/A (ISO 19005-2, 6.1.7.1): `Length` must be the number of bytes between
//! the line end after `stream` and the line end before `endstream`.
//!
//! krilla ends every stream with a line feed. Where the last byte of the data happens to be a carriage return, the two
//! read as one line end, and the length seems to be one byte short (about one file in twenty). Such a stream gets a
//! line end of its own, `\r\n`, and the offsets behind it move by one.

/// What stands where data ends in a carriage return.
const AMBIGUOUS: &[u8] = b"\r\nendstream";

/// The file with unambiguous stream ends; unchanged where there is nothing to mend, or where the file is not of the
/// form that krilla writes (one classic cross-reference table at the end).
pub fn mend(bytes: Vec<u8>) -> Vec<u8> {
    // The byte goes in behind the data's own carriage return.
    let places: Vec<usize> = memchr::memmem::find_iter(&bytes, AMBIGUOUS).map(|i| i + 1).collect();
    if places.is_empty() {
        return bytes;
    }
    rewrite(&bytes, &places).unwrap_or(bytes)
}

fn rewrite(bytes: &[u8], places: &[usize]) -> Option<Vec<u8>> {
    let moved = |offset: usize| offset + places.iter().filter(|p| **p <= offset).count();
    let tail = bytes.windows(9).rposition(|w| w == b"startxref")?;
    let digits: Vec<u8> =
        bytes[tail + 9..].iter().copied().skip_while(u8::is_ascii_whitespace).take_while(u8::is_ascii_digit).collect();
    let table: usize = std::str::from_utf8(&digits).ok()?.parse().ok()?;
    let lines = bytes.get(table..)?;
    let header = lines.strip_prefix(b"xref\n0 ")?;
    let end = header.iter().position(|b| *b == b'\n')?;
    let count: usize = std::str::from_utf8(&header[..end]).ok()?.trim().parse().ok()?;
    let first = table + 7 + end + 1;

    let mut out = Vec::with_capacity(bytes.len() + places.len());
    let mut from = 0;
    for place in places {
        out.extend_from_slice(bytes.get(from..*place)?);
        out.push(b'\r');
        from = *place;
    }
    out.extend_from_slice(bytes.get(from..first)?);
    for entry in bytes.get(first..first + count * 20)?.chunks(20) {
        let offset: usize = std::str::from_utf8(&entry[..10]).ok()?.parse().ok()?;
        let offset = if entry[17] == b'n' { moved(offset) } else { offset };
        out.extend_from_slice(format!("{offset:010}").as_bytes());
        out.extend_from_slice(&entry[10..]);
    }
    out.extend_from_slice(bytes.get(first + count * 20..tail)?);
    out.extend_from_slice(format!("startxref\n{}\n%%EOF", moved(table)).as_bytes());
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(data: &[u8]) -> Vec<u8> {
        let mut out = b"%PDF-1.7\n".to_vec();
        let one = out.len();
        out.extend(format!("1 0 obj\n<</Length {}>>\nstream\n", data.len()).as_bytes());
        out.extend(data);
        out.extend(b"\nendstream\nendobj\n");
        let two = out.len();
        out.extend(b"2 0 obj\n<</Type/Catalog>>\nendobj\n");
        let table = out.len();
        out.extend(format!("xref\n0 3\n0000000000 65535 f\r\n{one:010} 00000 n\r\n{two:010} 00000 n\r\n").as_bytes());
        out.extend(format!("trailer\n<</Size 3/Root 2 0 R>>\nstartxref\n{table}\n%%EOF").as_bytes());
        out
    }

    fn text_at(bytes: &[u8], offset: usize) -> &[u8] {
        &bytes[offset..offset + 5]
    }

    #[test]
    fn offsets_follow_the_bytes() {
        let mended = mend(file(b"abc\r"));
        let text = String::from_utf8(mended.clone()).unwrap();
        assert!(text.contains("abc\r\r\nendstream"));
        let table = text.rfind("xref\n0 3").unwrap();
        assert!(text.ends_with(&format!("startxref\n{table}\n%%EOF")));
        let entry = |n: usize| text[table + 9 + n * 20..][..10].parse::<usize>().unwrap();
        assert_eq!(text_at(&mended, entry(1)), b"1 0 o");
        assert_eq!(text_at(&mended, entry(2)), b"2 0 o");
    }

    #[test]
    fn other_files_stay_as_they_are() {
        assert_eq!(mend(file(b"abc")), file(b"abc"));
        assert_eq!(mend(b"\r\nendstream junk".to_vec()), b"\r\nendstream junk");
    }
}
