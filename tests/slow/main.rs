//! Batches that are killed, stopped, locked, or run out of disk: the slow tests, in a binary of their own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what it expects")]
#![allow(clippy::print_stderr, reason = "a test that leaves something out says so")]

#[path = "../common/desk.rs"]
mod desk;

use crate::desk::{Desk, PLAN, complete, list};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The usual arguments.
const BATCH: [&str; 7] = ["batch", "ke-hoach.yaml", "--units", "dv.csv", "-o", "kq", "--quiet"];

/// A small generator (xorshift): the same moments in every run of the tests.
struct Moments(u64);

impl Moments {
    fn next(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }
}

/// Waits until something is so; a minute is enough for anything here.
fn wait_for(so: impl Fn() -> bool) {
    let start = Instant::now();
    while !so() {
        assert!(start.elapsed() < Duration::from_secs(60), "waited for nothing");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn whole(found: &BTreeMap<String, Vec<u8>>, wanted: &BTreeMap<String, Vec<u8>>) {
    for (name, bytes) in found {
        assert!(wanted.get(name) == Some(bytes), "{name} is not whole ({} bytes)", bytes.len());
    }
}

#[test]
fn a_killed_run_leaves_whole_files_and_is_taken_up_again() {
    let units = 60;
    let reference = Desk::new(PLAN, "dv.csv", list(units));
    assert!(reference.run(&BATCH).status.success());
    let wanted = reference.documents();
    assert_eq!(wanted.len(), 2 * units);
    let desk = Desk::new(PLAN, "dv.csv", list(units));
    let mut moments = Moments(0x5EED);
    let mut kills = 0;
    let mut partly = 0;
    for round in 0..25 {
        let mut child = desk.command(&BATCH).stderr(Stdio::null()).spawn().unwrap();
        // A moment of the work, not of the clock: the machine may be busy with other tests.
        let done = desk.documents().len();
        let target = done + moments.next((wanted.len() - done).max(1) as u64) as usize;
        while desk.documents().len() < target && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(moments.next(8)));
        let finished = child.try_wait().unwrap().is_some();
        child.kill().unwrap();
        child.wait().unwrap();
        let found = desk.documents();
        whole(&found, &wanted);
        kills += usize::from(!finished);
        partly += usize::from(!found.is_empty() && found.len() < wanted.len());
        let report = desk.path("kq/bao-cao.json");
        if report.exists() {
            serde_json::from_slice::<serde_json::Value>(&std::fs::read(&report).unwrap()).unwrap();
        }
        // Now and then all begins anew; between, the folder has the marks of several kills.
        if round % 3 == 2 {
            let _ = std::fs::remove_dir_all(desk.path("kq"));
        }
    }
    assert!(kills >= 10, "only {kills} of 25 runs were killed at work");
    assert!(partly >= 5, "only {partly} of 25 kills left a part");
    let output = desk.run(&BATCH);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(desk.documents(), wanted);
    let report = desk.report();
    assert_eq!((report["state"].as_str(), report["totals"]["failed"].as_u64()), (Some("done"), Some(0)));
    let mut left: Vec<_> =
        std::fs::read_dir(desk.path("kq/.vanthu")).unwrap().flatten().map(|e| e.file_name()).collect();
    left.sort();
    assert_eq!(left, ["bao-cao.csv.sha256", "khoa"], "half-written files are left behind");
}

#[test]
fn kills_between_changes_leave_nothing_stale() {
    let units = 25;
    let versions: Vec<String> = (0..3).map(|v| list(units).replace("Nơi 1", &format!("Nơi {v}-1"))).collect();
    let wanted: Vec<_> = versions
        .iter()
        .map(|text| {
            let desk = Desk::new(PLAN, "dv.csv", text);
            assert!(desk.run(&BATCH).status.success());
            desk.documents()
        })
        .collect();
    let desk = Desk::new(PLAN, "dv.csv", &versions[0]);
    let start = Instant::now();
    assert!(desk.run(&BATCH).status.success());
    let usual = start.elapsed().as_millis() as u64;
    let mut moments = Moments(0xC0FFEE);
    for round in 0..30 {
        let version = moments.next(3) as usize;
        desk.put("dv.csv", &versions[version]);
        if round % 3 == 2 {
            let (code, said) = desk.batch("dv.csv", &[]);
            assert_eq!(code, 0, "{said}");
            assert!(!said.contains("tep-da-sua"), "{said}");
            assert!(desk.documents() == wanted[version], "round {round}: stale files");
        } else {
            let mut child = desk.command(&BATCH).stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(Duration::from_millis(moments.next(usual)));
            let _ = child.kill();
            child.wait().unwrap();
            for (name, bytes) in desk.documents() {
                assert!(wanted.iter().any(|w| w.get(&name) == Some(&bytes)), "{name} is not whole");
            }
        }
    }
}

#[test]
#[cfg(unix)]
fn ctrl_c_ends_with_a_report_and_the_same_command_goes_on() {
    let units = 300;
    let desk = Desk::new(PLAN, "dv.csv", list(units));
    let mut child = desk.command(&BATCH[..6]).stderr(Stdio::piped()).spawn().unwrap();
    wait_for(|| desk.documents().len() >= 10);
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(130));
    let report = desk.report();
    assert_eq!(report["state"], "stopped");
    let written = report["totals"]["written"].as_u64().unwrap();
    let pending = report["totals"]["pending"].as_u64().unwrap();
    assert!(written > 0 && pending > 0 && written + pending == units as u64, "{written} + {pending}");
    assert_eq!(desk.documents().len() as u64, 2 * written);
    let (code, said) = desk.batch("dv.csv", &[]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(desk.report()["totals"]["unchanged"].as_u64(), Some(written));
    assert_eq!(desk.documents().len(), 2 * units);
}

#[test]
fn two_runs_do_not_write_into_one_folder() {
    let desk = Desk::new(PLAN, "dv.csv", list(200));
    let mut first = desk.command(&BATCH).spawn().unwrap();
    wait_for(|| !desk.documents().is_empty());
    let (code, said) = desk.batch("dv.csv", &[]);
    if first.try_wait().unwrap().is_none() {
        assert_eq!(code, 2, "{said}");
        assert!(said.contains("dang-chay"), "{said}");
    }
    first.wait().unwrap();
}

/// A small disk at a folder; gives whether one could be had.
fn small_disk(folder: &Path) -> bool {
    std::fs::create_dir_all(folder).unwrap();
    let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=1500k", "tmpfs"]).arg(folder).output();
    mount.is_ok_and(|o| o.status.success())
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_said_and_old_files_stay_whole() {
    let desk = Desk::new(PLAN, "dv.csv", list(4));
    let folder = desk.path("kq");
    if !small_disk(&folder) {
        eprintln!("NOT TESTED: a full disk (a tmpfs cannot be mounted here)");
        return;
    }
    struct Mounted<'p>(&'p Path);
    impl Drop for Mounted<'_> {
        fn drop(&mut self) {
            let _ = Command::new("umount").arg("-l").arg(self.0).status();
        }
    }
    let mounted = Mounted(&folder);
    assert_eq!(desk.batch("dv.csv", &[]).0, 0);
    let old = desk.documents();
    assert_eq!(old.len(), 8);
    let plan = PLAN.replace("Nâng cao", "Nâng dần");
    desk.put("ke-hoach.yaml", complete(&plan));
    desk.put("dv.csv", list(200));
    let reference = Desk::new(&plan, "dv.csv", list(200));
    assert_eq!(reference.batch("dv.csv", &[]).0, 0);
    let new = reference.documents();
    let (code, said) = desk.batch("dv.csv", &[]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("khong-ghi-duoc") && said.contains("ổ đĩa đã đầy"), "{said}");
    let found = desk.documents();
    assert!(found.len() >= 8 && found.len() < 400, "{}", found.len());
    for (name, bytes) in &found {
        assert!(old.get(name) == Some(bytes) || new.get(name) == Some(bytes), "{name} is neither old nor new");
    }
    let report = desk.path("kq/bao-cao.json");
    serde_json::from_slice::<serde_json::Value>(&std::fs::read(report).unwrap()).unwrap();
    // Another change, still without room: what was half written is nobody else's.
    desk.put("ke-hoach.yaml", complete(&PLAN.replace("Nâng cao", "Nâng mạnh")));
    let (code, said) = desk.batch("dv.csv", &[]);
    assert!(code == 2 && !said.contains("tep-da-sua"), "{said}");
    desk.put("ke-hoach.yaml", complete(&plan));
    // With room again the same command goes on.
    let larger = Command::new("mount").args(["-o", "remount,size=64m"]).arg(&folder).status().unwrap();
    assert!(larger.success());
    let (code, said) = desk.batch("dv.csv", &[]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(desk.documents(), new);
    drop(mounted);
}
