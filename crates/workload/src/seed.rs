//! Filling a schema with rows: `seed(Catalog, scale) -> rows`.
//!
//! [`seed`] reads the live catalog and fills every table, whatever the schema is: no configuration, and nothing known of
//! versions. What a constraint demands is satisfied by the way values are made, where that can be, and otherwise by
//! proposing rows that PostgreSQL judges.
//!
//! A value is a function of the seed, its table, its column and the number of its row, and of nothing else. So the same
//! seed gives the same rows on any number of threads, ten times as many rows begin with those of before, and a change of one
//! table leaves the rows of others as they were.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use cogway_workload::seed::{Options, seed};
//!
//! let config = "postgresql://me@localhost/shop".parse()?;
//! let report = seed(&config, &Options { rows: 1000, ..Options::default() }, &mut |_| {}).await?;
//! assert!(report.added() >= 1000);
//! # Ok(())
//! # }
//! ```

pub mod allowed;
mod bookkeeping;
pub mod chance;
pub mod column;
pub mod data_type;
pub mod draw;
mod error;
pub mod evaluate;
mod existing;
mod generate;
mod implied;
mod kept;
pub mod language;
pub mod meaning;
mod options;
mod order;
mod pairs;
mod parents;
mod propose;
mod rebuild;
mod recipe;
mod report;
mod row;
mod seen;
pub mod shape;
mod size;
mod stage;
mod table;
pub mod value;
mod whole;

pub use error::SeedError;
pub use options::{Existing, Options, Unknown};
pub use report::{Event, Outcome, Report, TableReport};
pub use size::{Share, Wanted};
pub use whole::seed;
