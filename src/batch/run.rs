//! The workers: every core takes the next unit until none is left, or until it is told to stop.

use super::folder::OutputFolder;
use super::record::{Record, Status, Trouble};
use super::state::Known;
use super::unit::{self, Fatal};
use super::work::{STACK, Work};
use crate::diagnostic::{Diagnostic, code, io_reason};
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// How far a run is; read by whoever shows it.
#[derive(Default)]
pub struct Progress {
    /// Units looked at.
    pub done: AtomicUsize,
    /// Of these, units that failed.
    pub failed: AtomicUsize,
}

/// Says that the run shall end: no further unit is begun.
#[derive(Default)]
pub struct Stop(AtomicBool);

impl Stop {
    /// Asks for the end.
    pub fn ask(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether the end was asked for.
    pub fn asked(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// Makes the chosen units on `jobs` threads. `records` gets one for each, in the order of the list, those that were not
/// begun as pending; it may be looked at while the run goes on. An error is the fault that ended the run.
pub fn run(
    work: &Work,
    known: &Known,
    output: &OutputFolder,
    jobs: usize,
    progress: &Progress,
    stop: &Stop,
    records: &Mutex<Vec<Record>>,
) -> Result<(), Diagnostic> {
    *open(records) = work.chosen.iter().map(|index| work.blank(*index)).collect();
    let next = AtomicUsize::new(0);
    let fatal: Mutex<Option<Diagnostic>> = Mutex::new(None);
    let worker = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(index) = work.chosen.get(at).filter(|_| !stop.asked()) else { return };
            let start = Instant::now();
            match make(work, known, output, *index) {
                Ok(mut record) => {
                    if record.status == Status::Written {
                        record.milliseconds = start.elapsed().as_millis() as u64;
                    }
                    progress.failed.fetch_add(usize::from(record.status == Status::Failed), Ordering::Relaxed);
                    progress.done.fetch_add(1, Ordering::Relaxed);
                    if let Some(slot) = open(records).get_mut(at) {
                        *slot = record;
                    }
                }
                Err(Fatal(problem, record)) => {
                    if let Some(slot) = open(records).get_mut(at) {
                        *slot = *record;
                    }
                    open(&fatal).get_or_insert(problem);
                    stop.ask();
                    return;
                }
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, work.chosen.len().max(1)) {
            let body = || {
                // One pool a worker: a document never waits for another's piece of work.
                match rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build() {
                    Ok(pool) => pool.install(worker),
                    Err(_) => worker(),
                }
            };
            if let Err(error) = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, body) {
                open(&fatal).get_or_insert(Diagnostic::general(
                    &code::KHONG_GHI_DUOC,
                    format!("Không mở được luồng làm việc: {}.", io_reason(&error)),
                ));
                stop.ask();
            }
        }
    });
    let ended = open(&fatal).take();
    ended.map_or(Ok(()), Err)
}

/// Makes a unit. A fault of the program itself ends that unit and no other.
fn make(work: &Work, known: &Known, output: &OutputFolder, index: usize) -> Result<Record, Fatal> {
    // What a unit leaves behind half done is its own: nothing of it is seen by others.
    let attempt = AssertUnwindSafe(|| unit::make(work, known, output, index));
    std::panic::catch_unwind(attempt).unwrap_or_else(|_| {
        let mut record = work.blank(index);
        record.status = Status::Failed;
        let message = "Chương trình gặp lỗi bên trong khi làm đơn vị này.";
        let problem = Diagnostic::general(&code::LOI_BEN_TRONG, message)
            .hint("Báo cho nhóm phát triển vanthu, kèm kế hoạch và dòng của đơn vị này.");
        record.errors.push(Trouble::new(None, &problem));
        Ok(record)
    })
}

fn open<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
