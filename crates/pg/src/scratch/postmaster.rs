//! Starting a PostgreSQL server, and knowing when it is ready.

use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus};
use std::time::{Duration, Instant};

use super::account::Account;
use super::binaries::{Binaries, Program};
use super::file_error::{At, FileError};

/// The superuser of every server that Cogway makes.
pub const SUPERUSER: &str = "postgres";

/// How often a starting server is looked at. Looking costs reading a small file.
const POLL: Duration = Duration::from_millis(1);

/// How a server is to be started.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Launch<'a> {
    pub(crate) binaries: &'a Binaries,
    pub(crate) account: &'a Account,
    /// The server's `PATH`.
    pub(crate) path: Option<&'a OsStr>,
    pub(crate) data: &'a Path,
    /// Its `postgresql.conf`.
    pub(crate) config: &'a Path,
    /// Where its messages go.
    pub(crate) log: &'a Path,
    /// A database to ask for an answer.
    pub(crate) database: &'a str,
    /// How long it may take.
    pub(crate) limit: Duration,
}

impl Launch<'_> {
    /// Starts the server.
    pub(crate) fn spawn(&self) -> Result<Child, PostmasterError> {
        let log = OpenOptions::new()
            .create(true)
            .append(true)
            .mode(0o600)
            .open(self.log)
            .at("open", self.log)?;
        let stdout = log.try_clone().at("open", self.log)?;
        let program = self.binaries.program(Program::Postgres);
        let mut config = std::ffi::OsString::from("--config-file=");
        config.push(self.config);
        self.account
            .command(&program, self.path)
            .arg("-D")
            .arg(self.data)
            .arg(config)
            // The watchdog knows the server's processes by their working directory, from the first instant on.
            .current_dir(self.data)
            .stdout(stdout)
            .stderr(log)
            .spawn()
            .map_err(|source| PostmasterError::NotRunnable {
                program,
                user: self.account.name(),
                source,
            })
    }

    /// Waits until the server answers. When it does not, the process may still be running.
    pub(crate) fn wait_until_ready(&self, process: &mut Child) -> Result<(), PostmasterError> {
        let start = Instant::now();
        loop {
            // Each try of a connection costs the server a process. The file says when it is worth it.
            if let Some(pid_file) = PidFile::read(self.data)
                && pid_file.ready
                && pid_file.pid == process.id()
            {
                match ask(&pid_file.socket_dir, self.database) {
                    Answer::Welcome => return Ok(()),
                    Answer::NotYet => (),
                    Answer::Refusal(message) => return Err(PostmasterError::Refused { message }),
                }
            }
            if let Some(status) = process.try_wait().at("wait for the server in", self.data)? {
                return Err(PostmasterError::Ended {
                    status,
                    log: tail(self.log),
                });
            }
            if start.elapsed() > self.limit {
                return Err(PostmasterError::NotReady {
                    limit: self.limit,
                    log: tail(self.log),
                });
            }
            std::thread::sleep(POLL);
        }
    }
}

/// What a running server writes about itself into its data directory.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PidFile {
    pub(crate) pid: u32,
    pub(crate) socket_dir: PathBuf,
    /// Whether it accepts connections.
    pub(crate) ready: bool,
}

impl PidFile {
    /// Reads the file; `None` when there is none, or it is not complete yet.
    pub(crate) fn read(data: &Path) -> Option<PidFile> {
        PidFile::parse(&std::fs::read_to_string(data.join("postmaster.pid")).ok()?)
    }

    /// The lines are: process id, data directory, start time, port, socket directory, listen address, shared memory,
    /// state.
    fn parse(text: &str) -> Option<PidFile> {
        let lines: Vec<_> = text.lines().collect();
        Some(PidFile {
            pid: lines.first()?.trim().parse().ok()?,
            socket_dir: PathBuf::from(lines.get(4)?),
            ready: lines.get(7).is_some_and(|state| state.trim() == "ready"),
        })
    }
}

/// What a server says to somebody who wants to connect.
#[derive(Debug, PartialEq, Eq)]
enum Answer {
    Welcome,
    NotYet,
    Refusal(String),
}

/// Connects as the superuser, without a client library: this must work without an async runtime.
fn ask(socket_dir: &Path, database: &str) -> Answer {
    let exchange = || -> io::Result<Vec<u8>> {
        let mut stream = UnixStream::connect(socket_dir.join(".s.PGSQL.5432"))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        stream.write_all(&startup_message(database))?;
        let mut answer = vec![0; 8192];
        let length = stream.read(&mut answer)?;
        answer.truncate(length);
        // `Terminate`, so that the server does not write about a lost connection.
        stream.write_all(b"X\0\0\0\x04")?;
        Ok(answer)
    };
    exchange().map_or(Answer::NotYet, |bytes| classify(&bytes))
}

/// <https://www.postgresql.org/docs/current/protocol-message-formats.html>, `StartupMessage` of version 3.0.
fn startup_message(database: &str) -> Vec<u8> {
    let mut body = 196_608_u32.to_be_bytes().to_vec();
    for text in ["user", SUPERUSER, "database", database, ""] {
        body.extend_from_slice(text.as_bytes());
        body.push(0);
    }
    let length = u32::try_from(body.len() + 4).unwrap_or(u32::MAX);
    [&length.to_be_bytes(), body.as_slice()].concat()
}

fn classify(answer: &[u8]) -> Answer {
    match answer.split_first() {
        Some((b'R', _)) => Answer::Welcome,
        Some((b'E', rest)) => {
            // After the length come fields: a letter, a text, a zero byte.
            let fields = rest.get(4..).unwrap_or_default();
            let field = |letter: u8| {
                fields
                    .split(|byte| *byte == 0)
                    .find(|field| field.first() == Some(&letter))
                    .map(|field| String::from_utf8_lossy(&field[1..]).into_owned())
                    .unwrap_or_default()
            };
            // `cannot_connect_now`: it is still starting.
            if field(b'C') == "57P03" {
                Answer::NotYet
            } else {
                Answer::Refusal(field(b'M'))
            }
        }
        _ => Answer::NotYet,
    }
}

/// The last lines of a log.
pub(crate) fn tail(log: &Path) -> String {
    const BYTES: u64 = 4096;
    const LINES: usize = 8;
    let read = || -> io::Result<Vec<u8>> {
        let mut file = File::open(log)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(BYTES)))?;
        let mut bytes = Vec::new();
        file.take(BYTES).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = read().unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<_> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines[lines.len().saturating_sub(LINES)..].join("\n")
}

/// The server did not start.
#[derive(Debug, thiserror::Error)]
pub enum PostmasterError {
    /// The program cannot be started.
    #[error("cannot run {} as the user {}", program.display(), user.display())]
    NotRunnable {
        /// The program.
        program: PathBuf,
        /// The user it was to run as.
        user: std::ffi::OsString,
        /// The reason.
        source: io::Error,
    },
    /// It ended before it was ready.
    #[error("the PostgreSQL server ended while starting ({status}); its last messages:\n{log}")]
    Ended {
        /// How it ended.
        status: ExitStatus,
        /// The last lines of its log.
        log: String,
    },
    /// It was not ready in time.
    #[error("the PostgreSQL server was not ready after {} s; its last messages:\n{log}", limit.as_secs())]
    NotReady {
        /// How long it was waited for.
        limit: Duration,
        /// The last lines of its log.
        log: String,
    },
    /// It runs, but lets nobody in.
    #[error("the PostgreSQL server refuses a connection: {message}")]
    Refused {
        /// What the server says.
        message: String,
    },
    /// A file operation failed.
    #[error(transparent)]
    File(#[from] FileError),
}

impl PostmasterError {
    /// What to do next.
    pub fn hint(&self) -> String {
        match self {
            PostmasterError::NotRunnable { program, user, .. } => {
                format!("check that the user {} may read and run {}", user.display(), program.display())
            }
            PostmasterError::Ended { .. } => {
                "the messages name the reason; a setting of your own, or a full disk, is the most frequent one"
                    .to_owned()
            }
            PostmasterError::NotReady { .. } => {
                "the machine may be very busy or the disk slow: try again, or choose a directory in memory".to_owned()
            }
            PostmasterError::Refused { .. } => "check the settings that were given for this server".to_owned(),
            PostmasterError::File(error) => error.hint(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_a_running_server() {
        let text =
            "8210\n/dev/shm/x/data\n1763697605\n5432\n/dev/shm/x/socket\n\n  5432001     98304\nstarting\n";
        let expect = PidFile {
            pid: 8210,
            socket_dir: "/dev/shm/x/socket".into(),
            ready: false,
        };
        assert_eq!(PidFile::parse(text), Some(expect));
        assert!(PidFile::parse(&text.replace("starting", "ready   ")).is_some_and(|file| file.ready));
        // It is written in steps.
        assert_eq!(PidFile::parse("8210\n/dev/shm/x/data\n"), None);
        assert_eq!(PidFile::parse(""), None);
    }

    #[test]
    fn answers() {
        let check = |bytes: &[u8], expect: Answer| assert_eq!(classify(bytes), expect);
        check(b"R\0\0\0\x08\0\0\0\0", Answer::Welcome);
        check(b"", Answer::NotYet);
        check(
            b"E\0\0\0\x2fSFATAL\0C57P03\0Mthe database system is starting up\0\0",
            Answer::NotYet,
        );
        check(
            b"E\0\0\0\x2fSFATAL\0C3D000\0Mdatabase \"x\" does not exist\0\0",
            Answer::Refusal("database \"x\" does not exist".to_owned()),
        );
        check(b"E\0", Answer::Refusal(String::new()));
    }

    #[test]
    fn the_startup_message_has_its_length_in_front() {
        let message = startup_message("cogway");
        assert_eq!(message[..8], [0, 0, 0, 39, 0, 3, 0, 0]);
        assert_eq!(message.len(), 39);
        assert!(message.ends_with(b"database\0cogway\0\0"));
    }
}
