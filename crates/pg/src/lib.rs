//! Everything of Cogway that speaks to PostgreSQL.
pub mod dev_server;
pub mod execute;
pub mod introspect;
pub mod scratch;
pub mod script;
pub mod session;

/// Where a server is and who connects: re-exported, so that nobody else needs to know the driver.
pub use tokio_postgres::Config;

/// The name of this machine, as it is written into ledgers.
pub fn host_name() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}
