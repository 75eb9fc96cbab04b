//! An application that brings its database up to date when it starts.
//!
//! ```sh
//! cargo run --package cogway-migrate --example migrate_at_start -- migrations "host=/var/run/postgresql dbname=shop"
//! ```
//!
//! Several instances may start at once: one of them applies what is pending, the others wait for it.

use std::error::Error;
use std::path::Path;

use cogway_migrate::history;
use cogway_migrate::runner::{Event, Options, Request, Runner};
use cogway_pg::Config;

/// What an application does before it serves anybody. Returns how many revisions it applied.
pub(crate) async fn migrate(migrations: &Path, database: &Config) -> Result<usize, Box<dyn Error>> {
    let history = history::read(migrations, None)?;
    let runner = Runner::connect(database, Options::default()).await?;
    let done = runner.run(&history, &Request::up("head"), &mut log).await?;
    runner.close().await;
    Ok(done.steps.len())
}

/// What happens, for the log of the application.
#[expect(clippy::print_stderr, reason = "an example of a program")]
fn log(event: Event<'_>) {
    match event {
        Event::Stepped(step) => eprintln!("applied {} {} in {:?}", step.id, step.name, step.took),
        Event::Retrying { id, message, .. } => eprintln!("{id} gives way: {message}"),
        _ => {}
    }
}

#[expect(clippy::print_stderr, reason = "an example of a program")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(migrations), Some(database)) = (arguments.next(), arguments.next()) else {
        return Err("usage: migrate_at_start MIGRATIONS DATABASE".into());
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let applied = runtime.block_on(migrate(Path::new(&migrations), &database.parse()?))?;
    eprintln!("{applied} revisions applied; serving");
    Ok(())
}
