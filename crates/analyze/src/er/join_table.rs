//! Tables that stand for a many-to-many relation.

use std::collections::BTreeSet;

use super::keys::{Columns, TableKeys};
use super::{Entity, JoinTable, Most, Relation};

/// The join table that an entity is, if it is one: one of its keys is made of foreign keys, none of which is unique alone.
pub(super) fn join_table(
    place: usize,
    entity: &Entity,
    keys: &TableKeys,
    relations: &[Relation],
) -> Option<JoinTable> {
    let own: Vec<(usize, Columns)> = relations
        .iter()
        .enumerate()
        .filter(|(_, relation)| relation.child == place && relation.child_end.most() == Most::Many)
        .map(|(at, relation)| {
            let names = relation
                .columns
                .iter()
                .filter_map(|column| entity.attributes.get(*column));
            (at, names.map(|attribute| attribute.name.clone()).collect())
        })
        .collect();
    keys.all.iter().find_map(|key| {
        let within: Vec<&(usize, Columns)> =
            own.iter().filter(|(_, columns)| columns.is_subset(key)).collect();
        // One that is a part of another adds nothing: the tenant beside (tenant, order).
        let widest: Vec<&(usize, Columns)> = within
            .iter()
            .copied()
            .filter(|(_, columns)| {
                !within
                    .iter()
                    .any(|(_, other)| columns.is_subset(other) && columns.len() < other.len())
            })
            .collect();
        let sets: BTreeSet<&Columns> = widest.iter().map(|(_, columns)| columns).collect();
        let covered: Columns = sets.iter().flat_map(|columns| columns.iter().cloned()).collect();
        (sets.len() >= 2 && covered == *key).then(|| JoinTable {
            entity: place,
            relations: widest.iter().map(|(at, _)| *at).collect(),
        })
    })
}
