//! How long a private server takes to start.

use std::time::Instant;

use cogway_pg::scratch::ScratchServer;

use crate::arguments::Outcome;
use crate::bench::Settings;
use crate::bench::series::Series;
use crate::cluster::scratch_options;

/// Measures starts with a warm cache, and returns the row of the table.
pub(crate) fn measure(settings: &Settings) -> Outcome<String> {
    let (mut starts, mut stops) = (Series::default(), Series::default());
    let options = scratch_options();
    // The first fills the cache if need be.
    for round in 0..=settings.rounds {
        let started = Instant::now();
        let server = ScratchServer::start(&options).map_err(|error| format!("{error}; {}", error.hint()))?;
        let ready = started.elapsed();
        let stopping = Instant::now();
        server.stop()?;
        if round > 0 {
            starts.push(ready);
            stops.push(stopping.elapsed());
        }
    }
    println!("private server, warm cache: ready after {starts}, gone after {stops}");
    Ok(format!(
        "| warm | {} | {starts} | {stops} | ≤ 150 ms |",
        settings.rounds
    ))
}
