//! The parts of a Word file that may hold tags, judged and made ready, with the tags in them.

use super::complete::drop_comments;
use super::refuse::{
    after_appendices, attribute_tags, check_main_type, field_tags, forbidden_elements, name_spaces, rename_prefixes,
    root_of, unfilled_tags,
};
use super::{Parts, Place, blocks, fault, fields, lift, merge, prepare, unreached};
use crate::diagnostic::{Diagnostic, code};
use crate::ooxml::namespaces;
use crate::ooxml::package::{Package, Refusal, TYPES};
use crate::ooxml::xml::Element;
use std::collections::BTreeSet;

/// Most tags in a file.
const MAX_TAGS: usize = 5000;

/// What a file holds.
pub(super) struct Scanned {
    pub package: Package,
    /// Name of the main part.
    pub main: String,
    /// The list of content types.
    pub types: Element,
    /// Parts that may hold tags, by name; a tag is a mark with the number of its place.
    pub trees: Vec<(String, Element)>,
    pub places: Vec<Place>,
    pub faults: Vec<Diagnostic>,
}

/// Reads a file. A refusal is a file that is no Word file, or holds what a template may not.
pub(super) fn scan(bytes: &[u8]) -> Result<Scanned, Refusal> {
    let mut package = Package::read(bytes)?;
    let main =
        package.related("", "officeDocument")?.ok_or_else(|| Refusal::Broken("tệp không có thân văn bản".into()))?;
    let mut types = package.xml(TYPES)?;
    check_main_type(&mut types, &main)?;
    name_spaces(&package)?;
    merge::drop_connection(&mut package, &main, &mut types)?;
    let names = names(&package, &main)?;
    let (trees, places, faults) = (Vec::new(), Vec::new(), Vec::new());
    let mut scanned = Scanned { package, main, types, trees, places, faults };
    for name in &names {
        scanned.part(name)?;
    }
    if scanned.places.len() > MAX_TAGS {
        return Err(Refusal::Forbidden(format!("tệp có hơn {MAX_TAGS} thẻ")));
    }
    let Scanned { package, main, types, trees, places, faults } = &mut scanned;
    if places.is_empty() && faults.is_empty() {
        let fault = Diagnostic::general(&code::THE_WORD_SAI, "Mẫu Word không có thẻ nào, nên mọi kế hoạch sẽ cho cùng một tệp.")
            .hint("Đặt ít nhất các thẻ {{p dau_van_ban }}, {{p noi_dung }}, {{p cuoi_van_ban }}, {{p phu_luc }}, mỗi thẻ một đoạn.");
        faults.push(fault);
    }
    drop_comments(package, main, types)?;
    unfilled_tags(package, &names, faults)?;
    after_appendices(trees, places, faults);
    Ok(scanned)
}

/// The parts that may hold tags, each once. Every part that is XML must be what its relation says.
fn names(package: &Package, main: &str) -> Result<Vec<String>, Refusal> {
    let mut names = vec![main.to_owned()];
    root_of(&package.xml(main)?, main, "officeDocument")?;
    for relation in package.relations(main)? {
        if !relation.external && package.get(&relation.target).is_some() {
            let root = package.xml(&relation.target);
            // Pictures and fonts are no XML.
            root.map_or(Ok(()), |root| root_of(&root, &relation.target, &relation.kind))?;
        }
        if matches!(relation.kind.as_str(), "header" | "footer" | "footnotes" | "endnotes") && !relation.external {
            names.push(relation.target);
        }
    }
    let mut seen = BTreeSet::new();
    names.retain(|n| seen.insert(n.clone()));
    Ok(names)
}

impl Scanned {
    fn part(&mut self, name: &str) -> Result<(), Refusal> {
        let mut root = self.package.xml(name)?;
        if self.package.get(name).is_some_and(has_private) {
            return Err(Refusal::Broken(format!("phần {name} có ký tự không dùng được trong XML")));
        }
        rename_prefixes(&mut root, name)?;
        namespaces::check_known(&root).map_err(|what| Refusal::Broken(format!("phần {name}: {what}")))?;
        forbidden_elements(&root, name)?;
        fields::forbidden(&root, name)?;
        let Scanned { places, faults, .. } = self;
        fields::merge_fields(&root, name, faults);
        prepare::prepare(&mut root);
        field_tags(&root, name, faults);
        attribute_tags(&root, name, faults);
        unreached::check(&root, name, faults);
        lift::lift(&mut root, &mut Parts { part: name, places, faults, paragraphs: 0 });
        let mut report = |place: usize, message: String, hint: &'static str| {
            if let Some(place) = places.get(place) {
                faults.push(fault(place, &message, hint));
            }
        };
        blocks::check(&root, places, &mut report);
        self.trees.push((name.to_owned(), root));
        Ok(())
    }
}

fn has_private(bytes: &[u8]) -> bool {
    // U+FDD0 to U+FDEF are EF B7 90 to EF B7 AF.
    bytes.windows(3).any(|w| w[0] == 0xEF && w[1] == 0xB7 && (0x90..=0xAF).contains(&w[2]))
}
