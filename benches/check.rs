//! How fast plans are checked: warm, one thread, by what is done; and many on all cores, without pages.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench talks and may fail")]

use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::time::Instant;
use vanthu::check::ND30_2020;
use vanthu::check::settings::Settings;
use vanthu::diagnostic::Severity;
use vanthu::pipeline::check::Checking;
use vanthu::pipeline::{Folder, Plan, Studio};

#[global_allocator]
static ALLOCATOR: vanthu::allocator::Allocator = vanthu::allocator::Allocator;

/// Rounds; the fastest counts.
const ROUNDS: usize = 30;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Milliseconds, the least of all rounds.
fn least(mut work: impl FnMut()) -> f64 {
    let one = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64() * 1000.0
    };
    (0..ROUNDS).map(|_| one(&mut work)).fold(f64::INFINITY, f64::min)
}

fn main() {
    let studio = Studio::new(None, None);
    let settings = Settings::default();
    let checking = |pages| Checking { studio: &studio, settings: &settings, pages, least: Severity::Hint };
    println!("{} rules; ms a plan, one thread, least of {ROUNDS}", ND30_2020.rules.len());
    println!("{:36} {:>6} {:>8} {:>8} {:>8} {:>8}", "plan", "KB", "build", "traced", "rules", "whole");
    for path in plans() {
        let bytes = std::fs::read(&path).unwrap();
        let folder = Folder::new(path.parent().unwrap());
        let read = || Plan::read("plan.yaml", &bytes, &folder).unwrap();
        let build = least(|| drop(read().build(None, &folder, &[], studio.faces())));
        let traced = least(|| drop(read().traced().build(None, &folder, &[], studio.faces())));
        let built = read().traced().build(None, &folder, &[], studio.faces());
        let (Some(ready), Some(source)) = (built.ready, built.source) else { continue };
        let rules = least(|| drop(vanthu::check::check(&ready.document, &source, None, &settings)));
        let whole = least(|| drop(checking(false).plan("plan.yaml", &bytes, &folder, &[])));
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        println!("{name:36} {:6.1} {build:8.2} {traced:8.2} {rules:8.2} {whole:8.2}", bytes.len() as f64 / 1024.0);
    }
    let all: Vec<(Vec<u8>, Folder)> = plans()
        .iter()
        .cycle()
        .take(2000)
        .map(|p| (std::fs::read(p).unwrap(), Folder::new(p.parent().unwrap())))
        .collect();
    let start = Instant::now();
    all.par_iter().for_each(|(bytes, folder)| drop(checking(false).plan("plan.yaml", bytes, folder, &[])));
    let seconds = start.elapsed().as_secs_f64();
    println!("{} plans without pages on all cores: {:.0} a second", all.len(), all.len() as f64 / seconds);
}

/// The samples, and the real plans where they are at hand.
fn plans() -> Vec<PathBuf> {
    let mut out = Vec::new();
    for folder in [root().join("samples"), root().join("../shared/plans")] {
        let found = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path());
        out.extend(found.filter(|p| p.extension().is_some_and(|e| e == "yaml")));
    }
    out.sort();
    out
}
