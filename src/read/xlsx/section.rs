//! A section of a number format as pieces, and what the pieces show: dates, times, texts and General. The library reads
//! `hh:mm dd/mm/yyyy` as minutes and takes commas of dates for marks of numbers, so these sections are read here.

use ssfmt::date_serial::{serial_to_date, serial_to_weekday};
use ssfmt::{DateSystem, Locale};

/// Last day that a spreadsheet shows: 31/12/9999.
const LAST_DAY: f64 = 2_958_465.0;
const DAY: f64 = 86_400.0;

/// What a spreadsheet shows for dates before the first one and after the last one: the cell filled with signs.
pub const NO_DATE: &str = "####";

#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
}

enum Piece {
    Text(String),
    /// A part of a date, with the count of its letters.
    Part(Unit, usize),
    /// Hours, minutes or seconds that do not begin again, with the least count of digits.
    Elapsed(Unit, usize),
    /// Digits behind the seconds.
    Fraction(usize),
    /// The half of the day; by one letter or by two.
    Half(bool),
    /// The value itself: `@` or General.
    Value,
}

/// The sections of a format code: it is divided at semicolons outside quotes and brackets.
pub fn split(code: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut start, mut quoted, mut bracket, mut escaped) = (0, false, false, false);
    for (at, c) in code.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            '[' if !quoted => bracket = true,
            ']' if !quoted => bracket = false,
            ';' if !quoted && !bracket => {
                out.push(&code[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(&code[start..]);
    out
}

/// A section whose pieces are all known here.
pub struct Section {
    pieces: Vec<Piece>,
    english: bool,
}

impl Section {
    /// Reads a section; none if it has placeholders of digits or letters of other calendars.
    pub fn parse(code: &str) -> Option<Section> {
        let mut section = Section { pieces: Vec::new(), english: false };
        let mut rest = code;
        while let Some(c) = rest.chars().next() {
            let taken = section.take(c, rest)?;
            rest = rest.get(taken..)?;
        }
        section.tell_minutes();
        Some(section)
    }

    /// Takes one piece from the front of `rest` and gives its length in bytes.
    fn take(&mut self, c: char, rest: &str) -> Option<usize> {
        let behind = &rest[c.len_utf8()..];
        let next = behind.chars().next();
        let lower = c.to_ascii_lowercase();
        let run = rest.chars().take_while(|d| d.to_ascii_lowercase() == lower).count();
        Some(match lower {
            '"' => {
                let end = behind.find('"').unwrap_or(behind.len());
                self.text(&behind[..end]);
                (end + 2).min(rest.len())
            }
            '\\' => {
                self.text(next.map_or("", |n| &behind[..n.len_utf8()]));
                1 + next.map_or(0, char::len_utf8)
            }
            '_' => {
                self.text(" ");
                1 + next.map_or(0, char::len_utf8)
            }
            '*' => 1 + next.map_or(0, char::len_utf8),
            '[' => {
                let end = behind.find(']')?;
                self.bracket(&behind[..end]);
                end + 2
            }
            '@' => {
                self.pieces.push(Piece::Value);
                1
            }
            'g' if starts(rest, "general") => {
                self.pieces.push(Piece::Value);
                "general".len()
            }
            'a' if starts(rest, "am/pm") => {
                self.pieces.push(Piece::Half(false));
                "am/pm".len()
            }
            'a' if starts(rest, "a/p") => {
                self.pieces.push(Piece::Half(true));
                "a/p".len()
            }
            'y' | 'm' | 'd' | 'h' | 's' => {
                self.pieces.push(Piece::Part(unit(lower), run));
                run
            }
            '.' if matches!(
                self.pieces.last(),
                Some(Piece::Part(Unit::Second, _) | Piece::Elapsed(Unit::Second, _))
            ) && next == Some('0') =>
            {
                let digits = behind.bytes().take_while(|b| *b == b'0').count();
                self.pieces.push(Piece::Fraction(digits));
                1 + digits
            }
            '0'..='9' | '#' | '?' | '%' | 'e' | 'b' | 'g' => return None,
            _ => {
                self.text(&rest[..c.len_utf8()]);
                c.len_utf8()
            }
        })
    }

    fn text(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Text(last)) => last.push_str(text),
            _ => self.pieces.push(Piece::Text(text.to_owned())),
        }
    }

    /// A currency with its language, hours that do not begin again, or a colour or condition, which show nothing.
    fn bracket(&mut self, inner: &str) {
        if let Some(currency) = inner.strip_prefix('$') {
            let (sign, language) = currency.split_once('-').unwrap_or((currency, ""));
            if !sign.is_empty() {
                self.text(sign);
            }
            let number = u32::from_str_radix(language, 16).map(|n| n & 0x3FF);
            // The low ten bits name the language: 9 is English.
            self.english |= number == Ok(9) || language.to_ascii_lowercase().starts_with("en");
            return;
        }
        let lower = inner.to_ascii_lowercase();
        let first = lower.chars().next().filter(|c| matches!(c, 'h' | 'm' | 's'));
        if let Some(c) = first.filter(|c| lower.chars().all(|d| d == *c)) {
            let unit = if c == 'm' { Unit::Minute } else { unit(c) };
            self.pieces.push(Piece::Elapsed(unit, lower.len()));
        }
    }

    /// `m` and `mm` are minutes only right behind hours or right before seconds.
    fn tell_minutes(&mut self) {
        let units: Vec<(usize, Option<Unit>)> = self
            .pieces
            .iter()
            .enumerate()
            .filter_map(|(at, piece)| match piece {
                Piece::Part(unit, _) | Piece::Elapsed(unit, _) => Some((at, Some(*unit))),
                Piece::Half(_) | Piece::Fraction(_) | Piece::Value => Some((at, None)),
                Piece::Text(_) => None,
            })
            .collect();
        for (index, (at, unit)) in units.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|i| units.get(i)).and_then(|(_, unit)| *unit);
            let behind = units.get(index + 1).and_then(|(_, unit)| *unit);
            let minutes = before == Some(Unit::Hour) || behind == Some(Unit::Second);
            if let (Some(Unit::Month), true, Some(Piece::Part(unit, 1 | 2))) = (unit, minutes, self.pieces.get_mut(*at))
            {
                *unit = Unit::Minute;
            }
        }
    }

    /// Whether the section shows a part of a date or a time.
    pub fn is_date(&self) -> bool {
        self.pieces.iter().any(|p| !matches!(p, Piece::Text(_) | Piece::Value))
    }

    /// Whether the section shows the value as it is, as `@` and General do.
    pub fn has_value(&self) -> bool {
        self.pieces.iter().any(|p| matches!(p, Piece::Value))
    }

    /// The texts of the section with the value among them.
    pub fn around(&self, value: &str) -> String {
        let shown = self.pieces.iter().map(|piece| match piece {
            Piece::Text(text) => text.as_str(),
            Piece::Value => value,
            _ => "",
        });
        shown.collect()
    }

    /// A date or time, given as days since the first day of the system.
    pub fn date(&self, serial: f64, system: DateSystem, vietnamese: &Locale) -> String {
        let english = Locale::default();
        let locale = if self.english { &english } else { vietnamese };
        let digits = self.pieces.iter().map(|p| if let Piece::Fraction(n) = p { *n } else { 0 }).max().unwrap_or(0);
        let has_time = self.pieces.iter().any(|p| match p {
            Piece::Part(unit, _) => matches!(unit, Unit::Hour | Unit::Minute | Unit::Second),
            Piece::Elapsed(..) | Piece::Half(_) => true,
            _ => false,
        });
        // Times are kept as binary fractions of a day; the least that is shown is a second or its decimals, and what
        // is rounded up to midnight belongs to the next day.
        let scale = 10f64.powi(digits.min(9) as i32);
        let ticks = (serial * DAY * scale).round();
        let (day, ticks) = if has_time {
            let day = (ticks / (DAY * scale)).floor();
            (day, ticks - day * DAY * scale)
        } else {
            (serial.floor(), 0.0)
        };
        let (second, fraction) = ((ticks / scale).floor(), ticks % scale);
        let second_of_day = second as u64;
        let date =
            if day < 1.0 && system == DateSystem::Date1900 { Some((1900, 1, 0)) } else { serial_to_date(day, system) };
        let (true, Some((year, month, day_of_month))) = ((0.0..=LAST_DAY + 1.0).contains(&serial), date) else {
            return NO_DATE.into();
        };
        let weekday = (serial_to_weekday(day, system) as usize).saturating_sub(1);
        let half = self.pieces.iter().any(|p| matches!(p, Piece::Half(_)));
        let hour = second_of_day / 3600;
        let shown_hour = if half { (hour + 11) % 12 + 1 } else { hour };
        let name = |names: &[&'static str], index: usize| names.get(index).copied().unwrap_or_default().to_owned();
        let index = (month as usize).saturating_sub(1);
        let two = |n: u64, count: usize| if count >= 2 { format!("{n:02}") } else { n.to_string() };
        let show = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Value => String::new(),
            Piece::Part(Unit::Year, 1 | 2) => format!("{:02}", year % 100),
            Piece::Part(Unit::Year, _) => format!("{year:04}"),
            Piece::Part(Unit::Month, count @ (1 | 2)) => two(u64::from(month), *count),
            Piece::Part(Unit::Month, 3) => name(&locale.month_names_short, index),
            Piece::Part(Unit::Month, 5) => name(&locale.month_names_full, index).chars().take(1).collect(),
            Piece::Part(Unit::Month, _) => name(&locale.month_names_full, index),
            Piece::Part(Unit::Day, count @ (1 | 2)) => two(u64::from(day_of_month), *count),
            Piece::Part(Unit::Day, 3) => name(&locale.day_names_short, weekday),
            Piece::Part(Unit::Day, _) => name(&locale.day_names_full, weekday),
            Piece::Part(Unit::Hour, count) => two(shown_hour, *count),
            Piece::Part(Unit::Minute, count) => two(second_of_day / 60 % 60, *count),
            Piece::Part(Unit::Second, count) => two(second_of_day % 60, *count),
            Piece::Elapsed(unit, count) => {
                let all = day as u64 * 86_400 + second_of_day;
                let each = match unit {
                    Unit::Hour => 3600,
                    Unit::Minute => 60,
                    _ => 1,
                };
                format!("{:0width$}", all / each, width = *count)
            }
            Piece::Fraction(count) => format!(",{:0width$}", fraction as u64, width = *count),
            Piece::Half(true) => if hour >= 12 { "P" } else { "A" }.to_owned(),
            Piece::Half(false) => if hour >= 12 { locale.pm_string } else { locale.am_string }.to_owned(),
        };
        self.pieces.iter().map(show).collect()
    }
}

fn unit(letter: char) -> Unit {
    match letter {
        'y' => Unit::Year,
        'm' => Unit::Month,
        'd' => Unit::Day,
        'h' => Unit::Hour,
        _ => Unit::Second,
    }
}

fn starts(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|front| front.eq_ignore_ascii_case(word))
}
