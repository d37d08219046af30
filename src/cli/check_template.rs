//! `vanthu check-mau`: the tags of a Word template, the names that they need, every fault, before there is data.

use super::args::{CheckTemplate, Format};
use super::terminal::Screen;
use super::{Outcome, print};
use crate::pipeline;
use crate::write::docx::template::WordTemplate;
use crate::write::docx::template::names::{self, Kind, NAMES};
use serde_json::json;
use std::fmt::Write;

/// Runs the command.
pub fn run(args: &CheckTemplate) -> Outcome {
    match pipeline::load_word_template(&args.template) {
        Err(faults) => {
            Screen::new(args.format).show(None, &faults);
            if args.format == Format::Full && faults.iter().any(|f| f.code.name == "the-word-sai") {
                let all: String = NAMES.iter().map(|n| format!("  {}\n", line(n))).collect();
                let _ = print(&format!("Các tên dùng được trong mẫu Word:\n{all}"));
            }
            Outcome::Findings
        }
        Ok(template) => {
            let findings = template.findings();
            let wrong = findings.iter().any(|f| f.is_error());
            match args.format {
                // As for a template that cannot be read: the faults alone.
                Format::Json if wrong => {}
                Format::Json => return print(&as_json(&template)),
                Format::Concise => {}
                Format::Full => {
                    if print(&as_text(&template, wrong)) == Outcome::Failed {
                        return Outcome::Failed;
                    }
                }
            }
            if !findings.is_empty() {
                Screen::new(args.format).show(None, &findings);
            }
            if wrong { Outcome::Findings } else { Outcome::Clean }
        }
    }
}

fn as_text(template: &WordTemplate, wrong: bool) -> String {
    let mut out = String::new();
    let tags = template.tags();
    let mut part = String::new();
    for tag in &tags {
        if tag.part != part {
            part.clone_from(&tag.part);
            let _ = writeln!(out, "Thẻ ở {part}:");
        }
        let _ = writeln!(out, "  {}", tag.tag);
    }
    if tags.is_empty() {
        out.push_str("Mẫu không có thẻ nào.\n");
    }
    let used: Vec<&names::Name> =
        NAMES.iter().filter(|n| tags.iter().any(|t| t.names.iter().any(|u| u == n.name))).collect();
    if !used.is_empty() {
        out.push_str("\nTên lấy từ kế hoạch:\n");
        for name in used {
            let _ = writeln!(out, "  {}", line(name));
        }
    }
    let variables = template.variables();
    if !variables.is_empty() {
        out.push_str("\nTên phải có trong khóa bien của kế hoạch (hoặc --dat):\n");
        for name in variables {
            let _ = writeln!(out, "  {name}");
        }
    }
    out.push_str("\nCác tên khác dùng được:\n");
    for name in NAMES.iter().filter(|n| !tags.iter().any(|t| t.names.iter().any(|u| u == n.name))) {
        let _ = writeln!(out, "  {}", line(name));
    }
    if !wrong {
        out.push_str("\nMẫu không có lỗi.\n");
    }
    out
}

fn line(name: &names::Name) -> String {
    let kind = match name.kind {
        Kind::Zone => "vùng",
        Kind::List => "danh sách",
        Kind::Text => "chữ",
        Kind::Entry => "chỗ điền",
    };
    format!("{:18} {kind}: {}", name.name, name.what)
}

fn as_json(template: &WordTemplate) -> String {
    let tags: Vec<_> =
        template.tags().into_iter().map(|t| json!({ "phan": t.part, "the": t.tag, "ten": t.names })).collect();
    let variables: Vec<String> = template.variables().into_iter().collect();
    let warnings: Vec<String> = template.findings().into_iter().map(|d| d.message).collect();
    format!("{:#}\n", json!({ "the": tags, "bien": variables, "canh_bao": warnings }))
}
