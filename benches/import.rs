//! How fast Word files become plans: warm, one thread, by what is done, and side by side with pandoc reading the same files
//! (`pandoc -f docx -t markdown`, where it is at hand: a program of its own for every file, so its start is told as well).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a bench talks and may fail"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use vanthu::import::proof::{FileWords, compare};
use vanthu::import::recognise::recognise;
use vanthu::import::{word, yaml};
use vanthu::pipeline::{self, Folder, Studio};
use vanthu::write::by_extension;

#[global_allocator]
static ALLOCATOR: vanthu::allocator::Allocator = vanthu::allocator::Allocator;

/// Rounds over all files; the fastest counts.
const ROUNDS: usize = 7;

/// The Word files of offices where they are at hand, else those of the samples.
fn files() -> Vec<(PathBuf, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let list = |folder: PathBuf, extension: &str| -> Vec<PathBuf> {
        let mut all: Vec<PathBuf> =
            std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
        all.retain(|p| p.extension().is_some_and(|e| e == extension));
        all.sort();
        all
    };
    let real = list(root.join("../shared/word"), "docx");
    if !real.is_empty() {
        return real.into_iter().map(|p| (p.clone(), std::fs::read(p).unwrap())).collect();
    }
    let (studio, docx) = (Studio::new(None, None), by_extension("docx").unwrap());
    let folder = Folder::new(root.join("samples"));
    let mut out = Vec::new();
    for path in list(root.join("samples"), "yaml") {
        let built = pipeline::build("plan.yaml", &std::fs::read(&path).unwrap(), &folder, &[], studio.faces());
        let Some(ready) = built.ready else { continue };
        let (_, mut written) = pipeline::write(&studio, &ready, &folder, &[docx], false).unwrap();
        let target = std::env::temp_dir().join(path.file_name().unwrap()).with_extension("docx");
        let bytes = written.remove(0).outputs.remove(0).bytes;
        std::fs::write(&target, &bytes).unwrap();
        out.push((target, bytes));
    }
    out
}

fn least(mut work: impl FnMut()) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        work();
        best = best.min(start.elapsed());
    }
    best
}

fn main() {
    let files = files();
    let each = |all: Duration| all.as_secs_f64() * 1000.0 / files.len() as f64;
    println!("{} files, one thread, least of {ROUNDS} rounds, ms a file", files.len());
    let read = least(|| files.iter().for_each(|(_, bytes)| drop(word::read(bytes, ""))));
    println!("read            {:7.2}", each(read));
    let streams: Vec<_> = files.iter().filter_map(|(_, bytes)| word::read(bytes, "").ok()).collect();
    let understood = least(|| streams.iter().for_each(|s| drop(recognise(s))));
    println!("understand      {:7.2}", each(understood));
    let found: Vec<_> = streams.iter().map(recognise).collect();
    let proven = least(|| {
        for (stream, found) in streams.iter().zip(&found) {
            drop(compare(&mut FileWords::of(stream), found));
        }
    });
    println!("compare words   {:7.2}", each(proven));
    let written = least(|| found.iter().for_each(|f| drop(yaml::write(&f.found, "a.docx"))));
    println!("write YAML      {:7.2}", each(written));
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let whole = least(|| files.iter().for_each(|(p, bytes)| drop(pipeline::import::import(&name(p), bytes, true))));
    println!("all, and a page {:7.2}", each(whole));
    let Ok(start) = pandoc(&["--version"]) else {
        println!("pandoc is not at hand");
        return;
    };
    let mut best = Duration::MAX;
    for _ in 0..2 {
        let run = |(path, _): &(PathBuf, Vec<u8>)| pandoc(&["-f", "docx", "-t", "markdown", &path.to_string_lossy()]);
        best = best.min(files.iter().filter_map(|f| run(f).ok()).sum());
    }
    println!("pandoc          {:7.2} (its start {:.2})", each(best), start.as_secs_f64() * 1000.0);
}

fn pandoc(arguments: &[&str]) -> std::io::Result<Duration> {
    let start = Instant::now();
    Command::new("pandoc").args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    Ok(start.elapsed())
}
