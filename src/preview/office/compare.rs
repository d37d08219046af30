//! What is different between the pages of the PDF and those that LibreOffice makes of the Word file.

use crate::source::nfc;
use serde::Serialize;
use similar::{Algorithm, DiffTag, capture_diff_slices};

/// A word, or the part of one up to a sign behind which a line may break, and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// The text.
    pub text: String,
    /// Page, from 0.
    pub page: usize,
    /// Left end in points.
    pub x: f64,
    /// Baseline in points from the top.
    pub y: f64,
    /// Width in points.
    pub width: f64,
    /// Type size in points.
    pub size: f64,
}

/// A box on a page: page, left, top, width, height in points.
type Area = (usize, f64, f64, f64, f64);

/// Something different.
#[derive(Clone, Debug, Serialize)]
pub struct Difference {
    /// `line`, `shift`, `page`, `missing` or `extra`.
    pub kind: &'static str,
    /// One sentence.
    pub message: String,
    /// Where it is on the pages of the PDF.
    pub pdf: Vec<Area>,
    /// Where it is on the pages of the Word file.
    pub word: Vec<Area>,
}

/// Words this near in points stand at the same place.
const SAME_PLACE: f64 = 6.0;
/// A line that stands higher or lower by more than this many points is seen.
const SHIFTED: f64 = 3.0;
/// Signs behind which a line may break.
const BREAKS: [char; 10] = ['/', '-', '–', '—', '.', '?', '&', '=', '_', ':'];
/// Letters of a text that are quoted.
const QUOTED: usize = 60;

impl Word {
    /// Cut where a line could break, so that a break there is not taken for another word.
    pub fn cut(self) -> Vec<Word> {
        // LibreOffice prints a hyphen that does not break as U+2011 or U+2010.
        let text = nfc(&self.text).replace(['\u{2010}', '\u{2011}'], "-").replace('\u{200B}', "");
        let letters = text.chars().count().max(1) as f64;
        let mut done = 0;
        text.split_inclusive(BREAKS)
            .map(|part| {
                let count = part.chars().count();
                let x = self.x + self.width * done as f64 / letters;
                done += count;
                Word { text: part.to_owned(), x, width: self.width * count as f64 / letters, ..self.clone() }
            })
            .collect()
    }

    fn area(&self) -> Area {
        (self.page, self.x, self.y - 0.9 * self.size, self.width, 1.15 * self.size)
    }

    fn is_near(&self, other: &Word) -> bool {
        self.page == other.page && (self.x - other.x).abs() < SAME_PLACE && (self.y - other.y).abs() < SAME_PLACE
    }
}

/// Whether a word begins a line: the word before it stands higher, lower, or on another page.
fn begins(words: &[Word], index: usize) -> bool {
    let Some(before) = index.checked_sub(1).and_then(|i| words.get(i)) else { return true };
    words.get(index).is_some_and(|w| w.page != before.page || (w.y - before.y).abs() > 0.3 * w.size)
}

fn quoted<'w>(words: impl Iterator<Item = &'w Word>) -> String {
    let text = words.map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
    if text.chars().count() > QUOTED { text.chars().take(QUOTED).collect::<String>() + "…" } else { text }
}

fn areas<'w>(words: impl Iterator<Item = &'w Word>) -> Vec<Area> {
    words.map(Word::area).collect()
}

/// Compares the words of the PDF with those of the Word file; gives a sentence about all, and each difference in the order
/// of the pages. `pages` are the numbers of pages of both.
pub fn compare(pdf: &[Word], word: &[Word], pages: (usize, usize)) -> (String, Vec<Difference>) {
    let Pairs { equal, gone, come } = pair(pdf, word);
    let mut out = Vec::new();
    for run in runs(&gone) {
        let message = format!("Tệp Word không có chữ “{}”.", quoted(run.iter().map(|i| &pdf[*i])));
        out.push(Difference { kind: "missing", message, pdf: areas(run.iter().map(|i| &pdf[*i])), word: Vec::new() });
    }
    for run in runs(&come) {
        let message = format!("Tệp Word có chữ “{}” mà bản PDF không có.", quoted(run.iter().map(|i| &word[*i])));
        out.push(Difference { kind: "extra", message, pdf: Vec::new(), word: areas(run.iter().map(|i| &word[*i])) });
    }
    let lines = moved(pdf, word, &equal, &mut out);
    let place = |d: &Difference| {
        d.pdf.first().or(d.word.first()).map(|a| (a.0, (a.2 * 10.0) as i64, (a.1 * 10.0) as i64)).unwrap_or_default()
    };
    out.sort_by_key(place);
    (summary(pages, lines, &out), out)
}

/// Which words are the same, by their places in both, and which only one of them has.
struct Pairs {
    equal: Vec<(usize, usize)>,
    gone: Vec<usize>,
    come: Vec<usize>,
}

fn pair(pdf: &[Word], word: &[Word]) -> Pairs {
    let text = |words: &[Word]| words.iter().map(|w| w.text.clone()).collect::<Vec<_>>();
    let (mut equal, mut gone, mut come) = (Vec::new(), Vec::new(), Vec::new());
    for op in capture_diff_slices(Algorithm::Myers, &text(pdf), &text(word)) {
        let (tag, old, new) = op.as_tag_tuple();
        if tag == DiffTag::Equal {
            equal.extend(old.zip(new));
        } else {
            gone.extend(old);
            come.extend(new);
        }
    }
    // The order in which things were drawn may differ; their place on the paper does not.
    gone.retain(|g: &usize| {
        let same = |c: &usize| word[*c].text == pdf[*g].text && word[*c].is_near(&pdf[*g]);
        let at = come.iter().position(same);
        equal.extend(at.map(|at| (*g, come.remove(at))));
        at.is_none()
    });
    // A paragraph that went to another page stands elsewhere in the order: behind the footnotes of its page.
    for moved in runs(&gone.clone()) {
        let same = |c: &&[usize]| c.iter().map(|i| &word[*i].text).eq(moved.iter().map(|i| &pdf[*i].text));
        if let Some(there) = runs(&come.clone()).into_iter().find(same) {
            equal.extend(moved.iter().copied().zip(there.iter().copied()));
            gone.retain(|g| !moved.contains(g));
            come.retain(|c| !there.contains(c));
        }
    }
    equal.sort_unstable();
    Pairs { equal, gone, come }
}

/// What of the same words stands elsewhere; gives how many lines were compared.
fn moved(pdf: &[Word], word: &[Word], equal: &[(usize, usize)], out: &mut Vec<Difference>) -> usize {
    let mut lines = 0;
    let mut away = false;
    let mut shifted: Option<usize> = None;
    for (a, b) in equal.iter().copied() {
        let (one, other) = (&pdf[a], &word[b]);
        let both = |kind, message| Difference { kind, message, pdf: vec![one.area()], word: vec![other.area()] };
        let was_away = std::mem::replace(&mut away, one.page != other.page);
        if away {
            if !was_away {
                let (here, there) = (one.page + 1, other.page + 1);
                let message = format!("“{}” ở trang {here} của bản PDF, trang {there} của tệp Word.", one.text);
                out.push(both("page", message));
            }
            continue;
        }
        let (first, second) = (begins(pdf, a), begins(word, b));
        lines += usize::from(first);
        if first != second {
            let (with, without) = if first { ("Bản PDF", "tệp Word") } else { ("Tệp Word", "bản PDF") };
            out.push(both("line", format!("{with} sang dòng mới ở “{}”, {without} thì không.", one.text)));
        } else if (one.y - other.y).abs() > SHIFTED && shifted != Some(one.page) {
            shifted = Some(one.page);
            let millimetres = (other.y - one.y).abs() * 25.4 / 72.0;
            let direction = if other.y > one.y { "thấp" } else { "cao" };
            let number = format!("{millimetres:.1}").replace('.', ",");
            out.push(both("shift", format!("Từ “{}”, chữ của tệp Word ở {direction} hơn {number} mm.", one.text)));
        }
    }
    lines
}

fn summary(pages: (usize, usize), lines: usize, all: &[Difference]) -> String {
    let pages = match pages {
        (a, b) if a == b => format!("{a} trang ở cả hai bên"),
        (a, b) => format!("Bản PDF {a} trang, tệp Word {b} trang"),
    };
    let count = |kinds: &[&str], name: &str| {
        let count = all.iter().filter(|d| kinds.contains(&d.kind)).count();
        (count > 0).then(|| format!("{count} chỗ {name}"))
    };
    let found: Vec<String> = [
        count(&["missing", "extra"], "khác chữ"),
        count(&["page"], "sang trang khác"),
        count(&["line"], "ngắt dòng khác"),
        count(&["shift"], "lệch cao thấp"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if found.is_empty() {
        format!("{pages}; {lines} dòng như nhau.")
    } else {
        format!("{pages}; {}.", found.join(", "))
    }
}

/// Neighbours together.
fn runs(indices: &[usize]) -> Vec<&[usize]> {
    indices.chunk_by(|a, b| a + 1 == *b).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words as `trang,dòng:chữ chữ`.
    fn words(lines: &[(usize, f64, &str)]) -> Vec<Word> {
        let word = |(page, y, text): &(usize, f64, &str)| {
            let (page, y) = (*page, *y);
            let all: Vec<Word> = text
                .split(' ')
                .enumerate()
                .map(move |(i, t)| Word { text: t.to_owned(), page, x: 50.0 * i as f64, y, width: 40.0, size: 14.0 })
                .collect();
            all
        };
        lines.iter().flat_map(word).collect()
    }

    fn kinds(a: &[(usize, f64, &str)], b: &[(usize, f64, &str)]) -> Vec<&'static str> {
        compare(&words(a), &words(b), (1, 1)).1.iter().map(|d| d.kind).collect()
    }

    #[test]
    fn each_kind_of_difference_is_found() {
        let page = [(0, 100.0, "một hai ba"), (0, 120.0, "bốn năm")];
        assert!(kinds(&page, &page).is_empty());
        assert_eq!(kinds(&page, &[(0, 100.0, "một hai"), (0, 120.0, "ba bốn năm")]), ["line", "line"]);
        assert_eq!(kinds(&page, &[(0, 100.0, "một hai ba"), (1, 70.0, "bốn năm")]), ["page"]);
        assert_eq!(kinds(&page, &[(0, 100.0, "một ba"), (0, 120.0, "bốn năm")]), ["missing"]);
        assert_eq!(kinds(&page, &[(0, 100.0, "một hai ba"), (0, 120.0, "bốn năm sáu")]), ["extra"]);
        assert_eq!(kinds(&page, &[(0, 100.0, "một hai ba"), (0, 125.0, "bốn năm")]), ["shift"]);
    }

    #[test]
    fn another_order_of_drawing_is_no_difference() {
        let (a, b) = ([(0, 50.0, "2"), (0, 100.0, "một hai")], [(0, 100.0, "một hai"), (0, 50.0, "2")]);
        assert!(compare(&words(&a), &words(&b), (1, 1)).1.iter().all(|d| matches!(d.kind, "line" | "shift")));
    }

    #[test]
    fn a_paragraph_behind_the_footnotes_went_to_the_next_page() {
        let a = [(0, 100.0, "một hai"), (0, 120.0, "ba bốn năm"), (0, 700.0, "chú thích"), (1, 100.0, "sáu bảy")];
        let b = [(0, 100.0, "một hai"), (0, 700.0, "chú thích"), (1, 100.0, "ba bốn năm"), (1, 120.0, "sáu bảy")];
        let kinds = kinds(&a, &b);
        assert!(kinds.contains(&"page") && !kinds.contains(&"missing") && !kinds.contains(&"extra"), "{kinds:?}");
    }
}
