//! Changes made in Word that come back into the plan.

use crate::desk::Desk;
use crate::support::{build, build_text, root, samples, stem, studio};
use vanthu::diagnostic::Diagnostic;
use vanthu::import::into::{Change, What};
use vanthu::ooxml::package::{Package, pack};
use vanthu::pipeline::into::{Base, Merged, merge};
use vanthu::pipeline::{self, Folder};
use vanthu::write::by_extension;

const PLAN: &str = "\
# Kế hoạch mẫu của phòng
loai: ke_hoach
co_quan: { ten: Sở Nội vụ, viet_tat: SNV }
dia_danh: Huế
ngay: 2026          # văn thư ghi ngày
trich_yeu: Số hóa tài liệu
can_cu:
  - Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024
  - Căn cứ Kế hoạch năm của Sở
bien: { so_ho_so: 1500, nguoi: bà Hoa }
noi_dung:
  - |
    I. MỤC ĐÍCH
    1. Bảo quản tài liệu lâu dài.
    2. Số hóa **toàn bộ** {{ so_ho_so }} hồ sơ trong năm.

    II. TỔ CHỨC
    1. Phòng Lưu trữ chủ trì, {{ nguoi }} theo dõi.
    2. Văn phòng Sở bố trí kinh phí.
    3. Các phòng phối hợp.
  - bang:
      cot: [{ ten: Phòng }, { ten: Số hồ sơ }]
      hang:
        - [Lưu trữ, \"500\"]   # đã rà
        - [Hành chính, \"700\"]
        - [Cán bộ, \"300\"]
noi_nhan:
  - Như Điều 1   # chưa chắc
  - \"Lưu: VT\"
ky: { chuc_vu: Giám đốc, ho_ten: Lê Văn An }
";

/// The Word file of a plan, and its main part.
fn word_of(plan: &str) -> (Package, String) {
    let docx = by_extension("docx").unwrap();
    let ready = build_text(plan).ready.expect("the plan renders");
    let (_, mut written) = pipeline::write(studio(), &ready, &Folder::new(""), &[docx], false).unwrap();
    let package = Package::open(&written.remove(0).outputs.remove(0).bytes).unwrap();
    let text = String::from_utf8(package.get("word/document.xml").unwrap().to_vec()).unwrap();
    (package, text)
}

fn packed(package: &Package, document: &str) -> Vec<u8> {
    let parts = package.parts();
    let changed = parts
        .map(|(name, bytes)| if name == "word/document.xml" { (name, document.as_bytes()) } else { (name, bytes) });
    pack(changed).unwrap()
}

fn merged(plan: &str, bytes: &[u8], folder: &Folder, name: &str, file: &[u8]) -> Result<Merged, Vec<Diagnostic>> {
    merge(&Base { name: plan, bytes, folder, variables: &[] }, name, file)
}

/// The plan after its Word file was changed so.
fn after(change: impl Fn(&str) -> String) -> Merged {
    let (package, text) = word_of(PLAN);
    let changed = change(&text);
    assert_ne!(changed, text, "the Word file was not changed");
    merged("ke-hoach.yaml", PLAN.as_bytes(), &Folder::new(""), "sua.docx", &packed(&package, &changed))
        .unwrap_or_else(|told| panic!("{told:?}"))
}

/// The paragraph or the row with some words, as it stands in the file.
fn element<'x>(xml: &'x str, tag: &str, words: &str) -> &'x str {
    let at = xml.find(words).unwrap_or_else(|| panic!("{words}"));
    let start = xml[..at].rfind(&format!("<w:{tag} ")).max(xml[..at].rfind(&format!("<w:{tag}>"))).unwrap();
    let close = format!("</w:{tag}>");
    let end = at + xml[at..].find(&close).unwrap() + close.len();
    &xml[start..end]
}

fn refused(merged: &Merged) -> Vec<(&str, &str)> {
    merged.refused.iter().map(|c| (c.new.as_str(), c.refused.unwrap_or_default())).collect()
}

fn kinds(merged: &Merged) -> Vec<What> {
    merged.applied.iter().map(|c: &Change| c.what).collect()
}

#[test]
fn a_file_that_nobody_changed_changes_nothing() {
    let docx = by_extension("docx").unwrap();
    for path in samples() {
        let (built, folder) = build(&path);
        let ready = built.ready.unwrap();
        let (_, mut written) = pipeline::write(studio(), &ready, &folder, &[docx], false).unwrap();
        let bytes = std::fs::read(&path).unwrap();
        let merged = merged(&stem(&path), &bytes, &folder, "a.docx", &written.remove(0).outputs.remove(0).bytes)
            .unwrap_or_else(|told| panic!("{}: {told:?}", path.display()));
        assert!(merged.applied.is_empty() && merged.refused.is_empty(), "{}: {:?}", path.display(), merged.refused);
    }
}

#[test]
fn words_change_where_they_were_typed() {
    let merged =
        after(|xml| xml.replace("bố trí kinh phí", "bố trí đủ kinh phí năm 2027").replace("lâu dài", "an toàn"));
    let wanted = PLAN.replace("bố trí kinh phí", "bố trí đủ kinh phí năm 2027").replace("lâu dài", "an toàn");
    assert_eq!(merged.text, wanted);
    assert!(merged.refused.is_empty(), "{:?}", merged.refused);
    // Inside emphasis, in a list, in a cell, in a name that the page has in capitals.
    let merged = after(|xml| {
        xml.replace("toàn bộ", "tất cả")
            .replace("Kế hoạch năm", "Kế hoạch quý I")
            .replace("Hành chính", "Tổ chức")
            .replace("SỞ NỘI VỤ", "SỞ TÀI CHÍNH")
    });
    let wanted = PLAN
        .replace("toàn bộ", "tất cả")
        .replace("Kế hoạch năm", "Kế hoạch quý I")
        .replace("Hành chính", "Tổ chức")
        .replace("Sở Nội vụ", "Sở Tài chính");
    assert_eq!(merged.text, wanted, "{:?}", merged.refused);
}

#[test]
fn paragraphs_and_rows_come_go_and_move() {
    let merged = after(|xml| xml.replace(element(xml, "p", "Các phòng phối hợp"), ""));
    assert_eq!(merged.text, PLAN.replace("    3. Các phòng phối hợp.\n", ""));
    let merged = after(|xml| {
        let par = element(xml, "p", "bố trí kinh phí");
        xml.replace(
            par,
            &format!(
                "{par}{}",
                par.replace("2. ", "2a. ").replace("Văn phòng Sở bố trí kinh phí", "Thanh tra giám sát")
            ),
        )
    });
    assert!(merged.text.contains("bố trí kinh phí.\n    2a. Thanh tra giám sát.\n"), "{}", merged.text);
    let merged = after(|xml| {
        let row = element(xml, "tr", "Cán bộ");
        let first = element(xml, "tr", "Lưu trữ</w:t>");
        xml.replace(row, "").replace(first, &format!("{row}{first}"))
    });
    let wanted = PLAN
        .replace("        - [Cán bộ, \"300\"]\n", "")
        .replace("        - [Lưu trữ,", "        - [Cán bộ, \"300\"]\n        - [Lưu trữ,");
    assert_eq!(merged.text, wanted, "{:?}", merged.refused);
    assert_eq!(kinds(&merged), [What::Moved]);
    let merged = after(|xml| {
        let row = element(xml, "tr", "Hành chính");
        xml.replace(row, &format!("{row}{}", row.replace("Hành chính", "Thanh tra").replace("700", "90")))
    });
    assert!(merged.text.contains("\"700\"]\n        - [Thanh tra, 90]\n"), "{}\n{:?}", merged.text, merged.refused);
}

#[test]
fn recipients_keep_the_form_of_the_list() {
    let merged = after(|xml| {
        let par = element(xml, "p", "Như Điều 1");
        xml.replace(par, &format!("{par}{}", par.replace("Như Điều 1", "Bộ Nội vụ (b/c)")))
    });
    let wanted = PLAN.replace("# chưa chắc\n", "# chưa chắc\n  - Bộ Nội vụ (b/c)\n");
    assert_eq!(merged.text, wanted, "{:?}", merged.refused);
}

#[test]
fn number_and_date_that_records_work_filled_in_are_taken_over() {
    let merged = after(|xml| {
        let number = element(xml, "p", "Số:");
        let date = element(xml, "p", "tháng");
        let plain = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
        xml.replace(number, &plain("Số: 45/KH-SNV")).replace(date, &plain("Huế, ngày 03 tháng 02 năm 2026"))
    });
    let wanted = PLAN.replace("dia_danh: Huế", "so: 45\ndia_danh: Huế").replace("ngay: 2026 ", "ngay: 03/02/2026 ");
    assert_eq!(merged.text, wanted, "{:?}", merged.refused);
}

#[test]
fn what_a_variable_says_is_told_and_left() {
    let merged = after(|xml| xml.replace("1500", "1600"));
    assert_eq!(merged.text, PLAN);
    let told = refused(&merged);
    assert!(told.len() == 1 && told[0].0.contains("1600") && told[0].1.contains("biến"), "{told:?}");
    // What stands beside it is brought in.
    let merged =
        after(|xml| xml.replace("bà Hoa", "ông Nam").replace("Phòng Lưu trữ chủ trì", "Phòng Lưu trữ làm đầu mối"));
    assert_eq!(merged.text, PLAN.replace("Phòng Lưu trữ chủ trì", "Phòng Lưu trữ làm đầu mối"));
    assert_eq!(refused(&merged).len(), 1);
    // The program's own words.
    let merged = after(|xml| xml.replace("Nơi nhận", "Kính gửi các nơi"));
    assert_eq!(merged.text, PLAN);
    assert_eq!(refused(&merged).len(), 1, "{:?}", refused(&merged));
}

#[test]
fn letters_that_mean_something_to_yaml_or_to_a_plan_stay_letters() {
    let merged = after(|xml| {
        xml.replace("Các phòng phối hợp", "Các phòng: {{ so_ho_so }} *phối* [hợp](http://a) # x")
            .replace("Kế hoạch năm của Sở", "Kế hoạch: \"năm\" của Sở")
            .replace("Cán bộ", "Cán, bộ]")
    });
    let printed = vanthu::write::plain::text(&build_text(&merged.text).ready.expect("it renders").sheet);
    let line = "Các phòng: {{ so_ho_so }} *phối* [hợp](http://a) # x";
    assert!(printed.contains(line), "{printed}\n{}", merged.text);
    // Whatever could not be brought in is told.
    for words in ["Kế hoạch: \"năm\"", "Cán, bộ]"] {
        let told = merged.refused.iter().any(|c| c.new.contains(words));
        assert!(printed.contains(words) || told, "{words}\n{printed}");
    }
}

#[test]
fn the_command_writes_the_plan_and_says_what_it_left() {
    let desk = Desk::new("", "dv.csv", "a\n1\n");
    let crlf = PLAN.replace('\n', "\r\n");
    desk.put("k.yaml", format!("\u{FEFF}{crlf}"));
    let (package, text) = word_of(PLAN);
    desk.put(
        "sua.docx",
        packed(&package, &text.replace("Các phòng phối hợp", "Các phòng thực hiện").replace("1500", "16")),
    );
    desk.put("co.yaml", "a");
    let out = desk.run(&["import", "sua.docx", "--vao", "k.yaml", "-o", "co.yaml"]);
    assert_eq!(out.status.code(), Some(2), "a file of somebody's is not written over");
    let out = desk.run(&["import", "sua.docx", "--vao", "k.yaml", "--bao-cao", "bc.json"]);
    let told = String::from_utf8(out.stderr).unwrap();
    assert_eq!(out.status.code(), Some(1), "{told}");
    assert!(told.contains("Đã ghi 1 chỗ sửa vào k.yaml") && told.contains("chưa ghi: dòng 15"), "{told}");
    let now = std::fs::read_to_string(desk.path("k.yaml")).unwrap();
    assert_eq!(now, format!("\u{FEFF}{}", crlf.replace("Các phòng phối hợp", "Các phòng thực hiện")));
    let report: serde_json::Value = serde_json::from_slice(&std::fs::read(desk.path("bc.json")).unwrap()).unwrap();
    assert_eq!(report["applied"][0]["what"], "changed");
    assert_eq!(report["refused"].as_array().unwrap().len(), 1);
    // Two files, a plan that is none, a file that is another document.
    let out = desk.run(&["import", "sua.docx", "sua.docx", "--vao", "k.yaml"]);
    assert!(String::from_utf8(out.stderr).unwrap().contains("tham-so-sai"));
    assert_eq!(desk.run(&["import", "sua.docx", "--vao", "khong-co.yaml"]).status.code(), Some(2));
    let other = std::fs::read_to_string(root().join("samples/quyet-dinh.yaml")).unwrap();
    let (package, text) = word_of(&other);
    desk.put("khac.docx", packed(&package, &text));
    let out = desk.run(&["import", "khac.docx", "--vao", "k.yaml"]);
    let told = String::from_utf8(out.stderr).unwrap();
    assert!(told.contains("không phải là bản Word của kế hoạch"), "{told}");
    assert_eq!(std::fs::read_to_string(desk.path("k.yaml")).unwrap(), now);
}

#[test]
fn paragraphs_are_split_and_joined() {
    let merged = after(|xml| {
        let par = element(xml, "p", "bố trí kinh phí");
        let second = par.replace("2. ", "").replace("Văn phòng Sở bố trí kinh phí.", "Văn phòng Sở đôn đốc.");
        let first = par.replace("bố trí kinh phí", "bố trí kinh phí theo quy định");
        xml.replace(par, &format!("{first}{second}"))
    });
    assert!(merged.refused.is_empty(), "{:?}", merged.refused);
    assert!(merged.text.contains("kinh phí theo quy định.\n    Văn phòng Sở đôn đốc.\n"), "{}", merged.text);
    let merged = after(|xml| {
        let (a, b) = (element(xml, "p", "lâu dài"), element(xml, "p", "hồ sơ trong năm"));
        let joined = format!("{}{}", a.trim_end_matches("</w:p>"), &b[b.find("</w:pPr>").unwrap() + 8..]);
        xml.replace(b, "").replace(a, &joined)
    });
    // The second has a value: its tag stays, and the first goes before it.
    let joined = "    1. Bảo quản tài liệu lâu dài.2. Số hóa **toàn bộ** {{ so_ho_so }} hồ sơ trong năm.\n";
    assert!(merged.text.contains(joined) && merged.refused.is_empty(), "{}\n{:?}", merged.text, merged.refused);
}

#[test]
fn blanks_are_what_the_file_has() {
    let merged = after(|xml| {
        xml.replace("bố trí kinh phí", "bố  trí kinh phí")
            .replace("phối hợp", "phối-hợp")
            .replace("Huế", "Thừa Thiên Huế")
    });
    assert!(merged.text.contains("bố trí kinh phí") && merged.text.contains("Các phòng phối-hợp."), "{}", merged.text);
    let merged = after(|xml| xml.replace(", bà Hoa", " ,bà Hoa"));
    assert!(merged.text.contains("chủ trì ,{{ nguoi }} theo dõi"), "{}\n{:?}", merged.text, merged.refused);
}

#[test]
fn signs_of_yaml_are_put_between_quotes() {
    let plan = PLAN.replace(
        "can_cu:\n  - Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024\n  - Căn cứ Kế hoạch năm của Sở\n",
        "can_cu: [Căn cứ Luật Lưu trữ, Căn cứ Kế hoạch năm]\n",
    );
    let (package, text) = word_of(&plan);
    let changed = packed(&package, &text.replace("Luật Lưu trữ", "Luật Lưu trữ, Luật Giao dịch điện tử"));
    let merged = merged("k.yaml", plan.as_bytes(), &Folder::new(""), "a.docx", &changed).unwrap();
    let wanted = plan.replace("[Căn cứ Luật Lưu trữ,", "[\"Căn cứ Luật Lưu trữ, Luật Giao dịch điện tử\",");
    assert_eq!(merged.text, wanted, "{:?}", merged.refused);
}

#[test]
fn an_open_day_is_filled() {
    let plan = PLAN.replace("ngay: 2026          #", "ngay: \"  /02/2026\" #");
    let (package, text) = word_of(&plan);
    let date = element(&text, "p", "tháng").to_owned();
    let changed = text.replace(&date, "<w:p><w:r><w:t>Huế, ngày 03 tháng 02 năm 2026</w:t></w:r></w:p>");
    let merged = merged("k.yaml", plan.as_bytes(), &Folder::new(""), "a.docx", &packed(&package, &changed)).unwrap();
    assert_eq!(merged.text, plan.replace("\"  /02/2026\"", "03/02/2026"), "{:?}", merged.refused);
}

#[test]
fn numbers_that_the_program_counts_change_nothing() {
    let plan = "loai: ke_hoach\nco_quan: { ten: Sở A, viet_tat: SA }\ndia_danh: Huế\nngay: 2026\ntrich_yeu: Thử\n\
                noi_dung:\n  - khoan: Một việc.\n  - khoan: >-\n      Hai việc\n      dài dòng.\n  - khoan: Ba việc.\n\
                noi_nhan: [B]\nky: { chuc_vu: Giám đốc, ho_ten: Lê Văn An }\n";
    let (package, text) = word_of(plan);
    let par = element(&text, "p", "Hai việc").to_owned();
    let changed = text.replace(&par, "").replace("3. ", "2. ");
    let merged = merged("k.yaml", plan.as_bytes(), &Folder::new(""), "a.docx", &packed(&package, &changed)).unwrap();
    assert_eq!(
        merged.text,
        plan.replace("  - khoan: >-\n      Hai việc\n      dài dòng.\n", ""),
        "{:?}",
        merged.refused
    );
    assert!(merged.refused.is_empty());
}

#[test]
fn a_plan_in_decomposed_letters_keeps_its_other_lines() {
    use unicode_normalization::UnicodeNormalization;
    let desk = Desk::new("", "dv.csv", "a\n1\n");
    let plan: String = PLAN.nfd().collect();
    desk.put("k.yaml", &plan);
    let (package, text) = word_of(PLAN);
    desk.put("sua.docx", packed(&package, &text.replace("Các phòng phối hợp", "Các phòng thực hiện")));
    let out = desk.run(&["import", "sua.docx", "--vao", "k.yaml", "-q"]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let now = std::fs::read_to_string(desk.path("k.yaml")).unwrap();
    let differ: Vec<(&str, &str)> = plan.lines().zip(now.lines()).filter(|(a, b)| a != b).collect();
    assert_eq!(differ.len(), 1, "{differ:?}");
    assert_eq!(differ[0].1, "    3. Các phòng thực hiện.");
}

#[test]
fn values_that_were_set_are_set_again() {
    let desk = Desk::new("", "dv.csv", "a\n1\n");
    let plan = PLAN.replace("bien: { so_ho_so: 1500, nguoi: bà Hoa }", "bien: { so_ho_so: 1500 }");
    desk.put("k.yaml", &plan);
    let out = desk.run(&["render", "k.yaml", "--dat", "nguoi=bà Hoa", "-o", "k.docx"]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let run = |more: &[&str]| desk.run(&[&["import", "k.docx", "--vao", "k.yaml", "-o", "-"], more].concat());
    assert_eq!(run(&[]).status.code(), Some(2));
    let out = run(&["--dat", "nguoi=bà Hoa"]);
    assert!(out.status.success() && String::from_utf8_lossy(&out.stderr).contains("không khác"), "{out:?}");
    // Without --vao there is nothing to set.
    assert_eq!(desk.run(&["import", "k.docx", "--dat", "a=1", "-o", "-"]).status.code(), Some(2));
}

#[test]
fn a_brace_of_the_file_beside_one_of_the_plan_is_no_tag() {
    let plan = PLAN.replace("Các phòng phối hợp.", "Các phòng { so_ho_so } phối hợp.");
    let (package, text) = word_of(&plan);
    let changed = packed(&package, &text.replace("{ so_ho_so }", "{{ so_ho_so }}"));
    let merged = merged("k.yaml", plan.as_bytes(), &Folder::new(""), "a.docx", &changed).unwrap();
    assert_eq!(merged.text.matches("{{ so_ho_so }}").count(), 1, "{}", merged.text);
    let printed = vanthu::write::plain::text(&build_text(&merged.text).ready.expect("it renders").sheet);
    assert!(printed.contains("{{ so_ho_so }}") || !merged.refused.is_empty(), "{printed}");
}

#[test]
fn a_full_stop_that_was_typed_and_taken_away_is_not_hidden() {
    let merged = after(|xml| xml.replace("kinh phí.", "kinh phí"));
    let gone = merged.text.contains("Văn phòng Sở bố trí kinh phí\n");
    assert!(gone || !merged.refused.is_empty(), "{}", merged.text);
}
