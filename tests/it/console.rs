//! `console` blocks of documents: commands that are run, and what they must show.

use std::path::Path;

/// A command of a document and what it shows.
pub struct Shown {
    pub command: String,
    pub output: String,
}

/// The commands of the `console` blocks, block by block.
pub fn blocks(document: &str) -> Vec<Vec<Shown>> {
    let mut out: Vec<Vec<Shown>> = Vec::new();
    let mut inside = false;
    for line in document.lines() {
        match line.trim_end() {
            "```console" => {
                inside = true;
                out.push(Vec::new());
            }
            "```" => inside = false,
            text if inside => {
                let Some(block) = out.last_mut() else { continue };
                match text.strip_prefix("$ ") {
                    Some(command) => block.push(Shown { command: command.to_owned(), output: String::new() }),
                    None => {
                        let Some(shown) = block.last_mut() else { continue };
                        shown.output.push_str(text);
                        shown.output.push('\n');
                    }
                }
            }
            _ => {}
        }
    }
    out
}

/// Whether the output is what is shown; a line `…` stands for any lines.
pub fn agrees(shown: &str, real: &str) -> bool {
    let mut real: Vec<&str> = real.lines().map(str::trim_end).collect();
    let mut parts = shown.lines().map(str::trim_end).collect::<Vec<_>>();
    while real.last() == Some(&"") {
        real.pop();
    }
    while parts.last() == Some(&"") {
        parts.pop();
    }
    let mut at = 0;
    let mut any = false;
    for part in &parts {
        if *part == "…" {
            any = true;
            continue;
        }
        match real[at..].iter().position(|l| l == part) {
            Some(0) => at += 1,
            Some(n) if any => at += n + 1,
            _ => return false,
        }
        any = false;
    }
    any || at == real.len()
}

/// Runs a command of a document in a folder, and sees that it shows what the document says.
pub fn run_shown(document: &str, folder: &Path, shown: &Shown) {
    let program = Path::new(env!("CARGO_BIN_EXE_vanthu")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let output = std::process::Command::new("sh")
        .args(["-c", &format!("{} 2>&1", shown.command)])
        .current_dir(folder)
        .env("PATH", &path)
        .env("NO_COLOR", "1")
        .env_remove("JOB_COMPLETION_INDEX")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    let real = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(agrees(&shown.output, &real), "{document}: $ {}\nshown:\n{}\nreal:\n{real}", shown.command, shown.output);
}
