//! Alembic: the heads that the database has, one or more, in `alembic_version`.
//!
//! - A head stands for itself and for everything that it builds on (`sqlalchemy/alembic`,
//!   `alembic/runtime/migration.py`, `MigrationContext.get_current_heads` and `HeadMaintainer`). An empty table is a
//!   database at its base.
//! - `version_table` and `version_table_schema` in `env.py` name another table (there).
//!
//! Alembic's revisions are Python. The history is one of Cogway's own that was written out with `--sql` and kept their
//! ids.

use std::collections::BTreeSet;

use cogway_catalog::QualifiedName;
use cogway_pg::execute::Executor;

use super::AccountError;
use super::find::Shape;
use super::tally::{Tally, places};
use crate::history::{History, Revision, RevisionId};

pub(super) const SHAPE: Shape = Shape {
    names: &["alembic_version"],
    columns: &["version_num S"],
    applied: "true",
};

pub(super) async fn read<'a>(
    executor: &Executor,
    table: &QualifiedName,
    history: &'a History,
) -> Result<Tally<'a>, AccountError> {
    let sql = format!("select version_num::text as head from {table} order by 1");
    let rows = executor.query(&sql, &[]).await?;
    let heads = rows
        .iter()
        .map(|row| RevisionId::from(row.get::<_, String>("head")));
    Ok(up_to(heads, history))
}

fn up_to(heads: impl Iterator<Item = RevisionId>, history: &History) -> Tally<'_> {
    let mut tally = Tally::new(history);
    let places = places(history, |revision: &Revision| Some(revision.id.clone()));
    let mut reached: BTreeSet<&RevisionId> = BTreeSet::new();
    for head in heads {
        match places.get(&head) {
            Some(&place) => {
                reached.insert(&history.revisions[place].id);
            }
            None => tally.miss(head.as_str()),
        }
    }
    // Parents stand before their children.
    for (place, revision) in history.revisions.iter().enumerate().rev() {
        if reached.contains(&revision.id) {
            tally.apply(place, None);
            reached.extend(&revision.parents);
        }
    }
    tally
}
