//! What statements that run outside transactions can leave when they do not come to their end.

use cogway_catalog::QualifiedName;
use tokio_postgres::Row;

use super::Executor;
use crate::session::SessionError;

/// An index, as far as it matters whether it is whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IndexState {
    /// The index.
    pub name: QualifiedName,
    /// Its table.
    pub table: QualifiedName,
    /// Does PostgreSQL use it? `CREATE INDEX CONCURRENTLY` leaves one that it does not use when it fails.
    /// <https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY>
    pub valid: bool,
}

/// A partition that was begun to be detached with `CONCURRENTLY`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingDetach {
    /// The partition.
    pub partition: QualifiedName,
    /// The table that it is still a part of.
    pub table: QualifiedName,
}

const INDEXES: &str = "select n.nspname::text as schema, c.relname::text as name, m.nspname::text as of_schema,
       t.relname::text as of_name, i.indisvalid and i.indislive as valid
  from pg_catalog.pg_index i
  join pg_catalog.pg_class c on c.oid = i.indexrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_class t on t.oid = i.indrelid
  join pg_catalog.pg_namespace m on m.oid = t.relnamespace
 where n.nspname not in ('pg_catalog', 'pg_toast', 'information_schema')
   -- That of a partitioned table is valid once all its partitions have theirs, which may be wanted to take its time.
   and c.relkind = 'i'
 order by 1, 2";

/// Of `REINDEX CONCURRENTLY`, of tables that hold the long values of others.
/// <https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY>
const TOAST_LEFTOVERS: &str =
    "select n.nspname::text as schema, c.relname::text as name, n.nspname::text as of_schema,
       t.relname::text as of_name, i.indisvalid and i.indislive as valid
  from pg_catalog.pg_index i
  join pg_catalog.pg_class c on c.oid = i.indexrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_class t on t.oid = i.indrelid
 where n.nspname = 'pg_toast'
   and not i.indisvalid
   and c.relname ~ '_cc(new|old)[0-9]*$'
 order by 2";

/// The column came with version 14, as did the statement.
const PENDING_DETACHES: &str =
    "select n.nspname::text as schema, c.relname::text as name, m.nspname::text as of_schema,
       t.relname::text as of_name
  from pg_catalog.pg_inherits i
  join pg_catalog.pg_class c on c.oid = i.inhrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_class t on t.oid = i.inhparent
  join pg_catalog.pg_namespace m on m.oid = t.relnamespace
 where i.inhdetachpending";

/// Making an index, or a valid one of it, needs one of these locks on the table all the time.
const BEING_CHANGED: &str = "select exists (
       select from pg_catalog.pg_locks l
        where l.locktype = 'relation'
          and l.database = (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database())
          and l.relation = pg_catalog.to_regclass($1)
          and l.pid <> pg_catalog.pg_backend_pid()
          and l.granted
          and l.mode in ('ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock',
                         'AccessExclusiveLock'))";

impl Executor {
    /// Does another session change the indexes of a table at this moment, or vacuum it? Then an index of it that is not
    /// valid may become so.
    ///
    /// # Errors
    /// [`SessionError::Command`].
    pub async fn is_being_changed(&self, table: &QualifiedName) -> Result<bool, SessionError> {
        let rows = self.query(BEING_CHANGED, &[&table.to_string()]).await?;
        Ok(rows.first().is_some_and(|row| row.get(0)))
    }

    /// All indexes of the database's own tables.
    ///
    /// # Errors
    /// [`SessionError::Command`].
    pub async fn indexes(&self) -> Result<Vec<IndexState>, SessionError> {
        Ok(self.query(INDEXES, &[]).await?.iter().map(index_state).collect())
    }

    /// The indexes that a `REINDEX CONCURRENTLY` has left, or is making, for the long values of tables.
    ///
    /// # Errors
    /// [`SessionError::Command`].
    pub async fn toast_leftovers(&self) -> Result<Vec<IndexState>, SessionError> {
        let rows = self.query(TOAST_LEFTOVERS, &[]).await?;
        Ok(rows.iter().map(index_state).collect())
    }

    /// The partitions that wait for `DETACH PARTITION … FINALIZE`.
    ///
    /// # Errors
    /// [`SessionError::Command`].
    pub async fn pending_detaches(&self) -> Result<Vec<PendingDetach>, SessionError> {
        let rows = self.query(PENDING_DETACHES, &[]).await?;
        Ok(rows
            .iter()
            .map(|row| PendingDetach {
                partition: QualifiedName::new(row.get::<_, &str>("schema"), row.get::<_, &str>("name")),
                table: QualifiedName::new(row.get::<_, &str>("of_schema"), row.get::<_, &str>("of_name")),
            })
            .collect())
    }
}

fn index_state(row: &Row) -> IndexState {
    IndexState {
        name: QualifiedName::new(row.get::<_, &str>("schema"), row.get::<_, &str>("name")),
        table: QualifiedName::new(row.get::<_, &str>("of_schema"), row.get::<_, &str>("of_name")),
        valid: row.get("valid"),
    }
}
