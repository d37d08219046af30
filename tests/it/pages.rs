//! The page of every code: its examples are run.

use crate::console::{blocks, run_shown};
use crate::support::{build_text, complete, report};
use vanthu::diagnostic::CODES;

struct Fence {
    info: String,
    text: String,
}

fn fences(page: &str) -> Vec<Fence> {
    let mut out = Vec::new();
    let mut open: Option<Fence> = None;
    for line in page.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => open = Some(Fence { info: info.trim().to_owned(), text: String::new() }),
            (Some(_), Some(_)) => out.extend(open.take()),
            (Some(fence), None) => {
                fence.text.push_str(line);
                fence.text.push('\n');
            }
            (None, None) => {}
        }
    }
    out
}

#[test]
fn examples_of_every_page_do_what_they_say() {
    for code in CODES {
        let title = format!("# {}\n\n{}.", code.name, code.title);
        assert!(code.page.starts_with(&title), "{}: the page must begin with its name and title", code.name);
        for fence in fences(code.page) {
            let whole = fence.info.ends_with("nguyen");
            let text = if whole { fence.text.clone() } else { complete(&fence.text) };
            let built = build_text(&text);
            let found: Vec<_> = built.diagnostics.iter().map(|d| d.code.name).collect();
            match fence.info.split(' ').nth(1) {
                Some("sai") => {
                    assert!(
                        !found.is_empty() && found.iter().all(|c| *c == code.name),
                        "{}: {}",
                        code.name,
                        report(&built)
                    );
                }
                Some("dung") => assert!(found.is_empty(), "{}: {}", code.name, report(&built)),
                _ => {}
            }
        }
    }
}

/// A page with a list of units is a small story: its blocks make the plan and the list, its commands are run in turn.
#[test]
#[cfg(unix)]
fn examples_with_a_list_of_units_do_what_they_say() {
    let mut run = 0;
    for code in CODES {
        let all = fences(code.page);
        if !all.iter().any(|f| f.info == "csv") {
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join("ke-hoach.yaml"),
            complete("trich_yeu: thử việc cho {{ don_vi.ten if don_vi is defined else 'đơn vị' }}\n"),
        )
        .unwrap();
        for fence in all {
            match fence.info.split(' ').next() {
                Some("yaml") => std::fs::write(folder.path().join("ke-hoach.yaml"), complete(&fence.text)).unwrap(),
                Some("csv") => std::fs::write(folder.path().join("don-vi.csv"), &fence.text).unwrap(),
                Some("console") => {
                    for shown in blocks(&format!("```console\n{}```\n", fence.text)).into_iter().flatten() {
                        run_shown(code.name, folder.path(), &shown);
                        run += 1;
                    }
                }
                _ => {}
            }
        }
    }
    assert!(run >= 10, "{run}");
}
