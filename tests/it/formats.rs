//! Cells of workbooks as Excel and LibreOffice show them.

use vanthu::read::grid;

fn shown(cases: &[(&str, f64, &str)]) -> Vec<String> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, (format, number, _)) in (0..).zip(cases) {
        let format = rust_xlsxwriter::Format::new().set_num_format(*format);
        sheet.write(row, 0, "o").unwrap();
        sheet.write_with_format(row, 1, *number, &format).unwrap();
    }
    let rows = grid::read("a.xlsx", &book.save_to_buffer().unwrap(), None, 100_000).unwrap().rows;
    rows.into_iter().map(|(_, row)| row.get(1).cloned().unwrap_or_default()).collect()
}

/// Formats, values and what is shown. Compared with LibreOffice 7.4 in Vietnamese; where it differs from Excel (names of
/// months, the moment before midnight, day 0, General), as Excel has it.
const SHOWN: &[(&str, f64, &str)] = &[
    ("hh:mm dd/mm/yyyy", 46086.333333333336, "08:00 05/03/2026"),
    ("h:mm dd/mm/yyyy", 46086.333333333336, "8:00 05/03/2026"),
    ("dd/mm/yyyy hh:mm", 46086.333333333336, "05/03/2026 08:00"),
    ("dd/mm/yyyy h:mm:ss", 46086.59074074074, "05/03/2026 14:10:40"),
    ("[$-vi-VN]dddd, d mmmm, yyyy", 46086.333333333336, "Thứ Năm, 5 Tháng Ba, 2026"),
    ("[$-42A]dd mmmm yyyy", 46086.333333333336, "05 Tháng Ba 2026"),
    ("dd/mm/yyyy;@", 46086.333333333336, "05/03/2026"),
    ("d/m/yyyy", 46086.333333333336, "5/3/2026"),
    ("dd-mm-yy", 46086.333333333336, "05-03-26"),
    ("dd.mm.yyyy", 46086.333333333336, "05.03.2026"),
    ("yyyy-mm-dd", 46086.333333333336, "2026-03-05"),
    ("mm/yyyy", 46086.333333333336, "03/2026"),
    ("mmmm yyyy", 46086.333333333336, "Tháng Ba 2026"),
    ("mmm-yy", 46086.333333333336, "Thg 3-26"),
    ("d-mmm-yy", 46086.333333333336, "5-Thg 3-26"),
    ("d-mmm", 46086.333333333336, "5-Thg 3"),
    ("dddd", 46086.333333333336, "Thứ Năm"),
    ("ddd dd/mm", 46086.333333333336, "T5 05/03"),
    ("\"ngày \"dd\" tháng \"mm\" năm \"yyyy", 46086.333333333336, "ngày 05 tháng 03 năm 2026"),
    ("dd\" tháng \"m\", \"yyyy", 46086.333333333336, "05 tháng 3, 2026"),
    ("hh\"h\"mm", 46086.333333333336, "08h00"),
    ("h\"h\"mm\" ngày \"d/m/yyyy", 46086.333333333336, "8h00 ngày 5/3/2026"),
    ("hh\"h\"mm\", ngày \"dd/mm/yyyy", 46086.333333333336, "08h00, ngày 05/03/2026"),
    ("hh\" giờ \"mm\" phút, ngày \"dd/mm/yyyy", 46086.59074074074, "14 giờ 10 phút, ngày 05/03/2026"),
    ("h:mm AM/PM", 46086.59074074074, "2:10 CH"),
    ("hh:mm:ss AM/PM", 46086.59074074074, "02:10:40 CH"),
    ("mm:ss", 46086.59074074074, "10:40"),
    ("mm:ss.0", 46086.59074074074, "10:40,0"),
    ("hh:mm:ss.00", 46086.59074074074, "14:10:40,00"),
    ("[h]:mm", 1.5, "36:00"),
    ("[h]:mm:ss", 1.5, "36:00:00"),
    ("[mm]:ss", 0.05, "72:00"),
    ("dd/mm/yyyy hh:mm", 45000.999999, "16/03/2023 00:00"),
    ("hh:mm", 45000.999999, "00:00"),
    ("dd/mm/yyyy", 45000.999999, "15/03/2023"),
    ("hh:mm:ss", 45000.999999, "00:00:00"),
    ("dd/mm/yyyy hh:mm", 45000.99999999, "16/03/2023 00:00"),
    ("h dd/mm/yyyy", 46086.333333333336, "8 05/03/2026"),
    ("hh:mm:ss dd/mm/yyyy", 46086.59074074074, "14:10:40 05/03/2026"),
    ("hh:mm mmmm dd", 46086.333333333336, "08:00 Tháng Ba 05"),
    ("d/m", 46086.333333333336, "5/3"),
    ("yyyy", 46086.333333333336, "2026"),
    ("yy", 46086.333333333336, "26"),
    ("mmmmm", 46086.333333333336, "T"),
    ("m/yyyy", 46086.333333333336, "3/2026"),
    ("dd/mm/yyyy, hh:mm", 46086.333333333336, "05/03/2026, 08:00"),
    ("dd\\/mm\\/yyyy", 46086.333333333336, "05/03/2026"),
    ("dd\\ mmmm\\ yyyy", 46086.333333333336, "05 Tháng Ba 2026"),
    ("[Red]dd/mm/yyyy", 46086.333333333336, "05/03/2026"),
    ("m:ss", 46086.59074074074, "10:40"),
    ("d.m.yyyy h:mm", 46086.333333333336, "5.3.2026 8:00"),
    ("yyyy,mm", 46086.333333333336, "2026,03"),
    ("dd/mm/yyyy", 0.0, "00/01/1900"),
    ("hh:mm", 0.25, "06:00"),
    ("dd/mm/yyyy;;", 0.0, ""),
    ("dd/mm/yyyy;-0;;@", 46086.333333333336, "05/03/2026"),
    ("h:mm;@", 46086.59074074074, "14:10"),
    ("hh:mm", 0.9999999, "00:00"),
    ("0.00", 1.005, "1,01"),
    ("#,##0;-#,##0;;@", 0.0, ""),
    ("#,##0;-#,##0;;@", 1234567.0, "1.234.567"),
    ("#,##0;-#,##0;;@", -1234567.0, "-1.234.567"),
    ("General", 0.3333333333333333, "0,333333333"),
    ("General", 1e+20, "1E+20"),
    ("0", 1e+20, "100000000000000000000"),
    ("#,##0", 1e+20, "100.000.000.000.000.000.000"),
    ("General", 12345678901.0, "12345678901"),
    ("General", 123456789012.0, "123456789012"),
    ("General", 1234.5, "1234,5"),
    ("General", 1e-07, "1E-07"),
    ("General", 0.30000000000000004, "0,3"),
    ("General", -0.3333333333333333, "-0,333333333"),
    ("General", 123456.789012345, "123456,789"),
    ("#,##0.00", 1234567.891, "1.234.567,89"),
    ("#,##0", 1234567.0, "1.234.567"),
    ("0%", 0.125, "13%"),
    ("0.0%", 0.125, "12,5%"),
    ("0.00%", 1.005, "100,50%"),
    ("#,##0\" đồng\"", 1500000.0, "1.500.000 đồng"),
    ("#,##0\\ \"₫\"", 1500000.0, "1.500.000 ₫"),
    ("#,##0.00\\ [$₫-42A]", 1500000.0, "1.500.000,00 ₫"),
    ("[$-42A]#,##0", 1500000.0, "1.500.000"),
    ("_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"??_);_(@_)", 1234.5, "1.235"),
    ("_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"??_);_(@_)", 0.0, "-"),
    ("_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"??_);_(@_)", -1234.5, "(1.235)"),
    ("000", 7.0, "007"),
    ("00\"/KH-UBND\"", 7.0, "07/KH-UBND"),
    ("0.00E+00", 123456.0, "1,23E+05"),
    ("##0.0E+0", 123456.0, "123,5E+3"),
    ("# ?/?", 0.5, "1/2"),
    ("0.0", 0.25, "0,3"),
    ("0.0", 0.05, "0,1"),
    ("0.00", 2.675, "2,68"),
    ("0", 0.5, "1"),
    ("0", 1.5, "2"),
    ("0", 2.5, "3"),
    ("#,##0.0", -0.04, "0,0"),
    ("0;0", -3.0, "3"),
    ("[>=1000]#,##0;0.0", 1500.0, "1.500"),
    ("[>=1000]#,##0;0.0", 15.0, "15,0"),
    ("#,##0,", 1234567.0, "1.235"),
    ("#,##0.0,,\" triệu\"", 1234567.0, "1,2 triệu"),
    ("#", 0.0, ""),
    ("#.##", 0.5, ",5"),
    ("#.##", 12.0, "12,"),
    ("0.###", 12.0, "12,"),
    ("@", 0.3333333333333333, "0,333333333"),
    ("@", 12.0, "12"),
    ("General\" ha\"", 12.5, "12,5 ha"),
    ("0\" hộ\"", 12.0, "12 hộ"),
    ("(0)", -5.0, "-(5)"),
    ("+0;-0", 5.0, "+5"),
    ("0.0,\" nghìn\"", 1500.0, "1,5 nghìn"),
    ("0000-000-000", 912345678.0, "0912-345-678"),
];

#[test]
fn formats_show_what_spreadsheets_show() {
    let shown = shown(SHOWN);
    let wrong: Vec<String> = SHOWN
        .iter()
        .zip(&shown)
        .filter(|((.., wanted), got)| wanted != got)
        .map(|((format, number, wanted), got)| format!("{format} | {number}: wanted {wanted:?}, got {got:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A workbook whose first sheet has a text replaced.
fn altered(book: &mut rust_xlsxwriter::Workbook, from: &str, to: &str) -> Vec<u8> {
    use std::io::{Read, Write};
    let mut old = zip::ZipArchive::new(std::io::Cursor::new(book.save_to_buffer().unwrap())).unwrap();
    let mut new = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut found = false;
    for index in 0..old.len() {
        let mut part = old.by_index(index).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        found |= text.contains(from);
        new.start_file(part.name().unwrap(), zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(text.replace(from, to).as_bytes()).unwrap();
    }
    assert!(found, "{from}");
    new.finish().unwrap().into_inner()
}

#[test]
fn formats_of_texts_and_dates_written_out() {
    let texts = [
        ("\"Xã \"@", "Lương Minh", "Xã Lương Minh"),
        ("@\" (thôn)\"", "Bản Ang", "Bản Ang (thôn)"),
        ("0;0;0;\"[\"@\"]\"", "x", "[x]"),
        ("#,##0;-#,##0;;@", "x", "x"),
        ("dd/mm/yyyy;@", "x", "x"),
        ("dd/mm/yyyy", "x", "x"),
        ("0.00", "x", "x"),
        ("General;General;General;@\"!\"", "x", "x!"),
    ];
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, (format, text, _)) in (0..).zip(texts) {
        let format = rust_xlsxwriter::Format::new().set_num_format(format);
        sheet.write_with_format(row, 0, text, &format).unwrap();
    }
    let rows = grid::read("a.xlsx", &book.save_to_buffer().unwrap(), None, 1000).unwrap().rows;
    for ((_, row), (format, _, wanted)) in rows.iter().zip(texts) {
        assert_eq!(row[0], wanted, "{format}");
    }
    let mut book = rust_xlsxwriter::Workbook::new();
    let format = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
    book.add_worksheet().write_with_format(0, 0, 46086, &format).unwrap();
    for (to, wanted) in [
        ("t=\"d\"><v>2026-11-05T00:00:00</v>", "05/11/2026"),
        ("t=\"d\"><v>2026-11-05</v>", "05/11/2026"),
        ("t=\"d\"><v>2026-11-05T07:30:00.000Z</v>", "05/11/2026"),
        ("t=\"d\"><v>ngày</v>", "ngày"),
    ] {
        let rows =
            grid::read("a.xlsx", &altered(&mut book, "><v>46086</v>", &format!(" {to}")), None, 1000).unwrap().rows;
        assert_eq!(rows[0].1, [wanted]);
    }
}

#[test]
fn a_formula_without_a_value_is_reported_and_hidden_sheets_are_not_read_unasked() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "Tên").unwrap();
    sheet.write_formula(2, 1, "=3+4").unwrap();
    let bytes = altered(&mut book, "<v>0</v></c></row></sheetData>", "</c></row></sheetData>");
    let rows = grid::read("a.xlsx", &bytes, None, 1000).unwrap().rows;
    assert_eq!(rows[1].0, 3);
    assert!(rows[1].1[1].contains("công thức chưa tính") && grid::is_sheet_error(&rows[1].1[1]));

    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_hidden(true).set_name("Ẩn").unwrap().write(0, 0, "ẩn").unwrap();
    book.add_worksheet().set_active(true).write(0, 0, "hiện").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(grid::read("a.xlsx", &bytes, None, 1000).unwrap().rows[0].1, ["hiện"]);
    assert_eq!(grid::read("a.xlsx", &bytes, Some("Ẩn"), 1000).unwrap().rows[0].1, ["ẩn"]);
}

#[test]
fn files_of_other_kinds_and_encodings() {
    let wide = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect()
    };
    for bytes in [wide("Tên\tSố\r\nXã A\t1\r\n", u16::to_le_bytes), wide("Tên\tSố\rXã A\t1\r", u16::to_be_bytes)]
    {
        let rows = grid::read("a.csv", &bytes, None, 1000).unwrap().rows;
        assert_eq!(rows[1], (2, vec!["Xã A".to_owned(), "1".to_owned()]));
    }
    let mut cut = wide("ten\nxã\n", u16::to_le_bytes);
    cut.pop();
    let encrypted: Vec<u8> =
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".iter().copied().chain(wide("EncryptedPackage", u16::to_le_bytes)).collect();
    for (name, bytes, wanted) in [
        ("a.csv", &cut[..], "dòng 2"),
        ("a.csv", b"ten\nx\xE3\n", "dòng 2"),
        ("a.xlsx", &encrypted, "mật khẩu"),
        ("a.xlsx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", ".xls)"),
        ("a.xlsx", b"\n<html><table>", "HTML"),
        ("a.xlsx", b"ten,so\nx,1\n", "CSV"),
    ] {
        let (message, _) = grid::read(name, bytes, None, 1000).unwrap_err();
        assert!(message.contains(wanted), "{message}");
    }
}

#[test]
fn pictures_and_paths_as_offices_have_them() {
    use image::codecs::jpeg::JpegEncoder;
    use vanthu::draft::Files;
    let folder = tempfile::tempdir().unwrap();
    let pixels = image::RgbImage::from_fn(64, 64, |x, y| image::Rgb([x as u8 * 4, y as u8 * 4, 90]));
    let mut bytes = Vec::new();
    pixels.write_with_encoder(JpegEncoder::new(&mut bytes)).unwrap();
    std::fs::write(folder.path().join("so\u{031B} \u{0111}o\u{0302}\u{0300}.jpg"), &bytes).unwrap();
    std::fs::write(folder.path().join("cut.jpg"), &bytes[..bytes.len() - 100]).unwrap();
    let door = vanthu::pipeline::Folder::new(folder.path());
    let at = vanthu::source::Span::default();
    assert!(door.picture("sơ đồ.jpg", at).is_ok());
    let said = |path: &str| {
        let problem = door.picture(path, at).unwrap_err();
        format!("{} {:?}", problem.message, problem.hint)
    };
    assert!(said("cut.jpg").contains("cắt cụt"));
    assert!(said("hinh\\a.png").contains("hinh/a.png"));
    assert!(said("khong-co.jpg").contains("không có tệp này"));
}
