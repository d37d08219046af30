//! Two marks where one is meant: `,,` `;.` `..`.

use super::prelude::*;

rule!("dau-lap", "Dấu câu viết hai lần", None, Warning, Safe, Text(look));

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    const MARKS: [char; 4] = [',', ';', ':', '.'];
    if !text.plain.as_bytes().windows(2).any(|pair| pair.iter().all(|b| MARKS.contains(&char::from(*b)))) {
        return;
    }
    let letters: Vec<(usize, char)> = text.plain.char_indices().collect();
    let mut at = 0;
    while at < letters.len() {
        let length = letters[at..].iter().take_while(|(_, c)| MARKS.contains(c)).count();
        if length == 0 {
            at += 1;
            continue;
        }
        let (start, first) = letters[at];
        let last = letters[at + length - 1].1;
        let run: String = letters[at..at + length].iter().map(|(_, c)| c).collect();
        let next = letters.get(at + length).map(|(_, c)| *c);
        let before = text.plain[..start].chars().next_back();
        // Dots for something left out, `./.`, `v.v..,`; behind a number `:` and `.` may meet.
        let apart = before.is_some_and(char::is_whitespace) || run == "::";
        let dots =
            apart || run.matches('.').count() > 2 || next == Some('/') || before.is_none() || before == Some('…');
        let abbreviation = run.starts_with('.')
            && (first != last || text.low[..start].ends_with("v.v") || text.low[..start].ends_with("tr"));
        if length == 2 && !dots && !abbreviation {
            let right = if run.contains('.') && !run.contains(':') { last } else { first };
            found.replace(
                text,
                start..start + run.len(),
                &right.to_string(),
                format!("Hai dấu câu liền nhau: “{run}”."),
            );
        }
        at += length;
    }
}
