//! The house keeps its order: imports go down, every code has its page, paths in the documents exist, files stay small.

use crate::support::{files, root};
use std::path::{Path, PathBuf};
use vanthu::diagnostic::CODES;

/// Rooms and their floors; a room may use lower floors only.
const FLOORS: &[(&str, u8)] = &[
    ("allocator", 0),
    ("chars", 0),
    ("decree30", 0),
    ("guarded", 0),
    ("source", 0),
    ("diagnostic", 1),
    ("document", 1),
    ("draft", 1),
    ("sheet", 1),
    ("face", 2),
    ("jinja", 2),
    ("letters", 2),
    ("libreoffice", 3),
    ("markup", 2),
    ("ooxml", 2),
    ("check", 3),
    ("compose", 3),
    ("expand", 3),
    ("import", 3),
    ("read", 3),
    ("write", 3),
    ("pipeline", 4),
    ("batch", 5),
    ("preview", 6),
    ("cli", 7),
];

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

fn all_sources() -> Vec<PathBuf> {
    let mut out = Vec::new();
    sources(&root().join("src"), &mut out);
    out.sort();
    out
}

fn floor(room: &str) -> Option<u8> {
    FLOORS.iter().find(|(r, _)| *r == room).map(|(_, f)| *f)
}

#[test]
fn imports_go_down_only() {
    let mut seen = 0;
    for path in all_sources() {
        let relative = path.strip_prefix(root().join("src")).unwrap();
        let room =
            relative.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
        if matches!(room.as_str(), "lib" | "main") {
            continue;
        }
        let own = floor(&room).unwrap_or_else(|| panic!("{room} has no floor"));
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for piece in code.split("crate::").skip(1) {
            let names: Vec<String> = match piece.strip_prefix('{') {
                Some(list) => list
                    .split('}')
                    .next()
                    .unwrap()
                    .split(',')
                    .map(|n| n.trim().split("::").next().unwrap().to_owned())
                    .collect(),
                None => vec![piece.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()],
            };
            for name in names.iter().filter(|n| !n.is_empty() && **n != room) {
                let Some(other) = floor(name) else { continue };
                seen += 1;
                let ground = own == 1 && other == 1 && matches!(name.as_str(), "diagnostic" | "draft");
                assert!(other < own || ground, "{} (floor {own}) uses {name} (floor {other})", relative.display());
            }
        }
    }
    assert!(seen > 100, "only {seen} imports were seen");
}

#[test]
fn every_code_has_its_page_and_every_page_its_code() {
    let mut pages: Vec<String> =
        crate::support::files("docs/ma", "md").iter().map(|p| crate::support::stem(p)).collect();
    let rules = vanthu::check::rules::names();
    let mut codes: Vec<String> = CODES.iter().map(|c| c.name).chain(rules).map(str::to_owned).collect();
    pages.sort();
    codes.sort();
    assert_eq!(pages, codes);
}

#[test]
fn every_code_is_used() {
    let all: String = all_sources()
        .iter()
        .filter(|p| !p.ends_with("codes.rs"))
        .map(|p| std::fs::read_to_string(p).unwrap())
        .collect();
    for code in CODES {
        let constant = code.name.replace('-', "_").to_uppercase();
        assert!(all.contains(&format!("code::{constant}")), "{} is never reported", code.name);
    }
}

#[test]
fn files_are_small() {
    for path in all_sources() {
        let lines = std::fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= 500, "{} has {lines} lines", path.display());
    }
}

#[test]
fn paths_in_the_documents_exist() {
    let named =
        ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "benches/results.md"].map(|n| root().join(n));
    let folders = ["docs", "docs/design"].into_iter().flat_map(|folder| files(folder, "md"));
    for path in named.into_iter().chain(folders) {
        let name = path.strip_prefix(root()).unwrap().display();
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{name}: {e}"));
        for word in
            text.split(|c: char| c.is_whitespace() || matches!(c, '`' | '(' | ')' | '[' | ']' | ',' | ';' | '|' | '"'))
        {
            let word = word.trim_end_matches(['.', ':']);
            let path = word.split('#').next().unwrap();
            let ours = ["src/", "tests/", "docs/", "templates/", "samples/", "fonts/", "benches/", ".ci/"];
            let plain = path.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_'));
            if plain && ours.iter().any(|o| path.starts_with(o)) {
                assert!(root().join(path).exists(), "{name} names {path}, which is not there");
            }
        }
    }
}

#[test]
fn guides_and_help_name_every_format() {
    let pages = ["docs/huong-dan.md", "docs/ma/dinh-dang-la.md"];
    for writer in vanthu::write::WRITERS {
        for page in pages {
            let text = std::fs::read_to_string(root().join(page)).unwrap();
            assert!(text.contains(&format!("`.{}`", writer.extension)), "{page} does not name .{}", writer.extension);
        }
    }
}

#[test]
fn guides_name_every_type_and_key() {
    let read = |name: &str| std::fs::read_to_string(root().join("docs").join(name)).unwrap();
    let (guide, forms) = (read("huong-dan.md"), read("loai-van-ban.md"));
    for kind in &vanthu::decree30::kinds::KINDS {
        let name = format!("`{}`", kind.key);
        assert!(guide.contains(&name) && forms.contains(&name), "the guides do not name {name}");
    }
    for key in vanthu::draft::keys::PLAN.keys {
        let name = key.name;
        assert!(
            guide.contains(&format!("`{name}`")) || guide.contains(&format!("`{name}.")),
            "the guide lacks `{name}`"
        );
        let of_forms = !key.forms.is_empty();
        assert!(!of_forms || forms.contains(&format!("`{name}`")), "docs/loai-van-ban.md lacks `{name}`");
    }
}

/// The paths that begin here, braces opened: `a::{b, c::d}` is `a::b` and `a::c::d`.
#[test]
fn the_guide_tells_every_key_that_templates_read() {
    let source = std::fs::read_to_string(root().join("src/write/typst/data/thing.rs")).unwrap();
    let guide = std::fs::read_to_string(root().join("docs/huong-dan.md")).unwrap();
    let section = guide.split("\n## ").find(|s| s.starts_with("17. ")).unwrap();
    let keys: Vec<&str> = source.split("rename = \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(keys.len() > 40);
    for key in keys {
        assert!(
            section.contains(&format!("`{key}`")) || section.contains(&format!("`du_lieu.{key}`")),
            "section 17 of the guide does not tell of `{key}`"
        );
    }
    let version = format!("phien-ban-du-lieu = {}", vanthu::write::typst::DATA_VERSION);
    assert!(section.contains(&version), "section 17 of the guide does not tell of version {version}");
}

fn paths(text: &str, before: &[String], out: &mut Vec<Vec<String>>) -> usize {
    let mut path = before.to_vec();
    let mut at = 0;
    loop {
        let rest = &text[at..];
        if let Some(inside) = rest.strip_prefix('{') {
            let mut i = at + 1;
            loop {
                i += text[i..].len() - text[i..].trim_start_matches([' ', '\n', ',']).len();
                if text[i..].is_empty() || text[i..].starts_with('}') {
                    return i + 1;
                }
                i += paths(&text[i..], &path, out).max(1);
                // `as other`
                i += text[i..].find([',', '}']).unwrap_or(inside.len().min(text.len() - i));
            }
        }
        let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        if length == 0 {
            break;
        }
        path.push(rest[..length].to_owned());
        at += length;
        if !text[at..].starts_with("::") {
            break;
        }
        at += 2;
    }
    out.push(path);
    at
}

/// The module that a file is, from the crate on.
fn module(path: &Path) -> Vec<String> {
    let inside = path.strip_prefix(root().join("src")).unwrap().with_extension("");
    let mut out: Vec<String> = inside.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
    out.retain(|part| part != "mod" && part != "lib");
    out
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let files = all_sources();
    let modules: std::collections::BTreeSet<Vec<String>> = files.iter().map(|p| module(p)).collect();
    let mut edges: std::collections::BTreeMap<Vec<String>, std::collections::BTreeSet<Vec<String>>> =
        Default::default();
    for file in &files {
        let own = module(file);
        let text = std::fs::read_to_string(file).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        let code: String = text.lines().map(|l| l.split("//").next().unwrap().to_owned() + "\n").collect();
        for start in ["super::", "crate::"] {
            for (i, _) in code.match_indices(start) {
                // The first of several `super::`.
                if code[..i].ends_with("::") {
                    continue;
                }
                let mut found = Vec::new();
                paths(&code[i..], &[], &mut found);
                for path in found {
                    let ups = path.iter().take_while(|p| *p == "super").count();
                    let base = if path[0] == "crate" { &[][..] } else { &own[..own.len().saturating_sub(ups)] };
                    let rest = &path[if path[0] == "crate" { 1 } else { ups }..];
                    let full: Vec<String> = base.iter().chain(rest).cloned().collect();
                    let target = (1..=full.len()).rev().map(|n| full[..n].to_vec()).find(|m| modules.contains(m));
                    // A module and what is inside it are one thing.
                    if let Some(target) = target.filter(|t| !t.starts_with(&own) && !own.starts_with(t)) {
                        edges.entry(own.clone()).or_default().insert(target);
                    }
                }
            }
        }
    }
    assert!(edges.values().map(|e| e.len()).sum::<usize>() > 200, "the uses are not found");
    let mut circles = Vec::new();
    for from in edges.keys() {
        // What can be reached from each of its targets, with the way.
        let mut waiting: Vec<Vec<&Vec<String>>> = edges[from].iter().map(|t| vec![t]).collect();
        let mut seen = std::collections::BTreeSet::new();
        while let Some(way) = waiting.pop() {
            let last = way[way.len() - 1];
            if last == from {
                let shown: Vec<String> = way.iter().map(|m| m.join("::")).collect();
                circles.push(format!("{} → {}", from.join("::"), shown.join(" → ")));
                break;
            }
            if seen.insert(last) {
                waiting.extend(edges.get(last).into_iter().flatten().map(|next| [&way[..], &[next]].concat()));
            }
        }
    }
    assert!(circles.is_empty(), "{circles:#?}");
}
