//! `vanthu import`: a Word file or a text becomes a plan.

use super::args::Import;
use super::terminal::Screen;
use super::{Outcome, print, write_files};
use crate::diagnostic::{Diagnostic, code};
use crate::import::proof::{self, Difference};
use crate::import::recognise::{Recognised, recognise};
use crate::import::stream::{LeftOut, Stream};
use crate::import::{text, word, yaml};
use crate::ooxml::package::Refusal;
use crate::pipeline::{self, Folder};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Runs the command.
pub fn run(args: &Import) -> Outcome {
    let screen = Screen::plain();
    let to_stdout = args.output.as_deref().is_some_and(|o| o.as_os_str() == "-");
    if args.files.len() > 1 && args.output.is_some() {
        let problem = Diagnostic::general(&code::THAM_SO_SAI, "Nhập nhiều tệp thì không dùng -o.")
            .hint("Bỏ -o: mỗi kế hoạch được ghi cạnh tệp của nó.");
        screen.show(None, &[problem]);
        return Outcome::Failed;
    }
    let mut worst = Outcome::Clean;
    for file in &args.files {
        match one(args, file, to_stdout) {
            Ok(()) => {}
            Err(problems) => {
                screen.show(None, &problems);
                worst = Outcome::Findings;
            }
        }
    }
    worst
}

/// Imports one file.
fn one(args: &Import, file: &Path, to_stdout: bool) -> Result<(), Vec<Diagnostic>> {
    let name = file.file_name().map_or_else(|| "đầu vào".to_owned(), |n| n.to_string_lossy().into_owned());
    let stream = read(file, &name).map_err(|problem| vec![problem])?;
    let recognised = recognise(&stream);
    if !args.no_proof {
        differs(&name, &proof::compare(&stream, &recognised))?;
    }
    let plan = yaml::write(&recognised.found, &name);
    let target = args.output.clone().unwrap_or_else(|| file.with_extension("yaml"));
    let folder = target.parent().unwrap_or(Path::new("")).to_owned();
    let mut files: Vec<(PathBuf, &[u8])> = Vec::new();
    if !to_stdout {
        files.push((target.clone(), plan.as_bytes()));
        files.extend(stream.pictures.iter().map(|(picture, bytes)| (folder.join(picture), bytes.as_slice())));
        refuse_existing(&files, args.force)?;
    }
    let errors = rendered(&plan, &stream, &recognised, args.no_proof)?;
    if to_stdout {
        print(&plan);
    } else {
        write_files(&files, true)?;
    }
    if !args.quiet {
        let beside = stream.left_out.iter().chain(&recognised.left_out);
        tell(&name, Some(&target).filter(|_| !to_stdout), &recognised, beside, errors);
    }
    Ok(())
}

fn read(file: &Path, name: &str) -> Result<Stream, Diagnostic> {
    let bytes = pipeline::read_up_to(file, MOST_BYTES)?;
    let broken = |what: String| {
        Diagnostic::general(&code::NHAP_HONG, format!("Không nhập được tệp {name}: {what}.")).hint(
            "Nhập được tệp .docx, .txt, .md. Tệp .doc, .rtf, .odt: mở bằng Word hoặc LibreOffice, lưu thành .docx.",
        )
    };
    if bytes.starts_with(b"PK") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        let prefix = format!("{}-", file.file_stem().unwrap_or_default().to_string_lossy());
        return word::read(&bytes, &prefix).map_err(|refusal| match refusal {
            Refusal::Broken(what) | Refusal::Forbidden(what) => broken(what),
        });
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| broken("đây không phải là chữ UTF-8".to_owned()))?;
    if text.starts_with("{\\rtf") || text.starts_with("%PDF") {
        return Err(broken("đây là tệp RTF hoặc PDF".to_owned()));
    }
    Ok(text::read(text.trim_start_matches('\u{FEFF}')))
}

/// Largest file that is read.
const MOST_BYTES: u64 = 64 << 20;

fn differs(name: &str, difference: &Difference) -> Result<(), Vec<Diagnostic>> {
    if *difference == Difference::default() {
        return Ok(());
    }
    let shown = |words: &[String]| words.iter().take(12).cloned().collect::<Vec<_>>().join(" ");
    let message = match (difference.lost.is_empty(), difference.added.is_empty()) {
        (false, _) => {
            format!("{} từ của tệp {name} không vào kế hoạch: {}.", difference.lost.len(), shown(&difference.lost))
        }
        _ => format!("Kế hoạch có từ mà tệp {name} không có: {}.", shown(&difference.added)),
    };
    let hint = "Đây là lỗi của vanthu; thêm --khong-doi-chieu để vẫn ghi rồi soát lại các từ này.";
    Err(vec![Diagnostic::general(&code::NHAP_MAT_CHU, message).hint(hint)])
}

/// Renders the plan in memory: the words of the page are compared with the file's; gives how many errors stop it.
fn rendered(plan: &str, stream: &Stream, recognised: &Recognised, no_proof: bool) -> Result<usize, Vec<Diagnostic>> {
    // The pictures are not in their place yet.
    let room = tempfile::tempdir().ok();
    for (name, bytes) in room.iter().flat_map(|_| &stream.pictures) {
        let _ = room.as_ref().map(|room| std::fs::write(room.path().join(name), bytes));
    }
    let folder = Folder::new(room.as_ref().map_or_else(|| PathBuf::from("."), |room| room.path().to_owned()));
    let faces = crate::face::Faces::embedded();
    let built = pipeline::build("ke-hoach.yaml", plan.as_bytes(), &folder, &[], faces);
    let errors = built.diagnostics.iter().filter(|d| d.is_error()).count();
    let Some(ready) = built.ready.filter(|_| !no_proof) else { return Ok(errors) };
    let page = crate::write::plain::text(&ready.sheet);
    let lost = proof::lost_on(&page, stream, recognised);
    if lost.is_empty() {
        return Ok(errors);
    }
    let difference = Difference { lost, added: Vec::new() };
    differs("này (khi in thử)", &difference).map(|()| errors)
}

fn refuse_existing(files: &[(PathBuf, &[u8])], force: bool) -> Result<(), Vec<Diagnostic>> {
    let there = files.iter().filter(|(path, _)| !force && path.exists());
    let problems: Vec<Diagnostic> = there
        .map(|(path, _)| {
            Diagnostic::general(&code::TEP_DA_SUA, format!("Tệp {} đã có sẵn nên không bị ghi đè.", path.display()))
                .hint("Chọn tên khác ở -o, hoặc thêm --force để ghi đè.")
        })
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

fn tell<'l>(
    name: &str,
    target: Option<&PathBuf>,
    recognised: &Recognised,
    left_out: impl Iterator<Item = &'l LeftOut>,
    errors: usize,
) {
    let mut out = std::io::stderr().lock();
    if let Some(target) = target {
        let _ = writeln!(out, "Đã nhập {name} vào {}.", target.display());
    }
    for (_, why) in &recognised.found.unsure {
        let _ = writeln!(out, "  kiểm tra: {why}.");
    }
    let own = "chương trình tự in";
    for left in left_out.filter(|l| !l.reason.starts_with(own)) {
        let _ = writeln!(out, "  không đưa vào ({}): {}", left.reason, left.words);
    }
    if let Some(target) = target.filter(|_| errors > 0) {
        let _ = writeln!(out, "  còn {errors} chỗ phải sửa mới in được: vanthu render {}", target.display());
    }
}
