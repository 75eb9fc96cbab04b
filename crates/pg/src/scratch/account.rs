//! The user a PostgreSQL server runs as.
//!
//! PostgreSQL refuses to run as root. For root, the server therefore runs as `postgres`, or as `nobody` where there
//! is no such user; for everybody else it runs as the caller.

use std::ffi::{OsStr, OsString};
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::file_error::{At, FileError};

/// Who runs the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Account {
    /// The user who runs this program.
    Caller,
    /// Another one, because the caller is root.
    Other(User),
}

/// A user of the operating system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct User {
    pub(crate) name: &'static str,
    pub(crate) uid: u32,
    pub(crate) gid: u32,
}

impl Account {
    /// The account for servers of the current user.
    pub(crate) fn choose() -> Result<Account, AccountError> {
        if !rustix::process::geteuid().is_root() {
            return Ok(Account::Caller);
        }
        let path = Path::new("/etc/passwd");
        let text = std::fs::read_to_string(path).at("read", path)?;
        find_user(&text, "postgres")
            .or_else(|| find_user(&text, "nobody"))
            .map(Account::Other)
            .ok_or(AccountError::NoUser)
    }

    /// A command that runs as this user, with an environment of its own, so that no `PG…`, `LC_…` or `TZ` of the
    /// caller changes what the server does, and in a process group of its own, so that Ctrl-C does not reach it.
    pub(crate) fn command(&self, program: &Path, path: Option<&OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().stdin(Stdio::null()).process_group(0);
        // initdb asks the program `locale` for the collations.
        command.env("PATH", path.unwrap_or(OsStr::new("/usr/local/bin:/usr/bin:/bin")));
        command.env("LC_ALL", "C").env("TZ", "UTC");
        if let Account::Other(user) = self {
            // This drops root's supplementary groups as well.
            command.uid(user.uid).gid(user.gid);
        }
        command
    }

    /// The ids that files of the server must be given, if they are not the caller's.
    pub(crate) fn owner(&self) -> (Option<u32>, Option<u32>) {
        match self {
            Account::Caller => (None, None),
            Account::Other(user) => (Some(user.uid), Some(user.gid)),
        }
    }

    /// Gives a file or directory to the server; a symbolic link is not followed.
    pub(crate) fn give(&self, path: &Path) -> Result<(), FileError> {
        match self.owner() {
            (None, None) => Ok(()),
            (uid, gid) => std::os::unix::fs::lchown(path, uid, gid).at("change the owner of", path),
        }
    }

    /// The mode of a directory of the caller that the server has to pass through, but not to read.
    pub(crate) fn passage_mode(&self) -> u32 {
        match self {
            Account::Caller => 0o700,
            Account::Other(_) => 0o711,
        }
    }

    /// The first directory on the way to `path` that the server may not pass, if any. `path` is absolute and without
    /// symbolic links; what does not exist yet is not asked.
    pub(crate) fn barrier(&self, path: &Path) -> Option<PathBuf> {
        let Account::Other(user) = self else { return None };
        let mut chain: Vec<_> = path.ancestors().collect();
        chain.reverse();
        chain
            .into_iter()
            .find(|dir| {
                std::fs::metadata(dir).is_ok_and(|meta| !may_pass(user, meta.uid(), meta.gid(), meta.mode()))
            })
            .map(Path::to_path_buf)
    }

    /// Its name, for messages.
    pub(crate) fn name(&self) -> OsString {
        match self {
            Account::Caller => "you".into(),
            Account::Other(user) => user.name.into(),
        }
    }
}

/// There is nobody to run the server as.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// Root has no user to drop to.
    #[error("PostgreSQL does not run as root, and /etc/passwd has neither a user `postgres` nor `nobody`")]
    NoUser,
    /// The list of users cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
}

impl AccountError {
    /// What to do next.
    pub fn hint(&self) -> String {
        match self {
            AccountError::NoUser => {
                "make one, for example with `useradd --system postgres`, or run Cogway as another user than root"
                    .to_owned()
            }
            AccountError::File(error) => error.hint(),
        }
    }
}

/// The ids of a user in the text of /etc/passwd (`name:password:uid:gid:…`).
fn find_user(passwd: &str, name: &'static str) -> Option<User> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        if fields.next() != Some(name) {
            return None;
        }
        let uid = fields.nth(1)?.parse().ok()?;
        let gid = fields.next()?.parse().ok()?;
        Some(User { name, uid, gid })
    })
}

/// Whether a user without supplementary groups may pass through a directory.
fn may_pass(user: &User, owner: u32, group: u32, mode: u32) -> bool {
    let bit = if owner == user.uid {
        0o100
    } else if group == user.gid {
        0o010
    } else {
        0o001
    };
    mode & bit != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWD: &str = "root:x:0:0:root:/root:/bin/bash\n\
        postgresql:x:7:8::/:/bin/sh\n\
        nobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin\n\
        postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash\n";

    #[test]
    fn users_are_found_by_their_whole_name() {
        assert_eq!(
            find_user(PASSWD, "postgres"),
            Some(User {
                name: "postgres",
                uid: 101,
                gid: 104
            })
        );
        assert_eq!(
            find_user(PASSWD, "nobody"),
            Some(User {
                name: "nobody",
                uid: 65534,
                gid: 65533
            })
        );
        assert_eq!(find_user("postgres:x:broken\n", "postgres"), None);
        assert_eq!(find_user("", "postgres"), None);
    }

    #[test]
    fn passing_needs_the_bit_of_the_closest_class() {
        let user = User {
            name: "postgres",
            uid: 101,
            gid: 104,
        };
        assert!(may_pass(&user, 0, 0, 0o755));
        assert!(!may_pass(&user, 0, 0, 0o700));
        assert!(may_pass(&user, 0, 104, 0o710));
        // As in the kernel, the owner's bits decide for the owner, even if others may do more.
        assert!(!may_pass(&user, 101, 104, 0o077));
    }
}
