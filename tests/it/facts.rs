//! Every figure that a PDF shows, against the decree: paper, margins, faces, sizes, places, rules, page numbers.

use crate::pdf::{self, Facts, Glyph};
use crate::support::{build, plans, studio};
use vanthu::decree30::page::{FIRST_LINE, PAPER};
use vanthu::decree30::style::{Component, SHORT_RULE};
use vanthu::decree30::units::Mm;
use vanthu::pipeline;
use vanthu::sheet::{Par, Run, Sheet};

fn squeeze(text: &str) -> String {
    // A hyphen that does not break is printed as a hyphen, a place where a long word may break as nothing.
    let shown = |c| if c == '\u{2011}' { '-' } else { c };
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200B}').map(shown).collect()
}

struct Page<'f> {
    facts: &'f Facts,
    /// Characters of the text area without blanks, footnotes, their marks and page numbers.
    text: Vec<&'f Glyph>,
    string: String,
}

impl<'f> Page<'f> {
    fn new(facts: &'f Facts, sheet: &Sheet) -> Self {
        let top = sheet.sections[0].margins.top.to_pt().0;
        let has_top = !sheet.sections[0].top.is_empty();
        let note = sheet.styles.get(Component::ChuThich).size.0;
        let keep = |g: &&Glyph| !g.c.is_whitespace() && g.size > note + 0.1 && (g.y > top || (has_top && g.page == 0));
        let text: Vec<&Glyph> = facts.glyphs.iter().filter(keep).collect();
        let string = text.iter().map(|g| g.c).collect();
        Page { facts, text, string }
    }

    /// The characters of a paragraph, wherever it stands.
    fn find(&self, par: &Par) -> Option<(Vec<&'f Glyph>, Vec<(bool, bool)>)> {
        let mut wanted = String::new();
        let mut faces = Vec::new();
        for run in par.marker.iter().flatten().chain(&par.runs) {
            if let Some(c) = run.chars() {
                let text = squeeze(&c.text);
                faces.extend(std::iter::repeat_n((c.bold, c.italic), text.chars().count()));
                wanted.push_str(&text);
            }
        }
        // The same words may stand elsewhere in another face: take the place whose faces fit best.
        let mut best: Option<(usize, Vec<&Glyph>)> = None;
        let mut from = 0;
        while let Some(i) = self.string[from..].find(&wanted) {
            let start = self.string[..from + i].chars().count();
            let found = self.text[start..start + faces.len()].to_vec();
            let wrong = found.iter().zip(&faces).filter(|(g, f)| (g.bold, g.italic) != **f).count();
            if best.as_ref().is_none_or(|(w, _)| wrong < *w) {
                best = Some((wrong, found));
            }
            from += i + wanted.chars().next().map_or(1, char::len_utf8);
        }
        best.map(|(_, found)| (found, faces))
    }
}

#[test]
fn every_figure_is_inside_the_range_of_the_decree() {
    for path in plans() {
        let name = path.display().to_string();
        let (built, folder) = build(&path);
        let ready = built.ready.unwrap_or_else(|| panic!("{name}: {:?}", built.diagnostics));
        let writer = vanthu::write::by_extension("pdf").unwrap();
        let (_, written) =
            pipeline::write(studio(), &ready, &folder, &[writer], true).unwrap_or_else(|e| panic!("{name}: {e:?}"));
        let facts = pdf::read(&written[0].outputs[0].bytes);
        let sheet = &ready.sheet;
        paper_and_margins(&name, &facts, sheet);
        page_numbers(&name, &facts, sheet);
        let page = Page::new(&facts, sheet);
        components(&name, &page, sheet);
        rules(&name, &page, sheet);
        body(&name, &page, sheet);
        forms(&name, &page, sheet);
    }
}

fn paper_and_margins(name: &str, facts: &Facts, sheet: &Sheet) {
    let (short, long) = (PAPER.0.to_pt().0, PAPER.1.to_pt().0);
    let m = sheet.sections[0].margins;
    for (i, (w, h)) in facts.sizes.iter().enumerate() {
        let portrait = (w - short).abs() < 0.1 && (h - long).abs() < 0.1;
        let landscape = (h - short).abs() < 0.1 && (w - long).abs() < 0.1;
        assert!(portrait || landscape, "{name}: page {} is {w} × {h}", i + 1);
        for g in facts.glyphs.iter().filter(|g| g.page == i && !g.c.is_whitespace()) {
            assert!(g.font.starts_with("LiberationSerif"), "{name}: {g:?}");
            assert!(
                g.x0 >= m.left.to_pt().0 - 0.2 && g.x1 <= w - m.right.to_pt().0 + 0.2,
                "{name}: {g:?} outside the margins"
            );
            assert!(g.y <= h - m.bottom.to_pt().0 + 0.2 && g.y > 8.0, "{name}: {g:?} outside the margins");
        }
    }
}

/// PL I, mục I, khoản 7: from 1, centred in the top margin, 13–14, upright, not on the first page of a part.
fn page_numbers(name: &str, facts: &Facts, sheet: &Sheet) {
    let top = sheet.sections[0].margins.top.to_pt().0;
    let mut starts = 0;
    let mut expected = 0;
    for (i, (w, _)) in facts.sizes.iter().enumerate() {
        let found: Vec<&Glyph> =
            facts.glyphs.iter().filter(|g| g.page == i && g.y < top && g.c.is_ascii_digit()).collect();
        let text: String = found.iter().map(|g| g.c).collect();
        expected += 1;
        if text.is_empty() {
            starts += 1;
            expected = 1;
            continue;
        }
        assert_eq!(text, expected.to_string(), "{name}: page {}", i + 1);
        let (x0, x1) = (found[0].x0, found[found.len() - 1].x1);
        let m = sheet.sections[0].margins;
        let centre = (m.left.to_pt().0 + w - m.right.to_pt().0) / 2.0;
        assert!(((x0 + x1) / 2.0 - centre).abs() < 0.5, "{name}: number of page {} is not centred", i + 1);
        assert!(found.iter().all(|g| (13.0..=14.0).contains(&g.size) && !g.bold && !g.italic), "{name}: {found:?}");
    }
    assert_eq!(starts, sheet.sections.len(), "{name}: pages without a number");
}

/// Every character in the face and size of its component, the size inside the component's range.
fn components(name: &str, page: &Page<'_>, sheet: &Sheet) {
    sheet.visit(&mut |par| {
        let row = par.style.row();
        let Some((glyphs, faces)) = page.find(par) else { panic!("{name}: {} is not on the page: {par:?}", row.name) };
        for (g, face) in glyphs.iter().zip(faces) {
            assert!(g.size >= row.range[0] && g.size <= row.range[1], "{name}: {}: {g:?}", row.name);
            assert_eq!((g.bold, g.italic), face, "{name}: {}: {g:?}", row.name);
        }
        let one_line = [Component::QuocHieu, Component::TieuNgu, Component::DiaDanhNgay, Component::SoKyHieu];
        if one_line.contains(&par.style) {
            assert!(
                glyphs.iter().all(|g| (g.y - glyphs[0].y).abs() < 0.01),
                "{name}: {} is broken over lines",
                row.name
            );
        }
    });
    let size = |c: Component| sheet.styles.get(c).size.0;
    let profile = [size(Component::QuocHieu), size(Component::TieuNgu), size(Component::DiaDanhNgay)];
    assert!(profile == [12.0, 13.0, 13.0] || profile == [13.0, 14.0, 14.0], "{name}: {profile:?}");
}

/// Drawn rules of the lawful length, right under their line.
fn rules(name: &str, page: &Page<'_>, sheet: &Sheet) {
    let last_line = |component: Component| {
        let mut found: Option<(f64, f64, f64)> = None;
        sheet.sections[0].visit(&mut |par| {
            if par.style == component
                && let Some((glyphs, _)) = page.find(par)
            {
                let y = glyphs[glyphs.len() - 1].y;
                let line: Vec<_> = glyphs.iter().filter(|g| (g.y - y).abs() < 0.01).collect();
                found = Some((line[0].x0, line[line.len() - 1].x1, y));
            }
        });
        found.unwrap_or_else(|| panic!("{name}: no {}", component.row().name))
    };
    let mut there = vec![Component::TieuNgu];
    sheet.sections[0].visit(&mut |par| there.push(par.style));
    let ruled = [(Component::TieuNgu, [1.0, 1.0]), (Component::CoQuan, SHORT_RULE), (Component::TrichYeu, SHORT_RULE)];
    for (component, parts) in ruled.into_iter().filter(|(c, _)| there.contains(c)) {
        let (x0, x1, y) = last_line(component);
        let under = |r: &&pdf::Rule| r.page == 0 && r.y > y && r.y < y + 12.0 && r.x0 >= x0 - 1.0 && r.x1 <= x1 + 1.0;
        let rule = page
            .facts
            .rules
            .iter()
            .find(under)
            .unwrap_or_else(|| panic!("{name}: no rule under {}", component.row().name));
        let part = (rule.x1 - rule.x0) / (x1 - x0);
        assert!(
            part >= parts[0] - 0.006 && part <= parts[1] + 0.006,
            "{name}: rule under {} is {part}",
            component.row().name
        );
        assert!(
            ((rule.x0 + rule.x1) - (x0 + x1)).abs() < 2.0,
            "{name}: rule under {} is not centred",
            component.row().name
        );
        assert!(rule.thickness >= 0.4 && rule.thickness <= 1.0);
    }
}

/// What single forms fix: the subject of a công văn 6 pt below its number (mục II, khoản 5, điểm b); hyphens below the
/// colon of Kính gửi (khoản 9, điểm a); the word of command centred (mẫu 1.1 to 1.3).
fn forms(name: &str, page: &Page<'_>, sheet: &Sheet) {
    let mut of: std::collections::BTreeMap<Component, Vec<Vec<Glyph>>> = std::collections::BTreeMap::new();
    sheet.visit(&mut |par| {
        let (glyphs, _) = page.find(par).unwrap();
        of.entry(par.style).or_default().push(glyphs.into_iter().cloned().collect());
    });
    let section = &sheet.sections[0];
    let (left, right) = (section.margins.left.to_pt().0, PAPER.0.to_pt().0 - section.margins.right.to_pt().0);
    if let Some(subject) = of.get(&Component::VeViec) {
        let number = &of[&Component::SoKyHieu][0];
        let gap = subject[0][0].y - number[0].y - sheet.styles.get(Component::VeViec).pitch.0;
        assert!((gap - 6.0).abs() < 0.3, "{name}: {gap} pt below the number");
    }
    if let Some([label, items @ ..]) = of.get(&Component::KinhGui).map(Vec::as_slice)
        && label[0].c == 'K'
        && let Some(colon) = label.iter().rfind(|g| g.c == ':').filter(|_| !items.is_empty())
    {
        for item in items {
            assert_eq!(item[0].c, '-', "{name}");
            assert!(
                (item[0].x0 - colon.x0).abs() < 0.6,
                "{name}: a hyphen at {}, the colon at {}",
                item[0].x0,
                colon.x0
            );
        }
    }
    for glyphs in of.get(&Component::Lenh).into_iter().flatten() {
        let middle = (glyphs[0].x0 + glyphs[glyphs.len() - 1].x1) / 2.0;
        assert!((middle - (left + right) / 2.0).abs() < 1.0, "{name}: the word of command is not centred");
    }
}

/// PL I, mục II, khoản 6, điểm e: first-line indent, line spacing, justified lines.
fn body(name: &str, page: &Page<'_>, sheet: &Sheet) {
    let section = &sheet.sections[0];
    let (left, right) = (section.margins.left.to_pt().0, PAPER.0.to_pt().0 - section.margins.right.to_pt().0);
    for item in &section.items {
        let vanthu::sheet::Item::Par(par) = item else { continue };
        let style = sheet.styles.get(par.style);
        if style.indent.0 == 0.0 {
            continue;
        }
        let (glyphs, _) = page.find(par).unwrap();
        let indent = Mm(style.indent.to_mm().0);
        assert!(indent.0 >= FIRST_LINE.start().0 - 0.02 && indent.0 <= FIRST_LINE.end().0 + 0.02);
        assert!((glyphs[0].x0 - left - style.indent.0).abs() < 0.6, "{name}: first line starts at {}", glyphs[0].x0);
        let mut lines: Vec<Vec<&Glyph>> = Vec::new();
        for g in &glyphs {
            match lines.last_mut() {
                Some(line) if line[0].page == g.page && (line[0].y - g.y).abs() < 0.01 => line.push(g),
                _ => lines.push(vec![g]),
            }
        }
        for (i, line) in lines.iter().enumerate() {
            if i > 0 {
                assert!((line[0].x0 - left).abs() < 0.6, "{name}: a line starts at {}", line[0].x0);
                let before = lines[i - 1][0];
                if before.page == line[0].page {
                    let pitch = line[0].y - before.y;
                    assert!((pitch - style.pitch.0).abs() < 0.06, "{name}: pitch {pitch}");
                    assert!((1.0..=1.51).contains(&(pitch / (1.1499 * style.size.0) + 0.002)), "{name}: pitch {pitch}");
                }
            }
            let justified = i + 1 < lines.len()
                && !par.runs.contains(&Run::Break)
                && !par.runs.iter().any(|r| matches!(r, Run::Note(_)));
            if justified {
                let end = line[line.len() - 1].x1;
                assert!(
                    (end - right).abs() < 0.6,
                    "{name}: a line ends at {end}, not at {right}: {}",
                    line.iter().map(|g| g.c).collect::<String>()
                );
            }
        }
    }
}
