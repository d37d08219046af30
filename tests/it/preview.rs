//! `vanthu preview`: what the page is told when files change, and where a word comes from. What people see in the browser is
//! tested in tests/preview.

use crate::desk::{Desk, PLAN, list};
use crate::support::{complete, plans};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running preview.
pub struct Preview {
    child: Child,
    pub port: u16,
    pub token: String,
}

/// An answer: status, head, body.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&self.body)))
    }
}

/// The stream of states.
pub struct Events(BufReader<TcpStream>);

const PATIENCE: Duration = Duration::from_secs(20);

impl Preview {
    pub fn start(folder: &Path, arguments: &[&str]) -> Self {
        let program = &mut Command::new(env!("CARGO_BIN_EXE_vanthu"));
        Preview::start_with(program, folder, &[&["--no-open"], arguments].concat())
    }

    pub fn start_with(program: &mut Command, folder: &Path, arguments: &[&str]) -> Self {
        let mut child = program
            .current_dir(folder)
            .args([&["preview", "-q"], arguments].concat())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let rest = address.trim().strip_prefix("http://127.0.0.1:").unwrap_or_else(|| panic!("{address:?}"));
        let (port, token) = rest.split_once('/').unwrap();
        Preview { child, port: port.parse().unwrap(), token: token.trim_end_matches('/').to_owned() }
    }

    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Sends bytes as they are and reads to the end.
    pub fn raw(&self, request: &[u8]) -> Vec<u8> {
        let mut stream = TcpStream::connect(self.host()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let _ = stream.write_all(request);
        let mut out = Vec::new();
        let _ = stream.read_to_end(&mut out);
        out
    }

    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut text = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        for (name, value) in headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        let answer = self.raw((text + "\r\n").as_bytes());
        let at = answer.windows(4).position(|w| w == b"\r\n\r\n").unwrap_or(answer.len());
        let head = String::from_utf8_lossy(&answer[..at]).into_owned();
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
        Answer { status, head, body: answer.get(at + 4..).unwrap_or_default().to_vec() }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", &format!("/{}/{path}", self.token), &[("Host", &self.host())])
    }

    pub fn events(&self, query: &str) -> Events {
        let mut stream = TcpStream::connect(self.host()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let request = format!("GET /{}/events{query} HTTP/1.1\r\nHost: {}\r\n\r\n", self.token, self.host());
        stream.write_all(request.as_bytes()).unwrap();
        Events(BufReader::new(stream))
    }

    /// Stops it as Ctrl-C does; gives its exit code.
    #[cfg(unix)]
    pub fn interrupt(&mut self) -> Option<i32> {
        Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        None
    }

    pub fn is_alive(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Events {
    /// The next state.
    pub fn next(&mut self) -> Value {
        let mut line = String::new();
        loop {
            line.clear();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the stream ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data.trim()).unwrap();
            }
        }
    }

    /// The first state for which this holds.
    pub fn until(&mut self, holds: impl Fn(&Value) -> bool) -> Value {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            let state = self.next();
            if holds(&state) {
                return state;
            }
        }
        panic!("no such state came");
    }
}

pub fn ids(state: &Value) -> Vec<String> {
    state["pages"].as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap().to_owned()).collect()
}

pub fn failed(state: &Value) -> bool {
    state["failed"] == true
}

/// All text of a page.
pub fn text(preview: &Preview, id: &str) -> String {
    let page = preview.get(&format!("page/{id}.json")).json();
    let pieces = page["paragraphs"].as_array().unwrap().iter().flat_map(|p| p["lines"].as_array().unwrap());
    let pieces = pieces.flat_map(|l| l["pieces"].as_array().unwrap());
    pieces.map(|p| p["text"].as_str().unwrap()).collect::<Vec<_>>().join(" ")
}

/// A plan of some pages whose parts can be told apart.
fn long_plan(word: &str) -> String {
    let mut out = String::from("noi_dung: |\n  I. MỤC ĐÍCH\n\n");
    for i in 1..=60 {
        let end = if i == 50 { word } else { "hằng năm" };
        out.push_str(&format!(
            "  {i}. Rà soát, cập nhật hồ sơ và danh mục tài liệu lưu trữ của các phòng, ban theo quy định {end}.\n\n"
        ));
    }
    complete(&out)
}

#[test]
fn only_changed_pages_are_new_and_files_are_those_of_render() {
    let desk = Desk::new("", "dv.csv", "ten\nA\n");
    desk.put("ke-hoach.yaml", long_plan("một"));
    let preview = Preview::start(&desk.path(""), &["ke-hoach.yaml"]);
    let mut events = preview.events("");
    let first = events.next();
    assert_eq!((first["revision"].as_u64(), first["shown"].as_u64(), failed(&first)), (Some(1), Some(1), false));
    assert!(ids(&first).len() >= 3);
    desk.put("ke-hoach.yaml", long_plan("hai"));
    let second = events.until(|s| s["revision"] == 2);
    let (old, new) = (ids(&first), ids(&second));
    let changed: Vec<usize> = (0..new.len()).filter(|i| old.get(*i) != new.get(*i)).collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert!(text(&preview, &new[changed[0]]).contains("theo quy định hai"));
    let svg = preview.get(&format!("page/{}.svg", new[0]));
    assert!(svg.head.contains("image/svg+xml") && svg.body.starts_with(b"<svg"));
    assert!(desk.run(&["render", "ke-hoach.yaml", "-o", "x.pdf", "-o", "x.docx"]).status.success());
    for format in ["pdf", "docx"] {
        let file = preview.get(&format!("export/2/{format}"));
        assert_eq!(file.status, 200);
        assert!(file.head.contains(&format!("attachment; filename=\"ke-hoach.{format}\"")), "{}", file.head);
        assert!(file.body == std::fs::read(desk.path(&format!("x.{format}"))).unwrap(), "{format} differs");
    }
    // The pages of the revision before are still there: a browser may be loading them.
    assert_eq!(preview.get("export/1/pdf").status, 200);
    assert_eq!(preview.get("export/99/pdf").status, 410);
}

#[test]
fn an_error_keeps_the_last_good_pages() {
    let desk = Desk::new("", "dv.csv", "ten\nA\n");
    let good = complete("");
    let preview = Preview::start(&desk.path(""), &["ke-hoach.yaml"]);
    let mut events = preview.events("");
    let first = events.next();
    desk.put("ke-hoach.yaml", good.replace("ho_ten:", "ho_tenn:"));
    let broken = events.until(failed);
    assert_eq!((broken["shown"].as_u64(), ids(&broken)), (Some(1), ids(&first)));
    let problem = &broken["problems"][0];
    let line = 1 + good.lines().position(|l| l.contains("ho_ten")).unwrap();
    assert_eq!((problem["severity"].as_str(), problem["line"].as_u64()), (Some("error"), Some(line as u64)));
    assert_eq!(problem["source"].as_u64(), Some(0));
    assert!(problem["end_column"].as_u64() > problem["column"].as_u64());
    // The line of a word on the old pages is told as it is in the file of now.
    desk.put("ke-hoach.yaml", format!("# thêm một dòng\n{}", good.replace("ho_ten:", "ho_tenn:")));
    let moved = events.until(|s| s["revision"].as_u64() > broken["revision"].as_u64());
    assert!(failed(&moved));
    let line_of = |piece: usize| preview.get(&format!("place?revision=1&page=0&piece={piece}")).json()["line"].as_u64();
    let minister = (0..40).filter_map(line_of).max().unwrap();
    assert!(minister > line as u64, "{minister}");
    desk.put("ke-hoach.yaml", &good);
    let again = events.until(|s| !failed(s));
    assert_eq!(ids(&again), ids(&first));
    // A file that is no text at all, then none, then good again.
    desk.put("ke-hoach.yaml", [0xFF, 0xFE, 0x00, 0xD8]);
    assert!(failed(&events.until(failed)));
    std::fs::remove_file(desk.path("ke-hoach.yaml")).unwrap();
    events.until(|s| failed(s) && s["problems"][0]["code"] == "khong-co-tep");
    desk.put("ke-hoach.yaml", &good);
    assert_eq!(ids(&events.until(|s| !failed(s))), ids(&first));
}

#[test]
fn a_plan_that_was_never_good_has_no_pages() {
    let desk = Desk::new("noi_nhan: [\n", "dv.csv", "ten\nA\n");
    let preview = Preview::start(&desk.path(""), &["ke-hoach.yaml"]);
    let state = preview.events("").next();
    assert!(failed(&state) && state["shown"].is_null() && ids(&state).is_empty());
    assert!(!state["problems"].as_array().unwrap().is_empty());
    let source = preview.get(&format!("source/{}.json", state["source"].as_str().unwrap())).json();
    assert!(source["files"][0]["text"].as_str().unwrap().starts_with("noi_nhan: ["));
}

#[test]
fn everything_that_the_plan_reads_is_watched() {
    let plan = "noi_dung: |\n  I. MỤC ĐÍCH\n\n  Nâng cao.\nphu_luc:\n  - tieu_de: chỉ tiêu\n    noi_dung:\n      - bang:\n          cot: [TT, Chỉ tiêu]\n          tu_tep: so/chi-tieu.csv\n";
    let desk = Desk::new(plan, "dv.csv", list(2));
    desk.put("so/chi-tieu.csv", "TT,Chỉ tiêu\n1,Số hóa hồ sơ\n");
    assert_eq!(desk.run(&["new", "--mau", "mau"]).status.code(), Some(0));
    let preview = Preview::start(&desk.path(""), &["ke-hoach.yaml", "--mau", "mau"]);
    let mut events = preview.events("");
    let all = |state: &Value| ids(state).iter().map(|id| text(&preview, id)).collect::<String>();
    let first = events.next();
    assert!(!failed(&first), "{first}");
    assert!(all(&first).contains("Số hóa hồ sơ"));
    // A table, by the way of editors that write another file and rename it.
    desk.put("so/moi.csv", "TT,Chỉ tiêu\n1,Chữ ký số\n");
    std::fs::rename(desk.path("so/moi.csv"), desk.path("so/chi-tieu.csv")).unwrap();
    assert!(all(&events.until(|s| s["revision"] != first["revision"])).contains("Chữ ký số"));
    // Gone, and there again.
    std::fs::remove_file(desk.path("so/chi-tieu.csv")).unwrap();
    assert_eq!(events.until(failed)["problems"][0]["code"], "so-lieu-sai");
    desk.put("so/chi-tieu.csv", "TT,Chỉ tiêu\n1,Kho số\n");
    let back = events.until(|s| !failed(s));
    assert!(all(&back).contains("Kho số"));
    // Its whole folder is another one under the old name.
    desk.put("khac/chi-tieu.csv", "TT,Chỉ tiêu\n1,Mạng nội bộ\n");
    std::fs::rename(desk.path("so"), desk.path("cu")).unwrap();
    std::fs::rename(desk.path("khac"), desk.path("so")).unwrap();
    let other = events.until(|s| !failed(s) && s["revision"] != back["revision"]);
    assert!(all(&other).contains("Mạng nội bộ"));
    // The template.
    let template = std::fs::read_to_string(desk.path("mau/van-ban.typ")).unwrap();
    desk.put("mau/van-ban.typ", "#khong-co-ham-nay()\n");
    assert_eq!(events.until(failed)["problems"][0]["code"], "mau-typst-loi");
    desk.put("mau/van-ban.typ", template);
    assert_eq!(ids(&events.until(|s| !failed(s))), ids(&other));
}

/// What the pages do not show is told as well: the files are written and proven when nothing changes for a while.
#[test]
fn a_file_that_would_lose_words_is_told() {
    let desk = Desk::new("", "dv.csv", "ten\nA\n");
    assert_eq!(desk.run(&["new", "--mau", "mau"]).status.code(), Some(0));
    let template = std::fs::read_to_string(desk.path("mau/van-ban.typ")).unwrap();
    let lost =
        template.replace("let chu = cac-mach(p.mach, p.thu_tu)", "let chu = cac-mach(p.mach.slice(0, 1), p.thu_tu)");
    assert_ne!(template, lost);
    desk.put("mau/van-ban.typ", lost);
    let preview = Preview::start(&desk.path(""), &["ke-hoach.yaml", "--mau", "mau"]);
    let state = preview.events("").until(|s| s["problems"][0]["code"] == "mat-chu");
    assert!(!failed(&state) && state["problems"][0]["severity"] == "error");
    let answer = preview.get("export/1/pdf");
    assert_eq!(answer.status, 409);
    assert!(answer.json()["message"].as_str().unwrap().contains("khác"), "{}", answer.json());
}

#[test]
fn each_unit_has_its_document_and_its_problems() {
    let rows = list(3) + "004,,Nơi 4\n005,Xã số 1,Nơi 5\n";
    let desk = Desk::new(PLAN, "dv.csv", &rows);
    let preview = Preview::start(&desk.path(""), &["ke-hoach.yaml", "--units", "dv.csv"]);
    let first = preview.events("").next();
    let roll = preview.get(&format!("units/{}.json", first["units"].as_str().unwrap())).json();
    let keys: Vec<&str> = roll["units"].as_array().unwrap().iter().map(|u| u["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["Xã số 1 (dòng 2)", "Xã số 2", "Xã số 3", " (dòng 5)", "Xã số 1 (dòng 6)"]);
    let mut second = preview.events("?unit=X%C3%A3%20s%E1%BB%91%202");
    let state = second.next();
    assert_eq!(state["unit"], "Xã số 2");
    assert!(!failed(&state), "{state}");
    assert!(text(&preview, &ids(&state)[0]).contains("của Xã số 2 trước"));
    let file = preview.get("export/1/pdf?unit=X%C3%A3%20s%E1%BB%91%202");
    assert!(file.head.contains("filename=\"xa-so-2.pdf\""), "{}", file.head);
    desk.batch("dv.csv", &["--formats", "pdf", "--only", "stt == \"002\""]);
    assert!(file.body == std::fs::read(desk.path("kq/xa-so-2.pdf")).unwrap(), "not what batch writes");
    // What batch says of a row stands here too.
    let empty = preview.events("?unit=%20(d%C3%B2ng%205)").next();
    assert!(failed(&empty));
    assert_eq!(
        (empty["problems"][0]["line"].as_u64(), empty["problems"][0]["file"].as_str()),
        (Some(5), Some("dv.csv"))
    );
    // A unit that is no longer there gives the first one.
    desk.put("dv.csv", list(1));
    let left = second.until(|s| s["units"] != first["units"]);
    assert_eq!(left["unit"], "Xã số 1");
}

#[test]
fn an_override_of_a_unit_is_shown_and_watched() {
    let desk = Desk::new(PLAN, "dv.csv", "don_vi.ten,don_vi.dia_danh,ghi_de\nXã A,Nơi A,ghi-de/a.yaml\n");
    desk.put("ghi-de/a.yaml", "trich_yeu: việc riêng của xã\n");
    let preview = Preview::start(&desk.path(""), &["ke-hoach.yaml", "--units", "dv.csv"]);
    let mut events = preview.events("");
    let first = events.next();
    assert!(text(&preview, &ids(&first)[0]).contains("Việc riêng của xã"), "{first}");
    let source = preview.get(&format!("source/{}.json", first["source"].as_str().unwrap())).json();
    assert_eq!(source["files"][1]["name"], "ghi-de/a.yaml");
    desk.put("ghi-de/a.yaml", "trich_yeu: việc khác của xã\n");
    let second = events.until(|s| s["revision"] != first["revision"]);
    assert!(text(&preview, &ids(&second)[0]).contains("Việc khác của xã"));
    let pieces: Vec<Value> =
        (0..20).map(|i| preview.get(&format!("place?revision=2&unit=X%C3%A3%20A&page=0&piece={i}")).json()).collect();
    assert!(pieces.iter().any(|p| p["source"] == 1 && p["line"] == 1 && p["file"] == "ghi-de/a.yaml"), "{pieces:?}");
}

/// Every word of the pages leads to a line that holds it, and back. Words that the program sets (numbers, values of variables,
/// dates) need not stand in the text.
#[test]
fn words_lead_to_their_lines() {
    const FIXED: &[&str] = &[
        "Chức vụ:",
        "Được",
        "Về việc",
        "Giấy này",
        "Đề nghị Quý",
        "Xét Đơn",
        "Số ngày nghỉ",
        "Chủ trì",
        "Thời gian",
        "Địa điểm:",
        "Tới dự",
        "Xác nhận",
        "Thư ký (",
        "Cuộc họp kết",
        "Thành phần",
        "Nội dung:",
    ];
    for path in plans() {
        let preview = Preview::start(path.parent().unwrap(), &[path.file_name().unwrap().to_str().unwrap()]);
        let state = preview.events("").next();
        let source = preview.get(&format!("source/{}.json", state["source"].as_str().unwrap())).json();
        // A text that is issued with another may stand in a file of its own.
        let lines_of = |file: &serde_json::Value| -> Vec<String> {
            file["text"].as_str().unwrap().lines().map(|l| l.to_lowercase()).collect()
        };
        let files: Vec<Vec<String>> = source["files"].as_array().unwrap().iter().map(lines_of).collect();
        let (mut right, mut wrong) = (0, Vec::new());
        for (number, id) in ids(&state).iter().enumerate().take(3) {
            let page = preview.get(&format!("page/{id}.json")).json();
            let found = page["paragraphs"].as_array().unwrap().iter().flat_map(|p| p["lines"].as_array().unwrap());
            for piece in found.flat_map(|l| l["pieces"].as_array().unwrap()) {
                let (index, text) = (piece["i"].as_u64().unwrap(), piece["text"].as_str().unwrap());
                // What the form says stands in no line.
                if FIXED.iter().any(|label| text.starts_with(label)) || text.ends_with("cấp cho:") {
                    continue;
                }
                let words: Vec<&str> =
                    text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 3).collect();
                // What the decree adds stands in no line.
                let added = ["Phần", "Chương", "Mục", "Điều", "Phụ", "ngày", "tháng"];
                let labels = ["Điện", "thoại", "thuế", "khoản", "diện"];
                let of_a_label =
                    |w: &str| labels.contains(&w) && text.split_once(": ").is_some_and(|(l, _)| l.contains(w));
                let Some(word) = words.iter().find(|w| !of_a_label(w)).filter(|w| !added.contains(*w)) else {
                    continue;
                };
                let at = text[..text.find(word).unwrap()].encode_utf16().count();
                let place = preview.get(&format!("place?revision=1&page={number}&piece={index}&offset={at}")).json();
                let Some(line) = place["line"].as_u64() else {
                    // Only what the program adds has no line, and that is set in capitals or not typed at all.
                    let mut lines = files.iter().flatten();
                    let typed = text.to_uppercase() != text && lines.any(|l| l.contains(&text.trim().to_lowercase()));
                    wrong.extend(typed.then(|| format!("{text} → nowhere")));
                    continue;
                };
                let file = place["source"].as_u64().unwrap() as usize;
                let typed = &files[file][line as usize - 1];
                if typed.contains("{{") {
                    // The value of a variable leads to its tag.
                    right += 1;
                } else if typed.contains(&word.to_lowercase()) {
                    right += 1;
                    let back = preview.get(&format!("line?revision=1&source={file}&line={line}")).json();
                    let here = serde_json::json!([number, index]);
                    assert!(
                        back["pieces"].as_array().unwrap().contains(&here),
                        "{}: line {line}, {word}",
                        path.display()
                    );
                } else {
                    wrong.push(format!("{word} → {line}"));
                }
            }
        }
        assert!(right > 10, "{}: only {right} words found", path.display());
        assert!(wrong.len() * 20 <= right, "{}: {} wrong of {right}: {wrong:?}", path.display(), wrong.len());
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_cleanly() {
    let desk = Desk::new("", "dv.csv", "ten\nA\n");
    let mut preview = Preview::start(&desk.path(""), &["ke-hoach.yaml"]);
    let mut events = preview.events("");
    events.next();
    assert_eq!(preview.interrupt(), Some(0));
}

#[test]
fn what_cannot_be_previewed_is_said() {
    let desk = Desk::new("", "dv.csv", "ten\nA\n");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let said = |arguments: &[&str]| {
        let output = desk.run(&[&["preview", "--no-open", "--format", "concise"], arguments].concat());
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(said(&["ke-hoach.yaml", "--port", &port]).starts_with("lỗi[cong-ban]: Không mở được cổng"));
    assert!(said(&["khong-co.yaml"]).starts_with("lỗi[khong-co-tep]"));
    assert!(said(&["-"]).starts_with("lỗi[tham-so-sai]"));
    assert!(said(&["."]).starts_with("lỗi[la-thu-muc]"));
    assert!(said(&["ke-hoach.yaml", "--units", "khong-co.csv"]).starts_with("lỗi[danh-sach-sai]"));
    assert!(said(&["ke-hoach.yaml", "--editor", "code '"]).starts_with("lỗi[tham-so-sai]"));
    assert!(said(&["ke-hoach.yaml", "--port", "70000"]).starts_with("lỗi[tham-so-sai]"));
}

#[cfg(unix)]
#[test]
fn the_editor_is_opened_at_the_line_without_a_shell() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new("", "dv.csv", "ten\nA\n");
    let name = "kế hoạch $(touch hong) ;'.yaml";
    desk.put(name, complete(""));
    desk.put("sua", "#!/bin/sh\nfor a in \"$@\"; do echo \"[$a]\"; done > goi.txt\n");
    let program = desk.path("sua");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let editor = format!("{} --at {{dong}}:{{cot}}", program.display());
    let preview = Preview::start(&desk.path(""), &[name, "--editor", &editor]);
    assert_eq!(preview.events("").next()["editor"], true);
    let origin = format!("http://{}", preview.host());
    let path = format!("/{}/open?revision=1&source=0&line=3&column=5", preview.token);
    let answer = preview.ask("POST", &path, &[("Host", &preview.host()), ("Origin", &origin)]);
    assert_eq!(answer.status, 204, "{}", String::from_utf8_lossy(&answer.body));
    let told = std::fs::read_to_string(desk.path("goi.txt")).unwrap();
    assert_eq!(told, format!("[--at]\n[3:5]\n[./{name}]\n"));
    assert!(!desk.path("hong").exists());
    let wrong = format!("/{}/open?revision=1&source=7&line=3&column=5", preview.token);
    assert_eq!(preview.ask("POST", &wrong, &[("Host", &preview.host()), ("Origin", &origin)]).status, 404);
}

/// The memory of a process in kB.
#[cfg(target_os = "linux")]
fn memory(id: u32) -> u64 {
    let status = std::fs::read_to_string(PathBuf::from(format!("/proc/{id}/status"))).unwrap();
    let line = status.lines().find(|l| l.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Saves after a hundred saves take no memory; tests/preview has the long run.
#[cfg(target_os = "linux")]
#[test]
fn saves_leave_memory_flat() {
    let desk = Desk::new("", "dv.csv", "ten\nA\n");
    let preview = Preview::start(&desk.path(""), &["ke-hoach.yaml"]);
    let mut events = preview.events("");
    events.next();
    let save = |events: &mut Events, i: usize| {
        desk.put("ke-hoach.yaml", complete(&format!("trich_yeu: lần lưu thứ {i} của kế hoạch\n")));
        let state = events.until(|s| s["title"].as_str().unwrap().contains(&format!("thứ {i} ")));
        preview.get(&format!("page/{}.svg", ids(&state)[0]));
    };
    // What the allocator keeps for its threads comes and goes, by 18 MB on a busy machine: a leak lifts the lowest value.
    let mut lowest = |saves: std::ops::Range<usize>| {
        let measured = saves.map(|i| {
            save(&mut events, i);
            memory(preview.child.id())
        });
        measured.min().unwrap()
    };
    lowest(0..50);
    let before = lowest(50..100);
    lowest(100..150);
    let after = lowest(150..200);
    assert!(after < before + before / 10 + 8_000, "{before} kB, then {after} kB");
}
