//! The arguments of `check`. Every text is what the user sees.

use super::help::HELP;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// How findings look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FindingFormat {
    /// With the line and a caret.
    #[default]
    Full,
    /// One line each.
    Concise,
    /// JSON.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// Annotations of GitHub.
    Github,
}

impl FindingFormat {
    /// Whether people read it, and not a program.
    pub fn is_for_people(self) -> bool {
        matches!(self, FindingFormat::Full | FindingFormat::Concise)
    }
}

/// Which corrections are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FixLevel {
    /// Safe ones.
    #[value(name = "an-toan")]
    Safe,
    /// All.
    #[value(name = "tat-ca")]
    All,
}

/// Least level that is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LeastLevel {
    /// Errors.
    #[value(name = "loi")]
    Error,
    /// Warnings too.
    #[value(name = "canh-bao")]
    Warning,
    /// Hints too.
    #[default]
    #[value(name = "goi-y")]
    Hint,
}

/// `check`.
#[derive(Debug, Args)]
#[command(
    help_template = HELP, override_usage = "vanthu check KẾ-HOẠCH.yaml|TỆP.docx|THƯ_MỤC…", next_help_heading = "Tùy chọn",
    after_help = "\nVí dụ:\n  vanthu check ke-hoach.yaml\n  vanthu check ke-hoach.yaml --fix --diff\n  vanthu check van-ban --format concise\n  vanthu check du-thao.docx\n  vanthu check ke-hoach.yaml --units don-vi.csv\n  vanthu check --quy-tac\n\nMã thoát: 0 không có lỗi, cảnh báo; 1 có; 2 lệnh không chạy được. Gợi ý không đổi mã thoát."
)]
pub struct Check {
    /// Kế hoạch, tệp Word (.docx) hoặc thư mục; dấu - là đầu vào chuẩn.
    #[arg(value_name = "TỆP", required_unless_present = "rules", num_args = 1.., help_heading = "Tham số")]
    pub files: Vec<PathBuf>,
    /// Chỉ soát theo những quy tắc này, ngăn bằng dấu phẩy.
    #[arg(long = "chon", value_name = "MÃ", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Bỏ những quy tắc này, ngăn bằng dấu phẩy.
    #[arg(long = "bo", value_name = "MÃ", value_delimiter = ',')]
    pub off: Vec<String>,
    /// Mức thấp nhất được nêu: loi, canh-bao hoặc goi-y. Bỏ trống: goi-y.
    #[arg(
        long = "muc",
        value_name = "MỨC",
        value_enum,
        default_value_t,
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub least: LeastLevel,
    /// Sửa vào kế hoạch những chỗ sửa được chắc chắn; =tat-ca sửa cả những chỗ cần xem lại.
    #[arg(long, value_name = "MỨC", value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "an-toan", hide_possible_values = true)]
    pub fix: Option<FixLevel>,
    /// Với --fix: in những dòng sẽ đổi, không ghi.
    #[arg(long, requires = "fix")]
    pub diff: bool,
    /// Danh sách đơn vị (.csv, .xlsx, .xls, .yaml, .json): soát văn bản của từng đơn vị.
    #[arg(long, value_name = "DANH-SÁCH", conflicts_with = "fix")]
    pub units: Option<PathBuf>,
    /// Trang tính của tệp Excel.
    #[arg(long, value_name = "TÊN", requires = "units")]
    pub sheet: Option<String>,
    /// Đặt giá trị của một biến, ví dụ nam=2026; dùng được nhiều lần.
    #[arg(long = "dat", value_name = "TÊN=GIÁ_TRỊ")]
    pub set: Vec<String>,
    /// Không dàn trang, bỏ các quy tắc về trang in.
    #[arg(long = "khong-trang")]
    pub no_pages: bool,
    /// Với một tệp Word: chép tệp đó ra, mỗi chỗ tìm thấy là một chú thích (comment) ở đúng chữ.
    #[arg(long = "ghi-chu", value_name = "TỆP.docx", conflicts_with_all = ["fix", "units"])]
    pub notes: Option<PathBuf>,
    /// Với --ghi-chu: ghi đè tệp đã có.
    #[arg(long, requires = "notes")]
    pub force: bool,
    /// In danh sách quy tắc.
    #[arg(long = "quy-tac")]
    pub rules: bool,
    /// Dạng in: full (có dòng và dấu chỉ), concise (mỗi chỗ một dòng), json, sarif, github.
    #[arg(
        long,
        value_name = "DẠNG",
        value_enum,
        default_value_t,
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub format: FindingFormat,
    /// Không in lời báo khi xong.
    #[arg(short, long)]
    pub quiet: bool,
}
