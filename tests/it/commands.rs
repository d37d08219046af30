//! Whole commands: what README, guide and help say is run.

use crate::support::root;

/// The console blocks of README and guide, and the cases of `tests/cmd`.
#[test]
fn commands_do_what_the_documents_show() {
    trycmd::TestCases::new()
        .case("tests/cmd/*.trycmd")
        .case("README.md")
        .default_bin_path(env!("CARGO_BIN_EXE_vanthu"))
        .env("NO_COLOR", "1")
        .run();
}

#[test]
fn files_are_replaced_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("a.yaml");
    let pdf = folder.path().join("a.pdf");
    let run = |text: &str| {
        std::fs::write(&plan, text).unwrap();
        std::process::Command::new(env!("CARGO_BIN_EXE_vanthu")).arg("render").arg(&plan).output().unwrap()
    };
    let good = crate::support::complete("");
    assert!(run(&good).status.success());
    let first = std::fs::read(&pdf).unwrap();
    assert_eq!(run(&good.replace("loai: ke_hoach", "loai: ke_hoac")).status.code(), Some(1));
    assert_eq!(std::fs::read(&pdf).unwrap(), first, "an error must leave the old file");
    assert_eq!(run("").status.code(), Some(1));
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "no half-written file stays: {names:?}");
}

#[test]
fn every_type_has_a_blank_that_renders() {
    for kind in vanthu::decree30::kinds::Kind::supported() {
        let new = std::process::Command::new(env!("CARGO_BIN_EXE_vanthu")).args(["new", kind.key]).output().unwrap();
        let text = String::from_utf8(new.stdout).unwrap();
        let draughted = crate::support::draught_text(&text);
        assert!(draughted.diagnostics.is_empty(), "{}: {}", kind.key, crate::support::report(&draughted));
    }
}

#[test]
fn all_formats_of_a_sample() {
    let folder = tempfile::tempdir().unwrap();
    let out = |name: &str| folder.path().join(name);
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_vanthu"))
        .arg("render")
        .arg(root().join("samples/ke-hoach-xa.yaml"))
        .arg("-o").arg(out("a.pdf"))
        .arg("-o").arg(out("a.png"))
        .arg("-o").arg(out("a.svg"))
        .arg("-o").arg(out("a.typ"))
        .status()
        .unwrap();
    assert!(status.success());
    for (name, start) in [("a.pdf", &b"%PDF-"[..]), ("a-1.png", b"\x89PNG"), ("a-2.png", b"\x89PNG"), ("a-1.svg", b"<svg"), ("a.typ", b"#let")] {
        let bytes = std::fs::read(out(name)).unwrap();
        assert!(bytes.starts_with(start), "{name}");
    }
}
