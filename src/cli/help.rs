//! How the help of every command is arranged.

/// Template of clap.
pub const HELP: &str = "{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}";
