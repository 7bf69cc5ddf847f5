//! `mirip serve`: the HTTP service and its page.

use std::io;
use std::net::SocketAddr;

use clap::Args;
use tracing_subscriber::EnvFilter;

use super::arguments::Global;
use super::exit::Finding;
use crate::index::expect_register;
use crate::serve::{self, ServeOptions};
use crate::{Error, Result};

/// Says what is logged where it is not set otherwise.
const LOG_VARIABLE: &str = "MIRIP_LOG";

/// Serve the HTTP interface and its page until stopped
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mirip serve --register ./register
  mirip serve --listen 0.0.0.0:8080

The page is at http://ADDRESS/, the description of the interface at /openapi.json. Logs go to
stderr, by the environment variable MIRIP_LOG [default: info]; no name that is checked is logged.")]
pub(super) struct Arguments {
    /// Address and port to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080", value_parser = address)]
    listen: SocketAddr,
}

pub(super) fn run(arguments: Arguments, global: &Global) -> Result<Finding> {
    let register = global.register();
    if let Some(path) = &register {
        expect_register(path)?;
    }
    start_log()?;
    serve::run(ServeOptions { listen: arguments.listen, register, ..ServeOptions::default() })?;
    Ok(Finding::NothingHigh)
}

/// Reads an address with its port.
fn address(text: &str) -> Result<SocketAddr, String> {
    text.trim().parse().map_err(|_| "is no address with a port; write it in numbers, such as 127.0.0.1:8080".to_owned())
}

fn start_log() -> Result<()> {
    let directives = std::env::var(LOG_VARIABLE).unwrap_or_default();
    let directives = if directives.trim().is_empty() { "info" } else { &directives };
    let filter = EnvFilter::try_new(directives)
        .map_err(|error| Error::usage(format!("{LOG_VARIABLE}: is no log filter; write a level such as info or debug")).caused_by(error))?;
    let is_colored = io::IsTerminal::is_terminal(&io::stderr()) && super::console::wants_color();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(is_colored).with_writer(io::stderr);
    log.try_init().map_err(|error| Error::new(crate::ErrorKind::Internal, "the log was started twice").caused_by(error))
}
