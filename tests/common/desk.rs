//! A folder with a plan and a list, and the program run in it. Nothing here needs the library: a binary of tests that
//! only runs the program is built in a second.

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder with a plan and a list.
pub struct Desk {
    folder: tempfile::TempDir,
}

/// The plan of most tests: a page with two variables.
pub const PLAN: &str = "\
bien:
  han: 15/12/2026
dia_danh: \"{{ don_vi.dia_danh }}\"
trich_yeu: tập huấn công tác văn thư cho {{ don_vi.ten }}
noi_dung: |
  I. MỤC ĐÍCH

  Nâng cao chất lượng công tác văn thư của {{ don_vi.ten }} trước {{ han | ngay_dai }}.
";

/// A list of some units.
pub fn list(count: usize) -> String {
    let mut out = "stt,don_vi.ten,don_vi.dia_danh\n".to_owned();
    for i in 1..=count {
        out.push_str(&format!("{i:03},Xã số {i},Nơi {i}\n"));
    }
    out
}

impl Desk {
    pub fn new(fragment: &str, name: &str, list: impl AsRef<[u8]>) -> Self {
        let desk = Desk { folder: tempfile::tempdir().unwrap() };
        desk.put("ke-hoach.yaml", complete(fragment));
        desk.put(name, list);
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vanthu"));
        command.current_dir(self.folder.path()).args(arguments).env_remove("JOB_COMPLETION_INDEX");
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// `batch` with the usual names; gives exit code and what was said.
    pub fn batch(&self, list: &str, more: &[&str]) -> (i32, String) {
        let usual = ["batch", "ke-hoach.yaml", "--units", list, "-o", "kq"];
        let output = self.run(&[&usual[..], more].concat());
        let said = String::from_utf8(output.stderr).unwrap() + &String::from_utf8(output.stdout).unwrap();
        assert!(!said.contains("panicked"), "{said}");
        (output.status.code().unwrap(), said)
    }

    pub fn report(&self) -> Value {
        serde_json::from_slice(&std::fs::read(self.path("kq/bao-cao.json")).unwrap()).unwrap()
    }

    /// Name and bytes of every document.
    pub fn documents(&self) -> BTreeMap<String, Vec<u8>> {
        documents(&self.path("kq"))
    }
}

/// Name and bytes of every document of a folder, at any depth, but for reports and thumbnails.
pub fn documents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, before: &str, out: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{before}{name}");
            if entry.path().is_dir() {
                if !matches!(name.as_str(), ".vanthu" | "tong-quan") {
                    walk(&entry.path(), &format!("{path}/"), out);
                }
            } else if !name.starts_with("bao-cao") && !name.starts_with("tong-quan") {
                out.insert(path, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut out = BTreeMap::new();
    walk(folder, "", &mut out);
    out
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
