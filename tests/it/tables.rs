//! Tables: headings of several rows, widths, footnotes in merged cells, rows and pictures at a page's end.

use crate::pdf;
use crate::support::{build_text, complete, pdf_of, report, root, studio};
use std::collections::BTreeMap;
use vanthu::ooxml::package::Package;
use vanthu::pipeline::{self, Folder};
use vanthu::sheet::{Item, Run, Table};
use vanthu::write::by_extension;

fn made(fragment: &str) -> Vec<u8> {
    let plan = complete(fragment);
    pdf_of(&plan).unwrap_or_else(|problems| panic!("{plan}\n{problems:?}"))
}

/// The main part of the proven Word file.
fn word(fragment: &str) -> String {
    let plan = complete(fragment);
    let built = build_text(&plan);
    let ready = built.ready.as_ref().unwrap_or_else(|| panic!("{}", report(&built)));
    let folder = Folder::new(root().join("samples"));
    let (_, mut written) = pipeline::write(studio(), ready, &folder, &[by_extension("docx").unwrap()], true)
        .unwrap_or_else(|e| panic!("{plan}\n{e:?}"));
    let bytes = written.remove(0).outputs.remove(0).bytes;
    String::from_utf8(Package::read(&bytes).unwrap().get("word/document.xml").unwrap().to_vec()).unwrap()
}

fn table(fragment: &str) -> Table {
    let built = build_text(&complete(fragment));
    let sheet = &built.ready.as_ref().unwrap_or_else(|| panic!("{}", report(&built))).sheet;
    let table =
        sheet.sections[0].items.iter().find_map(|i| if let Item::Table(t) = i { Some(t.clone()) } else { None });
    table.unwrap()
}

/// The text of each page without blanks, with the type sizes of its letters.
fn pages(bytes: &[u8]) -> Vec<Vec<(char, f64)>> {
    let facts = pdf::read(bytes);
    let mut out: Vec<Vec<(char, f64)>> = vec![Vec::new(); facts.sizes.len()];
    for g in facts.glyphs.iter().filter(|g| !g.c.is_whitespace()) {
        out[g.page].push((g.c, g.size));
    }
    out
}

fn text(page: &[(char, f64)], sizes: impl Fn(f64) -> bool) -> String {
    page.iter().filter(|(_, s)| sizes(*s)).map(|(c, _)| *c).collect()
}

/// The page of a word, from 0.
fn page_of(pages: &[Vec<(char, f64)>], word: &str) -> Option<usize> {
    pages.iter().position(|p| text(p, |_| true).contains(word))
}

const GROUPED: &str = "noi_dung:\n  - bang:\n      tieu_de: Bảng 1\n      don_vi_tinh: triệu đồng\n      so_cot: true\n      cot:\n        - STT\n        - { ten: Dự toán, cot: [Đầu năm, { ten: Bổ sung, canh: phai }] }\n        - Ghi chú\n      hang:\n        - { lap: \"i in range(60)\", o: [\"{{ i }}\", \"1\", \"2\", \"\"] }\n  - Hết.\n";

#[test]
fn a_heading_of_groups_has_a_row_for_each_level_and_one_of_numbers() {
    let table = table(GROUPED);
    let shape: Vec<Vec<(usize, usize, usize)>> =
        table.header.iter().map(|r| r.iter().map(|c| (c.column, c.colspan, c.rowspan)).collect()).collect();
    let wanted = [
        vec![(0, 1, 2), (1, 2, 1), (3, 1, 2)],
        vec![(1, 1, 1), (2, 1, 1)],
        vec![(0, 1, 1), (1, 1, 1), (2, 1, 1), (3, 1, 1)],
    ];
    assert_eq!(shape, wanted);
    assert_eq!(table.widths.len(), 4);
    let xml = word(GROUPED);
    assert_eq!(xml.matches("<w:tblHeader/>").count(), 3);
    let pages = pages(&made(GROUPED));
    assert!(pages.len() >= 2);
    for page in &pages[..2] {
        let heading = text(page, |s| s == 12.0);
        for words in ["STT", "Dựtoán", "Đầunăm", "Bổsung", "Ghichú", "(1)(2)(3)(4)"] {
            assert_eq!(heading.matches(words).count(), 1, "{words}: {heading}");
        }
    }
    assert!(text(&pages[0], |_| true).contains("Bảng1Đơnvịtính:triệuđồng"));
    assert!(!text(&pages[1], |_| true).contains("Đơnvịtính"));
}

#[test]
fn rows_have_the_least_height_that_is_asked_for() {
    let plan = |choice: &str| {
        let long = "chữ dài ".repeat(30);
        format!(
            "noi_dung:\n  - bang:\n      {choice}cot: [{{ ten: Ẵ, rong: 30mm }}, {{ ten: B, rong: 40mm }}]\n      hang:\n        - [\"Ẵ^[chú]\", \"\"]\n        - [{{ noi_dung: Ẵ, hang: 2 }}, a]\n        - [b]\n        - [Ẵ, \"{long}\"]\n        - [Ẵ, c]\n  - Hết.\n"
        )
    };
    // From row to row: the middle of the merged cell is that of two rows.
    let gaps = |choice: &str| -> Vec<f64> {
        let lines: Vec<f64> =
            pdf::read(&made(&plan(choice))).glyphs.iter().filter(|g| g.c == 'Ẵ').map(|g| g.y).collect();
        lines.windows(2).map(|pair| ((pair[1] - pair[0]) * 10.0).round() / 10.0).collect()
    };
    let row = 20.0 / 25.4 * 72.0;
    let (low, high) = (gaps(""), gaps("cao_hang: 20mm\n      "));
    assert!((high[1] - row * 1.5).abs() < 0.2, "{high:?}");
    // The row of many lines is as high as its text.
    assert!((high[3] - low[3] - (row - low[1] / 1.5) / 2.0).abs() < 0.3, "{low:?} {high:?}");
    let xml = word(&plan("cao_hang: 20mm\n      "));
    assert_eq!(xml.matches("<w:trHeight w:val=\"1134\" w:hRule=\"atLeast\"/>").count(), 5, "{xml}");
    assert!(!word(&plan("")).contains("w:trHeight"));
}

#[test]
fn units_and_column_numbers_are_printed_as_typed() {
    let plan = "noi_dung:\n  - bang:\n      don_vi_tinh: \"ĐVT: người\"\n      so_cot: [A, \"1\", \"2=1*3\"]\n      cot: [Xã, Nam, Nữ]\n      hang: [[a, 1, 2]]\n  - Hết.\n";
    let all = text(&pages(&made(plan))[0], |_| true);
    assert!(all.contains("ĐVT:ngườiXãNamNữA12=1*3a12") && !all.contains("Đơnvịtính"), "{all}");
    word(plan);
}

#[test]
fn columns_of_one_name_under_two_groups_take_their_columns_of_a_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.csv"), "Xã,2025 - Nam,2025 - Nữ,2026 - Nam,2026 - Nữ,Tổng\nMột,1,2,3,4,10\n")
        .unwrap();
    let plan = complete(
        "noi_dung:\n  - bang:\n      tu_tep: a.csv\n      cot: [Xã, { ten: 2025, cot: [Nam, Nữ] }, { ten: 2026, cot: [Nam, Nữ] }, { ten: Chung, cot: [Tổng] }]\n",
    );
    let built = pipeline::build("k.yaml", plan.as_bytes(), &Folder::new(folder.path()), &[], studio().faces());
    let sheet = built.ready.as_ref().unwrap_or_else(|| panic!("{}", report(&built))).sheet.clone();
    let cells: Vec<String> = sheet.sections[0]
        .items
        .iter()
        .filter_map(|i| if let Item::Table(t) = i { Some(t) } else { None })
        .flat_map(|t| t.rows.iter().flatten())
        .flat_map(|c| &c.pars)
        .flat_map(|p| &p.runs)
        .filter_map(|r| if let Run::Text(c) = r { Some(c.text.clone()) } else { None })
        .collect();
    assert_eq!(cells, ["Một", "1", "2", "3", "4", "10"]);
}

#[test]
fn a_short_cell_keeps_its_line_beside_a_long_one() {
    let long = "Rà soát, hoàn thiện quy chế làm việc, quy trình tiếp nhận và xử lý văn bản trên môi trường điện tử của các phòng chuyên môn";
    let plan = format!(
        "noi_dung:\n  - bang:\n      cot: [STT, Nội dung công việc, Chủ trì, Cơ quan phối hợp, Thời gian]\n      hang:\n        - [1, \"{long}\", Sở Nội vụ, \"Sở Tài chính; các xã, phường\", Quý I]\n        - [2, \"{long}\", Sở Nội vụ, \"{long}\", Quý II]\n  - Hết.\n"
    );
    let facts = pdf::read(&made(&plan));
    let word: Vec<&pdf::Glyph> = facts.glyphs.iter().filter(|g| g.size == 12.0).collect();
    let mut seen = 0;
    for w in word.windows(9) {
        if w.iter().map(|g| g.c).collect::<String>() == "Sở Nội vụ" {
            seen += 1;
            assert!(w.iter().all(|g| (g.y - w[0].y).abs() < 0.1), "broken");
        }
    }
    assert_eq!(seen, 2);
    let widths = table(&plan).widths;
    assert_eq!(widths, table(&plan).widths, "the same each time");
}

#[test]
fn the_end_mark_is_counted_in_the_width_of_a_column() {
    let plan = "noi_dung:\n  - bang:\n      cot: [Kết quả, { ten: Ghi chú, rong: 1fr }]\n      hang: [[\"Đạtđượctoànbộ./.\", \"Một hai ba bốn năm sáu bảy tám chín mười mười một mười hai mười ba mười bốn mười lăm\"]]\n";
    let facts = pdf::read(&made(plan));
    let column = table(plan).widths[0].0;
    let left = facts.glyphs.iter().find(|g| g.size == 12.0 && g.c == 'Đ').unwrap();
    let end = facts.glyphs.iter().filter(|g| g.size == 12.0 && g.c == '.' && (g.y - left.y).abs() < 0.1);
    let end = end.map(|g| g.x1).fold(0.0, f64::max);
    assert!(end - left.x0 <= column - 10.8 + 0.05, "{} in {column}", end - left.x0);
}

/// Numbers that are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// A note without digits, since numbers of notes have their size.
fn named(n: usize) -> String {
    format!("n{}{}x", char::from(b'A' + (n / 26) as u8), char::from(b'A' + (n % 26) as u8))
}

#[test]
fn notes_in_merged_cells_are_numbered_as_they_are_read() {
    let mut dice = Dice(7);
    let mut refused = 0;
    for round in 0..120 {
        let (columns, rows) = (2 + dice.below(3) as usize, 2 + dice.below(4) as usize);
        // How many rows a cell from above still covers.
        let mut covered = vec![0usize; columns];
        let mut body = String::new();
        let mut notes = 0;
        let mut only_tall = false;
        for row in 0..rows {
            let mut cells = Vec::new();
            let (mut tall, mut noted) = (true, false);
            let mut column = 0;
            while column < columns {
                if covered[column] > 0 {
                    column += 1;
                    continue;
                }
                let free = (column..columns).take_while(|c| covered[*c] == 0).count();
                let colspan = if dice.below(4) == 0 { free.min(2) } else { 1 };
                let rowspan = if dice.below(3) == 0 { 1 + dice.below((rows - row) as u64) as usize } else { 1 };
                let note = dice.below(2) == 0;
                let mark = if note {
                    notes += 1;
                    format!("^[{}]", named(notes))
                } else {
                    String::new()
                };
                cells.push(format!("{{ noi_dung: \"c{row}{column}{mark}\", cot: {colspan}, hang: {rowspan} }}"));
                tall &= rowspan > 1;
                noted |= note;
                covered[column..column + colspan].fill(rowspan);
                column += colspan;
            }
            covered.iter_mut().for_each(|c| *c = c.saturating_sub(1));
            only_tall |= tall && noted && !cells.is_empty();
            body.push_str(&format!("        - [{}]\n", cells.join(", ")));
        }
        let names: Vec<String> = (0..columns).map(|c| format!("C{c}")).collect();
        let plan = format!("noi_dung:\n  - bang:\n      cot: [{}]\n      hang:\n{body}  - Hết.\n", names.join(", "));
        let built = build_text(&complete(&plan));
        if only_tall {
            assert!(report(&built).contains("bang-lech"), "{plan}");
            refused += 1;
            continue;
        }
        // Both are proven: marks in the cells, notes in the order of their numbers.
        let all: String = text(&pages(&made(&plan))[0], |s| s == 10.0).chars().filter(|c| c.is_alphabetic()).collect();
        let wanted: String = (1..=notes).map(named).collect();
        assert_eq!(all, wanted, "round {round}\n{plan}");
        let xml = word(&plan);
        assert_eq!(xml.matches("<w:footnoteReference ").count(), notes);
    }
    assert!(refused < 40, "{refused}");
}

/// Paragraphs of one line that fill a page to some height.
fn filler(lines: usize) -> String {
    "  - Dòng chữ ngắn để làm đầy trang.\n".repeat(lines)
}

#[test]
fn a_note_of_a_table_stands_on_the_page_of_its_mark() {
    for lines in 6..19 {
        let rows: String = (0..16)
            .map(|i| {
                if i % 3 == 0 {
                    format!("        - [{i}, \"Dòng mốc{i}z^[chú{i}z]\"]\n")
                } else {
                    format!("        - [{i}, Dòng]\n")
                }
            })
            .collect();
        let merged = rows.replacen("[0, ", "[{ noi_dung: 0, hang: 16 }, ", 1);
        let merged = (1..16).fold(merged, |text, i| text.replacen(&format!("- [{i}, "), "- [", 1));
        for rows in [rows, merged] {
            let plan = format!(
                "noi_dung:\n{}  - bang:\n      cot: [STT, Nội dung]\n      hang:\n{rows}  - Hết.\n",
                filler(lines)
            );
            let pages = pages(&made(&plan));
            for i in [0, 3, 6, 9, 12, 15] {
                let (mark, note) = (page_of(&pages, &format!("mốc{i}z")), page_of(&pages, &format!("chú{i}z")));
                assert!(mark.is_some() && mark == note, "{lines} lines, note {i}: {mark:?} {note:?}\n{plan}");
            }
        }
    }
}

#[test]
fn notes_of_kept_headings_stand_on_the_page_of_their_marks() {
    for lines in 14..34 {
        let plan = format!(
            "noi_dung:\n{}  - muc: \"Tiêu mốc1z^[chú1z]\"\n    noi_dung:\n      - khoan: \"Khoản mốc2z^[chú2z]\"\n        noi_dung: [\"Đoạn mốc3z^[chú3z] {}\"]\n",
            filler(lines),
            "chữ ".repeat(60)
        );
        let pages = pages(&made(&plan));
        for i in 1..=3 {
            let mark = page_of(&pages, &format!("mốc{i}z")).or_else(|| page_of(&pages, &format!("MỐC{i}Z")));
            assert_eq!(mark, page_of(&pages, &format!("chú{i}z")), "{lines} lines, note {i}");
        }
    }
}

#[test]
fn the_signature_has_two_rows_or_the_picture_with_it() {
    for lines in 8..24 {
        let rows: String = (0..6).map(|i| format!("        - [{i}, hàng{i}z]\n")).collect();
        let plan = format!("noi_dung:\n{}  - bang:\n      cot: [STT, Nội dung]\n      hang:\n{rows}", filler(lines));
        let pages = pages(&made(&plan));
        let signer = page_of(&pages, "GIÁMĐỐC");
        assert!(signer.is_some());
        for row in ["hàng4z", "hàng5z"] {
            assert_eq!(page_of(&pages, row), signer, "{lines} lines");
        }
        let xml = word(&plan);
        let last = &xml[xml.find("hàng3z").unwrap()..xml.find("Nơi nhận").unwrap()];
        // Two cells in each of two rows, and the line that Word wants behind a table.
        assert_eq!(last.matches("<w:keepNext/>").count(), 5, "{last}");
    }
    for caption in ["", ", tieu_de: Hình mốcz"] {
        let plan = format!("noi_dung:\n{}  - hinh: {{ tep: so-do-to-chuc.png, rong: 100%{caption} }}\n", filler(12));
        let xml = word(&plan);
        let picture = &xml[xml[..xml.find("<w:drawing>").unwrap()].rfind("<w:p>").unwrap()..];
        assert!(picture.find("<w:keepNext/>").is_some_and(|at| at < picture.find("<w:drawing>").unwrap()));
        if !caption.is_empty() {
            let pages = pages(&made(&plan));
            assert_eq!(page_of(&pages, "Hìnhmốcz"), page_of(&pages, "GIÁMĐỐC"));
        }
    }
}

#[test]
fn a_picture_as_high_as_a_page_yields_to_the_signature() {
    let folder = tempfile::tempdir().unwrap();
    let mut image = image::RgbImage::new(60, 120);
    image.fill(128);
    image.save(folder.path().join("cao.png")).unwrap();
    for caption in ["", ", tieu_de: Hình mốcz"] {
        let plan = complete(&format!("noi_dung:\n{}  - hinh: {{ tep: cao.png, rong: 100%{caption} }}\n", filler(8)));
        let files = Folder::new(folder.path());
        let built = pipeline::build("k.yaml", plan.as_bytes(), &files, &[], studio().faces());
        let ready = built.ready.as_ref().unwrap_or_else(|| panic!("{}", report(&built)));
        let formats = [by_extension("pdf").unwrap(), by_extension("docx").unwrap()];
        let (proof, written) = pipeline::write(studio(), ready, &files, &formats, true).unwrap();
        assert_eq!(proof.unwrap().pages(), 2, "{caption}");
        let pages = pages(&written[0].outputs[0].bytes);
        let signer = page_of(&pages, "GIÁMĐỐC").unwrap();
        assert_eq!(signer, 1);
        let xml = Package::read(&written[1].outputs[0].bytes).unwrap().get("word/document.xml").unwrap().to_vec();
        let xml = String::from_utf8(xml).unwrap();
        let height: f64 =
            xml.split("cy=\"").nth(1).unwrap().split('"').next().unwrap().parse::<f64>().unwrap() / 12_700.0;
        assert!((400.0..620.0).contains(&height), "{height}");
    }
}

/// The codes that are told of a document's pages, with the words at their places.
fn told_of_pages(fragment: &str) -> Vec<(&'static str, String)> {
    let plan = complete(fragment);
    let built = build_text(&plan);
    let ready = built.ready.as_ref().unwrap_or_else(|| panic!("{}", report(&built)));
    let proof = pipeline::lay_out(studio(), ready, &Folder::new("")).unwrap();
    let words = |d: &vanthu::diagnostic::Diagnostic| plan[d.span.map_or(0, |s| s.start)..].chars().take(6).collect();
    proof.told.iter().map(|d| (d.code.name, words(d))).collect()
}

#[test]
fn a_signature_that_nothing_could_keep_from_standing_alone_is_told() {
    let last = |lines: usize| {
        let cell: Vec<String> = (0..lines).map(|i| format!("Dòng{i}")).collect();
        let list: String = (0..12).map(|i| format!("  - Sở thứ {i}\n")).collect();
        format!(
            "noi_nhan:\n{list}noi_dung:\n  - \"Kết quả:\"\n  - bang:\n      cot: [A]\n      hang: [[\"{}\"]]\n",
            cell.join("\\n")
        )
    };
    assert_eq!(told_of_pages(&last(39)), [("chu-ky-rieng", "\"Dòng0".to_owned())]);
    assert_eq!(told_of_pages(&last(30)), []);
    assert_eq!(told_of_pages(&last(60)), []);
}

#[test]
fn notes_that_no_page_holds_are_told() {
    let notes: Vec<String> = (0..30).map(|i| format!("mục {i}^[{}]", "Chú thích dài ".repeat(40))).collect();
    assert_eq!(
        told_of_pages(&format!("noi_dung: |\n  {}.\n", notes.join(" "))),
        [("chu-thich-xa", "mục 0^".to_owned())]
    );
}

#[test]
fn faults_of_headings_are_told_at_their_place() {
    let cases: BTreeMap<&str, &str> = [
        ("cot: [A, { ten: B, rong: 2cm, cot: [C, D] }]", "Tên chung của nhiều cột không có “rong”."),
        ("cot: [A, { ten: B, cot: [] }]", "Tên chung này không có cột con nào."),
        ("cot: [A, B, C]\n      so_cot: [1, 2]", "so_cot có 2 chữ, bảng có 3 cột."),
        ("cot: [A, B, C]\n      so_cot: co", "so_cot"),
        ("cot: [A, B, C]\n      cao_hang: 3mm", "cao_hang là 3 mm, ngoài khoảng 5–100 mm."),
        ("cot: [A, B, C]\n      cao_hang: cao", "cao_hang “cao” không phải là số đo."),
    ]
    .into();
    for (columns, wanted) in cases {
        let built = build_text(&complete(&format!("noi_dung:\n  - bang:\n      {columns}\n      hang: [[1, 2, 3]]\n")));
        let said = report(&built);
        assert!(said.contains(wanted) && built.diagnostics.len() == 1, "{columns}\n{said}");
    }
}

#[test]
fn a_merged_cell_may_be_printed_again_on_each_page() {
    let plan = |again: &str, rows: usize| {
        format!(
            "noi_dung:\n  - bang:\n      cot: [Nhóm, STT]\n      hang:\n        - [{{ noi_dung: \"Nhóm mốcz^[chú]\", hang: {}{again} }}, 0]\n        - {{ lap: \"i in range({rows})\", o: [\"{{{{ i }}}}\"] }}\n  - Hết.\n",
            rows + 1
        )
    };
    let count = |bytes: &[u8]| -> Vec<usize> {
        pages(bytes).iter().map(|p| text(p, |s| s == 12.0).matches("Nhómmốcz").count()).collect()
    };
    assert_eq!(count(&made(&plan(", lap_lai: true", 110)))[..3], [1, 1, 1]);
    assert_eq!(count(&made(&plan("", 110)))[..3], [1, 0, 0]);
    // Beside a least height, which another cell of the row outgrows, too.
    let tall = plan(", lap_lai: true", 60)
        .replace("      hang:\n", "      cao_hang: 8mm\n      hang:\n")
        .replace("cot: [Nhóm, STT]", "cot: [Nhóm, STT, { ten: C, rong: 20mm }]")
        .replace("hang: 61, lap_lai: true }, 0]", "hang: 61, lap_lai: true }, 0, c]")
        .replace("o: [\"{{ i }}\"]", "o: [\"{{ i }}\", \"chữ dài chữ dài chữ dài chữ dài\"]");
    assert_eq!(count(&made(&tall))[..3], [1, 1, 1], "{tall}");
    assert_eq!(count(&made(&plan(", lap_lai: true", 5))), [1]);
    // In Word the cells stay one, with the text once.
    assert_eq!(word(&plan(", lap_lai: true", 110)).matches("Nhóm mốcz").count(), 1);
    let built =
        build_text(&complete("noi_dung:\n  - bang:\n      cot: [A]\n      hang: [[{ noi_dung: a, lap_lai: true }]]\n"));
    assert!(report(&built).contains("lap_lai chỉ dùng cho ô chiếm nhiều hàng."), "{}", report(&built));
}

#[test]
fn a_merged_cell_taller_than_its_rows_stays_on_the_page() {
    let word = |n: usize| (0..n).map(|i| format!("chữ{i:03}")).collect::<Vec<_>>().join(" ");
    let plan = |before: usize, words: usize| {
        let before: String = (0..before).map(|_| "        - [\"\", việc, \"\"]\n").collect();
        let long = word(words);
        format!(
            "noi_dung:\n  - bang:\n      cot: [{{ ten: STT, rong: 15mm }}, {{ ten: Việc, rong: 80mm }}, {{ ten: Ghi chú, rong: 35mm }}]\n      hang:\n{before}        - [a, một, {{ noi_dung: \"{long}\", hang: 3 }}]\n        - [b, hai]\n        - [c, ba]\n        - [d, bốn, \"\"]\n  - Hết.\n"
        )
    };
    for before in [0, 9, 24] {
        for words in [40, 130, 300] {
            let bytes = made(&plan(before, words));
            let facts = pdf::read(&bytes);
            let out: Vec<char> =
                facts.glyphs.iter().filter(|g| g.y > 842.0 - 20.0 / 25.4 * 72.0 + 1.0).map(|g| g.c).collect();
            assert!(out.is_empty(), "{before} rows, {words} words: {out:?}");
            // Nor does a page stay empty for it.
            let pages = pages(&bytes);
            assert!(
                pages.len() <= 2 + (before + words / 2) / 40,
                "{before} rows, {words} words: {} pages",
                pages.len()
            );
        }
    }
}

#[test]
fn a_row_with_notes_in_several_cells_is_not_opened_without_need() {
    let long = "chữ dài ".repeat(180);
    let plan = format!(
        "noi_dung:\n  - bang:\n      cot: [A, B, C]\n      hang:\n        - [{{ noi_dung: \"{long}\", hang: 2 }}, một, hai]\n        - [\"ba^[chú]\", \"bốn^[thích]\"]\n  - Hết.\n"
    );
    assert!(!pages(&made(&plan)).is_empty());
}

/// LibreOffice loses lines of a merged cell that is taller than its rows where they stand in its middle, or where a row
/// that may break is kept with the next.
#[test]
fn a_merged_cell_that_fills_its_rows_begins_at_their_top_in_word() {
    let of = |words: usize| {
        let long = "chữ dài ".repeat(words);
        word(&format!(
            "noi_dung:\n  - bang:\n      cot: [A, B]\n      hang:\n        - [{{ noi_dung: \"{long}\", hang: 2 }}, một]\n        - [hai]\n"
        ))
    };
    let tops = |xml: &str| xml.matches("<w:vAlign w:val=\"top\"/>").count();
    let (short, tall) = (of(2), of(600));
    assert_eq!((tops(&short), tops(&tall)), (0, 2));
    let rows = |xml: &str| -> Vec<String> { xml.split("<w:tr>").skip(1).map(str::to_owned).collect() };
    let row = |xml: &str| rows(xml).into_iter().find(|row| row.contains(">hai<")).unwrap();
    assert!(row(&short).contains("<w:cantSplit/>") && row(&short).contains("<w:keepNext"), "{}", row(&short));
    assert!(!row(&tall).contains("<w:cantSplit/>") && !row(&tall).contains("<w:keepNext"), "{}", row(&tall));
}
