//! Files that people have → the text of a plan: every word kept, in order, the structure understood.

pub mod stream;
pub mod word;
