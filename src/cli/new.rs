//! `vanthu new`: a commented blank of a plan, or the built-in templates to change.

use super::args::New;
use super::blank::blank_of;
use super::schema::sealed;
use super::terminal::Screen;
use super::{Outcome, print, refuse_existing, write_files};
use crate::diagnostic::{Diagnostic, code, io_reason};
use crate::write::docx::template::BUILT_IN;
use crate::write::files::{Standing, standing_of};
use crate::write::typst::TEMPLATES;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Name of the schema beside a plan.
const SCHEMA: &str = "vanthu.schema.json";

/// Runs the command.
pub fn run(args: &New) -> Outcome {
    let result = match (&args.templates, &args.word) {
        (Some(folder), _) => hand_out(folder, args.force),
        (None, Some(path)) => hand_out_word(path, args.force),
        (None, None) => blank(args),
    };
    result.unwrap_or_else(|problems| {
        Screen::plain().show(None, &problems);
        Outcome::Failed
    })
}

fn blank(args: &New) -> Result<Outcome, Vec<Diagnostic>> {
    let kind = args.kind.as_deref().unwrap_or("ke_hoach");
    let one = |problem| vec![problem];
    // On the screen there is no schema beside it that editors could load.
    let Some(path) = &args.output else { return blank_of(kind, None).map(|text| print(&text)).map_err(one) };
    let schema = sealed().map_err(one)?;
    let schema_path = path.with_file_name(SCHEMA);
    let standing = standing_of(&schema_path, &schema).unwrap_or(Standing::Foreign);
    // A schema that somebody changed is still one; what is not ours at all is nobody's schema.
    let text = blank_of(kind, (standing != Standing::Foreign).then_some(SCHEMA)).map_err(one)?;
    let mut files = vec![(path.clone(), text.as_bytes())];
    refuse_existing(&files, args.force)?;
    if matches!(standing, Standing::Missing | Standing::Ours) {
        files.push((schema_path.clone(), &schema));
    }
    write_files(&files, true)?;
    let names: Vec<_> = files.iter().map(|(path, _)| path.display().to_string()).collect();
    let shown = path.display();
    let mut out = std::io::stderr().lock();
    let _ = writeln!(out, "Đã ghi {}. Trình bày thử: vanthu render {shown}", names.join(", "));
    if standing == Standing::Foreign {
        let there = schema_path.display();
        let _ = writeln!(
            out,
            "Tệp {there} đã có sẵn, không do vanthu ghi ra nên được giữ nguyên; muốn trình soạn thảo gợi ý khóa thì ghi lược đồ ra tên khác: vanthu schema -o TỆP.json"
        );
    }
    Ok(Outcome::Clean)
}

fn hand_out(folder: &Path, force: bool) -> Result<Outcome, Vec<Diagnostic>> {
    std::fs::create_dir_all(folder).map_err(|e| {
        let message = format!("Không tạo được thư mục {}: {}.", folder.display(), io_reason(&e));
        vec![Diagnostic::general(&code::KHONG_GHI_DUOC, message).hint("Chọn thư mục khác, hoặc xin quyền ghi.")]
    })?;
    let files: Vec<_> = TEMPLATES.iter().map(|(name, text)| (folder.join(name), text.as_bytes())).collect();
    save(&files, force)?;
    let _ = writeln!(
        std::io::stderr(),
        "Đã chép mẫu vào {}. Dùng mẫu: vanthu render KẾ-HOẠCH.yaml --mau {}",
        folder.display(),
        folder.display()
    );
    Ok(Outcome::Clean)
}

fn hand_out_word(path: &Path, force: bool) -> Result<Outcome, Vec<Diagnostic>> {
    let docx = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("docx"));
    if !docx {
        let message = format!("Tên mẫu Word “{}” không có đuôi .docx.", path.display());
        return Err(vec![
            Diagnostic::general(&code::THAM_SO_SAI, message).hint("Ví dụ: vanthu new --mau-word mau-co-quan.docx"),
        ]);
    }
    save(&[(path.to_owned(), BUILT_IN)], force)?;
    let _ = writeln!(
        std::io::stderr(),
        "Đã chép mẫu Word vào {}. Sửa bằng Word, kiểm tra: vanthu check-mau {}; dùng: vanthu render KẾ-HOẠCH.yaml -o TỆP.docx --mau-word {}",
        path.display(),
        path.display(),
        path.display()
    );
    Ok(Outcome::Clean)
}

/// Writes files that people are going to change: what stands under their names already is left alone.
fn save(files: &[(PathBuf, &[u8])], force: bool) -> Result<(), Vec<Diagnostic>> {
    refuse_existing(files, force)?;
    write_files(files, true)
}
