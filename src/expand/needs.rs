//! The variables that a plan's texts name: what its `bien`, a list of units or `--dat` must give.

use crate::draft::{Bang, BlockDraft, BlockKind, Cot, Draft, Node, SoCot, Text, Value};
use crate::jinja::{
    self,
    compare::{in_tags, occurrences},
};
use crate::source::{Source, Span};
use minijinja::Environment;
use std::collections::BTreeMap;

/// A variable that the plan uses.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    /// Its dotted name.
    pub name: String,
    /// Where it is used first in each text, in the order of the plan.
    pub places: Vec<Span>,
    /// The plan says what happens without it (`is defined`, `default`).
    pub optional: bool,
    /// The value of the plan's `bien` for it, or for a group that it is in; none where a text that needs it has no such value.
    pub default: Option<Value>,
}

/// All variables that a draft uses, in the order of their first use. Names made by `lap`, `{% for %}` and `{% set %}`
/// are not among them. A text that is no template names nothing: its fault is reported where it is expanded.
pub fn needs(draft: &Draft, source: &Source) -> Vec<Need> {
    let mut walk = Walk {
        source,
        env: jinja::environment(jinja::FUEL),
        scopes: Vec::new(),
        found: BTreeMap::new(),
        optional: BTreeMap::new(),
        bien: &draft.bien,
        defaults: BTreeMap::new(),
    };
    walk.draft(draft);
    let Walk { found, optional, defaults, .. } = walk;
    let mut out: Vec<Need> = found
        .into_iter()
        .map(|(name, mut places)| Need {
            optional: optional.get(&name).copied().unwrap_or_default(),
            default: defaults.get(&name).cloned().flatten(),
            name,
            places: {
                places.sort_by_key(|p| p.start);
                places
            },
        })
        .collect();
    out.sort_by_key(|n| n.places.first().map_or(usize::MAX, |p| p.start));
    out
}

/// The value of a dotted name. A part that is no group ends the way: `a.b` where `a` is a text is not there.
pub fn lookup<'v>(variables: &'v [(String, Value)], name: &str) -> Option<&'v Value> {
    let (head, tail) = name.split_once('.').map_or((name, None), |(h, t)| (h, Some(t)));
    let (_, value) = variables.iter().find(|(n, _)| n == head)?;
    match (tail, value) {
        (None, Value::Empty) => None,
        (None, value) => Some(value),
        (Some(tail), Value::Map(inner)) => lookup(inner, tail),
        (Some(_), _) => None,
    }
}

struct Walk<'s> {
    source: &'s Source,
    env: Environment<'static>,
    /// Names made by the loops around.
    scopes: Vec<String>,
    found: BTreeMap<String, Vec<Span>>,
    optional: BTreeMap<String, bool>,
    /// The `bien` of the file that is walked through.
    bien: &'s [(String, Value)],
    /// The values of the names found.
    defaults: BTreeMap<String, Option<Value>>,
}

impl<'s> Walk<'s> {
    fn draft(&mut self, d: &'s Draft) {
        self.texts(d.texts.iter());
        d.cac_ben.iter().chain(&d.cung_ky).for_each(|more| self.texts(more.iter()));
        self.nodes(&d.noi_dung);
        for attached in &d.kem_theo {
            let outer = self.bien;
            if attached.of_file.is_some() {
                self.bien = &attached.bien;
            }
            self.draft(attached);
            self.bien = outer;
        }
        for appendix in &d.phu_luc {
            appendix.tieu_de.iter().chain(&appendix.kem_theo).for_each(|t| self.text(t));
            self.nodes(&appendix.noi_dung);
        }
        d.ban_sao.iter().for_each(|copy| self.draft(copy));
    }

    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Outline(text) | Node::Paragraph(text) => self.text(text),
                Node::Block(block) => self.block(block),
            }
        }
    }

    fn block(&mut self, block: &BlockDraft) {
        self.within(block.lap.as_ref(), block.khi.as_ref(), |walk| {
            walk.texts(block.so.iter());
            match &block.kind {
                BlockKind::Level(_, text) => walk.text(text),
                BlockKind::Bang(table) => walk.table(table),
                BlockKind::Hinh(picture) => walk.texts([&picture.tep].into_iter().chain(&picture.tieu_de)),
                BlockKind::NgatTrang => {}
            }
            walk.nodes(&block.noi_dung);
        });
    }

    fn table(&mut self, table: &Bang) {
        self.texts(table.tieu_de.iter().chain(&table.don_vi_tinh).chain(&table.tu_tep));
        self.columns(&table.cot);
        if let SoCot::Chu(texts, _) = &table.so_cot {
            self.texts(texts);
        }
        for row in &table.hang {
            self.within(row.lap.as_ref(), row.khi.as_ref(), |walk| {
                walk.texts(row.o.iter().flat_map(|cell| &cell.noi_dung));
            });
        }
    }

    fn columns(&mut self, columns: &[Cot]) {
        for column in columns {
            self.text(&column.ten);
            self.columns(&column.cot);
        }
    }

    /// Visits something that `lap` repeats and `khi` keeps or leaves out.
    fn within(&mut self, lap: Option<&Text>, khi: Option<&Text>, inside: impl FnOnce(&mut Self)) {
        let looped = lap.and_then(|text| text.value.split_once(" in ").map(|(name, list)| (text, name, list)));
        if let Some((text, name, list)) = looped {
            self.expression(text, list);
            self.scopes.push(name.trim().to_owned());
        }
        if let Some(khi) = khi {
            self.expression(khi, &khi.value);
        }
        inside(self);
        if looped.is_some() {
            self.scopes.pop();
        }
    }

    fn texts<'t>(&mut self, texts: impl IntoIterator<Item = &'t Text>) {
        texts.into_iter().for_each(|t| self.text(t));
    }

    fn text(&mut self, text: &Text) {
        if !text.value.contains("{{") && !text.value.contains("{%") {
            return;
        }
        let names = self.env.template_from_str(&text.value).map(|t| t.undeclared_variables(true));
        self.note(text, names.unwrap_or_default(), |name| in_tags(&text.value, name).collect());
    }

    fn expression(&mut self, text: &Text, expression: &str) {
        let names = self.env.compile_expression(expression).map(|e| e.undeclared_variables(true));
        self.note(text, names.unwrap_or_default(), |name| occurrences(&text.value, name).collect());
    }

    /// Notes names; `find` tells where one stands in the text.
    fn note(&mut self, text: &Text, names: impl IntoIterator<Item = String>, find: impl Fn(&str) -> Vec<usize>) {
        for name in names {
            let head = name.split('.').next().unwrap_or_default();
            // A function of the language (`range`) is no variable.
            if self.scopes.iter().any(|s| s == head) || self.env.globals().any(|(global, _)| global == head) {
                continue;
            }
            let places = find(&name);
            let at = places.first().copied().unwrap_or(0);
            let start = self.source.place_in_scalar(text.span, &text.value, at).start;
            let end = self.source.place_in_scalar(text.span, &text.value, at + name.len().saturating_sub(1)).end;
            let guarded = places.iter().any(|i| is_guarded(&text.value[i + name.len()..]));
            // In each text for itself: what one text guards, another may need.
            let optional = self.optional.entry(name.clone()).or_insert(true);
            *optional &= guarded;
            let here = lookup(self.bien, &name).cloned();
            self.defaults
                .entry(name.clone())
                .and_modify(|d| *d = d.take().filter(|_| here.is_some()))
                .or_insert(here.clone());
            self.found.entry(name).or_default().push(Span::new(start, end));
        }
    }
}

/// Whether what follows a name says what happens without it.
fn is_guarded(rest: &str) -> bool {
    let rest = rest.trim_start();
    let words: Vec<&str> =
        rest.split(|c: char| c.is_whitespace() || c == '%' || c == '}').filter(|w| !w.is_empty()).take(3).collect();
    matches!(words.as_slice(), ["is", "defined" | "undefined", ..] | ["is", "not", "defined" | "undefined"])
        || rest.strip_prefix('|').is_some_and(|filter| {
            let filter = filter.trim_start();
            filter.starts_with("default") || filter.starts_with("d(")
        })
}
