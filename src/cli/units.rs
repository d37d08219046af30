//! The list of units against the variables of a plan: `vanthu bien`, and what `batch` says before it works.

use super::args::{Format, Variables};
use super::terminal::Screen;
use super::{Outcome, confirm, print};
use crate::batch::{self, Work, gives};
use crate::diagnostic::{Diagnostic, Severity, code, io_reason, nearest};
use crate::expand::needs::{Need, needs};
use crate::pipeline::{self, Digest, Folder, Plan};
use crate::read::units::{self, Column, Listed, Units};
use crate::source::Source;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::Read as _;
use std::path::Path;

/// Shows one problem and gives up.
pub fn fail(screen: &Screen, problem: Diagnostic) -> Outcome {
    screen.show(None, &[problem]);
    Outcome::Failed
}

/// Reads a plan that has no errors of its own, with the digest of its file; else its errors are shown.
pub fn read_plan(path: &Path, screen: &Screen) -> Result<(Plan, Digest), Outcome> {
    let bytes = pipeline::read_file(path).map_err(|problem| fail(screen, problem))?;
    let plan = Plan::read(&path.display().to_string(), &bytes, &Folder::beside(path)).map_err(|problems| {
        screen.show(None, &problems);
        Outcome::Findings
    })?;
    if plan.diagnostics().has_errors() {
        screen.show(Some(plan.source()), &plan.diagnostics().clone().sorted());
        return Err(Outcome::Findings);
    }
    Ok((plan, Sha256::digest(&bytes).into()))
}

/// Reads a list of units, with the digest of its file.
pub fn read_list(
    path: &Path,
    sheet: Option<&str>,
    plan: &Plan,
    more: &[String],
) -> Result<(Listed, Digest), Diagnostic> {
    let bytes = list_bytes(path)?;
    let listed = batch::list::read(&path.display().to_string(), &bytes, sheet, plan, more);
    Ok((listed, Sha256::digest(&bytes).into()))
}

/// The bytes of a list.
pub fn list_bytes(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let shown = path.display();
    let wrong = |why: String| {
        Diagnostic::general(&code::DANH_SACH_SAI, format!("Không đọc được danh sách đơn vị {shown}: {why}."))
            .hint("Kiểm tra tên tệp và thư mục đang đứng.")
    };
    let meta = std::fs::metadata(path).map_err(|e| wrong(io_reason(&e)))?;
    if meta.is_dir() {
        return Err(wrong("đây là một thư mục".into()));
    }
    if meta.len() > units::MAX_LIST {
        return Err(wrong("tệp lớn hơn 64 MB".into()));
    }
    // A pipe or a device does not say its length.
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path).and_then(|f| f.take(units::MAX_LIST + 1).read_to_end(&mut bytes));
    read.map_err(|e| wrong(io_reason(&e)))?;
    if bytes.len() as u64 > units::MAX_LIST { Err(wrong("tệp lớn hơn 64 MB".into())) } else { Ok(bytes) }
}

/// Where the value of a variable comes from.
enum From {
    Column(Column, usize),
    Default(String),
    Set,
    Optional,
    Nowhere,
}

/// A variable of the plan, or a column that the plan does not use.
pub struct Row {
    name: String,
    /// Lines of the plan that name it.
    lines: Vec<usize>,
    /// Those of the files that are issued with it, in the order of the files.
    attached: Vec<(String, Vec<usize>)>,
    from: Option<From>,
    column: Option<Column>,
}

/// The variables of some work, and the columns that nothing uses.
pub fn rows(work: &Work) -> Vec<Row> {
    let set: Vec<&str> = work.inputs.options.variables.iter().map(|(n, _)| n.as_str()).collect();
    table(work.inputs.plan.source(), &work.needs, Some(&work.inputs.units), &set, &work.name_variables)
}

fn table(source: &Source, needs: &[Need], units: Option<&Units>, set: &[&str], naming: &[String]) -> Vec<Row> {
    let columns: &[Column] = units.map_or(&[], |u| &u.columns);
    let mut out: Vec<Row> = needs
        .iter()
        .map(|need| {
            let column = columns.iter().find(|c| gives(&c.name, &need.name));
            let empty = |column: &Column| {
                units.map_or(0, |u| {
                    u.units.iter().filter(|u| !u.variables.iter().any(|(n, _)| *n == column.name)).count()
                })
            };
            let from = match (column, &need.default) {
                (Some(column), _) => From::Column(column.clone(), empty(column)),
                _ if set.iter().any(|s| gives(s, &need.name)) => From::Set,
                (None, Some(value)) => From::Default(value.in_short()),
                (None, None) if need.optional => From::Optional,
                (None, None) => From::Nowhere,
            };
            let (lines, attached) = lines_of(source, need);
            Row { name: need.name.clone(), lines, attached, from: Some(from), column: None }
        })
        .collect();
    for column in columns {
        let used = needs.iter().any(|n| gives(&column.name, &n.name)) || naming.iter().any(|n| gives(&column.name, n));
        if !used {
            let column = Some(column.clone());
            let name = column.iter().map(|c| c.name.clone()).collect();
            out.push(Row { name, lines: Vec::new(), attached: Vec::new(), from: None, column });
        }
    }
    out
}

/// The lines that name a variable: of the plan, and of each file that is issued with it.
fn lines_of(source: &Source, need: &Need) -> (Vec<usize>, Vec<(String, Vec<usize>)>) {
    let mut files: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for place in &need.places {
        files.entry(source.file_at(place.start)).or_default().push(source.line_col(place.start).line);
    }
    files.values_mut().for_each(Vec::dedup);
    let plan = files.remove(&0).unwrap_or_default();
    let name = |file: usize| source.files().get(file).map(|(name, ..)| (*name).to_owned()).unwrap_or_default();
    (plan, files.into_iter().map(|(file, lines)| (name(file), lines)).collect())
}

/// Lines as people read them, the first four of them.
fn lines_text(lines: &[usize]) -> String {
    let more = if lines.len() > 4 { "…" } else { "" };
    format!("dòng {}{more}", lines.iter().take(4).map(ToString::to_string).collect::<Vec<_>>().join(", "))
}

fn told(column: &Column) -> String {
    match (&column.letters, &column.title) {
        (None, _) => "danh sách".to_owned(),
        (Some(letters), None) => format!("cột {letters}"),
        (Some(letters), Some(title)) => format!("cột {letters} “{title}”"),
    }
}

/// The table as people read it.
pub fn table_text(rows: &[Row]) -> String {
    let mut out = String::new();
    if !rows.iter().any(|r| r.from.is_some()) {
        out.push_str("Kế hoạch không dùng biến nào.\n");
        return out + &unused(rows);
    }
    let width = rows.iter().map(|r| r.name.chars().count()).max().unwrap_or(0).clamp(4, 40);
    let _ = writeln!(out, "{:width$}  Lấy từ", "Biến");
    for row in rows.iter().filter(|r| r.from.is_some()) {
        let from = match &row.from {
            Some(From::Column(column, 0)) => told(column),
            Some(From::Column(column, empty)) => format!("{}, {empty} đơn vị để trống", told(column)),
            Some(From::Default(value)) => format!("bien: {value}"),
            Some(From::Set) => "--dat".into(),
            Some(From::Optional) => "không có cũng được".into(),
            Some(From::Nowhere) | None => "THIẾU".into(),
        };
        let own = (!row.lines.is_empty()).then(|| lines_text(&row.lines));
        let attached = row.attached.iter().map(|(file, lines)| format!("{file} {}", lines_text(lines)));
        let places: Vec<String> = own.into_iter().chain(attached).collect();
        let place = if places.is_empty() { "mẫu Word".to_owned() } else { places.join("; ") };
        let _ = writeln!(out, "{:width$}  {from} ({place})", row.name);
    }
    out + &unused(rows)
}

/// The columns that nothing uses, as a line below the table.
fn unused(rows: &[Row]) -> String {
    let name = |r: &Row| match r.column.as_ref().and_then(|c| c.letters.as_ref()) {
        Some(letters) => format!("{} ({letters})", r.name),
        None => r.name.clone(),
    };
    let all: Vec<String> = rows.iter().filter(|r| r.from.is_none()).map(name).collect();
    if all.is_empty() { String::new() } else { format!("\nCột mà kế hoạch không dùng: {}\n", all.join(", ")) }
}

/// The table for programs.
pub fn table_json(rows: &[Row]) -> Vec<serde_json::Value> {
    let one = |row: &Row| {
        let (status, default, empty) = match &row.from {
            Some(From::Column(_, empty)) => ("column", None, *empty),
            Some(From::Default(value)) => ("default", Some(value), 0),
            Some(From::Set) => ("set", None, 0),
            Some(From::Optional) => ("optional", None, 0),
            Some(From::Nowhere) => ("missing", None, 0),
            None => ("unused", None, 0),
        };
        let column = match &row.from {
            Some(From::Column(column, _)) => Some(column),
            _ => row.column.as_ref(),
        };
        let attached: Vec<_> =
            row.attached.iter().map(|(file, lines)| serde_json::json!({ "file": file, "lines": lines })).collect();
        serde_json::json!({ "name": row.name, "lines": row.lines, "attached": attached, "status": status,
            "column": column.map(|c| &c.name), "letters": column.and_then(|c| c.letters.as_ref()),
            "empty_units": empty, "default": default })
    };
    rows.iter().map(one).collect()
}

/// Warnings for variables that nothing gives; units whose documents need them will fail.
pub fn missing(work: &Work) -> Vec<Diagnostic> {
    let rows = rows(work);
    let nowhere = rows.iter().filter(|r| matches!(r.from, Some(From::Nowhere)));
    let names = || work.inputs.units.columns.iter().map(|c| c.name.as_str());
    nowhere
        .filter_map(|row| {
            let need = work.needs.iter().find(|n| n.name == row.name)?;
            let own = if work.has_overrides() { " (trừ đơn vị có ghi_de)" } else { "" };
            let hint = match nearest(&row.name, names()) {
                Some(near) => format!("Có phải là cột “{near}” không?"),
                None => "Thêm cột có tên này vào danh sách, hoặc khai báo trong khóa bien.".to_owned(),
            };
            let message = format!("Kế hoạch cần biến “{}” mà danh sách và khóa bien không có{own}.", row.name);
            let warning = match need.places.first() {
                Some(place) => Diagnostic::warning(&code::BIEN_KHONG_CO, *place, message),
                // Only the Word template names it.
                None => {
                    Diagnostic { severity: Severity::Warning, ..Diagnostic::general(&code::BIEN_KHONG_CO, message) }
                }
            };
            Some(warning.hint(hint))
        })
        .collect()
}

/// Runs `vanthu bien`.
pub fn run(args: &Variables) -> Outcome {
    let screen = Screen::new(args.format);
    let (plan, digest) = match read_plan(&args.plan, &screen) {
        Ok(read) => read,
        Err(outcome) => return outcome,
    };
    let Some(path) = args.units.as_deref() else { return show(args, &plan, None, Outcome::Clean) };
    let list = path.display().to_string();
    let listed = match read_list(path, args.sheet.as_deref(), &plan, &[]) {
        Ok((listed, _)) => listed,
        Err(problem) => return fail(&screen, problem),
    };
    // The table of a list that can be used is the only JSON on the output; what else is told goes beside it.
    let told: Vec<Diagnostic> = listed.notes.into_iter().chain(listed.diagnostics).collect();
    if !told.is_empty() {
        Screen::new(args.format).beside(listed.units.is_some()).show(listed.source.as_ref(), &told);
    }
    let Some(units) = listed.units else { return Outcome::Findings };
    let Some(proposal) = listed.proposal else {
        if args.write && args.format != Format::Json {
            let why = match plan.draft().and_then(|d| d.danh_sach.as_ref()) {
                Some(_) => "Kế hoạch đã có khóa danh_sach, không ghi gì thêm.",
                None => "Tiêu đề của danh sách đã là tên biến, không cần ghi gì vào kế hoạch.",
            };
            anstream::eprintln!("{why}");
        }
        return show(args, &plan, Some(&units), Outcome::Clean);
    };
    let shown = show(args, &plan, Some(&units), Outcome::Clean);
    if args.format == Format::Json {
        if !args.write {
            return if shown == Outcome::Clean { Outcome::Findings } else { shown };
        }
    } else if print(&format!("\nĐề nghị ghi vào kế hoạch:\n\n{}", proposal.yaml(&list))) != Outcome::Clean {
        return Outcome::Failed;
    }
    if !args.write {
        if args.format != Format::Json {
            let plan = args.plan.display();
            anstream::eprintln!("Đúng thì chép vào kế hoạch, hoặc chạy: vanthu bien {plan} --units {list} --ghi");
        }
        return if shown == Outcome::Failed { shown } else { Outcome::Findings };
    }
    match confirm::write(&args.plan, &digest, &proposal, &list) {
        Ok(()) => {
            anstream::eprintln!("Đã ghi danh_sach vào cuối {}.", args.plan.display());
            shown
        }
        Err(problem) => fail(&screen, problem),
    }
}

/// Prints the table; variables that nothing gives are findings.
fn show(args: &Variables, plan: &Plan, list: Option<&Units>, clean: Outcome) -> Outcome {
    let needs = plan.draft().map(|draft| needs(draft, plan.source())).unwrap_or_default();
    let naming = list.map(|l| crate::batch::names::usual(l, &needs)).unwrap_or_default();
    let rows = table(plan.source(), &needs, list, &[], &naming);
    let missing = rows.iter().any(|r| matches!(r.from, Some(From::Nowhere)));
    let text = match args.format {
        Format::Json => format!("{:#}\n", serde_json::Value::from(table_json(&rows))),
        _ => table_text(&rows),
    };
    match print(&text) {
        Outcome::Clean if missing => Outcome::Findings,
        Outcome::Clean => clean,
        other => other,
    }
}
