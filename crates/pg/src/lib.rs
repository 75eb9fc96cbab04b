//! Everything of Cogway that speaks to PostgreSQL.
pub mod scratch;
