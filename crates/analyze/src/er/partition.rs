//! Which table a partition is a part of.

use std::collections::BTreeMap;

use cogway_catalog::{Ancestry, Catalog, Definition, Kind, ObjectName, QualifiedName};

/// The partitions of a schema, with the table at the root of each.
pub(super) struct Partitions(BTreeMap<QualifiedName, QualifiedName>);

impl Partitions {
    /// Those of a catalog.
    pub(super) fn of(catalog: &Catalog) -> Partitions {
        let mut parents = BTreeMap::new();
        for object in catalog.of_kind(Kind::Table) {
            if let Definition::Table(table) = &object.definition
                && let Ancestry::Partition { of, .. } = &table.ancestry
                && let ObjectName::Qualified(name) = &object.id.name
            {
                parents.insert(name.clone(), of.clone());
            }
        }
        let roots = parents.iter().map(|(name, parent)| {
            let mut root = parent;
            // No chain is longer than there are partitions, but a catalog that somebody wrote could hold a ring.
            for _ in 0..parents.len() {
                match parents.get(root) {
                    Some(above) => root = above,
                    None => break,
                }
            }
            (name.clone(), root.clone())
        });
        Partitions(roots.collect())
    }

    /// Is it a partition?
    pub(super) fn contains(&self, table: &QualifiedName) -> bool {
        self.0.contains_key(table)
    }

    /// The table that it is a part of; itself, where it is no partition.
    pub(super) fn root<'a>(&'a self, table: &'a QualifiedName) -> &'a QualifiedName {
        self.0.get(table).unwrap_or(table)
    }

    /// The partitions below a table, by name.
    pub(super) fn below<'a>(&'a self, table: &'a QualifiedName) -> impl Iterator<Item = &'a QualifiedName> {
        self.0
            .iter()
            .filter(move |(_, root)| *root == table)
            .map(|(name, _)| name)
    }
}
