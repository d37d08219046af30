//! The program's memory: a unit's PDF of three pages asks for some 24,000 pieces of it.
//!
//! jemalloc where its huge pages can be asked for when it is built (`.cargo/config.toml`) and a page of memory has one
//! size, mimalloc elsewhere (`benches/results.md` has both). The program and the benches name it; a library that is
//! called by others leaves theirs alone.

#[cfg(not(all(target_os = "linux", target_env = "gnu", target_arch = "x86_64")))]
pub use mimalloc::MiMalloc as Allocator;
#[cfg(all(target_os = "linux", target_env = "gnu", target_arch = "x86_64"))]
pub use tikv_jemallocator::Jemalloc as Allocator;
