//! The proof of words on a packed Word file. With the template that ships with the program every word must be there, in
//! order, and nothing else; a template of an agency's own has words of its own, so each zone that it prints must be whole
//! and every other line of the plan must stand somewhere.

use super::template::WordTemplate;
use super::text::{self, DocxText};
use crate::diagnostic::{Diagnostic, code};
use crate::document::{Document, Line};
use crate::sheet::{Item, Section, Sheet};
use crate::write::Job;
use crate::write::words::{Streams, all_runs, check, different, line, squeeze};

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
        words(section, &section.items, &mut body);
        words(section, &section.top, &mut margins);
    }
    // Word's files keep headers before footers.
    sheet.sections.iter().for_each(|s| words(s, &s.foot, &mut margins));
    body.notes.push_str(&margins.notes);
    check(&body.main, &read.main, "tệp Word")?;
    check(&body.notes, &read.notes, "chú thích của tệp Word")?;
    let (top, foot): (Vec<_>, Vec<_>) = read.margins.iter().partition(|(name, _)| name.contains("header"));
    let found: String = top.iter().chain(&foot).map(|(_, text)| text.as_str()).collect();
    check(&margins.main, &found, "đầu trang và chân trang của tệp Word")
}

/// All words of some items.
fn words(section: &Section, items: &[Item], out: &mut Streams) {
    let part = Section { top: Vec::new(), foot: Vec::new(), items: items.to_vec(), ..section.clone() };
    part.visit(&mut |par| all_runs(par, out, &mut None));
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
        words(main, items, &mut wanted);
        if !everything.contains(&squeeze(&wanted.main)) {
            return Err(different(format!("Chữ của vùng {name} trong tệp Word khác với bản thảo.")));
        }
        if !notes.contains(&squeeze(&wanted.notes).to_uppercase()) {
            return Err(different(format!("Chú thích của vùng {name} trong tệp Word khác với bản thảo.")));
        }
    }
    for section in job.sheet.sections.get(1..).unwrap_or_default() {
        let mut wanted = Streams::default();
        words(section, &section.items, &mut wanted);
        if !everything.contains(&squeeze(&wanted.main)) {
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
            if !folded.contains(&squeeze(&wanted.main).to_uppercase()) {
                return Err(missing(&format!("“{}”", l.plain()), name));
            }
        }
    }
    let content = &main.items[main.content.clone()];
    let mut wanted = Streams::default();
    words(main, content, &mut wanted);
    if !printed("noi_dung") && !everything.contains(&squeeze(&wanted.main)) {
        return Err(missing("nội dung", "noi_dung"));
    }
    Ok(())
}

/// The author's lines outside the content: whether a zone prints them, the lines, the name of a tag that would.
fn lines_of<'d>(d: &'d Document, printed: &dyn Fn(&str) -> bool) -> Vec<(bool, Vec<&'d Line>, &'static str)> {
    let all = |lines: &'d [Line]| lines.iter().collect::<Vec<_>>();
    let one = |line: &'d Option<Line>| line.iter().collect::<Vec<_>>();
    vec![
        (printed("dau_trang"), one(&d.luu_hanh), "luu_hanh"),
        (printed("chan_trang"), all(&d.dia_chi), "dia_chi"),
        (printed("quoc_hieu"), all(&d.chu_quan), "co_quan.chu_quan"),
        (printed("quoc_hieu"), all(&d.co_quan), "co_quan.ten"),
        (printed("quoc_hieu"), one(&d.so), "so"),
        (printed("quoc_hieu"), vec![&d.ky_hieu], "ky_hieu"),
        (printed("quoc_hieu"), vec![&d.dia_danh], "dia_danh"),
        (printed("ten_van_ban"), vec![&d.trich_yeu], "trich_yeu"),
        (printed("ten_van_ban"), all(&d.kinh_gui), "kinh_gui"),
        (printed("cuoi_van_ban"), all(&d.noi_nhan), "noi_nhan"),
        (printed("cuoi_van_ban"), one(&d.nguoi_soan), "nguoi_soan"),
        (printed("cuoi_van_ban"), all(&d.quyen_han), "ky.quyen_han"),
        (printed("cuoi_van_ban"), vec![&d.chuc_vu], "ky.chuc_vu"),
        (printed("cuoi_van_ban"), one(&d.ho_ten), "ky.ho_ten"),
    ]
}

fn missing(what: &str, name: &str) -> Diagnostic {
    Diagnostic::general(
        &code::MAU_WORD_THIEU,
        format!("Mẫu Word bỏ sót chữ của kế hoạch: không thấy {what} trong tệp ghi ra."),
    )
    .hint(format!("Thêm vào mẫu thẻ {name}, hoặc vùng có chứa nó; xem các tên: vanthu check-mau TỆP.docx"))
}
