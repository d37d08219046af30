//! Properties of the file (ECMA-376, part 2, 11 and part 1, 22.3), which docx-rs leaves empty: title, body, subject, and the
//! decree's metadata as custom properties.

use crate::ooxml::package::{CUSTOM, Package, RELATIONS, Refusal, relate, relations_of};
use crate::ooxml::xml::{DECLARATION, Element, Node, escape, part};
use crate::ooxml::{R, W};
use crate::sheet::Meta;
use crate::write::files::PLACEHOLDER;

const CORE: &str = "docProps/core.xml";
/// Header and footer for first pages that show nothing.
pub const EMPTY: [&str; 2] = ["vanthu-header.xml", "vanthu-footer.xml"];

/// Makes a package ready: relationships to the properties, and no properties of the template's own.
///
/// With the id of a style, also an empty header and footer for the first pages of appendices.
pub fn prepare(package: &mut Package, empty_margins: Option<&str>) -> Result<(), Refusal> {
    let name = relations_of("");
    let mut rels = match package.get(&name) {
        Some(_) => package.xml(&name)?,
        None => Element::new("Relationships").with("xmlns", RELATIONS),
    };
    for kind in ["core-properties", "custom-properties"] {
        let old = package.related("", kind)?;
        rels.children.retain(|n| !matches!(n, Node::Element(e) if e.get("Type").is_some_and(|t| t.ends_with(kind))));
        if let Some(old) = old {
            package.remove(&old);
        }
    }
    // Ours replace those of a file that has them without a relationship.
    package.remove(CORE);
    package.remove(CUSTOM);
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    relate(&mut rels, "rIdVtCore", core, CORE, false);
    relate(&mut rels, "rIdVtCustom", "custom-properties", CUSTOM, false);
    package.set(&name, part(&rels));
    let Some(style) = empty_margins else { return Ok(()) };
    let main = package.related("", "officeDocument")?.unwrap_or_default();
    let folder = main.rsplit_once('/').map_or(String::new(), |(f, _)| format!("{f}/"));
    let mut types = package.xml(crate::ooxml::package::TYPES)?;
    for (name, root, kind) in [(EMPTY[0], "w:hdr", "header"), (EMPTY[1], "w:ftr", "footer")] {
        let name = format!("{folder}{name}");
        let xml = format!(
            "{DECLARATION}<{root} xmlns:w=\"{W}\" xmlns:r=\"{R}\"><w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr></w:p></{root}>"
        );
        package.set(&name, xml.into_bytes());
        let kind = format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml");
        crate::ooxml::package::declare(&mut types, &name, &kind);
    }
    package.set(crate::ooxml::package::TYPES, part(&types));
    Ok(())
}

/// The properties of a document.
pub fn parts(meta: &Meta) -> Vec<(String, Vec<u8>)> {
    let (year, month, day) = meta.date;
    let date = format!("{year:04}-{month:02}-{day:02}T00:00:00Z");
    let core = format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:subject>{}</dc:subject><dc:creator>{}</dc:creator><cp:keywords>{}</cp:keywords><dc:language>vi-VN</dc:language><dcterms:created xsi:type=\"dcterms:W3CDTF\">{date}</dcterms:created><dcterms:modified xsi:type=\"dcterms:W3CDTF\">{date}</dcterms:modified></cp:coreProperties>",
        escape(&meta.title),
        escape(&meta.subject),
        escape(&meta.author),
        escape(&meta.keywords.join(", ")),
    );
    let mut custom = format!(
        "{DECLARATION}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">"
    );
    let seal = ("vanthu", PLACEHOLDER.to_owned());
    for (index, (name, value)) in meta.facts.iter().chain([&seal]).enumerate() {
        // Numbers of properties begin with 2; the GUID is the one that Office fixed for them.
        custom.push_str(&format!(
            "<property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"{}\" name=\"{}\"><vt:lpwstr>{}</vt:lpwstr></property>",
            index + 2,
            escape(name),
            escape(value),
        ));
    }
    custom.push_str("</Properties>");
    vec![(CORE.to_owned(), core.into_bytes()), (CUSTOM.to_owned(), custom.into_bytes())]
}
