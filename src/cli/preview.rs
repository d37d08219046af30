//! `vanthu preview`.

use super::args::{Format, Preview};
use super::terminal::{Screen, shown};
use super::{Outcome, render};
use crate::diagnostic::{Diagnostic, code};
use crate::pipeline;
use crate::preview::{Editor, Notice, Opener, Server, Settings, Shutdown};
use std::io::Write;

/// Problems of a document that are printed; the page shows all.
const SHOWN: usize = 10;

/// Runs the command.
pub fn run(args: &Preview) -> Outcome {
    let report = Screen::new(args.making.format);
    let server = match settings(args).and_then(|settings| Server::bind(settings, args.port)) {
        Ok(server) => server,
        Err(problem) => {
            report.show(None, &[problem]);
            return Outcome::Failed;
        }
    };
    let stop = Shutdown::default();
    let ended = stop.clone();
    // Where it cannot be caught, Ctrl-C ends the program as usual.
    let _ = ctrlc::set_handler(move || ended.now());
    let address = server.address();
    // On the standard output, so that a script can read it.
    if super::print(&format!("{address}\n")) == Outcome::Failed {
        return Outcome::Failed;
    }
    say(&format!("Bản xem trước của {} ở địa chỉ trên. Dừng bằng Ctrl-C.", args.plan.display()));
    // Kept until the end: a browser may take its time.
    let _opener = if args.no_open { None } else { open(&address) };
    let (quiet, format) = (args.quiet, args.making.format);
    let told = move |notice: &Notice| {
        if !quiet {
            tell(notice, format);
        }
    };
    match server.run(stop, told) {
        Ok(()) => {
            say("Đã dừng.");
            Outcome::Clean
        }
        Err(problem) => {
            report.show(None, &[problem]);
            Outcome::Failed
        }
    }
}

fn settings(args: &Preview) -> Result<Settings, Diagnostic> {
    if args.plan.as_os_str() == "-" {
        return Err(Diagnostic::general(
            &code::THAM_SO_SAI,
            "Bản xem trước cần một tệp để theo dõi, không đọc đầu vào chuẩn.",
        )
        .hint("Ghi kế hoạch ra tệp rồi chạy: vanthu preview ke-hoach.yaml"));
    }
    // A wrong name is said here; what goes wrong later is said on the page.
    pipeline::read_file(&args.plan)?;
    if let Some(list) = &args.units {
        super::units::list_bytes(list)?;
    }
    let brought = render::brought(&args.making);
    for path in [&brought.fonts, &brought.templates, &brought.word].into_iter().flatten() {
        if !path.exists() {
            return Err(Diagnostic::general(&code::THAM_SO_SAI, format!("Không có {}.", path.display()))
                .hint("Kiểm tra đường dẫn ở --phong-chu, --mau hoặc --mau-word."));
        }
    }
    let variables: Result<Vec<_>, _> = args.making.set.iter().map(|pair| render::variable(pair)).collect();
    Ok(Settings {
        plan: args.plan.clone(),
        units: args.units.clone(),
        sheet: args.sheet.clone(),
        variables: variables?,
        brought,
        strict: args.making.strict,
        prove: !args.making.no_proof,
        editor: args.editor.as_deref().map(Editor::new).transpose()?,
    })
}

/// Opens the browser, where there is a screen for it, with a file that leads to the address.
fn open(address: &str) -> Option<Opener> {
    if cfg!(all(unix, not(target_os = "macos"))) {
        let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
        if !["DISPLAY", "WAYLAND_DISPLAY", "BROWSER"].iter().any(|name| set(name)) && !in_wsl() {
            say(
                "Máy này không có màn hình đồ họa: mở địa chỉ trên trong trình duyệt của máy này, hoặc chuyển tiếp cổng qua SSH (giữ nguyên số cổng).",
            );
            return None;
        }
    }
    let opener = Opener::new(address).ok().filter(|opener| open::that_detached(opener.path()).is_ok());
    if opener.is_none() {
        say("Không mở được trình duyệt: hãy tự mở địa chỉ trên.");
    }
    opener
}

/// Linux inside Windows has no screen of its own, but opens the browser of Windows.
fn in_wsl() -> bool {
    std::env::var_os("WSL_DISTRO_NAME").is_some()
}

fn tell(notice: &Notice, format: Format) {
    let unit = notice.unit.as_ref().map(|u| format!(" ({})", shown(u))).unwrap_or_default();
    if format == Format::Json {
        let line = serde_json::json!({
            "revision": notice.revision, "unit": notice.unit, "pages": notice.pages,
            "errors": notice.errors, "problems": notice.problems,
        });
        super::print(&format!("{line}\n"));
        return;
    }
    let warnings = notice.problems.len() - notice.errors;
    let count = match (notice.errors, warnings) {
        (0, 0) => "không có lỗi".to_owned(),
        (0, w) => format!("{w} cảnh báo"),
        (e, 0) => format!("{e} lỗi"),
        (e, w) => format!("{e} lỗi, {w} cảnh báo"),
    };
    let pages = match notice.pages {
        Some(pages) => format!("{pages} trang"),
        None if notice.kept => "trang cũ được giữ lại".to_owned(),
        None => "chưa có trang nào".to_owned(),
    };
    say(&format!("Bản {}{unit}: {pages}, {count}.", notice.revision));
    for problem in notice.problems.iter().take(SHOWN) {
        say(&format!("  {}", shown(problem)));
    }
    if notice.problems.len() > SHOWN {
        say(&format!("  … và {} chỗ nữa, xem trên trang.", notice.problems.len() - SHOWN));
    }
}

fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
