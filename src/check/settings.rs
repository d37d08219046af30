//! An office's own rules of checking: `vanthu.toml` beside the plan, or above it. Data, no code.

use crate::diagnostic::{Diagnostic, Severity, code, nearest};
use crate::source::{Source, Span};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// The name of the file.
pub const FILE: &str = "vanthu.toml";

/// What the file says, as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    #[serde(default)]
    bo: Vec<Spanned<String>>,
    #[serde(default)]
    chon: Vec<Spanned<String>>,
    #[serde(default)]
    muc: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    cap_tu: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    viet_tat: Vec<String>,
    #[serde(default)]
    ten_rieng: Vec<String>,
}

/// Which rules run, how bad each is, and the office's own words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// Only these run, where there are any.
    pub only: Vec<String>,
    /// These do not run.
    pub off: Vec<String>,
    /// These run that would not.
    pub on: Vec<String>,
    /// Levels other than the rules' own.
    pub levels: BTreeMap<String, Severity>,
    /// Words that the office writes otherwise: wrong and right.
    pub pairs: Vec<(String, String)>,
    /// Abbreviations that need no explanation.
    pub abbreviations: Vec<String>,
    /// Names with their capitals.
    pub names: Vec<String>,
}

impl Settings {
    /// Reads the file, whose rules must be among `names`. Every mistake is told, each at its place.
    pub fn read(source: &Source, names: &[&str]) -> Result<Settings, Vec<Diagnostic>> {
        let typed: Typed = match toml::from_str(&source.text) {
            Ok(typed) => typed,
            Err(error) => {
                let span = error.span().map_or(Span::default(), |r| Span::new(r.start, r.end));
                // The parser speaks English, of which the name of a key is worth keeping.
                let key = error.message().split('`').nth(1).filter(|_| error.message().starts_with("unknown field"));
                let message = match key {
                    Some(key) => format!("Tệp {FILE} có khóa lạ “{key}”."),
                    None => format!("Tệp {FILE} viết sai cú pháp TOML ở đây."),
                };
                return Err(vec![wrong(span, message, HELP)]);
            }
        };
        let mut out = Settings::default();
        let mut told = Vec::new();
        let known = |name: Spanned<String>, told: &mut Vec<Diagnostic>| -> Option<String> {
            if !names.contains(&name.as_ref().as_str()) {
                told.push(unknown(&name, names));
                return None;
            }
            Some(name.into_inner())
        };
        out.off = typed.bo.into_iter().filter_map(|name| known(name, &mut told)).collect();
        out.on = typed.chon.into_iter().filter_map(|name| known(name, &mut told)).collect();
        let levels: Vec<_> =
            typed.muc.into_iter().filter_map(|(name, level)| Some((known(name, &mut told)?, level))).collect();
        for (name, level) in levels {
            match level.as_ref().as_str() {
                "loi" => drop(out.levels.insert(name, Severity::Error)),
                "canh-bao" => drop(out.levels.insert(name, Severity::Warning)),
                "goi-y" => drop(out.levels.insert(name, Severity::Hint)),
                "tat" => out.off.push(name),
                other => {
                    let message = format!("“{other}” không phải là một mức.");
                    let span = Span::new(level.span().start, level.span().end);
                    told.push(wrong(span, message, "Mức là loi, canh-bao, goi-y hoặc tat."));
                }
            }
        }
        for (wrong, right) in typed.cap_tu {
            // What is put into a plan must be text wherever it stands in it.
            let odd = |t: &str| t.contains(|c: char| c.is_control() || "\"'\\{}#|[]`".contains(c)) || t.contains(": ");
            let bad =
                [&wrong, &right].into_iter().find(|t| odd(t.as_ref()) || !t.as_ref().contains(char::is_alphabetic));
            match bad {
                Some(bad) => {
                    let message = format!("Cặp từ “{}” = “{}” không dùng được.", wrong.as_ref(), right.as_ref());
                    let span = Span::new(bad.span().start, bad.span().end);
                    told.push(self::wrong(
                        span,
                        message,
                        "Hai vế là từ ngữ, không có ngoặc kép, ngoặc nhọn, dấu # và xuống dòng.",
                    ));
                }
                None => out.pairs.push((wrong.into_inner(), right.into_inner())),
            }
        }
        out.abbreviations = typed.viet_tat;
        out.names = typed.ten_rieng;
        if told.is_empty() { Ok(out) } else { Err(told) }
    }

    /// How bad a rule is here, by its name, whether it runs unasked, and its own level; none where it does not run.
    pub fn level(&self, name: &str, on: bool, own: Severity) -> Option<Severity> {
        let named = |all: &[String]| all.iter().any(|n| n == name);
        let asked = named(&self.only) || self.only.is_empty() && (on || named(&self.on));
        let level = self.levels.get(name).copied().unwrap_or(own);
        (asked && !named(&self.off)).then_some(level)
    }
}

const HELP: &str = "Khóa dùng được: bo, chon (danh sách mã), muc (mã = mức), cap_tu (sai = đúng), viet_tat, ten_rieng.";

fn wrong(span: Span, message: String, hint: &str) -> Diagnostic {
    Diagnostic::error(&code::CAU_HINH_SAI, span, message).hint(hint)
}

fn unknown(name: &Spanned<String>, names: &[&str]) -> Diagnostic {
    let span = Span::new(name.span().start, name.span().end);
    wrong(span, format!("Không có quy tắc “{}”.", name.as_ref()), &near(name.as_ref(), names))
}

/// What to do about the name of a rule that is none.
pub fn near(name: &str, names: &[&str]) -> String {
    match nearest(name, names.iter().copied()) {
        Some(near) => format!("Có phải “{near}” không?"),
        None => "Xem các quy tắc: vanthu check --quy-tac".to_owned(),
    }
}
