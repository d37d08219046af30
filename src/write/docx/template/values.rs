//! What the tags of a template may name, with the values of one document.

use crate::decree30::phrases::{day, month};
use crate::document::{Document, Line};
use crate::jinja;
use crate::write::Job;
use minijinja::value::{Value as Jinja, merge_maps};
use std::collections::HashMap;

/// The lines of a document by their plain text, so that `{{r x }}` finds the faces of what it prints.
pub(super) struct Texts<'d> {
    pub(super) by_text: HashMap<String, &'d Line>,
}

/// What the tags may name.
pub(super) fn context(job: &Job<'_>) -> Jinja {
    let d = job.document;
    let sheet = job.sheet;
    let text = |line: &Line| Jinja::from(line.plain());
    let optional = |line: &Option<Line>| Jinja::from(line.as_ref().map(Line::plain).unwrap_or_default());
    let joined = |lines: &[Line]| Jinja::from(lines.iter().map(Line::plain).collect::<Vec<_>>().join("\n"));
    let list = |lines: &[Line]| Jinja::from(lines.iter().map(Line::plain).collect::<Vec<_>>());
    let urgency = d.do_khan.map_or("", |u| u.words());
    let number = |n: Option<u32>, f: fn(u32) -> String| n.map(f).unwrap_or_default();
    let date = Jinja::from_pairs([
        ("ngay", Jinja::from(number(d.ngay.day, day))),
        ("thang", Jinja::from(number(d.ngay.month, month))),
        ("nam", Jinja::from(d.ngay.year.map(|y| y.to_string()).unwrap_or_default())),
    ]);
    let main = sheet.sections.first();
    let has = |yes: bool| Jinja::from(yes);
    let fields = Jinja::from_pairs([
        ("loai", Jinja::from(d.loai.name)),
        ("co_quan", Jinja::from_pairs([("chu_quan", joined(&d.chu_quan)), ("ten", joined(&d.co_quan))])),
        ("so", optional(&d.so)),
        ("ky_hieu", text(&d.ky_hieu)),
        ("dia_danh", text(&d.dia_danh)),
        ("ngay", date),
        ("trich_yeu", text(&d.trich_yeu)),
        ("kinh_gui", list(&d.kinh_gui)),
        ("can_cu", list(&d.can_cu)),
        ("mo_dau", list(&d.mo_dau)),
        ("ket", list(&d.ket)),
        ("noi_nhan", list(&d.noi_nhan)),
        (
            "ky",
            Jinja::from_pairs([
                ("quyen_han", list(&d.quyen_han)),
                ("chuc_vu", text(&d.chuc_vu)),
                ("ho_ten", optional(&d.ho_ten)),
            ]),
        ),
        ("do_khan", Jinja::from(urgency)),
        ("luu_hanh", optional(&d.luu_hanh)),
        ("nguoi_soan", optional(&d.nguoi_soan)),
        ("dia_chi", list(&d.dia_chi)),
        ("dau_van_ban", has(true)),
        ("quoc_hieu", has(true)),
        ("ten_van_ban", has(true)),
        ("noi_dung", has(true)),
        ("cuoi_van_ban", has(true)),
        ("phu_luc", has(sheet.sections.len() > 1)),
        ("dau_trang", has(main.is_some_and(|s| !s.top.is_empty()))),
        ("chan_trang", has(main.is_some_and(|s| !s.foot.is_empty()))),
    ]);
    // The plan's own fields win over variables of the same name.
    merge_maps([jinja::from_entries(job.variables), fields])
}

impl<'d> Texts<'d> {
    pub(super) fn new(d: &'d Document) -> Self {
        let all = d
            .chu_quan
            .iter()
            .chain(&d.co_quan)
            .chain([&d.ky_hieu, &d.dia_danh, &d.trich_yeu, &d.chuc_vu])
            .chain(&d.kinh_gui)
            .chain(&d.can_cu)
            .chain(&d.mo_dau)
            .chain(&d.ket)
            .chain(&d.noi_nhan)
            .chain(&d.quyen_han)
            .chain(&d.ho_ten)
            .chain(&d.luu_hanh)
            .chain(&d.nguoi_soan)
            .chain(&d.dia_chi);
        Texts { by_text: all.map(|l| (l.plain(), l)).collect() }
    }

    /// Bytes of the longest line.
    pub(super) fn longest(&self) -> usize {
        self.by_text.keys().map(String::len).max().unwrap_or_default()
    }
}
