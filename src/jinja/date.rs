//! Dates as officials type them.

use crate::document::Date;
use chrono::{Datelike, NaiveDate};
use std::ops::RangeInclusive;

/// Years of a document.
const DOCUMENTS: RangeInclusive<i32> = 1945..=2999;
/// Years of any date in a text: people are born before there were documents.
const ANY: RangeInclusive<i32> = 1800..=2999;

/// A date, or what is known of it: `15/02/2026`, `15-2-2026`, `15.02.2026`, `ngày 15 tháng 2 năm 2026`, `  /02/2026`,
/// `ngày … tháng 02 năm 2026`, `02/2026`, `2026`, or nothing. The error says what is wrong, as the end of a sentence.
pub fn parse(text: &str) -> Result<Date, String> {
    read(text, DOCUMENTS)
}

fn read(text: &str, years: RangeInclusive<i32>) -> Result<Date, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Date::default());
    }
    let [day, month, year] = parts(text)?;
    let number = |text: &str, digits: RangeInclusive<usize>, name: &str| -> Result<Option<u32>, String> {
        match text {
            "" => Ok(None),
            t if digits.contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit()) => Ok(t.parse().ok()),
            t => Err(format!("{name} “{t}” không đúng")),
        }
    };
    let day = number(day, 1..=2, "ngày")?;
    let month = number(month, 1..=2, "tháng")?;
    if year.len() < 4 && !year.is_empty() && year.bytes().all(|b| b.is_ascii_digit()) {
        return Err(format!("năm “{year}” phải viết đủ bốn chữ số"));
    }
    let year = number(year, 4..=4, "năm")?.ok_or("thiếu năm")? as i32;
    if !years.contains(&year) {
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

/// Day, month and year as typed; what is left out is empty.
fn parts(text: &str) -> Result<[&str; 3], String> {
    let (rest, year) = behind(text, "năm");
    let (rest, month) = behind(rest, "tháng");
    let (rest, day) = behind(rest, "ngày");
    if let (None, None, Some(all)) = (year, month, day) {
        // `ngày 15/02/2026`
        return if rest.is_empty() { by_signs(all) } else { Err(FORM.into()) };
    }
    if year.is_none() && month.is_none() {
        return by_signs(text);
    }
    // The word “ngày” may be left out: `15 tháng 2 năm 2026`.
    let day = match day {
        Some(day) if rest.is_empty() => day,
        None => rest,
        Some(_) => return Err(FORM.into()),
    };
    Ok([day, month.unwrap_or_default(), year.unwrap_or_default()].map(known))
}

/// What a date may look like, for the end of a sentence.
const FORM: &str = "phải có dạng ngày/tháng/năm";

/// Parts between `/`, `-` or `.`, the same sign between all.
fn by_signs(text: &str) -> Result<[&str; 3], String> {
    let sign = text.chars().find(|c| matches!(c, '/' | '-' | '.')).unwrap_or('/');
    let parts: Vec<&str> = text.split(sign).map(str::trim).collect();
    match parts.as_slice() {
        [year] => Ok(["", "", *year]),
        [month, year] => Ok(["", known(month), *year]),
        [year, ..] if year.len() == 4 && parts.len() == 3 => Err(FORM.into()),
        [day, month, year] => Ok([known(day), known(month), *year]),
        _ => Err(FORM.into()),
    }
}

/// What stands before a word and behind it.
fn behind<'t>(text: &'t str, word: &str) -> (&'t str, Option<&'t str>) {
    let capital =
        |word: &str| word.chars().next().map(|c| c.to_uppercase().chain(word.chars().skip(1)).collect::<String>());
    let found = text.rfind(word).map(|i| (i, word.len()));
    let found = found.or_else(|| capital(word).and_then(|w| text.rfind(&w).map(|i| (i, w.len()))));
    match found {
        Some((at, length)) => (text[..at].trim().trim_end_matches(',').trim_end(), Some(text[at + length..].trim())),
        None => (text, None),
    }
}

/// A part without the signs that hold its place on paper: `…`, `...`, `___`.
fn known(part: &str) -> &str {
    part.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '…' | '_' | ','))
}

/// A whole date in one of the forms of [`parse`], or in the ISO form that spreadsheets export. The error says what is
/// wrong, as the end of a sentence.
pub fn whole(text: &str) -> Result<NaiveDate, String> {
    let text = text.trim();
    let iso = text.split(['T', ' ']).next().unwrap_or_default();
    if iso.len() == 10 && iso.as_bytes()[4] == b'-' && iso.is_ascii() {
        let date = NaiveDate::parse_from_str(iso, "%Y-%m-%d").map_err(|_| "không có ngày này trong lịch".to_owned())?;
        return if ANY.contains(&date.year()) { Ok(date) } else { Err(format!("năm {} không đúng", date.year())) };
    }
    match read(text, ANY)? {
        Date { day: Some(day), month: Some(month), year: Some(year) } => {
            NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| "không có ngày này trong lịch".to_owned())
        }
        _ => Err("phải có đủ ngày, tháng và năm".to_owned()),
    }
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
    fn dates_as_they_stand_in_documents() {
        let whole = Ok(Date { day: Some(17), month: Some(11), year: Some(2026) });
        for text in [
            "ngày 17 tháng 11 năm 2026",
            "Ngày 17 tháng 11 năm 2026",
            "17 tháng 11 năm 2026",
            "ngày 17 tháng 11, năm 2026",
            "ngày 17/11/2026",
            "17-11-2026",
            "17.11.2026",
            "17 / 11 / 2026",
        ] {
            assert_eq!(parse(text), whole, "{text}");
        }
        let month = Ok(Date { day: None, month: Some(11), year: Some(2026) });
        for text in [
            "ngày   tháng 11 năm 2026",
            "ngày … tháng 11 năm 2026",
            "ngày ..... tháng 11 năm 2026",
            "ngày ___ tháng 11 năm 2026",
            "tháng 11 năm 2026",
            "…/11/2026",
            "11-2026",
        ] {
            assert_eq!(parse(text), month, "{text}");
        }
        for text in ["ngày     tháng     năm 2026", "năm 2026"] {
            assert_eq!(parse(text), Ok(Date { day: None, month: None, year: Some(2026) }), "{text}");
        }
    }

    #[test]
    fn a_year_has_four_digits() {
        for text in ["05/02/26", "5-2-26", "ngày 05 tháng 02 năm 26", "02/26"] {
            assert_eq!(parse(text), Err("năm “26” phải viết đủ bốn chữ số".to_owned()), "{text}");
            assert!(super::whole(text).is_err(), "{text}");
        }
    }

    #[test]
    fn whole_dates() {
        for text in ["2026-02-05", "2026-02-05T00:00:00", "2026-02-05 08:00", "5/2/2026", "ngày 05 tháng 02 năm 2026"]
        {
            assert_eq!(whole(text).map(|d| d.to_string()), Ok("2026-02-05".to_owned()), "{text}");
        }
        for text in ["", "2026", "02/2026", "2026-02-31", "31/02/2026", "0026-02-05", "5/2"] {
            assert!(whole(text).is_err(), "{text}");
        }
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
            "17/11-2026",
            "ngày 17 tháng mười một năm 2026",
            "ngày 17 tháng 11",
            "Hà Nội, ngày 17 tháng 11 năm 2026",
            "1/1/0026",
            "chữ",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
