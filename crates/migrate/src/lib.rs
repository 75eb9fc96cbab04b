//! Histories of migrations: reading them, and proving them.
mod course;
pub mod history;
pub mod verify;
