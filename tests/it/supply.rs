//! What comes from others: licences, sources and advisories by `deny.toml`, and the notices that the program hands out.
//! All by files of the repository, without network; `cargo deny check` judges the same where it can be run.

use crate::support::root;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The notices, as `vanthu --giay-phep` prints them.
const NOTICES: &str = "docs/giay-phep-ben-thu-ba.txt";
/// How they are made anew.
const HOW: &str = "cargo test --test it supply::write_the_notices -- --ignored";
/// The heading over the packages.
const LIST: &str = "DANH MỤC THƯ VIỆN";
/// The heading over the texts.
const TEXTS: &str = "VĂN BẢN GIẤY PHÉP";

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// Name, version and source of every package of the lock file but our own.
fn locked() -> Vec<(String, String, String)> {
    let lock = read("Cargo.lock");
    let field = |block: &str, key: &str| {
        block.lines().find_map(|l| l.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"').map(str::to_owned))
    };
    let packages = lock.split("[[package]]").skip(1).map(|block| {
        (field(block, "name").unwrap(), field(block, "version").unwrap(), field(block, "source").unwrap_or_default())
    });
    packages.filter(|(name, ..)| name != "vanthu").collect()
}

/// The strings of a list of `deny.toml`.
fn listed(key: &str) -> Vec<String> {
    let text = read("deny.toml");
    let at = text.find(&format!("\n{key} = [")).unwrap_or_else(|| panic!("{key} is not in deny.toml"));
    let list = &text[at..at + text[at..].find("\n]").or_else(|| text[at..].find("]\n")).unwrap()];
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Name, version and licence of each package that the notices list.
fn noticed() -> Vec<(String, String, String)> {
    let text = read(NOTICES);
    let from = text.find(LIST).expect("a list of packages");
    let to = text.find(TEXTS).expect("texts of licences");
    let lines = text[from..to].lines().filter_map(|line| {
        let mut words = line.strip_prefix("- ")?.splitn(3, ' ');
        Some((words.next()?.to_owned(), words.next()?.to_owned(), words.next()?.to_owned()))
    });
    lines.collect()
}

/// Whether an SPDX expression can be met with allowed licences; `/` is an old way to write OR.
fn is_met(expression: &str, allowed: &[String]) -> bool {
    let expression = expression.trim();
    let spread = expression.replace('/', " OR ");
    // The outermost operator splits first; OR binds less than AND.
    for (operator, all) in [(" OR ", false), (" AND ", true)] {
        let mut parts: Vec<String> = vec![String::new()];
        let mut depth = 0;
        let mut rest = spread.as_str();
        while let Some(c) = rest.chars().next() {
            if depth == 0 && rest.starts_with(operator) {
                parts.push(String::new());
                rest = &rest[operator.len()..];
                continue;
            }
            depth += i32::from(c == '(') - i32::from(c == ')');
            parts.last_mut().unwrap().push(c);
            rest = &rest[c.len_utf8()..];
        }
        if parts.len() > 1 {
            let mut met = parts.iter().map(|part| is_met(part, allowed));
            return if all { met.all(|m| m) } else { met.any(|m| m) };
        }
    }
    match spread.trim().strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => is_met(inner, allowed),
        None => allowed.iter().any(|name| name == spread.trim()),
    }
}

#[test]
fn licences_are_judged_as_expressions() {
    let allowed = ["MIT".to_owned(), "Unicode-3.0".to_owned(), "Apache-2.0 WITH LLVM-exception".to_owned()];
    for (expression, met) in [
        ("MIT", true),
        ("MIT OR GPL-3.0", true),
        ("GPL-3.0/MIT", true),
        ("MIT AND GPL-3.0", false),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("(MIT OR Apache-2.0) AND GPL-3.0", false),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("Apache-2.0", false),
        ("", false),
    ] {
        assert_eq!(is_met(expression, &allowed), met, "{expression}");
    }
}

#[test]
fn every_package_has_an_allowed_licence_and_a_notice() {
    let allowed = listed("allow");
    let mut bad = Vec::new();
    let mut known = BTreeSet::new();
    for (name, version, licence) in noticed() {
        if !is_met(&licence, &allowed) {
            bad.push(format!("{name} {version}: {licence}"));
        }
        known.insert((name, version));
    }
    assert!(bad.is_empty(), "licences that deny.toml does not allow: {bad:#?}");
    let locked: BTreeSet<_> = locked().into_iter().map(|(name, version, _)| (name, version)).collect();
    let missing: Vec<_> = locked.difference(&known).collect();
    let gone: Vec<_> = known.difference(&locked).collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "{NOTICES} is stale; run: {HOW}\nmissing {missing:?}\ngone {gone:?}"
    );
}

#[test]
fn packages_come_from_the_registry_and_none_is_banned() {
    let allowed = listed("allow-registry");
    let banned = listed("deny");
    for (name, version, source) in locked() {
        let registry = source.strip_prefix("registry+").unwrap_or(&source).to_owned();
        assert!(allowed.contains(&registry), "{name} {version} comes from {source:?}");
        assert!(!banned.contains(&name), "{name} is banned by deny.toml");
    }
}

#[test]
fn advisories_are_argued_for_the_versions_in_use() {
    let locked = locked();
    let entries = listed("ignore");
    assert!(!entries.is_empty());
    for pair in entries.chunks(2) {
        let [id, reason] = pair else { panic!("{pair:?} has no reason") };
        assert!(id.starts_with("RUSTSEC-"), "{id}");
        let mut words = reason.split(':').next().unwrap().split(' ');
        let (name, version) = (words.next().unwrap(), words.next().unwrap_or_default());
        let used = locked.iter().any(|(n, v, _)| n == name && v == version);
        assert!(used, "{id} was argued for {name} {version}, which is not in use: take it out or argue it anew");
        let security = read("SECURITY.md");
        assert!(security.contains(id.as_str()), "SECURITY.md does not tell of {id}");
    }
}

#[test]
fn the_program_prints_the_notices() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_vanthu")).arg("--giay-phep").output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stdout == read(NOTICES).as_bytes());
}

/// Writes the notices from the files of the packages, as the registry gives them.
#[test]
#[ignore = "writes docs/giay-phep-ben-thu-ba.txt"]
fn write_the_notices() {
    let output = std::process::Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut list: Vec<String> = Vec::new();
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in metadata["packages"].as_array().unwrap() {
        let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
        if package["source"].is_null() {
            continue;
        }
        let name = format!("{} {}", text("name"), text("version"));
        list.push(format!("- {name} {}", text("license")));
        let folder = text("manifest_path").replace("Cargo.toml", "");
        let mut found = licence_files(Path::new(&folder), &text("license"));
        if !package["links"].is_null() {
            found.extend(licences_of_the_linked(Path::new(&folder), 3));
        }
        if found.is_empty() {
            let authors: Vec<&str> = package["authors"].as_array().unwrap().iter().filter_map(|a| a.as_str()).collect();
            found.push(format!(
                "Gói này không kèm văn bản giấy phép. Giấy phép: {}. Tác giả: {}. Mã nguồn: {}",
                text("license"),
                if authors.is_empty() { "không ghi".to_owned() } else { authors.join(", ") },
                text("repository")
            ));
        }
        for file in found {
            texts.entry(file).or_default().insert(name.clone());
        }
    }
    list.sort();
    let mut out = format!(
        "GIẤY PHÉP\n\nvanthu dùng theo giấy phép MIT hoặc Apache-2.0, tùy người dùng chọn. Chương trình mang theo phông chữ\nLiberation Serif và các thư viện liệt kê dưới đây, kể cả thư viện chỉ dùng trên hệ điều hành khác hoặc khi thử nghiệm.\nTệp này do máy lập từ các gói mã nguồn; văn bản giấy phép giữ nguyên tiếng Anh.\n\n{LIST}\n\n{}\n\n{TEXTS}\n",
        list.join("\n")
    );
    let own = [
        ("vanthu (MIT)", "LICENSE-MIT"),
        ("vanthu (Apache-2.0)", "LICENSE-APACHE"),
        ("Liberation Serif", "fonts/LICENSE"),
    ];
    for (name, file) in own {
        out.push_str(&format!("\n{}\n{name}\n\n{}\n", "=".repeat(80), tidy(&read(file))));
    }
    let mut texts: Vec<_> = texts.into_iter().collect();
    texts.sort_by(|(_, a), (_, b)| a.cmp(b));
    for (text, packages) in texts {
        let names = packages.into_iter().collect::<Vec<_>>().join(", ");
        out.push_str(&format!("\n{}\n{names}\n\n{text}\n", "=".repeat(80)));
    }
    std::fs::write(root().join(NOTICES), out).unwrap();
}

/// The texts of licences and notices of a package; of MIT or Apache-2.0, the shorter MIT is chosen where both are there.
fn licence_files(folder: &Path, licence: &str) -> Vec<String> {
    let begins = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE", "COPYRIGHT"];
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().flatten().map(|e| e.path()).filter(|p| p.is_file()).collect();
    files.retain(|p| {
        let name = p.file_name().unwrap().to_string_lossy().to_uppercase();
        begins.iter().any(|b| name.starts_with(b))
    });
    files.sort();
    let name = |p: &Path| p.file_name().unwrap().to_string_lossy().to_uppercase();
    let choice = licence.contains(" OR ") || licence.contains('/');
    if choice && !licence.contains("AND") && files.iter().any(|p| name(p).contains("MIT")) {
        files.retain(|p| !["APACHE", "UNLICENSE", "ZLIB", "BOOST"].iter().any(|other| name(p).contains(other)));
    }
    let texts = files.iter().filter_map(|p| std::fs::read(p).ok()).map(|bytes| tidy(&String::from_utf8_lossy(&bytes)));
    texts.filter(|text| !text.is_empty()).collect()
}

/// A text with its lines' ends and blank ends tidied, so that the same text is the same.
fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// The program stands at a fixed address (`build.rs`): its tables need not be moved at each start.
#[cfg(all(target_os = "linux", target_env = "gnu", target_arch = "x86_64"))]
#[test]
fn the_program_is_linked_at_a_fixed_address() {
    let head = std::fs::read(env!("CARGO_BIN_EXE_vanthu")).unwrap();
    // ELF: e_type, 2 for an executable, 3 for one that is moved.
    assert_eq!((&head[..4], head[16]), (&b"\x7FELF"[..], 2));
}

/// jemalloc's settings come from `.cargo/config.toml`; without them all works, only slower.
#[test]
#[cfg(all(target_os = "linux", target_env = "gnu", target_arch = "x86_64"))]
fn the_programs_memory_lies_on_huge_pages() {
    let program = std::fs::read(env!("CARGO_BIN_EXE_vanthu")).unwrap();
    assert!(memchr::memmem::find(&program, b"thp:always,metadata_thp:always").is_some());
}

/// A package that links a library of another language carries its source, and its licence, in folders of its own.
fn licences_of_the_linked(folder: &Path, depth: u8) -> Vec<String> {
    let mut folders: Vec<_> =
        std::fs::read_dir(folder).unwrap().flatten().map(|e| e.path()).filter(|p| p.is_dir()).collect();
    folders.sort();
    let below = |folder: &PathBuf| {
        let deeper = if depth > 1 { licences_of_the_linked(folder, depth - 1) } else { Vec::new() };
        licence_files(folder, "").into_iter().chain(deeper)
    };
    folders.iter().flat_map(below).collect()
}
