//! What was understood as the YAML of a plan, as a drafter would write it.

use super::choices::Choices;
use super::found::{Appendix, Block, Cell, Column, Found, Signer, Table};
use crate::decree30::kinds::Kind;
use crate::decree30::page::DEFAULT_MARGINS;

/// The text of the plan. `from` is the name of the file that it comes from.
pub fn write(found: &Found, from: &str) -> String {
    let mut out = Writer {
        text: format!("# Nhập từ {}. Dòng “# kiểm tra” là chỗ cần người soạn xem lại.\n", one_line(from)),
        room: found.choices.text_width(false),
    };
    out.plan(found);
    // Parts that are not there leave no gap.
    while let Some(at) = out.text.find("\n\n\n") {
        out.text.remove(at);
    }
    out.text
}

struct Writer {
    text: String,
    /// Width of the text in millimetres.
    room: f64,
}

impl Writer {
    fn line(&mut self, indent: usize, line: &str) {
        self.text.push_str(&" ".repeat(indent));
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn unsure(&mut self, found: &Found, key: &str) {
        for (_, why) in found.unsure.iter().filter(|(k, _)| *k == key) {
            self.line(0, &format!("# kiểm tra: {}.", one_line(why)));
        }
    }

    fn one(&mut self, indent: usize, key: &str, value: &Option<String>) {
        if let Some(value) = value {
            self.line(indent, &format!("{key}: {}", scalar(value)));
        }
    }

    fn list(&mut self, indent: usize, key: &str, values: &[String]) {
        match values {
            [] => {}
            values => {
                self.line(indent, &format!("{key}:"));
                for value in values {
                    self.line(indent, &format!("  - {}", scalar(value)));
                }
            }
        }
    }

    /// One value, or a list.
    fn some(&mut self, indent: usize, key: &str, values: &[String]) {
        match values {
            [only] => self.line(indent, &format!("{key}: {}", scalar(only))),
            values => self.list(indent, key, values),
        }
    }

    fn plan(&mut self, f: &Found) {
        match f.loai {
            Some(kind) => self.line(0, &format!("loai: {}", kind.key)),
            None => self.line(0, "# kiểm tra: không thấy tên loại văn bản; thêm loai, ví dụ loai: ke_hoach."),
        }
        self.text.push('\n');
        self.unsure(f, "co_quan");
        let symbol = Symbol::of(f);
        if !f.co_quan.is_empty() {
            self.line(0, "co_quan:");
            self.some(2, "chu_quan", &f.chu_quan);
            self.some(2, "ten", &f.co_quan);
            self.one(2, "viet_tat", &symbol.short);
        }
        self.text.push('\n');
        self.one(0, "so", &f.so);
        self.one(0, "ky_hieu", &symbol.whole);
        self.one(0, "don_vi_soan", &symbol.unit);
        self.one(0, "dia_danh", &f.dia_danh);
        if let Some(ngay) = &f.ngay {
            let blank = ngay.starts_with(' ');
            self.line(0, &if blank { format!("ngay: \"{ngay}\"") } else { format!("ngay: {ngay}") });
        }
        self.one(0, "do_khan", &f.do_khan.map(str::to_owned));
        self.text.push('\n');
        self.one(0, "trich_yeu", &f.trich_yeu);
        self.some(0, "kinh_gui", &f.kinh_gui);
        self.some(0, "tham_quyen", &f.tham_quyen);
        self.text.push('\n');
        self.own_keys(f);
        self.list(0, "can_cu", &f.can_cu);
        self.text.push('\n');
        self.some(0, "mo_dau", &f.mo_dau);
        self.parties(&f.cac_ben);
        self.text.push('\n');
        self.unsure(f, "noi_dung");
        self.body(0, &f.noi_dung);
        self.text.push('\n');
        self.unsure(f, "noi_nhan");
        self.list(0, "noi_nhan", &f.noi_nhan);
        self.one(0, "nguoi_soan", &f.nguoi_soan);
        self.text.push('\n');
        self.unsure(f, "ky");
        self.signers(&f.ky);
        self.choices(&f.choices);
        self.one(0, "luu_hanh", &f.luu_hanh);
        self.some(0, "dia_chi", &f.dia_chi);
        self.attached(&f.van_ban_kem_theo);
        self.unsure(f, "phu_luc");
        self.appendices(0, &f.phu_luc);
        if let Some(copy) = &f.ban_sao {
            self.copy(copy);
        }
    }

    /// What is not set as usual.
    fn choices(&mut self, choices: &Choices) {
        let mut lines: Vec<String> = Vec::new();
        lines.extend(choices.size.map(|size| format!("co_chu: {size}")));
        lines.extend(choices.table.map(|size| format!("co_chu_bang: {size}")));
        lines.extend(choices.line.map(|line| format!("gian_dong: {line}")));
        lines.extend(choices.gap.map(|gap| format!("gian_doan: {}pt", gap.0)));
        let (own, usual) = (choices.margins, DEFAULT_MARGINS);
        let sides = [
            ("tren", own.top, usual.top),
            ("duoi", own.bottom, usual.bottom),
            ("trai", own.left, usual.left),
            ("phai", own.right, usual.right),
        ];
        let sides = sides.iter().filter(|(_, own, usual)| own != usual);
        let sides: Vec<String> = sides.map(|(name, own, _)| format!("{name}: {}mm", own.0)).collect();
        if !sides.is_empty() {
            lines.push(format!("le: {{ {} }}", sides.join(", ")));
        }
        if !lines.is_empty() {
            self.text.push('\n');
            self.line(0, "trinh_bay:");
            lines.iter().for_each(|line| self.line(2, line));
        }
    }

    fn parties(&mut self, parties: &[Vec<(&'static str, String)>]) {
        if parties.is_empty() {
            return;
        }
        self.line(0, "cac_ben:");
        for party in parties {
            let mut rest: Vec<(&str, Vec<String>)> = Vec::new();
            for (key, value) in party {
                match rest.iter_mut().find(|(k, _)| k == key) {
                    Some((_, values)) => values.push(value.clone()),
                    None => rest.push((key, vec![value.clone()])),
                }
            }
            let start = self.text.len();
            rest.iter().for_each(|(key, values)| self.some(4, key, values));
            if self.text.len() > start {
                self.text.replace_range(start + 2..start + 4, "- ");
            }
        }
    }

    fn copy(&mut self, copy: &Found) {
        let symbol = Symbol::of(copy);
        self.text.push('\n');
        self.line(0, "ban_sao:");
        self.one(2, "hinh_thuc", &copy.loai.map(|k| k.key.to_owned()));
        self.line(2, "co_quan:");
        self.some(4, "ten", &copy.co_quan);
        self.one(4, "viet_tat", &symbol.short);
        self.one(2, "so", &copy.so);
        self.one(2, "ky_hieu", &symbol.whole);
        self.one(2, "dia_danh", &copy.dia_danh);
        if let Some(ngay) = &copy.ngay {
            self.line(2, &format!("ngay: \"{ngay}\""));
        }
        self.list(2, "noi_nhan", &copy.noi_nhan);
        if let Some(signer) = copy.ky.first() {
            self.line(2, "ky:");
            self.signer(4, signer, "");
        }
    }

    /// Keys of the form's own, those of a mapping together.
    fn own_keys(&mut self, f: &Found) {
        for own in f.rieng.iter().filter(|own| own.group.is_none()) {
            self.some(0, own.key, &own.values);
        }
        let mut group = None;
        for own in f.rieng.iter().filter(|own| own.group.is_some()) {
            if group != own.group {
                group = own.group;
                self.line(0, &format!("{}:", own.group.unwrap_or_default()));
            }
            self.some(2, own.key, &own.values);
        }
    }

    fn signers(&mut self, signers: &[Signer]) {
        match signers {
            [] => {}
            [only] => {
                self.line(0, "ky:");
                self.signer(2, only, "");
            }
            all => {
                self.line(0, "ky:");
                for signer in all {
                    self.signer(4, signer, "- ");
                }
            }
        }
    }

    fn signer(&mut self, indent: usize, s: &Signer, dash: &str) {
        let start = self.text.len();
        self.one(indent, "vai", &s.vai);
        self.some(indent, "quyen_han", &s.quyen_han);
        self.one(indent, "chuc_vu", &s.chuc_vu);
        self.one(indent, "ho_ten", &s.ho_ten);
        if !dash.is_empty() && self.text.len() > start + indent {
            let at = start + indent - dash.len();
            self.text.replace_range(at..start + indent, dash);
        }
    }

    fn attached(&mut self, texts: &[Found]) {
        if texts.is_empty() {
            return;
        }
        self.text.push('\n');
        self.line(0, "kem_theo:");
        for text in texts {
            let name = match text.loai {
                Some(kind) => format!("loai: {}", kind.key),
                None => format!("ten_loai: {}", scalar(text.ten_loai.as_deref().unwrap_or("Văn bản kèm theo"))),
            };
            self.line(2, &format!("- {name}"));
            self.one(4, "trich_yeu", &text.trich_yeu);
            self.one(4, "kem_theo", &text.kem_theo);
            self.body(4, &text.noi_dung);
            self.appendices(4, &text.phu_luc);
        }
    }

    fn appendices(&mut self, indent: usize, appendices: &[Appendix]) {
        if appendices.is_empty() {
            return;
        }
        self.text.push('\n');
        self.line(indent, "phu_luc:");
        for appendix in appendices {
            let start = self.text.len();
            self.one(indent + 4, "tieu_de", &appendix.tieu_de);
            self.one(indent + 4, "kem_theo", &appendix.kem_theo);
            if appendix.ngang {
                self.line(indent + 4, "huong: ngang");
            }
            self.body(indent + 4, &appendix.noi_dung);
            if self.text.len() > start {
                self.text.replace_range(start + indent + 2..start + indent + 4, "- ");
            }
        }
    }

    fn body(&mut self, indent: usize, blocks: &[Block]) {
        if blocks.is_empty() {
            return;
        }
        if blocks.iter().all(|b| matches!(b, Block::Line(_))) {
            self.line(indent, "noi_dung: |");
            self.lines(indent + 2, blocks);
            return;
        }
        self.line(indent, "noi_dung:");
        let mut rest = blocks;
        while let Some(first) = rest.first() {
            let count = rest.iter().take_while(|b| matches!(b, Block::Line(_))).count();
            if count > 0 {
                self.line(indent + 2, "- |");
                self.lines(indent + 4, &rest[..count]);
                rest = &rest[count..];
                continue;
            }
            match first {
                Block::Table(table) => self.table(indent + 2, table),
                Block::Picture(picture) => {
                    let width = picture
                        .width
                        .filter(|w| (1.0..self.room).contains(w))
                        .map(|w| format!(", rong: {}mm", w.round()));
                    let width = width.unwrap_or_default();
                    self.line(indent + 2, &format!("- hinh: {{ tep: {}{width} }}", flow(&picture.name)));
                }
                Block::PageBreak => self.line(indent + 2, "- ngat_trang:"),
                Block::Line(_) => {}
            }
            rest = &rest[1..];
        }
    }

    fn lines(&mut self, indent: usize, blocks: &[Block]) {
        for block in blocks {
            if let Block::Line(line) = block {
                self.line(indent, line);
            }
        }
    }

    fn table(&mut self, indent: usize, table: &Table) {
        self.line(indent, "- bang:");
        self.line(indent + 4, "cot:");
        for column in &table.cot {
            self.line(indent + 6, &format!("- {}", column_text(column)));
        }
        if let Some(mm) = table.cao_hang {
            self.line(indent + 4, &format!("cao_hang: {mm}mm"));
        }
        self.line(indent + 4, "hang:");
        for row in &table.hang {
            let cells: Vec<String> = row.iter().map(cell_text).collect();
            self.line(indent + 6, &format!("- [{}]", cells.join(", ")));
        }
    }
}

fn column_text(column: &Column) -> String {
    let name = if column.ten.is_empty() { "\"-\"".to_owned() } else { flow(&column.ten) };
    let below: Vec<String> = column.cot.iter().map(column_text).collect();
    let mut out = format!("ten: {name}");
    if !below.is_empty() {
        out.push_str(&format!(", cot: [{}]", below.join(", ")));
    }
    if let Some(mm) = column.rong {
        out.push_str(&format!(", rong: {mm}mm"));
    }
    if let Some(align) = column.canh {
        out.push_str(&format!(", canh: {align}"));
    }
    format!("{{ {out} }}")
}

fn cell_text(cell: &Cell) -> String {
    let text = self::cell(&cell.noi_dung);
    match (cell.cot, cell.hang) {
        (1, 1) => text,
        (cot, 1) => format!("{{ noi_dung: {text}, cot: {cot} }}"),
        (1, hang) => format!("{{ noi_dung: {text}, hang: {hang} }}"),
        (cot, hang) => format!("{{ noi_dung: {text}, cot: {cot}, hang: {hang} }}"),
    }
}

/// The symbol as a plan says it: by the abbreviation of the body where that makes it, else whole.
struct Symbol {
    short: Option<String>,
    unit: Option<String>,
    whole: Option<String>,
}

impl Symbol {
    fn of(f: &Found) -> Self {
        let none = Symbol { short: None, unit: None, whole: None };
        let Some(symbol) = &f.ky_hieu else { return none };
        let kind: &str = f.loai.map_or("", |k: &Kind| k.abbreviation);
        if !kind.is_empty()
            && !f.co_quan.is_empty()
            && let Some(short) = symbol.strip_prefix(kind).and_then(|rest| rest.strip_prefix('-'))
            && !short.is_empty()
            && !short.contains('(')
        {
            return Symbol { short: Some(short.to_owned()), ..none };
        }
        Symbol { whole: Some(symbol.clone()), ..none }
    }
}

/// A value in a line of its own.
pub fn scalar(text: &str) -> String {
    let text = one_line(text);
    if is_plain(&text, false) { text } else { quoted(&text) }
}

/// The paragraphs of a cell of a row between brackets.
pub fn cell(paragraphs: &[String]) -> String {
    match paragraphs {
        [] => "\"\"".to_owned(),
        [only] => flow(only),
        many => format!("[{}]", many.iter().map(|t| flow(t)).collect::<Vec<_>>().join(", ")),
    }
}

/// A value between commas.
fn flow(text: &str) -> String {
    let text = one_line(text);
    if is_plain(&text, true) { text } else { quoted(&text) }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_plain(text: &str, flow: bool) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let start = !"-?:,[]{}#&*!|>'\"%@`~".contains(first);
    let inside = !text.contains(": ") && !text.contains(" #") && !text.ends_with(':') && !text.contains('\t');
    let between = !flow || !text.contains([',', '[', ']', '{', '}']);
    start && inside && between && !text.contains("{{")
}

/// A value between quotes.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
