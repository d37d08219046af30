//! A Word file → a template that can be filled: parts with tags become minijinja templates.

use super::complete::{add_notes, add_theme, largest, largest_id, prepare_types, styles_of, take_section};
use super::names;
use super::refuse::refused;
use super::scan::{Scanned, scan};
use super::standing::Standing;
use super::tags::{Kind, Scope, straighten};
use super::{BUILT_END, BUILT_START, DELIMITERS, FIELD, MARK_END, MARK_START, Place, StyleIds, fault};
use crate::decree30::style::Component;
use crate::diagnostic::{Diagnostic, code};
use crate::jinja::{self, exact, printable};
use crate::ooxml::package::{Package, Refusal, TYPES};
use crate::ooxml::xml::{Element, escape, part};
use crate::sheet::StyleSheet;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value as Jinja;
use minijinja::{Environment, Error};
use sha2::{Digest as _, Sha256};
use std::ops::Range;
use std::sync::{Arc, Mutex};

/// Steps that the tags of a part may run.
pub(super) const FUEL: u64 = 2_000_000;

/// Most faults reported of one file: a person mends the first ones and looks again.
const MAX_FAULTS: usize = 50;

/// A packed file, the house style for which it was made, and whether it has empty headers for appendices.
pub(super) type Base = (StyleSheet, bool, Arc<Vec<u8>>);

/// Where the code of a tag stands in the compiled text of its part, and the number of its place.
pub(super) type TagRange = (Range<usize>, usize);

/// A Word file ready to be filled.
pub struct WordTemplate {
    /// The parts that are the same in every document.
    pub(super) package: Package,
    /// Name of the main part.
    pub(super) main: String,
    /// The parts with tags: name, and where the tags stand in its compiled text.
    pub(super) tagged: Vec<(String, Vec<TagRange>)>,
    pub(super) places: Vec<Place>,
    pub(super) env: Environment<'static>,
    /// The page setup of the last section.
    pub(super) section: Element,
    pub(super) ids: StyleIds,
    /// `word/styles.xml` or what the file calls it.
    pub(super) styles: (String, Element),
    /// Name of the footnotes' part.
    pub(super) notes: String,
    pub(super) first_note: usize,
    pub(super) first_id: u32,
    /// Whether a user brought it: then the words around the tags are theirs.
    pub(super) own: bool,
    /// All tags as typed, for the bound on memory.
    pub(super) code: String,
    /// Whether tags repeat something.
    pub(super) repeats: bool,
    /// SHA-256 of the file that it was read from.
    pub(super) digest: [u8; 32],
    /// Packed files without the parts that differ from document to document, by house style.
    pub(super) bases: Mutex<Vec<Base>>,
    /// One of them with the parts of the last document that the next may have as well.
    pub(super) standing: Standing,
}

impl WordTemplate {
    /// Reads and compiles a file. All faults are reported.
    pub fn new(bytes: &[u8], own: bool) -> Result<Self, Vec<Diagnostic>> {
        Self::read(bytes, own).map_err(|refusal| vec![refused(refusal)])?
    }

    /// The template that ships with the program.
    pub fn built_in() -> Result<Self, Vec<Diagnostic>> {
        Self::new(BUILT_IN, false)
    }

    fn read(bytes: &[u8], own: bool) -> Result<Result<Self, Vec<Diagnostic>>, Refusal> {
        let Scanned { mut package, main, mut types, mut trees, places, mut faults } = scan(bytes)?;
        let section = take_section(&mut trees)?;
        add_theme(&mut package, &main, &mut types)?;
        let (styles_name, mut styles) = styles_of(&mut package, &main, &mut types)?;
        let ids = StyleIds::merge(&mut styles, own);
        let notes = match package.related(&main, "footnotes")? {
            Some(name) => name,
            None => add_notes(&mut package, &main, &mut types, &mut trees, ids.component(Component::ChuThich))?,
        };
        let first_note = largest(&trees, &notes, "w:id").max(0) as usize + 1;
        let first_id = largest_id(&trees);
        prepare_types(&mut types);
        package.set(TYPES, part(&types));
        let mut template = WordTemplate {
            main,
            tagged: Vec::new(),
            env: environment(),
            section,
            ids,
            styles: (styles_name, styles),
            notes,
            first_note,
            first_id,
            own,
            code: places.iter().map(|p: &Place| straighten(&p.tag.typed)).collect(),
            repeats: places.iter().any(|p| p.tag.word() == "for"),
            digest: Sha256::digest(bytes).into(),
            bases: Mutex::new(Vec::new()),
            standing: Standing::default(),
            package,
            places,
        };
        template.check_tags(&mut faults);
        let compiled = faults.is_empty();
        for (name, root) in trees {
            template.compile(name, &root, compiled, &mut faults);
        }
        faults.truncate(MAX_FAULTS);
        Ok(if faults.is_empty() { Ok(template) } else { Err(faults) })
    }

    /// Name of the main part.
    pub fn main_part(&self) -> &str {
        &self.main
    }

    /// Name of the footnotes' part.
    pub fn notes_part(&self) -> &str {
        &self.notes
    }

    /// Whether a user brought it.
    pub fn is_own(&self) -> bool {
        self.own
    }

    /// SHA-256 of the file that the template was read from.
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// Whether a tag prints a zone.
    pub fn prints(&self, zone: &str) -> bool {
        self.places.iter().any(|p| p.tag.kind == Kind::Print && p.tag.expression() == zone)
    }

    /// Whether a tag names this, or a part of it.
    pub fn names(&self, name: &str) -> bool {
        self.code
            .split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.')))
            .any(|w| w == name || w.strip_prefix(name).is_some_and(|r| r.starts_with('.')))
    }

    fn compile(&mut self, name: String, root: &Element, clean: bool, faults: &mut Vec<Diagnostic>) {
        let tree = String::from_utf8(part(root)).unwrap_or_default();
        // The body and the notes are filled even when they hold no tag.
        if !tree.contains(MARK_START) && name != self.main && name != self.notes {
            self.package.set(&name, tree.into_bytes());
            return;
        }
        let mut text = String::with_capacity(tree.len());
        let mut ranges = Vec::new();
        let mut rest = tree.as_str();
        while let Some(at) = rest.find(MARK_START) {
            text.push_str(&rest[..at]);
            rest = &rest[at + MARK_START.len_utf8()..];
            let Some(end) = rest.find(MARK_END) else { break };
            if let Some(place) = rest[..end].parse::<usize>().ok().filter(|i| *i < self.places.len()) {
                let from = text.len();
                text.push_str(&self.tag_code(place));
                ranges.push((from..text.len(), place));
            }
            rest = &rest[end + MARK_END.len_utf8()..];
        }
        text.push_str(rest);
        if clean && let Err(error) = self.env.add_template_owned(name.clone(), text) {
            let place = error.range().and_then(|r| place_of(&ranges, &r)).and_then(|i| self.places.get(i));
            faults.push(match place {
                Some(place) => fault(place, "viết sai.", "Kiểm tra thẻ này và các thẻ quanh nó."),
                None => Diagnostic::general(
                    &code::THE_WORD_SAI,
                    format!("Mẫu Word, {}: các thẻ ghép lại không đọc được.", super::part_name(&name)),
                )
                .hint("Kiểm tra từng thẻ mở và thẻ đóng."),
            });
        }
        self.package.remove(&name);
        self.tagged.push((name, ranges));
    }

    /// The code of a tag in the compiled template.
    fn tag_code(&self, index: usize) -> String {
        let tag = &self.places[index].tag;
        let [var_open, var_close, block_open, block_close, ..] = DELIMITERS;
        let (expression, _) = exact::expression(tag.expression());
        let expression = expression.as_str();
        let code = match (tag.kind, tag.scope) {
            (Kind::Comment, _) => return String::new(),
            (Kind::Block, _) => return format!("{block_open}{}{block_close}", exact::expression(&tag.inner).0),
            (Kind::Print, Scope::Paragraph) if names::is_zone(expression) => format!("__vung(\"{expression}\")"),
            (Kind::Print, Scope::Paragraph) if names::is_entry(expression) => {
                format!("__cho_rieng(\"{expression}\", {index})")
            }
            (Kind::Print, Scope::Paragraph) => format!("__doan({expression}, {index})"),
            (Kind::Print, Scope::Run) if names::is_entry(expression) => format!("__cho(\"{expression}\", {index})"),
            (Kind::Print, Scope::Run) => format!("__mach({expression}, {index})"),
            (Kind::Print, _) => expression.to_owned(),
        };
        format!("{var_open} {code} {var_close}")
    }

    /// The place of a run-time error.
    pub(super) fn place_in(&self, part: &str, range: &Range<usize>) -> Option<&Place> {
        let (_, ranges) = self.tagged.iter().find(|(n, _)| n == part)?;
        place_of(ranges, range).and_then(|i| self.places.get(i))
    }
}

/// The file that ships with the program.
pub static BUILT_IN: &[u8] = include_bytes!("../../../../templates/docx/van-ban.docx");

fn place_of(ranges: &[TagRange], range: &Range<usize>) -> Option<usize> {
    ranges.iter().find(|(r, _)| r.start <= range.start && range.start < r.end).map(|(_, place)| *place)
}

/// The mark of something that is built after printing. Only our own functions make one: nothing that a template or a
/// plan says is ever taken for it.
#[derive(Debug)]
struct Built(String);

impl minijinja::value::Object for Built {}

/// The environment of the compiled parts.
fn environment() -> Environment<'static> {
    let mut env = jinja::environment(FUEL);
    let [a, b, c, d, e, f] = DELIMITERS;
    if let Ok(syntax) =
        SyntaxConfig::builder().variable_delimiters(a, b).block_delimiters(c, d).comment_delimiters(e, f).build()
    {
        env.set_syntax(syntax);
    }
    env.set_formatter(|out, _, value| {
        if let Some(built) = value.downcast_object_ref::<Built>() {
            return out.write_str(&built.0).map_err(Error::from);
        }
        let text = printed(value)?;
        let mut first = true;
        for line in text.split('\n') {
            if !first {
                out.write_str("</w:t><w:br/><w:t xml:space=\"preserve\">").map_err(Error::from)?;
            }
            first = false;
            out.write_str(&escape(line)).map_err(Error::from)?;
        }
        Ok(())
    });
    let built = |kind: char, fields: &[String]| {
        Jinja::from_object(Built(format!("{BUILT_START}{kind}{}{BUILT_END}", fields.join(&FIELD.to_string()))))
    };
    env.add_function("__vung", move |name: String| built('Z', &[name]));
    env.add_function("__cho", move |name: String, place: usize| built('E', &[place.to_string(), name]));
    env.add_function("__cho_rieng", move |name: String, place: usize| built('Q', &[place.to_string(), name]));
    env.add_function("__mach", move |value: Jinja, place: usize| -> Result<Jinja, Error> {
        Ok(built('R', &[place.to_string(), printed(&value)?]))
    });
    env.add_function("__doan", move |value: Jinja, place: usize| -> Result<Jinja, Error> {
        let mut fields = vec![place.to_string()];
        if matches!(value.kind(), minijinja::value::ValueKind::Seq | minijinja::value::ValueKind::Iterable) {
            for item in value.try_iter()? {
                fields.push(printed(&item)?);
            }
        } else {
            fields.push(printed(&value)?);
        }
        Ok(built('P', &fields))
    });
    env
}

/// What a value prints as; what XML does not know and what the marks are made of is no text at all.
fn printed(value: &Jinja) -> Result<String, Error> {
    Ok(printable(value)?.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " "))
}
