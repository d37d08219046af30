//! Letters, hyphens, lead-ins, titles: the same in the PDF and in the Word file.

use crate::pdf;
use crate::support::{build_text, complete, report, studio};
use std::collections::BTreeMap;
use vanthu::decree30::style::Component;
use vanthu::face::{FACE_NAMES, Faces, SYMBOLS, is_right_to_left};
use vanthu::ooxml::package::Package;
use vanthu::pipeline::{self, Folder, Ready};
use vanthu::sheet::{Chars, Item, Par, Run};
use vanthu::source::{is_forbidden, nfc};
use vanthu::write::by_extension;

fn ready(fragment: &str) -> Ready {
    let built = build_text(&complete(fragment));
    let said = report(&built);
    built.ready.unwrap_or_else(|| panic!("{said}"))
}

/// The PDF and the Word file, proven.
fn both(ready: &Ready) -> Result<(Vec<u8>, Vec<u8>), vanthu::diagnostic::Diagnostic> {
    let writers = ["pdf", "docx"].map(|e| by_extension(e).unwrap());
    let (_, mut written) = pipeline::write(studio(), ready, &Folder::new(""), &writers, true)?;
    let mut next = || written.remove(0).outputs.remove(0).bytes;
    Ok((next(), next()))
}

fn body_of(docx: &[u8]) -> String {
    String::from_utf8(Package::read(docx).unwrap().get("word/document.xml").unwrap().to_vec()).unwrap()
}

/// The lines of a PDF from top to bottom.
fn lines(bytes: &[u8]) -> Vec<String> {
    let mut lines: BTreeMap<(usize, i64), String> = BTreeMap::new();
    for glyph in pdf::read(bytes).glyphs {
        lines.entry((glyph.page, (glyph.y * 10.0).round() as i64)).or_default().push(glyph.c);
    }
    lines.into_values().collect()
}

fn plain(text: String, face: usize) -> Run {
    Run::Text(Chars { text, bold: face % 2 == 1, italic: face >= 2, underline: false, added: false })
}

/// Puts a paragraph at the end of the content.
fn add(ready: &mut Ready, runs: Vec<Run>, span: vanthu::source::Span) {
    let section = &mut ready.sheet.sections[0];
    section.items.insert(section.content.end, Item::Par(Par::new(Component::LoiVan, runs, span)));
    section.content.end += 1;
}

#[test]
fn every_letter_of_the_faces_is_set_and_read_back() {
    let faces = Faces::embedded();
    let mut ready = ready("");
    for (face, name) in FACE_NAMES.iter().enumerate() {
        let (bold, italic) = (face % 2 == 1, face >= 2);
        let all = faces.characters(bold, italic);
        assert!(all.len() > 1500, "{name}: {}", all.len());
        assert!(!all.iter().any(|c| is_right_to_left(*c)));
        let printed = all.into_iter().chain(SYMBOLS.chars());
        let printed: Vec<char> = printed
            .filter(|c| !is_forbidden(*c) && !c.is_whitespace() && nfc(&c.to_string()).starts_with(*c))
            .collect();
        for some in printed.chunks(12) {
            let text: String = some.iter().flat_map(|c| [*c, ' ']).collect();
            add(&mut ready, vec![plain(text.trim_end().to_owned(), face)], Default::default());
        }
    }
    both(&ready).unwrap_or_else(|problem| panic!("{}", problem.message));
}

#[test]
fn an_engine_that_panics_is_a_report_at_its_paragraph() {
    // No plan brings these letters so far; the PDF writer panics at them.
    let text = complete("noi_dung: |\n  Đoạn một.\n\n  Đoạn hai.\n");
    let built = build_text(&text);
    let mut ready = built.ready.unwrap();
    for section in &mut ready.sheet.sections {
        for item in &mut section.items {
            if let Item::Par(par) = item
                && par.runs.iter().any(|r| r.chars().is_some_and(|c| c.text.contains("hai")))
            {
                par.runs.push(plain("Chữ \u{5E9}\u{5DC}\u{5D5}\u{5DD} tiếng".into(), 0));
            }
        }
    }
    let pdf = by_extension("pdf").unwrap();
    let problem = pipeline::write(studio(), &ready, &Folder::new(""), &[pdf], true).err().unwrap();
    assert_eq!(problem.code.name, "loi-ben-trong");
    let place = problem.span.map(|s| built.source.as_ref().unwrap().text[s.range()].trim().to_owned());
    assert_eq!(place.as_deref(), Some("Đoạn hai."));
}

#[test]
fn numbers_and_symbols_do_not_break() {
    // At each of these places of the line one of them once stood last.
    for fill in 40..75 {
        let words = "ab ".repeat(fill / 3) + &"x".repeat(fill % 3);
        let text = format!(
            "noi_dung: |\n  {words} số 02-KH/BCĐTW, 412/TTr-SKHCN, KH-UBND, giai đoạn 2026-2030 và A\u{2011}B hết.\n"
        );
        let ready = ready(&text);
        let (pdf, docx) = both(&ready).unwrap_or_else(|problem| panic!("{}", problem.message));
        for line in lines(&pdf) {
            assert!(!line.trim_end().ends_with('-'), "{fill}: {line}");
        }
        let xml = body_of(&docx);
        if lines(&pdf).iter().any(|l| l.contains("hết") && !l.contains("ab")) {
            assert!(xml.contains("02</w:t><w:noBreakHyphen/><w:t xml:space=\"preserve\">KH/BCĐTW"), "{xml}");
        }
        assert!(!xml.contains('\u{2011}'));
    }
}

#[test]
fn a_typed_hyphen_that_does_not_break_is_a_hyphen_in_both() {
    let ready = ready("noi_dung: |\n  Mẫu A\u{2011}B.\n");
    let (pdf, docx) = both(&ready).unwrap_or_else(|problem| panic!("{}", problem.message));
    assert!(lines(&pdf).iter().any(|l| l.contains("A-B")));
    assert!(body_of(&docx).contains("A</w:t><w:noBreakHyphen/>"));
}

#[test]
fn symbols_have_a_face_in_both() {
    let ready = ready("noi_dung: |\n  Đồng ý ☐, không đồng ý **☑**, m³·s⁻¹, CO₂.\n");
    let (pdf, docx) = both(&ready).unwrap_or_else(|problem| panic!("{}", problem.message));
    let glyphs = pdf::read(&pdf).glyphs;
    let box_glyph = glyphs.iter().find(|g| g.c == '☐').unwrap();
    assert!(box_glyph.font.contains("VanthuSymbols"), "{}", box_glyph.font);
    assert!((box_glyph.size - 11.5).abs() < 0.01, "{}", box_glyph.size);
    let xml = body_of(&docx);
    let run = xml.split("<w:r>").find(|r| r.contains('☐')).unwrap();
    assert!(run.contains("w:ascii=\"Segoe UI Symbol\"") && run.contains("<w:sz w:val=\"23\""), "{run}");
}

fn kept(fragment: &str, words: &str) -> bool {
    let ready = ready(fragment);
    let items = &ready.sheet.sections[0].items;
    let found = items.iter().find_map(|item| match item {
        Item::Par(par) if par.runs.iter().any(|r| r.chars().is_some_and(|c| c.text.contains(words))) => Some(par),
        _ => None,
    });
    found.unwrap().keep_next
}

#[test]
fn a_paragraph_that_announces_stays_with_what_it_announces() {
    let rest = "\n\n  - Một.\n  - Hai.\n\n  Đoạn ba dài thêm một chút.\n\n  Đoạn bốn.\n\n  Đoạn năm.\n";
    assert!(kept(&format!("noi_dung: |\n  Trong đó:{rest}"), "Trong đó"));
    assert!(!kept(&format!("noi_dung: |\n  Trong đó.{rest}"), "Trong đó"));
    // Up to a fifth of a page may wait.
    let some = "chữ ".repeat(120);
    assert!(kept(&format!("noi_dung: |\n  {some}trong đó:{rest}"), "trong đó"));
    assert!(kept(&format!("noi_dung: |\n  1. {some}sau:\n  a) Một.\n  b) Hai.{rest}"), "sau:"));
    let long = "chữ ".repeat(200);
    assert!(!kept(&format!("noi_dung: |\n  {long}trong đó:{rest}"), "trong đó"));
    let page = "noi_dung:\n  - doan: \"Trong đó:\"\n  - ngat_trang:\n  - doan: Một.\n  - doan: Hai.\n  - doan: Ba.\n";
    assert!(!kept(page, "Trong đó"));
}

#[test]
fn the_author_chooses_how_1_1_is_set() {
    for (choice, italic) in [("dam", false), ("dam_nghieng", true)] {
        let plan = format!(
            "trinh_bay: {{ khoan_con: {choice} }}\nnoi_dung: |\n  1. Một\n\n  1.1. Tiêu đề\n\n  a) Việc.\n\n  Hết.\n"
        );
        let ready = ready(&plan);
        let (pdf, docx) = both(&ready).unwrap_or_else(|problem| panic!("{}", problem.message));
        let glyphs = pdf::read(&pdf).glyphs;
        let letter = glyphs.iter().find(|g| g.c == 'ê' && g.bold && g.size == 14.0 && g.y > 200.0).unwrap();
        assert_eq!(letter.italic, italic, "{choice}");
        let styles = Package::read(&docx).unwrap().get("word/styles.xml").unwrap().to_vec();
        let styles = String::from_utf8(styles).unwrap();
        let style = styles.split("<w:style ").find(|s| s.contains("Khoản 1.1 có tiêu đề")).unwrap();
        assert_eq!(style.contains("<w:i/>") || style.contains("<w:i />"), italic, "{style}");
    }
}

#[test]
fn the_author_chooses_the_size_in_tables() {
    for (choice, size) in [("{}", 12.0), ("{ co_chu_bang: 12.5 }", 12.5), ("{ co_chu_bang: 14 }", 14.0)] {
        let table = "noi_dung:\n  - bang: { cot: [Ẵ cột], hang: [[Ẵ hàng]] }\nket: Hết.\n";
        let ready = ready(&format!("trinh_bay: {choice}\n{table}"));
        let (pdf, docx) = both(&ready).unwrap_or_else(|problem| panic!("{}", problem.message));
        let sizes: Vec<f64> = pdf::read(&pdf).glyphs.iter().filter(|g| g.c == 'Ẵ').map(|g| g.size).collect();
        assert_eq!(sizes, [size; 2], "{choice}");
        let styles = Package::read(&docx).unwrap().get("word/styles.xml").unwrap().to_vec();
        let styles = String::from_utf8(styles).unwrap();
        for name in ["Đầu cột", "Ô bảng"] {
            let style = styles.split("<w:style ").find(|s| s.contains(name)).unwrap();
            assert!(style.contains(&format!("<w:sz w:val=\"{}\"", size * 2.0)), "{style}");
        }
    }
}

/// The lines of the subject.
fn subject(text: &str) -> Vec<String> {
    let ready = ready(&format!("trich_yeu: \"{text}\"\n"));
    let par = ready.sheet.sections[0].items.iter().find_map(|item| match item {
        Item::Par(par) if par.style == Component::TrichYeu => Some(par),
        _ => None,
    });
    let mut out = vec![String::new()];
    for run in &par.unwrap().runs {
        match run {
            Run::Break => out.push(String::new()),
            other => out.last_mut().unwrap().push_str(other.chars().map_or("", |c| &c.text)),
        }
    }
    out
}

#[test]
fn subjects_break_where_a_group_of_words_begins() {
    for (text, wanted) in [
        (
            "triển khai nâng cao chất lượng giải quyết thủ tục hành chính phục vụ người dân trên địa bàn tỉnh",
            "Triển khai nâng cao chất lượng giải quyết thủ tục / hành chính phục vụ người dân trên địa bàn tỉnh",
        ),
        (
            "tổ chức kỷ niệm ngày Quốc khánh nước Cộng hòa xã hội chủ nghĩa Việt Nam năm 2026",
            "Tổ chức kỷ niệm ngày Quốc khánh / nước Cộng hòa xã hội chủ nghĩa Việt Nam năm 2026",
        ),
        (
            "rà soát, đơn giản hóa thủ tục hành chính thuộc phạm vi quản lý của Sở Nội vụ năm 2026",
            "Rà soát, đơn giản hóa thủ tục hành chính / thuộc phạm vi quản lý của Sở Nội vụ năm 2026",
        ),
        (
            "phát triển hạ tầng số và dữ liệu dùng chung của các cơ quan giai đoạn 2026-2030",
            "Phát triển hạ tầng số và dữ liệu dùng chung / của các cơ quan giai đoạn 2026-2030",
        ),
        ("kiểm tra công tác văn thư\\\\\\nnăm 2026", "Kiểm tra công tác văn thư / năm 2026"),
    ] {
        assert_eq!(
            subject(text).iter().map(|l| l.trim()).collect::<Vec<_>>().join(" / ").replace('\u{2011}', "-"),
            wanted
        );
    }
}

#[test]
fn lines_to_fill_in_fill_the_line_and_go_on() {
    for sign in ["…", ".", "_"] {
        let count = if sign == "…" { 80 } else { 200 };
        let ready = ready(&format!("noi_dung: |\n  Họ và tên: {} hết.\n", sign.repeat(count)));
        let (pdf, docx) = both(&ready).unwrap_or_else(|problem| panic!("{}", problem.message));
        let lines = lines(&pdf);
        let first = lines.iter().find(|l| l.contains("Họ và tên")).unwrap();
        assert!(first.matches(sign).count() > 20, "{first}");
        let all: usize = lines.iter().filter(|l| l.matches(sign).count() > 5).map(|l| l.matches(sign).count()).sum();
        assert!(all >= count - 1, "{all} of {count}");
        assert!(body_of(&docx).contains(&format!("{sign}\u{200B}{sign}")));
    }
}

#[test]
fn addresses_break_inside_the_page_and_stay_whole_in_word() {
    let address = "https://a.vn/TW/vb-toanvan.aspx?ItemID=140915&Keyword=c%C3%B4ng%20t%C3%A1c%20v%C4%83n%20th%C6%B0%20l%C6%B0u%20tr%E1%BB%AF%20t%C3%A1c%20v%C4%83n";
    let ready = ready(&format!("noi_dung: |\n  Xem {address} nhé.\n\n  | A | B |\n  |---|---|\n  | {address} | 1 |\n"));
    let (pdf, docx) = both(&ready).unwrap_or_else(|problem| panic!("{}", problem.message));
    let right = pdf::read(&pdf).glyphs.iter().map(|g| g.x1).fold(0.0, f64::max);
    assert!(right <= 595.28 - 42.5 + 1.0, "{right}");
    let xml = body_of(&docx);
    assert!(xml.contains(&format!(">{}<", address.replace('&', "&amp;"))), "{xml}");
    assert!(!xml.contains('\u{200B}'));
}
