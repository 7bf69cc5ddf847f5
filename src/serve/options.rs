//! What an operator can choose.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// How the service listens and what it allows.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// Address and port. The default, 127.0.0.1:8080, is seen from this machine alone.
    pub listen: SocketAddr,
    /// Folder of the register; `None` serves the starter register.
    pub register: Option<PathBuf>,
    /// Searches that run at once. The default is the number of cores: a search keeps a core busy.
    pub max_concurrent: usize,
    /// Searches that wait for their turn; beyond them a caller is told to come back.
    pub max_waiting: usize,
    /// Longest time for one request, from its first byte read to its answer.
    pub timeout: Duration,
    /// The same for a screening, which holds many searches.
    pub screening_timeout: Duration,
    /// Largest body of a screening, in bytes.
    pub max_body_bytes: usize,
    /// Most rows of one screening.
    pub max_rows: usize,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            register: None,
            max_concurrent: std::thread::available_parallelism().map_or(1, usize::from),
            // A hall of a hundred people with five names each fits, twice over: each asks once.
            max_waiting: 256,
            timeout: Duration::from_secs(30),
            screening_timeout: Duration::from_secs(300),
            max_body_bytes: 8 << 20,
            // The answer is held in memory until it is sent: at some 1 kB per hit and five
            // hits per row, ten thousand rows are 50 MB. A longer list is for `mirip screen`.
            max_rows: 10_000,
        }
    }
}
