//! What fills the database of a proof with rows. Who makes the rows is no matter of the proof: it only says when, and in
//! which tables.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use cogway_catalog::QualifiedName;
use cogway_pg::Config;

/// Fills the database of a proof with rows, before the next revision runs.
///
/// It opens a connection of its own and commits. It is asked once for each version of the schema, one after the other, and
/// finds the rows that earlier revisions carried over. The same history must get the same rows each time.
pub trait Populate: Send + Sync + fmt::Debug {
    /// Tops every table up to as many rows as were asked for, by its place, and sees to what else is wanted.
    ///
    /// # Errors
    /// When nothing can be filled at all, in words. A table that cannot be is in [`Populated::short`].
    fn populate<'a>(&'a self, wanted: Wanted<'a>) -> Populating<'a>;
}

/// What [`Populate::populate`] returns.
pub type Populating<'a> = Pin<Box<dyn Future<Output = Result<Populated, String>> + Send + 'a>>;

/// What is wanted of whoever fills a database.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The database.
    pub config: &'a Config,
    /// Tables that stay as they are: the history's own bookkeeping.
    pub leave: &'a [QualifiedName],
    /// Tables whose shape the last revision changed. They are full, and get some rows more all the same, as many as a third
    /// of what was asked for: rows that were written after the revision are what its `down` meets in production.
    pub fresh: &'a [QualifiedName],
}

/// What became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Populated {
    /// Tables that could not be filled, each with the reason.
    pub short: Vec<(QualifiedName, String)>,
    /// What it did to the schema on its way.
    pub schema: SchemaTouched,
}

/// What filling a database did to its schema, which afterwards is what it was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SchemaTouched {
    /// Nothing.
    #[default]
    Untouched,
    /// Constraints or indexes were dropped and made anew.
    Rebuilt,
}
