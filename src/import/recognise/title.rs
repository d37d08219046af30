//! Type, subject, addressees, authority, legal basis, opening.

use super::Recogniser;
use super::after::is_attached;
use super::words::{behind_label, fold, fold_start, is_rule};
use crate::chars::in_capitals;
use crate::decree30::kinds::{Form, KINDS, Kind};
use crate::import::marks;
use crate::import::stream::{Align, Par, Piece, Run, pars_of};
use crate::markup::{marker, near_marker};

/// Longest subject, in lines.
const SUBJECT_LINES: usize = 8;
/// Lines between the letterhead and the name of the type.
const MOST_BETWEEN: usize = 3;
/// Letters of a basis: some name all that a body was told.
const LONGEST_BASIS: usize = 3000;
/// Letters of a subject that stands in one paragraph.
const LONGEST_SUBJECT: usize = 400;

impl Recogniser<'_> {
    /// The type whose name a line is.
    pub(super) fn title_of(&self, par: &Par) -> Option<&'static Kind> {
        let text = par.whole();
        if text.len() > 60 || !in_capitals(&text) {
            return None;
        }
        let folded = fold(&text);
        KINDS.iter().filter(|k| k.form.has_title()).find(|k| fold(k.name) == folded)
    }

    /// Type and subject below the letterhead.
    pub(super) fn title(&mut self) {
        self.skip_empty();
        if self.found.loai.is_some() {
            return;
        }
        self.title_apart();
        self.go_to_title();
        let par = self.par().cloned();
        if let Some(kind) = par.as_ref().and_then(|par| self.title_of(par)) {
            self.found.loai = Some(kind);
            self.own(&par.map(|p| p.whole()).unwrap_or_default());
            self.at += 1;
            // These forms have no subject (mẫu 1.8, 1.10).
            if !matches!(kind.form, Form::GioiThieu | Form::NghiPhep) {
                self.subject();
            }
            return;
        }
        if let Some((kind, rest)) = par.as_ref().and_then(|par| begun_title(&par.on_one_line())) {
            self.found.loai = Some(kind);
            self.own(kind.name);
            self.at += 1;
            self.subject();
            let more = self.found.trich_yeu.take();
            self.found.trich_yeu =
                Some([Some(self.words.as_elsewhere(&rest)), more].into_iter().flatten().collect::<Vec<_>>().join(" "));
            return;
        }
        // A letter has no name of a type: what stands above it begins with the word.
        let heading = par.as_ref().map(|p| p.whole()).filter(|t| in_capitals(t) && fold(t).starts_with("THƯ "));
        if let Some(heading) = heading {
            self.found.loai = KINDS.iter().find(|k| k.form == Form::ThuCong);
            self.without_subject();
            self.found.trich_yeu = Some(self.words.as_elsewhere(&marks::escaped(&heading)));
            self.at += 1;
            return;
        }
        let addressed = par.is_some_and(|par| fold_start(&par.whole()).starts_with("KÍNH GỬI"));
        if self.found.trich_yeu.is_some() || addressed {
            self.found.loai = KINDS.iter().find(|k| k.form == Form::CongVan);
        }
    }

    /// The name of the type and the subject may be lines of one paragraph.
    fn title_apart(&mut self) {
        let near = self.at..(self.at + MOST_BETWEEN + 1).min(self.pieces.len());
        for at in near {
            let Piece::Par(par) = &self.pieces[at] else { return };
            let lines = par.lines();
            if lines.len() > 1 && lines.iter().any(|line| self.title_of(line).is_some()) {
                self.pieces.splice(at..=at, lines.into_iter().map(Piece::Par));
                return;
            }
        }
    }

    /// A subject below the number makes room for that below the name of the type.
    fn without_subject(&mut self) {
        if let Some(other) = self.found.trich_yeu.take() {
            self.leave_out(&other, "chữ dưới số văn bản");
        }
    }

    /// Past a few lines between the letterhead and the name of the type, which are told.
    fn go_to_title(&mut self) {
        let mut skipped: Vec<String> = Vec::new();
        for at in self.at..self.pieces.len() {
            let Piece::Par(par) = &self.pieces[at] else { return };
            let text = par.whole();
            if self.title_of(par).is_some() {
                skipped.iter().for_each(|text| self.leave_out(text, "chữ giữa phần đầu và tên loại"));
                self.at = at;
                return;
            }
            let folded = fold_start(&text);
            let other = folded.starts_with("KÍNH GỬI") || folded.starts_with("CĂN CỨ") || marker::find(&text).is_some();
            if other || text.chars().count() > 80 || skipped.len() == MOST_BETWEEN {
                return;
            }
            if !text.is_empty() {
                skipped.push(text);
            }
        }
    }

    /// Centred lines below the type, or what stands up to an empty line where alignment is not known.
    pub(super) fn subject(&mut self) {
        let mut lines: Vec<String> = Vec::new();
        let start = self.at;
        while let Some(piece) = self.pieces.get(self.at) {
            let Piece::Par(par) = piece else { break };
            let text = par.whole();
            if text.is_empty() || is_rule(&text) {
                if !lines.is_empty() && (is_rule(&text) && !text.is_empty() || !self.styled || !self.next_is_subject())
                {
                    break;
                }
                self.at += 1;
                continue;
            }
            let ends = self.styled && par.align != Align::Center && !par.is_bold()
                || lines.len() >= SUBJECT_LINES
                || text.starts_with('(') && (!self.styled || is_attached(&text))
                || self.found.loai.is_some_and(|k| k.form == Form::CongDien) && fold(&text).ends_with("ĐIỆN:")
                || if self.styled && par.is_bold() { begins_other(par) } else { begins_text(&text, lines.is_empty()) }
                || !self.styled && after_capitals(&lines, &text)
                || !lines.is_empty() && self.is_authority(par);
            if ends || (lines.is_empty() && self.at > start + 3) {
                break;
            }
            lines.push(lines_joined(par));
            self.at += 1;
        }
        if let [_, .., last] = lines.as_slice()
            && is_of_head(last)
        {
            let why = format!("trích yếu có dòng thẩm quyền “{last}”, loại văn bản này không có khóa tham_quyen");
            self.unsure("noi_dung", why);
        }
        if !lines.is_empty() {
            self.without_subject();
            self.found.trich_yeu = Some(lines.join(" "));
        }
    }

    /// Whether the next words are a further line of the subject.
    fn next_is_subject(&self) -> bool {
        let next = self.pieces[self.at..].iter().find_map(|p| match p {
            Piece::Par(par) if !par.whole().is_empty() => Some(par),
            _ => None,
        });
        let Some(par) = next else { return false };
        let text = par.whole();
        par.align == Align::Center && par.is_bold() && !in_capitals(&text) && !begins_other(par)
    }

    fn is_authority(&self, par: &Par) -> bool {
        let text = par.whole();
        let decides = self.found.loai.is_some_and(|k| matches!(k.form, Form::QuyetDinh | Form::NghiQuyet));
        decides && in_capitals(&text) && text.starts_with(char::is_alphabetic)
    }

    /// What stands before the body.
    pub(super) fn opening(&mut self, end: usize) {
        self.addressees(end);
        self.authority(end);
        let mut bases: Vec<(usize, String)> = Vec::new();
        while self.at < end {
            let Some(Piece::Par(par)) = self.pieces.get(self.at) else {
                if matches!(self.pieces.get(self.at), Some(Piece::PageBreak)) {
                    self.at += 1;
                    continue;
                }
                break;
            };
            let (par, text) = (par.clone(), par.whole());
            let bare = text.trim_start_matches(['-', '–', '•', '+', ' ']);
            let folded = fold_start(bare);
            if text.is_empty() || is_rule(&text) {
                self.at += 1;
                continue;
            }
            if matches!(folded.trim_end_matches([':', ' ', '.']), "QUYẾT ĐỊNH" | "QUYẾT NGHỊ") && self.decides()
            {
                self.own(&text);
                self.at += 1;
                break;
            }
            let basis = ["CĂN CỨ", "THEO ĐỀ NGHỊ", "XÉT ", "XÉT ĐỀ NGHỊ", "TRÊN CƠ SỞ", "THỰC HIỆN", "THEO "]
                .iter()
                .any(|w| folded.starts_with(w));
            // Others than `Căn cứ` open a text as well: those are set upright.
            let listed = if self.styled { par.is_italic() } else { text.ends_with(';') };
            let sure = folded.starts_with("CĂN CỨ") || listed || self.decides();
            let basis = basis || self.decision_follows(end) && !is_article(&text) || goes_on_citing(&bases, &text);
            if basis
                && sure
                && !text.ends_with(':')
                && self.found.mo_dau.is_empty()
                && text.chars().count() < LONGEST_BASIS
            {
                bases.extend(bases_of(&par).into_iter().map(|text| (self.at, text)));
                self.at += 1;
                continue;
            }
            break;
        }
        // One sentence that goes on into the text is an opening.
        if let [(at, text)] = bases.as_slice()
            && !self.decides()
            && text.ends_with(',')
        {
            self.at = *at;
            bases.clear();
        }
        self.found.can_cu = bases.into_iter().map(|(_, text)| text).collect();
        if self.found.loai.is_some_and(|k| k.form == Form::HopDong) {
            self.parties(end);
        } else {
            self.first_paragraphs(end);
        }
    }

    /// Whether the line that decides stands within the next paragraphs: what stands before it is a basis.
    fn decision_follows(&self, end: usize) -> bool {
        let decision = |p: &Piece| match p {
            Piece::Par(par) => {
                matches!(fold_start(&par.whole()).trim_end_matches([':', ' ', '.']), "QUYẾT ĐỊNH" | "QUYẾT NGHỊ")
            }
            _ => false,
        };
        let filled = |p: &&Piece| !matches!(p, Piece::Par(par) if par.whole().is_empty());
        self.decides() && self.pieces[(self.at + 1).min(end)..end].iter().filter(filled).take(12).any(decision)
    }

    fn decides(&self) -> bool {
        self.found.loai.is_some_and(|k| matches!(k.form, Form::QuyetDinh | Form::NghiQuyet))
    }

    /// Paragraphs without a marker up to the first with one, where there is one.
    fn first_paragraphs(&mut self, end: usize) {
        // Below the line that decides the articles begin.
        if self.decides() {
            return;
        }
        let mut until = self.at;
        while until < end {
            match &self.pieces[until] {
                Piece::Par(par) => {
                    let text = par.whole();
                    if marker::find(&text).is_some() || near_marker::near(&text).is_some() {
                        break;
                    }
                    if text.chars().count() < 90 && par.is_bold() && !text.ends_with(':') {
                        return;
                    }
                }
                Piece::PageBreak => {}
                _ => return,
            }
            until += 1;
        }
        let count =
            self.pieces[self.at..until].iter().filter(|p| matches!(p, Piece::Par(x) if !x.whole().is_empty())).count();
        if until >= end || count > 4 {
            return;
        }
        let lines = pars_of(&self.pieces[self.at..until]).into_iter().flat_map(Par::lines);
        let texts: Vec<String> = lines.map(|p| marks::marked(&p, (false, false))).collect();
        self.found.mo_dau.extend(texts);
        self.at = until;
    }

    fn addressees(&mut self, end: usize) {
        // Other forms have no such part: it stays text.
        if self.found.loai.is_some_and(|k| !k.kinh_gui) {
            return;
        }
        self.skip_empty();
        let texts = match self.pieces.get(self.at) {
            Some(Piece::Par(par)) => vec![par.clone()],
            // In a table without lines, label left, addressees right.
            Some(Piece::Table(table)) if !table.ruled => {
                table.pars().into_iter().filter(|p| !p.whole().is_empty()).cloned().collect()
            }
            _ => return,
        };
        let Some(first) = texts.first() else { return };
        if !fold_start(&first.whole()).starts_with("KÍNH GỬI") {
            return;
        }
        if !self.found.kinh_gui.is_empty() {
            return;
        }
        // A name that was broken over lines goes on below them.
        let unbroken = |par: &Par| {
            let dashed = par.lines().iter().skip(1).any(|l| l.whole().starts_with(['-', '–']));
            if dashed { par.lines() } else { vec![par.on_one_line()] }
        };
        let mut lines: Vec<Par> = texts.iter().flat_map(unbroken).collect();
        self.at += 1;
        // Dashes below the label go on until something else begins.
        while self.at < end {
            let Some(Piece::Par(par)) = self.pieces.get(self.at) else { break };
            let text = par.whole();
            let dash = text.starts_with(['-', '–']) || par.marker.as_deref() == Some("-");
            let last_open = lines.last().is_some_and(|p| p.whole().ends_with(';'));
            if text.is_empty() && lines.len() == 1 {
                self.at += 1;
                continue;
            }
            let bare = fold_start(text.trim_start_matches(['-', '–', ' ']));
            let basis = ["CĂN CỨ ", "THỰC HIỆN ", "THEO ", "XÉT "].iter().any(|w| bare.starts_with(w));
            // A name that was broken goes on, set in from the label.
            let goes_on = lines.last().is_some_and(|p| p.whole().ends_with(',')) && text.chars().count() < 70;
            if basis || !(dash || last_open && par.align == Align::Center || goes_on && !self.styled) || text.is_empty()
            {
                break;
            }
            if let Some(last) = lines.last_mut().filter(|_| goes_on && !dash) {
                last.runs.push(Run { text: format!(" {text}"), ..Run::default() });
                self.at += 1;
                continue;
            }
            lines.extend(par.lines());
            self.at += 1;
        }
        self.keep_addressees(&lines);
    }

    /// The label and the addressees behind and below it.
    fn keep_addressees(&mut self, lines: &[Par]) {
        self.own("Kính gửi");
        let texts = lines.iter().map(marks::plain).enumerate();
        let bare = texts.map(|(i, text)| if i == 0 { behind_label(&text) } else { text });
        let out: Vec<String> = bare.map(|text| text.trim_start_matches(['-', '–', ' ']).to_owned()).collect();
        let mut all: Vec<String> = Vec::new();
        for text in out.into_iter().filter(|text| !text.is_empty()) {
            match all.last_mut().filter(|_| text.starts_with('(')) {
                // His address, in brackets below his name.
                Some(last) => *last = format!("{last} {text}"),
                None => all.push(text),
            }
        }
        self.found.kinh_gui = self.without_ends(all);
    }

    fn authority(&mut self, end: usize) {
        while self.at < end {
            self.skip_empty();
            let Some(par) = self.par().cloned() else { return };
            if !self.is_authority(&par)
                || matches!(fold(&par.whole()).trim_end_matches(':'), "QUYẾT ĐỊNH" | "QUYẾT NGHỊ")
            {
                return;
            }
            let name = self.words.in_sentence(&lines_joined(&par));
            self.found.tham_quyen.push(name);
            self.at += 1;
        }
    }
}

/// `CỤC TRƯỞNG CỤC HẢI QUAN`: a head with the body that he heads.
fn is_of_head(line: &str) -> bool {
    const HEADS: [&str; 6] = ["CỤC TRƯỞNG ", "CHI CỤC TRƯỞNG ", "BỘ TRƯỞNG ", "GIÁM ĐỐC ", "CHỦ TỊCH ", "HIỆU TRƯỞNG "];
    HEADS.iter().any(|head| line.starts_with(head)) && in_capitals(line)
}

/// `Nghị định số 167/2025/NĐ-CP …;` below a basis: another document of the same paragraph, or one without `Căn cứ`.
fn goes_on_citing(bases: &[(usize, String)], text: &str) -> bool {
    let kind = ["Nghị định số ", "Nghị quyết số ", "Quyết định số ", "Thông tư số ", "Luật ", "Bộ luật ", "Pháp lệnh "];
    bases.last().is_some_and(|(_, last)| last.ends_with(';'))
        && text.ends_with(';')
        && kind.iter().any(|kind| text.starts_with(kind))
}

/// Whether a bold line is no subject.
fn begins_other(par: &Par) -> bool {
    let text = par.lines().first().map(Par::whole).unwrap_or_default();
    let folded = fold_start(&text);
    ["CĂN CỨ", "KÍNH GỬI", "PHẦN THỨ "].iter().any(|w| folded.starts_with(w)) || marker::find(&text).is_some()
}

/// Whether a line is text, not a title; `first` where it stands right below the name of the type.
fn begins_text(text: &str, first: bool) -> bool {
    let folded = fold_start(text);
    ["CĂN CỨ", "KÍNH GỬI", "THEO ĐỀ NGHỊ", "XÉT ĐỀ NGHỊ", "HÔM NAY"].iter().any(|w| folded.starts_with(w))
        || folded.starts_with("THỰC HIỆN") && (!first || text.ends_with([';', ',', ':']))
        || folded.starts_with("PHẦN THỨ ")
        || marker::find(text).is_some()
        || text.chars().count() > LONGEST_SUBJECT
}

/// Small letters behind a subject in capitals: the text has begun.
fn after_capitals(lines: &[String], text: &str) -> bool {
    let capitals = |text: &str| in_capitals(text) && text.chars().any(char::is_alphabetic);
    lines.last().is_some_and(|l| capitals(l)) && !capitals(text)
}

/// `KẾ HOẠCH PHỐI HỢP`, `BÁO CÁO TỔNG KẾT`: a type, and the first words of the subject.
fn begun_title(par: &Par) -> Option<(&'static Kind, String)> {
    let text = par.whole();
    if !in_capitals(&text) || text.chars().count() > LONGEST_SUBJECT {
        return None;
    }
    let folded = fold(&text);
    let begun = |k: &&Kind| folded.strip_prefix(&fold(k.name)).is_some_and(|rest| rest.starts_with(' '));
    let kind = KINDS.iter().filter(|k| k.form.has_title()).filter(begun).max_by_key(|k| k.name.len())?;
    let rest: String = text.chars().skip(kind.name.chars().count()).collect();
    Some((kind, marks::escaped(rest.trim())))
}

/// The bases of a paragraph: those that stand on lines of their own are several. A dash before them is not printed.
fn bases_of(par: &Par) -> Vec<String> {
    let lines = par.lines();
    let several = lines.len() > 1 && lines.iter().take(lines.len() - 1).all(|l| l.whole().ends_with([';', '.']));
    let all = if several { lines } else { vec![par.clone()] };
    let text = |par: Par| {
        let marked = marks::marked(&par, (false, true));
        marked.trim_start_matches(['-', '–', '•', '+', ' ']).to_owned()
    };
    all.into_iter().map(text).filter(|t| !t.is_empty()).collect()
}

/// The lines of a title as one.
fn lines_joined(par: &Par) -> String {
    marks::plain(&par.on_one_line())
}

/// `Điều 1. …`, with any sign behind the number.
fn is_article(text: &str) -> bool {
    fold_start(text).strip_prefix("ĐIỀU ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}
