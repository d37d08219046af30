//! `vanthu preview` and those who have no business with it.

use crate::batch::Desk;
use crate::preview::Preview;

fn desk() -> Desk {
    Desk::new("", "bi-mat.csv", "ten\nA\n")
}

#[test]
fn strangers_are_refused() {
    let desk = desk();
    let preview = Preview::start(&desk.path(""), &["ke-hoach.yaml"]);
    let (host, token) = (preview.host(), preview.token.clone());
    let here = format!("http://{host}");
    let page = format!("/{token}/");
    let right = preview.ask("GET", &page, &[("Host", &host)]);
    assert_eq!(right.status, 200);
    for header in [
        "content-security-policy: default-src 'none'",
        "x-content-type-options: nosniff",
        "referrer-policy: no-referrer",
        "cache-control: no-store",
        "x-frame-options: DENY",
    ] {
        assert!(right.head.contains(header), "{}", right.head);
    }
    let wrong_token = format!("/{}/", "0".repeat(token.len()));
    let open = format!("/{token}/open?revision=1&line=1&source=0&column=1");
    let strangers: &[(&str, &str, &[(&str, &str)])] = &[
        ("GET", &page, &[("Host", "van-thu.example")]),
        ("GET", &page, &[("Host", &format!("van-thu.example:{}", preview.port))]),
        ("GET", &page, &[("Host", &format!("127.0.0.1.van-thu.example:{}", preview.port))]),
        ("GET", &page, &[("Host", &host), ("Origin", "https://van-thu.example")]),
        ("GET", &page, &[("Host", &host), ("Origin", "null")]),
        ("GET", &page, &[("Host", &host), ("Sec-Fetch-Site", "cross-site")]),
        ("GET", &wrong_token, &[("Host", &host)]),
        ("GET", "/", &[("Host", &host)]),
        ("GET", "/favicon.ico", &[("Host", &host)]),
        ("POST", &open, &[("Host", &host)]),
        ("POST", &open, &[("Host", &host), ("Origin", "https://van-thu.example")]),
    ];
    for (method, path, headers) in strangers {
        let answer = preview.ask(method, path, headers);
        assert_eq!(answer.status, 403, "{method} {path} {headers:?}");
        assert!(!String::from_utf8_lossy(&answer.body).contains(&token));
        assert!(answer.json()["message"].as_str().unwrap().ends_with('.'));
    }
    assert_eq!(preview.ask("POST", &open, &[("Host", &host), ("Origin", &here)]).status, 409, "no editor was chosen");
    // A host is asked for even in the oldest form of a request.
    assert!(
        !String::from_utf8_lossy(&preview.raw(format!("GET {page} HTTP/1.0\r\n\r\n").as_bytes())).contains("200 OK")
    );
}

#[test]
fn no_other_file_can_be_reached() {
    let desk = desk();
    let preview = Preview::start(&desk.path(""), &["ke-hoach.yaml"]);
    preview.events("").next();
    for path in [
        "../bi-mat.csv",
        "bi-mat.csv",
        "page/../../bi-mat.csv",
        "page/..%2F..%2Fbi-mat.csv",
        "source/..%2Fbi-mat.csv.json",
        "page/%00.svg",
        "word/../../../etc/passwd",
        "font/-1",
        "font/9",
        "font/99999999999999999999",
        "export/1/exe",
        "export/-1/pdf",
        "export/1/..%2Fpdf",
        "place",
        "place?revision=1&page=18446744073709551615&piece=18446744073709551615&offset=18446744073709551615",
        "line?revision=1&source=18446744073709551615&line=18446744073709551615",
        "units/x.json",
        "word?revision=77",
    ] {
        let answer = preview.get(path);
        let body = String::from_utf8_lossy(&answer.body);
        assert!(!body.contains("root:") && !body.starts_with("ten\n"), "{path}");
        let empty = path.starts_with("place?") || path.starts_with("line?");
        assert!(
            answer.status >= 400 && answer.status < 500 || empty && answer.status == 200,
            "{path}: {} {body}",
            answer.status
        );
    }
}

#[test]
fn nonsense_does_not_stop_it() {
    let desk = desk();
    let mut preview = Preview::start(&desk.path(""), &["ke-hoach.yaml"]);
    preview.events("").next();
    let mut seed = 88_172_645_463_325_252_u64;
    for round in 0..120 {
        let mut bytes = format!("GET /{}/", preview.token).into_bytes();
        for _ in 0..(round % 60) * 5 {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            bytes.push(seed as u8);
        }
        bytes.extend(b"\r\n\r\n");
        let stream = std::net::TcpStream::connect(preview.host());
        let _ = stream.and_then(|mut s| std::io::Write::write_all(&mut s, &bytes));
    }
    assert!(preview.is_alive());
    assert_eq!(preview.get("").status, 200);
}
