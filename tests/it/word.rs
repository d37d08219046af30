//! The Word template that ships with the program, and Word files made through it.

use crate::support::root;
use vanthu::write::docx::blank;

/// Set to make the template anew from the tables: `INSTA_UPDATE=always cargo test word`.
fn updating() -> bool {
    std::env::var("INSTA_UPDATE").is_ok_and(|v| v == "always")
}

#[test]
fn the_template_is_made_from_the_tables() {
    let path = root().join("templates/docx/van-ban.docx");
    let made = blank::make().unwrap();
    if updating() {
        std::fs::write(&path, &made).unwrap();
    }
    assert!(std::fs::read(&path).unwrap() == made, "run INSTA_UPDATE=always cargo test word");
}
