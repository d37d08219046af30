//! Lengths with their units, and the only conversions between them.

use serde::Serialize;
use std::ops::{Add, Mul, Sub};

/// Points, 1/72 inch. The unit of type sizes and of the sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Pt(pub f64);

/// Millimetres. The unit in which the decree gives paper and margins.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Mm(pub f64);

impl Mm {
    /// Millimetres in points.
    pub const fn to_pt(self) -> Pt {
        Pt(self.0 * 72.0 / 25.4)
    }
}

impl Pt {
    /// Points in millimetres.
    pub const fn to_mm(self) -> Mm {
        Mm(self.0 * 25.4 / 72.0)
    }

    /// Twips, 1/20 point: the unit of WordprocessingML lengths.
    pub fn twips(self) -> i64 {
        (self.0 * 20.0).round() as i64
    }

    /// The nearest length that is a whole number of twips, so that both formats can hold it exactly.
    pub fn on_twip(self) -> Pt {
        Pt(self.twips() as f64 / 20.0)
    }

    /// The longer of two lengths.
    pub fn max(self, other: Pt) -> Pt {
        Pt(self.0.max(other.0))
    }

    /// The shorter of two lengths.
    pub fn min(self, other: Pt) -> Pt {
        Pt(self.0.min(other.0))
    }
}

macro_rules! arithmetic {
    ($($unit:ident),*) => {$(
        impl Add for $unit { type Output = $unit; fn add(self, o: $unit) -> $unit { $unit(self.0 + o.0) } }
        impl Sub for $unit { type Output = $unit; fn sub(self, o: $unit) -> $unit { $unit(self.0 - o.0) } }
        impl Mul<f64> for $unit { type Output = $unit; fn mul(self, k: f64) -> $unit { $unit(self.0 * k) } }
    )*};
}
arithmetic!(Pt, Mm);

/// Height of a single-spaced line of Times New Roman (or a face of the same metrics) at this size, times `multiple`,
/// as Word computes it: 1.1499 em, the result cut to a whole twip.
pub fn line_pitch(size: Pt, multiple: f64) -> Pt {
    Pt(((20.0 * size.0 * 1.1499).round() * multiple).floor() / 20.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_margins_of_the_decree_in_twips() {
        for (mm, twips) in [(20.0, 1134), (25.0, 1417), (30.0, 1701), (35.0, 1984), (15.0, 850)] {
            assert_eq!(Mm(mm).to_pt().twips(), twips);
        }
    }

    #[test]
    fn a_single_line_of_14_pt() {
        assert_eq!(line_pitch(Pt(14.0), 1.0), Pt(16.1));
    }
}
