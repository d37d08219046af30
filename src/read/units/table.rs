//! Units as rows of a CSV or Excel file. Headings name the variables, or mean them by the plan's `danh_sach`.

use super::book::{Book, Page};
use super::headings::{Block, Meaning, block, candidates, has_names, likely, meaning, wanted};
use super::sort_out::{self, Columns};
use super::{
    Asked, Column, Fault, Listed, OWN, Own, Proposal, Unit, Units, cell_value, group_clash, is_name, layout, unusable,
};
use crate::diagnostic::{Diagnostic, Severity, code};
use crate::read::grid;
use crate::source::is_forbidden;
use std::collections::{HashMap, HashSet};

/// Most sheets of a workbook that are looked at for headings.
const MAX_SHEETS: usize = 20;

/// What a column of the file is for.
enum Use {
    Variable(Column),
    Own,
    Nothing,
}

/// A sheet whose headings were found.
struct Found {
    page: Page,
    block: Block,
    /// Column and variable.
    columns: Vec<(usize, String)>,
    /// The plan's own words, a guess, or neither: the headings are the variables.
    by: By,
}

#[derive(PartialEq)]
enum By {
    Layout,
    Guess(Meaning),
    Names,
}

/// Reads the rows.
pub fn read(name: &str, bytes: &[u8], asked: &Asked<'_>) -> Listed {
    let book = Book::open(name, bytes);
    let found = match find(&book, asked) {
        Ok(found) => found,
        Err(listed) => return *listed,
    };
    build(&book, found, asked)
}

fn find(book: &Book<'_>, asked: &Asked<'_>) -> Result<Found, Box<Listed>> {
    let fault = |(message, hint): grid::Fault| Box::new(unusable(message, hint));
    let from_plan = asked.layout.and_then(|l| l.trang.as_ref());
    if let (None, Some(sheet)) = (asked.sheet, from_plan)
        && !book.sheets.is_empty()
        && !book.sheets.iter().any(|s| s.name == sheet.value.trim())
    {
        let all: Vec<String> = book.sheets.iter().map(|s| format!("“{}”", s.name)).collect();
        let message = format!("Danh sách {} không có trang tính “{}”.", book.name, sheet.value);
        let problem = Diagnostic::error(&code::DANH_SACH_SAI, sheet.span, message);
        let hint = format!("Các trang tính có: {}.", all.join(", "));
        let diagnostics = vec![problem.hint(hint)];
        return Err(Box::new(Listed { source: asked.plan.cloned(), diagnostics, ..Listed::default() }));
    }
    // A CSV file has no sheets, whatever the plan says of a workbook.
    let wanted = asked.sheet.or_else(|| from_plan.map(|t| t.value.trim()).filter(|_| !book.sheets.is_empty()));
    let sheets = book.candidates(wanted);
    if let Some(layout) = asked.layout {
        let first = sheets.first().cloned().flatten();
        let page = book.page(first.as_deref()).map_err(fault)?;
        return match layout::locate(&page, layout, book.name) {
            Ok((block, columns)) => Ok(Found { page, block, columns, by: By::Layout }),
            Err(diagnostics) => Err(Box::new(Listed { source: asked.plan.cloned(), diagnostics, ..Listed::default() })),
        };
    }
    let variables: Vec<String> = asked.wanted.iter().map(|(name, _)| name.clone()).collect();
    let mut first: Option<Page> = None;
    let mut best: Option<(usize, Page, Block, Meaning)> = None;
    for (index, sheet) in sheets.iter().take(MAX_SHEETS).enumerate() {
        let page = match book.page(sheet.as_deref()) {
            Ok(page) => page,
            Err(problem) if index == 0 => return Err(fault(problem)),
            Err(_) => continue,
        };
        let Some((block, meaning)) = guess(&page, &variables) else {
            first.get_or_insert(page);
            continue;
        };
        // Variables in the first row of the first sheet need no guess.
        let plain = index == 0 && meaning.exact && page.rows.first().is_some_and(|(n, _)| *n == block.rows.0);
        if best.as_ref().is_none_or(|(.., known)| weight(known) < weight(&meaning)) {
            best = Some((index, page, block, meaning));
        }
        if plain {
            break;
        }
    }
    match (best, first) {
        // Names on another sheet than the first are a guess as well.
        (Some((index, page, block, meaning)), _) => {
            let columns = meaning.sure.clone();
            let by = if meaning.exact && index == 0 { By::Names } else { By::Guess(meaning) };
            Ok(Found { page, block, columns, by })
        }
        (None, Some(page)) => unmatched(book, page, &variables, sheets.len()),
        (None, None) => {
            Err(Box::new(unusable(format!("Danh sách {} không có trang tính nào.", book.name), "Chọn tệp khác.")))
        }
    }
}

/// How much a block's headings say.
fn weight(meaning: &Meaning) -> usize {
    meaning.sure.len() + usize::from(meaning.own)
}

/// The block in which most headings mean a variable.
fn guess(page: &Page, variables: &[String]) -> Option<(Block, Meaning)> {
    let variables = wanted(variables);
    let all: Vec<(Block, Meaning)> = candidates(page)
        .into_iter()
        .map(|b| {
            let meaning = meaning(&b, &variables);
            (b, meaning)
        })
        .collect();
    let best = all.iter().map(|(_, m)| weight(m)).max().filter(|w| *w > 0)?;
    all.into_iter().find(|(_, m)| weight(m) == best)
}

/// A list none of whose headings means a variable: the first row as it is, if it can name variables at all.
fn unmatched(book: &Book<'_>, page: Page, variables: &[String], sheets: usize) -> Result<Found, Box<Listed>> {
    let Some((number, _)) = page.rows.first() else {
        return Err(Box::new(unusable(
            format!("Danh sách {} không có dòng nào.", book.name),
            "Dòng đầu là tên các cột.",
        )));
    };
    let top = block(&page, *number, *number);
    if has_names(&top) {
        return Ok(Found { page, block: top, columns: Vec::new(), by: By::Names });
    }
    let blocks = candidates(&page);
    let seen = likely(&blocks).map(|b| (b.rows.0, b.columns.iter().filter(|c| !c.is_empty()).take(12)));
    let message = match seen {
        Some((row, titles)) => {
            let titles: Vec<String> = titles.map(|t| format!("“{}”", shown(t))).collect();
            format!(
                "Không tiêu đề nào của danh sách {} khớp với biến của kế hoạch; hàng {row} có: {}.",
                book.name,
                titles.join(", ")
            )
        }
        None => format!("Danh sách {} không có tiêu đề cột nào.", book.name),
    };
    let uses = if variables.is_empty() {
        "Kế hoạch chưa dùng biến nào: viết {{ don_vi.ten }} ở chỗ thay đổi theo đơn vị.".to_owned()
    } else {
        format!(
            "Kế hoạch dùng các biến: {}. Ghi vào khóa danh_sach của kế hoạch tiêu đề nào cho biến nào, ví dụ cot: {{ \"Tên đơn vị\": {} }}{}.",
            some(variables),
            variables.first().map_or("don_vi.ten", String::as_str),
            if sheets > 1 { "; tệp Excel nhiều trang tính thì chọn trang bằng --sheet" } else { "" }
        )
    };
    Err(Box::new(unusable(message, &uses)))
}

/// The first names of many.
pub fn some(names: &[String]) -> String {
    let more = if names.len() > 12 { "…" } else { "" };
    names.iter().take(12).cloned().collect::<Vec<_>>().join(", ") + more
}

fn shown(title: &str) -> String {
    title.chars().filter(|c| !is_forbidden(*c)).take(60).collect()
}

fn build(book: &Book<'_>, found: Found, asked: &Asked<'_>) -> Listed {
    let Found { mut page, block, columns, by } = found;
    let mut diagnostics = Vec::new();
    let mut uses = match uses(book.name, &page, &block, &columns, &by, asked, &mut diagnostics) {
        Ok(uses) => uses,
        Err(listed) => return *listed,
    };
    let known: Vec<String> =
        uses.iter().filter_map(|u| if let Use::Variable(c) = u { Some(c.name.clone()) } else { None }).collect();
    if let Some((name, inner)) = group_clash(&known.iter().map(String::as_str).collect::<Vec<_>>()) {
        return unusable(
            format!("Danh sách có cả cột “{name}” và cột “{inner}”, nên “{name}” vừa là một giá trị vừa là một nhóm."),
            "Đổi tên một trong hai cột.",
        );
    }
    let printed = |index| matches!(uses.get(index), Some(Use::Variable(c)) if asked.uses(&c.name));
    diagnostics.extend(grid::doubts(book.name, page.eth.as_ref(), &page.rows, printed));
    let in_use = |(index, one): &(usize, &Use)| match one {
        Use::Variable(_) => by == By::Names || columns.iter().any(|(c, _)| c == index),
        Use::Own => true,
        Use::Nothing => false,
    };
    let used: Vec<usize> = uses.iter().enumerate().filter(in_use).map(|(i, _)| i).collect();
    let mut needed: Vec<(bool, usize)> = Vec::new();
    for (index, one) in uses.iter().enumerate() {
        let Use::Variable(column) = one else { continue };
        if asked.wanted.iter().any(|(name, optional)| *name == column.name && !optional) {
            let is_name = matches!(column.name.as_str(), "don_vi.ten" | "ten");
            needed.push((!is_name, index));
        }
    }
    needed.sort_unstable();
    let needed: Vec<usize> =
        if needed.iter().any(|(other, _)| !other) { needed.into_iter().map(|(_, i)| i).collect() } else { Vec::new() };
    let picks = |of: fn(&crate::draft::DanhSach) -> &Vec<crate::draft::Pick>| {
        asked.layout.map_or(&[][..], |l| of(l).as_slice())
    };
    let said = asked.layout.is_some();
    let columns = Columns { used: &used, needed: &needed, said };
    let (rows, mut notes) =
        sort_out::units(&mut page, block.rows, &columns, picks(|l| &l.bo_hang), picks(|l| &l.lay_hang));
    // A doubt about a row is a warning; what is left out is a note.
    let doubts = notes.extract_if(.., |n| n.code == &code::HANG_DANG_NGO);
    diagnostics.extend(doubts);
    notes.extend(about_file(book, &page));
    // In a sheet, what stands right of the headings is no unit's.
    if by != By::Names && book.is_sheet() {
        let width = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        uses.resize_with(width.max(uses.len()), || Use::Nothing);
    }
    let units = rows.into_iter().map(|(line, row)| unit(line, &row, &uses, book.is_sheet(), asked)).collect();
    let proposal = match &by {
        By::Guess(meaning) => Some(Proposal::new(page.sheet.filter(|_| book.sheets.len() > 1), &block, meaning)),
        By::Layout | By::Names => None,
    };
    let columns = uses.into_iter().filter_map(|u| if let Use::Variable(c) = u { Some(c) } else { None }).collect();
    let units = Units { name: book.name.to_owned(), columns, units };
    Listed { source: None, units: Some(units), diagnostics, notes, proposal }
}

/// What each column of the headings is for.
fn uses(
    name: &str,
    page: &Page,
    block: &Block,
    columns: &[(usize, String)],
    by: &By,
    asked: &Asked<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<Use>, Box<Listed>> {
    let mut uses = Vec::new();
    let by_column: HashMap<usize, &String> = columns.iter().map(|(c, v)| (*c, v)).collect();
    let mut known: HashSet<&str> = columns.iter().map(|(_, v)| v.as_str()).collect();
    for (index, title) in block.columns.iter().enumerate() {
        let letters = grid::letters(index);
        if let Some(variable) = by_column.get(&index).copied() {
            let title = Some(title.clone()).filter(|t| t != variable && !t.is_empty());
            uses.push(Use::Variable(Column { name: variable.clone(), letters: Some(letters), title }));
            continue;
        }
        if title == OWN {
            uses.push(Use::Own);
            continue;
        }
        // Columns of another layout may be called anything.
        if is_name(title) && (*by == By::Names || !known.contains(title.as_str())) {
            if known.contains(title.as_str()) {
                let message = format!("Danh sách {name} có hai cột cùng tên “{title}”.");
                return Err(Box::new(unusable(message, "Đặt tên khác nhau cho các cột.")));
            }
            known.insert(title);
            uses.push(Use::Variable(Column { name: title.clone(), letters: Some(letters), title: None }));
            continue;
        }
        let filled = |(n, row): &grid::Row| *n > block.rows.1 && row.get(index).is_some_and(|c| !c.trim().is_empty());
        if *by == By::Names && page.rows.iter().any(filled) {
            diagnostics.push(left_out(&letters, title, asked, columns));
        }
        uses.push(Use::Nothing);
    }
    // A column that the plan names by its letters may have no heading at all.
    for (index, variable) in columns.iter().filter(|(c, _)| *c >= block.columns.len()) {
        uses.resize_with(*index, || Use::Nothing);
        uses.push(Use::Variable(Column { name: variable.clone(), letters: Some(grid::letters(*index)), title: None }));
    }
    Ok(uses)
}

fn left_out(letters: &str, title: &str, asked: &Asked<'_>, columns: &[(usize, String)]) -> Diagnostic {
    let title = shown(title);
    let message = match title.as_str() {
        "" => format!("Cột {letters} của danh sách không có tên nên không được dùng."),
        _ => format!("Cột {letters} tên “{title}” không dùng làm biến được nên bị bỏ qua."),
    };
    // A group is given by what is in it.
    let given = |v: &String| {
        columns
            .iter()
            .any(|(_, c)| c.strip_prefix(v.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    };
    let free: Vec<String> = asked.wanted.iter().map(|(v, _)| v).filter(|v| !given(v)).cloned().collect();
    let key = if title.is_empty() { format!("cột {letters}") } else { title };
    let hint = if free.is_empty() {
        "Mọi biến của kế hoạch đã có cột; cần in cả cột này thì đặt tên cột là tên biến rồi dùng biến đó trong kế hoạch.".to_owned()
    } else {
        format!(
            "Nếu kế hoạch cần cột này, đặt tên cột là tên biến, hoặc ghi vào khóa danh_sach của kế hoạch dòng \"{key}\": tên_biến. Các biến chưa có cột: {}.",
            some(&free)
        )
    };
    let general = Diagnostic::general(&code::COT_BO_QUA, message);
    Diagnostic { severity: Severity::Warning, ..general }.hint(hint)
}

/// What is good to know of the file itself.
fn about_file(book: &Book<'_>, page: &Page) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let mut note = |message: String, hint: &str| {
        out.push(
            Diagnostic { severity: Severity::Warning, ..Diagnostic::general(&code::HANG_BO_QUA, message) }.hint(hint),
        );
    };
    let hidden: Vec<String> = book
        .sheets
        .iter()
        .filter(|s| s.hidden && Some(&s.name) != page.sheet.as_ref())
        .map(|s| format!("“{}”", s.name))
        .collect();
    if !hidden.is_empty() {
        note(
            format!("Bỏ qua trang tính đang bị ẩn: {}.", hidden.join(", ")),
            "Nếu đơn vị nằm ở đó, ghi tên trang vào danh_sach.trang của kế hoạch hoặc chọn bằng --sheet.",
        );
    }
    if page.unformatted {
        note(
            format!(
                "Tệp {} là dạng .xls cũ: số có phần lẻ và số lớn được đọc không kèm định dạng của ô (phần trăm, dấu chấm ngăn hàng nghìn), và không biết hàng nào bị ẩn.",
                book.name
            ),
            "Cần số đúng như Excel hiện thì mở tệp bằng Excel rồi lưu lại thành .xlsx.",
        );
    }
    out
}

fn unit(line: usize, row: &[String], uses: &[Use], spreadsheet: bool, asked: &Asked<'_>) -> Unit {
    let filled = row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let mut unit = Unit { line, variables: Vec::with_capacity(filled), own: Own::Nothing, faults: Vec::new() };
    let what = if spreadsheet { "Hàng" } else { "Dòng" };
    for (index, cell) in row.iter().enumerate() {
        let text = cell.trim();
        if text.is_empty() {
            continue;
        }
        let Some(column) = uses.get(index) else {
            let message = format!("{what} {line} có {} ô, dòng tên cột chỉ có {}.", row.len(), uses.len());
            let diagnostic = Diagnostic::general(&code::DON_VI_SAI, message)
                .hint("Trong tệp CSV, ô có dấu phẩy hoặc chấm phẩy phải nằm trong ngoặc kép.");
            unit.faults.push(Fault { column: None, diagnostic });
            break;
        };
        let column = match column {
            Use::Variable(column) => column,
            Use::Own => {
                unit.own = Own::File(text.replace('\\', "/"));
                continue;
            }
            Use::Nothing => continue,
        };
        let mut fault = |diagnostic| unit.faults.push(Fault { column: Some(column.clone()), diagnostic });
        if text.len() > grid::MAX_CELL {
            let message = format!("{what} {line}, cột {}: ô dài hơn {} MB.", column.name, grid::MAX_CELL >> 20);
            fault(
                Diagnostic::general(&code::DON_VI_SAI, message)
                    .hint("Một ô của Excel có nhiều nhất 32.767 ký tự; kiểm tra lại ô này."),
            );
        } else if let Some(c) = grid::unprintable(text) {
            let message = format!("{what} {line}, cột {}: có ký tự không in được (U+{:04X}).", column.name, c as u32);
            fault(Diagnostic::general(&code::KY_TU_CAM, message).hint("Xóa ký tự này trong ô rồi gõ lại."));
        } else if grid::is_sheet_error(text) {
            // In a column that the plan does not use it is nobody's error: the cell counts as empty.
            if asked.uses(&column.name) {
                let message = format!("{what} {line}, cột {}: ô có lỗi của bảng tính ({text}).", column.name);
                let hint = "Sửa công thức hoặc ngày của ô rồi lưu lại tệp.";
                fault(Diagnostic::general(&code::DON_VI_SAI, message).hint(hint));
            }
        } else {
            unit.variables.push((column.name.clone(), cell_value(text)));
        }
    }
    unit
}
