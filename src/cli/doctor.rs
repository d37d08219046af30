//! `vanthu doctor`: does this machine render? Each line says what was tried and what came of it.

use super::args::Doctor;
use super::blank::blank_of;
use super::{Outcome, print};
use crate::decree30::LAW;
use crate::diagnostic::{Diagnostic, io_reason};
use crate::face::Faces;
use crate::pipeline::{self, Folder, Studio};
use crate::write::WRITERS;
use crate::write::files::write_all;
use std::fmt::Write;

/// Runs the command.
pub fn run(args: &Doctor) -> Outcome {
    let mut out = String::new();
    let mut good = true;
    let mut line = |name: &str, result: Result<String, String>| {
        let (mark, text) = match result {
            Ok(text) => ("tốt", text),
            Err(text) => {
                good = false;
                ("HỎNG", text)
            }
        };
        let _ = writeln!(out, "{mark:4}  {name}: {text}");
    };
    line("chương trình", Ok(format!("vanthu {}, bảng quy định theo {LAW}", env!("CARGO_PKG_VERSION"))));
    let faces = args.fonts.as_deref().map(pipeline::load_faces).transpose().map_err(sentence);
    line(
        "phông chữ",
        faces.as_ref().map_err(Clone::clone).and_then(|own| coverage(own.as_ref().unwrap_or(Faces::embedded()))),
    );
    let templates = args.templates.as_deref().map(pipeline::load_templates).transpose().map_err(sentence);
    let named =
        args.templates.as_ref().map_or_else(|| "có sẵn trong chương trình".to_owned(), |t| t.display().to_string());
    line("mẫu Typst", templates.as_ref().map(|_| named).map_err(Clone::clone));
    if let (Ok(faces), Ok(templates)) = (faces, templates) {
        let mut studio = Studio::new(faces, templates);
        let word = args.word.as_deref().map(pipeline::load_word_template).transpose();
        let named =
            args.word.as_ref().map_or_else(|| "có sẵn trong chương trình".to_owned(), |t| t.display().to_string());
        line(
            "mẫu Word",
            word.as_ref().map(|_| named).map_err(|faults| faults.first().cloned().map(sentence).unwrap_or_default()),
        );
        if let Ok(Some(word)) = word {
            studio = studio.with_word(word);
        }
        for writer in WRITERS {
            line(&format!("xuất thử .{}", writer.extension), self_render(&studio, writer));
        }
    }
    line("thư mục tạm", scratch());
    let last = if good {
        "Máy này dùng được vanthu."
    } else {
        "Có chỗ hỏng; sửa theo các dòng HỎNG ở trên rồi chạy lại."
    };
    let _ = writeln!(out, "{last}");
    if print(&out) == Outcome::Failed || !good { Outcome::Failed } else { Outcome::Clean }
}

fn sentence(problem: Diagnostic) -> String {
    match problem.hint {
        Some(hint) => format!("{} {hint}", problem.message),
        None => problem.message,
    }
}

fn coverage(faces: &Faces) -> Result<String, String> {
    faces.check_letters()?;
    Ok(format!("họ chữ {}, bốn kiểu, đủ chữ tiếng Việt", faces.family))
}

fn self_render(studio: &Studio, writer: &'static crate::write::Writer) -> Result<String, String> {
    let blank = blank_of("ke_hoach", None).map_err(sentence)?;
    let folder = Folder::new("");
    let built = pipeline::build("ban-thao.yaml", blank.as_bytes(), &folder, &[], studio.faces());
    let first = built.diagnostics.into_iter().next().map(sentence);
    let ready = built.ready.ok_or_else(|| first.unwrap_or_default())?;
    let (layout, written) = pipeline::write(studio, &ready, &folder, &[writer], true).map_err(sentence)?;
    let bytes: usize = written.iter().flat_map(|w| &w.outputs).map(|o| o.bytes.len()).sum();
    let proven = if writer.prove.is_some() { ", chữ đối chiếu khớp" } else { "" };
    let pages = layout.map_or(String::new(), |p| format!("{} trang, ", p.pages()));
    Ok(format!("{pages}{} KB{proven}", bytes.div_ceil(1024)))
}

fn scratch() -> Result<String, String> {
    let folder = tempfile::tempdir().map_err(|e| format!("không tạo được thư mục tạm: {}", io_reason(&e)))?;
    write_all(&[(folder.path().join("thu.txt"), b"thu")], false)
        .map_err(|mut problems| sentence(problems.remove(0)))?;
    Ok("ghi được".into())
}
