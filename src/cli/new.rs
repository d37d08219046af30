//! `vanthu new`: a commented blank of a plan, or the built-in templates to change.

use super::args::New;
use super::terminal::Report;
use super::{Outcome, print, write_files};
use crate::decree30::kinds::{Form, KINDS, Kind};
use crate::diagnostic::{Diagnostic, code, io_reason, nearest};
use crate::write::docx::template::BUILT_IN;
use crate::write::typst::TEMPLATES;
use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior, context};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The blank, minijinja over YAML.
const BLANK: &str = include_str!("../../templates/ban-thao.yaml");

/// Runs the command.
pub fn run(args: &New) -> Outcome {
    let result = match (&args.templates, &args.word) {
        (Some(folder), _) => hand_out(folder, args.force),
        (None, Some(path)) => hand_out_word(path, args.force),
        (None, None) => blank(args),
    };
    result.unwrap_or_else(|problems| {
        Report::plain().show(None, &problems);
        Outcome::Failed
    })
}

fn blank(args: &New) -> Result<Outcome, Vec<Diagnostic>> {
    let text = blank_of(args.kind.as_deref().unwrap_or("ke_hoach")).map_err(|problem| vec![problem])?;
    match &args.output {
        None => Ok(print(&text)),
        Some(path) => {
            save(&[(path.clone(), text.as_bytes())], args.force)?;
            let _ = writeln!(
                std::io::stderr(),
                "Đã ghi {}. Trình bày thử: vanthu render {}",
                path.display(),
                path.display()
            );
            Ok(Outcome::Clean)
        }
    }
}

/// The blank of a type, ready to render.
pub fn blank_of(key: &str) -> Result<String, Diagnostic> {
    let ready = || Kind::supported().map(|k| k.key).collect::<Vec<_>>().join(", ");
    let kind = Kind::by_key(key).ok_or_else(|| {
        let hint = match nearest(key, KINDS.iter().map(|k| k.key)) {
            Some(near) => format!("Có phải là “{near}” không?"),
            None => format!("Các loại dùng được: {}.", ready()),
        };
        Diagnostic::general(&code::LOAI_LA, format!("“{key}” không có trong 29 loại văn bản hành chính của Điều 7."))
            .hint(hint)
    })?;
    if kind.form != Form::Named {
        return Err(Diagnostic::general(
            &code::LOAI_CHUA_HO_TRO,
            format!("Bản này chưa trình bày loại {}.", kind.name),
        )
        .hint(format!("Các loại dùng được: {}.", ready())));
    }
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    // The blank shows `{{ … }}` to the user, so the program's own values are printed with other signs.
    if let Ok(syntax) =
        SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).variable_delimiters("<<", ">>").build()
    {
        env.set_syntax(syntax);
    }
    let articles = matches!(kind.key, "quy_che" | "quy_dinh");
    let context = context! {
        loai => kind.key, ten => kind.name, ten_thuong => kind.name.to_lowercase(), viet_tat => kind.abbreviation,
        kinh_gui => kind.kinh_gui, dieu => articles,
    };
    env.render_str(BLANK, context)
        .map_err(|e| Diagnostic::general(&code::MAU_SAI, format!("Bản thảo mẫu của chương trình có lỗi: {e}.")))
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
    let differs = |path: &Path, bytes: &[u8]| path.exists() && std::fs::read(path).map_or(true, |old| old != bytes);
    let there = files.iter().filter(|(path, bytes)| !force && differs(path, bytes));
    let problems: Vec<Diagnostic> = there
        .map(|(path, _)| {
            Diagnostic::general(&code::TEP_DA_SUA, format!("Tệp {} đã có sẵn nên không bị ghi đè.", path.display()))
                .hint("Chọn tên khác, hoặc thêm --force để ghi đè.")
        })
        .collect();
    if problems.is_empty() { write_files(files, true) } else { Err(problems) }
}
