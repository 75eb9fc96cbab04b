//! Something between the program and the server that breaks the connection.

use std::io::{self, ErrorKind, Read, Write};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use tempfile::TempDir;

use crate::support::project;

/// When to break a connection, seen from a message of the client's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// The server never gets it.
    Before(usize),
    /// The server gets it, and the client no answer.
    After(usize),
    /// Never.
    Never,
}

/// A socket that leads to a server's.
pub(crate) struct Proxy {
    dir: TempDir,
    messages: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    /// The server is the one whose socket is in that directory.
    pub(crate) fn to(server: &Path, cut: Cut) -> Proxy {
        let dir = project();
        let listener = UnixListener::bind(dir.path().join(".s.PGSQL.5432")).expect("a socket");
        let messages = Arc::new(Mutex::new(Vec::new()));
        let server: PathBuf = server.join(".s.PGSQL.5432");
        let seen = Arc::clone(&messages);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (server, seen) = (server.clone(), Arc::clone(&seen));
                std::thread::spawn(move || pass(client, &server, cut, &seen));
            }
        });
        Proxy { dir, messages }
    }

    /// The directory of its socket.
    pub(crate) fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// What clients have sent so far, a text for each message.
    pub(crate) fn messages(&self) -> Vec<String> {
        self.messages.lock().expect("no panic").clone()
    }
}

/// Passes on what the client says, message by message, and what the server answers.
fn pass(mut client: UnixStream, server: &Path, cut: Cut, seen: &Mutex<Vec<String>>) -> io::Result<()> {
    let mut server = UnixStream::connect(server)?;
    let (mut from_server, mut to_client) = (server.try_clone()?, client.try_clone()?);
    std::thread::spawn(move || {
        let mut buffer = [0; 8192];
        while let Ok(read @ 1..) = from_server.read(&mut buffer) {
            // A client that has gone gets nothing more, and the server does not notice.
            let _ = to_client.write_all(&buffer[..read]);
        }
        let _ = to_client.shutdown(Shutdown::Both);
    });
    let mut first = true;
    loop {
        let message = match read_message(&mut client, first) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => break,
            message => message?,
        };
        first = false;
        let number = {
            let mut seen = seen.lock().expect("no panic");
            seen.push(String::from_utf8_lossy(&message).into_owned());
            seen.len() - 1
        };
        if cut == Cut::Before(number) {
            break;
        }
        server.write_all(&message)?;
        if cut == Cut::After(number) {
            break;
        }
    }
    client.shutdown(Shutdown::Both)?;
    // The server reads what it was sent, and then the end.
    server.shutdown(Shutdown::Write)
}

/// <https://www.postgresql.org/docs/current/protocol-message-formats.html>
fn read_message(client: &mut UnixStream, first: bool) -> io::Result<Vec<u8>> {
    // Only the first has no letter before its length.
    let head = if first { 4 } else { 5 };
    let mut message = vec![0; head];
    client.read_exact(&mut message)?;
    let mut length = [0; 4];
    length.copy_from_slice(&message[head - 4..]);
    let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or_default();
    message.resize(head + length.saturating_sub(4), 0);
    client.read_exact(&mut message[head..])?;
    Ok(message)
}
