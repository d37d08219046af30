//! How fast: cold process to PDF, warm, many plans one after another and on two threads; where the time goes.
//!
//! `cargo bench` prints documents per second, memory, and, when a `typst` program is on the PATH, the same documents by
//! one `typst compile` process each, side by side.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::too_many_lines,
    reason = "a bench talks and may fail"
)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use vanthu::diagnostic::Diagnostics;
use vanthu::draft::Value;
use vanthu::pipeline::{self, Folder, Ready, Studio};
use vanthu::source::{Source, Span};
use vanthu::write::{self, compare_draft, compare_pdf};
use vanthu::{compose, expand, read};

#[global_allocator]
static ALLOCATOR: vanthu::allocator::Allocator = vanthu::allocator::Allocator;

const DOCUMENTS: usize = 200;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

struct Plan {
    text: String,
    variables: Vec<(String, Value)>,
}

fn ready(studio: &Studio, plan: &Plan, folder: &Folder) -> Ready {
    let d = pipeline::build("plan.yaml", plan.text.as_bytes(), folder, &plan.variables, studio.faces());
    d.ready.unwrap_or_else(|| panic!("{:?}", d.diagnostics))
}

fn pdf(studio: &Studio, plan: &Plan, folder: &Folder, prove: bool) -> Vec<u8> {
    let writer = write::by_extension("pdf").unwrap();
    let (_, mut written) = pipeline::write(studio, &ready(studio, plan, folder), folder, &[writer], prove).unwrap();
    written.remove(0).outputs.remove(0).bytes
}

/// Unrelated plans: every sample and real plan in turn, the words of each paragraph turned round a little more each time.
fn unrelated() -> Vec<Plan> {
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in ["../shared/plans", "samples"] {
        let mut here: Vec<PathBuf> =
            std::fs::read_dir(root().join(folder)).into_iter().flatten().flatten().map(|e| e.path()).collect();
        here.retain(|p| p.extension().is_some_and(|e| e == "yaml"));
        here.sort();
        // The real plans are five to seven pages; without them, the long samples stand in.
        here.retain(|p| {
            folder != "samples" || p.file_name().is_some_and(|n| n.to_string_lossy().starts_with("ke-hoach"))
        });
        files.extend(here);
    }
    let texts: Vec<String> = files.iter().map(|p| std::fs::read_to_string(p).unwrap()).collect();
    (0..DOCUMENTS)
        .map(|i| Plan { text: turned(&texts[i % texts.len()], i / texts.len()), variables: Vec::new() })
        .collect()
}

/// Rotates the words of every plain line of outline text by `by`, so that no two documents share a paragraph.
fn turned(text: &str, by: usize) -> String {
    let mut out = String::new();
    let mut outline = false;
    for line in text.lines() {
        if !line.starts_with([' ', '#']) && !line.is_empty() {
            outline = line.starts_with("noi_dung: |");
        }
        let body = if outline { line.trim_start() } else { "" };
        if let Some(rest) =
            body.strip_prefix("- ").filter(|r| r.split(' ').count() > 12 && !r.contains(['*', '[', '"', '{', ':', '|']))
        {
            let mut words: Vec<&str> = rest.split(' ').collect();
            let n = words.len();
            words.rotate_left(by % n);
            out.push_str(&line[..line.len() - body.len()]);
            out.push_str("- ");
            out.push_str(&words.join(" "));
        } else {
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}

/// The same template for many units: the rows of the sample's list in turn, each with a name of its own.
fn units() -> Vec<Plan> {
    let text = std::fs::read_to_string(root().join("samples/mau-giao-chi-tieu.yaml")).unwrap();
    let list = std::fs::read(root().join("samples/don-vi.csv")).unwrap();
    let rows = read::rows::read("don-vi.csv", &list, Span::default()).unwrap();
    (0..DOCUMENTS)
        .map(|i| {
            let row = &rows.rows[i % rows.rows.len()];
            let mut variables: Vec<(String, Value)> =
                rows.header.iter().zip(row).map(|(name, value)| (name.clone(), read::value_of(value))).collect();
            if let Some((_, Value::Text(name))) = variables.iter_mut().find(|(n, _)| n == "don_vi.ten") {
                name.push_str(&format!(" số {i}"));
            }
            Plan { text: text.clone(), variables }
        })
        .collect()
}

fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("0");
    line.split_whitespace().nth(1).and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

fn rate(name: &str, threads: usize, plans: &[Plan], prove: bool) -> f64 {
    let studio = Studio::new(None, None);
    let next = AtomicUsize::new(0);
    let start = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let worker = || {
                // One pool a worker: a document never waits for another's piece of work.
                let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(16 << 20).build().unwrap();
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    let Some(plan) = plans.get(i) else { break };
                    pool.install(|| {
                        let folder = Folder::new(root().join("samples"));
                        std::hint::black_box(pdf(&studio, plan, &folder, prove));
                    });
                }
            };
            std::thread::Builder::new().stack_size(16 << 20).spawn_scoped(scope, worker).unwrap();
        }
    });
    let per_second = plans.len() as f64 / start.elapsed().as_secs_f64();
    let proof = if prove { "có đối chiếu" } else { "không đối chiếu" };
    println!("{name:28} {threads} luồng  {proof:16} {per_second:7.1} văn bản/giây   đỉnh {:.0} MB", resident());
    per_second
}

fn cold(program: &Path, arguments: &[&str], runs: u32) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..runs {
        let start = Instant::now();
        assert!(Command::new(program).args(arguments).stderr(std::process::Stdio::null()).status().unwrap().success());
        best = best.min(start.elapsed());
    }
    best
}

fn stages(plan: &Plan) {
    let studio = Studio::new(None, None);
    let folder = Folder::new(root().join("samples"));
    for _ in 0..3 {
        pdf(&studio, plan, &folder, true);
    }
    let runs = 20;
    let mut total = [Duration::ZERO; 6];
    for run in 0..runs {
        let text = turned(&plan.text, run + 1);
        let mut at = Instant::now();
        let mut lap = |slot: usize| {
            total[slot] += at.elapsed();
            at = Instant::now();
        };
        let mut source = Source::new("plan.yaml", text.as_str());
        let draft = read::read(&mut source, &folder, Diagnostics::new()).draft.unwrap();
        lap(0);
        let document = expand::expand(&draft, &source, &folder, &[], false).output.unwrap();
        lap(1);
        let sheet = compose::compose(&document, &source, studio.faces()).output;
        compare_draft(&document, &sheet).unwrap();
        lap(2);
        let pictures = folder.pictures();
        let job = write::Job { sheet: &sheet, document: &document, variables: &[], pictures: &pictures };
        let proof = studio.press().compile(&job).unwrap();
        lap(3);
        let bytes = write::typst::pdf::write(studio.press(), &job, &proof).unwrap().remove(0).bytes;
        lap(4);
        compare_pdf(&sheet, &bytes).unwrap();
        lap(5);
    }
    for (name, time) in ["đọc", "mở rộng", "dàn trang", "Typst", "PDF", "đối chiếu"].iter().zip(total) {
        println!("  {name:10} {:6.2} ms", time.as_secs_f64() * 1000.0 / f64::from(runs as u32));
    }
}

fn main() {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_vanthu"));
    let scratch = tempfile::tempdir().unwrap();
    let unrelated = unrelated();
    let units = units();

    println!("# Tiến trình nguội đến PDF (tốt nhất trong 10 lần)");
    let plan = scratch.path().join("plan.yaml");
    std::fs::write(&plan, &unrelated[0].text).unwrap();
    let target = scratch.path().join("plan.pdf");
    let names = [plan.to_str().unwrap(), target.to_str().unwrap()];
    let own = cold(&program, &["render", names[0], "-o", names[1], "--quiet"], 10);
    println!("vanthu render                {:6.1} ms", own.as_secs_f64() * 1000.0);

    println!("# Nóng, cùng một kế hoạch");
    let studio = Studio::new(None, None);
    let folder = Folder::new(root().join("samples"));
    pdf(&studio, &unrelated[0], &folder, true);
    let start = Instant::now();
    for _ in 0..50 {
        std::hint::black_box(pdf(&studio, &unrelated[0], &folder, true));
    }
    println!("vanthu, nóng                 {:6.1} ms", start.elapsed().as_secs_f64() * 1000.0 / 50.0);

    println!("# {DOCUMENTS} văn bản");
    let mut own_rates = Vec::new();
    for (name, plans) in [("kế hoạch không liên quan", &unrelated), ("văn bản của từng đơn vị", &units)]
    {
        for threads in [1, 2] {
            own_rates.push(rate(name, threads, plans, true));
        }
        rate(name, 2, plans, false);
    }

    println!("# Thời gian đi đâu (một kế hoạch 5 trang, nóng, mỗi lần một nội dung khác)");
    stages(&unrelated[0]);

    match which("typst") {
        None => {
            println!("# Không có typst trên PATH: bỏ phần so sánh (cài bằng: cargo install typst-cli --version 0.15.1)")
        }
        Some(typst) => against(&typst, scratch.path(), &[&unrelated, &units], &own_rates, own),
    }
}

/// One `typst compile` process a document, on as many processes at once as there are cores.
fn against(typst: &Path, scratch: &Path, sets: &[&Vec<Plan>], own_rates: &[f64], own_cold: Duration) {
    let fonts = root().join("fonts");
    println!(
        "# So với một tiến trình `typst compile` cho mỗi văn bản (cùng mã nguồn Typst, cùng PDF/A-2a và PDF/UA-1)"
    );
    for (set, name) in sets.iter().zip(["không liên quan", "từng đơn vị"]) {
        let sources: Vec<PathBuf> = set
            .iter()
            .enumerate()
            .map(|(i, plan)| {
                let source = scratch.join(format!("{i}.typ"));
                let folder = Folder::new(root().join("samples"));
                let studio = Studio::new(None, None);
                let writer = write::by_extension("typ").unwrap();
                let (_, written) =
                    pipeline::write(&studio, &ready(&studio, plan, &folder), &folder, &[writer], false).unwrap();
                let text = String::from_utf8(written[0].outputs[0].bytes.clone()).unwrap();
                // What vanthu sets from Rust, the program must be told in the text.
                std::fs::write(
                    &source,
                    format!("#set document(title: \"Bench\", date: datetime(year: 2026, month: 1, day: 1))\n{text}"),
                )
                .unwrap();
                source
            })
            .collect();
        let compile = |source: &Path| {
            let done = Command::new(typst)
                .args(["compile", "--ignore-system-fonts", "--pdf-standard", "a-2a,ua-1", "--font-path"])
                .arg(&fonts)
                .arg(source)
                .output()
                .unwrap();
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        };
        compile(&sources[0]);
        let start = Instant::now();
        compile(&sources[0]);
        let cold = start.elapsed();
        for threads in [1, 2] {
            let next = AtomicUsize::new(0);
            let start = Instant::now();
            std::thread::scope(|scope| {
                for _ in 0..threads {
                    scope.spawn(|| {
                        while let Some(source) = sources.get(next.fetch_add(1, Ordering::Relaxed)) {
                            compile(source);
                        }
                    });
                }
            });
            let theirs = set.len() as f64 / start.elapsed().as_secs_f64();
            let index = if name == "không liên quan" { 0 } else { 2 } + threads - 1;
            println!(
                "{name:16} {threads} luồng  typst {theirs:6.1}/giây  vanthu {:6.1}/giây  gấp {:.1} lần",
                own_rates[index],
                own_rates[index] / theirs
            );
        }
        println!(
            "{name:16} nguội    typst {:6.1} ms  vanthu {:6.1} ms",
            cold.as_secs_f64() * 1000.0,
            own_cold.as_secs_f64() * 1000.0
        );
    }
}

fn which(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).map(|p| p.join(name)).find(|p| p.is_file())
}
