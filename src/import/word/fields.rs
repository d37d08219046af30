//! Fields without a result: what Word shows of them (ECMA-376, part 1, 17.16).

use super::symbols;
use crate::ooxml::xml::Element;

/// An open field.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// Whether its result is being read.
    pub result: bool,
    /// Whether letters of a result were read.
    pub shown: bool,
    /// What it is to do.
    pub instruction: String,
    /// Letters of its run that stand before it.
    pub start: usize,
    /// What a field of a form shows: the chosen entry of a list, a box.
    form: Option<String>,
}

impl Field {
    /// At its `w:fldChar`.
    pub fn begun(e: &Element, start: usize) -> Self {
        let data = e.child("w:ffData");
        let value = |e: &Element, name: &str| e.child(name).map(|v| v.get("w:val").unwrap_or("1").to_owned());
        let entry = data.and_then(|d| d.child("w:ddList")).and_then(|list| {
            let chosen = value(list, "w:result").or(value(list, "w:default")).and_then(|n| n.parse().ok()).unwrap_or(0);
            list.elements().filter(|e| e.name == "w:listEntry").nth(chosen)?.get("w:val").map(str::to_owned)
        });
        let ticked = data.and_then(|d| d.child("w:checkBox")).map(|check| {
            let on = value(check, "w:checked").or(value(check, "w:default")).unwrap_or_default();
            if matches!(on.as_str(), "" | "0" | "false" | "off") { "☐" } else { "☑" }.to_owned()
        });
        Field { form: entry.or(ticked), start, ..Field::default() }
    }

    /// What is shown where no result stands.
    pub fn without_result(&self) -> String {
        if let Some(form) = &self.form {
            return form.clone();
        }
        let instruction = self.instruction.trim();
        let (name, rest) = instruction.split_once(char::is_whitespace).unwrap_or((instruction, ""));
        match name.to_ascii_uppercase().as_str() {
            // The macro, then the words to click on.
            "MACROBUTTON" | "GOTOBUTTON" => {
                rest.trim().split_once(char::is_whitespace).map_or("", |(_, shown)| shown).trim().to_owned()
            }
            "SYMBOL" => {
                let mut parts = rest.split_whitespace();
                let code = parts.next().map(|c| c.trim_start_matches("0x").to_owned()).unwrap_or_default();
                let radix = if rest.trim().starts_with("0x") { 16 } else { 10 };
                let code = u32::from_str_radix(&code, radix).unwrap_or_default();
                let font = rest.split_once("\\f").map(|(_, font)| font.trim().trim_matches('"').to_owned());
                if code == 0 { String::new() } else { symbols::letter(font.as_deref(), Some(&format!("{code:X}"))) }
            }
            "EQ" => rest.trim().to_owned(),
            _ => String::new(),
        }
    }
}
