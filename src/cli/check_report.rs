//! Findings of a check as lines, JSON, SARIF 2.1.0 (OASIS), annotations of GitHub; the list of rules.

use super::terminal::{self, severity};
use crate::check::RuleSet;
use crate::check::rule::{FixKind, Rule};
use crate::check::rules::{RULES, by_name};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::source::{Source, Span};
use serde_json::{Value, json};
use std::path::PathBuf;

/// What was found in a file.
pub struct Told {
    /// The file.
    pub file: PathBuf,
    /// Its clean text.
    pub source: Option<Source>,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether it is a Word file: lines are those of the plan that it becomes.
    pub word: bool,
}

impl Told {
    /// With no more findings of a code than people read.
    pub fn bounded(&self) -> Told {
        let mut all = Diagnostics::new();
        all.extend(self.diagnostics.iter().cloned());
        let Told { file, source, word, .. } = self;
        Told { file: file.clone(), source: source.clone(), diagnostics: all.sorted(), word: *word }
    }
}

/// One line a finding.
pub fn concise(told: &[Told]) -> String {
    told.iter().flat_map(|t| t.diagnostics.iter().map(|d| terminal::concise(t.source.as_ref(), d) + "\n")).collect()
}

/// How many findings of each level there are.
pub fn sum(told: &[Told], fixed: bool) -> String {
    let count = |s: Severity| told.iter().flat_map(|t| &t.diagnostics).filter(|d| d.severity == s).count();
    let (errors, warnings, hints) = (count(Severity::Error), count(Severity::Warning), count(Severity::Hint));
    if errors + warnings + hints == 0 {
        return if fixed {
            "Không còn chỗ nào.".to_owned()
        } else {
            "Không thấy chỗ nào phải sửa.".to_owned()
        };
    }
    let safe = told.iter().flat_map(|t| &t.diagnostics).filter(|d| d.fix.as_ref().is_some_and(|f| f.safe)).count();
    let more = if safe > 0 && !fixed { format!(" --fix sửa được {safe} chỗ.") } else { String::new() };
    format!("{errors} lỗi, {warnings} cảnh báo, {hints} gợi ý.{more}")
}

fn clause(d: &Diagnostic) -> Option<&'static str> {
    d.code.clause
}

fn place(source: Option<&Source>, span: Option<Span>) -> Value {
    let (Some(source), Some(span)) = (source, span) else { return Value::Null };
    let (start, end) = (source.line_col(span.start), source.line_col(span.end));
    json!({ "line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column })
}

fn name_of(told: &Told, d: &Diagnostic) -> String {
    let file = told.file.display().to_string();
    match (&told.source, d.span) {
        (Some(source), Some(span)) if !told.word => source.name_at(span.start).to_owned(),
        _ => file,
    }
}

/// All findings as JSON.
pub fn json(told: &[Told]) -> String {
    let mut all = Vec::new();
    for t in told {
        for d in &t.diagnostics {
            let source = t.source.as_ref();
            let fix = d.fix.as_ref().map(|f| {
                let edits: Vec<Value> = f
                    .edits
                    .iter()
                    .map(|(span, text)| json!({ "place": place(source, Some(*span)), "text": text }))
                    .collect();
                json!({ "safe": f.safe, "edits": edits })
            });
            all.push(json!({
                "code": d.code.name, "severity": severity(d.severity), "file": name_of(t, d),
                "place": place(source, d.span), "message": d.message, "hint": d.hint, "clause": clause(d), "fix": fix,
            }));
        }
    }
    serde_json::to_string_pretty(&all).unwrap_or_default() + "\n"
}

fn level(s: Severity) -> &'static str {
    match s {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

/// All findings as SARIF 2.1.0; `failed` is whether a file could not be read.
pub fn sarif(told: &[Told], set: &RuleSet, failed: bool) -> String {
    let mut used: Vec<&'static str> = told.iter().flat_map(|t| t.diagnostics.iter().map(|d| d.code.name)).collect();
    used.sort_unstable();
    used.dedup();
    let all: Vec<&Diagnostic> = told.iter().flat_map(|t| &t.diagnostics).collect();
    let described = |name: &&'static str| {
        let code = all.iter().find(|d| d.code.name == *name).map(|d| d.code);
        json!({
            "id": name,
            "shortDescription": { "text": code.map_or("", |c| c.title) },
            "help": { "text": code.map_or("", |c| c.page), "markdown": code.map_or("", |c| c.page) },
            "properties": { "clause": code.and_then(|c| c.clause) },
        })
    };
    let rules: Vec<Value> = used.iter().map(described).collect();
    let mut results = Vec::new();
    for t in told {
        for d in &t.diagnostics {
            results.push(result(t, d, &used));
        }
    }
    let driver = json!({
        "name": "vanthu", "version": env!("CARGO_PKG_VERSION"), "rules": rules,
        "properties": { "ruleSet": set.name, "decree": set.decree },
    });
    let run = json!({ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results,
        "invocations": [{ "executionSuccessful": !failed }] });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run],
    });
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

fn result(told: &Told, d: &Diagnostic, used: &[&'static str]) -> Value {
    let region = |span: Span| {
        let source = told.source.as_ref()?;
        let (start, end) = (source.line_col(span.start), source.line_col(span.end));
        Some(
            json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column }),
        )
    };
    let mut physical = json!({ "artifactLocation": { "uri": uri(&name_of(told, d)) } });
    if let Some(region) = d.span.and_then(region).filter(|_| !told.word) {
        physical["region"] = region;
    }
    let text = d.hint.as_ref().map_or_else(|| d.message.clone(), |hint| format!("{} {hint}", d.message));
    let mut out = json!({
        "ruleId": d.code.name, "ruleIndex": used.binary_search(&d.code.name).unwrap_or(0), "level": level(d.severity),
        "message": { "text": text }, "locations": [{ "physicalLocation": physical.clone() }],
    });
    if let Some(fix) = d.fix.as_ref().filter(|_| !told.word) {
        let replaced: Vec<Value> = fix
            .edits
            .iter()
            .filter_map(|(span, text)| {
                Some(json!({ "deletedRegion": region(*span)?, "insertedContent": { "text": text } }))
            })
            .collect();
        let change = json!({ "artifactLocation": physical["artifactLocation"], "replacements": replaced });
        out["fixes"] = json!([{ "description": { "text": d.hint }, "artifactChanges": [change] }]);
    }
    out
}

/// A path as a URI reference (RFC 3986): what is no letter, digit or mark of a path is escaped.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// All findings as annotations of GitHub.
pub fn github(told: &[Told]) -> String {
    let escaped = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| escaped(text).replace(':', "%3A").replace(',', "%2C");
    let mut out = String::new();
    for t in told {
        for d in &t.diagnostics {
            let command = if d.severity == Severity::Hint { "notice" } else { level(d.severity) };
            let place = match (&t.source, d.span) {
                (Some(source), Some(span)) => {
                    let at = source.line_col(span.start);
                    format!(",line={},col={}", at.line, at.column)
                }
                _ => String::new(),
            };
            let text = format!("{} {}", d.message, d.hint.as_deref().unwrap_or_default());
            let (file, title) = (property(&name_of(t, d)), property(d.code.name));
            out.push_str(&format!("::{command} file={file}{place},title={title}::{}\n", escaped(text.trim_end())));
        }
    }
    out
}

fn level_name(rule: &Rule) -> &'static str {
    match (rule.on, rule.level) {
        (false, _) => "tắt",
        (_, Severity::Error) => "lỗi",
        (_, Severity::Warning) => "cảnh báo",
        (_, Severity::Hint) => "gợi ý",
    }
}

/// The list of rules, one line each.
pub fn rules() -> String {
    let width = RULES.iter().map(|r| r.code.name.len()).max().unwrap_or(0);
    let line = |r: &&Rule| {
        let fix = match r.fix {
            FixKind::Safe => "--fix",
            FixKind::Unsafe => "--fix=tat-ca",
            FixKind::None => "",
        };
        let text = format!("{:width$}  {:8}  {:12}  {}", r.code.name, level_name(r), fix, r.code.title);
        text.trim_end().to_owned() + "\n"
    };
    RULES.iter().map(line).collect()
}

/// The page of a rule, with what its table says of it.
pub fn page(name: &str) -> Option<String> {
    let rule = by_name(name)?;
    let clause = rule.code.clause.map_or_else(|| "thông lệ".to_owned(), str::to_owned);
    Some(format!("{}\nMức: {}. Căn cứ: {clause}. Soát ở: {}.\n", rule.code.page, level_name(rule), rule.look.name()))
}
