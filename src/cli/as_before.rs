//! A plan that was changed, written as it was before: its own bytes wherever nothing changed.

use crate::source::nfc;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// With the mark at the start and the line ends that the plan had; lines that did not change are its own bytes, whatever
/// their Unicode form.
pub fn as_before(text: &str, bytes: &[u8]) -> Vec<u8> {
    let before = String::from_utf8_lossy(bytes);
    let bare = before.strip_prefix('\u{FEFF}').unwrap_or(&before);
    let old: Vec<&str> = bare.split_inclusive('\n').collect();
    let plain: Vec<String> = old.iter().map(|line| nfc(line).replace("\r\n", "\n")).collect();
    let new: Vec<&str> = text.split_inclusive('\n').collect();
    let returns = bare.contains("\r\n");
    let mut out = String::with_capacity(bytes.len());
    if bare.len() < before.len() {
        out.push('\u{FEFF}');
    }
    let plain: Vec<&str> = plain.iter().map(String::as_str).collect();
    for op in capture_diff_slices(Algorithm::Myers, &plain, &new) {
        if let DiffOp::Equal { old_index, len, .. } = op {
            old[old_index..old_index + len].iter().for_each(|line| out.push_str(line));
            continue;
        }
        for line in &new[op.new_range()] {
            let bare = line.strip_suffix('\n').filter(|_| returns);
            match bare {
                Some(bare) => out.extend([bare, "\r\n"]),
                None => out.push_str(line),
            }
        }
    }
    out.into_bytes()
}
