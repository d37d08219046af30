//! One plan, many units: each unit's own documents, a report of what was made, and a page to look them over.
//!
//! [`Work`] is what is to be done: the plan, the list, names, templates; [`run`] does it on all cores. What was done is a
//! [`Record`] a unit: the workers note it in a journal before the unit's files take their names, and the report
//! keeps it for the next run, which leaves alone what has not changed.

mod changes;
mod columns;
mod folder;
mod forms;
mod judge;
pub mod list;
pub mod names;
mod overview;
mod paths;
pub mod record;
pub mod report;
mod run;
mod shard;
mod state;
mod unit;
mod work;

pub use changes::{Change, changes};
pub use columns::gives;
pub use folder::OutputFolder;
pub use record::{Record, Status, Trouble};
pub use report::{Report, merge};
pub use run::{Progress, Stop, run};
pub use shard::Shard;
pub use state::Known;
pub use unit::{begin, note};
pub use work::{Inputs, Options, Work};
