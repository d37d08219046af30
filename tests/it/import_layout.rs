//! Pages and columns of a Word file that its author set, and the titles that he made bold.

use crate::import::{file, plan_of};
use crate::support::{build_text, report};
use vanthu::import::proof::Difference;
use vanthu::import::word;

fn imported(body: &str) -> String {
    let (plan, difference) = plan_of(&word::read(&file(body), "").unwrap_or_else(|f| panic!("{f:?}")), "a.docx");
    assert_eq!(difference, Difference::default());
    plan
}

fn par(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

const BREAK: &str = "<w:r><w:br w:type=\"page\"/></w:r>";

fn section(kind: &str) -> String {
    format!("<w:p><w:pPr><w:sectPr>{kind}<w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr></w:pPr></w:p>")
}

#[test]
fn pages_that_the_author_began_begin() {
    let before = format!("{}{}{}", par("KẾ HOẠCH"), par("I. MỤC TIÊU"), par("Trồng 500 cây."));
    // A break above the letters of a paragraph, one behind them, and the property.
    for broken in [
        format!("<w:p>{BREAK}<w:r><w:t>II. KINH PHÍ</w:t></w:r></w:p>"),
        format!("<w:p>{BREAK}</w:p>{}", par("II. KINH PHÍ")),
        "<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>II. KINH PHÍ</w:t></w:r></w:p>".to_owned(),
        format!("{}{}", section(""), par("II. KINH PHÍ")),
    ] {
        let plan = imported(&format!("{before}{broken}{}", par("Quỹ của thôn.")));
        assert!(plan.contains("    Trồng 500 cây.\n  - ngat_trang:\n  - |\n    II. KINH PHÍ\n"), "{broken}\n{plan}");
        assert!(!plan.contains("bỏ ngat_trang"), "{plan}");
    }
    let (text, next) = (par("Quỹ của thôn."), par("2. Quỹ của thôn."));
    // In the middle of a text it is told.
    let plan = imported(&format!("{before}<w:p>{BREAK}</w:p>{next}"));
    let told = "# kiểm tra: tệp Word sang trang trước “2. Quỹ của thôn. …”; bỏ ngat_trang nếu không cần.\n";
    assert!(plan.contains("  - ngat_trang:\n") && plan.contains(told), "{plan}");
    // A section that goes on below begins none, nor does a break with nothing behind it, and two are one.
    let continuous = section("");
    let last = "<w:sectPr><w:type w:val=\"continuous\"/></w:sectPr>";
    for (body, breaks) in [
        (format!("{before}{continuous}{text}{last}"), 0),
        (format!("{before}{text}<w:p>{BREAK}</w:p>"), 0),
        (format!("{before}<w:p>{BREAK}</w:p><w:p/><w:p>{BREAK}</w:p>{text}"), 1),
    ] {
        assert_eq!(imported(&body).matches("ngat_trang:\n").count(), breaks, "{body}");
    }
    // A clause above a page break is a title if points follow on the next page.
    let title = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>1. Kinh phí</w:t></w:r></w:p>";
    let plan = imported(&format!("{before}{title}<w:p>{BREAK}</w:p>{}", par("a) Quỹ của thôn.")));
    assert!(plan.contains("    1. Kinh phí\n  - ngat_trang:\n"), "{plan}");
}

#[test]
fn a_long_bold_title_is_one_for_its_author_and_asks_nothing() {
    let long = "1. Tiếp công dân, tiếp nhận và xử lý đơn thư khiếu nại, tố cáo, kiến nghị, phản ánh của nhân dân liên quan đến việc trồng cây";
    let title = format!("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{long}</w:t></w:r></w:p>");
    let head = par("KẾ HOẠCH");
    let plan = imported(&format!("{head}{title}{}", par("a) Quỹ của thôn.")));
    let bare = long.trim_start_matches("1. ");
    assert!(plan.contains(&format!("1. **{bare}**\n")), "{plan}");
    let asked = |text: &str| {
        let built = build_text(&format!("loai: ke_hoach\nnoi_dung: |\n  {text}\n  a) Quỹ của thôn.\n"));
        report(&built).contains("tieu-de-dai")
    };
    assert!(asked(long) && !asked(&format!("1. **{bare}**")) && asked(&format!("1. **Tiếp** {bare}")));
}

#[test]
fn a_column_has_room_for_its_longest_word_and_no_more() {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", par(text));
    let row = |cells: [&str; 2]| format!("<w:tr>{}</w:tr>", cells.map(cell).concat());
    // 30 and 130 mm: 52/2015/NĐ-CP needs somewhat more than 30 in letters of 12 points.
    let grid = "<w:gridCol w:w=\"1701\"/><w:gridCol w:w=\"7370\"/>";
    let table = format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{}{}</w:tbl>",
        row(["Văn bản", "Nội dung"]),
        row(["52/2015/NĐ-CP", "Công báo và niêm yết"]),
    );
    let plan = imported(&format!("{}{table}", par("KẾ HOẠCH")));
    let widths: Vec<f64> =
        plan.lines().filter_map(|line| line.split("rong: ").nth(1)?.split("mm").next()?.parse().ok()).collect();
    assert_eq!(widths.len(), 2, "{plan}");
    assert!((31.0..33.0).contains(&widths[0]) && (widths[0] + widths[1] - 160.0).abs() < 0.11, "{widths:?}");
}
