//! Long documents; their snippets run as tests.

#[doc = include_str!("architecture.md")]
pub mod architecture {}

#[doc = include_str!("judgement.md")]
pub mod judgement {}

#[doc = include_str!("sound.md")]
pub mod sound {}

#[doc = include_str!("data.md")]
pub mod data {}
