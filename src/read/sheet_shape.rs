//! What a workbook says about its sheets beside their cells: which are hidden, which rows are, which cells are merged.

use crate::source::nfc;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeSet;
use std::io::{BufReader, Cursor, Read};
use zip::ZipArchive;

/// Most merged ranges of a sheet.
const MAX_MERGES: usize = 200_000;

/// A sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Its name, NFC.
    pub name: String,
    /// Whether the workbook hides it.
    pub hidden: bool,
    /// Its part in the package.
    part: String,
}

impl Sheet {
    /// A sheet of a workbook that is no package.
    pub fn plain(name: &str, hidden: bool) -> Self {
        Sheet { name: nfc(name).into_owned(), hidden, part: String::new() }
    }
}

/// Cells merged into one: rows and columns, both ends in; rows from 1 as in the file, columns from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Merge {
    /// First and last row.
    pub rows: (usize, usize),
    /// First and last column.
    pub columns: (usize, usize),
}

/// The shape of a sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    /// Merged cells.
    pub merged: Vec<Merge>,
    /// Numbers of hidden rows, from 1; those that a filter hides, too.
    pub hidden: BTreeSet<usize>,
}

type Package<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// The work sheets of a workbook (ECMA-376, part 1, 18.2.20), in their order; none where it cannot be read.
pub fn sheets(bytes: &[u8]) -> Vec<Sheet> {
    let Ok(mut package) = ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    let mut targets: Vec<(String, String)> = Vec::new();
    each(&mut package, "xl/_rels/workbook.xml.rels", |tag| {
        if tag.local_name().as_ref() == "Relationship" && value(tag, "Type").ends_with("/worksheet") {
            let target = value(tag, "Target");
            let part = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
            targets.push((value(tag, "Id"), part));
        }
    });
    let mut out = Vec::new();
    each(&mut package, "xl/workbook.xml", |tag| {
        if tag.local_name().as_ref() != "sheet" {
            return;
        }
        let id = value(tag, "id");
        let state = value(tag, "state");
        if let Some((_, part)) = targets.iter().find(|(i, _)| *i == id) {
            let name = nfc(&value(tag, "name")).into_owned();
            out.push(Sheet { name, hidden: state == "hidden" || state == "veryHidden", part: part.clone() });
        }
    });
    out
}

/// The shape of a sheet; an empty one where it cannot be read.
pub fn shape(bytes: &[u8], sheet: &Sheet) -> Shape {
    let mut out = Shape::default();
    let Ok(mut package) = ZipArchive::new(Cursor::new(bytes)) else { return out };
    let mut last = 0;
    each(&mut package, &sheet.part, |tag| match tag.local_name().as_ref() {
        "row" => {
            // A row without a number follows the one before (18.3.1.73).
            last = value(tag, "r").parse().unwrap_or(last + 1);
            if matches!(value(tag, "hidden").as_str(), "1" | "true") {
                out.hidden.insert(last);
            }
        }
        "mergeCell" if out.merged.len() < MAX_MERGES => out.merged.extend(range(&value(tag, "ref"))),
        _ => {}
    });
    out
}

/// Visits the start tags of a part.
fn each(package: &mut Package<'_>, part: &str, mut visit: impl FnMut(&BytesStart<'_>)) {
    let Ok(file) = package.by_name(part) else { return };
    let mut reader = Reader::from_reader(BufReader::new(file.take(super::xlsx::MAX_PART)));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) => visit(&tag),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// The value of an attribute, by its local name; empty where it is not there.
fn value(tag: &BytesStart<'_>, name: &str) -> String {
    let found = tag.attributes().flatten().find(|a| a.key.local_name().as_ref() == name);
    let raw = found.map(|a| a.value.into_owned()).unwrap_or_default();
    quick_xml::escape::unescape(&raw).map(|t| t.into_owned()).unwrap_or(raw)
}

/// `B2:C4`, with or without `$`.
fn range(text: &str) -> Option<Merge> {
    let (from, to) = text.split_once(':')?;
    let ((c1, r1), (c2, r2)) = (cell(from)?, cell(to)?);
    (r1 <= r2 && c1 <= c2).then_some(Merge { rows: (r1, r2), columns: (c1, c2) })
}

fn cell(text: &str) -> Option<(usize, usize)> {
    let text = text.replace('$', "");
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = text.split_at(digits);
    let fits = !letters.is_empty() && letters.len() <= 3 && letters.bytes().all(|b| b.is_ascii_alphabetic());
    if !fits {
        return None;
    }
    let column = letters.bytes().fold(0, |sum, b| sum * 26 + usize::from(b.to_ascii_uppercase() - b'A') + 1);
    Some((column - 1, row.parse().ok().filter(|r| *r > 0)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_sheets_hidden_rows_and_merged_cells_are_found() {
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet().set_name("Danh mục").unwrap().set_hidden(true);
        let sheet = book.add_worksheet().set_name("A & B").unwrap().set_active(true);
        sheet.merge_range(1, 1, 3, 2, "x", &rust_xlsxwriter::Format::new()).unwrap();
        sheet.set_row_hidden(5).unwrap();
        let bytes = book.save_to_buffer().unwrap();
        let all = sheets(&bytes);
        let seen: Vec<_> = all.iter().map(|s| (s.name.as_str(), s.hidden)).collect();
        assert_eq!(seen, [("Danh mục", true), ("A & B", false)]);
        let shape = shape(&bytes, &all[1]);
        assert_eq!(shape.merged, [Merge { rows: (2, 4), columns: (1, 2) }]);
        assert_eq!(shape.hidden.into_iter().collect::<Vec<_>>(), [6]);
    }

    #[test]
    fn what_is_no_workbook_has_no_sheets() {
        assert!(sheets(b"PK\x03\x04junk").is_empty() && sheets(b"").is_empty());
        assert!([":", "A1", "A:B", "1:2", "AAAA1:B2", "B2:A1", "A0:A1"].iter().all(|t| range(t).is_none()));
    }
}
