//! `vanthu explain`: the page of a code, or the list of all.

use super::args::{Explain, Format};
use super::terminal::Screen;
use super::{Outcome, check_report, print};
use crate::check::rules::{RULES, by_name};
use crate::diagnostic::{CODES, Code, Diagnostic, code};

/// Runs the command.
pub fn run(args: &Explain) -> Outcome {
    let Some(name) = &args.code else { return list(args.format) };
    if let Some(page) = check_report::page(name.trim()).filter(|_| args.format != Format::Json) {
        return print(&page);
    }
    let rule = by_name(name.trim()).map(|rule| &rule.code);
    let Some(found) = Code::by_name(name.trim()).or(rule) else {
        let hint = match near(name) {
            Some(near) => format!("Có phải là “{near}” không?"),
            None => "Xem mọi mã: vanthu explain".to_owned(),
        };
        let problem = Diagnostic::general(&code::THAM_SO_SAI, format!("Không có mã “{name}”.")).hint(hint);
        Screen::plain().show(None, &[problem]);
        return Outcome::Failed;
    };
    match args.format {
        Format::Json => {
            let page = serde_json::json!({ "code": found.name, "title": found.title, "page": found.page });
            print(&format!("{}\n", serde_json::to_string_pretty(&page).unwrap_or_default()))
        }
        Format::Full | Format::Concise => print(found.page),
    }
}

fn near(name: &str) -> Option<&'static str> {
    all().map(|c| (strsim::damerau_levenshtein(c.name, name), c.name)).filter(|(d, _)| *d <= 3).min().map(|(_, n)| n)
}

/// All codes, those of rules behind the others.
fn all() -> impl Iterator<Item = &'static Code> {
    CODES.iter().copied().chain(RULES.iter().map(|rule| &rule.code))
}

fn list(format: Format) -> Outcome {
    if format == Format::Json {
        let all: Vec<_> = all().map(|c| serde_json::json!({ "code": c.name, "title": c.title })).collect();
        return print(&format!("{}\n", serde_json::to_string_pretty(&all).unwrap_or_default()));
    }
    let width = all().map(|c| c.name.len()).max().unwrap_or(0);
    print(&all().map(|c| format!("{:width$}  {}\n", c.name, c.title)).collect::<String>())
}
