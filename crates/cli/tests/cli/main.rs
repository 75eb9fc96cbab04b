//! The program as users have it: what they type, what it prints, how it ends.

mod demo;
mod ending;
mod forms;
mod help;
mod pg;
mod snapshot;
mod support;
mod usage;
mod verify;
