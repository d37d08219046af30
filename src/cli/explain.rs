//! `vanthu explain`: the page of a code, or the list of all.

use super::args::{Explain, Format};
use super::terminal::Screen;
use super::{Outcome, print};
use crate::diagnostic::{CODES, Code, Diagnostic, code};

/// Runs the command.
pub fn run(args: &Explain) -> Outcome {
    let Some(name) = &args.code else { return list(args.format) };
    let Some(found) = Code::by_name(name.trim()) else {
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
    CODES
        .iter()
        .map(|c| (strsim::damerau_levenshtein(c.name, name), c.name))
        .filter(|(d, _)| *d <= 3)
        .min()
        .map(|(_, n)| n)
}

fn list(format: Format) -> Outcome {
    if format == Format::Json {
        let all: Vec<_> = CODES.iter().map(|c| serde_json::json!({ "code": c.name, "title": c.title })).collect();
        return print(&format!("{}\n", serde_json::to_string_pretty(&all).unwrap_or_default()));
    }
    let width = CODES.iter().map(|c| c.name.len()).max().unwrap_or(0);
    print(&CODES.iter().map(|c| format!("{:width$}  {}\n", c.name, c.title)).collect::<String>())
}
