//! Formulas (ECMA-376, part 1, 22.1) on one line: a plan has no others.

use crate::import::scripts::{Script, placed};
use crate::ooxml::xml::Element;

/// Deepest nesting that is read.
const MOST_DEPTH: usize = 60;

/// The letters of a formula, with the signs that its shape stands for: `(a + b)/c`, `x²`, `√(a + b)`, `[1 2; 3 4]`. Deleted
/// letters are put apart.
pub(super) fn on_one_line(e: &Element, deleted: &mut Vec<String>) -> String {
    let mut line = Line { out: String::new(), fraction: 0, deleted };
    line.children(e, 0);
    line.out
}

struct Line<'d> {
    out: String,
    /// Where the last fraction ended.
    fraction: usize,
    deleted: &'d mut Vec<String>,
}

impl Line<'_> {
    fn children(&mut self, e: &Element, depth: usize) {
        e.elements().for_each(|child| self.one(child, depth));
    }

    /// The letters of a part by themselves.
    fn of(&mut self, part: &Element, depth: usize) -> String {
        let outer = (std::mem::take(&mut self.out), std::mem::take(&mut self.fraction));
        self.children(part, depth + 1);
        self.fraction = outer.1;
        std::mem::replace(&mut self.out, outer.0)
    }

    fn child(&mut self, e: &Element, name: &str, depth: usize) -> String {
        e.child(name).map(|part| self.of(part, depth)).unwrap_or_default()
    }

    /// All parts of a name, with a sign between them.
    fn parts(&mut self, e: &Element, name: &str, sign: &str, depth: usize) -> String {
        let all: Vec<String> = e.elements().filter(|part| part.name == name).map(|part| self.of(part, depth)).collect();
        all.join(sign)
    }

    fn one(&mut self, e: &Element, depth: usize) {
        if depth > MOST_DEPTH {
            return self.out.push_str(&e.text());
        }
        let value = |properties: &str, name: &str| {
            e.child(properties).and_then(|p| p.child(name)).and_then(|v| v.get("m:val")).map(str::to_owned)
        };
        match e.name.as_str() {
            "m:t" | "w:t" => self.letters(&e.text()),
            "w:del" | "w:moveFrom" => self.deleted.push(e.text()),
            "m:f" => {
                let (over, under) = (self.child(e, "m:num", depth), self.child(e, "m:den", depth));
                self.fraction(&over, &under, value("m:fPr", "m:type").as_deref() == Some("noBar"));
            }
            "m:sPre" => {
                for (name, place, sign) in [("m:sup", Script::Raised, '^'), ("m:sub", Script::Lowered, '_')] {
                    let text = self.child(e, name, depth);
                    self.script(&text, place, sign);
                }
                let base = self.child(e, "m:e", depth);
                self.out.push_str(&base);
            }
            "m:sSup" | "m:sSub" | "m:sSubSup" => {
                let base = self.child(e, "m:e", depth);
                self.out.push_str(&grouped(base));
                self.scripts(e, depth);
            }
            "m:nary" => {
                self.out.push_str(value("m:naryPr", "m:chr").as_deref().unwrap_or("∫"));
                self.scripts(e, depth);
                let base = self.child(e, "m:e", depth);
                self.out.push_str(&base);
            }
            "m:rad" => {
                let degree = self.child(e, "m:deg", depth);
                self.script(&degree, Script::Raised, '^');
                let root = grouped(self.child(e, "m:e", depth));
                self.out.push_str(&format!("√{root}"));
            }
            _ => self.group(e, depth),
        }
    }

    /// Brackets, matrices, limits, functions, lines under each other.
    fn group(&mut self, e: &Element, depth: usize) {
        let value =
            |name: &str| e.child("m:dPr").and_then(|p| p.child(name)).and_then(|v| v.get("m:val")).map(str::to_owned);
        match e.name.as_str() {
            "m:d" => {
                let between = value("m:sepChr").unwrap_or_else(|| "|".to_owned());
                let inner = self.parts(e, "m:e", &between, depth);
                let begin = value("m:begChr").unwrap_or_else(|| "(".to_owned());
                let end = value("m:endChr").unwrap_or_else(|| ")".to_owned());
                self.out.push_str(&format!("{begin}{inner}{end}"));
            }
            "m:m" => {
                let rows: Vec<String> = e
                    .elements()
                    .filter(|row| row.name == "m:mr")
                    .map(|row| self.parts(row, "m:e", " ", depth))
                    .collect();
                self.out.push_str(&format!("[{}]", rows.join("; ")));
            }
            "m:limLow" | "m:limUpp" => {
                let (base, limit) = (self.child(e, "m:e", depth), self.child(e, "m:lim", depth));
                self.out.push_str(&base);
                let below = e.name == "m:limLow";
                let (place, sign) = if below { (Script::Lowered, '_') } else { (Script::Raised, '^') };
                self.script(&limit, place, sign);
            }
            "m:func" => {
                let (name, inner) = (self.child(e, "m:fName", depth), self.child(e, "m:e", depth));
                self.out.push_str(&format!("{name} {inner}"));
            }
            "m:eqArr" => {
                let lines = self.parts(e, "m:e", "; ", depth);
                self.out.push_str(&lines);
            }
            _ => self.children(e, depth + 1),
        }
    }

    fn letters(&mut self, text: &str) {
        // Letters behind a fraction are none of what stands below its bar.
        if self.fraction > 0 && self.fraction == self.out.len() && text.starts_with(char::is_alphanumeric) {
            self.out.push(' ');
        }
        self.out.push_str(text);
    }

    /// `3 1/2`, `a/(bc)`; parts without a bar are those of a binomial.
    fn fraction(&mut self, over: &str, under: &str, bare: bool) {
        if self.out.ends_with(char::is_alphanumeric) {
            self.out.push(' ');
        }
        // What stands beside it is no part of it.
        let (over, under) = (grouped(over.to_owned()), grouped_all(under));
        self.out.push_str(&if bare { format!("{over}; {under}") } else { format!("{over}/{under}") });
        self.fraction = self.out.len();
    }

    fn scripts(&mut self, e: &Element, depth: usize) {
        let (sub, sup) = (self.child(e, "m:sub", depth), self.child(e, "m:sup", depth));
        self.script(&sub, Script::Lowered, '_');
        self.script(&sup, Script::Raised, '^');
    }

    fn script(&mut self, text: &str, place: Script, sign: char) {
        if text.trim().is_empty() {
            return;
        }
        let made = placed(text, place).0;
        let typed = if made == text { format!("{sign}{}", grouped(made)) } else { made };
        self.out.push_str(&typed);
    }
}

/// A part of a fraction, a power or a root; several letters are held together.
fn grouped(text: String) -> String {
    let single = text.trim().chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | ','));
    if single { text } else { format!("({text})") }
}

/// A part below a bar: letters beside each other are a product, and held together as well.
fn grouped_all(text: &str) -> String {
    let bare = text.trim();
    let number = bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    if number || bare.chars().count() <= 1 { text.to_owned() } else { format!("({text})") }
}
