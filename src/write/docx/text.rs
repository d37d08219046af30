//! The text of a Word file that we wrote, read back from its packed bytes.

use crate::source::nfc;
use quick_xml::Reader;
use quick_xml::events::Event;
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
    /// Headers and footers: name of the part, text.
    pub margins: Vec<(String, String)>,
}

/// Reads the text back. The error says what could not be read.
pub fn read(bytes: &[u8], main: &str, notes: &str) -> Result<DocxText, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| e.to_string())?;
    let mut out = DocxText::default();
    let names: Vec<String> = archive.file_names().filter_map(|n| n.ok().map(|n| n.into_owned())).collect();
    let folder = main.rsplit_once('/').map_or("", |(f, _)| f);
    for name in names {
        let file = name.strip_prefix(folder).unwrap_or(&name).trim_start_matches('/');
        let margin = (file.starts_with("header") || file.starts_with("footer")) && file.ends_with(".xml");
        if name != main && name != notes && !margin {
            continue;
        }
        let mut data = String::new();
        archive
            .by_name(&name)
            .map_err(|e| e.to_string())?
            .read_to_string(&mut data)
            .map_err(|_| format!("phần {name} không đọc lại được"))?;
        let text = part_text(&data).map_err(|e| format!("phần {name}: {e}"))?;
        if name == main {
            out.main = text;
        } else if name == notes {
            out.notes = text;
        } else {
            out.margins.push((file.to_owned(), text));
        }
    }
    out.margins.sort();
    if out.main.is_empty() {
        return Err("không có thân văn bản".into());
    }
    Ok(out)
}

/// The text of a part. Results of fields count as nothing: Word computes them.
fn part_text(xml: &str) -> Result<String, String> {
    let mut reader = Reader::from_str(xml);
    let mut out = String::with_capacity(xml.len() / 4);
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
                _ => {}
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
                "w:fldChar" => {
                    let kind = e.try_get_attribute("w:fldCharType").ok().flatten();
                    match kind.as_ref().map(|k| k.value.as_ref()) {
                        Some("begin") => in_field += 1,
                        Some("end") => in_field = in_field.saturating_sub(1),
                        _ => {}
                    }
                }
                _ => {}
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
    Ok(nfc(&out).into_owned())
}
