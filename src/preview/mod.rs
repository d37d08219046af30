//! The printed page, live, beside the editor: a server on this machine that shows what `render` would write, follows
//! every file that the plan reads, and leads from a word on the page to its line.
//!
//! A change of a file makes a `inputs::Snapshot`; what of it is shown (the plan, or a unit's document) is a
//! `view::View`, with `view::Pages` when it has no errors. The `desk::Desk` keeps the newest of both and the last
//! good pages; `routes` hands them out, `watch` tells of changes.

mod answers;
mod assets;
mod beside;
mod desk;
mod door;
mod dropped;
mod editor;
mod guard;
mod inputs;
mod office;
mod opener;
mod paragraphs;
mod place;
mod problem;
mod routes;
mod server;
mod view;
mod watch;

pub use editor::Editor;
pub use inputs::Settings;
pub use opener::Opener;
pub use server::{Server, Shutdown};
pub use view::Notice;
