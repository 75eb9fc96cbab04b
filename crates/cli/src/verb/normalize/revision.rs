//! Writing the revision that takes a table apart.

use std::path::PathBuf;

use cogway_catalog::Catalog;

use crate::cli::Normalize;
use crate::config::Config;
use crate::error::Failure;
use crate::printer::Printer;
use crate::report::normal_form::TableReport;

/// Writes it, and returns its files.
pub(super) async fn write(
    _args: &Normalize,
    _report: &TableReport,
    _catalog: &Catalog,
    _config: &Config,
    _printer: &Printer,
) -> Result<Vec<PathBuf>, Failure> {
    Err(Failure::usage("not yet"))
}
