//! All integration tests in one binary: each binary would link Typst again.

mod commands;
mod facts;
mod golden;
mod hostile;
mod house;
mod pages;
mod pdf;
mod properties;
mod proof;
mod schema;
mod support;
mod wrong;
