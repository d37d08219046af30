//! Files that people have → the text of a plan: every word kept, in order, the structure understood.

pub mod choices;
pub mod found;
pub mod html;
pub mod into;
pub mod markdown;
pub mod marks;
pub mod proof;
pub mod recognise;
pub mod stream;
pub mod text;
pub mod word;
pub mod yaml;
