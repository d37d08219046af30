//! The fields of a part: their codes, read as Word reads them, and those that have no place in a template.

use super::names::{Kind, NAMES};
use super::part_name;
use crate::diagnostic::{Diagnostic, code};
use crate::jinja::filters::file_name;
use crate::ooxml::package::{Refusal, is_web_address};
use crate::ooxml::xml::Element;

/// Fields that fetch or run something.
const FORBIDDEN: [&str; 11] = [
    "DDE",
    "DDEAUTO",
    "INCLUDEPICTURE",
    "INCLUDETEXT",
    "INCLUDE",
    "LINK",
    "IMPORT",
    "EMBED",
    "RD",
    "DATABASE",
    "MACROBUTTON",
];
/// Fields of Word's mail merge: nothing merges here.
const MERGE: [&str; 10] =
    ["MERGEFIELD", "MERGEREC", "MERGESEQ", "NEXT", "NEXTIF", "SKIPIF", "ADDRESSBLOCK", "GREETINGLINE", "ASK", "FILLIN"];

/// A field.
struct Field {
    /// Its code, without the codes of fields in it.
    code: String,
    /// Whether another field makes a part of its code.
    computed: bool,
    /// The paragraph in which it begins, from 1.
    paragraph: usize,
}

/// All fields of a part, in the order of their beginnings. A code may be divided over runs and paragraphs.
fn fields(root: &Element) -> Vec<Field> {
    let mut walk = Walk::default();
    walk.element(root);
    walk.out
}

#[derive(Default)]
struct Walk {
    out: Vec<Field>,
    /// Open fields: their index, and whether their code goes on.
    open: Vec<(usize, bool)>,
    paragraph: usize,
}

impl Walk {
    fn begin(&mut self, code: String) -> usize {
        if let Some((index, true)) = self.open.last() {
            self.out[*index].computed = true;
        }
        self.out.push(Field { code, computed: false, paragraph: self.paragraph });
        self.out.len() - 1
    }

    fn element(&mut self, element: &Element) {
        match element.name.as_str() {
            "w:p" => self.paragraph += 1,
            "w:fldSimple" => {
                self.begin(element.get("w:instr").unwrap_or_default().to_owned());
            }
            "w:fldChar" => match element.get("w:fldCharType") {
                Some("begin") => {
                    let index = self.begin(String::new());
                    self.open.push((index, true));
                }
                Some("separate") => {
                    if let Some((_, in_code)) = self.open.last_mut() {
                        *in_code = false;
                    }
                }
                _ => {
                    self.open.pop();
                }
            },
            "w:instrText" | "w:t" => {
                match self.open.last() {
                    Some((index, true)) => self.out[*index].code.push_str(&element.text()),
                    // A code outside of any field: Word may read it all the same.
                    _ if element.name == "w:instrText" => {
                        self.begin(element.text());
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        element.elements().for_each(|e| self.element(e));
    }
}

/// The words of a code, with what stands between quotation marks as one; `None` where a mark is left open.
fn words(code: &str) -> Option<Vec<String>> {
    let quote = |c: char| matches!(c, '"' | '“' | '”');
    let mut out = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let (word, after) = if quote(first) {
            let inside = &rest[first.len_utf8()..];
            let end = inside.find(quote)?;
            let length = inside[end..].chars().next().map_or(0, char::len_utf8);
            (&inside[..end], &inside[end + length..])
        } else {
            rest.split_at(rest.find(|c: char| c.is_whitespace() || quote(c)).unwrap_or(rest.len()))
        };
        out.push(word.to_owned());
        rest = after.trim_start();
    }
    Some(out)
}

/// Refuses fields that fetch or run something, and links to anything but the web and mail.
pub(super) fn forbidden(root: &Element, part: &str) -> Result<(), Refusal> {
    for field in fields(root) {
        let place = format!("{}, đoạn {}", part_name(part), field.paragraph);
        let words = words(&field.code);
        let all: Vec<String> =
            words.clone().unwrap_or_else(|| field.code.split_whitespace().map(str::to_owned).collect());
        let name = all.first().map(|w| w.to_ascii_uppercase()).unwrap_or_default();
        if FORBIDDEN.contains(&name.as_str()) {
            let what = format!("{place} có trường {name}, là trường nạp tệp khác hoặc chạy chương trình");
            return Err(Refusal::Forbidden(what));
        }
        if name != "HYPERLINK" {
            continue;
        }
        if field.computed || words.is_none() {
            return Err(Refusal::Forbidden(format!("{place} có liên kết mà địa chỉ không đọc được trọn vẹn")));
        }
        if let Some(address) = addresses(&all[1..]).into_iter().find(|a| !is_web_address(a)) {
            let what = format!("{place}: liên kết “{address}” không phải là địa chỉ web hay thư điện tử");
            return Err(Refusal::Forbidden(what));
        }
    }
    attributes(root, part)
}

/// What a HYPERLINK leads to: its words but switches (`\l`, `\o`, `\t` with a word each, `\m`, `\n`, `\h`).
fn addresses(words: &[String]) -> Vec<&str> {
    let mut out = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.strip_prefix('\\').map(str::to_ascii_lowercase).as_deref() {
            Some("l" | "o" | "t" | "s") => {
                words.next();
            }
            Some("m" | "n" | "h") => {}
            _ if word.is_empty() => {}
            _ => out.push(word.as_str()),
        }
    }
    out
}

/// Old drawings (VML) keep links in attributes.
fn attributes(element: &Element, part: &str) -> Result<(), Refusal> {
    for (name, value) in &element.attributes {
        let local = name.rsplit(':').next().unwrap_or(name);
        if local.eq_ignore_ascii_case("href") && !value.starts_with('#') && !is_web_address(value) {
            let what = format!("{}: liên kết “{value}” không phải là địa chỉ web hay thư điện tử", part_name(part));
            return Err(Refusal::Forbidden(what));
        }
    }
    element.elements().try_for_each(|e| attributes(e, part))
}

/// Names each field of a mail merge with the tag that does its work here.
pub(super) fn merge_fields(root: &Element, part: &str, faults: &mut Vec<Diagnostic>) {
    for field in fields(root) {
        let words = words(&field.code).unwrap_or_default();
        let name = words.first().map(|w| w.to_ascii_uppercase()).unwrap_or_default();
        if !MERGE.contains(&name.as_str()) {
            continue;
        }
        let place = format!("Mẫu Word, {}, đoạn {}", part_name(part), field.paragraph);
        let (message, hint) = match words.get(1).filter(|_| name == "MERGEFIELD") {
            Some(column) => (
                format!("{place}: trường trộn thư «{column}» không được điền."),
                format!("Xóa trường này và gõ {}.", tag_for(column)),
            ),
            None => (
                format!("{place}: trường {name} của trộn thư không có tác dụng."),
                "Xóa trường này; mỗi đơn vị của danh sách đã là một tệp riêng.".into(),
            ),
        };
        faults.push(Diagnostic::general(&code::THE_WORD_SAI, message).hint(hint));
    }
}

/// The tag for a column of a mail merge: one of our names where the column is called so, else a variable.
fn tag_for(column: &str) -> String {
    let key = file_name(column).replace('-', "_");
    let own = NAMES.iter().find(|n| n.name == key || n.name.rsplit('.').next() == Some(&key));
    match own {
        Some(name) if matches!(name.kind, Kind::Zone | Kind::List) => format!("{{{{p {} }}}}", name.name),
        Some(name) => format!("{{{{ {} }}}}", name.name),
        None => format!(
            "{{{{ {key} }}}}, rồi khai báo {key} trong khóa bien của kế hoạch hoặc lấy từ một cột của danh sách"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ooxml::xml::parse;

    fn root(codes: &[&str]) -> Element {
        let runs: String = codes
            .iter()
            .map(|c| match *c {
                "(" => "<w:fldChar w:fldCharType=\"begin\"/>".to_owned(),
                "|" => "<w:fldChar w:fldCharType=\"separate\"/>".to_owned(),
                ")" => "<w:fldChar w:fldCharType=\"end\"/>".to_owned(),
                "¶" => "</w:p><w:p>".to_owned(),
                code => format!("<w:instrText>{}</w:instrText>", crate::ooxml::xml::escape(code)),
            })
            .collect();
        parse(format!("<w:body><w:p>{runs}</w:p></w:body>").as_bytes()).unwrap_or_default()
    }

    #[test]
    fn only_web_and_mail_links_are_taken() {
        let good: [&[&str]; 6] = [
            &["(", " HYPERLINK \"https://chinhphu.vn\" \\o \"Cổng\" ", "|", ")"],
            &["(", "HYPERLINK \"mailto:vanthu@tinh.gov.vn\"", "|", ")"],
            &["(", "HYPERLINK \\l \"muc_1\" \\h", "|", ")"],
            &["(", "HYPER", "LINK http://a.vn", "|", ")"],
            &["(", "PAGE \\* MERGEFORMAT", "|", ")"],
            &["(", "TOC \\o \"1-3\" \\h", "|", "(", "HYPERLINK \\l \"x\"", "|", ")", ")"],
        ];
        for codes in good {
            assert_eq!(forbidden(&root(codes), "word/document.xml"), Ok(()), "{codes:?}");
        }
        let bad: [&[&str]; 12] = [
            &["(", "HYPERLINK \"ms-msdt:/id x\"", "|", ")"],
            &["(", "HYPERLINK \"javascript:alert(1)\"", "|", ")"],
            &["(", "hyperlink \" JaVaScRiPt:x\"", "|", ")"],
            &["(", "HYPERLINK \"java\tscript:x\"", "|", ")"],
            &["(", "HYPERLINK javascript:x", "|", ")"],
            &["(", "HYPERLINK \\o \"http://a.vn\" \"file:///c:/x\"", "|", ")"],
            &["(", "HYPERLINK", "¶", " \"\\\\\\\\may-chu\\\\x\"", "|", ")"],
            &["(", "HYPERLINK \"", "(", "QUOTE java", "|", ")", "script:x\"", "|", ")"],
            &["(", "HYPERLINK “C:\\\\x.exe”", "|", ")"],
            &["(", "IF 1 = 1 \"", "(", "DDEAUTO c", "|", ")", "\"", "|", ")"],
            &["(", "DDE", "¶", "AUTO c", "|", ")"],
            &["(", "HYPERLINK \"tệp.docx\"", "|", ")"],
        ];
        for codes in bad {
            assert!(forbidden(&root(codes), "word/document.xml").is_err(), "{codes:?}");
        }
        let simple = "<w:p><w:fldSimple w:instr=\"HYPERLINK &quot;javascript:x&quot;\"/></w:p>";
        assert!(forbidden(&parse(simple.as_bytes()).unwrap_or_default(), "word/document.xml").is_err());
        let drawing = "<w:p><v:shape href=\"javascript:x\"/></w:p>";
        assert!(forbidden(&parse(drawing.as_bytes()).unwrap_or_default(), "word/document.xml").is_err());
    }

    #[test]
    fn each_merge_field_is_named_with_its_tag() {
        let root = root(&[
            "(",
            " MERGEFIELD Ten_don_vi \\* MERGEFORMAT",
            "|",
            ")",
            "¶",
            "(",
            "MERGEFIELD \"Trích yếu\"",
            "|",
            ")",
            "(",
            "mergefield Noi_nhan",
            "|",
            ")",
            "(",
            "NEXT",
            "|",
            ")",
        ]);
        let mut faults = Vec::new();
        merge_fields(&root, "word/header1.xml", &mut faults);
        let said: Vec<String> =
            faults.iter().map(|f| format!("{} {}", f.message, f.hint.clone().unwrap_or_default())).collect();
        let wanted = [
            ("đầu trang (header1.xml), đoạn 1: trường trộn thư «Ten_don_vi»", "{{ ten_don_vi }}"),
            ("đoạn 2: trường trộn thư «Trích yếu»", "{{ trich_yeu }}."),
            ("đoạn 2: trường trộn thư «Noi_nhan»", "{{p noi_nhan }}."),
            ("trường NEXT", "Xóa trường này"),
        ];
        assert_eq!(said.len(), wanted.len(), "{said:?}");
        for (said, (place, tag)) in said.iter().zip(wanted) {
            assert!(said.contains(place) && said.contains(tag), "{said}");
        }
    }
}
