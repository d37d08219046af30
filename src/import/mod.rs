//! Files that people have → the text of a plan: every word kept, in order, the structure understood.

mod bars;
mod broken;
pub mod choices;
mod cut;
pub mod depth;
pub mod found;
mod frame;
pub mod html;
pub mod into;
mod line;
pub mod markdown;
pub mod marks;
pub mod proof;
pub mod recognise;
pub mod scripts;
pub mod signs;
mod spans;
pub mod stream;
pub mod text;
pub mod word;
pub mod yaml;
