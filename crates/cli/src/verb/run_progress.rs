//! What happens in a run, for whoever watches: a bar on a terminal, warnings and notes on stderr.

use cogway_migrate::route::Ways;
use cogway_migrate::runner::Event;
use indicatif::ProgressBar;

use super::bar::{bar, count};
use crate::printer::{Printer, Talk};
use crate::report::position::drift_lines;
use crate::report::title;

/// Shows progress; the bar goes when this is dropped.
pub(crate) struct RunProgress<'a> {
    bar: ProgressBar,
    printer: &'a Printer,
}

impl<'a> RunProgress<'a> {
    pub(crate) fn new(printer: &'a Printer, ways: Ways) -> RunProgress<'a> {
        let bar = bar(printer, "{msg} {elapsed}");
        bar.set_message(ways.verb());
        RunProgress { bar, printer }
    }

    /// Does something while the bar is away.
    pub(crate) fn suspend<T>(&self, what: impl FnOnce() -> T) -> T {
        self.bar.suspend(what)
    }

    pub(crate) fn show(&self, event: &Event<'_>) {
        match event {
            Event::Waiting { holder } => {
                let holder = holder.map(|holder| format!(": {holder}")).unwrap_or_default();
                self.note(&format!("another run holds the lock, and is waited for{holder}"));
            }
            Event::Begun { steps } => {
                count(&self.bar, *steps);
            }
            Event::Drifted(drift) => {
                let mut text = "the schema is not what the last run left:".to_owned();
                for line in drift_lines(drift) {
                    text += &format!("\n  {line}");
                }
                self.warning(&text);
            }
            Event::Step { id, name, direction } => {
                self.bar
                    .set_message(format!("{direction} {}", title(id.as_str(), name)));
            }
            Event::Resumed { id, done, parts } => {
                self.note(&format!(
                    "{id} is half done, and goes on at part {} of {parts}",
                    done + 1
                ));
            }
            Event::DroppedInvalid(index) => self.note(&format!(
                "index {} on {} was left INVALID by an attempt that failed, and is dropped",
                index.name, index.table
            )),
            Event::Retrying {
                id,
                message,
                attempt,
                pause,
            } => self.note(&format!(
                "{id}: {message}; others go first, attempt {attempt} in {:.1} s",
                pause.as_secs_f64()
            )),
            Event::Notice { id, notice } if notice.is_warning() => {
                self.warning(&format!("{id}: {}", notice.message));
            }
            Event::Notice { id, notice } => {
                if self.printer.talk() == Talk::Verbose {
                    self.note(&format!("{id}: {}: {}", notice.severity, notice.message));
                }
            }
            Event::Stepped(_) => self.bar.inc(1),
        }
    }

    fn note(&self, text: &str) {
        self.bar.suspend(|| self.printer.note(text));
    }

    /// Says what is wrong, beside the bar.
    pub(crate) fn warning(&self, text: &str) {
        self.bar.suspend(|| self.printer.warning(text));
    }
}

impl Drop for RunProgress<'_> {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
