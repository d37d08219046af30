//! What the tests share: samples, plans, one studio for all threads.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use vanthu::cli_report;
use vanthu::diagnostic::Diagnostic;
use vanthu::pipeline::{self, Built, Folder, Studio};

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Files of a folder with an extension, sorted.
pub fn files(folder: impl AsRef<Path>, extension: &str) -> Vec<PathBuf> {
    let folder = root().join(folder);
    let mut out: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == extension))
        .collect();
    out.sort();
    out
}

/// Our samples.
pub fn samples() -> Vec<PathBuf> {
    files("samples", "yaml")
}

/// The samples and, where they are at hand, the five real plans.
pub fn plans() -> Vec<PathBuf> {
    let mut out = samples();
    let shared = root().join("../shared/plans");
    if shared.is_dir() {
        out.extend(files("../shared/plans", "yaml"));
    } else {
        eprintln!("NOT TESTED: the five real plans are not here ({})", shared.display());
    }
    out
}

/// One studio with the embedded fonts and templates.
pub fn studio() -> &'static Studio {
    static STUDIO: OnceLock<Studio> = OnceLock::new();
    STUDIO.get_or_init(|| Studio::new(None, None))
}

/// Name of a file without folder and extension.
pub fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

/// Builds a file of the repository.
pub fn build(path: &Path) -> (Built, Folder) {
    let folder = Folder::new(path.parent().unwrap());
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let bytes = std::fs::read(path).unwrap();
    let built = pipeline::build(&name, &bytes, &folder, &[], studio().faces());
    (built, folder)
}

/// Builds a text as if it were a plan in the samples folder.
pub fn build_text(text: &str) -> Built {
    let folder = Folder::new(root().join("samples"));
    pipeline::build("ke-hoach.yaml", text.as_bytes(), &folder, &[], studio().faces())
}

/// The PDF of a text, or what was wrong.
pub fn pdf_of(text: &str) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let folder = Folder::new(root().join("samples"));
    let built = pipeline::build("ke-hoach.yaml", text.as_bytes(), &folder, &[], studio().faces());
    let Some(ready) = built.ready else { return Err(built.diagnostics) };
    let pdf = vanthu::write::by_extension("pdf").unwrap();
    match pipeline::write(studio(), &ready, &folder, &[pdf], true) {
        Ok((_, mut written)) => Ok(written.remove(0).outputs.remove(0).bytes),
        Err(problem) => Err(vec![problem]),
    }
}

/// Reports as a person sees them.
pub fn report(built: &Built) -> String {
    cli_report(built.source.as_ref(), &built.diagnostics)
}

/// A neutral valid plan, as top-level key and text.
const NEUTRAL: &[(&str, &str)] = &[
    ("loai", "loai: ke_hoach\n"),
    ("co_quan", "co_quan:\n  chu_quan: UBND tỉnh Lâm Đồng\n  ten: Sở Nội vụ\n  viet_tat: SNV\n"),
    ("dia_danh", "dia_danh: Lâm Đồng\n"),
    ("ngay", "ngay: 05/11/2026\n"),
    ("trich_yeu", "trich_yeu: tập huấn công tác văn thư năm 2026\n"),
    ("noi_dung", "noi_dung: |\n  I. MỤC ĐÍCH\n\n  Nâng cao chất lượng công tác văn thư.\n"),
    ("noi_nhan", "noi_nhan:\n  - UBND tỉnh (b/c)\n  - \"Lưu: VT\"\n"),
    ("ky", "ky:\n  chuc_vu: Giám đốc\n  ho_ten: Trần Thị Minh\n"),
];

/// Completes a fragment with the keys of a neutral plan that it does not have. The fragment comes first.
pub fn complete(fragment: &str) -> String {
    let mut out = fragment.to_owned();
    if !out.ends_with('\n') {
        out.push('\n');
    }
    for (key, text) in NEUTRAL {
        let has = fragment.lines().any(|l| l.starts_with(&format!("{key}:")));
        if !has {
            out.push_str(text);
        }
    }
    out
}
