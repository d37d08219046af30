//! A list cut into parts for several machines.

use std::ops::Range;

/// A part of a list, for one of several machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which part, from 1.
    pub index: usize,
    /// Of how many.
    pub count: usize,
}

impl Shard {
    /// The units of this part of a list of `length`: parts differ by one unit at most.
    pub fn range(self, length: usize) -> Range<usize> {
        let at = |i: usize| i * length / self.count.max(1);
        at(self.index.saturating_sub(1))..at(self.index)
    }

    /// What marks its reports.
    pub fn suffix(self) -> String {
        format!("-{}-{}", self.index, self.count)
    }
}
