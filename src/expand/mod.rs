//! [`Draft`] + variables → [`Document`]: templates are rendered, text is parsed, blocks are numbered.

mod attached;
mod blocks;
mod engine;
pub mod needs;
mod numbering;
mod places;
mod said;
mod setting;
mod table;
mod trace;

use crate::decree30::kinds::{EXTRACT, Form, Kind};
use crate::diagnostic::{Diagnostic, Diagnostics, Warned, code};
use crate::document::{Appendix, Block, Date, Document, Inline, Line, NOWHERE};
use crate::draft::parts::{Says, Zone};
use crate::draft::{Draft, Files, Node, Part, Parts, PhuLuc, Text, Value};
use crate::markup::inline::{self, Doubt, OpenNote};
use crate::markup::outline;
use crate::markup::slot;
use crate::source::{Source, Span};
use engine::Engine;
use said::Said;
pub use setting::set_all;

/// Expands a draft; with `traced`, lines know where each of their letters was typed. `variables` come on top of the draft's own `bien`. A document comes back only when the draft has
/// all that a document must have; whether it may be used, the diagnostics tell.
pub fn expand(
    draft: &Draft,
    source: &Source,
    files: &dyn Files,
    variables: &[(String, Value)],
    traced: bool,
) -> Warned<Option<Document>> {
    let all = self::variables(draft, variables);
    let mut x = Expander {
        engine: Engine::new(&all, traced),
        on_top: attached::on_top(draft, variables),
        traced,
        source,
        files,
        diagnostics: Diagnostics::new(),
        repeated: 0,
        bytes: 0,
        astray: None,
        extract: is_extract(draft),
        said: Said::default(),
    };
    let output = x.document(draft);
    if let Some(document) = output.as_ref().filter(|_| !x.diagnostics.has_errors())
        && let Err(lost) = x.said.check(document)
    {
        x.diagnostics.push(lost);
    }
    Warned { output, diagnostics: x.diagnostics }
}

/// The variables of a draft with others on top.
pub fn variables(draft: &Draft, on_top: &[(String, Value)]) -> Vec<(String, Value)> {
    let mut all = draft.bien.clone();
    set_all(&mut all, on_top.iter().cloned());
    all
}

/// Whether only a part of the content is there: an extract has its own copy form.
fn is_extract(draft: &Draft) -> bool {
    draft.ban_sao.as_ref().and_then(|copy| copy.loai.as_ref()).is_some_and(|kind| kind.value == EXTRACT)
}

/// Where a member of a body stands.
fn place_of(node: &Node) -> Span {
    match node {
        Node::Outline(text) | Node::Paragraph(text) => text.span,
        Node::Block(block) => block.span,
    }
}

/// What is needed while a draft is expanded.
pub(crate) struct Expander<'a> {
    engine: Engine,
    /// What texts in files of their own get on top of their own variables.
    on_top: Vec<(String, Value)>,
    /// Whether lines get to know where each of their letters was typed.
    traced: bool,
    source: &'a Source,
    files: &'a dyn Files,
    diagnostics: Diagnostics,
    /// How often `lap` has repeated something so far.
    repeated: usize,
    /// Bytes of text so far.
    bytes: usize,
    /// Where an appendix begins in the middle of the body, whose numbers then say nothing; the end of the source while
    /// appendices are read, in which forms may have any part.
    astray: Option<usize>,
    /// Whether the document is an extract (trích sao).
    extract: bool,
    /// What the texts said.
    said: Said,
}

/// Longest paragraph or cell, in bytes: some 350 pages, which take half a gigabyte to lay out.
const MAX_PARAGRAPH: usize = 1_500_000;
/// Most text of a document, in bytes: some 1,000 pages, which take a gigabyte.
const MAX_DOCUMENT: usize = 4_000_000;

impl Expander<'_> {
    fn document(&mut self, draft: &Draft) -> Option<Document> {
        let mut lines = Parts::default();
        let (mut noi_dung, mut body_read) = (Vec::new(), false);
        for (row, texts) in draft.texts.rows() {
            lines[row.part] = match row.says {
                Says::Line => texts.iter().map(|t| self.line(t)).filter(|l| !l.is_empty()).collect(),
                Says::Lines => self.lines(texts),
                Says::Fact => {
                    let line = self.fact(row.part, draft);
                    line.iter().for_each(|l| self.said.add(l.span, &l.inlines));
                    line.into_iter().collect()
                }
                Says::Body => {
                    let before = self.diagnostics.len();
                    noi_dung = self.body(&draft.noi_dung);
                    body_read = self.diagnostics.len() == before;
                    continue;
                }
            };
            if matches!(row.zone, Zone::DauTrang | Zone::ChanTrang) {
                lines[row.part].iter().for_each(|l| self.no_note(row.key, l));
            }
        }
        let cac_ben = draft.cac_ben.iter().map(|texts| self.another(texts)).collect();
        let cung_ky = draft.cung_ky.iter().map(|texts| self.another(texts)).collect();
        let ngay = self.ngay(draft.text(Part::Ngay));
        self.ordered(&mut noi_dung, self.astray);
        let kem_theo = draft.kem_theo.iter().filter_map(|attached| self.attached(draft, attached)).collect();
        let phu_luc = self.appendices(draft);
        let ban_sao = draft.ban_sao.as_ref().and_then(|copy| self.document(copy)).map(Box::new);
        for (row, texts) in draft.texts.rows().filter(|(row, _)| row.says != Says::Fact) {
            let wanted = row.part == Part::TenLoai || row.typed().is_some_and(|k| k.required);
            let empty = lines[row.part].is_empty() && wanted;
            if let Some(typed) = texts.first().filter(|_| empty) {
                self.empty(row.key, typed.span);
            }
        }
        if let Some(place) = draft.noi_dung.first().map(place_of).filter(|_| noi_dung.is_empty() && body_read) {
            self.empty("noi_dung", place);
        }
        // Where something is missing, an error says so already; the rest is composed all the same to find its mistakes.
        Some(Document {
            loai: draft.loai.as_ref().map_or(Kind::USUAL, |k| k.value),
            lines,
            cung_ky,
            cac_ben,
            ngay,
            ngay_spans: draft.text(Part::Ngay).map(|t| self.parts_of_date(t)).unwrap_or_default(),
            noi_dung,
            kem_theo,
            phu_luc,
            ban_sao,
            do_khan: draft.do_khan.as_ref().map(|u| u.value),
            xac_nhan: draft.xac_nhan,
            trinh_bay: draft.trinh_bay.clone(),
        })
    }

    fn appendices(&mut self, draft: &Draft) -> Vec<Appendix> {
        self.astray = Some(usize::MAX);
        let appendix = |p: &PhuLuc| {
            let mut noi_dung = self.body(&p.noi_dung);
            self.ordered(&mut noi_dung, None);
            Appendix {
                tieu_de: p.tieu_de.as_ref().map(|t| self.line(t)).filter(|l| !l.is_empty()),
                ngang: p.ngang,
                kem_theo: p.kem_theo.as_ref().map(|t| self.line(t)),
                noi_dung,
            }
        };
        draft.phu_luc.iter().map(appendix).collect()
    }

    /// Numbers the blocks. What is left out of an extract leaves gaps in the numbers typed.
    fn ordered(&mut self, blocks: &mut [Block], astray: Option<usize>) {
        let mut found = Diagnostics::new();
        numbering::number(blocks, astray, &mut found);
        if !self.extract {
            self.diagnostics.extend(found);
        }
    }

    /// A signer or a party behind the first.
    fn another(&mut self, texts: &Parts<Text>) -> Parts<Line> {
        let mut out = Parts::default();
        for (row, texts) in texts.rows() {
            out[row.part] = match row.says {
                Says::Lines => self.lines(texts),
                _ => texts.iter().map(|t| self.line(t)).filter(|l| !l.is_empty()).collect(),
            };
            let empty = out[row.part].is_empty() && row.typed().is_some_and(|k| k.required);
            if let Some(typed) = texts.first().filter(|_| empty) {
                self.empty(row.key, typed.span);
            }
        }
        out
    }

    /// The line of a part that has a rule of its own. The date is no line, and the abbreviation only makes the symbol.
    fn fact(&mut self, part: Part, draft: &Draft) -> Option<Line> {
        match part {
            Part::So => self.number(draft.text(part)?),
            Part::KyHieu => self.ky_hieu(draft),
            _ => None,
        }
    }

    /// The text with its values filled in and its marks parsed.
    fn line(&mut self, text: &Text) -> Line {
        let Some(rendered) = self.engine.render(text, self.source, &mut self.diagnostics) else {
            return Line { span: text.span, ..Line::default() };
        };
        let whole = self.places(text, &rendered);
        // Lines typed under a bar stay lines.
        let joined = match rendered.trim().contains('\n') {
            true => outline::paragraphs(&rendered).join("\\\n"),
            false => rendered.clone(),
        };
        let bytes = whole.map(|bytes| trace::follow(&rendered, &bytes, 0, &joined).0);
        self.said_line(&joined, text.span, |_| text.span, bytes)
    }

    /// The byte of the source for each byte of a text that was just rendered, where that is asked for.
    fn places(&self, text: &Text, rendered: &str) -> Option<trace::Bytes> {
        let typed = rendered == text.value;
        let places = if typed { None } else { self.engine.places() };
        (self.traced && (typed || places.is_some())).then(|| trace::in_source(self.source, text, rendered, places))
    }

    /// A line of marks and slots, with the places of its letters if there are any.
    fn said_line(
        &mut self,
        rendered: &str,
        span: Span,
        place: impl Fn(usize) -> Span,
        bytes: Option<trace::Bytes>,
    ) -> Line {
        let (inlines, letters) = self.inlines(rendered, span, place, bytes.is_some());
        let origin = bytes.map(|bytes| trace::said(&letters, &bytes, self.engine.values())).unwrap_or_default();
        Line { inlines, span, origin }
    }

    /// Parses marks and fills the slots. `place` turns a byte of the rendered text into a place of the plan. With `traced`
    /// come the letters before values were filled in, each with its byte.
    fn inlines(
        &mut self,
        rendered: &str,
        span: Span,
        place: impl Fn(usize) -> Span,
        traced: bool,
    ) -> (Vec<Inline>, inline::Letters) {
        let has_values = rendered.contains(slot::is_mark);
        let length = if has_values { slot::fill(rendered, self.engine.values()).len() } else { rendered.len() };
        if !self.admits(length, span) {
            return Default::default();
        }
        match inline::parse_traced(rendered, traced) {
            Ok((inline::Parsed { mut inlines, doubts }, letters)) => {
                for doubt in doubts {
                    let at = match doubt {
                        Doubt::Unclosed(_, at) | Doubt::NoteInNote(at) | Doubt::NoteInLink(at) => at,
                    };
                    let exact = place(at);
                    let span = if exact == span { self.source.place_in_scalar(span, rendered, at) } else { exact };
                    self.diagnostics.push(doubtful(doubt, span));
                }
                slot::fill_inlines(&mut inlines, self.engine.values());
                // A value may be empty, or have blanks where the paragraph begins and ends.
                if let Some(Inline::Text(text, _)) = inlines.first_mut() {
                    *text = text.trim_start_matches(' ').to_owned();
                }
                if let Some(Inline::Text(text, _)) = inlines.last_mut() {
                    *text = text.trim_end_matches(' ').to_owned();
                }
                inlines.retain(|i| !matches!(i, Inline::Text(text, _) if text.is_empty()));
                self.said.add(span, &inlines);
                (inlines, letters)
            }
            Err(OpenNote(at)) => {
                let place = if place(at) == span { self.source.place_in_scalar(span, rendered, at) } else { place(at) };
                self.diagnostics.push(
                    Diagnostic::error(&code::CHU_THICH_HO, place, "Chú thích mở bằng “^[” mà không có “]” khép lại.")
                        .hint("Thêm “]” vào cuối chú thích; nếu “^[” là chữ của văn bản thì viết “\\^[”."),
                );
                Default::default()
            }
        }
    }

    /// Whether a paragraph of so many bytes still fits a document; if not, that is an error.
    fn admits(&mut self, bytes: usize, span: Span) -> bool {
        let before = self.bytes;
        self.bytes = before.saturating_add(bytes);
        let problem = if bytes > MAX_PARAGRAPH {
            Some(("Một đoạn hoặc một ô dài hơn 1,5 MB.", "Tách thành nhiều đoạn; kiểm tra có dán nhầm không."))
        } else if before <= MAX_DOCUMENT && self.bytes > MAX_DOCUMENT {
            Some(("Đến đoạn này, chữ của văn bản dài hơn 4 MB.", "Tách thành nhiều văn bản hoặc phụ lục riêng."))
        } else {
            None
        };
        if let Some((message, hint)) = problem {
            self.diagnostics.push(Diagnostic::error(&code::QUA_DAI, head_of(span), message).hint(hint));
        }
        bytes <= MAX_PARAGRAPH && self.bytes <= MAX_DOCUMENT
    }

    /// Texts of which each line under a bar stands for itself.
    fn lines(&mut self, texts: &[Text]) -> Vec<Line> {
        texts.iter().flat_map(|text| self.split(text)).collect()
    }

    /// The margins of a page hold no footnote.
    fn no_note(&mut self, key: &str, line: &Line) {
        if line.inlines.iter().any(|i| matches!(i, Inline::Note(_))) {
            self.diagnostics.push(
                Diagnostic::error(
                    &code::CHU_THICH_SAI_CHO,
                    line.span,
                    format!("Khóa {key} in ở lề trang nên không có chú thích cuối trang được."),
                )
                .hint("Viết phần chú thích ngay trong câu, hoặc đưa vào nội dung."),
            );
        }
    }

    fn empty(&mut self, name: &str, span: Span) {
        // Behind the bound of a document nothing comes out; that was told where it was reached.
        if self.bytes > MAX_DOCUMENT {
            return;
        }
        // An error at the same place explains why nothing came out.
        if self
            .diagnostics
            .iter()
            .any(|d| d.span.is_some_and(|s| s.start >= span.start && s.end <= span.end.max(span.start + 1)))
        {
            return;
        }
        self.diagnostics.push(
            Diagnostic::error(&code::THIEU_KHOA, span, format!("Khóa “{name}” không có chữ nào."))
                .hint("Viết giá trị; nếu dùng biến, kiểm tra biến có giá trị không."),
        );
    }

    fn symbol(&mut self, text: &Text) -> String {
        let symbol = self.plain(text);
        if symbol.is_empty() {
            self.empty("ky_hieu, viet_tat", text.span);
        }
        symbol
    }

    /// A text cut into paragraphs: each line is one, unless it is indented deeper than the paragraph above.
    fn split(&mut self, text: &Text) -> Vec<Line> {
        let Some(rendered) = self.engine.render(text, self.source, &mut self.diagnostics) else { return Vec::new() };
        let whole = self.places(text, &rendered);
        let mut out = Vec::new();
        let mut from = 0;
        for paragraph in outline::paragraphs(&rendered) {
            let bytes = whole.as_ref().map(|bytes| {
                let (part, end) = trace::follow(&rendered, bytes, from, &paragraph);
                from = end;
                part
            });
            out.push(self.said_line(&paragraph, text.span, |_| text.span, bytes));
        }
        out.retain(|l| !l.is_empty());
        out
    }

    /// The text with its values filled in and no marks parsed, blanks cut.
    fn plain(&mut self, text: &Text) -> String {
        let rendered = self.engine.render(text, self.source, &mut self.diagnostics).unwrap_or_default();
        slot::fill(&rendered, self.engine.values()).trim().to_owned()
    }

    fn number(&mut self, text: &Text) -> Option<Line> {
        let number = self.plain(text);
        if number.is_empty() {
            return None;
        }
        if number.len() > 11 && number.bytes().all(|b| b.is_ascii_digit()) {
            let message = format!("Số văn bản “{number}” có {} chữ số; nhiều nhất là 11.", number.len());
            self.diagnostics
                .push(Diagnostic::error(&code::SO_SAI, text.span, message).hint("Kiểm tra lại số văn bản."));
            return None;
        }
        if !number.bytes().all(|b| b.is_ascii_digit()) {
            self.diagnostics.push(
                Diagnostic::error(&code::SO_SAI, text.span, format!("Số văn bản “{number}” không chỉ gồm chữ số Ả Rập."))
                    .hint("Chỉ viết số, ví dụ 12 hoặc 07; dấu / và ký hiệu do chương trình thêm, ký hiệu khác mặc định ghi ở ky_hieu."),
            );
            return None;
        }
        Some(Line::text(number, text.span))
    }

    fn ky_hieu(&mut self, draft: &Draft) -> Option<Line> {
        if let Some(text) = draft.text(Part::KyHieu) {
            return Some(Line::text(self.symbol(text), text.span));
        }
        let text = draft.text(Part::VietTat)?;
        let kind = draft.loai.as_ref()?.value;
        // A thư công has a number only where one is typed.
        if kind.form == Form::ThuCong && draft.text(Part::So).is_none() {
            return None;
        }
        let short = self.symbol(text);
        if kind.form == Form::ThuCong {
            return Some(Line::text(short, text.span));
        }
        if kind.form == Form::CongVan {
            return Some(Line::text(self.letter_symbol(short, draft), text.span));
        }
        let mut line = Line::text(format!("{}-{short}", kind.abbreviation), text.span);
        if let Some(place) =
            self.traced.then(|| u32::try_from(self.source.map_scalar(text.span, &text.value).at(0)).ok()).flatten()
        {
            line.origin = vec![NOWHERE; kind.abbreviation.chars().count() + 1];
            line.origin.extend(short.chars().filter(|c| !c.is_whitespace()).map(|_| place));
        }
        Some(line)
    }

    /// The symbol of a công văn has no type: `SNV-VP` (mục II, khoản 3, điểm b).
    fn letter_symbol(&mut self, short: String, draft: &Draft) -> String {
        let unit = draft.text(Part::DonViSoan).map(|unit| self.plain(unit)).unwrap_or_default();
        match unit.strip_prefix(&short).unwrap_or(&unit).trim_start_matches('-') {
            "" => short,
            unit => format!("{short}-{unit}"),
        }
    }

    /// The places of day, month and year: the last numbers of the text, from the end.
    fn parts_of_date(&self, text: &Text) -> [Span; 3] {
        let mut out = [text.span; 3];
        let typed = self.source.text.get(text.span.range()).unwrap_or("");
        if typed.contains("{{") {
            return out;
        }
        let mut end = typed.len();
        for place in out.iter_mut().rev() {
            let Some(last) = typed[..end].rfind(|c: char| c.is_ascii_digit()) else { break };
            let start = typed[..last].trim_end_matches(|c: char| c.is_ascii_digit()).len();
            *place = Span::new(text.span.start + start, text.span.start + last + 1);
            end = start;
        }
        out
    }

    fn ngay(&mut self, text: Option<&Text>) -> Date {
        let Some(text) = text else { return Date::default() };
        let typed = self.plain(text);
        crate::jinja::date::parse(&typed).unwrap_or_else(|problem| {
            self.diagnostics.push(
                Diagnostic::error(&code::NGAY_SAI, text.span, format!("Ngày “{typed}” không dùng được: {problem}."))
                    .hint("Viết ngày/tháng/năm, ví dụ 05/02/2026; để trống ngày: \"  /02/2026\"; để trống ngày và tháng: 2026."),
            );
            Date::default()
        })
    }
}

/// What is said of a mark that may have been meant otherwise.
fn doubtful(doubt: Doubt, span: Span) -> Diagnostic {
    match doubt {
        Doubt::Unclosed(sign, _) => Diagnostic::warning(
            &code::DAU_NHAN_HO,
            span,
            format!("Dấu “{sign}” mở ở đây mà không có dấu khép lại, nên được in nguyên."),
        )
        .hint(format!(
            "Thêm “{sign}” ngay sau chữ cuối của phần cần nhấn; nếu là chữ của văn bản thì đặt dấu \\ ở trước."
        )),
        Doubt::NoteInNote(_) => Diagnostic::warning(
            &code::CHU_THICH_SAI_CHO,
            span,
            "Chú thích không lồng trong chú thích được, nên phần này được in nguyên.",
        )
        .hint("Viết gộp vào chú thích ngoài, hoặc đặt thành một chú thích riêng ở cạnh."),
        Doubt::NoteInLink(_) => Diagnostic::warning(
            &code::CHU_THICH_SAI_CHO,
            span,
            "Chú thích không nằm trong chữ của liên kết được, nên phần này được in nguyên.",
        )
        .hint("Đưa chú thích ra sau dấu “)” của liên kết."),
    }
}

/// The first bytes of a place, so that a report does not show thousands of lines.
fn head_of(span: Span) -> Span {
    Span { start: span.start, end: span.end.min(span.start + 1) }
}
