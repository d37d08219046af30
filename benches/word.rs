//! How fast a Word file is written: warm, one thread, where the time goes, and side by side with docxtpl (Python) and
//! docxtemplater (Node) filling a Word template with the same text.
//!
//! The two are measured where they are at hand: `pip install docxtpl`, and `npm install docxtemplater pizzip` in a folder
//! that NODE_PATH names.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::too_many_lines,
    reason = "a bench talks and may fail"
)]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use vanthu::ooxml::package::{Package, pack};
use vanthu::pipeline::{self, Folder, Ready, Studio};
use vanthu::write::by_extension;
use vanthu::write::docx::template::{BUILT_IN, WordTemplate};

#[global_allocator]
static ALLOCATOR: vanthu::allocator::Allocator = vanthu::allocator::Allocator;

const RUNS: usize = 200;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn plan() -> PathBuf {
    let shared = root().join("../shared/plans/000-bqlkkt-kon-tum-2022.yaml");
    if shared.is_file() { shared } else { root().join("samples/ke-hoach-tinh.yaml") }
}

fn build(studio: &Studio, bytes: &[u8], folder: &Folder) -> Ready {
    let built = pipeline::build("plan.yaml", bytes, folder, &[], studio.faces());
    built.ready.unwrap_or_else(|| panic!("{:?}", built.diagnostics))
}

fn docx(studio: &Studio, ready: &Ready, folder: &Folder, prove: bool) -> Vec<u8> {
    let writer = by_extension("docx").unwrap();
    pipeline::write(studio, ready, folder, &[writer], prove).unwrap().1.remove(0).outputs.remove(0).bytes
}

/// Milliseconds a run, the best of five rounds.
fn timed(mut work: impl FnMut()) -> f64 {
    work();
    let round = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        (0..RUNS).for_each(|_| work());
        start.elapsed().as_secs_f64() * 1000.0 / RUNS as f64
    };
    (0..5).map(|_| round(&mut work)).fold(f64::INFINITY, f64::min)
}

fn main() {
    let path = plan();
    let bytes = std::fs::read(&path).unwrap();
    let folder = Folder::new(path.parent().unwrap());
    let studio = Studio::new(None, None);
    let ready = build(&studio, &bytes, &folder);
    let size = docx(&studio, &ready, &folder, true).len();
    println!(
        "# {} ({} KB docx), nóng, một luồng, ms mỗi văn bản",
        path.file_name().unwrap().to_string_lossy(),
        size / 1024
    );
    println!("đọc, mở rộng, dàn trang          {:6.2}", timed(|| drop(build(&studio, &bytes, &folder))));
    println!("ghi .docx, không đối chiếu       {:6.2}", timed(|| drop(docx(&studio, &ready, &folder, false))));
    println!("ghi .docx, có đối chiếu chữ      {:6.2}", timed(|| drop(docx(&studio, &ready, &folder, true))));
    let whole = timed(|| {
        let ready = build(&studio, &bytes, &folder);
        drop(docx(&studio, &ready, &folder, true));
    });
    println!("từ YAML đến .docx đã đối chiếu   {whole:6.2}");
    against(&ready);
}

/// The same template (a loop over paragraphs) and the same text, filled by three programs.
fn against(ready: &Ready) {
    let scratch = tempfile::tempdir().unwrap();
    let mut texts: Vec<String> = Vec::new();
    ready.sheet.visit(&mut |par| {
        let text: String = par.runs.iter().filter_map(|r| r.chars()).map(|c| c.text.as_str()).collect();
        if !text.trim().is_empty() {
            texts.push(text);
        }
    });
    println!("# Điền mẫu Word: {} đoạn, cùng mẫu, cùng chữ, ms mỗi văn bản", texts.len());
    let paragraph = |text: &str| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"LoiVan\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>"
        )
    };
    let template = |paragraphs: &[&str]| {
        let mut package = Package::read(BUILT_IN).unwrap();
        let old = String::from_utf8(package.get("word/document.xml").unwrap().to_vec()).unwrap();
        let from = old.find("<w:body>").unwrap() + "<w:body>".len();
        let to = old.find("<w:sectPr>").unwrap();
        let mut body = String::new();
        paragraphs.iter().for_each(|p| body.push_str(&paragraph(p)));
        package.set("word/document.xml", format!("{}{body}{}", &old[..from], &old[to..]).into_bytes());
        // Header and footer without tags.
        for part in ["word/header2.xml", "word/footer1.xml"] {
            let old = String::from_utf8(package.get(part).unwrap().to_vec()).unwrap();
            package.set(part, old.replace("{{p dau_trang }}", "").replace("{{p chan_trang }}", "").into_bytes());
        }
        pack(package.parts()).unwrap()
    };
    let jinja = template(&["{%p for d in doan %}", "{{ d }}", "{%p endfor %}"]);
    let mustache = template(&["{#doan}", "{.}", "{/doan}"]);
    let at = |name: &str, bytes: &[u8]| {
        let path = scratch.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let mut data = String::from("{\"doan\":[");
    for (i, text) in texts.iter().enumerate() {
        let _ = write!(data, "{}{}", if i > 0 { "," } else { "" }, serde_json::to_string(text).unwrap());
    }
    data.push_str("]}");
    let (jinja_file, mustache_file, data_file) =
        (at("jinja.docx", &jinja), at("mustache.docx", &mustache), at("du-lieu.json", data.as_bytes()));

    let values = texts.iter().map(|t| vanthu::draft::Value::Text(t.clone())).collect();
    let own = Studio::new(None, None).with_word(WordTemplate::new(&jinja, true).unwrap_or_else(|f| panic!("{f:?}")));
    let ready = Ready {
        document: ready.document.clone(),
        sheet: ready.sheet.clone(),
        variables: vec![("doan".to_owned(), vanthu::draft::Value::List(values))],
        issued: false,
    };
    let folder = Folder::new("");
    let ours = timed(|| drop(docx(&own, &ready, &folder, false)));
    println!("vanthu                           {ours:6.2}");
    let scripts = root().join("benches/word");
    for (name, program, script, template) in [
        ("docxtpl", "python3", "docxtpl_bench.py", &jinja_file),
        ("docxtemplater", "node", "docxtemplater_bench.cjs", &mustache_file),
    ] {
        match Command::new(program).arg(scripts.join(script)).arg(template).arg(&data_file).output() {
            Ok(done) if done.status.success() => {
                let theirs: f64 = String::from_utf8_lossy(&done.stdout).trim().parse().unwrap();
                println!("{name:32} {theirs:6.2}  (vanthu nhanh gấp {:.1} lần)", theirs / ours);
            }
            _ => println!("{name:32} không có trên máy này: bỏ qua"),
        }
    }
}
