//! stub: replaced by the module of that name when it lands.
#![allow(missing_docs)]
use crate::{Error, Result};
use std::net::SocketAddr;
use std::path::PathBuf;
#[derive(Clone, Debug)]
pub struct ServeOptions {
    pub listen: SocketAddr,
    pub register: Option<PathBuf>,
}
impl Default for ServeOptions {
    fn default() -> Self {
        Self { listen: SocketAddr::from(([127, 0, 0, 1], 8080)), register: None }
    }
}
pub fn run(_options: ServeOptions) -> Result<()> {
    Err(Error::new(crate::ErrorKind::Internal, "stub"))
}
