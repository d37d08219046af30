//! A template and a document → the bytes of a Word file.

use super::names::NAMES;
use super::values::{Texts, context};
use super::{BUILT_END, BUILT_START, FIELD, Place, WordTemplate, fault, tidy};
use crate::decree30::units::Pt;
use crate::diagnostic::{Diagnostic, code, nearest};
use crate::jinja::told::{forbidden_character, reason};
use crate::jinja::{self, Bounded};
use crate::ooxml::package::{RELATIONS, append, pack, relate, relations_of};
use crate::ooxml::xml::{Element, part};
use crate::sheet::{Chars, Entry, Field, Item, Par, Run, Sheet, StyleSheet};
use crate::write::Job;
use crate::write::docx::builder::{Builder, RELATION};
use crate::write::docx::{properties, styles};
use minijinja::value::Value as Jinja;
use minijinja::{Error, ErrorKind};
use std::sync::{Arc, PoisonError};

/// How many house styles are kept packed; a run uses one or two.
const MAX_BASES: usize = 16;

impl WordTemplate {
    /// Fills the template with a document.
    pub fn fill(&self, job: &Job<'_>) -> Result<Vec<u8>, Diagnostic> {
        let texts = Texts::new(job.document);
        let size = jinja::bytes_of(job.variables) + texts.longest();
        if self.own
            && let Err((refusal, _)) = jinja::guard::check(&self.code, size)
            && refusal == jinja::guard::Refusal::TooLarge
        {
            return Err(Diagnostic::general(
                &code::MAU_QUA_NANG,
                "Các thẻ của mẫu Word có thể tạo ra quá nhiều chữ nên không được chạy.",
            )
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
        let base = self.base(&job.sheet.styles, filler.needs_empty_margins())?;
        let (mut own, same): (Vec<_>, Vec<_>) = parts.into_iter().partition(|(name, _)| *name == self.main);
        own.extend(properties::parts(&job.sheet.meta));
        let standing = self.standing.with(&base, same).map_err(broken)?;
        append(&standing, own.iter().map(|(n, b)| (n.as_str(), b.as_slice()))).map_err(broken)
    }

    fn render(&self, name: &str, context: &Jinja, filler: &mut Filler<'_, '_>) -> Result<String, Diagnostic> {
        let template = self.env.get_template(name).map_err(|e| self.report(name, &e, context))?;
        let mut out = Bounded::new(MAX_OUTPUT);
        let done = template.render_captured_to(context, &mut out).map(drop);
        if out.is_full() {
            return Err(too_heavy(name));
        }
        done.map_err(|e| self.report(name, &e, context))?;
        let printed = out.into_text();
        let mut xml = filler.build(&printed, name);
        if xml.len() > MAX_OUTPUT {
            return Err(too_heavy(name));
        }
        if let Some(place) = filler.lost_note.take() {
            let message = "Chữ ở đây mang chú thích chân trang, mà Word chỉ có chú thích trong thân văn bản.";
            let hint = "Đặt thẻ đó trong thân văn bản, hoặc bỏ chú thích trong kế hoạch.";
            let zone = || self.places.iter().find(|p| p.part == name && super::names::is_zone(p.tag.expression()));
            return Err(match place.and_then(|i| self.places.get(i)).or_else(zone) {
                Some(place) => fault(place, message, hint),
                None => {
                    let part = super::part_name(name);
                    Diagnostic::general(&code::THE_WORD_SAI, format!("Mẫu Word, {part}: {message}")).hint(hint)
                }
            });
        }
        if self.own || name != self.main {
            tidy::tidy(&mut xml, self.own && self.repeats);
        }
        Ok(xml)
    }

    /// Everything that does not differ from document to document, packed once for a house style.
    fn base(&self, sheet: &StyleSheet, empty_margins: bool) -> Result<Arc<Vec<u8>>, Diagnostic> {
        let mut bases = self.bases.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((.., base)) = bases.iter().find(|(s, e, _)| s == sheet && *e == empty_margins) {
            return Ok(Arc::clone(base));
        }
        let mut package = self.package.clone();
        let (name, root) = &self.styles;
        package.set(name, part(&self.ids.apply(root, sheet)));
        for name in self.changing() {
            package.remove(&name);
        }
        properties::prepare(&mut package, empty_margins.then(|| self.ids.helper(styles::SPACER))).map_err(broken)?;
        let base = Arc::new(pack(package.parts()).map_err(broken)?);
        if bases.len() >= MAX_BASES {
            bases.remove(0);
        }
        bases.push((sheet.clone(), empty_margins, Arc::clone(&base)));
        Ok(base)
    }

    /// Names of the parts that are written for each document.
    fn changing(&self) -> Vec<String> {
        let mut out: Vec<String> = self.tagged.iter().map(|(n, _)| n.clone()).collect();
        let relations: Vec<String> = out.iter().map(|n| relations_of(n)).collect();
        out.extend(relations);
        out
    }

    fn report(&self, part: &str, error: &Error, context: &Jinja) -> Diagnostic {
        let place = error.range().and_then(|r| self.place_in(part, &r));
        let expression = place.map(|p| p.tag.expression().to_owned()).unwrap_or_default();
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
            _ if let Some(c) = forbidden_character(error) => (
                format!("thẻ này in ra ký tự không in được (U+{:04X}).", c as u32),
                "Xóa ký tự đó, hoặc cách viết \\u…, trong thẻ.".into(),
            ),
            ErrorKind::NonPrimitive => (
                reason(error).map_or("không in được giá trị ở đây.".into(), |r| format!("không in được giá trị ở đây: {r}.")),
                "In từng phần tử: {% for x in danh_sach %}{{ x }}{% endfor %}; cả danh sách thành các đoạn: {{p danh_sach }}.".into(),
            ),
            _ => (
                // Our own filters say in Vietnamese what is wrong.
                match reason(error) {
                    Some(reason) => format!("không tính được giá trị ở đây: {reason}."),
                    None => "không tính được giá trị ở đây.".into(),
                }, "Kiểm tra kiểu của biến: phép tính cần số, vòng lặp cần danh sách.".into()),
        };
        match place {
            Some(place) => fault(place, &message, &hint),
            None => {
                Diagnostic::general(&code::THE_WORD_SAI, format!("Mẫu Word, {}: {message}", super::part_name(part)))
                    .hint(hint)
            }
        }
    }
}

/// Most bytes that a part may become: a document of a thousand pages has some ten million.
const MAX_OUTPUT: usize = 64 << 20;

fn too_heavy(part: &str) -> Diagnostic {
    let part = super::part_name(part);
    Diagnostic::general(
        &code::MAU_QUA_NANG,
        format!("Mẫu Word, {part}: các vòng lặp làm ra quá nhiều chữ nên đã dừng."),
    )
    .hint("Bớt số lần lặp trong mẫu.")
}

fn broken<E>(_: E) -> Diagnostic {
    Diagnostic::general(
        &code::MAU_WORD_HONG,
        "Không đóng gói được tệp Word từ mẫu này: các phần của mẫu không khớp nhau.",
    )
    .hint("Lấy mẫu có sẵn để so sánh: vanthu new --mau-word TỆP.docx")
}

/// The name in an expression that the context does not know.
fn unknown_name(expression: &str, context: &Jinja) -> String {
    let env = jinja::environment(jinja::FUEL);
    let names = env.compile_expression(expression).map(|e| e.undeclared_variables(true)).unwrap_or_default();
    let mut missing: Vec<String> = names
        .into_iter()
        .filter(|n| env.compile_expression(n).and_then(|e| e.eval(context)).map_or(true, |v| v.is_undefined()))
        .collect();
    missing.sort();
    missing.into_iter().next().unwrap_or_else(|| expression.to_owned())
}

/// Builds what the tags marked.
pub(super) struct Filler<'t, 'j> {
    pub(super) template: &'t WordTemplate,
    pub(super) sheet: &'j Sheet,
    texts: &'t Texts<'j>,
    pub(super) builder: Builder<'j>,
    /// Whether the appendices were printed: then the last section is theirs.
    pub(super) appendices: bool,
    /// Addresses of links by the part in which they stand.
    links: Vec<(String, Vec<String>)>,
    /// A footnote was asked for where Word has none: the tag that printed it, where it is known.
    lost_note: Option<Option<usize>>,
}

impl<'t, 'j> Filler<'t, 'j> {
    fn new(template: &'t WordTemplate, job: &Job<'j>, texts: &'t Texts<'j>) -> Self {
        let builder =
            Builder::new(&job.sheet.styles, template.ids.clone(), job.pictures, template.first_note, template.first_id);
        Filler { template, sheet: job.sheet, texts, builder, appendices: false, links: Vec::new(), lost_note: None }
    }

    /// Puts what is built in place of its marks.
    fn build(&mut self, printed: &str, part: &str) -> String {
        let mut out = String::with_capacity(printed.len() * 2);
        let mut rest = printed;
        while let Some(at) = rest.find(BUILT_START) {
            if out.len() > MAX_OUTPUT {
                // A zone in a loop; the caller refuses what is this long.
                return out;
            }
            out.push_str(&rest[..at]);
            rest = &rest[at + BUILT_START.len_utf8()..];
            let end = rest.find(BUILT_END).unwrap_or(rest.len());
            let mark = &rest[..end];
            rest = rest.get(end + BUILT_END.len_utf8()..).unwrap_or_default();
            let mut chars = mark.chars();
            let kind = chars.next();
            let fields: Vec<&str> = chars.as_str().split(FIELD).collect();
            let before = self.builder.notes.len();
            let built = match kind {
                Some('Z') if fields[0] == "phu_luc" => {
                    self.all_appendices(&mut out);
                    String::new()
                }
                Some('Z') => self.zone(fields[0]),
                Some('S') => self.last_section(),
                Some('E') => self.entry(fields.first().copied(), fields.get(1).copied()),
                Some('Q') => self.entry_paragraph(fields.first().copied(), fields.get(1).copied()),
                Some('R') => self.runs(fields.first().copied(), fields.get(1).copied()),
                Some('P') => self.paragraphs(fields.first().copied(), fields.get(1..).unwrap_or_default()),
                _ => String::new(),
            };
            if part != self.template.main && self.builder.notes.len() > before && self.lost_note.is_none() {
                self.lost_note = Some(fields.first().and_then(|number| number.parse().ok()));
            }
            out.push_str(&built);
        }
        out.push_str(rest);
        let links = std::mem::take(&mut self.builder.links);
        self.links.push((part.to_owned(), links));
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
            _ => &[],
        };
        if matches!(items.first(), Some(Item::Columns(_))) && self.sheet.sections.len() > 1 && name != "cuoi_van_ban" {
            // LibreOffice puts a whole empty line before a table that starts a file of several sections.
            out = self.builder.thin_line();
        }
        out.push_str(&self.builder.items(items, main.width, below));
        if out.is_empty() && matches!(name, "dau_trang" | "chan_trang") {
            // A header holds a paragraph at least.
            return self.builder.thin_line();
        }
        out
    }

    /// A place to fill in, in the run properties of its tag.
    fn entry(&mut self, place: Option<&str>, name: Option<&str>) -> String {
        let (Some(place), Some(name)) = (self.place(place), name) else { return String::new() };
        let all = self.entries();
        let pick =
            |field: Field| all.iter().filter(|r| matches!(r, Run::Entry(e) if e.field == field)).cloned().collect();
        use Field::{Nam, Ngay, So, Thang};
        let runs: Vec<Run> = match name {
            "so" => pick(So),
            "ngay.ngay" => pick(Ngay),
            "ngay.thang" => pick(Thang),
            "ngay.nam" => pick(Nam),
            _ => {
                let start =
                    all.iter().position(|r| matches!(r, Run::Text(c) if c.text.trim_start().starts_with("ngày")));
                let date = start.map(|i| &all[i..]).unwrap_or_default();
                let end = date.iter().position(|r| matches!(r, Run::Entry(e) if e.field == Nam));
                date[..end.map_or(0, |i| i + 1)].to_vec()
            }
        };
        self.builder.formatted(&runs, &place.format)
    }

    /// A place to fill in, alone in a paragraph like the tag's.
    fn entry_paragraph(&mut self, place: Option<&str>, name: Option<&str>) -> String {
        let properties =
            self.place(place).and_then(|p| p.format.paragraph.as_deref()).map(Element::to_xml).unwrap_or_default();
        let runs = self.entry(place, name);
        format!("<w:p>{properties}{runs}</w:p>")
    }

    /// The runs of the number line and of the date line.
    fn entries(&self) -> Vec<Run> {
        let Some(main) = self.sheet.sections.first() else { return Vec::new() };
        let mut out = Vec::new();
        for item in &main.items[..main.content.start] {
            match item {
                Item::Par(par) => entries_of(par, &mut out),
                Item::Columns(columns) => {
                    for item in columns.rows.iter().flatten().flatten() {
                        if let Item::Par(par) = item {
                            entries_of(par, &mut out);
                        }
                    }
                }
                _ => {}
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
        let properties = place.format.paragraph.as_deref().map(Element::to_xml).unwrap_or_default();
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
                None => Ok(Element::new("Relationships").with("xmlns", RELATIONS)),
            }
        };
        let mut all: Vec<(&str, Element)> = vec![(main, existing(main)?)];
        let of_notes = (self.template.notes.clone(), self.builder.note_links.clone());
        for (part, links) in self.links.iter().chain([&of_notes]) {
            let at = match all.iter().position(|(p, _)| p == part) {
                Some(at) => at,
                None => {
                    let old = existing(part)?;
                    if links.is_empty() && old.children.is_empty() {
                        continue;
                    }
                    all.push((part, old));
                    all.len() - 1
                }
            };
            for (i, url) in links.iter().enumerate() {
                relate(&mut all[at].1, &format!("{RELATION}L{}", i + 1), "hyperlink", url, true);
            }
        }
        let rels = &mut all[0].1;
        for (i, path) in self.builder.images.iter().enumerate() {
            let Some(bytes) = self.builder.picture_bytes(path) else { continue };
            let extension = if bytes.starts_with(b"\x89PNG") { "png" } else { "jpeg" };
            let name = format!("{folder}media/vanthu{}.{extension}", i + 1);
            relate(rels, &format!("{RELATION}I{}", i + 1), "image", &format!("/{name}"), false);
            parts.push((name, bytes.to_vec()));
        }
        if self.needs_empty_margins() {
            for (id, kind, file) in [("Dau", "header", properties::EMPTY[0]), ("Chan", "footer", properties::EMPTY[1])]
            {
                relate(rels, &format!("{RELATION}{id}"), kind, &format!("/{folder}{file}"), false);
            }
        }
        parts.extend(all.into_iter().map(|(name, rels)| (relations_of(name), part(&rels))));
        Ok(())
    }
}

/// The runs of a line with places to fill in, but what the author typed around them; none of another line.
fn entries_of(par: &Par, out: &mut Vec<Run>) {
    let upright = |chars: &Chars| Chars { bold: false, italic: false, ..chars.clone() };
    if !par.runs.iter().any(|run| matches!(run, Run::Entry(_))) {
        return;
    }
    out.extend(par.runs.iter().filter_map(|run| match run {
        Run::Entry(e) => Some(Run::Entry(Entry { chars: upright(&e.chars), ..e.clone() })),
        Run::Text(c) if c.added => Some(Run::Text(upright(c))),
        _ => None,
    }));
}
