//! A day that no calendar has: `31/4/2026`.

use super::prelude::*;

rule!("ngay-khong-co", "Ngày không có trong lịch", None, Error, None, Text(look));

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for date in text.dates().iter().filter(|d| (d.day.is_some() || d.year.is_some()) && !d.exists()) {
        let typed = text.plain[date.range.clone()].to_owned();
        found.tell(text, date.range.clone(), format!("Lịch không có “{typed}”."), "Xem lại ngày, tháng.");
    }
}
