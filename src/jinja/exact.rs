//! Arithmetic as people do it: 8,4 × 3 is 25,2. The language computes with binary fractions, and neither it nor its
//! library lets anybody else do so; so `a + b` is handed to it as the call of a function that computes in decimals. Only
//! bytes are added and signs replaced by as many bytes, so that a place in the code is still found.

use super::told::told;
use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, State, context};
use rust_decimal::Decimal;
use std::str::FromStr;

/// Signs, the function of each, and how tight they bind.
const SIGNS: [(&str, &str, u8); 7] = [
    ("+", "__cong", 1),
    ("-", "__tru", 1),
    ("~", "", 2),
    ("*", "__nhan", 3),
    ("/", "__chia", 3),
    ("//", "__chia_nguyen", 3),
    ("%", "__chia_du", 3),
];
/// Between the operands of arithmetic stands none of these.
const WORDS: [&str; 8] = ["and", "or", "not", "if", "elif", "else", "in", "recursive"];
/// Deepest brackets, and most signs of one sum, that are read: the language itself stops soon after.
const DEEPEST: usize = 100;
/// Significant digits that a sum or a product keeps: what a binary fraction can hold.
const DIGITS: u32 = 15;

/// Makes the functions known, and `sum`.
pub fn add(env: &mut Environment<'static>) {
    for (sign, name, _) in SIGNS.iter().filter(|(_, name, _)| !name.is_empty()) {
        env.add_function(*name, move |state: &State, a: Value, b: Value| compute(state, sign, &a, &b));
    }
    env.add_filter(
        "sum",
        |state: &State, list: Value, attribute: Option<&str>, kwargs: Kwargs| -> Result<Value, Error> {
            let attribute = match attribute {
                Some(attribute) => Some(attribute),
                None => kwargs.get::<Option<&str>>("attribute")?,
            };
            let start = kwargs.get::<Option<Value>>("start")?.unwrap_or_else(|| Value::from(0));
            kwargs.assert_all_used()?;
            let items =
                list.try_iter().map_err(|_| told(ErrorKind::InvalidOperation, "đây không phải là danh sách"))?;
            items.into_iter().try_fold(start, |total, item| {
                let item = match attribute {
                    Some(path) => path.split('.').try_fold(item, |item, name| item.get_attr(name))?,
                    None => item,
                };
                if item.kind() != ValueKind::Number {
                    let shown: String = item.to_string().chars().take(40).collect();
                    return Err(told(
                        ErrorKind::InvalidOperation,
                        format!("trong danh sách cần cộng có “{shown}” không phải là số"),
                    ));
                }
                compute(state, "+", &total, &item)
            })
        },
    );
}

fn compute(state: &State, sign: &str, a: &Value, b: &Value) -> Result<Value, Error> {
    if a.is_undefined() || b.is_undefined() {
        return Err(Error::from(ErrorKind::UndefinedError));
    }
    let numbers = a.kind() == ValueKind::Number && b.kind() == ValueKind::Number;
    if sign == "*" && !numbers {
        // The language would repeat a text, a hundred million times if it is asked to.
        return Err(told(ErrorKind::InvalidOperation, "phép nhân cần hai số"));
    }
    let fractions = numbers && !(a.is_integer() && b.is_integer());
    if let Some(result) = fractions.then(|| decimal(sign, a, b)).flatten() {
        return Ok(Value::from(result));
    }
    let code = format!("a {sign} b");
    let result = state.env().compile_expression(&code)?.eval(context! { a => a, b => b });
    // The error knows a place in the code made here; without it, it gets that of the tag.
    result.map_err(|error| Error::new(error.kind(), error.detail().unwrap_or_default().to_owned()))
}

/// The result in decimals; `None` where the numbers are too large for that.
fn decimal(sign: &str, a: &Value, b: &Value) -> Option<f64> {
    let number = |v: &Value| Decimal::from_str(&v.to_string()).ok();
    let (a, b) = (number(a)?, number(b)?);
    let result = match sign {
        "+" => a.checked_add(b)?.round_sf(DIGITS)?,
        "-" => a.checked_sub(b)?.round_sf(DIGITS)?,
        "*" => a.checked_mul(b)?.round_sf(DIGITS)?,
        "/" => a.checked_div(b)?,
        _ => return None,
    };
    result.normalize().to_string().parse().ok()
}

/// A template whose tags compute in decimals, and the places of the bytes that were added, in it.
pub fn template(text: &str) -> (String, Vec<usize>) {
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|i| at + i) {
        let rest = &text[open..];
        if rest.starts_with("{#") {
            let Some(end) = rest.find("#}") else { break };
            at = open + end + 2;
            continue;
        }
        let close = match rest.as_bytes().get(1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            _ => {
                at = open + 1;
                continue;
            }
        };
        let mut from = open + 2;
        if text[from..].starts_with(['-', '+']) {
            from += 1;
        }
        let Some((tokens, end)) = tokens(text, from, Some(close)) else { break };
        if tokens.first().is_some_and(|t| t.text == "raw") {
            let Some(raw) = text[end..].find("endraw") else { break };
            at = end + raw;
            continue;
        }
        group(&tokens, &mut edits);
        at = end + 2;
    }
    apply(text, edits)
}

/// As [`template`], for an expression alone.
pub fn expression(text: &str) -> (String, Vec<usize>) {
    let mut edits = Vec::new();
    if let Some((tokens, _)) = tokens(text, 0, None) {
        group(&tokens, &mut edits);
    }
    apply(text, edits)
}

/// Text to put in at a byte, or a sign to be replaced there.
struct Edit {
    at: usize,
    put: &'static str,
    instead: usize,
}

fn apply(text: &str, mut edits: Vec<Edit>) -> (String, Vec<usize>) {
    edits.sort_by_key(|e| e.at);
    let mut out = String::with_capacity(text.len() + edits.len() * 8);
    let mut added = Vec::new();
    let mut from = 0;
    for edit in edits {
        out.push_str(&text[from..edit.at]);
        if edit.instead == 0 {
            added.extend(out.len()..out.len() + edit.put.len());
        }
        out.push_str(edit.put);
        from = edit.at + edit.instead;
    }
    out.push_str(&text[from..]);
    (out, added)
}

#[derive(Clone, Copy)]
struct Token<'t> {
    text: &'t str,
    at: usize,
}

impl Token<'_> {
    fn end(&self) -> usize {
        self.at + self.text.len()
    }
}

/// The tokens from a byte to the end of a tag, and where that is; `None` where the tag has no end.
fn tokens<'t>(text: &'t str, from: usize, close: Option<&str>) -> Option<(Vec<Token<'t>>, usize)> {
    let mut out: Vec<Token<'t>> = Vec::new();
    let mut depth = 0usize;
    let mut at = from;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if depth == 0
            && let Some(close) = close
            && (rest.starts_with(close) || (matches!(c, '-' | '+') && rest[1..].starts_with(close)))
        {
            return Some((out, at + rest.find(close)?));
        }
        let length = match c {
            c if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            '"' | '\'' => string(rest, c)?,
            c if c.is_ascii_digit() => number(rest),
            c if c.is_alphabetic() || c == '_' => {
                rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len())
            }
            _ => ["//", "**", "==", "!=", "<=", ">="]
                .iter()
                .find(|s| rest.starts_with(**s))
                .map_or(c.len_utf8(), |s| s.len()),
        };
        match c {
            '(' | '[' | '{' if depth == DEEPEST => return None,
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        out.push(Token { text: &rest[..length], at });
        at += length;
    }
    close.is_none().then_some((out, at))
}

fn string(rest: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    rest.char_indices().skip(1).find_map(|(i, c)| {
        let ends = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        ends.then_some(i + 1)
    })
}

fn number(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut i = 0;
    while let Some(b) = bytes.get(i) {
        let exponent = matches!(b, b'+' | b'-') && matches!(bytes[i - 1], b'e' | b'E') && !rest.starts_with("0x");
        let point = *b == b'.' && bytes.get(i + 1).is_some_and(u8::is_ascii_digit);
        if !(b.is_ascii_alphanumeric() || *b == b'_' || point || exponent) {
            break;
        }
        i += 1;
    }
    i
}

/// Works through tokens: what stands in brackets first by itself, then what stands between words and signs that bind less.
fn group(tokens: &[Token<'_>], edits: &mut Vec<Edit>) {
    let mut segment = 0;
    let mut i = 0;
    while i < tokens.len() {
        let text = tokens[i].text;
        if matches!(text, "(" | "[" | "{") {
            i = closing(tokens, i) + 1;
            continue;
        }
        let less = WORDS.contains(&text) || matches!(text, "," | ":" | "=" | "==" | "!=" | "<" | ">" | "<=" | ">=");
        // `is not`, `is in`: part of a test.
        let test = i > segment && tokens[i - 1].text == "is";
        // `x.if` is a name.
        let member = i > segment && tokens[i - 1].text == ".";
        if less && !test && !member {
            chain(&tokens[segment..i], 1, edits);
            segment = i + 1;
        }
        i += 1;
    }
    chain(&tokens[segment..], 1, edits);
}

/// Index of the bracket that closes the one at `open`.
fn closing(tokens: &[Token<'_>], open: usize) -> usize {
    let mut depth = 0usize;
    for (i, token) in tokens.iter().enumerate().skip(open) {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return i;
        }
    }
    tokens.len() - 1
}

/// Operands with signs of one strength between: calls from the left, then what is in each operand.
fn chain(tokens: &[Token<'_>], strength: u8, edits: &mut Vec<Edit>) {
    let sign = |text: &str| SIGNS.iter().find(|(s, _, _)| *s == text);
    if strength > 3 {
        // An operand: what is in its brackets.
        let mut i = 0;
        while i < tokens.len() {
            if matches!(tokens[i].text, "(" | "[" | "{") {
                let end = closing(tokens, i);
                group(&tokens[i + 1..end], edits);
                i = end;
            }
            i += 1;
        }
        return;
    }
    let mut parts = Vec::new();
    let mut signs = Vec::new();
    let (mut start, mut i) = (0, 0);
    while i < tokens.len() {
        let text = tokens[i].text;
        if matches!(text, "(" | "[" | "{") {
            i = closing(tokens, i) + 1;
            continue;
        }
        // A sign behind a sign, or at the beginning, belongs to its number.
        let binary = i > start && sign(tokens[i - 1].text).is_none() && tokens[i - 1].text != "**";
        if let Some((_, name, _)) = sign(text).filter(|(_, _, s)| *s == strength && binary) {
            parts.push(&tokens[start..i]);
            signs.push((*name, tokens[i]));
            start = i + 1;
        }
        i += 1;
    }
    parts.push(&tokens[start..]);
    let whole = parts.len() <= DEEPEST && parts.iter().all(|p| !p.is_empty());
    let calls: Vec<_> = signs.iter().filter(|(name, _)| !name.is_empty()).collect();
    if whole && !calls.is_empty() {
        for (name, _) in calls.iter().rev() {
            edits.push(Edit { at: tokens[0].at, put: name, instead: 0 });
            edits.push(Edit { at: tokens[0].at, put: "(", instead: 0 });
        }
    }
    for (index, part) in parts.iter().enumerate() {
        chain(part, strength + 1, edits);
        if let (Some((name, token)), Some(last)) = (index.checked_sub(1).and_then(|i| signs.get(i)), part.last())
            && whole
            && !name.is_empty()
        {
            let comma = if token.text.len() == 2 { ", " } else { "," };
            edits.push(Edit { at: token.at, put: comma, instead: token.text.len() });
            edits.push(Edit { at: last.end(), put: ")", instead: 0 });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_become_calls() {
        let cases = [
            ("a + b", "__cong(a , b)"),
            ("a+b-c", "__tru(__cong(a,b),c)"),
            ("a + b * c ~ d", "__cong(a , __nhan(b , c) ~ d)"),
            ("(a + b) * -c | f(1 - x)", "__nhan((__cong(a , b)) , -c | f(__tru(1 , x)))"),
            ("a // 2 == b % 2 and not c - 1", "__chia_nguyen(a ,  2) == __chia_du(b , 2) and not __tru(c , 1)"),
            ("x[1:-1] + 1e-3", "__cong(x[1:-1] , 1e-3)"),
            ("'a + b' ~ \"c\\\" - d\"", "'a + b' ~ \"c\\\" - d\""),
            ("{'a': 1 + 2, 'b': [3 * 4]}", "{'a': __cong(1 , 2), 'b': [__nhan(3 , 4)]}"),
            ("a if b else c + d", "a if b else __cong(c , d)"),
            ("a is not defined", "a is not defined"),
            ("2 ** 3 * 4", "__nhan(2 ** 3 , 4)"),
            ("a +", "a +"),
        ];
        for (code, wanted) in cases {
            assert_eq!(expression(code).0, wanted, "{code}");
        }
        let text = "x - 1 {# {{ a + b #}{%- set x = a + 1 -%}{{ {'a': {'b': 1 - 1}}}} {% raw %}{{ a + b }}{% endraw %}{{ x*2 }}";
        let wanted = "x - 1 {# {{ a + b #}{%- set x = __cong(a , 1) -%}{{ {'a': {'b': __tru(1 , 1)}}}} {% raw %}{{ a + b }}{% endraw %}{{ __nhan(x,2) }}";
        let (made, added) = template(text);
        assert_eq!(made, wanted);
        let kept: String = made.char_indices().filter(|(i, _)| !added.contains(i)).map(|(_, c)| c).collect();
        assert_eq!(kept.len(), text.len());
    }

    #[test]
    fn sums_are_those_of_people() {
        let env = crate::jinja::environment(crate::jinja::FUEL);
        let cases = [
            ("8.4 * 3", "25.2"),
            ("465000000 * 1.08", "502200000.0"),
            ("0.1 + 0.2 == 0.3", "True"),
            ("1234567.8 - 1234567.7", "0.1"),
            ("25.2 - 25.1 - 0.1 == 0", "True"),
            ("[0.1, 0.2, 0.3] | sum", "0.6"),
            ("1 / 3 * 3 == 1", "True"),
            ("7 // 2 + 7 % 2", "4"),
            ("[1] + [2]", "[1, 2]"),
            ("'a' + 'b'", "ab"),
            ("100000000000000000000 + 1", "100000000000000000001"),
        ];
        for (code, wanted) in cases {
            let (exact, _) = expression(code);
            let value = env.compile_expression(&exact).and_then(|e| e.eval(()));
            assert_eq!(value.map(|v| v.to_string()).ok().as_deref(), Some(wanted), "{code}: {exact}");
        }
        let repeated = env.compile_expression("__nhan('a', 100000000)").and_then(|e| e.eval(()));
        assert!(repeated.is_err());
    }
}
