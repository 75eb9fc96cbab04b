//! Histories of migrations: reading them, and proving them.
pub mod history;
pub mod verify;
