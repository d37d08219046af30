//! Word's mail merge in a template: the link to its list, with paths and queries of the machine that it was made on, is
//! of no use to a document and nobody's business.

use crate::ooxml::package::{MERGE_SOURCES, Package, Refusal, relations_of};
use crate::ooxml::xml::{Element, Node, part};

/// Takes the link out of the settings.
pub(super) fn drop_connection(package: &mut Package, main: &str, types: &mut Element) -> Result<(), Refusal> {
    let Some(settings) = package.related(main, "settings")? else { return Ok(()) };
    let mut root = package.xml(&settings)?;
    let merges = |n: &Node| matches!(n, Node::Element(e) if e.name.rsplit(':').next() == Some("mailMerge"));
    if root.children.iter().any(merges) {
        root.children.retain(|n| !merges(n));
        package.set(&settings, part(&root));
    }
    let name = relations_of(&settings);
    if package.get(&name).is_none() {
        return Ok(());
    }
    let gone: Vec<_> =
        package.relations(&settings)?.into_iter().filter(|r| MERGE_SOURCES.contains(&r.kind.as_str())).collect();
    let mut relations = package.xml(&name)?;
    for relation in gone {
        relations.children.retain(|n| !matches!(n, Node::Element(e) if e.get("Id") == Some(relation.id.as_str())));
        if !relation.external {
            package.remove(&relation.target);
            let target = format!("/{}", relation.target);
            types.children.retain(|n| !matches!(n, Node::Element(e) if e.get("PartName") == Some(target.as_str())));
        }
    }
    package.set(&name, part(&relations));
    Ok(())
}
