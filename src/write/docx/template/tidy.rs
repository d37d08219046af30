//! What blocks that were left out or repeated may leave behind, put right: cells and notes without a paragraph, rows
//! without a cell, tables without a row, numbers that stand twice.

use std::collections::HashSet;

/// Tidies the XML of a filled part.
pub fn tidy(xml: &mut String, repeats: bool) {
    // From the inside out: a row without cells may leave a table without rows, that a cell without paragraphs.
    drop_empty(xml, "<w:tr>", "<w:tr ", "</w:tr>", "w:tc");
    drop_empty(xml, "<w:tbl>", "<w:tbl ", "</w:tbl>", "w:tr");
    for name in ["w:tc", "w:txbxContent", "w:hdr", "w:ftr", "w:footnote", "w:endnote"] {
        last_paragraph(xml, name);
    }
    if repeats {
        number_again(xml);
    }
}

/// Takes out elements that hold no child of a kind.
fn drop_empty(xml: &mut String, open: &str, open_with: &str, close: &str, child: &str) {
    let mut from = 0;
    while let Some(end) = xml[from..].find(close).map(|i| from + i) {
        let start = xml[..end].rfind(open).max(xml[..end].rfind(open_with));
        let Some(start) = start else {
            from = end + close.len();
            continue;
        };
        let inner = &xml[start + open_with.len() - 1..end];
        let holds = inner.contains(&format!("<{child}>")) || inner.contains(&format!("<{child} "));
        let nested_end = inner.contains(close);
        if holds || nested_end || !is_innermost(inner, open, open_with) {
            from = end + close.len();
        } else {
            xml.replace_range(start..end + close.len(), "");
            from = start;
        }
    }
}

fn is_innermost(inner: &str, open: &str, open_with: &str) -> bool {
    !inner.contains(open) && !inner.contains(open_with)
}

/// An element of this name must hold a paragraph, and end with one.
fn last_paragraph(xml: &mut String, name: &str) {
    let close = format!("</{name}>");
    let mut from = 0;
    while let Some(end) = xml[from..].find(&close).map(|i| from + i) {
        let before = xml[..end].trim_end();
        if before.ends_with("</w:p>") || before.ends_with("<w:p/>") || before.ends_with("</w:sdt>") {
            from = end + close.len();
        } else {
            xml.insert_str(end, "<w:p/>");
            from = end + close.len() + "<w:p/>".len();
        }
    }
    let empty = format!("<{name}/>");
    if xml.contains(&empty) {
        *xml = xml.replace(&empty, &format!("<{name}><w:p/></{name}>"));
    }
}

/// Gives drawings, controls and bookmarks that stand twice after a loop numbers and names of their own.
fn number_again(xml: &mut String) {
    renumber(xml, "<wp:docPr ", "id=\"");
    renumber(xml, "<w:id ", "w:val=\"");
    bookmarks(xml);
}

/// The value of an attribute must differ in all elements of a kind.
fn renumber(xml: &mut String, element: &str, attribute: &str) {
    let mut seen: HashSet<i64> = HashSet::new();
    let mut next = 1_000_000_i64;
    each_value(xml, element, attribute, &mut |value| {
        let number: i64 = value.parse().unwrap_or(0);
        if seen.insert(number) {
            return None;
        }
        while !seen.insert(next) {
            next += 1;
        }
        Some(next.to_string())
    });
}

fn bookmarks(xml: &mut String) {
    let mut names: HashSet<String> = HashSet::new();
    let mut copies = 1;
    each_value(xml, "<w:bookmarkStart ", "w:name=\"", &mut |value| {
        if names.insert(value.to_owned()) {
            return None;
        }
        copies += 1;
        let fresh = format!("{value}_{copies}");
        names.insert(fresh.clone());
        Some(fresh)
    });
    // Start and end belong together: both are counted in their order.
    for element in ["<w:bookmarkStart ", "<w:bookmarkEnd "] {
        let mut count = 0;
        each_value(xml, element, "w:id=\"", &mut |_| {
            count += 1;
            Some((count + 5_000_000).to_string())
        });
    }
}

fn each_value(xml: &mut String, element: &str, attribute: &str, change: &mut dyn FnMut(&str) -> Option<String>) {
    let mut from = 0;
    while let Some(at) = xml[from..].find(element).map(|i| from + i) {
        let tag_end = xml[at..].find('>').map_or(xml.len(), |i| at + i);
        from = at + element.len();
        let Some(start) = xml[at..tag_end].find(attribute).map(|i| at + i + attribute.len()) else { continue };
        let Some(end) = xml[start..tag_end].find('"').map(|i| start + i) else { continue };
        let fresh = change(&xml[start..end]);
        if let Some(fresh) = fresh {
            xml.replace_range(start..end, &fresh);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tidied(xml: &str) -> String {
        let mut out = xml.to_owned();
        tidy(&mut out, true);
        out
    }

    #[test]
    fn what_is_left_behind_is_mended() {
        assert_eq!(tidied("<w:tc><w:tcPr/></w:tc>"), "<w:tc><w:tcPr/><w:p/></w:tc>");
        assert_eq!(tidied("<w:tbl><w:tblPr/><w:tblGrid/></w:tbl><w:p/>"), "<w:p/>");
        assert_eq!(
            tidied("<w:tbl><w:tr><w:trPr/></w:tr><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"),
            "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
        );
        assert_eq!(tidied("<w:hdr a=\"b\"></w:hdr>"), "<w:hdr a=\"b\"><w:p/></w:hdr>");
        let nested = "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>";
        assert_eq!(tidied(nested), nested);
        assert!(tidied("<wp:docPr id=\"1\"/><wp:docPr id=\"1\"/>").contains("id=\"1000000\""));
    }
}
