//! Which tables a revision gave another shape.

use std::collections::BTreeSet;

use cogway_catalog::{Catalog, Change, Definition, Kind, ObjectName, QualifiedName, compare, sql};

/// The tables that both catalogs have and whose columns, types or constraints differ: what is written into them from now on
/// may be what could not be written before.
pub(super) fn fresh_tables(before: &Catalog, after: &Catalog) -> Vec<QualifiedName> {
    let mut tables: BTreeSet<QualifiedName> = BTreeSet::new();
    let mut types: Vec<QualifiedName> = Vec::new();
    for difference in compare(before, after) {
        let object = &difference.object;
        match (object.kind, &object.name) {
            (Kind::Column | Kind::Constraint, ObjectName::Part { of, .. }) => {
                tables.insert(of.clone());
            }
            (Kind::Enum | Kind::Domain | Kind::CompositeType, ObjectName::Qualified(name)) => {
                types.push(name.clone());
            }
            _ => {}
        }
        // The constraints of a domain are parts of it.
        if let (Kind::Constraint, Some(of)) = (object.kind, object.parent()) {
            types.push(of.clone());
        }
        let index = before.get(object).or_else(|| after.get(object));
        if let Some(Definition::Index(index)) = index.map(|found| &found.definition) {
            tables.insert(index.relation.clone());
        }
        if matches!(difference.change, Change::Added | Change::Removed)
            && let (Kind::Table, ObjectName::Qualified(name)) = (object.kind, &object.name)
        {
            // What was dropped and made anew is fresh as a whole, and is filled anyway.
            tables.remove(name);
        }
    }
    for object in after.of_kind(Kind::Column) {
        if let (Definition::Column(column), Some(of)) = (&object.definition, object.id.parent())
            && types
                .iter()
                .any(|name| sql::mentions(&column.data_type, name.name.as_str()))
        {
            tables.insert(of.clone());
        }
    }
    let is_table = |catalog: &Catalog, name: &QualifiedName| {
        catalog
            .get(&cogway_catalog::ObjectId::qualified(Kind::Table, name.clone()))
            .is_some()
    };
    tables
        .into_iter()
        .filter(|name| is_table(before, name) && is_table(after, name))
        .collect()
}
