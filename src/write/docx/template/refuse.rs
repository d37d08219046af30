//! What has no place in a template, and where no tag is filled.

use super::tags::Kind;
use super::{MARK_END, MARK_START, Place, fault, part_name};
use crate::diagnostic::{Diagnostic, code};
use crate::ooxml::package::{Package, RELATIONS, Refusal, TYPES};
use crate::ooxml::xml::{Element, Node};
use crate::ooxml::{R, W, namespaces};
use crate::write::docx::MAIN_KIND;

pub(super) fn refused(refusal: Refusal) -> Diagnostic {
    match refusal {
        Refusal::Broken(what) => {
            Diagnostic::general(&code::MAU_WORD_HONG, format!("Không dùng được mẫu Word: {what}."))
                .hint("Mở mẫu bằng Word rồi lưu lại thành .docx, hoặc lấy mẫu có sẵn: vanthu new --mau-word TỆP.docx")
        }
        Refusal::Forbidden(what) => Diagnostic::general(&code::MAU_WORD_CAM, format!("Mẫu Word bị từ chối: {what}."))
            .hint("Bỏ phần đó trong Word rồi lưu lại thành .docx thường; nếu không rõ là phần nào, lấy mẫu có sẵn: vanthu new --mau-word TỆP.docx"),
    }
}

/// The main part must be a document or a document template without macros; a template becomes a document.
pub(super) fn check_main_type(types: &mut Element, main: &str) -> Result<(), Refusal> {
    let name = format!("/{main}");
    let Some(entry) = types.elements_mut().find(|e| e.get("PartName") == Some(&name)) else {
        return Err(Refusal::Broken("tệp không nói thân văn bản thuộc loại nào".into()));
    };
    let kind = entry.get("ContentType").unwrap_or_default();
    if kind == MAIN_KIND || kind.ends_with("wordprocessingml.template.main+xml") {
        entry.set("ContentType", MAIN_KIND);
        return Ok(());
    }
    Err(Refusal::Broken("đây không phải là văn bản Word (có thể là bảng tính hoặc bản trình chiếu)".into()))
}

pub(super) fn forbidden_elements(element: &Element, part: &str) -> Result<(), Refusal> {
    match element.name.as_str() {
        "w:altChunk" => Err(Refusal::Forbidden(format!("phần {part} chèn nguyên một tệp khác vào (altChunk)"))),
        "w:object" | "o:OLEObject" | "w:control" => {
            Err(Refusal::Forbidden(format!("phần {part} có đối tượng nhúng (OLE, ActiveX)")))
        }
        _ => element.elements().try_for_each(|e| forbidden_elements(e, part)),
    }
}

/// Every XML part must be one that Word reads: its name spaces whole, its root what it must be.
pub(super) fn name_spaces(package: &Package) -> Result<(), Refusal> {
    let types = "http://schemas.openxmlformats.org/package/2006/content-types";
    for (name, _) in package.parts().filter(|(n, _)| n.ends_with(".xml") || n.ends_with(".rels")) {
        let root = package.xml(name)?;
        let broken = |what: String| Refusal::Broken(format!("phần {name}: {what}"));
        namespaces::check(&root).map_err(broken)?;
        let expected = match name {
            TYPES => Some(types),
            name if name.ends_with(".rels") => Some(RELATIONS),
            _ => None,
        };
        if expected.is_some_and(|expected| namespaces::of_root(&root) != Some(expected)) {
            return Err(broken("không gian tên của phần tử gốc không đúng".into()));
        }
        if expected.is_some() {
            namespaces::check_known(&root).map_err(broken)?;
        }
    }
    Ok(())
}

/// What the root of a part is called, by the last word of its relationship.
const ROOTS: [(&str, &str); 10] = [
    ("officeDocument", "document"),
    ("header", "hdr"),
    ("footer", "ftr"),
    ("footnotes", "footnotes"),
    ("endnotes", "endnotes"),
    ("styles", "styles"),
    ("settings", "settings"),
    ("numbering", "numbering"),
    ("fontTable", "fonts"),
    ("webSettings", "webSettings"),
];

/// The root of a part of Word's own must be the one that its relationship says.
pub(super) fn root_of(root: &Element, part: &str, kind: &str) -> Result<(), Refusal> {
    let Some((_, expected)) = ROOTS.iter().find(|(k, _)| *k == kind) else { return Ok(()) };
    let local = root.name.rsplit(':').next().unwrap_or_default();
    let space = namespaces::of_root(root);
    if space.is_some_and(|s| s.starts_with("http://purl.oclc.org/ooxml/")) {
        return Ok(());
    }
    if local != *expected || space != Some(W) {
        return Err(Refusal::Broken(format!("phần {part} không phải là <w:{expected}> của Word")));
    }
    Ok(())
}

/// Files saved by other programs may call the name space of Word by another prefix: ours become the usual ones. Strict
/// Open XML has other name spaces altogether.
pub(super) fn rename_prefixes(root: &mut Element, part: &str) -> Result<(), Refusal> {
    let mut renames: Vec<(String, &str)> = Vec::new();
    for (name, value) in &root.attributes {
        if value.starts_with("http://purl.oclc.org/ooxml/") {
            return Err(Refusal::Broken(
                "tệp lưu theo kiểu Strict Open XML; lưu lại theo kiểu Word Document (*.docx) thường".into(),
            ));
        }
        let usual = match value.as_str() {
            W => "w",
            R => "r",
            _ => continue,
        };
        match name.strip_prefix("xmlns:") {
            Some(prefix) if prefix != usual => renames.push((prefix.to_owned(), usual)),
            Some(_) => {}
            None if name == "xmlns" => renames.push((String::new(), usual)),
            None => {}
        }
    }
    if !root.name.contains(':') && !renames.iter().any(|(p, _)| p.is_empty()) {
        return Err(Refusal::Broken(format!("phần {part} không phải là XML của Word")));
    }
    // The usual prefix may not stand for something else.
    for (prefix, value) in [("xmlns:w", W), ("xmlns:r", R)] {
        if root.get(prefix).is_some_and(|found| found != value) {
            return Err(Refusal::Broken(format!("phần {part}: khai báo {prefix} khác với không gian tên của Word")));
        }
    }
    for (prefix, usual) in &renames {
        let old = if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") };
        root.attributes.retain(|(n, _)| *n != old);
        let fresh = format!("xmlns:{usual}");
        if root.get(&fresh).is_none() {
            root.set(&fresh, if *usual == "w" { W } else { R });
        }
    }
    if !renames.is_empty() {
        rename(root, &renames);
    }
    // What is put into the part uses both, wherever its maker declared them.
    for (prefix, value) in [("xmlns:w", W), ("xmlns:r", R)] {
        if root.get(prefix).is_none() {
            root.set(prefix, value);
        }
    }
    Ok(())
}

pub(super) fn rename(element: &mut Element, renames: &[(String, &str)]) {
    let fresh = |name: &str, attribute: bool| -> Option<String> {
        match name.split_once(':') {
            Some((prefix, local)) => {
                renames.iter().find(|(p, _)| p == prefix).map(|(_, usual)| format!("{usual}:{local}"))
            }
            None if attribute => None,
            None => renames.iter().find(|(p, _)| p.is_empty()).map(|(_, usual)| format!("{usual}:{name}")),
        }
    };
    if let Some(name) = fresh(&element.name, false) {
        element.name = name.into();
    }
    for (name, _) in &mut element.attributes {
        if let Some(renamed) = fresh(name, true) {
            *name = renamed.into();
        }
    }
    element.elements_mut().for_each(|e| rename(e, renames));
}

/// Attributes, such as the words of a picture, are not filled.
pub(super) fn attribute_tags(element: &Element, part: &str, faults: &mut Vec<Diagnostic>) {
    for (name, value) in &element.attributes {
        if (value.contains("{{") || value.contains("{%")) && name != "w:instr" {
            faults.push(
                Diagnostic::general(
                    &code::THE_WORD_SAI,
                    format!(
                        "Mẫu Word, {}: thẻ nằm trong mô tả của hình hoặc trong một thuộc tính: “{value}”.",
                        part_name(part)
                    ),
                )
                .hint("Xóa thẻ ở đó; thẻ chỉ được điền trong chữ của văn bản."),
            );
        }
    }
    element.elements().for_each(|e| attribute_tags(e, part, faults));
}

/// Word computes fields itself: a tag in one is never filled.
pub(super) fn field_tags(element: &Element, part: &str, faults: &mut Vec<Diagnostic>) {
    let instruction = match element.name.as_str() {
        "w:instrText" => Some(element.text()),
        "w:fldSimple" => element.get("w:instr").map(str::to_owned),
        _ => None,
    };
    let result = (element.name == "w:fldSimple").then(|| element.text());
    let instruction = instruction.map(|i| i + result.as_deref().unwrap_or_default());
    if let Some(text) = instruction.filter(|t| t.contains("{{") || t.contains("{%")) {
        faults.push(
            Diagnostic::general(
                &code::THE_WORD_SAI,
                format!("Mẫu Word, {}: thẻ nằm trong mã trường của Word: “{}”.", part_name(part), text.trim()),
            )
            .hint("Đặt thẻ ngoài trường; mã trường không được điền."),
        );
    }
    element.elements().for_each(|e| field_tags(e, part, faults));
}

/// Parts that are not filled must hold no tags; whatever is in the file must be XML where it says so.
pub(super) fn unfilled_tags(package: &Package, filled: &[String], faults: &mut Vec<Diagnostic>) -> Result<(), Refusal> {
    for (name, bytes) in package.parts() {
        let xml = name.ends_with(".xml") || name.ends_with(".rels") || name.ends_with(".vml");
        if !xml || filled.iter().any(|f| f == name) {
            continue;
        }
        // VML of old files is not always XML; it is read by Word's own rules.
        let root = match package.xml(name) {
            Ok(root) => root,
            Err(_) if name.ends_with(".vml") => continue,
            Err(refusal) => return Err(refusal),
        };
        let tagged = [&b"{{"[..], b"{%"].iter().any(|tag| bytes.windows(2).any(|w| w == *tag));
        if tagged && holds_tag(&root) {
            faults.push(
                Diagnostic::general(
                    &code::THE_WORD_SAI,
                    format!("Mẫu Word: thẻ nằm ở phần {name}, là phần không được điền."),
                )
                .hint("Thẻ chỉ được điền trong thân văn bản, bảng, đầu trang, chân trang, chú thích và hộp chữ."),
            );
        }
    }
    Ok(())
}

fn holds_tag(element: &Element) -> bool {
    let tag = |text: &str| text.contains("{{") || text.contains("{%");
    element.attributes.iter().any(|(_, v)| tag(v)) || tag(&element.text()) || element.elements().any(holds_tag)
}

/// What stands behind the appendices would take their page setup.
pub(super) fn after_appendices(trees: &[(String, Element)], places: &[Place], faults: &mut Vec<Diagnostic>) {
    let Some(body) = trees.first().and_then(|(_, root)| root.child("w:body")) else { return };
    let mut zone: Option<&Place> = None;
    for node in &body.children {
        let (text, raw) = match node {
            Node::Element(e) => (e.text(), e.to_xml()),
            Node::Raw(raw) => (String::new(), raw.clone()),
            Node::Text(_) => continue,
        };
        let tags = raw.split(MARK_START).skip(1).filter_map(|p| p.split(MARK_END).next()?.parse::<usize>().ok());
        let mut tags: Vec<&Place> = tags.filter_map(|i| places.get(i)).collect();
        if zone.is_none() {
            let at = tags.iter().position(|p| p.tag.kind == Kind::Print && p.tag.expression() == "phu_luc");
            if let Some(at) = at {
                zone = Some(tags[at]);
                tags.drain(..=at);
            }
        }
        let printed = tags.iter().any(|p| p.tag.kind == Kind::Print);
        if let Some(place) = zone.filter(|_| printed || !text.trim().is_empty()) {
            let message = "Chữ và thẻ đứng sau vùng phu_luc sẽ theo khổ giấy và số trang của phụ lục.";
            faults.push(fault(place, message, "Đặt {{p phu_luc }} ở cuối cùng của thân văn bản."));
            return;
        }
    }
}
