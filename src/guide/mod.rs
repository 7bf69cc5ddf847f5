//! Long documents; their snippets run as tests.

#[doc = include_str!("architecture.md")]
pub mod architecture {}

#[doc = include_str!("judgement.md")]
pub mod judgement {}

#[doc = include_str!("sound.md")]
pub mod sound {}

#[doc = include_str!("data.md")]
pub mod data {}

#[doc = include_str!("offices/README.md")]
pub mod offices {
    #[doc = include_str!("offices/pdki.md")]
    pub mod pdki {}

    #[doc = include_str!("offices/gazette.md")]
    pub mod gazette {}

    #[doc = include_str!("offices/uspto.md")]
    pub mod uspto {}

    #[doc = include_str!("offices/euipo.md")]
    pub mod euipo {}

    #[doc = include_str!("offices/wipo.md")]
    pub mod wipo {}

    #[doc = include_str!("offices/tmview.md")]
    pub mod tmview {}

    #[doc = include_str!("offices/tables.md")]
    pub mod tables {}
}
