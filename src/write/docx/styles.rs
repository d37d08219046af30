//! The named styles of a document in Word: one paragraph style a component, all based on `Văn bản`.

use super::mend::mend;
use crate::decree30::lengths::CELL_INSET;
use crate::decree30::style::{Align, Component, RULE_THICKNESS};
use crate::decree30::units::Pt;
use crate::ooxml::xml::{Element, Node};
use crate::sheet::{Style, StyleSheet};
use docx_rs::{
    AlignmentType, BorderType, BuildXML, LineSpacing, LineSpacingType, ParagraphBorder, ParagraphBorderPosition,
    ParagraphBorders, ParagraphProperty, RunFonts, SpecialIndentType, StyleType, TableBorder, TableBorderPosition,
    TableBorders, TableCellMargins, TableProperty, WidthType,
};

/// The family that every slot names. Word has it on every machine; the PDF uses a family of the same metrics.
pub const FAMILY: &str = "Times New Roman";
/// Style that all others are based on.
pub const BASE: &str = "VanBan";
/// Style of drawn rules.
pub const RULE: &str = "NetKe";
/// Style of the paragraph that Word wants between two tables and after the last one.
pub const SPACER: &str = "DongDem";
/// Style of a picture's paragraph.
pub const FIGURE: &str = "Hinh";
/// Table with lines.
pub const TABLE: &str = "BangVanBan";
/// Table without lines: letterhead, signature.
pub const COLUMNS: &str = "BangKhongVien";
/// Character style of a footnote's number.
pub const NOTE_MARK: &str = "SoChuThich";
/// Word's own name of that style: a footnote that a user adds in Word takes it too.
pub const NOTE_MARK_NAME: &str = "footnote reference";
/// Word's own name of the style of footnotes.
const NOTE_NAME: &str = "footnote text";
/// Character style of a control that has nothing in it.
pub const PLACEHOLDER: &str = "ChoDien";

/// Air between the text of a cell and its rules, in twips: top, right, bottom, left.
fn cell_margins() -> [usize; 4] {
    let (side, air) = (twips(CELL_INSET.0) as usize, twips(CELL_INSET.1) as usize);
    [air, side, air, side]
}

/// Word's name of an alignment.
pub fn alignment(align: Align) -> AlignmentType {
    match align {
        Align::Left => AlignmentType::Left,
        Align::Center => AlignmentType::Center,
        Align::Right => AlignmentType::Right,
        Align::Justify => AlignmentType::Both,
    }
}

/// The style of a component as Word has it.
pub fn paragraph_style(component: Component, style: &Style) -> Element {
    let mut out = docx_rs::Style::new(component.id(), StyleType::Paragraph)
        .name(style.name)
        .based_on(BASE)
        .ui_priority(1 + component as usize)
        .size(half_points(style.size));
    // Enter behind a title begins the text under it.
    if let Some(next) = component.row().next {
        out = out.next(next.id());
    }
    if style.bold {
        out = out.bold();
    }
    if style.italic {
        out = out.italic();
    }
    if style.align != Align::Left {
        out = out.align(alignment(style.align));
    }
    if style.indent.0 > 0.0 {
        out = out.indent(None, Some(SpecialIndentType::FirstLine(twips(style.indent))), None, None);
    }
    out = out.line_spacing(spacing(style));
    if component.keeps_next() {
        out.paragraph_property.keep_next = Some(true);
        out.paragraph_property.keep_lines = Some(true);
    }
    if let Some(level) = component.heading() {
        out = out.outline_lvl(usize::from(level) - 1);
    }
    let mut element = element(&out.build());
    if component == Component::ChuThich {
        if let Some(properties) = element.child_mut("w:pPr") {
            properties.remove("w:spacing");
        }
        element.put(Element::new("w:name").with("w:val", NOTE_NAME));
        element.put(Element::new("w:aliases").with("w:val", style.name));
        return element;
    }
    if style.spacing == 1.0
        && style.before.0 == 0.0
        && style.after.0 == 0.0
        && let Some(properties) = element.child_mut("w:pPr")
    {
        // Single spacing without gaps is what the base has.
        properties.remove("w:spacing");
        if properties.children.is_empty() {
            element.remove("w:pPr");
        }
    }
    custom(element)
}

fn spacing(style: &Style) -> LineSpacing {
    let mut out = LineSpacing::new();
    if style.before.0 > 0.0 {
        out = out.before(style.before.twips() as u32);
    }
    if style.after.0 > 0.0 {
        out = out.after(style.after.twips() as u32);
    }
    if style.spacing != 1.0 {
        out = out.line((240.0 * style.spacing).round() as i32).line_rule(LineSpacingType::Auto);
    }
    out
}

/// The whole part `styles.xml`.
pub fn part(sheet: &StyleSheet) -> Element {
    let body = sheet.get(Component::LoiVan);
    let mut root = Element::new("w:styles").with("xmlns:w", crate::ooxml::W);
    root.children.push(Node::Element(defaults(body.size)));
    let mut normal = docx_rs::Style::new("Normal", StyleType::Paragraph).name("Normal").ui_priority(0).build_element();
    normal.set("w:default", "1");
    let mut base = docx_rs::Style::new(BASE, StyleType::Paragraph).name("Văn bản").based_on("Normal");
    base.paragraph_property = ParagraphProperty::new()
        .widow_control(true)
        .line_spacing(LineSpacing::new().before(0).after(0).line(240).line_rule(LineSpacingType::Auto));
    root.children.push(Node::Element(normal));
    root.children.push(Node::Element(custom(element(&base.build()))));
    for (component, style) in sheet.iter() {
        root.children.push(Node::Element(paragraph_style(component, style)));
    }
    for helper in helpers() {
        root.children.push(Node::Element(helper));
    }
    root
}

/// Document defaults: the family in all four slots, the size of the body, Vietnamese.
fn defaults(size: Pt) -> Element {
    let fonts = RunFonts::new().ascii(FAMILY).hi_ansi(FAMILY).east_asia(FAMILY).cs(FAMILY);
    let half = half_points(size).to_string();
    let mut run = Element::new("w:rPr");
    run.put(element(&fonts.build()));
    run.put(Element::new("w:sz").with("w:val", half.clone()));
    run.put(Element::new("w:szCs").with("w:val", half));
    run.put(Element::new("w:lang").with("w:val", "vi-VN").with("w:eastAsia", "vi-VN").with("w:bidi", "ar-SA"));
    let wrap = |name: &str, child: Element| Element { children: vec![Node::Element(child)], ..Element::new(name) };
    let mut out = Element::new("w:docDefaults");
    out.children.push(Node::Element(wrap("w:rPrDefault", run)));
    out.children.push(Node::Element(Element::new("w:pPrDefault")));
    out
}

/// Styles that are not components: rules, spacers, tables, footnote marks, empty controls.
fn helpers() -> Vec<Element> {
    // The picture stands on the base line: letters as small as can be leave nothing below it.
    let figure = docx_rs::Style::new(FIGURE, StyleType::Paragraph)
        .name("Hình")
        .based_on(BASE)
        .align(AlignmentType::Center)
        .size(2);
    let mut rule = thin(RULE, "Nét kẻ");
    rule.paragraph_property = rule.paragraph_property.set_borders(ParagraphBorders::with_empty().set(border(
        ParagraphBorderPosition::Top,
        RULE_THICKNESS,
        0,
    )));
    let placeholder = docx_rs::Style::new(PLACEHOLDER, StyleType::Character).name("Chỗ điền").q_format(false);
    let mut out = vec![
        custom(element(&rule.build())),
        custom(element(&thin(SPACER, "Dòng đệm").build())),
        custom(element(&figure.build())),
        note_mark(),
        custom(element(&placeholder.build())),
    ];
    out.extend(tables());
    out
}

/// A paragraph of no height of its own.
fn thin(id: &str, name: &str) -> docx_rs::Style {
    let exact = LineSpacing::new().line(20).line_rule(LineSpacingType::Exact);
    let style = docx_rs::Style::new(id, StyleType::Paragraph).name(name).based_on(BASE).q_format(false);
    style.size(2).line_spacing(exact)
}

fn note_mark() -> Element {
    let mark = docx_rs::Style::new(NOTE_MARK, StyleType::Character).name(NOTE_MARK_NAME).q_format(false);
    let mut mark = element(&mark.build());
    mark.put(Element::new("w:aliases").with("w:val", "Số chú thích"));
    let mut raised = Element::new("w:rPr");
    raised.put(Element::new("w:vertAlign").with("w:val", "superscript"));
    mark.put(raised);
    mark
}

/// Word's own table, ours, and the columns without rules.
fn tables() -> [Element; 3] {
    let mut plain =
        docx_rs::Style::new("TableNormal", StyleType::Table).name("Normal Table").ui_priority(99).q_format(false);
    plain.table_property = margins(TableProperty::without_borders(), [0, 108, 0, 108]);
    let mut plain = element(&plain.build());
    plain.set("w:default", "1");
    tidy_table(&mut plain);
    let own = |id: &str, name: &str, property: TableProperty| {
        let mut style = docx_rs::Style::new(id, StyleType::Table).name(name).based_on("TableNormal").q_format(false);
        style.table_property = property;
        let mut style = element(&style.build());
        tidy_table(&mut style);
        custom(style)
    };
    let borders = [
        TableBorderPosition::Top,
        TableBorderPosition::Left,
        TableBorderPosition::Bottom,
        TableBorderPosition::Right,
        TableBorderPosition::InsideH,
        TableBorderPosition::InsideV,
    ]
    .into_iter()
    .fold(TableBorders::with_empty(), |all, position| all.set(TableBorder::new(position).size(4).color("auto")));
    let ruled = margins(TableProperty::new().set_borders(borders), cell_margins());
    let bare = margins(TableProperty::without_borders(), [0; 4]);
    [plain, own(TABLE, "Bảng văn bản", ruled), own(COLUMNS, "Bảng không viền", bare)]
}

fn margins(property: TableProperty, [top, right, bottom, left]: [usize; 4]) -> TableProperty {
    let unit = WidthType::Dxa;
    property.set_margins(
        TableCellMargins::new()
            .margin_top(top, unit)
            .margin_right(right, unit)
            .margin_bottom(bottom, unit)
            .margin_left(left, unit),
    )
}

/// A table style says nothing about width and place.
fn tidy_table(style: &mut Element) {
    if let Some(property) = style.child_mut("w:tblPr") {
        property.remove("w:tblW");
        property.remove("w:jc");
    }
}

fn custom(mut style: Element) -> Element {
    style.set("w:customStyle", "1");
    style
}

/// A fragment of docx-rs, mended, as an element.
pub fn element(fragment: &[u8]) -> Element {
    // docx-rs writes well-formed fragments; an empty element would be refused by the tests of the template.
    let only = mend(fragment).into_iter().find_map(|n| if let Node::Element(e) = n { Some(e) } else { None });
    only.unwrap_or_default()
}

trait BuildElement {
    fn build_element(&self) -> Element;
}

impl<T: BuildXML> BuildElement for T {
    fn build_element(&self) -> Element {
        element(&self.build())
    }
}

/// A solid border; `space` is the air between it and the text, in points.
pub fn border(position: ParagraphBorderPosition, thickness: Pt, space: usize) -> ParagraphBorder {
    // Eighths of a point.
    let size = (thickness.0 * 8.0).round().max(2.0) as usize;
    ParagraphBorder::new(position).val(BorderType::Single).size(size).space(space).color("auto")
}

/// Half-points, the unit of type sizes in WordprocessingML.
pub fn half_points(size: Pt) -> usize {
    (size.0 * 2.0).round().max(2.0) as usize
}

/// Twips as docx-rs wants them.
pub fn twips(length: Pt) -> i32 {
    i32::try_from(length.twips()).unwrap_or(0)
}
