//! The command that must succeed before a database is changed: `before` under `[run]` in `cogway.toml`.

use std::process::{Command, Stdio};

use cogway_migrate::runner::Before;

use crate::config::Config;
use crate::database;

/// Runs the command by the shell, in the directory of `cogway.toml`. libpq's variables name the database, so that
/// `pg_dump --file=before.dump` needs no more, and no password is seen among the arguments of a process.
pub(super) fn command(config: &Config, database: &cogway_pg::Config) -> Option<Before> {
    let text = config.run.before.clone()?;
    let home = config.home.clone();
    let variables = database::variables(database);
    Some(Before::new(move || {
        let mut shell = Command::new("sh");
        shell
            .args(["-c", &text])
            .envs(variables.iter().map(|(name, value)| (*name, value)))
            .stdin(Stdio::null())
            // What it prints is not what Cogway was asked for.
            .stdout(std::io::stderr());
        if !home.as_os_str().is_empty() {
            shell.current_dir(&home);
        }
        match shell.status() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("`{text}`: {status}")),
            Err(error) => Err(format!("`{text}`: {error}")),
        }
    }))
}
