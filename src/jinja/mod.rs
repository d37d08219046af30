//! The template language that plans and Word templates share: filters, dates, a bound on memory, values.

pub mod compare;
pub mod date;
pub mod filters;
pub mod guard;
mod number_words;

use crate::draft::Value;
use minijinja::value::Value as Jinja;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior};

/// Instructions that one text may run: far above any plan at hand, far below a wait that a person would notice.
pub const FUEL: u64 = 500_000;

/// An environment that reads no files, knows our filters, refuses unknown names and stops after `fuel` steps.
pub fn environment(fuel: u64) -> Environment<'static> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_fuel(Some(fuel));
    env.set_debug(false);
    env.set_auto_escape_callback(|_| AutoEscape::None);
    // `namespace` lets a loop keep what it made, which the estimate of sizes could not bound.
    env.remove_global("namespace");
    env.remove_global("debug");
    // These make as many bytes as a number says, print what is not text, or call text safe.
    for name in ["indent", "batch", "slice", "format", "tojson", "pprint", "center", "safe", "escape", "e"] {
        env.remove_filter(name);
    }
    filters::add(&mut env);
    env
}

/// What a value prints as; lists, groups and empty variables are not text.
pub fn printable(value: &Jinja) -> Result<String, Error> {
    use minijinja::value::ValueKind::{Bool, Bytes, Iterable, Map, None as Null, Number, Plain, Seq, String as Str};
    match value.kind() {
        Str | Number => Ok(value.to_string()),
        Bool => Ok(value.is_true().to_string()),
        Null => Err(Error::new(ErrorKind::NonPrimitive, "biến chưa có giá trị")),
        Seq | Iterable => Err(Error::new(ErrorKind::NonPrimitive, "đây là một danh sách")),
        Map => Err(Error::new(ErrorKind::NonPrimitive, "đây là một nhóm giá trị")),
        Bytes | Plain => Err(Error::new(ErrorKind::NonPrimitive, "đây không phải là chữ")),
        _ => Ok(String::new()),
    }
}

/// Variables as values of the language.
pub fn from_entries(entries: &[(String, Value)]) -> Jinja {
    Jinja::from_pairs(entries.iter().map(|(k, v)| (k.as_str(), from_value(v))))
}

/// A variable as a value of the language.
pub fn from_value(value: &Value) -> Jinja {
    match value {
        Value::Empty => Jinja::from(()),
        Value::Text(text) => Jinja::from(text.as_str()),
        Value::Integer(n) => Jinja::from(*n),
        Value::Decimal(n) => Jinja::from(*n),
        Value::Bool(b) => Jinja::from(*b),
        Value::List(items) => items.iter().map(from_value).collect::<Vec<_>>().into(),
        Value::Map(entries) => from_entries(entries),
    }
}

/// Bytes of text in variables.
pub fn bytes_of(entries: &[(String, Value)]) -> usize {
    fn one(value: &Value) -> usize {
        match value {
            Value::Text(text) => text.len(),
            Value::List(items) => items.iter().map(one).sum(),
            Value::Map(entries) => bytes_of(entries),
            Value::Empty | Value::Integer(_) | Value::Decimal(_) | Value::Bool(_) => 8,
        }
    }
    entries.iter().map(|(name, value)| name.len() + one(value)).sum()
}
