//! The proof of words can fail: templates that lose, change, add or move words are caught.

use crate::support::{complete, studio};
use std::collections::BTreeMap;
use vanthu::pipeline::{self, Folder, Studio};
use vanthu::write::typst::{TEMPLATES, Templates};

/// What comes of a changed template: a code, a message, the line in the plan from its place on.
fn with_template(change: impl Fn(&str) -> String) -> Result<(), (String, String, Option<String>)> {
    let changed = change(TEMPLATES[0].1);
    assert_ne!(changed, TEMPLATES[0].1, "the template was not changed");
    let files = BTreeMap::from([(TEMPLATES[0].0.to_owned(), changed.into_bytes())]);
    let broken = Studio::new(None, Some(Templates::from_files(files).unwrap()));
    let plan = complete(
        "mo_dau: Một hai ba^[Chú thích dài.] bốn năm **sáu** bảy.\nnoi_dung: |\n  I. MỤC\n  - Gạch thứ nhất.\n  | A | B |\n  |---|---|\n  | 1 | 2 |\n",
    );
    let folder = Folder::new("");
    let ready = pipeline::build("a.yaml", plan.as_bytes(), &folder, &[], studio().faces()).ready.unwrap();
    let pdf = vanthu::write::by_extension("pdf").unwrap();
    match pipeline::write(&broken, &ready, &folder, &[pdf], true) {
        Ok(_) => Ok(()),
        Err(problem) => {
            // Without the proof the broken file would have been written.
            assert!(pipeline::write(&broken, &ready, &folder, &[pdf], false).is_ok());
            let line = problem.span.and_then(|s| plan[s.start..].lines().next().map(|l| l.trim().to_owned()));
            Err((problem.code.name.to_owned(), problem.message, line))
        }
    }
}

#[test]
fn a_template_that_touches_words_is_caught() {
    // The last column: where in the plan, unless the words are the program's own.
    let cases: [(&str, &str, &str, &str); 6] = [
        (
            "let chu = cac-mach(p.mach, p.thu_tu)",
            "let chu = cac-mach(p.mach.slice(0, calc.min(p.mach.len(), 2)), p.thu_tu)",
            "lost runs",
            "SNV",
        ),
        ("#let cac-mach(rs, v) = for r in rs {", "#let cac-mach(rs, v) = for r in rs.rev() {", "moved runs", "SNV"),
        (
            "let chu = cac-mach(p.mach, p.thu_tu)",
            "let chu = cac-mach(p.mach, p.thu_tu) + [thêm]",
            "added words",
            "Sở Nội vụ",
        ),
        (
            "for x in r.chu_thich { if type(x) == str { cho(v, x) } else { mach(x, v) } }",
            "[Khác.]",
            "changed notes",
            "Một hai ba^[Chú thích dài.]",
        ),
        ("for p in c.doan { doan(p) }", "if c.cot > 0 { for p in c.doan { doan(p) } }", "lost cells", "| A | B |"),
        ("linebreak() } else { cho(v, r) }", "linebreak() } else { upper(r) }", "changed letters", ""),
    ];
    for (from, to, what, at) in cases {
        let caught = with_template(|t| t.replace(from, to));
        let (code, message, line) = caught.expect_err(what);
        assert_eq!(code, "mat-chu", "{what}: {message}");
        let place = line.as_deref().unwrap_or("");
        assert!(place.starts_with(at), "{what}: at {place:?}, {message}");
    }
}

#[test]
fn words_in_the_margin_are_caught() {
    let caught = with_template(|t| t.replace("header: block(", "header: [BẢN NHÁP] + block("));
    assert_eq!(caught.expect_err("a word in the header").0, "mat-chu");
}

#[test]
fn an_own_template_that_keeps_the_words_is_fine() {
    with_template(|t| t.replace("stroke: {{ khoang.net_khung }} * 1pt", "stroke: 1pt")).unwrap();
}

#[test]
fn a_template_in_one_part_prints_the_same() {
    let path = crate::support::root().join("samples/ke-hoach-tinh.yaml");
    let pdf = |template: String| {
        let files = BTreeMap::from([("van-ban.typ".to_owned(), template.into_bytes())]);
        let studio = Studio::new(None, Some(Templates::from_files(files).unwrap()));
        let (built, folder) = crate::support::build(&path);
        let writer = vanthu::write::by_extension("pdf").unwrap();
        let (_, mut written) = pipeline::write(&studio, &built.ready.unwrap(), &folder, &[writer], true).unwrap();
        written.remove(0).outputs.remove(0).bytes
    };
    let ours = vanthu::write::typst::TEMPLATES[0].1;
    let one = ours.replace("// === Từng văn bản ===\n", "");
    assert_ne!(ours, one);
    assert!(pdf(ours.to_owned()) == pdf(one));
}

#[test]
fn a_template_that_fails_says_its_line() {
    for text in [
        "#let phien-ban-du-lieu = 2\n#let a = {{ du_lieu }}\n#khong-co\n",
        // In each part of one that has two.
        "#let phien-ban-du-lieu = 2\n#let a = 1\n#khong-co\n// === Từng văn bản ===\n#let b = {{ du_lieu }}\n",
        "#let phien-ban-du-lieu = 2\n// === Từng văn bản ===\n#khong-co\n#let b = {{ du_lieu }}\n",
    ] {
        fails_in_line_3(text);
    }
}

fn fails_in_line_3(template: &str) {
    let files = BTreeMap::from([("van-ban.typ".to_owned(), template.as_bytes().to_vec())]);
    let studio = Studio::new(None, Some(Templates::from_files(files).unwrap()));
    let folder = Folder::new("");
    let ready = pipeline::build("a.yaml", complete("").as_bytes(), &folder, &[], studio.faces()).ready.unwrap();
    let pdf = vanthu::write::by_extension("pdf").unwrap();
    let problem = pipeline::write(&studio, &ready, &folder, &[pdf], true).err().unwrap();
    assert_eq!(problem.code.name, "mau-typst-loi");
    assert!(problem.message.contains("(van-ban.typ, dòng 3)"), "{template}: {}", problem.message);
}

#[test]
fn a_template_for_another_meaning_of_the_data_is_refused() {
    let ours = vanthu::write::typst::TEMPLATES[0].1;
    let line = "#let phien-ban-du-lieu = 2\n";
    for (text, says) in [
        (ours.replace(line, ""), "viết cho dữ liệu phiên bản 1"),
        (ours.replace(line, "#let phien-ban-du-lieu = 3\n"), "viết cho dữ liệu phiên bản 3"),
        (ours.replace(line, "#let phien-ban-du-lieu = hai\n"), "không ghi số"),
    ] {
        let files = BTreeMap::from([("van-ban.typ".to_owned(), text.into_bytes())]);
        let problem = Templates::from_files(files).err().unwrap();
        assert_eq!(problem.code.name, "mau-typst-loi");
        assert!(problem.message.contains(says), "{}", problem.message);
    }
}

#[test]
fn same_plan_same_bytes_on_every_thread() {
    let path = crate::support::root().join("samples/ke-hoach-tinh.yaml");
    let bytes = || {
        let (built, folder) = crate::support::build(&path);
        let pdf = vanthu::write::by_extension("pdf").unwrap();
        let ready = built.ready.unwrap();
        let fresh = Studio::new(None, None);
        pipeline::write(&fresh, &ready, &folder, &[pdf], true).unwrap().1.remove(0).outputs.remove(0).bytes
    };
    let first = bytes();
    let others: Vec<Vec<u8>> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..2)
            .map(|_| std::thread::Builder::new().stack_size(16 << 20).spawn_scoped(scope, bytes).unwrap())
            .collect();
        handles.into_iter().map(|h| h.join().unwrap()).collect()
    });
    assert!(others.iter().all(|o| *o == first));
}

/// A document is asked first where things stood in the one before it (`write::typst::guess`); its bytes must not tell.
#[test]
fn a_document_does_not_depend_on_the_one_before() {
    let pdf = vanthu::write::by_extension("pdf").unwrap();
    let plans = crate::support::plans();
    let bytes = |order: &mut dyn Iterator<Item = &std::path::PathBuf>| {
        let fresh = Studio::new(None, None);
        let written = order.map(|path| {
            let (built, folder) = crate::support::build(path);
            let (_, mut written) = pipeline::write(&fresh, &built.ready.unwrap(), &folder, &[pdf], false).unwrap();
            (path.clone(), written.remove(0).outputs.remove(0).bytes)
        });
        written.collect::<BTreeMap<_, _>>()
    };
    let (there, back) = (bytes(&mut plans.iter()), bytes(&mut plans.iter().rev()));
    for (path, one) in &there {
        assert!(back.get(path) == Some(one), "{}", path.display());
    }
}

#[test]
fn typed_numbers_in_brackets_are_no_marks_of_footnotes() {
    let txt = vanthu::write::by_extension("txt").unwrap();
    for body in ["Một^[xem [2] kia] hai^[hai].", "[1] giả\n  Một^[a]", "Một^[Điều [3], [4]] hai^[b] ba^[c]"]
    {
        let plan = complete(&format!("noi_dung: |\n  {body}\n"));
        let folder = Folder::new("");
        let ready = pipeline::build("a.yaml", plan.as_bytes(), &folder, &[], studio().faces()).ready.unwrap();
        assert!(pipeline::write(studio(), &ready, &folder, &[txt], true).is_ok(), "{body}");
    }
}

#[test]
fn plain_text_has_every_word_and_nothing_else() {
    let txt = vanthu::write::by_extension("txt").unwrap();
    let prove = txt.prove.unwrap();
    for path in crate::support::plans() {
        let (built, folder) = crate::support::build(&path);
        let ready = built.ready.unwrap();
        let (_, mut written) = pipeline::write(studio(), &ready, &folder, &[txt], true).expect("proven");
        let text = String::from_utf8(written.remove(0).outputs.remove(0).bytes).unwrap();
        assert!(text.lines().last().unwrap().starts_with("-- vanthu-sha256:"), "{}", path.display());
        let pictures = BTreeMap::new();
        let job = vanthu::write::Job {
            sheet: &ready.sheet,
            document: &ready.document,
            variables: &ready.variables,
            pictures: &pictures,
        };
        let changes: [fn(&str) -> String; 3] = [
            |t| t.replacen("Độc lập", "Độc", 1),
            |t| t.replacen("Tự do", "Tự chủ", 1),
            |t| t.replacen("Hạnh phúc", "Hạnh phúc thêm", 1),
        ];
        assert!(prove(&job, None, text.as_bytes()).is_ok());
        for change in changes {
            assert!(prove(&job, None, change(&text).as_bytes()).is_err(), "{}", path.display());
        }
    }
}
