//! What requests ask and what they are answered, whatever the address.

use crate::diagnostic::Diagnostic;
use crate::guarded::guarded;
use axum::Json;
use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use std::sync::Arc;

/// A request that is not answered: status, what is wrong, what to do.
pub struct Refused(pub StatusCode, pub String, pub Option<String>);

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

/// There are newer pages.
pub fn gone() -> Refused {
    Refused(StatusCode::GONE, "Đã có bản mới hơn.".into(), None)
}

/// There is no such thing.
pub fn not_found() -> Refused {
    Refused(StatusCode::NOT_FOUND, "Không có phần này.".into(), None)
}

/// Work that takes time, on a thread of its own. A panic is an answer.
pub async fn work<T: Send + 'static>(body: impl FnOnce() -> T + Send + 'static) -> Result<T, Refused> {
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
pub fn lasting(media: &'static str, bytes: &Arc<Vec<u8>>) -> Response {
    let headers = [(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, "private, max-age=86400, immutable")];
    (headers, bytes.as_ref().clone()).into_response()
}

/// The query of a request; a wrong one is refused in our words.
pub struct FromQuery<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for FromQuery<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refused> {
        let wrong = |_| Refused(StatusCode::BAD_REQUEST, "Yêu cầu này viết sai.".into(), None);
        Query::try_from_uri(&parts.uri).map(|Query(query)| FromQuery(query)).map_err(wrong)
    }
}

/// What stands in the path of a request; a path that is no text is nowhere.
pub struct FromPath<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for FromPath<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        Path::from_request_parts(parts, state).await.map(|Path(path)| FromPath(path)).map_err(|_| not_found())
    }
}

/// A revision of a unit, and a place in it.
#[derive(Deserialize)]
pub struct At {
    /// The snapshot.
    pub revision: u64,
    /// The unit.
    pub unit: Option<String>,
    /// Page, from 0.
    #[serde(default)]
    pub page: usize,
    /// Piece of the page, from 0.
    #[serde(default)]
    pub piece: usize,
    /// Offset in the piece, in UTF-16 units.
    #[serde(default)]
    pub offset: usize,
    /// File of the source, from 0.
    #[serde(default)]
    pub source: usize,
    /// Line of it, from 1.
    #[serde(default)]
    pub line: usize,
    /// Column, from 1.
    #[serde(default)]
    pub column: usize,
    /// Line of its end.
    #[serde(default)]
    pub end_line: usize,
    /// Column of its end, excluded.
    #[serde(default)]
    pub end_column: usize,
}
