//! Exit statuses and last words, decided here alone.
//!
//! 0 done, nothing at or above `high`; 1 done, something at or above `high`; 2 wrong use or
//! bad input; 3 the register can't be read. A reader that went away is no error: 0.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use super::console::wants_color;
use super::human::escape_lines;
use crate::view::Band;
use crate::{Error, ErrorKind, Result};

/// What a verb that is done has found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finding {
    /// Nothing at or above `high`, or nothing was looked for.
    NothingHigh,
    /// Something at or above `high`.
    High,
    /// Done as far as bad input let it.
    Incomplete,
}

impl Finding {
    /// The finding of the strongest of `verdicts`.
    pub fn of(verdicts: impl IntoIterator<Item = Band>) -> Self {
        if verdicts.into_iter().any(|verdict| verdict >= Band::High) { Self::High } else { Self::NothingHigh }
    }
}

/// The exit status after a verb; says on stderr what went wrong.
pub(super) fn after(result: Result<Finding>) -> ExitCode {
    match result {
        Ok(Finding::NothingHigh) => ExitCode::SUCCESS,
        Ok(Finding::High) => ExitCode::from(1),
        Ok(Finding::Incomplete) => ExitCode::from(2),
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            last_words(&error.to_string());
            if error.kind() == ErrorKind::Internal {
                last_words("this is a defect of mirip; please report it with the command that showed it");
            }
            ExitCode::from(error.exit_status())
        }
    }
}

/// The exit status where the arguments could not be read, or asked for help.
pub(super) fn unread(unread: &clap::Error) -> ExitCode {
    use clap::error::ErrorKind::{DisplayHelp, DisplayHelpOnMissingArgumentOrSubcommand, DisplayVersion};
    match unread.kind() {
        DisplayHelp | DisplayVersion => match unread.print() {
            Err(error) => after(Err(Error::output("stdout: can't be written").caused_by(error))),
            Ok(()) => ExitCode::SUCCESS,
        },
        DisplayHelpOnMissingArgumentOrSubcommand => {
            // Where even stderr is gone, the exit status still speaks.
            let _ = unread.print();
            ExitCode::from(2)
        }
        _ => {
            let text = unread.render().to_string();
            last_words(text.strip_prefix("error: ").unwrap_or(&text).trim_end());
            ExitCode::from(2)
        }
    }
}

/// `mirip: message` on stderr, in red on a terminal.
fn last_words(message: &str) {
    let mut stderr = io::stderr();
    let name = if stderr.is_terminal() && wants_color() { "\x1b[1;31mmirip:\x1b[0m" } else { "mirip:" };
    // Where even stderr is gone, the exit status still speaks.
    let _ = writeln!(stderr, "{name} {}", escape_lines(message));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_strong_conflict_among_many_names_is_enough() {
        assert_eq!(Finding::of([]), Finding::NothingHigh);
        assert_eq!(Finding::of([Band::Clear, Band::Low, Band::Medium]), Finding::NothingHigh);
        assert_eq!(Finding::of([Band::Clear, Band::High]), Finding::High);
        assert_eq!(Finding::of([Band::Identical]), Finding::High);
    }

    #[test]
    fn each_end_has_its_status() {
        let code = |result| format!("{:?}", after(result));
        let expected = |status: u8| format!("{:?}", ExitCode::from(status));
        assert_eq!(code(Ok(Finding::NothingHigh)), expected(0));
        assert_eq!(code(Ok(Finding::High)), expected(1));
        assert_eq!(code(Ok(Finding::Incomplete)), expected(2));
        assert_eq!(code(Err(Error::input("x"))), expected(2));
        assert_eq!(code(Err(Error::register("x"))), expected(3));
        assert_eq!(code(Err(Error::new(ErrorKind::Locked, "x"))), expected(3));
        let gone = io::Error::from(io::ErrorKind::BrokenPipe);
        assert_eq!(code(Err(Error::output("x").caused_by(gone))), expected(0));
    }
}
