//! The addresses of the page, and what each answers.

use super::answers::{At, FromPath, FromQuery, Refused, gone, lasting, not_found, work};
use super::assets::ASSETS;
use super::beside::Beside;
use super::desk::{Desk, Sent};
use super::guard::{Gate, guard};
use super::office::OfficePage;
use super::place::same_line;
use super::view::Pages;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{Router, get, post};
use futures_util::stream::{Stream, unfold};
use serde::Deserialize;
use serde_json::json;
use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// How long nothing may change before the files to take away are written and their words proven.
const REST: Duration = Duration::from_millis(400);

/// What all requests share.
pub struct App {
    pub(super) desk: Arc<Desk>,
    pub(super) beside: Beside,
    gate: Arc<Gate>,
}

impl App {
    /// With LibreOffice at this path.
    pub fn new(desk: Arc<Desk>, gate: Arc<Gate>, office: Option<PathBuf>) -> Self {
        App { desk, gate, beside: Beside::new(office) }
    }
}

/// The addresses, behind the guard.
pub fn router(app: Arc<App>) -> Router {
    let gate = Arc::clone(&app.gate);
    let at = |path: &str| format!("/{}/{path}", gate.token);
    let mut router = Router::new();
    for asset in ASSETS {
        let answer = move || async move { ([(header::CONTENT_TYPE, asset.media())], asset.text) };
        router = router.route(&at(asset.path()), get(answer));
    }
    router
        .route(
            at("").trim_end_matches('/'),
            get({
                let page = at("");
                move || async move { Redirect::permanent(&page) }
            }),
        )
        .route(&at("events"), get(events))
        .route(&at("font/{face}"), get(font))
        .route(&at("page/{file}"), get(page))
        .route(&at("source/{file}"), get(source))
        .route(&at("units/{file}"), get(units))
        .route(&at("place"), get(place))
        .route(&at("line"), get(line))
        .route(&at("open"), post(open))
        .route(&at("import"), super::dropped::route())
        .route(&at("export/{revision}/{format}"), get(export))
        .route(&at("word"), get(word))
        .route(&at("word/{file}"), get(word_page))
        .method_not_allowed_fallback(|| async {
            Refused(StatusCode::METHOD_NOT_ALLOWED, "Địa chỉ này không nhận cách gọi đó.".into(), None)
        })
        .fallback(|| async { Refused(StatusCode::NOT_FOUND, "Không có địa chỉ này.".into(), None) })
        .layer(from_fn_with_state(gate, guard))
        .with_state(app)
}

/// The pages of the Word file, and how they differ.
async fn word(State(app): State<Arc<App>>, FromQuery(at): FromQuery<At>) -> Result<Response, Refused> {
    let pages = app.pages(at.revision, at.unit.as_deref()).await?;
    let compared = app.beside.compared(&app.desk, pages).await?;
    let page = |(p, id): (&OfficePage, &String)| json!({ "id": id, "width": p.width, "height": p.height });
    let all: Vec<_> = compared.drawn.pages.iter().zip(&compared.ids).map(page).collect();
    Ok(Json(json!({ "pages": all, "summary": compared.summary, "differences": compared.differences })).into_response())
}

/// A page of the Word file.
async fn word_page(State(app): State<Arc<App>>, FromPath(file): FromPath<String>) -> Result<Response, Refused> {
    let id = file.strip_suffix(".svg").ok_or_else(not_found)?;
    let svg = app.beside.page(id).ok_or_else(gone)?;
    Ok(lasting("image/svg+xml", &svg))
}

#[derive(Deserialize)]
struct Unit {
    unit: Option<String>,
}

/// An open page: what it was told, and whether the files of that were written.
struct Open {
    app: Arc<App>,
    unit: Option<String>,
    news: watch::Receiver<u64>,
    told: Option<Sent>,
    finished: bool,
}

async fn events(
    State(app): State<Arc<App>>,
    FromQuery(query): FromQuery<Unit>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let news = app.desk.news();
    let open = Open { app, unit: query.unit, news, told: None, finished: false };
    let stream = unfold(open, |mut open| async move {
        let event = open.next().await?;
        Some((Ok(event), open))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

impl Open {
    /// The next state that is different from the last; none when the server ends.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if self.told.is_some() {
                tokio::select! {
                    changed = self.news.changed() => changed.ok()?,
                    () = tokio::time::sleep(REST), if !self.finished => {
                        self.finish().await;
                        continue;
                    }
                }
            }
            self.news.mark_unchanged();
            let (desk, unit) = (Arc::clone(&self.app.desk), self.unit.clone());
            let state = work(move || desk.state(unit.as_deref())).await.ok().flatten();
            match state {
                Some(told) if self.told.as_ref().is_none_or(|before| before.text != told.text) => {
                    let event = Event::default().event("state").data(&told.text);
                    self.finished = false;
                    self.told = Some(told);
                    return Some(event);
                }
                Some(_) => {}
                // Nothing was made yet: the first document is on its way.
                None if self.told.is_none() => self.news.changed().await.ok()?,
                None => {}
            }
        }
    }

    /// Writes the files that could be taken away when nothing changes for a while: what is wrong with them is told before
    /// anyone asks for them.
    async fn finish(&mut self) {
        self.finished = true;
        let Some(view) = self.told.as_ref().map(|told| Arc::clone(&told.view)) else { return };
        let Some(pages) = view.pages.clone() else { return };
        if let Ok(true) = work(move || pages.finds_faults()).await {
            self.app.desk.tell_faults(&view);
        }
    }
}

async fn font(State(app): State<Arc<App>>, FromPath(face): FromPath<String>) -> Result<Response, Refused> {
    let bytes = face.parse().ok().and_then(|face| app.desk.face(face)).ok_or_else(not_found)?;
    // The agency's own faces may change while the server runs.
    Ok(([(header::CONTENT_TYPE, "font/ttf")], bytes).into_response())
}

async fn page(State(app): State<Arc<App>>, FromPath(file): FromPath<String>) -> Result<Response, Refused> {
    let (id, kind) = file.split_once('.').ok_or_else(not_found)?;
    let (pages, index) = app.desk.page(id).ok_or_else(gone)?;
    match kind {
        "json" => Ok(lasting("application/json", &pages.pages.get(index).ok_or_else(gone)?.json)),
        "svg" => {
            let svg = work(move || pages.svg(index)).await?.ok_or_else(gone)?;
            Ok(lasting("image/svg+xml", &svg))
        }
        _ => Err(not_found()),
    }
}

async fn source(State(app): State<Arc<App>>, FromPath(file): FromPath<String>) -> Result<Response, Refused> {
    let id = file.strip_suffix(".json").ok_or_else(not_found)?;
    Ok(Json(app.desk.source(id).ok_or_else(gone)?).into_response())
}

async fn units(State(app): State<Arc<App>>, FromPath(file): FromPath<String>) -> Result<Response, Refused> {
    let id = file.strip_suffix(".json").ok_or_else(not_found)?;
    Ok(Json(app.desk.unit_list(id).ok_or_else(gone)?).into_response())
}

impl App {
    /// The pages of a revision.
    pub async fn pages(&self, revision: u64, unit: Option<&str>) -> Result<Arc<Pages>, Refused> {
        let (desk, unit) = (Arc::clone(&self.desk), unit.map(str::to_owned));
        work(move || desk.pages(revision, unit.as_deref())).await?.ok_or_else(gone)
    }
}

async fn place(State(app): State<Arc<App>>, FromQuery(at): FromQuery<At>) -> Result<Response, Refused> {
    let pages = app.pages(at.revision, at.unit.as_deref()).await?;
    let desk = Arc::clone(&app.desk);
    let answer = move || {
        let newest = desk.newest_source(at.unit.as_deref());
        let Some(byte) = pages.places().typed(at.page, at.piece, at.offset) else {
            return json!({ "message": "Chữ này do vanthu thêm theo Nghị định số 30/2020/NĐ-CP, không có trong kế hoạch." });
        };
        let (file, place) = (pages.source.file_at(byte), pages.source.line_col(byte));
        let line = newest.map_or(place.line, |newest| same_line(&pages.source, &newest, file, place.line));
        json!({ "source": file, "file": pages.source.name_at(byte), "line": line, "column": place.column })
    };
    Ok(Json(work(answer).await?).into_response())
}

async fn line(State(app): State<Arc<App>>, FromQuery(at): FromQuery<At>) -> Result<Response, Refused> {
    let pages = app.pages(at.revision, at.unit.as_deref()).await?;
    let desk = Arc::clone(&app.desk);
    let answer = move || {
        let newest = desk.newest_source(at.unit.as_deref());
        let same = |line| newest.as_ref().map_or(line, |newest| same_line(newest, &pages.source, at.source, line));
        let byte = |line, column: usize| {
            let range = pages.source.line_range(at.source, same(line))?;
            let text = pages.source.text.get(range.clone())?;
            let letter = text.char_indices().nth(column.saturating_sub(1));
            Some(range.start + letter.map_or(text.len(), |(at, _)| at))
        };
        let words = match (byte(at.line, at.column), byte(at.end_line, at.end_column)) {
            (Some(from), Some(to)) if at.column > 0 => pages.places().words(&pages.source, from..to.max(from)),
            _ => Vec::new(),
        };
        json!({ "pieces": pages.places().pieces(&pages.source, at.source, same(at.line)), "words": words })
    };
    Ok(Json(work(answer).await?).into_response())
}

async fn open(State(app): State<Arc<App>>, FromQuery(at): FromQuery<At>) -> Result<StatusCode, Refused> {
    let settings = &app.desk.settings;
    let Some(editor) = &settings.editor else {
        let hint = "Chạy lại lệnh với --editor, ví dụ --editor code.".to_owned();
        return Err(Refused(StatusCode::CONFLICT, "Chưa chọn trình soạn thảo.".into(), Some(hint)));
    };
    let (desk, unit) = (Arc::clone(&app.desk), at.unit.clone());
    let source = work(move || desk.newest_source(unit.as_deref())).await?.ok_or_else(gone)?;
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
    State(app): State<Arc<App>>,
    FromPath((revision, format)): FromPath<(String, String)>,
    FromQuery(query): FromQuery<Unit>,
) -> Result<Response, Refused> {
    let revision = revision.parse().map_err(|_| not_found())?;
    let pages = app.pages(revision, query.unit.as_deref()).await?;
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
