//! Files on the disk: what vanthu may write over, and what it never does.

use crate::desk::{Desk, PLAN, list};
use crate::support::complete;
use std::path::Path;
use std::process::Stdio;

fn desk() -> Desk {
    Desk::new("", "dv.csv", list(1))
}

/// Runs a command; gives its exit code and what it said.
fn run(desk: &Desk, arguments: &[&str]) -> (i32, String) {
    let output = desk.run(arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!said.contains("panicked"), "{said}");
    (output.status.code().unwrap(), said)
}

fn read(desk: &Desk, name: &str) -> Vec<u8> {
    std::fs::read(desk.path(name)).unwrap()
}

/// Names of the files of a folder that are not its inputs.
fn names(desk: &Desk) -> Vec<String> {
    let all = std::fs::read_dir(desk.path("")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    let mut out: Vec<String> = all.filter(|n| n != "ke-hoach.yaml" && n != "dv.csv").collect();
    out.sort();
    out
}

/// A Word file saved again by a program that packs all parts anew, as Word does.
fn saved_again(bytes: &[u8]) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..old.len() {
        let mut part = old.by_index(index).unwrap();
        let mut data = Vec::new();
        part.read_to_end(&mut data).unwrap();
        let name = part.name().unwrap().into_owned();
        new.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(&data).unwrap();
    }
    new.finish().unwrap().into_inner()
}

const RENDER: [&str; 2] = ["render", "ke-hoach.yaml"];

#[test]
fn render_writes_over_its_own_files_and_no_others() {
    let desk = desk();
    assert_eq!(run(&desk, &RENDER).0, 0);
    desk.put("ke-hoach.yaml", complete("trich_yeu: lần hai\n"));
    assert_eq!(run(&desk, &RENDER).0, 0, "unchanged files of its own");
    let (pdf, docx) = (read(&desk, "ke-hoach.pdf"), read(&desk, "ke-hoach.docx"));
    desk.put("ke-hoach.yaml", complete("trich_yeu: lần ba\n"));
    let changed = [&pdf[..], b"\n"].concat();
    for (name, bytes, why) in [
        ("ke-hoach.docx", "của tôi".as_bytes().to_vec(), "không do vanthu ghi ra"),
        ("ke-hoach.docx", saved_again(&docx), "đã bị sửa sau khi vanthu ghi ra"),
        ("ke-hoach.docx", [&docx[..], b"x"].concat(), "đã bị sửa sau khi vanthu ghi ra"),
        ("ke-hoach.pdf", changed, "đã bị sửa sau khi vanthu ghi ra"),
        ("ke-hoach.pdf", b"%PDF-1.4 mine".to_vec(), "không do vanthu ghi ra"),
    ] {
        desk.put("ke-hoach.pdf", &pdf);
        desk.put("ke-hoach.docx", &docx);
        desk.put(name, &bytes);
        let (code, said) = run(&desk, &RENDER);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains("tep-da-sua") && said.contains(name) && said.contains(why), "{said}");
        assert!(said.contains("--force") && said.contains("-o"), "{said}");
        assert_eq!(said.matches("lỗi[").count(), 1, "{said}");
        assert_eq!(read(&desk, name), bytes, "nothing of the run is written");
        let other = if name.ends_with("pdf") { ("ke-hoach.docx", &docx) } else { ("ke-hoach.pdf", &pdf) };
        assert_eq!(&read(&desk, other.0), other.1, "nothing of the run is written");
        assert_eq!(names(&desk), ["ke-hoach.docx", "ke-hoach.pdf"]);
    }
    desk.put("ke-hoach.pdf", "một");
    desk.put("ke-hoach.docx", "hai");
    let (_, said) = run(&desk, &RENDER);
    assert!(said.matches("tep-da-sua").count() >= 2, "all of them are told at once: {said}");
    assert_eq!(run(&desk, &["render", "ke-hoach.yaml", "--force"]).0, 0);
    assert!(read(&desk, "ke-hoach.docx").starts_with(b"PK"));
    assert_eq!(run(&desk, &["render", "ke-hoach.yaml", "-o", "khac.docx"]).0, 0);
}

#[test]
fn every_format_knows_itself_and_any_change() {
    let desk = desk();
    let names: Vec<String> = vanthu::write::WRITERS.iter().map(|w| format!("a.{}", w.extension)).collect();
    let mut all = RENDER.to_vec();
    names.iter().for_each(|name| all.extend(["-o", name]));
    assert_eq!(run(&desk, &all).0, 0);
    desk.put("ke-hoach.yaml", complete("trich_yeu: lần hai\n"));
    assert_eq!(run(&desk, &all).0, 0);
    for typed in &names {
        let paged = desk.path(&typed.replace('.', "-1.")).exists();
        let name = &if paged { typed.replace('.', "-1.") } else { typed.clone() };
        let good = read(&desk, name);
        // A copy under another name is known as well.
        desk.put("ban-sao.tam", &good);
        std::fs::rename(desk.path("ban-sao.tam"), desk.path(name)).unwrap();
        desk.put("ke-hoach.yaml", complete("trich_yeu: lần ba\n"));
        let one = ["render", "ke-hoach.yaml", "-o", &name.replace("-1", "")];
        for at in [9, good.len() / 3, good.len() / 2, good.len() - 30] {
            let mut bad = good.clone();
            bad[at] ^= 1;
            desk.put(name, &bad);
            let (code, said) = run(&desk, &one);
            assert!(code == 2 && said.contains("tep-da-sua"), "{name} at {at}: {said}");
            assert_eq!(read(&desk, name), bad);
        }
        desk.put(name, &good);
        assert_eq!(run(&desk, &one).0, 0, "{name}");
    }
}

#[test]
fn the_digest_leaves_the_files_as_they_should_be() {
    use std::io::{Cursor, Read};
    let desk = desk();
    assert_eq!(run(&desk, &[&RENDER[..], &["-o", "a.docx", "-o", "a.png", "-o", "a.pdf"]].concat()).0, 0);
    let mut file = zip::ZipArchive::new(Cursor::new(read(&desk, "a.docx"))).unwrap();
    let mut text = String::new();
    // The library compares the checksum.
    file.by_name("docProps/custom.xml").unwrap().read_to_string(&mut text).unwrap();
    assert!(
        text.contains("name=\"vanthu\"") && text.contains("vanthu-sha256:") && !text.contains(&"0".repeat(64)),
        "{text}"
    );
    let png = image::ImageReader::new(Cursor::new(read(&desk, "a-1.png"))).with_guessed_format().unwrap();
    assert!(png.decode().unwrap().width() > 1000);
    let pdf = read(&desk, "a.pdf");
    let end = String::from_utf8_lossy(&pdf[pdf.len() - 40..]).into_owned();
    let table: usize = end.lines().rev().nth(1).unwrap().parse().unwrap();
    assert!(pdf[table..].starts_with(b"xref\n"), "{end}");
}

#[test]
fn a_file_that_is_open_in_word_is_told_as_such() {
    let desk = desk();
    assert_eq!(run(&desk, &RENDER).0, 0);
    let (pdf, docx) = (read(&desk, "ke-hoach.pdf"), read(&desk, "ke-hoach.docx"));
    desk.put("ke-hoach.yaml", complete("trich_yeu: lần hai\n"));
    for (lock, program) in [("~$-hoach.docx", "Word"), (".~lock.ke-hoach.docx#", "LibreOffice")] {
        desk.put(lock, "Người dùng");
        let (code, said) = run(&desk, &RENDER);
        assert!(code == 2 && said.contains(&format!("đang mở trong {program}")) && said.contains(lock), "{said}");
        assert!(read(&desk, "ke-hoach.pdf") == pdf && read(&desk, "ke-hoach.docx") == docx);
        std::fs::remove_file(desk.path(lock)).unwrap();
    }
    assert_eq!(run(&desk, &RENDER).0, 0);
}

#[test]
fn new_and_schema_write_over_nothing_of_a_persons() {
    let desk = desk();
    desk.put("vanthu.schema.json", "{}");
    let (code, said) = run(&desk, &["schema", "-o", "vanthu.schema.json"]);
    assert!(code == 2 && said.contains("tep-da-sua") && said.contains("không do vanthu"), "{said}");
    assert_eq!(run(&desk, &["schema", "-o", "vanthu.schema.json", "--force"]).0, 0);
    assert_eq!(run(&desk, &["schema", "-o", "vanthu.schema.json"]).0, 0);
    let schema = String::from_utf8(read(&desk, "vanthu.schema.json")).unwrap();
    let plain = String::from_utf8(desk.run(&["schema"]).stdout).unwrap();
    let mut tree: serde_json::Value = serde_json::from_str(&schema).unwrap();
    tree.as_object_mut().unwrap().remove("$comment").unwrap();
    assert_eq!(tree, serde_json::from_str::<serde_json::Value>(&plain).unwrap());
    desk.put("vanthu.schema.json", schema.replace("draft-07", "draft-08"));
    let (code, said) = run(&desk, &["schema", "-o", "vanthu.schema.json"]);
    assert!(code == 2 && said.contains("đã bị sửa"), "{said}");
    // One file of several in the way: none is written.
    desk.put("mau/van-ban.typ", "của tôi");
    let (code, said) = run(&desk, &["new", "--mau", "mau"]);
    assert!(code == 2 && said.contains("tep-da-sua") && said.contains("van-ban.typ"), "{said}");
    assert_eq!(std::fs::read_dir(desk.path("mau")).unwrap().count(), 1);
    assert_eq!(run(&desk, &["new", "ke_hoach", "-o", "ke-hoach.yaml"]).0, 2);
}

#[test]
fn a_blank_comes_with_the_schema_that_it_names() {
    let text = |desk: &Desk, name: &str| String::from_utf8(read(desk, name)).unwrap();
    let modeline = "# yaml-language-server: $schema=vanthu.schema.json\n";
    let desk = desk();
    let (code, said) = run(&desk, &["new", "to_trinh", "-o", "a.yaml"]);
    assert!(code == 0 && said.contains("a.yaml, vanthu.schema.json"), "{said}");
    assert!(text(&desk, "a.yaml").starts_with(modeline));
    assert!(text(&desk, "vanthu.schema.json").contains("json-schema.org"));
    assert_eq!(run(&desk, &["new", "chi_thi", "-o", "b.yaml"]).0, 0, "its own schema is no hindrance");
    // A schema that was changed is left alone and named; a file that is none is left alone and not named.
    for (schema, named) in [(text(&desk, "vanthu.schema.json") + " ", true), ("{}".to_owned(), false)] {
        desk.put("vanthu.schema.json", &schema);
        let name = format!("c-{named}.yaml");
        let (code, said) = run(&desk, &["new", "chi_thi", "-o", &name]);
        assert_eq!(code, 0, "{said}");
        assert_eq!(text(&desk, &name).starts_with(modeline), named);
        assert_eq!(said.contains("được giữ nguyên"), !named, "{said}");
        assert_eq!(text(&desk, "vanthu.schema.json"), schema);
    }
    // On the screen no schema is beside it.
    let shown = String::from_utf8(desk.run(&["new", "chi_thi"]).stdout).unwrap();
    assert!(shown.starts_with("# Bản thảo chỉ thị"), "{shown}");
}

#[test]
fn reports_of_a_batch_that_a_person_changed_stay() {
    for name in ["bao-cao.json", "bao-cao.csv", "bao-cao.xlsx", "tong-quan.html"] {
        let desk = Desk::new(PLAN, "dv.csv", list(1));
        assert_eq!(desk.batch("dv.csv", &[]).0, 0);
        assert_eq!(desk.batch("dv.csv", &[]).0, 0);
        let path = format!("kq/{name}");
        let changed = [&read(&desk, &path)[..], b" "].concat();
        desk.put(&path, &changed);
        desk.put("dv.csv", list(2));
        let (code, said) = desk.batch("dv.csv", &[]);
        assert!(code == 2 && said.contains("tep-da-sua") && said.contains(name), "{said}");
        assert!(said.contains("đã bị sửa"), "{said}");
        assert!(read(&desk, &path) == changed && !desk.path("kq/xa-so-2.pdf").exists(), "nothing is written");
        assert_eq!(desk.batch("dv.csv", &["--force"]).0, 0);
    }
    let desk = Desk::new(PLAN, "dv.csv", list(1));
    desk.put("kq/bao-cao.xlsx", "báo cáo của tôi");
    let (code, said) = desk.batch("dv.csv", &[]);
    assert!(code == 2 && said.contains("không do vanthu ghi ra"), "{said}");
}

#[test]
fn what_render_wrote_is_known_to_a_batch() {
    let desk = Desk::new(PLAN, "dv.csv", list(1));
    assert_eq!(desk.batch("dv.csv", &[]).0, 0);
    let docx = read(&desk, "kq/xa-so-1.docx");
    std::fs::remove_dir_all(desk.path("kq")).unwrap();
    desk.put("kq/xa-so-1.docx", &docx);
    desk.put("dv.csv", list(1).replace("Nơi 1", "Nơi khác"));
    let (code, said) = desk.batch("dv.csv", &[]);
    assert_eq!(code, 0, "unchanged since vanthu wrote it: {said}");
    desk.put("kq2/xa-so-1.docx", saved_again(&docx));
    let output = desk.run(&["batch", "ke-hoach.yaml", "--units", "dv.csv", "-o", "kq2"]);
    assert!(String::from_utf8(output.stderr).unwrap().contains("đã bị sửa sau khi vanthu ghi ra"));
}

#[cfg(unix)]
#[test]
fn modes_and_links_of_replaced_files_stay() {
    use std::os::unix::fs::PermissionsExt;
    let desk = desk();
    assert_eq!(run(&desk, &RENDER).0, 0);
    let mode = |name: &str| std::fs::metadata(desk.path(name)).unwrap().permissions().mode() & 0o777;
    std::fs::set_permissions(desk.path("ke-hoach.pdf"), std::fs::Permissions::from_mode(0o600)).unwrap();
    std::fs::create_dir(desk.path("noi-khac")).unwrap();
    std::fs::rename(desk.path("ke-hoach.docx"), desk.path("noi-khac/that.docx")).unwrap();
    std::os::unix::fs::symlink("noi-khac/that.docx", desk.path("ke-hoach.docx")).unwrap();
    desk.put("ke-hoach.yaml", complete("trich_yeu: lần hai\n"));
    let before = read(&desk, "noi-khac/that.docx");
    assert_eq!(run(&desk, &RENDER).0, 0);
    assert_eq!(mode("ke-hoach.pdf"), 0o600);
    assert!(std::fs::symlink_metadata(desk.path("ke-hoach.docx")).unwrap().file_type().is_symlink());
    assert_ne!(read(&desk, "noi-khac/that.docx"), before);
}

#[cfg(unix)]
#[test]
fn a_run_that_cannot_write_all_writes_nothing() {
    use std::os::unix::process::CommandExt;
    let desk = desk();
    assert_eq!(run(&desk, &RENDER).0, 0);
    let (pdf, docx) = (read(&desk, "ke-hoach.pdf"), read(&desk, "ke-hoach.docx"));
    desk.put("ke-hoach.yaml", complete("trich_yeu: lần hai\n"));
    // The second target is a folder.
    std::fs::create_dir(desk.path("b.docx")).unwrap();
    let (code, said) = run(&desk, &["render", "ke-hoach.yaml", "-o", "ke-hoach.pdf", "-o", "b.docx"]);
    assert!(code == 2 && said.contains("khong-ghi-duoc"), "{said}");
    assert_eq!(read(&desk, "ke-hoach.pdf"), pdf);
    std::fs::remove_dir(desk.path("b.docx")).unwrap();
    // A disk without room for the PDF, as a limit on the size of files plays it; the Word file is smaller.
    let program = format!("trap '' XFSZ; ulimit -f 20; exec '{}' \"$@\"", env!("CARGO_BIN_EXE_vanthu"));
    let output = std::process::Command::new("bash")
        .args(["-c", &program, "bash", "render", "ke-hoach.yaml", "-o", "ke-hoach.docx", "-o", "ke-hoach.pdf"])
        .current_dir(desk.path(""))
        .process_group(0)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(read(&desk, "ke-hoach.pdf") == pdf && read(&desk, "ke-hoach.docx") == docx);
    assert_eq!(names(&desk), ["ke-hoach.docx", "ke-hoach.pdf"], "no half-written file stays");
}

#[cfg(unix)]
#[test]
fn leftovers_of_killed_runs_go_and_no_others() {
    use std::fs::File;
    use std::time::Duration;
    let desk = desk();
    for name in [".vanthu-aB3dE6gH9jK2.tam", ".vanthu-cua-toi"] {
        let file = File::create(desk.path(name)).unwrap();
        file.set_modified(file.metadata().unwrap().modified().unwrap() - Duration::from_secs(60)).unwrap();
    }
    assert_eq!(run(&desk, &RENDER).0, 0);
    assert_eq!(names(&desk), [".vanthu-cua-toi", "ke-hoach.docx", "ke-hoach.pdf"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_document_that_nobody_takes_is_an_error() {
    let desk = desk();
    let closed = format!("exec '{}' render ke-hoach.yaml -o - -o kem.docx >&-", env!("CARGO_BIN_EXE_vanthu"));
    let output = std::process::Command::new("sh").args(["-c", &closed]).current_dir(desk.path("")).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && said.contains("đầu ra đã đóng"), "{said}");
    assert!(!desk.path("kem.docx").exists(), "all files of a run or none");
    // A reader that goes away before the document came.
    let mut child = desk.command(&["render", "ke-hoach.yaml", "-o", "-"]);
    let mut child = child.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(2));
    let status = desk.command(&["render", "ke-hoach.yaml", "-o", "-"]).stdout(Stdio::null()).status().unwrap();
    assert_eq!(status.code(), Some(0));
}

#[cfg(unix)]
#[test]
fn nothing_is_deleted_or_replaced_through_a_link() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    let kept = |name: &str| outside.path().join(name);
    std::fs::create_dir(kept("tam")).unwrap();
    std::fs::write(kept("tam/quy.txt"), "của tôi").unwrap();
    let there = |path: &Path| std::fs::read_to_string(path).is_ok_and(|text| text == "của tôi");
    let desk = Desk::new(PLAN, "dv.csv", list(1));
    std::fs::create_dir(desk.path("kq")).unwrap();
    symlink(outside.path(), desk.path("kq/.vanthu")).unwrap();
    let (code, said) = desk.batch("dv.csv", &[]);
    assert!(code == 2 && said.contains("là liên kết"), "{said}");
    assert!(there(&kept("tam/quy.txt")));
    std::fs::remove_file(desk.path("kq/.vanthu")).unwrap();
    // Folders and files of documents.
    symlink(outside.path(), desk.path("kq/nhom")).unwrap();
    let (code, said) = desk.batch("dv.csv", &["--name", "nhom/{{ stt }}"]);
    assert!(code == 1 && said.contains("là liên kết"), "{said}");
    assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 1);
    assert_eq!(desk.batch("dv.csv", &[]).0, 0);
    std::fs::rename(desk.path("kq/xa-so-1.pdf"), kept("that.pdf")).unwrap();
    symlink(kept("that.pdf"), desk.path("kq/xa-so-1.pdf")).unwrap();
    desk.put("dv.csv", list(1).replace("Nơi 1", "Nơi khác"));
    let (code, said) = desk.batch("dv.csv", &[]);
    assert!(code == 1 && said.contains("là liên kết"), "{said}");
}
