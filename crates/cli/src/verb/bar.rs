//! Bars that show how far something is: on a terminal only, and gone when it is done.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::printer::Printer;

/// A bar of that look. Where nobody watches, it is hidden and costs nothing.
pub(super) fn bar(printer: &Printer, template: &str) -> ProgressBar {
    if !printer.shows_progress() {
        return ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    // One step may take long: the clock shows that something goes on.
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// From now on it counts, up to so many.
pub(super) fn count(bar: &ProgressBar, length: usize) {
    bar.reset();
    bar.set_length(u64::try_from(length).unwrap_or(u64::MAX));
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len}  {elapsed}  {wide_msg}");
    if let Ok(style) = style {
        bar.set_style(style.progress_chars("=> "));
    }
}
