//! The server's settings, as the text of a `postgresql.conf`.
//!
//! The file is outside the data directory, and is the caller's: the data directory stays as initdb made it, and the
//! server's user cannot change what root wrote.

use std::fs::{OpenOptions, Permissions};
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use super::account::Account;
use super::file_error::{At, FileError};

/// The settings of a scratch server: nothing on it has to survive a crash, everything on it has to be quick.
pub(crate) const SCRATCH: &[(&str, &str)] = &[
    ("fsync", "off"),
    ("synchronous_commit", "off"),
    ("full_page_writes", "off"),
    ("wal_init_zero", "off"),
    // The write-ahead log shares the memory of /dev/shm with the data.
    ("max_wal_size", "256MB"),
    ("checkpoint_timeout", "1h"),
    ("autovacuum", "off"),
    // JIT compilation takes longer than most statements of a migration.
    ("jit", "off"),
    // Larger ones cost start time: every page of the pool's administration is touched (128 MB: 3 ms).
    ("shared_buffers", "32MB"),
    ("max_connections", "50"),
    // A dump, or a migration in one transaction, locks every table of a large schema.
    ("max_locks_per_transaction", "256"),
    // Files in the data directory: a kill leaves nothing in /dev/shm.
    ("dynamic_shared_memory_type", "mmap"),
    // No lines for statements that fail: in a scratch server most do on purpose.
    ("log_min_messages", "log"),
    ("log_checkpoints", "off"),
    ("log_line_prefix", ""),
];

/// The settings of a lasting server: PostgreSQL's own, but for what a development machine wants.
pub(crate) const LASTING: &[(&str, &str)] = &[
    ("log_line_prefix", "%m [%p] "),
    ("max_locks_per_transaction", "256"),
];

/// The settings of every server that Cogway starts. They do not depend on the machine: what a script does on it must
/// not depend on where it runs.
const COMMON: &[(&str, &str)] = &[
    ("listen_addresses", ""),
    ("port", "5432"),
    ("huge_pages", "off"),
    ("logging_collector", "off"),
    ("log_destination", "stderr"),
    // CREATE PUBLICATION warns below this level. It was measured to cost no time.
    ("wal_level", "logical"),
    ("max_prepared_transactions", "10"),
    ("timezone", "UTC"),
    ("log_timezone", "UTC"),
    ("datestyle", "iso, mdy"),
    ("lc_messages", "C"),
    ("lc_monetary", "C"),
    ("lc_numeric", "C"),
    ("lc_time", "C"),
    ("default_text_search_config", "pg_catalog.english"),
];

/// A setting that cannot be written down.
#[derive(Debug, thiserror::Error)]
#[error("`{name}` is not the name of a PostgreSQL setting")]
pub struct SettingError {
    /// The name that was given.
    pub name: String,
}

impl SettingError {
    /// What to do next.
    pub fn hint(&self) -> String {
        "a name has letters, digits, underscores and dots only; `SELECT name FROM pg_settings` lists them"
            .to_owned()
    }
}

/// The text of a `postgresql.conf`: the common settings, those of the kind, the socket's directory, and the caller's.
/// Where a name comes twice PostgreSQL takes the last, so that the caller has the last word.
pub(crate) fn render(
    kind: &[(&str, &str)],
    socket_dir: &str,
    own: &[(String, String)],
) -> Result<String, SettingError> {
    let mut text =
        String::from("# Written by Cogway at every start. Use ALTER SYSTEM for settings of your own.\n");
    // The value is a list, in which double quotes keep a name with blanks together.
    let socket_dirs = format!("\"{}\"", socket_dir.replace('"', "\"\""));
    let fixed = COMMON
        .iter()
        .chain(kind)
        .copied()
        .chain([("unix_socket_directories", &*socket_dirs)]);
    for (name, value) in fixed.chain(own.iter().map(|(name, value)| (name.as_str(), value.as_str()))) {
        if name.is_empty()
            || !name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'.')
        {
            return Err(SettingError {
                name: name.to_owned(),
            });
        }
        text.push_str(&format!("{name} = {}\n", quote(value)));
    }
    Ok(text)
}

/// Writes the file, so that the server may read it.
pub(crate) fn write(path: &Path, text: &str, account: &Account) -> Result<(), FileError> {
    let mode = match account {
        Account::Caller => 0o600,
        Account::Other(_) => 0o644,
    };
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(mode)
        .open(path);
    let mut file = file.at("create", path)?;
    // The umask may have taken the server's right to read.
    file.set_permissions(Permissions::from_mode(mode))
        .at("change the mode of", path)?;
    file.write_all(text.as_bytes()).at("write", path)
}

/// A value between single quotes, where quotes are doubled and backslashes escape.
fn quote(value: &str) -> String {
    let escaped = value
        .replace('\\', r"\\")
        .replace('\'', "''")
        .replace('\n', r"\n")
        .replace('\r', r"\r");
    format!("'{escaped}'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caller_has_the_last_word() {
        let own = [("fsync".to_owned(), "on".to_owned())];
        let text = render(SCRATCH, "/dev/shm/x", &own).expect("good settings");
        assert!(
            text.ends_with("unix_socket_directories = '\"/dev/shm/x\"'\nfsync = 'on'\n"),
            "{text}"
        );
    }

    #[test]
    fn a_value_cannot_leave_its_quotes() {
        assert_eq!(quote("it's"), "'it''s'");
        assert_eq!(quote(r"a\"), r"'a\\'");
        assert_eq!(quote("a\nfsync = on"), r"'a\nfsync = on'");
    }

    #[test]
    fn a_name_cannot_bring_a_second_setting() {
        for name in ["", "a b", "a = 1\nb", "größe", "#"] {
            let own = [(name.to_owned(), "1".to_owned())];
            let error = render(&[], "/s", &own).expect_err("a bad name");
            assert_eq!(
                error.to_string(),
                format!("`{name}` is not the name of a PostgreSQL setting")
            );
        }
        assert!(
            render(
                &[],
                "/s",
                &[("plpgsql.extra_errors".to_owned(), "all".to_owned())]
            )
            .is_ok()
        );
    }
}
