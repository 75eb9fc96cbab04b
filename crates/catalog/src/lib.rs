//! What a PostgreSQL database contains, as one value.
pub mod sql;
