//! A template and a document → the bytes of a Word file.

use super::names::{self, NAMES};
use super::{BUILT_END, BUILT_START, FIELD, Place, WordTemplate, fault, tidy};
use crate::decree30::style::Component;
use crate::decree30::units::{Mm, Pt};
use crate::diagnostic::{Diagnostic, code, nearest};
use crate::document::{Document, Line};
use crate::draft::Urgency;
use crate::jinja;
use crate::sheet::{Entry, Item, Run, Section, Sheet};
use crate::write::Job;
use crate::write::docx::blank::{page_margin, page_size};
use crate::write::docx::flow::{Builder, RELATION};
use crate::write::docx::package::{append, pack, relate, relations_of};
use crate::write::docx::properties;
use crate::write::docx::styles::{self, element};
use crate::write::docx::xml::{Element, Node, escape, part};
use docx_rs::{BuildXML, PageNumType};
use minijinja::value::{Value as Jinja, merge_maps};
use minijinja::{Error, ErrorKind};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError};

/// How many house styles are kept packed; a run uses one or two.
const MAX_BASES: usize = 16;

impl WordTemplate {
    /// Fills the template with a document.
    pub fn fill(&self, job: &Job<'_>) -> Result<Vec<u8>, Diagnostic> {
        let texts = Texts::new(job.document);
        let size = jinja::bytes_of(job.variables) + texts.longest();
        if self.own && let Err((refusal, _)) = jinja::guard::check(&self.code, size)
            && refusal == jinja::guard::Refusal::TooLarge
        {
            return Err(Diagnostic::general(&code::MAU_QUA_NANG, "Các thẻ của mẫu Word có thể tạo ra quá nhiều chữ nên không được chạy.")
                .hint("Bớt phép nối chuỗi ~ và vòng lặp trong mẫu."));
        }
        let context = context(job);
        let mut filler = Filler::new(self, job, &texts);
        let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
        // The body first: its footnotes come before those of other parts; the notes' part comes last.
        for (name, _) in self.tagged.iter().filter(|(n, _)| *n != self.notes) {
            let xml = self.render(name, &context, &mut filler)?;
            parts.push((name.clone(), xml.into_bytes()));
        }
        let notes = self.render(&self.notes, &context, &mut filler)?;
        parts.push((self.notes.clone(), filler.with_notes(notes).into_bytes()));
        filler.relations(&mut parts)?;
        parts.extend(properties::parts(&self.package, &job.sheet.meta).map_err(broken)?);
        let base = self.base(&job.sheet.styles)?;
        append(&base, parts.iter().map(|(n, b)| (n.as_str(), b.as_slice()))).map_err(broken)
    }

    fn render(&self, name: &str, context: &Jinja, filler: &mut Filler<'_, '_>) -> Result<String, Diagnostic> {
        let template = self.env.get_template(name).map_err(|e| self.report(name, &e, context))?;
        let printed = template.render(context).map_err(|e| self.report(name, &e, context))?;
        let mut xml = filler.build(&printed, name == self.main);
        if self.own || name != self.main {
            tidy::tidy(&mut xml, self.own && self.repeats);
        }
        Ok(xml)
    }

    /// Everything that does not differ from document to document, packed once for a house style.
    fn base(&self, sheet: &crate::sheet::StyleSheet) -> Result<Arc<Vec<u8>>, Diagnostic> {
        let mut bases = self.bases.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, base)) = bases.iter().find(|(s, _)| s == sheet) {
            return Ok(Arc::clone(base));
        }
        let mut package = self.package.clone();
        let (name, root) = &self.styles;
        package.set(name, part(&self.ids.apply(root, sheet)));
        for name in self.changing() {
            package.remove(&name);
        }
        properties::prepare(&mut package).map_err(broken)?;
        let base = Arc::new(pack(package.parts()).map_err(broken)?);
        if bases.len() >= MAX_BASES {
            bases.remove(0);
        }
        bases.push((sheet.clone(), Arc::clone(&base)));
        Ok(base)
    }

    /// Names of the parts that are written for each document.
    fn changing(&self) -> Vec<String> {
        let mut out: Vec<String> = self.tagged.iter().map(|(n, _)| n.clone()).collect();
        out.extend([relations_of(&self.main), relations_of(&self.notes)]);
        out
    }

    fn report(&self, part: &str, error: &Error, context: &Jinja) -> Diagnostic {
        let place = error.range().and_then(|r| self.place_in(part, &r));
        let expression = place.map(|p| p.tag.expression().to_owned()).unwrap_or_default();
        let detail = error.detail().unwrap_or_default();
        let (message, hint) = match error.kind() {
            ErrorKind::UndefinedError => {
                let name = unknown_name(&expression, context);
                let near = nearest(&name, NAMES.iter().map(|n| n.name));
                let hint = near.map_or_else(
                    || "Khai báo tên này trong khóa bien của kế hoạch, hoặc đưa vào bằng --dat TÊN=GIÁ_TRỊ.".into(),
                    |near| format!("Có phải là “{near}” không?"),
                );
                (format!("“{name}” chưa được khai báo."), hint)
            }
            ErrorKind::OutOfFuel => ("tính toán quá nhiều bước nên đã dừng.".into(), "Bớt số lần lặp trong mẫu.".into()),
            ErrorKind::NonPrimitive => (
                format!("không in được giá trị ở đây: {detail}."),
                "In từng phần tử: {% for x in danh_sach %}{{ x }}{% endfor %}; cả danh sách thành các đoạn: {{p danh_sach }}.".into(),
            ),
            _ => ("không tính được giá trị ở đây.".into(), "Kiểm tra kiểu của biến: phép tính cần số, vòng lặp cần danh sách.".into()),
        };
        match place {
            Some(place) => fault(place, &message, &hint),
            None => Diagnostic::general(&code::THE_WORD_SAI, format!("Mẫu Word, {}: {message}", super::part_name(part))).hint(hint),
        }
    }
}

fn broken(what: impl std::fmt::Debug) -> Diagnostic {
    Diagnostic::general(&code::MAU_WORD_HONG, format!("Không đóng gói được tệp Word: {what:?}."))
        .hint("Lấy mẫu có sẵn để so sánh: vanthu new --mau-word TỆP.docx")
}

/// The name in an expression that the context does not know.
fn unknown_name(expression: &str, context: &Jinja) -> String {
    let env = jinja::environment(jinja::FUEL);
    let names = env
        .compile_expression(expression)
        .map(|e| e.undeclared_variables(true))
        .unwrap_or_default();
    let mut missing: Vec<String> = names
        .into_iter()
        .filter(|n| env.compile_expression(n).and_then(|e| e.eval(context)).map_or(true, |v| v.is_undefined()))
        .collect();
    missing.sort();
    missing.into_iter().next().unwrap_or_else(|| expression.to_owned())
}

/// The lines of a document by their plain text, so that `{{r x }}` finds the faces of what it prints.
struct Texts<'d> {
    by_text: HashMap<String, &'d Line>,
}

impl<'d> Texts<'d> {
    fn new(d: &'d Document) -> Self {
        let all = d
            .chu_quan
            .iter()
            .chain(&d.co_quan)
            .chain([&d.ky_hieu, &d.dia_danh, &d.trich_yeu, &d.chuc_vu])
            .chain(&d.kinh_gui)
            .chain(&d.can_cu)
            .chain(&d.mo_dau)
            .chain(&d.ket)
            .chain(&d.noi_nhan)
            .chain(&d.quyen_han)
            .chain(&d.ho_ten)
            .chain(&d.luu_hanh)
            .chain(&d.nguoi_soan)
            .chain(&d.dia_chi);
        Texts { by_text: all.map(|l| (l.plain(), l)).collect() }
    }

    /// Bytes of the longest line.
    fn longest(&self) -> usize {
        self.by_text.keys().map(String::len).max().unwrap_or_default()
    }
}

/// What the tags may name.
fn context(job: &Job<'_>) -> Jinja {
    let d = job.document;
    let sheet = job.sheet;
    let text = |line: &Line| Jinja::from(line.plain());
    let optional = |line: &Option<Line>| Jinja::from(line.as_ref().map(Line::plain).unwrap_or_default());
    let joined = |lines: &[Line]| Jinja::from(lines.iter().map(Line::plain).collect::<Vec<_>>().join("\n"));
    let list = |lines: &[Line]| Jinja::from(lines.iter().map(Line::plain).collect::<Vec<_>>());
    let urgency = match d.do_khan {
        Some(Urgency::HoaToc) => "HỎA TỐC",
        Some(Urgency::ThuongKhan) => "THƯỢNG KHẨN",
        Some(Urgency::Khan) => "KHẨN",
        None => "",
    };
    let number = |n: Option<u32>, f: fn(u32) -> String| n.map(f).unwrap_or_default();
    use crate::decree30::phrases::{day, month};
    let date = Jinja::from_pairs([
        ("ngay", Jinja::from(number(d.ngay.day, day))),
        ("thang", Jinja::from(number(d.ngay.month, month))),
        ("nam", Jinja::from(d.ngay.year.map(|y| y.to_string()).unwrap_or_default())),
    ]);
    let main = sheet.sections.first();
    let has = |yes: bool| Jinja::from(yes);
    let fields = Jinja::from_pairs([
        ("loai", Jinja::from(d.loai.name)),
        ("co_quan", Jinja::from_pairs([("chu_quan", joined(&d.chu_quan)), ("ten", joined(&d.co_quan))])),
        ("so", optional(&d.so)),
        ("ky_hieu", text(&d.ky_hieu)),
        ("dia_danh", text(&d.dia_danh)),
        ("ngay", date),
        ("trich_yeu", text(&d.trich_yeu)),
        ("kinh_gui", list(&d.kinh_gui)),
        ("can_cu", list(&d.can_cu)),
        ("mo_dau", list(&d.mo_dau)),
        ("ket", list(&d.ket)),
        ("noi_nhan", list(&d.noi_nhan)),
        (
            "ky",
            Jinja::from_pairs([
                ("quyen_han", list(&d.quyen_han)),
                ("chuc_vu", text(&d.chuc_vu)),
                ("ho_ten", optional(&d.ho_ten)),
            ]),
        ),
        ("do_khan", Jinja::from(urgency)),
        ("luu_hanh", optional(&d.luu_hanh)),
        ("nguoi_soan", optional(&d.nguoi_soan)),
        ("dia_chi", list(&d.dia_chi)),
        ("dau_van_ban", has(true)),
        ("quoc_hieu", has(true)),
        ("ten_van_ban", has(true)),
        ("noi_dung", has(true)),
        ("cuoi_van_ban", has(true)),
        ("phu_luc", has(sheet.sections.len() > 1)),
        ("dau_trang", has(main.is_some_and(|s| !s.top.is_empty()))),
        ("chan_trang", has(main.is_some_and(|s| !s.foot.is_empty()))),
    ]);
    merge_maps([fields, jinja::from_entries(job.variables)])
}

/// Builds what the tags marked.
struct Filler<'t, 'j> {
    template: &'t WordTemplate,
    sheet: &'j Sheet,
    document: &'j Document,
    texts: &'t Texts<'j>,
    builder: Builder<'j>,
    /// Whether the appendices were printed: then the last section is theirs.
    appendices: bool,
}

impl<'t, 'j> Filler<'t, 'j> {
    fn new(template: &'t WordTemplate, job: &Job<'j>, texts: &'t Texts<'j>) -> Self {
        let builder = Builder::new(
            &job.sheet.styles,
            template.ids.clone(),
            job.pictures,
            template.first_note,
            template.first_id,
        );
        Filler { template, sheet: job.sheet, document: job.document, texts, builder, appendices: false }
    }

    /// Puts what is built in place of its marks.
    fn build(&mut self, printed: &str, links: bool) -> String {
        self.builder.can_link = links;
        let mut out = String::with_capacity(printed.len() * 2);
        let mut rest = printed;
        while let Some(at) = rest.find(BUILT_START) {
            out.push_str(&rest[..at]);
            rest = &rest[at + BUILT_START.len_utf8()..];
            let end = rest.find(BUILT_END).unwrap_or(rest.len());
            let mark = &rest[..end];
            rest = rest.get(end + BUILT_END.len_utf8()..).unwrap_or_default();
            let mut chars = mark.chars();
            let kind = chars.next();
            let fields: Vec<&str> = chars.as_str().split(FIELD).collect();
            let built = match kind {
                Some('Z') => self.zone(fields[0]),
                Some('S') => self.last_section(),
                Some('E') => self.entry(fields.first().copied(), fields.get(1).copied()),
                Some('R') => self.runs(fields.first().copied(), fields.get(1).copied()),
                Some('P') => self.paragraphs(fields.first().copied(), fields.get(1..).unwrap_or_default()),
                _ => String::new(),
            };
            out.push_str(&built);
        }
        out.push_str(rest);
        out
    }

    fn place(&self, number: Option<&str>) -> Option<&'t Place> {
        self.template.places.get(number?.parse::<usize>().ok()?)
    }

    fn zone(&mut self, name: &str) -> String {
        let Some(main) = self.sheet.sections.first() else { return String::new() };
        self.builder.scale = self.scale(main);
        let content = &main.content;
        let mut below = Pt(0.0);
        let mut out = String::new();
        let items: &[Item] = match name {
            "dau_van_ban" => &main.items[..content.start],
            "quoc_hieu" => &main.items[..main.letterhead.min(content.start)],
            "ten_van_ban" => &main.items[main.letterhead.min(content.start)..content.start],
            "noi_dung" => {
                // The signature's table cannot bring the gap above itself.
                if let Some(Item::Columns(columns)) = main.items.get(content.end) {
                    below = columns.above;
                }
                &main.items[content.clone()]
            }
            "cuoi_van_ban" => &main.items[content.end..],
            "dau_trang" => &main.top,
            "chan_trang" => &main.foot,
            "phu_luc" => return self.all_appendices(),
            _ => &[],
        };
        if matches!(items.first(), Some(Item::Columns(_))) && self.sheet.sections.len() > 1 && name != "cuoi_van_ban" {
            // LibreOffice puts a whole empty line before a table that starts a file of several sections.
            out = self.builder.thin_line();
        }
        out.push_str(&self.builder.items(items, main.width, below));
        out
    }

    fn all_appendices(&mut self) -> String {
        let Some((main, appendices)) = self.sheet.sections.split_first() else { return String::new() };
        if appendices.is_empty() {
            return String::new();
        }
        self.appendices = true;
        // A section ends with the paragraph that holds its setup.
        let mut out = self.section_end(&self.main_section(main));
        for (index, section) in appendices.iter().enumerate() {
            self.builder.scale = self.scale(section);
            out.push_str(&self.builder.items(&section.items, section.width, Pt(0.0)));
            if index + 1 < appendices.len() {
                out.push_str(&self.section_end(&self.appendix_section(section)));
            }
        }
        out
    }

    fn section_end(&self, section: &Element) -> String {
        let spacer = self.template.ids.helper(styles::SPACER);
        format!("<w:p><w:pPr><w:pStyle w:val=\"{spacer}\"/>{}</w:pPr></w:p>", section.to_xml())
    }

    fn last_section(&mut self) -> String {
        let section = match (self.sheet.sections.first(), self.sheet.sections.last()) {
            (Some(_), Some(last)) if self.appendices => self.appendix_section(last),
            (Some(main), _) => self.main_section(main),
            _ => self.template.section.clone(),
        };
        section.to_xml()
    }

    /// Whether the template's page setup is the one we hand out, so that the plan's margins apply.
    fn follows_plan(&self) -> bool {
        if !self.template.own {
            return true;
        }
        let default = element(&page_margin(crate::decree30::page::DEFAULT_MARGINS, Pt(0.0)).build());
        let here = self.template.section.child("w:pgMar");
        let equal = |name: &str| {
            let number = |e: Option<&Element>| e.and_then(|e| e.get(name)).and_then(|v| v.parse::<i64>().ok());
            matches!((number(here), number(Some(&default))), (Some(a), Some(b)) if (a - b).abs() <= 1)
        };
        here.is_none() || ["w:top", "w:bottom", "w:left", "w:right"].iter().all(|n| equal(n))
    }

    fn main_section(&self, section: &Section) -> Element {
        let mut out = self.template.section.clone();
        if out.child("w:pgSz").is_none() {
            out.put(element(&page_size(false).build()));
        }
        if self.follows_plan() {
            let foot = !section.foot.is_empty();
            self.set_margins(&mut out, section, foot);
        }
        out
    }

    fn set_margins(&self, out: &mut Element, section: &Section, foot: bool) {
        let pitch = self.sheet.styles.get(Component::SoTrang).pitch;
        let mut margins = page_margin(section.margins, pitch);
        if !foot {
            margins.footer = styles::twips(Mm(10.0).to_pt());
        }
        let mut fresh = element(&margins.build());
        // A template of the agency's own keeps the places of its header and footer.
        if self.template.own && let Some(old) = self.template.section.child("w:pgMar") {
            for name in ["w:header", "w:footer"] {
                if let Some(value) = old.get(name).filter(|_| !(foot && name == "w:footer")) {
                    fresh.set(name, value);
                }
            }
        }
        out.put(fresh);
    }

    /// The section of an appendix: on a new page, its pages counted from 1, none on the first.
    fn appendix_section(&self, section: &Section) -> Element {
        let mut out = self.template.section.clone();
        let main = self.sheet.sections.first();
        let marked = main.is_some_and(|m| !m.top.is_empty() || !m.foot.is_empty());
        out.remove("w:type");
        if !marked || self.template.own {
            // Headers and footers are inherited from the section before.
            out.remove("w:headerReference");
            out.remove("w:footerReference");
        } else {
            // The marks on the first page of the document do not stand on those of its appendices.
            out.children.retain(|n| !matches!(n, Node::Element(e) if e.name.ends_with("Reference") && e.get("w:type") == Some("first")));
            for (name, id) in [("w:footerReference", "Chan"), ("w:headerReference", "Dau")] {
                let empty = Element::new(name).with("w:type", "first").with("r:id", format!("{RELATION}{id}"));
                out.children.insert(0, Node::Element(empty));
            }
            out.children.sort_by_key(|n| match n {
                Node::Element(e) => crate::write::docx::mend::rank(&["w:headerReference", "w:footerReference"], &e.name),
                _ => 2,
            });
        }
        let mut size = out.child("w:pgSz").cloned().unwrap_or_else(|| element(&page_size(false).build()));
        let number = |name: &str| size.get(name).and_then(|v| v.parse::<i64>().ok()).unwrap_or(0);
        let (w, h) = (number("w:w"), number("w:h"));
        let (short, long) = (w.min(h), w.max(h));
        if section.landscape {
            size.set("w:w", long.to_string());
            size.set("w:h", short.to_string());
            size.set("w:orient", "landscape");
        } else {
            size.set("w:w", short.to_string());
            size.set("w:h", long.to_string());
            size.attributes.retain(|(n, _)| n != "w:orient");
        }
        out.put(size);
        if self.follows_plan() {
            self.set_margins(&mut out, section, false);
        }
        out.put(element(&PageNumType::new().start(1).build()));
        out.put(Element::new("w:titlePg"));
        out
    }

    /// The template's text width over the sheet's.
    fn scale(&self, section: &Section) -> f64 {
        if self.follows_plan() {
            return 1.0;
        }
        let number = |child: &str, name: &str| {
            self.template.section.child(child).and_then(|e| e.get(name)).and_then(|v| v.parse::<f64>().ok())
        };
        let (Some(w), Some(h)) = (number("w:pgSz", "w:w"), number("w:pgSz", "w:h")) else { return 1.0 };
        let wide = if section.landscape { w.max(h) } else { w.min(h) };
        let margins = number("w:pgMar", "w:left").unwrap_or(0.0) + number("w:pgMar", "w:right").unwrap_or(0.0);
        let ratio = (wide - margins) / 20.0 / section.width.0;
        if ratio.is_finite() && ratio > 0.1 { ratio } else { 1.0 }
    }

    /// A place to fill in, in the run properties of its tag.
    fn entry(&mut self, place: Option<&str>, name: Option<&str>) -> String {
        let (Some(place), Some(name)) = (self.place(place), name) else { return String::new() };
        let all = self.entries();
        let pick = |field: crate::sheet::Field| all.iter().filter(|r| matches!(r, Run::Entry(e) if e.field == field)).cloned().collect();
        use crate::sheet::Field::{Nam, Ngay, So, Thang};
        let runs: Vec<Run> = match name {
            "so" => pick(So),
            "ngay.ngay" => pick(Ngay),
            "ngay.thang" => pick(Thang),
            "ngay.nam" => pick(Nam),
            _ => {
                let start = all.iter().position(|r| matches!(r, Run::Text(c) if c.text.trim_start().starts_with("ngày")));
                start.map(|i| all[i..].to_vec()).unwrap_or_default()
            }
        };
        self.builder.formatted(&runs, &place.format)
    }

    /// The runs of the number line and of the date line.
    fn entries(&self) -> Vec<Run> {
        let mut out = Vec::new();
        let letterhead = self.sheet.sections.first().map(|s| &s.items[..s.letterhead]).unwrap_or_default();
        for item in letterhead {
            let Item::Columns(columns) = item else { continue };
            for item in columns.rows.iter().flatten().flatten() {
                let Item::Par(par) = item else { continue };
                let before = out.len();
                let mut found = false;
                for run in &par.runs {
                    let plain = |e: &Entry| Run::Entry(Entry { chars: crate::sheet::Chars { bold: false, italic: false, ..e.chars.clone() }, ..e.clone() });
                    match run {
                        Run::Entry(e) => {
                            found = true;
                            out.push(plain(e));
                        }
                        Run::Text(c) if c.added => {
                            out.push(Run::Text(crate::sheet::Chars { bold: false, italic: false, ..c.clone() }));
                        }
                        _ => {}
                    }
                }
                if !found {
                    out.truncate(before);
                }
            }
        }
        out
    }

    /// Text with the faces of the plan.
    fn runs(&mut self, place: Option<&str>, text: Option<&str>) -> String {
        let (Some(place), Some(text)) = (self.place(place), text) else { return String::new() };
        match self.texts.by_text.get(text) {
            Some(line) => self.builder.inlines(&line.inlines, &place.format),
            None => self.builder.plain(text, &place.format),
        }
    }

    /// Each text as a paragraph like the tag's.
    fn paragraphs(&mut self, place: Option<&str>, texts: &[&str]) -> String {
        let Some(place) = self.place(place) else { return String::new() };
        let properties = place.format.paragraph.as_ref().map(Element::to_xml).unwrap_or_default();
        texts
            .iter()
            .flat_map(|text| text.split('\n'))
            .map(|text| {
                let runs = match self.texts.by_text.get(text) {
                    Some(line) => self.builder.inlines(&line.inlines, &place.format),
                    None => self.builder.plain(text, &place.format),
                };
                format!("<w:p>{properties}{runs}</w:p>")
            })
            .collect()
    }

    /// The notes' part with the document's footnotes behind those of the template.
    fn with_notes(&self, mut part: String) -> String {
        let notes = self.builder.notes.concat();
        if let Some(at) = part.rfind("</w:footnotes>") {
            part.insert_str(at, &notes);
        }
        part
    }

    /// Relationships, pictures and empty headers that the fragments need.
    fn relations(&self, parts: &mut Vec<(String, Vec<u8>)>) -> Result<(), Diagnostic> {
        let main = &self.template.main;
        let folder = main.rsplit_once('/').map_or(String::new(), |(f, _)| format!("{f}/"));
        let existing = |name: &str| -> Result<Element, Diagnostic> {
            match self.template.package.get(&relations_of(name)) {
                Some(_) => self.template.package.xml(&relations_of(name)).map_err(broken),
                None => Ok(Element::new("Relationships").with("xmlns", crate::write::docx::package::RELATIONS)),
            }
        };
        let mut rels = existing(main)?;
        for (i, url) in self.builder.links.iter().enumerate() {
            relate(&mut rels, &format!("{RELATION}L{}", i + 1), "hyperlink", url, true);
        }
        for (i, path) in self.builder.images.iter().enumerate() {
            let Some(bytes) = self.builder.picture_bytes(path) else { continue };
            let extension = if bytes.starts_with(b"\x89PNG") { "png" } else { "jpeg" };
            let name = format!("{folder}media/vanthu{}.{extension}", i + 1);
            relate(&mut rels, &format!("{RELATION}I{}", i + 1), "image", &format!("/{name}"), false);
            parts.push((name, bytes.to_vec()));
        }
        if self.appendices && !self.template.own {
            for (id, kind, root) in [("Dau", "header", "w:hdr"), ("Chan", "footer", "w:ftr")] {
                relate(&mut rels, &format!("{RELATION}{id}"), kind, &format!("/{folder}{}", properties::EMPTY[usize::from(kind == "footer")]), false);
                let _ = root;
            }
        }
        parts.push((relations_of(main), part(&rels)));
        let mut rels = existing(&self.template.notes)?;
        for (i, url) in self.builder.note_links.iter().enumerate() {
            relate(&mut rels, &format!("{RELATION}L{}", i + 1), "hyperlink", url, true);
        }
        if !rels.children.is_empty() {
            parts.push((relations_of(&self.template.notes), part(&rels)));
        }
        let _ = (self.document, escape(""));
        Ok(())
    }
}

/// Whether a name is a zone, for callers that list what a template leaves out.
pub fn is_zone(name: &str) -> bool {
    names::is_zone(name)
}
