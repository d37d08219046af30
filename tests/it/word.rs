//! Word files: the template that ships with the program, templates of other hands, and what must always hold.

use crate::support::{build, build_text, complete, files, plans, root, stem, studio};
use std::fmt::Write;
use std::path::Path;
use vanthu::ooxml::package::{Package, pack};
use vanthu::pipeline::{self, Folder, Ready, Studio};
use vanthu::write::docx::template::{BUILT_IN, WordTemplate};
use vanthu::write::docx::{blank, text};
use vanthu::write::{Job, by_extension, compare_docx};

const MAIN: &str = "word/document.xml";

/// Set to make the template anew from the tables: `INSTA_UPDATE=always cargo test word`.
fn updating() -> bool {
    std::env::var("INSTA_UPDATE").is_ok_and(|v| v == "always")
}

#[test]
fn the_template_is_made_from_the_tables() {
    let path = root().join("templates/docx/van-ban.docx");
    let made = blank::make().unwrap();
    if updating() {
        std::fs::write(&path, &made).unwrap();
    }
    assert!(std::fs::read(&path).unwrap() == made, "run INSTA_UPDATE=always cargo test word");
}

fn docx(studio: &Studio, ready: &Ready, folder: &Folder) -> Result<Vec<u8>, vanthu::diagnostic::Diagnostic> {
    let writer = by_extension("docx").unwrap();
    pipeline::write(studio, ready, folder, &[writer], true).map(|(_, mut w)| w.remove(0).outputs.remove(0).bytes)
}

/// A studio with a template of the agency's own.
fn with(template: &[u8]) -> Studio {
    let word = WordTemplate::new(template, true).unwrap_or_else(|faults| panic!("{faults:?}"));
    Studio::new(None, None).with_word(word)
}

/// The built-in template with another text of a part.
fn changed(part: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut package = Package::read(BUILT_IN).unwrap();
    let old = String::from_utf8(package.get(part).unwrap().to_vec()).unwrap();
    let new = change(&old);
    assert_ne!(old, new, "nothing was changed");
    package.set(part, new.into_bytes());
    pack(package.parts()).unwrap()
}

/// XML put before the paragraph of the appendices.
fn inserted(xml: &str, extra: &str) -> String {
    let zone = xml.find("{{p phu_luc }}").unwrap();
    let at = xml[..zone].rfind("<w:p>").unwrap();
    format!("{}{extra}{}", &xml[..at], &xml[at..])
}

fn part_of(docx: &[u8], name: &str) -> String {
    String::from_utf8(Package::read(docx).unwrap().get(name).unwrap().to_vec()).unwrap()
}

#[test]
fn every_plan_gives_the_same_word_file_every_time() {
    let other = Studio::new(None, None);
    for path in plans() {
        let (built, folder) = build(&path);
        let ready = built.ready.unwrap();
        let first = docx(studio(), &ready, &folder).unwrap_or_else(|e| panic!("{}: {e:?}", path.display()));
        let second = std::thread::scope(|s| s.spawn(|| docx(&other, &ready, &folder)).join().unwrap()).unwrap();
        assert!(first == second, "{}: other bytes", path.display());
        let main = part_of(&first, MAIN);
        assert!(!main.contains("w14:paraId") && !main.contains("{{"), "{}", path.display());
    }
}

#[test]
fn the_proof_of_a_word_file_can_fail() {
    let plan = complete("mo_dau: Một hai ba^[Chú thích dài.] bốn năm.\nnoi_dung: |\n  I. MỤC\n  - Gạch thứ nhất.\n");
    let ready = build_text(&plan).ready.unwrap();
    let folder = Folder::new("");
    let good = docx(studio(), &ready, &folder).unwrap();
    let word = WordTemplate::built_in().unwrap();
    let pictures = std::collections::BTreeMap::new();
    let job = Job { sheet: &ready.sheet, document: &ready.document, variables: &[], pictures: &pictures };
    assert!(compare_docx(&word, &job, &good).is_ok());
    let cases = [
        (MAIN, "Một hai ba", "Một ba", "lost"),
        (MAIN, "Một hai ba", "Hai một ba", "moved"),
        (MAIN, "Một hai ba", "Một haiba", "joined"),
        (MAIN, "Gạch thứ nhất", "Gạch thứ nhất nữa", "added"),
        (MAIN, "Gạch thứ nhất", "gạch thứ nhất", "changed"),
        (MAIN, "<w:footnoteReference w:id=\"1\"/>", "<w:t>1</w:t>", "a typed mark"),
        ("word/footnotes.xml", "Chú thích dài", "Chú thích", "a note"),
        ("word/header2.xml", "</w:p>", "<w:r><w:t>Mật</w:t></w:r></w:p>", "a header"),
    ];
    for (part, from, to, what) in cases {
        let mut package = Package::read(&good).unwrap();
        let old = String::from_utf8(package.get(part).unwrap().to_vec()).unwrap();
        assert!(old.contains(from), "{what}: {old}");
        package.set(part, old.replacen(from, to, 1).into_bytes());
        let spoilt = pack(package.parts()).unwrap();
        assert_eq!(compare_docx(&word, &job, &spoilt).unwrap_err().code.name, "mat-chu", "{what}");
    }
}

#[test]
fn templates_of_other_hands_are_filled() {
    let templates = files("tests/word-templates", "docx");
    assert_eq!(templates.len(), 10);
    let samples = ["ke-hoach-tinh", "ke-hoach-so", "phieu-gui", "to-trinh", "chi-thi"];
    for template in &templates {
        let studio = with(&std::fs::read(template).unwrap());
        for sample in samples {
            let (built, folder) = build(&root().join(format!("samples/{sample}.yaml")));
            let ready = built.ready.unwrap();
            // The proof of words is part of writing.
            let bytes =
                docx(&studio, &ready, &folder).unwrap_or_else(|e| panic!("{}, {sample}: {e:?}", stem(template)));
            let package = Package::read(&bytes).unwrap();
            for (name, part) in package.parts().filter(|(n, _)| n.ends_with(".xml")) {
                let xml = std::str::from_utf8(part).unwrap();
                // A comment of 07 and the escapes of 02 show braces as text.
                let shown = name.ends_with("comments.xml") || stem(template).starts_with("02");
                assert!(shown || !(xml.contains("{{") || xml.contains("{%")), "{}, {sample}: {name}", stem(template));
            }
        }
    }
}

/// What is said of each wrong template: by the template alone, or, where nothing is, with a plan.
#[test]
fn wrong_templates_are_refused_with_their_reasons() {
    let (built, folder) = build(&root().join("samples/ke-hoach-tinh.yaml"));
    let ready = built.ready.unwrap();
    let mut out = String::new();
    let mut refused = 0;
    for path in files("tests/word-templates/wrong", "docx") {
        let _ = writeln!(out, "== {}", stem(&path));
        let faults = match WordTemplate::new(&std::fs::read(&path).unwrap(), true) {
            Err(faults) => faults,
            Ok(template) => {
                let mut all = template.findings();
                all.extend(docx(&Studio::new(None, None).with_word(template), &ready, &folder).err());
                all
            }
        };
        refused += usize::from(faults.iter().any(|f| f.is_error()));
        let report = vanthu::cli_report(None, &faults);
        out.push_str(if report.trim().is_empty() { "(không có gì sai)\n" } else { &report });
    }
    assert!(refused >= 64, "{refused} of the wrong templates are refused");
    insta::with_settings!({ snapshot_path => root().join("tests/word-templates/wrong"), prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("reports", out);
    });
}

/// A paragraph with tags of every kind of text, its runs cut where the test says.
fn tagged(cut: usize) -> String {
    let text = "{{ co_quan.ten|hoa }} – {{r trich_yeu }}{% if so %}, số {{ so }}{% endif %}{# bỏ #}{% for n in noi_nhan %} [{{ n }}]{% endfor %}.";
    let places: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let at = places[cut % places.len()];
    let noise =
        "<w:proofErr w:type=\"spellStart\"/><w:bookmarkStart w:id=\"90\" w:name=\"dau\"/><w:bookmarkEnd w:id=\"90\"/>";
    let run = |t: &str| {
        let properties = "<w:rPr><w:b/></w:rPr>";
        format!("<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>", t.replace('&', "&amp;"))
    };
    let mut out = format!("<w:p>{}{noise}", run(&text[..at]));
    // The second half is a tracked insertion, with a deletion before it.
    let _ = write!(
        out,
        "<w:del w:id=\"91\" w:author=\"a\" w:date=\"2026-01-01T00:00:00Z\"><w:r><w:delText>xóa }}}}</w:delText></w:r></w:del><w:ins w:id=\"92\" w:author=\"a\" w:date=\"2026-01-01T00:00:00Z\">{}</w:ins></w:p>",
        run(&text[at..])
    );
    out
}

#[test]
fn a_tag_cut_at_any_place_is_still_the_tag() {
    let plan = complete("so: 12\ntrich_yeu: tập huấn *văn thư* năm 2026\n");
    let ready = build_text(&plan).ready.unwrap();
    let folder = Folder::new("");
    let fill = |cut: usize| {
        let template = changed(MAIN, |xml| inserted(xml, &tagged(cut)));
        let bytes = docx(&with(&template), &ready, &folder).unwrap_or_else(|e| panic!("cut at {cut}: {e:?}"));
        let read = text::read(&bytes, MAIN, "word/footnotes.xml").unwrap();
        let last = read.main.split(text::SOFT).rfind(|p| !p.trim().is_empty()).unwrap().to_owned();
        (last, part_of(&bytes, MAIN).contains("<w:i/>"))
    };
    let whole = fill(0);
    assert_eq!(whole.0, "SỞ NỘI VỤ – tập huấn văn thư năm 2026, số 12 [UBND tỉnh (b/c)] [Lưu: VT].");
    assert!(whole.1, "the plan's emphasis is kept");
    for cut in 1..160 {
        assert_eq!(fill(cut), whole, "cut at {cut}");
    }
}

#[test]
fn values_are_data_in_a_word_file() {
    let nasty = "a < b & c > d \"e\" 'f' ]]> {{ so }} {% if x %} &amp; &#65; </w:t></w:r>";
    let plan = complete(&format!("bien:\n  x: {}\nmo_dau: \"{{{{ x }}}}\"\n", serde_json::to_string(nasty).unwrap()));
    let ready = build_text(&plan).ready.unwrap();
    let folder = Folder::new("");
    let own = changed(MAIN, |xml| {
        inserted(xml, "<w:p><w:r><w:t>{{ x }}|{{r x }}</w:t></w:r></w:p><w:p><w:r><w:t>{{p x }}</w:t></w:r></w:p>")
    });
    for (studio, times) in [(&Studio::new(None, None), 1), (&with(&own), 4)] {
        let bytes = docx(studio, &ready, &folder).unwrap();
        let read = text::read(&bytes, MAIN, "word/footnotes.xml").unwrap();
        assert_eq!(read.main.matches(nasty).count(), times, "{}", read.main);
    }
}

#[test]
fn a_style_that_the_agency_changed_wins_and_others_follow_the_plan() {
    let plan = complete("trinh_bay: { co_chu: 13, le: { tren: 25mm, duoi: 25mm, trai: 35mm, phai: 20mm } }\n");
    let ready = build_text(&plan).ready.unwrap();
    let folder = Folder::new("");
    let own = changed("word/styles.xml", |xml| {
        let at = xml.find("w:styleId=\"LoiVan\"").unwrap();
        let size = at + xml[at..].find("<w:sz w:val=\"28\"/>").unwrap();
        format!("{}<w:sz w:val=\"27\"/>{}", &xml[..size], &xml[size + "<w:sz w:val=\"28\"/>".len()..])
    });
    let size = |styles: &str, id: &str| {
        let at = styles.find(&format!("w:styleId=\"{id}\"")).unwrap();
        let end = at + styles[at..].find("</w:style>").unwrap();
        let sizes = styles[at..end].split("<w:sz w:val=\"").nth(1).unwrap();
        sizes.split('"').next().unwrap().to_owned()
    };
    let bytes = docx(&with(&own), &ready, &folder).unwrap();
    let styles = part_of(&bytes, "word/styles.xml");
    assert_eq!((size(&styles, "LoiVan"), size(&styles, "Khoan")), ("27".into(), "26".into()));
    assert!(part_of(&bytes, MAIN).contains("w:left=\"1984\""), "the plan's margins");
    // A page setup of the agency's own stays.
    let own = changed(MAIN, |xml| xml.replace("w:left=\"1701\"", "w:left=\"1800\""));
    let bytes = docx(&with(&own), &ready, &folder).unwrap();
    assert!(part_of(&bytes, MAIN).contains("w:left=\"1800\""));
}

#[test]
fn number_and_date_are_controls() {
    let control = |xml: &str, tag: &str| {
        let at = xml.find(&format!("<w:tag w:val=\"{tag}\"/>")).unwrap_or_else(|| panic!("no {tag}"));
        let end = at + xml[at..].find("</w:sdt>").unwrap();
        let shown = xml[at..end].split("preserve\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
        (shown, xml[at..end].contains("<w:showingPlcHdr/>"))
    };
    let folder = Folder::new("");
    let made = |fragment: &str| {
        part_of(&docx(studio(), &build_text(&complete(fragment)).ready.unwrap(), &folder).unwrap(), MAIN)
    };
    let full = made("so: 12\nngay: 05/02/2026\n");
    assert_eq!(control(&full, "so"), ("12".into(), false));
    assert_eq!(control(&full, "thang"), ("02".into(), false));
    let open = made("ngay: \"  /02/2026\"\n");
    let (blank, empty) = control(&open, "so");
    assert!(empty && blank.chars().count() > 6 && blank.chars().all(|c| c == '\u{A0}'), "{blank:?}");
    assert!(control(&open, "ngay").1 && !control(&open, "nam").1);
}

#[test]
fn hostile_files_do_no_harm() {
    let good = std::fs::read(root().join("tests/word-templates/09-cot-bang-long-o-dieu-khien.docx")).unwrap();
    // Every tenth byte spoilt, every prefix of some lengths: an error or a template, never a panic.
    for at in (0..good.len()).step_by(97) {
        let mut spoilt = good.clone();
        spoilt[at] ^= 0x55;
        let _ = WordTemplate::new(&spoilt, true);
        let _ = WordTemplate::new(&good[..at], true);
    }
    let package = Package::read(&good).unwrap();
    let main = String::from_utf8(package.get(MAIN).unwrap().to_vec()).unwrap();
    let ready = build_text(&complete("")).ready.unwrap();
    let cuts: Vec<usize> = main.match_indices("<w:").map(|(i, _)| i).step_by(7).collect();
    for pair in cuts.windows(2) {
        // An element or some text torn out.
        let torn = format!("{}{}", &main[..pair[0]], &main[pair[1]..]);
        let mut package = package.clone();
        package.set(MAIN, torn.into_bytes());
        if let Ok(template) = WordTemplate::new(&pack(package.parts()).unwrap(), true) {
            let _ = docx(&Studio::new(None, None).with_word(template), &ready, &Folder::new(""));
        }
    }
}

#[test]
fn a_file_that_is_missing_or_a_folder_is_said() {
    for path in ["khong-co.docx", "samples"] {
        let faults = pipeline::load_word_template(&root().join(Path::new(path))).err().unwrap();
        assert_eq!(faults[0].code.name, "mau-word-hong");
    }
}

/// Tags that take the place of a paragraph or a row, each divided over two runs at some place.
fn lifted(cut: usize) -> String {
    let par = |text: &str| {
        let places: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
        let at = places[cut % places.len()];
        let run = |t: &str| format!("<w:r><w:t xml:space=\"preserve\">{t}</w:t></w:r>");
        format!("<w:p>{}<w:proofErr w:type=\"gramStart\"/>{}</w:p>", run(&text[..at]), run(&text[at..]))
    };
    let row = |text: &str| {
        format!("<w:tr><w:tc><w:tcPr><w:tcW w:w=\"9000\" w:type=\"dxa\"/></w:tcPr>{}</w:tc></w:tr>", par(text))
    };
    format!(
        "{}{}{}{}<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"9000\"/></w:tblGrid>{}{}{}</w:tbl>{}",
        par("{%p for n in noi_nhan %}"),
        par("* {{ n }} *"),
        par("{%p endfor %}"),
        par("{{p ky.quyen_han }}"),
        row("{%tr for n in noi_nhan|reverse %}"),
        row("= {{ n }} ="),
        row("{%tr endfor %}"),
        par("hết phần"),
    )
}

#[test]
fn a_lifted_tag_cut_at_any_place_is_still_lifted() {
    let ready = build_text(&complete("")).ready.unwrap();
    let folder = Folder::new("");
    for cut in 0..40 {
        let template = changed(MAIN, |xml| inserted(xml, &lifted(cut)));
        let bytes = docx(&with(&template), &ready, &folder).unwrap_or_else(|e| panic!("cut at {cut}: {e:?}"));
        let read = text::read(&bytes, MAIN, "word/footnotes.xml").unwrap();
        let all: Vec<&str> = read.main.split(text::SOFT).filter(|p| !p.trim().is_empty()).collect();
        let tail = &all[all.len() - 5..];
        assert_eq!(
            tail,
            ["* UBND tỉnh (b/c) *", "* Lưu: VT *", "= Lưu: VT =", "= UBND tỉnh (b/c) =", "hết phần"],
            "cut at {cut}"
        );
    }
}

#[test]
fn the_metadata_of_the_decree_stand_in_the_properties() {
    let plan = complete("so: 12\nngay: 05/02/2026\ntrich_yeu: tập huấn <A & B>\n");
    let bytes = docx(studio(), &build_text(&plan).ready.unwrap(), &Folder::new("")).unwrap();
    let custom = part_of(&bytes, "docProps/custom.xml");
    for (name, value) in [
        ("Số của văn bản", "12"),
        ("Ký hiệu của văn bản", "KH-SNV"),
        ("Ngày, tháng, năm văn bản", "2026-02-05"),
        ("Tên cơ quan, tổ chức ban hành văn bản", "Sở Nội vụ"),
        ("Trích yếu nội dung", "tập huấn &lt;A &amp; B&gt;"),
        ("Người ký", "Trần Thị Minh"),
    ] {
        assert!(custom.contains(&format!("name=\"{name}\"><vt:lpwstr>{value}</vt:lpwstr>")), "{name}: {custom}");
    }
    let core = part_of(&bytes, "docProps/core.xml");
    assert!(core.contains("<dc:language>vi-VN</dc:language>") && core.contains("2026-02-05T00:00:00Z"), "{core}");
}

/// Links go to the relationships of the part in which they stand.
#[test]
fn links_stand_in_every_part() {
    let plan = complete(
        "dia_chi: [\"Trang tin: https://a.gov.vn\"]\nmo_dau: Xem [đây](https://b.gov.vn)^[Và https://c.gov.vn].\n",
    );
    let bytes = docx(studio(), &build_text(&plan).ready.unwrap(), &Folder::new("")).unwrap();
    for (part, url) in
        [("document", "https://b.gov.vn"), ("footnotes", "https://c.gov.vn"), ("footer1", "https://a.gov.vn")]
    {
        let rels = part_of(&bytes, &format!("word/_rels/{part}.xml.rels"));
        assert!(rels.contains(&format!("Target=\"{url}\" TargetMode=\"External\"")), "{part}: {rels}");
        assert!(part_of(&bytes, &format!("word/{part}.xml")).contains("r:id=\"rIdVtL1\""), "{part}");
    }
}

/// What a template says that has this text in a paragraph of its own.
fn said_of(paragraph: &str) -> String {
    let xml = format!("<w:p><w:r><w:t xml:space=\"preserve\">{paragraph}</w:t></w:r></w:p>");
    said_of_xml(&xml)
}

fn said_of_xml(extra: &str) -> String {
    let template = changed(MAIN, |xml| inserted(xml, extra));
    WordTemplate::new(&template, true).err().unwrap_or_default().into_iter().map(|d| d.message + "\n").collect()
}

#[test]
fn nothing_calls_a_text_xml() {
    for text in ["{{ x | safe }}", "{{ x | escape }}", "{{ x | e }}"] {
        assert!(said_of(text).contains("không có bộ lọc"), "{text}: {}", said_of(text));
    }
    for text in ["{% set a %}b{% endset %}", "{% filter hoa %}b{% endfilter %}", "{% raw %}b{% endraw %}"] {
        assert!(!said_of(text).is_empty(), "{text}");
    }
    for reference in ["&#xFDD8;", "&#1;", "&#xFFFE;", "&bomb;"] {
        assert!(!said_of(reference).is_empty(), "{reference}");
    }
}

#[test]
fn what_a_lifted_tag_would_take_with_it_is_said() {
    let tag = "<w:r><w:t>{{p noi_nhan }}</w:t></w:r>";
    for (xml, what) in [
        (format!("<w:p>{tag}<w:r><w:drawing/></w:r></w:p>"), "hình"),
        (format!("<w:p>{tag}<w:r><w:br w:type=\"page\"/></w:r></w:p>"), "dấu ngắt"),
        (format!("<w:p><w:pPr><w:sectPr/></w:pPr>{tag}</w:p>"), "ngắt phần"),
        (
            format!(
                "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{{%tr if so %}}</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:pict/></w:r></w:p></w:tc></w:tr></w:tbl><w:p>{tag}</w:p>"
            ),
            "sẽ mất",
        ),
    ] {
        assert!(said_of_xml(&xml).contains(what), "{what}: {}", said_of_xml(&xml));
    }
    assert_eq!(said_of_xml(&format!("<w:p><w:r><w:tab/></w:r>{tag}</w:p>")), "", "a tab is nothing to lose");
    let after = changed(MAIN, |xml| xml.replacen("<w:sectPr>", "<w:p><w:r><w:t>hết</w:t></w:r></w:p><w:sectPr>", 1));
    assert!(WordTemplate::new(&after, true).is_err(), "text behind the appendices");
}

#[test]
fn loops_stop_before_they_fill_the_memory() {
    let ready = build_text(&complete("")).ready.unwrap();
    let long = "chữ ".repeat(100_000);
    let loops = format!(
        "<w:p><w:r><w:t>{{%p for i in range(4000) %}}</w:t></w:r></w:p><w:p><w:r><w:t>{long}</w:t></w:r></w:p><w:p><w:r><w:t>{{%p endfor %}}</w:t></w:r></w:p>"
    );
    let template = changed(MAIN, |xml| inserted(xml, &loops));
    let problem = docx(&with(&template), &ready, &Folder::new("")).unwrap_err();
    assert_eq!(problem.code.name, "mau-qua-nang");
    // Many rows are tidied in one pass.
    let rows = "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p><w:r><w:t>{%tr for i in range(20000) %}</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>{{ i }}</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>{%tr endfor %}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let template = changed(MAIN, |xml| inserted(xml, rows));
    assert!(docx(&with(&template), &ready, &Folder::new("")).is_ok());
    let many: String = "{{ so }}".repeat(6000);
    assert!(said_of_xml(&format!("<w:p><w:r><w:t>{many}</w:t></w:r></w:p>")).contains("5000 thẻ"));
}

#[test]
fn odd_packages_are_filled_or_refused_in_words() {
    let plan = complete("mo_dau: Xem [đây](https://b.gov.vn).\nluu_hanh: Lưu hành nội bộ\n");
    let ready = build_text(&plan).ready.unwrap();
    let folder = Folder::new("");
    // The name space of relationships is declared by whoever uses it.
    let bare = changed(MAIN, |xml| {
        xml.replacen(&format!(" xmlns:r=\"{}\"", vanthu::ooxml::R), "", 1)
            .replace(" r:id=", &format!(" xmlns:r=\"{}\" r:id=", vanthu::ooxml::R))
    });
    let bytes = docx(&with(&bare), &ready, &folder).unwrap();
    assert!(part_of(&bytes, MAIN).starts_with("<?xml"));
    assert!(part_of(&bytes, MAIN).split('>').nth(1).unwrap().contains("xmlns:r="), "declared at the root");
    // Properties without a relationship, and a header by another name.
    let mut package = Package::read(BUILT_IN).unwrap();
    let rels = String::from_utf8(package.get("_rels/.rels").unwrap().to_vec()).unwrap();
    let without =
        rels.split("<Relationship ").filter(|r| !r.contains("core.xml")).collect::<Vec<_>>().join("<Relationship ");
    package.set("_rels/.rels", without.into_bytes());
    let header = package.get("word/header2.xml").unwrap().to_vec();
    package.remove("word/header2.xml");
    package.set("word/dau.xml", header);
    for part in ["word/_rels/document.xml.rels", "[Content_Types].xml"] {
        let old = String::from_utf8(package.get(part).unwrap().to_vec()).unwrap();
        package.set(part, old.replace("header2.xml", "dau.xml").into_bytes());
    }
    assert!(docx(&with(&pack(package.parts()).unwrap()), &ready, &folder).is_ok());
    // A tag where nothing is filled.
    let styled = changed("word/fontTable.xml", |xml| xml.replacen("Times New Roman", "{{ so }}", 1));
    assert!(WordTemplate::new(&styled, true).err().unwrap()[0].message.contains("fontTable.xml"));
}

#[test]
fn nothing_of_a_mail_merge_comes_along() {
    let ready = build_text(&complete("")).ready.unwrap();
    let merge =
        "<w:mailMerge><w:connectString w:val=\"Data Source=C:\\ds.xlsx\"/><w:query w:val=\"SELECT *\"/></w:mailMerge>";
    let mut package = Package::read(&changed("word/settings.xml", |xml| {
        let at = xml.find("<w:defaultTabStop").unwrap();
        format!("{}{merge}{}", &xml[..at], &xml[at..])
    }))
    .unwrap();
    let relation = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{}/mailMergeSource\" Target=\"file:///C:/ds.xlsx\" TargetMode=\"External\"/></Relationships>",
        vanthu::ooxml::R
    );
    package.set("word/_rels/settings.xml.rels", relation.into_bytes());
    let bytes = docx(&with(&pack(package.parts()).unwrap()), &ready, &Folder::new("")).unwrap();
    for (name, part) in Package::read(&bytes).unwrap().parts() {
        let text = String::from_utf8_lossy(part);
        assert!(!text.contains("mailMerge") && !text.contains("ds.xlsx"), "{name}");
    }
    let field =
        "<w:p><w:fldSimple w:instr=\" MERGEFIELD Ten_don_vi \"><w:r><w:t>«Ten_don_vi»</w:t></w:r></w:fldSimple></w:p>";
    assert!(said_of_xml(field).contains("«Ten_don_vi»"));
}

#[test]
fn tags_that_are_not_filled_are_said() {
    let math = "<w:p><m:oMath xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"><m:r><m:t>{{ so }}</m:t></m:r></m:oMath></w:p>";
    let drawing = "<w:p><w:r><w:drawing><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:t>{{ so }}</a:t></a:graphic></w:drawing></w:r></w:p>";
    let ruby = "<w:p><w:r><w:ruby><w:rt><w:r><w:t>{{ so }}</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>a</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>";
    for (xml, what) in [(math, "công thức"), (drawing, "hình vẽ"), (ruby, "phiên âm")] {
        assert!(said_of_xml(xml).contains(what), "{xml}: {}", said_of_xml(xml));
    }
}

#[test]
fn a_printed_string_keeps_the_rules_of_the_file() {
    let ready = build_text(&complete("")).ready.unwrap();
    for literal in ["x\\u000by", "x\\u200by", "\\ue000\\ue010\\ue001", "\\ufdd8", "\\ufffe"] {
        for tag in ["{{ 'X' }}", "{{r 'X' }}", "{{p 'X' }}", "{{p ['a', 'X'] }}"] {
            let tag = tag.replace('X', literal);
            let template = changed(MAIN, |xml| inserted(xml, &format!("<w:p><w:r><w:t>{tag}</w:t></w:r></w:p>")));
            let said = docx(&with(&template), &ready, &Folder::new("")).unwrap_err();
            assert!(said.message.contains("ký tự không in được") && said.message.contains("thẻ"), "{tag}: {said:?}");
        }
    }
}

/// Each declaration of a name space left out, bound to something else, renamed, or made anew further in: such a file is
/// refused, or what is written from it is read by a parser that knows name spaces.
#[test]
fn broken_name_spaces_are_not_carried_on() {
    let ready = build_text(&complete("luu_hanh: Lưu hành nội bộ\n")).ready.unwrap();
    let package = Package::read(BUILT_IN).unwrap();
    let mut mutants = Vec::new();
    for (name, bytes) in package.parts().filter(|(n, _)| n.ends_with(".xml") || n.ends_with(".rels")) {
        let xml = std::str::from_utf8(bytes).unwrap();
        let first_child = xml.match_indices('<').filter(|(i, _)| !xml[*i..].starts_with("<?")).nth(1).map(|(i, _)| i);
        for (at, _) in xml.match_indices(" xmlns") {
            let end = at + xml[at..].find('=').unwrap() + 2;
            let close = end + xml[end..].find('"').unwrap();
            let declaration = &xml[at..=close];
            let mut put = |text: String| mutants.push((name.to_owned(), text));
            put(format!("{}{}", &xml[..at], &xml[close + 1..]));
            for value in ["urn:x", "", "http://schemas.openxmlformats.org/wordprocessingml/2006/MAIN"] {
                put(format!("{}{value}{}", &xml[..end], &xml[close..]));
            }
            put(xml.replacen(declaration, &declaration.replacen("xmlns", "xmlnz", 1), 1));
            put(xml.replacen(declaration, &format!(" xmlns:q=\"{}\"", &xml[end..close]), 1));
            if let Some(child) = first_child.filter(|c| *c > close) {
                let name_end = child + xml[child..].find([' ', '>', '/']).unwrap_or(0);
                let again = format!("{}=\"urn:x\"", declaration.split('=').next().unwrap());
                put(format!("{}{again}{}", &xml[..name_end], &xml[name_end..]));
            }
        }
    }
    let (mut refused, mut written) = (0, 0);
    for (name, text) in &mutants {
        let mut changed = package.clone();
        changed.set(name, text.clone().into_bytes());
        let Ok(template) = WordTemplate::new(&pack(changed.parts()).unwrap(), true) else {
            refused += 1;
            continue;
        };
        let Ok(bytes) = docx(&Studio::new(None, None).with_word(template), &ready, &Folder::new("")) else {
            refused += 1;
            continue;
        };
        written += 1;
        for (part, bytes) in Package::read(&bytes).unwrap().parts().filter(|(n, _)| n.ends_with(".xml")) {
            let parsed = roxmltree::Document::parse(std::str::from_utf8(bytes).unwrap());
            let parsed = parsed.unwrap_or_else(|e| panic!("{part} from {name}: {e}\n{}", &text[..text.len().min(600)]));
            let own = |n: &roxmltree::Node<'_, '_>| matches!(n.tag_name().name(), "p" | "r" | "t" | "body" | "style");
            let lost = parsed.descendants().find(|n| {
                part.starts_with("word/")
                    && !part.contains("theme")
                    && own(n)
                    && n.tag_name().namespace() != Some(vanthu::ooxml::W)
            });
            assert!(lost.is_none(), "{part} from {name}: {lost:?}");
        }
    }
    assert!(refused >= 60 && written >= 5, "{refused} refused, {written} written of {}", mutants.len());
}
