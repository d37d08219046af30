//! Word files and texts that become plans.

use crate::desk::Desk;
use crate::support::{build, build_text, files, report, root, samples, studio};
use vanthu::import::proof::{self, Difference, FileWords};
use vanthu::import::recognise::recognise;
use vanthu::import::stream::{Piece, Stream};
use vanthu::import::{markdown, text, word, yaml};
use vanthu::ooxml::package::pack;
use vanthu::pipeline;
use vanthu::write::{by_extension, plain};

/// The plan of a stream, and what the proof says of it.
pub fn plan_of(stream: &Stream, name: &str) -> (String, Difference) {
    let recognised = recognise(stream);
    (yaml::write(&recognised.found, name), proof::compare(&mut FileWords::of(stream), &recognised))
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn our_own_word_files_come_back() {
    let docx = by_extension("docx").unwrap();
    for path in samples() {
        let (built, folder) = build(&path);
        let ready = built.ready.unwrap();
        let (_, mut written) = pipeline::write(studio(), &ready, &folder, &[docx], false).unwrap();
        let stream = word::read(&written.remove(0).outputs.remove(0).bytes, "").unwrap_or_else(|f| panic!("{f:?}"));
        let (plan, difference) = plan_of(&stream, "tep.docx");
        assert_eq!(difference, Difference::default(), "{}", path.display());
        if !stream.pictures.is_empty() {
            continue;
        }
        let again = build_text(&plan);
        let told = report(&again);
        let again = again.ready.unwrap_or_else(|| panic!("{}\n{told}", path.display()));
        let lost = proof::lost_on(&plain::text(&again.sheet), &mut FileWords::of(&stream), &recognise(&stream));
        assert!(lost.is_empty(), "{}: {lost:?}", path.display());
        let [first, second] = [&ready.sheet, &again.sheet].map(|s| squeezed(&plain::text(s)));
        let same = first.bytes().zip(second.bytes()).take_while(|(a, b)| a == b).count();
        let tail = |text: &str| String::from_utf8_lossy(&text.as_bytes()[same.saturating_sub(60)..]).into_owned();
        assert!(first == second, "{}\n{}\n\n{}", path.display(), tail(&first), tail(&second));
    }
}

#[test]
fn real_files_keep_every_word() {
    let all = files("../shared/word", "docx");
    if all.is_empty() {
        println!("NOT RUN: ../shared/word is not there");
    }
    let mut rendered = 0;
    for path in &all {
        let stream =
            word::read(&std::fs::read(path).unwrap(), "").unwrap_or_else(|f| panic!("{}: {f:?}", path.display()));
        let (plan, difference) = plan_of(&stream, "tep.docx");
        assert_eq!(difference, Difference::default(), "{}", path.display());
        let built = build_text(&plan);
        // What stops a plan is a table or a picture, not its YAML.
        let codes: Vec<_> = built.diagnostics.iter().filter(|d| d.is_error()).map(|d| d.code.name).collect();
        let known = ["bang-lech", "tu-qua-dai", "hinh-sai"];
        assert!(codes.iter().all(|c| known.contains(c)), "{}: {}", path.display(), report(&built));
        if let Some(ready) = &built.ready {
            let lost = proof::lost_on(&plain::text(&ready.sheet), &mut FileWords::of(&stream), &recognise(&stream));
            assert!(lost.is_empty(), "{}: {lost:?}", path.display());
        }
        // Its pictures would stand beside the plan.
        rendered += usize::from(codes.iter().all(|c| *c == "hinh-sai"));
    }
    assert!(rendered * 10 >= all.len() * 9, "only {rendered} of {} render", all.len());
}

/// A Word file with this body, and numbering and footnotes.
pub fn file(body: &str) -> Vec<u8> {
    const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let level = |n: usize, format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"{n}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:numbering {W}><w:abstractNum w:abstractNumId=\"0\">{}{}{}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride></w:num></w:numbering>",
        level(0, "upperRoman", "%1."),
        level(1, "decimal", "%2."),
        level(2, "lowerLetter", "%3)"),
    );
    let notes = format!(
        "<w:footnotes {W}><w:footnote w:id=\"2\"><w:p><w:r><w:t>Theo Luật.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    );
    let parts = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_owned(),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships><Relationship Id=\"a\" Type=\"{KIND}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
            ),
        ),
        (
            "word/_rels/document.xml.rels",
            format!(
                "<Relationships><Relationship Id=\"n\" Type=\"{KIND}/numbering\" Target=\"numbering.xml\"/><Relationship Id=\"f\" Type=\"{KIND}/footnotes\" Target=\"footnotes.xml\"/></Relationships>"
            ),
        ),
        ("word/document.xml", format!("<w:document {W}><w:body>{body}</w:body></w:document>")),
        ("word/numbering.xml", numbering),
        ("word/footnotes.xml", notes),
    ];
    pack(parts.iter().map(|(name, text)| (*name, text.as_bytes()))).unwrap()
}

fn lines(body: &str) -> (Vec<String>, Stream) {
    let stream = word::read(&file(body), "").unwrap_or_else(|f| panic!("{f:?}"));
    let of = |piece: &Piece| match piece {
        Piece::Par(par) => Some(par.whole()),
        _ => None,
    };
    (stream.pieces.iter().filter_map(of).collect(), stream)
}

#[test]
fn automatic_numbers_are_what_word_shows() {
    let item = |list: usize, level: usize, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let body: String = [
        (1, 0, "A"),
        (1, 1, "B"),
        (1, 2, "C"),
        (1, 2, "D"),
        (1, 1, "E"),
        (1, 2, "F"),
        (1, 0, "G"),
        (1, 1, "H"),
        (2, 0, "I"),
        (0, 0, "K"),
    ]
    .iter()
    .map(|(list, level, text)| item(*list, *level, text))
    .collect();
    let (found, _) = lines(&body);
    assert_eq!(found, ["I. A", "1. B", "a) C", "b) D", "2. E", "a) F", "II. G", "1. H", "V. I", "K"]);
}

#[test]
fn changes_are_accepted_and_what_is_not_shown_is_told() {
    let body = "<w:p><w:r><w:t xml:space=\"preserve\">Giữ </w:t></w:r><w:del><w:r><w:delText>bỏ </w:delText></w:r></w:del><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>\
        <w:p><w:r><w:t>Ho\u{0300}</w:t></w:r><w:r><w:t>a bi\u{0300}</w:t></w:r><w:r><w:t>\u{0323}nh</w:t></w:r></w:p>\
        <w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>hôm nay</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
    let (found, stream) = lines(body);
    assert_eq!(found[0], "Giữ thêm");
    assert!(found[1].starts_with("Hòa"), "{found:?}");
    assert_eq!(found[2], "hôm nay");
    let gone: Vec<&str> = stream.left_out.iter().map(|l| l.words.as_str()).collect();
    // No letter takes both marks.
    assert_eq!(gone, ["bỏ ", "ẩn", "bị\u{300}"]);
    let (plan, difference) = plan_of(&stream, "tep.docx");
    assert!(plan.contains("Giữ thêm^[Theo Luật.]") && difference == Difference::default(), "{plan} {difference:?}");
}

/// The proof can fail.
#[test]
fn a_lost_or_added_word_is_named() {
    let stream = text::read("Một hai ba.\nBốn năm.");
    let mut recognised = recognise(&stream);
    assert_eq!(proof::compare(&mut FileWords::of(&stream), &recognised), Difference::default());
    recognised.found.mo_dau.clear();
    recognised.found.noi_dung.clear();
    recognised.found.noi_nhan.push("Sáu".to_owned());
    let difference = proof::compare(&mut FileWords::of(&stream), &recognised);
    assert!(difference.lost.contains(&"BỐN".to_owned()) && difference.added == ["SÁU"], "{difference:?}");
    let stream = text::read("KẾ HOẠCH\nThử\n\nI. MỘT\n1. Hai.\n2. Ba.");
    let mut recognised = recognise(&stream);
    assert_eq!(proof::compare(&mut FileWords::of(&stream), &recognised), Difference::default());
    recognised.found.noi_dung.swap(1, 2);
    assert_eq!(proof::compare(&mut FileWords::of(&stream), &recognised).moved, ["1. Hai."]);
}

#[test]
fn letters_that_mean_something_to_a_plan_stay_letters() {
    let typed = "Giá * 2 __x__ {{ a }} {% b %} [c](d) ^[e] \\ # f: g";
    let stream = text::read(&format!("KẾ HOẠCH\nThử\n\n1. {typed}"));
    let (plan, difference) = plan_of(&stream, "tep.txt");
    assert_eq!(difference, Difference::default(), "{plan}");
    let more = "co_quan: { ten: A, viet_tat: A }\ndia_danh: A\nngay: 2026\nnoi_nhan: [B]\nky: { chuc_vu: C }\n";
    let built = build_text(&format!("{plan}{more}"));
    let told = report(&built);
    let printed = squeezed(&plain::text(&built.ready.unwrap_or_else(|| panic!("{plan}\n{told}")).sheet));
    assert!(printed.contains(typed), "{printed}");
}

#[test]
fn files_are_refused_or_kept() {
    let desk = Desk::new("", "dv.csv", "a\n1\n");
    desk.put("cu.doc", [0xD0, 0xCF, 0x11, 0xE0, 0, 0]);
    desk.put("hong.docx", b"PK\x03\x04 hong");
    desk.put("la.docx", [0xFF, 0xFE, 0x00]);
    desk.put(
        "ban.txt",
        "KẾ HOẠCH\nTrồng cây\n\nI. MỤC TIÊU\nTrồng 10 cây.\n\nNơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nLê Văn An\n",
    );
    for name in ["cu.doc", "hong.docx", "la.docx"] {
        let out = desk.run(&["import", name]);
        let told = String::from_utf8(out.stderr).unwrap();
        assert!(out.status.code() == Some(1) && told.contains("nhap-hong"), "{told}");
    }
    let out = desk.run(&["import", "ban.txt"]);
    let told = String::from_utf8(out.stderr).unwrap();
    assert!(
        out.status.success() && told.contains("Đã nhập ban.txt vào") && told.contains("không thấy phần đầu"),
        "{told}"
    );
    let first = std::fs::read_to_string(desk.path("ban.yaml")).unwrap();
    assert!(
        first.contains("loai: ke_hoach") && first.contains("trich_yeu: Trồng cây") && first.contains("I. MỤC TIÊU"),
        "{first}"
    );
    let told = String::from_utf8(desk.run(&["import", "ban.txt"]).stderr).unwrap();
    assert!(told.contains("tep-da-sua"), "{told}");
    let shown = String::from_utf8(desk.run(&["import", "ban.txt", "-o", "-"]).stdout).unwrap();
    assert_eq!(shown, first);
    let told = String::from_utf8(desk.run(&["import", "ban.txt", "hong.docx", "-o", "x.yaml"]).stderr).unwrap();
    assert!(told.contains("tham-so-sai"), "{told}");
}

#[test]
fn a_folder_is_imported_with_a_report() {
    let desk = Desk::new("", "dv.csv", "a\n1\n");
    std::fs::create_dir_all(desk.path("cu/con")).unwrap();
    std::fs::create_dir_all(desk.path("moi")).unwrap();
    desk.put("cu/a.txt", "KẾ HOẠCH\nTrồng cây\n\nI. MỤC TIÊU\nTrồng 10 cây.\n");
    desk.put("cu/con/b.txt", "BÁO CÁO\nTrồng cây\n\n1. Đã trồng 10 cây.\n");
    desk.put("cu/~$a.docx", "khoa");
    desk.put("cu/hong.docx", "PK");
    let out = desk.run(&["import", "cu", "-o", "moi", "--bao-cao", "bc.json"]);
    assert_eq!(out.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&std::fs::read(desk.path("bc.json")).unwrap()).unwrap();
    let of = |key: &str| report.as_array().unwrap().iter().map(|r| r[key].clone()).collect::<Vec<_>>();
    assert_eq!(of("status"), ["ok", "ok", "error"]);
    assert_eq!(of("kind"), [serde_json::json!("ke_hoach"), serde_json::json!("bao_cao"), serde_json::Value::Null]);
    assert!(desk.path("moi/a.yaml").exists() && desk.path("moi/b.yaml").exists());
    desk.put("cu/b.txt", "KẾ HOẠCH\nTrồng cây\n");
    let told = String::from_utf8(desk.run(&["import", "cu", "-o", "moi", "--force"]).stderr).unwrap();
    assert!(told.contains("cùng nhập vào"), "{told}");
}

/// Files that were cut, changed or nested on purpose: a result or a clear refusal, never a panic.
#[test]
fn broken_files_do_no_harm() {
    let docx = by_extension("docx").unwrap();
    let (built, folder) = build(&root().join("samples/quyet-dinh-ban-hanh.yaml"));
    let (_, mut written) = pipeline::write(studio(), &built.ready.unwrap(), &folder, &[docx], false).unwrap();
    let bytes = written.remove(0).outputs.remove(0).bytes;
    let package = vanthu::ooxml::package::Package::open(&bytes).unwrap();
    let mut state = 7_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize % below.max(1)
    };
    for round in 0..250 {
        let mut broken = package.clone();
        let part = ["word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"][round % 3];
        let Some(old) = package.get(part).map(<[u8]>::to_vec) else { continue };
        let text = String::from_utf8(old).unwrap();
        // Takes a piece between two tags away, or puts one a second time.
        let tags: Vec<usize> = text.match_indices('<').map(|(at, _)| at).collect();
        let (a, b) = (random(tags.len()), random(tags.len()));
        let (a, b) = (tags[a.min(b)], tags[a.max(b)]);
        let new = match round % 4 {
            0 => format!("{}{}", &text[..a], &text[b..]),
            1 => format!("{}{}{}", &text[..b], &text[a..b], &text[b..]),
            2 => text.replace("w:val=\"", "w:val=\"99999999999999999999"),
            _ => text.replacen("<w:p>", &"<w:tbl><w:tr><w:tc>".repeat(random(90)), 1),
        };
        broken.set(part, new.into_bytes());
        let packed = pack(broken.parts()).unwrap();
        if let Ok(stream) = word::read(&packed, "") {
            let recognised = recognise(&stream);
            let _ = (yaml::write(&recognised.found, "tep"), proof::compare(&mut FileWords::of(&stream), &recognised));
        }
    }
    for cut in [0, 1, 30, bytes.len() / 2, bytes.len() - 1] {
        assert!(word::read(&bytes[..cut], "").is_err());
    }
}

#[test]
fn odd_texts_do_no_harm() {
    let texts = [
        "",
        "\n\n\n",
        "Nơi nhận:",
        "KẾ HOẠCH",
        "V/v",
        "Kính gửi",
        "Số:",
        "PHỤ LỤC",
        "(Kèm theo",
        "QUYẾT ĐỊNH\nPHỤ LỤC\n(Kèm theo",
        "I.",
        "\t\t\t",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "./.",
        "Điều",
        "-\n-\n-",
    ];
    for a in texts {
        for b in texts {
            for between in ["\n", "\n\n", "\t", "          "] {
                let stream = text::read(&format!("{a}{between}{b}"));
                let (plan, difference) = plan_of(&stream, "tep.txt");
                assert_eq!(difference, Difference::default(), "{a:?} {b:?}: {plan}");
                let _ = build_text(&plan);
            }
        }
    }
}

#[test]
fn markdown_of_portals_keeps_words_and_emphasis() {
    let typed = "# KẾ HOẠCH\n\n**Trồng cây** năm 2027\n\n## I. MỤC TIÊU\n\n1. Trồng *mười* cây, 2 * 3 hàng, giá 5\\*.\n\n| STT | Thôn |\n|---|:---:|\n| 1 | **Đông** |\n| 2 | Tây |\n\n* Hết.\n";
    let stream = markdown::read(typed);
    let (plan, difference) = plan_of(&stream, "tep.md");
    assert_eq!(difference, Difference::default(), "{plan}");
    for line in ["loai: ke_hoach", "1. Trồng *mười* cây, 2 \\* 3 hàng, giá 5\\*.", "- [1, \"**Đông**\"]", "- [2, Tây]"]
    {
        assert!(plan.contains(line), "{line}: {plan}");
    }
}

/// Words that only look like the program's own are told, not passed over.
#[test]
fn words_beside_what_the_program_prints_are_told() {
    let stream = text::read(
        "UBND XÃ MẪU CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 1/KH-UBND\nKẾ HOẠCH\nTrồng cây\n\n1. Trồng cây.\n\nNơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nLê Văn An\n\nPHỤ LỤC 7\nDANH SÁCH\n\nMột.\n",
    );
    let recognised = recognise(&stream);
    assert_eq!(proof::compare(&mut FileWords::of(&stream), &recognised), Difference::default());
    let told: Vec<_> = recognised
        .left_out
        .iter()
        .filter(|l| l.reason != vanthu::import::recognise::OWN)
        .map(|l| l.words.as_str())
        .collect();
    assert!(told.contains(&"7"), "{told:?}");
    let body = recognised.found.co_quan.join(" ").to_uppercase();
    assert!(body.contains("XÃ MẪU") || told.iter().any(|t| t.contains("XÃ MẪU")), "{body} {told:?}");
}

#[test]
fn what_is_imported_is_not_written_over() {
    let desk = Desk::new("", "dv.csv", "a\n1\n");
    desk.put("a.txt", "KẾ HOẠCH\nTrồng cây\n");
    for more in [["-o", "a.txt"], ["--bao-cao", "a.txt"]] {
        let told = String::from_utf8(desk.run(&[&["import", "a.txt", "--force"][..], &more].concat()).stderr).unwrap();
        assert!(told.contains("trùng với một tệp được nhập"), "{told}");
    }
    assert!(std::fs::read_to_string(desk.path("a.txt")).unwrap().starts_with("KẾ HOẠCH"));
}

/// A whole document as a text file, with the words and signs of its foot.
fn whole(nation: &str, foot: &str) -> String {
    format!(
        "ỦY BAN NHÂN DÂN        {nation}\n    XÃ ĐỒNG VĂN               Độc lập - Tự do - Hạnh phúc\n\
         Số: 12/KH-UBND         Đồng Văn, ngày 03 tháng 02 năm 2026\n\nKẾ HOẠCH\nTrồng cây đầu xuân\n\n\
         I. MỤC TIÊU\n1. Trồng 500 cây.\n\nNơi nhận:\n{foot}\n\nCHỦ TỊCH\n\nLê Văn An\n"
    )
}

const NATION: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";

#[test]
fn signs_and_words_that_the_page_has_otherwise_are_told() {
    let made = pipeline::import::import("a.txt", whole(NATION, "- Như trên,\n- Lưu: VT").as_bytes(), true).unwrap();
    assert_eq!(made.errors, 0, "{}", made.plan);
    let told: Vec<String> = made.signs.iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|t| t.contains("“./.” thay cho “.”")), "{told:?}");
    assert!(told.iter().any(|t| t.contains("thêm dấu “.” sau") && t.contains("VT")), "{told:?}");
    assert!(made.added.is_empty(), "{:?}", made.added);
    let more = "- Như trên;\n- Lưu: VT.\n\nCHỦ TỊCH\n\nLê Văn An\n\n\nPHỤ LỤC\nDANH SÁCH THÔN\n\nThôn Một, thôn Hai.";
    let text =
        whole(NATION, "- Như trên;\n- Lưu: VT.").replace("- Như trên;\n- Lưu: VT.\n\nCHỦ TỊCH\n\nLê Văn An\n", more);
    let made = pipeline::import::import("a.txt", text.as_bytes(), true).unwrap();
    assert!(made.added.iter().any(|t| t.starts_with("Kèm theo Kế hoạch số")), "{:?}\n{}", made.added, made.plan);
}

#[test]
fn the_old_spelling_of_the_nation_is_no_loss() {
    let text = whole("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "- Như trên;\n- Lưu: VT.");
    let made = pipeline::import::import("a.txt", text.as_bytes(), true).unwrap_or_else(|told| panic!("{told:?}"));
    assert!(made.errors == 0 && made.added.is_empty(), "{:?}", made.added);
    assert!(made.plan.contains("ten: Ủy ban nhân dân xã Đồng Văn") && made.plan.contains("so: 12"), "{}", made.plan);
}

#[test]
fn what_stops_a_plan_has_a_comment_at_its_place() {
    let text = whole(NATION, "- Như trên;\n- Lưu: VT.").replace("Đồng Văn, ngày 03 tháng 02 năm 2026", "");
    let made = pipeline::import::import("a.txt", text.as_bytes(), true).unwrap();
    assert!(made.errors > 0 && made.plan.contains("# kiểm tra: Thiếu khóa “dia_danh”."), "{}", made.plan);
    // In a block a comment would be text: it stands above the key.
    let long = "x".repeat(300);
    let text =
        whole(NATION, "- Như trên;\n- Lưu: VT.").replace("1. Trồng 500 cây.", &format!("1. Trồng 500 cây {long}."));
    let made = pipeline::import::import("a.txt", text.as_bytes(), true).unwrap();
    let (comment, key) = (made.plan.find("# kiểm tra"), made.plan.find("noi_dung: |"));
    assert!(made.errors > 0 && comment < key, "{}", made.plan);
}

#[test]
fn pages_of_portals_are_read_as_a_browser_shows_them() {
    let page = "<!DOCTYPE html><html><head><title>Cổng</title><style>p{}</style></head><body><nav>Trang chủ</nav>\
        <table border=0><tr><td align=center><b>SỞ NỘI VỤ</b></td><td align=center><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br>Độc lập - Tự do - Hạnh phúc</td></tr>\
        <tr><td>Số: 8/KH-SNV</td><td><i>Huế, ngày 03 tháng 02 năm 2026</i></td></tr></table>\
        <p style='text-align:center'><b>KẾ HOẠCH</b></p><p style='text-align:center'><b>Kiểm tra công vụ</b></p>\
        <p>I. MỤC TIÊU</p><ol><li>Kiểm tra <b>mười</b> cơ quan.</li><li>Báo cáo &amp; kiến nghị.</li></ol>\
        <table border=1><tr><th>TT</th><th colspan=2>Đơn vị</th></tr><tr><td rowspan=2>1</td><td>A</td><td>B</td></tr><tr><td>C</td><td>D</td></tr></table>\
        <p style='display:none'>ẩn</p><script>var x = 'mã';</script>\
        <table border=0><tr><td>Nơi nhận:<br>- Như trên;<br>- Lưu: VT.</td><td>GIÁM ĐỐC<br><br>Lê Văn An</td></tr></table></body></html>";
    let made = pipeline::import::import("a.html", page.as_bytes(), true).unwrap_or_else(|told| panic!("{told:?}"));
    assert_eq!(made.errors, 0, "{}", made.plan);
    for part in [
        "loai: ke_hoach",
        "ten: Sở Nội vụ",
        "so: 8",
        "ngay: 03/02/2026",
        "trich_yeu: Kiểm tra công vụ",
        "1. Kiểm tra **mười** cơ quan.",
        "2. Báo cáo & kiến nghị.",
        "{ noi_dung: 1, hang: 2 }, A, B]",
        "ho_ten: Lê Văn An",
    ] {
        assert!(made.plan.contains(part), "{part}\n{}", made.plan);
    }
    assert!(!made.plan.contains("mã") && !made.plan.contains("ẩn"), "{}", made.plan);
    // Odd pages: a result or a refusal.
    let deep = format!("<html>{}chữ{}", "<div><b>".repeat(5000), "</div>".repeat(100));
    for odd in [
        deep.as_str(),
        "<html><table><td colspan=99999 rowspan=99999>a",
        "<html><ol start=-5 type=I><li>a",
        "<html>\u{0}<p>\u{202E}a",
    ] {
        let _ = pipeline::import::import("a.html", odd.as_bytes(), true);
    }
}

#[test]
fn lone_numbers_are_those_of_pages_only_a_page_apart() {
    let line = "Một dòng chữ của văn bản dài vừa đủ một dòng trên trang giấy khổ A4, có dấu chấm.\n";
    let page = line.repeat(20);
    let numbers = |text: &str| text::read(text).left_out.iter().map(|l| l.words.clone()).collect::<Vec<_>>();
    assert_eq!(numbers(&format!("{page}2\n{page}3\n{page}")), ["2", "3"]);
    // The first column of a table that was copied cell by cell.
    assert!(numbers(&format!("{page}1\nThôn Một\n2\nThôn Hai\n3\nThôn Ba\n")).is_empty());
    assert!(numbers(&format!("{page}7\n{page}")).is_empty());
}

#[test]
fn captions_and_cells_beyond_the_last_column_are_not_lost() {
    let cells = "<td>ô</td>".repeat(64);
    let page = format!("<html><table border=1><caption>Bảng một</caption><tr>{cells}<td>sót</td></tr></table></html>");
    let stream = vanthu::import::html::read(&page);
    let Some(Piece::Par(caption)) = stream.pieces.first() else { panic!("{:?}", stream.pieces) };
    assert_eq!(caption.whole(), "Bảng một");
    let told: Vec<&str> = stream.left_out.iter().map(|l| l.words.as_str()).collect();
    assert_eq!(told, ["ô", "sót"]);
}

#[test]
fn a_name_or_a_note_behind_the_signature_has_no_end_mark() {
    let plan = |end: &str| {
        format!(
            "loai: ke_hoach\nco_quan: {{ ten: Sở A, viet_tat: SA }}\ndia_danh: Huế\nngay: 2026\ntrich_yeu: Thử\n\
             noi_dung: Một việc.\nnoi_nhan: [B]\nky: {{ chuc_vu: Giám đốc, ho_ten: Lê Văn An }}\n\
             phu_luc:\n  - tieu_de: Danh sách\n    noi_dung:\n      - \"{end}\"\n"
        )
    };
    let printed = |end: &str| plain::text(&build_text(&plan(end)).ready.expect("it renders").sheet);
    assert!(printed("Các thôn tự kê khai.").contains("tự kê khai./."));
    for end in ["Đỗ Xuân Trường", "(Danh sách này có chín người của ba thôn, được niêm yết tại nhà văn hóa các thôn)"]
    {
        assert!(printed(end).contains(end) && !printed(end).contains(&format!("{end}./.")), "{end}");
    }
}

/// Word keeps a column of a tenth of a millimetre where two cells were once drawn to edges that nearly touch.
#[test]
fn a_cell_that_reaches_a_sliver_into_a_column_does_not_cover_it() {
    let cell = |span: usize, text: &str| {
        format!("<w:tc><w:tcPr><w:gridSpan w:val=\"{span}\"/></w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    };
    let row = |head: bool, cells: &[(usize, &str)]| {
        let cells: String = cells.iter().map(|(span, text)| cell(*span, text)).collect();
        format!("<w:tr><w:trPr>{}</w:trPr>{cells}</w:tr>", if head { "<w:tblHeader/>" } else { "" })
    };
    let grid: String = [1000, 1000, 7, 1000, 1000].iter().map(|w| format!("<w:gridCol w:w=\"{w}\"/>")).collect();
    let body = format!(
        "<w:p><w:r><w:t>KẾ HOẠCH</w:t></w:r></w:p><w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{}{}{}</w:tbl>",
        row(true, &[(3, "Đắk Nông"), (2, "Bình Thuận")]),
        row(true, &[(1, "Điểm"), (1, "Hạng"), (2, "Điểm"), (1, "Hạng")]),
        row(false, &[(1, "9"), (1, "1"), (2, "8"), (1, "2")]),
    );
    let (plan, difference) = plan_of(&word::read(&file(&body), "").unwrap(), "a.docx");
    assert_eq!(difference, Difference::default());
    let squeezed = squeezed(&plan);
    assert!(squeezed.contains("{ ten: Đắk Nông, cot: [{ ten: Điểm") && !plan.contains("\"-\""), "{plan}");
    assert!(squeezed.contains("- [9, 1, 8, 2]"), "{plan}");
}
