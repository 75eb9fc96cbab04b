//! What the tests of servers share.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tokio_postgres::NoTls;

/// The first column of the first row of a query's result, as text.
pub(crate) fn query(config: &tokio_postgres::Config, sql: &str) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let (client, connection) = config.connect(NoTls).await.expect("a connection");
        let connection = tokio::spawn(connection);
        let messages = client.simple_query(sql).await.expect("valid SQL");
        drop(client);
        connection.await.expect("no panic").expect("an orderly end");
        let row = messages.iter().find_map(|message| match message {
            tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0),
            _ => None,
        });
        row.unwrap_or_default().to_owned()
    })
}

/// The processes that work in a directory, or that name it on their command line.
pub(crate) fn processes(dir: &Path) -> Vec<u32> {
    let name = dir.as_os_str().as_encoded_bytes();
    let entries = std::fs::read_dir("/proc").expect("Linux").flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let concerns = |pid: &u32| {
        let works = std::fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|cwd| cwd.starts_with(dir));
        let line = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        works || line.windows(name.len()).any(|window| window == name)
    };
    pids.filter(concerns).collect()
}

/// Waits for something that happens in other processes.
pub(crate) fn wait_until(what: &str, mut condition: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !condition() {
        assert!(Instant::now() < deadline, "it did not come true in 20 s: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A directory that other users may pass, in memory if possible; removed in the end.
pub(crate) fn open_dir() -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt;
    let shm = Path::new("/dev/shm");
    let parent = if shm.is_dir() {
        PathBuf::from(shm)
    } else {
        std::env::temp_dir()
    };
    let dir = tempfile::Builder::new()
        .prefix("cogway-test-")
        .tempdir_in(parent)
        .expect("a directory");
    std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(0o755)).expect("chmod");
    dir
}
