//! A column of numbers with a gap.

use super::prelude::*;
use crate::check::subject::tables;
use crate::document::{Column, Line, Table};

rule!("bang-stt", "Cột số thứ tự của bảng không nối tiếp", None, Warning, None, Document(look));

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for body in &subject.bodies {
        tables(body.blocks, &mut |table| judge(table, found));
    }
}

fn judge(table: &Table, found: &mut Findings<'_>) {
    let name = |c: &Column| c.name.plain().to_lowercase();
    let Some(column) = table.columns.iter().position(|c| matches!(name(c).as_str(), "stt" | "tt" | "số tt")) else {
        return;
    };
    let mut before: Option<u32> = None;
    for row in &table.rows {
        let Some(cell) = row.cells.iter().find(|c| c.column == column && c.colspan == 1) else { continue };
        let text = cell.lines.iter().map(Line::plain).collect::<String>();
        // Letters, Roman numbers and 1.1 begin groups of their own.
        let Ok(number) = text.trim_end_matches('.').parse::<u32>() else {
            before = None;
            continue;
        };
        if let Some(last) = before.filter(|last| number != last + 1 && number != 1) {
            let span = cell.lines.first().map(|l| l.span).unwrap_or_default();
            found.at(span, format!("Số thứ tự {number} đứng sau {last}."), "Xem lại số thứ tự của bảng.");
        }
        before = Some(number);
    }
}
