//! `vanthu preview` and those who have no business with it.

use crate::desk::Desk;
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

/// Connections that never say what they want.
fn silent(preview: &Preview, count: usize) -> Vec<std::net::TcpStream> {
    use std::io::Write;
    let connect = |_| {
        let mut stream = std::net::TcpStream::connect(("127.0.0.1", preview.port)).ok()?;
        stream.write_all(b"GET / HTTP/1.1\r\n").ok()?;
        Some(stream)
    };
    (0..count).filter_map(connect).collect()
}

#[test]
fn connections_that_say_nothing_keep_nobody_out() {
    let desk = desk();
    let preview = Preview::start(&desk.path(""), &["ke-hoach.yaml"]);
    let mut events = preview.events("");
    events.next();
    let strangers = silent(&preview, 300);
    assert!(strangers.len() >= 200, "{}", strangers.len());
    for _ in 0..3 {
        assert_eq!(preview.get("").status, 200);
    }
    // Who knew the token is not shown out for them.
    desk.put("ke-hoach.yaml", crate::support::complete("trich_yeu: tập huấn lần hai\n"));
    events.next();
}

#[cfg(target_os = "linux")]
#[test]
fn few_files_are_enough() {
    let desk = desk();
    let program = format!("ulimit -n 256; exec '{}' \"$@\"", env!("CARGO_BIN_EXE_vanthu"));
    let preview = Preview::start_with(
        std::process::Command::new("sh").args(["-c", &program, "sh"]),
        &desk.path(""),
        &["--no-open", "ke-hoach.yaml"],
    );
    let strangers = silent(&preview, 400);
    assert!(strangers.len() >= 200, "{}", strangers.len());
    assert_eq!(preview.get("").status, 200);
    preview.events("").next();
}

/// What is started as the browser sees no secret in its arguments, and finds the page.
#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_started_without_the_token() {
    use std::os::unix::fs::PermissionsExt;
    let desk = desk();
    let (bin, seen) = (desk.path("bin"), desk.path("da-thay"));
    std::fs::create_dir(&bin).unwrap();
    // What stands for the desktop's opener notes what it was given.
    let script = format!(
        "#!/bin/sh\nPATH=/usr/bin:/bin\nprintf '%s' \"$1\" > '{0}.tam' && mv '{0}.tam' '{0}'\n",
        seen.display()
    );
    std::fs::write(bin.join("xdg-open"), script).unwrap();
    std::fs::set_permissions(bin.join("xdg-open"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_vanthu"));
    command.env("PATH", &bin).env("DISPLAY", ":0").env_remove("BROWSER");
    let mut preview = Preview::start_with(&mut command, &desk.path(""), &["ke-hoach.yaml"]);
    let shown = (0..200).find_map(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        std::fs::read_to_string(&seen).ok()
    });
    let shown = shown.expect("the browser was started");
    assert!(!shown.contains(&preview.token) && !shown.contains("http"), "{shown}");
    let page = std::fs::read_to_string(&shown).unwrap();
    assert!(page.contains(&format!("http://127.0.0.1:{}/{}/", preview.port, preview.token)), "{page}");
    assert_eq!(preview.interrupt(), Some(0));
    assert!(!std::path::Path::new(&shown).exists(), "nothing stays behind");
}
