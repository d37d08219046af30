//! What is in the output folder already: files of people, of other runs, of runs that failed half way.

use crate::desk::{Desk, PLAN, list};
use crate::support::complete;
use crate::support::statuses;
use serde_json::Value;

#[test]
fn a_file_changed_by_hand_is_never_written_over_unasked() {
    let desk = Desk::new(PLAN, "dv.csv", list(2));
    desk.batch("dv.csv", &[]);
    desk.put("kq/xa-so-1.docx", "sửa tay");
    let (code, said) = desk.batch("dv.csv", &[]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("cảnh báo[tep-da-sua]") && said.contains("giữ nguyên"), "{said}");
    desk.put("dv.csv", list(2).replace("Nơi 1", "Nơi một"));
    for _ in 0..2 {
        let (code, said) = desk.batch("dv.csv", &[]);
        assert_eq!(code, 1, "{said}");
        assert!(said.contains("lỗi[tep-da-sua]"), "{said}");
        assert_eq!(std::fs::read(desk.path("kq/xa-so-1.docx")).unwrap(), "sửa tay".as_bytes());
    }
    assert_eq!(desk.batch("dv.csv", &["--force"]).0, 0);
    assert!(std::fs::read(desk.path("kq/xa-so-1.docx")).unwrap().starts_with(b"PK"));
    assert_eq!(desk.batch("dv.csv", &[]).0, 0);
    assert_eq!(statuses(&desk.report()), ["unchanged"; 2]);
}

#[test]
fn files_of_others_are_never_written_over_unasked() {
    let desk = Desk::new(PLAN, "dv.csv", list(2));
    desk.put("kq/xa-so-1.docx", "của tôi");
    let (code, said) = desk.batch("dv.csv", &[]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("không do vanthu ghi ra"), "{said}");
    assert_eq!(std::fs::read(desk.path("kq/xa-so-1.docx")).unwrap(), "của tôi".as_bytes());
    assert_eq!(statuses(&desk.report()), ["failed", "written"]);
    let (_, said) = desk.batch("dv.csv", &["--dry-run"]);
    assert!(said.contains("trừ khi có --force"), "{said}");
    // Once more: what was refused is not known as written.
    let (code, said) = desk.batch("dv.csv", &[]);
    assert!(code == 1 && said.contains("không do vanthu ghi ra"), "{said}");
    std::fs::remove_file(desk.path("kq/xa-so-1.docx")).unwrap();
    assert_eq!(desk.batch("dv.csv", &[]).0, 0);
    // What was edited while another format was made is still known.
    desk.put("kq/xa-so-2.docx", "sửa tay");
    desk.put("ke-hoach.yaml", complete(&PLAN.replace("Nâng cao", "Nâng dần")));
    assert_eq!(desk.batch("dv.csv", &["--formats", "pdf"]).0, 0);
    assert_eq!(desk.batch("dv.csv", &[]).0, 1);
    assert_eq!(std::fs::read(desk.path("kq/xa-so-2.docx")).unwrap(), "sửa tay".as_bytes());
    assert!(std::fs::read(desk.path("kq/xa-so-1.docx")).unwrap().starts_with(b"PK"));
    // Formats of the same inputs stand side by side; after a change the one that is not made is said to be left over.
    assert_eq!(desk.report()["leftovers"], Value::Null);
    std::fs::remove_file(desk.path("kq/xa-so-2.docx")).unwrap();
    assert_eq!(desk.batch("dv.csv", &["--formats", "pdf"]).0, 0);
    assert_eq!(desk.batch("dv.csv", &["--formats", "docx"]).0, 0);
    assert_eq!(desk.report()["leftovers"], Value::Null);
    assert_eq!(desk.report()["totals"]["files"], 4);
    desk.put("ke-hoach.yaml", complete(&PLAN.replace("Nâng cao", "Nâng mạnh")));
    let (code, said) = desk.batch("dv.csv", &["--formats", "pdf"]);
    assert!(code == 0 && said.contains("2 tệp của lần trước"), "{said}");
    assert_eq!(desk.report()["leftovers"], serde_json::json!(["xa-so-1.docx", "xa-so-2.docx"]));
    assert_eq!(desk.batch("dv.csv", &[]).0, 0);
    assert_eq!(desk.report()["leftovers"], Value::Null);
    // Reports that are lost take no documents with them.
    std::fs::remove_file(desk.path("kq/bao-cao.json")).unwrap();
    assert_eq!(desk.batch("dv.csv", &[]).0, 0, "the same bytes are no stranger's");
}

#[test]
fn what_another_run_left_is_never_taken_for_right() {
    let desk = Desk::new(PLAN, "dv.csv", list(2));
    let reference = |list: String| {
        let desk = Desk::new(PLAN, "dv.csv", list);
        desk.batch("dv.csv", &[]);
        desk.documents()
    };
    // The whole list, then a part with another value, then the whole list as before.
    let other = list(2).replace("Nơi 1", "Nơi khác");
    desk.batch("dv.csv", &[]);
    desk.put("dv.csv", &other);
    desk.batch("dv.csv", &["--shard", "1/1"]);
    assert_eq!(desk.documents(), reference(other.clone()));
    desk.put("dv.csv", list(2));
    desk.batch("dv.csv", &[]);
    assert_eq!(desk.documents(), reference(list(2)));
    // A record that was noted, and files that never took their names.
    let report = desk.report();
    std::fs::write(desk.path("kq/.vanthu/nhat-ky.jsonl"), report["units"][0].to_string() + "\n").unwrap();
    desk.put("dv.csv", &other);
    desk.batch("dv.csv", &[]);
    std::fs::write(desk.path("kq/.vanthu/nhat-ky.jsonl"), report["units"][0].to_string() + "\n").unwrap();
    desk.put("dv.csv", list(2));
    let (code, said) = desk.batch("dv.csv", &["--dry-run"]);
    assert!(code == 0 && said.contains("là của một lần chạy khác"), "{said}");
    assert_eq!(desk.batch("dv.csv", &[]).0, 0);
    assert_eq!(desk.documents(), reference(list(2)));
}

#[test]
fn a_unit_that_moves_to_another_part_is_known_there() {
    let desk = Desk::new(PLAN, "dv.csv", list(4));
    for part in ["1/2", "2/2"] {
        assert_eq!(desk.batch("dv.csv", &["--shard", part]).0, 0);
    }
    let longer = list(4).replace("001,", "0a1,Xã mới,Nơi\n0a2,Xã mới nữa,Nơi\n001,").replace("Nơi 2", "Nơi hai");
    desk.put("dv.csv", longer);
    for part in ["1/2", "2/2"] {
        let (code, said) = desk.batch("dv.csv", &["--shard", part]);
        assert_eq!(code, 0, "{said}");
    }
    assert!(desk.run(&["batch", "--merge-reports", "kq"]).status.success());
    assert_eq!(desk.report()["totals"]["files"], 12);
}

#[test]
fn a_write_that_fails_half_way_is_taken_up() {
    let desk = Desk::new(PLAN, "dv.csv", list(1));
    desk.batch("dv.csv", &[]);
    std::fs::remove_file(desk.path("kq/xa-so-1.docx")).unwrap();
    std::fs::create_dir(desk.path("kq/xa-so-1.docx")).unwrap();
    for value in ["Nơi hai", "Nơi ba"] {
        desk.put("dv.csv", list(1).replace("Nơi 1", value));
        let (code, said) = desk.batch("dv.csv", &[]);
        assert!(code == 1 && said.contains("khong-ghi-duoc"), "{said}");
        let (code, said) = desk.batch("dv.csv", &[]);
        assert!(code == 1 && !said.contains("tep-da-sua"), "{said}");
    }
    std::fs::remove_dir(desk.path("kq/xa-so-1.docx")).unwrap();
    let (code, said) = desk.batch("dv.csv", &[]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn a_page_changed_by_hand_outlives_a_shorter_document() {
    let long = PLAN.replace("Nâng cao", &"Nâng cao chất lượng công tác. ".repeat(150));
    let desk = Desk::new(&long, "dv.csv", list(1));
    desk.batch("dv.csv", &["--formats", "png"]);
    let pages = desk.documents().len();
    assert!(pages >= 3, "{pages}");
    desk.put("kq/xa-so-1-2.png", "của tôi");
    desk.put("ke-hoach.yaml", complete(PLAN));
    let (code, said) = desk.batch("dv.csv", &["--formats", "png"]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(desk.documents().into_keys().collect::<Vec<_>>(), ["xa-so-1-1.png", "xa-so-1-2.png"]);
}

#[test]
fn what_was_half_written_is_known_through_later_failures() {
    let desk = Desk::new(PLAN, "dv.csv", list(1));
    // The PDF is written, the Word file cannot be.
    std::fs::create_dir_all(desk.path("kq/xa-so-1.docx")).unwrap();
    assert_eq!(desk.batch("dv.csv", &[]).0, 1);
    assert!(desk.path("kq/xa-so-1.pdf").is_file());
    // Then a row that fails before anything is written, twice, and a run of other units.
    desk.put("dv.csv", "stt,don_vi.ten,don_vi.dia_danh\n001,Xã số 1,\n002,Xã số 2,Nơi\n");
    for more in [&[][..], &[], &["--only", "stt == '002'"]] {
        let (_, said) = desk.batch("dv.csv", more);
        assert!(!said.contains("tep-da-sua"), "{said}");
    }
    std::fs::remove_dir(desk.path("kq/xa-so-1.docx")).unwrap();
    desk.put("dv.csv", list(2).replace("Nơi 1", "Nơi khác"));
    let (code, said) = desk.batch("dv.csv", &[]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn hostile_names_stay_in_the_folder() {
    let names = [
        "../x",
        "..",
        "/etc/passwd",
        "C:\\x",
        "CON",
        "nul.txt",
        "LPT1",
        "a/b",
        "a\\b",
        "x\u{0301}",
        "tong-quan",
        ".vanthu",
        "bao-cao",
        "-rf",
        "$(touch x)",
        "`id`",
        "%PATH%",
        "{{ 7*7 }}",
        "{% if %}",
        "#import \"x\"",
        "<w:p>",
        "tên ",
        "tên.",
        "a\tb",
    ];
    let mut table = "don_vi.ten,don_vi.dia_danh\n".to_owned();
    for name in names.iter().map(|n| (*n).to_owned()).chain(["Xã ".repeat(100), "ế".repeat(300)]) {
        table.push_str(&format!("\"{}\",Nơi\n", name.replace('"', "\"\"")));
    }
    for template in [None, Some("{{ don_vi.ten }}")] {
        let desk = Desk::new(PLAN, "dv.csv", &table);
        let mut more = vec!["--formats", "typ,docx"];
        more.extend(template.iter().flat_map(|t| ["--name", t]));
        let (_, said) = desk.batch("dv.csv", &more);
        let report = desk.report();
        let units = report["units"].as_array().unwrap();
        assert_eq!(units.len(), names.len() + 2, "{said}");
        for entry in std::fs::read_dir(desk.path("")).unwrap().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            assert!(matches!(name.as_str(), "ke-hoach.yaml" | "dv.csv" | "kq"), "{name} is outside the folder");
        }
        for name in desk.documents().keys() {
            let stem = name.rsplit_once('.').unwrap().0;
            let device = stem.split('.').next().unwrap().to_lowercase();
            assert!(!matches!(device.as_str(), "con" | "nul" | "lpt1"), "{name}");
            assert!(!name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']) && name.len() < 255, "{name}");
            assert!(!stem.ends_with(['.', ' ']) && !stem.starts_with('.'), "{name}");
        }
        // What is printed is the text itself.
        let written = units.iter().filter(|u| u["status"] == "written").count();
        assert!(written >= names.len() - 8, "{written} of {}: {said}", names.len());
        let all: String = desk.documents().values().map(|b| String::from_utf8_lossy(b).into_owned()).collect();
        assert!(all.contains("{{ 7*7 }}") && !all.contains(" 49 "), "a value was run");
    }
}
