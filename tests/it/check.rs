//! `check`: the examples of every rule, its corrections, what an office may choose, and that our own samples are clean.

use crate::support::{complete, files, root, samples, studio};
use std::path::Path;
use vanthu::check::ND30_2020;
use vanthu::check::rule::{FixKind, Look, Rule};
use vanthu::check::settings::Settings;
use vanthu::diagnostic::{Diagnostic, Severity};
use vanthu::pipeline::Folder;
use vanthu::pipeline::check::{Checked, Checking, corrected};
use vanthu::source::Source;

fn check_with(text: &str, settings: &Settings) -> Checked {
    let checking = Checking { studio: studio(), settings, pages: false, least: Severity::Hint };
    checking.plan("ke-hoach.yaml", text.as_bytes(), &Folder::new(root().join("samples")), &[])
}

/// With a rule that is off by itself.
fn asking(rule: &Rule) -> Settings {
    Settings { on: vec![rule.code.name.to_owned()], ..Settings::default() }
}

fn names(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|d| d.code.name).collect()
}

fn said(checked: &Checked) -> String {
    vanthu::cli_report(checked.source.as_ref(), &checked.diagnostics)
}

/// The blocks of a page that show a plan: wrong or right, and the text.
fn examples(page: &str) -> Vec<(bool, String)> {
    let mut out = Vec::new();
    let mut open: Option<(bool, String)> = None;
    for line in page.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) if info.starts_with("yaml ") => open = Some((info.contains("sai"), String::new())),
            (Some(_), Some(_)) => out.extend(open.take()),
            (Some((_, text)), None) => text.extend([line, "\n"]),
            _ => {}
        }
    }
    out.into_iter().map(|(wrong, text)| (wrong, complete(&text))).collect()
}

#[test]
fn there_are_ninety_rules_and_each_has_its_page() {
    assert!(ND30_2020.rules.len() >= 90, "{}", ND30_2020.rules.len());
    for rule in ND30_2020.rules {
        let title = format!("# {}\n\n{}.", rule.code.name, rule.code.title);
        assert!(rule.code.page.starts_with(&title), "{}: the page must begin with its name and title", rule.code.name);
        assert!(rule.code.page.contains("## Cách sửa"), "{}", rule.code.name);
        // Pages are laid out by tests of their own; words of an office's own stand in its settings.
        let own = matches!(rule.code.name, "cap-tu-co-quan" | "ten-rieng-hoa");
        let shown = examples(rule.code.page);
        if !matches!(rule.look, Look::Page(_)) && !own {
            assert!(shown.iter().any(|e| e.0) && shown.iter().any(|e| !e.0), "{} shows no example", rule.code.name);
        }
    }
}

#[test]
fn examples_of_every_rule_do_what_they_say() {
    let mut wrong = String::new();
    for rule in ND30_2020.rules {
        for (is_wrong, text) in examples(rule.code.page) {
            let checked = check_with(&text, &asking(rule));
            let found = names(&checked.diagnostics);
            let right = match is_wrong {
                true => !found.is_empty() && found.iter().all(|c| *c == rule.code.name),
                false => found.is_empty(),
            };
            if !right {
                wrong.push_str(&format!(
                    "=== {} ({})\n{}",
                    rule.code.name,
                    if is_wrong { "sai" } else { "dung" },
                    said(&checked)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// After the corrections what was found is gone, and nothing else has come.
fn assert_mended(text: &str, settings: &Settings, unsafe_too: bool) -> usize {
    let before = check_with(text, settings);
    let Some(source) = &before.source else { return 0 };
    let (mended, made) = corrected(&source.text, &before.diagnostics, unsafe_too);
    if made == 0 {
        return 0;
    }
    let after = check_with(&mended, settings);
    let left = |d: &&Diagnostic| !d.fix.as_ref().is_some_and(|f| f.safe || unsafe_too);
    let mut kept = names(&before.diagnostics.iter().filter(left).cloned().collect::<Vec<_>>());
    let mut now = names(&after.diagnostics);
    kept.sort_unstable();
    now.sort_unstable();
    assert_eq!(now, kept, "{text}\n→\n{mended}\n{}", said(&after));
    made
}

#[test]
fn corrections_mend_what_they_are_told_for_and_nothing_else() {
    let mut mended = std::collections::BTreeSet::new();
    for rule in ND30_2020.rules {
        for (_, text) in examples(rule.code.page).into_iter().filter(|e| e.0) {
            let all = rule.fix == FixKind::Unsafe;
            if assert_mended(&text, &asking(rule), all) > 0 {
                mended.insert(rule.code.name);
            }
        }
    }
    let promised = ND30_2020
        .rules
        .iter()
        .filter(|r| r.fix != FixKind::None && !matches!(r.code.name, "cap-tu-co-quan" | "ten-rieng-hoa"));
    for rule in promised {
        assert!(mended.contains(rule.code.name), "{} corrects nothing in its own example", rule.code.name);
    }
}

#[test]
fn safe_corrections_leave_numbers_alone() {
    for rule in ND30_2020.rules.iter().filter(|r| r.fix == FixKind::Safe) {
        for (_, text) in examples(rule.code.page).into_iter().filter(|e| e.0) {
            let before = check_with(&text, &asking(rule));
            let Some(source) = &before.source else { continue };
            let (mended, _) = corrected(&source.text, &before.diagnostics, false);
            let figures = |t: &str| t.chars().filter(char::is_ascii_digit).collect::<String>();
            assert_eq!(figures(&source.text), figures(&mended), "{}", rule.code.name);
        }
    }
}

/// Whatever is wrong in them, `--fix` leaves the legal basis, the place and the signer as they are.
#[test]
fn safe_corrections_leave_basis_and_names_alone() {
    let text = complete(
        "dia_danh: lâm Đồng\ncan_cu:\n  - Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024 , bổ xung hàng năm,\n\
         mo_dau: Rà soát, bổ xung hồ sơ.\nky:\n  chuc_vu: Giám đốc\n  ho_ten: Trần Thị Minh,\n",
    );
    let found = check_with(&text, &Settings::default()).diagnostics;
    let (mended, made) = corrected(&text, &found, false);
    assert_eq!((mended, made), (text.replace("soát, bổ xung", "soát, bổ sung"), 1));
    assert!(corrected(&text, &found, true).1 > 3);
}

#[test]
fn our_samples_are_clean() {
    let mut wrong = String::new();
    for path in samples() {
        let settings = Settings::default();
        let checking = Checking { studio: studio(), settings: &settings, pages: true, least: Severity::Hint };
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let checked = checking.plan(&name, &std::fs::read(&path).unwrap(), &Folder::new(path.parent().unwrap()), &[]);
        if !checked.diagnostics.is_empty() {
            wrong.push_str(&said(&checked));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn blanks_are_clean_but_for_what_is_to_be_filled_in() {
    let mut wrong = String::new();
    for kind in &vanthu::decree30::kinds::KINDS {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_vanthu")).args(["new", kind.key]).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let checked = check_with(&text, &Settings::default());
        if checked.diagnostics.iter().any(|d| d.code.name != "con-cho-mau") {
            wrong.push_str(&format!("=== {}\n{}", kind.key, said(&checked)));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn an_office_chooses_rules_levels_and_words() {
    let file = "bo = [\"lap-tu\"]\nviet_tat = [\"KSTT\"]\nten_rieng = [\"Khu kinh tế Nhơn Hội\"]\n[muc]\nchinh-ta = \"loi\"\n[cap_tu]\n\"phòng ban\" = \"phòng, ban\"\n";
    let settings =
        Settings::read(&Source::new("vanthu.toml", file), &vanthu::check::rules::names().collect::<Vec<_>>()).unwrap();
    let text = complete("noi_dung: |\n  I. MỤC ĐÍCH\n  Các phòng ban của của khu kinh tế Nhơn Hội bổ xung hồ sơ.\n");
    let checked = check_with(&text, &settings);
    let mut found: Vec<_> = checked.diagnostics.iter().map(|d| (d.code.name, d.severity)).collect();
    found.sort_unstable();
    let wanted =
        [("cap-tu-co-quan", Severity::Warning), ("chinh-ta", Severity::Error), ("ten-rieng-hoa", Severity::Warning)];
    assert_eq!(found, wanted, "{}", said(&checked));
    let (mended, _) = corrected(&text, &checked.diagnostics, false);
    assert!(mended.contains("Các phòng, ban của của Khu kinh tế Nhơn Hội bổ sung hồ sơ."), "{mended}");
}

#[test]
fn wrong_settings_are_told_at_their_place() {
    for (file, place, word) in [
        ("bo = [\"hang-nan\"]", "hang-nan", "hang-nam"),
        ("[muc]\nhang-nam = \"cao\"", "\"cao\"", "goi-y"),
        ("thua = 1", "thua", "cap_tu"),
        ("bo = [", "", "cap_tu"),
        ("[muc]\nkhong-co = \"loi\"", "khong-co", "quy-tac"),
    ] {
        let told =
            Settings::read(&Source::new("vanthu.toml", file), &vanthu::check::rules::names().collect::<Vec<_>>())
                .unwrap_err();
        assert_eq!(told.len(), 1, "{file}");
        let span = told[0].span.unwrap();
        assert!(file[span.range()].contains(place), "{file}: {span:?}");
        assert!(told[0].hint.as_ref().is_some_and(|h| h.contains(word)), "{file}: {told:?}");
    }
}

#[test]
fn a_comment_silences_the_line_below_it() {
    let text = "noi_dung:\n  - muc: Mục đích\n  # vanthu: bo chinh-ta\n  - doan: Rà soát, bổ xung quy hoạch.\n  - doan: Rà soát, bổ xung danh sách.\n";
    let checked = check_with(&complete(text), &Settings::default());
    assert_eq!(names(&checked.diagnostics), ["chinh-ta"], "{}", said(&checked));
    assert!(checked.source.unwrap().line_col(checked.diagnostics[0].span.unwrap().start).line == 5);
}

#[test]
fn values_of_variables_are_told_at_their_tag_and_never_corrected() {
    let text = "bien:\n  viec: bổ xung hồ sơ\nnoi_dung: |\n  I. MỤC ĐÍCH\n  Các phòng {{ viec }} đúng hạn.\n";
    let checked = check_with(&complete(text), &Settings::default());
    assert_eq!(names(&checked.diagnostics), ["chinh-ta"], "{}", said(&checked));
    assert!(checked.diagnostics[0].fix.is_none());
}

/// The five real plans and the real Word files are read to the end, whatever is found in them.
#[test]
fn real_files_are_checked_to_the_end() {
    let shared = root().join("../shared/plans");
    if !shared.is_dir() {
        eprintln!("NOT TESTED: the five real plans are not here ({})", shared.display());
        return;
    }
    for path in files("../shared/plans", "yaml") {
        let settings = Settings::default();
        let checking = Checking { studio: studio(), settings: &settings, pages: true, least: Severity::Hint };
        let bytes = std::fs::read(&path).unwrap();
        let checked = checking.plan("ke-hoach.yaml", &bytes, &Folder::new(path.parent().unwrap_or(Path::new(""))), &[]);
        assert!(checked.diagnostics.iter().all(|d| !matches!(d.code.name, "mat-chu" | "loi-ben-trong")));
    }
}

#[test]
fn the_guide_lists_every_rule() {
    let mut table = String::from("\n| Mã | Mức | Sửa | Soát ở | Nội dung | Căn cứ |\n|---|---|---|---|---|---|\n");
    for rule in ND30_2020.rules {
        let level = match (rule.on, rule.level) {
            (false, _) => "tắt",
            (_, Severity::Error) => "lỗi",
            (_, Severity::Warning) => "cảnh báo",
            (_, Severity::Hint) => "gợi ý",
        };
        let fix = match rule.fix {
            FixKind::Safe => "`--fix`",
            FixKind::Unsafe => "`tat-ca`",
            FixKind::None => "",
        };
        let (name, title, layer) = (rule.code.name, rule.code.title, rule.look.name());
        let clause = rule.code.clause.unwrap_or("");
        table.push_str(&format!("| [{name}](ma/{name}.md) | {level} | {fix} | {layer} | {title} | {clause} |\n"));
    }
    table.push('\n');
    let path = root().join("docs/kiem-tra.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once("<!-- quy-tac -->").unwrap();
    let (list, after) = rest.split_once("<!-- het -->").unwrap();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, format!("{before}<!-- quy-tac -->{table}<!-- het -->{after}")).unwrap();
    } else {
        assert_eq!(list, table, "run with UPDATE=1");
    }
}

/// A Word file gets its findings as comments at their words, and keeps its own words.
#[test]
fn findings_are_comments_of_a_word_file() {
    let text = complete("noi_dung: |\n  I. MỤC ĐÍCH\n  Các phòng bổ xung hồ sơ , báo cáo của của đơn vị.\n");
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("ke-hoach.yaml");
    std::fs::write(&plan, text).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_vanthu"));
        command.current_dir(folder.path()).args(arguments).output().unwrap()
    };
    assert!(run(&["render", "ke-hoach.yaml", "-o", "a.docx", "-q"]).status.success());
    let before = std::fs::read(folder.path().join("a.docx")).unwrap();
    let told = run(&["check", "a.docx", "--ghi-chu", "b.docx"]);
    assert_eq!(told.status.code(), Some(1));
    let said = String::from_utf8(told.stderr).unwrap();
    assert!(said.contains("Đã ghi 3 chú thích vào b.docx, 3 ở đúng chữ."), "{said}");
    let after = std::fs::read(folder.path().join("b.docx")).unwrap();
    let part = |bytes: &[u8], name: &str| vanthu::ooxml::package::Package::open(bytes).unwrap().xml(name).unwrap();
    let (old, new) = (part(&before, "word/document.xml"), part(&after, "word/document.xml"));
    assert_eq!(old.text(), new.text());
    let xml = new.to_xml();
    let ranges: Vec<String> = (0..3)
        .map(|id| {
            let start = xml.find(&format!("<w:commentRangeStart w:id=\"{id}\"/>")).unwrap();
            let end = xml.find(&format!("<w:commentRangeEnd w:id=\"{id}\"/>")).unwrap();
            let inner = format!("<x>{}</x>", &xml[start..end]);
            vanthu::ooxml::xml::parse(inner.as_bytes()).unwrap().text()
        })
        .collect();
    assert_eq!(ranges, ["bổ xung", "ơ , ", "của"], "{xml}");
    assert_eq!(part(&after, "word/comments.xml").elements().count(), 3);
    // Nobody's file is written over; the file that was checked never is.
    assert_eq!(run(&["check", "a.docx", "--ghi-chu", "b.docx"]).status.code(), Some(2));
    assert_eq!(run(&["check", "a.docx", "--ghi-chu", "a.docx", "--force"]).status.code(), Some(2));
    assert_eq!(std::fs::read(folder.path().join("a.docx")).unwrap(), before);
    assert_eq!(run(&["check", "a.docx", "--ghi-chu", "b.docx", "--force"]).status.code(), Some(1));
}

/// What programs read: valid JSON with places, SARIF with a region and a fix for each finding, lines for GitHub.
#[test]
fn programs_can_read_what_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let text = complete("noi_dung: |\n  I. MỤC ĐÍCH\n  Các phòng bổ xung hồ sơ.\n");
    std::fs::write(folder.path().join("kế hoạch.yaml"), text).unwrap();
    let run = |format: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_vanthu"));
        let output =
            command.current_dir(folder.path()).args(["check", "kế hoạch.yaml", "--format", format]).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stdout).unwrap()
    };
    let json: serde_json::Value = serde_json::from_str(&run("json")).unwrap();
    assert_eq!(json[0]["code"], "chinh-ta");
    assert_eq!(json[0]["place"], serde_json::json!({ "line": 3, "column": 13, "end_line": 3, "end_column": 20 }));
    assert_eq!(json[0]["fix"]["edits"][0]["text"], "bổ sung");
    let sarif: serde_json::Value = serde_json::from_str(&run("sarif")).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(sarif["version"], "2.1.0");
    assert_eq!(result["ruleId"], sarif["runs"][0]["tool"]["driver"]["rules"][0]["id"]);
    let location = &result["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "k%E1%BA%BF%20ho%E1%BA%A1ch.yaml");
    assert_eq!(location["region"]["startColumn"], 13);
    assert_eq!(result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"], "bổ sung");
    assert!(
        run("github").starts_with("::warning file=kế hoạch.yaml,line=3,col=13,title=chinh-ta::"),
        "{}",
        run("github")
    );
}

/// Corrections are written into the file itself: comments, line ends and all that did not change stay as they are.
#[test]
fn corrections_keep_the_rest_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let text = complete("# chú giải của tôi\r\nnoi_dung: |\n  I. MỤC ĐÍCH\n  Các phòng bổ xung hồ sơ.\n")
        .replace('\n', "\r\n")
        .replace("\r\r", "\r");
    let path = folder.path().join("a.yaml");
    std::fs::write(&path, &text).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_vanthu"));
        command.current_dir(folder.path()).args(arguments).output().unwrap()
    };
    let shown = run(&["check", "a.yaml", "--fix", "--diff"]);
    assert!(String::from_utf8(shown.stdout).unwrap().contains("+  Các phòng bổ sung hồ sơ."));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    assert_eq!(run(&["check", "a.yaml", "--fix"]).status.code(), Some(0));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text.replace("bổ xung", "bổ sung"));
}

/// `render` tells breaches of the decree as warnings, `--strict` makes them errors, `vanthu.toml` switches them off.
#[test]
fn render_tells_breaches_of_the_decree() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.yaml"), complete("ky:\n  chuc_vu: Giám đốc\n  ho_ten: TS. Trần Thị Minh\n"))
        .unwrap();
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_vanthu"));
        let output = command.current_dir(folder.path()).args(arguments).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, said) = run(&["render", "a.yaml", "-o", "a.txt", "--format", "concise"]);
    assert_eq!(code, Some(0));
    assert!(said.contains("a.yaml:3:11: cảnh báo[ky-hoc-vi]"), "{said}");
    assert_eq!(run(&["render", "a.yaml", "-o", "a.txt", "--strict"]).0, Some(1));
    std::fs::write(folder.path().join("vanthu.toml"), "bo = [\"ky-hoc-vi\"]\n").unwrap();
    let (code, said) = run(&["render", "a.yaml", "-o", "a.txt", "--strict", "--format", "concise"]);
    assert_eq!((code, said.contains("ky-hoc-vi")), (Some(0), false), "{said}");
}

/// Rules of the page, over pages made by hand: what they tell, and what they leave alone.
#[test]
fn rules_of_the_page_look_at_lines() {
    use vanthu::check::pages::{PageLine, Pages};
    use vanthu::decree30::style::Component::{self, HoTen, LoiVan, MucLaMa, NoiNhan, SoPhuLuc};
    use vanthu::source::Span;
    let built = crate::support::build_text(&complete(""));
    let (document, source) = (built.ready.unwrap().document, built.source.unwrap());
    let line = |style: Component, first: bool, last: bool| PageLine { span: Span::new(0, 1), style, first, last };
    let whole = |style| line(style, true, true);
    let (start, end) = (line(LoiVan, true, false), line(LoiVan, false, true));
    let found = |all: Vec<Vec<PageLine>>| {
        let pages = Pages { all };
        let found = vanthu::check::check(&document, &source, Some(&pages), &Settings::default());
        let mut names = names(&found);
        names.sort_unstable();
        names
    };
    let page = || vec![whole(LoiVan); 5];
    assert_eq!(found(vec![page(), vec![whole(LoiVan)]]), ["trang-cuoi-it"]);
    assert_eq!(found(vec![page(), vec![whole(SoPhuLuc), whole(LoiVan)]]), [""; 0]);
    assert_eq!(found(vec![page(), vec![whole(LoiVan), whole(NoiNhan), whole(HoTen)]]), ["chu-ky-it-dong"]);
    assert_eq!(found(vec![page(), vec![whole(LoiVan), whole(LoiVan), whole(NoiNhan), whole(HoTen)]]), [""; 0]);
    let title = [page(), vec![whole(MucLaMa)]].concat();
    assert_eq!(found(vec![title, page()]), ["de-muc-cuoi-trang"]);
    assert_eq!(found(vec![[page(), vec![start]].concat(), [vec![end], page()].concat()]), ["dong-le"]);
    assert_eq!(found(vec![page()]), [""; 0]);
}

/// The pipeline fills the pages in as they are laid out: the lines of a page are those that a reader counts. With the
/// program's own templates at least two lines stand with the signature, whatever the length of the text.
#[test]
fn laid_out_pages_are_told() {
    let only = ["chu-ky-it-dong", "trang-cuoi-it"].map(str::to_owned).to_vec();
    let settings = Settings { only, ..Settings::default() };
    let checking = Checking { studio: studio(), settings: &settings, pages: true, least: Severity::Hint };
    let told = |count: usize, appendix: bool| {
        let items: String = (0..count).map(|i| format!("- Nhiệm vụ số {i} của đơn vị.\n")).collect();
        let indented = |by: &str| items.lines().map(|l| format!("{by}{l}\n")).collect::<String>();
        let text = match appendix {
            true => format!("phu_luc:\n  - tieu_de: Nhiệm vụ\n    noi_dung: |\n{}", indented("      ")),
            false => format!("noi_dung: |\n  I. MỤC ĐÍCH\n{}", indented("  ")),
        };
        let folder = Folder::new(root().join("samples"));
        names(&checking.plan("ke-hoach.yaml", complete(&text).as_bytes(), &folder, &[]).diagnostics)
    };
    assert!((20..34).all(|count| told(count, false).is_empty()));
    assert!((28..44).any(|count| told(count, true) == ["trang-cuoi-it"]));
}

/// What all units share is told once; what only some have, with their rows; fields of a unit's own at their own place.
#[test]
fn units_are_checked_together() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    put("a.yaml", &complete("trich_yeu: tập huấn cho {{ don_vi.ten }}\nket: Các phòng bổ xung hồ sơ.\n"));
    put("own.yaml", "# của riêng xã C\nket: Xã C rà xoát hồ sơ.\n");
    put("l.csv", "don_vi.ten,ghi_de\nXã A,\nXã B của của,\nXã C,own.yaml\n");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_vanthu"));
    let arguments = ["check", "a.yaml", "--units", "l.csv", "--khong-trang", "--format", "concise", "-q"];
    let output = command.current_dir(folder.path()).args(arguments).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let starts = |line: &str| said.lines().filter(|l| l.contains(line)).count();
    assert_eq!(starts("a.yaml:2:16: cảnh báo[chinh-ta]"), 1, "{said}");
    assert_eq!(starts("a.yaml:1:26: cảnh báo[lap-tu]: “của” viết hai lần liền nhau. (dòng 3)"), 1, "{said}");
    assert_eq!(starts("own.yaml:2:11: cảnh báo[chinh-ta]: “rà xoát”"), 1, "{said}");
}

/// Equal texts get a comment each, in their order.
#[test]
fn equal_paragraphs_have_comments_of_their_own() {
    use vanthu::ooxml::comments::{Remark, annotate};
    let text =
        complete("noi_dung: |\n  I. MỤC ĐÍCH\n  - Báo cáo hàng quý.\n  - Báo cáo hàng quý.\n  - Báo cáo hàng quý.\n");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.yaml"), text).unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_vanthu"));
    assert!(
        command.current_dir(folder.path()).args(["render", "a.yaml", "-o", "a.docx", "-q"]).status().unwrap().success()
    );
    let bytes = std::fs::read(folder.path().join("a.docx")).unwrap();
    let remark =
        Remark { before: "- Báo cáo ".into(), words: "hàng quý".into(), after: ".".into(), text: "x".into() };
    let (made, placed) = annotate(&bytes, &[remark.clone(), remark.clone(), remark], "vanthu").unwrap();
    let xml = vanthu::ooxml::package::Package::open(&made).unwrap().xml("word/document.xml").unwrap().to_xml();
    let paragraph = |id: usize| {
        let at = xml.find(&format!("<w:commentRangeStart w:id=\"{id}\"/>")).unwrap();
        xml[..at].matches("<w:p>").count() + xml[..at].matches("<w:p ").count()
    };
    assert_eq!((placed, paragraph(1) - paragraph(0), paragraph(2) - paragraph(1)), (3, 1, 1));
}

/// A file that cannot be read is a result for programs too; what is wrong with the settings is told once for all plans.
#[test]
fn what_cannot_be_read_is_told_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let text = complete("noi_dung: |\n  I. MỤC ĐÍCH\n  Các phòng bổ sung hồ sơ.\n");
    std::fs::write(folder.path().join("a.yaml"), &text).unwrap();
    std::fs::write(folder.path().join("b.yaml"), &text).unwrap();
    let run = |args: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_vanthu"));
        let output = command.current_dir(folder.path()).arg("check").args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (json, errors) = run(&["a.yaml", "none.yaml", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&found[0]["file"], &found[0]["severity"]), (&"none.yaml".into(), &"error".into()), "{json}");
    assert_eq!(errors, "");
    let (sarif, _) = run(&["none.yaml", "--format", "sarif"]);
    let sarif: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    assert_eq!(sarif["runs"][0]["invocations"][0]["executionSuccessful"], false);
    assert_eq!(sarif["runs"][0]["results"][0]["level"], "error");
    let (github, _) = run(&["none.yaml", "--format", "github"]);
    assert!(github.starts_with("::error file=none.yaml,title="), "{github}");
    let (nothing, errors) = run(&["a.yaml", "none.yaml"]);
    assert!(nothing.is_empty() && errors.contains("none.yaml"), "{errors}");

    // A folder of that name is no settings, nor is a file that is no TOML: each is told once.
    std::fs::create_dir(folder.path().join("vanthu.toml")).unwrap();
    let (_, errors) = run(&["a.yaml", "b.yaml"]);
    assert_eq!(errors.matches("lỗi[").count(), 2, "{errors}");
    std::fs::remove_dir(folder.path().join("vanthu.toml")).unwrap();
    std::fs::write(folder.path().join("vanthu.toml"), "bo = [\"khong-co\"]\n").unwrap();
    let (_, errors) = run(&["a.yaml", "b.yaml"]);
    assert_eq!((errors.matches("khong-co").count(), errors.matches("Chưa soát được").count()), (2, 1), "{errors}");
    let (github, _) = run(&["a.yaml", "b.yaml", "--format", "github"]);
    assert!(github.contains("vanthu.toml,line=1,col=7,title=cau-hinh-sai"), "{github}");
}

/// What stands in a folder and cannot be read is told; a pipe keeps nobody waiting.
#[cfg(unix)]
#[test]
fn files_of_a_folder_that_cannot_be_read_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("a.yaml"), complete("noi_dung: |\n  Các phòng bổ sung hồ sơ.\n")).unwrap();
    std::os::unix::fs::symlink(at("none"), at("b.yaml")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", at("c.yaml")).unwrap();
    let run = |args: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_vanthu"));
        let output = command.current_dir(folder.path()).arg("check").args(args).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, _, errors) = run(&["."]);
    assert_eq!(code, Some(2));
    assert!(errors.contains("b.yaml") && errors.contains("c.yaml: đây không phải là một tệp thường"), "{errors}");
    let (_, json, _) = run(&[".", "--format", "json"]);
    assert_eq!(json.matches("khong-doc-duoc").count(), 2, "{json}");
    // Settings that are no file.
    std::os::unix::fs::symlink("vanthu.toml", at("vanthu.toml")).unwrap();
    let (code, _, errors) = run(&["a.yaml"]);
    assert!(code == Some(2) && errors.contains("các liên kết trỏ vòng"), "{errors}");
    let (_, _, errors) = run(&[""]);
    assert!(!errors.contains("Dùng được: ."), "{errors}");
}
