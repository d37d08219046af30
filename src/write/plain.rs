//! The words of a sheet as plain text, in reading order: for reading aloud, comparing, and mail. One line a paragraph; cells
//! are parted by tabs; footnotes stand behind the text that they are of.

use super::letters::{Capitals, check};
use super::words::{Streams, numbered_runs};
use super::{Job, OutputFile};
use crate::diagnostic::Diagnostic;
use crate::sheet::{Cell, Item, Par, Run, Sheet, visit_items};

/// What parts the footnotes from the text.
const NOTES: &str = "———";
/// Stands for room to write in.
const BLANK: &str = "      ";

/// Writes the sheet's words.
pub fn write(job: &Job<'_>) -> Result<Vec<OutputFile>, Diagnostic> {
    Ok(vec![OutputFile { page: None, bytes: text(job.sheet).into_bytes() }])
}

/// The words of a sheet, as the text file has them.
pub fn text(sheet: &Sheet) -> String {
    let mut out = Text::default();
    for section in &sheet.sections {
        out.items(&section.top);
        out.items(&section.items);
        out.gap();
        out.items(&section.foot);
        out.gap();
    }
    let mut body = out.body.trim_end().to_owned();
    body.push('\n');
    if !out.notes.is_empty() {
        body.push_str(&format!("\n{NOTES}\n{}\n", out.notes.join("\n")));
    }
    body
}

#[derive(Default)]
struct Text {
    body: String,
    notes: Vec<String>,
}

impl Text {
    /// A blank line, once.
    fn gap(&mut self) {
        if !self.body.is_empty() && !self.body.ends_with("\n\n") {
            self.body.push('\n');
        }
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Par(par) => self.paragraph(par),
                Item::Boxed(boxed) => self.paragraph(&boxed.par),
                Item::Columns(columns) => {
                    self.gap();
                    for cell in columns.rows.iter().flatten() {
                        self.items(cell);
                    }
                    self.gap();
                }
                Item::Table(table) => {
                    self.gap();
                    table.header.iter().chain(&table.rows).for_each(|row| self.row(row));
                    self.gap();
                }
                Item::Space(_) | Item::PageBreak => self.gap(),
                Item::Rule(_) | Item::Picture(_) => {}
            }
        }
    }

    fn paragraph(&mut self, par: &Par) {
        // A title stands apart.
        if par.heading.is_some() || par.style.heading().is_some() {
            self.gap();
        }
        let line = self.line(par);
        self.body.push_str(&line);
        self.body.push('\n');
    }

    fn row(&mut self, cells: &[Cell]) {
        let texts: Vec<String> = cells
            .iter()
            .map(|cell| cell.pars.iter().map(|p| self.line(p).replace('\n', " ")).collect::<Vec<_>>().join(" "))
            .collect();
        self.body.push_str(&texts.join("\t"));
        self.body.push('\n');
    }

    fn line(&mut self, par: &Par) -> String {
        let mut out = String::new();
        if let Some(marker) = &par.marker {
            marker.iter().for_each(|r| self.run(r, &mut out));
            out.push(' ');
        }
        par.runs.iter().for_each(|r| self.run(r, &mut out));
        out.trim_end().to_owned()
    }

    fn run(&mut self, run: &Run, out: &mut String) {
        match run {
            Run::Break => out.push('\n'),
            Run::Note(inner) => {
                let number = self.notes.len() + 1;
                out.push_str(&mark(number));
                let mut note = String::new();
                // A footnote has none of its own.
                inner.iter().filter(|r| !matches!(r, Run::Note(_))).for_each(|r| self.run(r, &mut note));
                self.notes.push(format!("{} {}", mark(number), note.replace('\n', " ")));
            }
            Run::Entry(entry) if entry.chars.text.is_empty() => out.push_str(BLANK),
            other => {
                let shown = other.chars().map_or("", |c| c.text.as_str());
                out.extend(shown.chars().filter(|c| *c != '\u{200B}').map(|c| if c == '\u{2011}' { '-' } else { c }));
            }
        }
    }
}

fn mark(number: usize) -> String {
    format!("[{number}]")
}

/// Compares the words of a written text with the sheet's.
pub fn compare(sheet: &Sheet, bytes: &[u8]) -> Result<(), Diagnostic> {
    let text = String::from_utf8_lossy(bytes);
    // The last line is the digest's.
    let text = text.trim_end().rsplit_once('\n').map_or("", |(text, _)| text);
    let (mut wanted, mut number) = (Streams::default(), Some(0));
    for section in &sheet.sections {
        for items in [&section.top, &section.items, &section.foot] {
            visit_items(items, &mut |par| numbered_runs(par, &mut wanted, &mut number, ("[", "]")));
        }
    }
    let (body, notes) = match text.rsplit_once(&format!("\n{NOTES}\n")).filter(|_| number > Some(0)) {
        Some((body, notes)) => (body, notes),
        None => (text, ""),
    };
    check(&wanted.main, body, "tệp chữ", Capitals::Count)?;
    check(&wanted.notes, notes, "chú thích của tệp chữ", Capitals::Count)
}
