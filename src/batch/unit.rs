//! One unit: from its row to its files.

use super::folder::OutputFolder;
use super::judge::{Unchanged, unchanged};
use super::overview::thumbnail;
use super::paths::THUMBNAILS;
use super::record::{Fingerprint, Record, Status, Trouble, hex};
use super::state::{Known, OnDisk, file_record};
use super::work::{Work, short};
use crate::diagnostic::{Diagnostic, Severity, code};
use crate::expand::needs::Need;
use crate::pipeline::check::breaches;
use crate::pipeline::{self, Built, Folder, Layout, Ready, Written};
use crate::read::Override;
use crate::read::units::{Column, OWN, Own, Unit};
use crate::sheet::Sheet;
use crate::source::Source;
use crate::write::files::{Standing, not_ours, not_written, standing_of};
use sha2::{Digest as _, Sha256};
use std::io::ErrorKind;
use std::path::Path;

/// Longest name of a thumbnail in bytes: longer ones get a digest for a name.
const MAX_THUMBNAIL_NAME: usize = 150;

/// A fault that no other unit would escape: the disk is full, or may not be written. With the record of the unit that
/// met it.
#[derive(Debug)]
pub struct Fatal(pub Diagnostic, pub Box<Record>);

/// What stands in the row itself: the unit, its own fields, and what its files would be made from. `None` where the row
/// is at fault; the record then says how.
pub fn begin<'w>(
    work: &'w Work,
    index: usize,
    record: &mut Record,
) -> Option<(&'w Unit, Option<Override>, Fingerprint)> {
    let unit = work.inputs.units.units.get(index)?;
    record.status = Status::Failed;
    for fault in &unit.faults {
        let mut trouble = Trouble::new(work.inputs.list_source.as_ref(), &fault.diagnostic);
        trouble.file.get_or_insert_with(|| work.inputs.units.name.clone());
        trouble.line.get_or_insert(unit.line);
        point(&mut trouble, unit, fault.column.iter().collect());
        record.errors.push(trouble);
    }
    // A faulty row may have no name because of its fault.
    if let Some(Err(problem)) = work.names.get(index).filter(|_| unit.faults.is_empty()) {
        let mut trouble = Trouble::new(None, problem);
        trouble.file = Some(work.inputs.units.name.clone());
        trouble.line = Some(unit.line);
        let columns: Vec<&Column> = work.name_variables.iter().filter_map(|n| work.column(n)).collect();
        let empty =
            |c: &&&Column| problem.code == &code::TEN_TEP_SAI && !unit.variables.iter().any(|(n, _)| *n == c.name);
        let missing: Vec<&Column> = columns.iter().filter(empty).copied().collect();
        point(&mut trouble, unit, if missing.is_empty() { columns } else { missing });
        record.errors.push(trouble);
    }
    let (source, own) = own_fields(work, unit);
    let own = match own {
        Ok(own) => own,
        Err(problems) => {
            for problem in &problems {
                let mut trouble = Trouble::new(source.as_ref(), problem);
                trouble.file.get_or_insert_with(|| work.inputs.units.name.clone());
                trouble.line.get_or_insert(unit.line);
                trouble.unit_columns = vec![OWN.to_owned()];
                record.errors.push(trouble);
            }
            return None;
        }
    };
    if !record.errors.is_empty() {
        return None;
    }
    for (column, diagnostic) in defaults(work, unit, own.as_ref()) {
        let mut trouble = Trouble::new(None, &diagnostic);
        trouble.file = Some(work.inputs.units.name.clone());
        trouble.line = Some(unit.line);
        point(&mut trouble, unit, vec![column]);
        if work.inputs.options.strict {
            record.errors.push(trouble);
        } else {
            record.warnings.push(trouble);
        }
    }
    if !record.errors.is_empty() {
        return None;
    }
    let now = work.fingerprint(unit, &own.as_ref().map(Override::canonical).unwrap_or_default());
    Some((unit, own, now))
}

/// A unit's own fields: the source for reports, and the fields or what is wrong with them.
type OwnFields = (Option<Source>, Result<Option<Override>, Vec<Diagnostic>>);

/// The fields that a unit has of its own.
fn own_fields(work: &Work, unit: &Unit) -> OwnFields {
    match &unit.own {
        Own::Nothing => (None, Ok(None)),
        Own::Typed(own) => (None, Ok(Some(own.clone()))),
        Own::File(path) => {
            let (source, own) = work.inputs.list_folder.own_fields(path);
            (source, own.map(Some))
        }
    }
}

/// Columns that this unit leaves empty though the plan uses them: the default of `bien` would be printed, which may be
/// another unit's. An entry of a YAML or JSON list has no cells that could be forgotten.
fn defaults<'w>(work: &'w Work, unit: &Unit, own: Option<&Override>) -> Vec<(&'w Column, Diagnostic)> {
    let given = |name: &str| {
        let own = own.is_some_and(|own| own.gives("bien", name));
        own || unit.variables.iter().chain(&work.inputs.options.variables).any(|(n, _)| n == name)
    };
    let mut out = Vec::new();
    let used = |c: &&Column| work.needs.iter().any(|n| n.name == c.name && n.default.is_some());
    for column in work.inputs.units.columns.iter().filter(|c| c.letters.is_some()).filter(used) {
        if !given(&column.name) {
            let message = format!("Cột {} để trống, nên văn bản dùng giá trị mặc định ở khóa bien.", column.name);
            let warning = Diagnostic { severity: Severity::Warning, ..Diagnostic::general(&code::O_TRONG, message) };
            let hint = "Điền ô này; nếu đơn vị nào cũng dùng giá trị mặc định thì bỏ cột khỏi danh sách.";
            out.push((column, warning.hint(hint)));
        }
    }
    out
}

/// Notes what building a unit found, with the columns of the list that stand at each place. Gives whether it failed.
pub fn note(work: &Work, unit: &Unit, record: &mut Record, source: Option<&Source>, found: &[Diagnostic]) -> bool {
    for diagnostic in found {
        let mut trouble = Trouble::new(source, diagnostic);
        if let Some(column) = empty_cell(work, unit, diagnostic) {
            trouble.message = format!("Cột {} để trống mà kế hoạch không có giá trị mặc định.", column.name);
            trouble.hint = Some("Điền ô này, hoặc khai báo giá trị mặc định trong khóa bien của kế hoạch.".to_owned());
            point(&mut trouble, unit, vec![column]);
            record.errors.push(trouble);
            continue;
        }
        let in_plan = diagnostic.span.filter(|s| s.start < work.inputs.plan.source().text.len());
        if let Some(span) = in_plan {
            // An unknown name is told where it stands; another name beside it has nothing to do with it.
            let near = diagnostic.code != &code::TEN_CHUA_KHAI;
            point(&mut trouble, unit, work.columns_at(span.start, span.end, near));
        }
        match diagnostic.severity {
            Severity::Hint => {}
            Severity::Warning if !work.inputs.options.strict => record.warnings.push(trouble),
            Severity::Warning | Severity::Error => record.errors.push(trouble),
        }
    }
    !record.errors.is_empty()
}

/// The column that would give the name which is said not to be known.
fn empty_cell<'w>(work: &'w Work, unit: &Unit, diagnostic: &Diagnostic) -> Option<&'w Column> {
    let span = diagnostic.span.filter(|_| diagnostic.code == &code::TEN_CHUA_KHAI)?;
    let here = |n: &&Need| n.places.iter().any(|p| p.start < span.end.max(span.start + 1) && span.start < p.end);
    let named = |c: &&Column| work.needs.iter().filter(here).any(|n| n.name == c.name);
    let column = work.inputs.units.columns.iter().find(named)?;
    let empty = !unit.variables.iter().any(|(name, _)| *name == column.name);
    Some(column).filter(|_| empty)
}

fn point(trouble: &mut Trouble, unit: &Unit, columns: Vec<&Column>) {
    trouble.cell = columns.first().and_then(|c| c.letters.as_ref()).map(|letters| format!("{letters}{}", unit.line));
    trouble.unit_columns = columns.into_iter().map(|c| c.name.clone()).collect();
}

/// What was noticed while a document was built, and which rules it breaches.
pub fn found(work: &Work, built: &Built) -> Vec<Diagnostic> {
    let mut out = built.diagnostics.clone();
    if let (Some(ready), Some(source)) = (&built.ready, &built.source) {
        out.extend(breaches(&ready.document, source, &work.inputs.rules));
    }
    out
}

/// Makes a unit's files, or finds that there is nothing to do. The journal is told before the files take their names.
pub fn make(work: &Work, known: &Known, output: &OutputFolder, index: usize) -> Result<Record, Fatal> {
    let mut record = work.blank(index);
    let Some((unit, own, now)) = begin(work, index, &mut record) else { return Ok(record) };
    if let Ok(before) = unchanged(work, known, output.root(), &record.name, &now) {
        return Ok(keep(record, &before));
    }
    let folder = work.inputs.folder.for_document();
    let built = work.inputs.plan.build(own.as_ref(), &folder, &work.on_top(unit), work.inputs.studio.faces());
    let failed = note(work, unit, &mut record, built.source.as_ref(), &found(work, &built));
    let Some(ready) = built.ready.filter(|_| !failed) else { return Ok(record) };
    let counted = words(&ready.sheet);
    let (layouts, written) = match write(work, ready, built.source.as_ref(), &folder) {
        Ok(done) => done,
        Err(problem) => {
            note(work, unit, &mut record, built.source.as_ref(), &[problem]);
            return Ok(record);
        }
    };
    let told: Vec<Diagnostic> = layouts.iter().flat_map(|p| p.told.iter().cloned()).collect();
    if note(work, unit, &mut record, built.source.as_ref(), &told) {
        return Ok(record);
    }
    record.words = counted;
    record.pages = Some(layouts.iter().map(pipeline::Layout::pages).sum()).filter(|pages| *pages > 0);
    let files = folder.used().into_iter().map(|(path, digest)| (path, short(&digest))).collect();
    record.fingerprint = Some(Fingerprint { files, ..now });
    let mut waiting: Vec<(String, Vec<u8>)> = Vec::new();
    for written in written {
        let paths: Vec<String> = written.outputs.iter().map(|file| written.name(&record.name, file)).collect();
        for (path, file) in paths.into_iter().zip(written.outputs) {
            record.files.push(file_record(path.clone(), written.writer.extension, &file));
            waiting.push((path, file.bytes));
        }
    }
    if !work.inputs.options.force && refuse_edited(known, output, &mut record) {
        return Ok(nothing_written(record));
    }
    carry_over(work, known, output, &mut record);
    record.earlier_files = known.earlier_files(&record);
    let picture = layouts.first().and_then(|p| thumbnail(p, folder.pictures().is_empty()));
    record.thumbnail = picture.as_ref().map(|_| thumbnail_path(&record.name));
    record.status = Status::Written;
    let mut record = put(output, record, waiting)?;
    if record.status != Status::Written {
        return Ok(record);
    }
    // A document without its thumbnail is a document.
    if let (Some(path), Some(picture)) = (record.thumbnail.clone(), picture)
        && (is_someones(&output.path(&path), &picture, work.inputs.options.force)
            || output.replace(&path, &picture).is_err())
    {
        record.thumbnail = None;
    }
    for path in stale(known, &record) {
        // A page that a person changed is theirs.
        if known.on_disk(output.root(), &record.name, &path, None) == OnDisk::Ours {
            output.remove(&path);
        }
    }
    Ok(record)
}

/// Writes a unit's document, in one file or with the texts that are issued with it apart.
fn write(
    work: &Work,
    ready: Ready,
    source: Option<&Source>,
    folder: &Folder,
) -> Result<(Vec<Layout>, Vec<Written>), Diagnostic> {
    let inputs = &work.inputs;
    let all = match source.filter(|_| inputs.options.apart) {
        Some(source) => ready.apart(&inputs.studio, source)?,
        None => vec![ready],
    };
    pipeline::write_all(&inputs.studio, &all, folder, &inputs.writers, inputs.options.prove)
}

/// Tells the journal of a unit's files and gives them their names. A record that is not `Written` any more is of a unit
/// that failed.
fn put(output: &OutputFolder, record: Record, files: Vec<(String, Vec<u8>)>) -> Result<Record, Fatal> {
    // Before the files: whoever finds one of them later must know that it is ours.
    let line = serde_json::to_vec(&record).unwrap_or_default();
    if let Err(error) = output.note(line) {
        return Err(Fatal(not_written(output.root(), &error), Box::new(half_written(record))));
    }
    for (name, bytes) in files {
        if let Err(error) = output.replace(&name, &bytes) {
            let problem = not_written(&output.path(&name), &error);
            let mut record = half_written(record);
            if is_fatal(&error) {
                return Err(Fatal(problem, Box::new(record)));
            }
            record.status = Status::Failed;
            record.errors.push(Trouble::new(None, &problem));
            return Ok(record);
        }
    }
    Ok(record)
}

/// Files of formats that this run does not write, made by another run from the very same: they are right still.
fn carry_over(work: &Work, known: &Known, output: &OutputFolder, record: &mut Record) {
    let Some(now) = &record.fingerprint else { return };
    let Some(before) = known.same(&record.name, now).filter(|b| b.fingerprint.as_ref() == Some(now)) else { return };
    for file in &before.files {
        let asked = work.inputs.writers.iter().any(|w| w.extension == file.format);
        if !asked && known.on_disk(output.root(), &record.name, &file.path, Some(&file.sha256)) == OnDisk::Same {
            record.files.push(file.clone());
        }
    }
}

/// Whether a person's file stands where a thumbnail would go.
fn is_someones(path: &Path, picture: &[u8], force: bool) -> bool {
    let standing = standing_of(path, picture);
    !force && !matches!(standing, Ok(Standing::Missing | Standing::Ours))
}

/// A fault that all other units would meet as well.
fn is_fatal(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::ReadOnlyFilesystem)
}

/// The record of a unit whose files are not those of this run.
fn nothing_written(record: Record) -> Record {
    Record { files: Vec::new(), fingerprint: None, thumbnail: None, pages: None, words: 0, ..record }
}

/// The record of a unit of whose files some may have been written: what they may look like is remembered.
fn half_written(mut record: Record) -> Record {
    record.earlier_files = std::mem::take(&mut record.files);
    record.status = Status::Pending;
    nothing_written(record)
}

/// Where the thumbnail of a unit stands: all in one folder, under a name that no other unit has.
fn thumbnail_path(name: &str) -> String {
    if name.contains('/') || name.len() > MAX_THUMBNAIL_NAME {
        let digest = hex(&Sha256::digest(name)[..12]);
        return format!("{THUMBNAILS}/~{digest}.png");
    }
    format!("{THUMBNAILS}/{name}.png")
}

/// A record for files that are still right; a file that was changed by hand is left alone, with a warning.
fn keep(record: Record, before: &Unchanged<'_>) -> Record {
    // What the row itself warns of is told of the row as it is now; what the plan warns of has not changed.
    let mut warnings = record.warnings;
    for old in before.record.warnings.iter().filter(|w| w.column.is_some() && w.code != code::TEP_DA_SUA.name) {
        let letters = old.cell.as_ref().map(|cell| cell.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned());
        warnings.push(Trouble { cell: letters.map(|l| format!("{l}{}", record.row)), ..old.clone() });
    }
    for path in &before.edited {
        warnings
            .extend(edited(path, OnDisk::Edited, "nên được giữ nguyên").map(|problem| Trouble::new(None, &problem)));
    }
    Record {
        row: record.row,
        unit: record.unit,
        status: Status::Unchanged,
        milliseconds: 0,
        errors: Vec::new(),
        warnings,
        ..before.record.clone()
    }
}

/// Files that a person made, or changed since they were written, are not written over: then the unit fails.
fn refuse_edited(known: &Known, output: &OutputFolder, record: &mut Record) -> bool {
    let mut errors = Vec::new();
    for file in &record.files {
        let standing = known.on_disk(output.root(), &record.name, &file.path, Some(&file.sha256));
        if let Some(problem) = edited(&file.path, standing, "nên không bị ghi đè") {
            errors.push(Trouble::new(None, &problem));
        }
    }
    let any = !errors.is_empty();
    record.errors.extend(errors);
    any
}

fn edited(path: &str, standing: OnDisk, then: &str) -> Option<Diagnostic> {
    let standing = match standing {
        OnDisk::Foreign => Standing::Foreign,
        OnDisk::Edited => Standing::Edited,
        OnDisk::Missing | OnDisk::Same | OnDisk::Ours => Standing::Ours,
    };
    let hint = "Chép tệp này đi nơi khác rồi xóa nó để vanthu ghi lại, hoặc dùng --force để ghi đè.";
    not_ours(path, standing, then).map(|problem| problem.hint(hint))
}

/// Pages of earlier runs that the unit no longer has.
fn stale(known: &Known, record: &Record) -> Vec<String> {
    let now = |path: &str| record.files.iter().any(|f| f.path == path);
    let formats = |format: &str| record.files.iter().any(|f| f.format == format);
    let before = known.of(&record.name).iter().flat_map(|r| &r.files);
    before.filter(|f| formats(&f.format) && !now(&f.path)).map(|f| f.path.clone()).collect()
}

/// Words on the pages of a sheet, as a word processor counts them.
fn words(sheet: &Sheet) -> usize {
    let mut count = 0;
    let mut text = String::new();
    sheet.visit(&mut |par| {
        text.clear();
        for run in par.marker.iter().flatten().chain(&par.runs) {
            match run.chars() {
                Some(chars) => text.push_str(&chars.text),
                None => text.push(' '),
            }
        }
        count += text.split_whitespace().count();
    });
    count
}
