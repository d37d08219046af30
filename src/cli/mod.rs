//! The command line: parse, run one command, report. Only this room prints and picks exit codes.

mod args;
mod as_before;
mod batch;
mod blank;
mod check;
mod check_args;
mod check_files;
mod check_report;
mod check_template;
mod completions;
mod confirm;
mod doctor;
mod explain;
mod help;
mod import;
mod import_into;
mod new;
mod preview;
mod progress;
mod render;
mod schema;
mod terminal;
mod units;

use args::{Arguments, Command};
use clap::Parser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::diagnostic::{Diagnostic, code, io_reason};
use crate::write;
use terminal::Screen;

/// What a command found: 0 clean, 1 the document has errors, 2 the command could not run, 130 stopped by the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Clean,
    /// The user's file has errors.
    Findings,
    /// The command could not do its work.
    Failed,
    /// The user stopped it.
    Stopped,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        ExitCode::from(match outcome {
            Outcome::Clean => 0,
            Outcome::Findings => 1,
            Outcome::Failed => 2,
            // What a shell gives for a program that Ctrl-C ended.
            Outcome::Stopped => 130,
        })
    }
}

/// The licences of the program and of what it is made from.
const LICENCES: &str = include_str!("../../docs/giay-phep-ben-thu-ba.txt");

/// Stack of the thread that does the work: layout recurses, and the first thread has 1 MB on some systems.
const STACK: usize = 64 << 20;

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    match std::thread::Builder::new().stack_size(STACK).spawn(command) {
        Ok(worker) => worker.join().unwrap_or(ExitCode::from(2)),
        Err(_) => command(),
    }
}

fn command() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    if arguments.licences {
        return print(LICENCES).into();
    }
    let Some(command) = arguments.command else {
        let problem = Diagnostic::general(&code::THAM_SO_SAI, "Thiếu lệnh.").hint("Xem hướng dẫn: vanthu --help");
        Screen::plain().show(None, &[problem]);
        return Outcome::Failed.into();
    };
    let outcome = match command {
        Command::Render(command) => render::run(&command),
        Command::Batch(command) => batch::run(&command),
        Command::Preview(command) => preview::run(&command),
        Command::Variables(command) => units::run(&command),
        Command::New(command) => new::run(&command),
        Command::Import(command) => match command.into.clone() {
            Some(plan) => import_into::run(&command, &plan),
            None => import::run(&command),
        },
        Command::Check(command) => check::run(&command),
        Command::CheckTemplate(command) => check_template::run(&command),
        Command::Schema(command) => schema::run(&command),
        Command::Explain(command) => explain::run(&command),
        Command::Doctor(command) => doctor::run(&command),
        Command::Completions(command) => completions::run(&command),
    };
    outcome.into()
}

/// Prints to the standard output. A reader that went away is no error; a full disk is.
fn print(text: &str) -> Outcome {
    print_bytes(text.as_bytes())
}

fn print_bytes(bytes: &[u8]) -> Outcome {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => Outcome::Clean,
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Outcome::Clean,
        Err(error) => {
            Screen::plain().show(None, &[not_streamed(&error)]);
            Outcome::Failed
        }
    }
}

/// Writes a document to the standard output. A reader that went away has not got it: that is an error.
fn stream(bytes: &[u8]) -> Result<(), Diagnostic> {
    let mut out = std::io::stdout().lock();
    let written = if is_closed() {
        Err(std::io::ErrorKind::BrokenPipe.into())
    } else {
        out.write_all(bytes).and_then(|()| out.flush())
    };
    written.map_err(|error| not_streamed(&error))
}

fn not_streamed(error: &std::io::Error) -> Diagnostic {
    let why = match error.kind() {
        std::io::ErrorKind::BrokenPipe => "đầu ra đã đóng".to_owned(),
        _ => io_reason(error),
    };
    Diagnostic::general(&code::KHONG_GHI_DUOC, format!("Không ghi được ra đầu ra chuẩn: {why}."))
}

/// Whether the program was started without a standard output. Rust then puts `/dev/null` in its place, open for reading
/// as well, which no `> /dev/null` is.
#[cfg(target_os = "linux")]
fn is_closed() -> bool {
    let link = std::fs::read_link("/proc/self/fd/1");
    let info = std::fs::read_to_string("/proc/self/fdinfo/1").unwrap_or_default();
    let flags = info.lines().find_map(|line| line.strip_prefix("flags:")?.trim().chars().last());
    link.is_ok_and(|to| to == std::path::Path::new("/dev/null")) && flags == Some('2')
}

#[cfg(not(target_os = "linux"))]
fn is_closed() -> bool {
    false
}

/// Sees to it that a signal leaves no half-written files. While files take their names, it waits.
fn leave_nothing_half_written() {
    // A second handler cannot be set; then the next run clears up.
    let _ = ctrlc::set_handler(|| {
        write::files::abandon();
        let _ = writeln!(std::io::stderr(), "Đã dừng theo yêu cầu.");
        std::process::exit(130);
    });
}

/// Writes files, all of them or none.
fn write_files(files: &[(PathBuf, &[u8])], force: bool) -> Result<(), Vec<Diagnostic>> {
    leave_nothing_half_written();
    write::files::write_all(files, force)
}

/// Refuses names that are taken: such files keep no digest that could tell whose they are.
fn refuse_existing(files: &[(PathBuf, &[u8])], force: bool) -> Result<(), Vec<Diagnostic>> {
    let there = files.iter().filter(|(path, _)| !force && path.exists());
    let problems: Vec<Diagnostic> = there
        .map(|(path, _)| {
            Diagnostic::general(&code::TEP_DA_SUA, format!("Tệp {} đã có sẵn nên không bị ghi đè.", path.display()))
                .hint("Chọn tên khác, hoặc thêm --force để ghi đè.")
        })
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Help goes out as it is; what clap says of wrong arguments is said in Vietnamese.
fn usage(error: &clap::Error) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return print(&error.render().to_string()).into();
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = std::io::stderr().write_all(error.render().to_string().as_bytes());
        return Outcome::Failed.into();
    }
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(s)) => Some(s.clone()),
        Some(ContextValue::Strings(s)) => Some(s.join(", ")),
        _ => None,
    };
    let argument = text(ContextKind::InvalidArg);
    let value = text(ContextKind::InvalidValue);
    let message = match (error.kind(), &argument, &value) {
        (ErrorKind::UnknownArgument, Some(a), _) => format!("Không có tùy chọn hay tham số “{a}”."),
        (ErrorKind::InvalidSubcommand, ..) => {
            format!("Không có lệnh “{}”.", text(ContextKind::InvalidSubcommand).unwrap_or_default())
        }
        (ErrorKind::MissingRequiredArgument, Some(a), _) => format!("Thiếu {a}."),
        (ErrorKind::ArgumentConflict, Some(a), _) => {
            format!("“{a}” không đi cùng “{}”.", text(ContextKind::PriorArg).unwrap_or_default())
        }
        (_, Some(a), Some(v)) if v.is_empty() => format!("“{a}” cần một giá trị."),
        (_, Some(a), Some(v)) => format!("“{v}” không phải là giá trị của “{a}”."),
        _ => "Tham số dòng lệnh viết sai.".to_owned(),
    };
    let near = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
        ContextKind::ValidValue,
    ];
    let hint = match near.into_iter().find_map(text).filter(|near| !near.is_empty()) {
        Some(near) => format!("Dùng được: {near}. Xem hướng dẫn: vanthu --help"),
        None => "Xem hướng dẫn: vanthu --help, hoặc vanthu LỆNH --help.".to_owned(),
    };
    Screen::plain().show(None, &[Diagnostic::general(&code::THAM_SO_SAI, message).hint(hint)]);
    Outcome::Failed.into()
}

/// Reports with the line and a caret, without colour.
pub(crate) fn report_text(source: Option<&crate::source::Source>, diagnostics: &[Diagnostic]) -> String {
    terminal::full(source, diagnostics, false)
}
