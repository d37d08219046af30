//! Files on disk: the plan's folder as a door that does not lead out of it, font folders, template folders.

use super::{Stamp, picture};
use crate::diagnostic::{Diagnostic, code, io_reason};
use crate::draft::{Files, Rows};
use crate::face::Faces;
use crate::read::{self, Override};
use crate::source::{Source, Span, nfc};
use crate::write::docx::template::WordTemplate;
use crate::write::typst::Templates;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::io::{ErrorKind, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Largest picture accepted, in bytes.
const MAX_PICTURE: u64 = 32 << 20;
/// Largest template folder accepted, in bytes and files.
const MAX_TEMPLATES: (u64, usize) = (32 << 20, 500);

/// The SHA-256 of a file.
pub type Digest = [u8; 32];

/// The folder of a plan: a door that does not lead out of it. Keeps the pictures that a document uses, and which files
/// it read.
pub struct Folder {
    root: PathBuf,
    store: Arc<Store>,
    pictures: Mutex<BTreeMap<String, Arc<Vec<u8>>>>,
    used: Mutex<BTreeMap<String, Digest>>,
}

/// What the documents of a run share: each file is read and checked once.
#[derive(Default)]
struct Store {
    pictures: Mutex<BTreeMap<String, Arc<Vec<u8>>>>,
    rows: Mutex<BTreeMap<String, Rows>>,
    digests: Mutex<BTreeMap<String, Digest>>,
    /// Every file that was asked for inside the folder, also those that are not there, as they were just before.
    asked: Mutex<BTreeMap<PathBuf, Stamp>>,
}

/// A lock whose holder cannot have left anything half done: what is in it is put there whole.
fn open<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Folder {
    /// The folder that a plan's relative paths start from.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Folder { root: root.into(), store: Arc::default(), pictures: Mutex::default(), used: Mutex::default() }
    }

    /// The folder that a plan stands in.
    pub fn beside(plan: &Path) -> Self {
        Folder::new(plan.parent().unwrap_or(Path::new("")))
    }

    /// The same folder for another document: what was read is shared, what the document uses is its own.
    pub fn for_document(&self) -> Self {
        Folder {
            root: self.root.clone(),
            store: Arc::clone(&self.store),
            pictures: Mutex::default(),
            used: Mutex::default(),
        }
    }

    /// The pictures used so far, by path.
    pub fn pictures(&self) -> BTreeMap<String, Arc<Vec<u8>>> {
        open(&self.pictures).clone()
    }

    /// The files used so far, with their digests.
    pub fn used(&self) -> BTreeMap<String, Digest> {
        open(&self.used).clone()
    }

    /// Every file that documents of this run asked for, also in vain, as it was just before it was read: a change of one
    /// may change a document.
    pub fn asked(&self) -> BTreeMap<PathBuf, Stamp> {
        open(&self.store.asked).clone()
    }

    /// The digest of a file as it is now, or as it was when this run read it; none where it cannot be read.
    pub fn digest(&self, path: &str) -> Option<Digest> {
        if let Some(digest) = open(&self.store.digests).get(path) {
            return Some(*digest);
        }
        let bytes = self.bytes(path, Span::default(), u64::MAX, &code::KHONG_DOC_DUOC).ok()?;
        Some(self.note(path, &bytes))
    }

    /// The override that a list of units names, as the text for reports and the fields themselves.
    pub fn own_fields(&self, path: &str) -> (Option<Source>, Result<Override, Vec<Diagnostic>>) {
        match self.bytes(path, Span::default(), read::bytes::MAX_BYTES as u64, &code::DON_VI_SAI) {
            Ok(bytes) => {
                let digest = self.note(path, &bytes);
                open(&self.used).insert(path.to_owned(), digest);
                read::units::read_override(path, &bytes)
            }
            Err(problem) => {
                let outside = problem.code == &code::TEP_NGOAI;
                let why =
                    if outside { "không nằm trong thư mục của danh sách" } else { "không đọc được" };
                let problem = Diagnostic::general(problem.code, format!("Tệp ghi đè “{path}” {why}."))
                    .hint("Đặt tệp cạnh danh sách đơn vị và ghi đường dẫn tính từ thư mục của danh sách, ví dụ ghi-de/xa-a.yaml.");
                (None, Err(vec![problem]))
            }
        }
    }

    fn note(&self, path: &str, bytes: &[u8]) -> Digest {
        let digest: Digest = Sha256::digest(bytes).into();
        open(&self.store.digests).insert(path.to_owned(), digest);
        digest
    }

    fn use_again(&self, path: &str) {
        if let Some(digest) = open(&self.store.digests).get(path) {
            open(&self.used).insert(path.to_owned(), *digest);
        }
    }

    /// Bytes of a file inside the folder.
    fn bytes(
        &self,
        path: &str,
        at: Span,
        limit: u64,
        wrong: &'static crate::diagnostic::Code,
    ) -> Result<Vec<u8>, Diagnostic> {
        let outside = || {
            Diagnostic::error(&code::TEP_NGOAI, at, format!("“{path}” không nằm trong thư mục của kế hoạch."))
                .hint("Chép tệp vào cạnh kế hoạch và ghi đường dẫn tương đối, ví dụ hinh/so-do.png.")
        };
        if path.contains('\\') {
            let message = format!("Đường dẫn “{path}” viết bằng dấu “\\” của Windows.");
            return Err(
                Diagnostic::error(&code::TEP_NGOAI, at, message).hint(format!("Viết: {}", path.replace('\\', "/")))
            );
        }
        let relative = Path::new(path);
        let plain = relative.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir));
        if path.is_empty() || !plain || path.contains(['\\', ':', '\0']) {
            return Err(outside());
        }
        let full = self.root.join(relative);
        let stamp = Stamp::of(&full);
        open(&self.store.asked).entry(full.clone()).or_insert(stamp);
        let missing = |why: &str| {
            Diagnostic::error(wrong, at, format!("Không đọc được tệp “{path}”: {why}."))
                .hint("Kiểm tra tên tệp và chỗ đặt tệp; đường dẫn tính từ thư mục của kế hoạch.")
        };
        // A link may lead out of the folder.
        let real = full.canonicalize().or_else(|error| same_name(&self.root, relative).ok_or(error)?.canonicalize());
        let real = real.map_err(|_| missing("không có tệp này"))?;
        let root = if self.root.as_os_str().is_empty() { Path::new(".") } else { &self.root };
        let root = root.canonicalize().map_err(|_| missing("không có thư mục này"))?;
        if !real.starts_with(&root) {
            return Err(outside());
        }
        let size = real.metadata().map_err(|_| missing("hệ thống không cho đọc"))?;
        if !size.is_file() {
            return Err(missing("đây không phải là một tệp"));
        }
        if size.len() > limit {
            return Err(missing(&format!("tệp lớn hơn {} MB", limit >> 20)));
        }
        std::fs::read(&real).map_err(|_| missing("hệ thống không cho đọc"))
    }
}

/// The file whose name is the same but for how its letters are composed: some systems keep `ơ` as two characters.
fn same_name(root: &Path, relative: &Path) -> Option<PathBuf> {
    let mut out = if root.as_os_str().is_empty() { PathBuf::from(".") } else { root.to_path_buf() };
    for component in relative.components() {
        let Component::Normal(wanted) = component else { continue };
        let wanted = wanted.to_str()?;
        let mut names: Vec<_> = std::fs::read_dir(&out).ok()?.flatten().map(|entry| entry.file_name()).collect();
        names.sort();
        let found = names.into_iter().find(|n| n.to_str().is_some_and(|n| nfc(n) == nfc(wanted)))?;
        out.push(found);
    }
    Some(out)
}

impl Files for Folder {
    fn rows(&self, path: &str, at: Span) -> Result<Rows, Diagnostic> {
        if let Some(rows) = open(&self.store.rows).get(path).cloned() {
            self.use_again(path);
            return Ok(rows);
        }
        let bytes = self.bytes(path, at, read::rows::MAX_BYTES as u64, &code::SO_LIEU_SAI)?;
        let rows = read::rows::read(path, &bytes, at)?;
        self.note(path, &bytes);
        self.use_again(path);
        open(&self.store.rows).insert(path.to_owned(), rows.clone());
        Ok(rows)
    }

    fn plan(&self, path: &str, at: Span) -> Result<Vec<u8>, Diagnostic> {
        let bytes = self.bytes(path, at, read::bytes::MAX_BYTES as u64, &code::KEM_THEO_TEP)?;
        self.note(path, &bytes);
        self.use_again(path);
        Ok(bytes)
    }

    fn picture(&self, path: &str, at: Span) -> Result<(), Diagnostic> {
        if open(&self.pictures).contains_key(path) {
            return Ok(());
        }
        if let Some(bytes) = open(&self.store.pictures).get(path).cloned() {
            open(&self.pictures).insert(path.to_owned(), bytes);
            self.use_again(path);
            return Ok(());
        }
        let bytes = self.bytes(path, at, MAX_PICTURE, &code::HINH_SAI)?;
        let usable = picture::usable(path, &bytes, at)?;
        self.note(path, &bytes);
        self.use_again(path);
        let bytes = usable.unwrap_or(bytes);
        let bytes = Arc::new(bytes);
        open(&self.store.pictures).insert(path.to_owned(), Arc::clone(&bytes));
        open(&self.pictures).insert(path.to_owned(), bytes);
        Ok(())
    }
}

/// Bytes of a plan that the user named on the command line; `-` is the standard input.
pub fn read_file(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    match path.as_os_str() == "-" {
        // What is too long is told by the reader of plans.
        true => standard_input(read::bytes::MAX_BYTES as u64 + 1),
        false => read_up_to(path, read::bytes::MAX_BYTES as u64),
    }
}

fn standard_input(most: u64) -> Result<Vec<u8>, Diagnostic> {
    let mut bytes = Vec::new();
    match std::io::stdin().lock().take(most).read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(error) => Err(Diagnostic::general(
            &code::KHONG_DOC_DUOC,
            format!("Không đọc được đầu vào chuẩn: {}.", io_reason(&error)),
        )),
    }
}

/// Bytes of a file of at most `limit` bytes that the user named; `-` is the standard input.
pub fn read_up_to(path: &Path, limit: u64) -> Result<Vec<u8>, Diagnostic> {
    let shown = path.display();
    if path.as_os_str() == "-" {
        let bytes = standard_input(limit + 1)?;
        if bytes.len() as u64 > limit {
            let message = format!("Đầu vào chuẩn dài quá giới hạn {} MB.", limit >> 20);
            return Err(Diagnostic::general(&code::TEP_QUA_LON, message).hint("Kiểm tra lại có đúng tệp không."));
        }
        return Ok(bytes);
    }
    if path.is_dir() {
        return Err(Diagnostic::general(
            &code::LA_THU_MUC,
            format!("{shown} là một thư mục, không phải tệp kế hoạch."),
        )
        .hint("Ghi cả tên tệp, ví dụ thu-muc/ke-hoach.yaml."));
    }
    bounded(path, limit)?.map_err(|error| match error.kind() {
        ErrorKind::NotFound => Diagnostic::general(&code::KHONG_CO_TEP, format!("Không có tệp {shown}."))
            .hint("Kiểm tra tên tệp và thư mục đang đứng; tạo bản thảo mới: vanthu new ke_hoach -o ke-hoach.yaml"),
        ErrorKind::PermissionDenied => {
            Diagnostic::general(&code::KHONG_DOC_DUOC, format!("Không có quyền đọc tệp {shown}."))
                .hint("Xin quyền đọc tệp này, hoặc chép nó về thư mục của mình.")
        }
        _ => Diagnostic::general(&code::KHONG_DOC_DUOC, format!("Không đọc được tệp {shown}: {}.", io_reason(&error)))
            .hint("Kiểm tra ổ đĩa hoặc ổ mạng chứa tệp."),
    })
}

/// Bytes of a file, at most one more than `limit`; no device, which may never end.
fn bounded(path: &Path, limit: u64) -> Result<std::io::Result<Vec<u8>>, Diagnostic> {
    let large = |mib: u64| {
        let message = format!("Tệp {} có {mib} MB, quá giới hạn {} MB.", path.display(), limit >> 20);
        Diagnostic::general(&code::TEP_QUA_LON, message).hint("Kiểm tra lại có đúng tệp không.")
    };
    let read = || -> std::io::Result<Result<Vec<u8>, Diagnostic>> {
        let meta = std::fs::metadata(path)?;
        if meta.is_file() && meta.len() > limit {
            return Ok(Err(large(meta.len() >> 20)));
        }
        #[cfg(unix)]
        if std::os::unix::fs::FileTypeExt::is_char_device(&meta.file_type()) {
            let message = format!("{} là một thiết bị, không phải tệp.", path.display());
            return Ok(Err(Diagnostic::general(&code::KHONG_DOC_DUOC, message).hint("Ghi tên một tệp.")));
        }
        let mut bytes = Vec::new();
        std::fs::File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
        Ok(Ok(bytes))
    };
    match read() {
        Ok(Ok(bytes)) => Ok(Ok(bytes)),
        Ok(Err(problem)) => Err(problem),
        Err(error) => Ok(Err(error)),
    }
}

/// A type family from the font files of a folder.
pub fn load_faces(folder: &Path) -> Result<Faces, Diagnostic> {
    let wrong = |message: String| {
        Diagnostic::general(&code::PHONG_CHU_SAI, message)
            .hint("Thư mục cần bốn tệp .ttf hoặc .otf của một họ chữ: thường, đậm, nghiêng, đậm nghiêng.")
    };
    let entries = std::fs::read_dir(folder)
        .map_err(|e| wrong(format!("Không đọc được thư mục phông chữ {}: {}.", folder.display(), io_reason(&e))))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("").to_lowercase();
        if matches!(extension.as_str(), "ttf" | "otf") {
            let bytes = std::fs::read(&path)
                .map_err(|e| wrong(format!("Không đọc được {}: {}.", path.display(), io_reason(&e))))?;
            files.push((path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default(), bytes));
        }
    }
    if files.is_empty() {
        return Err(wrong(format!("Thư mục {} không có tệp phông chữ nào.", folder.display())));
    }
    Faces::from_files(files).map_err(wrong)
}

/// The templates of a folder, with all files below it.
pub fn load_templates(folder: &Path) -> Result<Templates, Diagnostic> {
    let wrong = |message: String| {
        Diagnostic::general(&code::MAU_TYPST_LOI, message).hint("Lấy mẫu có sẵn để sửa: vanthu new --mau THƯ_MỤC")
    };
    let mut files = BTreeMap::new();
    let mut total = 0;
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(next) = waiting.pop() {
        let entries = std::fs::read_dir(&next)
            .map_err(|e| wrong(format!("Không đọc được thư mục mẫu {}: {}.", next.display(), io_reason(&e))))?;
        for entry in entries.flatten() {
            let path = entry.path();
            // Links are left out: a template folder holds what it shows.
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() {
                waiting.push(path);
            } else if kind.is_file() {
                let bytes = std::fs::read(&path)
                    .map_err(|e| wrong(format!("Không đọc được {}: {}.", path.display(), io_reason(&e))))?;
                total += bytes.len() as u64;
                let Ok(relative) = path.strip_prefix(folder) else { continue };
                let name: Vec<_> =
                    relative.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
                files.insert(name.join("/"), bytes);
                if total > MAX_TEMPLATES.0 || files.len() > MAX_TEMPLATES.1 {
                    return Err(wrong(format!("Thư mục mẫu {} quá lớn (hơn 32 MB hoặc 500 tệp).", folder.display())));
                }
            }
        }
    }
    Templates::from_files(files)
}

/// Largest Word template accepted, in bytes: one with a logo has some hundred KB.
const MAX_WORD_TEMPLATE: u64 = 32 << 20;

/// A Word template of the agency's own. All its faults are reported.
pub fn load_word_template(path: &Path) -> Result<WordTemplate, Vec<Diagnostic>> {
    let wrong = |why: String| {
        vec![
            Diagnostic::general(&code::MAU_WORD_HONG, format!("Không đọc được mẫu Word {}: {why}.", path.display()))
                .hint("Kiểm tra tên và chỗ đặt tệp; lấy mẫu có sẵn: vanthu new --mau-word TỆP.docx"),
        ]
    };
    let meta = std::fs::metadata(path).map_err(|e| wrong(io_reason(&e)))?;
    if !meta.is_file() {
        return Err(wrong("đây không phải là một tệp".into()));
    }
    if meta.len() > MAX_WORD_TEMPLATE {
        return Err(wrong(format!("tệp lớn hơn {} MB", MAX_WORD_TEMPLATE >> 20)));
    }
    let bytes = std::fs::read(path).map_err(|e| wrong(io_reason(&e)))?;
    WordTemplate::new(&bytes, true)
}
