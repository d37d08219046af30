//! A file that people have → a plan: read, understood, compared word for word, laid out in memory.

use super::both::both;
use super::{Built, Folder, build_roughly};
use crate::diagnostic::{Diagnostic, code, io_reason};
use crate::face::Faces;
use crate::import::proof::{self, Difference, FileWords, Sign};
use crate::import::recognise::{Recognised, recognise};
use crate::import::stream::Stream;
use crate::import::{depth, html, markdown, signs, text, word, yaml};
use crate::libreoffice::{self, Office};
use crate::ooxml::package::Refusal;
use crate::source::Source;
use std::path::{Path, PathBuf};

/// Largest file that is read, in bytes.
pub const MOST_BYTES: u64 = 64 << 20;
/// Extensions of files that are imported.
pub const EXTENSIONS: [&str; 8] = ["docx", "doc", "rtf", "odt", "txt", "md", "html", "htm"];

/// A file that became a plan.
pub struct Imported {
    /// The plan.
    pub plan: String,
    /// What was read.
    pub stream: Stream,
    /// What was understood.
    pub recognised: Recognised,
    /// How many errors keep the plan from being rendered.
    pub errors: usize,
    /// Signs that the page has otherwise than the file.
    pub signs: Vec<Sign>,
    /// Words that the page has and the file has not.
    pub added: Vec<String>,
}

/// Imports a file. `name` tells its kind by the extension, where the bytes do not. With `prove`, a word that is lost or
/// added is an error.
pub fn import(name: &str, bytes: &[u8], prove: bool) -> Result<Imported, Vec<Diagnostic>> {
    let (stream, _) = both(|| read(name, bytes), Faces::embedded);
    let stream = stream.map_err(|problem| vec![problem])?;
    let (recognised, mut words) = both(|| recognise(&stream), || FileWords::of(&stream));
    let (difference, (plan, built)) = both(
        || if prove { proof::compare(&mut words, &recognised) } else { Difference::default() },
        || {
            let plan = yaml::write(&recognised.found, name);
            let built = laid_out(&plan, &stream.pictures);
            (plan, built)
        },
    );
    differs(name, &difference)?;
    let mut out = Imported { plan, stream, recognised, errors: 0, signs: Vec::new(), added: Vec::new() };
    out.compare_page(built, prove, &mut words)?;
    Ok(out)
}

/// The plan, built in memory.
fn laid_out(plan: &str, pictures: &[(String, Vec<u8>)]) -> Built {
    // The pictures are not in their place yet.
    let room = Some(pictures).filter(|p| !p.is_empty()).and_then(|_| tempfile::tempdir().ok());
    if let Some(room) = &room {
        pictures.iter().for_each(|(name, bytes)| drop(std::fs::write(room.path().join(name), bytes)));
    }
    let folder = Folder::new(room.as_ref().map_or_else(PathBuf::new, |room| room.path().to_owned()));
    build_roughly("ke-hoach.yaml", plan.as_bytes(), &folder, Faces::embedded())
}

/// What a file holds.
pub fn read(name: &str, bytes: &[u8]) -> Result<Stream, Diagnostic> {
    let broken = |what: String| {
        Diagnostic::general(&code::NHAP_HONG, format!("Không nhập được tệp {name}: {what}.")).hint(
            "Nhập được tệp .docx, .txt, .md, .html; tệp .doc, .rtf, .odt khi máy có LibreOffice. Tệp PDF: chép phần chữ ra tệp .txt.",
        )
    };
    let converted = match old_format(name, bytes) {
        Some(extension) => Some(converted(bytes, extension, name)?),
        None => None,
    };
    let bytes = converted.as_deref().unwrap_or(bytes);
    if bytes.starts_with(b"PK") {
        let prefix = format!("{}-", Path::new(name).file_stem().unwrap_or_default().to_string_lossy());
        return word::read(bytes, &prefix).map_err(|refusal| match refusal {
            Refusal::Broken(what) | Refusal::Forbidden(what) => broken(what),
        });
    }
    if extension(name) == "docx" {
        return Err(broken("đây không phải là tệp Word (.docx), dù tên có đuôi ấy".to_owned()));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| broken("đây không phải là chữ UTF-8".to_owned()))?;
    if text.starts_with("%PDF") {
        return Err(broken("đây là tệp PDF".to_owned()));
    }
    let text = signs::with_line_feeds(signs::composed(text.trim_start_matches('\u{FEFF}')));
    let extension = extension(name);
    let is_page = matches!(extension.as_str(), "html" | "htm") || extension != "md" && html::is_html(&text);
    if is_page && depth::is_too_deep(&text) {
        return Err(broken("trang này lồng nhau quá sâu".to_owned()));
    }
    let mut stream = match extension.as_str() {
        "md" => markdown::read(&text),
        _ if is_page => html::read(&text),
        _ if markdown::has_marks(&text) => markdown::read(&text),
        _ => text::read(&text),
    };
    signs::settle(&mut stream);
    Ok(stream)
}

fn extension(name: &str) -> String {
    Path::new(name).extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

/// The extension of a format that only LibreOffice reads.
fn old_format(name: &str, bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Some("doc"),
        [b'{', b'\\', b'r', b't', b'f', ..] => Some("rtf"),
        [b'P', b'K', ..] if extension(name) == "odt" => Some("odt"),
        _ => None,
    }
}

/// The file as .docx, by LibreOffice where it is installed.
fn converted(bytes: &[u8], extension: &'static str, name: &str) -> Result<Vec<u8>, Diagnostic> {
    let refused = |why: &str, hint: &str| {
        Diagnostic::general(&code::NHAP_HONG, format!("Không nhập được tệp {name}: {why}.")).hint(hint)
    };
    let program = libreoffice::find().ok_or_else(|| {
        let hint = "Cài LibreOffice rồi chạy lại; hoặc mở tệp bằng Word, lưu thành .docx.";
        refused(&format!("máy này chưa có LibreOffice để đổi tệp .{extension} sang .docx"), hint)
    })?;
    let unread = |_| {
        let hint = "Mở tệp bằng Word hoặc LibreOffice, bỏ mật khẩu nếu có, lưu thành .docx.";
        refused(&format!("LibreOffice không đọc được tệp .{extension} này"), hint)
    };
    let office = Office::new(program, Faces::embedded()).map_err(unread)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.map_err(|e| refused(&io_reason(&e), "Chạy lại lệnh."))?;
    let bytes = bytes.to_vec();
    let made = runtime.block_on(async { tokio::spawn(async move { office.docx(&bytes, extension).await }).await });
    match made {
        Ok(made) => made.map_err(unread),
        Err(_) => Err(refused(&format!("LibreOffice không đọc được tệp .{extension} này"), "Chạy lại lệnh.")),
    }
}

fn differs(name: &str, difference: &Difference) -> Result<(), Vec<Diagnostic>> {
    if *difference == Difference::default() {
        return Ok(());
    }
    let shown = |words: &[String]| words.iter().take(12).cloned().collect::<Vec<_>>().join(" ");
    let message = match (difference.lost.is_empty(), difference.added.is_empty()) {
        (true, true) => format!("Đoạn này của tệp {name} không đứng đúng chỗ: {}.", shown(&difference.moved[..1])),
        (false, _) => {
            format!("{} từ của tệp {name} không vào kế hoạch: {}.", difference.lost.len(), shown(&difference.lost))
        }
        _ => format!("Kế hoạch có từ mà tệp {name} không có: {}.", shown(&difference.added)),
    };
    let hint = "Đây là lỗi của vanthu; thêm --khong-doi-chieu để vẫn ghi rồi soát lại các từ này.";
    Err(vec![Diagnostic::general(&code::NHAP_MAT_CHU, message).hint(hint)])
}

impl Imported {
    /// What stops the plan from being rendered is counted, the words and signs of its page are compared with the file's.
    fn compare_page(&mut self, built: Built, prove: bool, words: &mut FileWords) -> Result<(), Vec<Diagnostic>> {
        self.errors = built.diagnostics.iter().filter(|d| d.is_error()).count();
        if let Some(source) = built.source.as_ref().filter(|_| self.errors > 0) {
            self.comment(source, &built.diagnostics);
        }
        let Some(ready) = built.ready else { return Ok(()) };
        let page = crate::write::plain::text(&ready.sheet);
        let beside = proof::Page::beside(&page, words);
        self.signs = beside.signs(words);
        self.added = beside.added(words);
        let lost = if prove { proof::lost_on(&page, words, &self.recognised) } else { Vec::new() };
        let difference = Difference { lost, ..Difference::default() };
        differs("này (khi in thử)", &difference)
    }

    /// A comment above each line that stops the plan from being rendered.
    fn comment(&mut self, source: &Source, told: &[Diagnostic]) {
        let lines: Vec<&str> = self.plan.lines().collect();
        let mut above: Vec<(usize, String)> = Vec::new();
        for problem in told.iter().filter(|d| d.is_error()) {
            let line = problem.span.map_or(1, |span| source.line_col(span.start).line).min(lines.len());
            let at = outside_of_text(&lines, line.saturating_sub(1));
            let indent = lines.get(at).map_or(0, |l| l.len() - l.trim_start_matches(' ').len());
            above.push((at, format!("{}# kiểm tra: {}", " ".repeat(indent), problem.message)));
        }
        let mut out = String::with_capacity(self.plan.len());
        for (at, line) in lines.iter().enumerate() {
            let mut here: Vec<&String> = above.iter().filter(|(a, _)| *a == at).map(|(_, text)| text).collect();
            here.dedup();
            here.into_iter().for_each(|text| out.extend([text, "\n"]));
            out.extend([line, "\n"]);
        }
        self.plan = out;
    }
}

/// The line itself, or that of the key where it stands in text under `|`, where a comment would be words.
fn outside_of_text(lines: &[&str], at: usize) -> usize {
    let depth = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let mut own = lines.get(at).map_or(0, |l| depth(l));
    for above in (0..at).rev() {
        let line = lines[above];
        if line.trim().is_empty() || depth(line) >= own {
            continue;
        }
        if line.ends_with('|') {
            return above;
        }
        own = depth(line);
    }
    at
}
