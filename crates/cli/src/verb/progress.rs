//! What happens, for whoever watches: a bar on a terminal, notes on stderr.

use std::time::Duration;

use cogway_migrate::verify::Event;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::printer::{Printer, Talk};
use crate::report::revisions;

/// Shows progress; the bar goes when this is dropped.
pub(crate) struct Progress<'a> {
    bar: ProgressBar,
    printer: &'a Printer,
}

impl<'a> Progress<'a> {
    pub(crate) fn new(printer: &'a Printer) -> Progress<'a> {
        let target = if printer.shows_progress() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("starting PostgreSQL {elapsed}") {
            bar.set_style(style);
        }
        // A start or a script may take long: the clock shows that something goes on.
        bar.enable_steady_tick(Duration::from_millis(200));
        Progress { bar, printer }
    }

    pub(crate) fn show(&self, event: &Event<'_>) {
        match event {
            Event::Started { revisions: number } => {
                if self.printer.talk() == Talk::Verbose {
                    self.note(&format!("{} to prove", revisions(*number)));
                }
                self.bar.reset();
                self.bar.set_length(u64::try_from(*number).unwrap_or(u64::MAX));
                let style = ProgressStyle::with_template("{bar:30} {pos}/{len}  {elapsed}  {wide_msg}");
                if let Ok(style) = style {
                    self.bar.set_style(style.progress_chars("=> "));
                }
            }
            Event::Proving { id, name } => self.bar.set_message(format!("{id} {name}")),
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
