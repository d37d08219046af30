//! Lines that a sample form fixes: giấy mời (1.7), biên bản (1.9), công điện (1.6). They are taken over only where all
//! that the form needs is there, in its order; else they stay text, and a person is told.

use super::Recogniser;
use super::words::{fold, is_rule};
use crate::decree30::kinds::Form;
use crate::import::found::{Block, Own};
use crate::import::marks;
use crate::import::stream::{Par, Piece};

/// Labels of a form, folded, with the key that holds what stands behind them.
type Labels = &'static [(&'static str, &'static str)];

const MEETING: Labels =
    &[("TỚI DỰ ", "toi_du"), ("CHỦ TRÌ:", "chu_tri"), ("THỜI GIAN:", "thoi_gian"), ("ĐỊA ĐIỂM:", "dia_diem")];
const MINUTES: Labels = &[
    ("THỜI GIAN BẮT ĐẦU:", "bat_dau"),
    ("ĐỊA ĐIỂM:", "dia_diem"),
    ("THÀNH PHẦN THAM DỰ:", "thanh_phan"),
    ("CHỦ TRÌ (CHỦ TỌA):", "chu_tri"),
    ("THƯ KÝ (NGƯỜI GHI BIÊN BẢN):", "thu_ky"),
];
/// What the form cannot do without.
const NEEDED: [(Form, &[&str]); 3] = [
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
            Form::GiayMoi => self.labelled(end, MEETING),
            _ => self.labelled(end, MINUTES),
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

    fn labelled(&mut self, end: usize, labels: Labels) {
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
                let values = self.value_or_list(rest.trim(), end);
                self.keep(Some("cuoc_hop"), key, values);
            } else if !self.invited(&text, end) {
                return;
            }
        }
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
        let mut out = Vec::new();
        while self.at < end {
            let Some(Piece::Par(par)) = self.pieces.get(self.at) else { break };
            let text = marks::plain(par);
            let bare = text.trim_start_matches(['-', '–', ' ']);
            if is_rule(&text) || bare.len() == text.len() {
                break;
            }
            out.push(bare.to_owned());
            self.at += 1;
        }
        self.without_ends(out)
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
