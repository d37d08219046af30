//! A face without the programs that move its outlines onto the pixels of coarse screens (OpenType, tables `fpgm`, `prep`,
//! `cvt ` and the instructions in `glyf`). Print does not run them, and they are more than half of what a PDF embeds.

use ttf_parser::{RawFace, Tag};

/// Tables that hold such programs, or what they or old screens need.
const DROPPED: [&[u8; 4]; 6] = [b"fpgm", b"prep", b"cvt ", b"hdmx", b"VDMX", b"LTSH"];

/// Bits of a component of a composite glyph.
const WORDS: u16 = 0x0001;
const SCALE: u16 = 0x0008;
const MORE: u16 = 0x0020;
const TWO_SCALES: u16 = 0x0040;
const MATRIX: u16 = 0x0080;
const INSTRUCTIONS: u16 = 0x0100;

/// Where `maxp` says how much the programs need: from `maxZones` to `maxSizeOfInstructions`.
const MAXP_PROGRAMS: std::ops::Range<usize> = 14..28;
/// Where `head` has its checksum and the form of `loca`.
const HEAD_CHECKSUM: std::ops::Range<usize> = 8..12;
const HEAD_LOCA: usize = 50;

/// The same face without its programs: outlines, widths and the numbers of glyphs are as they were. `None` where it has no
/// such outlines or is not what the standard says.
pub fn without_hints(data: &[u8]) -> Option<Vec<u8>> {
    let face = RawFace::parse(data, 0).ok()?;
    let table = |tag: &[u8; 4]| face.table(Tag::from_bytes(tag));
    let head = table(b"head")?;
    let long = word(head, HEAD_LOCA)? != 0;
    let (glyf, loca) = glyphs(table(b"glyf")?, table(b"loca")?, long)?;
    let mut maxp = table(b"maxp")?.to_vec();
    maxp.get_mut(MAXP_PROGRAMS)?.fill(0);
    let mut head = head.to_vec();
    head.get_mut(HEAD_CHECKSUM)?.fill(0);
    let mut tables: Vec<(Tag, &[u8])> = Vec::new();
    for record in face.table_records {
        let bytes = match &record.tag.to_bytes() {
            tag if DROPPED.contains(&tag) => continue,
            b"glyf" => &glyf,
            b"loca" => &loca,
            b"maxp" => &maxp,
            b"head" => &head,
            _ => face.table(record.tag)?,
        };
        tables.push((record.tag, bytes));
    }
    Some(file(data.get(..4)?, &tables))
}

fn word(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at + 2).and_then(|b| b.try_into().ok()).map(u16::from_be_bytes)
}

/// The tables `glyf` and `loca`.
fn glyphs(glyf: &[u8], loca: &[u8], long: bool) -> Option<(Vec<u8>, Vec<u8>)> {
    let size = if long { 4 } else { 2 };
    let offsets: Vec<usize> = loca
        .chunks_exact(size)
        // Short offsets count pairs of bytes.
        .map(|b| b.iter().fold(0, |n, b| n << 8 | usize::from(*b)) * if long { 1 } else { 2 })
        .collect();
    let (mut out, mut places) = (Vec::with_capacity(glyf.len()), Vec::with_capacity(loca.len()));
    let mut place = |at: usize| {
        let at = if long { at } else { at / 2 };
        places.extend_from_slice(u32::try_from(at).ok()?.to_be_bytes().get(4 - size..)?);
        Some(())
    };
    for range in offsets.windows(2) {
        place(out.len())?;
        glyph(glyf.get(range[0]..range[1])?, &mut out)?;
        out.resize(out.len().next_multiple_of(4), 0);
    }
    place(out.len())?;
    Some((out, places))
}

/// One glyph.
fn glyph(data: &[u8], out: &mut Vec<u8>) -> Option<()> {
    if data.is_empty() {
        return Some(());
    }
    let contours = word(data, 0)?.cast_signed();
    if let Ok(contours) = usize::try_from(contours) {
        // The box, the ends of the contours, the length of the program, the program, the points.
        let ends = 10 + 2 * contours;
        let points = ends + 2 + usize::from(word(data, ends)?);
        out.extend_from_slice(data.get(..ends)?);
        out.extend_from_slice(&[0, 0]);
        out.extend_from_slice(data.get(points..)?);
        return Some(());
    }
    out.extend_from_slice(data.get(..10)?);
    let mut at = 10;
    loop {
        let flags = word(data, at)?;
        let arguments = if flags & WORDS != 0 { 4 } else { 2 };
        let scales = match flags {
            _ if flags & SCALE != 0 => 2,
            _ if flags & TWO_SCALES != 0 => 4,
            _ if flags & MATRIX != 0 => 8,
            _ => 0,
        };
        out.extend_from_slice(&(flags & !INSTRUCTIONS).to_be_bytes());
        let next = at + 4 + arguments + scales;
        out.extend_from_slice(data.get(at + 2..next)?);
        at = next;
        if flags & MORE == 0 {
            break;
        }
    }
    Some(())
}

/// A font file of tables in the order of their tags.
fn file(version: &[u8], tables: &[(Tag, &[u8])]) -> Vec<u8> {
    let count = u16::try_from(tables.len()).unwrap_or(u16::MAX);
    let power = 1u16 << count.max(1).ilog2();
    let mut out = version.to_vec();
    for number in [count, power * 16, count.max(1).ilog2() as u16, (count - power) * 16] {
        out.extend_from_slice(&number.to_be_bytes());
    }
    let mut at = 12 + 16 * tables.len();
    for (tag, bytes) in tables {
        out.extend_from_slice(&tag.to_bytes());
        for number in [checksum(bytes), at as u32, bytes.len() as u32] {
            out.extend_from_slice(&number.to_be_bytes());
        }
        at += bytes.len().next_multiple_of(4);
    }
    for (_, bytes) in tables {
        out.extend_from_slice(bytes);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    out
}

/// The sum of a table's words.
fn checksum(table: &[u8]) -> u32 {
    let (words, rest) = table.as_chunks::<4>();
    let mut last = [0; 4];
    last[..rest.len()].copy_from_slice(rest);
    words.iter().chain([&last]).fold(0u32, |sum, word| sum.wrapping_add(u32::from_be_bytes(*word)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::face::Faces;
    use ttf_parser::{Face, GlyphId, OutlineBuilder};

    #[derive(Debug, Default, PartialEq)]
    struct Path(Vec<[f32; 6]>);

    impl OutlineBuilder for Path {
        fn move_to(&mut self, x: f32, y: f32) {
            self.0.push([0.0, x, y, 0.0, 0.0, 0.0]);
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.0.push([1.0, x, y, 0.0, 0.0, 0.0]);
        }
        fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
            self.0.push([2.0, x1, y1, x, y, 0.0]);
        }
        fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
            self.0.push([x1, y1, x2, y2, x, y]);
        }
        fn close(&mut self) {
            self.0.push([3.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        }
    }

    #[test]
    fn outlines_and_widths_stay_and_programs_go() {
        for data in Faces::embedded().data() {
            let bare = without_hints(data).unwrap();
            let (before, after) = (Face::parse(data, 0).unwrap(), Face::parse(&bare, 0).unwrap());
            // The face of symbols has none.
            let hinted = before.raw_face().table(Tag::from_bytes(b"fpgm")).is_some();
            assert!(!hinted || bare.len() < data.len());
            assert_eq!(before.number_of_glyphs(), after.number_of_glyphs());
            for id in (0..before.number_of_glyphs()).map(GlyphId) {
                let outline = |face: &Face<'_>| {
                    let mut path = Path::default();
                    let bounds = face.outline_glyph(id, &mut path);
                    (bounds, path)
                };
                assert_eq!(outline(&before), outline(&after), "{id:?}");
                assert_eq!(before.glyph_hor_advance(id), after.glyph_hor_advance(id), "{id:?}");
            }
            let raw = after.raw_face();
            assert!(DROPPED.iter().all(|tag| raw.table(Tag::from_bytes(tag)).is_none()));
            // Nothing is left to take away.
            assert_eq!(without_hints(&bare).unwrap(), bare);
        }
    }

    #[test]
    fn broken_faces_do_no_harm() {
        let data = Faces::embedded().data().next().unwrap();
        assert_eq!(without_hints(b"OTTO"), None);
        for end in (0..data.len()).step_by(997) {
            drop(without_hints(&data[..end]));
        }
        for at in (0..2_000).chain((2_000..data.len()).step_by(4_001)) {
            let mut broken = data.to_vec();
            broken[at] ^= 0xFF;
            drop(without_hints(&broken));
        }
    }
}
