//! What a foreign file lacks and every document needs: footnotes, styles, a theme, types of what may come.

use super::refuse::rename_prefixes;
use super::{BUILT_END, BUILT_START};
use crate::ooxml::package::{Package, RELATIONS, Refusal, declare, declare_extension, relate, relations_of};
use crate::ooxml::xml::{Element, Node, parse, part};
use crate::ooxml::{R, W, namespaces};
use crate::write::docx::blank;

/// Takes the page setup out of the end of the body; a mark stands in its place.
pub(super) fn take_section(trees: &mut [(String, Element)]) -> Result<Element, Refusal> {
    let broken = || Refusal::Broken("thân văn bản không có <w:body>".into());
    let (_, root) = trees.first_mut().ok_or_else(broken)?;
    let body = root.child_mut("w:body").ok_or_else(broken)?;
    let section = body.child("w:sectPr").cloned().unwrap_or_else(|| Element::new("w:sectPr"));
    body.remove("w:sectPr");
    body.children.push(Node::Raw(format!("{BUILT_START}S{BUILT_END}")));
    Ok(section)
}

pub(super) fn add_notes(
    package: &mut Package,
    main: &str,
    types: &mut Element,
    trees: &mut Vec<(String, Element)>,
    note_style: &str,
) -> Result<String, Refusal> {
    let name = beside(main, "footnotes.xml", package);
    let text =
        format!("<w:footnotes xmlns:w=\"{}\" xmlns:r=\"{}\">{}</w:footnotes>", W, R, blank::separators(note_style));
    let root = parse(text.as_bytes()).map_err(Refusal::Broken)?;
    trees.push((name.clone(), root));
    declare(types, &name, "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml");
    add_relation(package, main, "footnotes", &name)?;
    Ok(name)
}

fn add_styles(package: &mut Package, main: &str, types: &mut Element) -> Result<String, Refusal> {
    let name = beside(main, "styles.xml", package);
    declare(types, &name, "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml");
    add_relation(package, main, "styles", &name)?;
    Ok(name)
}

/// A name for a new part in the folder of the main one.
fn beside(main: &str, file: &str, package: &Package) -> String {
    let folder = main.rsplit_once('/').map_or(String::new(), |(f, _)| format!("{f}/"));
    let name = format!("{folder}{file}");
    if package.get(&name).is_none() { name } else { format!("{folder}vanthu-{file}") }
}

fn add_relation(package: &mut Package, main: &str, kind: &str, target: &str) -> Result<(), Refusal> {
    let name = relations_of(main);
    let mut rels = match package.get(&name) {
        Some(_) => package.xml(&name)?,
        None => Element::new("Relationships").with("xmlns", RELATIONS),
    };
    relate(&mut rels, &format!("rIdVt{kind}"), kind, &format!("/{target}"), false);
    package.set(&name, part(&rels));
    Ok(())
}

/// Types of what any document may bring.
pub(super) fn prepare_types(types: &mut Element) {
    declare_extension(types, "jpeg", "image/jpeg");
    declare_extension(types, "png", "image/png");
    declare_extension(types, "rels", "application/vnd.openxmlformats-package.relationships+xml");
    declare(types, "docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml");
    declare(types, "docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
}

/// The largest value of an attribute in a part.
pub(super) fn largest(trees: &[(String, Element)], part: &str, attribute: &str) -> i64 {
    trees.iter().find(|(n, _)| n == part).map_or(0, |(_, root)| {
        root.elements().filter_map(|e| e.get(attribute).and_then(|v| v.parse().ok())).max().unwrap_or(0)
    })
}

/// The largest number that identifies a drawing or a control.
pub(super) fn largest_id(trees: &[(String, Element)]) -> u32 {
    fn one(e: &Element, best: &mut u32) {
        let value = match e.name.as_str() {
            "wp:docPr" => e.get("id"),
            "w:id" => e.get("w:val"),
            _ => None,
        };
        if let Some(n) = value.and_then(|v| v.parse::<u32>().ok()).filter(|n| *n < 1 << 30) {
            *best = (*best).max(n);
        }
        e.elements().for_each(|e| one(e, best));
    }
    let mut best = 0;
    trees.iter().for_each(|(_, root)| one(root, &mut best));
    best
}

/// Comments are for those who draw the template, not for those who get the document.
pub(super) fn drop_comments(package: &mut Package, main: &str, types: &mut Element) -> Result<(), Refusal> {
    const KINDS: [&str; 5] = ["comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"];
    let name = relations_of(main);
    if package.get(&name).is_none() {
        return Ok(());
    }
    let gone: Vec<_> = package.relations(main)?.into_iter().filter(|r| KINDS.contains(&r.kind.as_str())).collect();
    let mut rels = package.xml(&name)?;
    for relation in gone {
        rels.children.retain(|n| !matches!(n, Node::Element(e) if e.get("Id") == Some(relation.id.as_str())));
        package.remove(&relation.target);
        package.remove(&relations_of(&relation.target));
        let part = format!("/{}", relation.target);
        types.children.retain(|n| !matches!(n, Node::Element(e) if e.get("PartName") == Some(part.as_str())));
    }
    package.set(&name, part(&rels));
    Ok(())
}

/// Adds a theme where the file has none.
pub(super) fn add_theme(package: &mut Package, main: &str, types: &mut Element) -> Result<(), Refusal> {
    if package.related(main, "theme")?.is_some() {
        return Ok(());
    }
    let name = beside(main, "vanthu-theme.xml", package);
    package.set(&name, blank::theme());
    declare(types, &name, blank::THEME_KIND);
    add_relation(package, main, "theme", &name)
}

/// The name of the part with the styles, and the part; an empty one where the file has none.
pub(super) fn styles_of(package: &mut Package, main: &str, types: &mut Element) -> Result<(String, Element), Refusal> {
    let Some(name) = package.related(main, "styles")? else {
        let root = Element::new("w:styles").with("xmlns:w", W);
        return Ok((add_styles(package, main, types)?, root));
    };
    let mut root = package.xml(&name)?;
    rename_prefixes(&mut root, &name)?;
    namespaces::check_known(&root).map_err(|what| Refusal::Broken(format!("phần {name}: {what}")))?;
    Ok((name, root))
}
