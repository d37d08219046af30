//! The report as a workbook for a clerk: sums, units, errors and warnings.

use super::csv::TITLES;
use super::{Report, State};
use crate::batch::record::{Status, Trouble};
use crate::diagnostic::{Diagnostic, code};
use crate::write::files::{PLACEHOLDER, Seal};
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, Url, Workbook, Worksheet, XlsxError};
use std::io::{Cursor, Read, Write};
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The part with the custom properties.
const PROPERTIES: &str = "docProps/custom.xml";

/// The bytes of an XLSX file; the same report gives the same bytes.
pub fn workbook(report: &Report) -> Result<Vec<u8>, Diagnostic> {
    let wrong = |error: String| {
        Diagnostic::general(&code::BAO_CAO_SAI, format!("Không lập được báo cáo Excel: {error}."))
            .hint("Dùng báo cáo bao-cao.csv; nếu lặp lại, đây là lỗi của vanthu, hãy báo cho nhóm phát triển.")
    };
    let packed = make(report).map_err(|e| wrong(e.to_string()))?;
    Seal::Inside.put(with_open_property(&packed).map_err(|e| wrong(e.to_string()))?)
}

/// The workbook with its custom properties unpacked and last, since the digest stands in them.
fn with_open_property(packed: &[u8]) -> ZipResult<Vec<u8>> {
    let mut book = ZipArchive::new(Cursor::new(packed))?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let mut properties = String::new();
    for index in 0..book.len() {
        let mut part = book.by_index(index)?;
        if part.name()? == PROPERTIES {
            part.read_to_string(&mut properties)?;
        } else {
            out.raw_copy_file(part)?;
        }
    }
    out.start_file(PROPERTIES, SimpleFileOptions::default().compression_method(CompressionMethod::Stored))?;
    out.write_all(properties.as_bytes())?;
    out.finish().map(Cursor::into_inner)
}

struct Looks {
    title: Format,
    head: Format,
    left: Format,
    wrap: Format,
    failed: Format,
}

fn make(report: &Report) -> Result<Vec<u8>, XlsxError> {
    let looks = Looks {
        title: Format::new().set_bold().set_font_size(14),
        head: Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Center)
            .set_background_color(Color::RGB(0x00E7_EEF7)),
        left: Format::new().set_align(FormatAlign::Left),
        wrap: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        failed: Format::new().set_text_wrap().set_align(FormatAlign::Top).set_background_color(Color::RGB(0x00FD_E7E3)),
    };
    let mut book = Workbook::new();
    // The clock may not enter the file: the decree's date stands for it.
    let date = ExcelDateTime::from_ymd(2020, 3, 5)?;
    book.set_properties(
        &DocProperties::new()
            .set_title("Báo cáo làm hàng loạt")
            .set_author(&report.program)
            .set_creation_datetime(&date)
            .set_custom_property("vanthu", PLACEHOLDER),
    );
    sums(book.add_worksheet(), report, &looks)?;
    units(book.add_worksheet(), report, &looks)?;
    troubles(book.add_worksheet(), report, &looks)?;
    book.save_to_buffer()
}

fn sums(sheet: &mut Worksheet, report: &Report, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name("Tổng hợp")?.set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_column_width(0, 34)?;
    sheet.set_column_width(1, 60)?;
    sheet.write_with_format(0, 0, "Báo cáo làm hàng loạt", &looks.title)?;
    let t = &report.totals;
    let state = match report.state {
        State::Done => "đã xem hết các đơn vị",
        State::Running => "đang chạy hoặc bị ngắt giữa chừng",
        State::Stopped => "dừng giữa chừng",
    };
    let part = report.shard.map_or("cả danh sách".to_owned(), |(i, n)| format!("{i}/{n}"));
    let texts =
        [("Kế hoạch", report.plan.as_str()), ("Danh sách đơn vị", &report.list), ("Phần", &part), ("Kết thúc", state)];
    let mut row = 2;
    for (name, text) in texts {
        sheet.write(row, 0, name)?;
        sheet.write_string(row, 1, clip(text))?;
        row += 1;
    }
    if let Some(reason) = &report.reason {
        sheet.write(row, 0, "Lý do dừng")?;
        sheet.write_string(row, 1, clip(reason))?;
        row += 1;
    }
    let numbers = [
        ("Đơn vị", t.units),
        ("– đã ghi", t.written),
        ("– giữ nguyên", t.unchanged),
        ("– có lỗi", t.failed),
        ("– chưa làm", t.pending),
        ("Tệp", t.files),
        ("Trang", t.pages),
        ("Số chữ", t.words),
        ("Cảnh báo", t.warnings),
        ("Lỗi", t.errors),
    ];
    for (name, number) in numbers {
        sheet.write(row, 0, name)?;
        sheet.write_with_format(row, 1, number as f64, &looks.left)?;
        row += 1;
    }
    sheet.write(row, 0, "Thời gian (giây)")?;
    sheet.write_with_format(row, 1, t.seconds, &looks.left)?;
    for file in &report.leftovers {
        row += 1;
        sheet.write(row, 0, "Tệp của lần trước")?;
        sheet.write_string(row, 1, clip(file))?;
    }
    Ok(())
}

fn units(sheet: &mut Worksheet, report: &Report, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name("Đơn vị")?;
    let titles = ["Dòng", "Đơn vị", "Kết quả", "Trang", "Số chữ", "Cảnh báo", "Lỗi", "Mili giây", "Tệp"];
    for (column, (title, width)) in (0..).zip(titles.iter().zip([8, 46, 12, 8, 9, 10, 8, 10, 46])) {
        sheet.write_with_format(0, column, *title, &looks.head)?;
        sheet.set_column_width(column, width)?;
    }
    for (row, unit) in (1..).zip(&report.units) {
        let right = matches!(unit.status, Status::Written | Status::Unchanged);
        let look = if unit.status == Status::Failed { &looks.failed } else { &looks.wrap };
        sheet.write_with_format(row, 0, unit.row as f64, look)?;
        sheet.write_string_with_format(row, 1, clip(&unit.unit), look)?;
        sheet.write_string_with_format(row, 2, unit.status.words(), look)?;
        if let Some(pages) = unit.pages.filter(|_| right) {
            sheet.write_with_format(row, 3, pages as f64, look)?;
        }
        if right {
            sheet.write_with_format(row, 4, unit.words as f64, look)?;
        }
        sheet.write_with_format(row, 5, unit.warnings.len() as f64, look)?;
        sheet.write_with_format(row, 6, unit.errors.len() as f64, look)?;
        sheet.write_with_format(row, 7, unit.milliseconds as f64, look)?;
        for (column, file) in (8..).zip(unit.files.iter().filter(|_| right).take(20)) {
            // A link that a spreadsheet cannot hold is written as text; a name is never taken for a formula.
            let link = Url::new(format!("external:{}", file.path.replace('/', "\\"))).set_text(clip(&file.path));
            let plain =
                file.path.is_ascii() && file.path.len() < 200 && !file.path.contains(['#', '%', '[', ']', '\'']);
            if !plain || sheet.write_url(row, column, link).is_err() {
                sheet.write_string(row, column, clip(&file.path))?;
            }
        }
    }
    finish(sheet, report.units.len(), titles.len())
}

fn troubles(sheet: &mut Worksheet, report: &Report, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name("Lỗi và cảnh báo")?;
    let titles = [TITLES[0], TITLES[1], "Mức", "Mã", "Nội dung", "Cách sửa", TITLES[9], TITLES[10], TITLES[11]];
    for (column, (title, width)) in (0..).zip(titles.iter().zip([8, 40, 10, 18, 60, 60, 30, 24, 8])) {
        sheet.write_with_format(0, column, *title, &looks.head)?;
        sheet.set_column_width(column, width)?;
    }
    let all = report.units.iter().flat_map(|u| {
        let with = |level: &'static str| move |t| (u, level, t);
        u.errors.iter().map(with("lỗi")).chain(u.warnings.iter().map(with("cảnh báo")))
    });
    // A sheet holds about a million rows; who has more errors than this mends some first.
    let all: Vec<_> = all.take(500_000).collect();
    for (row, (unit, level, trouble)) in (1..).zip(&all) {
        let trouble: &Trouble = trouble;
        let look = if *level == "lỗi" { &looks.failed } else { &looks.wrap };
        sheet.write_with_format(row, 0, unit.row as f64, look)?;
        let texts = [
            unit.unit.as_str(),
            level,
            &trouble.code,
            &trouble.message,
            trouble.hint.as_deref().unwrap_or(""),
            &trouble.place(),
            &trouble.unit_columns.join(", "),
            trouble.cell.as_deref().unwrap_or(""),
        ];
        for (column, text) in (1..).zip(texts) {
            sheet.write_string_with_format(row, column, clip(text), look)?;
        }
    }
    finish(sheet, all.len(), titles.len())
}

fn finish(sheet: &mut Worksheet, rows: usize, columns: usize) -> Result<(), XlsxError> {
    // Printed: A4 lying, as wide as the page, the titles on every page.
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_freeze_panes(1, 2)?;
    let last = u32::try_from(rows).unwrap_or(u32::MAX);
    sheet.autofilter(0, 0, last, u16::try_from(columns - 1).unwrap_or(0))?;
    Ok(())
}

/// What a cell can hold: 32,767 letters.
fn clip(text: &str) -> String {
    text.chars().take(32_000).collect()
}
