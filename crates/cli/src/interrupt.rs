//! Ctrl-C and its relatives: what runs is dropped, and with it its server and its files.

use std::future::Future;

use tokio::signal::unix::{SignalKind, signal};

use crate::error::{Failure, FailureCode};

/// Runs something to its end, or until a signal asks to stop. Then it is dropped before this returns.
pub(crate) async fn unless_interrupted<T>(
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let listen = |kind: SignalKind| {
        signal(kind).map_err(|error| {
            Failure::new(
                FailureCode::Server,
                format!("signals cannot be waited for: {error}"),
            )
        })
    };
    let mut interrupt = listen(SignalKind::interrupt())?;
    let mut terminate = listen(SignalKind::terminate())?;
    let mut hangup = listen(SignalKind::hangup())?;
    // When the signal reached the server as well, the lost connection is not what to report.
    tokio::select! {
        biased;
        _ = interrupt.recv() => Err(Failure::interrupted()),
        _ = terminate.recv() => Err(Failure::interrupted()),
        _ = hangup.recv() => Err(Failure::interrupted()),
        result = work => result,
    }
}
