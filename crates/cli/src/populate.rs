//! The seeder, as the proof of a history asks for it.

use cogway_migrate::verify::{Populate, Populated, Populating, SchemaTouched, Wanted};
use cogway_workload::seed::{Options, Outcome, Unknown, seed};

use crate::config::Config;

/// Fills the database of a proof as `cogway seed` would.
#[derive(Debug)]
pub(crate) struct Seeder {
    options: Options,
}

impl Seeder {
    /// With so many rows in the largest tables, and otherwise as a project says.
    pub(crate) fn new(rows: u64, config: &Config) -> Seeder {
        Seeder {
            options: Options {
                rows,
                // Not every version has every table.
                unknown: Unknown::Ignore,
                ..config.seed.options()
            },
        }
    }
}

impl Populate for Seeder {
    fn populate<'a>(&'a self, wanted: Wanted<'a>) -> Populating<'a> {
        Box::pin(async move {
            let options = Options {
                leave: wanted.leave.to_vec(),
                fresh: wanted.fresh.to_vec(),
                ..self.options.clone()
            };
            let report = seed(wanted.config, &options, &mut |_| {})
                .await
                .map_err(|error| error.to_string())?;
            let short = report.tables.into_iter().filter_map(|table| match table.outcome {
                Outcome::Short { constraint, reason } => Some((
                    table.table,
                    match constraint {
                        Some(constraint) => format!("{constraint}: {reason}"),
                        None => reason,
                    },
                )),
                Outcome::Filled | Outcome::Enough | Outcome::Skipped(_) => None,
            });
            Ok(Populated {
                short: short.collect(),
                schema: if report.rebuilt {
                    SchemaTouched::Rebuilt
                } else {
                    SchemaTouched::Untouched
                },
            })
        })
    }
}
