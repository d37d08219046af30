//! Dates in running text: `ngày 05 tháng 3 năm 2026`, `05/3/2026`, `tháng 3 năm 2026`.

use std::ops::Range;

/// A number of a date as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Its value.
    pub value: u32,
    /// Its bytes in the text.
    pub range: Range<usize>,
}

impl Figure {
    /// Whether a zero stands before it.
    pub fn is_padded(&self) -> bool {
        self.range.len() > 1 && self.value < 10
    }
}

/// A date, or a month, in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Day of the month.
    pub day: Option<Figure>,
    /// Month.
    pub month: Figure,
    /// Year.
    pub year: Option<Figure>,
    /// Whether it is in words (`ngày … tháng … năm …`).
    pub long: bool,
    /// All of it.
    pub range: Range<usize>,
}

impl Mention {
    /// Year, month, day, where all are there.
    pub fn key(&self) -> Option<(u32, u32, u32)> {
        Some((self.year.as_ref()?.value, self.month.value, self.day.as_ref()?.value))
    }

    /// Whether there is such a day.
    pub fn exists(&self) -> bool {
        let year = self.year.as_ref().map_or(2024, |y| y.value);
        let day = self.day.as_ref().map_or(1, |d| d.value);
        i32::try_from(year).is_ok_and(|y| chrono::NaiveDate::from_ymd_opt(y, self.month.value, day).is_some())
    }
}

/// The letters in which dates are looked for.
struct Letters<'t> {
    plain: &'t str,
    low: &'t str,
    words: &'t [Range<usize>],
}

impl Letters<'_> {
    fn low_word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |range| &self.low[range.clone()])
    }
}

/// The dates of a text, in their order; `low` has its small letters, byte for byte, and `words` are where its words stand.
pub fn all(plain: &str, low: &str, words: &[Range<usize>]) -> Vec<Mention> {
    let text = &Letters { plain, low, words };
    let mut out = Vec::new();
    if !text.plain.bytes().any(|b| b.is_ascii_digit()) {
        return out;
    }
    let mut at = 0;
    while at < text.words.len() {
        match long(text, at).or_else(|| short(text, at)) {
            Some((mention, words)) => {
                out.push(mention);
                at += words;
            }
            None => at += 1,
        }
    }
    out
}

fn figure(text: &Letters<'_>, at: usize, most: usize) -> Option<Figure> {
    let range = text.words.get(at)?.clone();
    let word = &text.plain[range.clone()];
    let digits = word.len() <= most && word.bytes().all(|b| b.is_ascii_digit());
    Some(Figure { value: word.parse().ok().filter(|_| digits)?, range })
}

/// What stands between two words.
fn between<'t>(text: &'t Letters<'_>, at: usize) -> &'t str {
    match (text.words.get(at), text.words.get(at + 1)) {
        (Some(a), Some(b)) => &text.plain[a.end..b.start],
        _ => "",
    }
}

/// From the word `ngày` or `tháng` on, with the number of its words.
fn long(text: &Letters<'_>, at: usize) -> Option<(Mention, usize)> {
    let blank = |at: usize| between(text, at).trim().is_empty();
    let start = text.words.get(at)?.start;
    let mut next = at;
    let mut day = None;
    if text.low_word(at) == "ngày" && blank(at) {
        day = figure(text, at + 1, 2);
        next += 2;
        if day.is_none() || !blank(at + 1) {
            return None;
        }
    }
    if text.low_word(next) != "tháng" || !blank(next) {
        return None;
    }
    let month = figure(text, next + 1, 2).filter(|m| (1..=99).contains(&m.value))?;
    next += 2;
    let mut end = month.range.end;
    let mut year = None;
    if text.low_word(next) == "năm" && blank(next - 1) && blank(next) {
        year = figure(text, next + 1, 4).filter(|y| y.range.len() == 4);
        if let Some(year) = &year {
            end = year.range.end;
            next += 2;
        }
    } else if between(text, next - 1) == "/" && day.is_none() {
        year = figure(text, next, 4).filter(|y| y.range.len() == 4);
        if let Some(year) = &year {
            end = year.range.end;
            next += 1;
        }
    }
    let long = day.is_some() || year.is_some();
    Some((Mention { day, month, year, long, range: start..end }, next - at))
}

/// `05/3/2026`.
fn short(text: &Letters<'_>, at: usize) -> Option<(Mention, usize)> {
    let sign = between(text, at);
    if !matches!(sign, "/" | "-" | ".") || between(text, at + 1) != sign {
        return None;
    }
    let (day, month) = (figure(text, at, 2)?, figure(text, at + 1, 2)?);
    let year = figure(text, at + 2, 4).filter(|y| y.range.len() == 4)?;
    // A number of a document, a decimal, a code.
    let before = text.plain[..day.range.start].chars().next_back();
    let after = text.plain[year.range.end..].chars().next();
    let goes_on = after == Some('.') && text.plain[year.range.end + 1..].starts_with(|c: char| c.is_ascii_digit());
    if before.is_some_and(|c| "/-.,+".contains(c)) || after.is_some_and(|c| "/-".contains(c)) || goes_on {
        return None;
    }
    let range = day.range.start..year.range.end;
    Some((Mention { day: Some(day), month, year: Some(year), long: false, range }, 3))
}
