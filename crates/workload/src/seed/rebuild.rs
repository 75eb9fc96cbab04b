//! Keys and indexes that are taken off while a table is filled, and put on again: PostgreSQL checks all rows at once
//! five times faster than one by one, and foreign keys that lead in a circle let no first row in.
//!
//! It happens within the transaction that fills the table: if that does not come to its end, nothing was taken off.

use cogway_catalog::sql::{quote_ident, quote_literal};
use cogway_catalog::{Name, QualifiedName};
use cogway_pg::execute::Executor;

use super::SeedError;

/// What was taken off, and is to be put on again.
#[derive(Debug, Default)]
pub(crate) struct TakenOff {
    parts: Vec<PutOn>,
}

/// Something that is to be put on again.
#[derive(Debug)]
struct PutOn {
    table: QualifiedName,
    name: Name,
    what: What,
    /// As PostgreSQL writes it.
    definition: String,
    comment: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// Of a constraint that is primary or unique.
    Key,
    ForeignKey,
    Index,
}

/// Indexes of a table that nothing needs and that are nothing but what their definitions say.
const PLAIN_INDEXES: &str = "
select c.relname, pg_catalog.pg_get_indexdef(i.indexrelid), pg_catalog.obj_description(i.indexrelid, 'pg_class')
  from pg_catalog.pg_index i
  join pg_catalog.pg_class c on c.oid = i.indexrelid
 where i.indrelid = TABLE::pg_catalog.regclass
   and c.relkind = 'i' and not c.relispartition and c.reltablespace = 0
   and i.indisvalid and not i.indisclustered and not i.indisreplident
   -- A constraint that has it, a foreign key that relies on it, an extension or statistics that are tied to it.
   and not exists (select from pg_catalog.pg_constraint con where con.conindid = i.indexrelid)
   and not exists (select from pg_catalog.pg_depend d
                    where d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjid = i.indexrelid)
   and not exists (select from pg_catalog.pg_depend d
                    where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = i.indexrelid
                      and d.deptype not in ('a', 'n'))
   and not exists (select from pg_catalog.pg_attribute a
                    where a.attrelid = i.indexrelid and (a.attstattarget >= 0 or a.attoptions is not null))
   and not exists (select from pg_catalog.pg_seclabel l where l.objoid = i.indexrelid)
 order by c.relname collate \"C\"";

/// A primary key or a unique constraint that nothing needs, and whose index is nothing but what its definition says.
const KEY: &str = "
select pg_catalog.pg_get_constraintdef(con.oid), pg_catalog.obj_description(con.oid, 'pg_constraint')
  from pg_catalog.pg_constraint con
  join pg_catalog.pg_index i on i.indexrelid = con.conindid
  join pg_catalog.pg_class c on c.oid = i.indexrelid
 where con.conrelid = TABLE::pg_catalog.regclass and con.conname = NAME and con.contype in ('p', 'u')
   and con.conparentid = 0 and con.conislocal and con.coninhcount = 0
   and c.relkind = 'i' and not c.relispartition and c.reltablespace = 0 and c.reloptions is null
   and i.indisvalid and not i.indisclustered and not i.indisreplident
   and pg_catalog.obj_description(i.indexrelid, 'pg_class') is null
   -- A foreign key that relies on it, a view that groups by it, an extension that it belongs to.
   and not exists (select from pg_catalog.pg_depend d
                    where d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjid = i.indexrelid)
   and not exists (select from pg_catalog.pg_depend d
                    where d.refclassid = 'pg_catalog.pg_constraint'::pg_catalog.regclass and d.refobjid = con.oid
                      and not (d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = i.indexrelid
                               and d.deptype = 'i'))
   and not exists (select from pg_catalog.pg_depend d
                    where d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass and d.objid = con.oid
                      and d.deptype not in ('a', 'n'))
   and not exists (select from pg_catalog.pg_seclabel l where l.objoid = i.indexrelid)";

const FOREIGN_KEY: &str = "
select pg_catalog.pg_get_constraintdef(con.oid), pg_catalog.obj_description(con.oid, 'pg_constraint')
  from pg_catalog.pg_constraint con
 where con.conrelid = TABLE::pg_catalog.regclass and con.conname = NAME and con.contype = 'f'";

impl TakenOff {
    /// Is nothing taken off?
    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Takes a foreign key off.
    pub(crate) async fn foreign_key(
        &mut self,
        database: &Executor,
        table: &QualifiedName,
        name: &Name,
    ) -> Result<(), SeedError> {
        self.constraint(database, table, name, What::ForeignKey).await
    }

    /// Takes a primary key or a unique constraint off, unless something needs it.
    pub(crate) async fn key(
        &mut self,
        database: &Executor,
        table: &QualifiedName,
        name: &Name,
    ) -> Result<(), SeedError> {
        self.constraint(database, table, name, What::Key).await
    }

    async fn constraint(
        &mut self,
        database: &Executor,
        table: &QualifiedName,
        name: &Name,
        what: What,
    ) -> Result<(), SeedError> {
        let Some((definition, comment)) = constraint(database, table, name, what).await? else {
            return Ok(());
        };
        database
            .command(&format!("alter table {table} drop constraint {name}"))
            .await?;
        self.parts.push(PutOn {
            table: table.clone(),
            name: name.clone(),
            what,
            definition,
            comment,
        });
        Ok(())
    }

    /// Takes the indexes of a table off that nothing needs while it is filled.
    pub(crate) async fn indexes(
        &mut self,
        database: &Executor,
        table: &QualifiedName,
    ) -> Result<(), SeedError> {
        for (name, definition, comment) in plain_indexes(database, table).await? {
            let index = QualifiedName::new(table.schema.clone(), name.clone());
            database.command(&format!("drop index {index}")).await?;
            self.parts.push(PutOn {
                table: table.clone(),
                name,
                what: What::Index,
                definition,
                comment,
            });
        }
        Ok(())
    }

    /// Puts everything on again: keys and indexes first, which foreign keys and their checks may use. PostgreSQL checks all
    /// rows.
    ///
    /// # Errors
    /// What PostgreSQL finds; and where something would not be what it was.
    pub(crate) async fn put_on(&mut self, database: &Executor) -> Result<(), SeedError> {
        let (foreign, first): (Vec<PutOn>, Vec<PutOn>) = std::mem::take(&mut self.parts)
            .into_iter()
            .partition(|part| part.what == What::ForeignKey);
        // Each kind is looked at before the next may depend on it: then it is not what could be taken off any more.
        for parts in [first, foreign] {
            for part in &parts {
                part.put_on(database).await?;
            }
            for part in &parts {
                if !part.is_as_before(database).await? {
                    return Err(SeedError::NotAsBefore {
                        table: part.table.to_string(),
                        object: part.name.to_string(),
                    });
                }
            }
        }
        Ok(())
    }
}

impl PutOn {
    async fn put_on(&self, database: &Executor) -> Result<(), SeedError> {
        let PutOn { table, name, .. } = self;
        let (make, called) = match self.what {
            What::Key | What::ForeignKey => (
                format!("alter table {table} add constraint {name} {}", self.definition),
                format!("constraint {name} on {table}"),
            ),
            What::Index => (
                self.definition.clone(),
                format!("index {}", QualifiedName::new(table.schema.clone(), name.clone())),
            ),
        };
        database.command(&make).await?;
        if let Some(comment) = &self.comment {
            let comment = quote_literal(comment);
            database
                .command(&format!("comment on {called} is {comment}"))
                .await?;
        }
        Ok(())
    }

    async fn is_as_before(&self, database: &Executor) -> Result<bool, SeedError> {
        Ok(match self.what {
            What::Key | What::ForeignKey => {
                constraint(database, &self.table, &self.name, self.what).await?
                    == Some((self.definition.clone(), self.comment.clone()))
            }
            What::Index => plain_indexes(database, &self.table).await?.contains(&(
                self.name.clone(),
                self.definition.clone(),
                self.comment.clone(),
            )),
        })
    }
}

async fn constraint(
    database: &Executor,
    table: &QualifiedName,
    name: &Name,
    what: What,
) -> Result<Option<(String, Option<String>)>, SeedError> {
    let query = if what == What::Key { KEY } else { FOREIGN_KEY }
        .replace("TABLE", &quote_literal(&table.to_string()))
        .replace("NAME", &quote_literal(name.as_str()));
    let rows = database.query(&query, &[]).await?;
    Ok(rows.first().map(|row| (row.get(0), row.get(1))))
}

async fn plain_indexes(
    database: &Executor,
    table: &QualifiedName,
) -> Result<Vec<(Name, String, Option<String>)>, SeedError> {
    let query = PLAIN_INDEXES.replace("TABLE", &quote_literal(&table.to_string()));
    let rows = database.query(&query, &[]).await?;
    Ok(rows
        .iter()
        .map(|row| (Name::from(row.get::<_, &str>(0)), row.get(1), row.get(2)))
        .collect())
}

/// Lets the owner of a table write past policies that are forced on it, until [`policies_as_before`].
pub(crate) async fn lift_policies(database: &Executor, table: &QualifiedName) -> Result<(), SeedError> {
    Ok(database
        .command(&format!("alter table {table} no force row level security"))
        .await?)
}

/// Forces policies on the owner again.
pub(crate) async fn policies_as_before(database: &Executor, table: &QualifiedName) -> Result<(), SeedError> {
    Ok(database
        .command(&format!("alter table {table} force row level security"))
        .await?)
}

/// The list of columns after the name of a table; nothing for a table without any.
pub(crate) fn column_list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| quote_ident(name)).collect();
    if quoted.is_empty() {
        String::new()
    } else {
        format!(" ({})", quoted.join(", "))
    }
}
