//! What the tests share: samples, plans, one studio for all threads.

pub use crate::desk::complete;
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

/// What became of each unit of a report.
pub fn statuses(report: &serde_json::Value) -> Vec<&str> {
    report["units"].as_array().unwrap().iter().map(|u| u["status"].as_str().unwrap()).collect()
}
