//! One error type for the whole crate: what went wrong, where, and what to do.
//!
//! A message names its place first (`register.csv, line 12, field classes: …`) and ends
//! with the mend. Kinds are few, because callers branch on them only twice: the command
//! line maps a kind to an exit status, the service maps it to an HTTP status and a code.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::path::Path;

/// Result of every fallible function of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, said for the person who can mend it.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// The classes of errors that callers treat differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// A flag, parameter or combination of them that means nothing.
    Usage,
    /// A file or a value from outside that can't be read as what it should be.
    Input,
    /// A register that is not there, damaged, or of another format version.
    Register,
    /// Another process is writing the register.
    Locked,
    /// The thing asked for (a mark, a route) is not there.
    NotFound,
    /// Writing failed: full disk, read-only place, closed pipe.
    Output,
    /// A limit of the service was reached; the same request may pass later.
    Busy,
    /// A promise inside this crate was broken. Always a defect of mirip.
    Internal,
}

impl Error {
    /// An error of `kind` with the sentence that the user reads.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), source: None }
    }

    /// Wrong use: a flag or parameter.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Usage, message)
    }

    /// Bad input: a file or value from outside.
    pub fn input(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Input, message)
    }

    /// A register that can't be read.
    pub fn register(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Register, message)
    }

    /// Something that could not be written.
    pub fn output(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Output, message)
    }

    /// An input file that could not be opened or read, with the system's own reason.
    pub fn reading(path: &Path, source: io::Error) -> Self {
        Self::input(format!("{}: can't be read", path.display())).caused_by(source)
    }

    /// A file that could not be written, with the system's own reason and its mend.
    pub fn writing(path: &Path, source: io::Error) -> Self {
        Self::output(format!("{}: can't be written{}", path.display(), mend_of_writing(source.kind()))).caused_by(source)
    }

    /// As [`Error::writing`], of a CSV file: csv wraps the system's error without naming it as a cause.
    pub(crate) fn writing_csv(path: &Path, source: csv::Error) -> Self {
        Self::writing(
            path,
            match source.into_kind() {
                csv::ErrorKind::Io(error) => error,
                other => io::Error::other(format!("{other:?}")),
            },
        )
    }

    /// Keeps what lay underneath; it is shown after the message.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The class of the error.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The exit status of the command line: 2 for wrong use or bad input, 3 where the
    /// register can't be read or written, 2 for all else that the user can mend.
    pub fn exit_status(&self) -> u8 {
        match self.kind {
            ErrorKind::Register | ErrorKind::Locked => 3,
            _ => 2,
        }
    }

    /// True where the reader of our output went away, which is no failure of ours.
    pub fn is_broken_pipe(&self) -> bool {
        let mut cause: Option<&(dyn StdError + 'static)> = Some(self);
        while let Some(error) = cause {
            if let Some(io) = error.downcast_ref::<io::Error>()
                && io.kind() == io::ErrorKind::BrokenPipe
            {
                return true;
            }
            cause = error.source();
        }
        false
    }
}

/// What to do where writing failed, behind the words "can't be written"; empty where the
/// system's reason has to speak for itself.
pub(crate) fn mend_of_writing(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "; make room on its disk, or choose another place",
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => "; choose a place that you may write to",
        io::ErrorKind::NotFound => "; make its folder first, or check the path",
        _ => "",
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.source {
            Some(source) => write!(f, " ({source})"),
            None => Ok(()),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_then_cause() {
        let cause = io::Error::other("no luck");
        let error = Error::writing(Path::new("out.csv"), cause);
        assert_eq!(error.to_string(), "out.csv: can't be written (no luck)");
        assert_eq!(error.exit_status(), 2);
    }

    #[test]
    fn a_reason_of_the_system_has_its_mend() {
        let full = Error::writing(Path::new("out.csv"), io::ErrorKind::StorageFull.into()).to_string();
        assert!(full.starts_with("out.csv: can't be written; make room"), "{full}");
        let wrapped = csv::Error::from(io::Error::from(io::ErrorKind::StorageFull));
        let full = Error::writing_csv(Path::new("out.csv"), wrapped).to_string();
        assert!(full.starts_with("out.csv: can't be written; make room"), "{full}");
    }

    #[test]
    fn a_broken_pipe_is_found_below() {
        let pipe = io::Error::from(io::ErrorKind::BrokenPipe);
        assert!(Error::output("stdout: can't be written").caused_by(pipe).is_broken_pipe());
        assert!(!Error::usage("no name given").is_broken_pipe());
    }
}
