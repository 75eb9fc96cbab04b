//! The program `cogway`: takes a PostgreSQL schema up and down without slipping.
//!
//! This is the only room that prints, reads the environment or chooses an exit code. The libraries return values and
//! emit events; here they become text for people, JSON, JUnit or annotations of a pull request.
//!
//! - [`cli`]: what may be typed. [`verb`]: what each verb does.
//! - [`config`]: `cogway.toml`. [`database`]: which server is meant.
//! - [`report`]: a proof as text, in each form of [`output`]. Pure: values in, text out.
//! - [`printer`]: where all text leaves. [`error`] and [`exit`]: how it ends when it does not end well.

mod cli;
mod config;
mod database;
mod environment;
mod error;
mod exit;
mod history;
mod interrupt;
mod output;
mod paint;
mod populate;
mod printer;
mod report;
mod verb;

use std::process::ExitCode;

fn main() -> ExitCode {
    verb::run(std::env::args_os().collect()).into()
}
