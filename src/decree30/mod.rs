//! What Decree 30/2020/NĐ-CP says, as tables. Imports nothing of the crate; every number in the program comes from here.

pub mod kinds;
pub mod outline;
pub mod page;
pub mod phrases;
pub mod style;
pub mod units;

/// The law that these tables hold, for reports and metadata.
pub const LAW: &str = "Nghị định số 30/2020/NĐ-CP";
