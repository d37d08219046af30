//! `vanthu bien … --ghi`: writes the proposed `danh_sach` into the plan, whose text stays otherwise as it is.

use crate::diagnostic::{Diagnostic, code};
use crate::pipeline::{self, Digest, Folder, Plan};
use crate::read::units::Proposal;
use crate::write::files::write_all;
use sha2::{Digest as _, Sha256};
use std::path::Path;

/// Puts the proposal at the end of the plan. `read` is the digest of the plan that was looked at.
pub fn write(path: &Path, read: &Digest, proposal: &Proposal, list: &str) -> Result<(), Diagnostic> {
    let shown = path.display().to_string();
    let refused = |why: &str| {
        let message = format!("Chưa ghi danh_sach vào {shown}: {why}.");
        Diagnostic::general(&code::DANH_SACH_CHUA_KHAI, message)
            .hint("Chép khóa danh_sach in ở trên vào kế hoạch bằng tay.")
    };
    let bytes = pipeline::read_file(path)?;
    let now: Digest = Sha256::digest(&bytes).into();
    if now != *read {
        return Err(refused("kế hoạch vừa đổi trong lúc đọc"));
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| refused("tệp không phải là chữ UTF-8"))?;
    let new = with(text, &proposal.yaml(list));
    // A plan in braces, or one that ends in a mark of YAML, takes no key at its end.
    let folder = Folder::beside(path);
    let plan = Plan::read(&shown, new.as_bytes(), &folder)
        .map_err(|_| refused("kế hoạch viết theo cách không thêm khóa ở cuối được"))?;
    let layout = plan.draft().and_then(|d| d.danh_sach.as_ref()).filter(|_| !plan.diagnostics().has_errors());
    if layout.is_none_or(|l| l.cot.len() != proposal.columns.len()) {
        return Err(refused("kế hoạch viết theo cách không thêm khóa ở cuối được"));
    }
    // The user asked for this very file to be written.
    write_all(&[(path.to_owned(), new.as_bytes())], true).map_err(|mut problems| match problems.pop() {
        Some(problem) => problem,
        None => refused("tệp không ghi được"),
    })
}

/// A text with a key at its end, in the text's own line ends.
fn with(text: &str, key: &str) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut out = text.to_owned();
    if !out.is_empty() && !out.ends_with('\n') {
        out.push_str(end);
    }
    out + &key.replace('\n', end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_stay() {
        assert_eq!(with("a: 1", "b: 2\n"), "a: 1\nb: 2\n");
        assert_eq!(with("a: 1\r\n", "b:\n  c: 2\n"), "a: 1\r\nb:\r\n  c: 2\r\n");
    }
}
