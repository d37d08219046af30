//! How files get onto the disk: whole or not at all, all of a run or none, and never over a file of somebody else's.
//!
//! `seal` puts a digest into what is written, so that a file tells by itself whether it is ours and unchanged; `standing`
//! asks a file on the disk; `atomic` writes beside the target and renames; `together` does both for the files of a run.

mod atomic;
mod leftovers;
mod links;
mod seal;
mod standing;
mod together;

pub use atomic::{not_written, replace_from};
pub use links::refuse_links;
pub use seal::{PLACEHOLDER, Seal, Sealed};
pub use standing::{Standing, not_ours, standing_of};
pub use together::{Prepared, abandon, write_all};
