//! Connections: bounded in number and in the time that they may take to say what they want, so that nobody who does not
//! know the token can keep the page's own user out.

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::collections::VecDeque;
use std::io::ErrorKind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// Most connections at once: a browser takes six for a page, and a system may allow a program 256 files.
const MAX_CONNECTIONS: usize = 64;
/// How long the head of a request may take.
const HEAD: Duration = Duration::from_secs(10);
/// How long a connection may be open without a request that knows the token.
const STRANGER: Duration = Duration::from_secs(20);
/// How long to wait when the system has no more files to give.
const BREATH: Duration = Duration::from_millis(50);

/// A connection.
#[derive(Clone, Default)]
pub struct Guest(Arc<Inside>);

#[derive(Default)]
struct Inside {
    known: AtomicBool,
    shown_out: Notify,
}

impl Guest {
    /// A request on it knew the token.
    pub fn is_known(&self) {
        self.0.known.store(true, Ordering::Relaxed);
    }

    fn is_stranger(&self) -> bool {
        !self.0.known.load(Ordering::Relaxed)
    }

    fn is_gone(&self) -> bool {
        Arc::strong_count(&self.0) == 1
    }
}

/// Answers connections for ever. When there are too many, the oldest of those that never knew the token goes.
pub async fn serve(listener: TcpListener, router: Router) {
    let mut guests: VecDeque<Guest> = VecDeque::new();
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) if is_of_the_guest(error.kind()) => continue,
            Err(_) => {
                tokio::time::sleep(BREATH).await;
                continue;
            }
        };
        guests.retain(|guest| !guest.is_gone());
        if guests.len() >= MAX_CONNECTIONS {
            let Some(stranger) = guests.iter().position(Guest::is_stranger) else { continue };
            if let Some(stranger) = guests.remove(stranger) {
                stranger.0.shown_out.notify_one();
            }
        }
        let guest = Guest::default();
        guests.push_back(guest.clone());
        tokio::spawn(receive(stream, guest, router.clone()));
    }
}

fn is_of_the_guest(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset | ErrorKind::ConnectionRefused)
}

async fn receive(stream: TcpStream, guest: Guest, router: Router) {
    let _ = stream.set_nodelay(true);
    let service = TowerToHyperService::new(router.layer(Extension(guest.clone())));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .serve_connection(TokioIo::new(stream), service);
    let overdue = async {
        tokio::time::sleep(STRANGER).await;
        if !guest.is_stranger() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        _ = connection => {}
        () = guest.0.shown_out.notified() => {}
        () = overdue => {}
    }
}
