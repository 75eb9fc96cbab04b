//! The tools whose accounts Cogway reads.

use std::fmt;
use std::str::FromStr;

use crate::history::Format;

/// A tool that keeps account of what it applied in a table of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tool {
    /// golang-migrate: one row in `schema_migrations`.
    GolangMigrate,
    /// dbmate: a row for each migration in `schema_migrations`.
    Dbmate,
    /// goose: `goose_db_version`.
    Goose,
    /// sqlx: `_sqlx_migrations`, with checksums.
    Sqlx,
    /// diesel: `__diesel_schema_migrations`.
    Diesel,
    /// Flyway: `flyway_schema_history`, with checksums.
    Flyway,
    /// refinery: `refinery_schema_history`, with checksums.
    Refinery,
    /// Alembic: the heads, in `alembic_version`.
    Alembic,
    /// Sqitch: `changes`, in a schema of its own.
    Sqitch,
}

impl Tool {
    /// Every tool, in the order in which help texts list them.
    pub const ALL: [Tool; 9] = [
        Tool::GolangMigrate,
        Tool::Dbmate,
        Tool::Goose,
        Tool::Sqlx,
        Tool::Diesel,
        Tool::Flyway,
        Tool::Refinery,
        Tool::Alembic,
        Tool::Sqitch,
    ];

    /// The tool that keeps histories of that format; none for Cogway's own.
    pub const fn of(format: Format) -> Option<Tool> {
        match format {
            Format::Cogway => None,
            Format::GolangMigrate => Some(Tool::GolangMigrate),
            Format::Dbmate => Some(Tool::Dbmate),
            Format::Goose => Some(Tool::Goose),
            Format::Sqlx => Some(Tool::Sqlx),
            Format::Diesel => Some(Tool::Diesel),
            Format::Flyway => Some(Tool::Flyway),
            Format::Refinery => Some(Tool::Refinery),
            Format::Sqitch => Some(Tool::Sqitch),
        }
    }

    /// The format of the histories that its account speaks of. Alembic's revisions are Python, which Cogway does not
    /// read: they are written out as a history of Cogway's own first, with the same ids.
    pub const fn format(self) -> Format {
        match self {
            Tool::GolangMigrate => Format::GolangMigrate,
            Tool::Dbmate => Format::Dbmate,
            Tool::Goose => Format::Goose,
            Tool::Sqlx => Format::Sqlx,
            Tool::Diesel => Format::Diesel,
            Tool::Flyway => Format::Flyway,
            Tool::Refinery => Format::Refinery,
            Tool::Alembic => Format::Cogway,
            Tool::Sqitch => Format::Sqitch,
        }
    }

    /// The name by which `--from` takes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Tool::Alembic => "alembic",
            tool => tool.format().as_str(),
        }
    }
}

impl fmt::Display for Tool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A name that is none of [`Tool::ALL`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "no tool is called {name:?}; there are golang-migrate, dbmate, goose, sqlx, diesel, flyway, refinery, alembic and \
     sqitch"
)]
pub struct UnknownTool {
    /// The name as it was given.
    pub name: String,
}

impl FromStr for Tool {
    type Err = UnknownTool;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Tool::ALL
            .into_iter()
            .find(|tool| tool.as_str() == name)
            .ok_or_else(|| UnknownTool {
                name: name.to_owned(),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_formats_lead_back_to_their_tools() {
        for tool in Tool::ALL {
            assert_eq!(tool.as_str().parse(), Ok(tool));
            let of_format = (tool != Tool::Alembic).then_some(tool);
            assert_eq!(Tool::of(tool.format()), of_format);
        }
        let error = "rails".parse::<Tool>().expect_err("no tool of ours").to_string();
        for tool in Tool::ALL {
            assert!(error.contains(tool.as_str()), "{error}");
        }
    }
}
