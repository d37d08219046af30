//! `ngày 5 tháng 06 năm 2026`: a day under 10 and the months 1 and 2 take a zero, the other months none.

use super::prelude::*;
use crate::check::dates::Figure;

rule!(
    "ngay-them-khong",
    "Số không trước ngày, tháng chưa đúng cách",
    Some("Phụ lục I, phần I, mục II, khoản 4, điểm b"),
    Warning,
    Unsafe,
    Text(look)
);

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for date in text.dates().iter().filter(|d| d.long && d.year.is_some() && d.exists()) {
        let wanted = |figure: &Figure, padded: bool| {
            let right = if padded { format!("{:02}", figure.value) } else { figure.value.to_string() };
            (right != text.plain[figure.range.clone()]).then_some(right)
        };
        if let Some(day) = &date.day
            && let Some(right) = wanted(day, true)
        {
            found.replace(text, day.range.clone(), &right, format!("Ngày {} viết là “{right}”.", day.value));
        }
        // Without a day it is no date: `tháng 1 năm 2026` is a month.
        if let Some(right) = wanted(&date.month, date.month.value <= 2).filter(|_| date.day.is_some()) {
            let message = format!("Tháng {} viết là “{right}”.", date.month.value);
            found.replace(text, date.month.range.clone(), &right, message);
        }
    }
}
