//! What Decree 30/2020/NĐ-CP says, as tables. Imports nothing of the crate; every number in the program comes from here.

pub mod kinds;
pub mod lengths;
pub mod outline;
pub mod page;
pub mod phrases;
pub mod style;
pub mod units;

/// The law that these tables hold, for reports and metadata.
pub const LAW: &str = "Nghị định số 30/2020/NĐ-CP";
/// The day on which the decree was issued and came into force: year, month, day.
pub const DECREE_DATE: (i32, u8, u8) = (2020, 3, 5);
