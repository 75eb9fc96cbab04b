//! What happens, for whoever watches: a bar on a terminal, notes on stderr.

use cogway_migrate::verify::Event;
use indicatif::ProgressBar;

use super::bar::{bar, count};
use crate::printer::{Printer, Talk};
use crate::report::revisions;

/// Shows progress; the bar goes when this is dropped.
pub(crate) struct Progress<'a> {
    bar: ProgressBar,
    printer: &'a Printer,
}

impl<'a> Progress<'a> {
    pub(crate) fn new(printer: &'a Printer) -> Progress<'a> {
        let bar = bar(printer, "starting PostgreSQL {elapsed}");
        Progress { bar, printer }
    }

    pub(crate) fn show(&self, event: &Event<'_>) {
        match event {
            Event::Started { revisions: number } => {
                if self.printer.talk() == Talk::Verbose {
                    self.note(&format!("{} to prove", revisions(*number)));
                }
                count(&self.bar, *number);
            }
            Event::Proving { id, name } => self.bar.set_message(format!("{id} {name}")),
            Event::ProvingOnRows { id, name } => self.bar.set_message(format!("{id} {name}, on rows")),
            Event::Proved(_) => self.bar.inc(1),
            Event::Rebuilding { revisions: number } => {
                if self.printer.talk() == Talk::Verbose {
                    self.note(&format!("building the ground anew, of {}", revisions(*number)));
                }
            }
            Event::ReadingAgain => self.note("proving everything again, by whole readings of the catalog"),
        }
    }

    fn note(&self, text: &str) {
        self.bar.suspend(|| self.printer.note(text));
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
