//! A Word file or a text that is dropped on the page: the plan that it would become. Nothing is written: the browser keeps
//! the plan where its user wants it.

use super::answers::{FromQuery, Refused, work};
use crate::import::recognise::OWN;
use crate::pipeline::import::{self, Imported};
use axum::Json;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, post};
use serde::Deserialize;
use serde_json::json;
use std::path::Path;

#[derive(Deserialize)]
struct Named {
    name: String,
}

/// The route, with room for a large file.
pub fn route<S: Clone + Send + Sync + 'static>() -> MethodRouter<S> {
    post(imported).layer(DefaultBodyLimit::max(usize::try_from(import::MOST_BYTES).unwrap_or(usize::MAX)))
}

async fn imported(FromQuery(query): FromQuery<Named>, body: Bytes) -> Result<Response, Refused> {
    let name =
        Path::new(&query.name).file_name().map_or_else(|| "tep".to_owned(), |n| n.to_string_lossy().into_owned());
    let done = work(move || import::import(&name, &body, true).map(|made| (name, made))).await?;
    let (name, made) = done.map_err(|mut told| match told.pop() {
        Some(problem) => Refused::from(problem),
        None => Refused(StatusCode::CONFLICT, "Không nhập được tệp này.".into(), None),
    })?;
    let Imported { plan, stream, recognised, errors, signs, added } = made;
    let gone = stream.left_out.iter().chain(&recognised.left_out).filter(|l| l.reason != OWN);
    let answer = json!({
        "name": Path::new(&name).with_extension("yaml").to_string_lossy(),
        "plan": plan,
        "errors": errors,
        "pictures": stream.pictures.len(),
        "unsure": recognised.found.unsure.iter().map(|(_, why)| why).collect::<Vec<_>>(),
        "signs": signs.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "added": added,
        "leftOut": gone.map(|l| format!("{} ({})", l.words, l.reason)).collect::<Vec<_>>(),
    });
    Ok(Json(answer).into_response())
}
