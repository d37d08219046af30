//! Behind the signature: appendices, and texts that are issued with a decision.

use super::Recogniser;
use super::body::is_chapter;
use super::words::{fold_start, is_rule};
use crate::chars::in_capitals;
use crate::decree30::kinds::Form;
use crate::decree30::outline::roman;
use crate::decree30::phrases::PHU_LUC;
use crate::import::found::{Appendix, Block, Found};
use crate::import::marks;
use crate::import::stream::{Align, Par, Piece, words};
use crate::markup::marker;

/// Bytes of the longest title of an appendix.
const LONGEST_TITLE: usize = 600;

impl Recogniser<'_> {
    /// All that stands behind the signature.
    pub(super) fn after(&mut self) {
        self.titles_apart();
        self.skip_empty();
        let mut lone: Vec<Block> = Vec::new();
        while self.at < self.pieces.len() {
            if let Some(Piece::Table(table)) = self.pieces.get(self.at).filter(|p| is_copy(p)).cloned() {
                self.copy(&table);
                self.at += 1;
                self.skip_empty();
                continue;
            }
            self.inside = self.par().is_some_and(|par| is_appendix(&par.whole()));
            let end = self.next_start(self.titles_end(self.at));
            if self.starts_appendix(self.at) {
                let appendix = self.appendix(end);
                match self.found.van_ban_kem_theo.last_mut() {
                    Some(text) => text.phu_luc.push(appendix),
                    None => self.found.phu_luc.push(appendix),
                }
            } else if self.starts_text(self.at) {
                let text = self.issued(end);
                self.found.van_ban_kem_theo.push(text);
            } else {
                lone.extend(self.blocks(end));
            }
            self.skip_empty();
        }
        self.numbers_of_appendices();
        if !lone.is_empty() {
            self.unsure("phu_luc", "phần sau chữ ký không có tên phụ lục");
            self.found.phu_luc.insert(0, Appendix { noi_dung: lone, ..Appendix::default() });
        }
    }

    /// A title and the line in brackets may be lines of one paragraph.
    fn titles_apart(&mut self) {
        let mut at = self.at;
        while at < self.pieces.len() {
            if let Piece::Par(par) = &self.pieces[at] {
                let lines = par.lines();
                if lines.len() > 1 && lines.iter().any(|l| is_attached(&l.whole())) {
                    self.pieces.splice(at..=at, lines.into_iter().map(Piece::Par));
                }
            }
            at += 1;
        }
    }

    /// The program numbers appendices itself, with Roman numerals where there are several: another number is told.
    fn numbers_of_appendices(&mut self) {
        let lists = std::iter::once(&self.found.phu_luc).chain(self.found.van_ban_kem_theo.iter().map(|t| &t.phu_luc));
        let mut numbers: Vec<(String, bool)> = Vec::new();
        for list in lists {
            let several = list.len() > 1;
            numbers.extend(list.iter().enumerate().map(|(i, appendix)| {
                let printed = if several { roman(i + 1) } else { String::new() };
                (appendix.so.clone(), appendix.so == printed)
            }));
        }
        for (number, same) in numbers {
            if same {
                self.own(&number)
            } else {
                self.leave_out(&number, "số phụ lục; chương trình đánh số lại")
            }
        }
    }

    /// Where the next appendix or text begins.
    fn next_start(&self, from: usize) -> usize {
        (from..self.pieces.len())
            .find(|at| is_copy(&self.pieces[*at]) || self.starts_appendix(*at) || self.starts_text(*at))
            .unwrap_or(self.pieces.len())
    }

    /// Behind the line in brackets of a title that begins here; behind its first line where there is none.
    fn titles_end(&self, at: usize) -> usize {
        let line =
            self.pieces[at + 1..].iter().take(12).position(|p| matches!(p, Piece::Par(x) if is_attached(&x.whole())));
        line.map_or(at + 1, |offset| at + offset + 2)
    }

    fn starts_appendix(&self, at: usize) -> bool {
        let Some(Piece::Par(par)) = self.pieces.get(at) else { return false };
        // `Phụ lục`, `Danh mục`, `Đề cương`, `Biểu mẫu`, `Nội dung`, `Mẫu`: most lines begin otherwise.
        if !par.initial().is_some_and(|c| "PDĐBNM".contains(c)) {
            return false;
        }
        // Longer than any title, in bytes.
        if par.runs.iter().map(|r| r.text.len()).sum::<usize>() > LONGEST_TITLE {
            return false;
        }
        let text = par.whole();
        let folded = fold_start(&text);
        let named = is_appendix(&folded);
        let short = text.chars().count() < 40 || in_capitals(&text) || is_titled(&text);
        let set = !self.styled || par.align == Align::Center || par.is_bold();
        named && short && set || self.starts_form(at, par)
    }

    /// `Biểu mẫu 01`, `DANH MỤC …` on a page of its own or above `(Kèm theo …)`: an appendix under another name.
    fn starts_form(&self, at: usize, par: &Par) -> bool {
        let text = par.whole();
        let folded = fold_start(&text);
        let titled = ["DANH MỤC", "DANH SÁCH", "ĐỀ CƯƠNG", "DỰ TOÁN", "BẢNG ", "NỘI DUNG"];
        // Forms of an appendix stand in it.
        let form = !self.inside && ["BIỂU SỐ", "BIỂU MẪU", "MẪU SỐ", "MẪU "].iter().any(|w| folded.starts_with(w));
        let title = titled.iter().any(|w| folded.starts_with(w)) && in_capitals(&text);
        if !(form && text.chars().count() < 40 || title) || self.styled && par.align == Align::Left && !par.is_bold() {
            return false;
        }
        let before = self.pieces[..at].iter().rev().find(|p| !matches!(p, Piece::Par(x) if is_rule(&x.whole())));
        let fresh = matches!(before, Some(Piece::PageBreak | Piece::Section { .. }));
        let below = self.pieces[at + 1..].iter().take(6);
        fresh || below.into_iter().any(|p| matches!(p, Piece::Par(x) if is_attached(&x.whole())))
    }

    /// A letterhead again, or the name of a type above `(Kèm theo …)`.
    fn starts_text(&self, at: usize) -> bool {
        if !self.found.loai.is_some_and(|k| matches!(k.form, Form::QuyetDinh | Form::NghiQuyet)) {
            return false;
        }
        match self.pieces.get(at) {
            Some(Piece::Table(table)) => Self::is_letterhead(table),
            Some(Piece::Par(par)) => {
                if !self.is_name_of_text(at, par) {
                    return false;
                }
                // Behind a letterhead the title belongs to it.
                let before =
                    self.pieces[..at].iter().rev().find(|p| !matches!(p, Piece::Par(x) if is_rule(&x.whole())));
                !matches!(before, Some(Piece::Table(table)) if Self::is_letterhead(table))
            }
            _ => false,
        }
    }

    /// A short line in capitals in the middle, with `(Kèm theo Quyết định …)` a few lines below it.
    fn is_name_of_text(&self, at: usize, par: &Par) -> bool {
        if !par.runs.iter().all(|run| in_capitals(&run.text)) {
            return false;
        }
        let text = par.whole();
        let title = !text.is_empty() && in_capitals(&text) && text.chars().count() < 40 && !is_rule(&text);
        let centred = !self.styled || par.align == Align::Center;
        title
            && centred
            && self.pieces[at + 1..].iter().take(9).any(|p| matches!(p, Piece::Par(x) if is_attached(&x.whole())))
    }

    fn appendix(&mut self, end: usize) -> Appendix {
        let mut out = Appendix::default();
        let mut titles: Vec<String> = Vec::new();
        if let Some(par) = self.par().cloned() {
            let mut lines = par.lines();
            let text = lines.first().map(Par::whole).unwrap_or_default();
            let other = !is_appendix(&text);
            let (name, rest) = if other { ("", text.as_str()) } else { numbered(&text) };
            let (word, number) =
                name.split_at(name.char_indices().nth(PHU_LUC.chars().count()).map_or(name.len(), |(at, _)| at));
            if word.is_empty() {
            } else if fold_start(word) == fold_start(PHU_LUC) {
                self.own(word);
            } else {
                self.leave_out(word, "chương trình in “Phụ lục”");
            }
            out.so = number.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
            if !rest.is_empty() {
                titles.push(marks::escaped(rest));
            }
            titles.extend(lines.drain(1..).map(|p| marks::plain(&p)));
            self.at += 1;
        }
        let (title, line) = self.title_lines(end, titles, true);
        (out.tieu_de, out.kem_theo) = (title, line);
        out.ngang = self.is_landscape(self.at);
        self.lying = out.ngang;
        out.noi_dung = self.blocks(end);
        self.lying = false;
        super::body::without_end_mark(&mut out.noi_dung);
        out
    }

    fn issued(&mut self, end: usize) -> Found {
        let mut out = Found::default();
        if let Some(Piece::Table(table)) = self.pieces.get(self.at).cloned() {
            self.letterhead_again(&table);
            self.at += 1;
        }
        self.skip_empty();
        if let Some(par) = self.par().cloned() {
            match self.title_of(&par).filter(|k| k.form == Form::TenLoai) {
                Some(kind) => {
                    out.loai = Some(kind);
                    self.own(&par.whole());
                }
                None => out.ten_loai = Some(self.words.in_sentence(&marks::plain(&par))),
            }
            self.at += 1;
        }
        (out.trich_yeu, out.kem_theo) = self.title_lines(end, Vec::new(), false);
        out.noi_dung = self.blocks(end);
        super::body::without_end_mark(&mut out.noi_dung);
        out
    }

    /// Centred lines of a title, up to the line in brackets and with it.
    fn title_lines(&mut self, end: usize, mut titles: Vec<String>, appendix: bool) -> (Option<String>, Option<String>) {
        let mut line: Option<String> = None;
        while self.at < end {
            let Some(par) = self.par().cloned() else { break };
            let text = par.whole();
            if is_rule(&text) {
                self.at += 1;
                continue;
            }
            if is_attached(&text) && line.is_none() || line.as_ref().is_some_and(|l| !l.trim_end().ends_with(')')) {
                let more = marks::plain(&par.on_one_line());
                line = Some(line.map_or(more.clone(), |l| format!("{l} {more}")));
                self.at += 1;
                continue;
            }
            // A text file does not say what stands in the middle.
            let more = line.is_none()
                && (par.align == Align::Center || (titles.is_empty() || !self.styled) && in_capitals(&text));
            let part = !self.styled && !titles.is_empty() && (is_part(&text) || is_chapter(&text));
            if !more || part || titles.len() >= 8 || (text.starts_with('(') && !titles.is_empty()) {
                break;
            }
            titles.push(marks::plain(&par.on_one_line()));
            self.at += 1;
        }
        let title = titles.join(" ");
        let title = if appendix { self.words.as_elsewhere(&title) } else { title };
        // The line that the program makes of number, date and body.
        if line.as_ref().is_some_and(|l| self.is_made(l)) {
            self.own(&line.take().unwrap_or_default());
        }
        (Some(title).filter(|t| !t.is_empty()), line)
    }

    /// Whether a line in brackets has just the words that the program would print.
    fn is_made(&self, line: &str) -> bool {
        let f = &self.found;
        let date: Vec<&str> = f.ngay.as_deref().unwrap_or_default().rsplit('/').map(str::trim).collect();
        let part = |at: usize| date.get(at).copied().unwrap_or_default();
        let made = format!(
            "Kèm theo {} số {} {} ngày {} tháng {} năm {} của {}",
            f.loai.map_or("", |k| k.name),
            f.so.as_deref().unwrap_or_default(),
            f.ky_hieu.as_deref().unwrap_or_default(),
            part(2),
            part(1),
            part(0),
            f.co_quan.join(" ")
        );
        // Where the day is open the file may have room instead of the words.
        let of = |text: &str| words(text).filter(|w| !matches!(w.as_str(), "THÁNG" | "NĂM")).collect::<Vec<_>>();
        of(&made) == of(line)
    }

    /// Whether the section around a piece lies.
    fn is_landscape(&self, at: usize) -> bool {
        let next = self.pieces[at.min(self.pieces.len())..].iter().find_map(|p| match p {
            Piece::Section { landscape, .. } => Some(*landscape),
            _ => None,
        });
        next.unwrap_or(false)
    }
}

fn is_copy(piece: &Piece) -> bool {
    matches!(piece, Piece::Table(table) if Recogniser::is_copy(table))
}

/// `Phụ lục IV. Các chứng chỉ ngoại ngữ`: the number, a sign, and a title that is no sentence.
fn is_titled(text: &str) -> bool {
    const SIGNS: [char; 4] = ['.', ':', '-', '–'];
    let (name, title) = numbered(text);
    let sign = name.ends_with(SIGNS) || text[name.len()..].trim_start().starts_with(SIGNS);
    sign && title.starts_with(char::is_uppercase) && !text.ends_with(['.', ';', ',', ':'])
}

/// Whether a line begins with the word of an appendix.
fn is_appendix(text: &str) -> bool {
    let folded = fold_start(text);
    ["PHỤ LỤC", "PHỤ BIỂU"].iter().any(|w| folded.starts_with(w))
}

pub(super) fn is_attached(text: &str) -> bool {
    if !text.trim_start().starts_with('(') {
        return false;
    }
    let folded = fold_start(text);
    let start: String = folded.chars().take(40).collect();
    start.contains("KÈM THEO") || start.contains("BAN HÀNH")
}

/// `Phụ lục II` and what stands behind it on the line.
fn numbered(text: &str) -> (&str, &str) {
    let words: Vec<&str> = text.split(' ').collect();
    // `PHỤ LỤC SỐ 01`
    let at = if words.get(2).is_some_and(|w| super::words::fold(w) == "SỐ") { 3 } else { 2 };
    let number = words.get(at).is_some_and(|w| {
        let bare = w.trim_end_matches(['.', ':', ',']);
        !bare.is_empty() && bare.chars().all(|c| "IVXLC".contains(c) || c.is_ascii_digit())
    });
    let count = if number { at + 1 } else { 2 };
    let length: usize = words.iter().take(count).map(|w| w.len() + 1).sum::<usize>().saturating_sub(1);
    let (name, rest) = text.split_at(length.min(text.len()));
    (name, rest.trim_start_matches([' ', ':', '.', '-', '–']))
}

/// Whether a line in capitals begins the text, as a part with a number or a letter does: `I. HỒ SƠ CHUNG`, `A. TÀI LIỆU`.
fn is_part(text: &str) -> bool {
    let letter = text.as_bytes().first().is_some_and(u8::is_ascii_uppercase) && text[1..].starts_with(". ");
    letter || marker::find(text).is_some()
}
