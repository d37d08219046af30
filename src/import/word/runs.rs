//! The letters of a paragraph: fields by their results, changes as accepted, links, notes, symbols.

use super::alternatives::chosen;
use super::fields::Field;
use super::layout::UNSAID_SIZE;
use super::styles::Look;
use super::{MAX_NESTING, Reader};
use super::{formula, symbols};
use crate::import::scripts::{Script, placed};
use crate::import::stream::{Picture, Piece, Run};
use crate::ooxml::xml::Element;

/// What a paragraph's children gave.
#[derive(Debug, Default)]
pub(super) struct Letters {
    pub runs: Vec<Run>,
    /// Text boxes that hang on it.
    pub boxes: Vec<Piece>,
    /// Pictures in it, by name.
    pub pictures: Vec<Picture>,
    /// A page ends above its letters.
    pub begins: bool,
    /// Its largest letters, in half-points; 0 without letters.
    pub size: u32,
    /// Before which runs a page begins, where letters stand on both sides.
    pub cuts: Vec<usize>,
    /// Where the link around the runs leads.
    link: Option<String>,
    /// Open fields.
    fields: Vec<Field>,
}

impl Letters {
    pub fn has_text(&self) -> bool {
        self.runs.iter().any(|r| !r.text.trim().is_empty() || r.note.is_some())
    }

    /// Whether letters are instructions of a field.
    fn is_instruction(&self) -> bool {
        self.fields.iter().any(|field| !field.result)
    }
}

impl Reader<'_> {
    /// Reads what stands in a paragraph, a link or an accepted change.
    pub(super) fn letters(&mut self, parent: &Element, look: &Look, out: &mut Letters) {
        if self.depth >= MAX_NESTING {
            return;
        }
        self.depth += 1;
        for e in parent.elements() {
            match e.name.as_str() {
                "w:r" => self.run(e, look, out),
                "w:hyperlink" => {
                    let target = e.get("r:id").and_then(|id| self.relations.get(id)).filter(|r| r.external);
                    let outer = std::mem::replace(&mut out.link, target.map(|r| r.target.clone()));
                    self.letters(e, look, out);
                    out.link = outer;
                }
                "w:del" | "w:moveFrom" => {
                    let mut gone = Letters::default();
                    let outer = std::mem::replace(&mut self.silent, true);
                    self.letters(e, look, &mut gone);
                    self.silent = outer;
                    let words: String = gone.runs.iter().map(|r| r.text.as_str()).collect();
                    self.leave_out(words, DELETED);
                }
                "w:sdt" => {
                    if let Some(content) = e.child("w:sdtContent") {
                        self.letters(content, look, out);
                    }
                }
                "w:ins" | "w:moveTo" | "w:smartTag" | "w:fldSimple" | "w:customXml" | "w:dir" | "w:bdo" => {
                    self.letters(e, look, out);
                }
                "m:oMath" | "m:oMathPara" => out.runs.push(self.formula(e)),
                _ => {}
            }
        }
        self.depth -= 1;
    }

    /// A formula on one line; what was deleted in it is left out.
    pub(super) fn formula(&mut self, e: &Element) -> Run {
        let mut deleted = Vec::new();
        let text = formula::on_one_line(e, &mut deleted);
        deleted.into_iter().for_each(|words| self.leave_out(words, DELETED));
        self.out.unsure.push(format!("công thức của tệp Word viết trên một dòng: “{}”", in_short(&text)));
        Run { text, ..Run::default() }
    }

    fn run(&mut self, e: &Element, look: &Look, out: &mut Letters) {
        let look = self.styles.run(look, e.child("w:rPr"));
        let bold_face = look.font.as_deref().is_some_and(|f| f.to_lowercase().ends_with(" bold"));
        let mut run = Run {
            text: String::new(),
            bold: look.bold.unwrap_or(false) || bold_face,
            italic: look.italic.unwrap_or(false),
            underline: look.underline.unwrap_or(false),
            link: out.link.clone(),
            note: None,
        };
        // What was begun in another run begins before this one.
        out.fields.iter_mut().for_each(|field| field.start = 0);
        for child in e.elements() {
            match child.name.as_str() {
                "w:fldChar" => self.field_mark(child, &mut run, out),
                "w:instrText" => {
                    out.fields.iter_mut().rev().take(1).for_each(|f| f.instruction.push_str(&child.text()));
                }
                _ if out.is_instruction() => {}
                "w:t" | "w:delText" => run.text.push_str(&child.text()),
                "w:tab" | "w:ptab" => run.text.push('\t'),
                "w:br" if child.get("w:type") == Some("page") => {
                    self.finish(run.part(), &look, out);
                    if out.has_text() {
                        out.cuts.push(out.runs.len());
                    } else {
                        out.begins = true;
                    }
                }
                "w:br" | "w:cr" => run.text.push('\n'),
                "w:noBreakHyphen" => run.text.push('-'),
                "w:sym" => run.text.push_str(&symbols::letter(child.get("w:font"), child.get("w:char"))),
                "w:footnoteReference" | "w:endnoteReference" => {
                    let mark = if child.name == "w:footnoteReference" { 'f' } else { 'e' };
                    if let Some(note) = child.get("w:id").and_then(|id| self.note(&format!("{mark}{id}"))) {
                        self.finish(run.part(), &look, out);
                        out.runs.push(Run { note: Some(note), ..Run::default() });
                    }
                }
                "w:ruby" => run.text = self.ruby(child, run.part(), &look, out),
                "mc:AlternateContent" => {
                    // Letters may have alternatives too: emoji are written so.
                    let letters = chosen(child).into_iter().flat_map(|c| c.elements());
                    letters.filter(|e| e.name == "w:t").for_each(|t| run.text.push_str(&t.text()));
                    self.drawing(child, out);
                }
                "w:drawing" | "w:pict" | "w:object" => self.drawing(child, out),
                _ => {}
            }
        }
        self.finish(run, &look, out);
    }

    /// The begin, the middle or the end of a field.
    fn field_mark(&mut self, e: &Element, run: &mut Run, out: &mut Letters) {
        match e.get("w:fldCharType") {
            Some("begin") => out.fields.push(Field::begun(e, run.text.len())),
            Some("separate") => out.fields.iter_mut().rev().take(1).for_each(|f| f.result = true),
            Some("end") => {
                let new = |f: &Field| run.text.get(f.start..).is_some_and(|text| !text.trim().is_empty());
                let shown = out.fields.pop().filter(|f| !f.shown && !new(f) && !out.is_instruction());
                run.text.push_str(&shown.map(|f| self.field(&f)).unwrap_or_default());
            }
            _ => {}
        }
    }

    /// Letters with their reading above them, which comes back to stand behind them, in brackets.
    fn ruby(&mut self, e: &Element, before: Run, look: &Look, out: &mut Letters) -> String {
        self.finish(before, look, out);
        e.child("w:rubyBase").into_iter().for_each(|base| self.letters(base, look, out));
        let mut reading = Letters::default();
        e.child("w:rt").into_iter().for_each(|above| self.letters(above, look, &mut reading));
        let above: String = reading.runs.iter().map(|r| r.text.as_str()).collect();
        if above.is_empty() { above } else { format!(" ({above})") }
    }

    /// Adds letters as they are shown.
    fn finish(&mut self, mut run: Run, look: &Look, out: &mut Letters) {
        run.text = self.pages.unicode(&run.text, look.font.as_deref());
        run.text = symbols::shown(&run.text, look.font.as_deref());
        self.place(&mut run.text, look);
        if look.caps == Some(true) {
            run.text = run.text.to_uppercase();
        }
        if look.hidden == Some(true) {
            self.leave_out(run.text, "chữ ẩn trong tệp Word");
        } else if !run.text.is_empty() {
            out.fields.iter_mut().for_each(|field| field.shown = true);
            out.size = out.size.max(look.size.unwrap_or(UNSAID_SIZE));
            if self.in_rules {
                self.counts.cell(look.size, run.text.len());
            } else if !self.in_cell {
                self.counts.run(look.size, run.text.len());
            }
            out.runs.push(run);
        }
    }

    /// What a field without a result shows; of a formula in one its own words, told.
    fn field(&mut self, field: &Field) -> String {
        let shown = field.without_result();
        if field.instruction.trim_start().starts_with("EQ ") {
            self.out.unsure.push(format!("công thức EQ của tệp Word giữ nguyên lệnh: “{}”", in_short(&shown)));
        }
        shown
    }

    /// Raised and lowered letters; what a plan cannot show so, and letters struck through, are told.
    fn place(&mut self, text: &mut String, look: &Look) {
        // Letters that are moved by hand are an index only where they are a number.
        let number = !text.trim().is_empty() && text.trim().chars().all(|c| c.is_ascii_digit() || "+-−".contains(c));
        let script = look.script.filter(|script| *script != Script::Line).or(match look.shift {
            Some(LEAST_SHIFT..) if number => Some(Script::Raised),
            Some(..0) if number => Some(Script::Lowered),
            _ => None,
        });
        if let Some(script) = script {
            let (made, whole) = placed(text, script);
            *text = made;
            if !whole && !self.silent && look.hidden != Some(true) {
                self.out.unsure.push(format!("“{}” đứng cao hơn hay thấp hơn dòng trong tệp Word", in_short(text)));
            }
        }
        if look.struck == Some(true) && !self.silent && !text.trim().is_empty() && look.hidden != Some(true) {
            self.out.unsure.push(format!("“{}” bị gạch ngang trong tệp Word; xóa nếu nó đã bị bỏ", in_short(text)));
        }
    }

    /// The letters of a footnote.
    fn note(&mut self, id: &str) -> Option<Vec<Run>> {
        let pars = self.notes.remove(id)?;
        let mut out: Vec<Run> = Vec::new();
        for par in &pars {
            if !out.is_empty() {
                out.push(Run { text: " ".to_owned(), ..Run::default() });
            }
            out.extend(self.par(par).1.runs);
        }
        Some(out)
    }
}

/// Half-points by which a number is raised that is an exponent.
const LEAST_SHIFT: i32 = 4;

/// Why deleted words are not in the plan.
const DELETED: &str = "chữ đã xóa khi theo dõi thay đổi";

/// The first words of a text.
pub(super) fn in_short(text: &str) -> String {
    const MOST: usize = 8;
    let mut words = text.split_whitespace();
    let first = words.by_ref().take(MOST).collect::<Vec<_>>().join(" ");
    if words.next().is_some() { first + " …" } else { first }
}

impl Run {
    /// The letters so far, as a run of their own.
    fn part(&mut self) -> Run {
        Run { text: std::mem::take(&mut self.text), ..self.clone() }
    }
}
