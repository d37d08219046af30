//! LibreOffice, run on a Word file, with a profile and a font list of its own.

use crate::diagnostic::{Diagnostic, code, io_reason};
use crate::face::Faces;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tempfile::TempDir;
use tokio::process::{Child, Command};

/// Longest time that a file may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where LibreOffice stands when it is not on the path.
const USUAL: &[&str] = &[
    "/usr/bin/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.exe",
    "C:\\Program Files (x86)\\LibreOffice\\program\\soffice.exe",
];

/// Finds the program.
pub fn find() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let names = ["soffice", "libreoffice", "soffice.exe"];
    let on_path = std::env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name)));
    on_path.chain(USUAL.iter().map(PathBuf::from)).find(|p| p.is_absolute() && p.is_file())
}

/// LibreOffice with a folder for its profile and the files that it reads and writes; the folder goes when it goes.
pub struct Office {
    program: PathBuf,
    folder: TempDir,
}

fn failed(why: &str) -> Diagnostic {
    Diagnostic::general(&code::KHONG_GHI_DUOC, format!("LibreOffice không dựng được tệp Word: {why}."))
        .hint("Mở tệp Word tải về bằng LibreOffice xem có được không; đóng LibreOffice đang treo rồi thử lại.")
}

impl Office {
    /// Prepares a folder in which LibreOffice finds the faces of the PDF.
    pub fn new(program: PathBuf, faces: &Faces) -> Result<Self, Diagnostic> {
        let wrong = |e: std::io::Error| failed(&io_reason(&e));
        let folder = private_folder().map_err(wrong)?;
        let fonts = folder.path().join("fonts");
        std::fs::create_dir(&fonts).map_err(wrong)?;
        for (index, data) in faces.data().enumerate() {
            std::fs::write(fonts.join(format!("{index}.ttf")), data).map_err(wrong)?;
        }
        std::fs::write(folder.path().join("fonts.conf"), font_list(folder.path(), &faces.family)).map_err(wrong)?;
        Ok(Office { program, folder })
    }

    /// The PDF that LibreOffice makes of a Word file.
    pub async fn pdf(&self, docx: &[u8]) -> Result<Vec<u8>, Diagnostic> {
        let filter = "pdf:writer_pdf_Export:{\"ExportFormFields\":{\"type\":\"boolean\",\"value\":\"false\"}}";
        self.convert(docx, "docx", "pdf", filter).await
    }

    /// The Word file that LibreOffice makes of an old one, of RTF or OpenDocument.
    pub async fn docx(&self, bytes: &[u8], extension: &str) -> Result<Vec<u8>, Diagnostic> {
        // Its own output must not stand under the name of its input.
        self.convert(bytes, extension, "docx", "docx:MS Word 2007 XML").await
    }

    async fn convert(&self, bytes: &[u8], from: &str, to: &str, filter: &str) -> Result<Vec<u8>, Diagnostic> {
        let wrong = |e: std::io::Error| failed(&io_reason(&e));
        let folder = self.folder.path();
        let (from, to) = (folder.join(format!("van-ban.{from}")), folder.join(format!("van-ban.{to}")));
        let _ = tokio::task::block_in_place(|| std::fs::remove_file(&to));
        tokio::task::block_in_place(|| std::fs::write(&from, bytes)).map_err(wrong)?;
        let mut command = Command::new(&self.program);
        command
            .arg(format!("-env:UserInstallation={}", address(&self.folder.path().join("profile"))))
            .args(["--headless", "--norestore", "--convert-to"])
            .arg(filter)
            .arg("--outdir")
            .arg(self.folder.path())
            .arg(&from)
            .env("FONTCONFIG_FILE", self.folder.path().join("fonts.conf"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        #[cfg(unix)]
        command.process_group(0);
        let mut running = Running(command.spawn().map_err(wrong)?);
        match tokio::time::timeout(PATIENCE, running.0.wait()).await {
            Ok(done) => done.map_err(wrong)?,
            Err(_) => return Err(failed("quá một phút mà chưa xong")),
        };
        tokio::task::block_in_place(|| std::fs::read(&to)).map_err(|_| failed("nó không ghi ra tệp nào"))
    }
}

/// LibreOffice at work. Its program is a script that starts others: all of them end with it.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let Some(id) = self.0.id() else { return };
        let (program, arguments) = if cfg!(windows) {
            ("taskkill", vec!["/T".to_owned(), "/F".to_owned(), "/PID".to_owned(), id.to_string()])
        } else {
            ("kill", vec!["-KILL".to_owned(), "--".to_owned(), format!("-{id}")])
        };
        let quiet =
            std::process::Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
        drop(quiet);
    }
}

/// A folder for temporary files that no other user can read.
fn private_folder() -> std::io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("vanthu-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir()
}

/// A path as a `file:` address.
fn address(path: &Path) -> String {
    let mut out = String::from("file://");
    let text = path.to_string_lossy().replace('\\', "/");
    if !text.starts_with('/') {
        out.push('/');
    }
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b':' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// The faces of the PDF under their own name and that of the Word file; other fonts are the system's.
fn font_list(folder: &Path, family: &str) -> String {
    let text = |t: &str| t.replace('&', "&amp;").replace('<', "&lt;");
    let folder = folder.to_string_lossy();
    format!(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE fontconfig SYSTEM \"fonts.dtd\">\n<fontconfig>\n  <dir>{0}/fonts</dir>\n  <cachedir>{0}/cache</cachedir>\n  \
         <alias binding=\"same\"><family>Times New Roman</family><prefer><family>{1}</family></prefer></alias>\n</fontconfig>\n",
        text(&folder),
        text(family)
    )
}
