//! What a batch has to do: the plan, the units, their names, what all of them share.

use super::names::{Naming, label, proposal, refuse_clashes, usual};
use super::record::{Fingerprint, Record, Trouble, hex};
use super::shard::Shard;
use crate::check::settings::Settings;
use crate::diagnostic::{Diagnostic, code};
use crate::draft::Value;
use crate::expand::needs::{Need, lookup, needs};
use crate::expand::set_all;
use crate::jinja::{self, compare};
use crate::pipeline::{Digest, Folder, Plan, Studio};
use crate::read::units::{Column, Own, Unit, Units};
use crate::source::Source;
use crate::write::{Write, Writer};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// The form of records: a change of what goes into them makes everything anew.
const FORM: u32 = 2;

/// Stack of a worker: layout recurses.
pub const STACK: usize = 16 << 20;

/// Choices of the user that change what is written or judged.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Variables of `--dat`, under those of the rows.
    pub variables: Vec<(String, Value)>,
    /// Warnings are errors.
    pub strict: bool,
    /// Words are proven.
    pub prove: bool,
    /// Make everything anew, and write over files that were changed by hand.
    pub force: bool,
    /// Texts that are issued with a document are files of their own.
    pub apart: bool,
    /// Only units for which this expression is true.
    pub only: Option<String>,
    /// Only this part of the list.
    pub shard: Option<Shard>,
    /// The template of names.
    pub name: Option<String>,
}

/// What a command read, for a batch.
pub struct Inputs {
    /// The plan.
    pub plan: Plan,
    /// SHA-256 of the plan's file.
    pub plan_digest: Digest,
    /// The plan's folder.
    pub folder: Folder,
    /// The list.
    pub units: Arc<Units>,
    /// The text of a YAML or JSON list.
    pub list_source: Option<Source>,
    /// The list's folder.
    pub list_folder: Folder,
    /// SHA-256 of the list's file.
    pub list_digest: Digest,
    /// Engine, fonts, templates.
    pub studio: Arc<Studio>,
    /// The formats.
    pub writers: Vec<&'static Writer>,
    /// The office's own rules of checking.
    pub rules: Settings,
    /// The choices.
    pub options: Options,
}

/// What a batch has to do.
pub struct Work {
    /// What it was made from.
    pub inputs: Inputs,
    /// The variables that the plan names.
    pub needs: Vec<Need>,
    /// What was told of the list and the plan as a whole: rows left out, columns that nothing uses.
    pub told: Vec<Trouble>,
    /// The units to do, as indices of the list, in its order.
    pub chosen: Vec<usize>,
    /// The name of each unit of the list.
    pub names: Vec<Result<String, Diagnostic>>,
    /// The variables that names are made from.
    pub name_variables: Vec<String>,
    /// The variables that tell a unit from others.
    label_variables: Vec<String>,
    /// What all units are made from.
    shared: Fingerprint,
}

impl Work {
    /// Sees what there is to do. Names are made for the whole list, so that the parts of a list cannot clash.
    pub fn new(inputs: Inputs) -> Result<Self, Diagnostic> {
        let source = inputs.plan.source();
        let shared = Fingerprint {
            program: format!("{} {FORM}", env!("CARGO_PKG_VERSION")),
            plan: short(&Sha256::digest(&source.text).into()),
            templates: short(&inputs.studio.templates_digest()?),
            fonts: short(&inputs.studio.fonts_digest()),
            options: {
                let Options { prove, strict, apart, .. } = inputs.options;
                format!("{}{}{}", u8::from(prove), u8::from(strict), if apart { "t" } else { "" })
            },
            ..Fingerprint::default()
        };
        let mut needs = inputs.plan.draft().map(|d| needs(d, source)).unwrap_or_default();
        if inputs.writers.iter().any(|w| matches!(w.write, Write::Word(_))) {
            for name in inputs.studio.word()?.variables() {
                if !needs.iter().any(|n| n.name == name) {
                    let default = inputs.plan.draft().and_then(|d| lookup(&d.bien, &name).cloned());
                    needs.push(Need { name, places: Vec::new(), optional: false, default });
                }
            }
        }
        let label_variables = usual(&inputs.units, &needs);
        let naming = Naming::new(inputs.options.name.as_deref(), &label_variables)?;
        let name_variables = naming.variables();
        let mut work = Work {
            inputs,
            needs,
            told: Vec::new(),
            chosen: Vec::new(),
            names: Vec::new(),
            name_variables,
            label_variables,
            shared,
        };
        let units = &work.inputs.units.units;
        let rows: Vec<usize> = units.iter().map(|u| u.line).collect();
        let mut names: Vec<_> = units.iter().map(|u| naming.name(&work.all_variables(u))).collect();
        let apart = work.inputs.options.apart;
        refuse_clashes(&rows, &mut names, apart, || proposal(&work.inputs.units, &work.label_variables, &work.needs));
        work.names = names;
        work.chosen = work.choose()?;
        Ok(work)
    }

    /// The units for which `--only` holds, or the part of them that is this machine's.
    fn choose(&self) -> Result<Vec<usize>, Diagnostic> {
        let all = match &self.inputs.options.only {
            None => (0..self.inputs.units.units.len()).collect(),
            Some(only) => self.only(only)?,
        };
        let range = self.inputs.options.shard.map_or(0..all.len(), |s| s.range(all.len()));
        Ok(all.get(range).unwrap_or_default().to_vec())
    }

    fn only(&self, only: &str) -> Result<Vec<usize>, Diagnostic> {
        let wrong = |what: &str| {
            Diagnostic::general(&code::THAM_SO_SAI, format!("Điều kiện --only “{only}” {what}."))
                .hint("Ví dụ: --only 'don_vi.loai == \"phường\"', --only 'chi_tieu.ho_so | int > 10000'")
        };
        let mut env = jinja::environment(jinja::FUEL);
        // A value that a unit does not have is none, not a fault: `loai != "xã"` holds where there is no `loai`.
        env.set_undefined_behavior(minijinja::UndefinedBehavior::Chainable);
        let condition = env.compile_expression(only).map_err(|_| wrong("viết sai"))?;
        let compared: Vec<&Column> =
            self.inputs.units.columns.iter().filter(|c| compare::compared(only, &c.name).is_some()).collect();
        let mut out = Vec::new();
        for (index, unit) in self.inputs.units.units.iter().enumerate() {
            for (name, value) in &unit.variables {
                if let Value::Text(text) = value
                    && compared.iter().any(|c| c.name == *name)
                {
                    let what = format!(
                        "so sánh “{name}” với một số, mà dòng {} có “{text}” là chữ; viết {name} | int",
                        unit.line
                    );
                    return Err(wrong(&what));
                }
            }
            let variables = jinja::from_entries(&self.all_variables(unit));
            if condition.eval(variables).map_err(|_| wrong("không tính được"))?.is_true() {
                out.push(index);
            }
        }
        if out.is_empty() { Err(wrong("không chọn được đơn vị nào")) } else { Ok(out) }
    }

    /// What a unit and `--dat` set on top of the plan's `bien`.
    pub fn on_top(&self, unit: &Unit) -> Vec<(String, Value)> {
        self.inputs.options.variables.iter().chain(&unit.variables).cloned().collect()
    }

    /// The plan's variables with the unit's on top.
    fn all_variables(&self, unit: &Unit) -> Vec<(String, Value)> {
        let mut all = Vec::new();
        // The plan's own defaults may not name a unit: all units would get the same name.
        for (name, value) in self.inputs.plan.draft().iter().flat_map(|d| &d.bien) {
            if !self.inputs.units.columns.iter().any(|c| c.name.split('.').next() == Some(name)) {
                all.push((name.clone(), value.clone()));
            }
        }
        set_all(&mut all, self.on_top(unit));
        all
    }

    /// A record of a unit of which nothing is known but its row.
    pub fn blank(&self, index: usize) -> Record {
        let Some(unit) = self.inputs.units.units.get(index) else { return Record::default() };
        Record {
            row: unit.line,
            unit: label(&self.all_variables(unit), &self.label_variables),
            name: self.names.get(index).and_then(|n| n.as_ref().ok()).cloned().unwrap_or_default(),
            ..Record::default()
        }
    }

    /// What a unit's documents would be made from, but for the files that the plan names.
    pub fn fingerprint(&self, unit: &Unit, own: &str) -> Fingerprint {
        let mut sum = Sha256::new();
        // By name: columns that change places change nothing.
        let mut given = self.on_top(unit);
        given.sort_by(|(a, _), (b, _)| a.cmp(b));
        for (name, value) in given {
            field(&mut sum, name.as_bytes());
            feed(&mut sum, &value);
        }
        let own = if own.is_empty() { String::new() } else { short(&Sha256::digest(own).into()) };
        Fingerprint { row: short(&sum.finalize().into()), own, ..self.shared.clone() }
    }

    /// The columns of the list whose values stand at a place of the plan; or else, with `near`, the one whose value
    /// stands before it in its line, since a fault of a filter is told at the filter.
    pub fn columns_at(&self, start: usize, end: usize, near: bool) -> Vec<&Column> {
        let touches = |need: &&Need| need.places.iter().any(|p| p.start < end.max(start + 1) && start < p.end);
        let exactly =
            self.needs.iter().filter(touches).filter_map(|n| self.column(&n.name)).take(3).collect::<Vec<_>>();
        if !exactly.is_empty() || !near {
            return exactly;
        }
        let text = self.inputs.plan.source().text.as_bytes();
        let line = text.iter().take(start).rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
        let before = |need: &Need| need.places.iter().map(|p| p.end).filter(|e| (line..=start).contains(e)).max();
        let nearest = self.needs.iter().filter_map(|n| Some((before(n)?, n))).max_by_key(|(end, _)| *end);
        nearest.and_then(|(_, need)| self.column(&need.name)).into_iter().collect()
    }

    /// The column that gives a variable, or a part of it.
    pub fn column(&self, name: &str) -> Option<&Column> {
        let under = |c: &&Column| c.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
        self.inputs
            .units
            .columns
            .iter()
            .find(|c| c.name == name)
            .or_else(|| self.inputs.units.columns.iter().find(under))
    }

    /// Whether some unit has fields of the plan of its own.
    pub fn has_overrides(&self) -> bool {
        self.inputs.units.units.iter().any(|u| !matches!(u.own, Own::Nothing))
    }
}

/// Half of a digest: enough to tell changes apart.
pub fn short(digest: &Digest) -> String {
    hex(&digest[..16])
}

fn field(sum: &mut Sha256, bytes: &[u8]) {
    sum.update((bytes.len() as u64).to_le_bytes());
    sum.update(bytes);
}

fn feed(sum: &mut Sha256, value: &Value) {
    match value {
        Value::Empty => sum.update(b"e"),
        Value::Text(text) => {
            sum.update(b"t");
            field(sum, text.as_bytes());
        }
        Value::Integer(n) => {
            sum.update(b"i");
            sum.update(n.to_le_bytes());
        }
        Value::Decimal(n) => {
            sum.update(b"d");
            sum.update(n.to_le_bytes());
        }
        Value::Bool(b) => sum.update([b'b', u8::from(*b)]),
        Value::List(items) => {
            sum.update(b"[");
            items.iter().for_each(|v| feed(sum, v));
            sum.update(b"]");
        }
        Value::Map(entries) => {
            sum.update(b"{");
            for (name, value) in entries {
                field(sum, name.as_bytes());
                feed(sum, value);
            }
            sum.update(b"}");
        }
    }
}
