//! What stands on a copy (mẫu 3.1), and the parties of a contract.

use super::Recogniser;
use super::words::{fold, fold_start};
use crate::chars::in_capitals;
use crate::decree30::kinds::COPIES;
use crate::import::marks;
use crate::import::stream::{Par, Piece, Table};

impl Recogniser<'_> {
    /// Whether a table is the block of a copy.
    pub(super) fn is_copy(table: &Table) -> bool {
        table.rows.len() <= 6 && table.pars().iter().any(|p| form_of(&p.whole()).is_some())
    }

    /// Reads the block: the body and its number left, the form with place and date right, recipients and signer below.
    pub(super) fn copy(&mut self, table: &Table) {
        let outer = std::mem::take(&mut self.found);
        let lines = |right: bool| -> Vec<Par> {
            let cells = table.rows.iter().flat_map(|r| &r.cells).filter(|c| (c.column > 0) == right);
            cells.flat_map(|c| c.pars()).flat_map(Par::lines).collect()
        };
        let left = lines(false);
        let label = left.iter().position(|p| fold_start(&p.text()).starts_with("NƠI NHẬN")).unwrap_or(left.len());
        self.left_column(&left[..label]);
        if let Some((first, rest)) = left[label..].split_first() {
            self.label(first);
            self.recipients(rest);
        }
        let mut signer = Vec::new();
        for par in lines(true) {
            let text = par.whole();
            match form_of(&text) {
                Some(kind) if self.found.loai.is_none() => {
                    self.found.loai = COPIES.get(kind);
                    self.own(&text);
                }
                _ if self.right_line(&par) => {}
                _ => signer.push(par),
            }
        }
        self.signer(&signer);
        let copy = std::mem::replace(&mut self.found, outer);
        self.found.ban_sao = Some(Box::new(copy));
    }

    /// `Bên A (…): tên` and the lines below it, up to the text.
    pub(super) fn parties(&mut self, end: usize) {
        let first = (self.at..end.min(self.at + 12))
            .find(|at| matches!(&self.pieces[*at], Piece::Par(p) if is_party(&p.whole())));
        let Some(first) = first else { return };
        let last = (first..end).rev().find(|at| matches!(&self.pieces[*at], Piece::Par(p) if is_party(&p.whole())));
        let before: Vec<String> = self.pieces[self.at..first]
            .iter()
            .filter_map(|p| if let Piece::Par(par) = p { Some(par) } else { None })
            .flat_map(Par::lines)
            .map(|p| marks::marked(&p, (false, false)))
            .collect();
        self.found.mo_dau.extend(before);
        self.at = first;
        let mut parties: Vec<Vec<(&'static str, String)>> = Vec::new();
        while self.at < end {
            let Some(Piece::Par(par)) = self.pieces.get(self.at).cloned() else { break };
            let text = marks::plain(&par);
            if text.is_empty() {
                self.at += 1;
                continue;
            }
            if is_party(&text) {
                let (called, name) = text.split_once(':').unwrap_or((text.as_str(), ""));
                let usual =
                    format!("Bên {}", char::from(b'A' + u8::try_from(parties.len().min(20)).unwrap_or_default()));
                let mut party = Vec::new();
                if called.trim() == usual {
                    self.own(&usual);
                } else {
                    party.push(("goi", called.trim().to_owned()));
                }
                party.push(("ten", name.trim().to_owned()));
                parties.push(party);
            } else if let Some((label, key)) = LABELS.iter().find(|(label, _)| fold_start(&text).starts_with(label)) {
                let count = label.chars().count();
                let lead: String = text.chars().take(count).collect();
                let rest: String = text.chars().skip(count).collect();
                self.own(&lead);
                if let Some(party) = parties.last_mut() {
                    party.push((key, rest.trim().to_owned()));
                }
            } else if last.is_some_and(|last| self.at < last) {
                if let Some(party) = parties.last_mut() {
                    party.push(("khac", text));
                }
            } else {
                break;
            }
            self.at += 1;
        }
        self.found.cac_ben = parties;
    }
}

const LABELS: [(&str, &str); 6] = [
    ("ĐỊA CHỈ:", "dia_chi"),
    ("ĐIỆN THOẠI:", "dien_thoai"),
    ("MÃ SỐ THUẾ:", "ma_so_thue"),
    ("TÀI KHOẢN:", "tai_khoan"),
    ("ĐẠI DIỆN:", "dai_dien"),
    ("CHỨC VỤ:", "chuc_vu"),
];

/// Which of the copies a line names.
fn form_of(text: &str) -> Option<usize> {
    let folded = fold(text);
    COPIES.iter().position(|k| fold(k.name) == folded).filter(|_| in_capitals(text))
}

/// `Bên A: tên`, `BÊN B (bên nhận): tên`.
fn is_party(text: &str) -> bool {
    let folded = fold_start(text);
    let letter = folded.strip_prefix("BÊN ").and_then(|rest| rest.chars().next());
    letter.is_some_and(|c| c.is_ascii_uppercase())
        && folded.chars().nth(5).is_none_or(|c| !c.is_alphanumeric())
        && text.split_once(':').is_some_and(|(_, name)| !name.trim().is_empty())
}
