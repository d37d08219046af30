//! Recipients and signers: in a table, or in lines.

use super::Recogniser;
use super::signers::{apart, begins_post, is_name, is_name_in_capitals, is_power, is_signed, names_a_post};
use super::words::{behind_label, fold, fold_start, is_rule};
use crate::chars::in_capitals;
use crate::decree30::phrases::POWERS;
use crate::import::found::Signer;
use crate::import::marks;
use crate::import::stream::{Par, Piece, Run, squeezed};

/// Where recipients and signature stand.
#[derive(Clone, Copy)]
pub(super) struct Foot {
    pub start: usize,
}

const LABEL: &str = "NƠI NHẬN";

/// Words of a drafter's mark at most, with the number of copies.
const WORDS_OF_DRAFTER: usize = 4;

impl Recogniser<'_> {
    /// The first place behind the cursor that has the label of the recipients.
    pub(super) fn foot_at(&self) -> Option<Foot> {
        let labelled = |par: &Par| fold_start(&par.text()).starts_with(LABEL);
        let found = self.pieces[self.at..].iter().position(|piece| match piece {
            Piece::Table(table) => table.pars().into_iter().any(labelled),
            Piece::Par(par) => labelled(par),
            _ => false,
        });
        let found = found
            .map(|at| self.signature_above(self.at + at))
            .or_else(|| self.pieces[self.at..].iter().position(is_signature).map(|at| self.at + at))
            .or_else(|| (self.at..self.pieces.len()).rev().find(|at| self.signed_by_lines(*at)))?;
        Some(Foot { start: found })
    }

    /// The signature may stand in a table right above the label of the recipients.
    fn signature_above(&self, label: usize) -> usize {
        let before =
            self.pieces[self.at..label].iter().rposition(|p| !matches!(p, Piece::Par(x) if is_rule(&x.whole())));
        match before.map(|at| self.at + at) {
            Some(at) if is_signature(&self.pieces[at]) => at,
            // Of two columns read line by line the power stands higher.
            Some(at) if matches!(&self.pieces[at], Piece::Par(par) if is_power(&par.whole())) => at,
            // Or in lines.
            _ => (self.at.max(label.saturating_sub(10))..label).find(|at| self.signed_by_lines(*at)).unwrap_or(label),
        }
    }

    /// A post in capitals with a name a few lines below it, and nothing else up to an appendix or the end.
    fn signed_by_lines(&self, at: usize) -> bool {
        let Some(Piece::Par(post)) = self.pieces.get(at) else { return false };
        // All of it on one line, at the end.
        let lines = apart(post);
        if lines.len() > 1 && lines.last().is_some_and(|l| is_name(&l.whole())) {
            return self.pieces[at + 1..].iter().all(|p| matches!(p, Piece::Par(x) if is_rule(&x.whole())));
        }
        let text = post.whole();
        if !in_capitals(&text) || text.chars().count() > 60 || !names_a_post(&text) {
            return false;
        }
        let rest = self.pieces[at + 1..].iter().filter_map(|p| match p {
            Piece::Par(par) => Some(par.whole()).filter(|t| !is_rule(t)),
            _ => Some(String::new()),
        });
        for text in rest.take(5) {
            if is_name(&text) || is_signed(&text).is_some_and(|name| !name.is_empty()) {
                return true;
            }
            if !(is_signed(&text).is_some() || in_capitals(&text) && !text.is_empty()) {
                return false;
            }
        }
        false
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
                    let lines: Vec<Par> =
                        cells.flat_map(|c| c.pars()).flat_map(Par::lines).flat_map(|p| apart(&p)).collect();
                    match lines.iter().position(|p| fold_start(&p.text()).starts_with(LABEL)) {
                        Some(at) => {
                            let (signs, recipients) = lines.split_at(at);
                            self.signer(signs);
                            self.label(&recipients[0]);
                            self.recipients(&recipients[1..]);
                        }
                        // Recipients in two columns.
                        None if !lines.is_empty() && lines.iter().all(|p| p.whole().starts_with(['-', '–', '+'])) => {
                            self.recipients(&lines);
                        }
                        None => self.signer(&lines),
                    }
                }
                // The name may stand below the table, and the recipients too.
                self.name_below();
                self.recipients_below();
            }
            _ => self.foot_of_lines(),
        }
        if self.found.ky.is_empty() {
            self.unsure("ky", "không thấy người ký");
        } else if self.found.ky.iter().any(|s| s.ho_ten.is_none()) {
            self.unsure("ky", "không thấy họ tên người ký");
        }
    }

    /// The label and its lines below a table that has signers only.
    fn recipients_below(&mut self) {
        let next =
            self.pieces[self.at..].iter().take(4).position(|p| matches!(p, Piece::Par(x) if !is_rule(&x.whole())));
        let Some(at) = next.map(|offset| self.at + offset).filter(|_| self.found.noi_nhan.is_empty()) else { return };
        if matches!(&self.pieces[at], Piece::Par(par) if fold_start(&par.text()).starts_with(LABEL)) {
            self.at = at;
            self.foot_of_lines();
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
        let lines: Vec<Par> = self.without_confirmation(lines).iter().flat_map(members).collect();
        let mut out: Vec<String> = Vec::new();
        let mut last_dashed = true;
        for par in lines {
            let text = marks::plain(&par);
            let bare = text.trim_start_matches(['-', '–', '+', ' ']).to_owned();
            let dashed = bare.len() < text.len() || par.marker.is_some();
            match out.last_mut() {
                // A line that was broken by hand.
                Some(last) if !dashed && !bare.is_empty() && !last.ends_with([';', '.']) => {
                    *last = format!("{last} {bare}");
                }
                _ if !bare.is_empty() && !is_rule(&bare) => {
                    out.push(bare);
                    last_dashed = dashed;
                }
                _ => {}
            }
        }
        // `Huy (23 bản)`, `08 KH` on a line of its own below that of what is kept.
        if let [.., kept, drafter] = out.as_slice()
            && !last_dashed
            && kept.starts_with("Lưu")
            && kept.ends_with('.')
            && !drafter.ends_with([';', ','])
            && drafter.split(' ').count() <= WORDS_OF_DRAFTER
            && drafter.contains(|c: char| c.is_ascii_digit() || c == '(')
        {
            self.found.nguoi_soan = out.pop();
        }
        if let Some(last) = out.last_mut().filter(|_| self.found.nguoi_soan.is_none())
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
            if is_rule(&text) {
                continue;
            }
            let mut par = par.clone();
            if let Some(name) = is_signed(&text) {
                let mark = text.replacen(&name, "", usize::from(!name.is_empty()));
                self.leave_out(&mark, "chỗ ký");
                par = Par::plain(&name);
            }
            let text = par.whole();
            let folded = fold_start(&text);
            if ["KÝ BỞI", "NGƯỜI KÝ:", "NGÀY KÝ", "THỜI GIAN KÝ", "CƠ QUAN:", "EMAIL:"]
                .iter()
                .any(|w| folded.starts_with(w))
            {
                self.leave_out(&text, "chỗ ký");
                continue;
            }
            let capitals = in_capitals(&text);
            // A further signer below the first.
            if signer.ho_ten.is_some() && (capitals && names_a_post(&text) || is_name(&text)) {
                self.signed(&mut signer, &mut posts);
            } else if signer.ho_ten.is_some() {
                self.leave_out(&text, "chữ dưới tên người ký");
                self.unsure("ky", "dưới tên người ký còn chữ");
                continue;
            }
            let named = is_name(&text) || capitals && !posts.is_empty() && is_name_in_capitals(&text);
            if text.is_empty() {
            } else if let Some(power) = posts.last_mut().filter(|p| POWERS.contains(&p.as_str())) {
                // The power stands alone on its line.
                *power = format!("{power} {}", self.words.in_sentence(&marks::plain(&par)));
            } else if signer.ho_ten.is_none() && named {
                signer.ho_ten = Some(marks::plain(&par));
            } else if capitals && signer.ho_ten.is_none() {
                posts.push(self.words.in_sentence(&marks::plain(&par)));
            } else {
                posts.push(marks::plain(&par));
            }
        }
        self.signed(&mut signer, &mut posts);
    }

    /// Keeps what was read of a signer.
    fn signed(&mut self, signer: &mut Signer, posts: &mut Vec<String>) {
        let (mut signer, mut posts) = (std::mem::take(signer), std::mem::take(posts));
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

    /// Whether below the label of the recipients a name, or a post in capitals, has a line of its own: then the recipients'
    /// lines hold recipients.
    fn signature_stands_apart(&self) -> bool {
        let labelled = |p: &Piece| matches!(p, Piece::Par(par) if fold_start(&par.whole()).starts_with(LABEL));
        let Some(label) = self.pieces[self.at..].iter().position(labelled).map(|at| self.at + at) else { return true };
        let of_signer = |p: &Piece| match p {
            Piece::Par(par) => {
                let text = par.whole();
                let post = in_capitals(&text) && names_a_post(&text);
                let name = is_name(&text) && text.contains(' ') || is_name_in_capitals(&text);
                !text.starts_with(['-', '–', '+']) && (post || name || is_signed(&text).is_some())
            }
            _ => false,
        };
        self.pieces[label + 1..].iter().take(LINES_OF_FOOT).any(of_signer)
    }

    /// Text files, and letters without a table: `Nơi nhận:⇥TL. CHỦ TỊCH`.
    fn foot_of_lines(&mut self) {
        let (mut left, mut right): (Vec<Par>, Vec<Par>) = (Vec::new(), Vec::new());
        let stands_apart = self.signature_stands_apart();
        let mut posts = false;
        while let Some(Piece::Par(par)) = self.pieces.get(self.at).cloned() {
            let raw: String = par.runs.iter().map(|r| r.text.as_str()).collect();
            let whole = par.whole();
            // Behind the name only recipients still belong to the foot.
            let name = |text: &str| is_name(text) && is_signed(text).is_none();
            let signed = right.iter().any(|p: &Par| name(&p.whole()));
            let appendix = !left.is_empty() && fold(&whole).starts_with("PHỤ LỤC");
            let (l, r) = parted(&raw, &whole, left.last().map(Par::whole).as_deref());
            let (l, r) = if r.is_empty() && !stands_apart { woven(&l, posts && !signed) } else { (l, r) };
            posts |= begins_post(&r);
            if appendix || (signed && !is_rule(&whole) && l.is_empty()) {
                break;
            }
            self.at += 1;
            if is_rule(&whole) {
                continue;
            }
            let line = |text: String| Par { runs: vec![Run { text, ..Run::default() }], ..Par::default() };
            if !l.is_empty() {
                left.push(line(l));
            }
            if !r.is_empty() {
                right.extend(apart(&line(r)));
            }
        }
        // Two signers side by side: what stands left is no recipient.
        if left.first().is_some_and(|p| !fold_start(&p.whole()).starts_with(LABEL) && names_a_post(&p.whole())) {
            self.signer(&left);
        } else if let Some(first) = left.first_mut() {
            self.own("Nơi nhận");
            *first = Par::plain(&behind_label(&first.whole()));
            let left: Vec<Par> = left.into_iter().filter(|p| !p.whole().is_empty()).collect();
            self.recipients(&left);
        }
        self.signer(&right);
    }
}

/// Blanks from which on a line without a left half stands in the right column.
const RIGHT_COLUMN: usize = 24;

/// The two columns of a line; `before` is the last line of the left one.
fn parted(raw: &str, whole: &str, before: Option<&str>) -> (String, String) {
    let bare = raw.trim();
    // Cells of a converter that put a bar between them.
    if let Some((left, right)) = bare.split_once(" | ").filter(|(_, right)| begins_post(right.trim())) {
        return (squeezed(left), squeezed(right));
    }
    for sign in ["\t", "    "] {
        if let Some(at) = bare.find(sign) {
            let (left, right) = (squeezed(&bare[..at]), squeezed(&bare[at..]));
            // Post and name of one signer.
            let signer = in_capitals(&left) && names_a_post(&left) && is_name(&right);
            return if signer { (String::new(), squeezed(whole)) } else { (left, right) };
        }
    }
    let lead = raw.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 8 } else { 1 }).sum::<usize>();
    let capitals = in_capitals(whole);
    let recipient = whole.starts_with(['-', '–', '+']) || fold_start(whole).starts_with(LABEL);
    // Without a dash: a further recipient, or the rest of one.
    let open = before.is_some_and(|b| !b.ends_with([';', '.']));
    let further = before.is_some()
        && lead < RIGHT_COLUMN
        && (!capitals
            || before.is_some_and(|b| b.ends_with(',')) && !names_a_post(whole) && !is_name_in_capitals(whole))
        && is_signed(whole).is_none()
        && (whole.ends_with(';') || fold_start(whole).starts_with("LƯU") || open && !is_name(whole));
    if recipient || further { (whole.to_owned(), String::new()) } else { (String::new(), whole.to_owned()) }
}

/// Lines of recipients and signature, at most.
const LINES_OF_FOOT: usize = 60;

/// A recipient and what stood beside it in the right column, where a reader of PDF went from line to line: `- Bộ Nội vụ; KT.
/// CHỦ TỊCH`; with `open`, the name of the signer too, whose posts stood so before. Of the line that keeps a copy nothing is
/// taken but post and name together.
fn woven(left: &str, open: bool) -> (String, String) {
    let kept = fold_start(left.trim_start_matches(['-', '–', '+', ' '])).starts_with("LƯU");
    if let Some(at) = signed_behind(left).filter(|_| kept) {
        return (left[..at].trim_end().to_owned(), left[at..].to_owned());
    }
    let end = left.rfind("; ").map(|at| at + 1);
    let label = || left.find(':').map(|at| at + 1).filter(|at| fold_start(&left[..*at]).starts_with(LABEL));
    let Some(end) = end.or_else(label).filter(|_| !kept) else { return (left.to_owned(), String::new()) };
    let beside = left[end..].trim();
    let name = open && is_name(beside) && is_name_in_capitals(&beside.to_uppercase());
    if begins_post(beside) || name {
        (left[..end].to_owned(), beside.to_owned())
    } else {
        (left.to_owned(), String::new())
    }
}

/// Where post and name of the signer begin behind the last recipient: `- Lưu: VT. CHÁNH VĂN PHÒNG Nguyễn Văn An`.
fn signed_behind(text: &str) -> Option<usize> {
    let begins = text.match_indices(' ').map(|(at, _)| at + 1);
    begins.into_iter().find(|at| {
        let lines = apart(&Par::plain(&text[*at..]));
        let (posts, name) = lines.split_at(lines.len().saturating_sub(1));
        !posts.is_empty()
            && posts.iter().all(|p| begins_post(&p.whole()))
            && name.iter().all(|l| is_name(&l.whole()) && l.whole().contains(' '))
    })
}

/// Recipients that a portal put behind each other on one line: `- Như Điều 3; - Bộ Nội vụ; - Lưu: VT.`.
fn members(par: &Par) -> Vec<Par> {
    let text = par.whole();
    let mut parts: Vec<&str> = Vec::new();
    let mut rest = text.as_str();
    let begins = |after: &str| after.trim_start().starts_with(char::is_uppercase);
    let mut from = 0;
    while let Some(found) = rest[from..].find("- ").map(|at| from + at) {
        let ended = rest[..found].trim_end().ends_with([';', '.', ')']);
        if ended && begins(&rest[found + 2..]) {
            parts.push(rest[..found].trim_end());
            rest = &rest[found..];
            from = 2;
        } else {
            from = found + 2;
        }
    }
    if parts.is_empty() {
        return vec![par.clone()];
    }
    parts.push(rest);
    parts.into_iter().map(Par::plain).collect()
}

/// A table that has only posts and names: letters and contracts have no recipients.
fn is_signature(piece: &Piece) -> bool {
    let Piece::Table(table) = piece else { return false };
    let all = table.pars().into_iter().flat_map(Par::lines).flat_map(|p| apart(&p));
    let lines: Vec<String> = all.map(|p| p.whole()).filter(|t| !is_rule(t)).collect();
    let capitals = |t: &String| in_capitals(t) && t.chars().count() < 60;
    let post = |t: &String| capitals(t) && names_a_post(t);
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
