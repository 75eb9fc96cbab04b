//! The program as users have it: what they type, what it prints, how it ends.

mod accounting;
mod coffee;
mod demo;
mod documenting;
mod ending;
mod forms;
mod help;
mod hostile;
mod joining;
mod looking;
mod moving;
mod normalizing;
mod on_rows;
mod pg;
mod psql;
mod seeding;
mod snapshot;
mod support;
mod usage;
mod verify;
mod writing;
