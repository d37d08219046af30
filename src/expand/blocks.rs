//! `noi_dung` → blocks: templates, `khi`, `lap`, outline text; then nesting by rank.

use super::places::Places;
use super::{Expander, table, trace};
use crate::decree30::outline::Level;
use crate::diagnostic::{Diagnostic, code};
use crate::document::{Block, Content, Line};
use crate::draft::{BlockDraft, BlockKind, Node, Text};
use crate::markup::misplaced;
use crate::markup::near_marker::near;
use crate::markup::outline::{self, Piece};
use crate::markup::slot;
use crate::source::Span;
use minijinja::Value;

/// How often the `lap` of one document may repeat something: ten times a list of all communes.
const MAX_REPEATED: usize = 33_210;

impl Expander<'_> {
    /// The blocks of a `noi_dung`, nested.
    pub(super) fn body(&mut self, nodes: &[Node]) -> Vec<Block> {
        nest(self.flat(nodes, None))
    }

    fn flat(&mut self, nodes: &[Node], parent: Option<Level>) -> Vec<Block> {
        let mut out = Vec::new();
        for node in nodes {
            match node {
                Node::Outline(text) => out.extend(self.outline(text)),
                Node::Paragraph(text) => {
                    let line = self.line(text);
                    if !line.is_empty() {
                        out.push(paragraph(Level::Doan, String::new(), false, line));
                    }
                }
                Node::Block(block) => self.repeated(block, parent, &mut out),
            }
        }
        if let Some(parent) = parent {
            for block in &out {
                self.check_level(parent, block);
            }
        }
        out
    }

    /// A block inside another must stand lower; a khoản inside a khoản becomes 1.1.
    fn check_level(&mut self, parent: Level, block: &Block) {
        let Content::Text { level, .. } = &block.content else { return };
        let inner_clause = parent == Level::Khoan && *level == Level::Khoan;
        if level.rank() <= parent.rank() && !inner_clause {
            self.diagnostics.push(
                Diagnostic::error(&code::CHUONG_LONG_SAI, block.span, "Khối này đứng cao hơn hoặc ngang với khối chứa nó.")
                    .hint("Thứ tự: phan, chuong, muc, tieu_muc, dieu, khoan, diem, gach, cong, doan. Đưa khối ra ngoài một cấp."),
            );
        }
    }

    fn repeated(&mut self, block: &BlockDraft, parent: Option<Level>, out: &mut Vec<Block>) {
        self.each(block.lap.as_ref(), block.khi.as_ref(), |x| x.block(block, parent, out));
    }

    /// Runs `action` once for each item of `lap`, where `khi` is true.
    pub(super) fn each(&mut self, lap: Option<&Text>, khi: Option<&Text>, mut action: impl FnMut(&mut Self)) {
        let Some(lap) = lap else {
            if self.holds(khi) {
                action(self);
            }
            return;
        };
        let Some((name, items)) = self.loop_items(lap) else { return };
        for item in items {
            self.repeated += 1;
            if self.repeated > MAX_REPEATED {
                self.diagnostics.push(
                    Diagnostic::error(
                        &code::MAU_QUA_NANG,
                        lap.span,
                        format!("Các lệnh lặp của kế hoạch chạy hơn {MAX_REPEATED} lần nên đã dừng."),
                    )
                    .hint("Bớt số lần lặp; bảng dài nên đưa ra tệp và dùng khóa tu_tep."),
                );
                return;
            }
            self.engine.enter(name.clone(), item);
            if self.holds(khi) {
                action(self);
            }
            self.engine.leave();
        }
    }

    fn holds(&mut self, khi: Option<&Text>) -> bool {
        khi.is_none_or(|text| {
            self.engine.eval(text, &text.value, self.source, &mut self.diagnostics).is_some_and(|v| v.is_true())
        })
    }

    fn loop_items(&mut self, lap: &Text) -> Option<(String, Vec<Value>)> {
        let wrong = |message: String| {
            Diagnostic::error(&code::LAP_SAI, lap.span, message)
                .hint("Viết: lap: tên in danh_sách, ví dụ lap: xa in cac_xa.")
        };
        let Some((name, list)) = lap.value.split_once(" in ") else {
            self.diagnostics.push(wrong("Lệnh lặp không có dạng “tên in danh_sách”.".into()));
            return None;
        };
        let name = name.trim();
        if name.is_empty()
            || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            || name.starts_with(|c: char| c.is_ascii_digit())
        {
            self.diagnostics.push(wrong(format!("“{name}” không dùng làm tên biến được.")));
            return None;
        }
        let value = self.engine.eval(lap, list, self.source, &mut self.diagnostics)?;
        match value.try_iter() {
            Ok(items) => Some((name.to_owned(), items.collect())),
            Err(_) => {
                self.diagnostics.push(wrong(format!("“{}” không phải là danh sách.", list.trim())));
                None
            }
        }
    }

    fn block(&mut self, draft: &BlockDraft, parent: Option<Level>, out: &mut Vec<Block>) {
        let mut more = Vec::new();
        let so = draft.so.as_ref().map(|t| self.plain(t)).filter(|s| !s.is_empty());
        let (content, level) = match &draft.kind {
            BlockKind::Level(level, text) => {
                let level =
                    if *level == Level::Khoan && parent == Some(Level::Khoan) { Level::KhoanCon } else { *level };
                // Further lines under a bar are paragraphs of the block.
                let mut lines = self.split(text).into_iter();
                let line = lines.next().unwrap_or(Line { span: text.span, ..Line::default() });
                more.extend(lines.map(|l| paragraph(Level::Doan, String::new(), false, l)));
                let typed = so.is_some();
                (Content::Text { level, marker: so.unwrap_or_default(), typed, line }, Some(level))
            }
            BlockKind::Bang(bang) => match table::expand(self, bang) {
                Some(table) => (Content::Table(table), None),
                None => return,
            },
            BlockKind::Hinh(hinh) => {
                let path = self.plain(&hinh.tep);
                if let Err(problem) = self.files.picture(&path, hinh.tep.span) {
                    self.diagnostics.push(problem);
                    return;
                }
                let caption = hinh.tieu_de.as_ref().map(|t| self.line(t)).filter(|l| !l.is_empty());
                (Content::Picture { path, width: hinh.rong, caption }, None)
            }
            BlockKind::NgatTrang => (Content::PageBreak, None),
        };
        let parent = level.map(|l| if l == Level::KhoanCon { Level::Khoan } else { l });
        let children = self.flat(&draft.noi_dung, parent);
        let span = draft.so.as_ref().map_or(draft.span, |s| s.span);
        let flush = level == Some(Level::Doan);
        let (beside, mut inside) = if flush { (more, Vec::new()) } else { (Vec::new(), more) };
        inside.extend(children);
        out.push(Block { content, children: nest(inside), span });
        out.extend(beside);
    }

    fn outline(&mut self, text: &Text) -> Vec<Block> {
        let Some(rendered) = self.engine.render(text, self.source, &mut self.diagnostics) else { return Vec::new() };
        let places = Places::new(self, text, &rendered);
        let mut out = Vec::new();
        for piece in outline::parse(&rendered) {
            match piece {
                Piece::Paragraph { level, marker, text: body, at, joined } => {
                    // The text begins behind the marker.
                    let behind = &rendered[at + marker.len()..];
                    let first = body.split('\n').next().unwrap_or("");
                    // Blanks at the most stand between, nearly always.
                    let blanks = behind.len() - behind.trim_start().len();
                    let near = behind[blanks..].starts_with(first).then_some(blanks);
                    let start = at + marker.len() + near.or_else(|| behind.find(first)).unwrap_or(0);
                    let span = places.of(at, start, &body);
                    self.joined(level, &rendered, &joined, &places);
                    self.near_marker(level, &marker, &body, at, &places);
                    let bytes =
                        places.bytes().filter(|_| self.traced).map(|all| trace::follow(&rendered, all, start, &body).0);
                    let line = self.said_line(&body, span, |i| places.point(start + i, span), bytes);
                    let marker = slot::fill(&marker, self.engine.values());
                    let typed = !marker.is_empty();
                    if !line.is_empty() || typed {
                        // A report about the marker points at the marker, where the text is as typed.
                        let own = places.exactly(at, at + marker.len()).filter(|_| typed).unwrap_or(span);
                        let mut block = paragraph(level, marker, typed, line);
                        block.span = own;
                        out.push(block);
                    }
                }
                Piece::Table { header, align, rows, at, tabs } => {
                    let line = |at: usize| rendered[at..].lines().next().unwrap_or("").trim_end();
                    let span = places.of(at, at, line(at));
                    let rows: Vec<table::Piped> = std::iter::once((at, header))
                        .chain(rows)
                        .map(|(at, cells)| table::Piped { span: places.of(at, at, line(at)), at, cells })
                        .collect();
                    if tabs {
                        self.pasted_table(&rows[0].cells, rows.len() - 1, span);
                    }
                    let whole = places.bytes().filter(|_| self.traced).map(|bytes| (rendered.as_str(), bytes));
                    if let Some(table) = table::from_pipes(self, &align, &rows, whole) {
                        out.push(Block { content: Content::Table(table), children: Vec::new(), span });
                    }
                }
            }
        }
        out
    }
}

impl Expander<'_> {
    /// Lines that continue the paragraph above because they are indented deeper, and that look as if they should not.
    fn joined(&mut self, level: Level, rendered: &str, joined: &[usize], places: &Places<'_>) {
        for at in joined {
            let line = rendered[*at..].lines().next().unwrap_or("").trim_end();
            let above = rendered[..*at].trim_end();
            let tab = rendered[..*at].ends_with('\t');
            let ended = above.ends_with(['.', ';', ':', '?', '!', '…']);
            let title = level.rank() <= Level::KhoanCon.rank() && line.starts_with(char::is_uppercase);
            if !(tab || ended || title) {
                continue;
            }
            self.diagnostics.push(
                Diagnostic::warning(
                    &code::NOI_DONG,
                    places.of(*at, *at, line),
                    "Dòng này thụt sâu hơn dòng ở trên nên nối vào đoạn ở trên.",
                )
                .hint(
                    "Nếu đây là một đoạn riêng, đưa dòng ra thẳng với dòng ở trên (bỏ dấu cách hoặc Tab ở đầu dòng).",
                ),
            );
        }
    }

    /// A paragraph that begins with what was probably meant as a marker.
    fn near_marker(&mut self, level: Level, marker: &str, body: &str, at: usize, places: &Places<'_>) {
        let first = body.split('\n').next().unwrap_or("");
        if level != Level::Doan || !marker.is_empty() {
            return;
        }
        let part = if self.astray.is_none() { misplaced::part(first) } else { None };
        if let Some(part) = part {
            let span = places.of(at, at, first);
            let message =
                format!("Dòng này là {} của văn bản, nhưng đặt trong nội dung nên in như một đoạn thường.", part.name);
            self.diagnostics.push(Diagnostic::warning(&code::SAI_CHO, span, message).hint(part.hint));
            if part.appendix {
                self.astray = Some(span.start);
            }
        } else if let Some(found) = near(first) {
            let meant = slot::fill(&found.meant, self.engine.values());
            self.diagnostics.push(
                Diagnostic::warning(
                    &code::DAU_DONG_LA,
                    places.of(at, at, first),
                    format!(
                        "“{}” không phải là dấu đầu dòng của định dạng, nên dòng này in như một đoạn thường.",
                        found.sign
                    ),
                )
                .hint(format!("Viết: {meant}")),
            );
        } else if first.matches('\t').count() > 1 {
            self.diagnostics.push(
                Diagnostic::warning(
                    &code::BANG_DAN,
                    places.of(at, at, first),
                    "Dòng này có nhiều dấu Tab như một hàng của bảng dán từ Word, nhưng các hàng không có số ô bằng nhau, nên in như một đoạn thường.",
                )
                .hint(format!("Viết hàng của bảng: | {} |", first.split('\t').map(str::trim).collect::<Vec<_>>().join(" | "))),
            );
        }
    }

    /// A table that was recognised by its tabs: said, since nobody wrote that it is one.
    fn pasted_table(&mut self, header: &[String], rows: usize, span: Span) {
        let dashes = vec!["---"; header.len()].join(" | ");
        self.diagnostics.push(
            Diagnostic::warning(
                &code::BANG_DAN,
                span,
                format!(
                    "Các dòng ngăn bằng Tab từ đây được dựng thành bảng {} cột, {rows} hàng; dòng này là tên các cột.",
                    header.len()
                ),
            )
            .hint(format!("Đúng là bảng thì thêm dưới dòng tên cột dòng: | {dashes} |")),
        );
    }
}

fn paragraph(level: Level, marker: String, typed: bool, line: Line) -> Block {
    let span = line.span;
    Block { content: Content::Text { level, marker, typed, line }, children: Vec::new(), span }
}

/// Hangs every block under the nearest one above it that stands higher.
fn nest(flat: Vec<Block>) -> Vec<Block> {
    fn rank(block: &Block) -> u8 {
        match &block.content {
            Content::Text { level, .. } => level.rank(),
            // A page break belongs to what stands above it, and changes nothing else.
            Content::PageBreak => u8::MAX,
            Content::Table(_) | Content::Picture { .. } => Level::Doan.rank(),
        }
    }
    fn close(open: &mut Vec<Block>, down_to: usize, done: &mut Vec<Block>) {
        while open.len() > down_to {
            let Some(block) = open.pop() else { break };
            match open.last_mut() {
                Some(parent) => parent.children.push(block),
                None => done.push(block),
            }
        }
    }
    let mut done = Vec::new();
    let mut open: Vec<Block> = Vec::new();
    for block in flat {
        let keep = open.iter().take_while(|b| rank(b) < rank(&block)).count();
        close(&mut open, keep, &mut done);
        open.push(block);
    }
    close(&mut open, 0, &mut done);
    done
}
