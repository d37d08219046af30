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
    // A text under the name of a Word file is none.
    assert!(import::read("a.docx", b"junk").unwrap_err().message.contains("không phải là tệp Word"));
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

fn all_lines(body: &str) -> Vec<String> {
    let of = |piece: &Piece| match piece {
        Piece::Par(par) => Some(par.whole()),
        Piece::PageBreak => Some("⏎".to_owned()),
        _ => None,
    };
    read(body).pieces.iter().filter_map(of).collect()
}

#[test]
fn a_page_that_begins_inside_of_a_paragraph_parts_its_words() {
    const BREAK: &str = "<w:br w:type=\"page\"/>";
    let t = |text: &str| format!("<w:t xml:space=\"preserve\">{text}</w:t>");
    let one = format!("<w:p><w:r>{}{BREAK}{}</w:r></w:p><w:p><w:r>{}</w:r></w:p>", t("Một."), t("Hai."), t("Ba."));
    assert_eq!(all_lines(&one), ["Một.", "⏎", "Hai.", "Ba."]);
    let runs = format!("<w:p><w:r>{}</w:r><w:r>{BREAK}</w:r><w:r>{}{BREAK}</w:r></w:p>", t("Một."), t("Hai."));
    assert_eq!(all_lines(&runs), ["Một.", "⏎", "Hai.", "⏎"]);
    assert_eq!(all_lines(&format!("<w:p><w:r>{BREAK}{}</w:r></w:p>", t("Một."))), ["⏎", "Một."]);
}

#[test]
fn fields_without_a_result_show_what_word_shows() {
    let field = |data: &str, instruction: &str| {
        format!(
            "<w:p><w:r><w:t xml:space=\"preserve\">Giới tính: </w:t></w:r><w:r><w:fldChar w:fldCharType=\"begin\">{data}</w:fldChar></w:r><w:r><w:instrText xml:space=\"preserve\">{instruction}</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
        )
    };
    let list = "<w:ffData><w:ddList><w:result w:val=\"1\"/><w:listEntry w:val=\"Nam\"/><w:listEntry w:val=\"Nữ\"/></w:ddList></w:ffData>";
    let check = |on: &str| format!("<w:ffData><w:checkBox><w:default w:val=\"0\"/>{on}</w:checkBox></w:ffData>");
    for (body, shown) in [
        (field(list, " FORMDROPDOWN "), "Nữ"),
        (field(&check("<w:checked/>"), " FORMCHECKBOX "), "☑"),
        (field(&check(""), " FORMCHECKBOX "), "☐"),
        (field("", " MACROBUTTON NoMacro Nguyễn Văn Bình "), "Nguyễn Văn Bình"),
        (field("", " SYMBOL 65 "), "A"),
        (field("", " PAGE "), ""),
    ] {
        assert_eq!(all_lines(&body), [format!("Giới tính: {shown}").trim_end().to_owned()], "{body}");
    }
    let stream = read(&field("", " EQ \\f(số đạt;tổng số) "));
    assert!(first_line(&stream).contains("số đạt;tổng số") && stream.unsure.len() == 1, "{:?}", stream.unsure);
}

#[test]
fn drawn_words_are_words() {
    let par = |inner: &str| format!("<w:p><w:r>{inner}</w:r></w:p>");
    let art = par("<w:pict><v:shape><v:textpath string=\"CHÀO MỪNG\"/></v:shape></w:pict>");
    assert!(all_lines(&art).contains(&"CHÀO MỪNG".to_owned()));
    let locked = par(
        "<w:drawing><lc:lockedCanvas><a:sp><a:txBody><a:p><a:r><a:t>Chữ trong hình</a:t></a:r></a:p></a:txBody></a:sp></lc:lockedCanvas></w:drawing>",
    );
    assert!(all_lines(&locked).contains(&"Chữ trong hình".to_owned()));
    let text = |words: &str| format!("<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>");
    let either = |needs: &str| {
        par(&format!(
            "<mc:AlternateContent><mc:Choice Requires=\"{needs}\">{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>",
            text("mới"),
            text("cũ")
        ))
    };
    assert!(all_lines(&either("wps")).contains(&"mới".to_owned()));
    assert!(all_lines(&either("zz9")).contains(&"cũ".to_owned()));
    let ruby =
        par("<w:ruby><w:rt><w:r><w:t>hàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby>");
    assert_eq!(all_lines(&ruby), ["漢 (hàn)"]);
    // What is not in the file, and files inside of it, are told.
    for lost in ["<w:p><w:r><w:drawing><a:blip r:link=\"no\"/></w:drawing></w:r></w:p>", "<w:altChunk r:id=\"no\"/>"] {
        let stream = read(lost);
        assert!(!stream.left_out.is_empty() && !stream.missing.is_empty(), "{lost}");
    }
}

#[test]
fn numbers_of_a_formula_stay_apart() {
    let of = |inner: &str| first_line(&read(&format!("<w:p><m:oMath>{inner}</m:oMath></w:p>")));
    let r = |text: &str| format!("<m:r><m:t>{text}</m:t></m:r>");
    let e = |inner: &str| format!("<m:e>{inner}</m:e>");
    let fraction = |a: &str, b: &str| format!("<m:f><m:num>{}</m:num><m:den>{}</m:den></m:f>", r(a), r(b));
    assert_eq!(of(&format!("{}{}", r("3"), fraction("1", "2"))), "3 1/2");
    assert_eq!(of(&format!("{}{}", fraction("1", "2"), fraction("3", "4"))), "1/2 3/4");
    assert_eq!(of(&format!("{}{}", fraction("a", "bc"), r("d"))), "a/(bc) d");
    assert_eq!(of(&format!("{}{}", fraction("1", "2"), r("+x"))), "1/2+x");
    let row = |a: &str, b: &str| format!("<m:mr>{}{}</m:mr>", e(&r(a)), e(&r(b)));
    assert_eq!(of(&format!("<m:m>{}{}</m:m>", row("1", "2"), row("3", "4"))), "[1 2; 3 4]");
    assert_eq!(of(&format!("<m:eqArr>{}{}</m:eqArr>", e(&r("x+y=1")), e(&r("2x=5")))), "x+y=1; 2x=5");
    let pre = format!("<m:sPre><m:sub>{}</m:sub><m:sup>{}</m:sup>{}</m:sPre>", r("6"), r("14"), e(&r("C")));
    assert_eq!(of(&pre), "¹⁴₆C");
    let power = format!("<m:sSup>{}<m:sup>{}</m:sup></m:sSup>", e(&fraction("a", "b")), r("2"));
    assert_eq!(of(&power), "(a/b)²");
    // Deleted letters are left out, those of Word's own runs are kept.
    let changed = format!("{}<w:del>{}</w:del><m:r><w:t>mới</w:t></m:r>", r("x="), r("cũ"));
    let stream = read(&format!("<w:p><m:oMath>{changed}</m:oMath></w:p>"));
    assert_eq!((first_line(&stream).as_str(), stream.left_out[0].words.as_str()), ("x=mới", "cũ"));
    assert_eq!(all_lines(&format!("<m:oMathPara><m:oMath>{}</m:oMath></m:oMathPara>", r("E=mc"))), ["E=mc"]);
}

#[test]
fn marks_of_pages_and_texts_that_raise_and_strike() {
    let page = |inner: &str| html::read(&format!("<html><body><p>{inner}</p></body></html>"));
    let stream = page(
        "<span style=\"vertical-align: super\">2</span>35 m<span style='vertical-align:super'>2</span> <span style=\"text-decoration: line-through\">bỏ</span>",
    );
    assert_eq!(first_line(&stream), "²35 m² bỏ");
    assert_eq!(stream.unsure, ["“bỏ” bị gạch ngang ở trang web; xóa nếu nó đã bị bỏ"]);
    assert_eq!(
        first_line(&page("Vào <time>8 giờ</time>. Hỏi <q>vì sao</q> <var>x</var>.")),
        "Vào 8 giờ. Hỏi vì sao x."
    );
    let stream = page(
        "Họ tên: <input value=\"Lê An\"><textarea>Ghi chú</textarea><select><option>Nam</option></select><input type=\"hidden\" value=\"x1\">",
    );
    assert_eq!(stream.left_out.iter().map(|l| l.words.as_str()).collect::<Vec<_>>(), ["Lê An", "Ghi chú", "Nam"]);
    let stream = markdown::read("## Một\n\nViệc ~~đã\nbỏ~~ còn lại.\n");
    assert!(stream.pieces.iter().any(|p| matches!(p, Piece::Par(par) if par.whole() == "Việc đã bỏ còn lại.")));
    assert_eq!(stream.unsure.len(), 1);
    // Numbers raised by hand.
    let moved = |shift: i32, text: &str| run(&format!("<w:position w:val=\"{shift}\"/>"), text);
    let body = format!("<w:p>{}{}{}{}</w:p>", run("", "35 m"), moved(6, "2"), run("", " CO"), moved(-4, "2"));
    assert_eq!(first_line(&read(&body)), "35 m² CO₂");
    assert_eq!(first_line(&read(&format!("<w:p>{}</w:p>", moved(6, "Chữ nâng")))), "Chữ nâng");
}

#[test]
fn ordinary_pages_are_not_too_deep() {
    use vanthu::import::depth::is_too_deep;
    let many = |unit: &str| unit.repeat(6000);
    for page in [
        format!("<svg>{}</svg>", many("<rect x=\"1\"/>")),
        format!("<script>{}</script>", many("document.write(\"<div>\");")),
        format!("<script>{}</script>", many("for(i=0;i<n;i++)x<y;")),
        format!("<!-- {} -->", many("<div>")),
        format!("<style>{}</style>", many("<b>")),
        many("<p title=\"<div><div>\">Chữ"),
        many("a < b và c<d "),
    ] {
        assert!(!is_too_deep(&page), "{}", &page[..60]);
    }
    for page in [
        many("<div class=\"a\">"),
        many("<DIV\n>"),
        format!("<!-->{}", many("<div>")),
        many("<div></x>"),
        many("<div/>"),
        format!("<a =\"><div>x{}", many("<div>")),
        format!("<a b=c=\"><div>x{}", many("<div>")),
        format!("<svg><title>{}", many("<g>")),
        // Emphasis that is opened again in each paragraph.
        format!("<p>{}</p>{}", (0..1500).map(|n| format!("<b a={n}>")).collect::<String>(), "<p>x".repeat(1500)),
    ] {
        assert!(is_too_deep(&page), "{}", &page[..40]);
    }
}

#[test]
fn notes_and_fields_at_odd_places_lose_nothing() {
    // A note behind a page break hangs on the words before it.
    let body = "<w:p><w:r><w:t>Đoạn có chú thích.</w:t><w:br w:type=\"page\"/><w:footnoteReference w:id=\"2\"/></w:r></w:p><w:p><w:r><w:t>Đoạn sau.</w:t></w:r></w:p>";
    let (plan, difference) = plan_of(&read(body), "a.docx");
    assert_eq!(difference, vanthu::import::proof::Difference::default(), "{plan}");
    assert!(plan.contains("Theo Luật"), "{plan}");
    // What a field asks about is not shown; a field stands behind the letters of its run.
    let begin = "<w:fldChar w:fldCharType=\"begin\"/>";
    let list = "<w:fldChar w:fldCharType=\"begin\"><w:ffData><w:ddList><w:listEntry w:val=\"Nữ\"/></w:ddList></w:ffData></w:fldChar>";
    let end = "<w:fldChar w:fldCharType=\"end\"/>";
    let asked = format!(
        "<w:p><w:r>{begin}<w:instrText>IF </w:instrText>{list}<w:instrText>FORMDROPDOWN</w:instrText>{end}<w:fldChar w:fldCharType=\"separate\"/><w:t>bà</w:t>{end}</w:r></w:p>"
    );
    assert_eq!(all_lines(&asked), ["bà"]);
    let inside = format!("<w:p><w:r><w:t xml:space=\"preserve\">Giới tính: </w:t>{list}{end}<w:t>.</w:t></w:r></w:p>");
    assert_eq!(all_lines(&inside), ["Giới tính: Nữ."]);
    // What is missing is told whatever else is.
    let many: String = (0..40)
        .map(|n| format!("<w:p>{}</w:p>", script("superscript", &format!("a{}", char::from(b'a' + n % 26)))))
        .collect();
    let object = "<w:p><w:r><w:object><o:OLEObject/></w:object></w:r></w:p>";
    let stream = read(&format!("{many}{object}"));
    let (plan, _) = plan_of(&stream, "a.docx");
    assert!(plan.contains("một đối tượng nhúng") && plan.contains("còn 6 chỗ như trên nữa trong tệp"), "{plan}");
    // Deleted letters that were struck are told once.
    let gone = read("<w:p><w:del><w:r><w:rPr><w:strike/></w:rPr><w:delText>bỏ</w:delText></w:r></w:del></w:p>");
    assert_eq!((gone.unsure.len(), gone.left_out.len()), (0, 1));
}

#[test]
fn page_breaks_inside_of_tables_are_told() {
    let table = |cell: &str| read(&format!("<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>")).unsure;
    let words = |inner: &str| format!("<w:p>{inner}<w:r><w:t>Đơn vị chủ trì</w:t></w:r></w:p>");
    let page = "<w:r><w:br w:type=\"page\"/></w:r>";
    for cell in
        [words("<w:pPr><w:pageBreakBefore/></w:pPr>"), words(page), format!("{0}<w:p>{page}</w:p>{0}", words(""))]
    {
        let told = table(&cell);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("sang trang trong bảng"), "{told:?}");
    }
    // Before all words only an empty page ends.
    assert!(table(&words("")).is_empty() && table(&format!("<w:p>{page}</w:p>{}", words(""))).is_empty());
}

#[test]
fn drawn_rules_are_rules_and_single_signs_are_text() {
    let text = |rule: &str| {
        format!(
            "ỦY BAN NHÂN DÂN XÃ MẪU ĐƠN\n{rule}\nSố: 12/BC-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n{rule}\nMẫu Đơn, ngày 05 tháng 4 năm 2026\n\nBÁO CÁO\nKết quả công tác năm 2025\n{rule}\n\nĐoạn một của báo cáo.\nĐoạn hai của báo cáo.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nCHỦ TỊCH\n\n\nNguyễn Văn An\n"
        )
    };
    let plan =
        |text: &str| vanthu::pipeline::import::import("a.txt", text.as_bytes(), true).map(|made| made.plan).unwrap();
    let expected = plan(&text("----------"));
    assert!(expected.contains("ten: Ủy ban nhân dân xã Mẫu Đơn") && expected.contains("Lưu: VT"), "{expected}");
    for rule in ["──────────", "━━━━━━", "═════════", "‗‗‗‗‗", "■■■■■"]
    {
        assert_eq!(plan(&text(rule)), expected, "{rule}");
    }
    let signs = plan(&text("-----").replace("Đoạn một", "☑\n→\nĐoạn một"));
    assert!(signs.contains("☑") && signs.contains("→"), "{signs}");
}

#[test]
fn lists_are_not_sentences() {
    let plan =
        |text: &str| vanthu::pipeline::import::import("a.md", text.as_bytes(), true).map(|made| made.plan).unwrap();
    let made = plan(
        "## Một\n\n* (Phòng A) làm việc cả ngày;\n*(Ghi chú: tạm tính)*\n\n- Đợt một: khoảng ~~20 người.\n- Đợt hai: khoảng ~~30 người.\n\n10~~20 người, 30~~40 người.\n",
    );
    for line in ["(Phòng A) làm việc cả ngày;\n", "~~20 người.\n", "10~~20 người, 30~~40 người"] {
        assert!(made.contains(line), "{line}\n{made}");
    }
    let title = "BÁO CÁO\nKết quả năm 2025\n\nĐoạn một.\n\nNơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\n\nNguyễn Văn An\n\nPHỤ LỤC I\nDANH MỤC HỒ SƠ\nI. HỒ SƠ CHUNG\n1. Hồ sơ một.\nII. HỒ SƠ RIÊNG\n1. Hồ sơ hai.\n\nPHỤ LỤC II\nDANH MỤC TÀI LIỆU\nA. TÀI LIỆU CHUNG\n1. Tài liệu.\n";
    let made = vanthu::pipeline::import::import("a.txt", title.as_bytes(), true).map(|made| made.plan).unwrap();
    assert!(made.contains("tieu_de: DANH MỤC HỒ SƠ\n") && made.contains("tieu_de: DANH MỤC TÀI LIỆU\n"), "{made}");
}
