//! Why an account cannot be taken over.

use std::path::PathBuf;

use cogway_catalog::QualifiedName;
use cogway_pg::session::SessionError;

use super::{Found, Tool};
use crate::history::{Format, RevisionId};

/// Why the account of a tool cannot be read, or does not fit the history.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// There is no such table, or none that the session may read.
    #[error("{}{}", nothing_there(*.tool, .table.as_ref()), instead(.found))]
    NoTable {
        /// Whose table was looked for.
        tool: Tool,
        /// Its name, if it was given.
        table: Option<QualifiedName>,
        /// Tables of tools that are there.
        found: Vec<Found>,
    },
    /// The tool has tables in several schemas.
    #[error("{tool} keeps account in several tables of this database: {}", list(.tables))]
    SeveralTables {
        /// Whose tables they are.
        tool: Tool,
        /// The tables.
        tables: Vec<QualifiedName>,
    },
    /// The table that was named is not one of that tool.
    #[error("{table} is no table of {tool}: it lacks the columns {}", .missing.join(", "))]
    NotItsTable {
        /// Whose table it should be.
        tool: Tool,
        /// The table.
        table: QualifiedName,
        /// The columns that are not there, or of another type.
        missing: Vec<String>,
    },
    /// The history is not one of that tool.
    #[error("the account of {tool} cannot be compared with a history in the format {format}")]
    WrongFormat {
        /// Whose account it is.
        tool: Tool,
        /// The format of the history.
        format: Format,
    },
    /// The tool broke off in the middle of a migration, and nobody has cleaned up since.
    #[error("{tool} has left version {version} unfinished, says {table}")]
    Unfinished {
        /// The tool.
        tool: Tool,
        /// Its table.
        table: QualifiedName,
        /// The version, as the table has it.
        version: String,
    },
    /// Something is applied that the history does not have.
    #[error("{tool} has applied what {} has no revision for: {}", .dir.display(), .versions.join(", "))]
    NoFile {
        /// The tool.
        tool: Tool,
        /// Its table.
        table: QualifiedName,
        /// The folder of the history.
        dir: PathBuf,
        /// All of them, as the table calls them.
        versions: Vec<String>,
        /// How many files of the folder could not be read; what is missing may be among them.
        unread: usize,
    },
    /// Scripts are not those that were applied.
    #[error("scripts were changed after {tool} applied them: {}", changed(.scripts))]
    Changed {
        /// The tool.
        tool: Tool,
        /// Its table.
        table: QualifiedName,
        /// All of them, in the order of the history.
        scripts: Vec<ChangedScript>,
    },
    /// The changes of a Sqitch plan can only be told apart when all of them are there.
    #[error("the plan in {} names changes that cannot be read: {}", .dir.display(), .faults.join("; "))]
    Incomplete {
        /// The folder of the history.
        dir: PathBuf,
        /// What is wrong with them.
        faults: Vec<String>,
    },
    /// Several Sqitch projects are deployed here, and the plan does not say which one it is.
    #[error("{table} has changes of several projects, and no plan says which is ours: {}", .projects.join(", "))]
    SeveralProjects {
        /// The table.
        table: QualifiedName,
        /// The projects.
        projects: Vec<String>,
    },
    /// The database cannot be asked, or refuses.
    #[error(transparent)]
    Session(#[from] SessionError),
}

/// A script that is not the one that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedScript {
    /// The revision.
    pub id: RevisionId,
    /// Its file.
    pub path: PathBuf,
}

/// How Alembic's revisions become a history that its account can be compared with.
const WRITE_OUT: &str = "write Alembic's revisions out as a history of Cogway's own that keeps their ids: for each a \
     folder <revision>_<name>/ with up.sql from `alembic upgrade <down_revision>:<revision> --sql` and down.sql from \
     `alembic downgrade <revision>:<down_revision> --sql` (`base` for none; leave out BEGIN, COMMIT and what is about \
     alembic_version), and revision.toml with parents = [\"<down_revision>\"]";

impl AccountError {
    /// What to do next, as a sentence.
    pub fn hint(&self) -> String {
        match self {
            AccountError::NoTable { table, found, .. } => match (table, found.first()) {
                (_, Some(found)) => format!("if that is the tool, say --from {}", found.tool),
                (None, None) => {
                    "check the database; if the tool was told another table, name it: --table SCHEMA.NAME"
                        .to_owned()
                }
                (Some(_), None) => {
                    "check the database and the name, and that you may read the table".to_owned()
                }
            },
            AccountError::SeveralTables { tables, .. } => {
                let first = tables.first().map(ToString::to_string).unwrap_or_default();
                format!("name the one that belongs to this history: --table {first}")
            }
            AccountError::NotItsTable { tool, .. } => {
                format!("name the table in which {tool} keeps account, or the tool whose table this is")
            }
            AccountError::WrongFormat { tool, .. } | AccountError::NoFile { tool, .. }
                if *tool == Tool::Alembic =>
            {
                WRITE_OUT.to_owned()
            }
            AccountError::WrongFormat { tool, .. } => format!(
                "read the folder as {tool} does: --format {}; or name the tool that the history is of",
                tool.format()
            ),
            AccountError::Unfinished { tool, table, version } => clean_up(*tool, table, version),
            AccountError::NoFile { tool, unread, .. } => {
                let mut hint =
                    "bring the files back, or name the folder that this database was made from: --dir PATH"
                        .to_owned();
                if *tool == Tool::Flyway {
                    hint += "; `flyway repair` takes migrations off the account that were deleted for good";
                }
                if *unread > 0 {
                    hint +=
                        &format!("; {unread} files of the folder could not be read and may be among them");
                }
                hint
            }
            AccountError::Changed { tool, .. } => {
                let mut hint =
                    "bring the scripts back as they were applied; what is to change goes into a new revision"
                        .to_owned();
                if *tool == Tool::Flyway {
                    hint +=
                        "; if the schema is right all the same, `flyway repair` takes the new checksums over";
                }
                hint
            }
            AccountError::Incomplete { .. } => {
                "put these right first: without them, reworked changes are mixed up".to_owned()
            }
            AccountError::SeveralProjects { .. } => {
                "put %project=<name> on the first line of sqitch.plan, beside deploy/".to_owned()
            }
            AccountError::Session(_) => "check the connection, and that you may read the table".to_owned(),
        }
    }
}

/// What to do about a version that a tool has left unfinished.
fn clean_up(tool: Tool, table: &QualifiedName, version: &str) -> String {
    match tool {
        // Going down, the table has the version below (`golang-migrate/migrate`, `migrate.go`, `readDown`).
        Tool::GolangMigrate => format!(
            "the up of version {version} broke off, or the down of the one after it: see how far it came, finish it or \
             take it back by hand, and tell golang-migrate which version that makes: `migrate force VERSION`"
        ),
        // So says sqlx (`launchbadge/sqlx`, `sqlx-core/src/migrate/error.rs`, `Dirty`).
        Tool::Sqlx => format!(
            "see how far version {version} came, take it back by hand and delete its row in {table}; or finish it, and \
             set success there"
        ),
        Tool::Flyway => format!(
            "see how far version {version} came, take it back by hand and take it off the account: `flyway repair`"
        ),
        _ => format!("see how far version {version} came, and put the schema and {table} right by hand"),
    }
}

fn nothing_there(tool: Tool, table: Option<&QualifiedName>) -> String {
    match table {
        Some(table) => format!("there is no table {table}, or you may not read it"),
        None => format!("{tool} keeps no account in this database"),
    }
}

fn instead(found: &[Found]) -> String {
    let tables: Vec<String> = found
        .iter()
        .map(|found| {
            let entries = if found.entries == 1 { "entry" } else { "entries" };
            format!("{} of {} ({} {entries})", found.table, found.tool, found.entries)
        })
        .collect();
    match tables.is_empty() {
        true => String::new(),
        false => format!("; there is {}", tables.join(", ")),
    }
}

fn list(tables: &[QualifiedName]) -> String {
    let tables: Vec<String> = tables.iter().map(ToString::to_string).collect();
    tables.join(", ")
}

fn changed(scripts: &[ChangedScript]) -> String {
    let scripts: Vec<String> = scripts
        .iter()
        .map(|script| format!("{} ({})", script.id, script.path.display()))
        .collect();
    scripts.join(", ")
}
