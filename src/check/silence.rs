//! Comments that switch rules off in a plan: `# vanthu: bo ma-luat` for the line below it, with all that is indented under
//! that line.

use crate::source::Span;
use std::ops::Range;

/// Where which rules are silent.
#[derive(Debug, Default)]
pub struct Silence {
    places: Vec<(Range<usize>, Vec<String>)>,
}

const MARK: &str = "# vanthu: bo ";

impl Silence {
    /// Of a plan's text.
    pub fn of(text: &str) -> Self {
        let mut out = Silence::default();
        if !text.contains(MARK) {
            return out;
        }
        let lines: Vec<(usize, &str)> = lines(text);
        // In text under a bar a `#` is a letter.
        let mut bar: Option<usize> = None;
        for (at, (_, line)) in lines.iter().enumerate() {
            let depth = depth(line);
            if line.trim().is_empty() {
                continue;
            }
            if bar.is_some_and(|b| depth > b) {
                continue;
            }
            bar = opens_text(line).then_some(depth);
            let Some(names) = line.trim_start().strip_prefix(MARK) else { continue };
            let names = names.split([',', ' ']).map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned).collect();
            if let Some(range) = below(&lines[at + 1..]) {
                out.places.push((range, names));
            }
        }
        out
    }

    /// Whether a rule is silent at a place.
    pub fn hides(&self, rule: &str, span: Option<Span>) -> bool {
        let Some(span) = span else { return false };
        self.places.iter().any(|(range, names)| range.contains(&span.start) && names.iter().any(|n| n == rule))
    }

    /// The names that are used.
    pub fn names(&self) -> impl Iterator<Item = (&Range<usize>, &str)> {
        self.places.iter().flat_map(|(range, names)| names.iter().map(move |n| (range, n.as_str())))
    }
}

/// Whether text under a bar begins behind a line: `noi_dung: |-  # chú giải`.
fn opens_text(line: &str) -> bool {
    let bare = line.split(" #").next().unwrap_or_default().trim_end();
    let head = bare.trim_end_matches(|c: char| matches!(c, '+' | '-') || c.is_ascii_digit());
    head.ends_with(['|', '>']) && head[..head.len() - 1].trim_end().ends_with([':', '-'])
}

fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut start = 0;
    text.split_inclusive('\n')
        .map(|line| {
            start += line.len();
            (start - line.len(), line)
        })
        .collect()
}

fn depth(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The next line that is neither empty nor a comment, with those that are indented under it.
fn below(lines: &[(usize, &str)]) -> Option<Range<usize>> {
    let first = lines.iter().position(|(_, l)| !l.trim().is_empty() && !l.trim_start().starts_with('#'))?;
    let (start, line) = lines[first];
    let own = depth(line);
    // The members of a list may stand as deep as their key.
    let list = line.trim_end().ends_with(':');
    let deeper = |(_, l): &&(usize, &str)| {
        l.trim().is_empty() || depth(l) > own || list && depth(l) == own && l.trim_start().starts_with("- ")
    };
    let last = lines[first + 1..].iter().take_while(deeper).last().unwrap_or(&lines[first]);
    Some(start..last.0 + last.1.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_below_and_what_is_under_it() {
        let text = "a: 1\n# vanthu: bo hang-nam, lap-tu\nb: |\n  # vanthu: bo am-tiet\n  hàng năm\nc: hàng năm\n";
        let silence = Silence::of(text);
        let at = |needle: &str, nth: usize| {
            let start = text.match_indices(needle).nth(nth).unwrap().0;
            Some(Span::new(start, start + 1))
        };
        assert!(silence.hides("hang-nam", at("hàng", 0)));
        assert!(!silence.hides("hang-nam", at("hàng", 1)));
        assert!(!silence.hides("am-tiet", at("hàng", 0)));
        assert_eq!(silence.names().count(), 2);
    }
}
