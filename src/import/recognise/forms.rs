//! Lines that a sample form fixes: giấy mời (1.7), biên bản (1.9), công điện (1.6). They are taken over only where all
//! that the form needs is there, in its order; else they stay text, and a person is told.

use super::Recogniser;
use super::words::{fold, is_rule};
use crate::decree30::kinds::Form;
use crate::decree30::phrases::{DE_NGHI, END_MARK, GIOI_THIEU, ONG_BA, XAC_NHAN};
use crate::import::found::{Block, Own};
use crate::import::marks;
use crate::import::stream::{Par, Piece};
use regex::Regex;
use std::sync::LazyLock;

/// Labels of a form, folded, with the key that holds what stands behind them.
type Labels = &'static [(&'static str, &'static str)];

const MEETING: Labels =
    &[("TỚI DỰ", "toi_du"), ("CHỦ TRÌ:", "chu_tri"), ("THỜI GIAN:", "thoi_gian"), ("ĐỊA ĐIỂM:", "dia_diem")];
const MINUTES: Labels = &[
    ("THỜI GIAN BẮT ĐẦU:", "bat_dau"),
    ("ĐỊA ĐIỂM:", "dia_diem"),
    ("THÀNH PHẦN THAM DỰ:", "thanh_phan"),
    ("CHỦ TRÌ (CHỦ TỌA):", "chu_tri"),
    ("THƯ KÝ (NGƯỜI GHI BIÊN BẢN):", "thu_ky"),
];
const INTRODUCED: Labels = &[
    ("CHỨC VỤ:", "chuc_vu"),
    ("ĐƯỢC CỬ ĐẾN:", "cu_den"),
    ("VỀ VIỆC:", "ve_viec"),
    ("GIẤY NÀY CÓ GIÁ TRỊ ĐẾN HẾT NGÀY", "gia_tri_den"),
];
const ON_LEAVE: Labels = &[("CHỨC VỤ:", "chuc_vu"), ("SỐ NGÀY NGHỈ PHÉP NÊU TRÊN ĐƯỢC TÍNH VÀO THỜI GIAN", "tinh_vao")];
/// Mẫu 1.10: of whose request, of which day, the body decides.
static REQUEST: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)^(Xét Đơn đề nghị nghỉ phép ngày) (.+?) (của .+, (.+?) cấp cho:)$").ok());
/// For how long, from when to when, where.
static LEAVE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words = r"(?i)^(Được nghỉ phép trong thời gian) (.+?) (kể từ ngày) (.+?) (đến hết ngày) (.+?) (tại) (.+?)\.?$";
    Regex::new(words).ok()
});
/// What the form cannot do without.
const NEEDED: [(Form, &[&str]); 5] = [
    (Form::GioiThieu, &["ong_ba", "chuc_vu", "cu_den", "ve_viec", "gia_tri_den"]),
    (Form::NghiPhep, &["ngay_don", "ong_ba", "chuc_vu", "thoi_gian", "tu", "den", "tai", "tinh_vao"]),
    (Form::GiayMoi, &["kinh_moi", "toi_du", "dia_diem", "thoi_gian"]),
    (Form::BienBan, &["bat_dau", "dia_diem", "thanh_phan", "thu_ky"]),
    (Form::CongDien, &["noi_nhan_dien"]),
];
/// With which words minutes end.
const ENDS: &str = "CUỘC HỌP KẾT THÚC VÀO ";

impl Recogniser<'_> {
    /// The fixed lines before the text.
    pub(super) fn fixed_lines(&mut self, end: usize) {
        let Some(form) = self.found.loai.map(|k| k.form) else { return };
        let Some((_, needed)) = NEEDED.iter().find(|(f, _)| *f == form) else { return };
        let (at, gone) = (self.at, self.left_out.len());
        match form {
            Form::CongDien => self.telegram(end),
            Form::GiayMoi => self.labelled(end, "cuoc_hop", MEETING),
            Form::GioiThieu => self.labelled(end, "gioi_thieu", INTRODUCED),
            Form::NghiPhep => self.labelled(end, "nghi_phep", ON_LEAVE),
            _ => self.labelled(end, "cuoc_hop", MINUTES),
        }
        if !needed.iter().all(|key| self.found.rieng.iter().any(|own| own.key == *key)) {
            self.at = at;
            self.left_out.truncate(gone);
            self.found.rieng.clear();
            self.found.tham_quyen.clear();
            self.unsure("noi_dung", "các dòng riêng của mẫu chưa tách được vào khóa của chúng");
        }
    }

    /// `Cuộc họp kết thúc vào …` at the end of minutes.
    pub(super) fn fixed_end(&mut self) {
        if self.found.loai.is_none_or(|k| k.form != Form::BienBan) || self.found.rieng.is_empty() {
            return;
        }
        let Some(Block::Line(line)) = self.found.noi_dung.last() else { return };
        if !fold(line).starts_with(ENDS.trim_end()) {
            return;
        }
        let rest: String = line.chars().skip(ENDS.chars().count()).collect();
        self.found.noi_dung.pop();
        self.own("Cuộc họp kết thúc vào");
        self.keep(Some("cuoc_hop"), "ket_thuc", vec![rest.trim_end_matches('.').trim().to_owned()]);
    }

    fn keep(&mut self, group: Option<&'static str>, key: &'static str, values: Vec<String>) {
        if !values.iter().all(String::is_empty) {
            self.found.rieng.push(Own { group, key, values });
        }
    }

    fn labelled(&mut self, end: usize, group: &'static str, labels: Labels) {
        while self.at < end {
            self.skip_empty();
            let Some(par) = self.par().filter(|_| self.at < end).cloned() else { return };
            let text = marks::plain(&par);
            let folded = fold(&text);
            if folded.trim_end_matches(':') == "NỘI DUNG" {
                self.own(&text);
                self.at += 1;
                return;
            }
            let found = labels.iter().find(|(label, _)| folded.starts_with(label));
            if let Some((label, key)) = found {
                let count = label.trim_end().chars().count();
                let (lead, rest): (String, String) =
                    (text.chars().take(count).collect(), text.chars().skip(count).collect());
                self.own(&lead);
                self.at += 1;
                let rest = rest.trim_start_matches([':', ' ']);
                let rest = if group == "cuoc_hop" { rest } else { without_stop(rest) };
                let values = self.value_or_list(rest, end);
                self.keep(Some(group), key, values);
            } else if !(self.invited(&text, end) || group != "cuoc_hop" && self.of_a_person(group, &text)) {
                return;
            }
        }
    }

    /// The lines of a giấy giới thiệu and a giấy nghỉ phép that are no labels.
    fn of_a_person(&mut self, group: &'static str, text: &str) -> bool {
        let folded = fold(text);
        let host = fold(&self.found.co_quan.join(" "));
        let part = |c: &regex::Captures<'_>, at: usize| c.get(at).map_or("", |m| m.as_str()).to_owned();
        if folded.strip_suffix(&fold(GIOI_THIEU)).is_some_and(|h| h.trim() == host) || folded == fold(DE_NGHI) {
            self.own(text);
        } else if let Some(name) = folded.strip_prefix(&format!("{}:", fold(ONG_BA))) {
            let count = name.trim().chars().count();
            self.own(ONG_BA);
            let name: String = text.chars().skip(text.chars().count() - count).collect();
            self.keep(Some(group), "ong_ba", vec![name]);
        } else if folded.starts_with("ÔNG ") || folded.starts_with("BÀ ") {
            self.keep(Some(group), "ong_ba", vec![text.to_owned()]);
        } else if let Some(c) = REQUEST.as_ref().and_then(|r| r.captures(text)).filter(|c| fold(&part(c, 4)) == host) {
            self.own(&part(&c, 1));
            self.own(&part(&c, 3));
            self.keep(Some(group), "ngay_don", vec![part(&c, 2)]);
        } else if let Some(c) = LEAVE.as_ref().and_then(|r| r.captures(text)) {
            for (at, key) in [(1, "thoi_gian"), (3, "tu"), (5, "den"), (7, "tai")] {
                self.own(&part(&c, at));
                self.keep(Some(group), key, vec![part(&c, at + 1)]);
            }
        } else {
            return false;
        }
        self.at += 1;
        true
    }

    /// The room below the recipients where the place of leave confirms it; what stands before it.
    pub(super) fn without_confirmation<'l>(&mut self, lines: &'l [Par]) -> &'l [Par] {
        let leave = self.found.loai.is_some_and(|k| k.form == Form::NghiPhep) && !self.found.rieng.is_empty();
        let starts = |p: &Par| fold(&p.whole()).starts_with("XÁC NHẬN CỦA CƠ QUAN");
        let Some(at) = lines.iter().position(starts).filter(|_| leave) else { return lines };
        let all: Vec<String> = lines[at..].iter().map(Par::whole).collect();
        if fold(&all.join(" ")).trim() != fold(XAC_NHAN) {
            return lines;
        }
        self.own(&all.join(" "));
        self.keep(Some("nghi_phep"), "xac_nhan", vec!["true".to_owned()]);
        &lines[..at]
    }

    /// `<the body> trân trọng kính mời: …`, where the body is the one of the letterhead.
    fn invited(&mut self, text: &str, end: usize) -> bool {
        let folded = fold(text);
        let Some((host, _)) = folded.split_once("TRÂN TRỌNG KÍNH MỜI") else { return false };
        if fold(&self.found.co_quan.join(" ")) != host.trim() {
            return false;
        }
        let rest = text.find(':').map_or("", |at| text[at + 1..].trim()).to_owned();
        let lead: String = text.chars().take(text.chars().count() - rest.chars().count()).collect();
        self.own(&lead);
        self.at += 1;
        let values = self.value_or_list(&rest, end);
        self.keep(None, "kinh_moi", values);
        true
    }

    /// What stands behind a label, or the dashes below it.
    fn value_or_list(&mut self, rest: &str, end: usize) -> Vec<String> {
        if !rest.is_empty() {
            return vec![rest.to_owned()];
        }
        self.skip_empty();
        let mut out = Vec::new();
        while self.at < end {
            let Some(Piece::Par(par)) = self.pieces.get(self.at) else { break };
            let text = marks::plain(par);
            let bare = text.trim_start_matches(['-', '–', ' ']);
            if text.is_empty()
                && let Some(next) = self.next_dash(&out, end)
            {
                self.at = next;
                continue;
            }
            if is_rule(&text) || bare.len() == text.len() {
                break;
            }
            out.push(bare.to_owned());
            self.at += 1;
        }
        self.without_ends(out)
    }

    /// Where below empty lines a list goes on whose last member did not end.
    fn next_dash(&self, list: &[String], end: usize) -> Option<usize> {
        let text = |piece: &Piece| if let Piece::Par(par) = piece { par.whole() } else { "|".to_owned() };
        let at = self.at + self.pieces[self.at..end].iter().position(|piece| !text(piece).is_empty())?;
        let goes_on = text(&self.pieces[at]).starts_with(['-', '–']);
        (goes_on && list.last().is_some_and(|last| !last.ends_with(['.', ':']))).then_some(at)
    }

    /// `<who> điện:` and the receivers below it.
    fn telegram(&mut self, end: usize) {
        self.skip_empty();
        let Some(text) = self.par().map(Par::whole) else { return };
        let Some(sender) = fold(&text).strip_suffix("ĐIỆN:").map(|s| s.trim_end().chars().count()) else { return };
        let name: String = text.chars().take(sender).collect();
        self.own("điện");
        self.at += 1;
        let receivers = self.value_or_list("", end);
        self.found.tham_quyen = vec![self.words.in_sentence(&marks::escaped(&name))];
        self.keep(None, "noi_nhan_dien", receivers);
    }
}

/// A value without the full stop, or the mark at the end of the content, that the program prints behind it.
fn without_stop(text: &str) -> &str {
    text.trim_end_matches(END_MARK).trim_end_matches('.').trim_end()
}
