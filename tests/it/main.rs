//! All integration tests in one binary: each binary would link Typst again.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what it expects")]
#![allow(clippy::print_stderr, reason = "a test that leaves something out says so")]
#![allow(clippy::type_complexity, clippy::too_many_lines, reason = "tests hold small tables")]

mod arithmetic;
mod batch;
mod batch_files;
mod batch_layout;
mod batch_lists;
mod bounds;
mod check;
mod commands;
mod console;
mod copied;
#[path = "../common/desk.rs"]
mod desk;
mod facts;
mod files;
mod formats;
mod golden;
mod hostile;
mod house;
mod import;
mod import_cut_lines;
mod import_into;
mod import_layout;
mod import_portals;
mod import_seen;
mod issued;
mod layout;
mod pages;
mod parts;
mod pdf;
mod pictures;
mod preview;
mod preview_files;
mod preview_guard;
mod proof;
mod properties;
mod schema;
mod slips;
mod supply;
mod support;
mod tables;
mod typography;
mod word;
mod wrong;
