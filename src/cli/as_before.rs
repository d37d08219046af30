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
        // A line ends as the one did that it stands for, or as the one above it.
        let (from, more) = (op.old_range().start, op.old_range().len());
        for (at, line) in new[op.new_range()].iter().enumerate() {
            let like = if more > 0 { from + at.min(more - 1) } else { from.saturating_sub(1) };
            // The last line of a file may have no end of its own.
            let like = old.get(like).filter(|line| line.ends_with('\n')).or(old.first());
            let returns = like.is_some_and(|line| line.ends_with("\r\n"));
            match line.strip_suffix('\n').filter(|_| returns) {
                Some(bare) => out.extend([bare, "\r\n"]),
                None => out.push_str(line),
            }
        }
    }
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::as_before;

    #[test]
    fn each_line_ends_as_it_did() {
        let of = |text: &str, before: &str| String::from_utf8(as_before(text, before.as_bytes())).unwrap_or_default();
        assert_eq!(of("a\nB\nc\n", "a\r\nb\r\nc\r\n"), "a\r\nB\r\nc\r\n");
        assert_eq!(of("a\nB\nC\n", "a\nb\r\nc\n"), "a\nB\r\nC\n");
        assert_eq!(of("a\nb\nnew\nc\n", "a\nb\r\nc\n"), "a\nb\r\nnew\r\nc\n");
        assert_eq!(of("new\na\n", "a\n"), "new\na\n");
        assert_eq!(of("a\nb\nc\n", "a\r\nb"), "a\r\nb\r\nc\r\n");
        assert_eq!(of("", "a\r\n"), "");
        assert_eq!(of("x\na\n", "\u{FEFF}a\r\n"), "\u{FEFF}x\r\na\r\n");
    }
}
