//! Which columns of a table are unique together, and which can be NULL.

use std::collections::BTreeSet;

use cogway_catalog::sql::quote_ident;
use cogway_catalog::{Catalog, Column, ConstraintForm, Definition, Kind, Name, QualifiedName};

/// The columns of a key.
pub(super) type Columns = BTreeSet<Name>;

/// What is unique in a table.
pub(super) struct TableKeys {
    /// The columns of the primary key.
    pub(super) primary: Columns,
    /// Every set of columns that no two rows agree in, the primary key first. Partial indexes and indexes over expressions
    /// say nothing about columns.
    pub(super) all: Vec<Columns>,
}

impl TableKeys {
    /// The keys of a table.
    pub(super) fn of(catalog: &Catalog, table: &QualifiedName) -> TableKeys {
        let mut keys = TableKeys {
            primary: Columns::new(),
            all: Vec::new(),
        };
        for object in catalog.parts(Kind::Constraint, table) {
            if let Definition::Constraint(constraint) = &object.definition {
                let columns: Columns = constraint.columns.iter().cloned().collect();
                match constraint.form {
                    ConstraintForm::PrimaryKey => {
                        keys.primary.clone_from(&columns);
                        keys.all.insert(0, columns);
                    }
                    ConstraintForm::Unique => keys.all.push(columns),
                    _ => {}
                }
            }
        }
        keys
    }

    /// Adds what a unique index demands, if it demands it of whole columns and all rows.
    pub(super) fn add_index(&mut self, index: &cogway_catalog::Index, columns: &[&Name]) {
        if !index.unique || !index.valid || index.predicate.is_some() {
            return;
        }
        let of_column = |key: &String| {
            columns.iter().copied().find(|column| {
                let rest = key.strip_prefix(&quote_ident(column.as_str()));
                // Behind the name of a column stand collation, operator class and direction; an expression goes on otherwise.
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            })
        };
        let found: Option<Columns> = index.keys.iter().map(|key| of_column(key).cloned()).collect();
        if let Some(found) = found
            && !found.is_empty()
            && !self.all.contains(&found)
        {
            self.all.push(found);
        }
    }

    /// Can no two rows agree in these columns?
    pub(super) fn are_unique(&self, columns: &Columns) -> bool {
        self.all.iter().any(|key| key.is_subset(columns))
    }
}

/// Can this column be NULL? Its domain may refuse it as well as the column itself.
pub(super) fn is_nullable(column: &Column, not_null_domains: &BTreeSet<String>) -> bool {
    !column.not_null && !not_null_domains.contains(&column.data_type)
}

/// The domains that refuse NULL, as columns name their types.
pub(super) fn not_null_domains(catalog: &Catalog) -> BTreeSet<String> {
    let mut refusing = BTreeSet::new();
    // A domain over such a domain refuses it too, and may come before it by name.
    loop {
        let before = refusing.len();
        for object in catalog.of_kind(Kind::Domain) {
            if let Definition::Domain(domain) = &object.definition
                && (domain.not_null || refusing.contains(&domain.data_type))
                && let cogway_catalog::ObjectName::Qualified(name) = &object.id.name
            {
                refusing.insert(name.to_string());
            }
        }
        if refusing.len() == before {
            return refusing;
        }
    }
}
