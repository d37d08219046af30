//! The proof of words on a packed Word file. With the template that ships with the program every word must be there, in
//! order, and nothing else; a template of an agency's own has words of its own, so each zone that it prints must be whole
//! and every other line of the plan must stand somewhere.

use super::template::WordTemplate;
use super::text::{self, DocxText, Margin};
use crate::decree30::phrases::XAC_NHAN;
use crate::decree30::style::Component;
use crate::diagnostic::{Diagnostic, code};
use crate::document::{Document, Line, Typed};
use crate::draft::parts::{Parts, Row, Zone};
use crate::sheet::{Item, Section, Sheet, visit_items};
use crate::source::Span;
use crate::write::Job;
use crate::write::letters::{Capitals, check, different, squeeze};
use crate::write::words::{Streams, all_runs, line};

/// Compares the words of a Word file with the sheet's.
pub fn compare_docx(template: &WordTemplate, job: &Job<'_>, bytes: &[u8]) -> Result<(), Diagnostic> {
    let read = text::read(bytes, template.main_part(), template.notes_part()).map_err(|what| {
        Diagnostic::general(&code::MAT_CHU, format!("Không đối chiếu được chữ của tệp Word: {what}."))
            .hint("Nếu dùng mẫu riêng (--mau-word), sửa mẫu; --khong-doi-chieu bỏ qua bước này.")
    })?;
    if template.is_own() { holds(template, job, &read) } else { equals(job.sheet, &read) }
}

fn equals(sheet: &Sheet, read: &DocxText) -> Result<(), Diagnostic> {
    let mut body = Streams::default();
    let mut margins = Streams::default();
    for section in &sheet.sections {
        words(&section.items, &mut body);
        words(&section.top, &mut margins);
    }
    // Word's files keep headers before footers.
    sheet.sections.iter().for_each(|s| words(&s.foot, &mut margins));
    body.notes.append(&margins.notes);
    check(&body.main, &read.main, "tệp Word", Capitals::Count)?;
    check(&body.notes, &read.notes, "chú thích của tệp Word", Capitals::Count)?;
    let (top, foot): (Vec<_>, Vec<_>) = read.margins.iter().partition(|(margin, _)| *margin == Margin::Header);
    let found: String = top.iter().chain(&foot).map(|(_, text)| text.as_str()).collect();
    check(&margins.main, &found, "đầu trang và chân trang của tệp Word", Capitals::Count)
}

/// All words of some items.
fn words(items: &[Item], out: &mut Streams) {
    visit_items(items, &mut |par| all_runs(par, out, &mut None));
}

/// The place of the first paragraph whose words are nowhere.
fn first_missing(items: &[Item], everything: &str) -> Option<Span> {
    let mut place = None;
    visit_items(items, &mut |par| {
        let mut words = Streams::default();
        all_runs(par, &mut words, &mut None);
        if place.is_none() && par.span != Span::default() && !everything.contains(&squeeze(&words.main.text)) {
            place = Some(par.span);
        }
    });
    place
}

/// What a filled file says, without blanks.
struct Filled {
    everything: String,
    /// In capitals: a template may print a text so.
    folded: String,
    notes: String,
    /// What the author typed in the whole document, in capitals: a text that stands there twice must stand in the file
    /// twice.
    typed: String,
}

impl Filled {
    fn new(read: &DocxText, document: &Document) -> Self {
        let mut typed = Streams::default();
        document.each_typed(&mut |piece| {
            if let Typed::Line(l) = piece {
                line(l, &mut typed);
            }
        });
        let typed = squeeze(&typed.main.text).to_uppercase();
        let notes = squeeze(&read.notes);
        let margins: String = read.margins.iter().map(|(_, text)| squeeze(text)).collect();
        let everything = squeeze(&read.main) + &margins + &notes;
        Filled { folded: everything.to_uppercase(), notes: notes.to_uppercase(), everything, typed }
    }

    fn says(&self, text: &str) -> bool {
        self.folded.contains(&squeeze(text).to_uppercase())
    }

    /// Whether a typed text stands in the file as often as in the document.
    fn says_all(&self, text: &str) -> bool {
        let text = squeeze(text).to_uppercase();
        text.is_empty() || self.folded.matches(&text).count() >= self.typed.matches(&text).count().max(1)
    }

    fn says_in_notes(&self, text: &str) -> bool {
        self.notes.contains(&squeeze(text).to_uppercase())
    }
}

fn holds(template: &WordTemplate, job: &Job<'_>, read: &DocxText) -> Result<(), Diagnostic> {
    let filled = Filled::new(read, job.document);
    let Some(main) = job.sheet.sections.first() else { return Ok(()) };
    let head = template.prints("dau_van_ban");
    let printed = |zone: &str| template.prints(zone) || (head && matches!(zone, "quoc_hieu" | "ten_van_ban"));
    let zones: [(&[Item], &str); 6] = [
        (&main.items[..main.letterhead], "quoc_hieu"),
        (&main.items[main.letterhead..main.content.start], "ten_van_ban"),
        (&main.items[main.content.clone()], "noi_dung"),
        (&main.items[main.content.end..], "cuoi_van_ban"),
        (&main.top, "dau_trang"),
        (&main.foot, "chan_trang"),
    ];
    for (items, name) in zones.into_iter().filter(|(_, name)| printed(name)) {
        holds_zone(&filled, items, name)?;
    }
    for section in job.sheet.sections.get(1..).unwrap_or_default() {
        if !filled.everything.contains(&squeeze(&streams(&section.items).main.text)) {
            return Err(missing("các phụ lục", "phu_luc"));
        }
    }
    for (_, lines, name) in lines_of(job.document, &printed).into_iter().filter(|(covered, ..)| !covered) {
        lines.iter().try_for_each(|l| holds_line(&filled, l, name))?;
    }
    holds_facts(template, &filled, job, &printed)?;
    let content = streams(&main.items[main.content.clone()]);
    if !printed("noi_dung") && !filled.everything.contains(&squeeze(&content.main.text)) {
        return Err(missing("nội dung", "noi_dung"));
    }
    Ok(())
}

fn streams(items: &[Item]) -> Streams {
    let mut out = Streams::default();
    words(items, &mut out);
    out
}

/// A zone that a tag prints.
fn holds_zone(filled: &Filled, items: &[Item], name: &str) -> Result<(), Diagnostic> {
    let wanted = streams(items);
    let wanted_main = squeeze(&wanted.main.text);
    let beginning: String = wanted_main.chars().take(24).collect();
    if !filled.everything.contains(&beginning) {
        return Err(missing(&format!("vùng {name}"), name).hint(format!(
            "Thẻ {{{{p {name} }}}} có trong mẫu nhưng lần này không in: xem các khối {{% if %}} bao quanh nó."
        )));
    }
    if !filled.everything.contains(&wanted_main) {
        let problem = different(format!("Chữ của vùng {name} trong tệp Word khác với bản thảo."));
        return Err(Diagnostic { span: first_missing(items, &filled.everything), ..problem });
    }
    if !filled.says_in_notes(&wanted.notes.text) {
        return Err(different(format!("Chú thích của vùng {name} trong tệp Word khác với bản thảo.")));
    }
    Ok(())
}

/// A line of the author's that no zone prints.
fn holds_line(filled: &Filled, wanted: &Line, name: &str) -> Result<(), Diagnostic> {
    let mut words = Streams::default();
    line(wanted, &mut words);
    if !filled.says_all(&words.main.text) {
        return Err(missing(&format!("“{}”", wanted.plain()), name));
    }
    if !filled.says_in_notes(&words.notes.text) {
        return Err(missing(&format!("chú thích của “{}”", wanted.plain()), name)
            .hint(format!("Dùng {{{{r {name} }}}} không qua bộ lọc nào: thẻ {{{{ {name} }}}} chỉ in chữ thường.")));
    }
    Ok(())
}

/// Type, date and urgency, where no zone prints them.
fn holds_facts(
    template: &WordTemplate,
    filled: &Filled,
    job: &Job<'_>,
    printed: &dyn Fn(&str) -> bool,
) -> Result<(), Diagnostic> {
    let (d, head) = (job.document, printed("quoc_hieu"));
    if d.loai.form.has_title() && !printed("ten_van_ban") && !filled.says(d.loai.name) {
        return Err(missing(&format!("tên loại “{}”", d.loai.name), "loai"));
    }
    let dated = d.ngay.year.is_some() || d.ngay.month.is_some() || d.ngay.day.is_some();
    if let Some(main) = job.sheet.sections.first().filter(|_| !head && dated && !template.names("ngay")) {
        let date: String = facts_of(main).into_iter().collect();
        if !filled.says(&date) {
            return Err(missing(&format!("“{}”", date.trim()), "ngay"));
        }
    }
    if let Some(main) = job.sheet.sections.first().filter(|_| !printed("ten_van_ban")) {
        let mut authority = None;
        main.visit(&mut |par| {
            if par.style == Component::ThamQuyen && authority.is_none() {
                let mut words = Streams::default();
                all_runs(par, &mut words, &mut None);
                authority = Some(words.main.text).filter(|text| !filled.says(text));
            }
        });
        if let Some(text) = authority {
            return Err(missing(&format!("thẩm quyền ban hành “{}”", text.trim()), "ten_van_ban"));
        }
    }
    if d.xac_nhan && !printed("cuoi_van_ban") && !filled.says(XAC_NHAN) {
        return Err(missing("phần xác nhận của nơi nghỉ phép", "cuoi_van_ban"));
    }
    match d.do_khan.filter(|_| !head) {
        Some(urgency) if !filled.says(urgency.words()) => {
            Err(missing(&format!("mức độ khẩn “{}”", urgency.words()), "do_khan"))
        }
        _ => Ok(()),
    }
}

/// The author's lines outside the content: whether a zone prints them, the lines, the name of a tag that would.
fn lines_of<'d>(d: &'d Document, printed: &dyn Fn(&str) -> bool) -> Vec<(bool, &'d [Line], &'static str)> {
    let outside = d.lines.rows().filter(|(row, _)| row.zone != Zone::NoiDung);
    let zone = |row: &Row| row.zone_in(d.loai.form).name();
    let mut out: Vec<_> = outside.map(|(row, lines)| (printed(zone(row)), lines.as_slice(), row.key)).collect();
    // Signers behind the first have no names of their own.
    let others = d.cung_ky.iter().flat_map(Parts::rows);
    out.extend(others.map(|(row, lines)| (printed(row.zone.name()), lines.as_slice(), row.zone.name())));
    out
}

/// The date line's words, as the sheet has them.
fn facts_of(main: &Section) -> Vec<String> {
    let mut out = Vec::new();
    visit_items(&main.items[..main.letterhead], &mut |par| {
        if par.style == Component::DiaDanhNgay {
            let from = par.runs.iter().position(|r| r.chars().is_some_and(|c| c.added && c.text.starts_with("ngày")));
            out.extend(par.runs.iter().skip(from.unwrap_or(0)).filter_map(|r| r.chars()).map(|c| c.text.clone()));
        }
    });
    out
}

fn missing(what: &str, name: &str) -> Diagnostic {
    Diagnostic::general(
        &code::MAU_WORD_THIEU,
        format!("Mẫu Word bỏ sót chữ của kế hoạch: không thấy {what} trong tệp ghi ra."),
    )
    .hint(format!("Thêm vào mẫu thẻ {name}, hoặc vùng có chứa nó; xem các tên: vanthu check-mau TỆP.docx"))
}
