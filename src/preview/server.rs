//! The addresses of the page, on the loopback of this machine only.

use super::assets::ASSETS;
use super::desk::{Desk, Revision};
use super::guard::{Gate, guard};
use super::inputs::{Loader, Settings};
use super::office::{self, Difference, Drawn, Office};
use super::place::same_line;
use super::view::{Notice, Pages};
use super::watch::Watch;
use crate::diagnostic::{Diagnostic, code, io_reason};
use crate::guarded::guarded;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{Router, get, post};
use futures_util::stream::{Stream, unfold};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// Stack of the threads that make documents: layout recurses.
const STACK: usize = 64 << 20;

/// How long nothing may change before the files to take away are written and their words proven.
const REST: Duration = Duration::from_millis(400);

/// How long the work of others may take when the server stops.
const GRACE: Duration = Duration::from_millis(500);

/// Ends a server, from any thread.
#[derive(Clone, Default)]
pub struct Stop(Arc<Notify>);

impl Stop {
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

/// What all requests share.
struct Shop {
    desk: Arc<Desk>,
    gate: Arc<Gate>,
    office: tokio::sync::Mutex<Bench>,
    /// Pages that LibreOffice made, by their ids.
    drawn: Mutex<Vec<(u64, Option<String>, Arc<Compared>)>>,
}

/// LibreOffice, once it was started.
#[derive(Default)]
struct Bench {
    program: Option<PathBuf>,
    office: Option<Office>,
}

/// The Word file beside the PDF.
struct Compared {
    drawn: Drawn,
    ids: Vec<String>,
    summary: String,
    differences: Vec<Difference>,
}

/// How many Word files are kept.
const MAX_DRAWN: usize = 3;

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
    pub fn run(self, stop: Stop, told: impl Fn(&Notice) + Send + Sync + 'static) -> Result<(), Diagnostic> {
        let wrong = |e: std::io::Error| {
            Diagnostic::general(&code::CONG_BAN, format!("Bản xem trước không chạy được: {}.", io_reason(&e)))
        };
        let program = office::find();
        let desk = Arc::new(Desk::new(Arc::clone(&self.settings), program.is_some(), Box::new(told)));
        follow(Arc::clone(&desk)).map_err(wrong)?;
        let shop = Arc::new(Shop {
            desk,
            gate: Arc::clone(&self.gate),
            office: tokio::sync::Mutex::new(Bench { program, office: None }),
            drawn: Mutex::default(),
        });
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_stack_size(STACK)
            .enable_all()
            .build()
            .map_err(wrong)?;
        let served = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            tokio::select! {
                served = axum::serve(listener, router(shop)).into_future() => served,
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
                if let Some(generation) = loader.load(&changed) {
                    desk.put(generation);
                }
            });
            if done.is_none() {
                // The input that made it fail is still there: its view says so when it is asked for.
                desk.tell();
            }
            // What the document asked for is known only now.
            let (files, trees) = loader.watched();
            watch.set(&files, &trees);
            changed = watch.wait();
            while changed.is_empty() {
                changed = watch.wait();
            }
        }
    };
    std::thread::Builder::new().name("theo-doi".into()).stack_size(STACK).spawn(body).map(drop)
}

fn router(shop: Arc<Shop>) -> Router {
    let gate = Arc::clone(&shop.gate);
    let at = |path: &str| format!("/{}/{path}", gate.token);
    let mut router = Router::new();
    for asset in ASSETS {
        let answer = move || async move { ([(header::CONTENT_TYPE, asset.media)], asset.bytes) };
        router = router.route(&at(asset.name), get(answer));
    }
    router
        .route(&at("events"), get(events))
        .route(&at("font/{face}"), get(font))
        .route(&at("page/{file}"), get(page))
        .route(&at("source/{file}"), get(source))
        .route(&at("units/{file}"), get(units))
        .route(&at("place"), get(place))
        .route(&at("line"), get(line))
        .route(&at("open"), post(open))
        .route(&at("export/{revision}/{format}"), get(export))
        .route(&at("word"), get(word))
        .route(&at("word/{file}"), get(word_page))
        .fallback(|| async { Refused(StatusCode::NOT_FOUND, "Không có địa chỉ này.".into(), None) })
        .layer(from_fn_with_state(gate, guard))
        .with_state(shop)
}

/// A request that is not answered: status, what is wrong, what to do.
struct Refused(StatusCode, String, Option<String>);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "message": self.1, "hint": self.2 }))).into_response()
    }
}

impl From<Diagnostic> for Refused {
    fn from(problem: Diagnostic) -> Self {
        Refused(StatusCode::CONFLICT, problem.message, problem.hint)
    }
}

fn gone() -> Refused {
    Refused(StatusCode::GONE, "Đã có bản mới hơn.".into(), None)
}

fn not_found() -> Refused {
    Refused(StatusCode::NOT_FOUND, "Không có phần này.".into(), None)
}

/// Work that takes time, on a thread of its own. A panic is an answer.
async fn work<T: Send + 'static>(body: impl FnOnce() -> T + Send + 'static) -> Result<T, Refused> {
    let inside = || {
        Refused(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Lỗi bên trong vanthu ở bước này; hãy báo cho nhóm phát triển.".into(),
            None,
        )
    };
    tokio::task::spawn_blocking(move || guarded(body)).await.ok().flatten().ok_or_else(inside)
}

/// Bytes that never change under their address.
fn lasting(media: &'static str, bytes: &Arc<Vec<u8>>) -> Response {
    let headers = [(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, "private, max-age=86400, immutable")];
    (headers, bytes.as_ref().clone()).into_response()
}

#[derive(Deserialize)]
struct Unit {
    unit: Option<String>,
}

async fn events(
    State(shop): State<Arc<Shop>>,
    Query(query): Query<Unit>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let news = shop.desk.news();
    let start = (shop, query.unit, news, None::<String>);
    let stream = unfold(start, |(shop, unit, mut news, told)| async move {
        loop {
            if told.is_some() && news.changed().await.is_err() {
                return None;
            }
            news.mark_unchanged();
            let (desk, wanted) = (Arc::clone(&shop.desk), unit.clone());
            let state = work(move || desk.state(wanted.as_deref())).await.ok().flatten();
            match state {
                Some(state) if told.as_ref() != Some(&state) => {
                    tokio::spawn(finish(Arc::clone(&shop.desk), unit.clone()));
                    let event = Event::default().event("state").data(&state);
                    return Some((Ok(event), (shop, unit, news, Some(state))));
                }
                Some(_) => {}
                // Nothing was made yet: the first document is on its way.
                None if told.is_none() && news.changed().await.is_err() => return None,
                None => {}
            }
        }
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

/// Writes the files that could be taken away when nothing changes for a while: what is wrong with them is told before
/// anyone asks for them.
async fn finish(desk: Arc<Desk>, unit: Option<String>) {
    let mut news = desk.news();
    if tokio::time::timeout(REST, news.changed()).await.is_ok() {
        return;
    }
    let found = work({
        let desk = Arc::clone(&desk);
        move || {
            let view = desk.view(unit.as_deref())?;
            let pages = view.pages.as_ref()?;
            let fresh = super::inputs::FORMATS.iter().filter(|f| !pages.is_written(f)).count() > 0;
            let failed =
                super::inputs::FORMATS.iter().filter_map(|f| pages.export(f)).filter(Result::is_err).count() > 0;
            Some(fresh && failed)
        }
    });
    if let Ok(Some(true)) = found.await {
        desk.tell();
    }
}

async fn font(State(shop): State<Arc<Shop>>, Path(face): Path<usize>) -> Result<Response, Refused> {
    let bytes = shop.desk.face(face).ok_or_else(not_found)?;
    // The agency's own faces may change while the server runs.
    Ok(([(header::CONTENT_TYPE, "font/ttf")], bytes).into_response())
}

async fn page(State(shop): State<Arc<Shop>>, Path(file): Path<String>) -> Result<Response, Refused> {
    let (id, kind) = file.split_once('.').ok_or_else(not_found)?;
    let (pages, index) = shop.desk.leaf(id).ok_or_else(gone)?;
    match kind {
        "json" => Ok(lasting("application/json", &pages.leaves.get(index).ok_or_else(gone)?.json)),
        "svg" => {
            let svg = work(move || pages.svg(index)).await?.ok_or_else(gone)?;
            Ok(lasting("image/svg+xml", &svg))
        }
        _ => Err(not_found()),
    }
}

async fn source(State(shop): State<Arc<Shop>>, Path(file): Path<String>) -> Result<Response, Refused> {
    let id = file.strip_suffix(".json").ok_or_else(not_found)?;
    Ok(Json(shop.desk.source(id).ok_or_else(gone)?).into_response())
}

async fn units(State(shop): State<Arc<Shop>>, Path(file): Path<String>) -> Result<Response, Refused> {
    if !file.ends_with(".json") {
        return Err(not_found());
    }
    Ok(Json(shop.desk.roll().ok_or_else(not_found)?).into_response())
}

/// A revision of a unit, and a place in it.
#[derive(Deserialize)]
struct At {
    revision: u64,
    unit: Option<String>,
    #[serde(default)]
    page: usize,
    #[serde(default)]
    piece: usize,
    #[serde(default)]
    offset: usize,
    #[serde(default)]
    source: usize,
    #[serde(default)]
    line: usize,
    #[serde(default)]
    column: usize,
}

impl Shop {
    fn pages(&self, revision: u64, unit: Option<&str>) -> Result<Arc<Pages>, Refused> {
        match self.desk.pages(revision, unit) {
            Revision::Here(pages) => Ok(pages),
            Revision::Gone => Err(gone()),
        }
    }
}

async fn place(State(shop): State<Arc<Shop>>, Query(at): Query<At>) -> Result<Response, Refused> {
    let pages = shop.pages(at.revision, at.unit.as_deref())?;
    let newest = shop.desk.newest_source(at.unit.as_deref());
    let answer = move || {
        let Some(byte) = pages.places().typed(at.page, at.piece, at.offset) else {
            return json!({ "message": "Chữ này do vanthu thêm theo Nghị định số 30/2020/NĐ-CP, không có trong kế hoạch." });
        };
        let (file, place) = (pages.source.file_at(byte), pages.source.line_col(byte));
        let line = newest.map_or(place.line, |newest| same_line(&pages.source, &newest, file, place.line));
        json!({ "source": file, "file": pages.source.name_at(byte), "line": line, "column": place.column })
    };
    Ok(Json(work(answer).await?).into_response())
}

async fn line(State(shop): State<Arc<Shop>>, Query(at): Query<At>) -> Result<Response, Refused> {
    let pages = shop.pages(at.revision, at.unit.as_deref())?;
    let newest = shop.desk.newest_source(at.unit.as_deref());
    let answer = move || {
        let line = newest.map_or(at.line, |newest| same_line(&newest, &pages.source, at.source, at.line));
        json!({ "pieces": pages.places().pieces(&pages.source, at.source, line) })
    };
    Ok(Json(work(answer).await?).into_response())
}

async fn open(State(shop): State<Arc<Shop>>, Query(at): Query<At>) -> Result<StatusCode, Refused> {
    let settings = &shop.desk.settings;
    let Some(editor) = &settings.editor else {
        let hint = "Chạy lại lệnh với --editor, ví dụ --editor code.".to_owned();
        return Err(Refused(StatusCode::CONFLICT, "Chưa chọn trình soạn thảo.".into(), Some(hint)));
    };
    let source = shop.desk.newest_source(at.unit.as_deref()).ok_or_else(gone)?;
    let (name, ..) = source.files().get(at.source).copied().ok_or_else(not_found)?;
    // Only files that the document was made from; their names stand in the source, not in the request.
    let list = settings.units.as_ref();
    let path = if at.source == 0 {
        settings.plan.clone()
    } else if list.is_some_and(|l| l.display().to_string() == name) {
        list.cloned().unwrap_or_default()
    } else {
        list.and_then(|l| l.parent()).map_or_else(|| PathBuf::from(name), |folder| folder.join(name))
    };
    editor.open(&path, at.line.max(1), at.column.max(1)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn export(
    State(shop): State<Arc<Shop>>,
    Path((revision, format)): Path<(u64, String)>,
    Query(query): Query<Unit>,
) -> Result<Response, Refused> {
    let pages = shop.pages(revision, query.unit.as_deref())?;
    let media = match format.as_str() {
        "pdf" => "application/pdf",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => return Err(not_found()),
    };
    let name = format!("{}.{format}", pages.name.rsplit('/').next().unwrap_or_default());
    let bytes = work(move || pages.export(&format)).await?.ok_or_else(not_found)??;
    let disposition = HeaderValue::from_str(&disposition(&name)).map_err(|_| not_found())?;
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static(media)), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, bytes.as_ref().clone()).into_response())
}

/// A file to keep, with its name in letters that every header may have, and in UTF-8 (RFC 6266).
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' })
        .collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

async fn word(State(shop): State<Arc<Shop>>, Query(at): Query<At>) -> Result<Response, Refused> {
    let pages = shop.pages(at.revision, at.unit.as_deref())?;
    let compared = shop.compared(pages).await?;
    let page = |(p, id): (&office::OfficePage, &String)| json!({ "id": id, "width": p.width, "height": p.height });
    let all: Vec<_> = compared.drawn.pages.iter().zip(&compared.ids).map(page).collect();
    Ok(Json(json!({ "pages": all, "summary": compared.summary, "differences": compared.differences })).into_response())
}

async fn word_page(State(shop): State<Arc<Shop>>, Path(file): Path<String>) -> Result<Response, Refused> {
    let id = file.strip_suffix(".svg").ok_or_else(not_found)?;
    let kept = shop.drawn.lock().unwrap_or_else(PoisonError::into_inner);
    let found = kept.iter().find_map(|(.., c)| Some((c, c.ids.iter().position(|i| i == id)?)));
    let (compared, index) = found.ok_or_else(gone)?;
    let headers =
        [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "private, max-age=86400, immutable")];
    Ok((headers, compared.drawn.pages[index].svg.clone()).into_response())
}

impl Shop {
    fn known(&self, pages: &Pages) -> Option<Arc<Compared>> {
        let kept = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter()
            .find(|(revision, unit, _)| *revision == pages.attempt && *unit == pages.unit)
            .map(|(.., c)| Arc::clone(c))
    }

    /// The Word file of some pages beside them. One file at a time; who waits for an old one waits in vain.
    async fn compared(&self, pages: Arc<Pages>) -> Result<Arc<Compared>, Refused> {
        if let Some(known) = self.known(&pages) {
            return Ok(known);
        }
        let mut bench = self.office.lock().await;
        if let Some(known) = self.known(&pages) {
            return Ok(known);
        }
        if !self.desk.is_newest(&pages) {
            return Err(gone());
        }
        let missing = || {
            let hint = "Cài LibreOffice Writer rồi chạy lại lệnh; tệp Word vẫn tải về được.".to_owned();
            Refused(StatusCode::CONFLICT, "Máy này chưa có LibreOffice nên không xem được tệp Word.".into(), Some(hint))
        };
        let docx = work({
            let pages = Arc::clone(&pages);
            move || pages.export("docx")
        });
        let docx = docx.await?.ok_or_else(not_found)??;
        if bench.office.is_none() {
            let program = bench.program.clone().ok_or_else(missing)?;
            bench.office = Some(Office::new(program, pages.studio.faces())?);
        }
        let office = bench.office.as_ref().ok_or_else(missing)?;
        let pdf = office.pdf(&docx).await?;
        let (revision, unit) = (pages.attempt, pages.unit.clone());
        let unreadable = || Refused(StatusCode::CONFLICT, "Không đọc được trang mà LibreOffice dựng.".into(), None);
        let compared = Arc::new(work(move || beside(&pages, pdf)).await?.ok_or_else(unreadable)?);
        let mut kept = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(0, (revision, unit, Arc::clone(&compared)));
        kept.truncate(MAX_DRAWN);
        Ok(compared)
    }
}

fn beside(pages: &Pages, pdf: Vec<u8>) -> Option<Compared> {
    use sha2::{Digest as _, Sha256};
    let drawn = office::read(pdf)?;
    let (summary, differences) = office::compare(&pages.words(), &drawn.words, (pages.leaves.len(), drawn.pages.len()));
    let id = |p: &office::OfficePage| crate::batch::record::hex(&Sha256::digest(&p.svg)[..16]);
    let ids = drawn.pages.iter().map(id).collect();
    Some(Compared { drawn, ids, summary, differences })
}
