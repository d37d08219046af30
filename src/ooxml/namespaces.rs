//! Name spaces of a part (Namespaces in XML 1.0): every prefix declared, none bound to what readers of Word files do not
//! expect. Word does not open a file that breaks them, and our own tree knows elements by their prefixes.

use super::xml::Element;
use super::{R, W};

/// Prefixes that are known by name here, and what they stand for.
const USUAL: [(&str, &str); 10] = [
    ("w", W),
    ("r", R),
    ("m", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
    ("mc", COMPATIBILITY),
    ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
    ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
    ("v", "urn:schemas-microsoft-com:vml"),
    ("o", "urn:schemas-microsoft-com:office:office"),
];
const COMPATIBILITY: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";
const XML: &str = "http://www.w3.org/XML/1998/namespace";
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

/// Checks a part of a Word file, whose prefixes we know by name: none may be bound to two things.
pub fn check_known(root: &Element) -> Result<(), String> {
    Walk { scope: Vec::new(), known: true }.element(root)
}

/// Checks any other XML.
pub fn check(root: &Element) -> Result<(), String> {
    Walk { scope: Vec::new(), known: false }.element(root)
}

/// The name space of the root.
pub fn of_root(root: &Element) -> Option<&str> {
    match root.name.split_once(':') {
        Some((prefix, _)) => root.get(&format!("xmlns:{prefix}")),
        None => root.get("xmlns"),
    }
}

struct Walk<'x> {
    /// Declarations in force, the innermost last; an empty prefix is that of names without one.
    scope: Vec<(&'x str, &'x str)>,
    known: bool,
}

impl<'x> Walk<'x> {
    fn element(&mut self, element: &'x Element) -> Result<(), String> {
        let outside = self.scope.len();
        for (name, value) in &element.attributes {
            if name == "xmlns" {
                self.declare("", value)?;
            } else if let Some(prefix) = name.strip_prefix("xmlns:") {
                self.declare(prefix, value)?;
            }
        }
        self.resolve(&element.name)?;
        let mut seen: Vec<(&str, &str)> = Vec::new();
        for (name, value) in &element.attributes {
            if name == "xmlns" || name.starts_with("xmlns:") {
                continue;
            }
            let resolved = self.resolve(name)?;
            let Some((_, local)) = name.split_once(':') else { continue };
            if seen.contains(&(resolved, local)) {
                return Err(format!("thuộc tính {name} đứng hai lần ở <{}>", element.name));
            }
            seen.push((resolved, local));
            if resolved == COMPATIBILITY && matches!(local, "Ignorable" | "MustUnderstand") {
                self.list(value)?;
            }
        }
        if element.name.ends_with(":Choice") && self.resolve(&element.name)? == COMPATIBILITY {
            self.list(element.get("Requires").unwrap_or_default())?;
        }
        for child in element.elements() {
            self.element(child)?;
        }
        self.scope.truncate(outside);
        Ok(())
    }

    fn declare(&mut self, prefix: &'x str, value: &'x str) -> Result<(), String> {
        let wrong = |what: &str| Err(format!("khai báo xmlns:{prefix} {what}"));
        if !prefix.is_empty() && value.is_empty() {
            return wrong("để trống");
        }
        if (prefix == "xml") != (value == XML) || prefix == "xmlns" || value == XMLNS || prefix.contains(':') {
            return wrong("không hợp lệ");
        }
        if self.known {
            let usual = USUAL.iter().find(|(p, _)| *p == prefix).map(|(_, value)| *value);
            let outer = self.find(prefix);
            if usual.or(outer).is_some_and(|expected| expected != value) {
                return wrong("khác với không gian tên mà tiền tố này phải có");
            }
        }
        self.scope.push((prefix, value));
        Ok(())
    }

    fn find(&self, prefix: &str) -> Option<&'x str> {
        self.scope.iter().rev().find(|(p, _)| *p == prefix).map(|(_, value)| *value)
    }

    /// The name space of a name; of an attribute without a prefix it does not matter.
    fn resolve(&self, name: &str) -> Result<&'x str, String> {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        if local.is_empty() || local.contains(':') || (prefix.is_empty() && name.contains(':')) {
            return Err(format!("tên “{name}” không hợp lệ"));
        }
        match (self.find(prefix), prefix) {
            (_, "xml") => Ok(XML),
            (Some(found), _) => Ok(found),
            (None, "") => Ok(""),
            (None, _) => Err(format!("tiền tố “{prefix}” của “{name}” không được khai báo")),
        }
    }

    /// A list of prefixes that a reader must know.
    fn list(&self, prefixes: &str) -> Result<(), String> {
        match prefixes.split_whitespace().find(|p| self.find(p).is_none()) {
            Some(prefix) => Err(format!("tiền tố “{prefix}” được nhắc tới mà không được khai báo")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ooxml::xml::parse;

    fn said(xml: &str) -> Result<(), String> {
        check_known(&parse(xml.as_bytes())?)
    }

    #[test]
    fn broken_name_spaces_are_told() {
        let mc = format!("xmlns:mc=\"{COMPATIBILITY}\"");
        let w = format!("xmlns:w=\"{W}\"");
        let good = [
            format!("<w:p {w}><w:r w:a=\"1\" a=\"2\" xml:space=\"preserve\"/></w:p>"),
            format!("<p xmlns=\"{W}\"><r a=\"\"/></p>"),
            format!("<w:p {w} {mc} xmlns:z=\"urn:z\" mc:Ignorable=\"z\"><z:a xmlns:z=\"urn:z\"/></w:p>"),
        ];
        for xml in &good {
            assert_eq!(said(xml), Ok(()), "{xml}");
        }
        let bad = [
            "<w:p/>".to_owned(),
            format!("<w:p {w}><q:r/></w:p>"),
            format!("<w:p {w} q:a=\"\"/>"),
            format!("<w:p {w}><w:r xmlns:w=\"urn:x\"/></w:p>"),
            "<w:p xmlns:w=\"urn:x\"/>".to_owned(),
            format!("<w:p {w} xmlns:q=\"\"/>"),
            format!("<w:p {w} xmlns:xml=\"urn:x\"/>"),
            format!("<w:p {w} xmlns:xmlns=\"urn:x\"/>"),
            format!("<w:p {w} {mc} mc:Ignorable=\"w14\"/>"),
            format!("<w:p {w} {mc}><mc:Choice Requires=\"wps\"/></w:p>"),
            format!("<w:p {w} xmlns:q=\"{W}\" w:a=\"\" q:a=\"\"/>"),
            format!("<w:p {w}><a:b:c/></w:p>"),
            format!("<w:p {w}><:c/></w:p>"),
        ];
        for xml in &bad {
            assert!(said(xml).is_err(), "{xml}");
        }
    }
}
