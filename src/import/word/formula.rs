//! Formulas (ECMA-376, part 1, 22.1) on one line: a plan has no others.

use crate::import::scripts::{Script, placed};
use crate::ooxml::xml::Element;

/// Deepest nesting that is read.
const MOST_DEPTH: usize = 60;

/// The letters of a formula, with the signs that its shape stands for: `(a + b)/c`, `x²`, `√(a + b)`.
pub(super) fn on_one_line(e: &Element) -> String {
    let mut out = String::new();
    children(e, &mut out, 0);
    out
}

fn children(e: &Element, out: &mut String, depth: usize) {
    e.elements().for_each(|child| one(child, out, depth));
}

fn one(e: &Element, out: &mut String, depth: usize) {
    if depth > MOST_DEPTH {
        return out.push_str(&e.text());
    }
    let of = |name: &str| {
        let mut text = String::new();
        e.child(name).into_iter().for_each(|part| children(part, &mut text, depth + 1));
        text
    };
    match e.name.as_str() {
        "m:t" => out.push_str(&e.text()),
        "m:f" => {
            let (over, under) = (grouped(of("m:num")), grouped(of("m:den")));
            out.push_str(&format!("{over}/{under}"));
        }
        "m:sSup" | "m:sSub" | "m:sSubSup" | "m:nary" => {
            let sign = e.child("m:naryPr").and_then(|p| p.child("m:chr")).and_then(|c| c.get("m:val"));
            if e.name == "m:nary" {
                out.push_str(sign.unwrap_or("∫"));
            } else {
                out.push_str(&of("m:e"));
            }
            script(&of("m:sub"), Script::Lowered, '_', out);
            script(&of("m:sup"), Script::Raised, '^', out);
            if e.name == "m:nary" {
                out.push_str(&of("m:e"));
            }
        }
        "m:rad" => {
            script(&of("m:deg"), Script::Raised, '^', out);
            let root = grouped(of("m:e"));
            out.push_str(&format!("√{root}"));
        }
        "m:d" => {
            let sign = |name: &str| e.child("m:dPr").and_then(|p| p.child(name)).and_then(|c| c.get("m:val"));
            let parts: Vec<String> = e
                .elements()
                .filter(|part| part.name == "m:e")
                .map(|part| {
                    let mut text = String::new();
                    children(part, &mut text, depth + 1);
                    text
                })
                .collect();
            let (begin, end) = (sign("m:begChr").unwrap_or("("), sign("m:endChr").unwrap_or(")"));
            out.push_str(&format!("{begin}{}{end}", parts.join(sign("m:sepChr").unwrap_or("|"))));
        }
        _ => children(e, out, depth + 1),
    }
}

/// A part of a fraction or a root; several letters are held together.
fn grouped(text: String) -> String {
    let single = text.trim().chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | ','));
    if single { text } else { format!("({text})") }
}

fn script(text: &str, place: Script, sign: char, out: &mut String) {
    if text.trim().is_empty() {
        return;
    }
    let made = placed(text, place).0;
    if made == text { out.push_str(&format!("{sign}{}", grouped(made))) } else { out.push_str(&made) }
}
