//! Whether the blocks of a part open and close so that what is left out or repeated is whole XML.

use super::tags::{Kind, Scope};
use super::{MARK_END, MARK_START, Place};
use crate::ooxml::xml::{Element, Node};

/// Elements that hold paragraphs, rows or cells: a block must close in the one in which it opened.
const CONTAINERS: [&str; 11] = [
    "w:body",
    "w:tc",
    "w:txbxContent",
    "w:hdr",
    "w:ftr",
    "w:footnote",
    "w:endnote",
    "w:comment",
    "w:tbl",
    "w:tr",
    "w:docPartBody",
];

/// An open block.
struct Open {
    word: String,
    tag: usize,
    container: usize,
    path: Vec<String>,
}

/// Walks a part in document order and reports every block that does not close where it should.
pub fn check(root: &Element, places: &[Place], report: &mut dyn FnMut(usize, String, &'static str)) {
    let mut walk = Walk { places, report, open: Vec::new(), containers: 0, around: Vec::new() };
    walk.element(root, 0, &mut Vec::new());
    for open in walk.open {
        let word = &open.word;
        (walk.report)(open.tag, format!("Khối {{% {word} %}} không có {{% end{word} %}}."), "Thêm thẻ đóng khối.");
    }
}

struct Walk<'w> {
    places: &'w [Place],
    report: &'w mut dyn FnMut(usize, String, &'static str),
    open: Vec<Open>,
    containers: usize,
    /// Names of the containers around, from the outside.
    around: Vec<String>,
}

impl Walk<'_> {
    fn element(&mut self, element: &Element, container: usize, path: &mut Vec<String>) {
        let own = CONTAINERS.contains(&element.name.as_str());
        let (container, mut fresh) = if own {
            self.containers += 1;
            (self.containers, Vec::new())
        } else {
            (container, Vec::new())
        };
        if own {
            self.around.push(element.name.to_string());
        }
        let path = if own { &mut fresh } else { path };
        path.push(if own { String::new() } else { element.name.to_string() });
        for node in &element.children {
            match node {
                Node::Element(child) => self.element(child, container, path),
                Node::Raw(raw) => {
                    for piece in raw.split(MARK_START).skip(1) {
                        if let Some(tag) = piece.split(MARK_END).next().and_then(|n| n.parse().ok()) {
                            self.tag(tag, container, path);
                        }
                    }
                }
                Node::Text(_) => {}
            }
        }
        path.pop();
        if own {
            self.around.pop();
        }
    }

    fn tag(&mut self, index: usize, container: usize, path: &[String]) {
        let Some(place) = self.places.get(index) else { return };
        if place.tag.kind == Kind::Print {
            return self.zone(index, place.tag.expression());
        }
        if place.tag.kind != Kind::Block {
            return;
        }
        let word = place.tag.word();
        match word {
            "if" | "for" | "with" | "filter" | "autoescape" => self.open(word, index, container, path),
            // `{% set a %}…{% endset %}` has no sign of equality.
            "set" if !place.tag.inner.contains('=') => self.open(word, index, container, path),
            "elif" | "else" => {
                let Some(open) = self.open.last() else {
                    return (self.report)(
                        index,
                        format!("Thẻ {{% {word} %}} không nằm trong khối nào."),
                        "Bỏ thẻ này, hoặc thêm {% if … %} ở trước.",
                    );
                };
                if open.container != container || open.path != path {
                    self.misplaced(index, self.open.len() - 1);
                }
            }
            _ => {
                let Some(begun) = word.strip_prefix("end") else { return };
                let Some(at) = self.open.iter().rposition(|o| o.word == begun) else {
                    return (self.report)(
                        index,
                        format!("Thẻ {{% {word} %}} đóng một khối chưa mở."),
                        "Bỏ thẻ này, hoặc thêm thẻ mở khối ở trước.",
                    );
                };
                while self.open.len() > at + 1 {
                    if let Some(inner) = self.open.pop() {
                        let word = inner.word;
                        (self.report)(
                            inner.tag,
                            format!("Khối {{% {word} %}} không đóng trước khối bao ngoài."),
                            "Thêm thẻ đóng khối ở đúng chỗ.",
                        );
                    }
                }
                if self.open[at].container != container || self.open[at].path != path {
                    self.misplaced(index, at);
                }
                self.open.pop();
            }
        }
    }

    /// Some zones cannot stand everywhere: sections end in the body only, and Word has footnotes in the body only.
    fn zone(&mut self, index: usize, name: &str) {
        let body_only = self.around.iter().any(|n| n != "w:body");
        let outside = self.around.iter().any(|n| !matches!(n.as_str(), "w:body" | "w:tbl" | "w:tr" | "w:tc"));
        if name == "phu_luc" && body_only {
            let message = "Phụ lục mở phần mới nên không đặt được trong bảng, hộp chữ, đầu trang hay chân trang.";
            (self.report)(index, message.into(), "Đặt {{p phu_luc }} ở cuối thân văn bản.");
        } else if matches!(name, "noi_dung" | "cuoi_van_ban") && outside {
            let message = format!("Vùng {name} không đặt được trong hộp chữ, đầu trang, chân trang hay chú thích.");
            (self.report)(index, message, "Đặt vùng này trong thân văn bản.");
        }
    }

    fn open(&mut self, word: &str, tag: usize, container: usize, path: &[String]) {
        self.open.push(Open { word: word.to_owned(), tag, container, path: path.to_vec() });
    }

    fn misplaced(&mut self, index: usize, open: usize) {
        let first = &self.places[self.open[open].tag].tag;
        let here = &self.places[index].tag;
        let message = if first.scope != here.scope {
            format!("Khối mở bằng {} mà đóng hay rẽ nhánh bằng {}.", first.typed, here.typed)
        } else {
            format!("Khối {} mở ở một chỗ, đóng hay rẽ nhánh ở chỗ không cùng cấp.", first.typed)
        };
        let hint = match (first.scope, here.scope) {
            (a, b) if a != b => "Dùng cùng một loại thẻ ở mọi đầu của khối: {%p … %} cả, hoặc {% … %} cả.",
            (Scope::Text, _) => {
                "Khối trong bảng mở và đóng trong cùng một ô; để lặp cả hàng dùng {%tr … %}, cả ô dùng {%tc … %}."
            }
            _ => "Đặt thẻ mở và thẻ đóng trong cùng một phần: cùng thân văn bản, cùng bảng, cùng ô.",
        };
        (self.report)(index, message, hint);
    }
}
