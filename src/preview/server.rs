//! The server: its port, the thread that follows the files, its end.

use super::desk::Desk;
use super::door::serve;
use super::guard::Gate;
use super::inputs::{Loader, Settings};
use super::office;
use super::routes::{App, router};
use super::view::{Notice, STACK};
use super::watch::Watch;
use crate::diagnostic::{Diagnostic, code, io_reason};
use crate::guarded::guarded;
use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// How long the work of others may take when the server stops.
const GRACE: Duration = Duration::from_millis(500);

/// Ends a server, from any thread.
#[derive(Clone, Default)]
pub struct Shutdown(Arc<Notify>);

impl Shutdown {
    /// Ends it, now or as soon as it runs.
    pub fn now(&self) {
        self.0.notify_one();
    }
}

/// A server that has its port.
pub struct Server {
    settings: Arc<Settings>,
    listener: std::net::TcpListener,
    gate: Arc<Gate>,
}

impl Server {
    /// Takes a port of the loopback; 0 is any free one.
    pub fn bind(settings: Settings, port: u16) -> Result<Self, Diagnostic> {
        let wrong = |why: String, hint: &str| {
            Diagnostic::general(&code::CONG_BAN, format!("Không mở được cổng {port} trên máy này: {why}.")).hint(hint)
        };
        let listener =
            std::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).map_err(|e| match e.kind() {
                std::io::ErrorKind::AddrInUse => wrong(
                    "một chương trình khác đang dùng cổng này".into(),
                    "Chọn số khác cho --port, hoặc bỏ --port để vanthu tự chọn một cổng còn trống.",
                ),
                std::io::ErrorKind::PermissionDenied => {
                    wrong("không có quyền".into(), "Chọn một số từ 1024 đến 65535 cho --port, hoặc bỏ --port.")
                }
                _ => wrong(io_reason(&e), "Bỏ --port để vanthu tự chọn một cổng còn trống."),
            })?;
        let other = |why: String| wrong(why, "Thử lại; nếu vẫn không được, hãy báo cho nhóm phát triển.");
        listener.set_nonblocking(true).map_err(|e| other(io_reason(&e)))?;
        let port = listener.local_addr().map_err(|e| other(io_reason(&e)))?.port();
        let gate = Gate::new(port).map_err(other)?;
        Ok(Server { settings: Arc::new(settings), listener, gate: Arc::new(gate) })
    }

    /// The address to open, with its token.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/{}/", self.gate.port, self.gate.token)
    }

    /// Serves until it is stopped. `told` hears of each document that was made.
    pub fn run(self, stop: Shutdown, told: impl Fn(&Notice) + Send + Sync + 'static) -> Result<(), Diagnostic> {
        let wrong = |e: std::io::Error| {
            Diagnostic::general(&code::CONG_BAN, format!("Bản xem trước không chạy được: {}.", io_reason(&e)))
        };
        let program = office::find();
        let desk = Arc::new(Desk::new(Arc::clone(&self.settings), program.is_some(), Box::new(told)));
        follow(Arc::clone(&desk)).map_err(wrong)?;
        let app = Arc::new(App::new(desk, Arc::clone(&self.gate), program));
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_stack_size(STACK)
            .enable_all()
            .build()
            .map_err(wrong)?;
        let served = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            tokio::select! {
                () = serve(listener, router(app)) => Ok(()),
                () = stop.0.notified() => Ok(()),
            }
        });
        runtime.shutdown_timeout(GRACE);
        served.map_err(wrong)
    }
}

/// Follows the files on a thread of its own, for as long as the program runs.
fn follow(desk: Arc<Desk>) -> std::io::Result<()> {
    let body = move || {
        let mut loader = Loader::new(Arc::clone(&desk.settings));
        let mut watch = Watch::new();
        let mut changed = BTreeSet::new();
        loop {
            let (files, trees) = loader.watched();
            watch.set(&files, &trees);
            let done = guarded(|| {
                if let Some(snapshot) = loader.load(&changed) {
                    desk.put(snapshot);
                }
            });
            if done.is_none() {
                desk.put(loader.broken());
            }
            // What documents ask for is known only when they are made, and other units ask for other files.
            loop {
                let (files, trees) = loader.watched();
                watch.set(&files, &trees);
                changed = watch.wait();
                if changed.is_empty() {
                    changed = loader.faulty();
                }
                if !changed.is_empty() {
                    break;
                }
            }
        }
    };
    std::thread::Builder::new().name("theo-doi".into()).stack_size(STACK).spawn(body).map(drop)
}
