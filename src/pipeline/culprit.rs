//! An engine that panics stops one document, not the program, and the report names the paragraph at which it did.

use super::{Ready, Studio};
use crate::diagnostic::{Diagnostic, code};
use crate::guarded::guarded;
use crate::sheet::{Item, Par, Section, Sheet};
use crate::source::Span;
use crate::write::{Job, Write, Writer};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Runs a step of a writer; a panic in it becomes a report at its paragraph. Without a writer the step is the layout.
pub(super) fn named<T>(
    studio: &Studio,
    ready: &Ready,
    pictures: &BTreeMap<String, Arc<Vec<u8>>>,
    writer: Option<&Writer>,
    step: impl FnOnce() -> Result<T, Diagnostic>,
) -> Result<T, Diagnostic> {
    guarded(step).unwrap_or_else(|| Err(report(find(studio, ready, pictures, writer))))
}

/// The place of the paragraph that makes a writer panic: of halves that still do, the first, down to one paragraph. None
/// where the paragraphs alone do not.
fn find(
    studio: &Studio,
    ready: &Ready,
    pictures: &BTreeMap<String, Arc<Vec<u8>>>,
    writer: Option<&Writer>,
) -> Option<Span> {
    let mut pars: Vec<Par> = Vec::new();
    ready.sheet.visit(&mut |par| pars.push(par.clone()));
    let panics = |pars: &[Par]| {
        let Some(sheet) = sheet_of(&ready.sheet, pars) else { return false };
        let job = Job { sheet: &sheet, document: &ready.document, variables: &ready.variables, pictures };
        guarded(|| try_out(studio, &job, writer)).is_none()
    };
    if !panics(&pars) {
        return None;
    }
    let mut suspects = pars.as_slice();
    while suspects.len() > 1 {
        let (first, second) = suspects.split_at(suspects.len() / 2);
        if panics(first) {
            suspects = first;
        } else if panics(second) {
            suspects = second;
        } else {
            break;
        }
    }
    // What the program adds has no place of its own.
    suspects.iter().map(|p| p.span).find(|span| *span != Span::default())
}

/// Only these paragraphs, one under the other.
fn sheet_of(sheet: &Sheet, pars: &[Par]) -> Option<Sheet> {
    let items: Vec<Item> = pars.iter().cloned().map(Item::Par).collect();
    let first = sheet.sections.first()?;
    let content = 0..items.len();
    let section = Section { top: Vec::new(), foot: Vec::new(), items, content, letterhead: 0, ..first.clone() };
    Some(Sheet { sections: vec![section], ..sheet.clone() })
}

/// Whether it fails does not matter, only whether it comes back.
fn try_out(studio: &Studio, job: &Job<'_>, writer: Option<&Writer>) {
    match writer.map(|w| &w.write) {
        None => drop(studio.press().compile(job)),
        Some(Write::Pages(write)) => {
            if let Ok(layout) = studio.press().compile(job) {
                drop(write(studio.press(), job, &layout));
            }
        }
        Some(Write::Sheet(write)) => drop(write(job)),
        Some(Write::Word(write)) => {
            if let Ok(word) = studio.word() {
                drop(write(word, job));
            }
        }
    }
}

fn report(place: Option<Span>) -> Diagnostic {
    const HINT: &str =
        "Đây là lỗi của vanthu: gửi đoạn này cho nhóm phát triển. Trong lúc chờ, thay ký tự lạ hoặc viết lại đoạn.";
    match place {
        Some(span) => {
            let message = "Chương trình gặp lỗi bên trong khi trình bày đoạn này nên không ghi tệp nào.";
            Diagnostic::error(&code::LOI_BEN_TRONG, span, message).hint(HINT)
        }
        None => {
            let message = "Chương trình gặp lỗi bên trong khi lập trang, không rõ ở đoạn nào, nên không ghi tệp nào.";
            Diagnostic::general(&code::LOI_BEN_TRONG, message).hint(HINT.replace("đoạn này", "tệp kế hoạch"))
        }
    }
}
