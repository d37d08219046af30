//! A sheet as text, for golden tests: one line a paragraph, with its style and all that differs from it. Of the styles
//! those are printed that differ from the usual ones; these are a golden of their own.

use super::{Cell, Chars, Item, Par, Run, Section, Sheet, Style, StyleSheet};
use crate::decree30::style::Align;
use std::fmt::{Display, Formatter, Result, Write};

impl Display for Sheet {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        writeln!(f, "tiêu đề: {}", self.meta.title)?;
        writeln!(f, "tác giả: {}", self.meta.author)?;
        writeln!(f, "chủ đề: {}", self.meta.subject)?;
        writeln!(f, "ngày: {:04}-{:02}-{:02}", self.meta.date.0, self.meta.date.1, self.meta.date.2)?;
        writeln!(f, "từ khóa: {}", self.meta.keywords.join(", "))?;
        let usual = StyleSheet::default();
        let differ = self.styles.iter().zip(usual.iter()).filter(|((_, ours), (_, theirs))| ours != theirs);
        differ.map(|((_, ours), _)| ours).try_for_each(|s| style(f, s))?;
        self.sections.iter().try_for_each(|s| section(f, s))
    }
}

impl Display for StyleSheet {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        self.iter().try_for_each(|(_, s)| style(f, s))
    }
}

fn style(f: &mut Formatter<'_>, s: &Style) -> Result {
    let bold = if s.bold { " đậm" } else { "" };
    let italic = if s.italic { " nghiêng" } else { "" };
    let (size, indent, before, after, pitch) = (s.size.0, s.indent.0, s.before.0, s.after.0, s.pitch.0);
    let align = match s.align {
        Align::Left => "trái",
        Align::Center => "giữa",
        Align::Right => "phải",
        Align::Justify => "hai bên",
    };
    writeln!(
        f,
        "kiểu {}: {size}pt{bold}{italic}, căn {align}, lùi {indent}, trước {before}, sau {after}, dòng {pitch}",
        s.name
    )
}

fn section(f: &mut Formatter<'_>, s: &Section) -> Result {
    let m = s.margins;
    let turn = if s.landscape { "ngang" } else { "dọc" };
    writeln!(f, "\n== phần {turn}, lề {} {} {} {} mm", m.top.0, m.bottom.0, m.left.0, m.right.0)?;
    for (name, items) in [("đầu trang 1", &s.top), ("", &s.items), ("chân trang 1", &s.foot)] {
        if !name.is_empty() && !items.is_empty() {
            writeln!(f, "-- {name}")?;
        }
        items.iter().try_for_each(|i| item(f, i, 0))?;
    }
    Ok(())
}

fn item(f: &mut Formatter<'_>, i: &Item, depth: usize) -> Result {
    let pad = "  ".repeat(depth);
    match i {
        Item::Par(p) => par(f, p, &pad),
        Item::Rule(r) => writeln!(f, "{pad}—— nét {:.2}pt, cách {} {}", r.length.0, r.above.0, r.below.0),
        Item::Space(h) => writeln!(f, "{pad}[khoảng {}pt]", h.0),
        Item::PageBreak => writeln!(f, "{pad}[sang trang]"),
        Item::Picture(p) => writeln!(f, "{pad}[hình {} rộng {:?} “{}”]", p.path, p.width.map(|w| w.0), p.alt),
        Item::Boxed(b) => {
            writeln!(f, "{pad}[khung {:.1} × {:.1} mm]", b.width.to_mm().0, b.height.to_mm().0)?;
            par(f, &b.par, &format!("{pad}  "))
        }
        Item::Columns(c) => {
            let widths: Vec<_> = c.widths.iter().map(|w| format!("{:.2}", w.to_mm().0)).collect();
            writeln!(f, "{pad}[cột {} mm]", widths.join(" + "))?;
            for row in &c.rows {
                for (n, cell) in row.iter().enumerate() {
                    writeln!(f, "{pad} cột {}:", n + 1)?;
                    cell.iter().try_for_each(|i| item(f, i, depth + 2))?;
                }
            }
            Ok(())
        }
        Item::Table(t) => {
            let widths: Vec<_> = t.widths.iter().map(|w| format!("{:.2}", w.0)).collect();
            let tall = t.row_height.map(|h| format!(", hàng cao ít nhất {:.2} pt", h.0)).unwrap_or_default();
            writeln!(f, "{pad}[bảng {} pt{tall}]", widths.join(" + "))?;
            t.header.iter().try_for_each(|r| cells(f, "đầu", r, &pad))?;
            t.rows.iter().try_for_each(|r| cells(f, "hàng", r, &pad))
        }
    }
}

fn cells(f: &mut Formatter<'_>, name: &str, cells: &[Cell], pad: &str) -> Result {
    writeln!(f, "{pad} {name}")?;
    for c in cells {
        let span =
            if c.colspan * c.rowspan > 1 { format!(" chiếm {}×{}", c.colspan, c.rowspan) } else { String::new() };
        let repeated = if c.repeated { " lặp lại" } else { "" };
        writeln!(f, "{pad}  ô {}{span}{repeated}", c.column + 1)?;
        c.pars.iter().try_for_each(|p| par(f, p, &format!("{pad}    ")))?;
    }
    Ok(())
}

fn par(f: &mut Formatter<'_>, p: &Par, pad: &str) -> Result {
    write!(f, "{pad}{}", p.style.row().name)?;
    if let Some(level) = p.heading {
        write!(f, " #{level}")?;
    }
    if let Some(depth) = p.list {
        write!(f, " •{depth}")?;
    }
    if p.keep_next {
        f.write_str(" dính")?;
    }
    if let Some(align) = p.align {
        write!(f, " {align:?}")?;
    }
    if let Some(indent) = p.indent {
        write!(f, " lề {}", indent.0)?;
    }
    if let Some(after) = p.after {
        write!(f, " sau {}", after.0)?;
    }
    f.write_str(" | ")?;
    if let Some(marker) = &p.marker {
        runs(f, marker)?;
        f.write_char('·')?;
    }
    runs(f, &p.runs)?;
    f.write_char('\n')
}

fn runs(f: &mut Formatter<'_>, all: &[Run]) -> Result {
    for run in all {
        match run {
            Run::Text(c) => chars(f, c)?,
            Run::Link(c, url) => {
                chars(f, c)?;
                write!(f, "→<{url}>")?;
            }
            Run::Break => f.write_char('⏎')?,
            Run::Entry(e) if e.chars.text.is_empty() => write!(f, "[{:?} trống {}pt]", e.field, e.room.0)?,
            Run::Entry(e) => {
                write!(f, "[{:?} ", e.field)?;
                chars(f, &e.chars)?;
                f.write_char(']')?;
            }
            Run::Note(inner) => {
                f.write_str("^[")?;
                runs(f, inner)?;
                f.write_char(']')?;
            }
        }
    }
    Ok(())
}

/// `«…»` is text that the program added; the letters before it are its face where it is not plain.
fn chars(f: &mut Formatter<'_>, c: &Chars) -> Result {
    let face: String =
        [(c.bold, 'b'), (c.italic, 'i'), (c.underline, 'u')].iter().filter(|(on, _)| *on).map(|(_, l)| *l).collect();
    let face = if face.is_empty() { face } else { format!("{{{face}}}") };
    if c.added { write!(f, "{face}«{}»", c.text) } else { write!(f, "{face}{}", c.text) }
}
