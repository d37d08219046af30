//! Files that would fill the memory, or never end, are refused in words; what a spreadsheet has lost is told.

use crate::support::{complete, files, report, root, studio};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use vanthu::pipeline::{self, Folder};
use vanthu::read::grid;
use zip::write::{SimpleFileOptions, ZipWriter};

fn vanthu(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_vanthu"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// The report of a plan in a folder.
fn reported(folder: &Path, fragment: &str) -> String {
    let built = pipeline::build("k.yaml", complete(fragment).as_bytes(), &Folder::new(folder), &[], studio().faces());
    report(&built)
}

#[test]
fn a_colour_profile_without_end_is_not_unpacked() {
    let path = files("tests/pictures", "png").remove(0);
    let png = std::fs::read(&path).unwrap();
    for (size, fits) in [(100_000, true), (40 << 20, false)] {
        let mut data = b"x\0\0".to_vec();
        data.extend(fdeflate::compress_to_vec(&vec![0; size]));
        let mut chunk = u32::try_from(data.len()).unwrap().to_be_bytes().to_vec();
        let typed: Vec<u8> = b"iCCP".iter().copied().chain(data).collect();
        chunk.extend(&typed);
        chunk.extend(crc32fast::hash(&typed).to_be_bytes());
        // Behind the header: a signature of 8 bytes, a chunk of 13.
        let (head, tail) = png.split_at(8 + 12 + 13);
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.png"), [head, &chunk, tail].concat()).unwrap();
        let told = reported(folder.path(), "noi_dung:\n  - hinh: a.png\n");
        assert_eq!(told.contains("bảng màu (ICC)"), !fits, "{told}");
        assert_eq!(told.contains("k.yaml:"), !fits, "{told}");
    }
}

/// A workbook with one cell of many bytes.
fn workbook(cell: usize) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write(0, 0, "Tên").unwrap().write(1, 0, "MỘT").unwrap();
    let small = book.save_to_buffer().unwrap();
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(small)).unwrap();
    let mut out = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..package.len() {
        let mut part = package.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        match text.split_once("MỘT") {
            Some((before, after)) => {
                out.write_all(before.as_bytes()).unwrap();
                let block = [b'a'; 1 << 16];
                (0..cell.div_ceil(block.len())).for_each(|_| out.write_all(&block).unwrap());
                out.write_all(after.as_bytes()).unwrap();
            }
            None => out.write_all(text.as_bytes()).unwrap(),
        }
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn a_cell_without_end_is_not_unpacked() {
    let huge = workbook(200 << 20);
    assert!(huge.len() < 1 << 20, "{}", huge.len());
    let (message, _) = grid::read("a.xlsx", &huge, None, 1000).unwrap_err();
    assert!(message.contains("sharedStrings.xml hơn 160 MB"), "{message}");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.xlsx"), workbook(2 << 20)).unwrap();
    let told = reported(folder.path(), "noi_dung:\n  - bang:\n      cot: [{ ten: Tên }]\n      tu_tep: a.xlsx\n");
    assert!(told.contains("Dòng 2 của tệp a.xlsx có ô dài hơn 1 MB"), "{told}");
}

#[test]
fn a_long_cell_is_a_fault_of_its_unit_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let list = format!("don_vi.ten\nXã A\n{}\nXã C\n", "b".repeat(2 << 20));
    std::fs::write(path("dv.csv"), list).unwrap();
    std::fs::write(path("k.yaml"), complete("bien: { don_vi: { ten: Xã } }\nmo_dau: \"{{ don_vi.ten }}\"\n")).unwrap();
    let (code, told) =
        vanthu(folder.path(), &["batch", "k.yaml", "--units", "dv.csv", "-o", "kq", "--formats", "docx"]);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("ô dài hơn 1 MB") && told.contains("2 đã ghi") && told.contains("1 có lỗi"), "{told}");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_or_has_no_end_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let large = folder.path().join("lon.yaml");
    // Only its length is there.
    std::fs::File::create(&large).unwrap().set_len(3 << 30).unwrap();
    std::fs::write(folder.path().join("k.yaml"), complete("mo_dau: \"{{ ten }}\"\nbien: { ten: x }\n")).unwrap();
    for (arguments, wanted) in [
        (&["render", "/dev/zero", "-o", "a.pdf"][..], "/dev/zero là một thiết bị, không phải tệp."),
        (&["render", "lon.yaml"], "có 3072 MB, quá giới hạn 16 MB"),
        (&["bien", "lon.yaml"], "có 3072 MB, quá giới hạn 16 MB"),
        (&["bien", "k.yaml", "--units", "lon.yaml"], "tệp lớn hơn 64 MB"),
        (&["bien", "k.yaml", "--units", "/dev/zero"], "tệp lớn hơn 64 MB"),
    ] {
        let (code, told) = vanthu(folder.path(), arguments);
        assert!(code != Some(0) && told.contains(wanted), "{arguments:?}: {told}");
    }
    // A pipe that goes on is closed on the writer's side.
    let mut child = Command::new(env!("CARGO_BIN_EXE_vanthu"))
        .args(["render", "-", "-o", "a.pdf"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let block = vec![b'a'; 1 << 20];
    let written = (0..64).take_while(|_| pipe.write_all(&block).is_ok()).count();
    drop(pipe);
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(written < 64 && told.contains("quá giới hạn 16 MB"), "{written} {told}");
}

#[test]
fn numbers_that_excel_cut_and_foreign_letters_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("a.csv"), "Tên,Số\nÐỗ An,\"1,23457E+11\"\nLê Ba,\"3,1E+12\"\n").unwrap();
    let table = "noi_dung:\n  - bang:\n      cot: [{ ten: Tên }, { ten: Số }]\n      tu_tep: a.csv\n";
    let told = reported(folder.path(), table);
    assert!(told.contains("cảnh báo[so-bi-rut]: Ô B2 (và 1 ô khác) của tệp a.csv là “1,23457E+11”"), "{told}");
    assert!(told.contains("cảnh báo[chu-d-la]: Ô A2 của tệp a.csv") && told.contains("“Ðỗ An”"), "{told}");
    // The same in a list, where only columns that the plan uses are looked at for numbers; in JSON too.
    std::fs::write(path("dv.csv"), "don_vi.ten,don_vi.so,khac\nXã Ða,\"1,2E+11\",1\nXã B,5,\"1,2E+11\"\n").unwrap();
    let plan = complete("bien: { don_vi: { ten: Xã, so: 1 } }\nmo_dau: \"{{ don_vi.ten }} {{ don_vi.so }}\"\n");
    std::fs::write(path("k.yaml"), plan).unwrap();
    let batch = ["batch", "k.yaml", "--units", "dv.csv", "-o", "kq", "--formats", "docx"];
    let (code, told) = vanthu(folder.path(), &batch);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("[so-bi-rut]: Ô B2 của tệp dv.csv") && told.contains("[chu-d-la]: Ô A2 của tệp"), "{told}");
    let report = std::fs::read_to_string(path("kq/bao-cao.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let codes: Vec<_> = report["notes"].as_array().unwrap().iter().map(|n| n["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["chu-d-la", "so-bi-rut"]);
    // With a workbook nothing is lost, whatever the cell shows.
    assert!(root().join("docs/ma/so-bi-rut.md").is_file());
}
