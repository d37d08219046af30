//! What the tags of a template may name, with the values of one document.

use crate::decree30::phrases::{day, month};
use crate::document::{Document, Line};
use crate::draft::Part;
use crate::draft::parts::{GROUPS, Tag};
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
        // A công văn has no name of its type on paper.
        ("loai", Jinja::from(if d.loai.form.has_title() { d.loai.name } else { "" })),
        ("ngay", date),
        ("do_khan", Jinja::from(urgency)),
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
    merge_maps([jinja::from_entries(job.variables), parts(d), fields])
}

/// Each part that has a tag, by the words of its key: a list where it is one, else its lines one under the other.
fn parts(d: &Document) -> Jinja {
    let value = |tag: Tag, lines: &[Line]| {
        let texts: Vec<String> = lines.iter().map(Line::plain).collect();
        if matches!(tag, Tag::List(_)) { Jinja::from(texts) } else { Jinja::from(texts.join("\n")) }
    };
    merge_maps(GROUPS.map(|group| {
        let members = d.lines.rows().filter(|(row, _)| row.path().0 == group && row.tag != Tag::No);
        let lines = members.filter(|(row, _)| row.part != Part::Ngay);
        let all = Jinja::from_pairs(lines.map(|(row, lines)| (row.path().1, value(row.tag, lines))));
        group.map_or(all.clone(), |group| Jinja::from_pairs([(group, all)]))
    }))
}

impl<'d> Texts<'d> {
    pub(super) fn new(d: &'d Document) -> Self {
        Texts { by_text: d.lines.iter().map(|l| (l.plain(), l)).collect() }
    }

    /// Bytes of the longest line.
    pub(super) fn longest(&self) -> usize {
        self.by_text.keys().map(String::len).max().unwrap_or_default()
    }
}
