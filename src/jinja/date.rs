//! Dates as officials type them.

use crate::document::Date;
use chrono::NaiveDate;

/// `15/02/2026`, `  /02/2026`, `02/2026`, `2026`, or nothing. The error says what is wrong, as the end of a sentence.
pub fn parse(text: &str) -> Result<Date, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Date::default());
    }
    let parts: Vec<&str> = text.split('/').map(str::trim).collect();
    let (day, month, year) = match parts.as_slice() {
        [year] => ("", "", *year),
        [month, year] => ("", *month, *year),
        [day, month, year] => (*day, *month, *year),
        _ => return Err("phải có dạng ngày/tháng/năm".into()),
    };
    let number = |text: &str, digits: std::ops::RangeInclusive<usize>, name: &str| -> Result<Option<u32>, String> {
        match text {
            "" => Ok(None),
            t if digits.contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit()) => Ok(t.parse().ok()),
            t => Err(format!("{name} “{t}” không đúng")),
        }
    };
    let day = number(day, 1..=2, "ngày")?;
    let month = number(month, 1..=2, "tháng")?;
    let year = number(year, 4..=4, "năm")?.ok_or("thiếu năm")? as i32;
    if !(1945..=2999).contains(&year) {
        return Err(format!("năm {year} không đúng"));
    }
    match (day, month) {
        (Some(day), Some(month)) => {
            NaiveDate::from_ymd_opt(year, month, day).ok_or("không có ngày này trong lịch")?;
        }
        (_, Some(month)) if !(1..=12).contains(&month) => return Err(format!("tháng {month} không có trong lịch")),
        (Some(_), None) => return Err("có ngày mà thiếu tháng".into()),
        _ => {}
    }
    Ok(Date { day, month, year: Some(year) })
}

/// A whole date, also in the ISO form that spreadsheets export.
pub fn whole(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    NaiveDate::parse_from_str(text.split(['T', ' ']).next()?, "%Y-%m-%d")
        .or_else(|_| NaiveDate::parse_from_str(text, "%d/%m/%Y"))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_may_be_blank() {
        assert_eq!(parse("15/02/2022"), Ok(Date { day: Some(15), month: Some(2), year: Some(2022) }));
        assert_eq!(parse("  /02/2022"), Ok(Date { day: None, month: Some(2), year: Some(2022) }));
        assert_eq!(parse(" 2022 "), Ok(Date { day: None, month: None, year: Some(2022) }));
        assert_eq!(parse(""), Ok(Date::default()));
    }

    #[test]
    fn wrong_dates() {
        for text in [
            "31/02/2026",
            "7/1/222",
            "2026-01-05",
            "0/1/2026",
            "1/13/2026",
            "15//2026",
            "a/b/2026",
            "1/1/1/2026",
            "//",
            "９/1/2026",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
