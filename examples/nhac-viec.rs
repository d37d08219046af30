//! Makes a document for each office of a table in memory, as a program of an agency would that has its own data: no file is
//! read but the fonts inside the library, and only Word files are written.
//!
//! `cargo run --release --example nhac-viec -- FOLDER`

use std::path::PathBuf;
use vanthu::draft::Value;
use vanthu::pipeline::{self, Folder, Plan, Studio};
use vanthu::write::by_extension;

const PLAN: &str = "\
loai: thong_bao
co_quan: { chu_quan: Ủy ban nhân dân tỉnh Lâm Đồng, ten: Sở Nội vụ, viet_tat: SNV }
dia_danh: Lâm Đồng
ngay: 2026
trich_yeu: thời hạn nộp hồ sơ lưu trữ năm 2026 của {{ don_vi.ten }}
noi_dung: |
  Đến ngày {{ don_vi.ngay }}, {{ don_vi.ten }} còn {{ don_vi.so_ho_so }} hồ sơ chưa giao nộp vào Lưu trữ lịch sử tỉnh.
  Đề nghị {{ don_vi.ten }} hoàn thành việc giao nộp trước ngày 25 tháng 12 năm 2026.
noi_nhan: [\"{{ don_vi.ten }}\", \"Lưu: VT\"]
ky: { chuc_vu: Giám đốc }
";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let target = PathBuf::from(std::env::args().nth(1).ok_or("Cách dùng: nhac-viec THƯ_MỤC")?);
    let offices = [("Sở Y tế", "30/11/2026", "14"), ("Sở Tư pháp", "30/11/2026", "6")];
    // The plan is read once, fonts and templates are loaded once.
    let folder = Folder::new("");
    let plan = Plan::read("nhac-viec.yaml", PLAN.as_bytes(), &folder).map_err(|all| vanthu::cli_report(None, &all))?;
    let studio = Studio::new(None, None);
    let word = by_extension("docx").ok_or("docx")?;
    std::fs::create_dir_all(&target)?;
    for (index, (name, day, count)) in offices.into_iter().enumerate() {
        let text = |t: &str| Value::Text(t.to_owned());
        let values = [("don_vi.ten", name), ("don_vi.ngay", day), ("don_vi.so_ho_so", count)];
        let values: Vec<_> = values.map(|(key, value)| (key.to_owned(), text(value))).into();
        let built = plan.build(None, &folder, &values, studio.faces());
        let ready = built.ready.ok_or_else(|| vanthu::cli_report(built.source.as_ref(), &built.diagnostics))?;
        let (_, written) = pipeline::write(&studio, &ready, &folder, &[word], true).map_err(|e| e.message)?;
        for output in written.iter().flat_map(|w| &w.outputs) {
            std::fs::write(target.join(format!("{}.docx", index + 1)), &output.bytes)?;
        }
    }
    Ok(())
}
