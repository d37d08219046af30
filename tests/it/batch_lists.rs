//! Lists of units: every kind and habit, what cells show, what cannot be used, what a plan needs of them.

use crate::desk::{Desk, PLAN, list};
use crate::support::root;
use crate::support::statuses;
use serde_json::Value;
use vanthu::read::units::Asked;

#[test]
fn lists_of_all_kinds_give_the_same_documents() {
    let table = |separator: &str, mark: &str| {
        mark.to_owned()
            + &["stt", "don_vi.ten", "don_vi.dia_danh", "ma"].join(separator)
            + "\r\n"
            + &["001", "Xã Ea H’Leo", "Ea H’Leo", "0,5"].map(|c| format!("\"{c}\"")).join(separator)
            + "\r\n"
    };
    let yaml = "- stt: \"001\"\n  don_vi: { ten: Xã Ea H’Leo, dia_danh: Ea H’Leo }\n  ma: 0,5\n";
    let json = "[\n\t{\"stt\": \"001\", \"don_vi.ten\": \"X\\u00e3 Ea H’Leo\",\n\t \"don_vi.dia_danh\": \"Ea H’Leo\", \"ma\": \"0,5\"}]";
    let fragment = format!("{PLAN}ket: Mã số {{{{ stt }}}}, hệ số {{{{ ma }}}}\n");
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("Ghi chú").unwrap().write(0, 0, "không phải danh sách").unwrap();
    let sheet = book.add_worksheet().set_name("Đơn vị").unwrap();
    for (column, title) in (0..).zip(["stt", "don_vi.ten", "don_vi.dia_danh", "ma"]) {
        sheet.write(0, column, title).unwrap();
    }
    let padded = rust_xlsxwriter::Format::new().set_num_format("000");
    sheet.write_with_format(1, 0, 1, &padded).unwrap();
    sheet.write(1, 1, "Xã Ea H’Leo").unwrap();
    sheet.write(1, 2, "Ea H’Leo").unwrap();
    sheet.write(1, 3, 0.5).unwrap();
    let lists: [(&str, Vec<u8>, &[&str]); 6] = [
        ("dv.csv", table(",", "").into_bytes(), &[]),
        ("dv2.csv", table(";", "\u{FEFF}").into_bytes(), &[]),
        ("dv.xlsx", book.save_to_buffer().unwrap(), &["--sheet", "Đơn vị"]),
        ("dv.yaml", yaml.into(), &[]),
        ("dv.yml", yaml.into(), &[]),
        ("dv.json", json.into(), &[]),
    ];
    let mut first = None;
    for (name, bytes, more) in lists {
        let desk = Desk::new(&fragment, name, bytes);
        let (code, said) = desk.batch(name, more);
        assert_eq!(code, 0, "{name}: {said}");
        let documents = desk.documents();
        assert_eq!(documents.len(), 2, "{name}");
        assert_eq!(*first.get_or_insert(documents.clone()), documents, "{name}");
    }
}

#[test]
fn cells_are_as_the_sheet_shows_them() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let date = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 3, 5).unwrap();
    let cases: [(&str, f64, &str); 15] = [
        ("General", 16800.0, "16800"),
        ("General", 0.1 + 0.2, "0,3"),
        ("000", 1.0, "001"),
        ("#,##0", 465_000_000.0, "465.000.000"),
        ("#,##0.00", 1234.5, "1.234,50"),
        ("0%", 0.985, "99%"),
        ("0.0%", 0.985, "98,5%"),
        ("0.00", 82.5, "82,50"),
        ("#,##0 \"đồng\"", 5000.0, "5.000 đồng"),
        ("dd/mm/yyyy", 46086.0, "05/03/2026"),
        ("[$-42A]dd/mm/yyyy", 46086.0, "05/03/2026"),
        ("@", 7.0, "7"),
        ("d mmmm yyyy", 46086.0, "5 Tháng Ba 2026"),
        ("0.00E+00", 12345.0, "1,23E+04"),
        ("ss.000000000000", 0.5, "0,5"),
    ];
    sheet.write(0, 0, "ten").unwrap();
    for (column, (format, number, _)) in (1..).zip(cases) {
        sheet.write(0, column, format!("o{column}")).unwrap();
        let format = rust_xlsxwriter::Format::new().set_num_format(format);
        sheet.write_with_format(1, column, number, &format).unwrap();
    }
    let short = rust_xlsxwriter::Format::new().set_num_format_index(14);
    sheet.write(0, 16, "o16").unwrap();
    sheet.write_with_format(1, 16, &date, &short).unwrap();
    sheet.write(1, 0, "Xã").unwrap();
    let listed = vanthu::read::units::read("a.xlsx", &book.save_to_buffer().unwrap(), &Asked::default());
    let shown: Vec<String> = listed.units.unwrap().units[0]
        .variables
        .iter()
        .skip(1)
        .map(|(_, value)| match value {
            vanthu::draft::Value::Text(text) => text.clone(),
            vanthu::draft::Value::Integer(n) => n.to_string(),
            other => format!("{other:?}"),
        })
        .collect();
    let wanted: Vec<&str> = cases.iter().map(|(.., shown)| *shown).chain(["05/03/2026"]).collect();
    assert_eq!(shown, wanted);
}

#[test]
fn the_samples_list_is_the_same_in_csv_and_xlsx() {
    let read = |name: &str, sheet| {
        let bytes = std::fs::read(root().join("samples").join(name)).unwrap();
        vanthu::read::units::read(name, &bytes, &Asked { sheet, ..Asked::default() }).units.unwrap()
    };
    let (csv, xlsx) = (read("don-vi.csv", None), read("don-vi.xlsx", Some("Đơn vị")));
    assert!(csv.units.len() >= 100 && csv.units.len() == xlsx.units.len());
    assert_eq!(csv.columns, xlsx.columns);
    let text = |value: &vanthu::draft::Value| {
        let text = match value {
            vanthu::draft::Value::Text(text) => text.clone(),
            vanthu::draft::Value::Integer(n) => n.to_string(),
            vanthu::draft::Value::Decimal(n) => n.to_string(),
            other => format!("{other:?}"),
        };
        text.replace(['.', ','], "")
    };
    for (a, b) in csv.units.iter().zip(&xlsx.units) {
        let texts =
            |u: &vanthu::read::units::Unit| u.variables.iter().map(|(n, v)| (n.clone(), text(v))).collect::<Vec<_>>();
        assert_eq!(texts(a), texts(b));
    }
}

#[test]
fn lists_that_cannot_be_used_say_why() {
    let cases: &[(&str, &[u8], &str)] = &[
        ("dv.csv", b"", "danh-sach-sai"),
        ("dv.csv", b"ten\n", "danh-sach-sai"),
        ("dv.csv", b"ten,ten\na,b\n", "hai cột cùng tên"),
        ("dv.csv", b"a,a.b\n1,2\n", "vừa là một giá trị vừa là một nhóm"),
        ("dv.csv", "Tên,Số\na,b\n".as_bytes(), "“Tên” → don_vi.ten"),
        ("dv.csv", b"ten\n\"a\n", "ngoặc kép"),
        ("dv.csv", b"t\xEA\n1\n", "UTF-8"),
        ("dv.csv", b"\xFF\xFEt\0e\0n\0", "không có đơn vị nào"),
        ("dv.csv", b"\xFF\xFEt\0e\0n", "UTF-8"),
        ("dv.txt", b"ten\na\n", "không phải là tệp .csv"),
        ("dv.xlsx", b"PK\x03\x04", "XLSX"),
        ("dv.xlsx", b"", "XLSX"),
        ("dv.yaml", b"ten: a\n", "phải là một danh sách"),
        ("dv.yaml", b"- ten: a\n - b\n", "lỗi"),
        ("dv.yaml", b"- ten: {{ a }\n  x: [\n", "lỗi"),
        ("dv.yaml", b"[]\n", "không có đơn vị nào"),
        ("dv.json", b"[{\"ten\": \"a\"", "lỗi"),
        ("dv.json", b"{}", "phải là một danh sách"),
        ("dv.json", b"", "không có nội dung"),
    ];
    for (name, bytes, wanted) in cases {
        let desk = Desk::new(PLAN, name, bytes);
        let (code, said) = desk.batch(name, &[]);
        let shown = String::from_utf8_lossy(bytes);
        assert_eq!(code, 1, "{shown}: {said}");
        assert!(said.contains(wanted), "{shown}: {said}");
        assert!(!desk.path("kq").exists(), "{shown}: something was written");
    }
    let entries = "- [a]\n- ten: a\n  ten.b: 1\n  tên: x\n- don_vi: { ten: A, ten: B }\n- ghi_de: [1]\n";
    let desk = Desk::new(PLAN, "dv.yaml", entries);
    desk.batch("dv.yaml", &[]);
    assert_eq!(statuses(&desk.report()), ["failed"; 4]);
    let desk = Desk::new(PLAN, "dv.csv", list(1));
    assert_eq!(desk.batch("khong-co.csv", &[]).0, 2);
    desk.put("ke-hoach.yaml", "loai: ke_hoachh\n");
    assert_eq!(desk.batch("dv.csv", &[]).0, 1);
}

#[test]
fn columns_that_are_no_names_are_left_out_aloud() {
    let desk = Desk::new(PLAN, "dv.csv", "Tên đơn vị;don_vi.ten;don_vi.dia_danh;;Ghi chú\nx;Xã A;A;lạc;\n");
    let (code, said) = desk.batch("dv.csv", &[]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("Cột A tên “Tên đơn vị”") && said.contains("Các biến chưa có cột: han"), "{said}");
    assert!(said.contains("Cột D"), "{said}");
    assert!(!said.contains("Ghi chú"), "an empty column is nobody's loss: {said}");
    assert_eq!(desk.batch("dv.csv", &["--strict"]).0, 1);
}

#[test]
fn bien_tells_what_the_plan_needs() {
    let fragment = format!(
        "{PLAN}ket: \"{{% if ghi_chu is defined %}}{{{{ ghi_chu }}}}{{% endif %}} {{{{ nguoi }}}} {{% for x in ds %}}{{{{ x.ten }}}}{{% endfor %}}\"\n"
    );
    let desk = Desk::new(&fragment, "dv.csv", "don_vi.ten,don_vi.dia_danh,nguoii,stt\nXã A,,x,1\n");
    let output = desk.run(&["bien", "ke-hoach.yaml", "--units", "dv.csv"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    let line = |name: &str| said.lines().find(|l| l.split(' ').next() == Some(name)).unwrap_or("").to_owned();
    assert!(line("don_vi.ten").contains("cột A ("), "{said}");
    assert!(line("don_vi.dia_danh").contains("cột B, 1 đơn vị để trống"), "{said}");
    assert!(line("han").contains("bien: 15/12/2026"), "{said}");
    assert!(line("ghi_chu").contains("không có cũng được"), "{said}");
    assert!(line("nguoi").contains("THIẾU") && line("ds").contains("THIẾU"), "{said}");
    assert!(line("x.ten").is_empty() && line("x").is_empty(), "{said}");
    assert!(said.contains("không dùng: nguoii (C), stt (D)"), "{said}");
    let (_, said) = desk.batch("dv.csv", &["--dry-run"]);
    assert!(said.contains("bien-khong-co") && said.contains("“nguoii”"), "{said}");
    let alone = desk.run(&["bien", "ke-hoach.yaml", "--format", "json"]);
    let all: Value = serde_json::from_slice(&alone.stdout).unwrap();
    assert!(all.as_array().unwrap().iter().any(|v| v["name"] == "nguoi" && v["status"] == "missing"));
}

#[test]
fn lists_of_all_habits_are_read() {
    let read = |name: &str, text: &str| {
        let wanted = [("ten".to_owned(), false)];
        let asked = Asked { wanted: &wanted, ..Asked::default() };
        vanthu::read::units::read(name, text.as_bytes(), &asked).units.unwrap()
    };
    let one = |units: &vanthu::read::units::Units| (units.units[0].line, units.units[0].variables[0].1.clone());
    let text = |t: &str| vanthu::draft::Value::Text(t.into());
    assert_eq!(one(&read("a.csv", "sep=;\nten;so\nA, B;1\n")), (3, text("A, B")));
    assert_eq!(one(&read("a.csv", "\n\"ten\";so\n\"a, b, c\";1\n")), (3, text("a, b, c")));
    assert_eq!(one(&read("a.csv", "ten\nnull\n")), (2, text("null")));
    assert_eq!(one(&read("a.csv", "ten\n-0\n")), (2, text("-0")));
    assert_eq!(one(&read("a.csv", "ten\n1.234\n")), (2, text("1.234")));
    let faulty = |name: &str, text: &str| !read(name, text).units[0].faults.is_empty();
    assert!(faulty("a.csv", "ten\n#DIV/0!\n") && faulty("a.yaml", "- a: 1\n  a.b: 2\n"));
    let json = r#"[{"ten": "Xã \\u00c2 \\ud83d\\ude00 \\\\ud83d"},
        {"ten": "B"}]"#;
    let units = read("a.json", &json.replace("\\\\", "\\"));
    assert_eq!(one(&units), (1, text("Xã Â 😀 \\ud83d")));
    assert_eq!(units.units[1].line, 2);
    let deep = format!("{}\nx\n", "a.".repeat(100_000) + "a");
    assert!(vanthu::read::units::read("a.csv", deep.as_bytes(), &Asked::default()).units.is_none());
    let desk = Desk::new(PLAN, "dv.csv", list(1));
    assert_eq!(desk.batch("dv.csv", &["--formats", "a/b"]).0, 2);
    let long = format!("{{{{ stt }}}}{}/{{{{ don_vi.ten }}}}{}", "a".repeat(110), "b".repeat(110));
    let (code, said) = desk.batch("dv.csv", &["--name", &long]);
    assert_eq!(code, 0, "{said}");
}

/// A workbook with a text of its first sheet replaced.
fn spoilt_workbook(from: &str, to: &str) -> Vec<u8> {
    use std::io::{Read, Write};
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let format = rust_xlsxwriter::Format::new().set_num_format("0.00");
    sheet.write(0, 0, "ten").unwrap();
    sheet.write_with_format(1, 0, 12.5, &format).unwrap();
    let mut old = zip::ZipArchive::new(std::io::Cursor::new(book.save_to_buffer().unwrap())).unwrap();
    let mut new = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..old.len() {
        let mut part = old.by_index(index).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        new.start_file(part.name().unwrap(), zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(text.replace(from, to).as_bytes()).unwrap();
    }
    new.finish().unwrap().into_inner()
}

#[test]
fn workbooks_that_no_program_wrote_are_refused_or_read_quietly() {
    for (from, to) in [
        ("r=\"A2\"", "r=\"A99999999999999999999\""),
        ("r=\"A2\"", "r=\"ZZZZZZZZZZZZZZZZ2\""),
        ("r=\"A2\"", "r=\"2\""),
        ("r=\"A2\"", "r=\"XFD1048576\""),
        ("<v>12.5</v>", "<v>1e999</v>"),
        ("<v>12.5</v>", "<v>-1e308</v>"),
        ("t=\"s\"", "t=\"s\" s=\"99999\""),
        ("<v>0</v>", "<v>4294967296</v>"),
        ("</sheetData>", ""),
        ("0.00", "ss.00000000000000000000000000000000000000000000000"),
    ] {
        let bytes = spoilt_workbook(from, to);
        let desk = Desk::new(PLAN, "dv.xlsx", &bytes);
        let (code, said) = desk.batch("dv.xlsx", &["--dry-run"]);
        assert!(code == 1 || code == 0, "{to}: {said}");
    }
}
