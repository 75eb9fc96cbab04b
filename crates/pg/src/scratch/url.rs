//! Connection URLs for Unix sockets.

use std::path::Path;

use super::postmaster::SUPERUSER;

/// A URL that libpq, tokio-postgres, sqlx and others understand. The directory is a parameter, since in the place of
/// a host name its slashes would have to be escaped.
pub(crate) fn socket_url(socket_dir: &Path, database: &str) -> String {
    let host = escape(&socket_dir.to_string_lossy());
    let database = escape(database).replace('/', "%2F");
    format!("postgresql:///{database}?host={host}&user={SUPERUSER}")
}

/// Percent-encodes everything but unreserved characters and slashes.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                escaped.push(byte.into())
            }
            _ => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls() {
        let check = |dir: &str, database: &str, expect: &str| {
            assert_eq!(socket_url(Path::new(dir), database), expect);
        };
        check(
            "/dev/shm/x",
            "cogway",
            "postgresql:///cogway?host=/dev/shm/x&user=postgres",
        );
        check("/tmp/x", "a/b", "postgresql:///a%2Fb?host=/tmp/x&user=postgres");
        check(
            "/tmp/a b&c",
            "täst?",
            "postgresql:///t%C3%A4st%3F?host=/tmp/a%20b%26c&user=postgres",
        );
    }

    #[test]
    fn the_client_reads_what_is_written() {
        let url = socket_url(Path::new("/tmp/a b&c"), "täst?");
        let config: tokio_postgres::Config = url.parse().expect("a URL");
        assert_eq!(config.get_dbname(), Some("täst?"));
        assert_eq!(config.get_user(), Some("postgres"));
        assert_eq!(
            config.get_hosts(),
            [tokio_postgres::config::Host::Unix("/tmp/a b&c".into())]
        );
    }
}
