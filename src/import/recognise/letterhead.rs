//! The letterhead: bodies, number and symbol, subject of a công văn on the left; Quốc hiệu, place and date on the right.

use super::Recogniser;
use super::columns::{
    COUNTRY, DATE, NATION, NUMBER, columns, is_head_line, is_nation_line, is_other_mark, lines_with_gaps, split_columns,
};
use super::words::{behind_label, fold, fold_start, is_rule};
use crate::decree30::phrases::QUOC_HIEU;
use crate::import::marks;
use crate::import::stream::{Par, Piece, Run, Table, pars_of};
use crate::markup::marker;
use regex::Regex;
use std::sync::LazyLock;

/// Blanks around the signs of a symbol.
static AROUND_SIGNS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\s*([/\-–])\s*").ok());

/// Pieces in which the letterhead begins: a page of a portal has its menu above it.
const NEAR: usize = 40;
/// Lines of the bodies above Quốc hiệu.
const MOST_ABOVE: usize = 8;

/// The letters of the motto.
const MOTTO: &str = "ĐỘCLẬPTỰDOHẠNHPHÚC";

/// Lines of a letter's subject behind its first.
const LINES_OF_SUBJECT: usize = 4;

/// Words of the name of a place, at most.
const LONGEST_PLACE: usize = 12;

impl Recogniser<'_> {
    /// Whether a table is a letterhead.
    pub(super) fn is_letterhead(table: &Table) -> bool {
        if table.rows.len() > 8 {
            return false;
        }
        let all: String = table.pars().iter().map(|p| fold(&p.whole())).collect::<Vec<_>>().join(" ");
        let other = || table.pars().into_iter().flat_map(Par::lines).any(|p| is_other_mark(&fold(&p.whole())));
        all.contains(NATION) || other()
    }

    /// Reads it from the place where the cursor is; whether there was one.
    pub(super) fn letterhead(&mut self) -> bool {
        let near = self.pieces[self.at..].iter().take(NEAR).position(|p| match p {
            Piece::Table(table) => Self::is_letterhead(table),
            Piece::Par(par) => is_nation_line(&par.whole()),
            _ => false,
        });
        let Some(offset) = near else { return false };
        let at = self.at + offset;
        // Lines of one paragraph are lines.
        if let Piece::Par(par) = &self.pieces[at]
            && par.lines().len() > 1
        {
            let lines = lines_with_gaps(par);
            self.pieces.splice(at..=at, lines.into_iter().map(Piece::Par));
            return self.letterhead();
        }
        match &self.pieces[at] {
            Piece::Table(table) => {
                let table = table.clone();
                // What stands above the letterhead is a drafter's mark or a stamp.
                self.above(at);
                self.at = at + 1;
                let (left, right) = columns(&table);
                self.left_column(&left);
                self.right_column(&right);
                let addressees = std::mem::take(&mut self.found.kinh_gui);
                self.found.kinh_gui = self.without_ends(addressees);
            }
            _ => self.letterhead_of_lines(at),
        }
        self.below_letterhead();
        true
    }

    /// Lines right below the letterhead's table that belong to it: the date, the subject of a letter, a draft's mark.
    pub(super) fn below_letterhead(&mut self) {
        let mut subject = false;
        loop {
            let from = self.at;
            // The next line of a subject follows at once.
            let more = self.par().filter(|_| subject).map(|p| marks::plain(&p.on_one_line()));
            let more = more.filter(|t| !is_rule(t) && t.chars().count() < 60 && !fold_start(t).starts_with("KÍNH GỬI"));
            if let (Some(more), Some(about)) = (more, &mut self.found.trich_yeu) {
                *about = format!("{about} {more}");
                self.at += 1;
                continue;
            }
            subject = false;
            self.skip_empty();
            if let Some(Piece::Table(table)) = self.pieces.get(self.at).filter(|p| self.is_rest(p)).cloned() {
                let bodies = (self.found.chu_quan.clone(), self.found.co_quan.clone());
                let (left, right) = columns(&table);
                self.left_column(&left);
                self.right_column(&right);
                (self.found.chu_quan, self.found.co_quan) = bodies;
                self.at += 1;
                continue;
            }
            let Some(par) = self.par().cloned() else { break };
            let (text, folded) = (par.whole(), fold(&par.whole()));
            let dated = DATE.as_ref().is_some_and(|d| d.is_match(&text)) && text.chars().count() < 70;
            let numbered = NUMBER.as_ref().is_some_and(|n| n.is_match(&text)) && text.chars().count() < 50;
            let draft = folded.contains("DỰ THẢO") && text.chars().count() < 30;
            if self.urgency(&folded) {
            } else if dated && self.found.ngay.is_none() && self.found.dia_danh.is_none() {
                self.right_line(&par);
            } else if (folded.starts_with("V/V") || folded.starts_with("VỀ VIỆC") && self.is_addressed_below())
                && self.found.trich_yeu.is_none()
            {
                self.found.trich_yeu = Some(marks::plain(&par.on_one_line()));
                subject = true;
            } else if numbered && self.found.so.is_none() && self.found.ky_hieu.is_none() {
                self.left_line(&par);
            } else if draft {
                self.leave_out(&text, "dấu dự thảo");
            } else {
                self.at = from;
                break;
            }
            self.at += 1;
        }
    }

    /// Number and date in a table of their own below the letterhead.
    fn is_rest(&self, piece: &Piece) -> bool {
        let Piece::Table(table) = piece else { return false };
        let is = |line: &Regex| table.pars().into_iter().any(|p| line.is_match(&p.whole()));
        table.rows.len() <= 4
            && self.found.so.is_none()
            && self.found.ngay.is_none()
            && NUMBER.as_ref().is_some_and(is)
            && DATE.as_ref().is_some_and(is)
    }

    /// Whether addressees follow within a few lines, before any name of a type.
    fn is_addressed_below(&self) -> bool {
        let pars =
            self.pieces[self.at..].iter().take(6).map_while(|p| if let Piece::Par(p) = p { Some(p) } else { None });
        pars.take_while(|p| self.title_of(p).is_none()).any(|p| fold_start(&p.whole()).starts_with("KÍNH GỬI"))
    }

    /// A number outside of the table.
    fn left_line(&mut self, par: &Par) {
        let bodies = (self.found.chu_quan.clone(), self.found.co_quan.clone());
        self.left_column(std::slice::from_ref(par));
        (self.found.chu_quan, self.found.co_quan) = bodies;
    }

    /// Paragraphs before the letterhead are left out.
    fn above(&mut self, end: usize) {
        let texts: Vec<String> = pars_of(&self.pieces[self.at..end]).into_iter().map(Par::whole).collect();
        for text in texts {
            self.leave_out(&text, "chữ ở trên phần đầu văn bản");
        }
    }

    /// Lines whose two columns are parted by tabs or many blanks.
    fn letterhead_of_lines(&mut self, nation: usize) {
        let mut start = nation;
        // The bodies may stand above, and the number with them.
        let mut above = 0;
        for at in (self.at..nation).rev() {
            let Piece::Par(par) = &self.pieces[at] else { break };
            // The left column whole above the right one: a letter's subject stands there too, over several lines.
            let lines = &self.pieces[at.saturating_sub(LINES_OF_SUBJECT).max(self.at)..=at];
            let subject = |p: &Piece| matches!(p, Piece::Par(p) if fold_start(&p.whole()).starts_with("V/V"));
            if is_head_line(par) || lines.iter().any(subject) {
                above += 1;
                start = at;
            } else if !is_rule(&par.whole()) {
                break;
            }
            if above == MOST_ABOVE {
                break;
            }
        }
        self.above(start);
        self.at = start;
        let (mut left, mut right) = (Vec::new(), Vec::new());
        let mut dated = false;
        while let Some(Piece::Par(par)) = self.pieces.get(self.at) {
            let text = par.runs.iter().map(|r| r.text.as_str()).collect::<String>();
            let whole = par.whole();
            if whole.is_empty() || is_rule(&whole) {
                self.at += 1;
                continue;
            }
            let folded = fold(&whole);
            if !right.is_empty() && matches!(folded.as_str(), "NAM" | COUNTRY) {
                self.own(&whole);
                self.at += 1;
                continue;
            }
            let in_subject = left.last().is_some_and(|p: &Par| fold(&p.whole()).starts_with("V/V") || left.len() > 3)
                && left.iter().any(|p: &Par| fold(&p.whole()).starts_with("V/V"));
            let goes_on = folded.starts_with("V/V") || in_subject && whole.chars().count() < 60;
            if folded.starts_with("KÍNH GỬI")
                || dated && !goes_on
                || !right.is_empty() && begins_text(&whole)
                || self.at > start + 24
                || self.title_of(par).is_some()
            {
                break;
            }
            let (l, r) = split_columns(&text);
            if l.is_empty() && r.is_empty() {
                break;
            }
            dated |= DATE.as_ref().is_some_and(|d| [&l, &r].iter().any(|t| d.is_match(t)));
            for (text, column) in [(l, &mut left), (r, &mut right)] {
                if !text.is_empty() {
                    let run = Run { text, bold: par.is_bold(), ..Run::default() };
                    column.push(Par { runs: vec![run], ..Par::default() });
                }
            }
            self.at += 1;
        }
        self.left_column(&left);
        self.right_column(&right);
    }

    pub(super) fn left_column(&mut self, lines: &[Par]) {
        let mut bodies: Vec<&Par> = Vec::new();
        let mut subject: Option<String> = None;
        let mut numbered = false;
        for par in lines {
            let text = par.whole();
            let folded = fold(&text);
            if is_rule(&text) || self.right_line(par) {
                continue;
            }
            if let Some(number) = NUMBER.as_ref().and_then(|n| n.captures(&text)) {
                numbered = true;
                let part = |at: usize| number.get(at).map_or("", |m| m.as_str()).to_owned();
                let (so, symbol) = (part(1), part(2));
                let about = fold(&symbol).find("V/V").filter(|at| symbol.is_char_boundary(*at)).unwrap_or(symbol.len());
                if about < symbol.len() {
                    subject = Some(marks::escaped(&symbol[about..]));
                }
                let symbol = AROUND_SIGNS.as_ref().map(|r| r.replace_all(symbol[..about].trim(), "$1").into_owned());
                self.found.so = Some(so).filter(|s| !s.is_empty());
                self.found.ky_hieu = symbol.filter(|s| !s.is_empty());
                self.own("Số");
            } else if folded.starts_with("SỐ:") || folded.starts_with("SỐ :") {
                numbered = true;
                self.leave_out(&text, "số văn bản không đọc được");
            } else if folded.starts_with("V/V") || folded.starts_with("VỀ VIỆC") {
                subject = Some(marks::plain(par));
            } else if self.urgency(&folded) || self.addressed(par) {
            } else if folded.contains("DỰ THẢO") || folded.starts_with("DỰ ") && folded.len() < 16 {
                self.leave_out(&text, "dấu dự thảo");
            } else if let Some(subject) = &mut subject {
                *subject = format!("{subject} {}", marks::plain(par));
            } else if let Some(kind) = self.title_of(par).filter(|_| numbered) {
                // The title in a row of the letterhead's table.
                self.found.loai = Some(kind);
                self.own(&text);
                subject = Some(String::new());
            } else if numbered {
                self.leave_out(&text, "chữ dưới số văn bản");
            } else {
                bodies.push(par);
            }
        }
        let subject = subject.map(|s| s.trim().to_owned()).filter(|s| !s.is_empty());
        self.found.trich_yeu = subject.or(self.found.trich_yeu.take());
        self.bodies(&bodies);
    }

    /// The parent is upright, the issuing body bold; without that, a new name begins where a body's word does.
    fn bodies(&mut self, lines: &[&Par]) {
        let styled = lines.iter().any(|p| p.is_bold()) && lines.iter().any(|p| !p.is_bold());
        let mut split = 0;
        if styled {
            split = lines.iter().position(|p| p.is_bold()).unwrap_or(0);
        } else if let Some(at) = lines.iter().skip(1).position(|p| begins_body(&fold(&p.whole()))) {
            split = at + 1;
        }
        let name = |lines: &[&Par]| {
            let all: Vec<String> = lines.iter().map(|p| marks::plain(p)).collect();
            Some(all.join(" ")).filter(|n| !n.is_empty())
        };
        if let Some(parent) = name(&lines[..split]) {
            self.found.chu_quan = vec![self.words.in_sentence(&parent)];
        }
        // Two bodies stand under each other; the first may end with a dash.
        let mut own: Vec<&[&Par]> = vec![&lines[split..]];
        if let Some(at) = lines[split..].iter().position(|p| p.whole().ends_with(['-', '–'])) {
            own = vec![&lines[split..split + at + 1], &lines[split + at + 1..]];
        }
        self.found.co_quan = own.into_iter().filter_map(name).map(|n| self.words.in_sentence(&n)).collect();
    }

    fn right_column(&mut self, lines: &[Par]) {
        for par in lines {
            let text = par.whole();
            if is_rule(&text) || self.right_line(par) || self.urgency(&fold(&text)) || self.addressed(par) {
                continue;
            }
            // A row of the table with `Kính gửi:` on its left.
            match self
                .found
                .kinh_gui
                .last_mut()
                .filter(|last| text.starts_with('(') || !last.ends_with([';', '.', ',']))
            {
                Some(last) if self.addressing => *last = format!("{last} {}", marks::plain(par)),
                None if self.addressing => self.found.kinh_gui.push(marks::plain(par)),
                _ => self.leave_out(&text, "chữ ở phần đầu, bên phải"),
            }
        }
    }

    /// Quốc hiệu, tiêu ngữ, place and date; whether it was one of them.
    pub(super) fn right_line(&mut self, par: &Par) -> bool {
        let text = par.whole();
        let folded = fold(&text);
        let bare: String = folded.chars().filter(|c| c.is_alphabetic()).collect();
        if bare == MOTTO {
            self.own(&text);
            return true;
        }
        if bare.is_empty() {
            self.leave_out(&text, "số không rõ của gì ở phần đầu");
            return true;
        }
        if folded.contains(NATION) {
            self.nation_line(&text);
            return true;
        }
        if is_other_mark(&folded) {
            self.leave_out(&text, "tiêu đề của văn bản Đảng, Đoàn; chương trình in Quốc hiệu");
            self.unsure(
                "co_quan",
                "văn bản của Đảng, Đoàn không theo Nghị định 30; trang in có Quốc hiệu mà tệp không có",
            );
            return true;
        }
        let Some(date) = DATE.as_ref().and_then(|d| d.captures(&text)) else { return false };
        let part = |i: usize| date.get(i).map_or("", |m| m.as_str());
        // A sentence with a date.
        if part(1).split_whitespace().count() > LONGEST_PLACE || folded.starts_with("V/V") {
            return false;
        }
        let (day, month, year) = (part(2), part(3), part(4));
        self.found.dia_danh = Some(part(1).trim().trim_end_matches(',').to_owned()).filter(|p| !p.is_empty());
        self.found.ngay = match (day.is_empty(), month.is_empty(), year.len() == 4) {
            (false, false, true) => Some(format!("{day:0>2}/{month:0>2}/{year}")),
            (true, false, true) => Some(format!("  /{month:0>2}/{year}")),
            (_, true, true) => Some(year.to_owned()),
            _ => None,
        };
        self.own("ngày tháng năm");
        if self.found.ngay.is_none() {
            self.leave_out(&format!("{day} {month} {year}"), "ngày tháng không đủ để ghi");
        }
        true
    }

    /// Quốc hiệu, perhaps with the motto; other words on its line are told.
    fn nation_line(&mut self, text: &str) {
        // A blank may be missing.
        let letters = |text: &str| fold(text).chars().filter(|c| c.is_alphabetic()).collect::<String>();
        if letters(text) == letters(QUOC_HIEU) {
            return self.own(text);
        }
        let words: Vec<&str> = text.split(' ').collect();
        let count = NATION.split(' ').count();
        let at = words.windows(count).position(|w| fold(&w.join(" ")).contains(NATION)).unwrap_or_default();
        let (before, rest) = words.split_at(at.min(words.len()));
        let country = rest.iter().skip(count).zip(COUNTRY.split(' ')).take_while(|(w, c)| fold(w) == **c).count();
        let (nation, after) = rest.split_at((count + country).min(rest.len()));
        self.own(&nation.join(" "));
        for other in [before.join(" "), after.join(" ")] {
            let bare: String = fold(&other).chars().filter(|c| c.is_alphabetic()).collect();
            if bare == MOTTO {
                self.own(&other)
            } else {
                self.leave_out(&other, "chữ cùng dòng với Quốc hiệu")
            }
        }
    }

    /// The letterhead of a text that is issued with a decision: the program prints the decision's again.
    pub(super) fn letterhead_again(&mut self, table: &Table) {
        let own: Vec<String> = self.found.chu_quan.iter().chain(&self.found.co_quan).map(|n| fold(n)).collect();
        for par in table.pars().into_iter().flat_map(Par::lines) {
            let (text, folded) = (par.whole(), fold(&par.whole()));
            let bare: String = folded.chars().filter(|c| c.is_alphabetic()).collect();
            if bare == MOTTO || own.iter().any(|name| name.contains(&folded)) {
                self.own(&text);
            } else if folded.contains(NATION) {
                self.nation_line(&text);
            } else {
                self.leave_out(&text, "phần đầu của văn bản kèm theo; chương trình in phần đầu của quyết định");
            }
        }
    }

    /// Addressees in the letterhead's table: the label, then dashes.
    fn addressed(&mut self, par: &Par) -> bool {
        let text = marks::plain(par);
        if fold(&text).starts_with("KÍNH GỬI") {
            self.own("Kính gửi");
            self.addressing = true;
            let rest = behind_label(&text);
            if !rest.is_empty() {
                self.found.kinh_gui.push(rest);
            }
            return true;
        }
        let dash = text.starts_with(['-', '–']);
        if self.addressing && dash {
            self.found.kinh_gui.push(text.trim_start_matches(['-', '–', ' ']).to_owned());
        }
        self.addressing && dash
    }

    fn urgency(&mut self, folded: &str) -> bool {
        let word = match folded.trim_matches(|c: char| !c.is_alphabetic()) {
            "HỎA TỐC" => "hoa_toc",
            "THƯỢNG KHẨN" => "thuong_khan",
            "KHẨN" => "khan",
            _ => return false,
        };
        self.found.do_khan = Some(word);
        self.own(folded);
        true
    }
}

/// Whether a text begins here, where the date above it could not be read.
fn begins_text(line: &str) -> bool {
    fold_start(line).starts_with("CĂN CỨ") || marker::find(line).is_some()
}

/// Words with which the name of an issuing body begins.
fn begins_body(folded: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: [&str; 33] = [
        "SỞ ",
        "PHÒNG ",
        "BAN ",
        "CHI CỤC",
        "TRUNG TÂM",
        "TRƯỜNG ",
        "CÔNG AN",
        "VĂN PHÒNG",
        "HỘI ",
        "CỤC ",
        "VIỆN ",
        "ĐOÀN ",
        "HỘI ĐỒNG",
        "QUỸ ",
        "BỆNH VIỆN",
        "CÔNG TY",
        "LIÊN ĐOÀN",
        "ỦY BAN MẶT TRẬN",
        "TỔ ",
        "KHO BẠC",
        "BẢO HIỂM",
        "THANH TRA",
        "TÒA ÁN",
        "ĐẢNG ỦY",
        "TỔNG CỤC",
        "VỤ ",
        "KHOA ",
        "ĐỘI ",
        "HẠT ",
        "TỈNH ĐOÀN",
        "HUYỆN ĐOÀN",
        "THÀNH ĐOÀN",
        "BCH ",
    ];
    WORDS.iter().any(|w| folded.starts_with(w))
}
