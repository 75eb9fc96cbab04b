//! A port that leads to the socket of a private server, for programs that know no sockets.

use std::io;
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::thread;

use crate::arguments::Outcome;

/// Takes connections on a free port of this machine and passes them on to a socket, until the program ends. Returns the
/// port.
pub(crate) fn start(socket: &Path) -> Outcome<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let port = listener.local_addr()?.port();
    let socket = socket.to_owned();
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let socket: PathBuf = socket.clone();
            // A connection that cannot be passed on ends, and whoever made it says so.
            thread::spawn(move || relay(client, &socket));
        }
    });
    Ok(port)
}

fn relay(client: TcpStream, socket: &Path) -> io::Result<()> {
    client.set_nodelay(true)?;
    let server = UnixStream::connect(socket)?;
    let (mut from_client, mut to_server) = (client.try_clone()?, server.try_clone()?);
    let there = thread::spawn(move || {
        let _ = io::copy(&mut from_client, &mut to_server);
        to_server.shutdown(Shutdown::Both)
    });
    let (mut from_server, mut to_client) = (server, client);
    let _ = io::copy(&mut from_server, &mut to_client);
    let _ = to_client.shutdown(Shutdown::Both);
    let _ = there.join();
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::os::unix::net::UnixListener;
    use std::thread;

    #[test]
    fn what_is_said_arrives_and_the_answer_too() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("socket");
        let listener = UnixListener::bind(&socket).unwrap();
        let echo = thread::spawn(move || {
            let (mut client, _) = listener.accept().unwrap();
            let mut heard = [0; 5];
            client.read_exact(&mut heard).unwrap();
            client.write_all(&heard).unwrap();
        });
        let mut client = TcpStream::connect(("127.0.0.1", super::start(&socket).unwrap())).unwrap();
        client.write_all(b"hello").unwrap();
        let mut answer = String::new();
        client.read_to_string(&mut answer).unwrap();
        assert_eq!(answer, "hello");
        echo.join().unwrap();
    }
}
