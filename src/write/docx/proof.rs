//! The proof of words on a packed Word file. With the template that ships with the program every word must be there, in
//! order, and nothing else; a template of an agency's own has words of its own, so each zone that it prints must be whole
//! and every other line of the plan must stand somewhere.

use super::template::WordTemplate;
use super::text::{self, DocxText, Margin};
use crate::decree30::style::Component;
use crate::diagnostic::{Diagnostic, code};
use crate::document::{Document, Line};
use crate::draft::parts::Zone;
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

fn holds(template: &WordTemplate, job: &Job<'_>, read: &DocxText) -> Result<(), Diagnostic> {
    let mut everything = squeeze(&read.main);
    let mut notes = squeeze(&read.notes);
    for (_, text) in &read.margins {
        everything.push_str(&squeeze(text));
    }
    everything.push_str(&notes);
    let folded = everything.to_uppercase();
    notes = notes.to_uppercase();
    let printed = |zone: &str| template.prints(zone);
    let Some(main) = job.sheet.sections.first() else { return Ok(()) };
    let head = printed("dau_van_ban");
    let zones: [(bool, &[Item], &str); 6] = [
        (head || printed("quoc_hieu"), &main.items[..main.letterhead], "quoc_hieu"),
        (head || printed("ten_van_ban"), &main.items[main.letterhead..main.content.start], "ten_van_ban"),
        (printed("noi_dung"), &main.items[main.content.clone()], "noi_dung"),
        (printed("cuoi_van_ban"), &main.items[main.content.end..], "cuoi_van_ban"),
        (printed("dau_trang"), &main.top, "dau_trang"),
        (printed("chan_trang"), &main.foot, "chan_trang"),
    ];
    for (is_printed, items, name) in zones {
        if !is_printed {
            continue;
        }
        let mut wanted = Streams::default();
        words(items, &mut wanted);
        let wanted_main = squeeze(&wanted.main.text);
        let beginning: String = wanted_main.chars().take(24).collect();
        if !everything.contains(&beginning) {
            return Err(missing(&format!("vùng {name}"), name).hint(format!(
                "Thẻ {{{{p {name} }}}} có trong mẫu nhưng lần này không in: xem các khối {{% if %}} bao quanh nó."
            )));
        }
        if !everything.contains(&wanted_main) {
            let problem = different(format!("Chữ của vùng {name} trong tệp Word khác với bản thảo."));
            return Err(Diagnostic { span: first_missing(items, &everything), ..problem });
        }
        if !notes.contains(&squeeze(&wanted.notes.text).to_uppercase()) {
            return Err(different(format!("Chú thích của vùng {name} trong tệp Word khác với bản thảo.")));
        }
    }
    for section in job.sheet.sections.get(1..).unwrap_or_default() {
        let mut wanted = Streams::default();
        words(&section.items, &mut wanted);
        if !everything.contains(&squeeze(&wanted.main.text)) {
            return Err(missing("các phụ lục", "phu_luc"));
        }
    }
    let d = job.document;
    for (covered, lines, name) in
        lines_of(d, &|zone| printed(zone) || (head && matches!(zone, "quoc_hieu" | "ten_van_ban")))
    {
        if covered {
            continue;
        }
        for l in lines {
            let mut wanted = Streams::default();
            line(l, &mut wanted);
            if !folded.contains(&squeeze(&wanted.main.text).to_uppercase()) {
                return Err(missing(&format!("“{}”", l.plain()), name));
            }
            if !notes.contains(&squeeze(&wanted.notes.text).to_uppercase()) {
                return Err(missing(&format!("chú thích của “{}”", l.plain()), name).hint(format!(
                    "Dùng {{{{r {name} }}}} không qua bộ lọc nào: thẻ {{{{ {name} }}}} chỉ in chữ thường."
                )));
            }
        }
    }
    let head_zone = |zone: &str| printed(zone) || head;
    if !head_zone("ten_van_ban") && !folded.contains(&squeeze(d.loai.name).to_uppercase()) {
        return Err(missing(&format!("tên loại “{}”", d.loai.name), "loai"));
    }
    let dated = d.ngay.year.is_some() || d.ngay.month.is_some() || d.ngay.day.is_some();
    if !head_zone("quoc_hieu") && dated && !template.names("ngay") {
        let date: String = facts_of(main).into_iter().collect();
        if !folded.contains(&squeeze(&date).to_uppercase()) {
            return Err(missing(&format!("“{}”", date.trim()), "ngay"));
        }
    }
    if let Some(urgency) = d.do_khan.filter(|_| !head_zone("quoc_hieu")) {
        let text = urgency.words();
        if !folded.contains(&squeeze(text)) {
            return Err(missing(&format!("mức độ khẩn “{text}”"), "do_khan"));
        }
    }
    let content = &main.items[main.content.clone()];
    let mut wanted = Streams::default();
    words(content, &mut wanted);
    if !printed("noi_dung") && !everything.contains(&squeeze(&wanted.main.text)) {
        return Err(missing("nội dung", "noi_dung"));
    }
    Ok(())
}

/// The author's lines outside the content: whether a zone prints them, the lines, the name of a tag that would.
fn lines_of<'d>(d: &'d Document, printed: &dyn Fn(&str) -> bool) -> Vec<(bool, &'d [Line], &'static str)> {
    let outside = d.lines.rows().filter(|(row, _)| row.zone != Zone::NoiDung);
    outside.map(|(row, lines)| (printed(row.zone.name()), lines.as_slice(), row.key)).collect()
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
