//! `vanthu batch` and `vanthu bien`: what is made, what is left alone, what is said.

use crate::desk::{Desk, PLAN, documents, list};
use crate::support::complete;
use crate::support::statuses;
use serde_json::Value;

fn codes(unit: &Value) -> Vec<&str> {
    unit["errors"].as_array().into_iter().flatten().map(|e| e["code"].as_str().unwrap()).collect()
}

#[test]
fn each_unit_gets_what_render_gives() {
    let desk = Desk::new(PLAN, "dv.csv", list(3));
    let (code, said) = desk.batch("dv.csv", &[]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(
        desk.documents().keys().collect::<Vec<_>>(),
        ["xa-so-1.docx", "xa-so-1.pdf", "xa-so-2.docx", "xa-so-2.pdf", "xa-so-3.docx", "xa-so-3.pdf"]
    );
    let set = ["--dat", "don_vi.ten=Xã số 2", "--dat", "don_vi.dia_danh=Nơi 2"];
    let alone = desk.run(&[&["render", "ke-hoach.yaml", "-o", "x.pdf", "-o", "x.docx"], &set[..]].concat());
    assert!(alone.status.success());
    for extension in ["pdf", "docx"] {
        let one = std::fs::read(desk.path(&format!("x.{extension}"))).unwrap();
        assert_eq!(one, desk.documents()[&format!("xa-so-2.{extension}")], "{extension}");
    }
    let report = desk.report();
    assert_eq!(statuses(&report), ["written"; 3]);
    let unit = &report["units"][1];
    assert_eq!((unit["row"].as_u64(), unit["pages"].as_u64()), (Some(3), Some(1)));
    assert!(unit["words"].as_u64().unwrap() > 50);
    for name in ["bao-cao.csv", "bao-cao.xlsx", "tong-quan.html", "tong-quan/xa-so-2.png"] {
        assert!(desk.path("kq").join(name).is_file(), "{name}");
    }
    assert!(!desk.path("kq/.vanthu/nhat-ky.jsonl").exists(), "the journal is left behind");
}

#[test]
fn only_what_changed_is_made_again() {
    let desk = Desk::new(PLAN, "dv.csv", list(3));
    assert_eq!(desk.batch("dv.csv", &[]).0, 0);
    let first = desk.documents();
    assert_eq!(desk.batch("dv.csv", &[]).0, 0);
    assert_eq!(statuses(&desk.report()), ["unchanged"; 3]);

    desk.put("dv.csv", list(3).replace("Nơi 2", "Nơi hai"));
    let (_, said) = desk.batch("dv.csv", &["--dry-run"]);
    assert!(said.contains("dòng 3: ghi xa-so-2.pdf|docx (dòng của đơn vị đã đổi)"), "{said}");
    assert!(said.contains("1 sẽ ghi, 2 giữ nguyên"), "{said}");
    assert_eq!(desk.documents(), first, "a rehearsal wrote something");
    desk.batch("dv.csv", &[]);
    assert_eq!(statuses(&desk.report()), ["unchanged", "written", "unchanged"]);

    std::fs::remove_file(desk.path("kq/xa-so-3.pdf")).unwrap();
    let (_, said) = desk.batch("dv.csv", &["--dry-run"]);
    assert!(said.contains("thiếu tệp xa-so-3.pdf"), "{said}");
    desk.batch("dv.csv", &[]);
    assert_eq!(statuses(&desk.report()), ["unchanged", "unchanged", "written"]);

    desk.put("ke-hoach.yaml", complete(&PLAN.replace("Nâng cao", "Nâng dần")));
    let (_, said) = desk.batch("dv.csv", &["--dry-run"]);
    assert!(said.matches("kế hoạch đã đổi").count() == 3, "{said}");
    desk.batch("dv.csv", &[]);
    assert_eq!(statuses(&desk.report()), ["written"; 3]);
    desk.batch("dv.csv", &["--force"]);
    assert_eq!(statuses(&desk.report()), ["written"; 3]);
    desk.batch("dv.csv", &["--dat", "han=20/12/2026"]);
    assert_eq!(statuses(&desk.report()), ["written"; 3]);
    desk.batch("dv.csv", &["--dat", "han=20/12/2026", "--formats", "pdf,docx,typ"]);
    assert_eq!(statuses(&desk.report()), ["written"; 3]);
}

#[test]
fn a_file_that_the_plan_names_and_a_template_are_inputs_too() {
    let fragment = format!(
        "{PLAN}phu_luc:\n  - noi_dung:\n      - bang:\n          cot: [{{ten: A}}]\n          tu_tep: so.csv\n"
    );
    let desk = Desk::new(&fragment, "dv.csv", list(2));
    desk.put("so.csv", "A\nmột\n");
    assert_eq!(desk.batch("dv.csv", &[]).0, 0);
    desk.put("so.csv", "A\nhai\n");
    let (_, said) = desk.batch("dv.csv", &["--dry-run"]);
    assert_eq!(said.matches("tệp so.csv của kế hoạch đã đổi").count(), 2, "{said}");
    desk.batch("dv.csv", &[]);
    assert_eq!(statuses(&desk.report()), ["written"; 2]);
    assert!(desk.run(&["new", "--mau", "mau"]).status.success());
    let template = std::fs::read_to_string(desk.path("mau/van-ban.typ")).unwrap();
    desk.put("mau/van-ban.typ", template + "\n// của cơ quan\n");
    let (_, said) = desk.batch("dv.csv", &["--mau", "mau", "--dry-run"]);
    assert_eq!(said.matches("mẫu đã đổi").count(), 2, "{said}");
}

#[test]
fn a_bad_row_does_not_stop_the_others() {
    let table = "don_vi.ten,don_vi.dia_danh,han\n\
        Xã A,A,\n\
        Xã B,,\n\
        Xã C,C,32/13/2026\n\
        Xã D,D,01/12/2026,thừa\n\
        Xã E,\"E\u{200B}\",\n\
        Xã F,F,\n\
        xã f,G,\n\
        ,H,\n\
        Xã Ω😀,K,\n";
    let desk = Desk::new(PLAN, "dv.csv", table);
    let (code, said) = desk.batch("dv.csv", &[]);
    assert_eq!(code, 1, "{said}");
    let report = desk.report();
    let of = |row: usize| &report["units"][row - 2];
    let wanted = ["written", "failed", "failed", "failed", "failed", "failed", "failed", "failed", "failed"];
    assert_eq!(statuses(&report), wanted, "{said}");
    assert_eq!(codes(of(3)), ["ten-chua-khai"]);
    assert_eq!(of(3)["errors"][0]["unit_columns"][0], "don_vi.dia_danh");
    assert_eq!(of(3)["errors"][0]["cell"], "B3");
    assert_eq!(of(3)["errors"][0]["line"], 3, "the line of the plan");
    assert_eq!(codes(of(4)), ["mau-sai"]);
    assert_eq!(of(4)["errors"][0]["cell"], "C4");
    assert_eq!(codes(of(5)), ["don-vi-sai"]);
    assert_eq!(codes(of(6)), ["ky-tu-cam"]);
    assert_eq!(of(6)["errors"][0]["cell"], "B6");
    assert_eq!(codes(of(7)), ["ten-tep-trung"]);
    assert_eq!(codes(of(8)), ["ten-tep-trung"]);
    assert!(of(8)["errors"][0]["message"].as_str().unwrap().contains("Dòng 7 và dòng 8"));
    assert_eq!(codes(of(9)), ["ten-tep-sai"]);
    assert!(codes(of(10)).iter().all(|c| *c == "thieu-chu"), "{:?}", codes(of(10)));
    assert_eq!(desk.documents().len(), 2);
    assert_eq!(of(2)["warnings"][0]["code"], "o-trong", "the default of bien may be another unit's");
    assert_eq!(of(2)["warnings"][0]["cell"], "C2");
    // What is mended is made, the rest is left alone.
    desk.put("dv.csv", table.replace("Xã B,,", "Xã B,B,"));
    desk.batch("dv.csv", &[]);
    assert_eq!(statuses(&desk.report())[..2], ["unchanged", "written"]);
}

#[test]
fn a_unit_may_override_any_field_and_faults_are_told_in_its_lines() {
    let units = "\
- don_vi: { ten: Xã A, dia_danh: A }
- don_vi: { ten: Xã B, dia_danh: B }
  ghi_de:
    ky: { ho_ten: Nguyễn Văn Bê }
    noi_nhan:
      - Sở Nội vụ (b/c)
    ngay:
    bien: { han: 16/12/2026 }
- don_vi: { ten: Xã C, dia_danh: C }
  ghi_de:
    ky:
      chuc_vuu: Chủ tịch
    trich_yeu: về {{ khong_co }}
    ngay: 32/1/2026
- don_vi: { ten: Xã D, dia_danh: D }
  ghi_de: d.yaml
- don_vi: { ten: Xã E, dia_danh: E }
  ghi_de: ../ngoai.yaml
- don_vi: { ten: Xã G, dia_danh: G }
  ghi_de:
    noi_nhan:
";
    let desk = Desk::new(PLAN, "dv.yaml", units);
    desk.put("d.yaml", "# của riêng xã D\nnoi_dung: |\n  I. RIÊNG\n\n  Việc của {{ don_vi.tenn }}.\n");
    let (code, said) = desk.batch("dv.yaml", &["--formats", "typ"]);
    assert_eq!(code, 1, "{said}");
    let report = desk.report();
    assert_eq!(statuses(&report), ["written", "written", "failed", "failed", "failed", "failed"], "{said}");
    assert_eq!(report["units"][5]["errors"][0]["code"], "thieu-khoa");
    assert_eq!(report["units"][5]["errors"][0]["line"], 21, "{said}");
    let documents = desk.documents();
    let text = String::from_utf8(documents["xa-b.typ"].clone()).unwrap();
    assert!(text.contains("Nguyễn Văn Bê") && text.contains("16 tháng 12 năm 2026") && text.contains("Sở Nội vụ"));
    assert!(!text.contains("UBND tỉnh (b/c)") && !text.contains("05 tháng 11"), "lists are replaced, null removes");
    let lines = |unit: usize| -> Vec<(String, u64)> {
        let errors = report["units"][unit]["errors"].as_array().unwrap().iter();
        errors.map(|e| (e["file"].as_str().unwrap_or("").to_owned(), e["line"].as_u64().unwrap_or(0))).collect()
    };
    let dv = |line| ("dv.yaml".to_owned(), line);
    assert_eq!(lines(2), [dv(12), dv(13), dv(14)], "{said}");
    assert_eq!(lines(3), [("d.yaml".to_owned(), 5)], "{said}");
    assert_eq!(codes(&report["units"][4]), ["tep-ngoai"]);
    // The file is an input.
    desk.put("d.yaml", "ky: { ho_ten: Bế Văn Đê }\n");
    desk.batch("dv.yaml", &["--formats", "typ"]);
    assert_eq!(statuses(&desk.report())[3], "written");
    desk.put("d.yaml", "ky: { ho_ten: Bế Văn Đàn }\n");
    let (_, said) = desk.batch("dv.yaml", &["--formats", "typ", "--dry-run"]);
    assert!(said.contains("phần ghi đè đã đổi"), "{said}");
}

#[test]
fn parts_of_a_list_join_to_the_whole() {
    let whole = Desk::new(PLAN, "dv.csv", list(10));
    whole.batch("dv.csv", &[]);
    let desk = Desk::new(PLAN, "dv.csv", list(10));
    for part in ["1/3", "3/3"] {
        assert_eq!(desk.batch("dv.csv", &["--shard", part]).0, 0);
    }
    let missing = desk.run(&["batch", "--merge-reports", "kq"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("2/3"));
    // Another machine, told by Kubernetes which part is its own.
    let usual = ["batch", "ke-hoach.yaml", "--units", "dv.csv", "-o", "kq2", "--shard", "3"];
    let output = desk.command(&usual).env("JOB_COMPLETION_INDEX", "1").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // Into a folder that is not there yet.
    assert!(desk.run(&["batch", "--merge-reports", "kq", "kq2", "-o", "chung/ca"]).status.success());
    let other: Value = serde_json::from_slice(&std::fs::read(desk.path("chung/ca/bao-cao.json")).unwrap()).unwrap();
    assert_eq!(other["units"][0]["files"][0]["path"], "../../kq/xa-so-1.pdf");
    let joined = desk.run(&["batch", "--merge-reports", "kq", "kq2", "-o", "kq"]);
    assert_eq!(joined.status.code(), Some(0), "{}", String::from_utf8_lossy(&joined.stderr));
    let report = desk.report();
    assert_eq!(report["totals"]["written"], 10);
    let rows: Vec<u64> = report["units"].as_array().unwrap().iter().map(|u| u["row"].as_u64().unwrap()).collect();
    assert_eq!(rows, (2..=11).collect::<Vec<_>>());
    for unit in report["units"].as_array().unwrap() {
        for file in unit["files"].as_array().unwrap() {
            assert!(desk.path("kq").join(file["path"].as_str().unwrap()).is_file(), "{file}");
        }
    }
    let mut both = desk.documents();
    both.extend(documents(&desk.path("kq2")));
    assert_eq!(both, whole.documents());
    // Parts of another list do not fit.
    desk.put("dv.csv", list(11));
    desk.batch("dv.csv", &["--shard", "1/3"]);
    let mixed = desk.run(&["batch", "--merge-reports", "kq", "kq2", "-o", "kq"]);
    assert_eq!(mixed.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&mixed.stderr).contains("bao-cao-sai"));
}

#[test]
fn some_units_only_and_names_of_ones_own() {
    let desk = Desk::new(PLAN, "dv.csv", list(12));
    let more = [
        "--only",
        "stt | int > 10",
        "--name",
        "{{ don_vi.dia_danh }}/{{ stt }} – {{ don_vi.ten }}",
        "--formats",
        "typ",
    ];
    let (code, said) = desk.batch("dv.csv", &more);
    assert_eq!(code, 0, "{said}");
    assert_eq!(desk.documents().keys().collect::<Vec<_>>(), ["Nơi 11/011 – Xã số 11.typ", "Nơi 12/012 – Xã số 12.typ"]);
    // What other runs made is not forgotten by a run that chose other units.
    desk.batch("dv.csv", &["--formats", "typ", "--only", "stt | int < 5"]);
    desk.batch("dv.csv", &["--formats", "typ", "--only", "stt | int > 8"]);
    assert_eq!(statuses(&desk.report()), ["written"; 4]);
    let (_, said) = desk.batch("dv.csv", &["--formats", "typ"]);
    assert_eq!(desk.report()["totals"]["unchanged"], 8, "{said}");
    assert!(said.contains("2 tệp của lần trước không thuộc kết quả lần này"), "{said}");
    for (arguments, code) in [
        (&["--name", "{{ khong_co }}"][..], 1),
        (&["--name", "../x"], 2),
        (&["--name", "{{ stt"], 2),
        (&["--only", "stt >"], 2),
        (&["--only", "stt == 'x'"], 2),
        (&["--shard", "4/3"], 2),
        (&["--shard", "3"], 2),
        (&["--formats", "doc"], 2),
        (&["--sheet", "x"], 0),
        (&["--dat", "a b=1"], 2),
    ] {
        let (real, said) = desk.batch("dv.csv", &[arguments, &["--dry-run"]].concat());
        assert_eq!(real, code, "{arguments:?}: {said}");
    }
}

#[test]
fn the_report_is_read_by_programs_and_clerks() {
    let desk = Desk::new(PLAN, "dv.csv", "don_vi.ten,don_vi.dia_danh\n\"=1+1 <b>&\"\"\",A\nXã B,\n");
    let output = desk.run(&["batch", "ke-hoach.yaml", "--units", "dv.csv", "-o", "kq", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(printed, desk.report());
    let csv = std::fs::read_to_string(desk.path("kq/bao-cao.csv")).unwrap();
    assert!(csv.starts_with("\u{FEFF}Dòng,Đơn vị") && csv.contains("'=1+1"), "{csv}");
    let html = std::fs::read_to_string(desk.path("kq/tong-quan.html")).unwrap();
    assert!(html.contains("=1+1 &lt;b&gt;&amp;") && !html.contains("<b>"), "{html}");
    assert!(html.find("Xã B").unwrap() < html.find("=1+1").unwrap(), "failures first");
    let rows =
        vanthu::read::grid::read("a.xlsx", &std::fs::read(desk.path("kq/bao-cao.xlsx")).unwrap(), Some("Đơn vị"), 1000);
    assert_eq!(rows.unwrap().rows[1].1[1], "=1+1 <b>&\"");
    let again = std::fs::read(desk.path("kq/bao-cao.xlsx")).unwrap();
    assert!(again.len() > 1000);
}

#[test]
fn a_text_is_not_compared_with_a_number_unnoticed() {
    let fragment = format!("{PLAN}ket: \"{{% if so > 10000 %}}Lớn{{% else %}}Nhỏ{{% endif %}}\"\n");
    let table = "don_vi.ten,don_vi.dia_danh,so\nXã A,A,16800\nXã B,B,16.800\nXã C,C,\"82,5\"\n";
    let desk = Desk::new(&fragment, "dv.csv", table);
    let (code, said) = desk.batch("dv.csv", &[]);
    assert_eq!(code, 1, "{said}");
    assert_eq!(statuses(&desk.report()), ["written", "failed", "failed"], "{said}");
    assert_eq!(desk.report()["units"][1]["errors"][0]["cell"], "C3");
    desk.put("ke-hoach.yaml", complete(&fragment.replace("so >", "so | float >")));
    let (code, said) = desk.batch("dv.csv", &[]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(desk.batch("dv.csv", &["--only", "so > 100", "--dry-run"]).0, 2);
    // The same for what else gives values, and for one document.
    let one = "bien: { so: 16.800 }\nket: \"{% if 10000 < so %}Lớn{% endif %} x\"\n";
    let found = crate::support::pdf_of(&complete(one)).unwrap_err();
    assert!(found[0].message.contains("không so sánh được"), "{}", found[0].message);
    let one = "bien: { so: 16.800 }\nnoi_dung:\n  - doan: Lớn\n    khi: so > 10000\n  - doan: Nhỏ\n";
    assert_eq!(crate::support::pdf_of(&complete(one)).unwrap_err()[0].code.name, "mau-sai");
    assert!(crate::support::pdf_of(&complete(&one.replace("so >", "so | float >"))).is_ok());
    let (_, said) = desk.batch("dv.csv", &["--only", "so | int > 100", "--dry-run"]);
    assert!(said.contains("2 đơn vị:"), "{said}");
}

#[test]
fn troubles_point_at_the_cell_to_mend() {
    let table = "don_vi.ten,don_vi.dia_danh,ma,ghi_de\nXã A,A,,\nXã B,,2,\nXã C,C,3,khong-co.yaml\n";
    let desk = Desk::new(PLAN, "dv.csv", table);
    let (_, said) = desk.batch("dv.csv", &["--name", "{{ don_vi.ten | ten_tep }}-{{ ma }}"]);
    let report = desk.report();
    let error = |unit: usize| &report["units"][unit]["errors"][0];
    assert_eq!(error(0)["cell"], "C2", "{said}");
    assert_eq!(error(1)["cell"], "B3");
    assert!(error(1)["message"].as_str().unwrap().contains("để trống"), "{said}");
    assert!(error(2)["message"].as_str().unwrap().contains("khong-co.yaml"));
    assert!(error(2)["hint"].as_str().unwrap().contains("thư mục của danh sách"));
    assert_eq!(error(2)["unit_columns"][0], "ghi_de");
    assert_eq!(error(2)["line"], 4);
    assert!(said.contains("dv.csv:4: lỗi["), "{said}");
}

#[test]
fn an_empty_part_is_a_part() {
    let desk = Desk::new(PLAN, "dv.csv", list(6));
    for part in ["1/3", "2/3", "3/3"] {
        let (code, said) = desk.batch("dv.csv", &["--shard", part, "--only", "stt | int < 3"]);
        assert_eq!(code, 0, "{said}");
    }
    let joined = desk.run(&["batch", "--merge-reports", "kq"]);
    assert_eq!(joined.status.code(), Some(0), "{}", String::from_utf8_lossy(&joined.stderr));
    assert_eq!(desk.report()["totals"]["written"], 2);
    // Joining nothing leaves nothing behind.
    assert_eq!(desk.run(&["batch", "--merge-reports", "khong"]).status.code(), Some(2));
    assert!(!desk.path("khong").exists() && !desk.path(".vanthu").exists());
}
