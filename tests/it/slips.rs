//! Slips of people who do not know YAML: each gives exactly one error, at its own line, and the line that the report
//! proposes mends it. What is text is text, whatever YAML makes of it.

use crate::support::{build_text, complete};
use vanthu::diagnostic::Diagnostic;

/// A slip: what was typed instead of a piece of the plan below, the code, the line of the error (counted from the first
/// line of what was typed), and what the drafter types after reading the report.
struct Slip {
    name: &'static str,
    typed: &'static str,
    code: &'static str,
    line: usize,
    mended: &'static str,
}

const fn slip(name: &'static str, typed: &'static str, code: &'static str, line: usize, mended: &'static str) -> Slip {
    Slip { name, typed, code, line, mended }
}

/// The slips, made from the guide's examples.
const SLIPS: &[Slip] = &[
    slip(
        "group at the margin",
        "co_quan:\nten: Sở Nội vụ\nviet_tat: SNV\n",
        "thut-le-sai",
        2,
        "co_quan:\n  ten: Sở Nội vụ\n  viet_tat: SNV\n",
    ),
    slip(
        "key one blank too deep",
        "co_quan:\n  ten: Sở Nội vụ\n   viet_tat: SNV\n",
        "thut-le-sai",
        3,
        "co_quan:\n  ten: Sở Nội vụ\n  viet_tat: SNV\n",
    ),
    slip(
        "key one blank too far out",
        "co_quan:\n  ten: Sở Nội vụ\n viet_tat: SNV\n",
        "thut-le-sai",
        3,
        "co_quan:\n  ten: Sở Nội vụ\n  viet_tat: SNV\n",
    ),
    slip(
        "a line of text at the margin",
        "noi_dung: |\n  I. MỘT\nĐoạn văn.\n",
        "thut-le-sai",
        3,
        "noi_dung: |\n  I. MỘT\n  Đoạn văn.\n",
    ),
    slip(
        "all text at the margin",
        "noi_dung: |\nI. MỘT\nĐoạn một.\nThời gian: tháng 12.\n- Gạch.\n",
        "thut-le-sai",
        2,
        "noi_dung: |\n  I. MỘT\n  Đoạn một.\n  Thời gian: tháng 12.\n  - Gạch.\n",
    ),
    slip(
        "text less indented than its first line",
        "noi_dung: |\n    I. MỘT\n  Đoạn văn.\n",
        "thut-le-sai",
        3,
        "noi_dung: |\n    I. MỘT\n    Đoạn văn.\n",
    ),
    slip(
        "a member of a list too deep",
        "noi_nhan:\n  - Các thôn\n    - Lưu: VT\n",
        "thut-le-sai",
        3,
        "noi_nhan:\n  - Các thôn\n  - Lưu: VT\n",
    ),
    slip(
        "a block between two columns",
        "noi_dung:\n  - muc: Một\n    noi_dung:\n      - khoan: Hai.\n   - muc: Ba\n     noi_dung: Bốn.\n",
        "thut-le-sai",
        5,
        "noi_dung:\n  - muc: Một\n    noi_dung:\n      - khoan: Hai.\n  - muc: Ba\n    noi_dung: Bốn.\n",
    ),
    slip(
        "a tab",
        "co_quan:\n\tten: Sở Nội vụ\n\tviet_tat: SNV\n",
        "yaml-tab",
        2,
        "co_quan:\n  ten: Sở Nội vụ\n  viet_tat: SNV\n",
    ),
    slip(
        "a tab in text",
        "noi_dung: |\n  I. MỘT\n\tĐoạn văn.\n",
        "yaml-tab",
        3,
        "noi_dung: |\n  I. MỘT\n  Đoạn văn.\n",
    ),
    slip("no blank behind the colon", "dia_danh:Lâm Đồng\n", "thieu-dau-cach", 1, "dia_danh: Lâm Đồng\n"),
    slip("a no-break space behind the colon", "dia_danh:\u{A0}Lâm Đồng\n", "thieu-dau-cach", 1, "dia_danh: Lâm Đồng\n"),
    slip("a full-width colon", "dia_danh：Lâm Đồng\n", "thieu-dau-cach", 1, "dia_danh: Lâm Đồng\n"),
    slip("no colon", "dia_danh Lâm Đồng\n", "thieu-dau-cach", 1, "dia_danh: Lâm Đồng\n"),
    slip(
        "dashes without a blank",
        "noi_nhan:\n  -Các thôn\n  -Lưu: VT\n",
        "thieu-dau-cach",
        2,
        "noi_nhan:\n  - Các thôn\n  - Lưu: VT\n",
    ),
    slip(
        "one dash without a blank",
        "noi_nhan:\n  - Các thôn\n  -Lưu: VT\n",
        "thieu-dau-cach",
        3,
        "noi_nhan:\n  - Các thôn\n  - Lưu: VT\n",
    ),
    slip(
        "dashes of Word",
        "noi_nhan:\n  – Các thôn\n  – Lưu: VT\n",
        "thieu-dau-cach",
        2,
        "noi_nhan:\n  - Các thôn\n  - Lưu: VT\n",
    ),
    slip(
        "a dash forgotten",
        "noi_nhan:\n  - Các thôn\n  Lưu: VT\n",
        "thieu-dau-cach",
        3,
        "noi_nhan:\n  - Các thôn\n  - Lưu: VT\n",
    ),
    slip(
        "all dashes forgotten",
        "noi_nhan:\n  Các thôn\n  Lưu: VT\n",
        "sai-kieu",
        2,
        "noi_nhan:\n  - Các thôn\n  - Lưu: VT\n",
    ),
    slip(
        "the list begins on the key's line",
        "noi_nhan: - Các thôn\n  - Lưu: VT\n",
        "thut-le-sai",
        1,
        "noi_nhan:\n  - Các thôn\n  - Lưu: VT\n",
    ),
    slip("a text where a list is wanted", "noi_nhan: Các thôn\n", "sai-kieu", 1, "noi_nhan:\n  - Các thôn\n"),
    slip("a list where a text is wanted", "trich_yeu:\n  - tập huấn\n", "sai-kieu", 2, "trich_yeu: tập huấn\n"),
    slip(
        "a text where a group is wanted",
        "ky: Giám đốc\n  ho_ten: Trần Thị Minh\n",
        "sai-kieu",
        1,
        "ky:\n  chuc_vu: Giám đốc\n  ho_ten: Trần Thị Minh\n",
    ),
    slip(
        "a bar forgotten",
        "noi_dung:\n  I. MỘT\n  1. Thời gian: tháng 12.\n",
        "thieu-gach-dung",
        1,
        "noi_dung: |\n  I. MỘT\n  1. Thời gian: tháng 12.\n",
    ),
    slip(
        "a bar forgotten, text on the key's line",
        "noi_dung: I. MỘT\n  1. Thời gian: tháng 12.\n",
        "thieu-gach-dung",
        1,
        "noi_dung: |\n  I. MỘT\n  1. Thời gian: tháng 12.\n",
    ),
    slip(
        "a bar forgotten in an opening",
        "mo_dau:\n  Đoạn một.\n  Đoạn hai: như sau.\n",
        "thieu-gach-dung",
        1,
        "mo_dau: |\n  Đoạn một.\n  Đoạn hai: như sau.\n",
    ),
    slip("a quote left open", "trich_yeu: \"tập huấn văn thư\n", "ngoac-ho", 1, "trich_yeu: \"tập huấn văn thư\"\n"),
    slip(
        "a bracket left open",
        "noi_nhan: [Các thôn, \"Lưu: VT\"\n",
        "ngoac-ho",
        1,
        "noi_nhan: [Các thôn, \"Lưu: VT\"]\n",
    ),
    slip(
        "a brace left open",
        "ky: { chuc_vu: Giám đốc, ho_ten: Trần Thị Minh\n",
        "ngoac-ho",
        1,
        "ky: { chuc_vu: Giám đốc, ho_ten: Trần Thị Minh}\n",
    ),
    slip(
        "curly quotes",
        "noi_nhan:\n  - Các thôn\n  - “Lưu: VT, VP”\n",
        "ngoac-cong",
        3,
        "noi_nhan:\n  - Các thôn\n  - \"Lưu: VT, VP\"\n",
    ),
    slip("a key in capitals", "DIA_DANH: Lâm Đồng\n", "khoa-la", 1, "dia_danh: Lâm Đồng\n"),
    slip("a key with accents", "địa_danh: Lâm Đồng\n", "khoa-la", 1, "dia_danh: Lâm Đồng\n"),
    slip(
        "a key with accents and a blank",
        "Trích yếu: tập huấn văn thư\n",
        "khoa-la",
        1,
        "trich_yeu: tập huấn văn thư\n",
    ),
    slip("a key with a letter wrong", "noi_nhann:\n  - Lưu: VT\n", "khoa-la", 1, "noi_nhan:\n  - Lưu: VT\n"),
    slip(
        "a key of the plan in a group",
        "co_quan:\n  ten: Sở Nội vụ\n  viet_tat: SNV\n  dia_danh: Lâm Đồng\n",
        "khoa-la",
        4,
        "co_quan:\n  ten: Sở Nội vụ\n  viet_tat: SNV\ndia_danh: Lâm Đồng\n",
    ),
    slip(
        "a block with a capital",
        "noi_dung:\n  - Mục: Tổ chức thực hiện\n",
        "yaml-hai-cham",
        2,
        "noi_dung:\n  - muc: Tổ chức thực hiện\n",
    ),
];

/// The plan around a slip: what the slip's piece gives is left out of the rest.
fn around(piece: &str, mended: &str) -> (String, usize) {
    let whole = complete(mended);
    let rest = &whole[mended.len()..];
    // Something stands before the slip, so that lines count.
    (format!("# kế hoạch\n{piece}{rest}"), 2)
}

fn errors(text: &str) -> (Vec<Diagnostic>, String) {
    let built = build_text(text);
    let report = crate::support::report(&built);
    (built.diagnostics.into_iter().filter(Diagnostic::is_error).collect(), report)
}

#[test]
fn each_slip_is_one_error_at_its_line_with_a_fix_that_works() {
    assert!(SLIPS.len() >= 30);
    let mut wrong = Vec::new();
    for case in SLIPS {
        let (text, first) = around(case.typed, case.mended);
        let (found, report) = errors(&text);
        let source = vanthu::source::Source::new("k", text.clone());
        let places: Vec<_> =
            found.iter().map(|d| (d.code.name, d.span.map_or(0, |s| source.line_col(s.start).line))).collect();
        if places != [(case.code, case.line + first - 1)] {
            wrong.push(format!("{}: {places:?}\n{report}", case.name));
            continue;
        }
        let (text, _) = around(case.mended, case.mended);
        let (found, report) = errors(&text);
        if !found.is_empty() {
            wrong.push(format!("{}, mended: {report}", case.name));
        }
        // The report shows a line of what the drafter types in the end.
        let hint = build_text(&around(case.typed, case.mended).0).diagnostics[0].hint.clone().unwrap_or_default();
        let proposal = hint.rsplit("iết: ").next().unwrap_or("").trim();
        // A line as it should stand, or the name of the key that was meant.
        let named = |l: &str| l.split_once(':').is_some_and(|(key, _)| hint.contains(&format!("“{key}” không?")));
        let shown = case.mended.contains(proposal) || case.mended.lines().any(|l| hint.contains(l.trim()) || named(l));
        if !shown {
            wrong.push(format!("{}: the hint shows no line of the mended text: {hint}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn what_is_text_is_text() {
    // A fragment of the plan, and words that must be on the page as they stand.
    let cases = [
        ("noi_nhan:\n  - Các thôn\n  - Lưu: VT, VP\n", "Lưu: VT, VP"),
        ("noi_nhan:\n  - VPUB: CVP, đơn vị: TH\n", "VPUB: CVP, đơn vị: TH"),
        ("noi_nhan: [Các thôn, Lưu: VT]\n", "Lưu: VT"),
        ("mo_dau: Sở ban hành Kế hoạch với các nội dung như sau:\n", "nội dung như sau:"),
        ("mo_dau: Sở ban hành: một,\n  hai, ba.\n", "Sở ban hành: một, hai, ba."),
        ("trich_yeu: '07'\n", "07"),
        ("trich_yeu: no\n", "No"),
        ("trich_yeu: 1e3\n", "1e3"),
        ("trich_yeu: [x] đã duyệt\n", "[x] đã duyệt"),
        ("trich_yeu: [x]\n", "[x]"),
        ("trich_yeu: {x}\n", "{x}"),
        ("trich_yeu: @ phòng, chống\n", "@ phòng, chống"),
        ("trich_yeu: 100%\n", "100%"),
        ("trich_yeu: %m là tỷ lệ\n", "%m là tỷ lệ"),
        ("trich_yeu: `mã`\n", "`mã`"),
        ("trich_yeu: > 5 tỷ đồng\n", "> 5 tỷ đồng"),
        ("trich_yeu: | là dấu gạch\n", "| là dấu gạch"),
        ("trich_yeu: & cộng sự\n", "& cộng sự"),
        ("trich_yeu: !chú ý\n", "!chú ý"),
        ("trich_yeu: \"Bình dân\" học vụ số\n", "\"Bình dân\" học vụ số"),
        ("trich_yeu: 'Bình dân' học vụ số\n", "'Bình dân' học vụ số"),
        ("trich_yeu: - gạch\n", "- gạch"),
        ("trich_yeu: a # chú giải\n", "A"),
        ("trich_yeu: {{ nam }} năm sau\nbien: { nam: 2027 }\n", "2027 năm sau"),
        ("bien: { x: y: z }\ntrich_yeu: gồm {{ x }}\n", "gồm y: z"),
        ("bien:\n  x: y: z\ntrich_yeu: gồm {{ x }}\n", "gồm y: z"),
        ("dia_danh:\tĐà Lạt\n", "Đà Lạt"),
        ("can_cu: [Luật A [1], Luật B]\n", "Luật A [1]"),
        ("ky: { chuc_vu: Giám đốc, ho_ten: Lê: Na }\n", "Lê: Na"),
        ("noi_dung:\n  - Lưu ý: hồ sơ nộp trước ngày 15.\n", "Lưu ý: hồ sơ nộp trước ngày 15"),
        ("noi_dung:\n  - khoan: Thời gian: tháng 12.\n", "Thời gian: tháng 12."),
        ("noi_dung: Thời gian: tháng 12.\n", "Thời gian: tháng 12."),
        (
            "noi_dung:\n  - bang:\n      cot: [STT, Việc: chính]\n      hang:\n        - [1, Lớp 1: mở tại xã]\n",
            "Lớp 1: mở tại xã",
        ),
        (
            "noi_dung:\n  - bang:\n      cot: [STT, Việc]\n      hang:\n        - [1, {{ v }}]\nbien: { v: họp }\n",
            "họp",
        ),
        ("can_cu:\n  - Căn cứ Luật:\n    số 77/2015/QH13\n", "Căn cứ Luật: số 77/2015/QH13"),
    ];
    let mut wrong = Vec::new();
    for (fragment, words) in cases {
        let built = build_text(&complete(fragment));
        let sheet = built.ready.as_ref().map(|r| r.sheet.to_string()).unwrap_or_default();
        if !sheet.contains(words) {
            wrong.push(format!(
                "{fragment}{}\n{}",
                crate::support::report(&built),
                sheet.lines().take(12).collect::<Vec<_>>().join("\n")
            ));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n\n"));
}
