//! Wrong input: every file of `tests/wrong` gives the report stored beside it, input and output together.

use crate::support::{build, files, report};

#[test]
fn every_mistake_is_reported_at_its_line() {
    let all = files("tests/wrong", "yaml");
    assert!(all.len() >= 50, "{} wrong inputs", all.len());
    insta::with_settings!({ snapshot_path => "../wrong", prepend_module_to_snapshot => false, omit_expression => true }, {
        for path in all {
            let (built, _) = build(&path);
            assert!(!built.diagnostics.is_empty(), "{} is neither refused nor warned of", path.display());
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            insta::assert_snapshot!(name, report(&built));
        }
    });
}

#[test]
fn every_code_that_a_plan_can_trigger_has_a_wrong_input() {
    // These need a file, a folder, a disk, a command line, a template or a font, and have tests of their own.
    const ELSEWHERE: &[&str] = &[
        "khong-co-tep",
        "la-thu-muc",
        "khong-doc-duoc",
        "tep-rong",
        "tep-qua-lon",
        "khong-phai-utf8",
        "mau-typst-loi",
        "mau-word-hong",
        "mau-word-cam",
        "mau-word-thieu",
        "the-word-sai",
        "mat-chu",
        // Checking: tests/it/check.rs.
        "cau-hinh-sai",
        // Import: tests/it/import.rs.
        "nhap-hong",
        "nhap-mat-chu",
        // Of laid-out pages: tests/it/tables.rs.
        "chu-ky-rieng",
        "chu-thich-xa",
        "phong-chu-sai",
        "dinh-dang-la",
        "khong-ghi-duoc",
        "tham-so-sai",
        "thu-tu-sai",
        // Batches: tests/it/batch.rs.
        "danh-sach-sai",
        "danh-sach-chua-khai",
        "hang-bo-qua",
        "hang-dang-ngo",
        "don-vi-sai",
        "cot-bo-qua",
        "o-trong",
        "bien-khong-co",
        "ten-tep-sai",
        "ten-tep-trung",
        "tep-da-sua",
        "dang-chay",
        // Previews: tests/it/preview.rs.
        "cong-ban",
        "bao-cao-sai",
        "loi-ben-trong",
    ];
    let mut seen = std::collections::BTreeSet::new();
    for path in files("tests/wrong", "yaml") {
        seen.extend(build(&path).0.diagnostics.iter().map(|d| d.code.name));
    }
    for code in vanthu::diagnostic::CODES {
        let known = seen.contains(code.name) || ELSEWHERE.contains(&code.name);
        assert!(known, "no wrong input for {}", code.name);
    }
}

#[test]
fn bytes_that_are_no_text() {
    for (bytes, code) in [
        (&b""[..], "tep-rong"),
        (b" \n\n", "tep-rong"),
        (b"\xEF\xBB\xBF", "tep-rong"),
        (b"loai: k\xE1\xBA\nx", "khong-phai-utf8"),
        (b"\xFF\xFEl\0o\0", "sai-kieu"),
        (b"\xFF\xFEl\0o\0a", "khong-phai-utf8"),
        (b"\xFE\xFF\xD8\0\0a", "khong-phai-utf8"),
    ] {
        let folder = vanthu::pipeline::Folder::new("");
        let d = vanthu::pipeline::build("a.yaml", bytes, &folder, &[], crate::support::studio().faces());
        assert_eq!(d.diagnostics.iter().map(|d| d.code.name).collect::<Vec<_>>(), [code]);
    }
    let large = vec![b'a'; vanthu::read::bytes::MAX_BYTES + 1];
    let folder = vanthu::pipeline::Folder::new("");
    let d = vanthu::pipeline::build("a.yaml", &large, &folder, &[], crate::support::studio().faces());
    assert_eq!(d.diagnostics[0].code.name, "tep-qua-lon");
}

#[test]
fn a_byte_order_mark_crlf_and_nfd_are_accepted() {
    use unicode_normalization::UnicodeNormalization;
    let plain = crate::support::complete("mo_dau: Thực hiện nhiệm vụ được giao\n");
    let other: String = format!("\u{FEFF}{}", plain.replace('\n', "\r\n")).nfd().collect();
    let sheet = |text: &str| crate::support::build_text(text).ready.expect("accepted").sheet.to_string();
    assert_eq!(sheet(&plain), sheet(&other));
}
