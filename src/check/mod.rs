//! What a văn thư or a reviewer would send back: rules over a document, each with its clause, its place and, where the
//! program can, its correction.
//!
//! A rule is one file in `rules/`, one page in `docs/ma/`, one line in `rules/mod.rs`.

pub mod bodies;
pub mod citation;
pub mod dates;
pub mod findings;
pub mod fixes;
pub mod legacy;
pub mod pages;
pub mod phrases;
pub mod rule;
pub mod rules;
pub mod settings;
pub mod silence;
pub mod subject;
pub mod syllable;
pub mod text;

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Document;
use crate::source::Source;
use findings::Findings;
use pages::Pages;
use rule::Look;
use settings::Settings;
use silence::Silence;
use subject::Subject;

/// The rule set: the decree that it judges by, and the day from which it does.
pub struct RuleSet {
    /// Its name.
    pub name: &'static str,
    /// The decree.
    pub decree: &'static str,
    /// Since when it is in force: year, month, day.
    pub since: (i32, u32, u32),
    /// Its rules.
    pub rules: &'static [&'static rule::Rule],
}

/// Decree 30/2020/NĐ-CP.
pub static ND30_2020: RuleSet =
    RuleSet {
        name: "nd30-2020", decree: "Nghị định số 30/2020/NĐ-CP", since: (2020, 3, 5), rules: rules::RULES
    };

/// Judges a document, in the order of its places. `pages` are those of the document where they were laid out.
pub fn check(document: &Document, source: &Source, pages: Option<&Pages>, settings: &Settings) -> Vec<Diagnostic> {
    judge(document, source, pages, settings, Severity::Hint)
}

/// As [`check`], with only those rules that are at least so bad.
pub fn judge(
    document: &Document,
    source: &Source,
    pages: Option<&Pages>,
    settings: &Settings,
    least: Severity,
) -> Vec<Diagnostic> {
    let subject = Subject::of(document, source, settings);
    let silence = Silence::of(&source.text);
    let mut out: Vec<Diagnostic> = Vec::new();
    for rule in ND30_2020.rules {
        let Some(level) = settings.level(rule.code.name, rule.on, rule.level).filter(|level| *level >= least) else {
            continue;
        };
        let mut found = Findings::new(&subject, (&rule.code, rule.fix), level);
        match rule.look {
            Look::Text(look) => subject.texts.iter().filter(|t| !t.is_fact()).for_each(|text| look(text, &mut found)),
            Look::Document(look) => look(&subject, &mut found),
            Look::Page(look) => pages.into_iter().for_each(|pages| look(pages, &mut found)),
        }
        out.extend(found.all.into_iter().filter(|d| !silence.hides(rule.code.name, d.span)));
    }
    out.sort_by_key(|d| (d.span.map(|s| s.start), std::cmp::Reverse(d.severity)));
    // A loop may repeat a text at the same place.
    out.dedup_by(|a, b| a.code == b.code && a.span == b.span && a.message == b.message);
    out
}
