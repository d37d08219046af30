//! Cells as a reader of the sheet sees them: the number formats of a workbook, with Vietnamese names and marks.

use super::number::{digits_before, general, round};
use super::section::{NO_DATE, Section, split};
use calamine::{Data, DataRef, Style};
use chrono::{NaiveDate, NaiveDateTime};
use ssfmt::ast::FormatPart;
use ssfmt::date_serial::date_to_serial;
use ssfmt::{DateSystem, FormatOptions, Locale, NumberFormat};
use std::collections::HashMap;

/// Longest number format that Excel takes.
const MAX_FORMAT: usize = 255;
/// More digits behind seconds than a spreadsheet shows, or than the library can count.
const MANY_ZEROS: &str = ".0000000000";
/// From here on the library shows wrong digits.
const EXACT: f64 = 1e15;
/// A number of as many digits as a spreadsheet keeps, to find the place of a greater one.
const STAND_IN: f64 = 123_456_789_012_345.0;

/// The number formats of a workbook, parsed once each.
pub struct Formats {
    codes: Vec<String>,
    parsed: HashMap<usize, Option<Format>>,
    options: FormatOptions,
}

/// A format as the library reads it, and those of its sections that are read here.
struct Format {
    parsed: NumberFormat,
    own: Vec<Own>,
}

enum Own {
    Empty,
    Known(Section),
    Library,
}

impl Format {
    fn parse(code: &str) -> Option<Format> {
        if code.len() > MAX_FORMAT || code.contains(MANY_ZEROS) {
            return None;
        }
        let parts = split(code);
        let several = parts.len() > 1;
        let own = |part: &&str| match Section::parse(part) {
            _ if part.is_empty() && several => Own::Empty,
            Some(section) if section.is_date() || section.has_value() => Own::Known(section),
            _ => Own::Library,
        };
        let own = parts.iter().map(own).collect();
        NumberFormat::parse(code).ok().map(|parsed| Format { parsed, own })
    }

    /// The section for a number, by conditions or by its sign.
    fn choose(&self, number: f64) -> usize {
        let sections = self.parsed.sections();
        if sections.iter().any(|s| s.condition.is_some()) {
            let fits = |s: &ssfmt::Section| s.condition.is_none_or(|c| c.evaluate(number));
            return sections.iter().position(fits).unwrap_or(sections.len().saturating_sub(1));
        }
        match sections.len() {
            0 | 1 => 0,
            2 => usize::from(number < 0.0),
            _ if number > 0.0 => 0,
            _ if number < 0.0 => 1,
            _ => 2,
        }
    }

    /// The section for texts: the fourth, or the last one if it has a place for texts.
    fn for_text(&self) -> Option<&Own> {
        match self.own.get(3) {
            Some(fourth) => Some(fourth),
            None => self.own.last().filter(|own| matches!(own, Own::Known(s) if !s.is_date())),
        }
    }
}

impl Formats {
    /// The formats of a workbook's styles.
    pub fn new(styles: &[Style], date_system: DateSystem) -> Self {
        let code = |style: &Style| match &style.number_format {
            // Excel shows the short date of the region for format 14, whatever its code says.
            Some(f) if f.format_id == Some(14) => "dd/mm/yyyy".to_owned(),
            Some(f) if f.format_id == Some(22) => "dd/mm/yyyy h:mm".to_owned(),
            Some(f) => f.format_code.clone(),
            None => String::new(),
        };
        Formats {
            codes: styles.iter().map(code).collect(),
            parsed: HashMap::new(),
            options: FormatOptions { date_system, locale: vietnamese() },
        }
    }

    /// A cell as a reader of the sheet sees it.
    pub fn text(&mut self, value: &DataRef<'_>, style: usize) -> String {
        let number = match value {
            DataRef::Empty => return String::new(),
            DataRef::String(text) => return self.words(text, style),
            DataRef::SharedString(text) => return self.words(text, style),
            DataRef::Bool(true) => return "TRUE".into(),
            DataRef::Bool(false) => return "FALSE".into(),
            DataRef::Int(number) => *number as f64,
            DataRef::Float(number) => *number,
            DataRef::DateTime(time) => time.as_f64(),
            DataRef::DateTimeIso(text) => return self.iso(text, style),
            other => return Data::from(other.clone()).to_string(),
        };
        self.shown(number, style).trim().to_owned()
    }

    /// A date written out, as the strict form of the standard has it.
    fn iso(&mut self, text: &str, style: usize) -> String {
        let bare = text.trim_end_matches('Z');
        let day = || NaiveDate::parse_from_str(bare, "%Y-%m-%d").ok().and_then(|d| d.and_hms_opt(0, 0, 0));
        let Some(time) = NaiveDateTime::parse_from_str(bare, "%Y-%m-%dT%H:%M:%S%.f").ok().or_else(day) else {
            return text.to_owned();
        };
        use chrono::{Datelike as _, Timelike as _};
        let days = date_to_serial(time.year(), time.month(), time.day(), self.options.date_system);
        let serial = days + f64::from(time.num_seconds_from_midnight()) / 86_400.0;
        if self.is_general(style) {
            let code = if serial.fract() == 0.0 { "dd/mm/yyyy" } else { "dd/mm/yyyy hh:mm:ss" };
            let section = Section::parse(code);
            return section
                .map_or_else(String::new, |s| s.date(serial, self.options.date_system, &self.options.locale));
        }
        self.shown(serial, style).trim().to_owned()
    }

    fn is_general(&self, style: usize) -> bool {
        let code = self.codes.get(style).map_or("", String::as_str);
        code.is_empty() || code.eq_ignore_ascii_case("general") || code == "@"
    }

    fn format(&mut self, style: usize) -> Option<&Format> {
        let code = self.codes.get(style).map_or("", String::as_str);
        self.parsed.entry(style).or_insert_with(|| Format::parse(code)).as_ref()
    }

    fn words(&mut self, text: &str, style: usize) -> String {
        if self.is_general(style) {
            return text.to_owned();
        }
        match self.format(style).and_then(Format::for_text) {
            Some(Own::Known(section)) => section.around(text).trim().to_owned(),
            Some(Own::Empty) => String::new(),
            Some(Own::Library) | None => text.to_owned(),
        }
    }

    fn shown(&mut self, number: f64, style: usize) -> String {
        if self.is_general(style) || !number.is_finite() {
            return general(number);
        }
        let Formats { codes, parsed, options } = self;
        let code = codes.get(style).map_or("", String::as_str);
        let Some(format) = parsed.entry(style).or_insert_with(|| Format::parse(code)) else { return general(number) };
        let index = format.choose(number);
        let alone = format.own.len() == 1;
        match format.own.get(index) {
            Some(Own::Known(section)) if section.is_date() && number < 0.0 && (alone || index == 0) => NO_DATE.into(),
            Some(Own::Known(section)) if section.is_date() => {
                section.date(number.abs(), options.date_system, &options.locale)
            }
            Some(Own::Known(section)) if index == 0 => {
                let sign = if number < 0.0 { "-" } else { "" };
                format!("{sign}{}", section.around(&general(number.abs())))
            }
            Some(Own::Known(section)) => section.around(&general(number.abs())),
            Some(Own::Empty) => String::new(),
            Some(Own::Library) | None if format.parsed.is_date_format() && number < 0.0 => NO_DATE.into(),
            Some(Own::Library) | None => counted(&format.parsed, index, number, options),
        }
    }
}

/// A number by the placeholders of its section.
fn counted(format: &NumberFormat, index: usize, number: f64, options: &FormatOptions) -> String {
    let parts = format.sections().get(index).map_or(&[][..], |s| &s.parts[..]);
    let is = |wanted: fn(&FormatPart) -> bool| parts.iter().any(wanted);
    if is(|p| matches!(p, FormatPart::Scientific { .. })) {
        // The library keeps the dot of a power of ten.
        return format.format(number, options).replacen('.', ",", 1);
    }
    if is(|p| matches!(p, FormatPart::Fraction { .. })) || !is(|p| matches!(p, FormatPart::Digit(_))) {
        return format.format(number, options);
    }
    let point = parts.iter().position(|p| matches!(p, FormatPart::DecimalPoint)).unwrap_or(parts.len());
    let (whole, behind) = parts.split_at(point);
    let digits = |of: &[FormatPart]| of.iter().filter(|p| matches!(p, FormatPart::Digit(_))).count() as i32;
    let trailing = |of: &[FormatPart]| {
        let last = of.iter().rposition(|p| matches!(p, FormatPart::Digit(_)));
        let rest = last.map_or(&[][..], |at| &of[at + 1..]);
        rest.iter().take_while(|p| matches!(p, FormatPart::ThousandsSeparator)).count() as i32
    };
    let percents = parts.iter().filter(|p| matches!(p, FormatPart::Percent)).count() as i32;
    let thousands = trailing(whole) + trailing(behind);
    let rounded = round(number, digits(behind) + 2 * percents - 3 * thousands);
    if rounded.abs() < EXACT || percents > 0 || thousands > 0 {
        return format.format(rounded, options);
    }
    // As many digits as a spreadsheet keeps, then zeros.
    let stood = format.format(STAND_IN.copysign(number), options);
    let all = digits_before(rounded.abs());
    let group = |d: &str| {
        let mut out = String::new();
        for (at, c) in d.chars().enumerate() {
            if at > 0 && (d.len() - at).is_multiple_of(3) {
                out.push('.');
            }
            out.push(c);
        }
        out
    };
    let plain = digits_before(STAND_IN);
    for (from, to) in [(plain.clone(), all.clone()), (group(&plain), group(&all))] {
        if stood.contains(&from) {
            return stood.replacen(&from, &to, 1);
        }
    }
    general(number)
}

/// As Excel shows them in Vietnam.
fn vietnamese() -> Locale {
    Locale {
        month_names_short: [
            "Thg 1", "Thg 2", "Thg 3", "Thg 4", "Thg 5", "Thg 6", "Thg 7", "Thg 8", "Thg 9", "Thg 10", "Thg 11",
            "Thg 12",
        ],
        month_names_full: [
            "Tháng Một",
            "Tháng Hai",
            "Tháng Ba",
            "Tháng Tư",
            "Tháng Năm",
            "Tháng Sáu",
            "Tháng Bảy",
            "Tháng Tám",
            "Tháng Chín",
            "Tháng Mười",
            "Tháng Mười Một",
            "Tháng Mười Hai",
        ],
        day_names_short: ["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
        day_names_full: ["Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"],
        decimal_separator: ',',
        thousands_separator: '.',
        currency_symbol: "₫",
        am_string: "SA",
        pm_string: "CH",
    }
}
