//! A database for one test.

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use cogway_pg::scratch::{Binaries, GROUND_DATABASE, Program, ScratchServer, Version};
use tokio_postgres::{Client, Config, NoTls};

use crate::server;

/// A database of its own for one test. It is dropped when this is dropped, with everybody who is still connected.
#[derive(Debug)]
pub struct TestDatabase {
    server: Arc<ScratchServer>,
    name: String,
}

/// A fresh, empty database on this process's server.
pub async fn database() -> TestDatabase {
    TestDatabase::create(server::usual()).await
}

/// A fresh, empty database on a server of a certain version, one of [`crate::servers`].
pub async fn database_on(binaries: &Binaries) -> TestDatabase {
    TestDatabase::create(server::of(binaries)).await
}

impl TestDatabase {
    async fn create(server: Arc<ScratchServer>) -> TestDatabase {
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        // In memory, copying the files takes 7 ms, and writing them through the log 17. Before version 15 there was
        // only the copying, and no word for it.
        let strategy = if server.version().major >= 15 {
            " STRATEGY file_copy"
        } else {
            ""
        };
        let sql = format!("CREATE DATABASE {name} TEMPLATE template0{strategy}");
        let ground = connect(server.config(GROUND_DATABASE)).await;
        ground
            .batch_execute(&sql)
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}\n{}", server.log_tail()));
        TestDatabase { server, name }
    }

    /// The name of the database.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its URL, for the superuser.
    pub fn url(&self) -> String {
        self.server.url(&self.name)
    }

    /// How to connect to it, as superuser.
    pub fn config(&self) -> Config {
        self.server.config(&self.name)
    }

    /// A new connection to it. Its task runs on the current runtime until the client is dropped.
    pub async fn client(&self) -> Client {
        connect(self.config()).await
    }

    /// The version of the server.
    pub fn version(&self) -> Version {
        self.server.version()
    }

    /// The programs of the server's installation.
    pub fn binaries(&self) -> &Binaries {
        self.server.binaries()
    }

    /// Runs SQL, and commands of psql, and returns what psql prints: rows without headings, columns separated by `|`.
    /// The first error fails the test.
    pub fn psql(&self, sql: &str) -> String {
        self.run(
            Program::Psql,
            &["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"],
            sql,
        )
    }

    /// What pg_dump prints for this database, without the lines `\restrict` and `\unrestrict`: they are different each
    /// time.
    pub fn pg_dump(&self, arguments: &[&str]) -> String {
        let dump = self.run(Program::PgDump, arguments, "");
        let changing = |line: &&str| line.starts_with("\\restrict ") || line.starts_with("\\unrestrict ");
        dump.split_inclusive('\n')
            .filter(|line| !changing(line))
            .collect()
    }

    fn run(&self, program: Program, arguments: &[&str], stdin: &str) -> String {
        let path = self.binaries().program(program);
        let mut child = Command::new(&path)
            .arg("-d")
            .arg(self.url())
            .args(arguments)
            .env_clear()
            .env("PGCLIENTENCODING", "UTF8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot run {}: {error}", path.display()));
        let mut pipe = child.stdin.take().expect("stdin is a pipe");
        let output = std::thread::scope(|scope| {
            // It may answer before it has read everything. One that has seen enough closes the pipe.
            scope.spawn(move || drop(pipe.write_all(stdin.as_bytes())));
            child.wait_with_output().expect("a child's output can be read")
        });
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the output is UTF-8");
        let (stdout, stderr) = (text(output.stdout), text(output.stderr));
        assert!(
            output.status.success(),
            "{} {}: {stderr}",
            program.name(),
            output.status
        );
        stdout
    }
}

impl Drop for TestDatabase {
    /// Without this, a process with hundreds of tests would fill the memory: an empty database has 8 MB.
    fn drop(&mut self) {
        let config = self.server.config(GROUND_DATABASE);
        let sql = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        // A drop is not async, and the test's runtime may be ending. Nobody waits for this one, and nobody minds if it
        // fails: when the process ends meanwhile, the server goes too.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
            runtime.map(|runtime| {
                runtime.block_on(async {
                    if let Ok(ground) = try_connect(config).await {
                        let _ = ground.batch_execute(&sql).await;
                    }
                });
            })
        });
    }
}

async fn connect(config: Config) -> Client {
    let shown = format!("{config:?}");
    try_connect(config)
        .await
        .unwrap_or_else(|error| panic!("cannot connect to {shown}: {error}"))
}

async fn try_connect(config: Config) -> Result<Client, tokio_postgres::Error> {
    let (client, connection) = config.connect(NoTls).await?;
    tokio::spawn(async move {
        // The end of a connection is seen by the client.
        let _ = connection.await;
    });
    Ok(client)
}
