//! Hyphens at which no line may break: those of numbers and symbols of documents (`02-KH/BCĐTW`), ranges of years.
//!
//! In the sheet such a hyphen is U+2011, as is one that the author typed so; every format prints it as a hyphen. The
//! same walk opens long words (`breaks`).

use super::Composer;
use super::breaks::fill_lines;
use crate::decree30::lengths::CELL_INSET;
use crate::decree30::style::Component;
use crate::decree30::units::Pt;
use crate::sheet::{Chars, Item, Par, Run, Sheet};

/// The hyphen that does not break.
const KEPT: &str = "\u{2011}";

impl Composer<'_> {
    /// Marks the hyphens that hold their words together, wherever a line could break and the word fits its column.
    pub(super) fn keep_symbols(&self, sheet: &mut Sheet) {
        for section in &mut sheet.sections {
            let width = section.width;
            for items in [&mut section.top, &mut section.items, &mut section.foot] {
                self.keep_in_items(items, width);
            }
        }
    }

    fn keep_in_items(&self, items: &mut [Item], width: Pt) {
        for item in items {
            match item {
                Item::Par(par) => self.keep_in_par(par, width),
                Item::Boxed(boxed) => self.keep_in_par(&mut boxed.par, boxed.width),
                Item::Columns(columns) => {
                    let widths = columns.widths.clone();
                    for row in &mut columns.rows {
                        row.iter_mut().zip(&widths).for_each(|(cell, width)| self.keep_in_items(cell, *width));
                    }
                }
                Item::Table(table) => {
                    for cell in table.header.iter_mut().chain(&mut table.rows).flatten() {
                        let columns = table.widths.iter().skip(cell.column).take(cell.colspan);
                        let width = Pt(columns.map(|w| w.0).sum::<f64>()) - CELL_INSET.0 * 2.0;
                        cell.pars.iter_mut().for_each(|par| self.keep_in_par(par, width));
                    }
                }
                Item::Rule(_) | Item::Picture(_) | Item::Space(_) | Item::PageBreak => {}
            }
        }
    }

    fn keep_in_par(&self, par: &mut Par, width: Pt) {
        let style = self.styles.get(par.style);
        let indent = par.indent.unwrap_or(style.indent);
        let plain = |run: &Run| match run {
            Run::Note(_) => false,
            run => run.chars().is_none_or(|c| breaks_as_usual(&c.text)),
        };
        if par.runs.iter().all(plain) {
            return;
        }
        let marker = par.marker.as_ref().map_or(Pt(0.0), |m| self.width_of(m, style.size));
        let one_line = self.width_of(&par.runs, style.size).0 + marker.0 < (width - indent).0 * 0.98;
        let note_size = self.styles.get(Component::ChuThich).size;
        for run in &mut par.runs {
            match run {
                Run::Text(chars) | Run::Link(chars, _) if !one_line => {
                    self.keep_in_chars(chars, style.size, width - indent);
                }
                Run::Note(inner) => {
                    for run in inner {
                        if let Run::Text(chars) | Run::Link(chars, _) = run {
                            self.keep_in_chars(chars, note_size, self.width);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn keep_in_chars(&self, chars: &mut Chars, size: Pt, room: Pt) {
        self.open_long_words(chars, size, room);
        if !chars.text.contains('-') {
            return;
        }
        let fits = |word: &str| self.faces.width(word, chars.bold, chars.italic, size).0 <= room.0;
        let kept = |word: &str| holds_together(word) && fits(word);
        if chars.text.split(' ').any(kept) {
            let words = chars.text.split(' ');
            let all: Vec<String> = words.map(|w| if kept(w) { w.replace('-', KEPT) } else { w.to_owned() }).collect();
            chars.text = all.join(" ");
        }
    }
}

/// Whether a text has no hyphen, no line to fill in and no address: nothing here is about it.
fn breaks_as_usual(text: &str) -> bool {
    !text.bytes().any(|b| matches!(b, b'-' | b'/' | b'w')) && fill_lines(text).is_empty()
}

/// Whether a word is a number or symbol that reads as one: `02-KH/BCĐTW`, `19-NQ/TW`, `412/TTr-SKHCN`, `KH-UBND`,
/// `2026-2030`. `cán bộ-công chức` and addresses are not.
pub(super) fn holds_together(word: &str) -> bool {
    let core = word.trim_matches(|c: char| !c.is_alphanumeric());
    let fill = core.contains('\u{200B}');
    if fill || !core.contains('-') || core.contains("://") || core.starts_with("www.") || core.contains('@') {
        return false;
    }
    if core.contains(|c: char| c.is_ascii_digit()) {
        return true;
    }
    core.split(['-', '/']).all(|part| part.chars().filter(|c| c.is_uppercase()).count() >= 2)
}

#[cfg(test)]
mod tests {
    use super::holds_together;

    #[test]
    fn numbers_and_symbols_hold_together() {
        let symbols = [
            "02-KH/BCĐTW,",
            "(19-NQ/TW)",
            "412/TTr-SKHCN",
            "KH-UBND",
            "30/2020/NĐ-CP",
            "2026-2030",
            "COVID-19",
            "QCVN-BTNMT",
        ];
        for word in symbols {
            assert!(holds_together(word), "{word}");
        }
        for word in ["bộ-công", "Buôn-Ma-Thuột", "-", "https://a-b.vn/1-2", "a-b@c-1.vn", "chữ"] {
            assert!(!holds_together(word), "{word}");
        }
    }
}
