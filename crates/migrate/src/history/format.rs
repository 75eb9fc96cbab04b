//! The tools whose histories Cogway reads.

use std::fmt;
use std::str::FromStr;

/// Whose way of keeping migrations a folder follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Cogway's own: a folder `<id>_<name>/` per revision with `up.sql`, `down.sql` and `revision.toml`.
    Cogway,
    /// golang-migrate: `<version>_<name>.up.sql` and `.down.sql`.
    GolangMigrate,
    /// dbmate: `<version>_<name>.sql` with `-- migrate:up` and `-- migrate:down`.
    Dbmate,
    /// goose: `<version>_<name>.sql` with `-- +goose Up` and `-- +goose Down`.
    Goose,
    /// sqlx: `<version>_<name>.up.sql` and `.down.sql`, or `<version>_<name>.sql`.
    Sqlx,
    /// diesel: a folder `<version>_<name>/` per migration with `up.sql` and `down.sql`.
    Diesel,
    /// Flyway: `V<version>__<name>.sql`, `U<version>__<name>.sql`, `R__<name>.sql`.
    Flyway,
    /// refinery: `V<version>__<name>.sql` or `U<version>__<name>.sql`, no way back.
    Refinery,
    /// Sqitch: `sqitch.plan` with `deploy/` and `revert/`.
    Sqitch,
}

impl Format {
    /// Every format, in the order in which help texts list them.
    pub const ALL: [Format; 9] = [
        Format::Cogway,
        Format::GolangMigrate,
        Format::Dbmate,
        Format::Goose,
        Format::Sqlx,
        Format::Diesel,
        Format::Flyway,
        Format::Refinery,
        Format::Sqitch,
    ];

    /// The name by which `--format` takes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Format::Cogway => "cogway",
            Format::GolangMigrate => "golang-migrate",
            Format::Dbmate => "dbmate",
            Format::Goose => "goose",
            Format::Sqlx => "sqlx",
            Format::Diesel => "diesel",
            Format::Flyway => "flyway",
            Format::Refinery => "refinery",
            Format::Sqitch => "sqitch",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A name that is none of [`Format::ALL`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "no format is called {name:?}; there are cogway, golang-migrate, dbmate, goose, sqlx, diesel, flyway, refinery and sqitch"
)]
pub struct UnknownFormat {
    /// The name as it was given.
    pub name: String,
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Format::ALL
            .into_iter()
            .find(|format| format.as_str() == name)
            .ok_or_else(|| UnknownFormat {
                name: name.to_owned(),
            })
    }
}
