//! The Word template that ships with the program, made from the decree's tables: styles, page setup, page number,
//! zones. `templates/docx/van-ban.docx` holds its bytes; a test makes it anew and compares.

use super::styles::{self, element};
use super::{HEADER_KIND, MAIN_KIND};
use crate::decree30::page::{DEFAULT_MARGINS, MARK_HEIGHT, Margins, PAPER, page_number_from_top};
use crate::decree30::style::Component;
use crate::decree30::units::Mm;
use crate::ooxml::package::{Package, RELATIONS, TYPES, declare, declare_extension, pack, relate, relations_of};
use crate::ooxml::xml::{DECLARATION, Element, Node, part};
use crate::ooxml::{R, W};
use crate::sheet::StyleSheet;
use docx_rs::{
    BuildXML, FieldCharType, InstrText, PageMargin, PageNumType, PageOrientationType, PageSize, Paragraph, Run,
    SectionProperty,
};

/// The zones of the body, in their order.
pub const ZONES: [&str; 4] = ["dau_van_ban", "noi_dung", "cuoi_van_ban", "phu_luc"];

/// The bytes of the template.
pub fn make() -> Result<Vec<u8>, String> {
    let package = parts();
    pack(package.parts())
}

fn parts() -> Package {
    let mut out = Package::default();
    let mut types = Element::new("Types").with("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types");
    declare_extension(&mut types, "xml", "application/xml");
    declare_extension(&mut types, "rels", "application/vnd.openxmlformats-package.relationships+xml");
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    declare(&mut types, "word/document.xml", MAIN_KIND);
    for name in ["styles", "settings", "fontTable", "footnotes"] {
        declare(&mut types, &format!("word/{name}.xml"), &format!("{word}.{name}+xml"));
    }
    for name in ["header1", "header2"] {
        declare(&mut types, &format!("word/{name}.xml"), HEADER_KIND);
    }
    declare(&mut types, "word/footer1.xml", &format!("{word}.footer+xml"));
    declare(&mut types, "word/theme/theme1.xml", THEME_KIND);
    declare(&mut types, "docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    declare(&mut types, "docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml");
    out.set(TYPES, part(&types));

    let mut rels = Element::new("Relationships").with("xmlns", RELATIONS);
    relate(&mut rels, "rId1", "officeDocument", "word/document.xml", false);
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    relate(&mut rels, "rId2", core, "docProps/core.xml", false);
    relate(&mut rels, "rId3", "extended-properties", "docProps/app.xml", false);
    out.set(&relations_of(""), part(&rels));

    let mut rels = Element::new("Relationships").with("xmlns", RELATIONS);
    for (id, kind, target) in [
        ("rId1", "styles", "styles.xml"),
        ("rId2", "settings", "settings.xml"),
        ("rId3", "fontTable", "fontTable.xml"),
        ("rId4", "footnotes", "footnotes.xml"),
        ("rId5", "header", "header1.xml"),
        ("rId6", "header", "header2.xml"),
        ("rId7", "footer", "footer1.xml"),
        ("rId8", "theme", "theme/theme1.xml"),
    ] {
        relate(&mut rels, id, kind, target, false);
    }
    out.set(&relations_of("word/document.xml"), part(&rels));

    let sheet = StyleSheet::default();
    let mut body = String::new();
    for zone in ZONES {
        body.push_str(&zone_paragraph(zone));
    }
    body.push_str(&section(DEFAULT_MARGINS).to_xml());
    out.set("word/document.xml", wrap("w:document", &format!("<w:body>{body}</w:body>")));
    out.set("word/styles.xml", part(&styles::part(&sheet)));
    out.set("word/settings.xml", wrap("w:settings", SETTINGS));
    out.set("word/fontTable.xml", wrap("w:fonts", &font_table()));
    out.set("word/footnotes.xml", wrap("w:footnotes", &separators(Component::ChuThich.id())));
    out.set("word/theme/theme1.xml", theme());
    out.set("word/header1.xml", wrap("w:hdr", &page_number()));
    out.set("word/header2.xml", wrap("w:hdr", &zone_paragraph("dau_trang")));
    out.set("word/footer1.xml", wrap("w:ftr", &zone_paragraph("chan_trang")));
    out.set("docProps/core.xml", CORE.as_bytes().to_vec());
    out.set("docProps/app.xml", APP.as_bytes().to_vec());
    out
}

fn wrap(name: &str, inner: &str) -> Vec<u8> {
    format!("{DECLARATION}<{name} xmlns:w=\"{W}\" xmlns:r=\"{R}\">{inner}</{name}>").into_bytes()
}

fn paragraph(style: &str) -> Paragraph {
    Paragraph {
        id: String::new(),
        children: Vec::new(),
        property: docx_rs::ParagraphProperty::new(),
        has_numbering: false,
    }
    .style(style)
}

fn zone_paragraph(zone: &str) -> String {
    let text = paragraph(styles::BASE).add_run(Run::new().add_text(format!("{{{{p {zone} }}}}")));
    element(&text.build()).to_xml()
}

/// The number of the page as a field, centred in the top margin (mục I, khoản 7).
fn page_number() -> String {
    let runs = [
        Run::new().add_field_char(FieldCharType::Begin, false),
        Run::new().add_instr_text(InstrText::PAGE(docx_rs::InstrPAGE::new())),
        Run::new().add_field_char(FieldCharType::Separate, false),
        Run::new().add_text("2"),
        Run::new().add_field_char(FieldCharType::End, false),
    ];
    let par = runs.into_iter().fold(paragraph(Component::SoTrang.id()), |par, run| par.add_run(run));
    // As Word writes it.
    element(&par.build())
        .to_xml()
        .replace("<w:instrText>PAGE<", "<w:instrText xml:space=\"preserve\"> PAGE <")
        .replace(" w:dirty=\"false\"", "")
}

/// The page setup of the first section: A4, header with the number from page 2.
fn section(margins: Margins) -> Element {
    let property = SectionProperty::new()
        .page_size(page_size(false))
        .page_margin(page_margin(margins))
        .page_num_type(PageNumType::new().start(1))
        .title_pg();
    let mut out = element(&property.build());
    for (name, kind, id) in [
        ("w:headerReference", "default", "rId5"),
        ("w:headerReference", "first", "rId6"),
        ("w:footerReference", "first", "rId7"),
    ] {
        let reference = Element::new(name).with("w:type", kind).with("r:id", id);
        let at =
            out.children.iter().take_while(|n| matches!(n, Node::Element(e) if e.name.ends_with("Reference"))).count();
        out.children.insert(at, Node::Element(reference));
    }
    out
}

/// A4, portrait or landscape.
pub fn page_size(landscape: bool) -> PageSize {
    let short = PAPER.0.to_pt().twips() as u32;
    let long = PAPER.1.to_pt().twips() as u32;
    if landscape {
        PageSize::new().size(long, short).orient(PageOrientationType::Landscape)
    } else {
        PageSize::new().size(short, long)
    }
}

/// Margins in twips; the header begins where a box of circulation begins that is centred in the top margin.
pub fn page_margin(margins: Margins) -> PageMargin {
    let twips = |mm: Mm| i32::try_from(mm.to_pt().twips()).unwrap_or(0);
    let header = page_number_from_top(margins.top).to_pt() - MARK_HEIGHT.to_pt() * 0.5;
    PageMargin::new()
        .top(twips(margins.top))
        .bottom(twips(margins.bottom))
        .left(twips(margins.left))
        .right(twips(margins.right))
        .header(styles::twips(header))
        .footer(twips(margins.bottom))
        .gutter(0)
}

fn font_table() -> String {
    format!(
        "<w:font w:name=\"{}\"><w:panose1 w:val=\"02020603050405020304\"/><w:charset w:val=\"00\"/><w:family w:val=\"roman\"/><w:pitch w:val=\"variable\"/></w:font>",
        styles::FAMILY
    )
}

/// Type of the theme.
pub const THEME_KIND: &str = "application/vnd.openxmlformats-officedocument.theme+xml";

/// A theme in black and white with the family of the document; Word wants one in every file, docx-rs writes none.
pub fn theme() -> Vec<u8> {
    let colour = |name: &str, value: &str| format!("<a:{name}><a:srgbClr val=\"{value}\"/></a:{name}>");
    let colours: String = [
        ("dk1", "000000"),
        ("lt1", "FFFFFF"),
        ("dk2", "1F1F1F"),
        ("lt2", "EEEEEE"),
        ("accent1", "404040"),
        ("accent2", "595959"),
        ("accent3", "737373"),
        ("accent4", "8C8C8C"),
        ("accent5", "A6A6A6"),
        ("accent6", "BFBFBF"),
        ("hlink", "000000"),
        ("folHlink", "000000"),
    ]
    .iter()
    .map(|(name, value)| colour(name, value))
    .collect();
    let font = |name: &str| {
        let family = styles::FAMILY;
        format!("<a:{name}><a:latin typeface=\"{family}\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/></a:{name}>")
    };
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
    let line = format!("<a:ln w=\"6350\">{fill}</a:ln>");
    let effect = "<a:effectStyle><a:effectLst/></a:effectStyle>";
    format!(
        "{DECLARATION}<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"vanthu\"><a:themeElements><a:clrScheme name=\"vanthu\">{colours}</a:clrScheme><a:fontScheme name=\"vanthu\">{}{}</a:fontScheme><a:fmtScheme name=\"vanthu\"><a:fillStyleLst>{}</a:fillStyleLst><a:lnStyleLst>{}</a:lnStyleLst><a:effectStyleLst>{}</a:effectStyleLst><a:bgFillStyleLst>{}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>",
        font("majorFont"),
        font("minorFont"),
        fill.repeat(3),
        line.repeat(3),
        effect.repeat(3),
        fill.repeat(3),
    )
    .into_bytes()
}

/// docx-rs writes settings for East Asian text; these are the ones of a new file of Word 2013 and later. A line that
/// ends with a break is not stretched, and gaps before and after paragraphs add up.
const SETTINGS: &str = r#"<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat><w:doNotExpandShiftReturn/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/><w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/><w:compatSetting w:name="enableOpenTypeFeatures" w:uri="http://schemas.microsoft.com/office/word" w:val="0"/><w:compatSetting w:name="doNotFlipMirrorIndents" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/><w:compatSetting w:name="differentiateMultirowTableHeaders" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/></w:compat><w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>"#;

/// docx-rs writes no separators, without which Word draws no line above footnotes.
pub fn separators(style: &str) -> String {
    let one = |id: i8, kind: &str| {
        format!(
            "<w:footnote w:type=\"{kind}\" w:id=\"{id}\"><w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>"
        )
    };
    one(-1, "separator") + &one(0, "continuationSeparator")
}

const CORE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>Mẫu văn bản của vanthu</dc:title></cp:coreProperties>";

const APP: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>vanthu</Application></Properties>";
