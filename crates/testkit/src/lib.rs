//! For tests only: a private PostgreSQL server per test process, a database per test.
//!
//! ```no_run
//! # async fn test() {
//! let database = cogway_testkit::database().await;
//! let client = database.client().await;
//! client.batch_execute("CREATE TABLE coffee (id int PRIMARY KEY)").await.expect("valid SQL");
//! assert!(database.pg_dump(&["--schema-only"]).contains("CREATE TABLE public.coffee"));
//! # }
//! ```
//!
//! The server is started by the first test that wants a database (50 ms), and shared by all tests of the process; a
//! database takes some 20 ms. nextest gives each test a process of its own, and so a server of its own. Nothing stops
//! the server at the end: the process ends, and the server's watchdog sees it.
//!
//! What goes wrong here panics, with an explanation: it is a failed test.
//!
//! The environment decides what is tested: `COGWAY_PG_BIN` names the programs of the usual server;
//! `COGWAY_TEST_PG_BINS` more of them, separated by colons, for tests that run on all versions ([`servers`]).

mod database;
mod server;

pub use cogway_pg::scratch::{Binaries, Version};
pub use database::{TestDatabase, database, database_on};
pub use server::{cache_dir, search, servers};
