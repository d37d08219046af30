//! Sums that do not add up.

use super::prelude::*;
use crate::check::subject::tables;
use crate::decree30::outline::parse_roman;
use crate::document::{Cell, Line, Table};
use rust_decimal::Decimal;

rule!("tong-lech", "Số tổng của bảng không bằng tổng các hàng", None, Hint, None, Document(look));

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for body in &subject.bodies {
        tables(body.blocks, &mut |table| judge(table, found));
    }
}

fn judge(table: &Table, found: &mut Findings<'_>) {
    let Some((last, rows)) = table.rows.split_last().filter(|(_, rows)| rows.len() > 1) else { return };
    let text = |cell: &Cell| cell.lines.iter().map(Line::plain).collect::<String>();
    let total = last.cells.iter().any(|c| {
        let low = text(c).to_lowercase();
        matches!(low.trim(), "tổng" | "tổng cộng" | "cộng" | "tổng số")
    });
    if !total {
        return;
    }
    // Rows of groups count twice.
    let roman = |c: &Cell| {
        parse_roman(text(c).trim_end_matches('.')).is_some()
            || text(c).len() == 1 && text(c).chars().all(char::is_alphabetic)
    };
    let groups = rows.iter().any(|row| row.cells.first().is_some_and(roman));
    for cell in last.cells.iter().filter(|c| c.colspan == 1) {
        let Some(sum) = number(&text(cell)) else { continue };
        let parts: Option<Vec<Decimal>> = rows
            .iter()
            .map(|row| {
                row.cells.iter().find(|c| c.column == cell.column && c.colspan == 1).and_then(|c| number(&text(c)))
            })
            .collect();
        // Rows of groups would count twice; a cell without a number is no sum.
        let Some(parts) = parts else { continue };
        let added: Decimal = parts.iter().sum();
        let head = table.columns.get(cell.column).map(|c| c.full_name.to_lowercase()).unwrap_or_default();
        let rate = ["%", "năng suất", "bình quân", "tỷ trọng", "tỷ lệ", "giá", "/"].iter().any(|w| head.contains(w));
        // Rounding moves the last digit of each row.
        let near = (added - sum).abs() <= Decimal::new(5 * i64::try_from(parts.len()).unwrap_or(0), sum.scale() + 1);
        let counted = table
            .columns
            .get(cell.column)
            .is_some_and(|c| matches!(c.name.plain().to_lowercase().as_str(), "stt" | "tt"));
        if !(added == sum || sum.scale() > 0 && near || counted || rate || groups) {
            let span = cell.lines.first().map(|l| l.span).unwrap_or_default();
            let shown = added.to_string().replace('.', ",");
            found.at(span, format!("Tổng ghi “{}”, các hàng cộng lại là {shown}.", text(cell)), "Xem lại số liệu.");
        }
    }
}

/// `1.449,5` as a number.
fn number(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let plain: String = text.chars().filter(|c| *c != '.').map(|c| if c == ',' { '.' } else { c }).collect();
    let figures = !plain.is_empty() && plain.chars().all(|c| c.is_ascii_digit() || c == '.');
    plain.parse().ok().filter(|_| figures)
}
