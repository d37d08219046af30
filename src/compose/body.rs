//! The outline (ô 6): a paragraph for each block, in the style of its level.

use super::Composer;
use super::runs::{append, text_of};
use crate::decree30::outline::Level;
use crate::decree30::phrases::END_MARK;
use crate::decree30::style::Component;
use crate::decree30::units::{Mm, Pt};
use crate::diagnostic::{Diagnostic, Severity, code};
use crate::document::{Block, Content, Inline, Line};
use crate::draft::ColumnWidth;
use crate::draft::Part;
use crate::markup::outline::{ends_like_a_sentence, is_long_for_a_title};
use crate::sheet::{Item, Par, Picture, Run};
use crate::source::Span;

/// Where a block stands: how many titles and how many list items are above it.
#[derive(Clone, Copy, Default)]
struct Depth {
    headings: u8,
    lists: u8,
}

impl Composer<'_> {
    /// Body and closing.
    pub(super) fn content(&mut self) -> Vec<Item> {
        let mut out = self.blocks(&self.document.noi_dung);
        for line in self.document.lines(Part::Ket) {
            let runs = self.runs(line, Component::LoiVan);
            out.push(Item::Par(self.flow(Component::LoiVan, runs, line.span)));
        }
        out
    }

    /// The blocks of a body.
    pub(super) fn blocks(&mut self, blocks: &[Block]) -> Vec<Item> {
        let mut out = Vec::new();
        self.walk(blocks, Depth::default(), &mut out);
        out
    }

    fn walk(&mut self, blocks: &[Block], depth: Depth, out: &mut Vec<Item>) {
        for (index, block) in blocks.iter().enumerate() {
            let follows = block.children.first().or(blocks.get(index + 1));
            let page_break = follows.is_some_and(|b| matches!(b.content, Content::PageBreak));
            let mut inner = depth;
            match &block.content {
                Content::Text { level, marker, typed, line } => {
                    let marker = Marker { text: marker, typed: *typed };
                    let mut par = self.text(block, *level, marker, line, depth);
                    // “Trong đó:” at the foot of a page would announce nothing.
                    let leads = *level == Level::Doan && !page_break && line.plain().trim_end().ends_with(':');
                    par.keep_next |= leads && self.line_count(&par) <= LONGEST_LEAD_IN;
                    inner.headings += u8::from(par.heading.is_some());
                    inner.lists += u8::from(par.list.is_some());
                    out.push(Item::Par(par));
                }
                Content::Table(table) => out.extend(self.table(table, block.span)),
                Content::Picture { path, width, caption } => out.extend(self.picture(path, *width, caption.as_ref())),
                Content::PageBreak => out.push(Item::PageBreak),
            }
            self.walk(&block.children, inner, out);
        }
    }

    fn text(&mut self, block: &Block, level: Level, marker: Marker<'_>, line: &Line, depth: Depth) -> Par {
        let (style, title) = role(block, level, marker.text, line);
        if title && matches!(level, Level::Khoan | Level::KhoanCon) {
            self.check_title(line);
        }
        let mut runs = Vec::new();
        let centred = matches!(style, Component::PhanChuong | Component::MucTieuMuc);
        if centred {
            // Number on a line of its own, the title in capitals under it (khoản 6, điểm e).
            runs.push(self.marker(marker, style, true));
            if !line.is_empty() {
                runs.push(Run::Break);
                let title = self.inlines(&line.inlines, style, true);
                let limit = self.width - Mm(10.0).to_pt();
                let broken = self.balance(title, self.styles.get(style).size, limit);
                self.check_words(broken.widest_word, limit, line.span);
                runs.extend(broken.runs);
            }
        } else {
            let text_style = if style == Component::Dieu && !title { Component::LoiVan } else { style };
            runs.extend(self.runs(line, text_style));
        }
        let mut par = self.flow(style, runs, line.span);
        if !centred && !marker.text.is_empty() {
            // A number before a title that runs into the text is as bold as the title.
            let run_in = matches!(par.runs.first(), Some(Run::Text(c)) if c.bold);
            par.marker = Some(vec![self.marker(marker, style, style.row().bold || run_in)]);
        }
        if title {
            par.heading = Some(depth.headings.saturating_add(1));
            par.keep_next = true;
        } else if !marker.text.is_empty() && level.rank() >= Level::Khoan.rank() {
            par.list = Some(depth.lists.saturating_add(1));
        }
        let announces = block.children.first().is_some_and(|b| !matches!(b.content, Content::PageBreak));
        if announces && line.plain().ends_with(':') && self.line_count(&par) <= LONGEST_LEAD_IN {
            par.keep_next = true;
        }
        par
    }

    /// A clause that is set like a title and reads like a sentence whose end was forgotten.
    fn check_title(&mut self, line: &Line) {
        let bold = |inline: &Inline| matches!(inline, Inline::Text(_, e) | Inline::Link(_, e, _) if e.bold);
        if !is_long_for_a_title(&line.plain()) || line.inlines.iter().all(bold) {
            return;
        }
        let message = "Khoản này dài như một câu nhưng không kết thúc như một câu, nên được in đậm như tiêu đề.";
        self.diagnostics.push(
            Diagnostic { severity: Severity::Hint, ..Diagnostic::warning(&code::TIEU_DE_DAI, line.span, message) }
            .hint("Nếu là lời văn, thêm dấu câu ở cuối khoản (. ; hoặc “như sau:”); nếu là tiêu đề, viết ngắn lại hoặc đặt giữa hai dấu **."),
        );
    }

    fn marker(&self, marker: Marker<'_>, style: Component, bold: bool) -> Run {
        match self.added(marker.text, style) {
            Run::Text(mut chars) => {
                chars.added = !marker.typed;
                chars.bold = bold;
                Run::Text(chars)
            }
            other => other,
        }
    }

    /// A paragraph over the text width; a word that no line can hold is an error.
    pub(super) fn flow(&mut self, style: Component, runs: Vec<Run>, span: Span) -> Par {
        let size = self.styles.get(style).size;
        self.check_runs(&runs, size, self.width, span);
        Par::new(style, runs, span)
    }

    fn picture(&self, path: &str, width: Option<ColumnWidth>, caption: Option<&Line>) -> Vec<Item> {
        let width = width.map(|w| match w {
            ColumnWidth::Fixed(mm) => mm.to_pt().min(self.width),
            ColumnWidth::Part(part) => self.width * part,
            ColumnWidth::Fraction(_) | ColumnWidth::Auto => self.width,
        });
        let alt = caption.map_or_else(|| path.to_owned(), Line::plain);
        // Its caption of up to two lines stands on its page.
        let most = Pt(self.page_height() - if caption.is_some() { 60.0 } else { 12.0 });
        let keep_next = caption.is_some();
        let mut out = vec![Item::Picture(Picture { path: path.to_owned(), width, alt, keep_next, most })];
        if let Some(caption) = caption {
            let style = Component::TenHinh;
            let runs = self.balance(self.runs(caption, style), self.styles.get(style).size, self.width).runs;
            let mut par = Par::new(style, runs, caption.span);
            par.after = Some(Pt(6.0));
            out.push(Item::Par(par));
        }
        out
    }

    /// `./.` after the last paragraph (Mẫu 1.4), unless the content ends with a table or picture.
    pub(super) fn end_mark(&self, items: &mut [Item]) {
        self.end_mark_behind(items, |_| true);
    }

    /// As [`Composer::end_mark`], for what stands behind the signature: a name, a note in brackets or a line of a form that
    /// ends it is no text.
    pub(super) fn end_mark_of_sentence(&self, items: &mut [Item]) {
        self.end_mark_behind(items, |text| {
            text.ends_with('.') || text.chars().count() > SHORTEST_SENTENCE && !text.ends_with(')')
        });
    }

    fn end_mark_behind(&self, items: &mut [Item], is_text: fn(&str) -> bool) {
        if !self.document.loai.form.has_end_mark() {
            return;
        }
        if let Some(Item::Par(par)) = items.last_mut() {
            let text = text_of(&par.runs);
            let text = text.trim_end();
            // A mark that the author typed is kept as it is; captions and titles close nothing.
            let closed = text.ends_with(END_MARK) || text.ends_with([';', ',', ':']);
            if closed || !is_text(text) || par.style == Component::TenHinh || par.heading.is_some() {
                return;
            }
            append(&mut par.runs, if text.ends_with('.') { "/." } else { END_MARK });
        }
    }

    /// About how many lines a paragraph takes over the text width.
    pub(super) fn line_count(&self, par: &Par) -> f64 {
        self.lines_in(par, self.width)
    }

    /// About how many lines a paragraph takes in a column.
    pub(super) fn lines_in(&self, par: &Par, column: Pt) -> f64 {
        let style = self.styles.get(par.style);
        let marker = par.marker.as_ref().map_or(Pt(0.0), |m| self.width_of(m, style.size));
        let width = self.width_of(&par.runs, style.size) + marker + style.indent;
        let breaks = par.runs.iter().filter(|r| **r == Run::Break).count();
        (width.0 / column.0.max(1.0)).ceil().max(1.0) + breaks as f64
    }

    /// The signature must not stand alone on a page: the last paragraphs, two lines at least, go with it.
    pub(super) fn keep_with_signature(&self, items: &mut [Item]) {
        let mut lines = 0.0;
        for item in items.iter_mut().rev() {
            let Item::Par(par) = item else { break };
            par.keep_next = true;
            lines += self.line_count(par);
            if lines >= 2.0 {
                break;
            }
        }
    }
}

#[derive(Clone, Copy)]
struct Marker<'b> {
    text: &'b str,
    typed: bool,
}

/// The style of a block, and whether it is a title.
fn role(block: &Block, level: Level, marker: &str, line: &Line) -> (Component, bool) {
    let has_children = block.children.iter().any(|c| !matches!(c.content, Content::PageBreak));
    let title = || !line.is_empty() && has_children && !ends_like_a_sentence(&line.plain());
    match level {
        Level::Phan | Level::Chuong => (Component::PhanChuong, true),
        Level::Muc if marker.to_lowercase().starts_with("mục") => (Component::MucTieuMuc, true),
        Level::TieuMuc => (Component::MucTieuMuc, true),
        Level::Muc => (Component::MucLaMa, true),
        // An article without a title says its sentence behind the number (Mẫu 1.2).
        Level::Dieu => (Component::Dieu, !line.is_empty() && !ends_like_a_sentence(&line.plain())),
        Level::Khoan if title() => (Component::KhoanTieuDe, true),
        Level::Khoan => (Component::Khoan, false),
        Level::KhoanCon if title() => (Component::KhoanConTieuDe, true),
        Level::KhoanCon => (Component::KhoanCon, false),
        // A point set like a title stands in the outline too, in the type of a point.
        Level::Diem => (Component::Diem, title() && line.plain().chars().count() <= LONGEST_POINT_TITLE),
        Level::Gach | Level::Sao => (Component::Gach, false),
        Level::Cong | Level::Ngoac => (Component::Cong, false),
        Level::Doan => (Component::LoiVan, false),
    }
}

/// Letters of a last line behind the signature that are a sentence though no full stop was typed.
const SHORTEST_SENTENCE: usize = 60;

/// Lines of a paragraph that may wait for what it announces: a longer one leaves too much of a page empty.
pub(super) const LONGEST_LEAD_IN: f64 = 8.0;

/// Letters of a point that may still be a title: about two lines.
const LONGEST_POINT_TITLE: usize = 120;
