//! How far a batch is: a bar on a terminal, a line a minute elsewhere.

use crate::batch::{Progress, Stop};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// How often the run is looked at.
const LOOK: Duration = Duration::from_millis(100);
/// How often a line is printed where there is no terminal.
const LINE: Duration = Duration::from_secs(60);
/// How often the report is written on the way, from the first second on.
const CHECKPOINT: Duration = Duration::from_secs(5);

/// What shows the progress.
pub struct Shown {
    bar: ProgressBar,
    lines: bool,
    total: usize,
}

impl Shown {
    /// For so many units.
    pub fn new(total: usize, quiet: bool) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let target =
            if quiet || !terminal { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr_with_hz(10) };
        let bar = ProgressBar::with_draw_target(Some(total as u64), target);
        let plain = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
        let bars = if plain { "{bar:30}" } else { "{bar:30.cyan}" };
        let look = format!("{bars} {{pos}}/{{len}} đơn vị, {{per_sec}}, còn {{eta}} {{msg}}");
        if let Ok(style) = ProgressStyle::with_template(&look) {
            let rate = |state: &indicatif::ProgressState, out: &mut dyn std::fmt::Write| {
                let _ = write!(out, "{:.0}/giây", state.per_sec());
            };
            let left = |state: &indicatif::ProgressState, out: &mut dyn std::fmt::Write| {
                let _ = write!(out, "{}", time(state.eta().as_secs()));
            };
            bar.set_style(style.with_key("per_sec", rate).with_key("eta", left).progress_chars("█▌░"));
        }
        Shown { bar, lines: !quiet && !terminal, total }
    }

    /// Follows a run until it is over; whoever says so wakes this thread.
    pub fn watch(&self, progress: &Progress, over: &Stop, checkpoint: &mut dyn FnMut()) {
        let start = Instant::now();
        let mut next_line = LINE;
        let mut next_checkpoint = Duration::from_secs(1);
        while !over.asked() {
            std::thread::park_timeout(LOOK);
            let done = progress.done.load(Ordering::Relaxed);
            let failed = progress.failed.load(Ordering::Relaxed);
            self.bar.set_position(done as u64);
            if failed > 0 {
                self.bar.set_message(format!("({failed} lỗi)"));
            }
            if start.elapsed() >= next_checkpoint {
                checkpoint();
                next_checkpoint = start.elapsed() + CHECKPOINT;
            }
            if self.lines && start.elapsed() >= next_line {
                next_line += LINE;
                let text = line(done, self.total, failed, start.elapsed());
                let _ = writeln!(std::io::stderr(), "{text}");
            }
        }
        self.bar.finish_and_clear();
    }
}

/// The line that stands for the bar where there is no terminal.
fn line(done: usize, total: usize, failed: usize, elapsed: Duration) -> String {
    let rate = done as f64 / elapsed.as_secs_f64();
    let left = total.saturating_sub(done) as f64 / rate.max(0.001);
    format!("{done}/{total} đơn vị, {rate:.0}/giây, {failed} lỗi, còn {}.", time(left as u64))
}

fn time(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} giây"),
        60..3600 => format!("{} phút {} giây", seconds / 60, seconds % 60),
        _ => format!("{} giờ {} phút", seconds / 3600, seconds % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_rate_and_time_left() {
        let at = |done, seconds| line(done, 6000, 2, Duration::from_secs(seconds));
        assert_eq!(at(600, 60), "600/6000 đơn vị, 10/giây, 2 lỗi, còn 9 phút 0 giây.");
        assert_eq!(at(5990, 599), "5990/6000 đơn vị, 10/giây, 2 lỗi, còn 1 giây.");
        assert!(at(0, 60).contains("còn 1666 giờ 40 phút"), "{}", at(0, 60));
    }

    #[test]
    fn a_run_without_a_terminal_is_followed_to_its_end() {
        let (progress, over) = (Progress::default(), Stop::default());
        let shown = Shown::new(3, true);
        std::thread::scope(|scope| {
            let watching = scope.spawn(|| shown.watch(&progress, &over, &mut || {}));
            progress.done.store(3, Ordering::Relaxed);
            over.ask();
            watching.thread().unpark();
        });
        assert!(shown.bar.is_finished());
    }
}
