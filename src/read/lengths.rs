//! Lengths, widths and numbers of `trinh_bay` and of tables, within the decree's ranges.

use super::decode::Reader;
use super::tree::Node;
use crate::decree30::units::{Mm, Pt};
use crate::diagnostic::code;
use crate::draft::ColumnWidth;
use std::ops::RangeInclusive;

/// A number and its unit, apart. `None` where the text is not of that form.
fn split(text: &str) -> Option<(f64, &str)> {
    let text = text.trim();
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let number: f64 = text[..end].parse().ok()?;
    number.is_finite().then_some((number, text[end..].trim()))
}

fn to_mm(number: f64, unit: &str) -> Option<Mm> {
    match unit {
        "mm" => Some(Mm(number)),
        "cm" => Some(Mm(number * 10.0)),
        "pt" => Some(Pt(number).to_mm()),
        "in" => Some(Mm(number * 25.4)),
        _ => None,
    }
}

/// A number as Vietnamese readers write it.
pub fn vietnamese(number: f64) -> String {
    let rounded = (number * 100.0).round() / 100.0;
    rounded.to_string().replace('.', ",")
}

impl Reader {
    /// A length inside a lawful range, in millimetres.
    pub fn length(&mut self, node: &Node, what: &str, range: RangeInclusive<Mm>, clause: &str) -> Option<Mm> {
        self.measure(node, what, range, &format!(" mà nghị định cho phép ({clause})"))
    }

    /// A length inside a range, in millimetres; `why` stands behind the range in what is told of another.
    pub fn measure(&mut self, node: &Node, what: &str, range: RangeInclusive<Mm>, why: &str) -> Option<Mm> {
        let text = self.text(node, what)?;
        let Some(mm) = split(&text.value).and_then(|(n, u)| to_mm(n, u)) else {
            self.bad_measure(node, what, &text.value);
            return None;
        };
        // The thousandth part lets 0.5in and 36pt stand for 12.7 mm.
        if mm.0 < range.start().0 - 0.001 || mm.0 > range.end().0 + 0.001 {
            let (low, high) = (vietnamese(range.start().0), vietnamese(range.end().0));
            self.error(
                &code::NGOAI_KHOANG,
                node.span,
                format!("{what} là {} mm, ngoài khoảng {low}–{high} mm{why}.", vietnamese(mm.0)),
                format!("Chọn một số đo từ {low}mm đến {high}mm.").replace(',', "."),
            );
            return None;
        }
        Some(mm)
    }

    /// A length in points inside a range.
    pub fn points(&mut self, node: &Node, what: &str, range: RangeInclusive<Pt>, clause: &str) -> Option<Pt> {
        let text = self.text(node, what)?;
        let Some(mm) = split(&text.value).and_then(|(n, u)| to_mm(n, u)) else {
            self.bad_measure(node, what, &text.value);
            return None;
        };
        let pt = mm.to_pt();
        if pt.0 < range.start().0 - 0.001 || pt.0 > range.end().0 + 0.001 {
            let (low, high) = (range.start().0, range.end().0);
            self.error(
                &code::NGOAI_KHOANG,
                node.span,
                format!("{what} là {} pt, ngoài khoảng {low}–{high} pt ({clause}).", vietnamese(pt.0)),
                format!("Chọn một số đo từ {low}pt đến {high}pt."),
            );
            return None;
        }
        Some(Pt((pt.0 * 1000.0).round() / 1000.0))
    }

    /// A bare number.
    pub fn number(&mut self, node: &Node, what: &str) -> Option<f64> {
        let text = self.text(node, what)?;
        match split(&text.value) {
            Some((number, "")) => Some(number),
            _ => {
                self.error(
                    &code::SO_DO_SAI,
                    node.span,
                    format!("{what} phải là một số, ở đây là “{}”.", text.value),
                    "Viết số, phần thập phân sau dấu chấm, ví dụ 14 hoặc 1.15.",
                );
                None
            }
        }
    }

    /// A width of a column or picture.
    pub fn width(&mut self, node: &Node, what: &str) -> Option<ColumnWidth> {
        let text = self.text(node, what)?;
        let width = split(&text.value).filter(|(n, _)| *n > 0.0).and_then(|(number, unit)| match unit {
            "fr" if number <= 1000.0 => Some(ColumnWidth::Fraction(number)),
            "%" if number <= 100.0 => Some(ColumnWidth::Part(number / 100.0)),
            _ => to_mm(number, unit).filter(|mm| mm.0 <= 300.0).map(ColumnWidth::Fixed),
        });
        if width.is_none() {
            self.error(
                &code::SO_DO_SAI,
                node.span,
                format!("{what} “{}” không phải là chiều rộng.", text.value),
                "Viết 12mm, 2cm, 20% hoặc 1fr; số phải lớn hơn 0 và vừa khổ giấy.",
            );
        }
        width
    }

    fn bad_measure(&mut self, node: &Node, what: &str, text: &str) {
        self.error(
            &code::SO_DO_SAI,
            node.span,
            format!("{what} “{text}” không phải là số đo."),
            "Viết số rồi đơn vị mm, cm hoặc pt, phần thập phân sau dấu chấm, ví dụ 20mm, 1.27cm, 6pt.",
        );
    }
}
