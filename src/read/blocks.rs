//! `noi_dung`: outline text, or lists of blocks; tables and pictures.

use super::decode::{Fields, Reader};
use super::tree::{Node as Yaml, NodeKind};
use crate::decree30::lengths::ROW_HEIGHT;
use crate::decree30::outline::Level;
use crate::decree30::style::Align;
use crate::diagnostic::{code, nearest};
use crate::draft::keys::{self, BLOCK_KINDS, BLOCK_OPTIONS};
use crate::draft::{Bang, BlockDraft, BlockKind, ColumnWidth, Cot, Hang, Hinh, Node, OBang, SoCot, Text};
use crate::source::{Span, Spanned};

impl Reader {
    /// The members of a `noi_dung`.
    pub fn body(&mut self, node: &Yaml) -> Vec<Node> {
        match &node.kind {
            NodeKind::Scalar(..) if node.folded => {
                let first = Span { end: node.span.start + 1, ..node.span };
                let message = "noi_dung có nhiều dòng nhưng YAML nối tất cả thành một dòng.";
                self.error(
                    &code::SAI_KIEU,
                    first,
                    message,
                    "Thêm dấu | ngay sau “noi_dung:” rồi xuống dòng (không dùng dấu > ở đây).",
                );
                Vec::new()
            }
            NodeKind::Scalar(text, _) => vec![Node::Outline(Spanned::new(text.clone(), node.span))],
            NodeKind::List(items) => items.iter().filter_map(|item| self.member(item)).collect(),
            NodeKind::Map(_) => {
                self.wrong_shape(
                    node,
                    "noi_dung",
                    "chữ sau dấu | hoặc một danh sách khối",
                    "Mở đầu mỗi khối bằng “- ”.",
                );
                Vec::new()
            }
        }
    }

    fn member(&mut self, node: &Yaml) -> Option<Node> {
        match &node.kind {
            // Under a bar, or over several lines, it is text as on paper; else a paragraph.
            NodeKind::Scalar(text, _) if node.under_bar || text.trim().contains('\n') => {
                Some(Node::Outline(Spanned::new(text.clone(), node.span)))
            }
            NodeKind::Scalar(text, _) if !node.is_null() => {
                Some(Node::Paragraph(Spanned::new(text.clone(), node.span)))
            }
            NodeKind::Map(entries) => self.block(node, entries).map(|b| Node::Block(Box::new(b))),
            _ => {
                self.error(
                    &code::KHOI_SAI,
                    node.span,
                    format!("Mỗi mục của noi_dung là một đoạn chữ hoặc một khối, ở đây lại là {}.", node.shape_name()),
                    "Viết “- chữ” hoặc “- muc: chữ”.",
                );
                None
            }
        }
    }

    fn block(&mut self, node: &Yaml, entries: &[(Yaml, Yaml)]) -> Option<BlockDraft> {
        let names: Vec<(&str, Span)> = entries
            .iter()
            .filter_map(|(k, _)| match &k.kind {
                NodeKind::Scalar(name, _) => Some((name.as_str(), k.span)),
                _ => None,
            })
            .collect();
        let kind_name = self.one_kind(node, &names)?;
        let f = self.fields(node, &BLOCK_OPTIONS, &[&BLOCK_KINDS])?;
        let value = f.raw(kind_name)?;
        let kind = match kind_name {
            "bang" => BlockKind::Bang(Box::new(self.bang(value)?)),
            "hinh" => BlockKind::Hinh(self.hinh(value)?),
            "ngat_trang" => BlockKind::NgatTrang,
            name => {
                let text = if value.is_null() { Some(empty(f.place(name))) } else { self.text(value, name) };
                BlockKind::Level(level(name)?, text?)
            }
        };
        if let (BlockKind::Bang(_) | BlockKind::Hinh(_) | BlockKind::NgatTrang, Some(_)) = (&kind, f.get("noi_dung")) {
            self.error(
                &code::KHOI_SAI,
                f.place("noi_dung"),
                format!("Khối “{kind_name}” không được có khối con."),
                "Đưa noi_dung ra một khối riêng phía dưới.",
            );
        }
        Some(BlockDraft {
            kind,
            so: self.option(&f, "so"),
            khi: self.option(&f, "khi"),
            lap: self.option(&f, "lap"),
            noi_dung: f.get("noi_dung").map(|n| self.body(n)).unwrap_or_default(),
            span: f.place(kind_name),
        })
    }

    /// The key that says what a block is: one, and no more.
    fn one_kind<'n>(&mut self, node: &Yaml, names: &[(&'n str, Span)]) -> Option<&'n str> {
        let kinds: Vec<_> = names.iter().filter(|(n, _)| BLOCK_KINDS.get(n).is_some()).collect();
        match kinds.as_slice() {
            [] => self.no_kind(node, names),
            [(only, _)] => return Some(only),
            [first, second, ..] if first.0 == second.0 => self.error(
                &code::YAML_KHOA_TRUNG,
                second.1,
                format!("Khóa “{}” viết hai lần trong cùng một khối.", first.0),
                "Mở đầu khối thứ hai bằng một dấu “- ” mới.",
            ),
            [first, second, ..] => self.error(
                &code::KHOI_SAI,
                second.1,
                format!("Khối này có hai loại: “{}” và “{}”.", first.0, second.0),
                "Mỗi khối một loại; mở đầu khối thứ hai bằng một dấu “- ” mới.",
            ),
        }
        None
    }

    fn option(&mut self, f: &Fields<'_>, key: &str) -> Option<Text> {
        f.get(key).and_then(|n| self.text(n, key))
    }

    fn no_kind(&mut self, node: &Yaml, names: &[(&str, Span)]) {
        let kinds = || BLOCK_KINDS.keys.iter().map(|k| k.name);
        let near = names.iter().find_map(|(n, _)| nearest(n, kinds()));
        let hint = match near {
            Some(near) => format!("Có phải là “{near}” không?"),
            None => format!("Khóa đầu của khối là một trong: {}.", kinds().collect::<Vec<_>>().join(", ")),
        };
        let span = names.first().map_or(node.span, |(_, s)| *s);
        self.error(&code::KHOI_SAI, span, "Không rõ đây là khối loại nào.", hint);
    }

    fn bang(&mut self, node: &Yaml) -> Option<Bang> {
        let f = self.fields(node, &keys::BANG, &[])?;
        let mut cot = Vec::new();
        if let Some(n) = f.get("cot") {
            let NodeKind::List(items) = &n.kind else {
                self.wrong_shape(n, "cot", "một danh sách cột", "Viết mỗi cột một dòng: - { ten: STT, rong: 12mm }.");
                return None;
            };
            for item in items {
                cot.extend(self.cot(item));
            }
            if items.is_empty() {
                self.error(
                    &code::BANG_LECH,
                    n.span,
                    "Bảng không có cột nào.",
                    "Viết mỗi cột một dòng: - { ten: STT, rong: 12mm }.",
                );
            }
            // Rows cannot be judged by columns that could not be read.
            if cot.len() < items.len() || items.is_empty() {
                return None;
            }
        }
        let mut hang = Vec::new();
        if let Some(n) = f.get("hang") {
            let NodeKind::List(items) = &n.kind else {
                self.wrong_shape(n, "hang", "một danh sách hàng", "Viết mỗi hàng một dòng: - [ô 1, ô 2].");
                return None;
            };
            for item in items {
                hang.extend(self.hang(item));
            }
        }
        let so_cot = f.get("so_cot").map(|n| self.so_cot(n)).unwrap_or_default();
        let tu_tep = self.option(&f, "tu_tep");
        let cao_hang = f.get("cao_hang").and_then(|n| self.measure(n, "cao_hang", ROW_HEIGHT, ""));
        if hang.is_empty() && tu_tep.is_none() && f.get("hang").is_none() {
            self.error(
                &code::BANG_LECH,
                f.span,
                "Bảng chưa có hàng nào.",
                "Thêm hang (các hàng) hoặc tu_tep (tệp CSV, XLSX).",
            );
        }
        let (tieu_de, don_vi_tinh) = (self.option(&f, "tieu_de"), self.option(&f, "don_vi_tinh"));
        Some(Bang { tieu_de, don_vi_tinh, cot, so_cot, cao_hang, hang, tu_tep, span: f.span })
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, node: &Yaml, what: &str) -> bool {
        match &node.kind {
            NodeKind::Scalar(text, _) if text == "true" => true,
            NodeKind::Scalar(text, _) if node.is_null() || text == "false" => false,
            _ => {
                self.wrong_shape(node, what, "true hoặc false", "Viết true để bật, bỏ khóa này để tắt.");
                false
            }
        }
    }

    /// `true`, `false`, or a list of texts.
    fn so_cot(&mut self, node: &Yaml) -> SoCot {
        match &node.kind {
            NodeKind::Scalar(text, _) if node.is_null() || text == "false" => SoCot::Khong,
            NodeKind::Scalar(text, _) if text == "true" => SoCot::Dem,
            NodeKind::List(items) => {
                let texts = self.texts(node, "so_cot");
                if texts.len() == items.len() { SoCot::Chu(texts, node.span) } else { SoCot::Khong }
            }
            _ => {
                let wanted = "true hoặc một danh sách chữ, mỗi cột một chữ";
                self.wrong_shape(node, "so_cot", wanted, "Viết so_cot: true, hoặc so_cot: [A, B, \"1\", \"2=1+3\"].");
                SoCot::Khong
            }
        }
    }

    fn cot(&mut self, node: &Yaml) -> Option<Cot> {
        if let NodeKind::Scalar(..) = node.kind {
            let ten = self.text(node, "cot")?;
            return Some(Cot { ten, rong: ColumnWidth::Auto, canh: None, cot: Vec::new() });
        }
        let f = self.fields(node, &keys::COT, &[])?;
        let cot = match f.get("cot") {
            Some(n) => self.inner_columns(n, &f)?,
            None => Vec::new(),
        };
        let align = [Align::Left, Align::Center, Align::Right, Align::Justify];
        Some(Cot {
            ten: self.option(&f, "ten")?,
            rong: f.get("rong").and_then(|n| self.width(n, "rong")).unwrap_or(ColumnWidth::Auto),
            canh: f.get("canh").and_then(|n| self.word(n, "canh", keys::CANH)).map(|i| align[i]),
            cot,
        })
    }

    /// The columns under a heading of several; widths and alignment are theirs, not the heading's.
    fn inner_columns(&mut self, node: &Yaml, heading: &Fields<'_>) -> Option<Vec<Cot>> {
        let NodeKind::List(items) = &node.kind else {
            self.wrong_shape(
                node,
                "cot",
                "một danh sách cột",
                "Viết các cột con trong ngoặc vuông: cot: [Kế hoạch, Thực hiện].",
            );
            return None;
        };
        if items.is_empty() {
            let hint = "Viết các cột con, hoặc bỏ khóa cot.";
            self.error(&code::BANG_LECH, node.span, "Tên chung này không có cột con nào.", hint);
            return None;
        }
        for key in ["rong", "canh"] {
            if heading.get(key).is_some() {
                self.error(
                    &code::BANG_LECH,
                    heading.place(key),
                    format!("Tên chung của nhiều cột không có “{key}”."),
                    format!("Ghi “{key}” ở từng cột con."),
                );
            }
        }
        let inner: Vec<Cot> = items.iter().filter_map(|item| self.cot(item)).collect();
        (inner.len() == items.len()).then_some(inner)
    }

    fn hang(&mut self, node: &Yaml) -> Option<Hang> {
        match &node.kind {
            NodeKind::List(cells) => Some(Hang {
                o: cells.iter().filter_map(|c| self.o_bang(c)).collect(),
                khi: None,
                lap: None,
                span: node.span,
            }),
            NodeKind::Map(_) => {
                let f = self.fields(node, &keys::HANG, &[])?;
                let cells = f.get("o")?;
                let NodeKind::List(cells) = &cells.kind else {
                    self.wrong_shape(cells, "o", "một danh sách ô", "Viết các ô trong ngoặc vuông: o: [ô 1, ô 2].");
                    return None;
                };
                Some(Hang {
                    o: cells.iter().filter_map(|c| self.o_bang(c)).collect(),
                    khi: self.option(&f, "khi"),
                    lap: self.option(&f, "lap"),
                    span: f.span,
                })
            }
            NodeKind::Scalar(..) => {
                self.wrong_shape(
                    node,
                    "Hàng của bảng",
                    "một danh sách ô",
                    "Viết các ô trong ngoặc vuông: - [ô 1, ô 2].",
                );
                None
            }
        }
    }

    fn o_bang(&mut self, node: &Yaml) -> Option<OBang> {
        if node.is_null() {
            return Some(OBang { noi_dung: Vec::new(), cot: 1, hang: 1, lap_lai: false, span: node.span });
        }
        if let NodeKind::Map(entries) = &node.kind
            && entries.iter().any(|(k, _)| matches!(&k.kind, NodeKind::Scalar(n, _) if keys::O_BANG.get(n).is_some()))
        {
            let f = self.fields(node, &keys::O_BANG, &[])?;
            let mut span_of = |key: &str| match f.get(key).map(|n| (n, self.number(n, key))) {
                None => 1,
                Some((_, Some(n))) if (1.0..=1000.0).contains(&n) && n.fract() == 0.0 => n as usize,
                Some((n, _)) => {
                    let message = format!("“{key}” phải là số ô mà ô này chiếm, từ 1 trở lên.");
                    self.error(&code::BANG_LECH, n.span, message, "Viết một số nguyên, ví dụ 2.");
                    1
                }
            };
            let (cot, hang) = (span_of("cot"), span_of("hang"));
            let noi_dung = f.get("noi_dung").map(|n| self.texts(n, "Ô")).unwrap_or_default();
            let lap_lai = f.get("lap_lai").is_some_and(|n| self.flag(n, "lap_lai"));
            if lap_lai && hang < 2 {
                let message = "lap_lai chỉ dùng cho ô chiếm nhiều hàng.";
                self.error(&code::BANG_LECH, f.place("lap_lai"), message, "Thêm hang: số hàng, hoặc bỏ lap_lai.");
            }
            return Some(OBang { noi_dung, cot, hang, lap_lai, span: f.span });
        }
        if let NodeKind::Map(entries) = &node.kind
            && let Some((key, name)) = entries.iter().find_map(|(k, _)| match &k.kind {
                NodeKind::Scalar(name, _) if keys::BLOCK_KINDS.get(name).is_some() => Some((k, name)),
                _ => None,
            })
        {
            let message = format!("Ô của bảng chỉ chứa chữ, không chứa khối “{name}”.");
            let hint = match name.as_str() {
                "hinh" => "Đặt hình thành khối hinh ở trước hoặc sau bảng, trong ô ghi tên hình.",
                _ => "Viết chữ của ô, mỗi đoạn một dòng dưới dấu |; nếu là chữ thì đặt trong ngoặc kép.",
            };
            self.error(&code::KHOI_SAI, key.span, message, hint);
            // The cell is there: its row is not too short.
            return Some(OBang { noi_dung: Vec::new(), cot: 1, hang: 1, lap_lai: false, span: node.span });
        }
        Some(OBang { noi_dung: self.texts(node, "Ô"), cot: 1, hang: 1, lap_lai: false, span: node.span })
    }

    /// A picture has no columns beside it to share with.
    fn picture_width(&mut self, node: &Yaml) -> Option<ColumnWidth> {
        let width = self.width(node, "rong")?;
        if let ColumnWidth::Fraction(_) = width {
            self.error(
                &code::SO_DO_SAI,
                node.span,
                "Chiều rộng của hình không tính bằng fr.",
                "Viết 12cm, 120mm hoặc 80%.",
            );
            return None;
        }
        Some(width)
    }

    fn hinh(&mut self, node: &Yaml) -> Option<Hinh> {
        if let NodeKind::Scalar(..) = node.kind {
            return Some(Hinh { tep: self.text(node, "hinh")?, rong: None, tieu_de: None });
        }
        let f = self.fields(node, &keys::HINH, &[])?;
        Some(Hinh {
            tep: self.option(&f, "tep")?,
            rong: f.get("rong").and_then(|n| self.picture_width(n)),
            tieu_de: self.option(&f, "tieu_de"),
        })
    }
}

fn empty(span: Span) -> Text {
    Spanned::new(String::new(), span)
}

/// The level that a block key names.
pub fn level(name: &str) -> Option<Level> {
    Some(match name {
        "phan" => Level::Phan,
        "chuong" => Level::Chuong,
        "muc" => Level::Muc,
        "tieu_muc" => Level::TieuMuc,
        "dieu" => Level::Dieu,
        "khoan" => Level::Khoan,
        "diem" => Level::Diem,
        "gach" => Level::Gach,
        "cong" => Level::Cong,
        "sao" => Level::Sao,
        "ngoac" => Level::Ngoac,
        "doan" => Level::Doan,
        _ => return None,
    })
}
