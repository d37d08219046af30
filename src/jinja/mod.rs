//! The template language that plans and Word templates share: filters, dates, a bound on memory, values.

pub mod compare;
pub mod date;
pub mod exact;
pub mod filters;
pub mod guard;
mod join;
mod number_words;
pub mod order;
mod range;
pub mod told;

use crate::draft::Value;
use crate::source::{is_forbidden, nfc};
use minijinja::value::Value as Jinja;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior};
use told::told;

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
    order::add(&mut env);
    join::add(&mut env);
    exact::add(&mut env);
    range::add(&mut env);
    env
}

/// Most bytes that one text of a plan may become, and most that its values may print: some 400,000 words. minijinja
/// counts steps, not bytes.
pub const MAX_TEXT: usize = 2 << 20;

/// What a template has printed, up to a limit.
pub struct Bounded {
    bytes: Vec<u8>,
    limit: usize,
}

impl Bounded {
    /// Nothing yet; writing fails once there are more than `limit` bytes.
    pub fn new(limit: usize) -> Self {
        Bounded { bytes: Vec::new(), limit }
    }

    /// Whether the limit was what stopped the template.
    pub fn is_full(&self) -> bool {
        self.bytes.len() > self.limit
    }

    /// The text.
    pub fn into_text(self) -> String {
        String::from_utf8(self.bytes).unwrap_or_default()
    }
}

impl std::io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        if self.is_full() { Err(std::io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes.len()) }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What a value prints as; lists, groups and empty variables are not text. A text keeps the rules of the file: what a
/// plan may not hold, a template may not print either, however it came by it.
pub fn printable(value: &Jinja) -> Result<String, Error> {
    use minijinja::value::ValueKind::{Bool, Bytes, Iterable, Map, None as Null, Number, Plain, Seq, String as Str};
    let no_text = |reason: &str| Err(told(ErrorKind::NonPrimitive, reason));
    match value.kind() {
        Str => {
            let text = nfc(&value.to_string()).into_owned();
            match text.chars().find(|c| is_forbidden(*c) && !matches!(c, '\n' | '\r' | '\t')) {
                Some(c) => Err(told::forbidden(c)),
                None => Ok(text),
            }
        }
        Number => Ok(value.to_string()),
        Bool => Ok(value.is_true().to_string()),
        Null => no_text("biến chưa có giá trị"),
        Seq | Iterable => no_text("đây là một danh sách"),
        Map => no_text("đây là một nhóm giá trị"),
        Bytes | Plain => no_text("đây không phải là chữ"),
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
