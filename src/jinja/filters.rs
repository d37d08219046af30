//! The filters of the plan file, beside minijinja's own.

use super::date;
use super::number_words;
use super::told::told;
use chrono::{Datelike, NaiveDate};
use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, State, filters};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Names of the filters, for hints.
pub const NAMES: [&str; 9] =
    ["hoa", "thuong", "hoa_dau", "ngay", "ngay_dai", "so_chu", "so_vn", "khong_dau", "ten_tep"];

/// Makes the filters known.
pub fn add(env: &mut Environment<'static>) {
    env.add_filter("hoa", |value: Value| text(&value).map(|t| t.to_uppercase()));
    env.add_filter("thuong", |value: Value| text(&value).map(|t| t.to_lowercase()));
    env.add_filter("hoa_dau", |value: Value| text(&value).map(|t| first_upper(&t)));
    env.add_filter("ngay", |value: Value| whole_date(&value).map(|d| d.format("%d/%m/%Y").to_string()));
    env.add_filter("ngay_dai", |value: Value| whole_date(&value).map(long_date));
    env.add_filter("so_chu", |value: Value| in_words(&value));
    env.add_filter("so_vn", |value: Value| vietnamese(&value));
    env.add_filter("khong_dau", |value: Value| text(&value).map(|t| without_accents(&t)));
    env.add_filter("ten_tep", |value: Value| text(&value).map(|t| file_name(&t)));
    // minijinja's own, for texts that are numbers as Vietnamese write them: `16.800`, `82,5`.
    env.add_filter("int", |state: &State, value: Value, default: Option<Value>, base: Option<u32>, kwargs: Kwargs| {
        let value = if base.is_none() { as_number(value) } else { value };
        filters::int(state, &value, default, base, kwargs)
    });
    env.add_filter("float", |state: &State, value: Value, default: Option<Value>, kwargs: Kwargs| {
        filters::float(state, &as_number(value), default, kwargs)
    });
}

/// The text of a string or number; anything else is no text.
fn text(value: &Value) -> Result<String, Error> {
    match value.kind() {
        ValueKind::Undefined => Err(Error::from(ErrorKind::UndefinedError)),
        ValueKind::String | ValueKind::Number => Ok(value.to_string()),
        ValueKind::None => Err(told(ErrorKind::NonPrimitive, "biến chưa có giá trị")),
        _ => Err(wrong("bộ lọc này chỉ dùng cho chữ và số".into())),
    }
}

/// The text with its first letter in upper case.
fn first_upper(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn wrong(message: String) -> Error {
    told(ErrorKind::InvalidOperation, message)
}

fn whole_date(value: &Value) -> Result<NaiveDate, Error> {
    let text = text(value)?;
    date::whole(&text).map_err(|problem| wrong(format!("“{text}” không phải là ngày dạng 15/02/2026: {problem}")))
}

/// Day under 10 and months 1, 2 with a zero (mục II, khoản 4, điểm b).
fn long_date(date: NaiveDate) -> String {
    use crate::decree30::phrases::{day, month};
    format!("ngày {} tháng {} năm {}", day(date.day()), month(date.month()), date.year())
}

/// Sign, whole digits and fraction digits of a number or of a text that is one (`82.5`, `82,5`, `1.234,5`).
fn digits(value: &Value) -> Result<(bool, String, String), Error> {
    let shown = text(value)?;
    let mut text = shown.trim().to_owned();
    // `1.500.000` typed as text has dots between thousands, as Vietnamese numbers do.
    let groups: Vec<&str> = text.trim_start_matches('-').split('.').collect();
    let thousands =
        groups.len() > 1 && groups[1..].iter().all(|g| g.len() == 3) && groups[0].len() <= 3 && groups[0] != "0";
    if text.contains(',') || (thousands && value.kind() == ValueKind::String) {
        text = text.replace('.', "").replace(',', ".");
    }
    let negative = text.starts_with('-');
    let bare = text.trim_start_matches('-');
    let (whole, fraction) = bare.split_once('.').unwrap_or((bare, ""));
    let numeric = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 18 || !numeric(whole) || !numeric(fraction) {
        return Err(wrong(format!("“{shown}” không phải là số")));
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    Ok((negative, whole.to_owned(), fraction.trim_end_matches('0').to_owned()))
}

/// A text that is a number as that number; anything else as it is.
fn as_number(value: Value) -> Value {
    if value.kind() != ValueKind::String {
        return value;
    }
    let Ok((negative, whole, fraction)) = digits(&value) else { return value };
    let sign = if negative { "-" } else { "" };
    let number = if fraction.is_empty() {
        format!("{sign}{whole}").parse::<i64>().map(Value::from).ok()
    } else {
        format!("{sign}{whole}.{fraction}").parse::<f64>().map(Value::from).ok()
    };
    number.unwrap_or(value)
}

fn vietnamese(value: &Value) -> Result<String, Error> {
    let (negative, whole, fraction) = digits(value)?;
    let mut out = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(c);
    }
    if !fraction.is_empty() {
        out.push(',');
        out.push_str(&fraction);
    }
    Ok(if negative { format!("-{out}") } else { out })
}

fn in_words(value: &Value) -> Result<String, Error> {
    let (negative, whole, fraction) = digits(value)?;
    let number: u64 = whole.parse().map_err(|_| wrong("số quá lớn để viết bằng chữ".into()))?;
    let mut out = number_words::words(number);
    if !fraction.is_empty() {
        out.push_str(" phẩy");
        // Zeros after the comma are said one by one.
        for _ in fraction.bytes().take_while(|b| *b == b'0') {
            out.push_str(" không");
        }
        let rest: u64 = fraction.parse().map_err(|_| wrong("số quá lớn để viết bằng chữ".into()))?;
        out.push(' ');
        out.push_str(&number_words::words(rest));
    }
    Ok(if negative { format!("âm {out}") } else { out })
}

/// Vietnamese letters without their marks; đ becomes d.
pub fn without_accents(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .map(|c| match c {
            'đ' => 'd',
            'Đ' => 'D',
            c => c,
        })
        .collect()
}

/// A file name that every system takes: ASCII letters, digits and hyphens, at most 50 characters.
pub fn file_name(text: &str) -> String {
    let mut out = String::new();
    for c in without_accents(text).to_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(50);
    let out = out.trim_matches('-');
    let device = matches!(out, "con" | "prn" | "aux" | "nul")
        || (out.len() == 4
            && (out.starts_with("com") || out.starts_with("lpt"))
            && out.ends_with(|c: char| c.is_ascii_digit()));
    match out {
        "" => "van-ban".into(),
        _ if device => format!("{out}-"),
        _ => out.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(template: &str) -> String {
        let mut env = Environment::new();
        add(&mut env);
        env.render_str(template, ()).unwrap_or_else(|e| format!("lỗi: {}", e.detail().unwrap_or_default()))
    }

    #[test]
    fn filters() {
        let cases = [
            ("{{ 'đặng' | hoa }}", "ĐẶNG"),
            ("{{ 'ủy ban' | hoa_dau }}", "Ủy ban"),
            ("{{ '2026-03-05' | ngay }}", "05/03/2026"),
            ("{{ '5/3/2026' | ngay_dai }}", "ngày 05 tháng 3 năm 2026"),
            ("{{ 'ngày 5 tháng 3 năm 2026' | ngay }}", "05/03/2026"),
            (
                "{{ '05/02/26' | ngay_dai }}",
                "lỗi: “05/02/26” không phải là ngày dạng 15/02/2026: năm “26” phải viết đủ bốn chữ số",
            ),
            ("{{ 1234567.8 | so_vn }}", "1.234.567,8"),
            ("{{ '82.50' | so_vn }}", "82,5"),
            ("{{ '1.500.000' | so_vn }}", "1.500.000"),
            ("{{ '1.500' | so_chu }}", "một nghìn năm trăm"),
            ("{{ 1.125 | so_vn }}", "1,125"),
            ("{{ 82.05 | so_chu }}", "tám mươi hai phẩy không năm"),
            ("{{ 'Đặc khu Lý Sơn' | khong_dau }}", "Dac khu Ly Son"),
            ("{{ '../Xã Đồng Văn/CON' | ten_tep }}", "xa-dong-van-con"),
            ("{{ 'con' | ten_tep }}", "con-"),
            ("{{ 'lớn' if ('16.800' | int) >= 10000 }}", "lớn"),
            ("{{ 'lớn' if ('82,5' | float) >= 82.4 }}", "lớn"),
            ("{{ 'không' | int(default=7) }}", "7"),
            ("{{ 'ff' | int(base=16) }}", "255"),
            ("{{ 'a' | so_vn }}", "lỗi: “a” không phải là số"),
            (
                "{{ '31/02/2026' | ngay }}",
                "lỗi: “31/02/2026” không phải là ngày dạng 15/02/2026: không có ngày này trong lịch",
            ),
        ];
        for (template, wanted) in cases {
            assert_eq!(render(template), wanted, "{template}");
        }
    }
}
