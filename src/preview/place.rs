//! From a word on the page to its line in the plan, and back.
//!
//! The laid-out text says which paragraph of the sheet it is of, and the letters of a paragraph know where they were
//! typed (`letters`).

use crate::decree30::style::Component;
use crate::document::Document;
use crate::letters::{self, Letter};
use crate::sheet::{Par, Run, Sheet};
use crate::source::Source;
use crate::write::typst::look::{PageText, Piece};
use similar::{Algorithm, capture_diff_slices};
use std::collections::{BTreeMap, HashMap};

/// A word on a page.
struct Word {
    page: usize,
    piece: usize,
    /// Where it begins in its piece, in UTF-16 units, as browsers count.
    from: usize,
    /// Where it ends, in the same units.
    to: usize,
    /// How many bytes its letters have.
    bytes: usize,
    /// Byte of the source where it was typed; none for what the program added.
    typed: Option<usize>,
    /// It was typed there itself; else what the program added stands where the next typed word does.
    own: bool,
}

/// Which words of the pages come from where.
pub struct Places {
    words: Vec<Word>,
    /// The words of each piece, by page and piece; of a piece of signs only, the word of its paragraph before it.
    of_piece: BTreeMap<(usize, usize), Vec<usize>>,
}

impl Places {
    /// Finds the letters of all pages among those of the sheet.
    pub fn new(document: &Document, sheet: &Sheet, pages: &[&PageText]) -> Self {
        let mut pars: Vec<&Par> = Vec::new();
        sheet.visit(&mut |par| pars.push(par));
        let letters = letters::of(document, sheet);
        let mut readers: HashMap<(usize, bool), Reader<'_>> = HashMap::new();
        let mut words: Vec<Word> = Vec::new();
        let mut of_par: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut of_piece: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        let mut signs: Vec<(usize, usize, usize)> = Vec::new();
        for (page, text) in pages.iter().enumerate() {
            for (index, piece) in text.pieces.iter().enumerate() {
                let known = piece.par.and_then(|p| Some((p, pars.get(p)?, letters.get(p)?)));
                let small = known.is_some_and(|(_, par, _)| is_note(piece, par, sheet));
                let typed = known.map_or_else(Vec::new, |(p, _, letters)| {
                    let list = if small { &letters.notes } else { &letters.body };
                    readers.entry((p, small)).or_insert(Reader { letters: list, at: 0 }).read(&piece.text)
                });
                if let Some(par) = piece.par.filter(|_| !piece.text.contains(char::is_alphanumeric)) {
                    signs.push((page, index, par));
                }
                for (at, _) in tokens(&piece.text) {
                    let rest = &piece.text[at..];
                    let bytes = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
                    let from = piece.text[..at].encode_utf16().count();
                    let to = from + rest[..bytes].encode_utf16().count();
                    if let Some(par) = piece.par {
                        of_par.entry(par).or_default().push(words.len());
                    }
                    of_piece.entry((page, index)).or_default().push(words.len());
                    let (typed, own) =
                        typed.iter().find(|(i, ..)| *i == at).map_or((None, false), |(_, t, own)| (*t, *own));
                    words.push(Word { page, piece: index, from, to, bytes, typed, own });
                }
            }
        }
        for (page, index, par) in signs {
            let all = of_par.get(&par).map_or(&[][..], Vec::as_slice);
            let before = all.iter().rev().find(|w| (words[**w].page, words[**w].piece) < (page, index)).or(all.first());
            of_piece.insert((page, index), before.copied().into_iter().collect());
        }
        Places { words, of_piece }
    }

    /// The byte of the source where the word at a place was typed; none for what the program added. `page` and `piece` from
    /// 0, `offset` in UTF-16 units of the piece.
    pub fn typed(&self, page: usize, piece: usize, offset: usize) -> Option<usize> {
        let words = self.of_piece.get(&(page, piece))?;
        let at = words.iter().rev().find(|w| self.words[**w].from <= offset).or(words.first())?;
        self.words[*at].typed
    }

    /// The pieces, as page and piece, that a line of one of the source's files became.
    pub fn pieces(&self, source: &Source, file: usize, line: usize) -> Vec<(usize, usize)> {
        let Some(range) = source.line_range(file, line) else { return Vec::new() };
        let here = self.words.iter().filter(|w| w.own && w.typed.is_some_and(|at| range.contains(&at)));
        let mut out: Vec<(usize, usize)> = here.map(|w| (w.page, w.piece)).collect();
        out.dedup();
        out
    }
}

/// Some words of a piece: page, piece, and from where to where in UTF-16 units.
pub type Stretch = (usize, usize, usize, usize);

impl Places {
    /// Where the words of some bytes of the source stand; those of a blank or a sign are of the word before.
    pub fn words(&self, source: &Source, range: std::ops::Range<usize>) -> Vec<Stretch> {
        let typed = |w: &&Word| w.own.then_some(w.typed).flatten();
        // A word of a value stands at its tag, all of it.
        let length = |w: &Word, at: usize| {
            let rest = source.text.get(at..).unwrap_or_default();
            if rest.starts_with("{{") { rest.find("}}").map_or(2, |end| end + 2) } else { w.bytes }
        };
        let in_range = |w: &&Word| typed(w).is_some_and(|at| at < range.end && at + length(w, at) > range.start);
        let mut found: Vec<&Word> = self.words.iter().filter(in_range).collect();
        if found.is_empty() {
            let before = self.words.iter().filter(|w| typed(w).is_some_and(|at| at <= range.start));
            found.extend(before.max_by_key(|w| w.typed));
        }
        let mut out: Vec<Stretch> = Vec::new();
        for word in found {
            match out.last_mut() {
                Some(last) if (last.0, last.1) == (word.page, word.piece) => last.3 = last.3.max(word.to),
                _ => out.push((word.page, word.piece, word.from, word.to)),
            }
        }
        out
    }
}

/// Reads the letters of a paragraph as its pieces come, page by page.
struct Reader<'l> {
    letters: &'l [Letter],
    at: usize,
}

impl Reader<'_> {
    /// Where each letter of the next piece was typed, by its byte in the piece. What the program adds stands where the
    /// next typed letter does, or at the end the last.
    fn read(&mut self, piece: &str) -> Vec<(usize, Option<usize>, bool)> {
        let same = |at: usize, c: char| self.letters.get(at).is_some_and(|l| l.c.to_lowercase().eq(c.to_lowercase()));
        let mut at = self.at;
        let mut out = Vec::new();
        for (byte, c) in piece.char_indices().filter(|(_, c)| !letters::is_blank(*c)) {
            // A heading or a cell that is printed again begins anew.
            let found = [at, 0].into_iter().find(|at| same(*at, c));
            let typed = found.and_then(|found| {
                at = found + 1;
                let (before, rest) = self.letters.split_at(found);
                rest.iter().find_map(|l| l.typed).or_else(|| before.iter().rev().find_map(|l| l.typed))
            });
            let own = found.and_then(|f| self.letters.get(f)).is_some_and(|l| l.typed.is_some());
            out.push((byte, typed, own));
        }
        self.at = at;
        out
    }
}

/// The words of a text in small letters, with the bytes where they begin.
fn tokens(text: &str) -> Vec<(usize, String)> {
    let mut out: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() {
            if !open {
                out.push((at, String::new()));
            }
            if let Some((_, word)) = out.last_mut() {
                word.extend(c.to_lowercase());
            }
        }
        open = c.is_alphanumeric();
    }
    out
}

/// Whether a piece of a paragraph stands in its footnote: in the size of footnotes, which is not the paragraph's.
fn is_note(piece: &Piece, par: &Par, sheet: &Sheet) -> bool {
    let size = |style| sheet.styles.get(style).size.0;
    let near = |size: f64| (piece.size.0 - size).abs() < 0.01;
    par.runs.iter().any(|r| matches!(r, Run::Note(_))) && near(size(Component::ChuThich)) && !near(size(par.style))
}

/// The line of another version of the texts that stands for a line of one: itself where the file was not changed above.
pub fn same_line(from: &Source, to: &Source, file: usize, line: usize) -> usize {
    if std::ptr::eq(from, to) || from.files() == to.files() {
        return line;
    }
    let (from, to) = (from.files(), to.files());
    let (Some((_, first, old)), Some((_, new_first, new))) = (from.get(file), to.get(file)) else { return line };
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let wanted = line.saturating_sub(*first);
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let range = op.old_range();
        if range.contains(&wanted) {
            let into = (wanted - range.start).min(op.new_range().len().saturating_sub(1));
            return op.new_range().start + into + new_first;
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The share of printed words whose line and column are right, over all samples and the real plans: at its place a word
    /// is typed, or the tag that printed it, or an escape for its first letter.
    #[test]
    fn words_lead_to_their_letters() {
        use crate::pipeline::{Folder, Plan, Studio, lay_out};
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut plans = Vec::new();
        for folder in ["samples", "../shared/plans"] {
            match std::fs::read_dir(root.join(folder)) {
                Ok(files) => plans.extend(files.flatten().map(|f| f.path())),
                Err(_) => eprintln!("NOT TESTED: {folder} is not here"),
            }
        }
        plans.retain(|p| p.extension().is_some_and(|e| e == "yaml"));
        plans.sort();
        let studio = Studio::new(None, None);
        let (mut right, mut wrong, mut added) = (0, Vec::new(), 0);
        let mut taken = std::collections::HashSet::new();
        for path in plans {
            let folder = Folder::beside(&path);
            let read = Plan::read("k", &std::fs::read(&path).unwrap(), &folder);
            let Ok(plan) = read.map(Plan::traced) else { continue };
            let built = plan.build(None, &folder, &[], studio.faces());
            let (Some(source), Some(ready)) = (built.source, built.ready) else { continue };
            let layout = lay_out(&studio, &ready, &folder).unwrap();
            let pages: Vec<PageText> = crate::write::typst::look::pages(&layout);
            let all: Vec<&PageText> = pages.iter().collect();
            let places = Places::new(&ready.document, &ready.sheet, &all);
            for word in &places.words {
                let piece = &pages[word.page].pieces[word.piece];
                let from = piece.text.char_indices().scan(0, |units, (i, c)| {
                    let before = *units;
                    *units += c.len_utf16();
                    Some((before, i))
                });
                let at = from.filter(|(units, _)| *units == word.from).map(|(_, i)| i).next().unwrap();
                let text = tokens(&piece.text[at..]).remove(0).1;
                if !word.own {
                    added += usize::from(piece.par.is_some());
                    continue;
                }
                let typed = word.typed.unwrap();
                let there = source.text[typed..].to_lowercase();
                let line = source.text[..typed].rsplit('\n').next().unwrap();
                // A month is printed without its nought; a row of a file stands at the file's name.
                let there = there.trim_start_matches(|c| c == '0' && !text.starts_with('0')).to_owned();
                let from_file = line.contains("tu_tep:");
                // Two words of a page are not typed at one place, unless a tag or a file makes both.
                let twice = there.starts_with(&text) && !taken.insert((path.clone(), word.page, piece.par, typed));
                if from_file
                    || (there.starts_with(&text) && !twice)
                    || there.starts_with("{{")
                    || there.starts_with('\\')
                {
                    right += 1;
                } else {
                    let shown: String = there.chars().take(20).collect();
                    wrong.push(format!("{}: {text} → {shown}", path.display()));
                }
            }
        }
        eprintln!("{right} words right, {} wrong, {added} added by the program", wrong.len());
        assert!(right > 10_000 || wrong.is_empty(), "{right}");
        assert!(wrong.len() * 1000 <= right * 5, "{} of {right}: {wrong:#?}", wrong.len());
    }

    #[test]
    fn the_words_of_a_problem_are_found() {
        use crate::pipeline::{Folder, Plan, Studio, lay_out};
        let plan = "loai: ke_hoach\nco_quan: { ten: Sở Y tế, viet_tat: SYT }\ndia_danh: Huế\ntrich_yeu: x\n\
                    noi_nhan: [Lưu]\nky: { chuc_vu: Giám đốc }\nnoi_dung: |\n  Trồng cây cây **xanh tốt** , ở xã.\n";
        let studio = Studio::new(None, None);
        let folder = Folder::new("");
        let plan = Plan::read("k", plan.as_bytes(), &folder).unwrap().traced();
        let built = plan.build(None, &folder, &[], studio.faces());
        let (source, ready) = (built.source.unwrap(), built.ready.unwrap());
        let layout = lay_out(&studio, &ready, &folder).unwrap();
        let pages = crate::write::typst::look::pages(&layout);
        let places = Places::new(&ready.document, &ready.sheet, &pages.iter().collect::<Vec<_>>());
        let shown = |typed: &str, from: usize, to: usize| -> Vec<String> {
            let at = source.text.find(typed).unwrap();
            let found = places.words(&source, at + from..at + to);
            let text = |(page, piece, from, to): Stretch| {
                let units: Vec<u16> = pages[page].pieces[piece].text.encode_utf16().take(to).skip(from).collect();
                String::from_utf16_lossy(&units)
            };
            found.into_iter().map(text).collect()
        };
        // The second of two, from the blank before it; over a change of face; a blank; inside a word.
        assert_eq!(shown(" cây **", 0, " cây".len()), ["cây"]);
        assert_eq!(shown("cây **xanh", 0, "cây **xanh".len()), ["cây", "xanh"]);
        assert_eq!(shown(" , ở", 0, 1), ["tốt"]);
        assert_eq!(shown("xanh tốt", 1, "xanh t".len()), ["xanh tốt"]);
    }

    /// Each printed word of a body with the line and column where it was typed.
    fn placed(body: &str) -> Vec<(String, usize, usize)> {
        use crate::pipeline::{Folder, Plan, Studio, lay_out};
        let plan = format!(
            "loai: ke_hoach\nco_quan: {{ ten: Sở Y tế, viet_tat: SYT }}\ndia_danh: Huế\ntrich_yeu: x\n\
             noi_nhan: [Lưu]\nky: {{ chuc_vu: Giám đốc }}\nbien: {{ ds: [An, Bình], ten: Sở }}\n{body}"
        );
        let studio = Studio::new(None, None);
        let folder = Folder::new("");
        let plan = Plan::read("k", plan.as_bytes(), &folder).unwrap().traced();
        let built = plan.build(None, &folder, &[], studio.faces());
        assert!(built.ready.is_some(), "{:?}", built.diagnostics);
        let (source, ready) = (built.source.unwrap(), built.ready.unwrap());
        let layout = lay_out(&studio, &ready, &folder).unwrap();
        let pages = crate::write::typst::look::pages(&layout);
        let places = Places::new(&ready.document, &ready.sheet, &pages.iter().collect::<Vec<_>>());
        let first = source.text.find(body).unwrap();
        let before = source.text[..first].matches('\n').count();
        let mut out = Vec::new();
        for word in places.words.iter().filter(|w| w.own && w.typed.is_some_and(|at| at >= first)) {
            let units: Vec<u16> = pages[word.page].pieces[word.piece].text.encode_utf16().skip(word.from).collect();
            let text = tokens(&String::from_utf16_lossy(&units)).remove(0).1;
            let at = source.line_col(word.typed.unwrap());
            out.push((text, at.line - before, at.column));
        }
        out
    }

    #[test]
    fn escapes_loops_tables_and_second_lines_keep_their_columns() {
        let words = |body: &str| -> Vec<String> {
            placed(body).into_iter().map(|(word, line, column)| format!("{word}@{line}:{column}")).collect()
        };
        // A block under a bar: a paragraph over two lines, emphasis, an escape, a footnote.
        assert_eq!(
            words("noi_dung: |\n  1. Một **hai**\n    ba 1\\*2 bốn^[năm sáu] bảy.\n"),
            [
                "1@2:3",
                "một@2:6",
                "hai@2:12",
                "ba@3:5",
                "1@3:8",
                "2@3:11",
                "bốn@3:13",
                "bảy@3:27",
                "năm@3:18",
                "sáu@3:22"
            ]
        );
        // A loop says its words as often as it turns; values stand at their tags.
        assert_eq!(
            words(
                "noi_dung: |\n  {% for d in ds %}\n  - Giao {{ d }} làm ngay.\n  {% endfor %}\n  Hết {{ ten }} cuối.\n"
            ),
            [
                "giao@3:5",
                "an@3:10",
                "làm@3:18",
                "ngay@3:22",
                "giao@3:5",
                "bình@3:10",
                "làm@3:18",
                "ngay@3:22",
                "hết@5:3",
                "sở@5:7",
                "cuối@5:17"
            ]
        );
        // Cells between bars, and between tabs.
        assert_eq!(
            words("noi_dung: |\n  | Tên | Số |\n  |---|---|\n  | Một \\| hai | ba |\n"),
            ["tên@2:5", "số@2:11", "một@4:5", "hai@4:12", "ba@4:18"]
        );
        // Escapes of YAML, and letters beyond the basic plane.
        assert_eq!(words("noi_dung:\n  - \"Vi\\u1ec7c ☑ **hai** ba\"\n"), ["việc@2:6", "hai@2:20", "ba@2:26"]);
        // A link, and an address as it is.
        assert_eq!(
            words("noi_dung: Xem [Cổng tin](https://a.vn) nhé.\n"),
            ["xem@1:11", "cổng@1:16", "tin@1:21", "nhé@1:40"]
        );
    }

    #[test]
    fn a_line_is_found_again_below_an_insertion() {
        let (old, new) = (Source::new("k", "a\nb\nc\n"), Source::new("k", "a\nmới\nb\nc\n"));
        assert_eq!((1..=3).map(|l| same_line(&old, &new, 0, l)).collect::<Vec<_>>(), [1, 3, 4]);
        assert_eq!(same_line(&new, &old, 0, 4), 3);
    }
}
