//! Whole commands: what README, guide and help say is run.

use crate::console::{agrees, blocks, run_shown};
use crate::support::root;

/// Runs the commands of a document in a folder that holds a copy of the samples. Commands of cargo and of editors are
/// left to `.ci/run` and to people.
fn run_document(name: &str) -> usize {
    let text = std::fs::read_to_string(root().join(name)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("samples")).unwrap();
    for entry in std::fs::read_dir(root().join("samples")).unwrap().flatten() {
        std::fs::copy(entry.path(), folder.path().join("samples").join(entry.file_name())).unwrap();
    }
    let mut count = 0;
    for shown in blocks(&text)
        .into_iter()
        .flatten()
        .filter(|s| !s.command.starts_with("cargo ") && !s.command.starts_with("code "))
    {
        run_shown(name, folder.path(), &shown);
        count += 1;
    }
    count
}

#[test]
#[cfg(unix)]
fn commands_of_the_readme_do_what_it_shows() {
    assert!(run_document("README.md") >= 5);
}

#[test]
#[cfg(unix)]
fn commands_of_the_guide_do_what_it_shows() {
    assert!(run_document("docs/huong-dan.md") >= 5);
    assert!(run_document("docs/mau-word.md") >= 3);
    assert!(run_document("docs/hang-loat.md") >= 20);
}

#[test]
fn a_shown_output_can_disagree() {
    assert!(agrees("a\n…\nc\n", "a\nb\nc\n") && agrees("…\n", "") && agrees("a\n…\n", "a\nb\n"));
    assert!(!agrees("a\nc\n", "a\nb\nc\n") && !agrees("a\n", "a\nb\n") && !agrees("a\n", ""));
}

#[test]
fn wrong_arguments_are_said_in_vietnamese() {
    for (arguments, code, words) in [
        (&["rendr"][..], 2, "Không có lệnh “rendr”"),
        (&["render"], 2, "Thiếu"),
        (&["render", "a.yaml", "--la"], 2, "--la"),
        (&["render", "khong-co.yaml"], 2, "khong-co-tep"),
        (&["render", "."], 2, "la-thu-muc"),
        (&["render", "a.yaml", "-o", "a.doc"], 2, "dinh-dang-la"),
        (&["render", "a.yaml", "--dat", "x"], 2, "tham-so-sai"),
        (&["render", "a.yaml", "--dat", "1x=2"], 2, "tham-so-sai"),
        (&["render", "a.yaml", "--mau", "khong-co"], 2, "mau-typst-loi"),
        (&["render", "a.yaml", "--phong-chu", "khong-co"], 2, "phong-chu-sai"),
        (&["render", "a.yaml", "--format", "xml"], 2, "“xml” không phải là giá trị"),
        (&["explain", "khoa-l"], 2, "“khoa-la”"),
        (&["new", "ke_hoac"], 2, "“ke_hoach”"),
        (&[], 2, "Cách dùng"),
        (&["--help"], 0, "Lệnh:"),
        (&["render", "--help"], 0, "--khong-doi-chieu"),
        (&["--version"], 0, "vanthu 0."),
    ] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_vanthu"))
            .args(arguments)
            .env("NO_COLOR", "1")
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(text.contains(words), "{arguments:?}: {text}");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {text}");
        for english in ["error:", "Usage:", "Options:", "tip:", "possible values"] {
            assert!(!text.contains(english), "{arguments:?}: {text}");
        }
    }
}

#[test]
fn json_reports_can_be_read_by_a_program() {
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("a.yaml");
    std::fs::write(&plan, crate::support::complete("lai: 1\n")).unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_vanthu"))
        .arg("render")
        .arg(&plan)
        .args(["--format", "json"])
        .output()
        .unwrap();
    let all: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(all[0]["code"], "khoa-la");
    assert_eq!((all[0]["place"]["line"].as_u64(), all[0]["place"]["column"].as_u64()), (Some(1), Some(1)));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn plans_come_in_and_files_go_out_by_the_standard_streams() {
    use std::io::Write;
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_vanthu"))
        .args(["render", "-", "-o", "-", "--dat", "nam=2027"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let plan = crate::support::complete("mo_dau: Năm {{ nam }}\n");
    child.stdin.take().unwrap().write_all(plan.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.stdout.starts_with(b"%PDF-"));
}

#[test]
fn strict_makes_a_warning_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("a.yaml");
    std::fs::write(&plan, crate::support::complete("noi_dung: |\n  1. Một.\n  3. Ba.\n")).unwrap();
    let run = |more: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_vanthu"))
            .arg("render")
            .arg(&plan)
            .args(more)
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, text) = run(&[]);
    assert!(code == Some(0) && text.contains("cảnh báo[thu-tu-sai]"), "{text}");
    let (code, text) = run(&["--strict"]);
    assert!(code == Some(1) && text.contains("lỗi[thu-tu-sai]"), "{text}");
}

#[test]
fn an_agency_hands_out_changes_and_uses_its_template() {
    let folder = tempfile::tempdir().unwrap();
    let mau = folder.path().join("mau");
    let vanthu = |arguments: &[&str]| {
        std::process::Command::new(env!("CARGO_BIN_EXE_vanthu"))
            .args(arguments)
            .current_dir(folder.path())
            .status()
            .unwrap()
            .code()
    };
    std::fs::write(folder.path().join("a.yaml"), crate::support::complete("")).unwrap();
    assert_eq!(vanthu(&["new", "--mau", "mau"]), Some(0));
    assert_eq!(vanthu(&["new", "--mau", "mau"]), Some(2), "files are not overwritten unasked");
    assert_eq!(vanthu(&["render", "a.yaml", "-o", "a.pdf"]), Some(0));
    assert_eq!(vanthu(&["render", "a.yaml", "-o", "b.pdf", "--mau", "mau"]), Some(0));
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    assert_eq!(read("a.pdf"), read("b.pdf"));
    let main = mau.join("van-ban.typ");
    let text = std::fs::read_to_string(&main).unwrap();
    std::fs::write(&main, text.replace("stroke: r.day * 1pt", "stroke: 1pt")).unwrap();
    assert_eq!(vanthu(&["render", "a.yaml", "-o", "c.pdf", "--mau", "mau"]), Some(0));
    assert_ne!(read("a.pdf"), read("c.pdf"));
}

#[test]
fn own_fonts_are_used_and_judged() {
    let folder = tempfile::tempdir().unwrap();
    let fonts = root().join("fonts");
    std::fs::write(folder.path().join("a.yaml"), crate::support::complete("")).unwrap();
    let vanthu = |fonts: &std::path::Path| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_vanthu"))
            .args(["render", "a.yaml", "--phong-chu"])
            .arg(fonts)
            .current_dir(folder.path())
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert_eq!(vanthu(&fonts).0, Some(0));
    std::fs::copy(fonts.join("LiberationSerif-Bold.ttf"), folder.path().join("b.ttf")).unwrap();
    let (code, text) = vanthu(folder.path());
    assert!(code == Some(2) && text.contains("Thiếu kiểu chữ thường"), "{text}");
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
    assert_eq!(names.len(), 3, "plan, PDF, Word file; no half-written file stays: {names:?}");
}

#[test]
fn every_type_has_a_blank_that_renders() {
    for kind in &vanthu::decree30::kinds::KINDS {
        let new = std::process::Command::new(env!("CARGO_BIN_EXE_vanthu")).args(["new", kind.key]).output().unwrap();
        let text = String::from_utf8(new.stdout).unwrap();
        let built = crate::support::build_text(&text);
        assert!(built.diagnostics.is_empty(), "{}: {}", kind.key, crate::support::report(&built));
    }
}

#[test]
fn all_formats_of_a_sample() {
    let folder = tempfile::tempdir().unwrap();
    let out = |name: &str| folder.path().join(name);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_vanthu"));
    command.arg("render").arg(root().join("samples/ke-hoach-xa.yaml"));
    for writer in vanthu::write::WRITERS {
        command.arg("-o").arg(out(&format!("a.{}", writer.extension)));
    }
    assert!(command.status().unwrap().success());
    let starts = [
        ("a.pdf", &b"%PDF-"[..]),
        ("a.docx", b"PK"),
        ("a-1.png", b"\x89PNG"),
        ("a-2.png", b"\x89PNG"),
        ("a-1.svg", b"<svg"),
        ("a.typ", b"#let"),
        ("a.txt", "ỦY BAN".as_bytes()),
    ];
    let known = |extension: &str| starts.iter().any(|(name, _)| name.ends_with(&format!(".{extension}")));
    assert!(vanthu::write::WRITERS.iter().all(|w| known(w.extension)), "a format is not looked at");
    for (name, start) in starts {
        let bytes = std::fs::read(out(name)).unwrap();
        assert!(bytes.starts_with(start), "{name}");
    }
}
