//! The year 2205, or 1026.

use super::prelude::*;

rule!("nam-xa", "Năm khó có thật", None, Error, None, Text(look));

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for date in text.dates() {
        if let Some(year) = date.year.as_ref().filter(|y| !(900..=2100).contains(&y.value)) {
            let message = format!("Năm {} khó có thật.", year.value);
            found.tell(text, year.range.clone(), message, "Xem lại năm.");
        }
    }
}
