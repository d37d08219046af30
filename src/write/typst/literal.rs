//! Values → Typst literals: the one filter through which minijinja prints into Typst code.

use minijinja::value::{Value, ValueKind};
use std::fmt::Write;

/// A string as a Typst literal.
pub fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{{{:x}}}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Any value as a Typst literal: strings, numbers, booleans, arrays, dictionaries.
pub fn literal(value: &Value) -> String {
    match value.kind() {
        ValueKind::Bool => value.is_true().to_string(),
        ValueKind::Number => value.to_string(),
        ValueKind::Seq | ValueKind::Iterable => {
            let items: String = value.try_iter().into_iter().flatten().map(|v| format!("{}, ", literal(&v))).collect();
            format!("({items})")
        }
        ValueKind::Map => {
            let entries: Vec<_> = value
                .try_iter()
                .into_iter()
                .flatten()
                .map(|k| format!("{}: {}", string(&k.to_string()), literal(&value.get_item(&k).unwrap_or_default())))
                .collect();
            if entries.is_empty() { "(:)".into() } else { format!("({})", entries.join(", ")) }
        }
        ValueKind::None | ValueKind::Undefined => "none".into(),
        _ => string(&value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_a_literal() {
        let hostile = "\"#read(\\\"x\\\")\n#{1}\u{7}";
        assert_eq!(string(hostile), "\"\\\"#read(\\\\\\\"x\\\\\\\")\\n#{1}\\u{7}\"");
        let value: Value = vec![Value::from("a"), Value::from(1.5), Value::from(true), Value::from(())].into();
        assert_eq!(literal(&value), "(\"a\", 1.5, true, none, )");
    }
}
