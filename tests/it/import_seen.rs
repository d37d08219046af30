//! What a reader of a file sees and a plan shows otherwise or not at all: raised letters, formulas, charts, struck letters.

use crate::import::{file, plan_of};
use vanthu::import::stream::{Piece, Stream};
use vanthu::import::{html, markdown, word};
use vanthu::ooxml::package::{Package, pack};

fn first_line(stream: &Stream) -> String {
    stream.pieces.iter().find_map(|p| if let Piece::Par(par) = p { Some(par.whole()) } else { None }).unwrap()
}

fn read(body: &str) -> Stream {
    word::read(&file(body), "").unwrap_or_else(|f| panic!("{f:?}"))
}

fn run(properties: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn script(kind: &str, text: &str) -> String {
    run(&format!("<w:vertAlign w:val=\"{kind}\"/>"), text)
}

#[test]
fn raised_and_lowered_numbers_keep_their_place() {
    let (up, down) = (|t: &str| script("superscript", t), |t: &str| script("subscript", t));
    let body = [
        run("", "Thu gom 120 m"),
        up("3"),
        run("", ", giảm CO"),
        down("2"),
        run("", ", tốc độ 4 m.s"),
        up("-1"),
        run("", ", 10"),
        up("6"),
    ];
    let stream = read(&format!("<w:p>{}</w:p>", body.concat()));
    assert_eq!(first_line(&stream), "Thu gom 120 m³, giảm CO₂, tốc độ 4 m.s⁻¹, 10⁶");
    assert!(stream.unsure.is_empty(), "{:?}", stream.unsure);
    // What has no such letter keeps its word and is told; an ornament is not.
    let body = [run("", "hệ số k"), down("max"), run("", " của anh "), down("Nguyễn"), run("", " lúc 7"), up("’")];
    let stream = read(&format!("<w:p>{}</w:p>", body.concat()));
    assert_eq!(first_line(&stream), "hệ số kmax của anh Nguyễn lúc 7’");
    assert_eq!(stream.unsure, ["“max” đứng cao hơn hay thấp hơn dòng trong tệp Word"]);
    // A page and a Markdown file have them too.
    let page = "<html><body><p>Diện tích 35 m<sup>2</sup>, CO<sub>2</sub>, k<sub>max</sub></p></body></html>";
    let stream = html::read(page);
    assert_eq!(first_line(&stream), "Diện tích 35 m², CO₂, kmax");
    assert_eq!(stream.unsure.len(), 1);
    let stream = markdown::read("## Một\n\nDiện tích 35 m<sup>2</sup>, CO<sub>2</sub>, x<sup>a</sup><sup>2</sup>\n");
    assert!(
        stream
            .pieces
            .iter()
            .any(|p| matches!(p, Piece::Par(par) if par.whole() == "Diện tích 35 m², CO₂, x<sup>a</sup>²")),
        "{:?}",
        stream.pieces
    );
}

#[test]
fn a_formula_says_on_one_line_what_it_means() {
    let of = |inner: &str| first_line(&read(&format!("<w:p><m:oMath>{inner}</m:oMath></w:p>")));
    let r = |text: &str| format!("<m:r><m:t>{text}</m:t></m:r>");
    let fraction = |a: &str, b: &str| format!("<m:f><m:num>{a}</m:num><m:den>{b}</m:den></m:f>");
    assert_eq!(of(&format!("{}{}", r("K = "), fraction(&r("a + b"), &r("c")))), "K = (a + b)/c");
    let power = |base: &str, sup: &str| format!("<m:sSup><m:e>{base}</m:e><m:sup>{sup}</m:sup></m:sSup>");
    assert_eq!(of(&power(&r("x"), &r("2"))), "x²");
    assert_eq!(of(&power(&r("x"), &r("a+1"))), "x^(a+1)");
    assert_eq!(of("<m:sSub><m:e><m:r><m:t>S</m:t></m:r></m:e><m:sub><m:r><m:t>1</m:t></m:r></m:sub></m:sSub>"), "S₁");
    assert_eq!(of(&format!("<m:rad><m:deg/><m:e>{}</m:e></m:rad>", r("a + b"))), "√(a + b)");
    let brackets =
        format!("<m:d><m:dPr><m:begChr m:val=\"[\"/><m:endChr m:val=\"]\"/></m:dPr><m:e>{}</m:e></m:d>", r("x"));
    assert_eq!(of(&brackets), "[x]");
    let sum = format!(
        "<m:nary><m:naryPr><m:chr m:val=\"∑\"/></m:naryPr><m:sub>{}</m:sub><m:sup>{}</m:sup><m:e>{}</m:e></m:nary>",
        r("i=1"),
        r("n"),
        r("x")
    );
    assert_eq!(of(&sum), "∑_(i=1)ⁿx");
    // Shapes that are not known give their letters; deep ones end.
    assert_eq!(of(&format!("<m:box><m:e>{}</m:e></m:box>", r("y"))), "y");
    let deep = format!("{}{}{}", "<m:box>".repeat(150), r("z"), "</m:box>".repeat(150));
    assert_eq!(of(&deep), "z");
    let stream = read(&format!("<w:p><m:oMath>{}</m:oMath></w:p>", fraction(&r("1"), &r("2"))));
    assert_eq!(stream.unsure, ["công thức của tệp Word viết trên một dòng: “1/2”"]);
}

#[test]
fn struck_letters_are_kept_and_told() {
    let body = format!("<w:p>{}{}</w:p>", run("", "Trồng 500 cây"), run("<w:strike/>", " trong tháng 3"));
    let stream = read(&body);
    assert_eq!(first_line(&stream), "Trồng 500 cây trong tháng 3");
    let (plan, _) = plan_of(&stream, "a.docx");
    let told = "# kiểm tra: “trong tháng 3” bị gạch ngang trong tệp Word; xóa nếu nó đã bị bỏ.\n";
    assert!(plan.contains(told), "{plan}");
    // So many that a person reads them.
    let many: String = (0..500).map(|n| format!("<w:p>{}</w:p>", run("<w:strike/>", &format!("việc {n}")))).collect();
    let (plan, _) = plan_of(&read(&many), "a.docx");
    assert!(plan.matches("bị gạch ngang").count() == 20 && plan.contains("còn 480 chỗ như trên nữa"), "{plan}");
}

#[test]
fn charts_and_diagrams_are_told_by_their_words_and_their_place() {
    const DRAWN: &str = "http://schemas.openxmlformats.org/drawingml/2006";
    let drawing = |inner: &str| {
        format!(
            "<w:p><w:r><w:drawing><a:graphic><a:graphicData>{inner}</a:graphicData></a:graphic></w:drawing></w:r></w:p>"
        )
    };
    let body = format!(
        "<w:p>{}</w:p>{}{}{}",
        run("", "Kết quả ba năm như biểu đồ sau:"),
        drawing("<c:chart r:id=\"c\"/>"),
        drawing("<dgm:relIds r:dm=\"d\"/>"),
        drawing("<c:chart r:id=\"none\"/>")
    );
    let mut package = Package::open(&file(&body)).unwrap();
    let relations = String::from_utf8(package.get("word/_rels/document.xml.rels").unwrap().to_vec()).unwrap();
    let more = format!(
        "<Relationship Id=\"c\" Type=\"{DRAWN}/chart\" Target=\"charts/chart1.xml\"/><Relationship Id=\"d\" Type=\"{DRAWN}/diagramData\" Target=\"diagrams/data1.xml\"/></Relationships>"
    );
    package.set("word/_rels/document.xml.rels", relations.replace("</Relationships>", &more).into_bytes());
    let chart = "<c:chartSpace><c:title><a:p><a:r><a:t>Số </a:t></a:r><a:r><a:t>hồ sơ</a:t></a:r></a:p></c:title><c:strCache><c:pt><c:v>Năm 2024</c:v></c:pt><c:pt><c:v>Năm 2025</c:v></c:pt></c:strCache><c:strCache><c:pt><c:v>Năm 2024</c:v></c:pt><c:pt><c:v>Năm 2025</c:v></c:pt></c:strCache><c:numCache><c:pt><c:v>12</c:v></c:pt></c:numCache></c:chartSpace>";
    package.set("word/charts/chart1.xml", chart.as_bytes().to_vec());
    package.set(
        "word/diagrams/data1.xml",
        "<dgm:dataModel><a:p><a:r><a:t>Tổ trưởng</a:t></a:r></a:p></dgm:dataModel>".as_bytes().to_vec(),
    );
    let stream = word::read(&pack(package.parts()).unwrap(), "").unwrap();
    let told: Vec<_> = stream.left_out.iter().map(|l| (l.words.as_str(), l.reason)).collect();
    assert_eq!(
        told,
        [
            ("Số hồ sơ Năm 2024 Năm 2025", "chữ trong biểu đồ"),
            ("Tổ trưởng", "chữ trong sơ đồ"),
            ("biểu đồ", "chữ trong biểu đồ"),
        ]
    );
    let (plan, _) = plan_of(&stream, "a.docx");
    let place = "# kiểm tra: sau “ba năm như biểu đồ sau:” tệp Word có một biểu đồ; lưu nó thành hình PNG rồi đặt vào chỗ đó bằng hinh nếu cần.\n";
    assert!(plan.contains(place), "{plan}");
}

#[test]
fn pages_nested_without_end_are_refused_and_real_ones_are_not() {
    use vanthu::pipeline::import;
    let nested = |n: usize| format!("<html><body>{}Chữ{}</body></html>", "<div>".repeat(n), "</div>".repeat(n));
    assert!(import::read("a.html", nested(2000).as_bytes()).is_ok());
    for text in [nested(200_000), format!("<html><body>{}Chữ", "<section>".repeat(200_000))] {
        let told = import::read("a.html", text.as_bytes()).map(|_| ()).unwrap_err();
        assert!(told.message.contains("lồng nhau quá sâu"), "{}", told.message);
    }
    // Paragraphs and cells without end tags are not inside of each other.
    let flat = format!("<html><body>{}</body></html>", "<p>Chữ<br>".repeat(20_000));
    assert!(import::read("a.html", flat.as_bytes()).is_ok());
    // Such a table in Markdown stays text.
    let table = format!("## Một\n\n<table>{}Chữ</table>\n\nHai.\n", "<div>".repeat(100_000));
    assert!(import::read("a.md", table.as_bytes()).is_ok());
}

#[test]
fn a_comment_finds_its_words_beside_raised_numbers() {
    use vanthu::ooxml::comments::{Remark, annotate};
    let body = [run("", "Đã cấp 35 m"), script("superscript", "2"), run("", " đất và CO"), script("subscript", "2")];
    let file = file(&format!("<w:p>{}</w:p>", body.concat()));
    let remark = |before: &str, words: &str| Remark {
        before: before.into(),
        words: words.into(),
        after: String::new(),
        text: "Xem lại.".into(),
    };
    let (_, placed) = annotate(&file, &[remark("Đã cấp 35 m² ", "đất"), remark("đất và ", "CO₂")], "vanthu").unwrap();
    assert_eq!(placed, 2);
}
