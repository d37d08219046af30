//! The page to look documents over: thumbnails of first pages, what stands out first.

use super::record::{Record, Status, Trouble};
use super::report::Report;
use crate::diagnostic::{Diagnostic, code};
use crate::pipeline::Layout;
use crate::write::files::Seal;
use crate::write::typst::raster;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, context};
use serde::Serialize;
use std::collections::BTreeMap;

/// Width of a thumbnail in pixels: letterhead and title can be told, text cannot.
const WIDTH: f64 = 220.0;

/// The first page as a small PNG, grey where nothing on it has colour.
pub fn thumbnail(layout: &Layout, grey: bool) -> Option<Vec<u8>> {
    Seal::Png.put(raster::thumbnail(layout, WIDTH, grey)?).ok()
}

/// A unit as the page shows it, and nothing more: there may be ten thousand.
#[derive(Serialize)]
struct Card<'r> {
    row: usize,
    unit: &'r str,
    status: &'static str,
    /// `failed`, `odd` (its number of pages is not the usual), `warned` or nothing.
    kind: &'static str,
    pages: Option<usize>,
    words: usize,
    links: Vec<(String, String)>,
    thumbnail: Option<String>,
    search: String,
    errors: Vec<OverviewLine<'r>>,
    warnings: Vec<OverviewLine<'r>>,
    /// How far its number of pages is from the usual.
    #[serde(skip)]
    off: usize,
}

/// A trouble as the page shows it.
#[derive(Serialize)]
struct OverviewLine<'r> {
    message: &'r str,
    place: String,
}

/// The page. Failed units stand first, then those whose number of pages is far from the usual, then those with
/// warnings, then the others in the order of the list.
pub fn page(report: &Report) -> Result<Vec<u8>, Diagnostic> {
    let usual = usual_pages(report);
    let mut cards: Vec<Card<'_>> = report.units.iter().map(|unit| card(unit, usual)).collect();
    let rank = |c: &Card<'_>| match c.kind {
        "failed" => 0,
        "odd" => 1,
        "warned" => 2,
        _ => 3,
    };
    cards.sort_by_key(|c| (rank(c), std::cmp::Reverse(c.off), c.row));
    let outliers = cards.iter().filter(|c| c.off > 0).count();
    let head = report.head();
    let mut env = Environment::new();
    env.set_auto_escape_callback(|_| AutoEscape::Html);
    let made = env.render_str(
        include_str!("../../templates/html/tong-quan.html"),
        context! { bao_cao => Value::from(Serde(&head)), cards => Value::from(Serde(&cards)), usual, outliers },
    );
    made.map(String::into_bytes).map_err(|error| {
        Diagnostic::general(&code::BAO_CAO_SAI, format!("Không lập được trang tổng quan: {error}."))
            .hint("Đây là lỗi của vanthu, hãy báo cho nhóm phát triển; các tệp văn bản đã ghi xong.")
    })
}

fn card(unit: &Record, usual: usize) -> Card<'_> {
    let right = matches!(unit.status, Status::Written | Status::Unchanged);
    let pages = unit.pages.filter(|_| right);
    let off = pages.map_or(0, |p| p.abs_diff(usual));
    Card {
        row: unit.row,
        unit: &unit.unit,
        status: unit.status.words(),
        kind: match unit.status {
            Status::Failed => "failed",
            _ if off > 0 => "odd",
            _ if !unit.warnings.is_empty() => "warned",
            _ => "",
        },
        pages,
        words: if right { unit.words } else { 0 },
        links: unit.files.iter().filter(|_| right).map(|f| (f.format.to_uppercase(), address(&f.path))).collect(),
        thumbnail: unit.thumbnail.as_deref().filter(|_| right).map(address),
        search: format!("{} {}", unit.row, crate::jinja::filters::without_accents(&unit.unit).to_lowercase()),
        errors: unit.errors.iter().map(line).collect(),
        warnings: unit.warnings.iter().map(line).collect(),
        off,
    }
}

fn line(trouble: &Trouble) -> OverviewLine<'_> {
    let cell = match (&trouble.cell, trouble.unit_columns.as_slice()) {
        (Some(cell), _) => format!("ô {cell}"),
        (None, []) => String::new(),
        (None, columns) => format!("cột {}", columns.join(", ")),
    };
    let parts: Vec<String> = [trouble.place(), cell].into_iter().filter(|p| !p.is_empty()).collect();
    OverviewLine { message: &trouble.message, place: parts.join(", ") }
}

/// The number of pages that most units have.
fn usual_pages(report: &Report) -> usize {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for pages in report.units.iter().filter_map(|u| u.pages) {
        *counts.entry(pages).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(pages, count)| (*count, std::cmp::Reverse(*pages))).map_or(0, |(pages, _)| pages)
}

/// A path as a relative address (RFC 3986): a name is never taken for a scheme, a query or a fragment.
fn address(path: &str) -> String {
    use std::fmt::Write;
    let mut out = String::from("./");
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}
