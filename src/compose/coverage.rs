//! What only type can tell: words wider than their line, characters that no face has.

use super::Composer;
use super::breaks::fill_lines;
use crate::decree30::style::Component;
use crate::decree30::units::Pt;
use crate::diagnostic::{Diagnostic, code};
use crate::face::{FACE_NAMES, is_right_to_left};
use crate::sheet::{Chars, Run, Sheet};
use crate::source::{Span, is_forbidden};

impl Composer<'_> {
    /// Width of the widest piece that no line break can divide. Breaks are possible at blanks, after hyphens unless
    /// before figures, after slashes before letters (UAX 14, LB25), anywhere in a link's punctuation and in lines to
    /// fill in.
    pub(super) fn widest_piece(&self, runs: &[Run], size: Pt) -> Pt {
        let mut widest = Pt(0.0);
        let mut piece = Pt(0.0);
        for run in runs {
            let Some(c) = run.chars() else {
                if matches!(run, Run::Break) {
                    piece = Pt(0.0);
                }
                continue;
            };
            let fills = fill_lines(&c.text);
            let is_link = matches!(run, Run::Link(..));
            for (at, ch) in c.text.char_indices() {
                // U+200B: a long word was opened here.
                if matches!(ch, ' ' | '\u{200B}') {
                    piece = Pt(0.0);
                    continue;
                }
                piece = piece + self.faces.width_of(ch, c.bold, c.italic, size);
                widest = widest.max(piece);
                let next = || c.text[at + ch.len_utf8()..].chars().next();
                let sign = match ch {
                    '-' => next().is_none_or(|n| !n.is_ascii_digit()),
                    '/' => next().is_some_and(char::is_alphabetic),
                    _ => matches!(ch, '–' | '—'),
                };
                // Before the last sign there is no break.
                let fill = || fills.iter().any(|f| f.contains(&at) && at + 2 * ch.len_utf8() < f.end);
                if sign || is_link && !ch.is_alphanumeric() || fill() {
                    piece = Pt(0.0);
                }
            }
        }
        widest
    }

    /// Whether some text surely has no piece that is wider than the room: a look at its bytes, which measures nothing.
    pub(super) fn has_room(&self, runs: &[Run], size: Pt, room: Pt) -> bool {
        let (mut length, mut longest, mut letter) = (0, 0, 0.0f64);
        for run in runs {
            let Some(c) = run.chars() else { continue };
            // Letters from U+2040 on may be of any width: their second byte is none of 80, or their first is a later one.
            let mut head = 0;
            for b in c.text.bytes() {
                if b > 0xE2 || head == 0xE2 && b != 0x80 {
                    return false;
                }
                head = b;
                length = if b == b' ' { 0 } else { length + 1 };
                longest = longest.max(length);
            }
            letter = letter.max(self.faces.widest(c.bold, c.italic, size).0);
        }
        f64::from(longest) * letter <= room.0
    }

    /// Reports a word of some text that is wider than the room for it.
    pub(super) fn check_runs(&mut self, runs: &[Run], size: Pt, room: Pt, span: Span) {
        if !self.has_room(runs, size, room) {
            let widest = self.widest_piece(runs, size);
            self.check_words(widest, room, span);
        }
    }

    /// Reports a word wider than the room for it.
    pub(super) fn check_words(&mut self, widest: Pt, room: Pt, span: Span) {
        // What has no place is made of words that have one.
        if widest.0 > room.0 + 0.1 && span != Span::default() {
            let (has, wants) = (room.to_mm().0, widest.to_mm().0);
            self.diagnostics.push(
                Diagnostic::error(
                    &code::TU_QUA_DAI,
                    span,
                    format!("Có một từ dài {wants:.0} mm, chỗ của nó chỉ rộng {has:.0} mm nên không ngắt dòng được."),
                )
                .hint("Thêm dấu cách vào từ; trong bảng thì tăng chiều rộng cột."),
            );
        }
    }

    /// Reports the words that no other check has seen and that are wider than the page: in footnotes, captions,
    /// addressees.
    pub(super) fn check_everywhere(&mut self, sheet: &Sheet) {
        let mut wide: Vec<(Pt, Pt, Span)> = Vec::new();
        for section in &sheet.sections {
            section.visit(&mut |par| {
                let size = self.styles.get(par.style).size;
                let room = section.width - par.indent.unwrap_or_default();
                let note_size = self.styles.get(Component::ChuThich).size;
                let notes = par.runs.iter().filter_map(|run| match run {
                    Run::Note(inner) => Some((inner, note_size)),
                    _ => None,
                });
                let texts = std::iter::once((&par.runs, size)).chain(notes);
                let tight = texts.filter(|(runs, size)| !self.has_room(runs, *size, room));
                if let Some(widest) = tight.map(|(runs, size)| self.widest_piece(runs, size).0).reduce(f64::max) {
                    wide.push((Pt(widest), room, par.span));
                }
            });
        }
        for (widest, room, span) in wide {
            let said = self.diagnostics.iter().any(|d| d.code == &code::TU_QUA_DAI && d.span == Some(span));
            if !said {
                self.check_words(widest, room, span);
            }
        }
    }

    /// Reports every stretch of characters that the face it is set in does not have.
    pub(super) fn check_coverage(&mut self, sheet: &Sheet) {
        let mut missing: Vec<Missing> = Vec::new();
        sheet.visit(&mut |par| {
            for run in par.marker.iter().flatten().chain(&par.runs) {
                self.missing(run, par.span, &mut missing);
            }
        });
        for Missing { text, face, span } in missing {
            let slice = self.source.text.get(span.range()).unwrap_or("");
            let typed = slice.find(&text).map(|at| (at, text.len())).or_else(|| in_capitals(slice, &text));
            let (span, whence) = match typed {
                Some((at, length)) => (Span::new(span.start + at, span.start + at + length), ""),
                None => (span, " trong giá trị của một biến ở đoạn này"),
            };
            self.diagnostics.push(said(&text, face, span, whence));
        }
    }

    fn missing(&self, run: &Run, span: Span, out: &mut Vec<Missing>) {
        match run {
            // What the program adds repeats typed text, or is made of letters that every family must have.
            Run::Text(chars) if chars.added => {}
            Run::Text(chars) | Run::Link(chars, _) => {
                let Chars { text, bold, italic, .. } = chars;
                let lacks = |c: char| !self.faces.covers(c, *bold, *italic) && !is_forbidden(c);
                let face = usize::from(*bold) + 2 * usize::from(*italic);
                let mut rest = text.as_str();
                while let Some(from) = rest.find(lacks) {
                    let stretch = &rest[from..];
                    let first_turned = stretch.chars().next().is_some_and(is_right_to_left);
                    let to = stretch.find(|c| !lacks(c) || is_right_to_left(c) != first_turned);
                    let to = to.unwrap_or(stretch.len());
                    let found = Missing { text: stretch[..to].to_owned(), face, span };
                    if !out.contains(&found) {
                        out.push(found);
                    }
                    rest = &stretch[to..];
                }
            }
            Run::Note(inner) => inner.iter().for_each(|r| self.missing(r, span, out)),
            Run::Break | Run::Entry(_) => {}
        }
    }
}

/// Neighbouring characters that a face does not have.
#[derive(PartialEq)]
struct Missing {
    text: String,
    /// Index of the face in [`FACE_NAMES`].
    face: usize,
    /// The paragraph.
    span: Span,
}

/// Where a text that the page shows in capitals was typed: byte and length.
fn in_capitals(typed: &str, shown: &str) -> Option<(usize, usize)> {
    let first = shown.chars().next()?;
    let at = typed.find(|c: char| c.to_uppercase().eq([first]))?;
    let length = typed[at..].chars().take(shown.chars().count()).map(char::len_utf8).sum();
    Some((at, length))
}

fn said(text: &str, face: usize, span: Span, whence: &str) -> Diagnostic {
    if text.starts_with(is_right_to_left) {
        let message =
            format!("“{text}”{whence} là chữ viết từ phải sang trái, loại chữ mà chương trình không trình bày.");
        return Diagnostic::error(&code::THIEU_CHU, span, message)
            .hint("Phiên âm bằng chữ cái Latinh, hoặc kèm bản chụp dưới dạng hình.");
    }
    let what = match (text.chars().count(), text.chars().next()) {
        (1, Some(c)) => format!("Ký tự “{c}” (U+{:04X})", c as u32),
        _ => format!("Các ký tự “{text}”"),
    };
    Diagnostic::error(
        &code::THIEU_CHU,
        span,
        format!("{what}{whence} không có trong phông chữ, kiểu {}.", FACE_NAMES[face]),
    )
    .hint("Thay bằng chữ hoặc dấu thường dùng, ví dụ “x” thay cho dấu đánh, “-” thay cho dấu chấm tròn.")
}
