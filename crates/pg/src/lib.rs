//! Everything of Cogway that speaks to PostgreSQL.
pub mod dev_server;
pub mod introspect;
pub mod scratch;
pub mod session;

/// Where a server is and who connects: re-exported, so that nobody else needs to know the driver.
pub use tokio_postgres::Config;
