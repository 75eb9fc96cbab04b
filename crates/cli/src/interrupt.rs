//! Ctrl-C and its relatives: what runs is dropped, and with it its server and its files.

use std::cell::OnceCell;
use std::future::Future;
use std::time::Duration;

use cogway_migrate::runner::Stop;
use cogway_pg::execute::Canceller;
use tokio::signal::unix::{SignalKind, signal};

use crate::error::{Failure, FailureCode};

/// Runs something to its end, or until a signal asks to stop. Then it is dropped before this returns.
pub(crate) async fn unless_interrupted<T>(
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    // When the signal reached the server as well, the lost connection is not what to report.
    tokio::select! {
        biased;
        signal = interrupted() => Err(signal.err().unwrap_or_else(Failure::interrupted)),
        result = work => result,
    }
}

/// Runs something that changes a database. The first signal lets it end what it is at in good order: the statement that
/// runs is cancelled, and the failure says what is done. The second drops it.
pub(crate) async fn in_good_order<T>(
    brake: &Brake,
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    /// A request to cancel that comes between two statements is lost, so that it is repeated.
    const PAUSE: Duration = Duration::from_millis(100);
    tokio::pin!(work);
    tokio::select! {
        biased;
        signal = interrupted() => signal?,
        result = &mut work => return result,
    }
    brake.stop.set();
    let cancel = async {
        loop {
            if let Some(canceller) = brake.canceller.get() {
                canceller.cancel().await;
            }
            tokio::time::sleep(PAUSE).await;
        }
    };
    if brake.canceller.get().is_none() {
        // It is not even connected.
        return Err(Failure::interrupted().hint("nothing was run"));
    }
    let cut_off = || {
        Failure::interrupted().hint(
            "the connection was cut off, and the server rolls back what was open; `cogway status` shows what is applied",
        )
    };
    tokio::select! {
        biased;
        result = &mut work => result,
        signal = interrupted() => Err(signal.err().unwrap_or_else(cut_off)),
        () = cancel => Err(cut_off()),
    }
}

/// What stops a run, and cancels the statement it is at.
#[derive(Default)]
pub(crate) struct Brake {
    pub(crate) stop: Stop,
    pub(crate) canceller: OnceCell<Canceller>,
}

/// Waits for a signal that asks to stop.
async fn interrupted() -> Result<(), Failure> {
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
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        _ = hangup.recv() => {}
    }
    Ok(())
}
