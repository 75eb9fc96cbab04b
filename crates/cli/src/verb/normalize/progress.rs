//! How far it is, for whoever watches a terminal: the table at hand, and how many there are.

use cogway_catalog::QualifiedName;
use indicatif::ProgressBar;

use crate::paint::visible;
use crate::printer::Printer;
use crate::verb::bar::{bar, count};

/// What is done with tables, one after the other.
#[derive(Clone, Copy, Debug)]
pub(super) enum Doing {
    Reading,
    Searching,
}

impl Doing {
    fn word(self) -> &'static str {
        match self {
            Doing::Reading => "reading",
            Doing::Searching => "searching",
        }
    }
}

/// Shows progress; the bar goes when this is dropped.
pub(super) struct Progress {
    bar: ProgressBar,
    doing: Doing,
}

impl Progress {
    /// Nothing is done yet, with so many tables before it.
    pub(super) fn new(printer: &Printer, doing: Doing, tables: usize) -> Progress {
        let bar = bar(printer, "{elapsed}");
        count(&bar, tables);
        Progress { bar, doing }
    }

    /// It is at this table.
    pub(super) fn at(&self, table: &QualifiedName) {
        let name = match table.schema.as_str() {
            // Rows of a file.
            "" => table.name.to_string(),
            _ => table.to_string(),
        };
        self.bar
            .set_message(format!("{} {}", self.doing.word(), visible(&name)));
    }

    /// It is done with a table.
    pub(super) fn done(&self) {
        self.bar.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
