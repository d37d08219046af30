//! The user's editor, opened at a line. No shell: the words of the command are split once, and a path is one argument
//! whatever is in it.

use crate::diagnostic::{Diagnostic, code};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;

/// A command with places for file, line and column.
#[derive(Clone, Debug, PartialEq)]
pub struct Editor {
    words: Vec<String>,
}

/// Editors that are known by name, and how each is told a line.
const KNOWN: &[(&str, &str)] = &[
    ("code", "code --goto {tep}:{dong}:{cot}"),
    ("codium", "codium --goto {tep}:{dong}:{cot}"),
    ("cursor", "cursor --goto {tep}:{dong}:{cot}"),
    ("vim", "vim --servername VANTHU --remote-silent +{dong} {tep}"),
    ("gvim", "gvim --servername VANTHU --remote-silent +{dong} {tep}"),
    ("nvr", "nvr --remote-silent +{dong} {tep}"),
    ("emacs", "emacsclient -n +{dong}:{cot} {tep}"),
    ("subl", "subl {tep}:{dong}:{cot}"),
    ("kate", "kate -l {dong} -c {cot} {tep}"),
    ("gedit", "gedit +{dong}:{cot} {tep}"),
    ("notepad++", "notepad++ -n{dong} -c{cot} {tep}"),
    ("zed", "zed {tep}:{dong}:{cot}"),
];

/// An editor that fails says so within this time; one that is still open then is at work.
const SOON: Duration = Duration::from_secs(2);

impl Editor {
    /// A known name, or a command with `{tep}`, `{dong}`, `{cot}`; without `{tep}` the file comes last.
    pub fn new(text: &str) -> Result<Self, Diagnostic> {
        let command = KNOWN.iter().find(|(name, _)| *name == text.trim()).map_or(text, |(_, command)| command);
        let names: Vec<&str> = KNOWN.iter().map(|(name, _)| *name).collect();
        let hint = format!(
            "Dùng tên một trình soạn thảo ({}) hoặc một câu lệnh, ví dụ --editor \"gedit +{{dong}} {{tep}}\".",
            names.join(", ")
        );
        let wrong =
            |why: &str| Diagnostic::general(&code::THAM_SO_SAI, format!("--editor “{text}” {why}.")).hint(&hint);
        let mut words = shlex::split(command).ok_or_else(|| wrong("có dấu nháy không khép lại"))?;
        if words.is_empty() {
            return Err(wrong("không có lệnh nào"));
        }
        if words[0].contains('{') {
            return Err(wrong("không bắt đầu bằng tên chương trình"));
        }
        if !words.iter().any(|w| w.contains("{tep}")) {
            words.push("{tep}".to_owned());
        }
        if cfg!(windows) && matches!(words[0].as_str(), "code" | "codium" | "cursor") {
            words[0].push_str(".cmd");
        }
        Ok(Editor { words })
    }

    /// The arguments for a place. What stands in a path is not looked at again.
    fn arguments(&self, file: &Path, line: usize, column: usize) -> Vec<std::ffi::OsString> {
        let fill = |word: &String| {
            let mut out = std::ffi::OsString::new();
            let mut rest = word.as_str();
            loop {
                let next = ["{tep}", "{dong}", "{cot}"].iter().filter_map(|p| Some((rest.find(p)?, *p))).min();
                let Some((at, place)) = next else {
                    out.push(rest);
                    return out;
                };
                out.push(&rest[..at]);
                match place {
                    "{tep}" => out.push(file),
                    "{dong}" => out.push(line.to_string()),
                    _ => out.push(column.to_string()),
                }
                rest = &rest[at + place.len()..];
            }
        };
        self.words.iter().skip(1).map(fill).collect()
    }

    /// Opens a file at a line and column, from 1.
    pub async fn open(&self, file: &Path, line: usize, column: usize) -> Result<(), Diagnostic> {
        let program = self.words.first().map_or("", String::as_str);
        let failed = |why: String| {
            Diagnostic::general(&code::THAM_SO_SAI, format!("Không mở được trình soạn thảo “{program}”: {why}."))
                .hint(match program {
                    "vim" | "gvim" => "Mở kế hoạch trước bằng: vim --servername VANTHU TỆP; Vim phải có tính năng clientserver (xem vim --version).",
                    "nvr" => "Mở Neovim trước khi bấm; nvr là chương trình neovim-remote.",
                    _ => "Kiểm tra lệnh đã cho ở --editor bằng cách tự gõ nó trong cửa sổ dòng lệnh.",
                })
        };
        // A path that looks like an option is none.
        let file = if file.is_absolute() { file.to_path_buf() } else { Path::new(".").join(file) };
        let mut child = Command::new(program)
            .args(self.arguments(&file, line, column))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|e| failed(crate::diagnostic::io_reason(&e)))?;
        match tokio::time::timeout(SOON, child.wait()).await {
            Ok(Ok(status)) if !status.success() => {
                let why = status
                    .code()
                    .map_or("lệnh bị ngắt".to_owned(), |code| format!("lệnh kết thúc với mã {code}"));
                Err(failed(why))
            }
            Ok(Err(error)) => Err(failed(crate::diagnostic::io_reason(&error))),
            Ok(Ok(_)) | Err(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(command: &str, file: &str) -> Vec<String> {
        let all = Editor::new(command).unwrap().arguments(Path::new(file), 12, 3);
        all.into_iter().map(|a| a.into_string().unwrap()).collect()
    }

    #[test]
    fn a_path_is_one_argument_whatever_is_in_it() {
        assert_eq!(arguments("code", "a b.yaml"), ["--goto", "a b.yaml:12:3"]);
        assert_eq!(
            arguments("x '--at={dong}' {tep}", "$(rm -rf ~); {dong} \"'.yaml"),
            ["--at=12", "$(rm -rf ~); {dong} \"'.yaml"]
        );
        assert_eq!(arguments("mousepad -l {dong}", "k.yaml"), ["-l", "12", "k.yaml"]);
    }

    #[test]
    fn wrong_commands_are_refused() {
        for command in ["", "  ", "code \"x", "{tep}"] {
            assert_eq!(Editor::new(command).unwrap_err().code.name, "tham-so-sai", "{command}");
        }
    }
}
