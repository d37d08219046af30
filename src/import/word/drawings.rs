//! What is drawn: text boxes, pictures; charts and diagrams, which a plan cannot hold, by their words.

use super::alternatives::chosen;
use super::runs::Letters;
use super::{Reader, UNREAD};
use crate::import::stream::{Par, Picture, Piece, squeezed};
use crate::ooxml::xml::Element;

/// Runs that are looked at for the words before a thing.
const LAST_RUNS: usize = 40;
/// Most letters of a chart that are told.
const MOST_TOLD: usize = 2000;

impl Reader<'_> {
    /// Text boxes, pictures, charts.
    pub(super) fn drawing(&mut self, e: &Element, out: &mut Letters) {
        // Word writes a box twice: as it draws it, and for older programs.
        let e = match e.name.as_str() {
            "mc:AlternateContent" => match chosen(e) {
                Some(choice) => choice,
                None => return,
            },
            _ => e,
        };
        let drawn = e;
        let mut found = Vec::new();
        find(e, &DRAWN, &mut found, 0);
        if found.is_empty() && inside(e, "o:OLEObject", 0).is_some() {
            self.leave_out("đối tượng nhúng".to_owned(), "đối tượng nhúng trong tệp Word");
            self.missing("một đối tượng nhúng", out);
        }
        for e in found {
            match e.name.as_str() {
                // WordArt, and text of shapes that are not Word's own.
                "v:textpath" => out.boxes.extend(e.get("string").map(|s| Piece::Par(Par::plain(s)))),
                "a:txBody" => {
                    let mut words = Vec::new();
                    letters(e, &mut words, 0);
                    out.boxes.extend(words.iter().map(|w| Piece::Par(Par::plain(w))));
                }
                "w14:contentPart" => self.missing("nét vẽ tay", out),
                "w:txbxContent" => out.boxes.extend(self.pieces(e)),
                "c:chart" | "cx:chart" => self.undrawn(e.get("r:id"), "biểu đồ", CHART, out),
                "dgm:relIds" => self.undrawn(e.get("r:dm"), "sơ đồ", DIAGRAM, out),
                _ => self.picture(e, drawn, out),
            }
        }
    }

    fn picture(&mut self, e: &Element, drawn: &Element, out: &mut Letters) {
        let id = e.get("r:embed").or(e.get("r:id")).or(e.get("r:link"));
        let target = id.and_then(|id| self.relations.get(id));
        let inner = target.filter(|r| !r.external);
        let bytes = inner.and_then(|target| self.package.get(&target.target));
        let (Some(target), Some(bytes)) = (inner, bytes) else {
            self.leave_out(target.map_or("hình", |t| &t.target).to_owned(), "hình không nằm trong tệp Word");
            return self.missing("một hình không nằm trong tệp", out);
        };
        let own = target.target.rsplit('/').next().unwrap_or_default();
        if ![".png", ".jpg", ".jpeg"].iter().any(|end| own.to_ascii_lowercase().ends_with(end)) {
            self.leave_out(own.to_owned(), "hình không phải PNG hay JPEG");
            self.missing("một hình không phải PNG hay JPEG", out);
            return;
        }
        let name = format!("{}{own}", self.prefix);
        if !self.out.pictures.iter().any(|(n, _)| *n == name) {
            self.out.pictures.push((name.clone(), bytes.to_vec()));
        }
        let floats = inside(drawn, "wp:anchor", 0).is_some();
        // English metric units: 36,000 to the millimetre.
        let width = inside(drawn, "wp:extent", 0).and_then(|e| e.get("cx")).and_then(|cx| cx.parse::<f64>().ok());
        out.pictures.push(Picture { name, width: width.map(|cx| cx / 36_000.0), floats });
    }

    /// A chart or a diagram, whose words stand in a part of its own.
    fn undrawn(&mut self, id: Option<&str>, what: &str, reason: &'static str, out: &Letters) {
        let target = id.and_then(|id| self.relations.get(id)).filter(|r| !r.external).map(|r| r.target.clone());
        // One that is drawn again has the same words.
        if target.as_ref().is_some_and(|part| !self.told.insert(part.clone())) {
            return self.missing(&format!("một {what}"), out);
        }
        let mut words = Vec::new();
        // Text may be drawn upon a chart, in a part of its own.
        let upon = target.iter().flat_map(|part| self.package.relations(part).unwrap_or_default());
        let upon: Vec<String> = upon.filter(|r| r.kind == "chartUserShapes").map(|r| r.target).collect();
        for part in target.into_iter().chain(upon) {
            if let Ok(root) = self.package.xml_without(&part, UNREAD) {
                letters(&root, &mut words, 0);
            }
        }
        let mut told: Vec<String> = Vec::new();
        // A chart repeats its categories with each row.
        words.into_iter().for_each(|w| {
            if !told.contains(&w) && told.len() < MOST_TOLD {
                told.push(w)
            }
        });
        let words: String = told.join(" ").chars().take(MOST_TOLD).collect();
        self.leave_out(if words.is_empty() { what.to_owned() } else { words }, reason);
        self.missing(&format!("một {what}"), out);
    }

    /// A file inside of the file, which Word would draw in.
    pub(super) fn embedded(&mut self, e: &Element) {
        let target = e.get("r:id").and_then(|id| self.relations.get(id)).map(|r| r.target.clone());
        self.leave_out(target.unwrap_or_else(|| "phần nhúng".to_owned()), "tệp nhúng trong tệp Word");
        self.missing("một tệp nhúng chưa được đọc (mở bằng Word rồi lưu lại thì đọc được)", &Letters::default());
    }

    /// Says behind which words something stands that the plan does not show.
    fn missing(&mut self, what: &str, out: &Letters) {
        // From the end, as far as six words need.
        let mut own = String::new();
        for run in out.runs.iter().rev().take(LAST_RUNS) {
            own.insert_str(0, &run.text);
            if own.split_whitespace().count() > 6 {
                break;
            }
        }
        let before = if own.trim().is_empty() { self.last_words.as_str() } else { own.as_str() };
        let words: Vec<&str> = before.split_whitespace().collect();
        let last = words[words.len().saturating_sub(6)..].join(" ");
        let place = if last.is_empty() { "ở đầu tệp".to_owned() } else { format!("sau “{last}”") };
        let advice = if what.contains('(') {
            ""
        } else {
            "; lưu nó thành hình PNG rồi đặt vào chỗ đó bằng hinh nếu cần"
        };
        self.out.missing.push(format!("{place} tệp Word có {what}{advice}"));
    }
}

/// What is looked for in a drawing.
const DRAWN: [&str; 9] = [
    "w:txbxContent",
    "a:blip",
    "v:imagedata",
    "v:textpath",
    "a:txBody",
    "c:chart",
    "cx:chart",
    "dgm:relIds",
    "w14:contentPart",
];

/// Why the words of a chart are not in the plan.
const CHART: &str = "chữ trong biểu đồ";
/// Why those of a diagram are not.
const DIAGRAM: &str = "chữ trong sơ đồ";

/// Paragraphs of drawn text and the names of rows and columns.
fn letters(e: &Element, out: &mut Vec<String>, depth: usize) {
    for child in e.elements().filter(|_| depth < 60) {
        match child.name.as_str() {
            "a:p" | "c:strCache" | "cx:strDim" => {
                let mut parts = Vec::new();
                texts(child, &mut parts, 0);
                let whole = if child.name == "a:p" { parts.concat() } else { parts.join(" ") };
                out.extend(Some(squeezed(&whole)).filter(|w| !w.is_empty()));
            }
            "c:numCache" => {}
            _ => letters(child, out, depth + 1),
        }
    }
}

fn texts(e: &Element, out: &mut Vec<String>, depth: usize) {
    for child in e.elements().filter(|_| depth < 60) {
        match child.name.as_str() {
            "a:t" | "c:v" | "cx:pt" => out.push(child.text()),
            _ => texts(child, out, depth + 1),
        }
    }
}

/// Elements of these names, without looking into them; of alternatives in the one that is [`chosen`].
fn find<'e>(e: &'e Element, names: &[&str], out: &mut Vec<&'e Element>, depth: usize) {
    for child in e.elements() {
        if names.contains(&child.name.as_str()) {
            out.push(child);
        } else if depth < 60 {
            let child = match child.name.as_str() {
                "mc:AlternateContent" => chosen(child).unwrap_or(child),
                _ => child,
            };
            find(child, names, out, depth + 1);
        }
    }
}

/// The first element of a name, at or below one.
fn inside<'e>(e: &'e Element, name: &str, depth: usize) -> Option<&'e Element> {
    if e.name == name {
        return Some(e);
    }
    e.elements().filter(|_| depth < 4).find_map(|child| inside(child, name, depth + 1))
}
