//! Who may ask: only pages of this very address. A site in another tab can send requests here (CSRF), or point a name of
//! its own at this machine (DNS rebinding); it cannot know the token, nor send our `Host` and `Origin`.

use super::door::Guest;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::sync::Arc;

/// What a request must know.
pub struct Gate {
    /// Random, in every address.
    pub token: String,
    /// Port of this server.
    pub port: u16,
}

/// Bytes of the token: more than anyone can guess.
const TOKEN_BYTES: usize = 18;

/// What the page may load: only what this server gives.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

impl Gate {
    /// A gate with a new token. The error is the system's, where it gives no random bytes.
    pub fn new(port: u16) -> Result<Self, String> {
        let mut bytes = [0; TOKEN_BYTES];
        getrandom::fill(&mut bytes).map_err(|e| e.to_string())?;
        Ok(Gate { token: crate::batch::record::hex(&bytes), port })
    }

    /// Whether a host or origin (without its scheme) is this server.
    fn is_here(&self, host: &str) -> bool {
        ["127.0.0.1", "localhost"].iter().any(|name| host == format!("{name}:{}", self.port))
    }

    /// Why a request is refused; none where it is not.
    fn refuses(&self, method: &Method, path: &str, headers: &HeaderMap) -> Option<&'static str> {
        let text = |name| headers.get(name).map(|v: &HeaderValue| v.to_str().unwrap_or("?"));
        if headers.get_all(header::HOST).iter().count() != 1
            || !text(header::HOST).is_some_and(|host| self.is_here(host))
        {
            return Some("Yêu cầu này không gọi đúng địa chỉ của bản xem trước.");
        }
        let origin = text(header::ORIGIN);
        if origin.is_some_and(|o| !o.strip_prefix("http://").is_some_and(|host| self.is_here(host))) {
            return Some("Yêu cầu này đến từ một trang khác.");
        }
        if *method != Method::GET && *method != Method::HEAD && origin.is_none() {
            return Some("Yêu cầu này không cho biết đến từ trang nào.");
        }
        // Sent by every browser of today, and by no script that could forge it.
        let fetch = |what| text(header::HeaderName::from_static(what));
        let elsewhere = fetch("sec-fetch-site").is_some_and(|s| !matches!(s, "same-origin" | "none"));
        let token = path.split('/').nth(1).unwrap_or("");
        // The address itself may be opened from our own file, a message or a terminal: the token in it says that it is ours.
        let opened = fetch("sec-fetch-mode") == Some("navigate")
            && fetch("sec-fetch-dest") == Some("document")
            && path.strip_prefix('/').and_then(|p| p.strip_prefix(token)).is_some_and(|rest| matches!(rest, "" | "/"));
        if elsewhere && !opened {
            return Some("Yêu cầu này đến từ một trang khác.");
        }
        if !same(token, &self.token) {
            return Some(
                "Địa chỉ này thiếu mã, hoặc mã của một lần chạy trước. Mở địa chỉ mà lệnh vanthu preview vừa in ra.",
            );
        }
        None
    }
}

/// Compares without telling by its time how much agrees.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

/// Lets a request through or not, and tells the browser to be strict with what it gets.
pub async fn guard(State(gate): State<Arc<Gate>>, request: Request, next: Next) -> Response {
    let why = gate.refuses(request.method(), request.uri().path(), request.headers());
    // A person reads a sentence, the page reads JSON.
    let read = request.headers().get(header::ACCEPT).is_some_and(|a| a.to_str().is_ok_and(|a| a.contains("text/html")));
    let mut response = match why {
        Some(why) if read => (StatusCode::FORBIDDEN, why).into_response(),
        Some(why) => (StatusCode::FORBIDDEN, axum::Json(json!({ "message": why, "hint": null }))).into_response(),
        None => {
            if let Some(guest) = request.extensions().get::<Guest>() {
                guest.is_known();
            }
            next.run(request).await
        }
    };
    let headers = response.headers_mut();
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_this_address_may_ask() {
        let gate = Gate { token: "abc".to_owned(), port: 4000 };
        let ask = |method: Method, path: &str, pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, HeaderValue::from_static(value));
            }
            gate.refuses(&method, path, &headers).is_none()
        };
        let host = ("host", "127.0.0.1:4000");
        assert!(ask(Method::GET, "/abc/", &[host]));
        assert!(ask(Method::GET, "/abc/events", &[("host", "localhost:4000"), ("origin", "http://localhost:4000")]));
        assert!(ask(Method::POST, "/abc/open", &[host, ("origin", "http://127.0.0.1:4000")]));
        assert!(ask(Method::GET, "/abc/", &[host, ("sec-fetch-site", "none")]));
        let link =
            [host, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
        assert!(ask(Method::GET, "/abc/", &link) && !ask(Method::GET, "/abc/export/1/pdf", &link));
        assert!(!ask(Method::GET, "/abd/", &link));
        for (method, path, headers) in [
            (Method::GET, "/abc/", vec![]),
            (Method::GET, "/abc/", vec![("host", "evil.example:4000")]),
            (Method::GET, "/abc/", vec![("host", "127.0.0.1")]),
            (Method::GET, "/abc/", vec![("host", "127.0.0.1:4001")]),
            (Method::GET, "/abd/", vec![host]),
            (Method::GET, "/", vec![host]),
            (Method::GET, "//abc/", vec![host]),
            (Method::GET, "/abc/", vec![host, ("origin", "https://evil.example")]),
            (Method::GET, "/abc/", vec![host, ("origin", "null")]),
            (Method::GET, "/abc/", vec![host, ("origin", "http://127.0.0.1:4000.evil.example")]),
            (Method::GET, "/abc/", vec![host, ("sec-fetch-site", "cross-site")]),
            (
                Method::GET,
                "/abc/",
                vec![
                    host,
                    ("sec-fetch-site", "same-site"),
                    ("sec-fetch-mode", "navigate"),
                    ("sec-fetch-dest", "iframe"),
                ],
            ),
            (Method::POST, "/abc/open", vec![host]),
        ] {
            assert!(!ask(method.clone(), path, &headers), "{method} {path} {headers:?}");
        }
    }
}
