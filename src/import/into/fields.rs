//! Number and date, which records work fills in: where they were open, no letter of the page leads to them.

use super::{Change, Comparison, Proposal, What};

impl Comparison<'_> {
    /// The number and the date of the file, where the plan has none or another.
    pub(super) fn fields(&self, out: &mut Proposal) {
        for (key, value) in [("so", &self.file.number), ("ngay", &self.file.date)] {
            let Some(value) = value.as_ref().filter(|v| !v.contains(' ')) else { continue };
            match self.line(key) {
                Some((start, old)) => {
                    let numbers = |text: &str| -> Vec<String> {
                        let parts =
                            text.split(|c: char| !c.is_ascii_digit()).map(|n| n.trim_start_matches('0').to_owned());
                        parts.filter(|n| !n.is_empty()).collect()
                    };
                    if numbers(old) != numbers(value)
                        && !old.contains('{')
                        && old.contains(|c: char| c.is_ascii_digit())
                    {
                        let range = start..start + old.len();
                        self.accept(out, vec![(range, value.clone())], self.field(old, value, start), None);
                    }
                }
                None => {
                    let Some(at) = self.before_keys() else { continue };
                    let line = format!("{key}: {value}\n");
                    self.accept(out, vec![(at..at, line)], self.field("", &format!("{key}: {value}"), at), None);
                }
            }
        }
    }

    fn field(&self, old: &str, new: &str, at: usize) -> Change {
        let line = Some(self.source.line_col(at).line);
        Change { what: What::Changed, old: old.to_owned(), new: new.to_owned(), line, refused: None }
    }

    /// Where the value of a key of the plan begins, and the value.
    fn line(&self, key: &str) -> Option<(usize, &str)> {
        let text = self.source.files().first()?.2;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            if let Some(rest) = line.strip_prefix(key).and_then(|r| r.strip_prefix(':')) {
                let value = rest.split(" #").next().unwrap_or_default();
                let lead = value.len() - value.trim_start().len();
                return Some((at + key.len() + 1 + lead, value.trim()));
            }
            at += line.len();
        }
        None
    }

    /// Before the first key that stands behind the number in a plan.
    fn before_keys(&self) -> Option<usize> {
        let text = self.source.files().first()?.2;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let keys = ["so:", "ky_hieu:", "don_vi_soan:", "dia_danh:", "ngay:", "do_khan:", "trich_yeu:"];
            if keys.iter().any(|key| line.starts_with(key)) {
                return Some(at);
            }
            at += line.len();
        }
        None
    }
}
