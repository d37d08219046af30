//! Lists as offices make them: what `danh_sach` says, what is proposed without it, which rows are no units.

use crate::desk::{Desk, PLAN};
use crate::support::{complete, root};
use rust_xlsxwriter::{Format, Workbook};
use vanthu::read::units::{Asked, Listed, read};

/// A workbook with one sheet of texts; numbers are written as numbers.
fn book(rows: &[&[&str]], more: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (r, row) in (0..).zip(rows) {
        for (c, text) in (0..).zip(*row) {
            match text.parse::<f64>() {
                Ok(number) => sheet.write(r, c, number).unwrap(),
                Err(_) if text.is_empty() => continue,
                Err(_) => sheet.write(r, c, *text).unwrap(),
            };
        }
    }
    more(sheet);
    book.save_to_buffer().unwrap()
}

/// The list of an office: a title, a blank row, headings, groups, a blank row, a total.
fn office() -> Vec<u8> {
    let rows: [&[&str]; 10] = [
        &["DANH SÁCH ĐƠN VỊ"],
        &["(Kèm theo Kế hoạch)"],
        &[],
        &["STT", "Tên\nđơn vị", "ĐỊA DANH", "Tỷ lệ"],
        &["I", "Khối xã"],
        &["1", "Xã Ea H’Leo", "Ea H’Leo", "#N/A"],
        &["2", "Xã Cư Jút", "Cư Jút", "5"],
        &[],
        &["", "Tổng cộng", "", "5"],
        &["", "", "Người lập"],
    ];
    book(&rows, |sheet| {
        sheet.merge_range(0, 0, 0, 3, "DANH SÁCH ĐƠN VỊ", &Format::new()).unwrap();
    })
}

fn wanted() -> Vec<(String, bool)> {
    ["don_vi.ten", "don_vi.dia_danh", "han"].map(|n| (n.to_owned(), false)).to_vec()
}

fn plain(name: &str, bytes: &[u8]) -> Listed {
    read(name, bytes, &Asked { wanted: &wanted(), ..Asked::default() })
}

fn lines(listed: &Listed) -> Vec<usize> {
    listed.units.iter().flat_map(|u| &u.units).map(|u| u.line).collect()
}

#[test]
fn an_offices_list_is_confirmed_once_and_then_used_as_it_is() {
    let desk = Desk::new(PLAN, "ds.xlsx", office());
    let before = std::fs::read_to_string(desk.path("ke-hoach.yaml")).unwrap();
    let (code, said) = desk.batch("ds.xlsx", &[]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("danh-sach-chua-khai") && said.contains("“Tên đơn vị” → don_vi.ten"), "{said}");
    assert!(said.contains("“ĐỊA DANH” → don_vi.dia_danh") && said.contains("--ghi"), "{said}");
    assert!(!desk.path("kq").exists(), "a guess was worked on");

    let shown = desk.run(&["bien", "ke-hoach.yaml", "--units", "ds.xlsx"]);
    let table = String::from_utf8(shown.stdout).unwrap();
    assert!(table.contains("cột B “Tên đơn vị”") && table.contains("hang_tieu_de: 4"), "{table}");
    assert_eq!(std::fs::read_to_string(desk.path("ke-hoach.yaml")).unwrap(), before, "only --ghi writes");

    let written = desk.run(&["bien", "ke-hoach.yaml", "--units", "ds.xlsx", "--ghi"]);
    assert_eq!(written.status.code(), Some(0), "{}", String::from_utf8_lossy(&written.stderr));
    let after = std::fs::read_to_string(desk.path("ke-hoach.yaml")).unwrap();
    assert!(after.starts_with(&before) && after.contains("    \"Tên đơn vị\": don_vi.ten\n"), "{after}");

    let (code, said) = desk.batch("ds.xlsx", &["--strict"]);
    assert_eq!(code, 0, "{said}");
    for told in ["hàng 5, 10: là tên nhóm", "hàng 9: là hàng tổng cộng"] {
        assert!(said.contains(told), "{told}: {said}");
    }
    let names: Vec<String> = desk.documents().into_keys().filter(|n| n.ends_with("pdf")).collect();
    assert_eq!(names, ["xa-cu-jut.pdf", "xa-ea-h-leo.pdf"]);

    let again = desk.run(&["bien", "ke-hoach.yaml", "--units", "ds.xlsx", "--ghi"]);
    assert_eq!(again.status.code(), Some(0));
    assert_eq!(std::fs::read_to_string(desk.path("ke-hoach.yaml")).unwrap(), after, "written twice");
}

#[test]
fn a_plan_keeps_its_line_ends_and_takes_no_key_where_it_cannot() {
    let desk = Desk::new(PLAN, "ds.xlsx", office());
    let dos = complete(PLAN).replace('\n', "\r\n");
    desk.put("ke-hoach.yaml", &dos);
    assert_eq!(desk.run(&["bien", "ke-hoach.yaml", "--units", "ds.xlsx", "--ghi"]).status.code(), Some(0));
    let after = std::fs::read_to_string(desk.path("ke-hoach.yaml")).unwrap();
    assert!(after.starts_with(&dos) && !after.replace("\r\n", "").contains('\n'));
    let ended = complete(PLAN) + "...\n";
    desk.put("ke-hoach.yaml", &ended);
    let output = desk.run(&["bien", "ke-hoach.yaml", "--units", "ds.xlsx", "--ghi"]);
    assert_ne!(output.status.code(), Some(0));
    assert_eq!(std::fs::read_to_string(desk.path("ke-hoach.yaml")).unwrap(), ended);
}

#[test]
fn headings_of_two_rows_and_their_merged_cells() {
    let rows: [&[&str]; 5] = [
        &["Bảng tổng hợp"],
        &["TT", "Tên đơn vị", "Số tiền (triệu đồng)", ""],
        &["", "", "Đã phạt", "Đã nộp"],
        &["(1)", "(2)", "(3)", "(4)"],
        &["1", "Xã A", "5", "4"],
    ];
    let bytes = book(&rows, |sheet| {
        let plain = Format::new();
        sheet.merge_range(1, 0, 2, 0, "TT", &plain).unwrap();
        sheet.merge_range(1, 1, 2, 1, "Tên đơn vị", &plain).unwrap();
        sheet.merge_range(1, 2, 1, 3, "Số tiền (triệu đồng)", &plain).unwrap();
    });
    let plan =
        "danh_sach:\n  cot:\n    Tên đơn vị: don_vi.ten\n    đã phạt: phat\n    Số tiền (triệu đồng) / Đã nộp: nop\n";
    let desk = Desk::new(
        &format!("{plan}trich_yeu: \"{{{{ don_vi.ten }}}} phạt {{{{ phat }}}}, nộp {{{{ nop }}}}\"\n"),
        "ds.xlsx",
        &bytes,
    );
    let (code, said) = desk.batch("ds.xlsx", &["--formats", "docx"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("hàng 4: chỉ đánh số các cột"), "{said}");
    assert_eq!(desk.documents().into_keys().collect::<Vec<_>>(), ["xa-a.docx"]);
    // Proposed without it, with the rows.
    let wanted = [("don_vi.ten", false), ("da_phat", false), ("da_nop", false)].map(|(n, o)| (n.to_owned(), o));
    let listed = read("ds.xlsx", &bytes, &Asked { wanted: &wanted, ..Asked::default() });
    let proposal = listed.proposal.unwrap();
    assert_eq!(proposal.rows, (2, 3));
    assert_eq!(proposal.columns.len(), 3, "{:?}", proposal.columns);
}

#[test]
fn merged_cells_hidden_rows_and_hidden_sheets() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Danh mục").unwrap().set_hidden(true).write(0, 0, "don_vi.ten").unwrap();
    let sheet = book.add_worksheet().set_name("Đơn vị").unwrap().set_active(true);
    for (column, title) in (0..).zip(["don_vi.ten", "don_vi.dia_danh"]) {
        sheet.write(0, column, title).unwrap();
    }
    for row in 1..=5 {
        sheet.write(row, 0, format!("Xã {row}")).unwrap();
    }
    sheet.merge_range(1, 1, 3, 1, "Cụm 1", &Format::new()).unwrap();
    sheet.write(5, 1, "Cụm 2").unwrap();
    sheet.set_row_hidden(3).unwrap();
    let listed = plain("ds.xlsx", &book.save_to_buffer().unwrap());
    let units = listed.units.as_ref().unwrap_or_else(|| panic!("{:?}", listed.diagnostics));
    let of = |line: usize| units.units.iter().find(|u| u.line == line).unwrap().variables.len();
    assert_eq!(lines(&listed), [2, 3, 5, 6]);
    assert_eq!((of(2), of(3), of(5), of(6)), (2, 2, 1, 2));
    let told: Vec<&str> = listed.notes.iter().map(|n| n.message.as_str()).collect();
    assert!(told.iter().any(|t| t.contains("hàng 4: đang bị ẩn")), "{told:?}");
    assert!(told.iter().any(|t| t.contains("“Danh mục”")), "{told:?}");
    assert!(listed.diagnostics.iter().any(|d| d.code.name == "hang-dang-ngo" && d.message.contains("Hàng 5")));
}

#[test]
fn the_plan_says_which_rows_are_units() {
    let rows = "STT;Đơn vị;Nơi\n1;Xã A;A\n2;Xã B;B\nGhi chú: hết;;\n3;Tổng kho;C\n;Tổng cộng;9\n";
    let plan = "trich_yeu: \"{{ ten }} {{ noi }}\"\ndanh_sach:\n  cot: { Đơn vị: ten, Nơi: noi }\n  bo_hang: [3, \"Tổng kho\"]\n  lay_hang: [6-6]\n";
    let desk = Desk::new(plan, "ds.csv", rows);
    let (code, said) = desk.batch("ds.csv", &["--formats", "docx"]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(desk.documents().into_keys().collect::<Vec<_>>(), ["tong-cong.docx", "xa-a.docx"]);
}

#[test]
fn a_layout_that_does_not_fit_is_told_at_its_line() {
    let rows = "Tựa;;\nSTT;Tên;Tên\n1;a;b\n";
    let cases = [
        ("cot: { Tên gọi: ten }", "không có cột nào tiêu đề “Tên gọi”"),
        ("cot: { Tên: ten }", "có ở nhiều cột"),
        ("cot: { cột B: ten }\n  hang_tieu_de: 2", ""),
        ("hang_tieu_de: 1\n  cot: { STT: ten }", "nằm ở hàng 2"),
        ("cot: { STT: tên }", "không dùng làm tên biến"),
        ("cot: { STT: ten, stt: b }", "viết hai lần"),
        ("cot: { STT: ten, Tên: ten }", "cùng cho biến"),
        ("cot: [STT]", "một nhóm khóa"),
        ("hang_tieu_de: bốn\n  cot: { STT: ten }", "số thứ tự của một hàng"),
    ];
    for (layout, wanted) in cases {
        let desk = Desk::new(&format!("trich_yeu: \"{{{{ ten }}}}\"\ndanh_sach:\n  {layout}\n"), "ds.csv", rows);
        let (code, said) = desk.batch("ds.csv", &["--formats", "docx"]);
        assert_eq!(code, i32::from(!wanted.is_empty()), "{layout}: {said}");
        assert!(said.contains(wanted) && (wanted.is_empty() || said.contains("ke-hoach.yaml:")), "{layout}: {said}");
        assert_eq!(said.matches("lỗi[").count(), usize::from(!wanted.is_empty()), "{layout}: {said}");
    }
}

#[test]
fn a_list_that_makes_no_difference_stops_the_run() {
    for (list, wanted) in [
        ("ma_so\nA\nB\n", "không cho biến nào"),
        ("don_vi.ten,don_vi.dia_danh,stt\nXã A,B,1\nXã A,B,2\n", "giống hệt nhau"),
    ] {
        let desk = Desk::new(PLAN, "ds.csv", list);
        let (code, said) = desk.batch("ds.csv", &[]);
        assert_eq!(code, 1, "{said}");
        assert!(said.contains(wanted) && said.contains("don_vi.dia_danh, don_vi.ten"), "{said}");
        assert!(!desk.path("kq").exists());
    }
}

#[test]
fn errors_of_formulas_matter_only_where_the_plan_looks() {
    let list = "don_vi.ten,don_vi.dia_danh,khac\nXã A,A,#N/A\nXã B,#N/A,1\n";
    let units = plain("a.csv", list.as_bytes()).units.unwrap().units;
    assert!(units[0].faults.is_empty() && units[1].faults.len() == 1);
}

#[test]
fn names_of_files_come_from_what_differs() {
    let list = "tinh,xa,ma\nHà Nội,Phúc Xá,1\nHà Nội,Trúc Bạch,2\nHà Nội,Vĩnh Phúc,3\n";
    let desk = Desk::new("trich_yeu: \"{{ tinh }}, {{ xa }}\"\n", "ds.csv", list);
    assert_eq!(desk.batch("ds.csv", &["--formats", "docx"]).0, 0);
    let names: Vec<String> = desk.documents().into_keys().collect();
    assert_eq!(names, ["phuc-xa.docx", "truc-bach.docx", "vinh-phuc.docx"]);
    // Many clashes are one error, with a name that works.
    let mut list = "xa,ma\n".to_owned();
    (0..40).for_each(|i| list.push_str(&format!("Xã {},{i}\n", i / 2)));
    let desk = Desk::new("trich_yeu: \"{{ xa }}\"\n", "ds.csv", list);
    for more in [&["--formats", "docx"][..], &["--dry-run"]] {
        let (code, said) = desk.batch("ds.csv", more);
        assert_eq!(code, 1, "{said}");
        assert_eq!(said.matches("lỗi[ten-tep-trung]").count(), 1, "{said}");
        assert!(said.contains("40 đơn vị") && said.contains("--name \"{{ ma }}-{{ xa | ten_tep }}\""), "{said}");
    }
    assert_eq!(desk.batch("ds.csv", &["--formats", "docx", "--name", "{{ ma }}-{{ xa | ten_tep }}"]).0, 0);
}

#[test]
fn another_sheet_with_the_headings_is_proposed() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Hướng dẫn").unwrap().write(0, 0, "Cách ghi").unwrap();
    let sheet = book.add_worksheet().set_name("Đơn vị").unwrap();
    sheet.write(0, 0, "don_vi.ten").unwrap();
    sheet.write(1, 0, "Xã A").unwrap();
    let listed = plain("ds.xlsx", &book.save_to_buffer().unwrap());
    assert_eq!(listed.proposal.unwrap().sheet.as_deref(), Some("Đơn vị"));
}

/// A workbook as Excel 97 writes it (made with LibreOffice from five rows of our own).
#[test]
fn a_workbook_of_the_old_form_is_a_list() {
    let plan = &complete(
        "bien: { don_vi: { ten: x, so_ho: 1, ngay_hop: x } }\nnoi_dung: |\n  {{ don_vi.ten }}: {{ don_vi.so_ho }} hộ, {{ don_vi.ngay_hop }}.\n",
    );
    let desk = Desk::new(plan, "ds.xls", std::fs::read(root().join("tests/lists/xa-phuong-cu.xls")).unwrap());
    let shown = desk.run(&["bien", "ke-hoach.yaml", "--units", "ds.xls", "--format", "json", "--ghi"]);
    let table: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!(table.as_array().unwrap().len(), 4, "three variables and a column that nothing uses");
    let beside = String::from_utf8(shown.stderr).unwrap();
    assert!(beside.contains("\"hang-bo-qua\"") && beside.contains("Đã ghi danh_sach"), "{beside}");
    let (code, said) = desk.batch("ds.xls", &["--formats", "typ"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("Bỏ qua hàng 5: là hàng tổng cộng."), "{said}");
    let page = |name: &str| std::fs::read_to_string(desk.path(&format!("kq/{name}.typ"))).unwrap();
    assert!(page("xa-don-duong").contains("xã Đơn Dương: 1250 hộ, 10/03/2026."));
    assert!(page("phuong-xuan-truong-da-lat").contains("phường Xuân Trường - Đà Lạt: 980 hộ, 11/03/2026."));
    let notes = desk.report()["notes"].as_array().unwrap().len();
    assert_eq!(notes, 1);
}
