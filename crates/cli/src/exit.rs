//! How the program ends, for scripts that call it. These numbers are a promise; they are in `README.md` too.

use std::process::ExitCode;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done, and nothing found.
    Done,
    /// A check found something.
    Found,
    /// Wrong use or configuration.
    Usage,
    /// PostgreSQL cannot be reached or started.
    Server,
    /// A migration failed, where it had to succeed.
    Migration,
    /// The history conflicts: several heads, a changed checksum, an unknown revision.
    Conflict,
    /// Interrupted by a signal.
    Interrupted,
}

impl Exit {
    /// The number that the shell sees.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Found => 1,
            Exit::Usage => 2,
            Exit::Server => 3,
            Exit::Migration => 4,
            Exit::Conflict => 5,
            Exit::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_a_promise() {
        let all = [
            Exit::Done,
            Exit::Found,
            Exit::Usage,
            Exit::Server,
            Exit::Migration,
            Exit::Conflict,
            Exit::Interrupted,
        ];
        assert_eq!(all.map(Exit::code), [0, 1, 2, 3, 4, 5, 130]);
    }
}
