//! Histories of migrations: reading them, and proving them.
pub mod account;
pub mod conflict;
mod course;
pub mod history;
pub mod ledger;
mod parallel;
pub mod position;
pub mod route;
pub mod runner;
pub mod target;
pub mod verify;
