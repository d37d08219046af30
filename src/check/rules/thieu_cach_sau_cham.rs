//! A full stop between a word in small letters and a capital.

use super::prelude::*;

rule!("thieu-cach-sau-cham", "Thiếu dấu cách sau dấu chấm", None, Warning, Safe, Text(look));

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for pair in text.words.windows(2) {
        let stop = pair[0].end..pair[1].start;
        if &text.plain[stop.clone()] != "." {
            continue;
        }
        let (before, after) = (&text.plain[pair[0].clone()], &text.plain[pair[1].clone()]);
        // A Vietnamese word in small letters is no abbreviation and no part of an address.
        let small = before.chars().all(char::is_lowercase) && !before.is_ascii() && before.chars().count() > 1;
        let capital =
            after.chars().next().is_some_and(char::is_uppercase) && after.chars().skip(1).all(char::is_lowercase);
        if small && capital {
            found.replace_with_hint(text, stop, ". ", "Thiếu dấu cách sau dấu chấm.", "Thêm dấu cách.");
        }
    }
}
