//! Writing the revision that takes a table apart.

use std::path::PathBuf;

use cogway_analyze::decomposition::extraction;
use cogway_catalog::Catalog;

use crate::cli::Normalize;
use crate::config::Config;
use crate::error::Failure;
use crate::history;
use crate::printer::Printer;
use crate::report::normal_form::TableReport;
use crate::verb::writing::{Scripts, parents, write as write_revision};

/// Writes it, and returns its files.
pub(super) async fn write(
    args: &Normalize,
    report: &TableReport,
    catalog: &Catalog,
    config: &Config,
    printer: &Printer,
) -> Result<Vec<PathBuf>, Failure> {
    let title = report.title();
    let Some(apart) = &report.proposal else {
        let message = format!("{title} is in {}: there is nothing to take apart", report.level());
        return Err(Failure::usage(message).hint(
            "confirm in dependencies.toml what holds in it, or ask for a higher form: --at-least bcnf",
        ));
    };
    if !report.contradictions.is_empty() {
        let message =
            format!("{title} is not taken apart: its rows contradict what dependencies.toml confirms");
        return Err(Failure::usage(message).hint(format!(
            "`cogway normalize {title}` shows two such rows: correct the rows, or the verdict"
        )));
    }
    let relation = &report.assessment.relation;
    let extraction = extraction(catalog, &report.known, relation, apart).map_err(|refused| {
        let message = format!("{title} is not taken apart by script: that takes more than moving columns");
        Failure::usage(message)
            .details(refused.reasons)
            .hint("`cogway new` writes an empty revision; write there what is to become of these")
    })?;
    let history = history::read(&args.history, config, printer).await?;
    let parents = parents(&[], &history)?;
    let scripts = Scripts {
        up: &extraction.up,
        down: &extraction.down,
    };
    let name = format!("take {} apart", report.known.table.name.as_str());
    let files = write_revision(&history, &name, &parents, scripts)?;
    if extraction.reorders {
        printer.note(
            "going back puts the moved columns behind all others, which `cogway verify` says as column_order: allow it in \
             cogway.toml, or leave it out with --exclude column-order",
        );
    }
    let new: Vec<String> = extraction.tables.iter().map(ToString::to_string).collect();
    printer.note(&format!(
        "going back drops {}, which `cogway down` does with --allow-data-loss only: rows of it that nothing refers to have \
         no place to go back to",
        new.join(" and ")
    ));
    for routine in &extraction.routines {
        printer.warning(&format!("{routine} speaks of columns that move: look at it"));
    }
    printer
        .note("next: read it, prove it with `cogway verify`, and change the programs that use these columns");
    Ok(files)
}
