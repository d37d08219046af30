//! Tags in text that nobody fills: equations, drawings, readings above letters (ruby). They would be printed as they are.

use super::{cut, part_name};
use crate::diagnostic::{Diagnostic, code};
use crate::ooxml::xml::{Element, Node};

/// Reports each such text, with the number of its paragraph.
pub(super) fn check(root: &Element, part: &str, faults: &mut Vec<Diagnostic>) {
    Walk { part, faults, paragraph: 0 }.element(root);
}

struct Walk<'w> {
    part: &'w str,
    faults: &'w mut Vec<Diagnostic>,
    paragraph: usize,
}

impl Walk<'_> {
    fn element(&mut self, element: &Element) {
        if element.name == "w:p" {
            self.paragraph += 1;
        }
        let what = match element.name.as_str() {
            name if name.starts_with("m:") => Some("công thức"),
            "w:ruby" => Some("chữ có phiên âm"),
            name if !name.starts_with("w:") => Some("hình vẽ hoặc sơ đồ"),
            _ => None,
        };
        if let Some(what) = what {
            let mut text = String::new();
            own_text(element, &mut text);
            if let Some(at) = text.find("{{").into_iter().chain(text.find("{%")).min() {
                let message = format!(
                    "Mẫu Word, {}, đoạn {}: thẻ nằm trong {what} nên không được điền: “{}”.",
                    part_name(self.part),
                    self.paragraph,
                    cut(text[at..].trim(), 60)
                );
                let hint = "Đặt thẻ trong chữ thường, bảng hoặc hộp chữ; gõ lại chỗ này không có thẻ.";
                self.faults.push(Diagnostic::general(&code::THE_WORD_SAI, message).hint(hint));
                return;
            }
        }
        element.elements().for_each(|e| self.element(e));
    }
}

/// All text but that of paragraphs in text boxes, which are filled.
fn own_text(element: &Element, out: &mut String) {
    for node in &element.children {
        match node {
            Node::Element(e) if e.name == "w:p" => {}
            Node::Element(e) => own_text(e, out),
            Node::Text(text) => out.push_str(text),
            Node::Raw(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ooxml::xml::parse;

    #[test]
    fn tags_that_nobody_fills_are_said() {
        let said = |inside: &str| {
            let mut faults = Vec::new();
            let xml = format!("<w:body><w:p/><w:p>{inside}</w:p></w:body>");
            check(&parse(xml.as_bytes()).unwrap_or_default(), "word/document.xml", &mut faults);
            faults.into_iter().map(|f| f.message).collect::<Vec<_>>()
        };
        for (inside, what) in [
            ("<m:oMath><m:r><m:t>{{ so }}</m:t></m:r></m:oMath>", "công thức"),
            (
                "<m:oMathPara><m:oMath><m:r><m:t>a {</m:t></m:r><m:r><m:t>{ so }}</m:t></m:r></m:oMath></m:oMathPara>",
                "công thức",
            ),
            (
                "<w:r><w:drawing><wp:inline><a:graphic><a:t>{{ so }}</a:t></a:graphic></wp:inline></w:drawing></w:r>",
                "hình vẽ",
            ),
            ("<w:r><w:ruby><w:rt><w:r><w:t>{% if so %}</w:t></w:r></w:rt></w:ruby></w:r>", "phiên âm"),
        ] {
            let said = said(inside);
            assert!(said.len() == 1 && said[0].contains(what) && said[0].contains("đoạn 2"), "{inside}: {said:?}");
        }
        for inside in [
            "<m:oMath><m:r><m:t>{a}</m:t></m:r></m:oMath>",
            "<w:r><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>{{ unclosed</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r>",
        ] {
            assert!(said(inside).is_empty(), "{inside}");
        }
    }
}
