//! Recipients and signers: in a table, or in lines.

use super::Recogniser;
use super::words::{behind_label, fold, fold_start, is_rule};
use crate::import::found::Signer;
use crate::import::marks;
use crate::import::stream::{Par, Piece, Run, squeezed};

/// Where recipients and signature stand.
#[derive(Clone, Copy)]
pub(super) struct Foot {
    pub start: usize,
}

const LABEL: &str = "NƠI NHẬN";

impl Recogniser<'_> {
    /// The first place behind the cursor that has the label of the recipients.
    pub(super) fn foot_at(&self) -> Option<Foot> {
        let labelled = |par: &Par| fold_start(&par.text()).starts_with(LABEL);
        let found = self.pieces[self.at..].iter().position(|piece| match piece {
            Piece::Table(table) => table.pars().into_iter().any(labelled),
            Piece::Par(par) => labelled(par),
            _ => false,
        });
        let found = found.or_else(|| self.pieces[self.at..].iter().position(is_signature))?;
        Some(Foot { start: self.at + found })
    }

    /// Reads it; the cursor stands behind it then.
    pub(super) fn foot(&mut self, foot: Foot) {
        self.at = foot.start;
        match self.pieces[foot.start].clone() {
            Piece::Table(table) => {
                self.at += 1;
                let mut columns: Vec<usize> = table.rows.iter().flat_map(|r| &r.cells).map(|c| c.column).collect();
                columns.sort_unstable();
                columns.dedup();
                for column in columns {
                    let cells = table.rows.iter().flat_map(|r| &r.cells).filter(|c| c.column == column);
                    let lines: Vec<Par> = cells.flat_map(|c| c.pars()).flat_map(Par::lines).collect();
                    match lines.iter().position(|p| fold_start(&p.text()).starts_with(LABEL)) {
                        Some(at) => {
                            let (signs, recipients) = lines.split_at(at);
                            self.signer(signs);
                            self.label(&recipients[0]);
                            self.recipients(&recipients[1..]);
                        }
                        None => self.signer(&lines),
                    }
                }
                // The name may stand below the table.
                self.name_below();
            }
            _ => self.foot_of_lines(),
        }
        if self.found.ky.is_empty() {
            self.unsure("ky", "không thấy người ký");
        }
    }

    fn name_below(&mut self) {
        let open = self.found.ky.last().is_some_and(|s| s.ho_ten.is_none());
        let next =
            self.pieces[self.at..].iter().take(8).position(|p| matches!(p, Piece::Par(x) if !is_rule(&x.whole())));
        let (Some(offset), true) = (next, open) else { return };
        let Some(Piece::Par(par)) = self.pieces.get(self.at + offset) else { return };
        let text = par.whole();
        if is_name(&text) {
            if let Some(signer) = self.found.ky.last_mut() {
                signer.ho_ten = Some(marks::plain(par));
            }
            self.at += offset + 1;
        }
    }

    /// `Nơi nhận:`, with a first recipient behind it on the line.
    pub(super) fn label(&mut self, par: &Par) {
        self.own("Nơi nhận");
        let rest = behind_label(&par.text());
        if !rest.is_empty() {
            self.recipients(&[Par::plain(&rest)]);
        }
    }

    pub(super) fn recipients(&mut self, lines: &[Par]) {
        let mut out: Vec<String> = Vec::new();
        for par in lines {
            let text = marks::plain(par);
            let bare = text.trim_start_matches(['-', '–', '+', ' ']).to_owned();
            let dashed = bare.len() < text.len() || par.marker.is_some();
            match out.last_mut() {
                // A line that was broken by hand.
                Some(last) if !dashed && !bare.is_empty() && !last.ends_with([';', '.']) => {
                    *last = format!("{last} {bare}");
                }
                _ if !bare.is_empty() && !is_rule(&bare) => out.push(bare),
                _ => {}
            }
        }
        if let Some(last) = out.last_mut()
            && let Some(at) = last.rfind(". ")
            && is_drafter(&last[at + 2..])
        {
            self.found.nguoi_soan = Some(last[at + 2..].to_owned());
            last.truncate(at);
        }
        let out = self.without_ends(out);
        self.found.noi_nhan.extend(out);
    }

    /// One column of a signature.
    pub(super) fn signer(&mut self, lines: &[Par]) {
        let mut signer = Signer::default();
        let mut posts: Vec<String> = Vec::new();
        for par in lines {
            let text = par.whole();
            let folded = fold(&text);
            if is_rule(&text)
                || folded.starts_with("(CHỮ KÝ")
                || folded.starts_with("(KÝ")
                || folded.starts_with("ĐÃ KÝ")
            {
                self.leave_out(&text, "chỗ ký");
                continue;
            }
            let capitals = text.to_uppercase() == text;
            if capitals && signer.ho_ten.is_none() {
                posts.push(self.words.in_sentence(&marks::plain(par)));
            } else if signer.ho_ten.is_none() && is_name(&text) {
                signer.ho_ten = Some(marks::plain(par));
            } else {
                posts.push(marks::plain(par));
            }
        }
        if posts.is_empty() && signer.ho_ten.is_none() {
            return;
        }
        let role = posts.first().map(|p| fold(p)).filter(|p| matches!(p.as_str(), "THƯ KÝ" | "CHỦ TỌA" | "CHỦ TRÌ"));
        let role = role.is_some() || posts.first().is_some_and(|p| fold(p).starts_with("ĐẠI DIỆN"));
        if role {
            signer.vai = Some(posts.remove(0));
        }
        signer.chuc_vu = posts.pop();
        signer.quyen_han = posts;
        self.found.ky.push(signer);
    }

    /// Text files, and letters without a table: `Nơi nhận:⇥TL. CHỦ TỊCH`.
    fn foot_of_lines(&mut self) {
        let (mut left, mut right) = (Vec::new(), Vec::new());
        while let Some(Piece::Par(par)) = self.pieces.get(self.at).cloned() {
            let raw: String = par.runs.iter().map(|r| r.text.as_str()).collect();
            let whole = par.whole();
            // Behind the name only recipients still belong to the foot.
            let signed = right.iter().any(|p: &Par| is_name(&p.whole()));
            let appendix = !left.is_empty() && fold(&whole).starts_with("PHỤ LỤC");
            if appendix || (signed && !is_rule(&whole) && parted(&raw, &whole).0.is_empty()) {
                break;
            }
            self.at += 1;
            if is_rule(&whole) {
                continue;
            }
            let (l, r) = parted(&raw, &whole);
            let line = |text: String| Par { runs: vec![Run { text, ..Run::default() }], ..Par::default() };
            if !l.is_empty() {
                left.push(line(l));
            }
            if !r.is_empty() {
                right.push(line(r));
            }
        }
        self.own("Nơi nhận");
        if let Some(first) = left.first_mut() {
            *first = Par::plain(&behind_label(&first.whole()));
        }
        let left: Vec<Par> = left.into_iter().filter(|p| !p.whole().is_empty()).collect();
        self.recipients(&left);
        self.signer(&right);
    }
}

/// The two columns of a line.
fn parted(raw: &str, whole: &str) -> (String, String) {
    let raw = raw.trim_end();
    for sign in ["\t", "     "] {
        if let Some(at) = raw.trim_start().find(sign) {
            let bare = raw.trim_start();
            return (squeezed(&bare[..at]), squeezed(&bare[at..]));
        }
    }
    let recipient = whole.starts_with(['-', '–']) || fold(whole).starts_with(LABEL);
    if recipient { (whole.to_owned(), String::new()) } else { (String::new(), whole.to_owned()) }
}

/// A table that has only posts and names: letters and contracts have no recipients.
fn is_signature(piece: &Piece) -> bool {
    let Piece::Table(table) = piece else { return false };
    let lines: Vec<String> =
        table.pars().into_iter().flat_map(Par::lines).map(|p| p.whole()).filter(|t| !is_rule(t)).collect();
    const POSTS: [&str; 12] = [
        "CHỦ TỊCH",
        "GIÁM ĐỐC",
        "TRƯỞNG",
        "ĐẠI DIỆN",
        "THƯ KÝ",
        "CHỦ TỌA",
        "BÍ THƯ",
        "CHÁNH",
        "CHỦ NHIỆM",
        "TM.",
        "KT.",
        "TL.",
    ];
    let capitals = |t: &String| t.to_uppercase() == *t && t.chars().count() < 60;
    let post = |t: &String| capitals(t) && POSTS.iter().any(|w| fold(t).contains(w));
    let name = |t: &String| is_name(t) && t.contains(' ');
    let known = lines.iter().all(|t| capitals(t) || name(t) || t.starts_with('('));
    table.rows.len() <= 4
        && (2..=24).contains(&lines.len())
        && known
        && lines.iter().any(post)
        && lines.iter().any(name)
}

/// `PL.(30)`: initials, and how many copies.
fn is_drafter(text: &str) -> bool {
    let Some((initials, copies)) = text.trim_end_matches('.').split_once('(') else { return false };
    let count = copies.strip_suffix(')').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    count && initials.chars().count() <= 12 && !initials.contains(' ')
}

/// Two to six words, each with a capital first, no digits.
fn is_name(text: &str) -> bool {
    let bare = text.trim();
    let words: Vec<&str> = bare.split_whitespace().collect();
    let titled = |w: &&str| w.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_alphabetic()) || w.contains('.');
    (1..=7).contains(&words.len())
        && bare.chars().count() < 50
        && words.iter().all(titled)
        && !bare.chars().any(|c| c.is_ascii_digit() || matches!(c, ':' | ';'))
        && bare.to_uppercase() != bare
}
