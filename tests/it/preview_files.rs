//! `vanthu preview` and files that change in awkward ways: read for another unit, read twice, not files at all.

use crate::desk::{Desk, PLAN, list};
use crate::preview::{Events, Preview, failed, ids, text};
use crate::support::complete;
use serde_json::Value;

fn all(preview: &Preview, state: &Value) -> String {
    ids(state).iter().map(|id| text(preview, id)).collect()
}

fn units(desk: &Desk) -> Preview {
    Preview::start(&desk.path(""), &["ke-hoach.yaml", "--units", "dv.csv"])
}

#[test]
fn what_only_another_unit_reads_is_followed_too() {
    let rows = "don_vi.ten,don_vi.dia_danh,ghi_de\nA,Nơi A,gd/a.yaml\nB,Nơi B,gd/b.yaml\n";
    let desk = Desk::new(PLAN, "dv.csv", rows);
    desk.put("gd/a.yaml", "trich_yeu: việc thứ nhất\n");
    desk.put("gd/b.yaml", "trich_yeu: việc thứ hai\n");
    let preview = units(&desk);
    let mut first = preview.events("?unit=A");
    assert!(all(&preview, &first.next()).contains("Việc thứ nhất"));
    let mut second = preview.events("?unit=B");
    assert!(all(&preview, &second.next()).contains("Việc thứ hai"));
    desk.put("gd/b.yaml", "trich_yeu: việc thứ ba\n");
    let state = second.until(|s| s["revision"] == 2);
    assert!(all(&preview, &state).contains("Việc thứ ba"));
    // The first page is still followed.
    desk.put("gd/a.yaml", "trich_yeu: việc thứ tư\n");
    let state = first.until(|s| s["title"].as_str().unwrap().contains("thứ tư"));
    assert!(all(&preview, &state).contains("Việc thứ tư"));
}

#[test]
fn pages_that_are_shown_can_be_used_while_others_are_looked_at() {
    let desk = Desk::new(PLAN, "dv.csv", list(12));
    let preview = units(&desk);
    let unit = |i: usize| format!("unit=X%C3%A3%20s%E1%BB%91%20{i}");
    let mut shown = preview.events(&format!("?{}", unit(1)));
    let state = shown.next();
    for i in 2..=12 {
        preview.events(&format!("?{}", unit(i))).next();
    }
    assert_eq!(preview.get(&format!("page/{}.svg", ids(&state)[0])).status, 200);
    assert_eq!(preview.get(&format!("export/1/pdf?{}", unit(1))).status, 200);
    assert_eq!(preview.get(&format!("line?revision=1&{}&source=0&line=4", unit(1))).status, 200);
    // Nobody shows this one any more: it is made again.
    assert_eq!(preview.get(&format!("export/1/pdf?{}", unit(2))).status, 200);
}

#[test]
fn a_list_may_be_a_table_of_the_plan() {
    let plan = "trich_yeu: việc của {{ don_vi.ten }}\nnoi_dung: |\n  I. MỤC ĐÍCH\n\n  Nâng cao.\nphu_luc:\n  - tieu_de: các xã\n    noi_dung:\n      - bang:\n          cot: [don_vi.ten, don_vi.dia_danh]\n          tu_tep: dv.csv\n";
    let desk = Desk::new(plan, "dv.csv", "don_vi.ten,don_vi.dia_danh\nXã A,Nơi A\n");
    let preview = units(&desk);
    let mut events = preview.events("");
    let first = events.next();
    assert!(all(&preview, &first).contains("Nơi A"), "{first}");
    desk.put("dv.csv", "don_vi.ten,don_vi.dia_danh\nXã A,Nơi A\nXã B,Nơi B\n");
    let second = events.until(|s| s["units"] != first["units"]);
    assert!(all(&preview, &second).contains("Nơi B"));
}

#[test]
fn a_list_that_was_only_touched_changes_nothing() {
    let plan = "noi_dung: |\n  I. MỤC ĐÍCH\n\n  Nâng cao.\nphu_luc:\n  - tieu_de: chỉ tiêu\n    noi_dung:\n      - bang:\n          cot: [A, B]\n          tu_tep: t.csv\n";
    let desk = Desk::new(plan, "dv.csv", list(2));
    desk.put("t.csv", "A,B\n1,cũ\n");
    let preview = units(&desk);
    let mut events = preview.events("");
    assert!(all(&preview, &events.next()).contains("cũ"));
    desk.put("dv.csv", list(2));
    std::thread::sleep(std::time::Duration::from_millis(1500));
    desk.put("t.csv", "A,B\n1,mới\n");
    let state = events.next();
    assert_eq!(state["revision"], 2);
    assert!(all(&preview, &state).contains("mới"));
}

#[test]
fn a_broken_list_keeps_the_pages_and_is_named() {
    let desk = Desk::new(PLAN, "dv.csv", list(3));
    let preview = units(&desk);
    let mut events = preview.events("?unit=X%C3%A3%20s%E1%BB%91%202");
    let first = events.next();
    desk.put("dv.csv", "");
    let broken = events.until(failed);
    assert_eq!((ids(&broken), broken["unit"].as_str()), (ids(&first), Some("Xã số 2")));
    assert_eq!(broken["units"], first["units"]);
    assert!(broken["problems"][0]["file"].as_str().is_none_or(|f| f.contains("dv.csv")));
    desk.put("dv.csv", list(3));
    assert_eq!(ids(&events.until(|s| !failed(s))), ids(&first));
}

#[test]
fn two_units_of_one_name_can_both_be_seen() {
    let desk = Desk::new(PLAN, "dv.csv", "don_vi.ten,don_vi.dia_danh\nXã A,Nơi A\nXã A,Nơi B\nXã C,Nơi C\n");
    let preview = units(&desk);
    let state = preview.events("?unit=X%C3%A3%20A%20(d%C3%B2ng%203)").next();
    assert!(!failed(&state), "{state}");
    assert!(all(&preview, &state).contains("Nơi B"));
}

/// A paragraph over some lines leads to each of them, whatever else the block holds.
#[test]
fn lines_of_a_template_are_found() {
    let plan = "bien:\n  cac_so: [Sở Y tế, Sở Nội vụ]\nnoi_dung: |\n  I. MỤC ĐÍCH\n\n  Nâng cao chất lượng công tác văn thư\n  của các đơn vị trực thuộc\n  trong toàn tỉnh.\n\n  Giao {{ cac_so[0] }} chủ trì.\n\n  {% for so in cac_so %}\n  - {{ so }} báo cáo trước\n  ngày cuối tháng.\n  {% endfor %}\n\n  - Như nhau.\n\n  - Như nhau.\n";
    let desk = Desk::new(plan, "dv.csv", list(1));
    let preview = Preview::start(&desk.path(""), &["ke-hoach.yaml"]);
    let state = preview.events("").next();
    assert!(!failed(&state), "{state}");
    let page = preview.get(&format!("page/{}.json", ids(&state)[0])).json();
    let pieces: Vec<(u64, String)> = page["paragraphs"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|p| p["lines"].as_array().unwrap())
        .flat_map(|l| l["pieces"].as_array().unwrap())
        .map(|p| (p["i"].as_u64().unwrap(), p["text"].as_str().unwrap().to_owned()))
        .collect();
    let lines = |word: &str| -> Vec<u64> {
        let found = pieces.iter().filter_map(|(i, text)| Some((i, text[..text.find(word)?].encode_utf16().count())));
        let ask =
            |(i, at)| preview.get(&format!("place?revision=1&page=0&piece={i}&offset={at}")).json()["line"].as_u64();
        found.filter_map(ask).collect()
    };
    assert_eq!(lines("Nâng"), [6]);
    assert_eq!(lines("trực"), [7]);
    assert_eq!(lines("tỉnh."), [8]);
    assert_eq!(lines("Giao"), [10]);
    assert_eq!(lines("báo"), [13, 13]);
    assert_eq!(lines("cuối"), [14, 14]);
    assert_eq!(lines("Như"), [17, 19]);
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_place_of_the_plan_is_not_waited_for() {
    let desk = Desk::new("", "dv.csv", list(1));
    let preview = Preview::start(&desk.path(""), &["ke-hoach.yaml"]);
    let mut events: Events = preview.events("");
    let first = events.next();
    std::fs::remove_file(desk.path("ke-hoach.yaml")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(desk.path("ke-hoach.yaml")).status().unwrap();
    assert!(made.success());
    assert_eq!(events.until(failed)["problems"][0]["code"], "khong-doc-duoc");
    std::fs::remove_file(desk.path("ke-hoach.yaml")).unwrap();
    desk.put("ke-hoach.yaml", complete(""));
    assert_eq!(ids(&events.until(|s| !failed(s))), ids(&first));
}

#[test]
fn a_dropped_file_is_answered_with_its_plan_and_nothing_is_written() {
    let desk = Desk::new(PLAN, "dv.csv", "don_vi.ten,don_vi.dia_danh\nA,Nơi A\n");
    let preview = units(&desk);
    let post = |name: &str, body: &[u8]| {
        let head = format!(
            "POST /{}/import?name={name} HTTP/1.1\r\nHost: {}\r\nOrigin: http://{}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
            preview.token,
            preview.host(),
            preview.host(),
            body.len()
        );
        let answer = preview.raw(&[head.as_bytes(), body].concat());
        String::from_utf8_lossy(&answer).into_owned()
    };
    let before = std::fs::read_dir(desk.path("")).unwrap().count();
    let answer = post("a.txt", "KẾ HOẠCH\nTrồng cây\n\nI. MỤC TIÊU\nTrồng 10 cây.\n".as_bytes());
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("loai: ke_hoach"), "{answer}");
    assert!(answer.contains("\"name\":\"a.yaml\""), "{answer}");
    for (name, body) in [("..%2F..%2Fa.docx", &b"PK\x03\x04"[..]), ("a.txt", &b"\xFF\xFE"[..]), ("", &b"%PDF"[..])] {
        let answer = post(name, body);
        assert!(answer.starts_with("HTTP/1.1 409") && answer.contains("message"), "{name}: {answer}");
    }
    assert_eq!(std::fs::read_dir(desk.path("")).unwrap().count(), before);
}
