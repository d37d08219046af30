//! Recipients and signature side by side (ô 7, 9b, 12), and the address at the foot of page 1 (ô 13).

use super::Composer;
use super::runs::{append, end_with, has_dash};
use crate::decree30::phrases::NOI_NHAN;
use crate::decree30::style::{Component, RULE_THICKNESS};
use crate::decree30::units::Pt;
use crate::document::Line;
use crate::draft::{Part, Parts};
use crate::sheet::{Cell, Columns, Item, Par, Rule, Run, SIGNATURE_ROOM};
use crate::source::Span;

/// A list of recipients taller than this part of a page may break.
const TALL_LIST: f64 = 0.4;
/// Gaps around a picture at the end of the text.
const END_AIR: Pt = Pt(24.0);
/// No picture is made smaller than this for the signature's sake.
const LEAST_PICTURE: Pt = Pt(113.0);
/// Air between signers side by side.
const SIGNERS_AIR: Pt = Pt(12.0);
/// Gap between rows of signers, and above the recipients below them.
const SIGNERS_GAP: Pt = Pt(12.0);
/// Part of the text width that the recipients take.
const LEFT_PART: f64 = 0.48;

impl Composer<'_> {
    /// Recipients left, signature right, on one page.
    pub(super) fn foot(&mut self, below_recipients: fn(&mut Self, Pt) -> Vec<Item>) -> Vec<Item> {
        if !self.document.cung_ky.is_empty() {
            return self.several_signers(below_recipients);
        }
        let left = (self.width * LEFT_PART).on_twip();
        let right = self.width - left;
        let recipients = self.recipients(left);
        let signature = self.signature(&self.document.lines, right);
        // A long list of recipients flows on; the signature stays with the text at its beginning.
        let lines: f64 =
            recipients.iter().map(|i| if let Item::Par(p) = i { self.lines_in(p, left * 0.9) } else { 1.0 }).sum();
        let tall = lines * self.styles.get(Component::NoiNhan).pitch.0 > self.page_height() * TALL_LIST;
        let mut rows = vec![vec![recipients, signature]];
        let below = below_recipients(self, left);
        if !below.is_empty() {
            rows.push(vec![below, Vec::new()]);
        }
        vec![Item::Columns(Columns {
            breakable: tall,
            widths: vec![left, right],
            rows,
            above: Pt(6.0),
            below: Pt(0.0),
        })]
    }

    /// The signature must not stand alone on a page: a picture at the end goes with it, if need be smaller, with its
    /// caption; or the last two rows of a table.
    pub(super) fn keep_end_with(&self, foot: &[Item], content: &mut [Item]) {
        let Some(at) = content.iter().rposition(|i| !matches!(i, Item::Space(_))) else { return };
        let room = self.page_height() - self.stack_height(foot, self.width) - END_AIR.0;
        match &mut content[..=at] {
            [.., Item::Picture(picture)] => {
                picture.keep_next = true;
                picture.most = picture.most.min(Pt(room.max(LEAST_PICTURE.0)));
            }
            [.., Item::Picture(picture), Item::Par(caption)] if caption.style == Component::TenHinh => {
                let words = self.stack_height(std::slice::from_ref(&Item::Par(caption.clone())), self.width);
                caption.keep_next = true;
                picture.most = picture.most.min(Pt((room - words).max(LEAST_PICTURE.0)));
            }
            [.., Item::Table(table)] => {
                let rows = table.rows.len();
                // A row that may break cannot be kept: LibreOffice loses what has no room on its page.
                let whole = |row: &&Vec<Cell>| row.iter().all(|c| !c.breakable || c.rowspan > 1);
                let kept = table.rows.iter().rev().take(2).take_while(whole).count();
                let last = table.rows.iter_mut().skip(rows - kept).flatten();
                last.flat_map(|c| &mut c.pars).for_each(|p| p.keep_next = true);
                if rows <= 2 {
                    table.header.iter_mut().flatten().flat_map(|c| &mut c.pars).for_each(|p| p.keep_next = true);
                }
            }
            _ => {}
        }
    }

    /// About how tall some things are under each other, in points.
    pub(super) fn stack_height(&self, items: &[Item], width: Pt) -> f64 {
        let tall = |item: &Item| match item {
            Item::Par(par) => {
                let style = self.styles.get(par.style);
                let gaps = style.before + par.after.unwrap_or(style.after);
                self.lines_in(par, width * 0.9) * style.pitch.0 + gaps.0
            }
            Item::Space(height) => height.0,
            Item::Columns(c) => {
                let cell = |(cell, width): (&Vec<Item>, &Pt)| self.stack_height(cell, *width);
                let row = |row: &Vec<Vec<Item>>| row.iter().zip(&c.widths).map(cell).fold(0.0, f64::max);
                c.rows.iter().map(row).sum::<f64>() + c.above.0 + c.below.0
            }
            Item::Rule(rule) => rule.above.0 + rule.below.0,
            Item::Boxed(boxed) => boxed.above.0 + boxed.height.0,
            Item::Table(_) | Item::Picture(_) | Item::PageBreak => 0.0,
        };
        items.iter().map(tall).sum()
    }

    /// Khoản 9, điểm d: `- ` first, `;` at the end, the last line with a full stop.
    pub(super) fn recipients(&mut self, width: Pt) -> Vec<Item> {
        let document = self.document;
        if document.lines(Part::NoiNhan).is_empty() {
            let style = Component::NoiNhan;
            let drafter = document.line(Part::NguoiSoan);
            return drafter.map(|d| Item::Par(Par::new(style, self.runs(d, style), d.span))).into_iter().collect();
        }
        let label = Component::NoiNhanNhan;
        let mut out = vec![Item::Par(Par::new(label, vec![self.added(NOI_NHAN, label)], Span::default()))];
        let style = Component::NoiNhan;
        let last = self.document.lines(Part::NoiNhan).len().saturating_sub(1);
        for (i, line) in self.document.lines(Part::NoiNhan).iter().enumerate() {
            let mut runs = Vec::new();
            if !has_dash(line) {
                runs.push(self.added("- ", style));
            }
            runs.extend(self.runs(line, style));
            end_with(&mut runs, if i == last { "." } else { ";" });
            if i == last
                && let Some(drafter) = self.document.line(Part::NguoiSoan)
            {
                append(&mut runs, " ");
                runs.extend(self.runs(drafter, style));
            }
            let size = self.styles.get(style).size;
            self.check_runs(&runs, size, width, line.span);
            out.push(Item::Par(Par::new(style, runs, line.span)));
        }
        out
    }

    /// Signers side by side, up to three in a row, in columns of one width; the recipients below the first of them (mẫu
    /// 1.9; practice of joint documents).
    fn several_signers(&mut self, below_recipients: fn(&mut Self, Pt) -> Vec<Item>) -> Vec<Item> {
        let document = self.document;
        let all: Vec<&Parts<Line>> = std::iter::once(&document.lines).chain(&document.cung_ky).collect();
        let columns = if all.len() <= 3 { all.len() } else { all.len().div_ceil(2) };
        let width = Pt((self.width.0 / columns as f64 * 20.0).floor() / 20.0);
        let room = width - SIGNERS_AIR;
        let mut rows: Vec<Vec<Vec<Item>>> = Vec::new();
        for (row, signers) in all.chunks(columns).enumerate() {
            let heads: Vec<Vec<Item>> = signers.iter().map(|lines| self.signer(lines, room)).collect();
            let lines = |head: &[Item]| head.iter().map(lines_of).sum::<usize>();
            let most = heads.iter().map(|head| lines(head)).max().unwrap_or_default();
            let mut cells: Vec<Vec<Item>> = Vec::new();
            for (mut head, signer) in heads.into_iter().zip(signers) {
                // Names stand level.
                let pitch = self.styles.get(Component::QuyenHan).pitch;
                let short = pitch * (most - lines(&head)) as f64;
                if row > 0 {
                    head.insert(0, Item::Space(SIGNERS_GAP));
                }
                if short.0 > 0.0 {
                    head.push(Item::Space(short));
                }
                head.push(self.signed(signer, room));
                // Word breaks a table between its rows.
                head.iter_mut().for_each(|item| {
                    if let Item::Par(par) = item {
                        par.keep_next = true;
                    }
                });
                cells.push(head);
            }
            cells.resize_with(columns, Vec::new);
            rows.push(cells);
        }
        let mut below = self.recipients(width);
        below.extend(below_recipients(self, width));
        if !below.is_empty() {
            below.insert(0, Item::Space(SIGNERS_GAP));
            let mut last = vec![below];
            last.resize_with(columns, Vec::new);
            rows.push(last);
        }
        let widths = vec![width; columns];
        vec![Item::Columns(Columns { breakable: false, widths, rows, above: Pt(6.0), below: Pt(0.0) })]
    }

    /// Khoản 7: role, powers and post in capitals, room to sign, the name.
    pub(super) fn signature(&mut self, lines: &Parts<Line>, width: Pt) -> Vec<Item> {
        let mut out = self.signer(lines, width);
        out.push(self.signed(lines, width));
        out
    }

    fn signer(&mut self, lines: &Parts<Line>, width: Pt) -> Vec<Item> {
        let style = Component::QuyenHan;
        let size = self.styles.get(style).size;
        let mut out = Vec::new();
        for line in [Part::Vai, Part::QuyenHan, Part::ChucVu].into_iter().flat_map(|part| &lines[part]) {
            let broken = self.balance(self.runs(line, style), size, width);
            self.check_words(broken.widest_word, width, line.span);
            out.push(Item::Par(Par::new(style, broken.runs, line.span)));
        }
        out
    }

    fn signed(&mut self, lines: &Parts<Line>, width: Pt) -> Item {
        let Some(name) = lines[Part::HoTen].first() else { return Item::Space(SIGNATURE_ROOM) };
        let style = Component::HoTen;
        let broken = self.balance(self.runs(name, style), self.styles.get(style).size, width);
        self.check_words(broken.widest_word, width, name.span);
        Item::Par(Par::new(style, broken.runs, name.span))
    }

    /// Mục III, khoản 4: under a rule over the whole width.
    pub(super) fn address(&mut self) -> Vec<Item> {
        if self.document.lines(Part::DiaChi).is_empty() {
            return Vec::new();
        }
        let style = Component::DiaChi;
        let width = self.width;
        let rule = Rule { length: width, thickness: RULE_THICKNESS, above: Pt(6.0), below: Pt(2.0), keep_next: false };
        let mut out = vec![Item::Rule(rule)];
        for line in self.document.lines(Part::DiaChi) {
            let runs = self.runs(line, style);
            let size = self.styles.get(style).size;
            self.check_runs(&runs, size, width, line.span);
            out.push(Item::Par(Par::new(style, runs, line.span)));
        }
        out
    }
}

/// How many lines a balanced paragraph has.
fn lines_of(item: &Item) -> usize {
    match item {
        Item::Par(par) => 1 + par.runs.iter().filter(|r| **r == Run::Break).count(),
        _ => 0,
    }
}
