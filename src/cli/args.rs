//! The arguments, declared. Every text is what the user sees.

use super::check_args::Check;
use super::help::HELP;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;

/// vanthu: văn bản hành chính đúng thể thức theo Nghị định số 30/2020/NĐ-CP.
#[derive(Debug, Parser)]
#[command(
    name = "vanthu", disable_help_flag = true, disable_version_flag = true, disable_help_subcommand = true,
    help_template = HELP, override_usage = "vanthu LỆNH [THAM SỐ]", subcommand_help_heading = "Lệnh",
    next_help_heading = "Tùy chọn", arg_required_else_help = true,
    version, after_help = "\nMã thoát: 0 tốt, 1 tệp của người dùng có lỗi, 2 lệnh không chạy được, 130 lệnh batch bị dừng bằng Ctrl-C."
)]
pub struct Arguments {
    /// Lệnh.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// In giấy phép của chương trình và của các thành phần bên thứ ba.
    #[arg(long = "giay-phep")]
    pub licences: bool,
    /// Xem hướng dẫn này.
    #[arg(short = 'h', long, action = ArgAction::Help, global = true)]
    help: Option<bool>,
    /// Xem số hiệu bản.
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Trình bày một kế hoạch thành PDF, tệp Word, ảnh hoặc mã Typst.
    Render(Render),
    /// Làm hàng loạt: một kế hoạch, mỗi đơn vị trong danh sách một bộ văn bản.
    Batch(Box<Batch>),
    /// Xem trang in trong trình duyệt, theo từng lần lưu tệp.
    Preview(Preview),
    /// Xem các biến mà kế hoạch cần, cột nào của danh sách cho biến nào, biến nào thiếu.
    #[command(name = "bien")]
    Variables(Variables),
    /// Tạo bản thảo trống có chú giải, hoặc chép mẫu Typst, mẫu Word ra để sửa.
    New(New),
    /// Nhập một tệp Word hoặc một tệp chữ thành kế hoạch.
    Import(Import),
    /// Soát kế hoạch hoặc tệp Word: thể thức, chính tả, viện dẫn, nơi nhận, chữ ký; nêu căn cứ và cách sửa.
    Check(Check),
    /// Xem các thẻ của một mẫu Word, các tên thẻ cần và mọi chỗ sai.
    #[command(name = "check-mau")]
    CheckTemplate(CheckTemplate),
    /// In lược đồ JSON Schema của tệp kế hoạch, cho trình soạn thảo.
    Schema(Schema),
    /// Giải thích một mã lỗi và cách sửa.
    Explain(Explain),
    /// Kiểm tra phông chữ, mẫu và việc xuất PDF trên máy này.
    Doctor(Doctor),
    /// In mã tự hoàn thành lệnh cho shell.
    Completions(Completions),
}

/// How reports look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the line and a caret.
    #[default]
    Full,
    /// One line each.
    Concise,
    /// JSON.
    Json,
}

/// How documents are made, one or many.
#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct Making {
    /// Đặt giá trị của một biến, ví dụ nam=2026 hoặc don_vi.ten="Sở Y tế"; dùng được nhiều lần.
    #[arg(long = "dat", value_name = "TÊN=GIÁ_TRỊ")]
    pub set: Vec<String>,
    /// Thư mục mẫu Typst của cơ quan, có tệp van-ban.typ.
    #[arg(long = "mau", value_name = "THƯ_MỤC")]
    pub templates: Option<PathBuf>,
    /// Mẫu Word của cơ quan, có các thẻ {{ … }}; xem vanthu check-mau.
    #[arg(long = "mau-word", value_name = "TỆP.docx")]
    pub word: Option<PathBuf>,
    /// Thư mục có bốn tệp phông chữ (thường, đậm, nghiêng, đậm nghiêng), ví dụ Times New Roman.
    #[arg(long = "phong-chu", value_name = "THƯ_MỤC")]
    pub fonts: Option<PathBuf>,
    /// Coi cảnh báo là lỗi.
    #[arg(long)]
    pub strict: bool,
    /// Không đối chiếu chữ của tệp ghi ra với bản thảo.
    #[arg(long = "khong-doi-chieu")]
    pub no_proof: bool,
    /// Dạng báo lỗi: full (có dòng và dấu chỉ), concise (mỗi lỗi một dòng), json (với batch: cả báo cáo).
    #[arg(
        long,
        value_name = "DẠNG",
        value_enum,
        default_value_t,
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub format: Format,
}

fn output_help() -> String {
    let all = crate::write::extensions(".", " ");
    format!(
        "Tệp ghi ra, định dạng theo đuôi: {all}; dùng được nhiều lần; dấu - là PDF ra đầu ra chuẩn. Bỏ trống: PDF và tệp Word cạnh kế hoạch"
    )
}

fn formats_help() -> String {
    format!("Các định dạng, ngăn bằng dấu phẩy: {}. Bỏ trống: pdf,docx", crate::write::extensions("", ", "))
}

/// `render`.
#[derive(Debug, Args)]
#[command(
    help_template = HELP, override_usage = "vanthu render KẾ-HOẠCH.yaml [-o TỆP]…", next_help_heading = "Tùy chọn",
    after_help = "\nVí dụ:\n  vanthu render ke-hoach.yaml\n  vanthu render ke-hoach.yaml -o ban-in.pdf -o trang.png\n  vanthu render ke-hoach.yaml -o ke-hoach.docx --mau-word mau-co-quan.docx\n  vanthu render - -o - < ke-hoach.yaml > ban-in.pdf"
)]
pub struct Render {
    /// Tệp kế hoạch; dấu - là đầu vào chuẩn.
    #[arg(value_name = "KẾ-HOẠCH.yaml", help_heading = "Tham số")]
    pub plan: PathBuf,
    /// Files to write.
    #[arg(short, long = "output", value_name = "TỆP", help = output_help())]
    pub output: Vec<PathBuf>,
    /// Mỗi văn bản kèm theo (kem_theo) ghi ra tệp riêng TÊN-kem-theo-1…, để trống số và ngày, cho văn bản điện tử.
    #[arg(long = "tach")]
    pub apart: bool,
    /// Soát cả cảnh báo và gợi ý như vanthu check; không có tùy chọn này thì chỉ nêu chỗ trái Nghị định.
    #[arg(long)]
    pub check: bool,
    /// Ghi đè cả tệp không do vanthu ghi ra hoặc đã bị sửa.
    #[arg(long)]
    pub force: bool,
    /// How documents are made.
    #[command(flatten)]
    pub making: Making,
    /// Không in lời báo khi xong.
    #[arg(short, long)]
    pub quiet: bool,
}

/// `batch`.
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "vanthu batch KẾ-HOẠCH.yaml --units DANH-SÁCH -o THƯ_MỤC\n       vanthu batch --merge-reports THƯ_MỤC… [-o THƯ_MỤC]",
    next_help_heading = "Tùy chọn",
    after_help = "\nVí dụ:\n  vanthu batch ke-hoach.yaml --units don-vi.csv -o ket-qua\n  vanthu batch ke-hoach.yaml --units don-vi.xlsx --sheet \"Đơn vị\" -o ket-qua --formats pdf\n  vanthu batch ke-hoach.yaml --units don-vi.csv -o ket-qua --name \"{{ stt }}-{{ don_vi.ten | ten_tep }}\"\n  vanthu batch ke-hoach.yaml --units don-vi.csv -o ket-qua --dry-run\n  parallel vanthu batch ke-hoach.yaml --units don-vi.csv -o ket-qua --shard {}/4 ::: 1 2 3 4\n  vanthu batch --merge-reports ket-qua"
)]
pub struct Batch {
    /// Tệp kế hoạch dùng chung.
    #[arg(value_name = "KẾ-HOẠCH.yaml", help_heading = "Tham số")]
    pub plan: Option<PathBuf>,
    /// Danh sách đơn vị: .csv, .xlsx, .xls, .yaml hoặc .json; mỗi đơn vị một dòng, tên cột là tên biến hoặc theo khóa danh_sach của kế hoạch.
    #[arg(long, value_name = "DANH-SÁCH")]
    pub units: Option<PathBuf>,
    /// Trang tính của tệp Excel. Bỏ trống: theo danh_sach của kế hoạch, hoặc trang đầu không bị ẩn.
    #[arg(long, value_name = "TÊN")]
    pub sheet: Option<String>,
    /// Thư mục ghi ra; chạy lại vào cùng thư mục thì chỉ làm những đơn vị đã đổi.
    #[arg(short, long = "output", value_name = "THƯ_MỤC")]
    pub output: Option<PathBuf>,
    /// Formats of a batch.
    #[arg(
        long,
        help = formats_help(),
        value_name = "ĐỊNH-DẠNG",
        value_delimiter = ',',
        default_value = "pdf,docx",
        hide_default_value = true
    )]
    pub formats: Vec<String>,
    /// Mẫu tên tệp, không có đuôi; dấu / tạo thư mục con. Bỏ trống: tên đơn vị không dấu, hoặc cột mà kế hoạch dùng và khác nhau nhất.
    #[arg(long, value_name = "MẪU")]
    pub name: Option<String>,
    /// Chỉ làm các đơn vị thỏa điều kiện, ví dụ don_vi.loai == "phường".
    #[arg(long, value_name = "ĐIỀU-KIỆN")]
    pub only: Option<String>,
    /// Chỉ làm phần thứ I trong N phần bằng nhau của danh sách; chỉ viết N thì I lấy từ biến JOB_COMPLETION_INDEX (từ 0).
    #[arg(long, value_name = "I/N")]
    pub shard: Option<String>,
    /// Gộp báo cáo các phần (bao-cao-I-N.json) trong những thư mục này.
    #[arg(long = "merge-reports", value_name = "THƯ_MỤC", num_args = 1.., conflicts_with_all = ["plan", "units", "shard", "dry_run"])]
    pub merge: Vec<PathBuf>,
    /// Chỉ xem trước: biến nào lấy từ đâu, đơn vị nào sẽ ghi và vì sao; không ghi gì.
    #[arg(long = "dry-run")]
    pub dry_run: bool,
    /// Mỗi văn bản kèm theo (kem_theo) ghi ra tệp riêng TÊN-kem-theo-1…, để trống số và ngày, cho văn bản điện tử.
    #[arg(long = "tach")]
    pub apart: bool,
    /// Làm lại mọi đơn vị, kể cả không đổi, và ghi đè tệp đã sửa tay.
    #[arg(long)]
    pub force: bool,
    /// Số luồng, nhiều nhất bốn lần số lõi. Bỏ trống: số lõi của máy.
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// How documents are made.
    #[command(flatten)]
    pub making: Making,
    /// Không in tiến độ và lời báo khi xong.
    #[arg(short, long)]
    pub quiet: bool,
}

/// `preview`.
#[derive(Debug, Args)]
#[command(
    help_template = HELP, override_usage = "vanthu preview KẾ-HOẠCH.yaml [--units DANH-SÁCH]", next_help_heading = "Tùy chọn",
    after_help = "\nVí dụ:\n  vanthu preview ke-hoach.yaml\n  vanthu preview ke-hoach.yaml --editor code\n  vanthu preview ke-hoach.yaml --units don-vi.xlsx --sheet \"Đơn vị\"\n  vanthu preview ke-hoach.yaml --no-open --port 8030\n\nDừng bằng Ctrl-C."
)]
pub struct Preview {
    /// Tệp kế hoạch.
    #[arg(value_name = "KẾ-HOẠCH.yaml", help_heading = "Tham số")]
    pub plan: PathBuf,
    /// Danh sách đơn vị (.csv, .xlsx, .xls, .yaml, .json): xem văn bản của từng đơn vị.
    #[arg(long, value_name = "DANH-SÁCH")]
    pub units: Option<PathBuf>,
    /// Trang tính của tệp Excel. Bỏ trống: theo danh_sach của kế hoạch, hoặc trang đầu không bị ẩn.
    #[arg(long, value_name = "TÊN", requires = "units")]
    pub sheet: Option<String>,
    /// Cổng trên máy này. Bỏ trống: cổng nào còn trống.
    #[arg(long, value_name = "SỐ", default_value_t = 0, hide_default_value = true)]
    pub port: u16,
    /// Không tự mở trình duyệt, chỉ in địa chỉ.
    #[arg(long = "no-open")]
    pub no_open: bool,
    /// Trình soạn thảo mở ra khi bấm vào chữ: code, vim, kate… hoặc một câu lệnh có {tep}, {dong}, {cot}.
    #[arg(long, value_name = "LỆNH")]
    pub editor: Option<String>,
    /// How documents are made.
    #[command(flatten)]
    pub making: Making,
    /// Chỉ in địa chỉ, không in gì sau mỗi lần lưu.
    #[arg(short, long)]
    pub quiet: bool,
}

/// `bien`.
#[derive(Debug, Args)]
#[command(
    help_template = HELP, override_usage = "vanthu bien KẾ-HOẠCH.yaml [--units DANH-SÁCH [--ghi]]", next_help_heading = "Tùy chọn",
    after_help = "\nVí dụ:\n  vanthu bien ke-hoach.yaml\n  vanthu bien ke-hoach.yaml --units don-vi.csv\n  vanthu bien ke-hoach.yaml --units danh-sach.xlsx --ghi\n\nMã thoát 1 khi có biến mà không nơi nào cho giá trị."
)]
pub struct Variables {
    /// Tệp kế hoạch.
    #[arg(value_name = "KẾ-HOẠCH.yaml", help_heading = "Tham số")]
    pub plan: PathBuf,
    /// Danh sách đơn vị để đối chiếu: .csv, .xlsx, .xls, .yaml hoặc .json.
    #[arg(long, value_name = "DANH-SÁCH")]
    pub units: Option<PathBuf>,
    /// Trang tính của tệp Excel. Bỏ trống: theo danh_sach của kế hoạch, hoặc trang đầu không bị ẩn.
    #[arg(long, value_name = "TÊN")]
    pub sheet: Option<String>,
    /// Ghi khóa danh_sach được đề nghị (cột nào cho biến nào) vào cuối kế hoạch.
    #[arg(long = "ghi", requires = "units")]
    pub write: bool,
    /// Dạng in: full hoặc json.
    #[arg(
        long,
        value_name = "DẠNG",
        value_enum,
        default_value_t,
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub format: Format,
}

/// `new`.
#[derive(Debug, Args)]
#[command(
    help_template = HELP, override_usage = "vanthu new [LOẠI] [-o TỆP]\n       vanthu new --mau THƯ_MỤC\n       vanthu new --mau-word TỆP.docx",
    next_help_heading = "Tùy chọn", after_help = "\nVí dụ:\n  vanthu new ke_hoach -o ke-hoach.yaml\n  vanthu new --mau mau-co-quan\n  vanthu new --mau-word mau-co-quan.docx"
)]
pub struct New {
    /// Loại văn bản, ví dụ ke_hoach, bao_cao, to_trinh. Bỏ trống: ke_hoach.
    #[arg(value_name = "LOẠI", help_heading = "Tham số")]
    pub kind: Option<String>,
    /// Tệp ghi ra. Bỏ trống: in ra màn hình.
    #[arg(short, long = "output", value_name = "TỆP")]
    pub output: Option<PathBuf>,
    /// Chép mẫu Typst có sẵn vào thư mục này để sửa rồi dùng với render --mau.
    #[arg(long = "mau", value_name = "THƯ_MỤC", conflicts_with_all = ["kind", "output"])]
    pub templates: Option<PathBuf>,
    /// Chép mẫu Word có sẵn ra tệp này để sửa rồi dùng với render --mau-word.
    #[arg(long = "mau-word", value_name = "TỆP.docx", conflicts_with_all = ["kind", "output", "templates"])]
    pub word: Option<PathBuf>,
    /// Ghi đè tệp đã có.
    #[arg(long)]
    pub force: bool,
}

/// `import`.
#[derive(Debug, Args)]
#[command(
    help_template = HELP, override_usage = "vanthu import TỆP.docx|.txt… [-o KẾ-HOẠCH.yaml]", next_help_heading = "Tùy chọn",
    after_help = "\nVí dụ:\n  vanthu import ke-hoach-2025.docx\n  vanthu import ke-hoach-2025.docx -o ke-hoach-2026.yaml\n  vanthu import van-ban-cu -o ke-hoach --bao-cao bao-cao.json\n  vanthu import ke-hoach-da-sua.docx --vao ke-hoach.yaml"
)]
pub struct Import {
    /// Tệp Word (.docx; .doc, .rtf, .odt khi máy có LibreOffice), tệp chữ (.txt, .md) hoặc thư mục; dấu - là đầu vào chuẩn.
    #[arg(value_name = "TỆP", required = true, num_args = 1.., help_heading = "Tham số")]
    pub files: Vec<PathBuf>,
    /// Kế hoạch ghi ra, hoặc thư mục đã có; dấu - là đầu ra chuẩn. Bỏ trống: cạnh tệp, cùng tên, đuôi .yaml.
    #[arg(short, long = "output", value_name = "KẾ-HOẠCH.yaml")]
    pub output: Option<PathBuf>,
    /// Ghi những chỗ đã sửa trong tệp Word vào kế hoạch đã tạo ra nó; giữ nguyên chú giải, biến và cách trình bày của kế hoạch.
    #[arg(long = "vao", value_name = "KẾ-HOẠCH.yaml")]
    pub into: Option<PathBuf>,
    /// Với --vao: giá trị của biến như lúc tạo tệp Word, ví dụ nam=2026; dùng được nhiều lần.
    #[arg(long = "dat", value_name = "TÊN=GIÁ_TRỊ", requires = "into")]
    pub set: Vec<String>,
    /// Ghi báo cáo từng tệp: kế hoạch, loại, chỗ cần kiểm tra, chữ không đưa vào và lý do.
    #[arg(long = "bao-cao", value_name = "TỆP.json")]
    pub report: Option<PathBuf>,
    /// Ghi đè tệp đã có.
    #[arg(long)]
    pub force: bool,
    /// Không đối chiếu chữ của tệp với kế hoạch.
    #[arg(long = "khong-doi-chieu", conflicts_with = "into")]
    pub no_proof: bool,
    /// Không in lời báo khi xong.
    #[arg(short, long)]
    pub quiet: bool,
}

/// `check-mau`.
#[derive(Debug, Args)]
#[command(
    help_template = HELP, override_usage = "vanthu check-mau TỆP.docx", next_help_heading = "Tùy chọn",
    after_help = "\nVí dụ:\n  vanthu check-mau mau-co-quan.docx"
)]
pub struct CheckTemplate {
    /// Mẫu Word.
    #[arg(value_name = "TỆP.docx", help_heading = "Tham số")]
    pub template: PathBuf,
    /// Dạng in: full (thẻ, tên và lỗi), concise (mỗi lỗi một dòng), json.
    #[arg(
        long,
        value_name = "DẠNG",
        value_enum,
        default_value_t,
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub format: Format,
}

/// `schema`.
#[derive(Debug, Args)]
#[command(help_template = HELP, override_usage = "vanthu schema [-o TỆP]", next_help_heading = "Tùy chọn")]
pub struct Schema {
    /// Tệp ghi ra. Bỏ trống: in ra màn hình.
    #[arg(short, long = "output", value_name = "TỆP")]
    pub output: Option<PathBuf>,
    /// Ghi đè tệp không do vanthu ghi ra hoặc đã bị sửa.
    #[arg(long)]
    pub force: bool,
}

/// `explain`.
#[derive(Debug, Args)]
#[command(help_template = HELP, override_usage = "vanthu explain [MÃ]", next_help_heading = "Tùy chọn")]
pub struct Explain {
    /// Mã lỗi, ví dụ khoa-la. Bỏ trống: danh sách mọi mã.
    #[arg(value_name = "MÃ", help_heading = "Tham số")]
    pub code: Option<String>,
    /// Dạng in: full hoặc json.
    #[arg(
        long,
        value_name = "DẠNG",
        value_enum,
        default_value_t,
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub format: Format,
}

/// `doctor`.
#[derive(Debug, Args)]
#[command(help_template = HELP, override_usage = "vanthu doctor", next_help_heading = "Tùy chọn")]
pub struct Doctor {
    /// Kiểm tra cả thư mục mẫu này.
    #[arg(long = "mau", value_name = "THƯ_MỤC")]
    pub templates: Option<PathBuf>,
    /// Kiểm tra cả mẫu Word này.
    #[arg(long = "mau-word", value_name = "TỆP.docx")]
    pub word: Option<PathBuf>,
    /// Kiểm tra cả thư mục phông chữ này.
    #[arg(long = "phong-chu", value_name = "THƯ_MỤC")]
    pub fonts: Option<PathBuf>,
}

/// `completions`.
#[derive(Debug, Args)]
#[command(help_template = HELP, override_usage = "vanthu completions SHELL", next_help_heading = "Tùy chọn")]
pub struct Completions {
    /// bash, elvish, fish, powershell hoặc zsh.
    #[arg(value_name = "SHELL", value_enum, hide_possible_values = true, help_heading = "Tham số")]
    pub shell: Shell,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_declaration_is_sound() {
        super::Arguments::command().debug_assert();
    }
}
