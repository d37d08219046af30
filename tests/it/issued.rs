//! Texts that are issued with a decision and stand in plans of their own (`kem_theo`, `tep`).

use crate::desk::{Desk, complete};
use crate::preview::{Preview, ids, text};
use crate::support::studio;
use vanthu::pipeline::{self, Folder};
use vanthu::write::by_extension;

const PLAN: &str = "\
co_quan: { ten: \"{{ don_vi.ten }}\", viet_tat: UBND }
trich_yeu: cải cách hành chính năm {{ nam }}
bien: { nam: 2026, don_vi: { ten: Xã Mẫu, ho: 12 } }
noi_dung: |
  I. MỤC TIÊU

  Năm {{ nam }}, {{ don_vi.ten }} có {{ don_vi.ho }} hộ.
phu_luc:
  - tieu_de: Danh sách của {{ don_vi.ten }}
    noi_dung: Một.
";
const DECISION: &str = "\
loai: quyet_dinh
co_quan: { ten: \"{{ don_vi.ten }}\", viet_tat: UBND }
tham_quyen: \"{{ don_vi.ten }}\"
so: 7
trich_yeu: Ban hành Kế hoạch cải cách hành chính
bien: { don_vi: { ten: Xã Mẫu } }
noi_dung: |
  Điều 1. Ban hành kèm theo Quyết định này Kế hoạch cải cách hành chính.
kem_theo:
  - tep: kh.yaml
";
const UNITS: &str = "don_vi.ten,don_vi.ho,ghi_de\nXã A,5,\nXã B,,b.yaml\n";

fn desk() -> Desk {
    let desk = Desk::new("", "dv.csv", UNITS);
    desk.put("qd.yaml", complete(DECISION));
    desk.put("kh.yaml", complete(PLAN));
    desk.put("b.yaml", "bien: { nam: 2028, don_vi: { ho: 9 } }\n");
    desk
}

fn said(desk: &Desk, arguments: &[&str]) -> String {
    let output = desk.run(arguments);
    String::from_utf8(output.stderr).unwrap() + &String::from_utf8(output.stdout).unwrap()
}

/// The plain text of a plan of the desk.
fn plain(desk: &Desk, name: &str) -> String {
    let folder = Folder::beside(&desk.path(name));
    let bytes = std::fs::read(desk.path(name)).unwrap();
    let built = pipeline::build(name, &bytes, &folder, &[], studio().faces());
    let report = crate::support::report(&built);
    let ready = built.ready.unwrap_or_else(|| panic!("{report}"));
    let formats = ["txt", "pdf", "docx"].map(|f| by_extension(f).unwrap());
    let (_, mut written) = pipeline::write(studio(), &ready, &folder, &formats, true).expect("proven");
    String::from_utf8(written.remove(0).outputs.remove(0).bytes).unwrap()
}

fn from<'t>(text: &'t str, start: &str) -> &'t str {
    &text[text.find(start).unwrap_or_else(|| panic!("{start} is not in {text}"))..]
}

#[test]
fn a_plan_says_the_same_alone_and_with_a_decision() {
    let desk = desk();
    let alone = plain(&desk, "kh.yaml");
    let issued = plain(&desk, "qd.yaml");
    let body = from(&alone, "I. MỤC TIÊU").split("\n\n").next().unwrap();
    let [own, with] = [&alone, &issued].map(|t| from(t, "I. MỤC TIÊU"));
    assert!(with.starts_with(body), "{with}");
    assert!(own.contains("DANH SÁCH CỦA XÃ MẪU") && with.contains("DANH SÁCH CỦA XÃ MẪU"), "{with}");
    assert!(issued.contains("số 7/QĐ-UBND ngày") && alone.contains("Nơi nhận"), "{issued}");
    assert!(!with.contains("Nơi nhận"), "{with}");
}

#[test]
fn values_of_the_list_and_of_a_units_own_fields_go_into_both_files() {
    let desk = desk();
    let said_of = said(&desk, &["batch", "qd.yaml", "--units", "dv.csv", "-o", "kq", "--formats", "txt"]);
    assert!(said_of.contains("2 đã ghi"), "{said_of}");
    let text = |name: &str| String::from_utf8(desk.documents().remove(name).unwrap()).unwrap();
    let names: Vec<String> = desk.documents().into_keys().collect();
    let (a, b) = (text(&names[0]), text(&names[1]));
    assert!(a.contains("Năm 2026, Xã A có 5 hộ") && b.contains("Năm 2028, Xã B có 9 hộ"), "{a}\n{b}");
    // A change of the file that is issued makes every unit's document anew.
    let again = ["batch", "qd.yaml", "--units", "dv.csv", "-o", "kq", "--formats", "txt"];
    assert!(said(&desk, &again).contains("2 giữ nguyên"));
    desk.put("kh.yaml", complete(&PLAN.replace("MỤC TIÊU", "MỤC ĐÍCH")));
    assert!(said(&desk, &again).contains("2 đã ghi"));
}

#[test]
fn variables_are_told_with_the_file_that_names_them() {
    let desk = desk();
    let told = said(&desk, &["bien", "qd.yaml", "--units", "dv.csv"]);
    let row = |name: &str| told.lines().find(|l| l.starts_with(name)).unwrap_or_else(|| panic!("{told}"));
    assert!(row("nam").contains("bien: 2026 (kh.yaml dòng"), "{told}");
    assert!(row("don_vi.ten").contains("cột A") && row("don_vi.ten").contains("; kh.yaml dòng"), "{told}");
    let json = said(&desk, &["bien", "qd.yaml", "--format", "json"]);
    let rows: serde_json::Value = serde_json::from_str(&json).unwrap();
    let nam = rows.as_array().unwrap().iter().find(|r| r["name"] == "nam").unwrap();
    assert_eq!((&nam["lines"], &nam["attached"][0]["file"]), (&serde_json::json!([]), &"kh.yaml".into()));
}

/// A variable that only one of the two files has a value for is missing in the other.
#[test]
fn each_file_has_its_own_variables() {
    let desk = desk();
    desk.put("kh.yaml", complete(&PLAN.replace("nam: 2026, ", "")));
    desk.put("qd.yaml", complete(&DECISION.replace("bien: {", "bien: { nam: 2027,")));
    let told = said(&desk, &["render", "qd.yaml", "-o", "qd.pdf"]);
    assert!(told.contains("kh.yaml:") && told.contains("“nam” chưa được khai báo"), "{told}");
    let told = said(&desk, &["bien", "qd.yaml"]);
    assert!(told.lines().any(|l| l.starts_with("nam") && l.contains("THIẾU")), "{told}");
    let told = said(&desk, &["render", "qd.yaml", "--dat", "nam=2029", "-o", "qd.txt"]);
    assert!(told.contains("Đã ghi"), "{told}");
    assert!(std::fs::read_to_string(desk.path("qd.txt")).unwrap().contains("Năm 2029, Xã Mẫu"));
}

#[test]
fn a_units_own_fields_may_name_another_file_and_one_file_may_stand_twice() {
    let desk = desk();
    desk.put("khac.yaml", complete(&PLAN.replace("MỤC TIÊU", "YÊU CẦU")));
    desk.put("b.yaml", "kem_theo:\n  - tep: khac.yaml\n  - tep: kh.yaml\n  - tep: khac.yaml\n");
    desk.put("dv.csv", "don_vi.ten,don_vi.ho,ghi_de\nXã B,9,b.yaml\n");
    let told = said(&desk, &["batch", "qd.yaml", "--units", "dv.csv", "-o", "kq", "--formats", "txt"]);
    assert!(told.contains("1 đã ghi"), "{told}");
    let text = String::from_utf8(desk.documents().into_values().next().unwrap()).unwrap();
    assert_eq!((text.matches("YÊU CẦU").count(), text.matches("MỤC TIÊU").count()), (2, 1), "{text}");
    desk.put("b.yaml", "kem_theo:\n  - tep: khong-co.yaml\n");
    let told = said(&desk, &["batch", "qd.yaml", "--units", "dv.csv", "-o", "kq", "--formats", "txt"]);
    assert!(told.contains("b.yaml:2") && told.contains("Không đọc được tệp “khong-co.yaml”"), "{told}");
}

#[test]
fn the_preview_follows_the_file_and_leads_into_it() {
    let desk = desk();
    let preview = Preview::start(&desk.path(""), &["qd.yaml"]);
    let mut events = preview.events("");
    let first = events.next();
    let source = preview.get(&format!("source/{}.json", first["source"].as_str().unwrap())).json();
    assert_eq!(source["files"][1]["name"], "kh.yaml");
    let pages = ids(&first);
    assert!(text(&preview, &pages[1]).contains("Xã Mẫu có 12 hộ"), "{first}");
    let pieces = (0..40).map(|i| preview.get(&format!("place?revision=1&page=1&piece={i}")).json());
    assert!(pieces.into_iter().any(|p| p["source"] == 1 && p["file"] == "kh.yaml"));
    desk.put("kh.yaml", complete(&PLAN.replace("hộ.", "hộ dân.")));
    let second = events.until(|s| s["revision"] != first["revision"]);
    assert!(text(&preview, &ids(&second)[1]).contains("Xã Mẫu có 12 hộ dân"), "{second}");
    desk.put("kh.yaml", complete(&PLAN.replace("I. MỤC TIÊU", "I. MỤC TIÊU {{ ho }}")));
    let third = events.until(|s| s["revision"] != second["revision"]);
    let problem = &third["problems"][0];
    assert!(problem.to_string().contains("kh.yaml"), "{third}");
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_refused() {
    let (desk, other) = (desk(), desk());
    std::fs::remove_file(desk.path("kh.yaml")).unwrap();
    std::os::unix::fs::symlink(other.path("kh.yaml"), desk.path("kh.yaml")).unwrap();
    let told = said(&desk, &["render", "qd.yaml", "-o", "qd.pdf"]);
    assert!(told.contains("lỗi[tep-ngoai]") && told.contains("qd.yaml:"), "{told}");
}

#[test]
fn texts_that_are_issued_are_files_of_their_own_when_asked() {
    let desk = desk();
    desk.put("kh2.yaml", complete(&PLAN.replace("MỤC TIÊU", "YÊU CẦU")));
    desk.put("qd.yaml", complete(&format!("{DECISION}  - tep: kh2.yaml\n")));
    let told = said(&desk, &["render", "qd.yaml", "--tach", "-o", "qd.txt", "-o", "qd.pdf", "-o", "qd.docx"]);
    assert!(told.contains("qd.txt … qd-kem-theo-2.docx (9 tệp)"), "{told}");
    let read = |name: &str| std::fs::read_to_string(desk.path(name)).unwrap();
    let (main, one, two) = (read("qd.txt"), read("qd-kem-theo-1.txt"), read("qd-kem-theo-2.txt"));
    assert!(main.contains("Số: 7/QĐ-UBND") && !main.contains("Năm 2026"), "{main}");
    assert!(one.contains("MỤC TIÊU") && !one.contains("YÊU CẦU") && two.contains("YÊU CẦU"), "{one}\n{two}");
    // Number and date stay open in an electronic document.
    assert!(one.contains("(Kèm theo Quyết định") && one.contains("/QĐ-UBND") && !one.contains("số 7"), "{one}");
    assert!(one.contains("DANH SÁCH CỦA XÃ MẪU") && !one.contains("Nơi nhận"), "{one}");
    // The top right corner of its first page is the office's signature's.
    let facts = crate::pdf::read(&std::fs::read(desk.path("qd-kem-theo-1.pdf")).unwrap());
    let top = facts.glyphs.iter().filter(|g| g.page == 0).map(|g| g.y - g.size).fold(f64::MAX, f64::min);
    assert!(top > 50.0, "something stands at {top} pt");
}

#[test]
fn a_batch_writes_texts_that_are_issued_apart() {
    let desk = desk();
    let run = ["batch", "qd.yaml", "--units", "dv.csv", "-o", "kq", "--formats", "txt"];
    assert!(said(&desk, &run).contains("2 đã ghi"));
    assert_eq!(desk.documents().len(), 2);
    let apart = [&run[..], &["--tach"]].concat();
    assert!(said(&desk, &apart).contains("2 đã ghi"));
    let names: Vec<String> = desk.documents().into_keys().collect();
    assert_eq!(names.iter().filter(|n| n.ends_with("-kem-theo-1.txt")).count(), 2, "{names:?}");
    assert!(said(&desk, &apart).contains("2 giữ nguyên"));
    // Back in one file: what is not written any more goes.
    assert!(said(&desk, &run).contains("2 đã ghi"));
    assert_eq!(desk.documents().len(), 2);
}

#[test]
fn nothing_is_split_where_nothing_is_issued() {
    let desk = desk();
    for command in
        [&["render", "kh.yaml", "--tach"][..], &["batch", "kh.yaml", "--units", "dv.csv", "-o", "kq", "--tach"]]
    {
        let desk = &desk;
        desk.put("dv.csv", "don_vi.ten,don_vi.ho\nXã A,5\n");
        let told = said(desk, command);
        assert!(told.contains("không có văn bản kèm theo"), "{told}");
    }
    let told = said(&desk, &["render", "qd.yaml", "--tach", "-o", "-"]);
    assert!(told.contains("đầu ra chuẩn"), "{told}");
}

#[test]
fn a_file_of_no_type_is_issued_under_its_name() {
    let desk = desk();
    desk.put("dl.yaml", "trich_yeu: Hội Khuyến học\nnoi_dung: Điều 1. Tên gọi.\nbien: { so_hoi_vien: 12 }\n");
    desk.put("qd.yaml", complete(&DECISION.replace("tep: kh.yaml", "tep: dl.yaml\n    ten_loai: Điều lệ")));
    let text = plain(&desk, "qd.yaml");
    assert!(from(&text, "ĐIỀU LỆ").starts_with("ĐIỀU LỆ\nHội Khuyến học\n(Kèm theo Quyết định"), "{text}");
}

#[test]
fn files_of_their_own_never_take_the_name_of_another() {
    let desk = desk();
    desk.put("dv.csv", "ma,don_vi.ten,don_vi.ho\nA,Xã A,5\nA-kem-theo-1,Xã B,9\n");
    let run = ["batch", "qd.yaml", "--units", "dv.csv", "-o", "kq", "--formats", "txt", "--name", "{{ ma }}"];
    assert!(said(&desk, &[&run[..], &["--tach"]].concat()).contains("cùng cho tên tệp"));
    let told = said(&desk, &["render", "qd.yaml", "--tach", "-o", "k.pdf", "-o", "k-kem-theo-1.pdf"]);
    assert!(told.contains("cùng ghi ra tệp"), "{told}");
    assert!(!desk.path("k.pdf").exists() && desk.documents().is_empty());
}

#[test]
fn what_a_run_reads_is_not_written_over_even_by_force() {
    let desk = desk();
    desk.put("kh.txt", complete(PLAN));
    desk.put("qd.yaml", complete(&DECISION.replace("kh.yaml", "kh.txt")));
    let told = said(&desk, &["render", "qd.yaml", "-o", "kh.txt", "--force"]);
    assert!(told.contains("mà kế hoạch dùng"), "{told}");
    assert!(std::fs::read_to_string(desk.path("kh.txt")).unwrap().contains("MỤC TIÊU"));
}
