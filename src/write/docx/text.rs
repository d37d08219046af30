//! The text of a Word file that we wrote, read back from its packed bytes.

use crate::ooxml::package::{relations_of, resolve};
use crate::ooxml::xml;
use crate::source::nfc;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{Cursor, Read};
use zip::ZipArchive;

pub use crate::write::pdf_text::SOFT;

/// What a Word file says.
#[derive(Debug, Default)]
pub struct DocxText {
    /// The body in its order.
    pub main: String,
    /// Footnotes in the order of the file.
    pub notes: String,
    /// Headers and footers that a section shows, with their text.
    pub margins: Vec<(Margin, String)>,
}

/// Where in the margins a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Margin {
    /// Above the text.
    Header,
    /// Below the text.
    Footer,
}

/// Reads the text back. The error says what could not be read.
pub fn read(bytes: &[u8], main: &str, notes: &str) -> Result<DocxText, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| e.to_string())?;
    let mut part = |name: &str| -> Result<String, String> {
        let mut data = String::new();
        let mut entry = archive.by_name(name).map_err(|_| format!("không có phần {name}"))?;
        entry.read_to_string(&mut data).map_err(|_| format!("phần {name} không đọc lại được"))?;
        // Readers of XML pass these on without a word; Word does not open the file.
        match xml::forbidden(&data) {
            Some(c) => Err(format!("phần {name} có ký tự mà XML cấm (U+{:04X})", c as u32)),
            None => Ok(data),
        }
    };
    let text = |name: &str, data: &str| part_text(data).map_err(|e| format!("phần {name}: {e}"));
    let (body, references) = text(main, &part(main)?)?;
    let mut out = DocxText { main: body, notes: text(notes, &part(notes)?)?.0, margins: Vec::new() };
    if out.main.is_empty() {
        return Err("không có thân văn bản".into());
    }
    let rels = xml::parse(part(&relations_of(main))?.as_bytes())?;
    let folder = main.rsplit_once('/').map_or("", |(f, _)| f);
    let mut seen = Vec::new();
    // Only what a section refers to is printed.
    for (kind, id) in references {
        let target = rels.elements().find(|e| e.get("Id") == Some(&id)).and_then(|e| e.get("Target"));
        let name = target.map(|t| resolve(folder, t)).ok_or_else(|| format!("không có quan hệ {id}"))?;
        if !seen.contains(&name) {
            out.margins.push((kind, text(&name, &part(&name)?)?.0));
            seen.push(name);
        }
    }
    Ok(out)
}

/// A header or footer that a section of a body refers to: what it is, the id of its relationship.
type Reference = (Margin, String);

fn reference(element: &BytesStart<'_>) -> Option<Reference> {
    let margin = match element.name().0 {
        "w:headerReference" => Margin::Header,
        "w:footerReference" => Margin::Footer,
        _ => return None,
    };
    let id = element.try_get_attribute("r:id").ok().flatten()?;
    Some((margin, id.value.into_owned()))
}

/// The text of a part, and what its sections refer to. Results of fields count as nothing: Word computes them.
fn part_text(xml: &str) -> Result<(String, Vec<Reference>), String> {
    let mut reader = Reader::from_str(xml);
    let mut out = String::with_capacity(xml.len() / 4);
    let mut references = Vec::new();
    let mut in_text = false;
    let mut in_field = 0_usize;
    // Text boxes come twice, the second time for old programs.
    let mut fallback = 0_usize;
    loop {
        match reader.read_event().map_err(|e| e.to_string())? {
            Event::Eof => break,
            Event::Start(e) => match e.name().0 {
                "w:t" => in_text = true,
                "w:p" => out.push(SOFT),
                "mc:Fallback" => fallback += 1,
                _ => references.extend(reference(&e)),
            },
            Event::End(e) => match e.name().0 {
                "w:t" => in_text = false,
                "w:p" => out.push(SOFT),
                "mc:Fallback" => fallback = fallback.saturating_sub(1),
                _ => {}
            },
            Event::Empty(e) => match e.name().0 {
                "w:br" | "w:cr" | "w:footnoteReference" | "w:footnoteRef" | "w:p" => out.push(SOFT),
                "w:tab" => out.push(' '),
                "w:noBreakHyphen" if in_field == 0 && fallback == 0 => out.push('-'),
                "w:fldChar" => {
                    let kind = e.try_get_attribute("w:fldCharType").ok().flatten();
                    match kind.as_ref().map(|k| k.value.as_ref()) {
                        Some("begin") => in_field += 1,
                        Some("end") => in_field = in_field.saturating_sub(1),
                        _ => {}
                    }
                }
                _ => references.extend(reference(&e)),
            },
            Event::Text(t) if in_text && in_field == 0 && fallback == 0 => {
                out.push_str(&t);
            }
            Event::GeneralRef(r) if in_text && in_field == 0 && fallback == 0 => {
                out.push_str(match &*r {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    "#xD" => "\r",
                    other => return Err(format!("thực thể lạ &{other};")),
                });
            }
            _ => {}
        }
    }
    Ok((nfc(&out).into_owned(), references))
}
