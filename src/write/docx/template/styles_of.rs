//! The styles of a template and ours: found by their Vietnamese names, since programs that save a file may change ids.
//! A style that the agency changed is left alone; one that it did not change follows the plan; one that is missing is
//! added.

use crate::decree30::style::{Component, TABLE};
use crate::ooxml::xml::{Element, Node};
use crate::sheet::StyleSheet;
use crate::write::docx::styles::{self, paragraph_style};
use std::collections::HashMap;

/// The ids of our styles in a template.
#[derive(Clone, Debug)]
pub struct StyleIds {
    components: Vec<String>,
    helpers: HashMap<&'static str, String>,
    /// Components whose style is as we hand it out, so that the plan's choices apply.
    ours: Vec<bool>,
}

/// Our styles that are not components, and their names.
const HELPERS: [(&str, &str); 8] = [
    (styles::BASE, "Văn bản"),
    (styles::RULE, "Nét kẻ"),
    (styles::SPACER, "Dòng đệm"),
    (styles::FIGURE, "Hình"),
    (styles::NOTE_MARK, styles::NOTE_MARK_NAME),
    (styles::PLACEHOLDER, "Chỗ điền"),
    (styles::TABLE, "Bảng văn bản"),
    (styles::COLUMNS, "Bảng không viền"),
];

impl StyleIds {
    /// Finds our styles in `styles.xml`, and adds those that are missing.
    pub fn merge(root: &mut Element, own: bool) -> Self {
        let ours = StyleSheet::default();
        let full = styles::part(&ours);
        let mut helpers = HashMap::new();
        for (id, name) in HELPERS {
            let found = find(root, name).and_then(|e| e.get("w:styleId")).map(str::to_owned);
            let id_here = found.unwrap_or_else(|| {
                let mut style = find(&full, name).cloned().unwrap_or_default();
                if id == styles::BASE {
                    carry_defaults(&mut style, &full);
                }
                add(root, style, id, &helpers)
            });
            helpers.insert(id, id_here);
        }
        let mut components = Vec::new();
        let mut untouched = Vec::new();
        for row in &TABLE {
            let default = paragraph_style(row.component, ours.get(row.component));
            match find(root, row.name) {
                Some(style) => {
                    components.push(style.get("w:styleId").unwrap_or_default().to_owned());
                    untouched.push(!own || same_formatting(style, &default));
                }
                None => {
                    let id = row.id.to_owned();
                    components.push(add(root, default, &id, &helpers));
                    untouched.push(true);
                }
            }
        }
        StyleIds { components, helpers, ours: untouched }
    }

    /// The id of a component's style.
    pub fn component(&self, component: Component) -> &str {
        self.components.get(component as usize).map_or("", String::as_str)
    }

    /// The id of one of our other styles.
    pub fn helper<'s>(&'s self, id: &'s str) -> &'s str {
        self.helpers.get(id).map_or(id, String::as_str)
    }

    /// `styles.xml` for a sheet: styles that the agency did not change take the sheet's figures.
    pub fn apply(&self, root: &Element, sheet: &StyleSheet) -> Element {
        let mut out = root.clone();
        for (component, style) in sheet.iter() {
            if !self.ours.get(component as usize).copied().unwrap_or(false) {
                continue;
            }
            let id = self.component(component);
            let fresh = paragraph_style(component, style);
            let Some(old) = out.elements_mut().find(|e| e.get("w:styleId") == Some(id)) else { continue };
            for name in ["w:pPr", "w:rPr"] {
                match fresh.child(name) {
                    Some(child) => old.put(child.clone()),
                    None => old.remove(name),
                }
            }
        }
        if let Some(size) = out.child_mut("w:docDefaults").filter(|_| self.ours.iter().all(|o| *o)) {
            let half = styles::half_points(sheet.get(Component::LoiVan).size).to_string();
            set_sizes(size, &half);
        }
        out
    }
}

fn set_sizes(element: &mut Element, half: &str) {
    for child in element.elements_mut() {
        if matches!(child.name.as_str(), "w:sz" | "w:szCs") {
            child.set("w:val", half);
        }
        set_sizes(child, half);
    }
}

/// A style by its name, which Word compares without regard to case.
fn find<'r>(root: &'r Element, name: &str) -> Option<&'r Element> {
    let wanted = name.to_lowercase();
    root.elements().find(|e| {
        let named = |child: &str| {
            e.child(child)
                .and_then(|n| n.get("w:val"))
                .is_some_and(|n| n.split(',').any(|n| n.to_lowercase() == wanted))
        };
        // A style may be known by its Vietnamese name beside Word's own.
        e.name == "w:style"
            && (e.child("w:name").and_then(|n| n.get("w:val")).is_some_and(|n| n.to_lowercase() == wanted)
                || named("w:aliases"))
    })
}

/// Adds a style under an id that no other has; gives the id.
fn add(root: &mut Element, mut style: Element, id: &str, helpers: &HashMap<&'static str, String>) -> String {
    let taken = |root: &Element, id: &str| root.elements().any(|e| e.get("w:styleId") == Some(id));
    let mut free = id.to_owned();
    while taken(root, &free) {
        free.push_str("Vt");
    }
    style.set("w:styleId", free.as_str());
    // The style that follows may have another id here.
    style.remove("w:next");
    let based = style.child("w:basedOn").and_then(|e| e.get("w:val")).map(str::to_owned);
    if let Some(based) = based {
        let kind = style.get("w:type").unwrap_or("paragraph").to_owned();
        let here = match helpers.get(based.as_str()) {
            Some(here) => Some(here.clone()),
            None if taken(root, &based) => Some(based),
            // The template's own default style stands in for Normal and Normal Table.
            None => root
                .elements()
                .find(|e| {
                    e.get("w:type") == Some(kind.as_str()) && matches!(e.get("w:default"), Some("1" | "true" | "on"))
                })
                .and_then(|e| e.get("w:styleId").map(str::to_owned)),
        };
        match here {
            Some(here) => style.put(Element::new("w:basedOn").with("w:val", here)),
            None => style.remove("w:basedOn"),
        }
    }
    root.children.push(Node::Element(style));
    free
}

/// In a foreign file the base says what our document defaults say: family, size, language, no indent.
fn carry_defaults(base: &mut Element, full: &Element) {
    let defaults = full.child("w:docDefaults").and_then(|d| d.child("w:rPrDefault")).and_then(|d| d.child("w:rPr"));
    if let Some(run) = defaults {
        let mut run = run.clone();
        for name in ["w:b", "w:i"] {
            run.put(Element::new(name).with("w:val", "0"));
        }
        run.put(Element::new("w:color").with("w:val", "auto"));
        base.put(run);
    }
    if let Some(paragraph) = base.child_mut("w:pPr") {
        paragraph.put(Element::new("w:ind").with("w:left", "0").with("w:right", "0").with("w:firstLine", "0"));
        paragraph.put(Element::new("w:contextualSpacing").with("w:val", "0"));
        paragraph.put(Element::new("w:jc").with("w:val", "left"));
    }
}

/// Whether two styles say the same of paragraph and run; order and noise aside.
fn same_formatting(a: &Element, b: &Element) -> bool {
    ["w:pPr", "w:rPr"].iter().all(|name| facts(a.child(name)) == facts(b.child(name)))
}

/// What a property element says, in an order of its own.
fn facts(element: Option<&Element>) -> Vec<String> {
    const NOISE: [&str; 5] = ["w:szCs", "w:bCs", "w:iCs", "w:lang", "w:overflowPunct"];
    // Some programs write the family of the whole document into each style.
    let ours = |c: &Element| c.name == "w:rFonts" && c.attributes.iter().all(|(_, v)| v == styles::FAMILY);
    let mut out: Vec<String> = element
        .map(|e| {
            e.elements()
                .filter(|c| !NOISE.contains(&c.name.as_str()) && !ours(c))
                .map(|c| {
                    let mut attributes: Vec<String> = c
                        .attributes
                        .iter()
                        .filter(|(n, _)| !n.ends_with("Autospacing"))
                        .map(|(n, v)| format!("{n}={v}"))
                        .filter(|a| {
                            !matches!(
                                a.as_str(),
                                "w:val=1"
                                    | "w:val=true"
                                    | "w:before=0"
                                    | "w:after=0"
                                    | "w:left=0"
                                    | "w:right=0"
                                    | "w:line=240"
                                    | "w:lineRule=auto"
                            )
                        })
                        .collect();
                    attributes.sort();
                    format!("{} {}", c.name, attributes.join(" "))
                })
                .filter(|f| f != "w:spacing " && f != "w:ind ")
                .collect()
        })
        .unwrap_or_default();
    out.sort();
    out
}
