//! What only type can tell: words wider than their line, characters that no face has.

use super::Composer;
use crate::decree30::style::Component;
use crate::decree30::units::Pt;
use crate::diagnostic::{Diagnostic, code};
use crate::face::FACE_NAMES;
use crate::sheet::{Chars, Run, Sheet};
use crate::source::{Span, is_forbidden};

impl Composer<'_> {
    /// Width of the widest piece that no line break can divide. Breaks are possible at blanks, after hyphens and
    /// slashes, and anywhere in a link's punctuation.
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
            for ch in c.text.chars() {
                let width = self.faces.width(ch.encode_utf8(&mut [0; 4]), c.bold, c.italic, size);
                let link = matches!(run, Run::Link(..)) && !ch.is_alphanumeric();
                if ch == ' ' {
                    piece = Pt(0.0);
                    continue;
                }
                piece = piece + width;
                widest = widest.max(piece);
                if link || matches!(ch, '-' | '–' | '—' | '/') {
                    piece = Pt(0.0);
                }
            }
        }
        widest
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
                let mut widest = self.widest_piece(&par.runs, size);
                for run in &par.runs {
                    if let Run::Note(inner) = run {
                        widest = widest.max(self.widest_piece(inner, self.styles.get(Component::ChuThich).size));
                    }
                }
                wide.push((widest, room, par.span));
            });
        }
        for (widest, room, span) in wide {
            let said = self.diagnostics.iter().any(|d| d.code == &code::TU_QUA_DAI && d.span == Some(span));
            if !said {
                self.check_words(widest, room, span);
            }
        }
    }

    /// Reports every character that the face it is set in does not have.
    pub(super) fn check_coverage(&mut self, sheet: &Sheet) {
        let mut missing: Vec<(char, usize, Span)> = Vec::new();
        sheet.visit(&mut |par| {
            for run in par.marker.iter().flatten().chain(&par.runs) {
                self.missing(run, par.span, &mut missing);
            }
        });
        for (c, face, span) in missing {
            let slice = self.source.text.get(span.range()).unwrap_or("");
            let (span, whence) = match slice.find(c).or_else(|| slice.find(|s: char| s.to_uppercase().eq([c]))) {
                Some(i) => (Span { start: span.start + i, end: span.start + i + c.len_utf8() }, ""),
                None => (span, " trong giá trị của một biến ở đoạn này"),
            };
            self.diagnostics.push(
                Diagnostic::error(
                    &code::THIEU_CHU,
                    span,
                    format!(
                        "Ký tự “{c}” (U+{:04X}){whence} không có trong phông chữ, kiểu {}.",
                        c as u32, FACE_NAMES[face]
                    ),
                )
                .hint("Thay bằng chữ hoặc dấu thường dùng, ví dụ “x” thay cho dấu đánh, “-” thay cho dấu chấm tròn."),
            );
        }
    }

    fn missing(&self, run: &Run, span: Span, out: &mut Vec<(char, usize, Span)>) {
        match run {
            // What the program adds repeats typed text, or is made of letters that every family must have.
            Run::Text(chars) if chars.added => {}
            Run::Text(chars) | Run::Link(chars, _) => {
                let Chars { text, bold, italic, .. } = chars;
                for c in text.chars() {
                    let found = (c, usize::from(*bold) + 2 * usize::from(*italic), span);
                    if !self.faces.covers(c, *bold, *italic) && !is_forbidden(c) && !out.contains(&found) {
                        out.push(found);
                    }
                }
            }
            Run::Note(inner) => inner.iter().for_each(|r| self.missing(r, span, out)),
            Run::Break | Run::Entry(_) => {}
        }
    }
}
