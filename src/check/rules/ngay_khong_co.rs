//! A day that no calendar has: `31/4/2026`.

use super::prelude::*;
use crate::check::dates;

rule!("ngay-khong-co", "Ngày không có trong lịch", None, Error, None, Text(look));

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for date in dates::all(text).into_iter().filter(|d| (d.day.is_some() || d.year.is_some()) && !d.exists()) {
        let typed = text.plain[date.range.clone()].to_owned();
        found.tell(text, date.range, format!("Lịch không có “{typed}”."), "Xem lại ngày, tháng.");
    }
}
