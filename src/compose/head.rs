//! The letterhead: bodies, Quốc hiệu, number, date, urgency, circulation (ô 1, 2, 3, 4, 10b, 11).

use super::lines::Broken;
use super::runs::text_of;
use super::{Composer, Head};
use crate::decree30::kinds::Form;
use crate::decree30::page::MARK_HEIGHT;
use crate::decree30::phrases::{QUOC_HIEU, TIEU_NGU};
use crate::decree30::style::{Align, Component, Profile, RULE_GAP, RULE_THICKNESS, SHORT_RULE, TITLE_GAP};
use crate::decree30::units::{Mm, Pt};
use crate::diagnostic::{Diagnostic, code};
use crate::document::Line;
use crate::draft::Part;
use crate::draft::Urgency;
use crate::sheet::{Boxed, Choices, Columns, Item, Par, Rule, Run, StyleSheet};
use crate::source::Span;

/// Air kept on both sides of the widest line of the right column.
const COLUMN_AIR: Pt = Pt(2.0);

impl Composer<'_> {
    /// Composes the letterhead with the largest sizes that let every line of the right column stand on one line. The
    /// sizes chosen become the sizes of the style sheet.
    pub(super) fn head(
        &mut self,
        body: Profile,
        choices: impl Fn(Profile) -> Choices,
        below_number: fn(&mut Self, Pt) -> Vec<Item>,
    ) -> Head {
        if self.document.lines(Part::CoQuan).is_empty() {
            self.styles = StyleSheet::new(choices(body));
            return self.nation_alone();
        }
        let profiles: &[Profile] =
            if body == Profile::Large { &[Profile::Large, Profile::Small] } else { &[Profile::Small] };
        let mut widths = (Pt(0.0), Pt(0.0));
        // First every profile with bodies broken where they should be, then with bodies broken at any word; at last
        // without room to spare for blanks.
        for (natural, spare) in [(true, BLANK_SPARE), (false, BLANK_SPARE), (false, Pt(0.0))] {
            for profile in profiles {
                self.styles = StyleSheet::new(choices(*profile));
                let right = self.right_width(spare);
                let left = self.width - right;
                widths = (left, right);
                if left.0 >= self.left_need(natural).0 {
                    return self.head_in(left, right, below_number);
                }
            }
        }
        let (left, right) = widths;
        // The place of what is too wide: a body, the date line, or else the number line.
        let bodies = [
            (self.document.lines(Part::ChuQuan), Component::ChuQuan),
            (self.document.lines(Part::CoQuan), Component::CoQuan),
        ];
        let too_wide =
            bodies.iter().flat_map(|(lines, style)| lines.iter().map(move |l| (l, *style))).find(|(line, style)| {
                let size = self.styles.get(*style).size;
                self.balance(self.runs(line, *style), size, Pt(0.0)).widest_word.0 > left.0
            });
        let number = self
            .width_of(&self.number_and_symbol("Số: ", Component::SoKyHieu), self.styles.get(Component::SoKyHieu).size);
        let span = match too_wide {
            _ if right.0 > self.width.0 * 0.75 => self.document.span(Part::DiaDanh),
            Some((line, _)) => line.span,
            None if number.0 > self.width.0 * 0.42 => self.document.span(Part::KyHieu),
            None => self.document.span(Part::DiaDanh),
        };
        self.diagnostics.push(
            Diagnostic::error(
                &code::DAU_KHONG_VUA,
                span,
                format!(
                    "Phần đầu văn bản không vừa khổ giấy: cột phải cần {} mm, cột trái cần {} mm, khổ chữ chỉ có {} mm.",
                    millimetres(right),
                    millimetres(self.left_need(false)),
                    millimetres(self.width)
                ),
            )
            .hint("Rút ngắn ký hiệu hoặc địa danh; tên cơ quan dài viết thành danh sách để ngắt dòng."),
        );
        self.head_in(left.max(Pt(72.0)), right, below_number)
    }

    fn head_in(&mut self, left: Pt, right: Pt, below_number: fn(&mut Self, Pt) -> Vec<Item>) -> Head {
        let bodies = self.bodies(left);
        let date: Vec<Item> = self.date_line().map(Item::Par).into_iter().collect();
        let mut numbered: Vec<Item> = Vec::new();
        if self.has_number() && !self.document.loai.form.has_number_below_title() {
            numbered.push(Item::Par(self.number_line()));
        }
        numbered.extend(below_number(self, left - COLUMN_AIR));
        let mut rows = vec![vec![bodies, self.nation()], vec![numbered, date]];
        if let Some(urgency) = self.document.do_khan {
            rows.push(vec![vec![self.urgency(urgency)], Vec::new()]);
        }
        let items = vec![Item::Columns(Columns {
            widths: vec![left, right],
            rows,
            breakable: false,
            above: Pt(0.0),
            below: Pt(0.0),
        })];
        let top = self.document.line(Part::LuuHanh).cloned().map(|mark| self.circulation(&mark, left, right));
        Head { items, top: top.into_iter().collect(), widths: [left, right] }
    }

    /// A contract of parties without a letterhead: the Quốc hiệu in the middle, place and date on the right.
    fn nation_alone(&mut self) -> Head {
        let mut items = self.nation();
        items.extend(self.document.do_khan.map(|urgency| self.urgency(urgency)));
        if let Some(mut date) = self.date_line() {
            date.align = Some(Align::Right);
            items.push(Item::Par(date));
        }
        items.push(Item::Space(TITLE_GAP));
        let half = Pt(self.width.0 / 2.0).on_twip();
        let widths = [half, self.width - half];
        let top = self.document.line(Part::LuuHanh).cloned().map(|mark| self.circulation(&mark, widths[0], widths[1]));
        Head { items, top: top.into_iter().collect(), widths }
    }

    /// Whether there is a number or room for one: contracts and letters may do without.
    pub(super) fn has_number(&self) -> bool {
        !self.document.loai.form.may_lack_number() || !self.document.lines(Part::KyHieu).is_empty()
    }

    /// Whether there is a date or room for one.
    pub(super) fn has_date(&self) -> bool {
        let form = self.document.loai.form;
        let named = !self.document.lines(Part::DiaDanh).is_empty() || self.document.ngay.year.is_some();
        form.has_place_and_date() && (named || form != Form::HopDong)
    }

    /// `Số: 12/KH-UBND` (khoản 3).
    pub(super) fn number_line(&self) -> Par {
        let style = Component::SoKyHieu;
        Par::new(style, self.number_and_symbol("Số: ", style), self.document.span(Part::KyHieu))
    }

    pub(super) fn date_line(&self) -> Option<Par> {
        let runs = self.place_and_date()?;
        Some(Par::new(Component::DiaDanhNgay, runs, self.document.span(Part::DiaDanh)))
    }

    fn right_width(&self, spare: Pt) -> Pt {
        let of =
            |c: Component, text: &str| self.faces.width(text, c.row().bold, c.row().italic, self.styles.get(c).size);
        let date = self.place_and_date().unwrap_or_default();
        let blanks = date.iter().filter(|r| matches!(r, Run::Entry(e) if e.chars.text.is_empty())).count();
        let date = self.width_of(&date, self.styles.get(Component::DiaDanhNgay).size) + spare * blanks as f64;
        let widest = of(Component::QuocHieu, QUOC_HIEU).max(of(Component::TieuNgu, TIEU_NGU)).max(date);
        (widest + COLUMN_AIR * 2.0).on_twip()
    }

    /// The left column must hold the number line and the longest word of the bodies; `natural` asks for room for the
    /// parts of a people's committee's name unbroken too.
    fn left_need(&self, natural: bool) -> Pt {
        let number = self.number_and_symbol("Số: ", Component::SoKyHieu);
        let mut need = self.width_of(&number, self.styles.get(Component::SoKyHieu).size);
        for (lines, style) in [
            (self.document.lines(Part::ChuQuan), Component::ChuQuan),
            (self.document.lines(Part::CoQuan), Component::CoQuan),
        ] {
            let size = self.styles.get(style).size;
            for line in lines {
                let runs = before_the_unit(self.runs(line, style));
                need = need.max(self.balance(runs.clone(), size, Pt(0.0)).widest_word);
                if natural && runs.contains(&Run::Break) {
                    let parts = runs.split(|r| *r == Run::Break).map(|part| self.width_of(part, size));
                    need = parts.fold(need, Pt::max);
                }
            }
        }
        need + COLUMN_AIR
    }

    /// Parent and issuing body, and the rule under them (khoản 2).
    pub(super) fn bodies(&self, left: Pt) -> Vec<Item> {
        let mut out = Vec::new();
        for line in self.document.lines(Part::ChuQuan) {
            out.push(Item::Par(self.body_name(line, Component::ChuQuan, left).0));
        }
        let mut widths = Vec::new();
        for line in self.document.lines(Part::CoQuan) {
            let (par, broken) = self.body_name(line, Component::CoQuan, left);
            out.push(Item::Par(par));
            widths.extend(broken);
        }
        out.push(short_rule(&widths, HEAD_GAP));
        out
    }

    fn body_name(&self, line: &Line, style: Component, left: Pt) -> (Par, Vec<Pt>) {
        let size = self.styles.get(style).size;
        let mut runs = self.runs(line, style);
        // A parent's name breaks only where it must.
        if style == Component::CoQuan || self.width_of(&runs, size).0 > (left - COLUMN_AIR).0 {
            runs = before_the_unit(runs);
        }
        let runs = self.before_the_place(runs, size, left - COLUMN_AIR);
        let Broken { runs, widths, .. } = self.balance(runs, size, left - COLUMN_AIR);
        (Par::new(style, runs, line.span), widths)
    }

    /// A name too long for one line breaks before its province or commune, where that gives two lines.
    fn before_the_place(&self, mut runs: Vec<Run>, size: Pt, limit: Pt) -> Vec<Run> {
        let [Run::Text(whole)] = runs.as_slice() else { return runs };
        let width = |text: &str| self.faces.width(text, whole.bold, whole.italic, size).0;
        if width(&whole.text) <= limit.0 {
            return runs;
        }
        let cut = UNITS.iter().filter_map(|u| whole.text.rfind(&format!(" {u}"))).max();
        let Some((name, place)) = cut.map(|at| (whole.text[..at].to_owned(), whole.text[at + 1..].to_owned())) else {
            return runs;
        };
        if width(&name) <= limit.0 && width(&place) <= limit.0 {
            let (mut first, mut rest) = (whole.clone(), whole.clone());
            (first.text, rest.text) = (name, place);
            runs = vec![Run::Text(first), Run::Break, Run::Text(rest)];
        }
        runs
    }

    /// Quốc hiệu, Tiêu ngữ and the rule as long as its text (khoản 1).
    pub(super) fn nation(&self) -> Vec<Item> {
        let line =
            |style: Component, text: &str| Item::Par(Par::new(style, vec![self.added(text, style)], Span::default()));
        let tieu_ngu = Component::TieuNgu;
        let length = self.faces.width(TIEU_NGU, true, false, self.styles.get(tieu_ngu).size);
        vec![
            line(Component::QuocHieu, QUOC_HIEU),
            line(tieu_ngu, TIEU_NGU),
            Item::Rule(Rule { length, thickness: RULE_THICKNESS, above: RULE_GAP, below: HEAD_GAP, keep_next: false }),
        ]
    }

    /// None in a form without place and date.
    fn place_and_date(&self) -> Option<Vec<Run>> {
        if !self.has_date() {
            return None;
        }
        let style = Component::DiaDanhNgay;
        let mut runs: Vec<Run> = self.document.lines(Part::DiaDanh).iter().flat_map(|l| self.runs(l, style)).collect();
        if !runs.is_empty() {
            let comma = if text_of(&runs).trim_end().ends_with(',') { " " } else { ", " };
            runs.push(self.added(comma, style));
        }
        runs.extend(self.date(style));
        Some(runs)
    }

    /// Mục III, khoản 2, điểm b: 30 × 8, 40 × 8, 20 × 8 mm.
    fn urgency(&self, urgency: Urgency) -> Item {
        let width = match urgency {
            Urgency::HoaToc => Mm(30.0),
            Urgency::ThuongKhan => Mm(40.0),
            Urgency::Khan => Mm(20.0),
        };
        let style = Component::DauKhan;
        let par = Par::new(style, vec![self.added(urgency.words(), style)], Span::default());
        Item::Boxed(Boxed { par, width: width.to_pt(), height: MARK_HEIGHT.to_pt(), above: HEAD_GAP })
    }

    /// Mục III, khoản 2, điểm c: in a box, above the Quốc hiệu.
    fn circulation(&mut self, mark: &Line, left: Pt, right: Pt) -> Item {
        let style = Component::LuuHanh;
        let runs = self.runs(mark, style);
        let width = self.width_of(&runs, self.styles.get(style).size) + Mm(6.0).to_pt();
        self.check_words(width, right, mark.span);
        let par = Par::new(style, runs, mark.span);
        let boxed = Item::Boxed(Boxed { par, width, height: MARK_HEIGHT.to_pt(), above: Pt(0.0) });
        let rows = vec![vec![Vec::new(), vec![boxed]]];
        Item::Columns(Columns { widths: vec![left, right], rows, breakable: false, above: Pt(0.0), below: Pt(0.0) })
    }
}

/// What a blank of the date may take beyond its room: LibreOffice sets no-break blanks in italics a third wider.
const BLANK_SPARE: Pt = Pt(8.0);

/// Gap between the bodies and the number line.
const HEAD_GAP: Pt = Pt(6.0);

/// A rule of a third to a half of the line above. Where the name has several lines, the length is lawful for the last
/// one and, as far as one length can be, for the longest too.
pub(super) fn short_rule(widths: &[Pt], below: Pt) -> Item {
    let last = widths.last().copied().unwrap_or_default();
    let longest = widths.iter().copied().fold(Pt(0.0), Pt::max);
    let middle = (SHORT_RULE[0] + SHORT_RULE[1]) / 2.0;
    let low = last.0.max(longest.0) * SHORT_RULE[0];
    let high = last.0.min(longest.0) * SHORT_RULE[1];
    let length = if low <= high { (low + high) / 2.0 } else { last.0 * SHORT_RULE[1] };
    let length = if widths.len() == 1 { last.0 * middle } else { length };
    Item::Rule(Rule { length: Pt(length), thickness: RULE_THICKNESS, above: RULE_GAP, below, keep_next: false })
}

/// Words before the name of a place of government.
const UNITS: [&str; 5] = ["TỈNH ", "THÀNH PHỐ ", "XÃ ", "PHƯỜNG ", "ĐẶC KHU "];

/// `ỦY BAN NHÂN DÂN / TỈNH …`: the name of a people's committee or council breaks before its unit (practice).
fn before_the_unit(mut runs: Vec<Run>) -> Vec<Run> {
    const BODIES: [&str; 4] = ["ỦY BAN NHÂN DÂN ", "UỶ BAN NHÂN DÂN ", "HỘI ĐỒNG NHÂN DÂN ", "VĂN PHÒNG HĐND VÀ UBND "];
    let Some(Run::Text(first)) = runs.first_mut() else { return runs };
    let Some(body) = BODIES.iter().find(|b| first.text.starts_with(**b)) else { return runs };
    let unit = first.text[body.len()..].to_owned();
    if !UNITS.iter().any(|u| unit.starts_with(u)) {
        return runs;
    }
    let mut rest = first.clone();
    first.text = body.trim_end().to_owned();
    rest.text = unit;
    runs.splice(1..1, [Run::Break, Run::Text(rest)]);
    runs
}

/// As it is written here: with a comma.
fn millimetres(length: Pt) -> String {
    format!("{:.1}", length.to_mm().0).replace('.', ",")
}
