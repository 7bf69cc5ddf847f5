//! What all requests share: the register in use, the lanes, the limits.

use std::path::PathBuf;
use std::sync::Arc;

use arc_swap::ArcSwapOption;

use super::ServeOptions;
use super::lane::Lane;
use super::problem::{Code, Problem};
use crate::index::Index;
use crate::scan::Threads;
use crate::{Error, ErrorKind, Result, view};

/// Waiting screenings. Each may take minutes of all cores: who is further back would run
/// into its time-out.
const MAX_WAITING_SCREENINGS: usize = 8;

/// The state behind every route. Cheap to clone; clones share all.
#[derive(Clone)]
pub struct Service {
    shared: Arc<Shared>,
}

struct Shared {
    index: ArcSwapOption<Index>,
    register: Option<PathBuf>,
    searches: Lane,
    screenings: Lane,
    options: ServeOptions,
}

impl Service {
    /// A service that has no register yet: its searches answer `not_ready` until
    /// [`Service::open`] has come back.
    pub fn new(options: ServeOptions) -> Self {
        let shared = Shared {
            index: ArcSwapOption::empty(),
            register: options.register.clone(),
            searches: Lane::new(options.max_concurrent, options.max_waiting),
            // A screening spreads over all cores by itself.
            screenings: Lane::new(1, MAX_WAITING_SCREENINGS),
            options,
        };
        Self { shared: Arc::new(shared) }
    }

    /// A service over an index that is open already.
    pub fn with_index(index: Index, options: ServeOptions) -> Self {
        let service = Self::new(options);
        service.shared.index.store(Some(Arc::new(index)));
        service
    }

    /// Opens the register of the options, and takes it into use. Blocks. Requests that run
    /// keep the state that they began with.
    ///
    /// # Errors
    /// Those of [`Index::open`] and [`Index::starter`]; the register in use stays.
    pub fn open(&self) -> Result<()> {
        let index = match &self.shared.register {
            Some(folder) => Index::open(folder)?,
            None => Index::starter()?,
        };
        self.shared.index.store(Some(Arc::new(index)));
        Ok(())
    }

    /// Opens the register again where a later commit has been finished in its folder. Blocks.
    /// True where it was.
    ///
    /// # Errors
    /// Those of [`Index::is_outdated`] and [`Index::open`]; the register in use stays.
    pub fn reopen_if_outdated(&self) -> Result<bool> {
        let Some(index) = self.shared.index.load_full() else { return Ok(false) };
        if !index.is_outdated()? {
            return Ok(false);
        }
        self.open()?;
        Ok(true)
    }

    /// The register in use; a clone sees the same state for ever.
    ///
    /// # Errors
    /// `not_ready` while the first one is being opened.
    pub(super) fn index(&self) -> Result<Arc<Index>, Problem> {
        self.shared
            .index
            .load_full()
            .ok_or_else(|| Problem::new(Code::NotReady, "the register is still being opened; ask again in a second"))
    }

    /// The lane of single searches.
    pub(super) fn searches(&self) -> &Lane {
        &self.shared.searches
    }

    /// The lane of screenings.
    pub(super) fn screenings(&self) -> &Lane {
        &self.shared.screenings
    }

    /// What the operator chose.
    pub(super) fn options(&self) -> &ServeOptions {
        &self.shared.options
    }

    /// Runs `work` on the register in use, in the lane of single searches: on all threads where it is alone there,
    /// on its own where others wait, which answers most requests a second.
    pub(super) async fn search<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Index, Threads) -> Result<T> + Send + 'static,
    ) -> Result<T, Problem> {
        let (index, lane) = (self.index()?, self.searches().clone());
        self.searches().run(move |_| work(&index, if lane.is_alone() { Threads::All } else { Threads::One })).await
    }
}

/// What an answer says of the register it was made from.
pub(super) fn register_of(index: &Index) -> view::Register {
    view::Register {
        name: index.name().to_owned(),
        marks: index.marks(),
        compared: index.compared(),
        data_as_of: index.data_as_of(),
        digest: index.digest(),
    }
}

/// The error of work that stopped because nobody waits for it.
pub(super) fn abandoned() -> Error {
    Error::new(ErrorKind::Busy, "nobody waits for this answer any more")
}
