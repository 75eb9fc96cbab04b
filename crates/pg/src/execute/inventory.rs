//! Which tables and columns there are that can hold rows: to see what a script dropped.

use std::collections::BTreeMap;
use std::fmt;

use cogway_catalog::{Name, QualifiedName};

use super::Executor;
use crate::session::SessionError;

/// The tables and columns of a database at some moment of a session.
#[derive(Clone, Debug, Default)]
pub struct Inventory {
    /// By their OIDs, which stay when something is renamed.
    tables: BTreeMap<u32, Table>,
}

#[derive(Clone, Debug)]
struct Table {
    name: QualifiedName,
    /// That it is a partition of.
    parent: Option<u32>,
    columns: BTreeMap<i16, Name>,
}

/// A table or a column that can hold rows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holder {
    /// The table.
    pub table: QualifiedName,
    /// The column; none for the table as a whole.
    pub column: Option<Name>,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.column {
            Some(column) => write!(f, "column {}.{column}", self.table),
            None => write!(f, "table {}", self.table),
        }
    }
}

const INVENTORY: &str = include_str!("inventory.sql");

impl Inventory {
    /// What was there before and is there no more; renaming is no dropping. Columns of a table that was dropped are not
    /// told again, nor are partitions of one.
    pub fn dropped(&self, after: &Inventory) -> Vec<Holder> {
        let mut dropped = Vec::new();
        for (oid, table) in &self.tables {
            let Some(now) = after.tables.get(oid) else {
                let with_parent = table
                    .parent
                    .is_some_and(|parent| !after.tables.contains_key(&parent));
                if !with_parent {
                    dropped.push(Holder {
                        table: table.name.clone(),
                        column: None,
                    });
                }
                continue;
            };
            // The columns of a partition go with those of its parent.
            if table.parent.is_some() {
                continue;
            }
            let gone = table
                .columns
                .iter()
                .filter(|(number, _)| !now.columns.contains_key(number));
            dropped.extend(gone.map(|(_, column)| Holder {
                table: table.name.clone(),
                column: Some(column.clone()),
            }));
        }
        dropped.sort();
        dropped
    }

    /// Is there something of that name?
    pub fn has(&self, holder: &Holder) -> bool {
        let named = self.tables.values().find(|table| table.name == holder.table);
        named.is_some_and(|table| {
            holder
                .column
                .as_ref()
                .is_none_or(|column| table.columns.values().any(|name| name == column))
        })
    }
}

impl Executor {
    /// Lists the tables and columns that there are now.
    ///
    /// # Errors
    /// [`SessionError::Command`].
    pub async fn inventory(&self) -> Result<Inventory, SessionError> {
        let rows = self.query(INVENTORY, &[]).await?;
        let mut inventory = Inventory::default();
        for row in &rows {
            let parent: Option<u32> = row.get("parent");
            let numbers: Vec<i16> = row.get("numbers");
            let columns: Vec<String> = row.get("columns");
            let table = Table {
                name: QualifiedName::new(row.get::<_, &str>("schema"), row.get::<_, &str>("name")),
                parent,
                columns: numbers
                    .into_iter()
                    .zip(columns.into_iter().map(Name::from))
                    .collect(),
            };
            inventory.tables.insert(row.get("oid"), table);
        }
        Ok(inventory)
    }

    /// How many rows a table holds, or in how many of them a column has a value.
    ///
    /// # Errors
    /// [`SessionError::Command`].
    pub async fn count(&self, holder: &Holder) -> Result<i64, SessionError> {
        let what = match &holder.column {
            Some(column) => format!("pg_catalog.count({column})"),
            None => "pg_catalog.count(*)".to_owned(),
        };
        let rows = self
            .query(&format!("select {what} from {}", holder.table), &[])
            .await?;
        Ok(rows.first().map_or(0, |row| row.get(0)))
    }
}
