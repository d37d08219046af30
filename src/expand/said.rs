//! The first link of the proof of words: what the texts of a plan say, once values are filled in and marks are read, is
//! in the document. Every text is noted where it is read, whoever asked for it; the document is walked afterwards.

use crate::diagnostic::{Diagnostic, code};
use crate::document::{Document, Inline, Typed};
use crate::source::Span;

/// Words with the places of the texts that they come from.
#[derive(Debug, Default)]
pub struct Said {
    all: Vec<(Span, String)>,
}

impl Said {
    /// Notes what a text says.
    pub fn add(&mut self, span: Span, inlines: &[Inline]) {
        let mut letters = String::new();
        spell(inlines, &mut letters);
        if !letters.is_empty() {
            self.all.push((span, letters));
        }
    }

    /// The words of a document.
    fn of(document: &Document) -> Self {
        let mut out = Said::default();
        document.each_typed(&mut |typed| {
            if let Typed::Line(line) = typed {
                out.add(line.span, &line.inlines);
            }
        });
        out
    }

    /// The words of each place, joined in the order in which they were noted.
    fn by_place(mut self) -> Vec<(Span, String)> {
        // Stable: texts that a loop repeats stay in their order.
        self.all.sort_by_key(|(span, _)| (span.start, span.end));
        let mut out: Vec<(Span, String)> = Vec::with_capacity(self.all.len());
        for (span, letters) in self.all {
            match out.last_mut() {
                Some((last, before)) if *last == span => before.push_str(&letters),
                _ => out.push((span, letters)),
            }
        }
        out
    }

    /// Makes sure that a document says what was noted, and nothing else: the first place where it does not.
    pub fn check(self, document: &Document) -> Result<(), Diagnostic> {
        let (noted, found) = (self.by_place(), Said::of(document).by_place());
        if noted == found {
            return Ok(());
        }
        let differs = |(a, b): &(&(Span, String), &(Span, String))| a != b;
        let place = match noted.iter().zip(&found).find(differs) {
            Some((a, b)) => a.0.start.min(b.0.start),
            None => noted.get(found.len()).or_else(|| found.get(noted.len())).map_or(0, |(span, _)| span.start),
        };
        let at = |(span, _): &&(Span, String)| span.start == place;
        let words = |all: &[(Span, String)]| all.iter().find(at).map(|(_, w)| w.chars().take(200).collect::<String>());
        let (span, message) = match (noted.iter().find(at), words(&noted), words(&found)) {
            (Some((span, _)), Some(noted), Some(found)) => {
                (*span, format!("Chữ “{noted}” ở đây thành “{found}” trong văn bản."))
            }
            (Some((span, _)), Some(noted), None) => (*span, format!("Chữ “{noted}” ở đây không vào văn bản.")),
            (_, _, found) => {
                let span = found.as_ref().map_or(Span::default(), |_| Span::new(place, place));
                (span, format!("Văn bản có chữ “{}” mà kế hoạch không có.", found.unwrap_or_default()))
            }
        };
        Err(Diagnostic::error(&code::MAT_CHU, span, message)
            .hint("Đây là lỗi của vanthu, hãy báo cho nhóm phát triển."))
    }
}

/// The words of inlines, those of footnotes at their marks.
fn spell(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text, _) | Inline::Link(text, ..) => out.push_str(text),
            Inline::Note(inner) => spell(inner, out),
            Inline::Break => out.push('\n'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Date, Line};
    use crate::draft::{Part, Parts, TrinhBay};

    fn line(start: usize, text: &str) -> Line {
        Line::text(text, Span::new(start, start + 1))
    }

    fn document() -> (Document, Said) {
        let mut document = Document {
            loai: crate::decree30::kinds::Kind::USUAL,
            lines: Parts::default(),
            cung_ky: Vec::new(),
            cac_ben: Vec::new(),
            ngay: Date::default(),
            ngay_spans: Default::default(),
            noi_dung: Vec::new(),
            kem_theo: Vec::new(),
            ban_sao: None,
            phu_luc: Vec::new(),
            do_khan: None,
            xac_nhan: false,
            trinh_bay: TrinhBay::default(),
        };
        document.lines[Part::TrichYeu] = vec![line(10, "về việc nhỏ")];
        document.lines[Part::Ket] = vec![line(40, "Trên đây"), line(40, "là kế hoạch")];
        document.lines[Part::DiaChi] = vec![line(20, "Đường số 1")];
        let said = Said::of(&document);
        (document, said)
    }

    #[test]
    fn a_part_that_gets_lost_on_the_way_is_an_error_at_its_place() {
        let (whole, said) = document();
        assert!(said.check(&whole).is_ok());
        for part in [Part::TrichYeu, Part::Ket, Part::DiaChi] {
            let (mut document, said) = document();
            let span = document.span(part);
            document.lines[part].clear();
            let problem = said.check(&document).unwrap_err();
            assert_eq!((problem.code.name, problem.span), ("mat-chu", Some(span)));
            assert!(problem.message.contains("không vào văn bản"), "{}", problem.message);
        }
    }

    #[test]
    fn words_that_are_cut_moved_or_added_are_errors() {
        type Change = fn(&mut Document);
        let changes: [(&str, Change); 4] = [
            ("thành", |d| drop(d.lines[Part::Ket].pop())),
            ("thành", |d| d.lines[Part::Ket].reverse()),
            ("thành", |d| d.lines[Part::TrichYeu] = vec![line(10, "về việc lớn")]),
            ("mà kế hoạch không có", |d| d.lines[Part::MoDau] = vec![line(60, "Thêm")]),
        ];
        for (wanted, change) in changes {
            let (mut document, said) = document();
            change(&mut document);
            let problem = said.check(&document).unwrap_err();
            assert!(problem.message.contains(wanted), "{}", problem.message);
        }
    }
}
